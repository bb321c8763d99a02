//! The rows of a list, drawn by the kit's table: which columns it has, what stands in a cell, where a row leads.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use boxdeck_catalog::{Field, OperationKind, Resource};
use boxdeck_dialect::{Page, Record, SortKey, Total};
use leptos::prelude::*;

use super::actions::{RowActions, has_row_actions};
use super::address::ListAddress;
use super::columns::{self, Layout};
use super::sort;
use super::source::{Listed, Source};
use crate::ui::{Align, Column, DataTable, SortTerm};
use crate::value::{self, use_setting};

/// Id of the column with the actions of a row. No field is called so.
const ACTIONS: &str = " actions";

/// The table of a list. Before the first answer it shows a skeleton.
#[component]
pub fn ListTable(
    /// The list.
    source: Source,
    /// What it shows.
    address: Signal<ListAddress>,
    /// What was read; `None` before the first answer.
    listed: Memo<Option<Arc<Listed>>>,
    /// Name of the table.
    #[prop(into)]
    label: String,
    /// Newer rows are awaited.
    #[prop(into)]
    busy: Signal<bool>,
    /// The rows are older than the newest attempt to read them.
    #[prop(into)]
    stale: Signal<bool>,
    /// Called with the address that a click on a header makes.
    on_go: Callback<ListAddress>,
) -> impl IntoView {
    let setting = use_setting().in_list();
    let resource = source.resource.clone();
    let sort_limit = source.abilities().sort_keys;
    let widths: RwSignal<HashMap<Arc<str>, f64>> = RwSignal::new(HashMap::new());
    let fields = {
        let resource = resource.clone();
        Memo::new(move |_| {
            let fields = address.with(|address| columns::chosen(&resource, &address.query));
            fields.into_iter().cloned().collect::<Vec<Field>>()
        })
    };
    let has_actions = has_row_actions(&resource);
    let columns = Signal::derive(move || {
        let widest = fields.with(|fields| widest(fields));
        let column = |(place, field): (usize, &Field)| {
            column(field, place == 0, Some(place) == widest, sort_limit, &widths.read())
        };
        let mut columns =
            fields.with(|fields| fields.iter().enumerate().map(column).collect::<Vec<Column>>());
        // What has no page of its own is acted on where it stands.
        columns.extend(has_actions.then(|| Column::new(ACTIONS, "Actions", 5.0).unsorted()));
        columns
    });
    // The table's effects read the rows both directly and through memos of its own. A plain signal wakes each of them; a
    // memo would not: one that is brought up to date while an effect looks at another memo does not wake that effect.
    let start = untrack(|| Rows::new(&resource, listed.get()));
    let rows = RwSignal::new(start);
    {
        let resource = resource.clone();
        Effect::new(move |_| rows.set(Rows::new(&resource, listed.get())));
    }
    let keys = Signal::derive(move || rows.with(|rows| rows.keys.clone()));
    let cell = {
        let (resource, source) = (resource.clone(), source.clone());
        move |(index, id): (usize, Arc<str>)| {
            if *id == *ACTIONS {
                let record = rows.with(|rows| rows.record(index).cloned().map(Arc::new));
                let source = source.clone();
                return record.map(|record| view! { <RowActions source record/> }).into_any();
            }
            let place = fields.with(|fields| fields.iter().position(|field| *field.name == *id));
            let field = place.and_then(|place| fields.with(|fields| fields.get(place).cloned()));
            let Some(field) = field else { return ().into_any() };
            rows.with(|rows| match rows.record(index) {
                Some(record) if place == Some(0) => name(&resource, &field, record),
                Some(record) => value::inline(&setting, &field, record.get(&field.name), record),
                None => ().into_any(),
            })
        }
    };
    let place = source.place();
    let row_href = {
        let resource = resource.clone();
        let has_page = resource.first(OperationKind::Get).is_some();
        move |index: usize| {
            let key = rows.with(|rows| rows.record(index)?.key(&resource))?;
            has_page.then(|| place.record(&key).href())
        }
    };
    let sorted = {
        let resource = resource.clone();
        Signal::derive(move || {
            let keys = address.with(|address| sort::effective(&resource, &address.query, sort_limit));
            keys.into_iter()
                .map(|key| SortTerm { column: key.field.into(), descending: key.descending })
                .collect()
        })
    };
    let on_sort = move |terms: Vec<SortTerm>| {
        let keys = terms
            .into_iter()
            .map(|term| SortKey { field: term.column.to_string(), descending: term.descending });
        let keys = sort::stored(&resource, keys.collect());
        on_go.run(address.with_untracked(|address| address.sorted(keys)));
    };
    let hint = match sort_limit {
        0 => None,
        1 => Some("Sort"),
        _ => Some("Sort. With Shift, sort by several columns."),
    };
    let on_page = move |read: fn(&Page, u64) -> Option<u64>| {
        let number = address.with(ListAddress::page_number);
        rows.with(|rows| rows.listed.as_ref().and_then(|listed| read(&listed.page, number)))
    };
    view! {
        <DataTable
            label
            columns
            keys
            cell
            row_href
            first_index=Signal::derive(move || on_page(first_index).unwrap_or_default())
            row_count=Signal::derive(move || on_page(row_count))
            sort=sorted
            sort_limit=Signal::stored(sort_limit)
            on_sort
            sort_hint=hint.map(str::to_owned)
            on_resize=move |(id, width): (Arc<str>, f64)| widths.update(|widths| { widths.insert(id, width); })
            loaded=Signal::derive(move || rows.with(|rows| rows.listed.is_some()))
            loading=busy
            stale
        />
    }
}

