//! Secrets: where a request holds them, and the same request without.

use boxdeck_catalog::{Field, FieldType};
use serde_json::{Map, Value};

use super::SecretPlace;
use super::diff::{is_mask, masks};
use crate::http::{Body, PartContent, Request};

/// What stands for a secret.
const HIDDEN: &str = "•••";

/// Adds the JSON pointers of the secrets in a field's value, which is at `base`.
pub(super) fn pointers(field: &Field, value: &Value, base: &str, found: &mut Vec<String>) {
    if field.secret {
        found.push(base.to_owned());
        return;
    }
    in_type(&field.field_type, value, base, found);
    // Where the box masks what is in a free object, its secrets can only be told by their names.
    if !masks(field).is_empty() {
        by_name(value, base, &masks(field), found);
    }
}

fn in_type(field_type: &FieldType, value: &Value, base: &str, found: &mut Vec<String>) {
    match (field_type, value) {
        (FieldType::Object(fields), Value::Object(members)) => {
            for field in fields {
                if let Some(value) = members.get(&field.name) {
                    pointers(field, value, &join(base, &field.name), found);
                }
            }
        }
        (FieldType::List(item), Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                in_type(item, value, &join(base, &index.to_string()), found);
            }
        }
        (FieldType::Map(item), Value::Object(members)) => {
            for (key, value) in members {
                in_type(item, value, &join(base, key), found);
            }
        }
        _ => {}
    }
}

fn by_name(value: &Value, base: &str, masks: &[&str], found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let pointer = join(base, key);
                if sounds_secret(key) || is_mask(value, masks) {
                    found.push(pointer);
                } else {
                    by_name(value, &pointer, masks, found);
                }
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                by_name(value, &join(base, &index.to_string()), masks, found);
            }
        }
        _ => {}
    }
}

/// Whether a member's name says that its value is a secret.
pub(super) fn sounds_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["password", "passwd", "passphrase", "secret", "token", "private_key", "credential"]
        .iter()
        .any(|word| key.contains(word))
}

/// The pointer to a member (RFC 6901).
pub(crate) fn join(base: &str, key: &str) -> String {
    format!("{base}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// A field's value as it may be shown.
pub(super) fn shown_value(field: &Field, value: &Value) -> Value {
    let mut found = Vec::new();
    pointers(field, value, "", &mut found);
    let mut shown = value.clone();
    for pointer in found {
        hide_at(&mut shown, &pointer);
    }
    shown
}

fn hide_at(value: &mut Value, pointer: &str) {
    if let Some(place) = value.pointer_mut(pointer) {
        *place = Value::String(HIDDEN.to_owned());
    }
}

/// The request with nothing in place of its secrets, of the type that each had in JSON.
pub(super) fn forgotten(request: &Request, secrets: &[SecretPlace]) -> Request {
    let mut forgotten = redacted(request, secrets);
    for place in secrets {
        if let (SecretPlace::Json(pointer), Body::Json(before), Body::Json(value)) =
            (place, &request.body, &mut forgotten.body)
            && let (Some(before), Some(place)) = (before.pointer(pointer), value.pointer_mut(pointer))
        {
            *place = match before {
                Value::Null => Value::Null,
                Value::Bool(_) => Value::Bool(false),
                Value::Number(_) => Value::from(0),
                Value::String(_) => Value::String(String::new()),
                Value::Array(_) => Value::Array(Vec::new()),
                Value::Object(_) => Value::Object(Map::new()),
            };
        }
    }
    forgotten
}

/// The request without its secrets.
pub(super) fn redacted(request: &Request, secrets: &[SecretPlace]) -> Request {
    let mut redacted = request.clone();
    for place in secrets {
        match place {
            SecretPlace::Json(pointer) => {
                if let Body::Json(value) = &mut redacted.body {
                    hide_at(value, pointer);
                }
            }
            SecretPlace::Part(name) => match &mut redacted.body {
                Body::Form(fields) => hide_pairs(fields, name),
                Body::Multipart(parts) => {
                    for part in parts.iter_mut().filter(|part| part.name == *name) {
                        if let PartContent::Text(text) = &mut part.content {
                            HIDDEN.clone_into(text);
                        }
                    }
                }
                Body::None | Body::Json(_) => {}
            },
            SecretPlace::Query(name) => hide_pairs(&mut redacted.query, name),
            SecretPlace::Header(name) => hide_pairs(&mut redacted.headers, name),
        }
    }
    redacted
}

fn hide_pairs(pairs: &mut [(String, String)], name: &str) {
    for (_, value) in pairs.iter_mut().filter(|(key, _)| key == name) {
        HIDDEN.clone_into(value);
    }
}

/// A body as JSON for display.
pub(super) fn body_value(body: Body) -> Option<Value> {
    match body {
        Body::None => None,
        Body::Json(value) => Some(value),
        Body::Form(fields) => Some(Value::Object(
            fields.into_iter().map(|(name, value)| (name, Value::String(value))).collect(),
        )),
        Body::Multipart(parts) => {
            let parts = parts.into_iter().map(|part| {
                let text = match part.content {
                    PartContent::Text(text) => text,
                    PartContent::File { name, .. } => name,
                };
                (part.name, Value::String(text))
            });
            Some(Value::Object(parts.collect::<Map<_, _>>()))
        }
    }
}
