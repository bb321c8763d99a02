//! Creating, changing, locking and deleting pools.

use serde_json::Value as Json;

use super::{CAPACITY_UNIT, MIN_CAPACITY, Pool};
use crate::infinibox::array::Array;
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::dataset::{BLOCK, round_up};
use crate::infinibox::entity::Entity;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;
use crate::infinibox::roles::Role;
use crate::infinibox::usage::Usage;

/// What a pool administrator may change of his own pools. The document only says that some fields are refused; these
/// are the ones that spend nobody else's capacity.
const OWNER_FIELDS: &[&str] = &[
    "name",
    "ssd_enabled",
    "compression_enabled",
    "physical_capacity_warning",
    "physical_capacity_critical",
    "fs_used_default_warning",
    "fs_used_default_critical",
];

pub(super) fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.creation::<Pool>()?;
    let s3 = body.text("type") == Some("S3");
    let physical = capacity("physical_capacity", body.integer("physical_capacity").unwrap_or_default())?;
    let virtual_capacity = match body.integer("virtual_capacity") {
        Some(_) if s3 => return Err(s3_virtual_capacity()),
        Some(bytes) => capacity("virtual_capacity", bytes)?,
        None if s3 => physical,
        None => return Err(Fault::missing_field("virtual_capacity")),
    };
    let max_extend = body.integer("max_extend").unwrap_or(if s3 { 0 } else { -1 });
    let percent = |name: &str, default| threshold(name, body.integer(name).unwrap_or(default));
    let mut pool = Pool {
        id: 0,
        name: body.text("name").unwrap_or_default().to_owned(),
        kind: match body.text("type") {
            Some("S3") => "S3",
            Some("VVOL") => "VVOL",
            _ => "STANDARD",
        },
        locked: false,
        physical_capacity: physical,
        virtual_capacity,
        max_extend,
        physical_warning: percent("physical_capacity_warning", 80)?,
        physical_critical: percent("physical_capacity_critical", 90)?,
        filesystem_warning: percent("fs_used_default_warning", 100)?,
        filesystem_critical: percent("fs_used_default_critical", 100)?,
        ssd_enabled: body.boolean("ssd_enabled").unwrap_or(true),
        compression_enabled: body.boolean("compression_enabled").unwrap_or(true),
        owners: body.json("owners").map(|value| owners(call.array, value)).transpose()?.unwrap_or_default(),
        created_at: call.now(),
        updated_at: call.now(),
    };
    check_extend(&pool)?;
    check_thresholds(&pool)?;
    check_name(call.array, &pool.name, 0)?;
    check_virtual(call.array, pool.virtual_capacity, 0)?;
    let id = call.array.next_id();
    pool.id = id;
    let event =
        Event::info("POOL_CREATED", "Pool {pool_name} was created").about(id).text("pool_name", &pool.name);
    call.array.pools.insert(id, pool);
    call.event(event);
    call.record::<Pool>(id).map(Reply::created)
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let old = Pool::find(call.array, id)?.clone();
    call.own_pool(id)?;
    let body = call.update::<Pool>()?;
    if call.actor.role == Role::PoolAdmin
        && let Some(name) = body.names().find(|name| !OWNER_FIELDS.contains(name))
    {
        return Err(Fault::forbidden(
            "UNAUTHORIZED",
            format!("A pool administrator cannot change ('{name}')"),
        ));
    }
    let pool = changed(call.array, &old, &body)?;
    let event = change_event(&old, &pool, &body);
    let now = call.now();
    let stored = Pool::find_mut(call.array, id)?;
    *stored = pool;
    stored.updated_at = now;
    call.event(event);
    call.record::<Pool>(id).map(Reply::result)
}

