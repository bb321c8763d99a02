//! The rows of a list, drawn by the kit's table: which columns it has, what stands in a cell, where a row leads.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use boxdeck_catalog::{Field, FieldType, OperationKind, Resource};
use boxdeck_dialect::query::sort;
use boxdeck_dialect::{Page, Query, Record, Records, SortKey, Total};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use crate::chart::Amounts;
use crate::collection::actions::{RowActions, has_row_actions};
use crate::collection::address::ListAddress;
use crate::collection::columns::tools::ColumnChoice;
use crate::collection::columns::{self, Layout};
use crate::collection::selection::{SelectionLine, use_selected};
use crate::collection::source::{Listed, Source};
use crate::format;
use crate::parts::{self, ListLogic};
use crate::place::Place;
use crate::ui::{Align, Cell, Column, DataTable, Selection, SortTerm};
use crate::value::{self, use_setting};

/// Id of the column with the actions of a row. No field is called so.
pub const ACTIONS: &str = " actions";

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
    let setting = use_setting();
    let line_source = source.clone();
    let resource = source.resource.clone();
    let sort_limit = source.abilities().sort_keys;
    let fields = {
        let source = source.clone();
        Memo::new(move |_| {
            // What the numbers of the rows mean is decided by what these were asked for with.
            // Without a chart they mean the same whatever comes, and nothing is to be done for each page.
            let mut address = address.get();
            if source.resource.chart.is_some() {
                listed.with(|listed| {
                    listed.iter().for_each(|listed| address.query.filter.clone_from(&listed.query.filter));
                });
            }
            let names = source.columns(&address);
            let meant = |name: &String| source.meant(&address.query.filter, name);
            names.iter().filter_map(meant).collect::<Vec<(Field, Option<Amounts>)>>()
        })
    };
    // The numbers of a chart need more than the first rows of other lists. It is there already where a filter was applied.
    let logic = RwSignal::new(None::<ListLogic>);
    if resource.chart.is_some() {
        spawn_local_scoped_with_cancellation(async move {
            // Without it the numbers stay as the box tells them; the list says by itself that a part is missing.
            logic.set(parts::list_logic().await.ok());
        });
    }
    let has_actions = has_row_actions(&resource);
    let columns = {
        let source = source.clone();
        let filterable: HashSet<String> =
            source.filterables().into_iter().map(|filterable| filterable.field.name).collect();
        Signal::from(Memo::new(move |_| {
            let look = source.kept.look();
            let widest = fields.with(|fields| widest(fields));
            let column = |(place, (field, _)): (usize, &(Field, Option<Amounts>))| Column {
                filterable: filterable.contains(&field.name),
                fixed: field.name == source.resource.name_field(),
                ..column(field, place == 0, Some(place) == widest, sort_limit, &look.widths)
            };
            let mut columns =
                fields.with(|fields| fields.iter().enumerate().map(column).collect::<Vec<Column>>());
            // What has no page of its own is acted on where it stands.
            columns.extend(
                has_actions.then(|| Column::new(ACTIONS, words::table::actions(), 5.0).unsorted().fixed()),
            );
            columns
        }))
    };
    // The table's effects read the rows both directly and through memos of its own. A plain signal wakes each of them; a
    // memo would not: one that is brought up to date while an effect looks at another memo does not wake that effect.
    let read = {
        let resource = resource.clone();
        // Where the rows are among all: a person may be on the way to other ones already while these still show.
        move || Rows::new(&resource, listed.get(), address.with_untracked(ListAddress::page_number))
    };
    let rows = RwSignal::new(untrack(&read));
    let selected = use_selected();
    Effect::new(move |_| rows.set(read()));
    // The clock ticks with every answer. An effect of its own passes that on, so that the table is painted once with the
    // new rows, and not before with the old ones.
    let passing = RwSignal::new(());
    {
        let setting = setting.clone();
        Effect::new(move |_| {
            setting.track();
            passing.set(());
        });
    }
    if let Some(selected) = selected {
        Effect::new(move |_| {
            selected.keys.track();
            rows.with(|rows| {
                if let Some(listed) = &rows.listed {
                    selected.note(&rows.keys, &listed.page.records);
                }
            });
        });
    }
    let keys = Signal::derive(move || rows.with(|rows| rows.keys.clone()));
    let place = source.place();
    let cells = {
        let (source, setting) = (source.clone(), setting.clone());
        let place = resource.first(OperationKind::Get).is_some().then_some(place);
        move |index: usize| {
            rows.with_untracked(|rows| {
                let Some(record) = rows.record(index) else { return Vec::new() };
                let mut cells = fields.with_untracked(|fields| {
                    let cell = |(column, (field, amounts)): (usize, &(Field, Option<Amounts>))| match column {
                        0 => name(&source.resource, field, &record, place.as_ref(), &setting),
                        _ => measured(logic.get_untracked(), amounts.as_ref(), field, &record)
                            .unwrap_or_else(|| value::cell(&setting, field, &record)),
                    };
                    fields.iter().enumerate().map(cell).collect::<Vec<Cell>>()
                });
                cells.extend(has_actions.then(|| actions(&source, &record)));
                cells
            })
        }
    };
    let revision = Signal::derive(move || {
        rows.track();
        fields.track();
        logic.track();
        passing.track();
    });
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
    let tools = RwSignal::new(None);
    let choice = ColumnChoice { source: source.clone(), address, on_go };
    let hint = match sort_limit {
        0 => None,
        1 => Some(words::table::sort_hint()),
        _ => Some(words::table::sort_hint_several()),
    };
    let on_page = move |read: fn(&Page, u64) -> Option<u64>| {
        rows.with(|rows| rows.listed.as_ref().and_then(|listed| read(&listed.page, rows.number)))
    };
    let origin = Signal::derive(move || rows.with(Rows::origin));
    let selection = selected.map(|selected| Selection {
        keys: selected.keys,
        row_label: words::table::select_row().into(),
        all_label: words::table::select_page().into(),
    });
    view! {
        <DataTable
            label
            columns
            keys
            cells
            revision
            origin
            first_index=Signal::derive(move || on_page(first_index).unwrap_or_default())
            row_count=Signal::derive(move || on_page(row_count))
            sort=sorted
            sort_limit=Signal::stored(sort_limit)
            on_sort
            sort_hint=hint.map(str::to_owned)
            selection
            tools=tools.into()
            loaded=Signal::derive(move || rows.with(|rows| rows.listed.is_some()))
            loading=busy
            stale
        />
        {parts::column_tools(choice, tools)}
        {selected.map(|selected| view! { <SelectionLine source=line_source selected shown=keys/> })}
    }
}

