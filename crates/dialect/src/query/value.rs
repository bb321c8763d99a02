//! Values of terms: as they are written in the filter language, and as on the wire.

use boxdeck_catalog::{Field, FieldType, Operator, input};
use serde_json::Value;

use super::lexer::{in_quotes, plain_or_quoted};
use super::relative::{self, is_relative};
use crate::answer::value_text;

/// How times are typed: in the person's own time zone, which only the browser knows.
#[derive(Debug, Clone, Copy)]
pub struct Zone {
    /// A local date and time (`2026-03-31T14:00`), as RFC 3339 text in UTC; `None` where it is no time.
    pub to_utc: fn(&str) -> Option<String>,
    /// RFC 3339 text as a local date and time.
    pub to_local: fn(&str) -> Option<String>,
}

/// A text of a term as the value that a record would hold.
#[must_use]
pub fn wire_value(field: &Field, text: &str) -> Value {
    match field.field_type {
        FieldType::Boolean => text.parse().map_or_else(|_not_boolean| Value::from(text), Value::Bool),
        FieldType::Text
        | FieldType::Multiline
        | FieldType::Enum(_)
        | FieldType::Email
        | FieldType::Address
        | FieldType::Gmt(_)
        | FieldType::TimeZone => Value::from(text),
        _ => text.parse::<serde_json::Number>().map_or_else(|_not_a_number| Value::from(text), Value::Number),
    }
}

/// What a person wrote as a value on the wire.
///
/// # Errors
/// What would be accepted, as a sentence.
pub(super) fn read(
    field: &Field,
    operator: Operator,
    text: &str,
    quoted: bool,
    zone: Zone,
) -> Result<String, String> {
    use FieldType as T;
    match &field.field_type {
        // A part of a text is no value of the field.
        _ if operator == Operator::Like => Ok(text.to_owned()),
        T::Timestamp(_) | T::DateTime => match relative::normal(text) {
            Some(moving) => Ok(moving),
            None => parsed(field, &to_utc(text, zone)),
        },
        // The box may know a choice that the catalog does not.
        T::Enum(_) if quoted => Ok(text.to_owned()),
        T::List(item) => {
            let item = Field { field_type: (**item).clone(), ..field.clone() };
            read(&item, operator, text, quoted, zone)
        }
        T::Text
        | T::Multiline
        | T::Pem
        | T::Email
        | T::Address
        | T::TimeZone
        | T::Reference(_)
        | T::Object(_)
        | T::Map(_)
        | T::Json
        | T::File(_) => Ok(text.to_owned()),
        _ => parsed(field, text),
    }
}

fn parsed(field: &Field, text: &str) -> Result<String, String> {
    input::parse(field, text).map(|value| value_text(&value).unwrap_or_default())
}

/// A date, with or without a time of day; without an offset it is the person's own.
fn to_utc(text: &str, zone: Zone) -> String {
    let text = text.trim();
    if !text.contains('-') {
        // The number itself.
        return text.to_owned();
    }
    let (date, clock) = text.split_once(['T', 't', ' ']).unwrap_or((text, "00:00"));
    let clock = clock.trim_start();
    let full = format!("{date}T{clock}");
    if clock.ends_with(['Z', 'z']) || clock.contains(['+', '-']) {
        full
    } else {
        (zone.to_utc)(&full).unwrap_or_else(|| text.to_owned())
    }
}

/// A value on the wire as a person would write it, so that it is read as the same.
pub(super) fn written(field: &Field, operator: Operator, value: &str, zone: Zone) -> String {
    if operator == Operator::Like || is_relative(field, value) {
        return plain_or_quoted(value);
    }
    let item = match &field.field_type {
        FieldType::List(item) => &Field { field_type: (**item).clone(), ..field.clone() },
        _ => field,
    };
    let is_same = |text: &str| {
        let quoted = plain_or_quoted(text) != text;
        read(item, operator, text, quoted, zone).as_deref() == Ok(value)
    };
    let edited = input::edit_text(item, &wire_value(item, value));
    let shorter = if item.field_type.is_time() {
        (zone.to_local)(&edited).map(|text| text.strip_suffix(":00").map_or(text.clone(), str::to_owned))
    } else {
        Some(edited.chars().filter(|character| *character != ' ').collect())
    };
    let candidates = shorter.into_iter().chain([edited, value.to_owned()]);
    match candidates.into_iter().find(|text| is_same(text)) {
        Some(text) => plain_or_quoted(&text),
        None => in_quotes(value),
    }
}
