//! What a person does to the columns of a table: their menus, their widths, their order.
//!
//! A table shows and sorts its rows without it. Whoever shows one hands this in, at once or later: a list has it come after
//! its first rows, so nothing but [`ColumnTools::new`] may lead here, and the table calls it through what that makes.

use std::sync::Arc;

use leptos::{ev, prelude::*};

use super::{Column, Table, arrange, grip::Grip, keys::Wish, menu::column_menu};
use crate::ui::Menu;

/// What a pointer does to a header.
#[derive(Clone, Copy)]
pub(super) enum Grasp {
    Start,
    Move,
    End,
    Stop,
}

/// The ways to change the columns of a table.
#[derive(Clone, Copy)]
pub struct ColumnTools {
    pub(super) on_resize: Callback<(Arc<str>, f64)>,
    pub(super) on_arrange: Callback<Vec<Arc<str>>>,
    pub(super) on_filter: Option<Callback<Arc<str>>>,
    /// Makes what a header has besides its words.
    pub(super) header: fn(Table, Self, &Column) -> AnyView,
    /// Does what a pointer means.
    pub(super) pointer: fn(Table, Self, Grasp, &ev::PointerEvent),
    /// Does what a key in the header of the column at that place means; whether that was anything.
    pub(super) key: fn(Table, Self, usize, Wish) -> bool,
}

impl ColumnTools {
    /// The ways, for an owner of columns who is called with a column's id and its new width in rem; with the ids in a new
    /// order, or without one that is to be hidden; and with the id of a column that the rows are to be filtered by.
    pub fn new(
        on_resize: Callback<(Arc<str>, f64)>,
        on_arrange: Callback<Vec<Arc<str>>>,
        on_filter: Option<Callback<Arc<str>>>,
    ) -> Self {
        Self { on_resize, on_arrange, on_filter, header, pointer: Table::grasp, key }
    }
}

fn header(table: Table, tools: ColumnTools, column: &Column) -> AnyView {
    let (id, column) = (column.id.clone(), column.clone());
    view! {
        <span class="table-menu">
            <Menu label=words::table::menu(&column.label) icon="chevron-down" small=true roving=true>
                {column_menu(table, tools, &column)}
            </Menu>
        </span>
        <Grip table id on_resize=tools.on_resize/>
    }
    .into_any()
}

fn key(table: Table, tools: ColumnTools, place: usize, wish: Wish) -> bool {
    match wish {
        Wish::Move(by) => table.move_column(tools, place, by),
        Wish::Resize(by) => table.resize_column(tools, place, by),
        _ => false,
    }
}

impl Table {
    pub(super) fn move_column(self, tools: ColumnTools, place: usize, by: isize) -> bool {
        let columns = self.columns.get_untracked();
        let Some(column) = columns.get(place) else { return false };
        // A key that moves nothing further is still not one of the browser's.
        if let Some(order) = arrange::shifted(&columns, &column.id, by) {
            let place = order.iter().position(|id| *id == column.id).unwrap_or_default() + 1;
            self.keep_focus();
            self.say(words::table::moved(&column.label, place, columns.len()));
            tools.on_arrange.run(order);
        }
        true
    }

    fn resize_column(self, tools: ColumnTools, place: usize, by: i8) -> bool {
        let Some(column) = self.columns.with_untracked(|columns| columns.get(place).cloned()) else {
            return false;
        };
        // One that takes the room that is left starts from how wide it happens to be.
        let width =
            if column.grow { self.actual_width(&column.id).unwrap_or(column.width) } else { column.width };
        tools.on_resize.run((column.id, arrange::clamped(width + f64::from(by) * arrange::STEP)));
        self.say(if by < 0 {
            words::table::narrower(&column.label)
        } else {
            words::table::wider(&column.label)
        });
        true
    }

    pub(super) fn say(self, text: String) {
        if let Some(voice) = self.voice.get_value() {
            voice.announce(text);
        }
    }
}
