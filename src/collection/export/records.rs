//! Records as the lines of a file: exact, and without what is secret.

use std::borrow::Borrow;

use boxdeck_catalog::{Field, FieldType, Resource, input};
use boxdeck_dialect::Record;
use boxdeck_dialect::answer::value_text;
use boxdeck_dialect::plan::secrets::without_secrets;
use serde_json::{Map, Value};

use crate::format::csv::{Cell, push_line};

/// What a file is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// A list of records.
    Json,
}

impl Format {
    /// Ending of the file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Media type of the file.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv;charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// Names of the fields of an export: these columns, each reference with the field that holds its name.
pub fn with_names(resource: &Resource, columns: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        let known = resource.field(name).is_some_and(|field| !field.secret);
        if known && !names.iter().any(|other| other == name) {
            names.push(name.to_owned());
        }
    };
    for name in columns {
        add(name);
        if let Some(Field { field_type: FieldType::Reference(reference), .. }) = resource.field(name) {
            reference.label.iter().for_each(|label| add(label));
        }
    }
    names
}

/// Writes parts of a file, one after the other.
#[derive(Debug, Clone)]
pub struct Writer {
    format: Format,
    fields: Vec<Field>,
    is_begun: bool,
}

impl Writer {
    /// For these fields of the resource.
    pub fn new(format: Format, resource: &Resource, names: &[String]) -> Self {
        let fields = names.iter().filter_map(|name| resource.field(name)).filter(|field| !field.secret);
        Self { format, fields: fields.cloned().collect(), is_begun: false }
    }

    /// What stands before the first record. `mark`: a byte order mark for spreadsheets.
    pub fn head(&self, mark: bool) -> String {
        match self.format {
            Format::Csv => {
                let mut text = if mark { "\u{feff}".to_owned() } else { String::new() };
                push_line(&mut text, self.fields.iter().map(|field| Cell::Text(field.name.clone())));
                text
            }
            Format::Json => "[".to_owned(),
        }
    }

    /// Some records.
    pub fn part(&mut self, records: impl IntoIterator<Item = impl Borrow<Record>>) -> String {
        let mut text = String::new();
        for record in records {
            let record = record.borrow();
            match self.format {
                Format::Csv => {
                    push_line(
                        &mut text,
                        self.fields.iter().map(|field| cell(field, record.get(&field.name))),
                    );
                }
                Format::Json => {
                    text.push_str(if self.is_begun { ",\n" } else { "\n" });
                    text.push_str(&Value::Object(self.object(record)).to_string());
                }
            }
            self.is_begun = true;
        }
        text
    }

    /// What stands after the last record.
    pub fn tail(&self) -> &'static str {
        match self.format {
            Format::Csv => "",
            Format::Json => "\n]\n",
        }
    }

    /// A record as the box sent it, in the order of the fields. What the console has brought to the top goes back to where
    /// it came from.
    fn object(&self, record: &Record) -> Map<String, Value> {
        let mut object = Map::new();
        for field in &self.fields {
            match (field.at.split_first(), record.get(&field.name)) {
                (None, Some(value)) => {
                    object.insert(field.name.clone(), without_secrets(field, value));
                }
                (Some((first, rest)), Some(value)) => {
                    let member = object.entry(first.clone()).or_insert_with(|| Value::Object(Map::new()));
                    put(member, rest, without_secrets(field, value));
                }
                (_, None) => {}
            }
        }
        object
    }
}

/// Puts a value into an object at a path.
fn put(object: &mut Value, path: &[String], value: Value) {
    match (object, path.split_first()) {
        (Value::Object(members), Some((first, rest))) => {
            put(members.entry(first.clone()).or_insert_with(|| Value::Object(Map::new())), rest, value);
        }
        (place, None) => *place = value,
        // The box has something else there, which came with a field of its own.
        (_, Some(_)) => {}
    }
}

