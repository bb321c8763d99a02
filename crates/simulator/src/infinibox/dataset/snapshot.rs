//! Taking snapshots.

use super::family;
use super::rules;
use super::{Dataset, Provisioning, Rare};
use crate::infinibox::array::Array;
use crate::infinibox::call::Call;
use crate::infinibox::fault::Fault;

/// How many steps a snapshot may be below its master. The document's number is a test setting; so is this.
const MAX_DEPTH: u8 = 10;
/// How many datasets a family may have.
const MAX_FAMILY: usize = 1000;

/// What a new snapshot is to be like.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) name: String,
    pub(crate) writable: bool,
    /// The parent's if not given.
    pub(crate) ssd_enabled: Option<bool>,
    /// Milliseconds since 1970.
    pub(crate) lock_expires_at: Option<i64>,
    /// Seconds.
    pub(crate) snapshot_retention: Option<i64>,
    /// The snapshot group that it will be in; 0 for none.
    pub(crate) group_id: i64,
}

/// Checks that a snapshot of the dataset can be taken under that name.
pub(crate) fn check(call: &Call<'_>, parent: &Dataset, name: &str) -> Result<(), Fault> {
    rules::pool_open(call, parent.pool_id)?;
    if call.array.background.is_running(parent.busy_with(), call.now()) {
        return Err(Fault::conflict(
            "CANNOT_TAKE_SNAPSHOT",
            format!("A background operation works on '{}'; try again later", parent.name),
        ));
    }
    if parent.depth >= MAX_DEPTH {
        return Err(Fault::conflict(
            "MAX_TREE_DEPTH",
            format!("A snapshot can be {MAX_DEPTH} steps below its master at most"),
        ));
    }
    if family::size(call.array, parent.family_id) >= MAX_FAMILY {
        return Err(Fault::conflict(
            "MAX_FAMILY_SIZE",
            format!("A family has {MAX_FAMILY} datasets at most"),
        ));
    }
    rules::check_name_free(call.array, parent.kind, name, 0)
}

/// The snapshot of a dataset, with an id of its own and counted at its parent, but not in a table yet.
pub(crate) fn take(array: &mut Array, parent: &Dataset, wanted: Wanted) -> Dataset {
    let now = array.now();
    let id = array.next_id();
    if let Some(parent) = array.dataset_mut(parent.id) {
        parent.children += 1;
    }
    let rare = (wanted.lock_expires_at.is_some() || wanted.snapshot_retention.is_some()).then(|| {
        Box::new(Rare {
            lock_expires_at: wanted.lock_expires_at,
            snapshot_retention: wanted.snapshot_retention,
            ..Rare::default()
        })
    });
    Dataset {
        id,
        name: wanted.name,
        parent_id: parent.id,
        cg_id: wanted.group_id,
        used: 0,
        created_at: now,
        updated_at: now,
        children: 0,
        depth: parent.depth + 1,
        provisioning: Provisioning::Thin,
        ssd_enabled: wanted.ssd_enabled.unwrap_or(parent.ssd_enabled),
        write_protected: !wanted.writable,
        ssa_express_enabled: false,
        internal: false,
        rare,
        ..parent.clone()
    }
}
