//! What else can be done with volumes: promoting, moving, restoring, snapshots of several at once.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::{Volume, write};
use crate::infinibox::background;
use crate::infinibox::body;
use crate::infinibox::call::Call;
use crate::infinibox::dataset::snapshot::{self, Wanted};
use crate::infinibox::dataset::{Dataset, DatasetKind, actions, family, rules};
use crate::infinibox::entity::{Entity as _, Record as _};
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::relocation;
use crate::infinibox::reply::Reply;

/// How many volumes one group snapshot takes. The document's number is a test setting; so is this.
const MAX_GROUP: usize = 100;

pub(super) fn restore(call: &mut Call<'_>) -> Result<Reply, Fault> {
    actions::restore(call, DatasetKind::Volume)?;
    Ok(Reply::result(true))
}

pub(super) fn refresh(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = actions::refresh(call, DatasetKind::Volume)?;
    call.record::<Volume>(id).map(Reply::result)
}

/// Makes a snapshot a master of its own. The change shows at once; the box goes on separating the data for a while.
pub(super) fn promote(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let snapshot = Volume::find(call.array, id)?.dataset.clone();
    rules::pool_open(call, snapshot.pool_id)?;
    check_promotable(call, &snapshot)?;
    if snapshot.cg_id != 0 {
        return Err(Fault::conflict(
            "PROMOTE_SNAPSHOT_PART_OF_SG",
            format!("'{}' is in a snapshot group", snapshot.name),
        ));
    }
    let master = promoted(&snapshot);
    rules::check_room(call.array, snapshot.pool_id, master.virtual_consumed(), 0)?;
    if snapshot.snapshot_retention().is_some() {
        call.approve(|| format!("Promoting '{}' clears its retention", snapshot.name))?;
    }
    let operation = background::start(call, id, |call, id| call.record::<Volume>(id));
    promote_one(call, &snapshot, operation);
    Ok(background::started(operation, call.record::<Volume>(id)?))
}

/// Checks that a snapshot can be promoted, its group and its pool apart.
pub(crate) fn check_promotable(call: &Call<'_>, snapshot: &Dataset) -> Result<(), Fault> {
    let refused = |code, why: &str| Err(Fault::conflict(code, format!("'{}' {why}", snapshot.name)));
    if !snapshot.is_snapshot() {
        return refused("PROMOTE_MASTER_ENTITY", "is a master already");
    }
    if snapshot.children > 0 {
        return refused("PROMOTE_SNAPSHOT_WITH_CHILDREN", "has snapshots of its own");
    }
    if snapshot.is_locked(call.now()) {
        return refused("PROMOTE_LOCKED_SNAPSHOT", "is locked");
    }
    Ok(())
}

/// The master that a snapshot becomes.
pub(crate) fn promoted(snapshot: &Dataset) -> Dataset {
    let mut master = Dataset {
        parent_id: 0,
        family_id: snapshot.id,
        depth: 0,
        write_protected: false,
        ..snapshot.clone()
    };
    let rare = master.rare_mut();
    rare.snapshot_retention = None;
    rare.lock_expires_at = None;
    rare.promote_source_id = Some(snapshot.parent_id);
    master
}

/// Promotes a checked snapshot. An internal snapshot stays with the old parent, as on the box.
pub(crate) fn promote_one(call: &mut Call<'_>, snapshot: &Dataset, operation: i64) {
    let mut master = promoted(snapshot);
    master.updated_at = call.now();
    master.rare_mut().busy_with = operation;
    let left = call.array.next_id();
    let leftover = Dataset {
        id: left,
        name: format!("internal-{left}"),
        cg_id: 0,
        used: 0,
        created_at: 0,
        updated_at: 0,
        write_protected: true,
        internal: true,
        rare: None,
        ..snapshot.clone()
    };
    let udid = call.array.volumes.get(&snapshot.id).and_then(|volume| volume.udid);
    family::leave_parent(call.array, snapshot.parent_id, false);
    if let Some(parent) = call.array.dataset_mut(snapshot.parent_id) {
        parent.rare_mut().internal_children += 1;
    }
    call.array.volumes.insert(left, Volume { dataset: leftover, udid: None });
    call.array.volumes.insert(master.id, Volume { dataset: master, udid });
    call.event(
        Event::info("SNAPSHOT_PROMOTED", "Snapshot {name} was promoted to a volume")
            .about(snapshot.id)
            .text("name", &snapshot.name),
    );
}

/// Moves a master with everything below it to another pool.
pub(super) fn move_to_pool(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let volume = Volume::find(call.array, id)?.dataset.clone();
    let (pool_id, with_capacity) = relocation::wanted(call)?;
    rules::pool_open(call, volume.pool_id)?;
    if volume.is_snapshot() {
        return Err(Fault::conflict("DATASET_NOT_MASTER", format!("'{}' is no master", volume.name)));
    }
    if volume.cg_id != 0 {
        return Err(Fault::conflict(
            "CG_DATASET_MOVE_NOT_ALLOWED",
            format!("'{}' is in a consistency group, which moves as a whole", volume.name),
        ));
    }
    relocation::relocate(call, &[id], volume.pool_id, pool_id, with_capacity)?;
    call.record::<Volume>(id).map(Reply::result)
}

