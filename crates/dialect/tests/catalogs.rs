//! The shipped catalogs and the dialects fit together: every operation of every kind that a dialect speaks becomes a request
//! with a complete address.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use boxdeck_catalog::{Catalog, Field, FieldType, Operation, OperationKind, Resource, Settable, Source};
use boxdeck_dialect::{
    Context, Inputs, ListTarget, PartContent, Query, Record, Session, build, dialect, input_fields,
};
use serde_json::{Map, Value, json};

fn catalogs() -> Vec<Catalog> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
    boxdeck_catalog::load::load_dir(&folder).expect("catalogs that load")
}

/// Some value of a type that a field with its bounds accepts.
fn sample(field: &Field) -> Value {
    use FieldType as T;
    if let Some(default) = field.default.as_ref().or(field.none.as_ref()) {
        return default.clone();
    }
    let least = || field.min.clone().unwrap_or_else(|| json!(field.multiple_of.unwrap_or(1)));
    match &field.field_type {
        T::Text | T::Multiline | T::Pem | T::File(_) => {
            let (least, greatest) = field.length.unwrap_or((1, 8));
            json!("x".repeat(usize::try_from(least.max(1).min(greatest)).expect("a length")))
        }
        T::Integer | T::Bytes(_) | T::BitRate | T::Duration(_) | T::Timestamp(_) => match field.multiple_of {
            Some(step) => {
                let least = field.min.as_ref().and_then(Value::as_u64).unwrap_or(step);
                json!(least.div_ceil(step) * step)
            }
            None => least(),
        },
        T::Number | T::Percent | T::Fraction | T::Ratio => least(),
        T::Boolean => json!(true),
        T::DateTime => json!("2026-03-31T12:00:00Z"),
        T::LocalTime => json!("2026-03-31T12:00:00"),
        T::Gmt(stamp) => json!(stamp.wire(stamp.example())),
        T::Enum(choices) => choices.first().map_or(json!("x"), |choice| json!(choice.value)),
        T::Reference(_) => json!(1),
        T::Object(fields) => {
            Value::Object(samples(fields.iter().filter(|field| field.create == Settable::Required)))
        }
        T::List(item) => {
            let item = Field { field_type: (**item).clone(), ..Field::default() };
            let count = field.length.map_or(1, |(least, _)| least.max(1));
            let mut items: Vec<Value> = (0..count).map(|_| sample(&item)).collect();
            if let (Some(last), Some(Value::Object(members))) = (&field.last, items.last_mut()) {
                members.insert(last.field.clone(), last.is.clone());
            }
            Value::Array(items)
        }
        T::Map(inner) => json!({"key": sample(&Field { field_type: (**inner).clone(), ..Field::default() })}),
        T::Json => json!({}),
        T::Email => json!("kim@example.net"),
        T::Address => json!("192.0.2.7"),
        T::TimeZone => json!("Europe/Berlin"),
    }
}

fn samples<'a>(fields: impl Iterator<Item = &'a Field>) -> Map<String, Value> {
    fields.map(|field| (field.name.clone(), sample(field))).collect()
}

/// A record with everything that an operation can take from it.
fn record(resource: &Resource, operation: &Operation) -> Record {
    let mut record = samples(resource.fields.iter());
    for key in &resource.key {
        record.insert(key.clone(), json!(7));
    }
    for parameter in &operation.parameters {
        if let Source::Record(field) = &parameter.from {
            record.entry(field.clone()).or_insert_with(|| json!(7));
        }
    }
    Record(record)
}

/// Every input of an operation, different from what the record holds.
fn inputs(resource: &Resource, operation: &Operation, record: &mut Record) -> Inputs {
    use boxdeck_dialect::InputPlace as P;
    let mut inputs = Inputs::default();
    for input in input_fields(resource, operation) {
        let field = input.described();
        let name = field.name.clone();
        let value = sample(&field);
        if operation.kind == OperationKind::Update && !resource.key.contains(&name) {
            record.0.remove(&name);
        }
        match input.place {
            P::Parameter => drop(inputs.parameters.insert(name, value)),
            P::Body => drop(inputs.body.insert(name, value)),
            P::File => {
                let file = PartContent::File { handle: 1, name: "file".to_owned(), size: 1 };
                inputs.files.insert(name, file);
            }
        }
    }
    inputs
}

#[test]
fn every_operation_becomes_a_request() {
    let session = Session::default();
    let mut faults = Vec::new();
    let mut count = 0;
    for catalog in &catalogs() {
        let Some(dialect) = dialect(&catalog.kind.dialect) else { continue };
        let context = Context { catalog, session: &session };
        for (resource, operation) in catalog.operations() {
            count += 1;
            let request = match operation.kind {
                OperationKind::List => {
                    let target = ListTarget { resource, operation, parent: Some("7") };
                    let terms = input_fields(resource, operation).into_iter().filter(|input| input.required);
                    let filter = terms.map(|input| boxdeck_dialect::Term {
                        field: input.field.name.clone(),
                        operator: boxdeck_catalog::Operator::Eq,
                        values: vec!["7".to_owned()],
                    });
                    let query = Query { filter: filter.collect(), ..Query::default() };
                    dialect.list(context, target, &query)
                }
                OperationKind::Get => dialect.get(context, resource, operation, Some("7"), "7~8~9"),
                _ => {
                    let mut record = record(resource, operation);
                    let inputs = inputs(resource, operation, &mut record);
                    match build(
                        dialect,
                        context,
                        resource,
                        operation,
                        Some(&record),
                        Some("7"),
                        None,
                        &inputs,
                    ) {
                        Ok(plan) => plan.steps.first().expect("a step").request.clone(),
                        Err(found) => {
                            faults.push(format!("{}: {found:?}", operation.id));
                            continue;
                        }
                    }
                }
            };
            let complete = request.path.starts_with('/') && !request.path.contains(['{', '}']);
            if !complete || request.path.contains("//") {
                faults.push(format!("{}: {} lacks a part", operation.id, request.path));
            }
        }
    }
    assert!(count > 0, "no catalog has a dialect");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
