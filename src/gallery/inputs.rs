//! Inputs that take text, numbers, dates and files, each as it is met in a form.

use leptos::prelude::*;

use super::{specimen, text};
use crate::ui::{
    DateTimeInput, ErrorSummary, Exactness, FileInput, FormField, NumberInput, PasswordInput, TextArea,
    TextInput, UnitInput,
};

/// The section.
pub(super) fn section() -> AnyView {
    view! {
        {specimen("Text", states())}
        {specimen("Text of several lines", view! {
            <FormField label="Note"><TextArea value=text("") placeholder="For whoever comes next".to_owned()/></FormField>
            <FormField label="Certificate" error=Some("This is no certificate in PEM.".to_owned())>
                <TextArea value=text("-----BEGIN") mono=true/>
            </FormField>
        })}
        {specimen("Numbers and amounts", view! {
            <FormField label="Blocks"><NumberInput value=text("18446744073709551615") unit="blocks".to_owned()/></FormField>
            <FormField label="Share"><NumberInput value=text("0.75") decimal=true/></FormField>
            <FormField label="Size"><UnitInput value=text("2") unit=text("TB") units=units() unit_label="Unit"/></FormField>
            <FormField label="Size, at fault" error=Some("Enter an amount of 1 GB or more.".to_owned())>
                <UnitInput value=text("much") unit=text("GB") units=units() unit_label="Unit of the size at fault"/>
            </FormField>
            <FormField label="Size, fixed">
                <UnitInput value=text("2") unit=text("TB") units=units() unit_label="Unit of the fixed size" disabled=true/>
            </FormField>
        })}
        {specimen("Secrets, times, files", view! {
            <FormField label="Password"><PasswordInput value=text("a sample") autocomplete="off"/></FormField>
            <FormField label="Locked until"><DateTimeInput value=text("2027-01-01T00:00") exact=Exactness::Minute/></FormField>
            <FormField label="File"><FileInput on_file=|_| () drop_text="Or drop a file here." accept=".pem,.der".to_owned()/></FormField>
        })}
        {specimen("What is wrong with a form", view! { <ErrorSummary title="Two fields need a change" errors=faults()/> })}
    }
    .into_any()
}

fn states() -> AnyView {
    view! {
        <FormField label="Empty" help=Some("Up to 65 characters.".to_owned())><TextInput value=text("")/></FormField>
        <FormField label="With an example"><TextInput value=text("") placeholder="archive-01".to_owned()/></FormField>
        <FormField label="Filled" required=true><TextInput value=text("archive-01")/></FormField>
        <FormField label="Changed" changed=Some("was archive-01".to_owned())><TextInput value=text("archive-02")/></FormField>
        <FormField
            label="At fault"
            id="gallery-at-fault"
            required=true
            help=Some("Up to 65 characters.".to_owned())
            error=Some("A volume of this name exists.".to_owned())
        >
            <TextInput value=text("archive-01")/>
        </FormField>
        <FormField label="Not to be changed"><TextInput value=text("archive-01") disabled=true/></FormField>
        <FormField label="Code"><TextInput value=text("742b0f000004a1e0") mono=true/></FormField>
    }
    .into_any()
}

fn units() -> Vec<(String, String)> {
    ["GB", "TB", "TiB"].map(|unit| (unit.to_owned(), unit.to_owned())).to_vec()
}

fn faults() -> Vec<(String, String)> {
    vec![
        ("gallery-at-fault".to_owned(), "At fault: a volume of this name exists.".to_owned()),
        (String::new(), "The pool is full.".to_owned()),
    ]
}