/// The menu of what can be done with the record of a row.
fn actions(source: &Source, record: &Record) -> Cell {
    // Writing a value that is JSON already cannot fail; without a key the cell would only be made anew each time.
    let key = serde_json::to_string(&record.0).unwrap_or_default();
    let (source, record) = (source.clone(), Arc::new(record.clone()));
    let view = ViewFn::from(move || {
        let (source, record) = (source.clone(), record.clone());
        view! { <RowActions source record/> }
    });
    Cell::View { key, view }
}

/// What was read, with a key for each row.
struct Rows {
    listed: Option<Arc<Listed>>,
    /// Number of the page, counted from 1.
    number: u64,
    keys: Arc<Vec<String>>,
}

impl Rows {
    fn new(resource: &Resource, listed: Option<Arc<Listed>>, number: u64) -> Self {
        let keys = listed.as_ref().map(|listed| row_keys(resource, &listed.page.records)).unwrap_or_default();
        Self { listed, number, keys: Arc::new(keys) }
    }

    fn record(&self, index: usize) -> Option<Record> {
        self.listed.as_ref()?.page.records.get(index)
    }

    /// What the rows are a part of, and which part. Columns make no difference to which rows there are.
    fn origin(&self) -> String {
        self.listed.as_ref().map_or_else(String::new, |listed| {
            let query = Query { columns: Vec::new(), ..listed.query.clone() };
            query.to_query_string()
        })
    }
}

