//! The bodies of a plan's requests.

use std::collections::BTreeMap;

use boxdeck_catalog::{Body as Shape, BodyField, Field, OperationKind, UpdateStyle, input};
use serde_json::{Map, Value};

use super::build::{Given, change, fault, is_object};
use super::diff::{has_mask, masks, same, without_computed, without_masks};
use super::fields::InputPlace;
use super::patch::{PatchOperation, Rules, patch};
use super::secrets::{join, pointers, sounds_secret};
use super::{Change, SecretPlace};
use crate::Dialect;
use crate::address::{Address, parameter_text};
use crate::failure::FieldFault;
use crate::http::{Body, Part, PartContent};

/// A body with what it changes and where its secrets are.
#[derive(Default)]
pub(super) struct Content {
    pub(super) body: Body,
    pub(super) changes: Vec<Change>,
    pub(super) secrets: Vec<SecretPlace>,
}

/// A body field that is sent, with what the record holds now.
struct Sent<'a> {
    given: &'a Given<'a>,
    old: Option<&'a Value>,
    /// What is sent: the given value without masks.
    new: Value,
}

/// The bodies, one for each request.
pub(super) fn contents(
    dialect: &dyn Dialect,
    address: &Address<'_>,
    given: &[Given<'_>],
    files: &BTreeMap<String, PartContent>,
) -> Result<Vec<Content>, Vec<FieldFault>> {
    let operation = address.operation;
    let given: Vec<&Given<'_>> = given.iter().filter(|given| given.input.place == InputPlace::Body).collect();
    if is_object(&operation.body) && operation.kind == OperationKind::Update {
        return match operation.update {
            UpdateStyle::JsonPatch => json_patch(dialect, address, &given).map(|content| vec![content]),
            style => {
                let sent = changed(address, &given)?;
                Ok(match style {
                    UpdateStyle::OneField => {
                        groups(&sent).iter().map(|group| object(address, group)).collect()
                    }
                    UpdateStyle::Whole => vec![whole(address, &sent)],
                    UpdateStyle::Partial | UpdateStyle::JsonPatch => {
                        vec![object(
                            address,
                            &with_required(address, &given, sent).iter().collect::<Vec<_>>(),
                        )]
                    }
                })
            }
        };
    }
    match &operation.body {
        Shape::None => Ok(vec![Content::default()]),
        Shape::Create | Shape::Update | Shape::Object(_) => {
            let sent = all(address, &given)?;
            Ok(vec![object(address, &sent.iter().collect::<Vec<_>>())])
        }
        Shape::Value(_) | Shape::Array(_) | Shape::Map(_) => {
            let sent = if operation.kind == OperationKind::Update {
                changed(address, &given)?
            } else {
                all(address, &given)?
            };
            Ok(vec![bare(&operation.body, &sent)])
        }
        Shape::Form(_) => Ok(vec![form(&all(address, &given)?)]),
        Shape::Multipart(fields) => Ok(vec![multipart(fields, &all(address, &given)?, files)]),
    }
}

/// Every given field.
fn all<'a>(address: &Address<'a>, given: &[&'a Given<'a>]) -> Result<Vec<Sent<'a>>, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut sent = Vec::with_capacity(given.len());
    for given in given {
        let masks = masks(given.input.field);
        match without_masks(&given.value, &masks) {
            Some(new) => {
                let old = address.record.and_then(|record| record.get(&given.input.field.name));
                sent.push(Sent { given, old, new });
            }
            None => faults.push(fault(&given.input.field.name, words::input::masked())),
        }
    }
    if faults.is_empty() { Ok(sent) } else { Err(faults) }
}

/// The given fields that differ from the record.
fn changed<'a>(address: &Address<'a>, given: &[&'a Given<'a>]) -> Result<Vec<Sent<'a>>, Vec<FieldFault>> {
    let differs = |given: &&&'a Given<'a>| {
        let old = address.record.and_then(|record| record.get(&given.input.field.name));
        given.input.field.secret || old.is_none_or(|old| !same(old, &given.value))
    };
    let given: Vec<&Given<'_>> = given.iter().filter(differs).copied().collect();
    all(address, &given)
}

