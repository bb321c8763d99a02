//! The catalog of IBM Backup and Recovery holds every field and every value of the documented requests: those of the query and
//! of the headers, and those of the body down to the last member. `tests/facts/ibm-backup.models.tsv` holds the members.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking, and so do its helpers")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use boxdeck_catalog::{
    Body, BodyField, Catalog, Field, FieldType, Operation, Place, Resource, SecondsUnit, load::load_dir,
};

const OPERATIONS: &str = include_str!("../../../tests/facts/ibm-backup.tsv");
const MODELS: &str = include_str!("../../../tests/facts/ibm-backup.models.tsv");

/// A field of a request as the document has it.
#[derive(Clone)]
struct Documented {
    name: String,
    required: bool,
    /// Only answers hold it.
    read_only: bool,
    /// `text`, `int`, `bool`, `{a|b}` or the name of a model; with `[]` before it a list of that.
    kind: String,
}

type Models = BTreeMap<String, Vec<Documented>>;

fn models() -> Models {
    let mut models = Models::new();
    for line in MODELS.lines().skip(1) {
        let cells: Vec<_> = line.split('\t').collect();
        let [model, name, required, read_only, kind] = cells[..] else { panic!("five cells: {line}") };
        models.entry(model.to_owned()).or_default().push(Documented {
            name: name.to_owned(),
            required: required == "yes",
            read_only: read_only == "yes",
            kind: kind.to_owned(),
        });
    }
    models
}

/// The fields of a cell such as `name*:text,environments:[]{kPhysical|kSQL}`.
fn documented(cell: &str) -> Vec<Documented> {
    let fields = cell.split(',').filter(|field| !field.is_empty());
    fields
        .map(|field| {
            let (name, kind) = field.split_once(':').expect("a name and a type");
            Documented {
                name: name.trim_end_matches('*').to_owned(),
                required: name.ends_with('*'),
                read_only: false,
                kind: kind.to_owned(),
            }
        })
        .collect()
}

fn catalog() -> Catalog {
    let catalogs = load_dir(Path::new("../../catalogs")).expect("the catalogs are read");
    catalogs.into_iter().find(|catalog| catalog.kind.id == "ibm-backup").expect("the kind")
}

/// A path without the names of its placeholders.
fn shape(path: &str) -> Vec<&str> {
    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect()
}

/// Whether a type of the catalog can say everything that the documented type can; adds what it cannot.
fn compare(models: &Models, at: &str, documented: &str, described: &FieldType, missing: &mut Vec<String>) {
    use FieldType as T;
    if matches!(described, T::Json) {
        return;
    }
    if let Some(item) = documented.strip_prefix("[]") {
        match described {
            T::List(inner) => compare(models, at, item, inner, missing),
            other => missing.push(format!("{at} is a list, not {other:?}")),
        }
        return;
    }
    if let Some(values) = documented.strip_prefix('{') {
        let T::Enum(choices) = described else {
            missing.push(format!("{at} is one of {documented}, not {described:?}"));
            return;
        };
        let offered: BTreeSet<_> = choices.iter().map(|choice| choice.value.as_str()).collect();
        let known: BTreeSet<_> = values.trim_end_matches('}').split('|').collect();
        missing.extend(known.difference(&offered).map(|value| format!("{at} lacks the value {value}")));
        return;
    }
    let fits = match documented {
        "text" => {
            matches!(
                described,
                T::Text | T::Multiline | T::Email | T::Address | T::TimeZone | T::Reference(_)
            )
        }
        "int" => {
            matches!(described, T::Integer | T::Bytes(_) | T::Timestamp(_) | T::Duration(_) | T::Reference(_))
        }
        "bool" => matches!(described, T::Boolean),
        model => {
            let T::Object(fields) = described else {
                missing.push(format!("{at} is an object, not {described:?}"));
                return;
            };
            for member in &models[model] {
                let at = format!("{at}.{}", member.name);
                match fields.iter().find(|field| field.name == member.name) {
                    None if member.read_only => {}
                    None => missing.push(format!("{at} is not described")),
                    Some(field) => {
                        compare(models, &at, &member.kind, &field.field_type, missing);
                        if member.required && !member.read_only && field.create.is_no() {
                            missing.push(format!("{at} cannot be given"));
                        }
                    }
                }
            }
            return;
        }
    };
    if !fits {
        missing.push(format!("{at} holds {documented}, not {described:?}"));
    }
    check_unit(at, described, missing);
}

/// The names end in their unit, and the types have to say the same.
fn check_unit(at: &str, described: &FieldType, missing: &mut Vec<String>) {
    let name = at.rsplit('.').next().unwrap_or_default().to_lowercase();
    let unit = match described {
        FieldType::Timestamp(unit) | FieldType::Duration(unit) => *unit,
        _ => return,
    };
    let expected = [
        ("usecs", SecondsUnit::Micro),
        ("msecs", SecondsUnit::Milli),
        ("secs", SecondsUnit::Second),
        ("mins", SecondsUnit::Minute),
    ];
    let named = expected.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, unit)| *unit);
    if named.is_some_and(|named| named != unit) || name == "slaminutes" && unit != SecondsUnit::Minute {
        missing.push(format!("{at} is not counted in {unit:?}"));
    }
}

