//! The rows.

use std::{collections::HashMap, sync::Arc};

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    Align, Table,
    keys::{Wish, wish},
    selection::set_range,
    viewport::Viewport,
};
use crate::ui::id::unique_id;

/// Rows of the skeleton.
const SKELETON_ROWS: usize = 10;

/// What takes the focus inside a row.
const STOPS: &str = "a[href]:not([role=menuitem]), button:not([role=menuitem]), input, [tabindex]:not([role=menu], [role=menuitem])";

/// How rows are drawn.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    pub(super) cell: Callback<(usize, Arc<str>), AnyView>,
    pub(super) row_href: Option<Callback<usize, Option<String>>>,
    pub(super) first_index: Signal<u64>,
}

#[component]
pub(super) fn Body(table: Table, viewport: Viewport, rows: Rows, loaded: Signal<bool>) -> impl IntoView {
    let active = RwSignal::new(0_usize);
    let anchor = StoredValue::new(0_usize);
    // The row that Tab reaches: the active one, or the nearest that is in the document.
    let stop = Memo::new(move |_| {
        let (start, end) = viewport.range.get();
        active.get().clamp(start, end.saturating_sub(1).max(start))
    });
    let places = Memo::new(move |_| {
        table.keys.with(|keys| {
            keys.iter().cloned().enumerate().map(|(index, key)| (key, index)).collect::<HashMap<_, _>>()
        })
    });
    let shown = move || {
        let (start, end) = viewport.range.get();
        table.keys.with(|keys| keys.iter().skip(start).take(end - start).cloned().collect::<Vec<_>>())
    };
    let row = move |key: String| {
        let of = key.clone();
        let index = Memo::new(move |_| places.with(|places| places.get(&of).copied().unwrap_or_default()));
        view! { <Row table rows index key stop/> }
    };
    let select = move |index: usize, range: bool| {
        let Some(selection) = table.selection else { return };
        let keys = table.keys.get_untracked();
        let Some(key) = keys.get(index) else { return };
        let on = selection.keys.with_untracked(|selected| !selected.contains(key));
        let from = if range { anchor.get_value() } else { index };
        selection.keys.update(|selected| set_range(&keys, selected, from, index, on));
        anchor.set_value(index);
    };
    let keydown = move |event: ev::KeyboardEvent| {
        let Some((target, row, at)) = place_of(event.target()) else { return };
        // A menu of a row has keys of its own, and so has the button that opens it.
        if event.default_prevented() || target.closest("[role=menu]").is_ok_and(|menu| menu.is_some()) {
            return;
        }
        if event.alt_key() || target.matches("input:not([type=checkbox]), select, textarea").unwrap_or(false)
        {
            return;
        }
        let count = table.keys.with_untracked(|keys| keys.len());
        let on_row = target == row;
        let ctrl = event.ctrl_key() || event.meta_key();
        let Some(wish) = wish(&event.key(), event.shift_key(), ctrl, on_row, at, count, viewport.page())
        else {
            return;
        };
        match wish {
            Wish::Row(index) => {
                active.set(index);
                viewport.focus(index);
            }
            Wish::Within(step) => move_within(&row, &target, step),
            Wish::Open => match row
                .query_selector("a[href]")
                .ok()
                .flatten()
                .and_then(|link| link.dyn_into::<HtmlElement>().ok())
            {
                Some(link) => link.click(),
                None => return,
            },
            Wish::Select(_) | Wish::SelectAll if table.selection.is_none() => return,
            Wish::Select(range) => select(at, range),
            Wish::SelectAll => {
                if let Some(selection) = table.selection {
                    let keys = table.keys.get_untracked();
                    selection.keys.update(|selected| selected.extend(keys.iter().cloned()));
                }
            }
        }
        event.prevent_default();
    };
    let focusin = move |event: ev::FocusEvent| {
        if let Some((_, _, at)) = place_of(event.target())
            && active.get_untracked() != at
        {
            active.set(at);
        }
    };
    // The boxes are changed by the selection alone, so that Shift can mean a range.
    let click = move |event: ev::MouseEvent| {
        let Some((target, _, at)) = place_of(event.target()) else { return };
        if target.matches("input.checkbox").unwrap_or(false) {
            select(at, event.shift_key());
        }
    };
    let spacer = move |height: f64| {
        (height > 0.0).then(|| {
            view! {
                <tr class="table-spacer" aria-hidden="true">
                    <td colspan=move || table.span().to_string() style:height=format!("{height:.1}px")></td>
                </tr>
            }
        })
    };
    view! {
        <tbody on:keydown=keydown on:focusin=focusin on:click=click>
            {move || spacer(viewport.spacers().0)}
            <For each=shown key=Clone::clone children=row/>
            {move || spacer(viewport.spacers().1)}
            {move || (!loaded.get()).then(|| skeleton(table))}
        </tbody>
    }
}

