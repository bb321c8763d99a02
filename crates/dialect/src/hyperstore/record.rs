//! Records: where they are in an answer, and what of them only the request knows.

use boxdeck_catalog::{FieldType, Operation, Resource, ResultShape, Unfold};
use serde_json::{Map, Value};

use super::{body, refusal};
use crate::answer::{Record, split_key, value_text};
use crate::failure::Failure;
use crate::http::Response;

/// Reads the record with that key.
pub(super) fn read(
    resource: &Resource,
    operation: &Operation,
    key: &str,
    response: &Response,
) -> Result<Record, Failure> {
    if body::is_empty(response) {
        return Err(refusal::none(response, words::answer::box_has_none(&resource.singular)));
    }
    if operation.result == Some(ResultShape::Text) && response.is_good() {
        let field = resource.fields.first().map_or("value", |field| field.name.as_str());
        let text = body::plain(response)
            .ok_or_else(|| Failure::malformed(response, words::answer::not_of_service(response.status)))?;
        return Ok(Record(Map::from_iter([(field.to_owned(), Value::String(text))])));
    }
    let parts = if key.is_empty() { Vec::new() } else { split_key(key) };
    let rows = rows(operation, body::json(response)?);
    let found = rows.into_iter().flatten().find(|row| is_meant(resource, &parts, row));
    let Some(mut row) = found else {
        return Err(refusal::none(response, words::answer::box_has_none(&resource.singular)));
    };
    for (name, part) in resource.key.iter().zip(&parts) {
        complete(&mut row, name, part);
    }
    Ok(as_record(resource, row))
}

/// Whether a row is the record with that key, as far as the row says.
fn is_meant(resource: &Resource, parts: &[String], row: &Map<String, Value>) -> bool {
    resource.key.iter().zip(parts).all(|(name, part)| match row.get(name).and_then(value_text) {
        Some(text) => text.is_empty() || text == *part,
        None => true,
    })
}

/// Puts a value that the request has named into a record that leaves it out.
pub(super) fn complete(row: &mut Map<String, Value>, name: &str, value: &str) {
    let lacks = match row.get(name) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(_) => false,
    };
    if lacks {
        row.insert(name.to_owned(), Value::String(value.to_owned()));
    }
}

/// A row as a record: nested values at the top, numbers as numbers.
pub(super) fn as_record(resource: &Resource, mut row: Map<String, Value>) -> Record {
    resource.lift(&mut row);
    for field in &resource.fields {
        if let Some(value) = row.get_mut(&field.name) {
            *value = field.from_wire(value.take());
        }
    }
    Record(row)
}

/// The rows of an answer, by the steps of the catalog; `None` where the answer is not as they say.
pub(super) fn rows(operation: &Operation, answer: Value) -> Option<Vec<Map<String, Value>>> {
    let answer = match (&operation.member, answer) {
        (Some(member), Value::Object(mut members)) => members.remove(member)?,
        (_, answer) => answer,
    };
    let mut steps = operation.rows.iter();
    let mut items = match (steps.as_slice().first(), answer) {
        (Some(Unfold { keys: Some(name), values, .. }), Value::Object(members)) => {
            steps.next();
            by_keys(Map::new(), name, values.as_deref(), members)?
        }
        (_, Value::Array(items)) => items.into_iter().map(object).collect::<Option<Vec<_>>>()?,
        // A list of one, which comes bare.
        (None, Value::Object(members)) => vec![members],
        (_, Value::Null) => Vec::new(),
        _ => return None,
    };
    for step in steps {
        let mut unfolded = Vec::with_capacity(items.len());
        for mut item in items {
            match step {
                Unfold { each: Some(member), .. } => {
                    let Some(Value::Array(inner)) = item.remove(member) else { continue };
                    for row in inner {
                        let mut whole = item.clone();
                        whole.extend(object(row)?);
                        unfolded.push(whole);
                    }
                }
                Unfold { keys: Some(name), values, .. } => {
                    let Some(Value::Object(inner)) = item.remove(REST) else { continue };
                    unfolded.extend(by_keys(item, name, values.as_deref(), inner)?);
                }
                Unfold { .. } => return None,
            }
        }
        items = unfolded;
    }
    Some(items)
}

/// Where the value of a member waits for the next step. No field has this name.
const REST: &str = "";

/// One item for each member of an object, besides what is known already.
fn by_keys(
    known: Map<String, Value>,
    name: &str,
    values: Option<&str>,
    members: Map<String, Value>,
) -> Option<Vec<Map<String, Value>>> {
    let items = members.into_iter().map(|(key, value)| {
        let mut item = known.clone();
        item.insert(name.to_owned(), Value::String(key));
        item.insert(values.unwrap_or(REST).to_owned(), value);
        Some(item)
    });
    items.collect()
}

/// An item of a list as an object. A bare value waits for whoever knows what it is called.
fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        Value::Array(_) | Value::Null => None,
        value => Some(Map::from_iter([(REST.to_owned(), value)])),
    }
}

/// Gives bare values the name of the key.
pub(super) fn named(resource: &Resource, row: &mut Map<String, Value>) {
    if let (Some(value), Some(key)) = (row.remove(REST), resource.key.first()) {
        row.entry(key.clone()).or_insert(value);
    }
}

/// Whether a field is a text that a request can have named.
pub(super) fn is_name(resource: &Resource, name: &str) -> bool {
    resource
        .field(name)
        .is_some_and(|field| matches!(field.field_type, FieldType::Text | FieldType::Reference(_)))
}
