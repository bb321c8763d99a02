//! What a plan concerns, and what it changes, as plain text for its dialog.

use std::borrow::Cow;

use boxdeck_catalog::input::edit_text_in;
use boxdeck_catalog::{Field, FieldType, Source};
use boxdeck_dialect::plan::secrets::MASK;
use boxdeck_dialect::{Change, Record, input_fields};
use serde_json::Value;

use super::form::Subject;
use crate::format::{self, Exact};
use crate::value::link;

/// Most facts about a record that a dialog shows besides its name.
const MOST: usize = 4;

/// A line of a change: label, old text, new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The field's label.
    pub label: String,
    /// Before; empty where there was nothing to show.
    pub old: String,
    /// After.
    pub new: String,
}

/// The fields by whose values a person recognises the record: first what the operation takes from it (the host and the
/// volume of a mapping), then its columns.
pub fn facts(subject: &Subject) -> Vec<Field> {
    let Some(record) = &subject.record else { return Vec::new() };
    let taken = subject.operation.parameters.iter().filter_map(|parameter| match &parameter.from {
        Source::Record(field) => Some(field),
        _ => None,
    });
    let is_telling = |field: &&Field| {
        field.name != subject.resource.name_field()
            && !field.secret
            && !field.is_none(record.get(&field.name))
            && !subject.resource.key.contains(&field.name)
    };
    let mut fields: Vec<Field> = Vec::with_capacity(MOST);
    for name in taken.chain(&subject.resource.columns) {
        let Some(field) = subject.resource.field(name).filter(is_telling) else { continue };
        if fields.len() < MOST && fields.iter().all(|known| known.name != field.name) {
            fields.push(field.clone());
        }
    }
    fields
}

/// The changes of a step, old and new.
pub fn lines(subject: &Subject, changes: &[Change], now: f64) -> Vec<Line> {
    let line = |change: &Change| {
        let field = field_of(subject, &change.field);
        let shown =
            |field: Option<&Field>, value: Option<&Value>, record: Option<&Record>| match (field, value) {
                _ if change.secret => value.map_or_else(String::new, |_| MASK.to_owned()),
                (_, None) => String::new(),
                (Some(field), value) => text(field, value, record, now),
                (None, Some(value)) => value.to_string(),
            };
        // What a new value means may depend on others that change with it.
        let meant = field.as_ref().map(|field| {
            field.within(|name| match changes.iter().find(|change| change.field == name) {
                Some(change) => Some(&change.new),
                None => subject.record.as_ref()?.get(name),
            })
        });
        Line {
            label: change.label.clone(),
            old: shown(field.as_ref(), change.old.as_ref(), subject.record.as_deref()),
            new: picked(subject, change).unwrap_or_else(|| shown(meant.as_deref(), Some(&change.new), None)),
        }
    };
    changes.iter().map(line).collect()
}

/// The record that was picked for a reference, by name and key.
pub fn picked(subject: &Subject, change: &Change) -> Option<String> {
    let key = boxdeck_dialect::answer::value_text(&change.new)?;
    let (.., name) = subject.names.iter().find(|(field, of, _)| *field == change.field && *of == key)?;
    Some(if *name == key { key } else { format!("{name} ({key})") })
}

/// The field that an input or a record's value of that name is described by.
pub fn field_of(subject: &Subject, name: &str) -> Option<Field> {
    let inputs = input_fields(&subject.resource, &subject.operation);
    let input = inputs.iter().find(|input| input.field.name == name);
    input.map(|input| input.described().into_owned()).or_else(|| subject.resource.field(name).cloned())
}

/// A value as plain text; a reference by its name where the record holds one.
pub fn text(field: &Field, value: Option<&Value>, record: Option<&Record>, now: f64) -> String {
    let field = &*match record {
        Some(record) => record.described(field),
        None => Cow::Borrowed(field),
    };
    match (&field.field_type, value) {
        (FieldType::Reference(reference), Some(value)) if !field.is_none(Some(value)) => match record {
            Some(record) => link::label(reference, value, record),
            None => boxdeck_dialect::answer::value_text(value).unwrap_or_default(),
        },
        (_, Some(Value::String(text))) if text.is_empty() => words::outcome::value_empty().to_owned(),
        (_, Some(Value::Null)) => words::outcome::value_none().to_owned(),
        (FieldType::Timestamp(_) | FieldType::DateTime, value) => {
            let shown = format::value(field, value, now);
            shown.exact.map_or(shown.text, Exact::text)
        }
        // What is about to be changed is told exactly, not rounded.
        (FieldType::Bytes(_) | FieldType::BitRate | FieldType::Duration(_), Some(value))
            if !field.is_none(Some(value)) =>
        {
            edit_text_in(field, value, format::notation())
        }
        _ => format::value(field, value, now).text,
    }
}
