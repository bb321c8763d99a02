//! The table: with rows, selected and sorted, while it waits, with old rows, and with none.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::specimen;
use crate::ui::{Cell, Column, ColumnTools, DataTable, EmptyState, Selection, SortTerm, Tone};

const STATES: [(Tone, &str); 5] = [
    (Tone::Good, "Online"),
    (Tone::Warn, "Degraded"),
    (Tone::Bad, "Offline"),
    (Tone::Info, "Rebuilding"),
    (Tone::Neutral, "Unused"),
];

/// A table that can do everything a table can.
pub(super) fn section() -> AnyView {
    let keys = Arc::new((0..1000).map(|row| format!("vol-{row:04}")).collect::<Vec<_>>());
    let columns = RwSignal::new(columns());
    let sort = RwSignal::new(vec![
        SortTerm { column: "size".into(), descending: false },
        SortTerm { column: "name".into(), descending: false },
    ]);
    let selection = Selection {
        keys: RwSignal::new(BTreeSet::from(["vol-0001".to_owned(), "vol-0002".to_owned()])),
        row_label: "Select".into(),
        all_label: "Select all loaded volumes".into(),
    };
    let cells = move |row: usize| columns.with_untracked(|columns| cells(columns, row));
    let arrange = move |order: Vec<Arc<str>>| {
        columns.update(|columns| {
            columns.retain(|column| order.contains(&column.id));
            columns.sort_by_key(|column| order.iter().position(|id| *id == column.id));
        });
    };
    let resize = move |(id, width): (Arc<str>, f64)| {
        columns.update(|columns| {
            for column in columns.iter_mut().filter(|column| column.id == id) {
                (column.width, column.grow) = (width, false);
            }
        });
    };
    let tools = ColumnTools::new(Callback::new(resize), Callback::new(arrange), None);
    let table = view! {
        <div class="gallery-table">
            <DataTable
                label="Volumes"
                columns
                keys
                cells
                selection=Some(selection)
                row_count=Some(2310)
                sort
                sort_limit=3
                sort_hint=Some("Sort. With Shift, sort by several columns.".to_owned())
                on_sort=move |terms| sort.set(terms)
                tools=Signal::stored(Some(tools))
            />
        </div>
    };
    specimen("Selected, sorted by two columns", table)
}

/// Tables that wait, that show old rows, that have failed to get any, and narrow ones.
pub(super) fn states() -> AnyView {
    view! {
        {specimen("Before the first answer", few("Volumes on their way", 0, false, true, false))}
        {specimen("Newer rows are awaited", few("Volumes, awaited", 3, true, true, false))}
        {specimen("Rows older than the newest attempt", few("Volumes, old", 3, true, false, true))}
        {specimen("None", few("No volumes", 0, true, false, false))}
        {specimen("Narrow", view! { <div class="gallery-narrow">{few("Volumes, narrow", 3, true, false, false)}</div> })}
    }
    .into_any()
}

fn few(label: &'static str, rows: usize, loaded: bool, loading: bool, stale: bool) -> AnyView {
    let keys = Arc::new((0..rows).map(|row| format!("vol-{row:04}")).collect::<Vec<_>>());
    let shown = columns();
    let columns = RwSignal::new(shown.clone());
    let empty = || view! { <EmptyState icon="volume".to_owned() title="No volumes"/> }.into_any();
    view! { <DataTable label columns keys cells=move |row: usize| cells(&shown, row) loaded loading stale empty/> }.into_any()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Name", 14.0).grow().fixed(),
        Column::new("state", "State", 9.0),
        Column::new("size", "Size", 8.0).end(),
        Column::new("used", "Used", 11.0),
        Column::new("pool", "Pool", 10.0),
        Column::new("created", "Created", 10.0).unsorted(),
    ]
}

fn cells(columns: &[Column], row: usize) -> Vec<Cell> {
    columns.iter().map(|column| cell(&column.id, row)).collect()
}

fn cell(column: &str, row: usize) -> Cell {
    match column {
        "name" => Cell::link(format!("archive-{row:04}"), "#/~gallery/tables"),
        "state" => {
            let (tone, label) = STATES.get(row % STATES.len()).copied().unwrap_or_default();
            Cell::State(label.to_owned(), tone)
        }
        "size" => Cell::text(format!("{}.00 TB", row % 40 + 1)),
        "used" => {
            let tenths = u32::try_from(row % 11).unwrap_or_default();
            let text = format!("{} %", tenths * 10);
            Cell::Share {
                text: text.clone(),
                hint: None,
                share: f64::from(tenths) / 10.0,
                words: text,
                label: "Used".to_owned(),
            }
        }
        "pool" => Cell::link("pool-east", "#/~gallery/tables"),
        _ if row % 4 == 3 => Cell::Nothing("Not known"),
        _ => Cell::text("3 d ago"),
    }
}
