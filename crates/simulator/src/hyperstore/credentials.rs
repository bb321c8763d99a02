//! Pairs of keys for S3.

use serde_json::{Value as Json, json};

use super::call::{Call, done};
use super::fault::Fault;
use super::route::Route;
use super::store::{Credential, Store};
use super::users::USER;
use crate::message::Response;

/// How many pairs an account, or a user that it made, may have. There is a cap; its value isn't documented.
const CAP: usize = 5;

pub(super) const ROUTES: &[Route] = &[
    Route::get("/user/credentials", &["accessKey"], read),
    Route::get(
        "/user/credentials/list",
        &["userId", "groupId", "canonicalUserId", "isRootAccountOnly"],
        list,
    ),
    Route::get("/user/credentials/list/active", USER, list_active),
    Route::put("/user/credentials", &["userId", "groupId"], create),
    Route::post("/user/credentials", &["userId", "groupId", "accessKey", "secretKey", "iamUser"], import),
    Route::post("/user/credentials/status", &["accessKey", "isActive"], status),
    Route::delete("/user/credentials", &["accessKey"], delete),
];

/// A pair as every read shows it, secret included. Whoever owns it isn't shown. The keys of an account that is
/// inactive don't work, and show it, but come back with the account.
fn show(store: &Store, key: &str, credential: &Credential) -> Json {
    let owner_active = store.users.get(&credential.owner).is_some_and(|user| store.is_active(user));
    json!({
        "accessKey": key,
        "active": credential.active && owner_active,
        "createDate": credential.created,
        "expireDate": null,
        "secretKey": credential.secret,
    })
}

fn read(call: &mut Call<'_>) -> Result<Response, Fault> {
    let key = call.need("accessKey")?;
    let credential = call.store.credentials.get(key).ok_or_else(Fault::absent)?;
    Ok(Response::json(200, &show(call.store, key, credential)))
}

/// The pairs of an account that are wanted; 204 if there are none.
fn pairs(call: &Call<'_>, wanted: impl Fn(&Credential) -> bool) -> Result<Vec<Json>, Fault> {
    let owner = call.known_user()?;
    let store = &*call.store;
    let mut found: Vec<_> =
        store.credentials.iter().filter(|(_, pair)| pair.owner == owner && wanted(pair)).collect();
    if found.is_empty() {
        return Err(Fault::absent());
    }
    found.sort_by_key(|(_, pair)| pair.created);
    Ok(found.into_iter().map(|(key, pair)| show(store, key, pair)).collect())
}

fn list(call: &mut Call<'_>) -> Result<Response, Fault> {
    let root_only = call.flag("isRootAccountOnly", false)?;
    pairs(call, |pair| !root_only || pair.iam_user.is_none()).map(|found| Response::json(200, &found.into()))
}

fn list_active(call: &mut Call<'_>) -> Result<Response, Fault> {
    let found: Vec<Json> = pairs(call, |pair| pair.active)?;
    let found: Vec<Json> =
        found.into_iter().filter(|pair| pair.get("active") == Some(&Json::Bool(true))).collect();
    if found.is_empty() { Err(Fault::absent()) } else { Ok(Response::json(200, &found.into())) }
}

/// Refuses another pair where the cap is reached.
fn below_cap(store: &Store, owner: &str, iam_user: Option<&str>) -> Result<(), Fault> {
    let count = store
        .credentials
        .values()
        .filter(|pair| pair.owner == owner && pair.iam_user.as_deref() == iam_user)
        .count();
    if count < CAP { Ok(()) } else { Err(Fault::forbidden("Reached maximum number of credentials allowed")) }
}

fn create(call: &mut Call<'_>) -> Result<Response, Fault> {
    let owner = call.known_user()?;
    below_cap(call.store, &owner, None)?;
    let (key, secret, created) = (call.store.hex(20), call.store.hex(40), call.store.clock.now());
    let pair = Credential { secret, active: true, created, owner, iam_user: None };
    let answer = Response::json(200, &show(call.store, &key, &pair));
    call.store.credentials.insert(key, pair);
    Ok(answer)
}

fn import(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["userId", "groupId", "accessKey", "secretKey"])?;
    let owner = call.known_user()?;
    let (key, secret) = (call.need("accessKey")?, call.need("secretKey")?);
    if key.contains(',') || secret.contains(',') {
        return Err(Fault::bad("Invalid characters : {accessKey, secretKey}"));
    }
    let iam_user = call.text("iamUser");
    if let Some(name) = iam_user {
        let known =
            call.store.users.get(&owner).is_some_and(|user| user.iam_users.iter().any(|one| one == name));
        if !known {
            return Err(Fault::bad("IAM user does not exist : {iamUser}"));
        }
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if !(16..=128).contains(&key.len()) || !key.bytes().all(fits) {
            return Err(Fault::bad("Invalid characters : {accessKey}"));
        }
    }
    if call.store.credentials.contains_key(key) {
        return Err(Fault::conflict("Unique constraint violated : {accessKey}"));
    }
    below_cap(call.store, &owner, iam_user)?;
    let pair = Credential {
        secret: secret.to_owned(),
        active: true,
        created: call.store.clock.now(),
        owner,
        iam_user: iam_user.map(str::to_owned),
    };
    call.store.credentials.insert(key.to_owned(), pair);
    Ok(done())
}

/// Switches a pair on or off; whoever doesn't say which switches it off.
fn status(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (key, active) = (call.need("accessKey")?, call.flag("isActive", false)?);
    call.store.credentials.get_mut(key).ok_or_else(invalid)?.active = active;
    Ok(done())
}

fn delete(call: &mut Call<'_>) -> Result<Response, Fault> {
    let key = call.need("accessKey")?;
    call.store.credentials.remove(key).map(|_| done()).ok_or_else(invalid)
}

fn invalid() -> Fault {
    Fault::bad("Invalid access key : {accessKey}")
}
