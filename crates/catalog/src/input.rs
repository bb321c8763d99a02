//! What a person types for a field, as a value of the wire; and a value of the wire as text to edit.
//!
//! [`edit_text`] and [`parse`] are inverses: a value that is edited and not changed comes back equal. Everything that counts
//! (bytes, seconds, identifiers) is computed in integers, so that nothing above 2^53 loses a digit.

mod amount;
mod check;
mod collection;
mod decimal;
mod duration;
mod notation;
mod time;
pub mod units;

use std::borrow::Cow;

use serde_json::{Number, Value};

use crate::field::{Field, FieldType};

pub use check::{Matcher, validate, validate_in};
use decimal::Decimal;
pub use duration::{parse as parse_duration, text as duration_text};
pub use notation::Notation;
pub use time::{local_time, parse_timestamp, timestamp_text};

/// Reads what a person typed. Surrounding white space counts only in texts. Which empty input means "none" is for the caller
/// to decide before: here an empty text is a value of a text field and a fault of every other.
///
/// Amounts of data are in bytes unless a unit follows: `kB`, `MB`, `GB` … are powers of 1000, `KiB`, `MiB`, `GiB` … powers of
/// 1024, and the bare letters `K`, `M`, `G` … are the decimal ones. Durations without a unit are in the field's own.
///
/// # Errors
/// What would be accepted, as a sentence for the person who typed it.
pub fn parse(field: &Field, text: &str) -> Result<Value, String> {
    parse_in(field, text, Notation::Stored)
}

/// As [`parse`], with the numbers as a language writes them.
///
/// # Errors
/// As [`parse`], and both readings of a number that has two in the language.
pub fn parse_in(field: &Field, text: &str, notation: Notation) -> Result<Value, String> {
    parse_type(&field.field_type, text, notation)
}

/// A value as text to edit, in the largest unit that says it exactly. Empty for null.
#[must_use]
pub fn edit_text(field: &Field, value: &Value) -> String {
    edit_text_in(field, value, Notation::Stored)
}

/// As [`edit_text`], with the numbers as a language writes them.
#[must_use]
pub fn edit_text_in(field: &Field, value: &Value, notation: Notation) -> String {
    text_of_type(&field.field_type, value, notation)
}

/// A point in time as text, as [`edit_text`] has it: for what shows times and edits nothing.
#[must_use]
pub fn time_text(field_type: &FieldType, value: &Value) -> String {
    match (field_type, value) {
        (FieldType::Timestamp(unit), Value::Number(number)) => time::timestamp_text(*unit, number),
        (_, Value::String(text)) => text.clone(),
        (_, value) => value.to_string(),
    }
}

/// As [`parse_in`], for a type alone.
fn parse_type(field_type: &FieldType, text: &str, notation: Notation) -> Result<Value, String> {
    use FieldType as T;
    let stored = if is_numeric(field_type) { notation.stored(text)? } else { Cow::Borrowed(text) };
    let trimmed = stored.trim();
    match field_type {
        T::Text | T::Multiline | T::Pem => Ok(Value::String(text.to_owned())),
        T::Email | T::Address | T::TimeZone => Ok(Value::String(trimmed.to_owned())),
        T::Integer => integer(trimmed),
        T::Number => number(trimmed, notation),
        T::Boolean => boolean(trimmed),
        T::Bytes(unit) => amount::parse_bytes(*unit, trimmed, notation),
        T::BitRate => amount::parse_bit_rate(trimmed),
        T::Percent => number(trimmed.strip_suffix('%').unwrap_or(trimmed).trim_end(), notation)
            .map_err(|_not_a_number| words::input::percentage().to_owned()),
        T::Fraction => fraction(trimmed, notation),
        T::Ratio => number(trimmed.strip_suffix(":1").unwrap_or(trimmed).trim_end(), notation)
            .map_err(|_not_a_number| words::input::ratio(notation.written("2.5"))),
        T::Duration(unit) => duration::parse(*unit, trimmed),
        T::Timestamp(unit) => time::parse_timestamp(*unit, trimmed),
        T::DateTime => time::parse_date_time(trimmed),
        T::Gmt(stamp) => {
            stamp.wire(trimmed).map(Value::String).ok_or_else(|| words::input::gmt(stamp.example()))
        }
        T::LocalTime => local_time(trimmed).map(Value::String).ok_or_else(local_time_such_as),
        T::Enum(choices) => choices
            .iter()
            .find(|choice| choice.value == text)
            .or_else(|| {
                choices.iter().find(|choice| {
                    choice.value.eq_ignore_ascii_case(trimmed) || choice.label.eq_ignore_ascii_case(trimmed)
                })
            })
            .map(|choice| Value::String(choice.value.clone()))
            .ok_or_else(|| check::one_of(choices)),
        // A key: identifiers are numbers where they look like one, names are always text.
        T::Reference(reference) if reference.by.is_none() => {
            Ok(plain_integer(trimmed).unwrap_or_else(|| Value::String(text.to_owned())))
        }
        T::Reference(_) => Ok(Value::String(text.to_owned())),
        T::List(item) => collection::parse_list(item, text, notation),
        T::Map(value) => collection::parse_map(value, text, notation),
        T::Object(_) => collection::parse_object(trimmed),
        T::Json => serde_json::from_str(trimmed).map_err(words::input::json),
        T::File(_) => Err(words::form::choose_file().to_owned()),
    }
}

