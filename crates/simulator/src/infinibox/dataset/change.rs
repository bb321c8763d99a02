//! Changing the fields that all datasets have.

use super::rules;
use super::{Dataset, Provisioning, locks};
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;

/// Applies the common fields of a checked body to the dataset of that id, writes the event down, and leaves the fields
/// that it doesn't know to the caller. Nothing is changed if anything is refused.
///
/// # Errors
///
/// The first rule that stands against it; `APPROVAL_REQUIRED` last.
pub(crate) fn apply(call: &mut Call<'_>, old: &Dataset, body: &Body) -> Result<(), Fault> {
    let changed = check(call, old, body)?;
    store(call, old, changed, body);
    Ok(())
}

/// Puts a checked change into the state and tells of it.
pub(crate) fn store(call: &mut Call<'_>, old: &Dataset, changed: Dataset, body: &Body) {
    let event = event(old, &changed, body);
    let now = call.now();
    if let Some(stored) = call.array.dataset_mut(old.id) {
        *stored = Dataset { updated_at: now, ..changed };
    }
    call.event(event);
}

/// The dataset as the body wants it, if no rule stands against it.
pub(crate) fn check(call: &Call<'_>, old: &Dataset, body: &Body) -> Result<Dataset, Fault> {
    let mut new = old.clone();
    if let Some(name) = body.text("name") {
        rules::check_name_free(call.array, old.kind, name, old.id)?;
        name.clone_into(&mut new.name);
    }
    if let Some(size) = body.integer("size") {
        resize(call, old, size)?;
        new.size = size;
    }
    if let Some(word) = body.text("provtype") {
        if old.is_snapshot() {
            return Err(Fault::conflict("DATASET_NOT_MASTER", "Only a master has ('provtype') of its own"));
        }
        new.provisioning = Provisioning::parse(word);
        let more = new.physical_consumed() - old.physical_consumed();
        rules::check_room(call.array, old.pool_id, 0, more.max(0))?;
    }
    if let Some(enabled) = body.boolean("ssd_enabled") {
        if !enabled && old.ssa_express_enabled {
            return Err(Fault::conflict(
                "SSA_EXPRESS_DATASET_MUST_BE_SSD_ENABLED",
                "A dataset in SSA Express needs ('ssd_enabled')",
            ));
        }
        new.ssd_enabled = enabled;
    }
    if let Some(enabled) = body.boolean("compression_enabled") {
        if old.is_snapshot() {
            return Err(Fault::conflict(
                "COMPRESSION_OPERATION_NOT_ALLOWED",
                "A snapshot has no ('compression_enabled') of its own",
            ));
        }
        new.compression_enabled = enabled;
    }
    retention(old, &mut new, body)?;
    lock(call, old, &mut new, body)?;
    write_protection(call, old, &mut new, body)?;
    ssa_express(call, old, &mut new, body)?;
    Ok(new)
}

fn resize(call: &Call<'_>, old: &Dataset, size: i64) -> Result<(), Fault> {
    if old.write_protected {
        let code = match (old.is_snapshot(), old.kind) {
            (true, _) => "SNAP_RESIZE_NOT_ALLOWED",
            (false, super::DatasetKind::Volume) => "VOLUME_RESIZE_NOT_ALLOWED",
            (false, super::DatasetKind::Filesystem) => "FILESYSTEM_RESIZE_NOT_ALLOWED",
        };
        return Err(Fault::conflict(code, format!("'{}' is write protected", old.name)));
    }
    rules::check_size(size)?;
    if size < old.size {
        return Err(Fault::conflict(
            "DATASET_SHRINKING_NOT_ALLOWED",
            format!("The size ('size') is {} bytes and cannot get smaller", old.size),
        ));
    }
    let grown = Dataset { size, ..old.clone() };
    rules::check_room(
        call.array,
        old.pool_id,
        grown.virtual_consumed() - old.virtual_consumed(),
        grown.physical_consumed() - old.physical_consumed(),
    )
}

