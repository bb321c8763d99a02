//! What volumes and filesystems have in common, and the field table of both.

pub(crate) mod actions;
pub(crate) mod change;
pub(crate) mod family;
pub(crate) mod locks;
pub(crate) mod master;
pub(crate) mod rules;
pub(crate) mod snapshot;

use super::array::SERIAL_NUMBER;
use super::entity::Record;
use super::field::{Field, Holds, INTEGER, NATURAL, TEXT};
use super::value::Value;

/// The vendor's number in serials.
const VENDOR: &str = "742b0f";
/// Virtual capacity is given out in pieces of this many bytes.
pub(crate) const ALLOCATION_UNIT: i64 = 64 * 1024;
/// The smallest volume or filesystem, in bytes.
pub(crate) const MIN_SIZE: i64 = 1_000_000_000;
/// Sizes are multiples of this many bytes.
pub(crate) const BLOCK: i64 = 512;

/// The two kinds of dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DatasetKind {
    Volume,
    Filesystem,
}

impl DatasetKind {
    /// What messages call it.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Volume => "Volume",
            Self::Filesystem => "Filesystem",
        }
    }

    /// The code of an event about it, e.g. `VOLUME_CREATED`.
    pub(crate) fn event(self, what: &str) -> String {
        format!("{}_{what}", self.noun().to_ascii_uppercase())
    }

    pub(crate) fn not_found(self) -> &'static str {
        match self {
            Self::Volume => "VOLUME_NOT_FOUND",
            Self::Filesystem => "FILESYSTEM_NOT_FOUND",
        }
    }

    pub(crate) fn name_conflict(self) -> &'static str {
        match self {
            Self::Volume => "VOLUME_NAME_CONFLICT",
            Self::Filesystem => "FILESYSTEM_NAME_CONFLICT",
        }
    }
}

/// How a dataset takes physical capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Provisioning {
    /// As data is written.
    Thin,
    /// All of its size at once.
    Thick,
}

impl Provisioning {
    pub(crate) const WORDS: &'static [&'static str] = &["THIN", "THICK"];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Thin => "THIN",
            Self::Thick => "THICK",
        }
    }

    pub(crate) fn parse(name: &str) -> Self {
        if name == "THICK" { Self::Thick } else { Self::Thin }
    }
}

/// What few datasets have, kept apart so that a million of them stay small.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rare {
    /// Milliseconds since 1970.
    pub(crate) lock_expires_at: Option<i64>,
    /// Seconds.
    pub(crate) snapshot_retention: Option<i64>,
    pub(crate) promote_source_id: Option<i64>,
    pub(crate) snapshot_policy_id: Option<i64>,
    /// The policy that made this snapshot.
    pub(crate) created_by_policy_id: Option<i64>,
    /// How often the serial was reset.
    pub(crate) serial_resets: u32,
    /// The background operation that works on it; 0 for none.
    pub(crate) busy_with: i64,
    /// How many internal snapshots hang below it.
    pub(crate) internal_children: u32,
}

/// A volume or a filesystem, a snapshot or clone of one included.
#[derive(Debug, Clone)]
pub(crate) struct Dataset {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) kind: DatasetKind,
    pub(crate) pool_id: i64,
    /// 0 for a master.
    pub(crate) parent_id: i64,
    pub(crate) family_id: i64,
    /// 0 for none.
    pub(crate) cg_id: i64,
    /// Bytes.
    pub(crate) size: i64,
    /// Bytes.
    pub(crate) used: i64,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
    /// Milliseconds since 1970.
    pub(crate) updated_at: i64,
    /// How many snapshots it has directly.
    pub(crate) children: u32,
    /// Steps below the master of its family.
    pub(crate) depth: u8,
    pub(crate) provisioning: Provisioning,
    pub(crate) ssd_enabled: bool,
    pub(crate) compression_enabled: bool,
    pub(crate) write_protected: bool,
    pub(crate) ssa_express_enabled: bool,
    /// Left over from a promotion; hidden from the ordinary lists.
    pub(crate) internal: bool,
    pub(crate) rare: Option<Box<Rare>>,
}

impl Dataset {
    pub(crate) fn is_snapshot(&self) -> bool {
        self.parent_id != 0
    }

