//! The array as seen by one request: the state, and what is worked out from it at most once.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::array::Array;
use super::dataset::{Dataset, DatasetKind};
use super::usage::{PoolUsage, Usage};

/// What field readers see besides their record.
pub(crate) struct View<'a> {
    /// The state.
    pub(crate) array: &'a Array,
    usage: OnceCell<Usage>,
    members: OnceCell<HashMap<i64, usize>>,
}

impl<'a> View<'a> {
    pub(crate) fn new(array: &'a Array) -> Self {
        Self { array, usage: OnceCell::new(), members: OnceCell::new() }
    }

    /// What a pool's capacity is spent on.
    pub(crate) fn pool_usage(&self, pool_id: i64) -> PoolUsage {
        self.usage.get_or_init(|| Usage::of(self.array)).pool(pool_id)
    }

    /// A pool's name; `None` for a pool that isn't there.
    pub(crate) fn pool_name(&self, pool_id: i64) -> Option<&'a str> {
        self.array.pools.get(&pool_id).map(|pool| pool.name.as_str())
    }

    /// Whether a dataset is a filesystem with exports.
    pub(crate) fn is_exported(&self, dataset: &Dataset) -> bool {
        dataset.kind == DatasetKind::Filesystem && self.array.is_exported(dataset.id)
    }

    /// A consistency group's name; `None` for 0.
    pub(crate) fn cg_name(&self, cg_id: i64) -> Option<&'a str> {
        self.array.cgs.get(&cg_id).map(|group| group.name.as_str())
    }

    /// How many datasets a group has.
    pub(crate) fn members_count(&self, cg_id: i64) -> usize {
        let members = self.members.get_or_init(|| {
            let mut members = HashMap::new();
            for dataset in self.array.datasets().filter(|dataset| dataset.cg_id != 0) {
                *members.entry(dataset.cg_id).or_default() += 1;
            }
            members
        });
        members.get(&cg_id).copied().unwrap_or(0)
    }

    /// A snapshot policy's name.
    pub(crate) fn snapshot_policy_name(&self, policy_id: Option<i64>) -> Option<&'a str> {
        let policy = self.array.snapshot_policies.get(&policy_id?)?;
        Some(&policy.name)
    }
}
