//! The filter of a list: the search box, a chip for each term, and the way to more.

use std::sync::Arc;

use boxdeck_catalog::Field;
use boxdeck_dialect::Term;
use leptos::prelude::*;
use serde_json::Value;

use super::address::ListAddress;
use super::filter::{self, Arity};
use super::filter_dialog::FilterDialog;
use super::reference::ReferenceName;
use super::search_box::SearchBox;
use super::source::Source;
use crate::format;
use crate::ui::{Button, ButtonKind, Icon};
use crate::when::use_now;

/// How a change of the address is entered into the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// As a step that "back" undoes.
    New,
    /// In place of the present one: it is being refined.
    Same,
}

/// The filter of a list. Offers only what the box itself applies; where it applies nothing, there is no bar.
#[component]
pub fn FilterBar(
    /// The list.
    source: Source,
    /// What it shows.
    #[prop(into)]
    address: Signal<ListAddress>,
    /// Called with the address that a person makes.
    on_go: Callback<(ListAddress, Entry)>,
) -> impl IntoView {
    let filterables = Arc::new(source.filterables());
    if filterables.is_empty() {
        return ().into_any();
    }
    let search_field = source.search_field(&filterables).cloned();
    // The term that is edited (`None`: a new one), while the dialog is open.
    let editing: RwSignal<Option<Option<usize>>> = RwSignal::new(None);
    let searched = search_field.as_ref().map(|field| field.name.clone());
    let chips = {
        let (source, filterables) = (source.clone(), filterables.clone());
        let terms = Memo::new(move |_| address.with(|address| shown_terms(address, searched.as_deref())));
        move || {
            terms
                .get()
                .into_iter()
                .filter_map(|(index, term)| {
                    let field = filter::find(&filterables, &term.field)?.field.clone();
                    let on_edit = Callback::new(move |()| editing.set(Some(Some(index))));
                    let on_remove = Callback::new(move |()| {
                        on_go
                            .run((address.with_untracked(|address| address.without_term(index)), Entry::New));
                    });
                    Some(view! { <li><Chip source=source.clone() field term on_edit on_remove/></li> })
                })
                .collect_view()
        }
    };
    let has_terms = Memo::new(move |_| address.with(|address| !address.query.filter.is_empty()));
    let clear = move |_| on_go.run((address.with_untracked(ListAddress::without_filter), Entry::New));
    let dialog = move || {
        editing.get().map(|index| {
            let term = index.and_then(|index| address.with_untracked(|address| address.query.filter.get(index).cloned()));
            let on_apply = Callback::new(move |term: Term| {
                editing.set(None);
                on_go.run((address.with_untracked(|address| address.with_term(index, term)), Entry::New));
            });
            let on_close = Callback::new(move |()| editing.set(None));
            view! { <FilterDialog source=source.clone() filterables=filterables.clone() term on_apply on_close/> }
        })
    };
    view! {
        <div class="filter-bar" role="search" aria-label="Filter">
            {search_field.map(|field| view! { <SearchBox field address on_go/> })}
            <ul class="filter-chips" aria-label="Filters">{chips}</ul>
            <Button icon="filter" on_click=move |_| editing.set(Some(None))>"Add filter"</Button>
            <Show when=move || has_terms.get()>
                <Button kind=ButtonKind::Quiet on_click=clear>"Clear filters"</Button>
            </Show>
        </div>
        {dialog}
    }
    .into_any()
}

/// The terms with their index, but for the one that the search box shows.
fn shown_terms(address: &ListAddress, searched: Option<&str>) -> Vec<(usize, Term)> {
    let hidden = searched.and_then(|field| address.search_term(field));
    let terms = address.query.filter.iter().cloned().enumerate();
    terms.filter(|(index, _)| Some(*index) != hidden).collect()
}

/// One term: a button that edits it, and one that removes it.
#[component]
fn Chip(
    source: Source,
    field: Field,
    term: Term,
    on_edit: Callback<()>,
    on_remove: Callback<()>,
) -> impl IntoView {
    let now = use_now().get_untracked();
    let sentence = filter::sentence(&field, &term, |field, value| said(field, value, now));
    let values = term_values(&source, &field, &term, now);
    let values_again = term_values(&source, &field, &term, now);
    let words = filter::words(term.operator, &field.field_type);
    view! {
        <span class="chip">
            <button type="button" class="chip-text" title=sentence on:click=move |_| on_edit.run(())>
                <span class="visually-hidden">"Edit filter: "</span>
                <span class="filter-chip-words">
                    <span class="filter-chip-field">{field.label.clone()}" "{words}</span>
                    " "
                    <span class="filter-chip-values">{values}</span>
                </span>
            </button>
            <button
                type="button"
                class="chip-remove"
                data-hint="Remove filter"
                on:click=move |_| on_remove.run(())
            >
                <span class="visually-hidden">"Remove filter: "{field.label.clone()}" "{words}" "{values_again}</span>
                <Icon name="close"/>
            </button>
        </span>
    }
}

/// The values of a term, references by name.
fn term_values(source: &Source, field: &Field, term: &Term, now: f64) -> AnyView {
    let between = if filter::arity(term.operator) == Arity::Two { " and " } else { ", " };
    term.values
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let value = match &field.field_type {
                boxdeck_catalog::FieldType::Reference(reference) if reference.by.is_none() => {
                    view! { <ReferenceName system=source.system.clone() reference=reference.clone() key=text.clone()/> }.into_any()
                }
                _ if term.operator == boxdeck_catalog::Operator::Like => format!("“{text}”").into_any(),
                _ => {
                    said(field, &filter::wire_value(field, text), now).into_any()
                }
            };
            view! { {(index > 0).then_some(between)} {value} }.into_any()
        })
        .collect::<Vec<AnyView>>()
        .into_any()
}

/// A value as a filter says it. A time is said exactly: "after 3 hours ago" would move while it is looked at.
fn said(field: &Field, value: &Value, now: f64) -> String {
    let shown = format::value(field, Some(value), now);
    shown.exact.filter(|_| is_time(field)).unwrap_or(shown.text)
}

const fn is_time(field: &Field) -> bool {
    use boxdeck_catalog::FieldType as T;
    matches!(field.field_type, T::Timestamp(_) | T::DateTime)
}
