//! The rules that creating and changing any dataset has in common.

use super::{BLOCK, Dataset, DatasetKind, MIN_SIZE};
use crate::infinibox::array::Array;
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::entity::Entity as _;
use crate::infinibox::fault::Fault;
use crate::infinibox::pools::Pool;
use crate::infinibox::usage::Usage;

/// Lets a change of a pool's datasets through: the pool is there, the user may change it, and it isn't locked.
pub(crate) fn pool_open(call: &Call<'_>, pool_id: i64) -> Result<(), Fault> {
    let pool = Pool::find(call.array, pool_id)?;
    call.own_pool(pool_id)?;
    if pool.locked {
        return Err(Fault::conflict(
            "ILLEGAL_POOL_STATE",
            format!("Pool '{}' is in state LOCKED; its datasets cannot be changed", pool.name),
        ));
    }
    Ok(())
}

/// Lets a new dataset into a pool, which must hold ordinary datasets.
pub(crate) fn pool_takes(call: &Call<'_>, pool_id: i64) -> Result<(), Fault> {
    pool_open(call, pool_id)?;
    let pool = Pool::find(call.array, pool_id)?;
    if pool.kind != "STANDARD" {
        return Err(Fault::conflict(
            "ILLEGAL_POOL_TYPE",
            format!("Pool '{}' has type {} and takes no such dataset", pool.name, pool.kind),
        ));
    }
    Ok(())
}

/// Checks the size that a body asks for.
pub(crate) fn check_size(size: i64) -> Result<(), Fault> {
    if size % BLOCK != 0 {
        return Err(Fault::conflict(
            "ILLEGAL_DATASET_SIZE",
            format!("The size ('size') must be a multiple of {BLOCK} bytes; {size} is not"),
        ));
    }
    if size < MIN_SIZE {
        return Err(Fault::conflict(
            "DATASET_MIN_CAPACITY",
            format!("The size ('size') must be {MIN_SIZE} bytes or more; {size} is less"),
        ));
    }
    Ok(())
}

/// Checks that a pool has room for so many more bytes.
pub(crate) fn check_room(
    array: &Array,
    pool_id: i64,
    virtual_more: i64,
    physical_more: i64,
) -> Result<(), Fault> {
    let pool = Pool::find(array, pool_id)?;
    let usage = Usage::of(array).pool(pool_id);
    let full = |code, what, free: i64, needed| {
        Fault::conflict(
            code,
            format!(
                "Pool '{}' has {} bytes of {what} capacity left; {needed} are needed",
                pool.name,
                free.max(0)
            ),
        )
    };
    let free = pool.virtual_capacity - usage.virtual_used;
    if virtual_more > free {
        return Err(full("POOL_VIRTUAL_CAPACITY", "virtual", free, virtual_more));
    }
    // A pool may grow past its physical capacity by its emergency buffer, but not to make room for thick datasets.
    let free = pool.physical_capacity - usage.physical_used;
    if physical_more > 0 && physical_more > free {
        return Err(full("POOL_PHYSICAL_CAPACITY", "physical", free, physical_more));
    }
    Ok(())
}

/// Checks that no other dataset of the kind has the name.
pub(crate) fn check_name_free(
    array: &Array,
    kind: DatasetKind,
    name: &str,
    own_id: i64,
) -> Result<(), Fault> {
    let taken = array.datasets().any(|dataset| {
        dataset.kind == kind && dataset.id != own_id && dataset.name.eq_ignore_ascii_case(name)
    });
    if taken {
        return Err(Fault::conflict(
            kind.name_conflict(),
            format!("A {} named '{name}' exists already", kind.noun().to_lowercase()),
        ));
    }
    Ok(())
}

/// The snapshot policy of a new master: the default one if the body says nothing, none for 0 or null.
pub(crate) fn policy(array: &Array, body: &Body) -> Result<Option<i64>, Fault> {
    if !body.has("snapshot_policy_id") {
        return Ok(array.snapshot_policies.values().find(|policy| policy.default).map(|policy| policy.id));
    }
    match body.integer("snapshot_policy_id") {
        None | Some(0) => Ok(None),
        Some(id) if array.snapshot_policies.contains_key(&id) => Ok(Some(id)),
        Some(id) => {
            Err(Fault::missing("SNAPSHOT_POLICY_NOT_FOUND", format!("Snapshot policy {id} does not exist")))
        }
    }
}

/// Refuses retentions that only snapshots of replicated datasets have.
pub(crate) fn check_remote_retention(body: &Body) -> Result<(), Fault> {
    for (name, null, unsupported) in [
        (
            "remote_snapshot_retention",
            "REMOTE_SNAPSHOT_RETENTION_INVALID",
            "UNSUPPORTED_REMOTE_SNAPSHOT_RETENTION",
        ),
        (
            "remote_snapshot_retention_lock",
            "REMOTE_SNAPSHOT_RETENTION_LOCK_INVALID",
            "UNSUPPORTED_REMOTE_SNAPSHOT_RETENTION_LOCK",
        ),
    ] {
        if body.is_null(name) {
            return Err(Fault::conflict(null, format!("The field ('{name}') cannot be null")));
        }
        if body.has(name) {
            return Err(Fault::conflict(
                unsupported,
                format!("Only snapshots of replicated datasets have ('{name}')"),
            ));
        }
    }
    Ok(())
}

/// Checks that a new or changed dataset may be loaded into SSA Express.
pub(crate) fn check_ssa_express(dataset: &Dataset) -> Result<(), Fault> {
    if dataset.is_snapshot() || dataset.cg_id != 0 {
        return Err(Fault::forbidden(
            "INVALID_SSA_EXPRESS_DATASET_TYPE",
            "SSA Express takes masters that are in no consistency group",
        ));
    }
    if !dataset.ssd_enabled {
        return Err(Fault::conflict(
            "SSA_EXPRESS_DATASET_MUST_BE_SSD_ENABLED",
            "SSA Express takes datasets with ('ssd_enabled') only",
        ));
    }
    if dataset.size > SSA_EXPRESS_CAPACITY {
        return Err(Fault::conflict(
            "INSUFFICIENT_SSA_EXPRESS_CAPACITY",
            format!("SSA Express has {SSA_EXPRESS_CAPACITY} bytes; {} are needed", dataset.size),
        ));
    }
    Ok(())
}

/// What a person has to know before a dataset goes into SSA Express.
pub(crate) fn ssa_express_consequence(dataset: &Dataset) -> String {
    format!(
        "{} '{}' will take {} bytes of the SSA Express capacity",
        dataset.kind.noun(),
        dataset.name,
        dataset.size
    )
}

/// Bytes; the document doesn't print any.
const SSA_EXPRESS_CAPACITY: i64 = 100_000_000_000_000;
