//! Consistency groups and snapshot groups, which are one collection.

use serde_json::json;

use super::array::Array;
use super::call::{attribute, get, list};
use super::dataset::Dataset;
use super::entity::{Entity, Record, Table};
use super::field::{Field, Holds, INTEGER, NATURAL, TEXT};
use super::roles::Roles;
use super::route::Route;
use super::value::Value;

mod actions;
mod members;
#[cfg(test)]
mod tests;
mod write;

/// The operations of groups.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("cgs", list::<Group>),
    Route::post("cgs", Roles::POOL, write::create),
    Route::get("cgs/{id}", get::<Group>),
    Route::put("cgs/{id}", Roles::POOL, write::update),
    Route::delete("cgs/{id}", Roles::POOL, write::delete),
    Route::get("cgs/{id}/members", members::list),
    Route::post("cgs/{id}/members", Roles::POOL, members::add),
    Route::delete("cgs/{id}/members/{dataset_id}", Roles::POOL, members::remove),
    Route::post("cgs/{id}/move", Roles::POOL, actions::move_to_pool),
    Route::post("cgs/{id}/promote", Roles::POOL, actions::promote),
    Route::post("cgs/{id}/refresh", Roles::POOL, actions::refresh),
    Route::post("cgs/{id}/restore", Roles::POOL, actions::restore),
    Route::get("cgs/{id}/{attribute}", attribute::<Group>),
];

/// A consistency group, or a snapshot group, which has a parent.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) pool_id: i64,
    /// 0 for a consistency group.
    pub(crate) parent_id: i64,
    pub(crate) snapshot_policy_id: Option<i64>,
    /// Seconds.
    pub(crate) snapshot_retention: Option<i64>,
    /// Milliseconds since 1970.
    pub(crate) lock_expires_at: Option<i64>,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
    /// Milliseconds since 1970.
    pub(crate) updated_at: i64,
}

impl Group {
    pub(crate) fn is_snapshot(&self) -> bool {
        self.parent_id != 0
    }

    pub(crate) fn is_locked(&self, now: i64) -> bool {
        self.lock_expires_at.is_some_and(|until| until > now)
    }
}

impl Record for Group {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |g, _| g.id.into()).listed(),
        Field::<Self>::new("name", Holds::Name, |g, _| g.name.as_str().into()).listed().required().update(),
        Field::<Self>::new("type", Holds::Word(&["MASTER", "SNAPSHOT"]), |g, _| {
            if g.is_snapshot() { "SNAPSHOT" } else { "MASTER" }.into()
        })
        .listed(),
        Field::<Self>::new("parent_id", NATURAL, |g, _| g.parent_id.into()).filterable().create(),
        Field::<Self>::new("pool_id", NATURAL, |g, _| g.pool_id.into()).filterable().create(),
        Field::<Self>::new("pool_name", TEXT, |g, v| v.pool_name(g.pool_id).into()),
        Field::<Self>::new("members_count", NATURAL, |g, v| v.members_count(g.id).into()),
        Field::<Self>::new("has_children", Holds::Boolean, |g, v| {
            v.array.cgs.values().any(|other| other.parent_id == g.id).into()
        }),
        Field::<Self>::new("is_replicated", Holds::Boolean, |_, _| false.into()),
        Field::<Self>::new("replication_types", Holds::Anything, |_, _| json!(["NONE"]).into()),
        Field::<Self>::new("replica_ids", Holds::Anything, |_, _| json!([]).into()),
        Field::<Self>::new("snapshot_policy_id", NATURAL, |g, _| g.snapshot_policy_id.into())
            .filterable()
            .create()
            .update()
            .nullable(),
        Field::<Self>::new("snapshot_policy_name", TEXT, |g, v| {
            v.snapshot_policy_name(g.snapshot_policy_id).into()
        }),
        Field::<Self>::new("created_by_snapshot_policy_id", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("created_by_snapshot_policy_name", TEXT, |_, _| Value::Null),
        Field::<Self>::new("created_by_schedule_id", NATURAL, |_, _| Value::Null),
        Field::<Self>::new("created_by_schedule_name", TEXT, |_, _| Value::Null),
        Field::<Self>::new("snapshot_retention", Holds::Integer(1, i64::MAX), |g, _| {
            g.snapshot_retention.into()
        })
        .listed()
        .create()
        .update()
        .nullable(),
        Field::<Self>::new("snapshot_expires_at", NATURAL, |g, _| {
            g.snapshot_retention.map(|retention| g.created_at / 1000 + retention).into()
        }),
        Field::<Self>::new("remote_snapshot_retention", Holds::Integer(1, i64::MAX), |_, _| Value::Null)
            .listed()
            .create()
            .nullable(),
        Field::<Self>::new("remote_snapshot_retention_lock", Holds::Integer(1, i64::MAX), |_, _| Value::Null)
            .listed()
            .create()
            .nullable(),
        Field::<Self>::new("lock_state", Holds::Word(&["UNLOCKED", "LOCKED"]), |g, v| {
            if g.is_locked(v.array.now()) { "LOCKED" } else { "UNLOCKED" }.into()
        }),
        Field::<Self>::new("lock_expires_at", INTEGER, |g, _| g.lock_expires_at.into())
            .listed()
            .create()
            .update()
            .nullable(),
        Field::<Self>::new("rmr_snapshot_guid", TEXT, |_, _| Value::Null).listed(),
        Field::<Self>::new("tenant_id", NATURAL, |_, _| 1_i64.into()),
        Field::<Self>::new("created_at", NATURAL, |g, _| g.created_at.into()).listed(),
        Field::<Self>::new("updated_at", NATURAL, |g, _| g.updated_at.into()).listed(),
        Field::<Self>::write_only("snap_prefix", Holds::Text(0, 65)).create().nullable(),
        Field::<Self>::write_only("snap_suffix", Holds::Text(0, 65)).create().nullable(),
    ];
}

impl Entity for Group {
    const NOUN: &'static str = "Consistency group";
    const NOT_FOUND: &'static str = "CG_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.cgs
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.cgs
    }
}

/// Copies of the datasets that are in a group.
fn members_of(array: &Array, id: i64) -> Vec<Dataset> {
    array.datasets().filter(|dataset| dataset.cg_id == id).cloned().collect()
}
