//! A table of rows that someone else has: it draws, scrolls, moves the focus, sorts by asking, and selects.
//!
//! It is a grid as ARIA describes it: one stop for Tab, arrows from cell to cell, headers included. Rows are all of one
//! height, and only those near the visible part are in the document when there are many. Cells are data ([`Cell`]) that the
//! table compares with what it has painted, so that new rows cost what has changed and a refresh takes no focus away.

mod arrange;
mod cell;
mod column;
mod drag;
mod events;
mod grid;
mod grip;
mod header;
mod keys;
mod menu;
mod paint;
mod rows;
mod selection;
mod tools;
mod watch;
mod width;
mod window;

use std::{cell::RefCell, rc::Rc, sync::Arc};

use leptos::{html, prelude::*};

pub use cell::{Cell, CellLink, Hint};
pub use column::{Align, Column, SortTerm};
pub use selection::Selection;
pub use tools::ColumnTools;

use super::{Text, Voice, use_voice};
use drag::Drag;
use grid::{Shared, State};
use header::Header;
use width::rem;

/// Rows of the skeleton.
const SKELETON_ROWS: usize = 10;

/// Width of the boxes' column, in rem.
const SELECT_WIDTH: f64 = 2.25;

/// What the parts of a table share.
#[derive(Clone, Copy)]
struct Table {
    columns: Signal<Vec<Column>>,
    keys: Signal<Arc<Vec<String>>>,
    cells: Callback<usize, Vec<Cell>>,
    revision: Signal<()>,
    origin: Signal<String>,
    first_index: Signal<u64>,
    selection: Option<Selection>,
    sort: Signal<Vec<SortTerm>>,
    sort_limit: Signal<usize>,
    on_sort: Option<Callback<Vec<SortTerm>>>,
    tools: Option<Signal<Option<ColumnTools>>>,
    /// Width in rem that a drag is giving a column right now.
    dragged: RwSignal<Option<(Arc<str>, f64)>>,
    drag: StoredValue<Option<Drag>>,
    scroller: NodeRef<html::Div>,
    grid: NodeRef<html::Table>,
    body: NodeRef<html::Tbody>,
    state: StoredValue<Shared, LocalStorage>,
    voice: StoredValue<Option<Voice>>,
}

impl Table {
    /// How columns are changed, once that is there.
    fn tools(self) -> Option<ColumnTools> {
        self.tools.and_then(|tools| tools.get_untracked())
    }

    /// Width of a column in rem; nothing for one that takes the room that is left.
    fn width(self, column: &Column) -> Option<f64> {
        let dragged = self
            .dragged
            .with(|dragged| dragged.as_ref().filter(|(id, _)| *id == column.id).map(|(_, width)| *width));
        dragged.or((!column.grow).then_some(column.width))
    }
}

