//! JSON Patch, as far as the service takes it: `add`, `replace` and `remove`.

use serde_json::{Map, Value as Json, json};

use super::fault::Fault;
use super::schema::Shape;

/// One change.
pub(super) struct Change {
    /// The segments of the path.
    path: Vec<String>,
    kind: Kind,
}

enum Kind {
    Add(Json),
    Replace(Json),
    Remove,
}

/// Reads a patch without applying it.
///
/// # Errors
///
/// 400 for other operations, malformed paths, missing values and attributes that can't be changed.
pub(super) fn read(shape: &Shape, body: &Json) -> Result<Vec<Change>, Fault> {
    let refuse = |why: String| Fault::bad(format!("Schema error for patch: {why}"));
    let list = body.as_array().ok_or_else(|| refuse(format!("{body} is not of type 'array'")))?;
    list.iter()
        .map(|change| {
            let text = |name: &str| {
                let value =
                    change.get(name).ok_or_else(|| refuse(format!("'{name}' is a required property")))?;
                value.as_str().ok_or_else(|| refuse(format!("{value} is not of type 'string'")))
            };
            let (op, path) = (text("op")?, text("path")?);
            let value = || {
                let value = change.get("value").cloned();
                value.ok_or_else(|| refuse("'value' is a required property".to_owned()))
            };
            let kind = match op {
                "add" => Kind::Add(value()?),
                "replace" => Kind::Replace(value()?),
                "remove" => Kind::Remove,
                other => return Err(refuse(format!("'{other}' is not one of ['add', 'replace', 'remove']"))),
            };
            let change = Change {
                path: segments(path).ok_or_else(|| refuse(format!("'{path}' does not match")))?,
                kind,
            };
            check(shape, path, &change)?;
            Ok(change)
        })
        .collect()
}

/// The segments of a path of letters, digits, `_` and `-`.
fn segments(path: &str) -> Option<Vec<String>> {
    let word = |segment: &str| {
        !segment.is_empty() && segment.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    };
    path.strip_prefix('/')?.split('/').map(|segment| word(segment).then(|| segment.to_owned())).collect()
}

fn check(shape: &Shape, path: &str, change: &Change) -> Result<(), Fault> {
    let root = change.path.first().map(String::as_str).unwrap_or_default();
    let attribute = shape.attribute(root);
    if attribute.is_none() && root != "node_uuid" {
        let mut names: Vec<_> = shape.attributes.iter().map(|attribute| attribute.name).collect();
        names.push("node_uuid");
        names.sort_unstable();
        return Err(Fault::bad(format!(
            "Cannot patch {path}. Only the following can be updated: {}",
            names.join(", ")
        )));
    }
    let mandatory = attribute.is_none_or(|attribute| attribute.mandatory());
    if mandatory && change.path.len() == 1 && matches!(change.kind, Kind::Remove) {
        return Err(Fault::bad(format!("'{path}' is a mandatory attribute and can not be removed")));
    }
    Ok(())
}

/// Applies the changes one after the other.
///
/// # Errors
///
/// 400 for a path that leads nowhere.
pub(super) fn apply(
    shape: &Shape,
    document: &mut Map<String, Json>,
    changes: Vec<Change>,
) -> Result<(), Fault> {
    for Change { path, kind } in changes {
        let Some((last, parents)) = path.split_last() else { continue };
        let whole = format!("/{}", path.join("/"));
        if parents.is_empty() {
            match kind {
                Kind::Add(value) | Kind::Replace(value) => document.insert(last.clone(), value),
                // What may be removed is an object, and an object is never missing.
                Kind::Remove => {
                    shape
                        .attribute(last)
                        .map(|attribute| document.insert(attribute.name.to_owned(), json!({})));
                    None
                }
            };
            continue;
        }
        let mut parent = parents.split_first().and_then(|(root, rest)| {
            rest.iter().try_fold(document.get_mut(root)?, |parent, name| step(parent, name))
        });
        let done = parent.as_mut().is_some_and(|parent| put(parent, last, kind));
        if !done {
            return Err(Fault::bad(format!(
                "Couldn't apply patch at '{whole}'. Reason: there is no such object"
            )));
        }
    }
    Ok(())
}

fn step<'a>(parent: &'a mut Json, name: &str) -> Option<&'a mut Json> {
    match parent {
        Json::Object(fields) => fields.get_mut(name),
        Json::Array(list) => list.get_mut(name.parse::<usize>().ok()?),
        _ => None,
    }
}

/// Changes one member of an object or a list; false if there is no such member.
fn put(parent: &mut Json, name: &str, kind: Kind) -> bool {
    match parent {
        Json::Object(fields) => match kind {
            Kind::Add(value) => {
                fields.insert(name.to_owned(), value);
                true
            }
            Kind::Replace(value) => fields.get_mut(name).map(|old| *old = value).is_some(),
            Kind::Remove => fields.remove(name).is_some(),
        },
        Json::Array(list) => {
            let index = if name == "-" { Some(list.len()) } else { name.parse::<usize>().ok() };
            match (kind, index) {
                (Kind::Add(value), Some(index)) if index <= list.len() => {
                    list.insert(index, value);
                    true
                }
                (Kind::Replace(value), Some(index)) => list.get_mut(index).map(|old| *old = value).is_some(),
                (Kind::Remove, Some(index)) if index < list.len() => {
                    list.remove(index);
                    true
                }
                _ => false,
            }
        }
        _ => false,
    }
}