/// A value as a cell: amounts of data in bytes, times in UTC, whatever has parts as JSON.
fn cell(field: &Field, value: Option<&Value>) -> Cell {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Cell::Empty };
    match (&field.field_type, value) {
        (FieldType::Bytes(unit), Value::Number(number)) => {
            match number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)) {
                Some(count) => Cell::Number((count * i128::from((*unit).max(1))).to_string()),
                None => Cell::Number(number.to_string()),
            }
        }
        // No system was there at the epoch: zero says "never".
        (FieldType::Timestamp(_), Value::Number(number)) if number.as_i64() == Some(0) => Cell::Empty,
        (FieldType::Timestamp(_), value) if !field.is_none(Some(value)) => {
            Cell::Text(input::edit_text(field, value))
        }
        (FieldType::Timestamp(_), _) => Cell::Empty,
        (_, Value::Number(number)) => Cell::Number(number.to_string()),
        (_, Value::Array(_) | Value::Object(_)) => Cell::Text(without_secrets(field, value).to_string()),
        (_, value) => Cell::Text(value_text(value).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn resource() -> Resource {
        serde_json::from_value(json!({
            "id": "volumes", "title": "Volumes", "singular": "volume", "area": "a", "operations": [],
            "fields": [
                { "name": "name", "label": "Name" },
                { "name": "size", "label": "Size", "type": { "bytes": 512 } },
                { "name": "at", "label": "At", "type": { "timestamp": "ms" } },
                { "name": "pool_id", "label": "Pool", "type": { "reference": { "resource": "pools", "label": "pool_name" } } },
                { "name": "pool_name", "label": "Pool name" },
                { "name": "password", "label": "Password", "secret": true },
                { "name": "chap", "label": "CHAP", "type": { "object": [
                    { "name": "user", "label": "User" }, { "name": "word", "label": "Word", "secret": true }
                ] } },
                { "name": "issuer", "label": "Issuer", "at": ["certificate", "issuer"] },
                { "name": "flag", "label": "Flag", "type": "boolean" }
            ]
        }))
        .expect("a resource")
    }

    fn record() -> Record {
        let value = json!({
            "name": "=db", "size": 18_014_398_509_481_985_u64, "at": 1000, "pool_id": 7, "pool_name": "gold",
            "password": "geheim", "chap": { "user": "u", "word": "geheim" },
            "certificate": { "issuer": "CA" }, "issuer": "CA", "flag": true
        });
        let Value::Object(members) = value else { unreachable!("an object") };
        Record(members)
    }

    fn all(resource: &Resource) -> Vec<String> {
        resource.fields.iter().map(|field| field.name.clone()).collect()
    }

    #[test]
    fn references_bring_their_names_and_secrets_never_come() {
        let columns = ["pool_id", "password", "name", "pool_name"].map(str::to_owned);
        assert_eq!(with_names(&resource(), &columns), ["pool_id", "pool_name", "name"]);
    }

    #[test]
    fn lines_are_exact() {
        let resource = resource();
        let mut writer = Writer::new(Format::Csv, &resource, &all(&resource));
        assert_eq!(writer.head(true), "\u{feff}name,size,at,pool_id,pool_name,chap,issuer,flag\r\n");
        assert_eq!(
            writer.part([&record()]),
            "'=db,9223372036854776320,1970-01-01T00:00:01Z,7,gold,\"{\"\"user\"\":\"\"u\"\"}\",CA,true\r\n"
                .replace("9223372036854776320", &(18_014_398_509_481_985_i128 * 512).to_string())
        );
        assert_eq!(writer.part([&Record::default()]), ",,,,,,,\r\n");
        assert_eq!(writer.tail(), "");
    }

    #[test]
    fn json_is_what_the_box_sends_without_secrets() {
        let resource = resource();
        let mut writer = Writer::new(Format::Json, &resource, &all(&resource));
        let text = [
            writer.head(false),
            writer.part([&record()]),
            writer.part([&record()]),
            writer.tail().to_owned(),
        ]
        .concat();
        assert!(!text.contains("geheim"));
        let list: Vec<Value> = serde_json::from_str(&text).expect("JSON");
        assert_eq!(list.len(), 2);
        let mut expected = Value::Object(record().0);
        let members = expected.as_object_mut().expect("an object");
        members.remove("password");
        members.remove("issuer");
        members.insert("chap".to_owned(), json!({ "user": "u" }));
        assert_eq!(list[0], expected);
        let empty = Writer::new(Format::Json, &resource, &all(&resource));
        assert_eq!(
            serde_json::from_str::<Value>(&[empty.head(true).as_str(), empty.tail()].concat()).expect("JSON"),
            json!([])
        );
    }
}
