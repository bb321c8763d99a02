//! The catalog of HyperStore holds what the documents say of what is sent: every parameter of the query and every member of a
//! body, which of them are compulsory, their values, what 204 means, and what is lost. The facts are in `tests/facts/`, one row
//! per call.
//!
//! A name in the columns `query` and `body` may end in `*` (compulsory), `+` (compulsory unless another way of naming the same
//! is used) or `~` (such another way, which a catalog need not offer), and its values follow after `=`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking, and so do its helpers")]

use boxdeck_catalog::{
    Body, BodyField, Catalog, Damage, Field, FieldType, NoContent, Operation, Place, Resource, Settable,
    Source, UpdateStyle, load::load_dir,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const HYPERSTORE: &str = include_str!("../../../tests/facts/hyperstore.tsv");

/// Parameters that a way of paging fills in, so that no catalog describes them.
const PAGING: [(&str, &[&str]); 4] = [
    ("limit-plus-one", &["limit", "offset"]),
    ("next-user", &["limit", "userId"]),
    ("timestamp", &["pageSize", "offset"]),
    ("limit", &["limit"]),
];

/// One documented call.
struct Fact<'a> {
    method: &'a str,
    path: &'a str,
    id: &'a str,
    query: Vec<Input<'a>>,
    body: Vec<Input<'a>>,
    no_content: &'a str,
    destroys: bool,
}

/// One documented name, with its values if they are counted up.
struct Input<'a> {
    name: &'a str,
    is_needed: bool,
    /// Another way of naming the same.
    is_other_way: bool,
    values: Vec<&'a str>,
}

/// What the catalogs say of a name.
#[derive(Default)]
struct Offer {
    values: BTreeSet<String>,
    /// In how many operations of the call it is always sent.
    always: usize,
}

fn inputs(cell: &str) -> Vec<Input<'_>> {
    let items = cell.split(',').filter(|item| !item.is_empty());
    items
        .map(|item| {
            let (name, values) = item
                .split_once('=')
                .map_or((item, Vec::new()), |(name, values)| (name, values.split('|').collect()));
            let bare = name.trim_end_matches(['*', '+', '~']);
            Input { name: bare, is_needed: name.ends_with('*'), is_other_way: name.ends_with('~'), values }
        })
        .collect()
}

fn facts(text: &str) -> Vec<Fact<'_>> {
    let rows = text.lines().skip(1).map(|line| {
        let cells: Vec<_> = line.split('\t').collect();
        let [_group, method, path, id, _kind, query, body, no_content, destroys] = cells[..] else {
            panic!("a row of the facts has {} cells: {line}", cells.len());
        };
        Fact {
            method,
            path,
            id,
            query: inputs(query),
            body: inputs(body),
            no_content,
            destroys: destroys == "yes",
        }
    });
    rows.collect()
}

fn catalog(kind: &str) -> Catalog {
    let catalogs = load_dir(Path::new("../../catalogs")).expect("the catalogs are read");
    catalogs.into_iter().find(|catalog| catalog.kind.id == kind).expect("the kind has a catalog")
}

