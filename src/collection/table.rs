//! The rows of a list, with the headers that sort it.

mod keys;

use std::sync::Arc;

use boxdeck_catalog::{Field, Resource};
use boxdeck_dialect::{ListAbilities, Record, SortKey};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::address::ListAddress;
use super::columns::{self, Layout};
use super::sort;
use super::source::Source;
use crate::place::Place;
use crate::ui::Icon;
use crate::value::{self, Setting, use_setting};

/// Rows of the skeleton at the first load.
const SKELETON_ROWS: usize = 8;

/// What the columns of a list are made of.
#[derive(Clone, PartialEq)]
struct Head {
    fields: Vec<Arc<Field>>,
    link: usize,
}

/// The table of a list. Without `records` it shows a skeleton.
#[component]
pub fn ListTable(
    /// The list.
    source: Source,
    /// What it shows.
    address: Signal<ListAddress>,
    /// The rows; `None` before the first answer.
    records: Signal<Option<Arc<Vec<Record>>>>,
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
    let head = {
        let resource = resource.clone();
        Memo::new(move |_| {
            let fields = address.with(|address| columns::chosen(&resource, &address.query));
            let link = columns::link_column(&resource, &fields);
            Head { fields: fields.into_iter().map(|field| Arc::new(field.clone())).collect(), link }
        })
    };
    let abilities = source.abilities();
    let keys = {
        let resource = resource.clone();
        Memo::new(move |_| address.with(|address| sort::effective(&resource, &address.query, abilities.sort_keys)))
    };
    let headers = {
        let resource = resource.clone();
        move || {
            let resource = resource.clone();
            let head = head.get();
            let cells = head.fields.into_iter().map(move |field| {
                let resource = resource.clone();
                view! { <Header resource field address keys abilities on_go/> }
            });
            cells.collect_view()
        }
    };
    let widths = move || {
        let head = head.get();
        let classes = head.fields.iter().enumerate().map(|(index, field)| width_class(field, index == head.link));
        classes.map(|class| view! { <col class=class/> }).collect_view()
    };
    let region = label.clone();
    let place = source.place();
    let body = move || {
        let head = head.get();
        match records.get() {
            Some(records) => {
                rows(&Row { head: &head, resource: &resource, place: &place, setting: &setting }, &records).into_any()
            }
            None => skeleton(head.fields.len()).into_any(),
        }
    };
    view! {
        <div class="list-scroll" role="region" aria-label=region tabindex="0" data-busy=move || busy.get().then_some("true")>
            <table class="list-table" aria-label=label aria-busy=move || busy.get().to_string() data-stale=move || stale.get().then_some("true")>
                <colgroup>{widths}</colgroup>
                <thead><tr>{headers}</tr></thead>
                <tbody on:keydown=keys::press on:focusin=keys::entered>{body}</tbody>
            </table>
        </div>
    }
}

const fn width_class(field: &Field, is_link: bool) -> &'static str {
    match Layout::of(field) {
        _ if is_link => "col-name",
        Layout::Name => "col-name",
        Layout::Text => "col-text",
        Layout::Amount => "col-amount",
        Layout::Time => "col-time",
        Layout::State => "col-state",
        Layout::Flag => "col-flag",
    }
}

