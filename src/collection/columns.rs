//! Which columns a list shows, in which order, and how a column looks.

pub mod dialog;
pub mod kept;
pub mod tools;

use boxdeck_catalog::{Field, FieldType, Resource, Tone};
use boxdeck_dialect::Record;

use crate::value::link;

/// Columns of a list whose catalog names none.
const DEFAULT_COLUMNS: usize = 8;

/// How much room a column asks for, and how its values stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// What names the record: the widest.
    Name,
    /// Text, references and lists.
    Text,
    /// Amounts: right-aligned, so that digits stand below each other.
    Amount,
    /// Points in time.
    Time,
    /// A state or a choice.
    State,
    /// Yes or no.
    Flag,
}

impl Layout {
    /// How the values of a field stand.
    pub const fn of(field: &Field) -> Self {
        use FieldType as T;
        match &field.field_type {
            T::Timestamp(_) | T::DateTime => Self::Time,
            T::Enum(_) => Self::State,
            T::Boolean => Self::Flag,
            kind if kind.is_number() => Self::Amount,
            _ => Self::Text,
        }
    }
}

/// Room that a letter takes in a cell and in a header, in rem; the average of common fonts.
const LETTER: f64 = 0.45;
/// See [`LETTER`].
const HEADER_LETTER: f64 = 0.42;
/// Padding of a cell, in rem.
const PADDING: f64 = 1.25;
/// What a header holds besides its words: padding, and the sign of the order.
const HEADER_EXTRA: f64 = 3.0;
/// What a mark beside a state takes.
const MARK: f64 = 1.0;
/// Headers and states that are longer are cut off.
const LONGEST: f64 = 12.0;

/// Width in rem that the column of a field has before a person resizes it: what its values and its header usually take.
pub fn width(field: &Field, layout: Layout) -> f64 {
    let letters = |text: &str| text.chars().count() as f64;
    let values = match (layout, &field.field_type) {
        (Layout::Name, _) => 15.0,
        (Layout::Text, _) => 9.5,
        // The amount, and the bar that shows its share.
        (Layout::Amount, _) if field.of.is_some() => 10.5,
        (Layout::Amount, _) => 6.5,
        (Layout::Time, _) => 7.5,
        (Layout::State, FieldType::Enum(choices)) => {
            let longest = choices.iter().map(|choice| letters(&choice.label)).fold(0.0, f64::max);
            let mark = if choices.iter().any(|choice| choice.tone != Tone::Plain) { MARK } else { 0.0 };
            (longest * LETTER + PADDING + mark).clamp(5.5, LONGEST)
        }
        (Layout::State | Layout::Flag, _) => 4.5,
    };
    let header = (letters(&field.label) * HEADER_LETTER + HEADER_EXTRA).min(LONGEST);
    (values.max(header) * 4.0).ceil() / 4.0
}

/// Width in rem that such a column gets by with where the list has not room for all: names and texts are cut off earlier than
/// usual, and bars are shorter. Its header stays whole.
pub fn least_width(field: &Field, layout: Layout) -> f64 {
    let values: f64 = match layout {
        Layout::Name => 11.0,
        Layout::Text => 7.0,
        Layout::Amount if field.of.is_some() => 8.5,
        _ => return width(field, layout),
    };
    let header = (field.label.chars().count() as f64 * HEADER_LETTER + HEADER_EXTRA).min(LONGEST);
    values.max(header).min(width(field, layout))
}

/// Fields that can be columns: all but secrets.
pub fn available(resource: &Resource) -> impl Iterator<Item = &Field> {
    resource.fields.iter().filter(|field| !field.secret)
}

/// Names of the columns that a list has before a person chooses.
pub fn default_columns(resource: &Resource) -> Vec<String> {
    if resource.columns.is_empty() {
        available(resource).take(DEFAULT_COLUMNS).map(|field| field.name.clone()).collect()
    } else {
        resource.columns.clone()
    }
}

