//! Whether a value has changed, and what of it is a mask and no value.

use boxdeck_catalog::{Field, FieldType};
use serde_json::{Number, Value};

/// Whether two values are the same JSON value. Numbers count by value, so that 1 and 1.0 are the same, and order of members
/// does not matter; null, absent and empty differ.
#[must_use]
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => same_number(a, b),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// A value without what the box works out by itself and refuses from others, inside of objects too.
pub(super) fn without_computed(kind: &FieldType, value: Value) -> Value {
    match (kind, value) {
        (FieldType::Object(fields), Value::Object(members)) => {
            let kept = members.into_iter().filter_map(|(name, value)| {
                match fields.iter().find(|field| field.name == name) {
                    Some(field) if field.computed => None,
                    Some(field) => Some((name, without_computed(&field.field_type, value))),
                    // What the catalog does not describe goes back as it came.
                    None => Some((name, value)),
                }
            });
            Value::Object(kept.collect())
        }
        (FieldType::List(item), Value::Array(values)) => {
            values.into_iter().map(|value| without_computed(item, value)).collect()
        }
        (_, value) => value,
    }
}

fn same_number(a: &Number, b: &Number) -> bool {
    let integer =
        |number: &Number| number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    match (integer(a), integer(b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a.as_f64() == b.as_f64(),
        // A float stands for an integer only where it can hold it exactly.
        (Some(whole), None) => is_exactly(b, whole),
        (None, Some(whole)) => is_exactly(a, whole),
    }
}

fn is_exactly(number: &Number, whole: i128) -> bool {
    number.as_f64().is_some_and(|float| {
        float.fract() == 0.0
            && float.abs() <= 9_007_199_254_740_992.0
            && format!("{float}") == whole.to_string()
    })
}

/// The texts that stand for a secret in a field's values: its own mask, and those of fields inside it.
pub(super) fn masks(field: &Field) -> Vec<&str> {
    fn inside<'a>(field_type: &'a FieldType, found: &mut Vec<&'a str>) {
        match field_type {
            FieldType::Object(fields) => {
                for field in fields {
                    found.extend(field.mask.as_deref());
                    inside(&field.field_type, found);
                }
            }
            FieldType::List(item) | FieldType::Map(item) => inside(item, found),
            _ => {}
        }
    }
    let mut found = Vec::new();
    found.extend(field.mask.as_deref());
    inside(&field.field_type, &mut found);
    found
}

/// Whether a value is a mask.
pub(super) fn is_mask(value: &Value, masks: &[&str]) -> bool {
    value.as_str().is_some_and(|text| masks.contains(&text))
}

/// Whether a mask is anywhere in a value.
pub(super) fn has_mask(value: &Value, masks: &[&str]) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| has_mask(item, masks)),
        Value::Object(members) => members.values().any(|value| has_mask(value, masks)),
        value => is_mask(value, masks),
    }
}

/// The value without its masked members, or `None` where a mask cannot be left out: it is an item of a list.
pub(super) fn without_masks(value: &Value, masks: &[&str]) -> Option<Value> {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(_, value)| !is_mask(value, masks));
            let kept: Option<_> =
                kept.map(|(key, value)| Some((key.clone(), without_masks(value, masks)?))).collect();
            kept.map(Value::Object)
        }
        Value::Array(items) => {
            items.iter().map(|item| without_masks(item, masks)).collect::<Option<_>>().map(Value::Array)
        }
        value => (!is_mask(value, masks)).then(|| value.clone()),
    }
}
