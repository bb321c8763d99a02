//! Lists and maps as lines of text, or as JSON where lines cannot say it.

use serde_json::{Map, Value};

use super::{Notation, parse_type, pretty, text_of_type};
use crate::field::FieldType;

/// Reads a list: one item per line, empty lines skipped; or a JSON array.
pub(super) fn parse_list(item: &FieldType, text: &str, notation: Notation) -> Result<Value, String> {
    if text.trim_start().starts_with('[') {
        match serde_json::from_str(text) {
            Ok(Value::Array(items)) => return Ok(Value::Array(items)),
            Ok(_) | Err(_) if is_line(item) => {}
            Ok(_) => return Err(words::input::json_array().to_owned()),
            Err(error) => return Err(words::input::json_array_fault(error)),
        }
    }
    if !is_line(item) {
        return if text.trim().is_empty() {
            Ok(Value::Array(Vec::new()))
        } else {
            Err(words::input::json_array().to_owned())
        };
    }
    let mut items = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let value = parse_type(item, line.trim(), notation);
        items.push(value.map_err(|expected| words::input::line(number + 1, expected))?);
    }
    Ok(Value::Array(items))
}

/// A list for editing.
pub(super) fn list_text(item: &FieldType, items: &[Value], notation: Notation) -> String {
    let lines: Vec<String> = items.iter().map(|value| text_of_type(item, value, notation)).collect();
    let plain = is_line(item)
        && items.iter().all(|value| !value.is_null())
        && lines.iter().all(|line| stays(line) && !line.starts_with('['));
    if plain { lines.join("\n") } else { pretty(&Value::Array(items.to_vec())) }
}

/// Reads a map: one `key = value` per line; or a JSON object.
pub(super) fn parse_map(inner: &FieldType, text: &str, notation: Notation) -> Result<Value, String> {
    if text.trim_start().starts_with('{') || !is_line(inner) {
        return parse_object(text.trim());
    }
    let mut members = Map::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fault = |expected: &str| words::input::line(number + 1, expected);
        let (key, value) = line.split_once('=').ok_or_else(|| fault(words::input::key_and_value()))?;
        let value = parse_type(inner, value.trim(), notation).map_err(|expected| fault(&expected))?;
        if members.insert(key.trim().to_owned(), value).is_some() {
            return Err(fault(words::input::key_twice()));
        }
    }
    Ok(Value::Object(members))
}

/// A map for editing.
pub(super) fn map_text(inner: &FieldType, members: &Map<String, Value>, notation: Notation) -> String {
    let lines: Vec<(&String, String)> =
        members.iter().map(|(key, value)| (key, text_of_type(inner, value, notation))).collect();
    let plain = is_line(inner)
        && members.values().all(|value| !value.is_null())
        && lines.iter().all(|(key, value)| {
            stays(key) && !key.contains('=') && !key.starts_with('{') && (value.is_empty() || stays(value))
        });
    if plain {
        let lines: Vec<String> = lines.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        lines.join("\n")
    } else {
        pretty(&Value::Object(members.clone()))
    }
}

/// Reads a JSON object.
pub(super) fn parse_object(text: &str) -> Result<Value, String> {
    if text.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(members)) => Ok(Value::Object(members)),
        Ok(_) => Err(words::input::json_object_such_as(r#"{ "key": "value" }"#)),
        Err(error) => Err(words::input::json_object_fault(error)),
    }
}

/// Whether a value of this type fits on one line.
fn is_line(item: &FieldType) -> bool {
    use FieldType as T;
    !matches!(item, T::Multiline | T::Pem | T::Object(_) | T::List(_) | T::Map(_) | T::Json | T::File(_))
}

/// Whether a text survives being a line among lines.
fn stays(line: &str) -> bool {
    !line.is_empty() && line.trim() == line && !line.contains(['\n', '\r'])
}
