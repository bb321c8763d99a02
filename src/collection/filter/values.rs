//! The inputs for the values of a filter term: by the type of the field and by how many values the comparison takes.

use boxdeck_catalog::{Field, FieldType, Operator};
use leptos::prelude::*;
use words::filter as say;

use super::draft::{Control, Draft, control};
use super::reference::{ReferenceChoice, can_choose};
use crate::collection::filter::{Arity, Comparison, arity};
use crate::operation::exactness;
use crate::system::{System, use_system};
use crate::ui::{Checkbox, DateTimeInput, Fieldset, FormField, SelectInput, TextArea, TextInput};

/// What is typed or chosen, for every number of values that a comparison may take.
#[derive(Clone, Copy)]
pub struct Slots {
    /// The only value, or the least.
    first: RwSignal<String>,
    /// The greatest.
    second: RwSignal<String>,
    /// Any number of typed values, one per line.
    lines: RwSignal<String>,
    /// Any number of chosen values.
    chosen: RwSignal<Vec<String>>,
}

impl Slots {
    /// With the values of a draft in them.
    pub fn new(draft: &Draft) -> Self {
        let slots = Self {
            first: RwSignal::default(),
            second: RwSignal::default(),
            lines: RwSignal::default(),
            chosen: RwSignal::default(),
        };
        slots.fill(draft);
        slots
    }

    /// Puts the values of a draft in.
    pub fn fill(self, draft: &Draft) {
        let value = |place: usize| draft.values.get(place).cloned().unwrap_or_default();
        self.first.set(value(0));
        self.second.set(value(1));
        self.lines.set(draft.values.join("\n"));
        self.chosen.set(draft.values.iter().filter(|value| !value.is_empty()).cloned().collect());
    }

    /// The values that a comparison takes, as typed. Chosen values and typed lines hold the same where both are shown.
    pub fn texts(self, operator: Operator) -> Vec<String> {
        match arity(operator) {
            Arity::None => Vec::new(),
            Arity::One => vec![self.first.get_untracked()],
            Arity::Two => vec![self.first.get_untracked(), self.second.get_untracked()],
            Arity::Many => self.chosen.get_untracked(),
        }
    }
}

/// The inputs for the values of a comparison.
#[component]
pub fn TermValues(
    /// Where references are looked up.
    system: System,
    /// The field.
    field: Field,
    /// The comparison; one that takes values.
    comparison: Comparison,
    /// What is typed.
    slots: Slots,
    /// What is wrong, by the place of the value.
    faults: RwSignal<Vec<(usize, String)>>,
) -> impl IntoView {
    let fault = move |place: usize| {
        Signal::derive(move || {
            faults.with(|faults| faults.iter().find(|(at, _)| *at == place).map(|(_, text)| text.clone()))
        })
    };
    let any_fault = Signal::derive(move || {
        faults.with(|faults| {
            faults.first().map(|(place, text)| match faults.len() {
                1 if *place == 0 => text.clone(),
                _ => words::input::line(place + 1, text),
            })
        })
    });
    let operator = comparison.operator();
    match (arity(operator), control(&field, comparison)) {
        (Arity::None, _) => ().into_any(),
        (Arity::One | Arity::Many, Control::Reference) => {
            let many = arity(operator) == Arity::Many;
            match &field.field_type {
                FieldType::Reference(reference) if can_choose(&system, reference) => {
                    let chosen = if many { slots.chosen } else { one_of(slots.first) };
                    view! {
                        <ReferenceChoice system=system.clone() reference=reference.clone() chosen many label=field.label.clone() error=fault(0)/>
                    }
                    .into_any()
                }
                _ if many => view! { <Lines field slots error=any_fault/> }.into_any(),
                _ => {
                    view! { <One field comparison label=words::list::value() value=slots.first error=fault(0)/> }.into_any()
                }
            }
        }
        (Arity::Many, Control::Choice) => view! { <Choices field slots error=fault(0)/> }.into_any(),
        (Arity::Many, _) => view! { <Lines field slots error=any_fault/> }.into_any(),
        (Arity::One, _) => {
            view! { <One field comparison label=words::list::value() value=slots.first error=fault(0)/> }.into_any()
        }
        (Arity::Two, _) => view! {
            <div class="filter-comparison">
                <One field=field.clone() comparison label=words::list::from() value=slots.first error=fault(0)/>
                <One field comparison label=words::list::to() value=slots.second error=fault(1)/>
            </div>
        }
        .into_any(),
    }
}

