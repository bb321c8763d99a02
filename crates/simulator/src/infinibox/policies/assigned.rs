//! What snapshot policies take snapshots of: masters and consistency groups.

use super::SnapshotPolicy;
use crate::infinibox::array::Array;
use crate::infinibox::call::Call;
use crate::infinibox::cgs::Group;
use crate::infinibox::dataset::DatasetKind;
use crate::infinibox::entity::{Entity as _, Record};
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::field::{Field, Holds, NATURAL};
use crate::infinibox::list::list_records;
use crate::infinibox::reply::Reply;

const TYPES: &[&str] = &["VOLUME", "FILESYSTEM", "CG"];

/// Something that a policy takes snapshots of. It has no id of its own.
#[derive(Debug, Clone)]
pub(super) struct AssignedEntity {
    pub(super) assigned_entity_id: i64,
    kind: &'static str,
    name: String,
    policy_id: i64,
    policy_name: String,
}

impl Record for AssignedEntity {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("assigned_entity_id", NATURAL, |e, _| e.assigned_entity_id.into()).listed(),
        Field::<Self>::new("assigned_entity_type", Holds::Word(TYPES), |e, _| e.kind.into()).listed(),
        Field::<Self>::new("assigned_entity_name", Holds::Name, |e, _| e.name.as_str().into()).listed(),
        Field::<Self>::new("snapshot_policy_id", NATURAL, |e, _| e.policy_id.into()).listed(),
        Field::<Self>::new("snapshot_policy_name", Holds::Name, |e, _| e.policy_name.as_str().into())
            .listed(),
    ];
}

/// Everything that has the policy.
pub(super) fn entities(array: &Array, policy: &SnapshotPolicy) -> Vec<AssignedEntity> {
    let row = |id, kind, name: &str| AssignedEntity {
        assigned_entity_id: id,
        kind,
        name: name.to_owned(),
        policy_id: policy.id,
        policy_name: policy.name.clone(),
    };
    let groups = array.cgs.values().filter(|group| group.snapshot_policy_id == Some(policy.id));
    array
        .datasets()
        .filter(|dataset| dataset.snapshot_policy_id() == Some(policy.id) && !dataset.is_snapshot())
        .map(|dataset| row(dataset.id, kind_name(dataset.kind), &dataset.name))
        .chain(groups.map(|group| row(group.id, "CG", &group.name)))
        .collect()
}

fn kind_name(kind: DatasetKind) -> &'static str {
    match kind {
        DatasetKind::Volume => "VOLUME",
        DatasetKind::Filesystem => "FILESYSTEM",
    }
}

/// Gives a dataset or a group another policy, or none.
pub(super) fn set(call: &mut Call<'_>, id: i64, policy_id: Option<i64>) {
    let now = call.now();
    if let Some(dataset) = call.array.dataset_mut(id) {
        dataset.rare_mut().snapshot_policy_id = policy_id;
        dataset.updated_at = now;
    } else if let Some(group) = call.array.cgs.get_mut(&id) {
        group.snapshot_policy_id = policy_id;
        group.updated_at = now;
    }
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let policy = SnapshotPolicy::find(call.array, call.id("id")?)?;
    list_records(call, entities(call.array, policy).iter(), &[])
}

/// What a body names, as far as the rules ask for it.
struct Named {
    name: String,
    pool_id: i64,
    policy_id: Option<i64>,
}

fn named(call: &Call<'_>, kind: &str, id: i64) -> Result<Named, Fault> {
    if kind == "CG" {
        let group = Group::find(call.array, id)?;
        if group.is_snapshot() {
            return Err(Fault::conflict(
                "ASSIGN_SG_TO_SNAPSHOT_POLICY_NOT_SUPPORTED",
                format!("'{}' is a snapshot group", group.name),
            ));
        }
        let (pool_id, policy_id) = (group.pool_id, group.snapshot_policy_id);
        return Ok(Named { name: group.name.clone(), pool_id, policy_id });
    }
    let dataset = call
        .array
        .dataset(id)
        .filter(|dataset| kind_name(dataset.kind) == kind)
        .ok_or_else(|| Fault::missing("DATASET_NOT_FOUND", format!("Dataset {id} does not exist")))?;
    if dataset.is_snapshot() {
        return Err(Fault::conflict("DATASET_NOT_MASTER", format!("'{}' is no master", dataset.name)));
    }
    if dataset.cg_id != 0 {
        return Err(Fault::forbidden(
            "SNAPSHOT_POLICY_CANNOT_BE_ASSIGNED_TO_CG_MEMBER",
            format!("'{}' is in a consistency group, which has a policy of its own", dataset.name),
        ));
    }
    let (pool_id, policy_id) = (dataset.pool_id, dataset.snapshot_policy_id());
    Ok(Named { name: dataset.name.clone(), pool_id, policy_id })
}

pub(super) fn assign(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let policy = SnapshotPolicy::find(call.array, call.id("id")?)?.clone();
    let body = call.body()?;
    body.only(&["assigned_entity_type", "assigned_entity_id"])?;
    let kind =
        body.text("assigned_entity_type").ok_or_else(|| Fault::missing_field("assigned_entity_type"))?;
    if !TYPES.contains(&kind) {
        return Err(Fault::malformed_parameter(kind, "a value of assigned_entity_type"));
    }
    let id = body.need_integer("assigned_entity_id")?;
    let entity = named(call, kind, id)?;
    call.own_pool(entity.pool_id)?;
    if entity.policy_id == Some(policy.id) {
        return Err(Fault::conflict(
            "ENTITY_ALREADY_ASSIGNED_TO_SNAPSHOT_POLICY",
            format!("'{}' has this snapshot policy already", entity.name),
        ));
    }
    if entity.policy_id.is_some() {
        call.approve(|| format!("'{}' has another snapshot policy, which this one replaces", entity.name))?;
    }
    set(call, id, Some(policy.id));
    call.event(
        Event::info("SNAPSHOT_POLICY_ASSIGNED", "Snapshot policy {name} was assigned to {entity}")
            .about(policy.id)
            .text("name", &policy.name)
            .text("entity", &entity.name),
    );
    Ok(Reply::result(true))
}

pub(super) fn unassign(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let policy = SnapshotPolicy::find(call.array, call.id("id")?)?.clone();
    let body = call.body()?;
    body.only(&["assigned_entity_id"])?;
    let id = body.need_integer("assigned_entity_id")?;
    let entity = entities(call.array, &policy)
        .into_iter()
        .find(|entity| entity.assigned_entity_id == id)
        .ok_or_else(|| {
            Fault::missing(
                "ASSIGNED_ENTITY_TO_SNAPSHOT_POLICY_NOT_FOUND",
                format!("Snapshot policy '{}' is not assigned to {id}", policy.name),
            )
        })?;
    let pool_id = call.array.dataset(id).map(|dataset| dataset.pool_id);
    let pool_id = pool_id.or_else(|| call.array.cgs.get(&id).map(|group| group.pool_id));
    call.own_pool(pool_id.unwrap_or_default())?;
    call.approve(|| format!("'{}' will have no automatic snapshots any more", entity.name))?;
    set(call, id, None);
    call.event(
        Event::info("SNAPSHOT_POLICY_UNASSIGNED", "Snapshot policy {name} was taken away from {entity}")
            .about(policy.id)
            .text("name", &policy.name)
            .text("entity", &entity.name),
    );
    Ok(Reply::result(true))
}
