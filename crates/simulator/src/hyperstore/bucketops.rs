//! What is done to whole buckets: their tags and ids, and emptying them.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::call::{Call, text};
use super::fault::Fault;
use super::license;
use super::route::Route;
use super::series::Change;
use super::store::{Bucket, Store};
use super::time::{Granularity, HOUR, from_iso};
use crate::message::Response;

pub(super) const ROUTES: &[Route] = &[
    Route::get("/bucketops/id", &["bucketName"], id),
    Route::get("/bucketops/gettags", &["groupId", "limit", "userId"], tags),
    Route::post("/bucketops/purge", &["bucketName", "token", "deleteBucket"], purge).anywhere(),
    Route::post("/bucketops/cleanUpdatesInRange/go", &["bucketName", "fromTimestamp", "toTimestamp"], clean),
    Route::get("/bucketops/cleanUpdatesInRange/status", &["bucketName"], status),
    Route::post("/bucketops/cleanUpdatesInRange/stop", &["bucketName"], stop),
];

/// How many versions a cleaning job looks at in a second.
const PACE: i64 = 400;

/// A cleaning job.
#[derive(Debug, Clone)]
pub(super) struct Job {
    started: i64,
    /// How many versions there are to look at.
    total: i64,
}

impl Job {
    /// When it is done, in milliseconds since 1970.
    pub(super) fn ends(&self) -> i64 {
        self.started + self.total * 1000 / PACE
    }

    fn processed(&self, now: i64) -> i64 {
        ((now - self.started) * PACE / 1000).min(self.total)
    }
}

fn unknown() -> Fault {
    Fault::bad("Bucket does not exist : {bucketName}")
}

/// The canonical id of a bucket. What there is for a bucket without one isn't documented: nothing, as for other things
/// that aren't there.
fn id(call: &mut Call<'_>) -> Result<Response, Fault> {
    let bucket = call.store.buckets.get(call.need("bucketName")?).ok_or_else(Fault::absent)?;
    bucket.canonical.as_ref().map(text).ok_or_else(Fault::absent)
}

/// The tags of a group's buckets, so many users at a time.
fn tags(call: &mut Call<'_>) -> Result<Response, Fault> {
    let group = call.need("groupId")?;
    let limit = match call.number("limit")? {
        None => 10,
        Some(limit @ 1..=100) => usize::try_from(limit).unwrap_or(10),
        Some(_) => return Err(Fault::bad("Invalid parameter limit : it must be 1 to 100")),
    };
    let store = &*call.store;
    let from = call.text("userId").unwrap_or_default();
    let tagged = |user| {
        let buckets: BTreeMap<&str, &BTreeMap<String, String>> = store
            .buckets_of(user)
            .filter(|(_, bucket)| !bucket.tags.is_empty())
            .map(|(name, bucket)| (name, &bucket.tags))
            .collect();
        (!buckets.is_empty()).then_some((&user.id, buckets))
    };
    let mut users = store.members(group, from).filter_map(tagged);
    let page: Map<String, Json> =
        users.by_ref().take(limit).map(|(user, buckets)| (user.clone(), json!(buckets))).collect();
    let next = users.next().map(|(user, _)| user);
    Ok(Response::json(200, &json!({"groupId": group, "nextUserId": next, "userBucket": page})))
}

/// Empties a bucket. One with object lock needs a token of the vendor's.
fn purge(call: &mut Call<'_>) -> Result<Response, Fault> {
    let name = call.need("bucketName")?;
    let (token, delete) = (call.text("token"), call.flag("deleteBucket", false)?);
    let now = call.store.clock.now();
    let bucket = call.store.buckets.get(name).ok_or_else(unknown)?;
    if bucket.region != call.store.local_region {
        return Err(Fault::bad("The bucket is in another region : {bucketName}"));
    }
    if bucket.locked {
        license::must_be_compatible(call.store)?;
        let token = token.ok_or_else(|| Fault::forbidden("A token is needed : {token}"))?;
        check(token, &challenge(name, bucket), now)?;
    } else if delete {
        return Err(Fault::bad("deleteBucket is for buckets with object lock only"));
    }
    let canonical = call.store.hex(32);
    if let Some(bucket) = call.store.buckets.get_mut(name) {
        bucket.empty(now);
        bucket.canonical = Some(canonical);
        bucket.purges += 1;
    }
    if delete {
        remove(call.store, name);
    }
    Ok(text(format!("Bucket: {name} purged.")))
}