/// Gives a master a new serial, so that hosts take it for another volume.
pub(super) fn reset_serial(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let volume = Volume::find(call.array, id)?.dataset.clone();
    if volume.is_snapshot() {
        return Err(Fault::conflict(
            "CANNOT_RESET_VOLUME_SERIAL",
            format!("'{}' is a snapshot; only a master's serial can be reset", volume.name),
        ));
    }
    let now = call.now();
    let stored = &mut Volume::find_mut(call.array, id)?.dataset;
    stored.rare_mut().serial_resets += 1;
    stored.updated_at = now;
    call.event(
        Event::info("VOLUME_SERIAL_RESET", "Volume {name} got a new serial")
            .about(id)
            .text("name", &volume.name),
    );
    call.record::<Volume>(id).map(Reply::result)
}

/// Takes over the snapshot that replication keeps of a volume. No volume is replicated yet, so there is none.
pub(super) fn own_snapshot(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    let volume = Volume::find(call.array, call.id("id")?)?;
    body.only(&["name"])?;
    body::check_name(body.text("name").ok_or_else(|| Fault::missing_field("name"))?)?;
    Err(Fault::missing(
        "NO_RMR_SNAPSHOT_FOUND",
        format!("Replication keeps no snapshot of '{}'", volume.dataset.name),
    ))
}

/// Takes snapshots of several volumes of a pool at one moment.
pub(super) fn group_snapshot(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["entities", "snap_prefix", "snap_suffix"])?;
    let entities = body.json("entities").ok_or_else(|| Fault::missing_field("entities"))?;
    let entities =
        entities.as_array().ok_or_else(|| Fault::malformed_parameter("entities", "a list of objects"))?;
    if entities.is_empty() {
        return Err(Fault::wrong_parameter("entities", "[]", "size >= 1"));
    }
    if entities.len() > MAX_GROUP {
        return Err(Fault::conflict(
            "GROUP_MEMBERS_LIMIT_EXCEEDED",
            format!("A group snapshot takes {MAX_GROUP} volumes at most"),
        ));
    }
    let (prefix, suffix) = (body.text("snap_prefix").unwrap_or(""), body.text("snap_suffix").unwrap_or(""));
    let mut names = BTreeSet::new();
    let mut planned = Vec::new();
    for entity in entities {
        let id = entity
            .get("id")
            .ok_or_else(|| Fault::missing_field("id"))?
            .as_i64()
            .ok_or_else(|| Fault::malformed_parameter("id", "a whole number"))?;
        let parent = actions::find(call, DatasetKind::Volume, id)?;
        let name = match entity.get("snap_name").and_then(Json::as_str) {
            Some(name) => name.to_owned(),
            None => format!("{prefix}{}{suffix}", parent.name),
        };
        body::check_name(&name)?;
        if !names.insert(name.to_ascii_lowercase()) {
            return Err(Fault::bad(
                "DATASET_NAME_WILL_BE_DUPLICATED",
                format!("Two snapshots would be named '{name}'"),
            ));
        }
        planned.push((parent, name));
    }
    let pool_id = planned.first().map(|(parent, _)| parent.pool_id);
    if planned.iter().any(|(parent, _)| Some(parent.pool_id) != pool_id) {
        return Err(Fault::conflict(
            "DATASET_BELONG_TO_DIFFERENT_POOL",
            "The volumes of a group snapshot must be in one pool",
        ));
    }
    for (parent, name) in &planned {
        snapshot::check(call, parent, name)?;
    }
    let mut ids = Vec::new();
    for (parent, name) in planned {
        let wanted = Wanted { name, ..Wanted::default() };
        let dataset = snapshot::take(call.array, &parent, wanted);
        ids.push(dataset.id);
        write::created(call, dataset, None);
    }
    let view = call.view();
    let records: Json = ids
        .iter()
        .filter_map(|id| call.array.volumes.get(id))
        .map(|volume| volume.render(&view, None))
        .collect();
    Ok(Reply::created(records))
}

/// Tells what deleting volumes would give back.
pub(super) fn delete_simulation(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["entities"])?;
    if body.is_null("entities") {
        return Err(Fault::unsupported_value("entities", "null"));
    }
    let ids = body.need_ids("entities")?;
    let volumes =
        ids.iter().map(|id| actions::find(call, DatasetKind::Volume, *id)).collect::<Result<Vec<_>, _>>()?;
    if volumes.iter().any(|volume| volume.promote_source_id().is_some()) {
        call.approve(|| {
            "One of the volumes took part in a promotion, so that the result may not be exact".to_owned()
        })?;
    }
    let valid = volumes.iter().all(|volume| write::check_deletable(call, volume).is_ok());
    let mut gone: BTreeSet<i64> = ids.iter().copied().collect();
    for id in ids {
        gone.extend(family::descendants(call.array, id));
    }
    let space: i64 =
        gone.into_iter().filter_map(|id| call.array.dataset(id)).map(Dataset::physical_consumed).sum();
    Ok(Reply::result(json!({"valid": valid, "space_reclaimable": space})))
}
