//! What is wanted of many records, and the plan for each of them.

use std::sync::Arc;

use boxdeck_catalog::{Condition, Operation, OperationKind, Resource, ResultShape};
use boxdeck_dialect::{Context, Inputs, Plan, Record, blocked, build, input_fields};
use leptos::prelude::*;

use crate::system::System;

/// What a person wants done, and with which records.
pub struct Order {
    /// The system.
    pub system: System,
    /// The resource.
    pub resource: Arc<Resource>,
    /// The operation.
    pub operation: Arc<Operation>,
    /// Key of the owning record.
    pub parent: Option<String>,
    /// The records, as the list has read them.
    pub records: Vec<Arc<Record>>,
    /// How many more are meant that are not known any more.
    pub missing: usize,
    /// Called with the key of each record that is no longer there.
    pub on_gone: Callback<String>,
}

/// The operations that can be performed on many records: those that ask for nothing, change the record alone and answer with
/// nothing that a person would want to see.
pub fn offered(resource: &Resource) -> impl Iterator<Item = &Operation> {
    resource.operations.iter().filter(|operation| {
        let is_silent = match &operation.result {
            None | Some(ResultShape::Record | ResultShape::Nothing | ResultShape::Task) => true,
            Some(_) => operation.kind == OperationKind::Delete,
        };
        matches!(operation.kind, OperationKind::Delete | OperationKind::Action)
            && operation.concerns_record()
            && !operation.adjacent
            && is_silent
            && input_fields(resource, operation).is_empty()
    })
}

/// The plan for one of the records.
pub(super) fn plan(order: &Order, record: &Record, key: &str) -> Result<Plan, String> {
    let session = order.system.session();
    let context = Context { catalog: &order.system.catalog(), session: &session };
    if let Some(reason) = blocked(context, &known_conditions(&order.operation, record), Some(record)) {
        return Err(reason);
    }
    let (dialect, key) = (order.system.dialect, Some(key).filter(|key| !key.is_empty()));
    let (resource, operation) = (&order.resource, &order.operation);
    let parent = order.parent.as_deref();
    build(dialect, context, resource, operation, Some(record), parent, key, &Inputs::default())
        .map_err(|faults| faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join(" "))
}

/// The operation without the conditions on fields that the list has not read: about these the box decides.
pub fn known_conditions(operation: &Operation, record: &Record) -> Operation {
    let known = |condition: &&Condition| record.get(&condition.field).is_some();
    Operation { when: operation.when.iter().filter(known).cloned().collect(), ..operation.clone() }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn resource() -> Resource {
        serde_json::from_value(json!({
            "id": "v", "title": "Volumes", "singular": "volume", "area": "a", "fields": [{ "name": "id", "label": "ID" }],
            "operations": [
                {"id": "v.list", "kind": "list", "method": "GET", "path": "/v", "title": "List"},
                {"id": "v.drop", "kind": "delete", "method": "DELETE", "path": "/v/{id}", "title": "Delete", "result": "record"},
                {"id": "v.reset", "kind": "action", "method": "POST", "path": "/v/{id}/reset", "title": "Reset"},
                {"id": "v.tell", "kind": "action", "method": "POST", "path": "/v/{id}/tell", "title": "Tell", "result": "text"},
                {"id": "v.sweep", "kind": "action", "method": "POST", "path": "/v/sweep", "title": "Sweep up"},
                {"id": "v.move", "kind": "action", "method": "POST", "path": "/v/{id}/move", "title": "Move",
                 "body": {"object": [{"field": {"name": "to", "label": "To", "create": "required"}}]}}
            ]
        }))
        .expect("a resource")
    }

    #[test]
    fn many_are_offered_what_asks_for_nothing() {
        let resource = resource();
        let ids: Vec<&str> = offered(&resource).map(|operation| operation.id.as_str()).collect();
        assert_eq!(ids, ["v.drop", "v.reset"]);
    }

    #[test]
    fn what_the_list_has_not_read_is_for_the_box_to_judge() {
        let resource = resource();
        let mut operation = resource.operation("v.drop").expect("the operation").clone();
        let condition = |field: &str, not: Value| Condition {
            field: field.to_owned(),
            is: Vec::new(),
            not: vec![not],
            reason: String::new(),
        };
        operation.when = vec![condition("locked", json!(true)), condition("id", json!("1"))];
        let record = Record([("id".to_owned(), json!("1"))].into_iter().collect());
        let fields: Vec<String> =
            known_conditions(&operation, &record).when.into_iter().map(|condition| condition.field).collect();
        assert_eq!(fields, ["id"]);
    }
}
