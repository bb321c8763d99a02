//! Which volumes are mapped to which hosts and clusters, and as which LUN.

use std::collections::HashMap;

use super::entity::{Record, Table};
use super::field::{Field, Holds, NATURAL};

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

impl Record for Mapping {
    // The document prints no filter list for mappings; a box lets the plain numbers be filtered and sorted.
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |m, _| m.id.into()).listed(),
        Field::<Self>::new("lun", NATURAL, |m, _| m.lun.into()).listed(),
        Field::<Self>::new("volume_id", NATURAL, |m, _| m.volume_id.into()).listed(),
        Field::<Self>::new("host_id", NATURAL, |m, _| m.host_id.into()).listed(),
        Field::<Self>::new("host_cluster_id", NATURAL, |m, _| m.host_cluster_id.into()).listed(),
        Field::<Self>::new("clustered", Holds::Boolean, |m, _| m.clustered().into()).listed(),
        Field::<Self>::new("udid", NATURAL, |m, _| m.udid.into()).listed(),
    ];
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

    /// Takes every mapping away that fits.
    pub(crate) fn remove_where(&mut self, fits: impl Fn(&Mapping) -> bool) {
        let ids: Vec<i64> = self.rows.values().filter(|row| fits(row)).map(|row| row.id).collect();
        for id in ids {
            self.remove(id);
        }
    }

    /// Every mapping by its id.
    pub(crate) fn rows(&self) -> &Table<Mapping> {
        &self.rows
    }

    /// What a host sees: its own mappings and those of its cluster.
    pub(crate) fn of_host(&self, host_id: i64) -> impl Iterator<Item = &Mapping> {
        self.rows.values().filter(move |row| row.host_id == host_id)
    }

    /// The mappings of a cluster, without the rows of its hosts.
    pub(crate) fn of_cluster(&self, cluster_id: i64) -> impl Iterator<Item = &Mapping> {
        self.rows.values().filter(move |row| row.host_id == 0 && row.host_cluster_id == cluster_id)
    }

    /// Whether the volume is mapped to anything.
    pub(crate) fn is_mapped(&self, volume_id: i64) -> bool {
        self.by_volume.contains_key(&volume_id)
    }
}
