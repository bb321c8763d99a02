//! The row of headers.

use std::sync::Arc;

use leptos::{ev, prelude::*};

use super::{
    Align, Column, Table,
    selection::{Cover, cover},
    tools::Grasp,
    width,
};
use crate::ui::{Icon, OptText};

#[component]
pub(super) fn Header(table: Table, sort_hint: OptText) -> impl IntoView {
    let ids = move || {
        table.columns.with(|columns| columns.iter().map(|column| column.id.clone()).collect::<Vec<_>>())
    };
    let cell = move |id: Arc<str>| header_cell(table, &id, sort_hint);
    let lead = table.selection.map(|selection| {
        let cover = Memo::new(move |_| {
            table.keys.with(|loaded| selection.keys.with(|selected| cover(loaded, selected)))
        });
        view! {
            <th scope="col" role="columnheader" class="table-select" aria-colindex="1">
                <label>
                    <input
                        type="checkbox"
                        class="checkbox"
                        tabindex="-1"
                        aria-label=move || selection.all_label.get()
                        prop:checked=move || cover.get() == Cover::All
                        prop:indeterminate=move || cover.get() == Cover::Some
                        on:change=move |_| table.select_all(cover.get_untracked() != Cover::All)
                    />
                </label>
            </th>
        }
    });
    let grasp = move |grasp: Grasp, event: &ev::PointerEvent| {
        if let Some(tools) = table.tools() {
            (tools.pointer)(table, tools, grasp, event);
        }
    };
    view! {
        <tr
            role="row"
            aria-rowindex="1"
            on:pointerdown=move |event| grasp(Grasp::Start, &event)
            on:pointermove=move |event| grasp(Grasp::Move, &event)
            on:pointerup=move |event| grasp(Grasp::End, &event)
            on:pointercancel=move |event| grasp(Grasp::Stop, &event)
        >
            {lead}
            <For each=ids key=|id| id.clone() children=cell/>
        </tr>
    }
}

fn header_cell(table: Table, id: &Arc<str>, sort_hint: OptText) -> AnyView {
    let find = |columns: &Vec<Column>| columns.iter().position(|column| column.id == *id);
    let Some(column) = table.columns.with_untracked(|columns| columns.get(find(columns)?).cloned()) else {
        return ().into_any();
    };
    let of = id.clone();
    let column_place = Memo::new(move |_| {
        table.columns.with(|columns| columns.iter().position(|column| column.id == of)).unwrap_or_default()
    });
    let number = move || (column_place.get() + 1 + table.lead()).to_string();
    let of = id.clone();
    let place = Memo::new(move |_| {
        table.sort.with(|terms| {
            let index = terms.iter().position(|term| term.column == of)?;
            terms.get(index).map(|term| (index, term.descending, terms.len()))
        })
    });
    let label = column.label.clone();
    let content = if column.sortable && table.on_sort.is_some() {
        sort_button(table, &column, place, sort_hint)
    } else {
        view! { <span class="table-label">{label.clone()}</span> }.into_any()
    };
    // Only the strongest column may say that it sorts.
    let aria_sort = move || match place.get() {
        Some((0, true, _)) => Some("descending"),
        Some((0, false, _)) => Some("ascending"),
        _ => None,
    };
    let tools = table.tools.map(|tools| {
        let column = column.clone();
        move || match tools.get() {
            Some(tools) => (tools.header)(table, tools, &column),
            // Its line parts the headers from the start.
            None => view! { <span class="table-grip" aria-hidden="true"></span> }.into_any(),
        }
    });
    view! {
        <th
            scope="col"
            role="columnheader"
            style:flex=move || width::flex(column_place.get())
            class:num=column.align == Align::End
            data-column=id.to_string()
            aria-label=label
            aria-colindex=number
            aria-sort=aria_sort
        >
            {content}
            {tools}
        </th>
    }
    .into_any()
}

fn sort_button(
    table: Table,
    column: &Column,
    place: Memo<Option<(usize, bool, usize)>>,
    hint: OptText,
) -> AnyView {
    let id = column.id.clone();
    let click = move |event: ev::MouseEvent| {
        let place = table.columns.with_untracked(|columns| columns.iter().position(|column| column.id == id));
        if let Some(place) = place.filter(|_| !table.was_dragged()) {
            table.sort_by(place, event.shift_key());
        }
    };
    let mark = move || {
        let place = place.get();
        let icon = match place {
            Some((_, true, _)) => "sort-down",
            Some((_, false, _)) => "sort-up",
            None => "sort",
        };
        let rank = place.filter(|(_, _, count)| *count > 1).map(|(index, ..)| index + 1);
        view! { <Icon name=icon/>{rank.map(|rank| view! { <span class="table-rank">{rank}</span> })} }
    };
    view! {
        <button
            type="button"
            class="table-sort"
            tabindex="-1"
            data-sorted=move || place.get().is_some().to_string()
            data-hint=move || hint.get()
            on:click=click
        >
            <span class="table-label">{column.label.clone()}</span>
            {mark}
        </button>
    }
    .into_any()
}
