//! Snapshot policies, as far as datasets and groups refer to them.

/// A snapshot policy.
#[derive(Debug, Clone)]
pub(crate) struct SnapshotPolicy {
    pub(crate) id: i64,
    pub(crate) name: String,
}
