//! Controls that hold text, by the type of their field.

use boxdeck_catalog::Field;
use leptos::prelude::*;
use words::form as say;

use super::zone::ZoneInput;
use crate::format;
use crate::format::words::inside;
use crate::operation::form::Form;
use crate::operation::form::control::{Control, exactness};
use crate::operation::form::node::{Leaf, Node};
use crate::operation::form::typed::{self, Known, can_be_none};
use crate::operation::reference::ReferenceInput;
use crate::ui;

/// Value of the option that stands for "no value". No wire value starts with a control character.
const NONE: &str = "\u{1}none";

/// The control of an input, and the box that says "no value" where it can have none.
#[component]
pub(super) fn LeafControl(node: Node, leaf: Leaf, form: Form) -> impl IntoView {
    let field = node.field.clone();
    let example = Some(field.example.clone()).filter(|example| !example.is_empty());
    let known = untrack(|| node.known());
    let has_none = can_be_none(&field);
    let none = leaf.none;
    let off = Signal::derive(move || none.get());
    let control = match &*node.control {
        Control::Line => {
            let kind =
                if matches!(field.field_type, boxdeck_catalog::FieldType::Email) { "email" } else { "text" };
            let seen = form.subject.system.seen.values(&field.vocabulary);
            view! { <ui::TextInput value=leaf.text kind=kind placeholder=example disabled=off offers=seen/> }
                .into_any()
        }
        Control::Password => {
            view! { <ui::PasswordInput value=leaf.text autocomplete="new-password"/> }.into_any()
        }
        Control::Lines(mono) => {
            let mono = *mono;
            view! { <ui::TextArea value=leaf.text placeholder=example mono=mono disabled=off/> }.into_any()
        }
        Control::Json => {
            view! { <ui::TextArea value=leaf.text placeholder=example rows=8 mono=true disabled=off/> }
                .into_any()
        }
        Control::Number(decimal) => {
            let decimal = *decimal;
            view! { <ui::NumberInput value=leaf.text placeholder=example decimal=decimal disabled=off/> }
                .into_any()
        }
        Control::Unit(unit) => {
            let unit = Some((*unit).to_owned());
            view! { <ui::NumberInput value=leaf.text placeholder=example decimal=true unit=unit disabled=off/> }.into_any()
        }
        Control::Amount(units) => {
            let known = StoredValue::new(units.clone());
            let own_unit =
                move || leaf.text.with(|text| known.with_value(|known| typed::typed_unit(text, known)));
            // A unit that is typed with the number is the one that is chosen.
            Effect::new(move |_| {
                if let Some((_, unit)) = own_unit()
                    && leaf.unit.with_untracked(|chosen| chosen != unit)
                {
                    leaf.unit.set(unit.to_owned());
                }
            });
            // It stands in one place once the person goes on, so that another one can be chosen.
            let settle = move |_| {
                if let Some((number, _)) = untrack(own_unit) {
                    leaf.text.set(number);
                }
            };
            let units: Vec<(String, String)> =
                units.iter().map(|unit| ((*unit).to_owned(), (*unit).to_owned())).collect();
            let unit_label = say::unit_of(inside(&field.label));
            view! {
                <div on:focusout=settle>
                    <ui::UnitInput value=leaf.text unit=leaf.unit units=Signal::stored(units) unit_label=unit_label placeholder=example disabled=off/>
                </div>
            }
            .into_any()
        }
        Control::Time => view! { <ui::DateTimeInput value=leaf.text disabled=off/> }.into_any(),
        Control::Gmt(stamp) => {
            view! { <ui::DateTimeInput value=leaf.text exact=exactness(*stamp) disabled=off/> }.into_any()
        }
        Control::LocalTime => view! { <ui::DateTimeInput value=leaf.text disabled=off/> }.into_any(),
        Control::Zone => view! { <ZoneInput leaf disabled=off/> }.into_any(),
        Control::Flag => {
            let choices = vec![
                ("true".to_owned(), words::common::yes().to_owned()),
                ("false".to_owned(), words::common::no().to_owned()),
            ];
            return view! { <ChoiceControl leaf choices nothing=nothing(&node, &known) has_none/> }
                .into_any();
        }
        Control::Choice(choices) => {
            return view! { <ChoiceControl leaf choices=choices.clone() nothing=nothing(&node, &known) has_none/> }.into_any();
        }
        Control::Reference(reference) => {
            return view! { <ReferenceInput reference=reference.clone() leaf field form required=node.required/> }.into_any();
        }
        Control::File(_) | Control::Object(_) | Control::Items(_) => ().into_any(),
    };
    // Left empty, a new record's field is the box's to fill; "no value" has to be said where something is there to give up.
    let says_none = has_none
        && !matches!(known, Known::Nothing)
        && !matches!(&*node.control, Control::Password | Control::Json);
    view! {
        {control}
        {says_none.then(|| view! { <ui::Checkbox value=leaf.none label=say::no_value()/> })}
    }
    .into_any()
}

/// Text of the option for "nothing chosen", where nothing may be chosen.
fn nothing(node: &Node, known: &Known) -> Option<String> {
    match known {
        Known::Nothing if node.required => Some(say::choose().to_owned()),
        Known::Nothing => Some(match default_text(&node.field) {
            Some(default) => say::left_to_system_with(default),
            None => say::left_to_system().to_owned(),
        }),
        _ => None,
    }
}

/// What the system takes where an input is left out, as far as the catalog knows.
fn default_text(field: &Field) -> Option<String> {
    let default = field.default.as_ref()?;
    if field.is_none(Some(default)) {
        return Some(say::no_value().to_owned());
    }
    Some(format::value(field, Some(default), 0.0).text)
}

/// One of a few, "no value" among them where there is such a thing.
#[component]
fn ChoiceControl(
    leaf: Leaf,
    choices: Vec<(String, String)>,
    nothing: Option<String>,
    has_none: bool,
) -> impl IntoView {
    let mut options = choices;
    if has_none {
        options.insert(0, (NONE.to_owned(), say::no_value().to_owned()));
    }
    let chosen = RwSignal::new(untrack(|| if leaf.none.get() { NONE.to_owned() } else { leaf.text.get() }));
    let change = Callback::new(move |value: String| {
        leaf.none.set(value == NONE);
        leaf.text.set(if value == NONE { String::new() } else { value });
    });
    view! { <ui::SelectInput value=chosen options=Signal::stored(options) placeholder=nothing on_change=change/> }
}

/// Yes or no, as a switch.
#[component]
pub(super) fn FlagControl(leaf: Leaf, label: String, help: Option<String>, id: String) -> impl IntoView {
    let on = RwSignal::new(untrack(|| leaf.text.get() == "true"));
    let change = Callback::new(move |on: bool| {
        leaf.none.set(false);
        leaf.text.set(on.to_string());
    });
    view! { <div id=id tabindex="-1"><ui::Switch value=on label=label help=help on_change=change/></div> }
}
