//! Pools: where datasets take their capacity from.

use serde_json::json;

use super::array::Array;
use super::call::{Call, attribute, get, list};
use super::entity::{Entity, Record, Table};
use super::fault::Fault;
use super::field::{Field, Holds, NATURAL};
use super::list::{list_records, list_values};
use super::reply::Reply;
use super::roles::{Role, Roles};
use super::route::Route;
use super::value::Value;

#[cfg(test)]
mod tests;
mod write;

/// Pool capacities are multiples of this many bytes; what is asked for is rounded up.
pub(crate) const CAPACITY_UNIT: i64 = 384 * 1024;

/// The smallest pool, in bytes.
pub(crate) const MIN_CAPACITY: i64 = 1_000_000_000_000;

/// The operations of pools.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("pools", list::<Pool>),
    Route::post("pools", Roles::ADMIN, write::create),
    Route::get("pools/administered_pools", administered),
    Route::get("pools/{id}", get::<Pool>),
    Route::put("pools/{id}", Roles::POOL, write::update),
    Route::delete("pools/{id}", Roles::ADMIN, write::delete),
    Route::get("pools/{id}/all_admins", all_admins),
    Route::post("pools/{id}/lock", Roles::ADMIN, write::lock),
    Route::post("pools/{id}/unlock", Roles::ADMIN, write::unlock),
    Route::get("pools/{id}/{attribute}", attribute::<Pool>),
];

/// A pool.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// `STANDARD`, `S3` or `VVOL`.
    pub(crate) kind: &'static str,
    pub(crate) locked: bool,
    /// Bytes.
    pub(crate) physical_capacity: i64,
    /// Bytes.
    pub(crate) virtual_capacity: i64,
    /// Bytes that it may grow by in an emergency; -1 for without limit.
    pub(crate) max_extend: i64,
    /// Percent, 1..=100; the same for the three below.
    pub(crate) physical_warning: i64,
    pub(crate) physical_critical: i64,
    pub(crate) filesystem_warning: i64,
    pub(crate) filesystem_critical: i64,
    pub(crate) ssd_enabled: bool,
    pub(crate) compression_enabled: bool,
    /// The ids of the pool administrators who may change what it holds.
    pub(crate) owners: Vec<i64>,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
    /// Milliseconds since 1970.
    pub(crate) updated_at: i64,
}

const PERCENT: Holds = Holds::Integer(i64::MIN, i64::MAX);