/// The column that takes the room that is left: the first, which names the record, unless numbers name it.
fn widest(fields: &[(Field, Option<Amounts>)]) -> Option<usize> {
    let name = Layout::of(&fields.first()?.0);
    let text = fields.iter().position(|(field, _)| Layout::of(field) == Layout::Text);
    if name == Layout::Amount { text.or(Some(0)) } else { Some(0) }
}

/// A field as a column. The first one names the record.
fn column(
    field: &Field,
    is_name: bool,
    grow: bool,
    sort_limit: usize,
    widths: &BTreeMap<String, f64>,
) -> Column {
    let layout = if grow && is_name { Layout::Name } else { Layout::of(field) };
    let id: Arc<str> = field.name.as_str().into();
    let chosen = widths.get(&field.name).copied();
    Column {
        label: field.label.clone(),
        align: if layout == Layout::Amount && !is_name { Align::End } else { Align::Start },
        sortable: field.sort && sort_limit > 0,
        width: chosen.unwrap_or_else(|| columns::width(field, layout)),
        // What a person has chosen stays.
        least: chosen.unwrap_or_else(|| columns::least_width(field, layout)),
        grow: grow && chosen.is_none(),
        fixed: false,
        filterable: false,
        id,
    }
}

/// A key per row that stays with the record from one answer to the next, and stands only once.
fn row_keys(resource: &Resource, records: &Records) -> Vec<String> {
    let mut keys: Vec<String> =
        records.keys(resource).map(|key| key.unwrap_or_default().into_owned()).collect();
    let mut seen = HashSet::with_capacity(keys.len());
    let unfit: Vec<bool> = keys.iter().map(|key| key.is_empty() || !seen.insert(key.as_str())).collect();
    for (index, (key, _)) in keys.iter_mut().zip(unfit).enumerate().filter(|(_, (_, unfit))| *unfit) {
        // No place of a record begins with a space.
        *key = format!(" {index}");
    }
    keys
}

/// What names a record, leading to its page where it has one.
fn name(
    resource: &Resource,
    field: &Field,
    record: &Record,
    place: Option<&Place>,
    setting: &value::Setting,
) -> Cell {
    // Without a page of its own a record can still be called by one that has.
    if place.is_none() && matches!(field.field_type, FieldType::Reference(_)) {
        return value::cell(setting, field, record);
    }
    let text = if field.name == resource.name_field() {
        columns::record_name(resource, record)
    } else {
        let field = record.described(field);
        format::value(&field, record.get(&field.name), 0.0).text
    };
    match place.and_then(|place| Some(place.record(&record.key(resource)?).href())) {
        Some(href) => Cell::link(text, href),
        None => Cell::text(text),
    }
}

/// What a chart draws, as it tells it. Whole numbers and bytes are exact without that.
fn measured(
    logic: Option<ListLogic>,
    amounts: Option<&Amounts>,
    field: &Field,
    record: &Record,
) -> Option<Cell> {
    let (logic, amounts) = logic.zip(amounts)?;
    let value = record.get(&field.name)?;
    let is_exact = matches!(amounts.value_type, FieldType::Bytes(_) | FieldType::Integer)
        && (value.is_i64() || value.is_u64());
    let is_plain = amounts.per.is_none() && (is_exact || amounts.value_type == FieldType::Number);
    if is_plain { None } else { Some(Cell::text((logic.amount_text)(amounts, value.as_f64()?))) }
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
        let records =
            vec![record(7.into()), record(8.into()), record(7.into()), record(serde_json::Value::Null)];
        assert_eq!(row_keys(&resource, &records.into()), ["7", "8", " 2", " 3"]);
    }
}
