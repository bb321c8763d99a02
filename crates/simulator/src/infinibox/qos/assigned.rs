//! What QoS policies are assigned to.

use super::Policy;
use crate::infinibox::array::Array;
use crate::infinibox::call::Call;
use crate::infinibox::dataset::DatasetKind;
use crate::infinibox::entity::{Entity, Record, Table};
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::field::{Field, Holds, NATURAL};
use crate::infinibox::list::list_records;
use crate::infinibox::reply::Reply;
use crate::infinibox::value::Value;

/// One assignment.
#[derive(Debug, Clone)]
pub(crate) struct Assignment {
    pub(crate) id: i64,
    pub(crate) policy_id: i64,
    pub(crate) entity_id: i64,
    /// `VOLUME` or `POOL`.
    pub(crate) entity_type: &'static str,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
}

impl Record for Assignment {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |a, _| a.id.into()).listed(),
        Field::<Self>::new("qos_policy_id", NATURAL, |a, _| a.policy_id.into()).listed(),
        Field::<Self>::new("entity_id", NATURAL, |a, _| a.entity_id.into()).listed(),
        Field::<Self>::new("entity_type", Holds::Word(&["VOLUME", "POOL"]), |a, _| a.entity_type.into())
            .listed(),
        Field::<Self>::new("entity_name", Holds::Name, |a, v| {
            name(v.array, a.entity_id).map_or(Value::Null, Value::from)
        })
        .listed(),
        Field::<Self>::new("created_at", NATURAL, |a, _| a.created_at.into()).listed(),
        Field::<Self>::new("updated_at", NATURAL, |a, _| a.created_at.into()).listed(),
    ];
}

impl Entity for Assignment {
    const NOUN: &'static str = "QoS assignment";
    const NOT_FOUND: &'static str = "QOS_ASSIGNED_ENTITY_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.qos.assignments
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.qos.assignments
    }
}

/// The name of a pool or a dataset.
fn name(array: &Array, id: i64) -> Option<&str> {
    match array.pools.get(&id) {
        Some(pool) => Some(&pool.name),
        None => array.dataset(id).map(|dataset| dataset.name.as_str()),
    }
}

pub(super) fn of_policy(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = Policy::find(call.array, call.id("id")?)?.id;
    list_records(call, call.array.qos.assignments.values().filter(|row| row.policy_id == id), &[])
}

pub(super) fn one_of_policy(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let policy_id = Policy::find(call.array, call.id("id")?)?.id;
    let id = call.id("assignment_id")?;
    if Assignment::find(call.array, id)?.policy_id != policy_id {
        return Err(Assignment::absent(id));
    }
    call.record::<Assignment>(id).map(Reply::result)
}

/// The entity that a body names.
fn entity_id(call: &Call<'_>) -> Result<i64, Fault> {
    let body = call.body()?;
    body.only(&["entity_id"])?;
    body.need_integer("entity_id")
}

/// Assigns a policy to the pool or the volume that its type asks for; another policy goes, on approval.
pub(super) fn assign(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let policy = Policy::find(call.array, call.id("id")?)?.clone();
    let entity_id = entity_id(call)?;
    let (entity_type, there) = if policy.kind.starts_with("POOL") {
        ("POOL", call.array.pools.contains_key(&entity_id))
    } else {
        let dataset = call.array.dataset(entity_id);
        ("VOLUME", dataset.is_some_and(|dataset| dataset.kind == DatasetKind::Volume))
    };
    let name = name(call.array, entity_id).filter(|_| there).map(str::to_owned).ok_or_else(|| {
        Fault::conflict(
            "QOS_EXPECTED_ENTITY_NOT_FOUND",
            format!("There is no {} with id {entity_id}", entity_type.to_lowercase()),
        )
    })?;
    match call.array.qos.policy_of(entity_id) {
        Some(current) if current.id == policy.id => {
            return Err(Fault::conflict(
                "QOS_RESOURCE_ADD_FAIL",
                format!("'{name}' has QoS policy '{}' already", policy.name),
            ));
        }
        Some(current) => call.approve(|| {
            format!("'{name}' has QoS policy '{}', which '{}' replaces", current.name, policy.name)
        })?,
        None => {}
    }
    let created_at = call.now();
    let id = call.array.next_id();
    let assignments = &mut call.array.qos.assignments;
    assignments.retain(|_, row| row.entity_id != entity_id);
    assignments.insert(id, Assignment { id, policy_id: policy.id, entity_id, entity_type, created_at });
    call.event(
        Event::info("QOS_POLICY_ASSIGNED", "QoS policy {name} was assigned to {entity}")
            .about(policy.id)
            .text("name", &policy.name)
            .text("entity", &name),
    );
    call.record::<Assignment>(id).map(Reply::result)
}

pub(super) fn unassign(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let policy = Policy::find(call.array, call.id("id")?)?.clone();
    let entity_id = entity_id(call)?;
    let mut rows = call.array.qos.assignments.values();
    let row = rows.find(|row| row.policy_id == policy.id && row.entity_id == entity_id);
    let id = row.map(|row| row.id).ok_or_else(|| {
        Fault::missing(
            "QOS_ENTITY_NOT_FOUND",
            format!("QoS policy '{}' is not assigned to {entity_id}", policy.name),
        )
    })?;
    let last_state = call.record::<Assignment>(id)?;
    call.array.qos.assignments.remove(&id);
    call.event(
        Event::info("QOS_POLICY_UNASSIGNED", "QoS policy {name} was taken away from {entity}")
            .about(policy.id)
            .text("name", &policy.name)
            .number("entity", entity_id),
    );
    Ok(Reply::result(last_state))
}
