//! The dialog in which a filter term is written: field, comparison, values.

use std::sync::Arc;

use boxdeck_catalog::{Field, Operator};
use boxdeck_dialect::Term;
use boxdeck_dialect::query::Zone;
use leptos::prelude::*;
use words::filter as say;

use super::draft::{Draft, Manner, comparisons};
use super::fields::{choices, ordered};
use super::values::{Slots, TermValues};
use crate::collection::address::ListAddress;
use crate::collection::count::plural;
use crate::collection::filter::{self, Comparison, Filterable, arity};
use crate::collection::source::Source;
use crate::format::{self, date};
use crate::ui::{Button, ButtonKind, ComboBox, Dialog, DialogSize, FormField, SelectInput};

/// The person's time zone, as the browser knows it.
pub const HERE: Zone = Zone { to_utc: date::local_to_utc, to_local: date::utc_to_local };

/// How values are typed here and in the console's language.
fn manner() -> Manner {
    Manner { zone: HERE, notation: format::notation() }
}

/// Writes a term. Says of each comparison whether the box or the browser applies it.
#[component]
pub fn FilterDialog(
    /// The list that is filtered.
    source: Source,
    /// What it can be filtered by.
    filterables: Arc<Vec<Filterable>>,
    /// What the list shows: its columns are offered first.
    address: Signal<ListAddress>,
    /// The term to change; `None` for a new one.
    term: Option<Term>,
    /// The field of a new one, where one is meant.
    field: Option<String>,
    /// Called with the finished term.
    on_apply: Callback<Term>,
    /// Asks the owner to unmount the dialog.
    on_close: Callback<()>,
) -> impl IntoView {
    let columns = untrack(|| address.with(|address| source.columns(address)));
    let filterables = Arc::new(ordered(&filterables, &columns));
    let Some(first) = first_draft(&filterables, term.as_ref(), field.as_deref()) else {
        return ().into_any();
    };
    let field_name = RwSignal::new(first.field.clone());
    let operator_name = RwSignal::new(first.comparison.name().to_owned());
    let slots = Slots::new(&first);
    let faults: RwSignal<Vec<(usize, String)>> = RwSignal::new(Vec::new());

    let filterables = StoredValue::new(filterables);
    let sought = RwSignal::new(String::new());
    let fields = Signal::derive(move || {
        filterables.with_value(|filterables| sought.with(|sought| choices(filterables, &columns, sought)))
    });
    let chosen = Memo::new(move |_| {
        let name = field_name.get();
        filterables.with_value(|filterables| filter::find(filterables, &name).cloned())
    });
    let label = Signal::derive(move || {
        chosen.with(|chosen| chosen.as_ref().map(|chosen| chosen.field.label.clone()).unwrap_or_default())
    });
    let comparison = Memo::new(move |_| {
        Comparison::from_name(&operator_name.get()).unwrap_or(Comparison::Plain(Operator::Eq))
    });
    let operators = Signal::derive(move || {
        let filterable = chosen.get();
        let offered = filterable.iter().flat_map(|filterable| {
            comparisons(filterable).into_iter().map(|comparison| {
                let words = filter::words(comparison, &filterable.field.field_type);
                let by_box = filterable.by_box.contains(&comparison.operator());
                let text = if by_box { words.to_owned() } else { say::comparison_in_browser(words) };
                (comparison.name().to_owned(), text)
            })
        });
        offered.collect::<Vec<(String, String)>>()
    });
    let choose_field = move |_choice| {
        faults.set(Vec::new());
        if let Some(filterable) = chosen.get_untracked() {
            let draft = Draft::new(&filterable);
            operator_name.set(draft.comparison.name().to_owned());
            slots.fill(&draft);
        }
    };
    // An emptied input means the field that was there: a term without one is none.
    let last = StoredValue::new(first.field.clone());
    Effect::new(move |_| {
        let name = field_name.get();
        if name.is_empty() {
            field_name.set(last.get_value());
        } else {
            last.set_value(name);
        }
    });
    let before = StoredValue::new(first.comparison);
    let choose_operator = move |_name: String| {
        faults.set(Vec::new());
        let draft = Draft {
            field: field_name.get_untracked(),
            comparison: before.get_value(),
            values: slots.texts(before.get_value().operator()),
        };
        slots.fill(&draft.with(comparison.get_untracked()));
    };
    Effect::new(move |_| before.set_value(comparison.get()));

    let finish = {
        let source = source.clone();
        move || {
            let Some(Filterable { field, .. }) = chosen.get_untracked() else { return };
            let comparison = comparison.get_untracked();
            let values = slots.texts(comparison.operator());
            let draft = Draft { field: field.name.clone(), comparison, values };
            match draft.term(&field, manner()) {
                // What the box has no way to write, the browser applies; the chip says so.
                Ok(term) if source.sides(std::slice::from_ref(&term)) != [None] => on_apply.run(term),
                Ok(_) => faults.set(vec![(0, say::nobody_applies().to_owned())]),
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
        say::change_title(plural(&source.resource))
    } else {
        say::title(plural(&source.resource))
    };
    let values = {
        let system = source.system.clone();
        move || {
            // Built anew only for another field or comparison, never while a person types.
            let (filterable, comparison) = (chosen.get()?, comparison.get());
            let field: Field = filterable.field;
            (arity(comparison.operator()) != filter::Arity::None)
                .then(|| view! { <TermValues system=system.clone() field comparison slots faults/> })
        }
    };
    view! {
        <Dialog
            title=title
            close_label=words::common::close()
            size=DialogSize::Small
            on_close=move |_| on_close.run(())
            footer=move || {
                let finish = finish.clone();
                view! {
                    <Button on_click=move |_| on_close.run(())>{words::common::cancel()}</Button>
                    <Button kind=ButtonKind::Primary on_click=move |_| finish()>{say::apply()}</Button>
                }
                .into_any()
            }
        >
            <form class="stack" on:submit=submit novalidate=true>
                <div class="filter-comparison">
                    <FormField label=say::field()>
                        <ComboBox
                            value=field_name
                            shown=label
                            options=fields
                            on_query=move |text: String| sought.set(text)
                            on_choose=choose_field
                            none_text=say::field_none()
                            loading_text=say::field_loading()
                        />
                    </FormField>
                    <FormField label=say::comparison()>
                        <SelectInput value=operator_name options=operators on_change=choose_operator/>
                    </FormField>
                </div>
                {values}
                // Enter in an input sends the form; the visible button is in the dialog's foot.
                <button type="submit" hidden=true tabindex="-1"></button>
            </form>
        </Dialog>
    }
    .into_any()
}

/// What the dialog opens with.
fn first_draft(filterables: &[Filterable], term: Option<&Term>, field: Option<&str>) -> Option<Draft> {
    match term {
        Some(term) => Some(Draft::of(term, &filter::find(filterables, &term.field)?.field, manner())),
        None => {
            let meant = field.and_then(|field| filter::find(filterables, field));
            meant.or(filterables.first()).map(Draft::new)
        }
    }
}
