//! What can be done with all selected records at once.

use std::sync::Arc;

use boxdeck_catalog::Operation;
use boxdeck_dialect::{Context, Record, blocked};
use leptos::prelude::*;

use crate::collection::selection::Selected;
use crate::collection::source::Source;
use crate::operation::bulk::{Order, known_conditions, offered};
use crate::operation::{is_grave, menu_items, use_stage};
use crate::ui::{Menu, MenuItem};

/// The menu of what can be done with the selection; where the catalog has nothing that asks for no input, what it is good for.
#[component]
pub fn SelectionActions(
    /// The list.
    source: Source,
    /// What is selected.
    selected: Selected,
) -> impl IntoView {
    let operations: Vec<Arc<Operation>> = offered(&source.resource).cloned().map(Arc::new).collect();
    if operations.is_empty() {
        return view! { <span class="muted">{words::bulk::only_export()}</span> }.into_any();
    }
    let stage = use_stage();
    let item = move |operation: Arc<Operation>| {
        let (system, of) = (source.system.clone(), Arc::clone(&operation));
        let reason = Memo::new(move |_| {
            system.state.with(|state| {
                let session = state.session.clone().unwrap_or_default();
                let context = Context { catalog: &system.catalog(), session: &session };
                selected.keys.track();
                blocked(context, &of, None).or_else(|| reason_of_all(context, &of, &selected.records()))
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
                parent: source.owner_key().map(str::to_owned),
                missing: untrack(|| selected.count()).saturating_sub(records.len()),
                records,
                on_gone: Callback::new(move |key: String| selected.remove(&key)),
            });
        };
        view! { <MenuItem label=title reason=reason danger=danger on_click=move |()| start()/> }.into_any()
    };
    let items = move || menu_items(&operations, &item);
    view! { <Menu label=words::bulk::menu() show_label=true small=true>{items()}</Menu> }.into_any()
}

/// Why an operation can be performed with none of these records, as far as the list has read them. Where some can be done with,
/// the dialog names the others.
fn reason_of_all(context: Context<'_>, operation: &Operation, records: &[Arc<Record>]) -> Option<String> {
    let mut reasons =
        records.iter().map(|record| blocked(context, &known_conditions(operation, record), Some(record)));
    let first = reasons.next()??;
    reasons.all(|reason| reason.is_some()).then_some(first)
}

#[cfg(test)]
mod tests {
    use boxdeck_catalog::{Catalog, Resource};
    use boxdeck_dialect::Session;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_can_be_done_with_none_of_them_says_why() {
        let catalog: Catalog = serde_json::from_value(json!({
            "kind": { "id": "box", "title": "Box", "version": "1", "dialect": "d", "areas": [] }, "resources": []
        }))
        .expect("a catalog");
        let resource: Resource = serde_json::from_value(json!({
            "id": "v", "title": "Volumes", "singular": "volume", "area": "a", "fields": [], "operations": [{
                "id": "o", "kind": "action", "method": "POST", "path": "/o", "title": "Refresh",
                "when": [{ "field": "type", "is": ["SNAPSHOT"], "reason": "Only a snapshot." }]
            }]
        }))
        .expect("a resource");
        let session = Session::default();
        let reason = |types: &[Value]| {
            let record =
                |of: &Value| Arc::new(Record([("type".to_owned(), of.clone())].into_iter().collect()));
            let records: Vec<_> = types.iter().map(record).collect();
            reason_of_all(Context { catalog: &catalog, session: &session }, &resource.operations[0], &records)
        };
        assert_eq!(reason(&[json!("MASTER"), json!("MASTER")]).as_deref(), Some("Only a snapshot."));
        assert_eq!(reason(&[json!("MASTER"), json!("SNAPSHOT")]), None);
        assert_eq!(reason(&[]), None);
    }
}
