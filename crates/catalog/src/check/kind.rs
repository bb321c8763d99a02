//! Checks of `kind.json`.

use super::{Place, Report, need_identifier, words};
use crate::files::Sources;

pub(super) fn check(sources: &Sources, place: &Place<'_>, report: &mut Report) {
    let kind = &sources.catalog.kind;
    need_identifier(&kind.id, &place.at("id"), report);
    for (key, value) in [("title", &kind.title), ("version", &kind.version), ("dialect", &kind.dialect)] {
        report.need(!value.trim().is_empty(), &place.at(key), || format!("{key} is empty"));
    }
    let areas = place.at("areas");
    report
        .unique(kind.areas.iter().map(|area| area.id.as_str()), "the area", |index| areas.at(index).at("id"));
    for (index, area) in kind.areas.iter().enumerate() {
        need_identifier(&area.id, &areas.at(index).at("id"), report);
        words::check_label(&area.title, &areas.at(index).at("title"), report);
    }
    let roles = place.at("roles");
    report
        .unique(kind.roles.iter().map(|role| role.id.as_str()), "the role", |index| roles.at(index).at("id"));
    for (index, role) in kind.roles.iter().enumerate() {
        words::check_label(&role.title, &roles.at(index).at("title"), report);
    }
    let states = place.at("states");
    report.unique(kind.states.iter().map(String::as_str), "the state", |index| states.at(index));
    let operators = place.at("operators");
    report.unique(kind.operators.iter().map(|operator| operator.name()), "the operator", |index| {
        operators.at(index)
    });
    check_order(sources, place, report);
}

/// The list of resources and the files must agree.
fn check_order(sources: &Sources, place: &Place<'_>, report: &mut Report) {
    let listed = &sources.catalog.kind.resources;
    let list = place.at("resources");
    report.unique(listed.iter().map(String::as_str), "the resource", |index| list.at(index));
    for (index, id) in listed.iter().enumerate() {
        report.need(sources.catalog.resource(id).is_some(), &list.at(index), || {
            format!("there is no file that describes the resource {id}")
        });
    }
    let mut seen = std::collections::HashSet::new();
    for (resource, file) in sources.catalog.resources.iter().zip(&sources.resources) {
        let id = Place::of(file).at("id");
        report.need(listed.contains(&resource.id), &id, || {
            format!("the resource {} is missing in the list of resources of kind.json", resource.id)
        });
        report.need(seen.insert(resource.id.as_str()), &id, || {
            format!("the resource {} occurs twice", resource.id)
        });
        let expected = format!("{}.json", resource.id);
        report.need(std::path::Path::new(&file.name).ends_with(&expected), &id, || {
            format!("the file of the resource {} must be named {expected}", resource.id)
        });
    }
}
