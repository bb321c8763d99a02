//! What can be done on a list as a whole: choose columns, create a record, perform what concerns no single record.

use boxdeck_catalog::{Operation, OperationKind};
use leptos::prelude::*;

use super::address::ListAddress;
use super::column_dialog::ColumnDialog;
use super::columns;
use super::source::Source;
use crate::place::Verb;
use crate::ui::{Button, ButtonKind, LinkButton, Menu, MenuItem};

/// The buttons in the header of a list, the main one last.
#[component]
pub fn ListActions(
    /// The list.
    source: Source,
    /// What it shows.
    address: Signal<ListAddress>,
    /// Called with the address that the choice of columns makes.
    on_go: Callback<ListAddress>,
) -> impl IntoView {
    let choosing = RwSignal::new(false);
    let dialog = {
        let resource = source.resource.clone();
        move || {
            let resource = resource.clone();
            choosing.get().then(move || {
                let names = address.with_untracked(|address| columns::chosen(&resource, &address.query));
                let names: Vec<String> = names.into_iter().map(|field| field.name.clone()).collect();
                let on_close = Callback::new(move |()| choosing.set(false));
                let on_apply = Callback::new(move |names: Vec<String>| {
                    choosing.set(false);
                    on_go.run(address.with_untracked(|address| address.with_columns(names)));
                });
                view! { <ColumnDialog resource columns=names on_apply on_close/> }
            })
        }
    };
    let create = source.resource.first(OperationKind::Create).cloned().map(|operation| {
        let href = source.place().with_verb(Verb::New).href();
        view! {
            <LinkButton kind=ButtonKind::Primary icon="plus" href=href reason=source.blocked(&operation)>
                {operation.title}
            </LinkButton>
        }
    });
    let others = others(&source);
    let menu = (!others.is_empty()).then(|| {
        view! {
            <Menu label="More actions">
                {others
                    .iter()
                    .map(|operation| {
                        let href = source.place().with_verb(Verb::Do(operation.id.clone())).href();
                        let reason = source.blocked(operation);
                        view! { <MenuItem label=operation.title.clone() href=href reason=reason danger=operation.destroys.is_some()/> }
                    })
                    .collect_view()}
            </Menu>
        }
    });
    view! {
        <Button icon="columns" on_click=move |_| choosing.set(true)>"Columns"</Button>
        {menu}
        {create}
        {dialog}
    }
}

/// Operations that concern no single record, besides listing and the first that creates.
fn others(source: &Source) -> Vec<Operation> {
    let create = source.resource.first(OperationKind::Create).map(|operation| operation.id.as_str());
    source
        .resource
        .operations
        .iter()
        .filter(|operation| !operation.concerns_record() && !operation.adjacent)
        .filter(|operation| operation.kind != OperationKind::List && operation.kind != OperationKind::Get)
        .filter(|operation| Some(operation.id.as_str()) != create)
        .cloned()
        .collect()
}