#[component]
fn Row(table: Table, rows: Rows, index: Memo<usize>, key: String, stop: Memo<usize>) -> impl IntoView {
    let name_id = unique_id("row");
    let is_selected = Memo::new(move |_| {
        table.selection.is_some_and(|selection| selection.keys.with(|keys| keys.contains(&key)))
    });
    let select = table.selection.map(|selection| {
        let box_id = format!("{name_id}-box");
        let labelled_by = format!("{box_id} {name_id}");
        view! {
            <td class="table-select">
                <label>
                    <input
                        type="checkbox"
                        class="checkbox"
                        tabindex="-1"
                        id=box_id
                        aria-label=move || selection.row_label.get()
                        aria-labelledby=labelled_by
                        prop:checked=move || is_selected.get()
                    />
                </label>
            </td>
        }
    });
    let cells = move || {
        let index = index.get();
        table
            .columns
            .get()
            .into_iter()
            .enumerate()
            .map(|(place, column)| {
                let end = column.align == Align::End;
                let content = rows.cell.run((index, column.id));
                if place > 0 {
                    return view! { <td class:num=end>{content}</td> }.into_any();
                }
                let content = match rows.row_href.and_then(|href| href.run(index)) {
                    Some(href) => {
                        view! { <a class="table-link" href=href tabindex="-1">{content}</a> }.into_any()
                    }
                    None => content,
                };
                view! { <th scope="row" class:num=end id=name_id.clone()>{content}</th> }.into_any()
            })
            .collect_view()
    };
    view! {
        <tr
            data-index=move || index.get().to_string()
            aria-rowindex=move || (rows.first_index.get() + index.get() as u64 + 2).to_string()
            aria-selected=move || table.selection.map(|_| is_selected.get().to_string())
            tabindex=move || if stop.get() == index.get() { "0" } else { "-1" }
        >
            {select}
            {cells}
            {move || table.has_filler().then(|| view! { <td class="table-filler" aria-hidden="true"></td> })}
        </tr>
    }
}

fn skeleton(table: Table) -> AnyView {
    (0..SKELETON_ROWS)
        .map(|_| {
            let cells = (0..table.span())
                .map(|_| view! { <td><span class="skeleton-cell" aria-hidden="true"></span></td> })
                .collect_view();
            view! { <tr class="table-skeleton">{cells}</tr> }
        })
        .collect_view()
        .into_any()
}

/// The element of an event, its row and the row's index.
fn place_of(target: Option<web_sys::EventTarget>) -> Option<(Element, Element, usize)> {
    let target: Element = target?.dyn_into().ok()?;
    let row = target.closest("tr[data-index]").ok().flatten()?;
    let index = row.get_attribute("data-index")?.parse().ok()?;
    Some((target, row, index))
}

/// Moves the focus between the row and what is in it; the row itself comes before everything in it.
fn move_within(row: &Element, target: &Element, step: i8) {
    let Ok(found) = row.query_selector_all(STOPS) else { return };
    let stops: Vec<HtmlElement> =
        (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect();
    let current = stops.iter().position(|stop| **stop == *target);
    let next = match (current, step) {
        (None, 1) => stops.first().cloned(),
        (Some(index), 1) => stops.get(index + 1).cloned(),
        (Some(0), _) => row.clone().dyn_into().ok(),
        (Some(index), _) => stops.get(index - 1).cloned(),
        (None, _) => None,
    };
    if let Some(next) = next {
        // Focus can only fail for elements that left the page.
        drop(next.focus());
    }
}
