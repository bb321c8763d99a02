//! How much there is: of the system, of groups, of users, of buckets.

use serde_json::{Value as Json, json};

use super::call::{Call, page, rows, text};
use super::fault::Fault;
use super::groups;
use super::route::Route;
use super::store::{Bucket, Store, User};
use crate::message::Response;

const GIB: i64 = 1 << 30;
const PLACE: &[&str] = &["groupId", "userId", "bucketName", "region"];

pub(super) const ROUTES: &[Route] = &[
    Route::get("/system/bytecount", PLACE, bytes),
    Route::get("/system/objectcount", PLACE, objects),
    Route::get("/system/bytestiered", &["groupId", "userId"], tiered),
    Route::get("/system/bucketcount", &["groupId", "region"], buckets),
    Route::get("/system/bucketlist", &["groupId"], list),
    Route::get("/system/bucketusage", &["groupId", "userId", "bucketName"], usage),
    Route::get("/system/groupbytecount", &["groupId", "limit", "offset"], group_bytes),
    Route::get("/system/groupobjectcount", &["groupId", "limit", "offset"], group_objects),
];

/// Bytes and objects.
type Held = (i64, i64);

fn sum(one: Held, other: Held) -> Held {
    (one.0 + other.0, one.1 + other.1)
}

/// What a user's buckets in these regions hold.
fn of_user(store: &Store, user: &User, regions: &[&str]) -> Held {
    let buckets = store.buckets_of(user).map(|(_, bucket)| bucket);
    buckets.filter(|bucket| regions.contains(&bucket.region)).map(Bucket::held).fold((0, 0), sum)
}

/// What a user's counters say. Counters go wrong until somebody repairs them, and their error is the default region's.
fn counted(store: &Store, user: &User, regions: &[&str]) -> Held {
    let held = of_user(store, user, regions);
    if regions.contains(&store.default_region()) { sum(held, user.drift) } else { held }
}

/// What the counters of a group say.
fn counted_group(store: &Store, group: &str, regions: &[&str]) -> Held {
    let held = store.members(group, "").map(|user| of_user(store, user, regions)).fold((0, 0), sum);
    let drift = store.groups.get(group).map_or((0, 0), |group| group.drift);
    if regions.contains(&store.default_region()) { sum(held, drift) } else { held }
}

/// What the counters of whatever a request names say: the system (`ALL`, `*`), a group (`*`), a user, a bucket.
fn count(call: &Call<'_>) -> Result<Held, Fault> {
    call.require(&["groupId", "userId"])?;
    let (group, user, regions) = (call.need("groupId")?, call.need("userId")?, call.regions()?);
    let store = &*call.store;
    if let Some(name) = call.text("bucketName") {
        if group == "ALL" || user == "*" {
            return Err(Fault::bad("A bucket needs its owner : {groupId, userId, bucketName}"));
        }
        let owner = call.known_user()?;
        let bucket = store.buckets.get(name).filter(|bucket| bucket.owner == owner);
        let bucket = bucket.ok_or_else(|| Fault::bad("Bucket does not exist : {bucketName}"))?;
        if !regions.contains(&bucket.region) {
            return Err(Fault::bad("The bucket is in another region : {bucketName, region}"));
        }
        return Ok(if store.features.bucket_counts { bucket.held() } else { (0, 0) });
    }
    match (group, user) {
        ("ALL", "*") => {
            Ok(store.groups.keys().map(|group| counted_group(store, group, &regions)).fold((0, 0), sum))
        }
        ("ALL", _) => Err(Fault::bad("groupId ALL goes with userId * only : {groupId, userId}")),
        (_, "*") => {
            groups::known(store, group)?;
            Ok(counted_group(store, group, &regions))
        }
        _ => {
            let canonical = call.known_user()?;
            let user = store.users.get(&canonical).ok_or_else(Fault::absent)?;
            Ok(counted(store, user, &regions))
        }
    }
}

fn bytes(call: &mut Call<'_>) -> Result<Response, Fault> {
    count(call).map(|(bytes, _)| text(bytes.to_string()))
}

fn objects(call: &mut Call<'_>) -> Result<Response, Fault> {
    count(call).map(|(_, objects)| text(objects.to_string()))
}