    pub(crate) fn rare_mut(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    pub(crate) fn lock_expires_at(&self) -> Option<i64> {
        self.rare.as_ref().and_then(|rare| rare.lock_expires_at)
    }

    pub(crate) fn snapshot_retention(&self) -> Option<i64> {
        self.rare.as_ref().and_then(|rare| rare.snapshot_retention)
    }

    pub(crate) fn snapshot_policy_id(&self) -> Option<i64> {
        self.rare.as_ref().and_then(|rare| rare.snapshot_policy_id)
    }

    pub(crate) fn created_by_policy_id(&self) -> Option<i64> {
        self.rare.as_ref().and_then(|rare| rare.created_by_policy_id)
    }

    pub(crate) fn promote_source_id(&self) -> Option<i64> {
        self.rare.as_ref().and_then(|rare| rare.promote_source_id)
    }

    /// `None` for a dataset that never had any, as the box shows it.
    pub(crate) fn has_internal_children(&self) -> Option<bool> {
        self.rare.as_ref().filter(|rare| rare.internal_children > 0).map(|_| true)
    }

    /// The background operation that works on it; 0 for none.
    pub(crate) fn busy_with(&self) -> i64 {
        self.rare.as_ref().map_or(0, |rare| rare.busy_with)
    }

    pub(crate) fn is_locked(&self, now: i64) -> bool {
        self.lock_expires_at().is_some_and(|until| until > now)
    }

    /// When the box will delete the snapshot, in **seconds** since 1970.
    pub(crate) fn snapshot_expires_at(&self) -> Option<i64> {
        self.snapshot_retention().map(|retention| self.created_at / 1000 + retention)
    }

    /// The virtual capacity that it takes from its pool: none for a snapshot.
    pub(crate) fn virtual_consumed(&self) -> i64 {
        if self.is_snapshot() || self.internal { 0 } else { round_up(self.size, ALLOCATION_UNIT) }
    }

    /// The physical capacity that it takes from its pool.
    pub(crate) fn physical_consumed(&self) -> i64 {
        match self.provisioning {
            Provisioning::Thick if !self.is_snapshot() => round_up(self.size, ALLOCATION_UNIT),
            _ => self.used,
        }
    }

    /// A value that only volumes have.
    fn of_volume<'a>(&self, value: impl FnOnce() -> Value<'a>) -> Value<'a> {
        match self.kind {
            DatasetKind::Volume => value(),
            DatasetKind::Filesystem => Value::Absent,
        }
    }

    /// The serial by which SCSI hosts know it, in 31 hexadecimal digits: the vendor's number, five digits that are
    /// reserved, the system's serial number, and sixteen digits of the volume.
    pub(crate) fn serial(&self) -> String {
        format!("{VENDOR}00000{:04x}{:016x}", SERIAL_NUMBER, self.serial_of_volume())
    }

    /// The same in the order and the shape of a UUID, as NVMe hosts know it.
    pub(crate) fn nguid(&self) -> String {
        let volume = self.serial_of_volume();
        let (high, middle, low) = (volume >> 32, volume >> 16 & 0xffff, volume & 0xffff);
        let (vendor, rest) = VENDOR.split_at(4);
        format!("{high:08x}-{middle:04x}-{low:04x}-{vendor}-{rest}000000{:04x}", SERIAL_NUMBER)
    }

    fn serial_of_volume(&self) -> u64 {
        let resets = self.rare.as_ref().map_or(0, |rare| rare.serial_resets);
        u64::from(resets) << 40 | self.id.cast_unsigned()
    }
}

/// The next multiple of `unit`.
pub(crate) fn round_up(bytes: i64, unit: i64) -> i64 {
    match bytes % unit {
        0 => bytes,
        rest => bytes.saturating_add(unit - rest),
    }
}

