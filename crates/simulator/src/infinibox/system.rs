//! The system itself: what it is called, what it holds, how it is, and the states that it can be put into.

use serde_json::{Map, Value as Json, json};

use super::body::check_name;
use super::call::Call;
use super::events::Event;
use super::fault::Fault;
use super::list::plucked;
use super::reply::Reply;
use super::roles::{Role, Roles};
use super::route::Route;
use super::usage::Usage;
use crate::message::Method;

mod access;
mod health;
mod operation;
#[cfg(test)]
mod tests;

pub(crate) use access::{Eula, ROUTES as ACCESS_ROUTES};
pub(crate) use health::ROUTES as HEALTH_ROUTES;
pub(crate) use operation::ROUTES as OPERATION_ROUTES;

/// Those who service the hardware. The administrator is not among them.
const SERVICE: Roles = Roles::of(&[Role::Infinidat, Role::Technician]);

/// What the system is and holds.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("system", get),
    Route::open(Method::Get, "system/ping", ping),
    Route::get("system/name", name),
    Route::put("system/name", Roles::ADMIN, rename),
    Route::get("system/capacity", |call| Ok(Reply::result(capacity(call)))),
    Route::get("system/capacity/total_physical_capacity", |call| {
        Ok(Reply::result(call.array.total_physical_capacity))
    }),
    Route::get("system/capacity/total_virtual_capacity", |call| {
        Ok(Reply::result(call.array.total_virtual_capacity))
    }),
    Route::put("system/capacity/total_virtual_capacity", Roles::ADMIN, set_virtual_capacity),
    Route::get("system/entity_counts", |call| Ok(Reply::result(entity_counts(call)))),
    Route::get("motd", |call| Ok(Reply::result(call.array.motd.clone()))),
];

/// The version that the document describes.
pub(crate) const VERSION: &str = "8.4.6";

/// The virtual capacity may be so many times the physical one.
const MAX_OVERCOMMIT: i64 = 10;

fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let system = json!({
        "name": call.array.name,
        "serial_number": call.array.serial_number,
        "model": "F6304",
        "product_id": "INFINIBOX",
        "version": VERSION,
        "operational_state": {
            "state": call.array.state,
            "mode": null,
            "description": "",
            "read_only_system": false,
        },
        "capacity": capacity(call),
        "entity_counts": entity_counts(call),
        "health_state": health::state(call),
    });
    let Some(names) = plucked(call) else {
        return Ok(Reply::result(system));
    };
    let plucked: Map<String, Json> =
        names.into_iter().filter_map(|name| system.get(&name).cloned().map(|value| (name, value))).collect();
    Ok(Reply::result(plucked))
}

fn capacity(call: &Call<'_>) -> Json {
    let array = &*call.array;
    let usage = Usage::of(array);
    let virtual_given: i64 = array.pools.values().map(|pool| pool.virtual_capacity).sum();
    let physical_given: i64 = array.pools.values().map(|pool| pool.physical_capacity).sum();
    let allocated: i64 = array.pools.keys().map(|id| usage.pool(*id).physical_used).sum();
    json!({
        "total_physical_capacity": array.total_physical_capacity,
        "total_virtual_capacity": array.total_virtual_capacity,
        "free_physical_space": (array.total_physical_capacity - physical_given).max(0),
        "free_virtual_space": (array.total_virtual_capacity - virtual_given).max(0),
        "total_allocated_physical_space": allocated,
        "data_reduction_ratio": 1.0,
    })
}

fn entity_counts(call: &Call<'_>) -> Json {
    let array = &*call.array;
    let usage = Usage::of(array);
    let sum = |count: fn(super::usage::PoolUsage) -> i64| -> i64 {
        array.pools.keys().map(|id| count(usage.pool(*id))).sum()
    };
    json!({
        "pools": array.pools.len(),
        "volumes": sum(|pool| pool.volumes),
        "volume_snapshots": sum(|pool| pool.snapshots),
        "filesystems": sum(|pool| pool.filesystems),
        "filesystem_snapshots": sum(|pool| pool.filesystem_snapshots),
        "consistency_groups": array.cgs.values().filter(|group| group.parent_id == 0).count(),
        "hosts": array.hosts.len(),
        "clusters": array.clusters.len(),
        "mappings": array.mappings.rows().len(),
        "users": array.users.len(),
    })
}

/// The one answer without an envelope, and one of the few that need no sign-in.
fn ping(_call: &mut Call<'_>) -> Result<Reply, Fault> {
    Ok(Reply::bare(json!("OK")))
}

fn name(call: &mut Call<'_>) -> Result<Reply, Fault> {
    Ok(Reply::result(call.array.name.clone()))
}

fn rename(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.json()?;
    let new = body.as_str().ok_or_else(|| Fault::malformed_content("a text is expected"))?;
    check_name(new)?;
    let old = std::mem::replace(&mut call.array.name, new.to_owned());
    call.event(
        Event::info("SYSTEM_RENAMED", "The system was renamed from {old_name} to {name}")
            .text("old_name", &old)
            .text("name", new),
    );
    name(call)
}

fn set_virtual_capacity(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.json()?;
    let bytes = body.as_i64().ok_or_else(|| Fault::malformed_content("a whole number is expected"))?;
    let given: i64 = call.array.pools.values().map(|pool| pool.virtual_capacity).sum();
    if bytes < given {
        return Err(Fault::conflict(
            "SYSTEM_VIRTUAL_CAPACITY_LESS_THAN_USED",
            format!("{given} bytes are given to pools already; {bytes} are less"),
        ));
    }
    let physical = call.array.total_physical_capacity;
    if bytes < physical {
        return Err(Fault::conflict(
            "SYSTEM_VIRTUAL_CAPACITY_LESS_THAN_HARD",
            format!("The system has {physical} bytes of physical capacity; {bytes} are less"),
        ));
    }
    let most = physical.saturating_mul(MAX_OVERCOMMIT);
    if bytes > most {
        return Err(Fault::conflict(
            "MAX_SYSTEM_VIRTUAL_CAPACITY_LIMIT",
            format!("The virtual capacity may be {most} bytes at most; {bytes} are more"),
        ));
    }
    call.approve(|| format!("Pools may then be promised {bytes} bytes, while {physical} exist"))?;
    call.array.total_virtual_capacity = bytes;
    call.event(
        Event::info(
            "SYSTEM_VIRTUAL_CAPACITY_CHANGED",
            "The system now has {bytes} bytes of virtual capacity",
        )
        .number("bytes", bytes),
    );
    Ok(Reply::result(bytes))
}
