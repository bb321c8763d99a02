//! A term of a filter as a chip: what it says, who applies it, a button that edits it and one that removes it.

use boxdeck_catalog::{Field, FieldType};
use boxdeck_dialect::{Term, query};
use leptos::prelude::*;
use serde_json::Value;
use words::filter as say;

use super::reference::ReferenceName;
use crate::collection::filter::{self, Arity, Side};
use crate::format::{self, Exact};
use crate::system::System;
use crate::ui::Icon;
use crate::when::use_now;

/// One term.
#[component]
pub fn Chip(
    /// Where records that it names by their key are looked up; without it the key stands for them.
    #[prop(optional, into)]
    system: Option<System>,
    /// The field of the term.
    field: Field,
    /// The term.
    term: Term,
    /// Who applies it.
    side: Side,
    /// Opens the dialog on it.
    on_edit: Callback<()>,
    /// Removes it.
    on_remove: Callback<()>,
) -> impl IntoView {
    let now = use_now().get_untracked();
    let sentence = filter::sentence(&field, &term, |field, value| said(field, value, now));
    let values = term_values(system.as_ref(), &field, &term, now);
    let values_again = term_values(system.as_ref(), &field, &term, now);
    let words = filter::words(query::comparison(&field, &term), &field.field_type);
    view! {
        <span class="chip" class:chip-browser=side == Side::Browser>
            <button type="button" class="chip-text" title=sentence on:click=move |_| on_edit.run(())>
                <span class="visually-hidden">{say::edit()}</span>
                <span class="filter-chip-words">
                    <span class="filter-chip-field">{field.label.clone()}" "{words}</span>
                    " "
                    <span class="filter-chip-values">{values}</span>
                </span>
                <SideMark side/>
            </button>
            <button
                type="button"
                class="chip-remove"
                data-hint=say::remove()
                on:click=move |_| on_remove.run(())
            >
                <span class="visually-hidden">{say::remove_of()}{field.label.clone()}" "{words}" "{values_again}</span>
                <Icon name="close"/>
            </button>
        </span>
    }
}

/// Says who applies a term.
#[component]
pub fn SideMark(
    /// Who applies it.
    side: Side,
) -> impl IntoView {
    let (text, hint) = match side {
        Side::Box => (say::by_box(), say::by_box_hint()),
        Side::Browser => (say::by_browser(), say::by_browser_hint()),
    };
    view! {
        <span class="filter-side" class:filter-side-browser=side == Side::Browser title=hint>{text}</span>
    }
}

/// The values of a term, references by name.
fn term_values(system: Option<&System>, field: &Field, term: &Term, now: f64) -> AnyView {
    let between = if filter::arity(term.operator) == Arity::Two { say::and() } else { ", " };
    let texts = filter::said_values(field, term, |field, value| said(field, value, now));
    texts
        .into_iter()
        .enumerate()
        .map(|(index, text)| {
            let value = match (&field.field_type, term.values.get(index), system) {
                (FieldType::Reference(reference), Some(key), Some(system))
                    if reference.by.is_none() && term.operator != boxdeck_catalog::Operator::Like =>
                {
                    view! { <ReferenceName system=system.clone() reference=reference.clone() key=key.clone()/> }.into_any()
                }
                _ => text.into_any(),
            };
            view! { {(index > 0).then_some(between)} {value} }.into_any()
        })
        .collect::<Vec<AnyView>>()
        .into_any()
}

/// A value as a filter says it. A time is said exactly: "after 3 hours ago" would move while it is looked at.
fn said(field: &Field, value: &Value, now: f64) -> String {
    let field = &*field.within(|name| (name == field.name).then_some(value));
    let shown = format::value(field, Some(value), now);
    let is_time = field.field_type.is_time();
    shown.exact.filter(|_| is_time).map_or(shown.text, Exact::text)
}
