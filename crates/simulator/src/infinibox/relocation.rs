//! Moving datasets to another pool, with or without the capacity that they take.

use super::call::Call;
use super::dataset::{Dataset, family, round_up, rules};
use super::entity::Entity as _;
use super::events::Event;
use super::fault::Fault;
use super::pools::{CAPACITY_UNIT, MIN_CAPACITY, Pool};
use super::usage::Usage;

/// The pool that a body names, and whether capacity moves along.
pub(crate) fn wanted(call: &Call<'_>) -> Result<(i64, bool), Fault> {
    let body = call.body()?;
    body.only(&["pool_id", "with_capacity"])?;
    let pool_id = body.need_integer("pool_id")?;
    Ok((pool_id, body.optional_boolean("with_capacity")?.unwrap_or(false)))
}

/// Moves masters, with everything below them, from one pool to another.
///
/// # Errors
///
/// The target takes no such datasets or has no room, or the source can't spare the capacity.
pub(crate) fn relocate(
    call: &mut Call<'_>,
    masters: &[i64],
    from: i64,
    to: i64,
    with_capacity: bool,
) -> Result<(), Fault> {
    let mut ids = Vec::new();
    for id in masters {
        ids.push(*id);
        ids.extend(family::descendants(call.array, *id));
    }
    check_target(call, to)?;
    let needed = |measure: fn(&Dataset) -> i64| -> i64 {
        ids.iter().filter_map(|id| call.array.dataset(*id)).map(measure).sum()
    };
    let (virtual_needed, physical_needed) =
        (needed(Dataset::virtual_consumed), needed(Dataset::physical_consumed));
    if with_capacity {
        hand_over(call, from, to, virtual_needed, physical_needed)?;
    } else if from != to {
        check_room(call, to, virtual_needed, physical_needed)?;
    }
    let now = call.now();
    for id in &ids {
        if let Some(dataset) = call.array.dataset_mut(*id) {
            dataset.pool_id = to;
            dataset.updated_at = now;
        }
    }
    for id in masters {
        let Some(dataset) = call.array.dataset(*id) else { continue };
        let event = Event::info(
            dataset.kind.event("MOVED"),
            format!("{} {{name}} was moved to pool {{pool_name}}", dataset.kind.noun()),
        )
        .about(*id)
        .text("name", &dataset.name)
        .text("pool_name", &Pool::find(call.array, to)?.name);
        call.event(event);
    }
    Ok(())
}

fn check_target(call: &Call<'_>, to: i64) -> Result<(), Fault> {
    rules::pool_open(call, to)?;
    let pool = Pool::find(call.array, to)?;
    match pool.kind {
        "VVOL" => Err(Fault::conflict(
            "ILLEGAL_MOVE_TO_VVOL_POOL",
            format!("Pool '{}' holds vVols only", pool.name),
        )),
        "S3" => Err(Fault::conflict(
            "S3_POOL_MOVE_ENTITIES_NOT_ALLOWED",
            format!("Pool '{}' holds S3 buckets only", pool.name),
        )),
        _ => Ok(()),
    }
}

fn check_room(call: &Call<'_>, to: i64, virtual_needed: i64, physical_needed: i64) -> Result<(), Fault> {
    let pool = Pool::find(call.array, to)?;
    let usage = Usage::of(call.array).pool(to);
    for (what, free, needed) in [
        ("virtual", pool.virtual_capacity - usage.virtual_used, virtual_needed),
        ("physical", pool.physical_capacity - usage.physical_used, physical_needed),
    ] {
        if needed > free {
            return Err(Fault::conflict(
                "INSUFFICIENT_POOL_CAPACITY",
                format!("Pool '{}' has {free} bytes of {what} capacity left; {needed} are needed", pool.name),
            ));
        }
    }
    Ok(())
}

/// Moves the capacity that the datasets take from one pool to the other; the source must stay as large as a pool is.
fn hand_over(
    call: &mut Call<'_>,
    from: i64,
    to: i64,
    virtual_bytes: i64,
    physical_bytes: i64,
) -> Result<(), Fault> {
    let (virtual_bytes, physical_bytes) =
        (round_up(virtual_bytes, CAPACITY_UNIT), round_up(physical_bytes, CAPACITY_UNIT));
    let source = Pool::find(call.array, from)?;
    let left = (source.virtual_capacity - virtual_bytes).min(source.physical_capacity - physical_bytes);
    if left < MIN_CAPACITY {
        return Err(Fault::conflict(
            "ILLEGAL_POOL_CAPACITY",
            format!("Pool '{}' must keep {MIN_CAPACITY} bytes", source.name),
        ));
    }
    let source = Pool::find_mut(call.array, from)?;
    source.virtual_capacity -= virtual_bytes;
    source.physical_capacity -= physical_bytes;
    let target = Pool::find_mut(call.array, to)?;
    target.virtual_capacity += virtual_bytes;
    target.physical_capacity += physical_bytes;
    Ok(())
}
