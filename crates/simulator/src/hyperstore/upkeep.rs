//! What keeps usage data right: snapshots, rollups, repairs, and its deletion.

use serde_json::json;

use super::call::{Call, done};
use super::fault::Fault;
use super::route::Route;
use super::series::DAYS;
use super::store::Store;
use super::time::{DAY, Granularity};
use crate::message::Response;

/// How many users with doubtful counters one run repairs.
const DIRTY: usize = 1000;
/// For how many days hourly data is kept.
pub(super) const HOURLY_DAYS: i64 = 65;
/// For how many days raw data is kept, which isn't documented.
const RAW_DAYS: i64 = 7;

pub(super) const ROUTES: &[Route] = &[
    Route::post("/usage/storage", &[], snapshot).anywhere(),
    Route::post("/usage/storageall", &[], snapshot).anywhere(),
    Route::post("/usage/rollup", &["granularity", "startTime", "unitCount"], rollup).anywhere(),
    Route::post("/usage/repair", &["groupId", "summarizeCountsOnly", "region"], repair),
    Route::post("/usage/repair/user", &["groupId", "userId", "region"], repair_user),
    Route::post("/usage/repair/bucket", &["bucket"], repair_bucket),
    Route::post("/usage/repair/dirtyusers", &["summarizeCounts"], repair_dirty).anywhere(),
    Route::delete("/usage", &["granularity", "startTime", "unitCount"], delete),
    Route::post("/system/repairusercount", &[], repair_user_count),
];

/// Usage data that was deleted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Erased {
    granularity: Granularity,
    from: i64,
    to: i64,
}

/// Whether data of that granularity and time is young enough to be there.
pub(super) fn is_within(store: &Store, granularity: Granularity, at: i64) -> bool {
    let now = store.clock.now();
    let days = match granularity {
        Granularity::Raw => RAW_DAYS,
        Granularity::Hour => HOURLY_DAYS,
        Granularity::Day | Granularity::Month => 2 * 365,
    };
    // The first month has the days that there are of it.
    at >= (now - days * DAY).max(granularity.floor(store.started - DAYS * DAY)) && at < now
}

/// Whether it is there, and nobody has deleted it.
pub(super) fn is_kept(store: &Store, granularity: Granularity, at: i64) -> bool {
    let is_erased =
        |erased: &Erased| erased.granularity == granularity && (erased.from..erased.to).contains(&at);
    is_within(store, granularity, at) && !store.erased.iter().any(is_erased)
}

/// Notes what is stored now. That of all users differs from that of active ones only in who has a new row, which the
/// regular readings of the simulator have for everybody anyway.
fn snapshot(call: &mut Call<'_>) -> Result<Response, Fault> {
    let now = call.store.clock.now();
    call.store.snapshots.insert(now);
    Ok(done())
}

/// Reads which intervals a request is about.
fn intervals(call: &Call<'_>) -> Result<Erased, Fault> {
    call.require(&["granularity", "startTime"])?;
    let (name, start) = (call.need("granularity")?, call.need("startTime")?);
    let granularity = Granularity::parse(name).ok_or_else(|| Fault::bad("Invalid parameter granularity"))?;
    let from = granularity.time(start).ok_or_else(|| Fault::bad("Invalid parameter startTime"))?;
    let units = call.number("unitCount")?.unwrap_or(1);
    if !(1..=100).contains(&units) {
        return Err(Fault::bad("Invalid parameter unitCount : it must be 1 to 100"));
    }
    let to = (0..units).fold(from, |at, _| granularity.next(at));
    Ok(Erased { granularity, from, to })
}

/// Rolls data up again: hours from raw data, days and months from hours. Only what is no longer there at the source
/// stays deleted.
fn rollup(call: &mut Call<'_>) -> Result<Response, Fault> {
    let wanted = intervals(call)?;
    let source = match wanted.granularity {
        Granularity::Raw => return Err(Fault::bad("Invalid parameter granularity")),
        Granularity::Hour => Granularity::Raw,
        Granularity::Day | Granularity::Month => Granularity::Hour,
    };
    let mut at = wanted.from;
    while at < wanted.to {
        let next = wanted.granularity.next(at);
        if is_kept(call.store, source, at) {
            bring_back(&mut call.store.erased, Erased { from: at, to: next, ..wanted });
        }
        at = next;
    }
    Ok(done())
}

/// Takes one interval out of those that were deleted.
fn bring_back(erased: &mut Vec<Erased>, one: Erased) {
    let old = std::mem::take(erased);
    for range in old {
        if range.granularity != one.granularity || range.to <= one.from || one.to <= range.from {
            erased.push(range);
            continue;
        }
        let left = Erased { to: one.from, ..range };
        let right = Erased { from: one.to, ..range };
        erased.extend([left, right].into_iter().filter(|range| range.from < range.to));
    }
}

/// Deletes data of everybody; that of buckets stays.
fn delete(call: &mut Call<'_>) -> Result<Response, Fault> {
    let wanted = intervals(call)?;
    call.store.erased.push(wanted);
    Ok(done())
}

/// Makes the counters of a group be the sum of those of its users.
fn sum_up(store: &mut Store, group: &str) {
    let drift =
        store.members(group, "").fold((0, 0), |sum, user| (sum.0 + user.drift.0, sum.1 + user.drift.1));
    if let Some(group) = store.groups.get_mut(group) {
        group.drift = drift;
    }
}

/// Counts a group's users again, or only sums them up. Counters aren't kept by region here, so a region's repair is
/// that of all of them.
fn repair(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (group, only_sum) = (call.need("groupId")?, call.flag("summarizeCountsOnly", false)?);
    call.regions()?;
    let groups: Vec<String> = if group == "ALL" {
        call.store.groups.keys().cloned().collect()
    } else {
        super::groups::known(call.store, group)?;
        vec![group.to_owned()]
    };
    for group in groups {
        if !only_sum {
            for user in call.store.users.values_mut().filter(|user| user.group == group) {
                user.drift = (0, 0);
            }
        }
        sum_up(call.store, &group);
    }
    Ok(done())
}

/// Counts one user again; the group's counters stay as they are.
fn repair_user(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["groupId", "userId"])?;
    call.regions()?;
    let canonical = call.known_user()?;
    if let Some(user) = call.store.users.get_mut(&canonical) {
        user.drift = (0, 0);
    }
    Ok(done())
}

/// Counts a bucket, and keeps the count for reports of TB and TO.
fn repair_bucket(call: &mut Call<'_>) -> Result<Response, Fault> {
    let name = call.need("bucket")?;
    let now = call.store.clock.now();
    let unknown = || Fault::bad("Bucket does not exist : {bucket}");
    let bucket = call.store.buckets.get_mut(name).ok_or_else(unknown)?;
    let (bytes, objects) = bucket.held();
    bucket.counts.push((now, bytes, objects));
    Ok(Response::json(200, &json!({"TB": bytes, "TO": objects})))
}

fn repair_dirty(call: &mut Call<'_>) -> Result<Response, Fault> {
    let sum = call.flag("summarizeCounts", true)?;
    let dirty = call.store.users.values_mut().filter(|user| user.drift != (0, 0));
    let mut groups: Vec<String> = dirty
        .take(DIRTY)
        .map(|user| {
            user.drift = (0, 0);
            user.group.clone()
        })
        .collect();
    groups.sort_unstable();
    groups.dedup();
    if sum {
        groups.iter().for_each(|group| sum_up(call.store, group));
    }
    Ok(done())
}

fn repair_user_count(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.store.counted_users = i64::try_from(call.store.names.len()).unwrap_or(i64::MAX);
    Ok(done())
}
