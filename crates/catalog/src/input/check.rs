//! Whether a value is acceptable for a field, as far as the catalog knows.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::{Notation, amount, text_of_type, whole};
use crate::field::{Choice, Field, FieldType};

/// Whether a whole text matches a pattern in JavaScript's syntax. The browser has such an engine; this crate has none.
pub type Matcher = fn(pattern: &str, text: &str) -> bool;

/// Checks everything but `Field::pattern`.
///
/// # Errors
/// What would be accepted, naming the bound, as a sentence.
pub fn validate(field: &Field, value: &Value) -> Result<(), String> {
    validate_in(field, value, None, Notation::Stored)
}

/// As [`validate`], and checks `Field::pattern` with the given matcher. Numbers in the sentence are in the notation.
///
/// # Errors
/// As [`validate`].
pub fn validate_in(
    field: &Field,
    value: &Value,
    matcher: Option<Matcher>,
    notation: Notation,
) -> Result<(), String> {
    if field.none.as_ref() == Some(value) || is_mask(field, value) {
        return Ok(());
    }
    if value.is_null() {
        return if field.nullable { Ok(()) } else { Err(words::input::value().to_owned()) };
    }
    check_type(&field.field_type, value, matcher, notation)?;
    check_length(field, value)?;
    check_range(field, value, notation)?;
    check_last(field, value)?;
    match (value, &field.pattern, matcher) {
        (Value::String(text), Some(pattern), Some(matches)) if !matches(pattern, text) => {
            Err(if field.example.is_empty() {
                words::input::form_of_system().to_owned()
            } else {
                words::input::form_of_system_such_as(&field.example)
            })
        }
        _ => Ok(()),
    }
}

fn is_mask(field: &Field, value: &Value) -> bool {
    matches!((&field.mask, value), (Some(mask), Value::String(text)) if mask == text)
}

fn check_type(
    field_type: &FieldType,
    value: &Value,
    matcher: Option<Matcher>,
    notation: Notation,
) -> Result<(), String> {
    use FieldType as T;
    let expect = |fits: bool, expected: &str| if fits { Ok(()) } else { Err(expected.to_owned()) };
    match field_type {
        T::Text | T::Multiline | T::Pem | T::DateTime | T::TimeZone | T::File(_) => {
            expect(value.is_string(), words::input::text())
        }
        T::Gmt(stamp) => {
            let fits = value.as_str().is_some_and(|wire| stamp.typed(wire).is_some());
            if fits { Ok(()) } else { Err(words::input::gmt(stamp.example())) }
        }
        T::LocalTime => {
            let fits = value.as_str().is_some_and(|text| super::local_time(text).as_deref() == Some(text));
            if fits { Ok(()) } else { Err(super::local_time_such_as()) }
        }
        T::Email => {
            let fits = value.as_str().is_some_and(|text| {
                text.split_once('@')
                    .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
                    && !text.contains(char::is_whitespace)
            });
            expect(fits, words::input::email())
        }
        T::Address => {
            let fits = value.as_str().is_some_and(|text| text.parse::<std::net::IpAddr>().is_ok());
            expect(fits, words::input::ip_address())
        }
        T::Integer | T::Bytes(_) | T::BitRate | T::Duration(_) | T::Timestamp(_) => expect(
            matches!(value, Value::Number(number) if whole(number).is_some()),
            words::input::whole_number(),
        ),
        T::Number | T::Percent | T::Fraction | T::Ratio => expect(value.is_number(), words::input::number()),
        T::Boolean => expect(value.is_boolean(), words::input::yes_or_no()),
        T::Enum(choices) => {
            let fits = value.as_str().is_some_and(|text| choices.iter().any(|choice| choice.value == text));
            if fits { Ok(()) } else { Err(one_of(choices)) }
        }
        T::Reference(_) => expect(value.is_string() || value.is_number(), words::input::record()),
        T::Json => Ok(()),
        T::List(item) => match value {
            Value::Array(items) => items.iter().enumerate().try_for_each(|(index, value)| {
                check_type(item, value, matcher, notation)
                    .map_err(|fault| words::input::item(index + 1, fault))
            }),
            _ => Err(words::input::list().to_owned()),
        },
        T::Map(inner) => match value {
            Value::Object(members) => members.iter().try_for_each(|(key, value)| {
                check_type(inner, value, matcher, notation).map_err(|fault| format!("{key}: {fault}"))
            }),
            _ => Err(words::input::json_object().to_owned()),
        },
        T::Object(fields) => match value {
            Value::Object(members) => fields.iter().try_for_each(|field| match members.get(&field.name) {
                Some(value) => validate_in(field, value, matcher, notation)
                    .map_err(|fault| format!("{}: {fault}", field.label)),
                None => Ok(()),
            }),
            _ => Err(words::input::json_object().to_owned()),
        },
    }
}

