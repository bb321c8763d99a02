//! QoS: policies that limit how much volumes and pools may do, and what they are assigned to.

use serde_json::json;

use super::array::Array;
use super::body::{Body, check_name};
use super::call::{Call, attribute, get, list};
use super::entity::{Entity, Record, Table};
use super::events::Event;
use super::fault::Fault;
use super::field::{Field, Holds, INTEGER, NATURAL};
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;
use super::value::Value;

pub(crate) mod assigned;
#[cfg(test)]
mod tests;

use assigned::Assignment;

/// The operations of QoS.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("qos/state", state),
    Route::post("qos/enable", Roles::ADMIN, enable),
    Route::get("qos/policies", list::<Policy>),
    Route::post("qos/policies", Roles::ADMIN, create),
    Route::get("qos/policies/{id}", get::<Policy>),
    Route::put("qos/policies/{id}", Roles::ADMIN, update),
    Route::delete("qos/policies/{id}", Roles::ADMIN, delete),
    Route::post("qos/policies/{id}/assign", Roles::ADMIN, assigned::assign),
    Route::post("qos/policies/{id}/unassign", Roles::ADMIN, assigned::unassign),
    Route::get("qos/policies/{id}/assigned_entities", assigned::of_policy),
    Route::get("qos/policies/{id}/assigned_entities/{assignment_id}", assigned::one_of_policy),
    Route::get("qos/policies/{id}/{attribute}", attribute::<Policy>),
    Route::get("qos/assigned_entities", list::<Assignment>),
    Route::get("qos/assigned_entities/{id}", get::<Assignment>),
];

const TYPES: &[&str] = &["VOLUME", "POOL_VOLUME", "FILESYSTEM", "POOL_FILESYSTEM"];
/// Operations per second.
const MAX_OPS: std::ops::RangeInclusive<i64> = 1000..=10_000_000;
/// Bytes per second. The document shows values only; the smallest is the lower bound here.
const MAX_BPS: std::ops::RangeInclusive<i64> = 50_000_000..=100_000_000_000;
/// How long a burst lasts, in seconds.
const BURST_SECONDS: i64 = 60;

/// The state of QoS.
#[derive(Debug, Default)]
pub(crate) struct Qos {
    pub(crate) enabled: bool,
    pub(crate) policies: Table<Policy>,
    pub(crate) assignments: Table<Assignment>,
}

impl Qos {
    /// The policy of a dataset or a pool.
    pub(crate) fn policy_of(&self, entity_id: i64) -> Option<&Policy> {
        let assignment = self.assignments.values().find(|assignment| assignment.entity_id == entity_id)?;
        self.policies.get(&assignment.policy_id)
    }
}

/// A policy.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) kind: String,
    /// Operations per second.
    pub(crate) max_ops: Option<i64>,
    /// Bytes per second.
    pub(crate) max_bps: Option<i64>,
    /// By what the limits may be exceeded for a while; `None` for never.
    pub(crate) burst_factor: Option<f64>,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
    /// Milliseconds since 1970.
    pub(crate) updated_at: i64,
}

impl Record for Policy {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |p, _| p.id.into()).listed(),
        Field::<Self>::new("name", Holds::Name, |p, _| p.name.as_str().into()).listed().required().update(),
        Field::<Self>::new("type", Holds::Word(TYPES), |p, _| p.kind.as_str().into())
            .listed()
            .required()
            .update(),
        Field::<Self>::new("max_ops", INTEGER, |p, _| p.max_ops.into()).listed().create().update().nullable(),
        Field::<Self>::new("max_bps", INTEGER, |p, _| p.max_bps.into()).listed().create().update().nullable(),
        Field::<Self>::new("burst_enabled", Holds::Boolean, |p, _| p.burst_factor.is_some().into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("burst_factor", Holds::Float, |p, _| p.burst_factor.into())
            .listed()
            .create()
            .update()
            .nullable(),
        Field::<Self>::new("burst_duration_seconds", NATURAL, |p, _| {
            p.burst_factor.map_or(Value::Null, |_| BURST_SECONDS.into())
        }),
        Field::<Self>::new("created_at", NATURAL, |p, _| p.created_at.into()).listed(),
        Field::<Self>::new("updated_at", NATURAL, |p, _| p.updated_at.into()).listed(),
    ];
}

impl Entity for Policy {
    const NOUN: &'static str = "QoS policy";
    const NOT_FOUND: &'static str = "QOS_POLICY_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.qos.policies
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.qos.policies
    }
}

fn state(call: &mut Call<'_>) -> Result<Reply, Fault> {
    Ok(Reply::result(json!({"is_enabled": call.array.qos.enabled})))
}

fn enable(call: &mut Call<'_>) -> Result<Reply, Fault> {
    if !std::mem::replace(&mut call.array.qos.enabled, true) {
        call.event(Event::info("QOS_ENABLED", "QoS was enabled"));
    }
    Ok(Reply::result(true))
}

fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.creation::<Policy>()?;
    let now = call.now();
    let mut policy = Policy {
        id: 0,
        name: String::new(),
        kind: String::new(),
        max_ops: None,
        max_bps: None,
        burst_factor: None,
        created_at: now,
        updated_at: now,
    };
    change(call, &mut policy, &body)?;
    policy.id = call.array.next_id();
    let (id, name) = (policy.id, policy.name.clone());
    call.array.qos.policies.insert(id, policy);
    call.event(
        Event::info("QOS_POLICY_CREATED", "QoS policy {name} was created").about(id).text("name", &name),
    );
    call.record::<Policy>(id).map(Reply::created)
}

fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let mut policy = Policy::find(call.array, id)?.clone();
    let body = call.update::<Policy>()?;
    change(call, &mut policy, &body)?;
    policy.updated_at = call.now();
    let name = policy.name.clone();
    *Policy::find_mut(call.array, id)? = policy;
    call.event(
        Event::info("QOS_POLICY_UPDATED", "QoS policy {name} was changed").about(id).text("name", &name),
    );
    call.record::<Policy>(id).map(Reply::result)
}

/// Puts the fields of a checked body into a policy, if no rule stands against them.
fn change(call: &Call<'_>, policy: &mut Policy, body: &Body) -> Result<(), Fault> {
    if let Some(name) = body.text("name") {
        check_name(name)?;
        let taken = |other: &Policy| other.id != policy.id && other.name.eq_ignore_ascii_case(name);
        if call.array.qos.policies.values().any(taken) {
            return Err(Fault::conflict(
                "QOS_POLICY_NAME_CONFLICT",
                format!("A QoS policy named '{name}' exists already"),
            ));
        }
        name.clone_into(&mut policy.name);
    }
    if let Some(kind) = body.text("type").filter(|kind| *kind != policy.kind) {
        if kind.ends_with("FILESYSTEM") {
            return Err(Fault::conflict(
                "FEATURE_NOT_ENABLED",
                format!("QoS of filesystems is not enabled on this system ('{kind}')"),
            ));
        }
        let assigned = |assignment: &Assignment| assignment.policy_id == policy.id;
        if call.array.qos.assignments.values().any(assigned) {
            return Err(Fault::conflict(
                "QOS_POLICY_TYPE_MODIFY_WITH_ENTITIES_NOT_ALLOWED",
                format!("QoS policy '{}' is assigned and keeps its ('type')", policy.name),
            ));
        }
        kind.clone_into(&mut policy.kind);
    }
    for (name, limit, range) in
        [("max_ops", &mut policy.max_ops, MAX_OPS), ("max_bps", &mut policy.max_bps, MAX_BPS)]
    {
        if body.has(name) {
            *limit = body.integer(name);
        }
        if limit.is_some_and(|limit| !range.contains(&limit)) {
            return Err(Fault::conflict(
                "QOS_POLICY_INVALID_MAX_LIMIT",
                format!("The limit is {} to {} per second ('{name}')", range.start(), range.end()),
            ));
        }
    }
    if policy.max_ops.is_none() && policy.max_bps.is_none() {
        return Err(Fault::conflict(
            "QOS_POLICY_MAX_LIMIT_NOT_DEFINED",
            "A QoS policy needs one limit at least ('max_ops')",
        ));
    }
    burst(policy, body)
}

fn burst(policy: &mut Policy, body: &Body) -> Result<(), Fault> {
    let enabled = body.boolean("burst_enabled").unwrap_or(policy.burst_factor.is_some());
    let factor = match body.json("burst_factor") {
        Some(value) => value.as_f64(),
        None => policy.burst_factor.filter(|_| enabled),
    };
    // Tenths: 1.1 to 10.0.
    let fits = factor.is_some_and(|factor| {
        let tenths = factor * 10.0;
        (11.0..=100.0).contains(&tenths.round()) && (tenths - tenths.round()).abs() < 1e-6
    });
    if enabled != factor.is_some() || enabled && !fits {
        return Err(Fault::conflict(
            "QOS_POLICY_INVALID_BURST_PARAMETER",
            "A burst needs a factor from 1.1 to 10.0 in steps of 0.1, and no burst needs none ('burst_factor')",
        ));
    }
    policy.burst_factor = factor;
    Ok(())
}

fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let policy = Policy::find(call.array, id)?.clone();
    let assigned = call.array.qos.assignments.values().filter(|row| row.policy_id == id).count();
    call.approve(|| {
        format!("Deleting QoS policy '{}' takes the limits from {assigned} entities", policy.name)
    })?;
    let last_state = call.record::<Policy>(id)?;
    call.array.qos.assignments.retain(|_, assignment| assignment.policy_id != id);
    call.array.qos.policies.remove(&id);
    call.event(
        Event::info("QOS_POLICY_DELETED", "QoS policy {name} was deleted")
            .about(id)
            .text("name", &policy.name),
    );
    Ok(Reply::result(last_state))
}
