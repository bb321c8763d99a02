//! Choosing: from a list, by looking, and between on and off.

use leptos::prelude::*;

use super::{specimen, text};
use crate::ui::{Checkbox, ComboBox, ComboOption, Fieldset, FormField, SelectInput, Switch};

/// The section.
pub(super) fn section() -> AnyView {
    let checked = RwSignal::new(true);
    view! {
        {specimen("From a list", view! {
            <FormField label="Provisioning"><SelectInput value=text("thin") options=provisioning()/></FormField>
            <FormField label="Not chosen yet" required=true>
                <SelectInput value=text("") placeholder="Choose".to_owned() options=provisioning()/>
            </FormField>
            <FormField label="At fault" error=Some("Choose one.".to_owned())>
                <SelectInput value=text("") placeholder="Choose".to_owned() options=provisioning()/>
            </FormField>
            <FormField label="Not to be changed"><SelectInput value=text("thick") options=provisioning() disabled=true/></FormField>
        })}
        {specimen("By looking", view! {
            <FormField label="Pool" help=Some("Type to search.".to_owned())>{combo(pools(), false, false)}</FormField>
            <FormField label="Pool, on its way">{combo(Vec::new(), true, false)}</FormField>
            <FormField label="Pool, none fits">{combo(Vec::new(), false, false)}</FormField>
            <FormField label="Pool, not to be changed">{combo(pools(), false, true)}</FormField>
        })}
        {specimen("On and off", view! {
            <Checkbox value=checked label="Compress" help=Some("Saves room, costs a little speed.".to_owned())/>
            <Checkbox value=RwSignal::new(false) label="Write protected"/>
            <Checkbox value=RwSignal::new(false) indeterminate=true label="Some of them"/>
            <Checkbox value=RwSignal::new(false) label="Deduplicate" reason=Some("This system has no licence for it.".to_owned())/>
            <Switch value=RwSignal::new(true) label="Shortcuts of a single key"/>
            <Switch value=RwSignal::new(false) label="Refresh by itself" help=Some("Every 30 seconds.".to_owned())/>
            <Switch value=RwSignal::new(true) label="Audit" reason=Some("The security officer decides this.".to_owned())/>
        })}
        {specimen("Fields that belong together", view! {
            <Fieldset title="Access" help=Some("What the hosts will see.".to_owned())>
                <Checkbox value=RwSignal::new(true) label="Hosts may write"/>
                <FormField label="Port"><SelectInput value=text("thin") options=provisioning()/></FormField>
            </Fieldset>
        })}
    }
    .into_any()
}

fn combo(options: Vec<ComboOption>, loading: bool, disabled: bool) -> AnyView {
    let has_options = !options.is_empty();
    view! {
        <ComboBox
            value=text(if has_options { "1" } else { "" })
            shown=if has_options { "pool-west" } else { "" }
            options
            loading
            on_query=|_| ()
            none_text="No pool fits."
            loading_text="Searching…"
            disabled
        />
    }
    .into_any()
}

fn pools() -> Vec<ComboOption> {
    ["pool-east", "pool-west", "pool-archive"]
        .iter()
        .enumerate()
        .map(|(id, name)| ComboOption {
            value: id.to_string(),
            label: (*name).to_owned(),
            note: format!("id {id}"),
        })
        .collect()
}

fn provisioning() -> Vec<(String, String)> {
    [("thin", "Thin"), ("thick", "Thick")].map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec()
}