fn remove(store: &mut Store, name: &str) {
    let Some(bucket) = store.buckets.remove(name) else { return };
    if let Some(owner) = store.users.get_mut(&bucket.owner) {
        owner.buckets.retain(|one| one != name);
    }
}

/// What the vendor's support is asked with: another one after every purge, as a token is good for one.
pub(super) fn challenge(name: &str, bucket: &Bucket) -> String {
    let seed = name.bytes().fold(u64::from(bucket.purges), |seed, byte| {
        crate::random::Random::new(seed.rotate_left(8) ^ u64::from(byte)).next()
    });
    format!("A.{}", super::store::hex(&mut crate::random::Random::new(seed), 32))
}

/// Refuses a token that isn't the vendor's answer to the challenge. The simulated vendor answers with the challenge
/// itself, behind the hour until which the token is good: `yyyyMMddHH.A.<hex>`, a day at most.
fn check(token: &str, challenge: &str, now: i64) -> Result<(), Fault> {
    let (hour, answer) = token.split_once('.').unwrap_or((token, ""));
    let ends = Granularity::Hour.time(hour);
    match ends {
        Some(ends) if answer == challenge && ends > now && ends <= now + 25 * HOUR => Ok(()),
        _ => Err(Fault::forbidden("The token is not valid or expired : {token}")),
    }
}

/// Starts to remove what was written into a bucket with versions in a stretch of time.
fn clean(call: &mut Call<'_>) -> Result<Response, Fault> {
    let name = call.need("bucketName")?;
    let time = |parameter: &str, absent: i64| match call.text(parameter) {
        None => Ok(absent),
        Some(text) => {
            from_iso(text).ok_or_else(|| Fault::bad(format!("Invalid timestamp : {{{parameter}}}")))
        }
    };
    if call.text("fromTimestamp").is_none() && call.text("toTimestamp").is_none() {
        return Err(Fault::missing(&["fromTimestamp", "toTimestamp"]));
    }
    let now = call.store.clock.now();
    let (from, to) = (time("fromTimestamp", i64::MIN)?, time("toTimestamp", i64::MAX)?);
    if from >= to {
        return Err(Fault::bad("fromTimestamp must be before toTimestamp"));
    }
    if call.store.jobs.contains_key(name) {
        return Err(Fault::conflict("cleanUpdatesInRange is running for the bucket : {bucketName}"));
    }
    let bucket = call.store.buckets.get_mut(name).ok_or_else(unknown)?;
    if !bucket.versioned {
        return Err(Fault::bad("The bucket has no versions : {bucketName}"));
    }
    let (bytes, objects) = bucket.held();
    // What a bucket was given by the seed came bit by bit between its creation and now, so the stretch holds its share.
    let life = (now - bucket.created).max(1);
    let part = (to.min(now) - from.max(bucket.created)).clamp(0, life);
    let share =
        |whole: i64| i64::try_from(i128::from(whole) * i128::from(part) / i128::from(life)).unwrap_or(0);
    // The job's effect is there at once; only its progress takes time.
    bucket.changes.push(Change { at: now, bytes: -share(bytes), objects: -share(objects) });
    call.store.jobs.insert(name.to_owned(), Job { started: now, total: share(objects).max(PACE) });
    Ok(super::call::done())
}

fn no_job(name: &str) -> Response {
    // Which status goes with it isn't documented.
    text(format!("CleanUpdatesInRange job not found for bucket: {name}"))
}

fn status(call: &mut Call<'_>) -> Result<Response, Fault> {
    let name = call.need("bucketName")?;
    let now = call.store.clock.now();
    Ok(match call.store.jobs.get(name) {
        Some(job) => {
            text(format!("Bucket: {name} cleanUpdatesInRange processed {} columns", job.processed(now)))
        }
        None => no_job(name),
    })
}

/// Stops a job.
fn stop(call: &mut Call<'_>) -> Result<Response, Fault> {
    let name = call.need("bucketName")?;
    Ok(match call.store.jobs.remove(name) {
        Some(_) => text(format!("Bucket: {name} cleanUpdatesInRange stopped")),
        None => no_job(name),
    })
}