fn local_time_such_as() -> String {
    words::input::local_time("2026-10-31T18:05:00")
}

/// Whether the values of a type are numbers with nothing but units beside them.
const fn is_numeric(field_type: &FieldType) -> bool {
    field_type.is_number() && !matches!(field_type, FieldType::Timestamp(_))
}

/// As [`edit_text_in`], for a type alone.
fn text_of_type(field_type: &FieldType, value: &Value, notation: Notation) -> String {
    use FieldType as T;
    if let (true, Value::Number(number)) = (is_numeric(field_type), value) {
        return notation.written(&stored_number(field_type, number));
    }
    match (field_type, value) {
        (T::Json, value) => pretty(value),
        (_, Value::Null) => String::new(),
        (T::Timestamp(_), value @ Value::Number(_)) => time_text(field_type, value),
        (T::Gmt(stamp), Value::String(wire)) => stamp.typed(wire).unwrap_or_else(|| wire.clone()),
        (T::List(item), Value::Array(items)) => collection::list_text(item, items, notation),
        (T::Map(inner), Value::Object(members)) => collection::map_text(inner, members, notation),
        (_, Value::String(text)) => text.clone(),
        (_, value @ (Value::Array(_) | Value::Object(_))) => pretty(value),
        (_, value) => value.to_string(),
    }
}

/// A number with its unit, as it is stored.
fn stored_number(field_type: &FieldType, number: &Number) -> String {
    use FieldType as T;
    match field_type {
        T::Bytes(unit) => amount::bytes_text(*unit, number),
        T::BitRate => amount::bit_rate_text(number),
        T::Percent => format!("{number} %"),
        T::Fraction => Decimal::of(number)
            .and_then(|decimal| decimal.shifted(2))
            .map_or_else(|| number.to_string(), |decimal| format!("{decimal} %")),
        T::Ratio => format!("{number}:1"),
        T::Duration(unit) => duration::text(*unit, number),
        _ => number.to_string(),
    }
}

fn pretty(value: &Value) -> String {
    // Writing a value that is JSON already cannot fail.
    serde_json::to_string_pretty(value).unwrap_or_else(|_error| value.to_string())
}

/// A whole number of 64 bits, signed or not.
fn integer(text: &str) -> Result<Value, String> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    match digits.parse::<i128>() {
        Ok(value) => from_i128(value),
        Err(_not_a_number) => Err(words::input::whole_number().to_owned()),
    }
}

/// A whole number exactly as JSON would write it, so that it stays the same text.
fn plain_integer(text: &str) -> Option<Value> {
    let value: i128 = text.parse().ok()?;
    (value.to_string() == text).then_some(value).and_then(|value| from_i128(value).ok())
}

/// A whole number as a value, if JSON numbers of 64 bits can hold it.
fn from_i128(value: i128) -> Result<Value, String> {
    if let Ok(value) = u64::try_from(value) {
        return Ok(value.into());
    }
    i64::try_from(value).map(Value::from).map_err(|_too_large| words::input::number_too_large().to_owned())
}

/// A number: whole where no point is typed, so that whole numbers stay exact.
fn number(text: &str, notation: Notation) -> Result<Value, String> {
    if let Ok(value) = integer(text) {
        return Ok(value);
    }
    let plain = text.chars().all(|character| character.is_ascii_digit() || ".+-eE".contains(character));
    let value: Option<f64> = text.parse().ok().filter(|_| plain);
    value
        .and_then(Number::from_f64)
        .map(Value::Number)
        .ok_or_else(|| words::input::number_such_as(notation.written("1.5")))
}

/// A percentage as a share of one. The point is moved in the text: dividing by a hundred would round.
fn fraction(text: &str, notation: Notation) -> Result<Value, String> {
    let expected = || words::input::percentage().to_owned();
    let number_text = text.strip_suffix('%').unwrap_or(text).trim_end();
    let decimal = Decimal::parse(number_text).and_then(|decimal| decimal.shifted(-2)).ok_or_else(expected)?;
    number(&decimal.to_string(), notation).map_err(|_too_large| expected())
}

/// Yes or no, in any of the console's languages.
fn boolean(text: &str) -> Result<Value, String> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "ja" => Ok(Value::Bool(true)),
        "false" | "no" | "off" | "nein" => Ok(Value::Bool(false)),
        _ => Err(words::input::yes_or_no().to_owned()),
    }
}

/// The integer that a JSON number is, if it is one; floats without a fraction count.
fn whole(number: &Number) -> Option<i128> {
    if let Some(value) = number.as_i64() {
        return Some(value.into());
    }
    if let Some(value) = number.as_u64() {
        return Some(value.into());
    }
    Decimal::of(number).and_then(|decimal| decimal.times(1))
}

#[cfg(test)]
mod tests;
