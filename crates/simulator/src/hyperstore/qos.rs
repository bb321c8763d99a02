//! Limits of what users and groups may store and do.

use serde_json::{Value as Json, json};

use super::call::{Call, done};
use super::fault::Fault;
use super::route::Route;
use super::store::Store;
use crate::message::Response;

/// The parameters of the ten limits and the types under which they are shown, in the same order.
const LIMITS: [(&str, &str); 10] = [
    ("wlStorageQuotaKBytes", "STORAGE_QUOTA_KBYTES_LW"),
    ("hlStorageQuotaKBytes", "STORAGE_QUOTA_KBYTES_LH"),
    ("wlStorageQuotaCount", "STORAGE_QUOTA_COUNT_LW"),
    ("hlStorageQuotaCount", "STORAGE_QUOTA_COUNT_LH"),
    ("wlRequestRate", "REQUEST_RATE_LW"),
    ("hlRequestRate", "REQUEST_RATE_LH"),
    ("wlDataKBytesIn", "DATAKBYTES_IN_LW"),
    ("hlDataKBytesIn", "DATAKBYTES_IN_LH"),
    ("wlDataKBytesOut", "DATAKBYTES_OUT_LW"),
    ("hlDataKBytesOut", "DATAKBYTES_OUT_LH"),
];

/// The ten limits; -1 is none.
pub(super) type Limits = [i64; 10];

pub(super) const ROUTES: &[Route] = &[
    Route::get("/qos/limits", &["userId", "groupId", "region"], read),
    Route::post(
        "/qos/limits",
        &[
            "userId",
            "groupId",
            "region",
            "wlStorageQuotaKBytes",
            "hlStorageQuotaKBytes",
            "wlStorageQuotaCount",
            "hlStorageQuotaCount",
            "wlRequestRate",
            "hlRequestRate",
            "wlDataKBytesIn",
            "hlDataKBytesIn",
            "wlDataKBytesOut",
            "hlDataKBytesOut",
        ],
        set,
    ),
    Route::delete("/qos/limits", &["userId", "groupId", "region"], delete),
];

/// Whom limits are for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    User,
    UsersOfGroup,
    Group,
    AllUsers,
    AllGroups,
}

/// Reads whom a request is about: a user, `ALL` users of a group, the group (`*`), all users of the region
/// (`ALL`, `*`), all of its groups (`*`, `ALL`).
fn level(store: &Store, user: &str, group: &str) -> Result<Level, Fault> {
    match (user, group) {
        ("ALL", "*") => Ok(Level::AllUsers),
        ("*", "ALL") => Ok(Level::AllGroups),
        (_, "*" | "ALL") => Err(Fault::bad("Invalid combination : {userId, groupId}")),
        ("ALL", _) => super::groups::known(store, group).map(|()| Level::UsersOfGroup),
        ("*", _) => super::groups::known(store, group).map(|()| Level::Group),
        _ if store.canonical(group, user).is_some() => Ok(Level::User),
        _ => Err(Fault::bad("User does not exist : {userId, groupId}")),
    }
}

/// Shows the limits of exactly the level that is asked for. Where it has none of its own, and those of the level above
/// hold, it shows ten times none: the documents don't say, and it tells an override from a default.
fn read(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["userId", "groupId"])?;
    let (user, group, region) = (call.need("userId")?, call.need("groupId")?, call.region()?);
    let level = level(call.store, user, group)?;
    let limits =
        call.store.qos.get(&(user.to_owned(), group.to_owned(), region)).copied().unwrap_or([-1; 10]);
    let list: Vec<Json> =
        LIMITS.iter().zip(limits).map(|((_, shown), value)| json!({"type": shown, "value": value})).collect();
    let label = match level {
        Level::User => "qos.userQosOverrides.title",
        Level::UsersOfGroup => "qos.userQosGroupDefaults.title",
        Level::Group => "qos.groupQosOverrides.title",
        Level::AllUsers => "qos.userQosRegionDefaults.title",
        Level::AllGroups => "qos.groupQosRegionDefaults.title",
    };
    Ok(Response::json(
        200,
        &json!({"groupId": group, "labelId": label, "qosLimitList": list, "userId": user}),
    ))
}

/// Sets all ten limits at once.
fn set(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["userId", "groupId"])?;
    call.require(&LIMITS.map(|(parameter, _)| parameter))?;
    let (user, group, region) = (call.need("userId")?, call.need("groupId")?, call.region()?);
    level(call.store, user, group)?;
    let mut limits = [-1; 10];
    for (limit, (parameter, _)) in limits.iter_mut().zip(LIMITS) {
        *limit = match call.number(parameter)? {
            Some(value @ -1..) => value,
            _ => return Err(Fault::bad(format!("Invalid parameter {parameter}"))),
        };
    }
    call.store.qos.insert((user.to_owned(), group.to_owned(), region), limits);
    Ok(done())
}

/// Removes the limits of a user, of a group, or of the users of a group. The documents name no way to remove those of
/// a whole region, so there is none.
fn delete(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["userId", "groupId"])?;
    let (user, group, region) = (call.need("userId")?, call.need("groupId")?, call.region()?);
    if matches!(level(call.store, user, group)?, Level::AllUsers | Level::AllGroups) {
        return Err(Fault::bad("The defaults of a region cannot be deleted"));
    }
    call.store.qos.remove(&(user.to_owned(), group.to_owned(), region));
    Ok(done())
}
