//! Objects of one kind inside a value, as a small table: what many lines per object would hide shows side by side.

use boxdeck_catalog::{Field, FieldType};
use boxdeck_dialect::Record;
use leptos::prelude::*;
use serde_json::{Map, Value};

use super::{Setting, inline, is_simple};

/// Columns from which on lines are easier to read.
const MOST_COLUMNS: usize = 12;

/// One row: the key in a map, and the members.
type Row<'a> = (Option<&'a str>, &'a Map<String, Value>);

/// The items of a list or of a map as a table; `None` where they are no plain objects that the catalog describes.
pub(super) fn table(setting: &Setting, field: &Field, value: &Value) -> Option<AnyView> {
    let (FieldType::List(item) | FieldType::Map(item)) = &field.field_type else { return None };
    let FieldType::Object(fields) = &**item else { return None };
    let rows = rows(value)?;
    let columns = columns(fields, &rows)?;
    let keys = has_own_keys(&columns, &rows);
    let heads = columns.iter().map(|column| {
        view! { <th scope="col" class:num=column.field_type.is_number()>{column.label.clone()}</th> }
    });
    let lines = rows.iter().map(|(key, members)| {
        let record = Record((*members).clone());
        let cells = columns.iter().map(|column| {
            let value = inline(setting, column, record.get(&column.name), &record);
            view! { <td class:num=column.field_type.is_number()>{value}</td> }
        });
        let key = key.filter(|_| keys).map(|key| view! { <th scope="row">{key.to_owned()}</th> });
        view! { <tr>{key}{cells.collect_view()}</tr> }
    });
    let corner = keys.then(|| view! { <td></td> });
    Some(
        view! {
            <div class="value-table" tabindex="0" role="group" aria-label=field.label.clone()>
                <table>
                    <thead><tr>{corner}{heads.collect_view()}</tr></thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any(),
    )
}

fn rows(value: &Value) -> Option<Vec<Row<'_>>> {
    let rows: Option<Vec<Row<'_>>> = match value {
        Value::Array(items) => items.iter().map(|item| Some((None, item.as_object()?))).collect(),
        Value::Object(members) => {
            members.iter().map(|(key, item)| Some((Some(key.as_str()), item.as_object()?))).collect()
        }
        _ => None,
    };
    rows.filter(|rows| !rows.is_empty())
}

/// The described fields that some row has. `None` where there is more to a row than fits into a cell.
fn columns<'a>(fields: &'a [Field], rows: &[Row<'_>]) -> Option<Vec<&'a Field>> {
    let fits = |field: &Field| match &field.field_type {
        FieldType::List(item) => is_simple(item),
        kind => is_simple(kind) && *kind != FieldType::Pem,
    };
    let is_known = |name: &str| fields.iter().any(|field| field.name == name);
    if rows.iter().any(|(_, members)| members.keys().any(|name| !is_known(name))) {
        return None;
    }
    let is_there = |value: &Value| !value.is_null();
    let has = |field: &&Field| rows.iter().any(|(_, row)| row.get(&field.name).is_some_and(is_there));
    let columns: Vec<&Field> = fields.iter().filter(has).collect();
    let is_table = (2..=MOST_COLUMNS).contains(&columns.len()) && columns.iter().all(|field| fits(field));
    is_table.then_some(columns)
}

/// Whether the keys of a map say something that no column does.
fn has_own_keys(columns: &[&Field], rows: &[Row<'_>]) -> bool {
    let says = |field: &&&Field| {
        rows.iter().all(|(key, members)| members.get(&field.name).and_then(Value::as_str) == *key)
    };
    rows.iter().any(|(key, _)| key.is_some()) && !columns.iter().any(|field| says(&field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(names: &[(&str, FieldType)]) -> Vec<Field> {
        let field = |(name, kind): &(&str, FieldType)| Field {
            name: (*name).to_owned(),
            field_type: kind.clone(),
            ..Field::default()
        };
        names.iter().map(field).collect()
    }

    fn names(fields: &[Field], value: &Value) -> Option<Vec<String>> {
        let rows = rows(value)?;
        let columns = columns(fields, &rows)?;
        Some(columns.iter().map(|field| field.name.clone()).collect())
    }

    #[test]
    fn plain_objects_have_columns() {
        let known = fields(&[("a", FieldType::Text), ("b", FieldType::Integer), ("c", FieldType::Text)]);
        assert_eq!(names(&known, &json!([{"a": "x", "b": 1}, {"b": 2}])), Some(vec!["a".into(), "b".into()]));
        assert_eq!(names(&known, &json!({"k": {"a": "x", "c": "y"}})), Some(vec!["a".into(), "c".into()]));
        // One column is a list; what the catalog does not know may be anything; so may an object inside.
        for value in [json!([{"a": "x"}]), json!([{"a": "x", "b": 1, "z": 1}]), json!([7]), json!([])] {
            assert_eq!(names(&known, &value), None, "{value}");
        }
        let deep = fields(&[("a", FieldType::Text), ("b", FieldType::Json)]);
        assert_eq!(names(&deep, &json!([{"a": "x", "b": {}}])), None);
    }

    #[test]
    fn a_key_that_a_column_repeats_is_not_told_twice() {
        let known = fields(&[("a", FieldType::Text), ("b", FieldType::Integer)]);
        let own = |value: &Value| {
            let rows = rows(value).expect("rows");
            has_own_keys(&columns(&known, &rows).expect("columns"), &rows)
        };
        assert!(!own(&json!({"x": {"a": "x", "b": 1}})));
        assert!(own(&json!({"x": {"a": "y", "b": 1}})));
        assert!(!own(&json!([{"a": "y", "b": 1}])));
    }
}
