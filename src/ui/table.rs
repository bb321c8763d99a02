//! A table of rows that someone else has: it draws, scrolls, moves the focus, sorts by asking, and selects.
//!
//! Rows are all of one height, and only those near the visible part are in the document when there are many. A cell is
//! drawn in a reactive scope, so that it changes when what it reads changes; a row keeps its element as long as its key
//! is in the list, so that new data doesn't take the focus away.

mod body;
mod column;
mod grip;
mod header;
mod keys;
mod selection;
mod viewport;

use std::sync::Arc;

use leptos::{html, prelude::*};

pub use column::{Align, Column, SortTerm};
pub use selection::Selection;

use super::Text;
use body::{Body, Rows};
use header::Header;
use viewport::Viewport;

/// What the parts of a table share.
#[derive(Clone, Copy)]
struct Table {
    columns: Signal<Vec<Column>>,
    keys: Signal<Arc<Vec<String>>>,
    selection: Option<Selection>,
    /// Widths in rem that a drag is changing right now.
    dragged: RwSignal<Option<(Arc<str>, f64)>>,
}

impl Table {
    /// Width of a column in rem; nothing for one that takes the room that is left.
    fn width(self, column: &Column) -> Option<f64> {
        let dragged = self
            .dragged
            .with(|dragged| dragged.as_ref().filter(|(id, _)| *id == column.id).map(|(_, width)| *width));
        dragged.or((!column.grow).then_some(column.width))
    }

    fn has_filler(self) -> bool {
        self.columns.with(|columns| columns.iter().all(|column| self.width(column).is_some()))
    }

    /// Cells of a row, without the first one for the selection.
    fn span(self) -> usize {
        self.columns.with(Vec::len) + usize::from(self.selection.is_some()) + usize::from(self.has_filler())
    }
}

/// The table. Its owner keeps rows, order and selection; it fills the height that its place leaves it.
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
    /// Draws a cell, given the row's index and the column's id.
    #[prop(into)]
    cell: Callback<(usize, Arc<str>), AnyView>,
    /// Where a row leads; the first column becomes a link, and Enter follows it.
    #[prop(optional, into)]
    row_href: Option<Callback<usize, Option<String>>>,
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
    #[prop(optional)]
    selection: Option<Selection>,
    /// Called with a column's id and its new width in rem, when a person has dragged it.
    #[prop(optional, into)]
    on_resize: Option<Callback<(Arc<str>, f64)>>,
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
    let table = Table { columns, keys, selection, dragged: RwSignal::new(None) };
    let scroller = NodeRef::<html::Div>::new();
    let viewport = Viewport::new(scroller, Signal::derive(move || keys.with(|keys| keys.len())));
    let widths = move || {
        let columns = columns.get();
        let select = selection.is_some().then(|| view! { <col class="table-col-select"/> });
        let columns = columns
            .into_iter()
            .map(|column| view! { <col style:width=move || table.width(&column).map_or_else(|| "auto".to_owned(), rem)/> })
            .collect_view();
        view! { {select}{columns}{table.has_filler().then(|| view! { <col/> })} }
    };
    // A growing column would otherwise be squeezed to nothing where the room is short.
    let least = move || {
        let columns = columns.with(|columns| {
            columns.iter().map(|column| table.width(column).unwrap_or(column.width)).sum::<f64>()
        });
        rem(columns + if selection.is_some() { 2.25 } else { 0.0 })
    };
    let is_empty = Memo::new(move |_| loaded.get() && keys.with(|keys| keys.is_empty()));
    // The header is a row too.
    let rows_in_all = move || match row_count.get() {
        Some(rows) => (rows + 1).to_string(),
        None => "-1".to_owned(),
    };
    view! {
        <div class="table-frame" data-busy=move || (loading.get() && loaded.get()).then_some("true")>
            <div class="table-scroll" node_ref=scroller on:scroll=move |_| viewport.scrolled()>
                <table
                    class="table"
                    role="grid"
                    style:min-width=least
                    aria-label=move || label.get()
                    aria-rowcount=rows_in_all
                    aria-busy=move || loading.get().then_some("true")
                    aria-multiselectable=selection.is_some().then_some("true")
                    data-stale=move || stale.get().then_some("true")
                >
                    <colgroup>{widths}</colgroup>
                    <thead>
                        <Header table sort sort_limit on_sort sort_hint on_resize/>
                    </thead>
                    <Body table viewport rows=Rows { cell, row_href, first_index } loaded/>
                </table>
                <Show when=move || is_empty.get()>
                    <div class="table-empty">{empty.run()}</div>
                </Show>
            </div>
        </div>
    }
}

fn rem(width: f64) -> String {
    format!("{width:.3}rem")
}