/// The pool as the body wants it, if no rule stands against it.
fn changed(array: &Array, old: &Pool, body: &Body) -> Result<Pool, Fault> {
    let mut pool = old.clone();
    if let Some(name) = body.text("name") {
        check_name(array, name, pool.id)?;
        name.clone_into(&mut pool.name);
    }
    if let Some(bytes) = body.integer("physical_capacity") {
        let bytes = capacity("physical_capacity", bytes)?;
        let used = Usage::of(array).pool(pool.id).physical_used;
        if bytes < used {
            return Err(Fault::conflict(
                "ILLEGAL_POOL_PHYSICAL_CAPACITY",
                format!("Pool '{}' holds {used} bytes already", pool.name),
            ));
        }
        pool.physical_capacity = bytes;
    }
    if let Some(bytes) = body.integer("virtual_capacity") {
        if pool.kind == "S3" {
            return Err(s3_virtual_capacity());
        }
        let bytes = capacity("virtual_capacity", bytes)?;
        let used = Usage::of(array).pool(pool.id).virtual_used;
        if bytes < used {
            return Err(Fault::conflict(
                "ILLEGAL_POOL_CAPACITY",
                format!("Pool '{}' has given out {used} bytes already", pool.name),
            ));
        }
        check_virtual(array, bytes, pool.id)?;
        pool.virtual_capacity = bytes;
    }
    if let Some(value) = body.json("owners") {
        pool.owners = owners(array, value)?;
    }
    if pool.kind != "STANDARD"
        && (body.has("fs_used_default_warning") || body.has("fs_used_default_critical"))
    {
        return Err(Fault::conflict(
            "SET_FS_THRESHOLDS_POOL_TYPE_MISMATCH",
            "Only a STANDARD pool has thresholds for filesystems",
        ));
    }
    let percent = |name: &str, old| match body.integer(name) {
        Some(value) => threshold(name, value),
        None => Ok(old),
    };
    pool.physical_warning = percent("physical_capacity_warning", pool.physical_warning)?;
    pool.physical_critical = percent("physical_capacity_critical", pool.physical_critical)?;
    pool.filesystem_warning = percent("fs_used_default_warning", pool.filesystem_warning)?;
    pool.filesystem_critical = percent("fs_used_default_critical", pool.filesystem_critical)?;
    pool.max_extend = body.integer("max_extend").unwrap_or(pool.max_extend);
    pool.ssd_enabled = body.boolean("ssd_enabled").unwrap_or(pool.ssd_enabled);
    pool.compression_enabled = body.boolean("compression_enabled").unwrap_or(pool.compression_enabled);
    check_extend(&pool)?;
    check_thresholds(&pool)?;
    Ok(pool)
}

fn change_event(old: &Pool, new: &Pool, body: &Body) -> Event {
    let event = if body.has("name") {
        Event::info("POOL_RENAMED", "Pool {old_name} was renamed to {pool_name}").text("old_name", &old.name)
    } else if body.has("physical_capacity") || body.has("virtual_capacity") {
        Event::info(
            "POOL_CAPACITY_CHANGED",
            "Pool {pool_name} now has {physical_capacity} bytes physical and {virtual_capacity} bytes virtual capacity",
        )
        .number("physical_capacity", new.physical_capacity)
        .number("virtual_capacity", new.virtual_capacity)
    } else {
        let fields = body.names().collect::<Vec<_>>().join(", ");
        Event::info("POOL_UPDATED", "Pool {pool_name} was changed: {fields}").text("fields", &fields)
    };
    event.about(new.id).text("pool_name", &new.name)
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let pool = Pool::find(call.array, id)?;
    let name = pool.name.clone();
    if call.array.datasets().any(|dataset| dataset.pool_id == id) {
        return Err(Fault::conflict("POOL_NOT_EMPTY", format!("Pool '{name}' still holds datasets")));
    }
    if call.array.cgs.values().any(|group| group.pool_id == id) {
        return Err(Fault::conflict("POOL_HAS_CG", format!("Pool '{name}' still holds a consistency group")));
    }
    call.approve(|| format!("Deleting pool '{name}' gives its capacity back to the system"))?;
    let last_state = call.record::<Pool>(id)?;
    call.array.pools.remove(&id);
    call.array.qos.assignments.retain(|_, assignment| assignment.entity_id != id);
    call.event(
        Event::info("POOL_DELETED", "Pool {pool_name} was deleted").about(id).text("pool_name", &name),
    );
    Ok(Reply::result(last_state))
}

pub(super) fn lock(call: &mut Call<'_>) -> Result<Reply, Fault> {
    set_locked(call, true)
}

pub(super) fn unlock(call: &mut Call<'_>) -> Result<Reply, Fault> {
    set_locked(call, false)
}

fn set_locked(call: &mut Call<'_>, locked: bool) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let pool = Pool::find(call.array, id)?;
    let name = pool.name.clone();
    if pool.locked == locked {
        let state = if locked { "LOCKED" } else { "NORMAL" };
        return Err(Fault::conflict(
            "ILLEGAL_POOL_STATE",
            format!("Pool '{name}' is in state {state} already"),
        ));
    }
    if locked {
        call.approve(|| {
            format!("While pool '{name}' is locked, none of its datasets can be written or changed")
        })?;
    }
    let now = call.now();
    let pool = Pool::find_mut(call.array, id)?;
    pool.locked = locked;
    pool.updated_at = now;
    let event = if locked {
        Event::info("POOL_LOCKED", "Pool {pool_name} was locked").level("WARNING")
    } else {
        Event::info("POOL_UNLOCKED", "Pool {pool_name} was unlocked")
    };
    call.event(event.about(id).text("pool_name", &name));
    call.record::<Pool>(id).map(Reply::result)
}