/// A list of at most one chosen value that follows a text, and writes to it.
fn one_of(text: RwSignal<String>) -> RwSignal<Vec<String>> {
    let start = text.get_untracked();
    let chosen = RwSignal::new(if start.is_empty() { Vec::new() } else { vec![start] });
    Effect::new(move |_| text.set(chosen.with(|chosen| chosen.first().cloned().unwrap_or_default())));
    chosen
}

/// One value.
#[component]
fn One(
    field: Field,
    comparison: Comparison,
    label: &'static str,
    value: RwSignal<String>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let control = control(&field, comparison);
    let help = help(&field, control);
    // Built inside the field, so that the input finds its name and fault there.
    let input = move || match (control, &field.field_type) {
        (Control::Choice, FieldType::Enum(choices)) => {
            let options: Vec<(String, String)> =
                choices.iter().map(|choice| (choice.value.clone(), choice.label.clone())).collect();
            view! { <SelectInput value options placeholder=words::list::choose()/> }.into_any()
        }
        (Control::Flag, _) => {
            let options = vec![
                ("true".to_owned(), words::common::yes().to_owned()),
                ("false".to_owned(), words::common::no().to_owned()),
            ];
            view! { <SelectInput value options placeholder=words::list::choose()/> }.into_any()
        }
        (Control::Time, _) => view! { <DateTimeInput value/> }.into_any(),
        (Control::Gmt(stamp), _) => view! { <DateTimeInput value exact=exactness(stamp)/> }.into_any(),
        (Control::Age, _) => view! { <TextInput value placeholder="7d"/> }.into_any(),
        _ => {
            let offers = use_system().seen.values(&field.vocabulary);
            view! { <TextInput value placeholder=field.example.clone() offers/> }.into_any()
        }
    };
    view! { <FormField label help error>{input()}</FormField> }
}

/// What to know about typing a value.
fn help(field: &Field, control: Control) -> Option<String> {
    match (control, &field.field_type) {
        (Control::Amount, FieldType::Bytes(_)) => Some(words::list::data_help().to_owned()),
        (Control::Amount, FieldType::Duration(_)) => Some(words::list::duration_help().to_owned()),
        (Control::Amount, FieldType::BitRate) => Some(words::list::rate_help().to_owned()),
        (Control::Amount, FieldType::Percent | FieldType::Fraction) => {
            Some(words::list::percentage_help().to_owned())
        }
        (Control::Amount, _) => Some(words::list::number_help().to_owned()),
        (Control::Age, _) => Some(say::age_help().to_owned()),
        (Control::Time, _) => Some(words::list::time_help().to_owned()),
        (Control::Gmt(_), _) => Some(words::list::gmt_help().to_owned()),
        _ => None,
    }
}

/// Any number of typed values, one per line.
#[component]
fn Lines(field: Field, slots: Slots, error: Signal<Option<String>>) -> impl IntoView {
    let lines = slots.lines;
    Effect::new(move |_| {
        let values = lines.with(|lines| lines.lines().map(str::to_owned).collect());
        slots.chosen.set(values);
    });
    let help = if field.example.is_empty() {
        words::list::lines_help().to_owned()
    } else {
        words::list::lines_help_example(&field.example)
    };
    view! {
        <FormField label=words::list::values() help=Some(help) error><TextArea value=lines rows=6/></FormField>
    }
}

/// Any number of the field's choices.
#[component]
fn Choices(field: Field, slots: Slots, error: Signal<Option<String>>) -> impl IntoView {
    let FieldType::Enum(choices) = field.field_type else {
        return ().into_any();
    };
    let boxes = choices
        .into_iter()
        .map(|choice| {
            let value = StoredValue::new(choice.value);
            let ticked = RwSignal::new(
                slots.chosen.with_untracked(|chosen| value.with_value(|value| chosen.contains(value))),
            );
            let change = move |on: bool| {
                slots.chosen.update(|chosen| {
                    let value = value.get_value();
                    chosen.retain(|other| *other != value);
                    if on {
                        chosen.push(value);
                    }
                });
            };
            view! { <Checkbox value=ticked label=choice.label on_change=change/> }
        })
        .collect_view();
    view! {
        <Fieldset title=field.label>
            {boxes}
            {move || error.get().map(|text| view! { <p class="field-error" role="alert">{text}</p> })}
        </Fieldset>
    }
    .into_any()
}
