//! What follows when a plan is done: where to go, and what to show of the answer.

use std::sync::Arc;

use boxdeck_catalog::{OperationKind, Resource, ResultShape};
use boxdeck_dialect::{Answer, Plan, Record};
use serde_json::Value;

use super::form::Subject;
use crate::place::Place;

/// The record that an answer holds, if the operation answers with one of its resource.
pub fn record_of(subject: &Subject, answer: &Answer) -> Option<Record> {
    if subject.operation.result != Some(ResultShape::Record) {
        return None;
    }
    let mut members = answer.result.as_object()?.clone();
    subject.resource.lift(&mut members);
    Some(Record(members))
}

/// Whether the answer is what the person wanted, and not only the record's new state.
pub fn shows_result(subject: &Subject, answer: &Answer) -> bool {
    let is_content = answer.content.as_ref().is_some_and(|content| !content.is_empty());
    let says_something = match &answer.result {
        Value::Null | Value::Bool(true) => false,
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::String(text) => !text.is_empty(),
        _ => true,
    };
    match (&subject.operation.kind, &subject.operation.result) {
        (OperationKind::Query | OperationKind::Download, _) => true,
        // What is no record shows nowhere else.
        (OperationKind::Create, Some(ResultShape::Object)) => says_something,
        (OperationKind::Create | OperationKind::Update | OperationKind::Delete, _) => false,
        (_, Some(ResultShape::Text | ResultShape::File)) => is_content || says_something,
        (
            _,
            Some(
                ResultShape::Value
                | ResultShape::Object
                | ResultShape::Page
                | ResultShape::Array
                | ResultShape::PageOf(_),
            ),
        ) => says_something,
        _ => false,
    }
}

/// The subject's own place: the record, or the list (or the single object) where it has none.
pub fn home(subject: &Subject) -> Place {
    let Subject { system, resource, parent, key, .. } = subject;
    let key = key.clone().filter(|key| !key.is_empty());
    Place { key, ..Place::list_of(&system.entry.name, resource, parent.as_deref()) }
}

/// What the catalog offers when an operation is done, with the record as it is now.
pub fn next_step(subject: &Subject, answer: &Answer) -> Option<Subject> {
    let operation = subject.resource.operation(subject.operation.next.as_deref()?)?.clone();
    let record = record_of(subject, answer).map(Arc::new).or_else(|| subject.record.clone());
    Some(Subject { operation: Arc::new(operation), record, ..subject.clone() })
}

/// The query that tells how far it is with what was begun, where the catalog names one.
pub fn question(subject: &Subject) -> Option<Subject> {
    let by = subject.resource.operation(&subject.operation.progress.as_ref()?.by)?;
    Some(Subject { operation: Arc::new(by.clone()), ..subject.clone() })
}

/// Where to go after an operation is done. `here` is the place now; `None`: stay.
pub fn next_place(subject: &Subject, plan: &Plan, answer: &Answer, here: &Place) -> Option<Place> {
    let home = home(subject);
    let next = match subject.operation.kind {
        OperationKind::Delete if subject.operation.concerns_record() => {
            let concerns_here =
                here.resource == home.resource && here.key == home.key && here.parent == home.parent;
            return (concerns_here || here.verb != crate::place::Verb::Show).then(|| home.list());
        }
        OperationKind::Create => {
            let made = record_of(subject, answer).and_then(|record| record.key(&subject.resource));
            let has_page = subject.resource.first(OperationKind::Get).is_some();
            made.filter(|_| has_page).map_or_else(|| home.list(), |key| home.record(&key))
        }
        _ => {
            let made = record_of(subject, answer).and_then(|record| record.key(&subject.resource));
            made.or_else(|| renamed_key(&subject.resource, plan, subject.key.as_deref()))
                .filter(|_| home.key.is_some())
                .map_or_else(|| home.clone(), |key| home.record(&key))
        }
    };
    let shown = Place { query: String::new(), ..here.clone() };
    // From elsewhere (a list, an embedded list) only what is new is worth the way.
    let is_new = next.key.is_some() && next.key != home.key;
    (shown != next && (is_new || here.verb != crate::place::Verb::Show)).then_some(next)
}

/// The key after the change of a resource whose records are known by a name that was changed.
fn renamed_key(resource: &Resource, plan: &Plan, key: Option<&str>) -> Option<String> {
    let [field] = resource.key.as_slice() else { return None };
    let change = plan.steps.iter().flat_map(|step| &step.changes).find(|change| change.field == *field)?;
    key?;
    Record([(field.clone(), change.new.clone())].into_iter().collect()).key(resource)
}