fn note(offers: &mut BTreeMap<String, Offer>, name: String, field: &Field, from: &Source, required: bool) {
    let offer = offers.entry(name.clone()).or_default();
    if required || !from.is_input() {
        offer.always += 1;
    }
    match (&field.field_type, from) {
        (_, Source::Value(value)) => {
            offer.values.insert(value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        }
        (FieldType::Enum(choices), _) => {
            offer.values.extend(choices.iter().map(|choice| choice.value.clone()));
        }
        (FieldType::Object(fields), _) => {
            for inner in fields {
                let required = inner.create == Settable::Required;
                note(offers, format!("{name}.{}", inner.name), inner, from, required);
            }
        }
        _ => {}
    }
}

fn queries(operations: &[(&Resource, &Operation)]) -> BTreeMap<String, Offer> {
    let mut offers = BTreeMap::new();
    for (_, operation) in operations {
        for parameter in operation.parameters.iter().filter(|parameter| parameter.place == Place::Query) {
            let required = parameter.field.create == Settable::Required;
            let name = parameter.wire_name().to_owned();
            note(&mut offers, name, &parameter.field, &parameter.from, required);
        }
        let filled = PAGING.iter().find(|(paging, _)| *paging == operation.paging);
        for name in filled.into_iter().flat_map(|(_, names)| names.iter()) {
            offers.entry((*name).to_owned()).or_default();
        }
    }
    offers
}

fn bodies(operations: &[(&Resource, &Operation)]) -> BTreeMap<String, Offer> {
    let mut offers = BTreeMap::new();
    for (resource, operation) in operations {
        let is_whole = operation.update == UpdateStyle::Whole;
        let of_resource = |offers: &mut BTreeMap<String, Offer>, field: &Field, settable: Settable| {
            // In a whole object everything goes back that was read.
            let required = settable == Settable::Required || (is_whole && settable.is_no());
            note(offers, field.name.clone(), field, &Source::Input, required);
        };
        match &operation.body {
            Body::Create => {
                let fields = resource.fields.iter().filter(|field| !field.create.is_no());
                fields.for_each(|field| of_resource(&mut offers, field, field.create));
            }
            Body::Update => {
                let fields = resource.fields.iter().filter(|field| {
                    !field.update.is_no() || (is_whole && !field.computed && field.at.is_empty())
                });
                // What has to be there at first cannot be missing in what was read.
                fields.for_each(|field| {
                    let settable =
                        if field.create == Settable::Required { Settable::Required } else { field.update };
                    of_resource(&mut offers, field, settable);
                });
            }
            Body::Object(fields) => {
                for entry in fields {
                    match entry {
                        BodyField::Of(name) => {
                            let field = resource.field(name).expect("a field of the resource");
                            of_resource(&mut offers, field, field.create);
                        }
                        BodyField::Own(own) => {
                            let required = own.field.create == Settable::Required;
                            note(&mut offers, own.field.name.clone(), &own.field, &own.from, required);
                        }
                    }
                }
            }
            Body::None => {}
            other => panic!("{} sends a body that this test does not know: {other:?}", operation.id),
        }
    }
    offers
}

fn compare(
    what: &str,
    documented: &[Input<'_>],
    offers: &BTreeMap<String, Offer>,
    count: usize,
    faults: &mut Vec<String>,
) {
    for input in documented {
        let Some(offer) = offers.get(input.name) else {
            if !input.is_other_way {
                faults.push(format!("the {what} lacks {}", input.name));
            }
            continue;
        };
        if input.is_needed && offer.always < count {
            faults.push(format!("the {what} may leave out {}", input.name));
        }
        for value in input.values.iter().filter(|value| !offer.values.contains(**value)) {
            faults.push(format!("{} of the {what} lacks the value {value:?}", input.name));
        }
        if !input.values.is_empty() {
            for value in offer.values.iter().filter(|value| !input.values.contains(&value.as_str())) {
                faults.push(format!("{} of the {what} has a value of its own: {value:?}", input.name));
            }
        }
    }
    // Of a whole object, what the box adds goes back as well; inside objects only what is documented is compared.
    let is_known = |name: &str| documented.iter().any(|input| input.name == name) || name.contains('.');
    if what == "query" {
        for name in offers.keys().filter(|name| !is_known(name)) {
            faults.push(format!("the {what} has {name}, which is not documented"));
        }
    }
}

fn missing(catalog: &Catalog, fact: &Fact<'_>) -> Vec<String> {
    let operations: Vec<_> = catalog
        .operations()
        .filter(|(_, operation)| operation.method == fact.method && operation.path == fact.path)
        .collect();
    let mut faults = Vec::new();
    if !operations.iter().any(|(_, operation)| operation.id == fact.id) {
        faults.push(format!("{} is not described", fact.id));
    }
    compare("query", &fact.query, &queries(&operations), operations.len(), &mut faults);
    compare("body", &fact.body, &bodies(&operations), operations.len(), &mut faults);
    for (_, operation) in &operations {
        let fits = match fact.no_content {
            "failed" => operation.no_content == NoContent::Failed,
            "absent" => operation.no_content == NoContent::Absent,
            // An answer that the documents do not know cannot be a failure.
            _ => operation.no_content != NoContent::Failed,
        };
        if !fits {
            faults.push(format!("{} takes 204 for {:?}", operation.id, operation.no_content));
        }
    }
    if fact.destroys && !operations.iter().any(|(_, operation)| operation.destroys.is_some()) {
        faults.push("does not say that something is lost".to_owned());
    }
    faults
}

#[test]
fn hyperstore_holds_the_facts() {
    let facts = facts(HYPERSTORE);
    assert_eq!(facts.len(), 104);
    let calls: BTreeSet<_> = facts.iter().map(|fact| (fact.method, fact.path)).collect();
    assert_eq!(calls.len(), 104);
    let catalog = catalog("hyperstore");
    let faults: Vec<_> = facts
        .iter()
        .flat_map(|fact| {
            let missing = missing(&catalog, fact);
            missing.into_iter().map(move |what| format!("{} {}: {what}", fact.method, fact.path))
        })
        .collect();
    assert!(faults.is_empty(), "{} facts are missing:\n{}", faults.len(), faults.join("\n"));
    for (_, operation) in catalog.operations() {
        let call = (operation.method.as_str(), operation.path.as_str());
        assert!(calls.contains(&call), "{} is not documented", operation.id);
    }
}

/// Where leaving something out does the greater damage, the catalog has an operation that says it out loud.
#[test]
fn hyperstore_says_what_leaving_out_does() {
    let catalog = catalog("hyperstore");
    let find =
        |id: &str| catalog.operations().find(|(_, operation)| operation.id == id).expect("the operation").1;
    let sent = |id: &str, name: &str| {
        let operation = find(id);
        let parameter = operation.parameters.iter().find(|parameter| parameter.wire_name() == name);
        parameter.map(|parameter| parameter.from.clone())
    };
    // Without `isActive` a key is deactivated: both operations send it.
    assert_eq!(sent("credentials.activate", "isActive"), Some(Source::Value(Value::Bool(true))));
    assert_eq!(sent("credentials.deactivate", "isActive"), Some(Source::Value(Value::Bool(false))));
    // Without a bucket the credential of the whole system is meant.
    for id in ["bucket.tiering_key", "bucket.set_tiering_key", "bucket.delete_tiering_key"] {
        assert_eq!(sent(id, "bucketName"), Some(Source::Record("bucketName".to_owned())), "{id}");
    }
    for id in ["tiering.set", "tiering.delete"] {
        assert_eq!(sent(id, "bucketName"), None, "{id}");
    }
    for (id, damage) in [
        ("credentials.deactivate", Damage::Access),
        ("credentials.delete", Damage::Access),
        ("tiering.set", Damage::Access),
        ("tiering.delete", Damage::Access),
        ("usage.delete", Damage::Data),
        ("user.delete", Damage::Data),
        ("user.purge", Damage::Data),
        ("group.purge_deleted_users", Damage::Data),
        ("bucket.purge", Damage::Data),
        ("bucket.clean", Damage::Data),
        ("event.remove", Damage::Configuration),
        ("allowlist.replace", Damage::Configuration),
        ("policy.process", Damage::Configuration),
    ] {
        let operation = find(id);
        assert_eq!(operation.destroys, Some(damage), "{id}");
        assert!(!operation.warning.is_empty(), "{id} warns of nothing");
    }
    // All ten limits go in one request, and what a person leaves alone goes as it was read.
    let limits = find("limits.set");
    assert_eq!(limits.update, UpdateStyle::Whole);
    assert_eq!(limits.parameters.iter().filter(|parameter| parameter.from.is_input()).count(), 10);
}
