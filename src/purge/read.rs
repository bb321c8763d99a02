//! What the system says of a bucket: that it is there, what it holds, and what the licence says of locked objects.

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind, Resource, Shape};
use boxdeck_dialect::{Failure, FailureKind, Query, Record, Term};

use super::bucket::Purge;
use crate::begun::Desk;
use crate::load::Reader;

/// The field of the licence that tells what may be purged.
const MODE: &str = "objectLockMode";
/// Fields that tell what a bucket holds.
const HELD: [&str; 2] = ["byteCount", "objectCount"];

/// What is so now.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Seen {
    /// The bucket; `None` where there is none of that name any more.
    pub(super) bucket: Option<Arc<Record>>,
    /// What the licence says of locked objects.
    pub(super) mode: Option<String>,
    /// Bytes and objects, where the system counts them for each bucket.
    pub(super) held: Option<(u64, u64)>,
}

/// What the licence says of buckets with locked objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lock {
    /// There are none.
    Off,
    /// They are purged with a token of the vendor's.
    Token,
    /// They cannot be purged.
    Never,
    /// Nobody knows.
    Unknown,
}

impl Seen {
    pub(super) fn lock(&self) -> Lock {
        match self.mode.as_deref() {
            Some("DISABLED") => Lock::Off,
            Some("COMPATIBLE") => Lock::Token,
            Some("CERTIFIED") => Lock::Never,
            _ => Lock::Unknown,
        }
    }
}

/// Reads all of it.
///
/// # Errors
/// As [`crate::system::System::record`]. A bucket that is not there is no failure.
pub(super) async fn seen(purge: &Purge, reader: Reader) -> Result<Seen, Failure> {
    let Purge { desk: Desk { system, resource, owner }, key, .. } = purge;
    let Some(get) = resource.first(OperationKind::Get) else { return Ok(Seen::default()) };
    let bucket = match system.record(resource, get, Some(owner), key, reader.clone()).await {
        Ok(record) => Some(Arc::new(record)),
        Err(failure) if failure.kind == FailureKind::NotFound => None,
        Err(failure) => return Err(failure),
    };
    let catalog = system.catalog();
    let mode = match catalog.resources.iter().find(|resource| tells_mode(resource)) {
        Some(licence) => match licence.first(OperationKind::Get) {
            Some(get) => system.record(licence, get, None, "", reader.clone()).await?.text(MODE),
            None => None,
        },
        None => None,
    };
    let use_of = catalog.resources.iter().find_map(|other| counts(resource, other));
    let held = match (&bucket, use_of) {
        (Some(bucket), Some((resource, list))) => {
            let page = system.page(resource, list, Some(owner), &only(bucket), reader).await?;
            page.records.iter().next().and_then(|record| amounts(&record))
        }
        _ => None,
    };
    Ok(Seen { bucket, mode, held })
}

fn tells_mode(resource: &Resource) -> bool {
    resource.shape == Shape::Single && resource.field(MODE).is_some()
}

/// A list of what the buckets of the same owners hold.
fn counts<'a>(buckets: &Resource, other: &'a Resource) -> Option<(&'a Resource, &'a Operation)> {
    let tells = other.parent == buckets.parent && HELD.iter().all(|field| other.field(field).is_some());
    Some((other, other.first(OperationKind::List).filter(|_| tells)?))
}

fn only(bucket: &Record) -> Query {
    let term = |field: &str| Some(Term::equals(field, bucket.text(field)?));
    Query { filter: ["userId", "bucketName"].into_iter().filter_map(term).collect(), ..Query::default() }
}

fn amounts(record: &Record) -> Option<(u64, u64)> {
    let [bytes, objects] = HELD.map(|field| record.get(field)?.as_u64());
    bytes.zip(objects)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_counted_is_not_nothing() {
        let record = |value: serde_json::Value| Record(value.as_object().cloned().unwrap_or_default());
        assert_eq!(amounts(&record(json!({"byteCount": 0, "objectCount": 0}))), Some((0, 0)));
        assert_eq!(amounts(&record(json!({"byteCount": 7}))), None);
    }

    #[test]
    fn a_mode_that_nobody_knows_forbids_nothing() {
        let lock = |mode: &str| Seen { mode: Some(mode.to_owned()), ..Seen::default() }.lock();
        assert_eq!(lock("DISABLED"), Lock::Off);
        assert_eq!(lock("CERTIFIED"), Lock::Never);
        assert_eq!(lock("ANOTHER"), Lock::Unknown);
    }
}