/// The changed fields, and those that the box wants in every update.
fn with_required<'a>(
    address: &Address<'a>,
    given: &[&'a Given<'a>],
    mut sent: Vec<Sent<'a>>,
) -> Vec<Sent<'a>> {
    if sent.is_empty() {
        return sent;
    }
    for given in given.iter().filter(|given| given.input.required) {
        let name = &given.input.field.name;
        if !sent.iter().any(|sent| sent.given.input.field.name == *name) {
            let old = address.record.and_then(|record| record.get(name));
            sent.push(Sent { given, old, new: given.value.clone() });
        }
    }
    sent
}

/// One group for each request: single fields, or those that travel together.
fn groups<'s, 'a>(sent: &'s [Sent<'a>]) -> Vec<Vec<&'s Sent<'a>>> {
    let mut groups: Vec<Vec<&Sent<'a>>> = Vec::new();
    for field in sent {
        let together = &field.given.input.field.together;
        let group = groups.iter_mut().find(|group| {
            !together.is_empty() && group.iter().any(|other| other.given.input.field.together == *together)
        });
        match group {
            Some(group) => group.push(field),
            None => groups.push(vec![field]),
        }
    }
    groups
}

/// An object of these fields, and of those whose values do not come from a person.
fn object(address: &Address<'_>, sent: &[&Sent<'_>]) -> Content {
    let mut members = Map::new();
    let mut content = Content::default();
    for sent in sent {
        note(&mut content, sent, &join("", &sent.given.input.field.name));
        let field = sent.given.input.field;
        members.insert(field.name.clone(), field.to_wire(sent.new.clone()));
    }
    for (field, value) in fixed(address) {
        members.insert(field.name.clone(), value);
    }
    content.body = Body::Json(Value::Object(members));
    content
}

/// Notes the change and the secrets of a field whose value is at this pointer.
fn note(content: &mut Content, sent: &Sent<'_>, pointer: &str) {
    let input = &sent.given.input;
    if sent.old.is_none_or(|old| !same(old, &sent.new)) {
        content.changes.push(change(input, sent.old, &sent.new));
    }
    let mut found = Vec::new();
    pointers(&input.described(), &sent.new, pointer, &mut found);
    content.secrets.extend(found.into_iter().map(SecretPlace::Json));
}

/// Fields of the body whose values come from the record, its owner, or the catalog.
fn fixed<'a>(address: &Address<'a>) -> Vec<(&'a Field, Value)> {
    let Shape::Object(fields) = &address.operation.body else { return Vec::new() };
    let own = fields.iter().filter_map(|entry| match entry {
        BodyField::Own(own) if !own.from.is_input() => Some(own),
        _ => None,
    });
    own.filter_map(|own| {
        let value = address.value(&own.from, &own.field.name)?;
        // Keys are text in addresses, and may be numbers in bodies.
        let value = match &value {
            Value::String(text) => input::parse(&own.field, text).unwrap_or(value),
            _ => value,
        };
        Some((&own.field, value))
    })
    .collect()
}

/// The whole record with the changes in it.
fn whole(address: &Address<'_>, sent: &[Sent<'_>]) -> Content {
    let mut content = Content::default();
    let mut members = Map::new();
    for (name, value) in address.record.iter().flat_map(|record| &record.0) {
        let field = address.resource.field(name);
        // A value that was lifted to the top is sent where it belongs, as part of what holds it. What the box works out it
        // does not take from others.
        if field.is_some_and(|field| !field.at.is_empty() || field.computed) {
            continue;
        }
        let masks = field.map(masks).unwrap_or_default();
        if let Some(value) = without_masks(value, &masks) {
            let value = match field {
                Some(field) => field.to_wire(without_computed(&field.field_type, value)),
                None => value,
            };
            members.insert(name.clone(), value);
        }
    }
    for sent in sent {
        let field = sent.given.input.field;
        note(&mut content, sent, &join("", &field.name));
        let value = without_computed(&field.field_type, sent.new.clone());
        members.insert(field.name.clone(), field.to_wire(value));
    }
    for (field, value) in fixed(address) {
        members.insert(field.name.clone(), value);
    }
    content.body = Body::Json(Value::Object(members));
    content
}

