//! Buttons that set operations off.

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind, Resource};
use boxdeck_dialect::{Context, Record, blocked};
use leptos::prelude::*;

use super::form::Subject;
use super::friction::is_grave;
use super::stage::use_stage;
use crate::system::use_system;
use crate::ui::{self, ButtonKind};

/// A button, or an item of a menu, that performs an operation. Where it cannot be performed it says why.
#[component]
pub fn ActionButton(
    /// The resource.
    resource: Arc<Resource>,
    /// The operation.
    operation: Arc<Operation>,
    /// The record that it concerns, as it was read.
    #[prop(optional_no_strip)]
    record: Option<Arc<Record>>,
    /// Key of the owning record.
    #[prop(optional_no_strip)]
    parent: Option<String>,
    /// Key of the record.
    #[prop(optional_no_strip)]
    key: Option<String>,
    /// Whether it is an item of a menu.
    #[prop(optional)]
    item: bool,
) -> impl IntoView {
    let system = use_system();
    let stage = use_stage();
    let reason = {
        let (system, operation, record) = (system.clone(), Arc::clone(&operation), record.clone());
        Memo::new(move |_| {
            system.state.with(|state| {
                let session = state.session.clone().unwrap_or_default();
                let context = Context { catalog: &system.catalog(), session: &session };
                blocked(context, &operation, record.as_deref())
            })
        })
    };
    let danger = is_grave(operation.kind, operation.destroys);
    let style = match operation.kind {
        _ if danger => ButtonKind::Danger,
        OperationKind::Create => ButtonKind::Primary,
        _ => ButtonKind::Normal,
    };
    let icon = match operation.kind {
        OperationKind::Create => Some("plus".to_owned()),
        OperationKind::Update => Some("edit".to_owned()),
        OperationKind::Download => Some("download".to_owned()),
        _ => None,
    };
    let title = operation.title.clone();
    let subject = Subject { record, parent, key, ..Subject::new(system, resource, operation) };
    let start = move || stage.set_off(subject.clone());
    if item {
        view! { <ui::MenuItem label=title icon=icon reason=reason danger=danger on_click=move |()| start()/> }
            .into_any()
    } else {
        view! { <ui::Button kind=style icon=icon reason=reason on_click=move |_| start()>{title}</ui::Button> }.into_any()
    }
}