impl Record for Pool {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |p, _| p.id.into()).listed(),
        Field::<Self>::new("name", Holds::Name, |p, _| p.name.as_str().into()).listed().required().update(),
        Field::<Self>::new("type", Holds::Word(&["STANDARD", "S3", "VVOL"]), |p, _| p.kind.into())
            .listed()
            .create(),
        Field::<Self>::new("state", Holds::Word(&["NORMAL", "LOCKED"]), |p, _| {
            if p.locked { "LOCKED" } else { "NORMAL" }.into()
        }),
        Field::<Self>::new("physical_capacity", NATURAL, |p, _| p.physical_capacity.into())
            .required()
            .update(),
        Field::<Self>::new("virtual_capacity", NATURAL, |p, _| p.virtual_capacity.into()).create().update(),
        Field::<Self>::new("free_physical_space", NATURAL, |p, v| {
            (p.physical_capacity - v.pool_usage(p.id).physical_used).max(0).into()
        }),
        Field::<Self>::new("free_virtual_space", NATURAL, |p, v| {
            (p.virtual_capacity - v.pool_usage(p.id).virtual_used).max(0).into()
        }),
        Field::<Self>::new("allocated_physical_space", NATURAL, |p, v| {
            v.pool_usage(p.id).physical_used.into()
        }),
        Field::<Self>::new("allocated_internal_physical_space", NATURAL, |_, _| 0_i64.into()),
        // A tenth of what was asked for in the samples; the box rounds that down.
        Field::<Self>::new("reserved_capacity", NATURAL, |p, _| {
            (p.physical_capacity / 10 / 512 * 512).into()
        }),
        Field::<Self>::new("physical_capacity_warning", PERCENT, |p, _| p.physical_warning.into())
            .create()
            .update(),
        Field::<Self>::new("physical_capacity_critical", PERCENT, |p, _| p.physical_critical.into())
            .create()
            .update(),
        Field::<Self>::new("fs_used_default_warning", PERCENT, |p, _| p.filesystem_warning.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("fs_used_default_critical", PERCENT, |p, _| p.filesystem_critical.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("max_extend", Holds::Integer(-1, i64::MAX), |p, _| p.max_extend.into())
            .create()
            .update(),
        Field::<Self>::new("ssd_enabled", Holds::Boolean, |p, _| p.ssd_enabled.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("compression_enabled", Holds::Boolean, |p, _| p.compression_enabled.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("owners", Holds::Anything, |p, _| json!(p.owners).into()).create().update(),
        Field::<Self>::new("qos_policies", Holds::Anything, |_, _| json!([]).into()),
        Field::<Self>::new("entities_count", NATURAL, |p, v| v.pool_usage(p.id).entities().into()),
        Field::<Self>::new("volumes_count", NATURAL, |p, v| v.pool_usage(p.id).volumes.into()),
        Field::<Self>::new("snapshots_count", NATURAL, |p, v| v.pool_usage(p.id).snapshots.into()),
        Field::<Self>::new("filesystems_count", NATURAL, |p, v| v.pool_usage(p.id).filesystems.into()),
        Field::<Self>::new("filesystem_snapshots_count", NATURAL, |p, v| {
            v.pool_usage(p.id).filesystem_snapshots.into()
        }),
        Field::<Self>::new("standard_entities_count", NATURAL, |p, v| v.pool_usage(p.id).entities().into()),
        Field::<Self>::new("standard_volumes_count", NATURAL, |p, v| v.pool_usage(p.id).volumes.into()),
        Field::<Self>::new("standard_snapshots_count", NATURAL, |p, v| v.pool_usage(p.id).snapshots.into()),
        Field::<Self>::new("standard_filesystems_count", NATURAL, |p, v| {
            v.pool_usage(p.id).filesystems.into()
        }),
        Field::<Self>::new("standard_filesystem_snapshots_count", NATURAL, |p, v| {
            v.pool_usage(p.id).filesystem_snapshots.into()
        }),
        Field::<Self>::new("vvol_entities_count", NATURAL, |_, _| 0_i64.into()),
        Field::<Self>::new("vvol_volumes_count", NATURAL, |_, _| 0_i64.into()),
        Field::<Self>::new("vvol_snapshots_count", NATURAL, |_, _| 0_i64.into()),
        Field::<Self>::new("s3_bound", Holds::Boolean, |_, _| false.into()),
        Field::<Self>::new("s3_buckets_count", NATURAL, |_, _| 0_i64.into()),
        Field::<Self>::new("internal_entities_count", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("data_reduction_ratio", Holds::Float, |_, _| 1.0.into()),
        Field::<Self>::new("reducible_data_reduction_ratio", Holds::Float, |_, _| Value::Null).filterable(),
        Field::<Self>::new("reducible_data_percents", Holds::Float, |_, _| Value::Null).filterable(),
        Field::<Self>::new("non_reducible_data_reduction_ratio", Holds::Float, |_, _| Value::Null),
        Field::<Self>::new("non_reducible_data_percents", Holds::Float, |_, _| Value::Null),
        Field::<Self>::new("capacity_savings", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("thin_capacity_savings", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("thick_capacity_savings", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("total_disk_usage", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("zeros_capacity", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("host_written_data", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("reducible_host_written_data", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("non_reducible_host_written_data", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("reducible_data_disk_usage_capacity", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("non_reducible_data_disk_usage_capacity", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("tenant_id", NATURAL, |_, _| 1_i64.into()),
        Field::<Self>::new("created_at", NATURAL, |p, _| p.created_at.into()).listed(),
        Field::<Self>::new("updated_at", NATURAL, |p, _| p.updated_at.into()).listed(),
    ];
}

impl Entity for Pool {
    const NOUN: &'static str = "Pool";
    const NOT_FOUND: &'static str = "POOL_NOT_FOUND";
    const ONE_FIELD_PER_UPDATE: bool = true;
    const UNKNOWN_ON_UPDATE: &'static str = "SET_MISSING_ATTRIBUTE";

    fn table(array: &Array) -> &Table<Self> {
        &array.pools
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.pools
    }
}

/// The pools that the user may change: all of them, except for a pool administrator.
fn administered(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let all = matches!(call.actor.role, Role::Admin | Role::Infinidat);
    let user_id = call.actor.user_id;
    let pools = call.array.pools.values().filter(|pool| all || pool.owners.contains(&user_id));
    list_records(call, pools, &[])
}

/// The users who may change the pool: its owners, and everybody whose role allows it on every pool.
fn all_admins(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let pool = Pool::find(call.array, call.id("id")?)?;
    let ids = call
        .array
        .users
        .values()
        .filter(|user| matches!(user.role, Role::Admin | Role::Infinidat) || pool.owners.contains(&user.id))
        .map(|user| json!(user.id))
        .collect();
    list_values(call, ids)
}
