//! What groups do as a whole: moving, promoting, refreshing, restoring.

use super::Group;
use super::write::optional_body;
use crate::infinibox::call::Call;
use crate::infinibox::dataset::{Dataset, actions, rules};
use crate::infinibox::entity::Entity as _;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::relocation;
use crate::infinibox::reply::Reply;
use crate::infinibox::volumes::actions as volumes;

/// Moves a consistency group with its members to another pool.
pub(super) fn move_to_pool(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let group = Group::find(call.array, id)?.clone();
    let (pool_id, with_capacity) = relocation::wanted(call)?;
    rules::pool_open(call, group.pool_id)?;
    if group.is_snapshot() {
        return Err(Fault::conflict("SG_CANNOT_BE_MOVED", "A snapshot group moves with its parent only"));
    }
    let members: Vec<i64> = super::members_of(call.array, id).iter().map(|member| member.id).collect();
    relocation::relocate(call, &members, group.pool_id, pool_id, with_capacity)?;
    let now = call.now();
    for moved in call.array.cgs.values_mut().filter(|other| other.id == id || other.parent_id == id) {
        moved.pool_id = pool_id;
        moved.updated_at = now;
    }
    call.event(Event::info("CG_MOVED", "Group {name} was moved").about(id).text("name", &group.name));
    call.record::<Group>(id).map(Reply::result)
}

/// Makes a snapshot group a consistency group of its own, and its members masters.
pub(super) fn promote(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    optional_body(call, &[])?;
    let group = Group::find(call.array, id)?.clone();
    call.own_pool(group.pool_id)?;
    if call.array.pools.get(&group.pool_id).is_some_and(|pool| pool.locked) {
        return Err(Fault::conflict("PROMOTE_SNAPSHOT_TO_LOCKED_POOL", "The pool of the group is locked"));
    }
    if !group.is_snapshot() {
        return Err(Fault::conflict(
            "PROMOTE_MASTER_ENTITY",
            format!("'{}' is no snapshot group", group.name),
        ));
    }
    if group.is_locked(call.now()) {
        return Err(Fault::conflict(
            "PROMOTE_LOCKED_SG",
            format!("Snapshot group '{}' is locked", group.name),
        ));
    }
    let members = super::members_of(call.array, id);
    for member in &members {
        volumes::check_promotable(call, member)?;
    }
    let needed = members.iter().map(|member| volumes::promoted(member).virtual_consumed()).sum();
    rules::check_room(call.array, group.pool_id, needed, 0)?;
    call.approve(|| {
        format!("Promoting '{}' makes its snapshots ({}) volumes of their own", group.name, members.len())
    })?;
    for member in &members {
        volumes::promote_one(call, member, 0);
    }
    let now = call.now();
    let stored = Group::find_mut(call.array, id)?;
    stored.parent_id = 0;
    stored.snapshot_retention = None;
    stored.lock_expires_at = None;
    stored.updated_at = now;
    call.event(
        Event::info("SNAPSHOT_GROUP_PROMOTED", "Snapshot group {name} was promoted")
            .about(id)
            .text("name", &group.name),
    );
    call.record::<Group>(id).map(Reply::result)
}

/// Gives every member of a snapshot group the present content of its parent.
pub(super) fn refresh(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let group = Group::find(call.array, id)?.clone();
    let source = Group::find(call.array, actions::source_id(call)?)?.clone();
    rules::pool_open(call, group.pool_id)?;
    if !group.is_snapshot() {
        return Err(Fault::conflict("SG_REFRESH_NOT_SG", format!("'{}' is no snapshot group", group.name)));
    }
    if group.parent_id != source.id {
        return Err(Fault::conflict(
            "SG_REFRESH_NOT_DIRECT_SNAPSHOT",
            format!("'{}' is no snapshot of '{}'", group.name, source.name),
        ));
    }
    if group.is_locked(call.now()) {
        return Err(Fault::conflict(
            "INVALID_OPERATION_ON_LOCKED_SNAPSHOT",
            format!("Snapshot group '{}' is locked", group.name),
        ));
    }
    let members = super::members_of(call.array, id);
    let sources = super::members_of(call.array, source.id);
    let pairs: Vec<(Dataset, Dataset)> = members
        .iter()
        .filter_map(|member| {
            let parent = sources.iter().find(|source| source.id == member.parent_id)?;
            Some((member.clone(), parent.clone()))
        })
        .collect();
    if pairs.len() != members.len() || members.len() != sources.len() {
        return Err(Fault::conflict(
            "SG_REFRESH_INCONSISTENT_MEMBERS_NUMBER",
            format!("'{}' and '{}' do not have the same members", group.name, source.name),
        ));
    }
    call.approve(|| format!("Refreshing '{}' replaces the content of its snapshots", group.name))?;
    for (target, source) in &pairs {
        actions::take_over(call, target, source);
    }
    Group::find_mut(call.array, id)?.updated_at = call.now();
    call.event(
        Event::info("SNAPSHOT_GROUP_REFRESHED", "Snapshot group {name} was refreshed")
            .about(id)
            .text("name", &group.name),
    );
    call.record::<Group>(id).map(Reply::result)
}

/// Puts every member of a consistency group back to what one of its snapshot groups holds.
pub(super) fn restore(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let group = Group::find(call.array, id)?.clone();
    let body = call.body()?;
    // The document sends a target besides the path's and gives it no meaning.
    body.only(&["source_id", "target_id"])?;
    let source_id = body.need_integer("source_id")?;
    let source = Group::find(call.array, source_id)?.clone();
    rules::pool_open(call, group.pool_id)?;
    if source.parent_id != group.id {
        return Err(Fault::conflict(
            "ILLEGAL_CG_RESTORE_REQUEST",
            format!("'{}' is no snapshot group of '{}'", source.name, group.name),
        ));
    }
    let members = super::members_of(call.array, id);
    if let Some(member) = members.iter().find(|member| member.write_protected) {
        return Err(Fault::conflict(
            "PROTECTED_DATASET_CANNOT_BE_RESTORED",
            format!("'{}' is write protected", member.name),
        ));
    }
    call.approve(|| {
        format!(
            "Restoring '{}' from '{}' replaces everything that was written since",
            group.name, source.name
        )
    })?;
    for snapshot in super::members_of(call.array, source.id) {
        if let Some(member) = members.iter().find(|member| member.id == snapshot.parent_id) {
            actions::put_back(call, member, &snapshot);
        }
    }
    call.event(
        Event::info("CG_RESTORED", "Group {name} was restored from {source}")
            .about(id)
            .text("name", &group.name)
            .text("source", &source.name),
    );
    Ok(Reply::result(true))
}
