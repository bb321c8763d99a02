//! The catalogs ask for what the documents name: every field of a body, part of an upload and parameter, mandatory where the
//! documents say so, with every documented value. The facts are in the last cell of a row in `tests/facts/`:
//! `body.role*{ADMIN|READ_ONLY} query.limit path.name part.file`, where `*` marks what is needed.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking, and so do its helpers")]

use boxdeck_catalog::{
    Body, BodyField, Catalog, Field, FieldType, Operation, Place, Resource, Settable, load::load_dir,
};
use std::path::Path;

/// One documented input.
struct Input<'a> {
    /// `path`, `query`, `header`, `body` or `part`.
    place: &'a str,
    /// Names from the outermost field to the one that is meant.
    names: Vec<&'a str>,
    is_needed: bool,
    values: Vec<&'a str>,
}

fn inputs(cell: &str) -> Vec<Input<'_>> {
    cell.split(' ')
        .filter(|text| !text.is_empty())
        .map(|text| {
            let (text, values) = text.split_once('{').unwrap_or((text, ""));
            let values = values.trim_end_matches('}').split('|').filter(|value| !value.is_empty()).collect();
            let (place, name) = text.split_once('.').unwrap_or_else(|| panic!("{text} has no place"));
            let is_needed = name.ends_with('*');
            Input { place, names: name.trim_end_matches('*').split('.').collect(), is_needed, values }
        })
        .collect()
}

/// A field of a body with whether the operation cannot do without it, as the first of these bodies describes it.
fn of_body<'a>(
    resource: &'a Resource,
    operation: &'a Operation,
    name: &str,
) -> Option<(&'a Field, Settable)> {
    let own = |field: &'a Field| (field.name == name).then_some((field, field.create));
    match &operation.body {
        Body::Create => {
            resource.field(name).filter(|field| !field.create.is_no()).map(|field| (field, field.create))
        }
        Body::Update => {
            resource.field(name).filter(|field| !field.update.is_no()).map(|field| (field, field.update))
        }
        Body::Object(fields) => fields.iter().find_map(|field| match field {
            BodyField::Of(of) => resource.field(of).filter(|_| of == name).map(|field| (field, field.create)),
            BodyField::Own(field) => own(&field.field),
        }),
        Body::Multipart(fields) | Body::Form(fields) => fields.iter().find_map(own),
        Body::Value(field) | Body::Array(field) | Body::Map(field) => own(field),
        Body::None => None,
    }
}

/// The field of an input in one operation.
fn found<'a>(
    resource: &'a Resource,
    operation: &'a Operation,
    input: &Input<'_>,
) -> Option<(&'a Field, Settable)> {
    let (name, inner) = input.names.split_first()?;
    let place = match input.place {
        "path" => Some(Place::Path),
        "query" => Some(Place::Query),
        "header" => Some(Place::Header),
        _ => None,
    };
    let (mut field, settable) = match place {
        None => of_body(resource, operation, name)?,
        Some(place) => {
            let mut parameters = operation.parameters.iter();
            match parameters.find(|parameter| parameter.place == place && parameter.field.name == *name) {
                Some(parameter) => (&parameter.field, parameter.field.create),
                // A placeholder takes the key of the record, and a list is asked by the fields that it filters by.
                None if place == Place::Path => (
                    resource.field(name).filter(|_| resource.key.iter().any(|key| key == name))?,
                    Settable::Required,
                ),
                None => (
                    resource.fields.iter().find(|field| {
                        field.filter_as.as_deref().unwrap_or(&field.name) == *name && !field.filter.is_no()
                    })?,
                    Settable::Optional,
                ),
            }
        }
    };
    for name in inner {
        let FieldType::Object(fields) = &field.field_type else { return None };
        field = fields.iter().find(|field| field.name == *name)?;
    }
    Some((field, settable))
}

/// The values that a field or the items of a list can have.
fn values(field_type: &FieldType) -> Vec<&str> {
    match field_type {
        FieldType::Enum(choices) => choices.iter().map(|choice| choice.value.as_str()).collect(),
        FieldType::List(item) => values(item),
        _ => Vec::new(),
    }
}

/// What a catalog lacks of a row.
fn missing(catalog: &Catalog, row: &str) -> Vec<String> {
    let cells: Vec<_> = row.split('\t').collect();
    let [_, _, _, id, .., cell] = cells[..] else { panic!("too few cells: {row}") };
    let operation = catalog.operations().find(|(_, operation)| operation.id == id);
    let Some((resource, operation)) = operation else { return vec![format!("{id} is not described")] };
    let mut missing = Vec::new();
    for input in inputs(cell) {
        let name = input.names.join(".");
        let Some((field, settable)) = found(resource, operation, &input) else {
            missing.push(format!("{id} does not ask for {name}"));
            continue;
        };
        let needs = settable == Settable::Required && field.when.is_empty();
        if input.is_needed && !needs && input.place != "path" {
            missing.push(format!("{id} does without {name}"));
        }
        let known = values(&field.field_type);
        for value in input.values.iter().filter(|value| !known.contains(value)) {
            missing.push(format!("{id} does not know {name}={value}"));
        }
        // A field of the resource says it for reading; a form says it for the person.
        if field.help.is_empty() && input.place != "path" {
            missing.push(format!("{id} does not explain {name}"));
        }
    }
    missing
}

#[test]
fn every_documented_input_is_asked_for() {
    let catalogs = load_dir(Path::new("../../catalogs")).expect("the catalogs are read");
    let text = include_str!("../../../tests/facts/vss-block.tsv");
    let catalog =
        catalogs.iter().find(|catalog| catalog.kind.id == "vss-block").expect("the kind has a catalog");
    let faults: Vec<_> = text.lines().skip(1).flat_map(|row| missing(catalog, row)).collect();
    assert!(faults.is_empty(), "{} lacking:\n{}", faults.len(), faults.join("\n"));
}
