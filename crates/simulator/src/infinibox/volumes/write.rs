//! Creating, changing and deleting volumes.

use super::Volume;
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::dataset::snapshot::{self, Wanted};
use crate::infinibox::dataset::{Dataset, DatasetKind, actions, change, family, locks, master, rules};
use crate::infinibox::entity::Entity as _;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;

/// The name of the volume that vVols are reached through, which the box keeps for itself.
const RESERVED_NAME: &str = "Default_Protocol_Endpoint";
/// What only a master takes on creation.
const MASTER_FIELDS: &[&str] = &["pool_id", "size", "provtype", "compression_enabled", "snapshot_policy_id"];
/// The numbers by which OpenVMS knows volumes.
const UDIDS: std::ops::RangeInclusive<i64> = 1..=32_767;

/// Creates a master, or a snapshot if the body names a parent.
pub(super) fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let replicate = call.flag("replicate_to_async_target")?;
    let body = call.creation::<Volume>()?;
    let id = if body.has("parent_id") {
        create_snapshot(call, &body, replicate)?
    } else {
        create_master(call, &body, replicate)?
    };
    call.record::<Volume>(id).map(Reply::created)
}

fn create_master(call: &mut Call<'_>, body: &Body, replicate: bool) -> Result<i64, Fault> {
    for name in ["pool_id", "size"] {
        if !body.has(name) {
            return Err(Fault::missing_field(name));
        }
    }
    let pool_id = body.integer("pool_id").unwrap_or_default();
    let size = body.integer("size").unwrap_or_default();
    let name = body.text("name").unwrap_or_default();
    if body.integer("lock_expires_at").is_some() {
        return Err(Fault::conflict(
            "INVALID_LOCK_ENTITY_TYPE",
            "Only a snapshot can have ('lock_expires_at')",
        ));
    }
    if body.integer("snapshot_retention").is_some() {
        return Err(Fault::unsupported_field("snapshot_retention"));
    }
    rules::check_remote_retention(body)?;
    if replicate {
        return Err(not_replicated());
    }
    rules::pool_takes(call, pool_id)?;
    rules::check_size(size)?;
    check_name(name)?;
    rules::check_name_free(call.array, DatasetKind::Volume, name, 0)?;
    let udid = body.integer("udid");
    check_udid(call, udid, 0)?;
    let wanted = master::Wanted { kind: DatasetKind::Volume, name, pool_id, size };
    let dataset = master::make(call, body, &wanted)?;
    let id = dataset.id;
    created(call, dataset, udid);
    Ok(id)
}

fn create_snapshot(call: &mut Call<'_>, body: &Body, replicate: bool) -> Result<i64, Fault> {
    if let Some(name) = MASTER_FIELDS.iter().find(|name| body.has(name)) {
        return Err(Fault::unsupported_field(name));
    }
    let parent = actions::find(call, DatasetKind::Volume, body.need_integer("parent_id")?)?;
    let name = body.text("name").unwrap_or_default();
    if body.boolean("ssa_express_enabled") == Some(true) {
        return Err(Fault::forbidden(
            "INVALID_SSA_EXPRESS_DATASET_TYPE",
            "SSA Express takes masters that are in no consistency group",
        ));
    }
    rules::check_remote_retention(body)?;
    if replicate {
        return Err(not_replicated());
    }
    let writable = body.boolean("write_protected") == Some(false);
    let (lock_expires_at, snapshot_retention) = locks::on_creation(body, call.now(), writable)?;
    check_name(name)?;
    snapshot::check(call, &parent, name)?;
    let udid = body.integer("udid");
    check_udid(call, udid, 0)?;
    let wanted = Wanted {
        name: name.to_owned(),
        writable,
        ssd_enabled: body.boolean("ssd_enabled"),
        lock_expires_at,
        snapshot_retention,
        group_id: 0,
    };
    let dataset = snapshot::take(call.array, &parent, wanted);
    let id = dataset.id;
    created(call, dataset, udid);
    Ok(id)
}

fn not_replicated() -> Fault {
    Fault::conflict(
        "OPERATION_NOT_SUPPORTED",
        "Only a snapshot of a replicated dataset can be replicated ('replicate_to_async_target')",
    )
}

