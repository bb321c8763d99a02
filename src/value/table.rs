//! Objects of one kind inside a value, as a small table: what many lines per object would hide shows side by side.

use boxdeck_catalog::{Field, FieldType, lift};
use boxdeck_dialect::Record;
use leptos::prelude::*;
use serde_json::{Map, Value};

use super::{Setting, inline, is_simple, is_source};

/// Columns from which on lines are easier to read.
const MOST_COLUMNS: usize = 12;

/// One row: the key in a map, and the members, with those that the fields look for inside others at the top.
type Row<'a> = (Option<&'a str>, Map<String, Value>);

/// The items of a list or of a map as a table; `None` where they are no plain objects that the catalog describes.
pub(super) fn table(setting: &Setting, field: &Field, value: &Value) -> Option<AnyView> {
    let (FieldType::List(item) | FieldType::Map(item)) = &field.field_type else { return None };
    let FieldType::Object(fields) = &**item else { return None };
    let rows = rows(value, fields)?;
    let columns = columns(fields, &rows)?;
    let keys = has_own_keys(&columns, &rows);
    let heads = columns.iter().map(|column| {
        view! { <th scope="col" class:num=column.field_type.is_number()>{column.label.clone()}</th> }
    });
    let lines = rows.iter().map(|(key, members)| {
        let record = Record(members.clone());
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

/// The rows of a value. `None` where they are no objects, or hold what the fields do not describe: that may be anything.
fn rows<'a>(value: &'a Value, fields: &[Field]) -> Option<Vec<Row<'a>>> {
    let row = |item: &Value| {
        let mut members = item.as_object()?.clone();
        let is_known = |name: &String| fields.iter().any(|field| is_source(field, name));
        members.keys().all(is_known).then(|| lift(fields, &mut members))?;
        Some(members)
    };
    let rows: Option<Vec<Row<'_>>> = match value {
        Value::Array(items) => items.iter().map(|item| Some((None, row(item)?))).collect(),
        Value::Object(members) => {
            members.iter().map(|(key, item)| Some((Some(key.as_str()), row(item)?))).collect()
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
    let is_there = |value: &Value| !value.is_null();
    let has = |field: &&Field| rows.iter().any(|(_, row)| row.get(&field.name).is_some_and(is_there));
    let columns: Vec<&Field> = fields.iter().filter(has).collect();
    // A name that a reference beside it is told by is not told twice.
    let names = |field: &Field| match &field.field_type {
        FieldType::Reference(reference) => reference.label.clone(),
        _ => None,
    };
    let told: Vec<String> = columns.iter().filter_map(|field| names(field)).collect();
    let columns: Vec<&Field> = columns.into_iter().filter(|field| !told.contains(&field.name)).collect();
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
    use boxdeck_catalog::Reference;
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
        let rows = rows(value, fields)?;
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
    fn values_inside_others_are_columns_too() {
        let mut known = fields(&[("name", FieldType::Text), ("state", FieldType::Text)]);
        known[0].at = vec!["object".to_owned(), "name".to_owned()];
        let value = json!([{"object": {"name": "x", "id": 7}, "state": "done"}, {"state": "late"}]);
        assert_eq!(names(&known, &value), Some(vec!["name".into(), "state".into()]));
        assert_eq!(rows(&value, &known).expect("rows")[0].1["name"], json!("x"));
        assert_eq!(names(&known, &json!([{"object": {"name": "x"}, "other": 1}])), None);
    }

    #[test]
    fn a_name_beside_its_reference_is_no_column() {
        let to = |label: &str| {
            let reference = Reference {
                resource: "objects".to_owned(),
                label: Some(label.to_owned()),
                ..Reference::default()
            };
            FieldType::Reference(reference)
        };
        let known = fields(&[("id", to("name")), ("name", FieldType::Text), ("state", FieldType::Text)]);
        let value = json!([{"id": 7, "name": "x", "state": "done"}]);
        assert_eq!(names(&known, &value), Some(vec!["id".into(), "state".into()]));
    }

    #[test]
    fn a_key_that_a_column_repeats_is_not_told_twice() {
        let known = fields(&[("a", FieldType::Text), ("b", FieldType::Integer)]);
        let own = |value: &Value| {
            let rows = rows(value, &known).expect("rows");
            has_own_keys(&columns(&known, &rows).expect("columns"), &rows)
        };
        assert!(!own(&json!({"x": {"a": "x", "b": 1}})));
        assert!(own(&json!({"x": {"a": "y", "b": 1}})));
        assert!(!own(&json!([{"a": "y", "b": 1}])));
    }
}
