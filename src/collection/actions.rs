//! What can be done on a list as a whole: choose columns, create a record, perform what concerns no single record.

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind, Resource};
use boxdeck_dialect::Record;
use leptos::prelude::*;

use super::address::ListAddress;
use super::columns::dialog::ColumnDialog;
use super::export::ExportDialog;
use super::selection::use_selected;
use super::source::{Listed, Source};
use super::views::dialog::ViewDialog;
use super::views::menu::{SavedViews, ViewMenu};
use crate::operation::{ActionButton, menu_items};
use crate::record::concerning;
use crate::ui::{Button, Menu};
use crate::value::link;

/// The buttons in the header of a list, the main one last.
#[component]
pub fn ListActions(
    /// The list.
    source: Source,
    /// What it shows.
    address: Signal<ListAddress>,
    /// The rows that were read.
    #[prop(into)]
    listed: Signal<Option<Arc<Listed>>>,
    /// Its saved views.
    saved: SavedViews,
    /// Called with the address that a choice of columns or a view makes.
    on_go: Callback<ListAddress>,
) -> impl IntoView {
    let choosing = RwSignal::new(false);
    let exporting = RwSignal::new(false);
    let selected = use_selected();
    let views = {
        let source = source.clone();
        move || {
            let (source, address) = (source.clone(), address.get_untracked());
            let on_close = Callback::new(move |()| saved.manage(false));
            saved.is_managed().then(move || view! { <ViewDialog source address saved on_go on_close/> })
        }
    };
    let export = {
        let source = source.clone();
        move || {
            let (source, address) = (source.clone(), address.get_untracked());
            let listed = listed.get_untracked();
            let on_close = Callback::new(move |()| exporting.set(false));
            exporting.get().then(move || view! { <ExportDialog source address listed selected on_close/> })
        }
    };
    let dialog = {
        let source = source.clone();
        move || {
            let source = source.clone();
            choosing.get().then(move || {
                let resource = source.resource.clone();
                let names = untrack(|| address.with(|address| source.columns(address)));
                let default = address.with_untracked(|address| source.default_columns(&address.query.filter));
                let on_close = Callback::new(move |()| choosing.set(false));
                let on_apply = Callback::new(move |names: Vec<String>| {
                    choosing.set(false);
                    on_go.run(address.with_untracked(|address| source.keep_columns(address, names)));
                });
                view! { <ColumnDialog resource columns=names default on_apply on_close/> }
            })
        }
    };
    let create =
        source.resource.first(OperationKind::Create).map(|operation| action(&source, operation, false));
    let has_others = others(&source).next().is_some();
    let menu = has_others.then(|| {
        let source = source.clone();
        view! {
            <Menu label=words::record::more_actions()>
                {menu_items(&shared(others(&source)), &|operation| action(&source, &operation, true))}
            </Menu>
        }
    });
    view! {
        <ViewMenu source=source.clone() address saved on_go/>
        <Button icon="download" on_click=move |_| exporting.set(true)>{words::export::open()}</Button>
        <Button icon="columns" on_click=move |_| choosing.set(true)>{words::list::columns()}</Button>
        {menu}
        {create}
        {dialog}
        {views}
        {export}
    }
}

/// The button that performs an operation of the list, or the item of a menu.
pub fn action(source: &Source, operation: &Operation, item: bool) -> AnyView {
    let parent = source.owner_key().map(str::to_owned);
    let (resource, operation) = (source.resource.clone(), Arc::new(operation.clone()));
    view! { <ActionButton resource operation record=None parent key=None item/> }.into_any()
}

/// Whether the rows of a list need actions of their own: their records have no page that would offer them.
pub fn has_row_actions(resource: &Resource) -> bool {
    resource.first(OperationKind::Get).is_none() && of_record(resource).next().is_some()
}

fn of_record(resource: &Resource) -> impl Iterator<Item = &Operation> {
    concerning(resource).filter(|operation| operation.concerns_record() && !operation.adjacent)
}

/// The menu of what can be done with the record of a row.
#[component]
pub fn RowActions(
    /// The list.
    source: Source,
    /// The record, as far as the list has read it.
    record: Arc<Record>,
) -> impl IntoView {
    let name = link::record_name(&source.resource, &record).unwrap_or_default();
    let label = words::list::actions_for(&source.resource.singular, name);
    view! {
        <Menu label=label small=true roving=true>
            {menu_items(&shared(of_record(&source.resource)), &|operation| {
                let resource = source.resource.clone();
                let parent = source.owner_key().map(str::to_owned);
                let (record, key) = (Some(record.clone()), record.key(&source.resource));
                view! { <ActionButton resource operation record parent key item=true/> }.into_any()
            })}
        </Menu>
    }
}

fn shared<'a>(operations: impl Iterator<Item = &'a Operation>) -> Vec<Arc<Operation>> {
    operations.cloned().map(Arc::new).collect()
}

/// Operations that concern no single record, besides listing and the first that creates.
fn others(source: &Source) -> impl Iterator<Item = &Operation> {
    let create = source.resource.first(OperationKind::Create).map(|operation| &operation.id);
    source.resource.operations.iter().filter(move |operation| {
        !operation.concerns_record()
            && !operation.adjacent
            && !matches!(operation.kind, OperationKind::List | OperationKind::Get)
            && Some(&operation.id) != create
    })
}
