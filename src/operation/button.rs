//! Buttons that set operations off.

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind, Resource, Shape};
use boxdeck_dialect::{Context, Record, blocked, input_fields};
use leptos::prelude::*;

use super::after;
use super::form::Subject;
use super::friction::is_grave;
use super::stage::use_stage;
use crate::place::{Place, Verb};
use crate::registry;
use crate::system::use_system;
use crate::ui::{self, ButtonKind};

/// Most inputs of a form that opens as a dialog; more have a page of their own.
const MOST_IN_DIALOG: usize = 4;

/// A button, or an item of a menu, that performs an operation. Where it cannot be performed it says why.
///
/// An operation without inputs opens the dialog of its plan (a query is asked at once), one with a few inputs a dialog with
/// its form, one with many the page of its form.
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
    let start = move || match way(&subject) {
        Way::AtOnce => stage.start(subject.clone()),
        Way::Dialog => stage.form(subject.clone()),
        Way::Page(place) => stage.go(&place),
    };
    if item {
        view! { <ui::MenuItem label=title icon=icon reason=reason danger=danger on_click=move |()| start()/> }
            .into_any()
    } else {
        view! { <ui::Button kind=style icon=icon reason=reason on_click=move |_| start()>{title}</ui::Button> }.into_any()
    }
}

/// How an operation is set off.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    /// Nothing is asked for.
    AtOnce,
    /// By a form in a dialog.
    Dialog,
    /// By the form at this place.
    Page(Place),
}

fn way(subject: &Subject) -> Way {
    let place = form_place(subject);
    if registry::page(&subject.resource, &place.verb, place.key.is_some()).is_some() {
        return Way::Page(place);
    }
    match input_fields(&subject.resource, &subject.operation).len() {
        0 => Way::AtOnce,
        // A record is changed on a page of its own, which reads all of it first; a list holds only its columns.
        _ if subject.operation.kind == OperationKind::Update
            && subject.resource.shape == Shape::Collection
            && subject.resource.first(OperationKind::Get).is_some() =>
        {
            Way::Page(place)
        }
        count if count <= MOST_IN_DIALOG => Way::Dialog,
        // The page of the form would have to read the record, which this one cannot be.
        _ if subject.operation.concerns_record()
            && subject.record.is_some()
            && subject.resource.first(OperationKind::Get).is_none() =>
        {
            Way::Dialog
        }
        _ => Way::Page(place),
    }
}

/// The place of an operation's form.
pub fn form_place(subject: &Subject) -> Place {
    let operation = &subject.operation;
    let is_first = subject.resource.first(operation.kind).is_some_and(|first| first.id == operation.id);
    let verb = match operation.kind {
        OperationKind::Create if is_first => Verb::New,
        OperationKind::Update if is_first => Verb::Edit,
        _ => Verb::Do(operation.id.clone()),
    };
    let home = after::home(subject);
    if operation.concerns_record() { home.with_verb(verb) } else { home.list().with_verb(verb) }
}