/// A JSON Patch from the record to the given values.
fn json_patch(
    dialect: &dyn Dialect,
    address: &Address<'_>,
    given: &[&Given<'_>],
) -> Result<Content, Vec<FieldFault>> {
    let mut content = Content::default();
    let mut operations = Vec::new();
    let mut faults = Vec::new();
    for given in given {
        let field = given.input.field;
        let old = address.record.and_then(|record| record.get(&field.name));
        let masks = masks(field);
        let can_name = |key: &str| dialect.patch_can_name(key);
        let path = join("", &field.name);
        let made = match (old, &given.value) {
            (None, Value::Null) => continue,
            (Some(old), Value::Null) if !field.nullable && !old.is_null() => Ok(vec![PatchOperation {
                json: serde_json::json!({"op": "remove", "path": path}),
                replaces_mask: false,
            }]),
            (old, new) => patch(&path, old, new, Rules { masks: &masks, can_name: &can_name }),
        };
        match made {
            Ok(made) if made.is_empty() => {}
            Ok(made) => {
                content.changes.push(change(&given.input, old, &given.value));
                for operation in made {
                    let index = operations.len();
                    content
                        .secrets
                        .extend(secrets_of(field, &operation, index).into_iter().map(SecretPlace::Json));
                    operations.push(operation.json);
                }
            }
            Err(_masked) => faults.push(fault(&field.name, words::input::masked())),
        }
    }
    content.body = Body::Json(Value::Array(operations));
    if faults.is_empty() { Ok(content) } else { Err(faults) }
}

/// Where a patch operation holds secrets. Its value may be a part of the field, of which only the name is known.
fn secrets_of(field: &Field, operation: &PatchOperation, index: usize) -> Vec<String> {
    let base = format!("/{index}/value");
    let Some(value) = operation.json.get("value") else { return Vec::new() };
    let path = operation.json.get("path").and_then(Value::as_str).unwrap_or_default();
    let inside = path.matches('/').count() > 1;
    let named = inside && path.rsplit('/').next().is_some_and(sounds_secret);
    if operation.replaces_mask || named {
        return vec![base];
    }
    let mut found = Vec::new();
    if inside && !field.secret {
        // The type is that of the whole field; inside it, names have to do.
        let part = Field { mask: Some(field.mask.clone().unwrap_or_default()), ..Field::default() };
        pointers(&part, value, &base, &mut found);
    } else {
        pointers(field, value, &base, &mut found);
    }
    found
}

/// A body that is one value, array or map.
fn bare(shape: &Shape, sent: &[Sent<'_>]) -> Content {
    let mut content = Content::default();
    content.body = match (sent.first(), shape) {
        (Some(sent), _) => {
            note(&mut content, sent, "");
            Body::Json(sent.new.clone())
        }
        (None, Shape::Array(_)) => Body::Json(Value::Array(Vec::new())),
        (None, Shape::Map(_)) => Body::Json(Value::Object(Map::new())),
        (None, _) => Body::None,
    };
    content
}

fn form(sent: &[Sent<'_>]) -> Content {
    let mut content = Content::default();
    let mut fields = Vec::new();
    for sent in sent {
        let input = &sent.given.input;
        if let Some(text) = parameter_text(&sent.new) {
            fields.push((input.field.name.clone(), text));
        }
        note_part(&mut content, sent);
    }
    content.body = Body::Form(fields);
    content
}

fn multipart(fields: &[Field], sent: &[Sent<'_>], files: &BTreeMap<String, PartContent>) -> Content {
    let mut content = Content::default();
    let mut parts = Vec::new();
    for field in fields {
        if let Some(sent) = sent.iter().find(|sent| sent.given.input.field.name == field.name) {
            let text = parameter_text(&sent.new);
            parts
                .extend(text.map(|text| Part { name: field.name.clone(), content: PartContent::Text(text) }));
            note_part(&mut content, sent);
        } else if let Some(file) = files.get(&field.name) {
            parts.push(Part { name: field.name.clone(), content: file.clone() });
            if let PartContent::File { name, .. } = file {
                content.changes.push(Change {
                    field: field.name.clone(),
                    label: field.label.clone(),
                    old: None,
                    new: Value::String(name.clone()),
                    secret: false,
                });
            }
        }
    }
    content.body = Body::Multipart(parts);
    content
}

fn note_part(content: &mut Content, sent: &Sent<'_>) {
    let input = &sent.given.input;
    content.changes.push(change(input, None, &sent.new));
    if input.field.secret || has_mask(&sent.new, &masks(input.field)) {
        content.secrets.push(SecretPlace::Part(input.field.name.clone()));
    }
}
