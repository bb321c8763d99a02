//! What can be done with all selected records at once.

use std::sync::Arc;

use boxdeck_catalog::Operation;
use boxdeck_dialect::{Context, blocked};
use leptos::prelude::*;

use crate::collection::selection::Selected;
use crate::collection::source::Source;
use crate::operation::bulk::{Order, offered};
use crate::operation::{is_grave, use_stage};
use crate::ui::{Menu, MenuItem};

/// The menu of what can be done with the selection; nothing where the catalog has nothing that asks for no input.
#[component]
pub fn SelectionActions(
    /// The list.
    source: Source,
    /// What is selected.
    selected: Selected,
) -> impl IntoView {
    let operations: Vec<Arc<Operation>> = offered(&source.resource).cloned().map(Arc::new).collect();
    if operations.is_empty() {
        return ().into_any();
    }
    let stage = use_stage();
    let item = move |operation: Arc<Operation>| {
        let (system, of) = (source.system.clone(), Arc::clone(&operation));
        let reason = Memo::new(move |_| {
            system.state.with(|state| {
                let session = state.session.clone().unwrap_or_default();
                blocked(Context { catalog: &system.catalog(), session: &session }, &of, None)
            })
        });
        let danger = is_grave(operation.kind, operation.destroys);
        let title = operation.title.clone();
        let source = source.clone();
        let start = move || {
            let records = selected.records();
            stage.bulk(Order {
                system: source.system.clone(),
                resource: source.resource.clone(),
                operation: operation.clone(),
                parent: source.parent.as_ref().map(|(_, key)| key.clone()),
                missing: untrack(|| selected.count()).saturating_sub(records.len()),
                records,
                on_gone: Callback::new(move |key: String| selected.remove(&key)),
            });
        };
        view! { <MenuItem label=title reason=reason danger=danger on_click=move |()| start()/> }
    };
    let items = move || operations.iter().cloned().map(&item).collect_view();
    view! { <Menu label=words::bulk::menu() show_label=true small=true>{items()}</Menu> }.into_any()
}