/// The table. Its owner keeps rows, order, widths and selection; it fills the height that its place leaves it.
#[component]
pub fn DataTable(
    /// Name of the table.
    #[prop(into)]
    label: Text,
    /// The columns, the one that names the row first.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
    /// A key for each row, in order; no key may stand twice.
    #[prop(into)]
    keys: Signal<Arc<Vec<String>>>,
    /// The cells of the row with that index, in the order of the columns. The link of the first leads where the row does.
    #[prop(into)]
    cells: Callback<usize, Vec<Cell>>,
    /// Changes whenever cells may have, other than by keys and columns.
    #[prop(optional, into)]
    revision: Signal<()>,
    /// What the rows are a part of: they begin at the top again when it changes.
    #[prop(optional, into)]
    origin: Signal<String>,
    /// Index of the first row among all rows, where only a part is loaded.
    #[prop(optional, into)]
    first_index: Signal<u64>,
    /// How many rows there are in all, as far as it is known.
    #[prop(optional, into)]
    row_count: Signal<Option<u64>>,
    /// What the rows are sorted by, the strongest first.
    #[prop(optional, into)]
    sort: Signal<Vec<SortTerm>>,
    /// By how many columns rows can be sorted at once.
    #[prop(optional, into)]
    sort_limit: Signal<usize>,
    /// Called with the order that a person asks for.
    #[prop(optional, into)]
    on_sort: Option<Callback<Vec<SortTerm>>>,
    /// What a click on a header does, as a hint.
    #[prop(optional, into)]
    sort_hint: super::OptText,
    /// Makes rows selectable.
    #[prop(optional_no_strip)]
    selection: Option<Selection>,
    /// How columns are changed, where they can be; nothing in it until that is there.
    #[prop(optional)]
    tools: Option<Signal<Option<ColumnTools>>>,
    /// Whether rows have ever arrived; until then a skeleton shows.
    #[prop(into, default = true.into())]
    loaded: Signal<bool>,
    /// Newer rows are on their way.
    #[prop(optional, into)]
    loading: Signal<bool>,
    /// The rows are older than they should be.
    #[prop(optional, into)]
    stale: Signal<bool>,
    /// Shows instead of rows when there are none.
    #[prop(optional, into)]
    empty: ViewFn,
) -> impl IntoView {
    let owner = Owner::current().unwrap_or_default();
    let table = Table {
        columns,
        keys,
        cells,
        revision,
        origin,
        first_index,
        selection,
        sort,
        sort_limit,
        on_sort,
        tools,
        dragged: RwSignal::new(None),
        drag: StoredValue::new(None),
        scroller: NodeRef::new(),
        grid: NodeRef::new(),
        body: NodeRef::new(),
        state: StoredValue::new_local(Rc::new(RefCell::new(State::new(owner)))),
        voice: StoredValue::new(use_voice()),
    };
    Effect::new(move |_| table.spread());
    Effect::new(move |_| table.refresh());
    Effect::new(move |_| table.mark());
    table.watch();
    let is_empty = Memo::new(move |_| loaded.get() && keys.with(|keys| keys.is_empty()));
    // The header is a row too.
    let rows_in_all = move || match row_count.get() {
        Some(rows) => (rows + 1).to_string(),
        None => "-1".to_owned(),
    };
    view! {
        <div class="table-frame" data-busy=move || (loading.get() && loaded.get()).then_some("true")>
            <div
                class="table-scroll"
                node_ref=table.scroller
                style:scroll-padding-inline-start=move || rem(table.sticky_width())
                on:scroll=move |_| table.scrolled()
            >
                <table
                    class="table"
                    role="grid"
                    node_ref=table.grid
                    style:min-width=move || rem(table.least_width())
                    aria-label=move || label.get()
                    aria-rowcount=rows_in_all
                    aria-colcount=move || (columns.with(Vec::len) + table.lead()).to_string()
                    aria-busy=move || loading.get().then_some("true")
                    aria-multiselectable=selection.is_some().then_some("true")
                    data-stale=move || stale.get().then_some("true")
                    on:keydown=move |event| table.keydown(&event)
                    on:focusin=move |event| table.focusin(&event)
                    on:mousedown=move |event| table.mousedown(&event)
                    on:mouseover=move |event| table.mouseover(&event)
                    on:click=move |event| table.click(&event)
                >
                    <thead role="rowgroup">
                        <Header table sort_hint/>
                    </thead>
                    <tbody
                        role="rowgroup"
                        node_ref=table.body
                        style:block-size=move || height(keys.with(|keys| keys.len()))
                    ></tbody>
                    {move || (!loaded.get()).then(|| skeleton(table))}
                </table>
                <Show when=move || is_empty.get()>
                    <div class="table-empty">{empty.run()}</div>
                </Show>
            </div>
        </div>
    }
}

/// Height of so many rows, without the line below the last one.
fn height(rows: usize) -> String {
    format!("calc({rows} * var(--row-h) - 1px)")
}

fn skeleton(table: Table) -> AnyView {
    let rows: Vec<AnyView> = (0..SKELETON_ROWS)
        .map(|_| {
            let select = table.selection.is_some().then(|| view! { <td class="table-select"></td> });
            let cells: Vec<AnyView> = (0..table.columns.with(Vec::len))
                .map(|place| {
                    view! { <td style:flex=width::flex(place)><span class="skeleton-cell"></span></td> }
                        .into_any()
                })
                .collect();
            view! { <tr class="table-skeleton">{select}{cells}</tr> }.into_any()
        })
        .collect();
    view! { <tbody aria-hidden="true">{rows}</tbody> }.into_any()
}
