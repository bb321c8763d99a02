//! What can be done with a column, as a menu: everything that keys and pointers do to it, with its name.

use leptos::prelude::*;

use super::{Column, ColumnTools, Table, arrange, column::sorted_by, grip::fit};
use crate::ui::{MenuItem, Text};

/// The items for a column. They are made when the menu opens for the first time, and follow the table from then on.
pub(super) fn column_menu(table: Table, tools: ColumnTools, column: &Column) -> AnyView {
    let mut items: Vec<AnyView> = Vec::new();
    if column.sortable && table.on_sort.is_some() {
        items.push(sort_item(table, column, false, false));
        items.push(sort_item(table, column, true, false));
        let id = column.id.clone();
        // Worth offering only where there is an order by something else already.
        let is_further = Memo::new(move |_| {
            table.sort_limit.get() > 1 && table.sort.with(|terms| terms.iter().any(|term| term.column != id))
        });
        let column = column.clone();
        items.push(
            (move || {
                is_further.get().then(|| {
                    [sort_item(table, &column, false, true), sort_item(table, &column, true, true)].into_any()
                })
            })
            .into_any(),
        );
    }
    if let Some(on_filter) = tools.on_filter.filter(|_| column.filterable) {
        let id = column.id.clone();
        items.push(item("filter", words::table::filter(), move || on_filter.run(id.clone())));
    }
    if !column.fixed {
        items.push(move_item(table, tools, column, -1));
        items.push(move_item(table, tools, column, 1));
    }
    let id = column.id.clone();
    items.push(item("columns", words::table::fit(), move || fit(table, &id, tools.on_resize)));
    if !column.fixed {
        let (id, label) = (column.id.clone(), column.label.clone());
        items.push(item("eye-off", words::table::hide(), move || {
            let order = table.columns.with_untracked(|columns| arrange::without(columns, &id));
            if let Some(order) = order {
                table.keep_focus();
                table.say(words::table::hidden(&label));
                tools.on_arrange.run(order);
            }
        }));
    }
    items.into_any()
}

fn item(icon: &'static str, label: impl Into<Text>, run: impl Fn() + Send + Sync + 'static) -> AnyView {
    view! { <MenuItem label=label icon=icon on_click=move |_| run()/> }.into_any()
}

fn sort_item(table: Table, column: &Column, descending: bool, add: bool) -> AnyView {
    let label = match (descending, add) {
        (false, false) => words::table::ascending(),
        (true, false) => words::table::descending(),
        (false, true) => words::table::add_ascending(),
        (true, true) => words::table::add_descending(),
    };
    let id = column.id.clone();
    item(if descending { "sort-down" } else { "sort-up" }, label, move || {
        if let Some(on_sort) = table.on_sort {
            let limit = table.sort_limit.get_untracked();
            on_sort.run(table.sort.with_untracked(|terms| sorted_by(terms, &id, descending, add, limit)));
        }
    })
}

fn move_item(table: Table, tools: ColumnTools, column: &Column, by: isize) -> AnyView {
    let (icon, label) = if by < 0 {
        ("chevron-left", words::table::move_left())
    } else {
        ("chevron-right", words::table::move_right())
    };
    let of = column.id.clone();
    let reason = Signal::derive(move || {
        let can = table.columns.with(|columns| arrange::shifted(columns, &of, by).is_some());
        (!can).then(|| words::table::cannot_move().to_owned())
    });
    let id = column.id.clone();
    let run = move |_| {
        let place = table.columns.with_untracked(|columns| columns.iter().position(|column| column.id == id));
        if let Some(place) = place {
            table.move_column(tools, place, by);
        }
    };
    view! { <MenuItem label=label icon=icon reason=reason on_click=run/> }.into_any()
}
