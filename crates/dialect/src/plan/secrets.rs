//! Secrets in values: where they are, and the same values without them.

use boxdeck_catalog::{Field, FieldType, Resource};
use serde_json::{Map, Value};

use super::diff::{is_mask, masks};
use crate::answer::Record;

/// What stands for a secret.
pub const MASK: &str = "•••";

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

pub(super) fn hide_at(value: &mut Value, pointer: &str) {
    if let Some(place) = value.pointer_mut(pointer) {
        *place = Value::String(MASK.to_owned());
    }
}

/// The members of a record as they may be shown, with [`MASK`] in place of every secret that is set: of secret fields, of
/// those inside objects and lists, and where the box itself has what the console has brought to the top.
#[must_use]
pub fn masked(resource: &Resource, record: &Record) -> Map<String, Value> {
    let mut members = record.0.clone();
    for field in &resource.fields {
        if let Some(value) = members.get_mut(&field.name) {
            mask(field, value);
        }
        if let Some(value) = field.origin_in(&mut members) {
            mask(field, value);
        }
    }
    members
}

fn mask(field: &Field, value: &mut Value) {
    let mut found = Vec::new();
    pointers(field, value, "", &mut found);
    for pointer in found {
        // That nothing is set is no secret.
        if value.pointer(&pointer).is_some_and(|secret| !secret.is_null()) {
            hide_at(value, &pointer);
        }
    }
}

/// The value of a field that is no secret itself, without the secrets in it.
#[must_use]
pub fn without_secrets(field: &Field, value: &Value) -> Value {
    let mut found = Vec::new();
    pointers(field, value, "", &mut found);
    let mut open = value.clone();
    for pointer in found {
        let Some((owner, member)) = pointer.rsplit_once('/') else { continue };
        let member = member.replace("~1", "/").replace("~0", "~");
        if let Some(Value::Object(members)) = open.pointer_mut(owner) {
            // What is left keeps its order.
            members.shift_remove(&member);
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn resource() -> Resource {
        serde_json::from_value(json!({
            "id": "r", "title": "R", "singular": "r", "area": "a", "operations": [],
            "fields": [
                { "name": "secret", "label": "Secret", "secret": true },
                { "name": "unset", "label": "Unset", "secret": true },
                { "name": "word", "label": "Word", "secret": true, "at": ["inner", "word"] },
                { "name": "logins", "label": "Logins", "type": { "list": { "object": [
                    { "name": "user", "label": "User" }, { "name": "a/b", "label": "Word", "secret": true }
                ] } } }
            ]
        }))
        .expect("a resource")
    }

    #[test]
    fn secrets_are_masked_wherever_they_are() {
        let record = json!({
            "z": 9_007_199_254_740_993_u64, "secret": "geheim", "unset": null, "word": "geheim",
            "inner": { "word": "geheim", "other": 1 }, "logins": [{ "a/b": "geheim", "user": "u" }]
        });
        let Value::Object(members) = record else { unreachable!("an object") };
        assert_eq!(
            Value::Object(masked(&resource(), &Record(members))).to_string(),
            r#"{"z":9007199254740993,"secret":"•••","unset":null,"word":"•••","inner":{"word":"•••","other":1},"logins":[{"a/b":"•••","user":"u"}]}"#
        );
    }

    #[test]
    fn secrets_can_be_left_out() {
        let resource = resource();
        let field = resource.field("logins").expect("the field");
        let value = json!([{ "a/b": "geheim", "user": "u", "more": 1 }, { "user": "v" }]);
        assert_eq!(without_secrets(field, &value).to_string(), r#"[{"user":"u","more":1},{"user":"v"}]"#);
    }
}