/// What an enum accepts.
pub(super) fn one_of(choices: &[Choice]) -> String {
    let labels: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).collect();
    words::input::one_of(labels.join(", "))
}

fn check_length(field: &Field, value: &Value) -> Result<(), String> {
    let Some((least, greatest)) = field.length else { return Ok(()) };
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let found = match value {
        Value::String(text) => number(text.chars().count()),
        Value::Array(items) => number(items.len()),
        Value::Object(members) => number(members.len()),
        _ => return Ok(()),
    };
    match value {
        _ if (least..=greatest).contains(&found) => Ok(()),
        Value::String(_) if found < least => Err(words::input::least_characters(least, found)),
        Value::String(_) => Err(words::input::most_characters(greatest, found)),
        Value::Array(_) if found < least => Err(words::input::least_items(least, found)),
        Value::Array(_) => Err(words::input::most_items(greatest, found)),
        _ if found < least => Err(words::input::least_entries(least, found)),
        _ => Err(words::input::most_entries(greatest, found)),
    }
}

/// What only the last item has, no other has, and the last one has it.
fn check_last(field: &Field, value: &Value) -> Result<(), String> {
    let (Some(last), FieldType::List(item), Value::Array(items)) = (&field.last, &field.field_type, value)
    else {
        return Ok(());
    };
    let label = match &**item {
        FieldType::Object(members) => members.iter().find(|member| member.name == last.field),
        _ => None,
    };
    let label = label.map_or(last.field.as_str(), |member| member.label.as_str());
    let told = || text_of_type(&FieldType::Text, &last.is, Notation::Stored);
    let place = items.iter().position(|item| item.get(&last.field) == Some(&last.is));
    match place {
        _ if items.is_empty() => Ok(()),
        None => Err(words::input::last_needs(label, told())),
        Some(place) if place + 1 < items.len() => Err(words::input::only_last(place + 1, label, told())),
        Some(_) => Ok(()),
    }
}

fn check_range(field: &Field, value: &Value, notation: Notation) -> Result<(), String> {
    let Value::Number(number) = value else { return Ok(()) };
    let bound = |bound: &Value| text_of_type(&field.field_type, bound, notation);
    if let Some(min) = field.min.as_ref()
        && order(number, min) == Some(Ordering::Less)
    {
        return Err(words::input::at_least(bound(min)));
    }
    if let Some(max) = field.max.as_ref()
        && order(number, max) == Some(Ordering::Greater)
    {
        return Err(words::input::at_most(bound(max)));
    }
    match (field.multiple_of, whole(number)) {
        (Some(step), Some(count)) if step > 0 && count % i128::from(step) != 0 => {
            Err(words::input::multiple(step_label(&field.field_type, step, notation)))
        }
        _ => Ok(()),
    }
}

fn step_label(field_type: &FieldType, step: u64, notation: Notation) -> String {
    match field_type {
        FieldType::Bytes(unit) => {
            notation.written(&amount::bytes_label(i128::from(step).saturating_mul(i128::from(*unit))))
        }
        other => text_of_type(other, &Value::from(step), notation),
    }
}

/// Compares two numbers exactly where both are whole.
fn order(number: &Number, bound: &Value) -> Option<Ordering> {
    let bound = bound.as_number()?;
    match (whole(number), whole(bound)) {
        (Some(number), Some(bound)) => Some(number.cmp(&bound)),
        _ => number.as_f64()?.partial_cmp(&bound.as_f64()?),
    }
}