/// What was read, with a key for each row.
struct Rows {
    listed: Option<Arc<Listed>>,
    keys: Arc<Vec<String>>,
}

impl Rows {
    fn new(resource: &Resource, listed: Option<Arc<Listed>>) -> Self {
        let keys = listed.as_ref().map(|listed| row_keys(resource, &listed.page.records)).unwrap_or_default();
        Self { listed, keys: Arc::new(keys) }
    }

    fn record(&self, index: usize) -> Option<&Record> {
        self.listed.as_ref()?.page.records.get(index)
    }
}

/// The column that takes the room that is left: the first, which names the record, unless numbers name it.
fn widest(fields: &[Field]) -> Option<usize> {
    let name = Layout::of(fields.first()?);
    let text = fields.iter().position(|field| Layout::of(field) == Layout::Text);
    if name == Layout::Amount { text.or(Some(0)) } else { Some(0) }
}

/// A field as a column. The first one names the record.
fn column(
    field: &Field,
    is_name: bool,
    grow: bool,
    sort_limit: usize,
    widths: &HashMap<Arc<str>, f64>,
) -> Column {
    let layout = if grow && is_name { Layout::Name } else { Layout::of(field) };
    let id: Arc<str> = field.name.as_str().into();
    let chosen = widths.get(&id).copied();
    Column {
        label: field.label.clone(),
        align: if layout == Layout::Amount && !is_name { Align::End } else { Align::Start },
        sortable: field.sort && sort_limit > 0,
        width: chosen.unwrap_or_else(|| layout.width()),
        grow: grow && chosen.is_none(),
        id,
    }
}

/// A key per row that stays with the record from one answer to the next, and stands only once.
fn row_keys(resource: &Resource, records: &[Record]) -> Vec<String> {
    let mut seen = HashSet::with_capacity(records.len());
    let keys = records.iter().enumerate().map(|(index, record)| {
        let key = record.key(resource).unwrap_or_default();
        // No place of a record begins with a space.
        if !key.is_empty() && seen.insert(key.clone()) { key } else { format!(" {index}") }
    });
    keys.collect()
}

/// What names a record, as the text of the link to it.
fn name(resource: &Resource, field: &Field, record: &Record) -> AnyView {
    let text = record.text(&field.name).filter(|text| !text.is_empty());
    let text = text.unwrap_or_else(|| columns::record_name(resource, record));
    view! { <span title=text.clone()>{text.clone()}</span> }.into_any()
}

fn first_index(page: &Page, number: u64) -> Option<u64> {
    Some(number.saturating_sub(1).saturating_mul(u64::from(page.page_size)))
}

fn row_count(page: &Page, _number: u64) -> Option<u64> {
    match page.total {
        Total::Exact(count) => Some(count),
        Total::AtLeast(_) | Total::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_stands_twice() {
        let resource: Resource = serde_json::from_value(serde_json::json!({
            "id": "a", "title": "A", "singular": "a", "area": "x", "fields": [], "operations": []
        }))
        .expect("a resource");
        let record = |id: serde_json::Value| Record([("id".to_owned(), id)].into_iter().collect());
        let records = [record(7.into()), record(8.into()), record(7.into()), record(serde_json::Value::Null)];
        assert_eq!(row_keys(&resource, &records), ["7", "8", " 2", " 3"]);
    }
}
