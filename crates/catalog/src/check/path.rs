//! Checks of an operation's path: every placeholder must have a source.

use super::{Place, Report, Scope};
use crate::operation::{Operation, OperationKind, Place as Where};
use crate::resource::Shape;

pub(super) fn check(scope: Scope<'_>, operation: &Operation, place: &Place<'_>, report: &mut Report) {
    let at = place.at("path");
    report.need(operation.path.starts_with('/'), &at, || "the path does not begin with a slash".to_owned());
    report.need(!operation.path.contains(['?', '#', ' ']), &at, || {
        "the path holds more than a path; describe a query as parameters".to_owned()
    });
    let Some(placeholders) = placeholders(&operation.path) else {
        report.add(&at, "a brace of the path has no partner");
        return;
    };
    report.unique(placeholders.iter().copied(), "the placeholder", |_| at.clone());
    let resource = scope.resource;
    let parameters = || operation.parameters.iter().filter(|parameter| parameter.place == Where::Path);
    let mut from_key = Vec::new();
    for name in &placeholders {
        if parameters().any(|parameter| parameter.field.name == *name) {
            continue;
        }
        if *name == "parent" {
            report.need(resource.parent.is_some(), &at, || {
                format!("{{parent}} has no source: the resource {} has no parent", resource.id)
            });
        } else {
            from_key.push(*name);
        }
    }
    let is_record = resource.shape == Shape::Collection
        && !matches!(operation.kind, OperationKind::List | OperationKind::Create)
        && operation.on_record != Some(false);
    let is_known = |name: &str| match resource.key.as_slice() {
        [_] => from_key.len() == 1,
        keys => keys.iter().any(|key| key == name),
    };
    for name in &from_key {
        report.need(is_record && is_known(name), &at, || format!("the placeholder {{{name}}} has no source"));
    }
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let is_used = parameter.place != Where::Path || placeholders.contains(&parameter.field.name.as_str());
        report.need(is_used, &place.at("parameters").at(index), || {
            format!("the path has no placeholder {{{}}}", parameter.field.name)
        });
    }
}

/// The names in braces, or nothing where braces do not match.
fn placeholders(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut parts = path.split('{');
    if parts.next().is_none_or(|before| before.contains('}')) {
        return None;
    }
    for part in parts {
        let (name, rest) = part.split_once('}')?;
        if name.is_empty() || rest.contains('}') {
            return None;
        }
        names.push(name);
    }
    Some(names)
}