/// The types by which operations of one call take a parameter of this name.
fn parameters<'a>(calls: &[(&'a Resource, &'a Operation)], place: Place, name: &str) -> Vec<&'a FieldType> {
    let mut types = Vec::new();
    for (resource, operation) in calls {
        let own = operation.parameters.iter();
        let own = own.filter(|parameter| parameter.place == place && parameter.field.name == name);
        types.extend(own.map(|parameter| &parameter.field.field_type));
        if place == Place::Query && operation.kind == boxdeck_catalog::OperationKind::List {
            let filters = resource.fields.iter().filter(|field| !field.filter.is_no());
            let named = filters.filter(|field| {
                let term = field.filter_as.as_deref().unwrap_or(&field.name);
                term.split("..").any(|bound| bound == name)
            });
            types.extend(named.map(|field| &field.field_type));
        }
    }
    types
}

/// What a list sends by itself to page.
const PAGING: [&str; 4] = ["numRuns", "paginationCookie", "count", "subResultSize"];

fn body_types<'a>(calls: &[(&'a Resource, &'a Operation)], name: &str) -> Vec<&'a FieldType> {
    let mut types = Vec::new();
    for (resource, operation) in calls {
        match &operation.body {
            Body::Create | Body::Update => {
                types.extend(resource.field(name).map(|field: &Field| &field.field_type));
            }
            Body::Object(fields) => types.extend(fields.iter().filter_map(|entry| match entry {
                BodyField::Of(of) if of == name => resource.field(of).map(|field| &field.field_type),
                BodyField::Own(own) if own.field.name == name => Some(&own.field.field_type),
                _ => None,
            })),
            _ => {}
        }
    }
    types
}

#[test]
fn every_documented_field_and_value_is_described() {
    let (catalog, models) = (catalog(), models());
    let mut missing = Vec::new();
    let mut count = 0;
    for line in OPERATIONS.lines().skip(1) {
        let cells: Vec<_> = line.split('\t').collect();
        let [_, method, path, id, _, _, _, _, _, query, header, body] = cells[..] else {
            panic!("twelve cells: {line}")
        };
        let calls: Vec<_> = catalog
            .operations()
            .filter(|(_, operation)| operation.method == method && shape(&operation.path) == shape(path))
            .collect();
        assert!(!calls.is_empty(), "{id} is not described");
        for (place, cell) in [(Place::Query, query), (Place::Header, header)] {
            for field in documented(cell) {
                count += 1;
                let types = parameters(&calls, place, &field.name);
                if types.is_empty() && !PAGING.contains(&field.name.as_str()) {
                    missing.push(format!("{id}: {} is not described", field.name));
                }
                // A filter takes several of what a record has one of, and a record is read by one key.
                let faults = types.iter().map(|described| {
                    let mut faults = Vec::new();
                    let kind = match described {
                        FieldType::List(_) => field.kind.as_str(),
                        _ => field.kind.trim_start_matches("[]"),
                    };
                    // A filter on a field takes the words of the parameter, which may differ from those of the record.
                    compare(&models, &format!("{id}: {}", field.name), kind, described, &mut faults);
                    faults
                });
                missing.extend(faults.min_by_key(Vec::len).unwrap_or_default());
            }
        }
        for field in documented(body) {
            count += 1;
            let types = body_types(&calls, &field.name);
            if types.is_empty() {
                missing.push(format!("{id}: {} is not described", field.name));
            }
            let faults = types.iter().map(|described| {
                let mut faults = Vec::new();
                compare(&models, &format!("{id}: {}", field.name), &field.kind, described, &mut faults);
                faults
            });
            missing.extend(faults.min_by_key(Vec::len).unwrap_or_default());
        }
    }
    assert_eq!(OPERATIONS.lines().skip(1).count(), 44);
    assert!(count > 200, "only {count} fields were compared");
    assert!(missing.is_empty(), "{} facts are missing:\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn whole_objects_leave_out_what_only_answers_hold() {
    let (catalog, models) = (catalog(), models());
    let mut faults = Vec::new();
    for (resource, answer, request) in [
        ("policies", "ProtectionPolicyResponse", "update_protection_policy"),
        ("protection-groups", "ProtectionGroupResponse", "update_protection_group"),
        ("registrations", "SourceRegistrationReponseParams", "update_protection_source_registration"),
    ] {
        let line = OPERATIONS.lines().find(|line| line.contains(&format!("\t{request}\t"))).expect("the row");
        let sent: Vec<_> = documented(line.rsplit('\t').next().unwrap_or_default());
        let resource = catalog.resource(resource).expect("the resource");
        for field in &models[answer] {
            let described = resource.field(&field.name);
            let is_sent = sent.iter().any(|sent| sent.name == field.name);
            match described {
                None => faults.push(format!("{}.{} is not described", resource.id, field.name)),
                Some(described) if described.computed == is_sent => {
                    faults.push(format!("{}.{} is computed: {}", resource.id, field.name, !is_sent));
                }
                Some(_) => {}
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
