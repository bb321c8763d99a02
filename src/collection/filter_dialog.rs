//! The dialog in which a filter term is written: field, comparison, values.

use std::sync::Arc;

use boxdeck_catalog::{Field, Operator};
use boxdeck_dialect::Term;
use leptos::prelude::*;

use super::count::plural;
use super::draft::{Draft, Zone};
use super::filter::{self, Filterable, arity};
use super::source::Source;
use super::term_values::{Slots, TermValues};
use crate::format::date;
use crate::ui::{Button, ButtonKind, Dialog, DialogSize, FormField, SelectInput};

/// The person's time zone, as the browser knows it.
const HERE: Zone = Zone { to_utc: date::local_to_utc, to_local: date::utc_to_local };

/// Writes a term. Offers only what the box applies, and says so where it cannot carry the values.
#[component]
pub fn FilterDialog(
    /// The list that is filtered.
    source: Source,
    /// What it can be filtered by.
    filterables: Arc<Vec<Filterable>>,
    /// The term to change; `None` for a new one.
    term: Option<Term>,
    /// Called with the finished term.
    on_apply: Callback<Term>,
    /// Asks the owner to unmount the dialog.
    on_close: Callback<()>,
) -> impl IntoView {
    let Some(first) = first_draft(&filterables, term.as_ref()) else {
        return ().into_any();
    };
    let field_name = RwSignal::new(first.field.clone());
    let operator_name = RwSignal::new(first.operator.name().to_owned());
    let slots = Slots::new(&first);
    let faults: RwSignal<Vec<(usize, String)>> = RwSignal::new(Vec::new());

    let fields: Vec<(String, String)> = filterables
        .iter()
        .map(|filterable| (filterable.field.name.clone(), filterable.field.label.clone()))
        .collect();
    let filterables = StoredValue::new(filterables);
    let chosen = Memo::new(move |_| {
        let name = field_name.get();
        filterables.with_value(|filterables| filter::find(filterables, &name).cloned())
    });
    let operator = Memo::new(move |_| Operator::from_name(&operator_name.get()).unwrap_or(Operator::Eq));
    let operators = Signal::derive(move || {
        let filterable = chosen.get();
        let offered = filterable.iter().flat_map(|filterable| {
            let words =
                |operator: &Operator| filter::words(*operator, &filterable.field.field_type).to_owned();
            filterable.operators.iter().map(move |operator| (operator.name().to_owned(), words(operator)))
        });
        offered.collect::<Vec<(String, String)>>()
    });
    let choose_field = move |_name: String| {
        faults.set(Vec::new());
        if let Some(filterable) = chosen.get_untracked() {
            let draft = Draft::new(&filterable);
            operator_name.set(draft.operator.name().to_owned());
            slots.fill(&draft);
        }
    };
    let before = StoredValue::new(first.operator);
    let choose_operator = move |_name: String| {
        faults.set(Vec::new());
        let draft = Draft {
            field: field_name.get_untracked(),
            operator: before.get_value(),
            values: slots.texts(before.get_value()),
        };
        slots.fill(&draft.with_operator(operator.get_untracked()));
    };
    Effect::new(move |_| before.set_value(operator.get()));

    let finish = {
        let source = source.clone();
        move || {
            let Some(Filterable { field, .. }) = chosen.get_untracked() else { return };
            let operator = operator.get_untracked();
            let draft = Draft { field: field.name.clone(), operator, values: slots.texts(operator) };
            match draft.term(&field, HERE) {
                Ok(term) if source.system.dialect.applies(&source.system.catalog, source.target(), &term) => {
                    on_apply.run(term)
                }
                Ok(_) => faults.set(vec![(0, CANNOT_CARRY.to_owned())]),
                Err(found) => faults.set(found),
            }
        }
    };
    let submit = {
        let finish = finish.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            finish();
        }
    };
    let title = if term.is_some() {
        format!("Change filter of {}", plural(&source.resource))
    } else {
        format!("Filter {}", plural(&source.resource))
    };
    let values = {
        let system = source.system.clone();
        move || {
            // Built anew only for another field or comparison, never while a person types.
            let (filterable, operator) = (chosen.get()?, operator.get());
            let field: Field = filterable.field;
            (arity(operator) != filter::Arity::None)
                .then(|| view! { <TermValues system=system.clone() field operator slots faults/> })
        }
    };
    view! {
        <Dialog
            title=title
            close_label="Close"
            size=DialogSize::Small
            on_close=move |_| on_close.run(())
            footer=move || {
                let finish = finish.clone();
                view! {
                    <Button on_click=move |_| on_close.run(())>"Cancel"</Button>
                    <Button kind=ButtonKind::Primary on_click=move |_| finish()>"Apply filter"</Button>
                }
                .into_any()
            }
        >
            <form class="stack" on:submit=submit novalidate=true>
                <div class="filter-comparison">
                    <FormField label="Field">
                        <SelectInput value=field_name options=fields.clone() on_change=choose_field/>
                    </FormField>
                    <FormField label="Comparison">
                        <SelectInput value=operator_name options=operators on_change=choose_operator/>
                    </FormField>
                </div>
                {values}
            </form>
        </Dialog>
    }
    .into_any()
}

/// What is said where the box has the comparison but no way to write these values.
const CANNOT_CARRY: &str =
    "The system cannot be asked for these values together: one of them holds a comma or outer spaces.";

/// What the dialog opens with.
fn first_draft(filterables: &[Filterable], term: Option<&Term>) -> Option<Draft> {
    match term {
        Some(term) => Some(Draft::of(term, &filter::find(filterables, &term.field)?.field, HERE)),
        None => filterables.first().map(Draft::new),
    }
}