fn retention(old: &Dataset, new: &mut Dataset, body: &Body) -> Result<(), Fault> {
    if !body.has("snapshot_retention") {
        return Ok(());
    }
    if !old.is_snapshot() {
        return Err(Fault::conflict(
            "NON_SNAPSHOT_RETENTION_CANNOT_BE_MODIFIED",
            "Only a snapshot has ('snapshot_retention')",
        ));
    }
    if old.created_by_policy_id().is_none() {
        return Err(Fault::conflict(
            "SNAPSHOT_RETENTION_FIELD_NOT_SUPPORTED",
            "Only a snapshot that a policy made or that is replicated has ('snapshot_retention')",
        ));
    }
    let asked = body.integer("snapshot_retention");
    locks::check_lengthened(old.snapshot_retention(), asked)?;
    new.rare_mut().snapshot_retention = asked;
    Ok(())
}

fn lock(call: &Call<'_>, old: &Dataset, new: &mut Dataset, body: &Body) -> Result<(), Fault> {
    if !body.has("lock_expires_at") {
        return Ok(());
    }
    if !old.is_snapshot() {
        return Err(Fault::conflict(
            "INVALID_LOCK_ENTITY_TYPE",
            "Only a snapshot can have ('lock_expires_at')",
        ));
    }
    if old.cg_id != 0 || !old.write_protected {
        return Err(Fault::conflict(
            "SNAPSHOT_LOCK_FORBIDDEN",
            "A snapshot that can be written or is in a snapshot group cannot have ('lock_expires_at')",
        ));
    }
    let retention = new.snapshot_retention();
    let asked = body.integer("lock_expires_at");
    let until = locks::extended(old.lock_expires_at(), asked, call.now(), old.created_at, retention)?;
    new.rare_mut().lock_expires_at = until;
    Ok(())
}

fn write_protection(call: &Call<'_>, old: &Dataset, new: &mut Dataset, body: &Body) -> Result<(), Fault> {
    let Some(protected) = body.boolean("write_protected") else {
        return Ok(());
    };
    if !protected && old.is_locked(call.now()) {
        return Err(Fault::conflict(
            "WRITE_ENABLE_LOCKED_SNAPSHOT",
            format!("Snapshot '{}' is locked and stays ('write_protected')", old.name),
        ));
    }
    new.write_protected = protected;
    if protected && !old.write_protected {
        call.approve(|| format!("Hosts will not be able to write to '{}' any more", old.name))?;
    }
    Ok(())
}

fn ssa_express(call: &Call<'_>, old: &Dataset, new: &mut Dataset, body: &Body) -> Result<(), Fault> {
    let Some(enabled) = body.boolean("ssa_express_enabled") else {
        return Ok(());
    };
    if enabled == old.ssa_express_enabled {
        let code = if enabled {
            "DATASET_SSA_EXPRESS_ALREADY_ENABLED"
        } else {
            "DATASET_SSA_EXPRESS_ALREADY_DISABLED"
        };
        return Err(Fault::conflict(
            code,
            format!("('ssa_express_enabled') of '{}' is {enabled} already", old.name),
        ));
    }
    new.ssa_express_enabled = enabled;
    if enabled {
        rules::check_ssa_express(new)?;
        call.approve(|| rules::ssa_express_consequence(new))?;
    }
    Ok(())
}

fn event(old: &Dataset, new: &Dataset, body: &Body) -> Event {
    let kind = old.kind;
    let noun = kind.noun();
    let event = if body.has("name") {
        Event::info(kind.event("RENAMED"), format!("{noun} {{old_name}} was renamed to {{name}}"))
            .text("old_name", &old.name)
    } else if body.has("size") {
        Event::info(
            kind.event("RESIZED"),
            format!("{noun} {{name}} was resized from {{old_size}} to {{size}} bytes"),
        )
        .number("old_size", old.size)
        .number("size", new.size)
    } else {
        let fields = body.names().collect::<Vec<_>>().join(", ");
        Event::info(kind.event("UPDATED"), format!("{noun} {{name}} was changed: {{fields}}"))
            .text("fields", &fields)
    };
    event.about(old.id).text("name", &new.name)
}
