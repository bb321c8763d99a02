//! Changing filesystems.

use serde_json::json;

use super::{Filesystem, check_granularity, check_snapdir, check_thresholds, create};
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::dataset::{change, rules};
use crate::infinibox::entity::Entity as _;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;

pub(super) fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    call.flag("force_resize")?;
    let old = Filesystem::find(call.array, id)?.clone();
    let mut body = call.update::<Filesystem>()?;
    rules::pool_open(call, old.dataset.pool_id)?;
    if let Some(size) = body.integer("size") {
        body.set("size", json!(create::rounded(size)));
    }
    // A suspended filesystem takes nothing but the end of its suspension.
    if !body.has("suspend_state") {
        old.check_running()?;
    }
    let changed = change::check(call, &old.dataset, &body)?;
    let new = own_fields(call, &old, &body)?;
    if new.suspended && !old.suspended {
        call.approve(|| {
            format!("Suspending filesystem '{}' cuts off every client that uses it", old.dataset.name)
        })?;
    }
    *Filesystem::find_mut(call.array, id)? = new;
    change::store(call, &old.dataset, changed, &body);
    call.record::<Filesystem>(id).map(Reply::result)
}

/// The filesystem with the fields that only filesystems have as the body wants them.
fn own_fields(call: &Call<'_>, old: &Filesystem, body: &Body) -> Result<Filesystem, Fault> {
    let mut new = old.clone();
    for (name, code) in [
        ("worm_default_retention", "UNSUPPORTED_WORM_DEFAULT_RETENTION"),
        ("worm_legal_hold", "UNSUPPORTED_WORM_LEGAL_HOLD"),
    ] {
        if body.has(name) {
            return Err(Fault::conflict(code, format!("Only a WORM filesystem has ('{name}')")));
        }
    }
    if let Some(seconds) = body.integer("atime_granularity") {
        check_granularity(seconds)?;
        new.atime_granularity = seconds;
    }
    if let Some(name) = body.text("snapdir_name") {
        name.clone_into(&mut new.snapdir_name);
    }
    check_snapdir(body.text("name").unwrap_or(&old.dataset.name), &new.snapdir_name)?;
    if let Some(accessible) = body.boolean("snapdir_accessible") {
        new.snapdir_accessible = accessible;
    }
    if let Some(visible) = body.boolean("visible_in_snapdir") {
        new.visible_in_snapdir = visible;
    }
    if let Some(percent) = body.integer("used_capacity_warning") {
        new.used_capacity_warning = percent;
    }
    if let Some(percent) = body.integer("used_capacity_critical") {
        new.used_capacity_critical = percent;
    }
    check_thresholds(new.used_capacity_warning, new.used_capacity_critical)?;
    if let Some(state) = body.text("suspend_state") {
        new.suspended = state == "DROP";
        let shared = |export: &crate::infinibox::exports::Export| {
            export.filesystem_id == old.dataset.id && export.enabled && export.nfs_version == "NFSv4"
        };
        if new.suspended && call.array.exports.values().any(shared) {
            return Err(Fault::conflict(
                "FILESYSTEM_SUSPEND_NOT_ALLOWED",
                format!("Filesystem '{}' has active NFSv4 exports", old.dataset.name),
            ));
        }
    }
    Ok(new)
}
