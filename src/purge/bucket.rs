//! What a purge is about: the bucket, its operations, and what this browser knows of how far it has come.

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind};

use super::read::Seen;
use crate::begun::{Begun, Desk};
use crate::operation::Subject;
use crate::place::{Place, Verb};

/// Parameter that takes the vendor's token.
pub(super) const TOKEN: &str = "token";
/// Parameter that has the bucket deleted with its content.
pub(super) const DELETE: &str = "deleteBucket";
/// Parameter of the query that makes the challenge.
pub(super) const CHALLENGE: &str = "action";

/// What is to be emptied, and by which operations.
#[derive(Clone)]
pub(super) struct Purge {
    /// The buckets of the owner.
    pub(super) desk: Desk,
    /// Key of the bucket.
    pub(super) key: String,
    pub(super) purge: Arc<Operation>,
    pub(super) challenge: Option<Arc<Operation>>,
}

impl Purge {
    /// What the page around is about, where its catalog has what the way needs.
    pub(super) fn here() -> Option<Self> {
        let (desk, place) = Desk::here()?;
        let Verb::Do(id) = &place.verb else { return None };
        let purge = desk.resource.operation(id).filter(|purge| purge.input(TOKEN).is_some())?;
        let mut queries =
            desk.resource.operations.iter().filter(|operation| operation.kind == OperationKind::Query);
        let challenge = queries.find(|operation| operation.parameter(CHALLENGE).is_some());
        Some(Self {
            purge: Arc::new(purge.clone()),
            challenge: challenge.map(|challenge| Arc::new(challenge.clone())),
            key: place.key?,
            desk,
        })
    }

    pub(super) fn subject(&self, operation: Arc<Operation>, seen: &Seen) -> Subject {
        let (record, key) = (seen.bucket.clone(), Some(self.key.clone()));
        Subject { record, key, ..self.desk.subject(operation) }
    }

    /// The page of the purge.
    pub(super) fn place(&self) -> Place {
        self.desk.list().record(&self.key).with_verb(Verb::Do(self.purge.id.clone()))
    }

    /// How far it has come, as far as this browser knows.
    pub(super) fn begun(&self) -> Option<Begun> {
        self.desk.begun().into_iter().find(|begun| begun.key == self.key)
    }

    pub(super) fn keep(&self, stage: &str) -> Begun {
        self.desk.keep(&self.key, stage)
    }

    pub(super) fn forget(&self) {
        self.desk.forget(&self.key);
    }
}
