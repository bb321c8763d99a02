//! A look at the record before the whole of it is written back.

use std::fmt;

use boxdeck_catalog::Resource;

use super::diff::same;
use crate::answer::Record;
use crate::failure::{Failure, FailureKind};
use crate::http::Request;

/// Reads the record once more right before an update writes the whole of it: on a system without versions of records, that is
/// all that keeps the change of someone else from being undone. It holds what the plan was made from, so its `Debug` output
/// leaves that out.
#[derive(Clone, PartialEq)]
pub struct Guard {
    /// The request that reads the record, without credentials.
    pub request: Request,
    /// Key of the record, as [`Record::key`] makes it.
    pub key: String,
    /// The record as it was read when the plan was made.
    pub read: Record,
}

impl Guard {
    /// Compares the record with what the plan was made from. Values that the box works out may differ: they are not written.
    ///
    /// # Errors
    /// [`FailureKind::Conflict`], with the labels of what has changed meanwhile.
    pub fn check(&self, resource: &Resource, now: &Record) -> Result<(), Failure> {
        let names = self.read.0.keys().chain(now.0.keys().filter(|name| !self.read.0.contains_key(*name)));
        let changed = names.filter(|name| match (self.read.get(name), now.get(name)) {
            (Some(before), Some(after)) => !same(before, after),
            (before, after) => before.is_some() || after.is_some(),
        });
        let labels: Vec<String> = changed
            .filter_map(|name| match resource.field(name) {
                Some(field) if field.computed || !field.at.is_empty() => None,
                Some(field) => Some(field.label.clone()),
                None => Some(name.clone()),
            })
            .collect();
        if labels.is_empty() {
            return Ok(());
        }
        let message = words::outcome::changed_meanwhile(&resource.singular, labels.join(", "));
        Err(Failure::new(FailureKind::Conflict, message))
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Guard").field("path", &self.request.path).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn guard(read: Value) -> Guard {
        Guard { request: Request::default(), key: "1".to_owned(), read: record(read) }
    }

    fn record(value: Value) -> Record {
        Record(value.as_object().cloned().expect("an object"))
    }

    fn resource() -> Resource {
        serde_json::from_value(json!({
            "id": "things", "title": "Things", "singular": "thing", "area": "a", "operations": [],
            "fields": [
                { "name": "size", "label": "Size" },
                { "name": "count", "label": "Count", "type": "integer", "computed": true },
            ],
        }))
        .expect("a resource")
    }

    #[test]
    fn what_someone_else_has_changed_is_not_undone() {
        let read = json!({"id": 1, "size": "S", "count": 3, "own": null});
        let check = |now: Value| guard(read.clone()).check(&resource(), &record(now));
        assert_eq!(check(read.clone()), Ok(()));
        // A counter goes on by itself.
        assert_eq!(check(json!({"id": 1, "size": "S", "count": 4, "own": null})), Ok(()));
        for (now, named) in [
            (json!({"id": 1, "size": "L", "count": 3, "own": null}), "Size"),
            (json!({"id": 1, "size": "S", "count": 3}), "own"),
            (json!({"id": 1, "size": "S", "count": 3, "own": null, "more": 1}), "more"),
        ] {
            let failure = check(now).expect_err("a conflict");
            assert_eq!(failure.kind, FailureKind::Conflict);
            assert!(failure.message.contains(named), "{}", failure.message);
        }
    }
}
