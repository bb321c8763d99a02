//! Deleting filesystems, and telling beforehand what it would give back.

use std::collections::BTreeSet;

use serde_json::json;

use super::Filesystem;
use crate::infinibox::call::Call;
use crate::infinibox::dataset::{Dataset, DatasetKind, actions, family, locks, rules};
use crate::infinibox::entity::Entity as _;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;

pub(super) fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let filesystem = Filesystem::find(call.array, id)?.dataset.clone();
    rules::pool_open(call, filesystem.pool_id)?;
    check_deletable(call, &filesystem)?;
    let below = family::descendants(call.array, id).len();
    call.approve(|| {
        let noun = if filesystem.is_snapshot() { "filesystem snapshot" } else { "filesystem" };
        match below {
            0 => format!("Deleting {noun} '{}' destroys its data", filesystem.name),
            _ => format!(
                "Deleting {noun} '{}' destroys its data and {below} snapshot(s) below it",
                filesystem.name
            ),
        }
    })?;
    let last_state = call.record::<Filesystem>(id)?;
    for gone in family::remove(call.array, id) {
        call.array.treeqs.retain(|_, treeq| treeq.filesystem_id != gone.id);
        let event = if gone.is_snapshot() {
            Event::info("FILESYSTEM_SNAPSHOT_DELETED", "Filesystem snapshot {name} was deleted")
        } else {
            Event::info("FILESYSTEM_DELETED", "Filesystem {name} was deleted")
        };
        call.event(event.about(gone.id).text("name", &gone.name));
    }
    Ok(Reply::result(last_state))
}

/// Checks that nothing stands against deleting a filesystem and everything below it.
fn check_deletable(call: &Call<'_>, filesystem: &Dataset) -> Result<(), Fault> {
    let array = &*call.array;
    let now = call.now();
    if array.is_exported(filesystem.id) {
        return Err(Fault::conflict(
            "FILESYSTEM_HAS_EXPORT",
            format!("Filesystem '{}' has exports; delete them first", filesystem.name),
        ));
    }
    if filesystem.is_locked(now) {
        return Err(locks::delete_refused(filesystem));
    }
    for child in family::descendants(array, filesystem.id).into_iter().filter_map(|id| array.dataset(id)) {
        if array.is_exported(child.id) {
            return Err(Fault::conflict(
                "CHILD_FILESYSTEMS_HAVE_EXPORTS",
                format!("'{}', which is below '{}', has exports", child.name, filesystem.name),
            ));
        }
        if child.is_locked(now) {
            return Err(Fault::conflict(
                "DELETE_SNAPSHOT_WITH_LOCKED_DESCENDANTS",
                format!("'{}', which is below '{}', is locked", child.name, filesystem.name),
            ));
        }
    }
    Ok(())
}

/// Tells what deleting filesystems would give back.
pub(super) fn simulation(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["entities"])?;
    let ids = body.need_ids("entities")?;
    let mut gone: BTreeSet<i64> = ids.iter().copied().collect();
    let mut valid = true;
    for id in ids {
        let filesystem = actions::find(call, DatasetKind::Filesystem, id)?;
        valid &= check_deletable(call, &filesystem).is_ok();
        gone.extend(family::descendants(call.array, id));
    }
    let space: i64 =
        gone.into_iter().filter_map(|id| call.array.dataset(id)).map(Dataset::physical_consumed).sum();
    Ok(Reply::result(json!({"valid": valid, "space_reclaimable": space})))
}
