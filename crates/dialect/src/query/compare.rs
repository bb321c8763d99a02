//! Values compared as their types mean it, without losing a digit.

use std::cmp::Ordering;

use boxdeck_catalog::{FieldType, SecondsUnit, input};
use serde_json::{Number, Value};

use crate::answer::value_text;

/// Compares a value of a record with a text of a term. `None` where they are not of one sort.
pub(super) fn compare(field_type: &FieldType, value: &Value, text: &str) -> Option<Ordering> {
    use FieldType as T;
    match (field_type, value) {
        (T::DateTime, Value::String(time)) => micros(time)?.partial_cmp(&micros(text)?),
        (T::Boolean, Value::Bool(flag)) => Some(flag.cmp(&text.parse().ok()?)),
        (_, Value::Number(number)) => match text.parse::<Number>() {
            Ok(other) => numbers(number, &other),
            Err(_not_a_number) => None,
        },
        (_, value) => Some(value_text(value)?.as_str().cmp(text)),
    }
}

/// Integers exactly, others as far as a double goes.
fn numbers(left: &Number, right: &Number) -> Option<Ordering> {
    let whole = |number: &Number| number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    match (whole(left), whole(right)) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

/// Microseconds since the epoch of a time as text.
fn micros(text: &str) -> Option<i64> {
    input::parse_timestamp(SecondsUnit::Micro, text.trim()).ok()?.as_i64()
}