/// The bytes in other systems, in the greatest unit that leaves a whole number. The documents have quotation marks
/// around it in the sample, which may or may not be part of the answer: here they are.
fn tiered(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["groupId", "userId"])?;
    let (group, user) = (call.need("groupId")?, call.need("userId")?);
    let store = &*call.store;
    let of_user = |user: &User| -> i64 { store.buckets_of(user).map(|(_, bucket)| bucket.tiered).sum() };
    let bytes: i64 = match (group, user) {
        ("ALL", "*") => store.buckets.values().map(|bucket| bucket.tiered).sum(),
        (_, "*") => store.members(group, "").map(of_user).sum(),
        _ => call.user()?.and_then(|canonical| store.users.get(&canonical)).map_or(0, of_user),
    };
    let whole = bytes / GIB;
    let shown = match whole {
        0 => return Ok(text("0")),
        _ if whole % (1 << 20) == 0 => format!("{}P", whole >> 20),
        _ if whole % (1 << 10) == 0 => format!("{}T", whole >> 10),
        _ => format!("{whole}G"),
    };
    Ok(text(format!("\"{shown}\"")))
}

fn buckets(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (group, regions) = (call.need("groupId")?, call.regions()?);
    let store = &*call.store;
    let wanted = |bucket: &Bucket| regions.contains(&bucket.region);
    let count = if group == "ALL" {
        store.buckets.values().filter(|bucket| wanted(bucket)).count()
    } else {
        let all = store.members(group, "").flat_map(|user| store.buckets_of(user));
        all.filter(|(_, bucket)| wanted(bucket)).count()
    };
    // A group that there isn't has no content, nor has one without buckets.
    if count == 0 { Err(Fault::absent()) } else { Ok(text(count.to_string())) }
}

fn policy_name<'s>(store: &'s Store, bucket: &Bucket) -> &'s str {
    store.policies.iter().find(|policy| policy.id == bucket.policy).map_or("", |policy| policy.name)
}

/// The buckets of a group by their owners; users without any aren't there.
fn list(call: &mut Call<'_>) -> Result<Response, Fault> {
    let group = call.need("groupId")?;
    let store = &*call.store;
    let users = store.members(group, "").filter(|user| !user.buckets.is_empty());
    let users: Vec<Json> = users
        .map(|user| {
            let buckets = store.buckets_of(user).map(|(name, bucket)| {
                json!({
                    "bucketName": name,
                    "createTime": bucket.created.to_string(),
                    "policyName": policy_name(store, bucket),
                    "region": bucket.region,
                })
            });
            json!({"buckets": buckets.collect::<Json>(), "userId": user.id})
        })
        .collect();
    if users.is_empty() { Err(Fault::absent()) } else { Ok(Response::json(200, &users.into())) }
}

fn usage(call: &mut Call<'_>) -> Result<Response, Fault> {
    let group = call.need("groupId")?;
    let (user, bucket) = (call.text("userId"), call.text("bucketName"));
    if bucket.is_some() && user.is_none() {
        return Err(Fault::bad("A bucket needs its owner : {groupId, userId, bucketName}"));
    }
    if group == "ALL" {
        return Err(Fault::bad("Invalid parameter groupId : ALL"));
    }
    groups::known(call.store, group)?;
    if user.is_some() {
        call.known_user()?;
    }
    let store = &*call.store;
    let mut answer: Vec<Json> = Vec::new();
    for owner in store.members(group, "").filter(|owner| user.is_none_or(|user| owner.id == user)) {
        let wanted = store.buckets_of(owner).filter(|(name, _)| bucket.is_none_or(|bucket| *name == bucket));
        let buckets: Vec<Json> = wanted
            .map(|(name, bucket)| {
                let (bytes, objects) = bucket.held();
                json!({
                    "bucketName": name,
                    "byteCount": bytes,
                    "objectCount": objects,
                    "policyName": policy_name(store, bucket),
                })
            })
            .collect();
        if !buckets.is_empty() {
            answer.push(json!({"buckets": buckets, "userId": owner.id}));
        }
    }
    if bucket.is_some() && answer.is_empty() {
        return Err(Fault::bad("Bucket does not exist : {bucketName}"));
    }
    // Nobody counts single buckets until that is switched on.
    if !store.features.bucket_counts {
        answer.clear();
    }
    Ok(Response::json(200, &answer.into()))
}

/// A page of what the counters of a group's users say.
fn by_user(call: &Call<'_>, value: fn(Held) -> i64) -> Result<Response, Fault> {
    let (group, limit) = (call.need("groupId")?, call.limit()?);
    let store = &*call.store;
    let regions: Vec<&str> = store.regions.iter().map(|region| region.name).collect();
    let users = page(store.members(group, call.text("offset").unwrap_or_default()), limit, call.resumed());
    let shown = users.into_iter().map(|user| {
        json!({
            "canonicalUserId": user.canonical,
            "groupId": user.group,
            "usageVal": value(counted(store, user, &regions)),
            "userId": user.id,
        })
    });
    Ok(rows(shown.collect()))
}

fn group_bytes(call: &mut Call<'_>) -> Result<Response, Fault> {
    by_user(call, |(bytes, _)| bytes)
}

fn group_objects(call: &mut Call<'_>) -> Result<Response, Fault> {
    by_user(call, |(_, objects)| objects)
}
