//! Snapshot policies: what takes snapshots by itself, and of what.

use serde_json::Value as Json;

use super::array::Array;
use super::body::{Body, check_name};
use super::call::{Call, attribute, get, list};
use super::entity::{Entity, Record, Table};
use super::events::Event;
use super::fault::Fault;
use super::field::{Field, Holds, NATURAL};
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;

mod assigned;
pub(crate) mod schedules;
#[cfg(test)]
mod tests;

/// The operations of snapshot policies and their schedules.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("snapshot_policies", list::<SnapshotPolicy>),
    Route::post("snapshot_policies", Roles::ADMIN, create),
    Route::get("snapshot_policies/{id}", get::<SnapshotPolicy>),
    Route::put("snapshot_policies/{id}", Roles::ADMIN, update),
    Route::delete("snapshot_policies/{id}", Roles::ADMIN, delete),
    Route::get("snapshot_policies/{id}/assigned_entities", assigned::list),
    Route::post("snapshot_policies/{id}/assign_entity", Roles::POOL, assigned::assign),
    Route::post("snapshot_policies/{id}/unassign_entity", Roles::POOL, assigned::unassign),
    Route::get("snapshot_policies/{id}/schedules", schedules::list),
    Route::post("snapshot_policies/{id}/schedules", Roles::ADMIN, schedules::create),
    Route::get("snapshot_policies/{id}/schedules/{schedule_id}", schedules::get),
    Route::delete("snapshot_policies/{id}/schedules/{schedule_id}", Roles::ADMIN, schedules::delete),
    Route::post("snapshot_policies/{id}/schedules/{schedule_id}/enable", Roles::ADMIN, schedules::enable),
    Route::post("snapshot_policies/{id}/schedules/{schedule_id}/disable", Roles::ADMIN, schedules::disable),
    Route::get("snapshot_policies/{id}/{attribute}", attribute::<SnapshotPolicy>),
];

/// A snapshot policy.
#[derive(Debug, Clone)]
pub(crate) struct SnapshotPolicy {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// What the names of its snapshots end with.
    pub(crate) suffix: String,
    /// Whether new datasets get it if nobody chooses.
    pub(crate) default: bool,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
    /// Milliseconds since 1970.
    pub(crate) updated_at: i64,
}

impl Record for SnapshotPolicy {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |p, _| p.id.into()).listed(),
        Field::<Self>::new("name", Holds::Name, |p, _| p.name.as_str().into()).listed().required().update(),
        Field::<Self>::new("suffix", Holds::Text(1, 64), |p, _| p.suffix.as_str().into())
            .listed()
            .required()
            .update(),
        Field::<Self>::new("default_snapshot_policy", Holds::Boolean, |p, _| p.default.into()).listed(),
        Field::<Self>::new("assigned_entities_count", NATURAL, |p, v| {
            assigned::entities(v.array, p).len().into()
        }),
        Field::<Self>::new("schedules", Holds::Anything, |p, v| {
            let own = v.array.schedules.values().filter(|schedule| schedule.snapshot_policy_id == p.id);
            own.map(|schedule| schedule.render(v, None)).collect::<Json>().into()
        }),
        Field::<Self>::new("tenant_id", NATURAL, |_, _| 1_i64.into()),
        Field::<Self>::new("created_at", NATURAL, |p, _| p.created_at.into()).listed(),
        Field::<Self>::new("updated_at", NATURAL, |p, _| p.updated_at.into()).listed(),
    ];
}

impl Entity for SnapshotPolicy {
    const NOUN: &'static str = "Snapshot policy";
    const NOT_FOUND: &'static str = "SNAPSHOT_POLICY_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.snapshot_policies
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.snapshot_policies
    }
}

fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.creation::<SnapshotPolicy>()?;
    let now = call.now();
    let mut policy = SnapshotPolicy {
        id: 0,
        name: String::new(),
        suffix: String::new(),
        default: false,
        created_at: now,
        updated_at: now,
    };
    change(call, &mut policy, &body)?;
    policy.id = call.array.next_id();
    let (id, name) = (policy.id, policy.name.clone());
    call.array.snapshot_policies.insert(id, policy);
    call.event(
        Event::info("SNAPSHOT_POLICY_CREATED", "Snapshot policy {name} was created")
            .about(id)
            .text("name", &name),
    );
    call.record::<SnapshotPolicy>(id).map(Reply::created)
}

fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let mut policy = SnapshotPolicy::find(call.array, id)?.clone();
    let body = call.update::<SnapshotPolicy>()?;
    change(call, &mut policy, &body)?;
    policy.updated_at = call.now();
    let name = policy.name.clone();
    *SnapshotPolicy::find_mut(call.array, id)? = policy;
    call.event(
        Event::info("SNAPSHOT_POLICY_UPDATED", "Snapshot policy {name} was changed")
            .about(id)
            .text("name", &name),
    );
    call.record::<SnapshotPolicy>(id).map(Reply::result)
}

fn change(call: &Call<'_>, policy: &mut SnapshotPolicy, body: &Body) -> Result<(), Fault> {
    let id = policy.id;
    let others = || call.array.snapshot_policies.values().filter(|other| other.id != id);
    if let Some(name) = body.text("name") {
        check_name(name)?;
        if others().any(|other| other.name.eq_ignore_ascii_case(name)) {
            return Err(Fault::conflict(
                "SNAPSHOT_POLICY_NAME_CONFLICT",
                format!("A snapshot policy named '{name}' exists already"),
            ));
        }
        name.clone_into(&mut policy.name);
    }
    if let Some(suffix) = body.text("suffix") {
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
        if !suffix.chars().all(allowed) {
            return Err(Fault::bad(
                "INVALID_CHARACTERS_IN_SNAPSHOT_POLICY_SUFFIX",
                format!("The suffix '{suffix}' holds characters that are not allowed ('suffix')"),
            ));
        }
        if others().any(|other| other.suffix == suffix) {
            return Err(Fault::conflict(
                "SNAPSHOT_POLICY_SUFFIX_CONFLICT",
                format!("Another snapshot policy has the suffix '{suffix}'"),
            ));
        }
        suffix.clone_into(&mut policy.suffix);
    }
    Ok(())
}

fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let policy = SnapshotPolicy::find(call.array, id)?.clone();
    let entities = assigned::entities(call.array, &policy);
    call.approve(|| {
        format!(
            "Deleting snapshot policy '{}' ends the automatic snapshots of {} entities",
            policy.name,
            entities.len()
        )
    })?;
    let last_state = call.record::<SnapshotPolicy>(id)?;
    for entity in entities {
        assigned::set(call, entity.assigned_entity_id, None);
    }
    call.array.schedules.retain(|_, schedule| schedule.snapshot_policy_id != id);
    call.array.snapshot_policies.remove(&id);
    call.event(
        Event::info("SNAPSHOT_POLICY_DELETED", "Snapshot policy {name} was deleted")
            .about(id)
            .text("name", &policy.name),
    );
    Ok(Reply::result(last_state))
}