/// A capacity as the box takes it: checked, and rounded up.
fn capacity(name: &str, bytes: i64) -> Result<i64, Fault> {
    if bytes % BLOCK != 0 {
        return Err(Fault::conflict(
            "ILLEGAL_POOL_CAPACITY",
            format!("The capacity ('{name}') must be a multiple of {BLOCK} bytes; {bytes} is not"),
        ));
    }
    if bytes < MIN_CAPACITY {
        return Err(Fault::conflict(
            "ILLEGAL_POOL_CAPACITY",
            format!("The capacity ('{name}') must be {MIN_CAPACITY} bytes or more; {bytes} is less"),
        ));
    }
    Ok(round_up(bytes, CAPACITY_UNIT))
}

fn threshold(name: &str, percent: i64) -> Result<i64, Fault> {
    if (1..=100).contains(&percent) {
        Ok(percent)
    } else {
        Err(Fault::bad(
            "ILLEGAL_THRESHOLD_VALUE",
            format!("The threshold ('{name}') must be in 1..100 percent; it is {percent}"),
        ))
    }
}

/// Critical must be above warning, except that 100 and 100 switch the thresholds off.
fn check_thresholds(pool: &Pool) -> Result<(), Fault> {
    let fits = |warning, critical| critical > warning || (warning, critical) == (100, 100);
    if fits(pool.physical_warning, pool.physical_critical)
        && fits(pool.filesystem_warning, pool.filesystem_critical)
    {
        return Ok(());
    }
    Err(Fault::conflict(
        "ILLEGAL_WARNING_OR_CRITICAL_VALUE",
        "The critical threshold must be above the warning threshold",
    ))
}

fn check_extend(pool: &Pool) -> Result<(), Fault> {
    if pool.kind == "S3" && pool.max_extend == -1 {
        return Err(Fault::conflict(
            "S3_POOL_SET_UNLIMITED_EMERGENCY_BUFFER_NOT_ALLOWED",
            "An S3 pool cannot have an emergency buffer without limit",
        ));
    }
    Ok(())
}

fn s3_virtual_capacity() -> Fault {
    Fault::conflict(
        "SET_VIRTUAL_CAPACITY_S3_POOL_NOT_ALLOWED",
        "The virtual capacity of an S3 pool cannot be set",
    )
}

fn check_name(array: &Array, name: &str, own_id: i64) -> Result<(), Fault> {
    let taken = array.pools.values().any(|pool| pool.id != own_id && pool.name.eq_ignore_ascii_case(name));
    if taken {
        return Err(Fault::conflict("POOL_NAME_CONFLICT", format!("A pool named '{name}' exists already")));
    }
    Ok(())
}

/// Refuses what would promise more than the system has.
fn check_virtual(array: &Array, bytes: i64, own_id: i64) -> Result<(), Fault> {
    let others: i64 =
        array.pools.values().filter(|pool| pool.id != own_id).map(|pool| pool.virtual_capacity).sum();
    let free = array.total_virtual_capacity.saturating_sub(others);
    if bytes > free {
        return Err(Fault::conflict(
            "SYSTEM_VIRTUAL_CAPACITY",
            format!("The system has {free} bytes of virtual capacity left; {bytes} are needed"),
        ));
    }
    Ok(())
}

/// The owners that a body names, who must be pool administrators.
fn owners(array: &Array, value: &Json) -> Result<Vec<i64>, Fault> {
    let ids: Vec<i64> = value
        .as_array()
        .and_then(|list| list.iter().map(Json::as_i64).collect())
        .ok_or_else(|| Fault::malformed_parameter("owners", "a list of whole numbers"))?;
    for id in &ids {
        let user = array
            .users
            .get(id)
            .ok_or_else(|| Fault::missing("USER_NOT_FOUND", format!("User {id} does not exist")))?;
        if user.role != Role::PoolAdmin {
            return Err(Fault::conflict(
                "ILLEGAL_POOL_ADMIN",
                format!(
                    "User '{}' cannot be an owner ('owners'): the role is {}",
                    user.name,
                    user.role.name()
                ),
            ));
        }
    }
    Ok(ids)
}