/// The field table of a type that has a [`Dataset`] inside: the common fields, then the type's own.
///
/// `dataset_fields!(Filesystem, filesystem => &filesystem.dataset, [Field::new(…), …])`
macro_rules! dataset_fields {
    ($type:ty, $row:ident => $dataset:expr, [$($own:expr),* $(,)?]) => {{
        use $crate::infinibox::dataset::dataset_field as field;
        &[
            field!($type, $row, $dataset, "id", NATURAL, |d, _v| d.id).listed(),
            field!($type, $row, $dataset, "name", Holds::Name, |d, _v| d.name.as_str()).listed().required().update(),
            field!($type, $row, $dataset, "type", Holds::Word(&["MASTER", "SNAPSHOT"]), |d, _v| if d.is_snapshot() { "SNAPSHOT" } else { "MASTER" }).listed(),
            field!($type, $row, $dataset, "dataset_type", Holds::Word(&["VOLUME", "FILESYSTEM"]), |d, _v| match d.kind { $crate::infinibox::dataset::DatasetKind::Volume => "VOLUME", $crate::infinibox::dataset::DatasetKind::Filesystem => "FILESYSTEM" }).listed(),
            field!($type, $row, $dataset, "depth", NATURAL, |d, _v| i64::from(d.depth)).listed(),
            field!($type, $row, $dataset, "family_id", NATURAL, |d, _v| d.family_id).listed(),
            field!($type, $row, $dataset, "parent_id", NATURAL, |d, _v| d.parent_id).filterable().create(),
            field!($type, $row, $dataset, "pool_id", NATURAL, |d, _v| d.pool_id).filterable().create(),
            field!($type, $row, $dataset, "pool_name", TEXT, |d, v| v.pool_name(d.pool_id)).filterable(),
            field!($type, $row, $dataset, "cg_id", NATURAL, |d, _v| (d.cg_id != 0).then_some(d.cg_id)).filterable(),
            field!($type, $row, $dataset, "cg_name", TEXT, |d, v| v.cg_name(d.cg_id)),
            field!($type, $row, $dataset, "size", NATURAL, |d, _v| (!d.internal).then_some(d.size)).listed().create().update(),
            field!($type, $row, $dataset, "num_blocks", NATURAL, |d, _v| (!d.internal).then_some(d.size / $crate::infinibox::dataset::BLOCK)),
            field!($type, $row, $dataset, "used", NATURAL, |d, _v| d.used),
            field!($type, $row, $dataset, "allocated", NATURAL, |d, _v| d.physical_consumed()),
            field!($type, $row, $dataset, "tree_allocated", NATURAL, |d, _v| d.physical_consumed()),
            field!($type, $row, $dataset, "provtype", Holds::Word($crate::infinibox::dataset::Provisioning::WORDS), |d, _v| d.provisioning.name()).listed().create().update(),
            field!($type, $row, $dataset, "ssd_enabled", Holds::Boolean, |d, _v| d.ssd_enabled).listed().create().update(),
            field!($type, $row, $dataset, "compression_enabled", Holds::Boolean, |d, _v| d.compression_enabled).listed().create().update(),
            field!($type, $row, $dataset, "compression_suppressed", Holds::Boolean, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "write_protected", Holds::Boolean, |d, _v| d.write_protected).listed().create().update(),
            field!($type, $row, $dataset, "mapped", Holds::Boolean, |d, v| v.array.mappings.is_mapped(d.id) || v.is_exported(d)).listed(),
            field!($type, $row, $dataset, "ssa_express_enabled", Holds::Boolean, |d, _v| d.ssa_express_enabled).listed().create().update(),
            field!($type, $row, $dataset, "ssa_express_status", TEXT, |d, _v| d.ssa_express_enabled.then_some("STATE_ACTIVE")),
            field!($type, $row, $dataset, "serial", TEXT, |d, _v| (!d.internal).then(|| d.serial())).listed(),
            field!($type, $row, $dataset, "nguid", TEXT, |d, _v| (!d.internal).then(|| d.nguid())),
            field!($type, $row, $dataset, "has_children", Holds::Boolean, |d, _v| d.children > 0),
            field!($type, $row, $dataset, "has_internal_children", Holds::Boolean, |d, _v| d.has_internal_children()),
            field!($type, $row, $dataset, "is_internal", Holds::Boolean, |d, _v| d.internal),
            field!($type, $row, $dataset, "rmr_source", Holds::Boolean, |_d, _v| false).listed(),
            field!($type, $row, $dataset, "rmr_target", Holds::Boolean, |_d, _v| false).listed(),
            field!($type, $row, $dataset, "rmr_active_active_peer", Holds::Boolean, |_d, _v| false).listed(),
            field!($type, $row, $dataset, "mobility_source", Holds::Boolean, |_d, _v| Value::Null).listed(),
            field!($type, $row, $dataset, "replica_ids", Holds::Anything, |_d, _v| serde_json::json!([])),
            field!($type, $row, $dataset, "replication_types", Holds::Words, |_d, _v| serde_json::json!(["NONE"])).filterable(),
            field!($type, $row, $dataset, "promote_source_id", NATURAL, |d, _v| d.promote_source_id()),
            field!($type, $row, $dataset, "qos_policy_id", NATURAL, |d, v| v.array.qos.policy_of(d.id).map(|p| p.id)).filterable(),
            field!($type, $row, $dataset, "qos_policy_name", TEXT, |d, v| v.array.qos.policy_of(d.id).map(|p| p.name.as_str())),
            field!($type, $row, $dataset, "qos_shared_policy_id", NATURAL, |d, v| v.array.qos.policy_of(d.pool_id).map(|p| p.id)).filterable(),
            field!($type, $row, $dataset, "qos_shared_policy_name", TEXT, |d, v| v.array.qos.policy_of(d.pool_id).map(|p| p.name.as_str())),
            field!($type, $row, $dataset, "snapshot_policy_id", NATURAL, |d, _v| d.snapshot_policy_id()).filterable().create().nullable(),
            field!($type, $row, $dataset, "snapshot_policy_name", TEXT, |d, v| v.snapshot_policy_name(d.snapshot_policy_id())),
            field!($type, $row, $dataset, "created_by_snapshot_policy_id", NATURAL, |d, _v| d.created_by_policy_id()).filterable(),
            field!($type, $row, $dataset, "created_by_snapshot_policy_name", TEXT, |d, v| v.snapshot_policy_name(d.created_by_policy_id())),
            field!($type, $row, $dataset, "created_by_schedule_id", NATURAL, |_d, _v| Value::Null).filterable(),
            field!($type, $row, $dataset, "created_by_schedule_name", TEXT, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "snapshot_retention", Holds::Integer(1, i64::MAX), |d, _v| d.snapshot_retention()).listed().create().update().nullable(),
            field!($type, $row, $dataset, "snapshot_expires_at", NATURAL, |d, _v| d.snapshot_expires_at()),
            field!($type, $row, $dataset, "remote_snapshot_retention", Holds::Integer(1, i64::MAX), |_d, _v| Value::Null).listed().create().nullable(),
            field!($type, $row, $dataset, "remote_snapshot_retention_lock", Holds::Integer(1, i64::MAX), |_d, _v| Value::Null).listed().create().nullable(),
            field!($type, $row, $dataset, "lock_state", Holds::Word(&["UNLOCKED", "LOCKED"]), |d, v| if d.is_locked(v.array.now()) { "LOCKED" } else { "UNLOCKED" }),
            field!($type, $row, $dataset, "lock_expires_at", INTEGER, |d, _v| d.lock_expires_at()).listed().create().update().nullable(),
            field!($type, $row, $dataset, "data_reduction_ratio", Holds::Float, |d, _v| (!d.is_snapshot()).then_some(1.0)),
            field!($type, $row, $dataset, "reducible_data_reduction_ratio", Holds::Float, |_d, _v| Value::Null).filterable(),
            field!($type, $row, $dataset, "reducible_data_percents", Holds::Float, |_d, _v| Value::Null).filterable(),
            field!($type, $row, $dataset, "non_reducible_data_reduction_ratio", Holds::Float, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "non_reducible_data_percents", Holds::Float, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "capacity_savings", NATURAL, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "capacity_savings_per_entity", NATURAL, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "disk_usage", NATURAL, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "host_written_data", NATURAL, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "zeros_capacity", NATURAL, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "reducible_data_disk_usage_capacity", NATURAL, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "reducible_host_written_data", NATURAL, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "non_reducible_data_disk_usage_capacity", NATURAL, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "non_reducible_host_written_data", NATURAL, |_d, _v| Value::Null),
            field!($type, $row, $dataset, "data_snapshot_guid", TEXT, |_d, _v| Value::Null).listed(),
            field!($type, $row, $dataset, "mgmt_snapshot_guid", TEXT, |_d, _v| Value::Null).listed(),
            field!($type, $row, $dataset, "rmr_snapshot_guid", TEXT, |_d, _v| Value::Null).listed(),
            field!($type, $row, $dataset, "_cg_guid", TEXT, |_d, _v| Value::Null).listed(),
            field!($type, $row, $dataset, "_cg_snapshot_guid", TEXT, |_d, _v| Value::Null).listed(),
            field!($type, $row, $dataset, "_reclaimed_snapshot_remote_system_serial", TEXT, |_d, _v| Value::Null).listed(),
            field!($type, $row, $dataset, "tenant_id", NATURAL, |_d, _v| 1_i64).filterable(),
            field!($type, $row, $dataset, "created_at", NATURAL, |d, _v| d.created_at).listed(),
            field!($type, $row, $dataset, "updated_at", NATURAL, |d, _v| d.updated_at).listed(),
            $($own),*
        ]
    }};
}

/// One field of [`dataset_fields!`].
macro_rules! dataset_field {
    ($type:ty, $row:ident, $dataset:expr, $name:literal, $holds:expr, |$d:ident, $v:ident| $value:expr) => {
        Field::<$type>::new($name, $holds, |$row, $v| {
            let $d: &Dataset = $dataset;
            let _ = ($d, $v);
            Value::from($value)
        })
    };
}
pub(crate) use {dataset_field, dataset_fields};

impl Record for Dataset {
    const FIELDS: &'static [Field<Self>] = dataset_fields!(Dataset, dataset => dataset, [
        Field::<Dataset>::new("udid", INTEGER, |d, v| d.of_volume(|| {
            v.array.volumes.get(&d.id).and_then(|volume| volume.udid).into()
        })),
        Field::<Dataset>::new("source_replicated_sg_id", NATURAL, |d, _| d.of_volume(|| Value::Null)),
        Field::<Dataset>::new("paths_available", Holds::Boolean, |d, _| d.of_volume(|| Value::Null)),
    ]);
}
