//! Changes as a JSON Patch (RFC 6902): `add`, `replace` and `remove`, as deep as it gets, so that what a person did not touch
//! (and what the box masks) is not part of it.

use serde_json::{Value, json};

use super::diff::{has_mask, is_mask, same};
use super::secrets::join;

/// One operation of a patch.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PatchOperation {
    /// The operation as it is sent.
    pub(super) json: Value,
    /// Whether it replaces a value that the box masks.
    pub(super) replaces_mask: bool,
}

/// What a patch is made by.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    /// Texts that stand for secrets.
    pub(super) masks: &'a [&'a str],
    /// Whether a path may name a member by this key.
    pub(super) can_name: &'a dyn Fn(&str) -> bool,
}

/// A mask stands where a value is needed: what it hides would be overwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MaskedValue;

/// The operations that turn the value at `path` from `old` (absent or not) into `new`.
///
/// # Errors
/// [`MaskedValue`] where a mask would have to be written.
pub(super) fn patch(
    path: &str,
    old: Option<&Value>,
    new: &Value,
    rules: Rules<'_>,
) -> Result<Vec<PatchOperation>, MaskedValue> {
    match (old, new) {
        (Some(old), new) if same(old, new) => Ok(Vec::new()),
        (Some(Value::Object(old)), Value::Object(new)) => {
            let kept = |key: &String| {
                new.get(key).is_some_and(|value| old.get(key).is_some_and(|old| same(old, value)))
            };
            let changed =
                old.keys().chain(new.keys().filter(|key| !old.contains_key(*key))).filter(|key| !kept(key));
            let changed: Vec<&String> = changed.collect();
            if !changed.iter().all(|key| (rules.can_name)(key)) {
                return whole("replace", path, &Value::Object(new.clone()), false, rules);
            }
            let mut operations = Vec::new();
            for key in changed {
                let path = join(path, key);
                match new.get(key) {
                    Some(value) => operations.extend(patch(&path, old.get(key), value, rules)?),
                    None => operations.push(PatchOperation {
                        json: json!({"op": "remove", "path": path}),
                        replaces_mask: false,
                    }),
                }
            }
            Ok(operations)
        }
        // A list is replaced as a whole, unless that would write masks.
        (Some(Value::Array(old)), Value::Array(new))
            if old.len() == new.len() && new.iter().any(|item| has_mask(item, rules.masks)) =>
        {
            let mut operations = Vec::new();
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                operations.extend(patch(&join(path, &index.to_string()), Some(old), new, rules)?);
            }
            Ok(operations)
        }
        (Some(old), new) => whole("replace", path, new, is_mask(old, rules.masks), rules),
        (None, new) => whole("add", path, new, false, rules),
    }
}

fn whole(
    operation: &str,
    path: &str,
    value: &Value,
    replaces_mask: bool,
    rules: Rules<'_>,
) -> Result<Vec<PatchOperation>, MaskedValue> {
    if has_mask(value, rules.masks) {
        return Err(MaskedValue);
    }
    Ok(vec![PatchOperation { json: json!({"op": operation, "path": path, "value": value}), replaces_mask }])
}

#[cfg(test)]
mod tests;