/// Puts a new volume into its table and tells of it.
pub(crate) fn created(call: &mut Call<'_>, dataset: Dataset, udid: Option<i64>) {
    let event = if dataset.is_snapshot() {
        Event::info("SNAPSHOT_CREATED", "Snapshot {name} was taken").number("parent_id", dataset.parent_id)
    } else {
        Event::info("VOLUME_CREATED", "Volume {name} of {size} bytes was created")
            .number("size", dataset.size)
    };
    let event = event.about(dataset.id).text("name", &dataset.name);
    call.array.volumes.insert(dataset.id, Volume { dataset, udid });
    call.event(event);
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    call.flag("force_resize")?;
    let old = Volume::find(call.array, id)?.dataset.clone();
    let body = call.update::<Volume>()?;
    rules::pool_open(call, old.pool_id)?;
    if let Some(name) = body.text("name") {
        check_name(name)?;
    }
    if body.has("udid") {
        let udid = body.integer("udid");
        if call.array.mappings.is_mapped(id) {
            return Err(Fault::conflict(
                "UDID_ILLEGAL_MODIFICATION",
                format!("Volume '{}' is mapped and keeps its ('udid')", old.name),
            ));
        }
        check_udid(call, udid, id)?;
        Volume::find_mut(call.array, id)?.udid = udid;
    }
    change::apply(call, &old, &body)?;
    call.record::<Volume>(id).map(Reply::result)
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let volume = Volume::find(call.array, id)?.dataset.clone();
    rules::pool_open(call, volume.pool_id)?;
    check_deletable(call, &volume)?;
    let below = family::descendants(call.array, id).len();
    call.approve(|| {
        let noun = if volume.is_snapshot() { "snapshot" } else { "volume" };
        match below {
            0 => format!("Deleting {noun} '{}' destroys its data", volume.name),
            1 => format!("Deleting {noun} '{}' destroys its data and the snapshot below it", volume.name),
            _ => {
                format!("Deleting {noun} '{}' destroys its data and {below} snapshots below it", volume.name)
            }
        }
    })?;
    let last_state = call.record::<Volume>(id)?;
    remove(call, id);
    Ok(Reply::result(last_state))
}

/// Takes a volume and everything below it away and tells of each.
pub(crate) fn remove(call: &mut Call<'_>, id: i64) {
    for gone in family::remove(call.array, id).into_iter().filter(|gone| !gone.internal) {
        let event = if gone.is_snapshot() {
            Event::info("SNAPSHOT_DELETED", "Snapshot {name} was deleted")
        } else {
            Event::info("VOLUME_DELETED", "Volume {name} was deleted")
        };
        call.event(event.about(gone.id).text("name", &gone.name));
    }
}

/// Checks that nothing stands against deleting a volume and everything below it, its group apart.
pub(crate) fn check_free(call: &Call<'_>, volume: &Dataset) -> Result<(), Fault> {
    let array = &*call.array;
    let now = call.now();
    if array.mappings.is_mapped(volume.id) {
        return Err(Fault::conflict("VOLUME_IS_MAPPED", format!("Volume '{}' is mapped", volume.name)));
    }
    if volume.is_locked(now) {
        return Err(locks::delete_refused(volume));
    }
    if array.background.is_running(volume.busy_with(), now) {
        return Err(Fault::conflict(
            "DELETE_VOLUME_IN_PROMOTION_PROCESS",
            format!("Volume '{}' is still being promoted", volume.name),
        ));
    }
    for child in family::descendants(array, volume.id).into_iter().filter_map(|id| array.dataset(id)) {
        if array.mappings.is_mapped(child.id) {
            return Err(Fault::conflict(
                "CHILD_VOLUMES_ARE_MAPPED",
                format!("'{}', which is below '{}', is mapped", child.name, volume.name),
            ));
        }
        if child.is_locked(now) {
            return Err(Fault::conflict(
                "DELETE_SNAPSHOT_WITH_LOCKED_DESCENDANTS",
                format!("'{}', which is below '{}', is locked", child.name, volume.name),
            ));
        }
    }
    Ok(())
}

/// Checks that nothing stands against deleting a volume.
pub(super) fn check_deletable(call: &Call<'_>, volume: &Dataset) -> Result<(), Fault> {
    check_free(call, volume)?;
    let below = family::descendants(call.array, volume.id);
    let grouped = below
        .into_iter()
        .filter_map(|id| call.array.dataset(id))
        .chain([volume])
        .find(|dataset| dataset.cg_id != 0);
    match grouped {
        Some(dataset) => Err(Fault::conflict(
            "CG_DATASET_DELETE_NOT_ALLOWED",
            format!("'{}' is in a group; remove it there first", dataset.name),
        )),
        None => Ok(()),
    }
}

/// Checks a volume's name beyond what every name has to keep.
fn check_name(name: &str) -> Result<(), Fault> {
    if name.eq_ignore_ascii_case(RESERVED_NAME) {
        return Err(Fault::conflict(
            "ENTITY_NAME_IS_RESERVED",
            format!("The name '{RESERVED_NAME}' is reserved"),
        ));
    }
    Ok(())
}

fn check_udid(call: &Call<'_>, udid: Option<i64>, own_id: i64) -> Result<(), Fault> {
    let Some(udid) = udid else { return Ok(()) };
    let taken =
        call.array.volumes.values().any(|volume| volume.udid == Some(udid) && volume.dataset.id != own_id);
    if taken || !UDIDS.contains(&udid) {
        return Err(Fault::conflict(
            "UDID_NOT_VALID",
            format!(
                "The number ('udid') must be in {}..{} and no other volume's; {udid} is not",
                UDIDS.start(),
                UDIDS.end()
            ),
        ));
    }
    Ok(())
}
