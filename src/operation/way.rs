//! How an operation is set off: at once, by a form in a dialog, or by a page of its own.

use boxdeck_catalog::{Operation, OperationKind, Resource, Shape};
use boxdeck_dialect::{Record, input_fields};

use super::after;
use super::form::Subject;
use crate::place::{Place, Verb};
use crate::registry;

/// Most inputs of a form that opens as a dialog; more have a page of their own.
const MOST_IN_DIALOG: usize = 4;

/// How an operation is set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Nothing is asked for: the dialog of its plan opens, and a query is asked at once.
    AtOnce,
    /// By a form in a dialog.
    Dialog,
    /// By a page: that of its form, or one that was written for it.
    Page,
}

/// How an operation is set off for a record, by its key and as far as it was read, or for none.
pub fn way(resource: &Resource, operation: &Operation, key: Option<&str>, record: Option<&Record>) -> Way {
    let has_key = operation.concerns_record() && key.is_some_and(|key| !key.is_empty());
    if registry::page(resource, &verb_of(resource, operation), has_key).is_some() {
        return Way::Page;
    }
    let can_be_read = resource.first(OperationKind::Get).is_some();
    match input_fields(resource, operation).len() {
        0 => Way::AtOnce,
        // A record is changed on a page of its own, which reads all of it first; a list holds only its columns.
        _ if operation.kind == OperationKind::Update
            && resource.shape == Shape::Collection
            && can_be_read =>
        {
            Way::Page
        }
        count if count <= MOST_IN_DIALOG => Way::Dialog,
        // The page of the form would have to read the record, which this one cannot be.
        _ if operation.concerns_record() && record.is_some() && !can_be_read => Way::Dialog,
        _ => Way::Page,
    }
}

/// What stands in the address of an operation's form.
pub fn verb_of(resource: &Resource, operation: &Operation) -> Verb {
    let is_first = resource.first(operation.kind).is_some_and(|first| first.id == operation.id);
    match operation.kind {
        OperationKind::Create if is_first => Verb::New,
        OperationKind::Update if is_first => Verb::Edit,
        _ => Verb::Do(operation.id.clone()),
    }
}

/// The place of an operation's form.
pub fn form_place(subject: &Subject) -> Place {
    let operation = &subject.operation;
    let verb = verb_of(&subject.resource, operation);
    let home = after::home(subject);
    if operation.concerns_record() { home.with_verb(verb) } else { home.list().with_verb(verb) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn resource(inputs: usize, get: bool) -> Resource {
        let fields: Vec<_> = (0..inputs)
            .map(|index| json!({"name": format!("f{index}"), "label": "F", "create": "optional", "update": "optional"}))
            .collect();
        let mut operations = vec![
            json!({"id": "new", "kind": "create", "method": "POST", "path": "/v", "title": "Create", "body": "create"}),
            json!({"id": "change", "kind": "update", "method": "PUT", "path": "/v/{id}", "title": "Edit", "body": "update"}),
            json!({"id": "other", "kind": "create", "method": "POST", "path": "/w", "title": "Import", "body": "create"}),
            json!({"id": "drop", "kind": "delete", "method": "DELETE", "path": "/v/{id}", "title": "Delete"}),
        ];
        if get {
            operations.push(
                json!({"id": "get", "kind": "get", "method": "GET", "path": "/v/{id}", "title": "Read"}),
            );
        }
        serde_json::from_value(json!({
            "id": "volumes", "title": "Volumes", "singular": "volume", "area": "a", "fields": fields,
            "operations": operations
        }))
        .expect("a resource")
    }

    fn of(resource: &Resource, id: &str, record: Option<&Record>) -> Way {
        let operation = resource.operation(id).expect("the operation");
        way(resource, operation, operation.concerns_record().then_some("7"), record)
    }

    #[test]
    fn the_number_of_inputs_decides() {
        let few = resource(MOST_IN_DIALOG, true);
        let many = resource(MOST_IN_DIALOG + 1, true);
        assert_eq!((of(&few, "drop", None), of(&few, "new", None)), (Way::AtOnce, Way::Dialog));
        assert_eq!(of(&many, "new", None), Way::Page);
    }

    #[test]
    fn a_record_is_changed_where_all_of_it_can_be_read() {
        let record = Record::default();
        assert_eq!(of(&resource(1, true), "change", Some(&record)), Way::Page);
        assert_eq!(of(&resource(1, false), "change", Some(&record)), Way::Dialog);
        let many = resource(MOST_IN_DIALOG + 1, false);
        assert_eq!((of(&many, "change", Some(&record)), of(&many, "change", None)), (Way::Dialog, Way::Page));
    }

    #[test]
    fn the_first_of_a_kind_has_the_short_address() {
        let resource = resource(1, true);
        let verb = |id: &str| verb_of(&resource, resource.operation(id).expect("the operation"));
        assert_eq!((verb("new"), verb("change")), (Verb::New, Verb::Edit));
        assert_eq!(
            (verb("other"), verb("drop")),
            (Verb::Do("other".to_owned()), Verb::Do("drop".to_owned()))
        );
    }
}
