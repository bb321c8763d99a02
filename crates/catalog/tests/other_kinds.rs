//! The format can say what the other kinds of systems need. `fixtures/` holds a few operations of each, in words of our own;
//! they pass the same checks as the catalogs that ship.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking, and so do its helpers")]

use boxdeck_catalog::{
    Body, Catalog, FieldType, NoContent, Operation, Place, Resource, ResultShape, Source, UpdateStyle,
    check::check, files::read_dir, load,
};
use std::path::Path;

const FIXTURES: &str = "tests/fixtures";

fn catalog(id: &str) -> Catalog {
    let sources = read_dir(Path::new(FIXTURES)).expect("the fixtures are read");
    sources
        .into_iter()
        .map(|sources| sources.catalog)
        .find(|catalog| catalog.kind.id == id)
        .expect("the kind")
}

fn operation<'a>(catalog: &'a Catalog, id: &str) -> (&'a Resource, &'a Operation) {
    catalog.operations().find(|(_, operation)| operation.id == id).expect("the operation")
}

#[test]
fn the_fixtures_have_no_faults() {
    let sources = read_dir(Path::new(FIXTURES)).expect("the fixtures are read");
    let kinds: Vec<_> = sources.iter().map(|sources| sources.catalog.kind.id.as_str()).collect();
    assert_eq!(kinds, ["hyperstore", "ibm-backup", "vss-block"]);
    let faults: Vec<_> = sources.iter().flat_map(check).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_fixtures_survive_bundling() {
    for mut catalog in load::load_dir(Path::new(FIXTURES)).expect("the fixtures are read") {
        let bundle = load::bundle(&catalog).expect("a catalog is JSON");
        catalog.kind.resources.clear();
        assert_eq!(load::from_json(&bundle), Ok(catalog));
    }
}

#[test]
fn records_are_identified_in_the_query() {
    let catalog = catalog("hyperstore");
    for id in ["group.get", "group.delete", "user.get", "user.set_limits"] {
        let (resource, operation) = operation(&catalog, id);
        assert!(operation.concerns_record() && !operation.path.contains('{'), "{id}");
        for key in &resource.key {
            let sends = operation.parameters.iter().any(|parameter| {
                parameter.place == Place::Query && parameter.from == Source::Record(key.clone())
            });
            assert!(sends, "{id} sends {key}");
        }
    }
    let (users, list) = operation(&catalog, "user.list");
    assert_eq!(users.key, ["groupId", "userId"]);
    assert!(list.parameters.iter().any(|parameter| parameter.from == Source::Parent("groupId".to_owned())));
}

#[test]
fn an_empty_answer_has_three_meanings() {
    let catalog = catalog("hyperstore");
    let meaning = |id| operation(&catalog, id).1.no_content;
    assert_eq!(meaning("group.get"), NoContent::Absent);
    assert_eq!(meaning("user.set_limits"), NoContent::Failed);
    assert_eq!(meaning("group.delete"), NoContent::Done);
}

#[test]
fn whole_objects_go_back_without_what_the_box_computes() {
    for (kind, id) in [("hyperstore", "group.update"), ("ibm-backup", "policies.update")] {
        assert_eq!(operation(&catalog(kind), id).1.update, UpdateStyle::Whole, "{id}");
    }
    let backup = catalog("ibm-backup");
    let policies = backup.resource("policies").expect("policies");
    let computed: Vec<_> =
        policies.fields.iter().filter(|field| field.computed).map(|field| field.name.as_str()).collect();
    assert_eq!(computed, ["id", "numProtectionGroups"]);
    let proof = policies.field("lastModifiedTimeUsecs").expect("the time");
    assert!(!proof.computed && proof.update.is_no(), "it is sent back as it came");
}

#[test]
fn answers_are_texts_values_files_and_pages_of_several_ways() {
    let (objects, backup) = (catalog("hyperstore"), catalog("ibm-backup"));
    let result = |catalog: &Catalog, id: &str| operation(catalog, id).1.result.clone();
    assert_eq!(result(&objects, "group.rating_plan"), Some(ResultShape::Text));
    assert_eq!(result(&backup, "connections.token"), Some(ResultShape::Value));
    assert_eq!(result(&backup, "recoveries.files"), Some(ResultShape::File));
    // One result for each item (207) is an object that the dialect takes apart.
    assert_eq!(result(&backup, "runs.hold"), Some(ResultShape::Object));
    let paging = |catalog: &Catalog, id: &str| operation(catalog, id).1.paging.clone();
    assert_eq!(paging(&objects, "group.list"), "limit-plus-one");
    assert_eq!(paging(&backup, "groups.list"), "cookie");
    assert_eq!(operation(&backup, "policies.list").1.member.as_deref(), Some("policies"));
}

#[test]
fn certificates_go_as_files_where_roles_and_state_allow() {
    let catalog = catalog("vss-block");
    let (_, import) = operation(&catalog, "auth.import_certificate");
    let Body::Multipart(parts) = &import.body else { panic!("not multipart: {:?}", import.body) };
    let files: Vec<_> = parts.iter().filter(|part| matches!(part.field_type, FieldType::File(_))).collect();
    assert_eq!(files.iter().map(|part| part.name.as_str()).collect::<Vec<_>>(), ["rootCertificate"]);
    assert_eq!(
        (import.roles.as_slice(), import.states.as_slice()),
        (&["Security".to_owned()][..], &["primary".to_owned()][..])
    );
    let (_, download) = operation(&catalog, "auth.download_certificate");
    assert_eq!(download.file_name.as_deref(), Some("root.cer"));
}
