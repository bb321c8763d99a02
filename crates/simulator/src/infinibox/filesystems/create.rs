//! Creating filesystems and taking snapshots of them.

use super::{Filesystem, check_granularity, check_snapdir, check_thresholds};
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::dataset::snapshot::{self, Wanted};
use crate::infinibox::dataset::{ALLOCATION_UNIT, BLOCK, DatasetKind, locks, master, round_up, rules};
use crate::infinibox::entity::Entity as _;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;

/// What only a master takes on creation.
const MASTER_FIELDS: &[&str] = &[
    "pool_id",
    "size",
    "provtype",
    "compression_enabled",
    "snapshot_policy_id",
    "security_style",
    "root_mode",
    "worm_level",
];
/// The name of the directory with the snapshots if none is given.
pub(crate) const SNAPDIR: &str = ".snapshot";

/// Creates a master, or a snapshot if the body names a parent.
pub(super) fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let replicate = call.flag("replicate_to_async_target")?;
    let body = call.creation::<Filesystem>()?;
    rules::check_remote_retention(&body)?;
    let filesystem = if body.has("parent_id") && body.integer("parent_id") != Some(0) {
        take_snapshot(call, &body, replicate)?
    } else {
        master(call, &body, replicate)?
    };
    let dataset = &filesystem.dataset;
    let event = if dataset.is_snapshot() {
        Event::info("FILESYSTEM_SNAPSHOT_CREATED", "Filesystem snapshot {name} was taken")
            .number("parent_id", dataset.parent_id)
    } else {
        Event::info("FILESYSTEM_CREATED", "Filesystem {name} of {size} bytes was created")
            .number("size", dataset.size)
    };
    let id = dataset.id;
    let event = event.about(id).text("name", &dataset.name);
    call.array.filesystems.insert(id, filesystem);
    call.event(event);
    call.record::<Filesystem>(id).map(Reply::created)
}

fn master(call: &mut Call<'_>, body: &Body, replicate: bool) -> Result<Filesystem, Fault> {
    for name in ["pool_id", "size"] {
        if !body.has(name) {
            return Err(Fault::missing_field(name));
        }
    }
    let pool_id = body.integer("pool_id").unwrap_or_default();
    let size = rounded(body.integer("size").unwrap_or_default());
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
    if body.integer("worm_default_retention").is_some() {
        return Err(Fault::conflict(
            "UNSUPPORTED_WORM_DEFAULT_RETENTION",
            "Only a WORM filesystem has ('worm_default_retention')",
        ));
    }
    if replicate {
        return Err(not_replicated());
    }
    let windows = body.text("security_style") == Some("WINDOWS");
    let posix_file_ownership = body.boolean("posix_file_ownership");
    if posix_file_ownership.is_some() && !windows {
        return Err(Fault::conflict(
            "UNSUPPORTED_FILESYSTEM_SECURITY_STYLE",
            "Only a filesystem of style WINDOWS has ('posix_file_ownership')",
        ));
    }
    if let Some(mode) = body.text("root_mode") {
        let octal = mode.bytes().all(|digit| (b'0'..=b'7').contains(&digit));
        if windows || !octal {
            return Err(Fault::conflict(
                "INVALID_FILESYSTEM_ROOT_MODE",
                format!("The mode must be octal, for style UNIX; '{mode}' is not ('root_mode')"),
            ));
        }
    }
    let (warning, critical) = (
        body.integer("used_capacity_warning").unwrap_or(100),
        body.integer("used_capacity_critical").unwrap_or(100),
    );
    check_thresholds(warning, critical)?;
    let atime_granularity = body.integer("atime_granularity").unwrap_or(0);
    check_granularity(atime_granularity)?;
    let snapdir_name = body.text("snapdir_name").unwrap_or(SNAPDIR);
    check_snapdir(name, snapdir_name)?;
    rules::pool_takes(call, pool_id)?;
    rules::check_size(size)?;
    rules::check_name_free(call.array, DatasetKind::Filesystem, name, 0)?;
    let wanted = master::Wanted { kind: DatasetKind::Filesystem, name, pool_id, size };
    let dataset = master::make(call, body, &wanted)?;
    Ok(Filesystem {
        dataset,
        windows,
        atime_granularity,
        snapdir_name: snapdir_name.to_owned(),
        snapdir_accessible: body.boolean("snapdir_accessible").unwrap_or(true),
        visible_in_snapdir: false,
        suspended: false,
        used_capacity_warning: warning,
        used_capacity_critical: critical,
        posix_file_ownership: windows.then(|| posix_file_ownership.unwrap_or(false)),
        nfs_filesystem_id: next_nfs_id(call),
    })
}

fn take_snapshot(call: &mut Call<'_>, body: &Body, replicate: bool) -> Result<Filesystem, Fault> {
    if let Some(name) = MASTER_FIELDS.iter().find(|name| body.has(name)) {
        return Err(Fault::unsupported_field(name));
    }
    let parent = Filesystem::find(call.array, body.need_integer("parent_id")?)?.clone();
    parent.check_running()?;
    let name = body.text("name").unwrap_or_default();
    if body.boolean("ssa_express_enabled") == Some(true) {
        return Err(Fault::forbidden(
            "INVALID_SSA_EXPRESS_DATASET_TYPE",
            "SSA Express takes masters that are in no consistency group",
        ));
    }
    if replicate {
        return Err(not_replicated());
    }
    let snapdir_name = body.text("snapdir_name").unwrap_or(&parent.snapdir_name).to_owned();
    check_snapdir(name, &snapdir_name)?;
    let writable = body.boolean("write_protected") == Some(false);
    let (lock_expires_at, snapshot_retention) = locks::on_creation(body, call.now(), writable)?;
    snapshot::check(call, &parent.dataset, name)?;
    let wanted = Wanted {
        name: name.to_owned(),
        writable,
        ssd_enabled: body.boolean("ssd_enabled"),
        lock_expires_at,
        snapshot_retention,
        group_id: 0,
    };
    let nfs_filesystem_id = next_nfs_id(call);
    let dataset = snapshot::take(call.array, &parent.dataset, wanted);
    Ok(Filesystem {
        dataset,
        snapdir_name,
        visible_in_snapdir: true,
        suspended: false,
        nfs_filesystem_id,
        ..parent
    })
}

/// Sizes are rounded up to whole units, unlike those of volumes.
pub(super) fn rounded(size: i64) -> i64 {
    if size > i64::MAX - ALLOCATION_UNIT { size - size % BLOCK } else { round_up(size, ALLOCATION_UNIT) }
}

fn next_nfs_id(call: &Call<'_>) -> i64 {
    call.array.filesystems.values().map(|filesystem| filesystem.nfs_filesystem_id).max().unwrap_or(0) + 1
}

fn not_replicated() -> Fault {
    Fault::conflict(
        "REPLICA_INCONSISTENT_DATASETS",
        "Only a snapshot of a replicated dataset can be replicated ('replicate_to_async_target')",
    )
}
