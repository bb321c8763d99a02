//! The row of headers.

use std::sync::Arc;

use leptos::{ev, prelude::*};

use super::{
    Align, Column, SortTerm, Table,
    column::toggled,
    grip::Grip,
    selection::{Cover, cover},
};
use crate::ui::{Icon, OptText};

#[component]
pub(super) fn Header(
    table: Table,
    sort: Signal<Vec<SortTerm>>,
    sort_limit: Signal<usize>,
    on_sort: Option<Callback<Vec<SortTerm>>>,
    sort_hint: OptText,
    on_resize: Option<Callback<(Arc<str>, f64)>>,
) -> impl IntoView {
    let cells = move || {
        table
            .columns
            .get()
            .into_iter()
            .map(|column| {
                let end = column.align == Align::End;
                let id = column.id.clone();
                let place = Memo::new(move |_| {
                    sort.with(|terms| {
                        let index = terms.iter().position(|term| term.column == id)?;
                        terms.get(index).map(|term| (index, term.descending, terms.len()))
                    })
                });
                let content = match on_sort.filter(|_| column.sortable) {
                    Some(on_sort) => sort_button(&column, place, sort, sort_limit, on_sort, sort_hint),
                    None => view! { <span class="table-label">{column.label.clone()}</span> }.into_any(),
                };
                // Only the strongest column may say that it sorts.
                let aria_sort = move || match place.get() {
                    Some((0, true, _)) => Some("descending"),
                    Some((0, false, _)) => Some("ascending"),
                    _ => None,
                };
                view! {
                    <th scope="col" class:num=end aria-sort=aria_sort>
                        {content}
                        {on_resize.map(|on_resize| view! { <Grip table id=column.id on_resize/> })}
                    </th>
                }
            })
            .collect_view()
    };
    view! {
        <tr aria-rowindex="1">
            {table.selection.map(|selection| {
                let cover = Memo::new(move |_| {
                    table.keys.with(|loaded| selection.keys.with(|selected| cover(loaded, selected)))
                });
                let toggle = move |_| {
                    let on = cover.get_untracked() != Cover::All;
                    let loaded = table.keys.get_untracked();
                    selection.keys.update(|selected| {
                        if on {
                            selected.extend(loaded.iter().cloned());
                        } else {
                            loaded.iter().for_each(|key| drop(selected.take(key)));
                        }
                    });
                };
                view! {
                    <th scope="col" class="table-select">
                        <label>
                            <input
                                type="checkbox"
                                class="checkbox"
                                aria-label=move || selection.all_label.get()
                                prop:checked=move || cover.get() == Cover::All
                                prop:indeterminate=move || cover.get() == Cover::Some
                                on:change=toggle
                            />
                        </label>
                    </th>
                }
            })}
            {cells}
            {move || table.has_filler().then(|| view! { <td class="table-filler" aria-hidden="true"></td> })}
        </tr>
    }
}

fn sort_button(
    column: &Column,
    place: Memo<Option<(usize, bool, usize)>>,
    sort: Signal<Vec<SortTerm>>,
    sort_limit: Signal<usize>,
    on_sort: Callback<Vec<SortTerm>>,
    hint: OptText,
) -> AnyView {
    let id = column.id.clone();
    let click = move |event: ev::MouseEvent| {
        let terms =
            sort.with_untracked(|terms| toggled(terms, &id, event.shift_key(), sort_limit.get_untracked()));
        on_sort.run(terms);
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
