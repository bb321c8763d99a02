//! Which columns a list shows, in which order, and how a column looks.

use boxdeck_catalog::{Field, FieldType, Resource};
use boxdeck_dialect::{Query, Record};

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
            T::Integer
            | T::Number
            | T::Bytes(_)
            | T::Percent
            | T::Fraction
            | T::Ratio
            | T::BitRate
            | T::Duration(_) => Self::Amount,
            T::Timestamp(_) | T::DateTime => Self::Time,
            T::Enum(_) => Self::State,
            T::Boolean => Self::Flag,
            _ => Self::Text,
        }
    }

    /// Width in rem that the column has before a person resizes it.
    pub const fn width(self) -> f64 {
        match self {
            Self::Name => 16.0,
            Self::Text => 12.0,
            Self::Amount => 8.0,
            Self::Time | Self::State => 9.5,
            Self::Flag => 8.5,
        }
    }
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

/// The columns of a list: those of the query, else the resource's own. What names the record comes first.
pub fn chosen<'a>(resource: &'a Resource, query: &Query) -> Vec<&'a Field> {
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
    let fields = find(&query.columns);
    if fields.is_empty() { find(&default_columns(resource)) } else { fields }
}

/// The columns as a query holds them: nothing where they are the resource's own.
pub fn stored(resource: &Resource, columns: Vec<String>) -> Vec<String> {
    if columns == default_columns(resource) { Vec::new() } else { columns }
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
    record
        .text(resource.name_field())
        .filter(|name| !name.is_empty())
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
        let query = Query { columns: strings(&["size", "colour", "key", "size", "id"]), ..Query::default() };
        assert_eq!(names(&chosen(&resource, &query)), ["size", "id"]);
        let query = Query { columns: strings(&["colour"]), ..Query::default() };
        assert_eq!(names(&chosen(&resource, &query)), ["name", "size"]);
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
        assert!(stored(&resource(), columns).is_empty());
    }

    #[test]
    fn what_names_the_record_comes_first() {
        let resource = resource();
        let query = |names: &[&str]| Query { columns: strings(names), ..Query::default() };
        assert_eq!(names(&chosen(&resource, &query(&["size", "name", "id"]))), ["name", "size", "id"]);
        assert_eq!(names(&chosen(&resource, &query(&["size", "id"]))), ["size", "id"]);
    }
}
