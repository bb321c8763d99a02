//! The catalogs hold what the documents say: every documented operation with its approval and roles, and every field that
//! can be filtered and sorted by. The facts are in `tests/facts/`, one row per method and path.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking, and so do its helpers")]

use boxdeck_catalog::{Catalog, Operation, Resource, load::load_dir};
use std::collections::BTreeSet;
use std::path::Path;

/// Groups of the InfiniBox document that its catalog covers, one a line. A group that is described is added there.
const COVERED: &str = include_str!("../../../tests/facts/infinibox.covered");

/// One documented operation.
struct Fact<'a> {
    group: &'a str,
    method: &'a str,
    path: &'a str,
    id: &'a str,
    /// `yes`: the document marks the operation; `rule`: only a general remark says so; `no`.
    approval: &'a str,
    roles: BTreeSet<&'a str>,
    filterable: Vec<&'a str>,
    sortable: Vec<&'a str>,
}

fn facts(text: &str) -> Vec<Fact<'_>> {
    text.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<_> = line.split('\t').collect();
            // Some kinds have a further cell with the inputs, which `inputs.rs` reads.
            let [group, method, path, id, _kind, approval, roles, filterable, sortable, ..] = cells[..]
            else {
                panic!("a row of the facts has {} cells: {line}", cells.len());
            };
            let items = |cell| str::split(cell, ',').filter(|item| !item.is_empty());
            Fact {
                group,
                method,
                path,
                id,
                approval,
                roles: items(roles).collect(),
                filterable: items(filterable).collect(),
                sortable: items(sortable).collect(),
            }
        })
        .collect()
}

/// A path without the names of its placeholders and without a slash at its end.
fn shape(path: &str) -> String {
    let mut shape = String::new();
    for part in path.trim_end_matches('/').split('{') {
        match part.split_once('}') {
            Some((_, rest)) => shape.extend(["{}", rest]),
            None => shape.push_str(part),
        }
    }
    shape
}

/// What a catalog lacks of a fact.
fn missing(catalog: &Catalog, fact: &Fact<'_>) -> Vec<String> {
    let found: Vec<(&Resource, &Operation)> = catalog
        .operations()
        .filter(|(_, operation)| {
            operation.method == fact.method && shape(&operation.path) == shape(fact.path)
        })
        .collect();
    let mut missing = Vec::new();
    if found.is_empty() {
        missing.push("is not described".to_owned());
    }
    for (resource, operation) in found {
        let id = &operation.id;
        // Variants of one call (`hosts` with and without CHAP) may differ in approval; the call that the row names counts.
        let is_named = id == fact.id;
        match fact.approval {
            "yes" if is_named && !operation.approval => missing.push(format!("{id} lacks the approval")),
            "no" if operation.approval => {
                missing.push(format!("{id} has an approval that is not documented"))
            }
            _ => {}
        }
        let roles: BTreeSet<_> = operation.roles.iter().map(String::as_str).collect();
        if roles != fact.roles {
            missing.push(format!("{id} has the roles {roles:?}, not {:?}", fact.roles));
        }
        for name in &fact.filterable {
            let is_marked = resource.fields.iter().any(|field| {
                field.filter_as.as_deref().unwrap_or(&field.name) == *name && !field.filter.is_no()
            });
            if !is_marked {
                missing.push(format!("{} cannot be filtered by {name}", resource.id));
            }
        }
        for name in &fact.sortable {
            if !resource.field(name).is_some_and(|field| field.sort) {
                missing.push(format!("{} cannot be sorted by {name}", resource.id));
            }
        }
    }
    missing
}

fn check(kind: &str, text: &str, is_covered: impl Fn(&str) -> bool) {
    let catalogs = load_dir(Path::new("../../catalogs")).expect("the catalogs are read");
    let catalog = catalogs.iter().find(|catalog| catalog.kind.id == kind).expect("the kind has a catalog");
    let faults: Vec<_> = facts(text)
        .iter()
        .filter(|fact| is_covered(fact.group))
        .flat_map(|fact| {
            let missing = missing(catalog, fact);
            missing
                .into_iter()
                .map(move |what| format!("{} {} ({}): {what}", fact.method, fact.path, fact.group))
        })
        .collect();
    assert!(faults.is_empty(), "{} facts are missing:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn infinibox_holds_the_facts() {
    let text = include_str!("../../../tests/facts/infinibox.tsv");
    assert_eq!(facts(text).len(), 429);
    for group in COVERED.lines() {
        assert!(facts(text).iter().any(|fact| fact.group == group), "there are no facts about {group}");
    }
    check("infinibox", text, |group| COVERED.lines().any(|covered| covered == group));
}

#[test]
fn ironic_holds_the_facts() {
    let text = include_str!("../../../tests/facts/ironic.tsv");
    assert_eq!(facts(text).len(), 11);
    check("ironic", text, |_| true);
}

#[test]
fn ibm_backup_holds_the_facts() {
    let text = include_str!("../../../tests/facts/ibm-backup.tsv");
    assert_eq!(facts(text).len(), 44);
    check("ibm-backup", text, |_| true);
}

#[test]
fn vss_block_holds_the_facts() {
    let text = include_str!("../../../tests/facts/vss-block.tsv");
    assert_eq!(facts(text).len(), 20);
    check("vss-block", text, |_| true);
}

#[test]
fn catalogs_describe_nothing_else() {
    for (kind, text) in [
        ("infinibox", include_str!("../../../tests/facts/infinibox.tsv")),
        ("ironic", include_str!("../../../tests/facts/ironic.tsv")),
        ("ibm-backup", include_str!("../../../tests/facts/ibm-backup.tsv")),
        ("vss-block", include_str!("../../../tests/facts/vss-block.tsv")),
    ] {
        let documented: BTreeSet<_> =
            facts(text).iter().map(|fact| (fact.method.to_owned(), shape(fact.path))).collect();
        let catalogs = load_dir(Path::new("../../catalogs")).expect("the catalogs are read");
        let catalog =
            catalogs.iter().find(|catalog| catalog.kind.id == kind).expect("the kind has a catalog");
        for (_, operation) in catalog.operations().filter(|(_, operation)| !operation.adjacent) {
            let call = (operation.method.clone(), shape(&operation.path));
            assert!(documented.contains(&call), "{} is not documented", operation.id);
        }
    }
}
