//! Restoring and refreshing, which volumes and filesystems do alike.

use serde_json::Value as Json;

use super::{Dataset, DatasetKind, family, locks, rules};
use crate::infinibox::body::Body;
use crate::infinibox::call::Call;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;

/// The dataset of that kind and id.
pub(crate) fn find(call: &Call<'_>, kind: DatasetKind, id: i64) -> Result<Dataset, Fault> {
    call.array
        .dataset(id)
        .filter(|dataset| dataset.kind == kind)
        .cloned()
        .ok_or_else(|| Fault::missing(kind.not_found(), format!("{} {id} does not exist", kind.noun())))
}

/// The source that a body names: `{"source_id": 5}`, or the bare id as the vendor's own client sends it.
pub(crate) fn source_id(call: &Call<'_>) -> Result<i64, Fault> {
    match call.json()? {
        Json::Number(number) => {
            number.as_i64().ok_or_else(|| Fault::malformed_content("an id is a whole number"))
        }
        _ => {
            let body: Body = call.body()?;
            body.only(&["source_id"])?;
            body.need_integer("source_id")
        }
    }
}

/// Puts a dataset's content back to what one of its snapshots holds.
pub(crate) fn restore(call: &mut Call<'_>, kind: DatasetKind) -> Result<(), Fault> {
    let target = find(call, kind, call.id("id")?)?;
    let source = find(call, kind, source_id(call)?)?;
    rules::pool_open(call, target.pool_id)?;
    locks::check_unlocked(&target, call.now())?;
    if target.write_protected {
        return Err(Fault::conflict(
            "PROTECTED_DATASET_CANNOT_BE_RESTORED",
            format!("'{}' is write protected", target.name),
        ));
    }
    if !family::descendants(call.array, target.id).contains(&source.id) {
        return Err(Fault::conflict(
            "ILLEGAL_RESTORE_REQUEST",
            format!("'{}' is no snapshot below '{}'", source.name, target.name),
        ));
    }
    let restored = Dataset { size: source.size, ..target.clone() };
    let more = restored.virtual_consumed() - target.virtual_consumed();
    rules::check_room(call.array, target.pool_id, more.max(0), 0)?;
    call.approve(|| {
        format!(
            "Restoring '{}' from '{}' replaces everything that was written since",
            target.name, source.name
        )
    })?;
    put_back(call, &target, &source);
    Ok(())
}

/// Does what [`restore`] asked for: the content, and with it the size, are the source's.
pub(crate) fn put_back(call: &mut Call<'_>, target: &Dataset, source: &Dataset) {
    let now = call.now();
    if let Some(stored) = call.array.dataset_mut(target.id) {
        stored.size = source.size;
        stored.updated_at = now;
    }
    call.event(
        Event::info(
            target.kind.event("RESTORED"),
            format!("{} {{name}} was restored from {{source}}", target.kind.noun()),
        )
        .about(target.id)
        .text("name", &target.name)
        .text("source", &source.name),
    );
}

/// Gives a snapshot the present content of its parent.
pub(crate) fn refresh(call: &mut Call<'_>, kind: DatasetKind) -> Result<i64, Fault> {
    let target = find(call, kind, call.id("id")?)?;
    let source_id = source_id(call)?;
    let source =
        call.array.dataset(source_id).cloned().ok_or_else(|| {
            Fault::missing("DATASET_NOT_FOUND", format!("Dataset {source_id} does not exist"))
        })?;
    rules::pool_open(call, target.pool_id)?;
    let refused = |code, why: &str| Err(Fault::conflict(code, format!("'{}' {why}", target.name)));
    if !target.is_snapshot() {
        return refused("REFRESH_TARGET_NOT_SNAPSHOT", "is no snapshot");
    }
    if target.parent_id != source.id {
        return refused("REFRESH_TARGET_NOT_DIRECT_SNAPSHOT", "is no direct snapshot of the source");
    }
    if target.children > 0 {
        return refused("REFRESH_TARGET_HAS_CHILDREN", "has snapshots of its own");
    }
    if target.cg_id != 0 {
        return refused("REFRESH_TARGET_IS_MEMBER_OF_SG", "is in a snapshot group");
    }
    locks::check_unlocked(&target, call.now())?;
    call.approve(|| {
        format!("Refreshing '{}' replaces its content with that of '{}'", target.name, source.name)
    })?;
    take_over(call, &target, &source);
    Ok(target.id)
}

/// Does what [`refresh`] asked for.
pub(crate) fn take_over(call: &mut Call<'_>, target: &Dataset, source: &Dataset) {
    let now = call.now();
    if let Some(stored) = call.array.dataset_mut(target.id) {
        stored.size = source.size;
        stored.used = 0;
        stored.updated_at = now;
    }
    call.event(
        Event::info(
            target.kind.event("REFRESHED"),
            format!("{} {{name}} was refreshed from {{source}}", target.kind.noun()),
        )
        .about(target.id)
        .text("name", &target.name)
        .text("source", &source.name),
    );
}
