//! Who is in a group.

use super::Group;
use super::write::{check_volume, says_something};
use crate::infinibox::call::Call;
use crate::infinibox::dataset::{Dataset, rules};
use crate::infinibox::entity::Entity as _;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::list::list_records;
use crate::infinibox::reply::Reply;

/// How many members a group has at most. The document's number is a test setting; so is this.
const MAX_MEMBERS: usize = 100;
/// What a body says about the members of a replicated group; no group is replicated yet.
const REPLICATION_FIELDS: &[&str] =
    &["replication_pair_info", "replication_pairs_info", "active_active_info"];
/// The switches of taking a member of a replicated group away.
const REMOVAL_FLAGS: &[&str] = &[
    "retain_staging_area",
    "create_replica",
    "force_if_no_remote_credentials",
    "force_if_remote_error",
    "force_on_target",
    "force_on_local",
    "keep_serial_on_local",
];

pub(super) fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    Group::find(call.array, id)?;
    list_records(call, call.array.datasets().filter(|dataset| dataset.cg_id == id), &[])
}

pub(super) fn add(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let group = Group::find(call.array, id)?.clone();
    let body = call.body()?;
    let allowed: Vec<&str> = REPLICATION_FIELDS.iter().copied().chain(["dataset_id"]).collect();
    body.only(&allowed)?;
    let dataset_id = body.need_integer("dataset_id")?;
    if let Some(name) = REPLICATION_FIELDS.iter().find(|name| says_something(&body, name)) {
        return Err(Fault::unsupported_field(name));
    }
    rules::pool_open(call, group.pool_id)?;
    let dataset =
        call.array.dataset(dataset_id).cloned().ok_or_else(|| {
            Fault::missing("DATASET_NOT_FOUND", format!("Dataset {dataset_id} does not exist"))
        })?;
    check_volume(&dataset)?;
    if dataset.cg_id != 0 {
        return Err(Fault::conflict(
            "DATASET_ALREADY_IN_A_CG",
            format!("'{}' is in a group already", dataset.name),
        ));
    }
    if dataset.pool_id != group.pool_id {
        return Err(Fault::conflict(
            "DATASET_NOT_IN_CG_POOL",
            format!("'{}' is not in the pool of group '{}'", dataset.name, group.name),
        ));
    }
    if super::members_of(call.array, id).len() >= MAX_MEMBERS {
        return Err(Fault::conflict(
            "GROUP_MEMBERS_LIMIT_EXCEEDED",
            format!("A group has {MAX_MEMBERS} members at most"),
        ));
    }
    if group.is_snapshot() {
        check_snapshot_member(call, &group, &dataset)?;
    } else if dataset.is_snapshot() {
        return Err(Fault::conflict(
            "ILLEGAL_CG_DATASET",
            format!("'{}' is a snapshot, which cannot be in a consistency group", dataset.name),
        ));
    }
    let now = call.now();
    if let Some(stored) = call.array.dataset_mut(dataset_id) {
        stored.cg_id = id;
        stored.updated_at = now;
        if group.is_snapshot() && stored.snapshot_retention().is_some() {
            stored.rare_mut().snapshot_retention = None;
        }
    }
    touched(call, &group, "CG_MEMBER_ADDED", "{dataset} is now in group {name}", &dataset)
}

/// A snapshot group takes a snapshot of a member of its parent, one of each, and only if their locks agree.
fn check_snapshot_member(call: &Call<'_>, group: &Group, dataset: &Dataset) -> Result<(), Fault> {
    let now = call.now();
    let refused = |code, why: &str| Err(Fault::conflict(code, format!("'{}' {why}", dataset.name)));
    if !dataset.is_snapshot() {
        return refused("DATASET_NOT_SNAPSHOT", "is no snapshot, and a snapshot group has snapshots only");
    }
    let parent = call.array.dataset(dataset.parent_id);
    if parent.is_none_or(|parent| parent.cg_id != group.parent_id) {
        return refused("SNAPSHOT_PARENT_IS_NOT_IN_CG", "is of a volume that is not in the parent group");
    }
    let siblings = super::members_of(call.array, group.id);
    if siblings.iter().any(|member| member.parent_id == dataset.parent_id) {
        return refused(
            "SNAPSHOT_PARENT_HAS_ALREADY_MEMBER_IN_SG",
            "is of a volume of which the group has a snapshot",
        );
    }
    match (dataset.is_locked(now), group.is_locked(now)) {
        (true, true) => {
            return refused("CANNOT_ADD_LOCKED_SNAPSHOT_TO_LOCKED_SG", "is locked, as the group is");
        }
        (true, false) => return refused("CANNOT_ADD_LOCKED_SNAPSHOT_TO_UNLOCKED_SG", "is locked"),
        (false, true) => {
            return refused("CANNOT_ADD_UNLOCKED_SNAPSHOT_TO_LOCKED_SG", "is not locked, as the group is");
        }
        (false, false) => {}
    }
    match (dataset.snapshot_retention(), group.snapshot_retention) {
        (Some(_), Some(_)) => {
            refused("SNAPSHOT_AND_SG_BOTH_HAVE_RETENTION", "has a retention, as the group has")
        }
        (None, Some(_)) => refused("SNAPSHOT_CANNOT_BE_ADDED_TO_SG_WITH_RETENTION", "has no retention"),
        (Some(_), None) => call.approve(|| {
            format!("Adding '{}' to snapshot group '{}' clears its retention", dataset.name, group.name)
        }),
        (None, None) => Ok(()),
    }
}

pub(super) fn remove(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let dataset_id = call.id("dataset_id")?;
    for flag in REMOVAL_FLAGS {
        call.flag(flag)?;
    }
    let group = Group::find(call.array, id)?.clone();
    rules::pool_open(call, group.pool_id)?;
    let member =
        call.array.dataset(dataset_id).filter(|dataset| dataset.cg_id == id).cloned().ok_or_else(|| {
            Fault::missing(
                "CG_DATASET_NOT_FOUND",
                format!("Dataset {dataset_id} is not in group '{}'", group.name),
            )
        })?;
    if group.is_locked(call.now()) {
        return Err(Fault::conflict(
            "MEMBER_CANNOT_BE_REMOVED_FROM_SG",
            format!("Snapshot group '{}' is locked", group.name),
        ));
    }
    call.approve(|| {
        format!("'{}' will not be in the common snapshots of group '{}' any more", member.name, group.name)
    })?;
    let now = call.now();
    if let Some(stored) = call.array.dataset_mut(dataset_id) {
        stored.cg_id = 0;
        stored.updated_at = now;
    }
    touched(call, &group, "CG_MEMBER_REMOVED", "{dataset} is not in group {name} any more", &member)
}

/// Tells of a changed membership and answers the group.
fn touched(
    call: &mut Call<'_>,
    group: &Group,
    code: &str,
    template: &str,
    dataset: &Dataset,
) -> Result<Reply, Fault> {
    Group::find_mut(call.array, group.id)?.updated_at = call.now();
    call.event(
        Event::info(code, template).about(group.id).text("name", &group.name).text("dataset", &dataset.name),
    );
    call.record::<Group>(group.id).map(Reply::result)
}