/// The columns of a list: those that are wanted, else the resource's own. What names the record comes first.
pub fn chosen<'a>(resource: &'a Resource, wanted: &[String]) -> Vec<&'a Field> {
    let find = |names: &[String]| -> Vec<&'a Field> {
        let mut fields: Vec<&Field> = Vec::new();
        for name in names {
            match resource.field(name) {
                Some(field) if !field.secret && !fields.iter().any(|other| other.name == field.name) => {
                    fields.push(field)
                }
                _ => {}
            }
        }
        // A stable sort: the others keep their order.
        fields.sort_by_key(|field| field.name != resource.name_field());
        fields
    };
    let fields = find(wanted);
    if fields.is_empty() { find(&default_columns(resource)) } else { fields }
}

/// The columns as a query holds them: nothing where they are those that the list has before a person chooses.
pub fn stored(default: &[String], columns: Vec<String>) -> Vec<String> {
    if columns == default { Vec::new() } else { columns }
}

/// Shows a column (as the last one) or hides it. The last one left stays: a list without columns shows nothing.
pub fn toggled(columns: &[String], name: &str) -> Vec<String> {
    let mut columns = columns.to_vec();
    match columns.iter().position(|column| column == name) {
        Some(place) if columns.len() > 1 => {
            columns.remove(place);
        }
        Some(_) => {}
        None => columns.push(name.to_owned()),
    }
    columns
}

/// Moves a column one place towards the front or the back.
pub fn moved(columns: &[String], name: &str, forward: bool) -> Vec<String> {
    let mut columns = columns.to_vec();
    if let Some(place) = columns.iter().position(|column| column == name) {
        let other = if forward {
            place.checked_sub(1)
        } else {
            Some(place + 1).filter(|other| *other < columns.len())
        };
        if let Some(other) = other {
            columns.swap(place, other);
        }
    }
    columns
}

/// What names a record to a person: its name, else its key.
pub fn record_name(resource: &Resource, record: &Record) -> String {
    link::name_text(resource, record)
        .or_else(|| record.key(resource))
        .unwrap_or_else(|| resource.singular.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource() -> Resource {
        serde_json::from_value(serde_json::json!({
            "id": "volumes", "title": "Volumes", "singular": "volume", "area": "storage", "name": "name",
            "columns": ["name", "size"], "operations": [],
            "fields": [
                { "name": "id", "label": "ID", "type": "integer" },
                { "name": "name", "label": "Name" },
                { "name": "size", "label": "Size", "type": { "bytes": 1 } },
                { "name": "key", "label": "Key", "secret": true }
            ]
        }))
        .expect("a resource")
    }

    fn names(columns: &[&Field]) -> Vec<String> {
        columns.iter().map(|field| field.name.clone()).collect()
    }

    fn strings(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn unknown_secret_and_doubled_columns_are_left_out() {
        let resource = resource();
        let wanted = strings(&["size", "colour", "key", "size", "id"]);
        assert_eq!(names(&chosen(&resource, &wanted)), ["size", "id"]);
        assert_eq!(names(&chosen(&resource, &strings(&["colour"]))), ["name", "size"]);
    }

    #[test]
    fn columns_are_shown_hidden_and_moved() {
        let columns = strings(&["name", "size"]);
        assert_eq!(toggled(&columns, "id"), ["name", "size", "id"]);
        assert_eq!(toggled(&columns, "name"), ["size"]);
        assert_eq!(toggled(&strings(&["name"]), "name"), ["name"]);
        assert_eq!(moved(&columns, "size", true), ["size", "name"]);
        assert_eq!(moved(&columns, "name", true), columns);
        assert_eq!(moved(&columns, "size", false), columns);
        assert!(stored(&default_columns(&resource()), columns).is_empty());
    }

    #[test]
    fn what_names_the_record_comes_first() {
        let resource = resource();
        assert_eq!(names(&chosen(&resource, &strings(&["size", "name", "id"]))), ["name", "size", "id"]);
        assert_eq!(names(&chosen(&resource, &strings(&["size", "id"]))), ["size", "id"]);
    }

    #[test]
    fn columns_are_as_wide_as_values_and_headers_usually_are() {
        let resource = resource();
        let wide = |name: &str| resource.field(name).map(|field| width(field, Layout::of(field)));
        assert_eq!(wide("size"), Some(6.5));
        assert_eq!(wide("name"), Some(9.5));
        let long = Field { label: "A header of very many words indeed".into(), ..Field::default() };
        assert_eq!(width(&long, Layout::Flag), LONGEST);
    }
}