/// The header of a column; a button where the box sorts by it.
#[component]
fn Header(
    resource: Arc<Resource>,
    field: Arc<Field>,
    address: Signal<ListAddress>,
    keys: Memo<Vec<SortKey>>,
    abilities: ListAbilities,
    on_go: Callback<ListAddress>,
) -> impl IntoView {
    let is_amount = Layout::of(&field) == Layout::Amount;
    let name = StoredValue::new(field.name.clone());
    let rank = Memo::new(move |_| keys.with(|keys| name.with_value(|name| sort::rank(keys, name))));
    let content = if field.sort && abilities.sort_keys > 0 {
        let click = move |event: MouseEvent| {
            let add = event.shift_key() && abilities.sort_keys > 1;
            let sorted = name.with_value(|name| keys.with_untracked(|keys| sort::toggled(keys, name, add, abilities.sort_keys)));
            let sorted = sort::stored(&resource, sorted);
            on_go.run(address.with_untracked(|address| address.sorted(sorted)));
        };
        let mark = move || {
            rank.get().map(|(place, descending)| {
                let (icon, words) = if descending { ("sort-down", "greatest first") } else { ("sort-up", "least first") };
                let several = keys.with(Vec::len) > 1;
                view! {
                    <Icon name=icon/>
                    {several.then(|| view! { <span class="sort-rank">{place}</span> })}
                    <span class="visually-hidden">{format!(", sorted, {words}")}</span>
                }
            })
        };
        let hint = if abilities.sort_keys > 1 { "Sort. With Shift, sort by several columns." } else { "Sort" };
        view! {
            <button type="button" class="list-sort" data-hint=hint on:click=click>
                <span class="list-label">{field.label.clone()}</span>
                {mark}
            </button>
        }
        .into_any()
    } else {
        view! { <span class="list-label" title=field.label.clone()>{field.label.clone()}</span> }.into_any()
    };
    // One column of a table may say that it is sorted: the strongest key.
    let aria_sort = move || match rank.get() {
        Some((1, true)) => Some("descending"),
        Some((1, false)) => Some("ascending"),
        _ => None,
    };
    view! { <th scope="col" class:num=is_amount aria-sort=aria_sort>{content}</th> }
}

/// What every row is made with.
struct Row<'a> {
    head: &'a Head,
    resource: &'a Resource,
    place: &'a Place,
    setting: &'a Setting,
}

fn rows(row: &Row<'_>, records: &[Record]) -> Vec<AnyView> {
    records.iter().enumerate().map(|(index, record)| row.view(record, index == 0)).collect()
}

impl Row<'_> {
    fn view(&self, record: &Record, first: bool) -> AnyView {
        let cells: Vec<AnyView> = self
            .head
            .fields
            .iter()
            .enumerate()
            .map(|(index, field)| {
                if index == self.head.link {
                    self.name_cell(field, record, first)
                } else {
                    let content = value::inline(self.setting, field, record.get(&field.name), record);
                    let class = (Layout::of(field) == Layout::Amount).then_some("num");
                    view! { <td class=class>{content}</td> }.into_any()
                }
            })
            .collect();
        view! { <tr>{cells}</tr> }.into_any()
    }

    /// The cell that leads to the record. One row at a time is reached by Tab, the others by arrow keys.
    fn name_cell(&self, field: &Field, record: &Record, first: bool) -> AnyView {
        let text = record.text(&field.name).filter(|text| !text.is_empty());
        let text = text.unwrap_or_else(|| columns::record_name(self.resource, record));
        let tabindex = if first { "0" } else { "-1" };
        let link = match record.key(self.resource) {
            Some(key) if has_page(self.resource) => {
                let href = self.place.record(&key).href();
                view! { <a class="list-name" href=href tabindex=tabindex title=text.clone()>{text.clone()}</a> }.into_any()
            }
            // Without a page of its own the row still takes the focus, so that arrow keys lead through the list.
            _ => view! { <span class="list-name" tabindex=tabindex title=text.clone()>{text.clone()}</span> }.into_any(),
        };
        view! { <th scope="row">{link}</th> }.into_any()
    }
}

/// Whether a record of the resource can be shown on a page of its own.
fn has_page(resource: &Resource) -> bool {
    resource.first(boxdeck_catalog::OperationKind::Get).is_some()
}

fn skeleton(columns: usize) -> Vec<AnyView> {
    (0..SKELETON_ROWS)
        .map(|_| {
            let cells: Vec<_> = (0..columns)
                .map(|_| view! { <td><span class="skeleton-line" aria-hidden="true"></span></td> })
                .collect();
            view! { <tr class="list-skeleton">{cells}</tr> }.into_any()
        })
        .collect()
}
