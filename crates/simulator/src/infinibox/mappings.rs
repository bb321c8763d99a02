//! Which volumes are mapped to which hosts and clusters, and as which LUN.

use std::collections::HashMap;

use super::entity::Table;

/// One mapping. A cluster's mapping is one row for the cluster and one for each of its hosts.
#[derive(Debug, Clone)]
pub(crate) struct Mapping {
    pub(crate) id: i64,
    pub(crate) volume_id: i64,
    /// 0 for the cluster's own row.
    pub(crate) host_id: i64,
    /// 0 for a host's private mapping.
    pub(crate) host_cluster_id: i64,
    pub(crate) lun: i64,
    pub(crate) udid: Option<i64>,
}

impl Mapping {
    /// Whether the mapping came from a cluster.
    pub(crate) fn clustered(&self) -> bool {
        self.host_cluster_id != 0
    }
}

/// All mappings, with an index by volume because every row of a volume list asks.
#[derive(Debug, Default)]
pub(crate) struct Mappings {
    rows: Table<Mapping>,
    by_volume: HashMap<i64, u32>,
}

impl Mappings {
    /// Adds a mapping, or replaces the one of the same id.
    pub(crate) fn insert(&mut self, mapping: Mapping) {
        self.remove(mapping.id);
        *self.by_volume.entry(mapping.volume_id).or_default() += 1;
        self.rows.insert(mapping.id, mapping);
    }

    /// Takes a mapping away.
    pub(crate) fn remove(&mut self, id: i64) -> Option<Mapping> {
        let mapping = self.rows.remove(&id)?;
        if let Some(count) = self.by_volume.get_mut(&mapping.volume_id) {
            *count -= 1;
            if *count == 0 {
                self.by_volume.remove(&mapping.volume_id);
            }
        }
        Some(mapping)
    }

    /// Every mapping by its id.
    pub(crate) fn rows(&self) -> &Table<Mapping> {
        &self.rows
    }

    /// Whether the volume is mapped to anything.
    pub(crate) fn is_mapped(&self, volume_id: i64) -> bool {
        self.by_volume.contains_key(&volume_id)
    }
}
