//! What the capacity of pools is spent on, worked out from the records so that it can't go wrong.

use std::collections::HashMap;

use super::array::Array;
use super::dataset::{Dataset, DatasetKind};

/// What one pool holds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PoolUsage {
    /// Bytes of virtual capacity given out.
    pub(crate) virtual_used: i64,
    /// Bytes of physical capacity taken.
    pub(crate) physical_used: i64,
    pub(crate) volumes: i64,
    pub(crate) snapshots: i64,
    pub(crate) filesystems: i64,
    pub(crate) filesystem_snapshots: i64,
}

impl PoolUsage {
    /// How many datasets there are.
    pub(crate) fn entities(&self) -> i64 {
        self.volumes + self.snapshots + self.filesystems + self.filesystem_snapshots
    }

    fn add(&mut self, dataset: &Dataset) {
        self.virtual_used = self.virtual_used.saturating_add(dataset.virtual_consumed());
        self.physical_used = self.physical_used.saturating_add(dataset.physical_consumed());
        if dataset.internal {
            return;
        }
        *match (dataset.kind, dataset.is_snapshot()) {
            (DatasetKind::Volume, false) => &mut self.volumes,
            (DatasetKind::Volume, true) => &mut self.snapshots,
            (DatasetKind::Filesystem, false) => &mut self.filesystems,
            (DatasetKind::Filesystem, true) => &mut self.filesystem_snapshots,
        } += 1;
    }
}

/// What all pools hold.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    pools: HashMap<i64, PoolUsage>,
}

impl Usage {
    /// Adds up every dataset of the array.
    pub(crate) fn of(array: &Array) -> Self {
        let mut usage = Self::default();
        for dataset in array.datasets() {
            usage.pools.entry(dataset.pool_id).or_default().add(dataset);
        }
        usage
    }

    /// What the pool holds.
    pub(crate) fn pool(&self, pool_id: i64) -> PoolUsage {
        self.pools.get(&pool_id).copied().unwrap_or_default()
    }
}
