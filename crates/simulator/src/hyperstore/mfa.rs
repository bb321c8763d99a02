//! Second factors: devices that show codes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

use super::call::{Call, done};
use super::fault::Fault;
use super::route::Route;
use super::store::Store;
use super::time;
use super::users::USER;
use crate::message::Response;

mod picture;
pub(super) mod totp;

/// How many enabled devices a user may have. There is a limit; its value isn't documented.
const MAX_DEVICES: usize = 8;
/// How many bytes a secret has.
const SECRET: usize = 20;

const DEVICE: &[&str] = &["userId", "groupId", "canonicalUserId", "serialNumber"];
const CODES: &[&str] =
    &["userId", "groupId", "canonicalUserId", "serialNumber", "authenticationCode1", "authenticationCode2"];

pub(super) const ROUTES: &[Route] = &[
    Route::get("/user/mfa/list", USER, list),
    Route::post(
        "/user/mfa/createDevice",
        &["userId", "groupId", "canonicalUserId", "virtualMFADeviceName", "path"],
        create,
    ),
    Route::post("/user/mfa/enableDevice", CODES, enable),
    Route::post("/user/mfa/resyncDevice", CODES, resync),
    Route::post("/user/mfa/deactivateDevice", DEVICE, deactivate),
    Route::delete("/user/mfa/deleteDevice", DEVICE, delete),
    Route::post(
        "/user/mfa/verify",
        &["userId", "groupId", "canonicalUserId", "serialNumber", "authenticationCode"],
        verify,
    ),
];

/// A device. Until it is enabled, and after it was deactivated, no list shows it.
#[derive(Debug, Clone)]
pub(super) struct Device {
    pub(super) serial: String,
    pub(super) owner: String,
    pub(super) secret: Vec<u8>,
    /// Since when it is enabled, in milliseconds since 1970.
    pub(super) enabled: Option<i64>,
    /// By how many codes its clock is ahead.
    pub(super) skew: i64,
}

/// The user of a request if they are there and active.
fn active_user(call: &Call<'_>) -> Result<Option<String>, Fault> {
    let canonical = call.user()?;
    let store = &*call.store;
    Ok(canonical.filter(|canonical| store.users.get(canonical).is_some_and(|user| store.is_active(user))))
}

/// The user, where nobody means that nothing was done: a 204 that is a failure.
fn actor(call: &Call<'_>) -> Result<String, Fault> {
    active_user(call)?.ok_or_else(Fault::absent)
}

/// The user, where nobody isn't found.
fn bearer(call: &Call<'_>) -> Result<String, Fault> {
    active_user(call)?.ok_or_else(|| Fault::not_found("User does not exist or is not active"))
}

/// The device that a request names, which must be the user's.
fn device<'s>(store: &'s mut Store, serial: &str, owner: &str) -> Result<&'s mut Device, Fault> {
    store
        .devices
        .iter_mut()
        .find(|device| device.serial == serial && device.owner == owner)
        .ok_or_else(|| Fault::not_found("MFA device does not exist or belongs to another user"))
}

fn list(call: &mut Call<'_>) -> Result<Response, Fault> {
    let owner = bearer(call)?;
    let devices: Vec<Json> = call
        .store
        .devices
        .iter()
        .filter(|device| device.owner == owner)
        .filter_map(|device| {
            Some(json!({"EnableDate": time::iso(device.enabled?), "SerialNumber": device.serial}))
        })
        .collect();
    Ok(Response::json(200, &json!({"MFADevices": devices})))
}

/// For an unknown user the documents have both 204 and 404; the simulator answers as it does for an inactive one.
fn create(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (name, path) = (call.need("virtualMFADeviceName")?, call.text("path").unwrap_or("/"));
    let owner = actor(call)?;
    let fits = |one: char| one.is_ascii_alphanumeric() || "_+=,.@-".contains(one);
    if !name.chars().all(fits) {
        return Err(Fault::bad("Invalid parameter {virtualMFADeviceName}"));
    }
    if !(path.starts_with('/') && path.ends_with('/')) {
        return Err(Fault::bad("Invalid parameter {path}"));
    }
    let taken = call.store.devices.iter().any(|device| {
        let known = device.serial.rsplit('/').next().unwrap_or_default();
        device.owner == owner && known.eq_ignore_ascii_case(name)
    });
    if taken {
        return Err(Fault::conflict("A device of that name exists : {virtualMFADeviceName}"));
    }
    let serial = format!("arn:aws:iam::{owner}:mfa{path}{name}");
    let user = call.store.users.get(&owner).map(|user| user.id.clone()).unwrap_or_default();
    let secret: Vec<u8> = (0..SECRET).map(|_| (call.store.random.next() & 0xff) as u8).collect();
    let seed = totp::base32(&secret);
    let picture = picture::png(&format!("otpauth://totp/HyperStore:{user}?secret={seed}&issuer=HyperStore"));
    let answer = json!({
        // Base64 around base32: what a person types in is inside.
        "base32StringSeed": STANDARD.encode(&seed),
        "enableDate": null,
        "qrCodePNG": STANDARD.encode(picture),
        "serialNumber": serial,
        "user": null,
    });
    call.store.devices.push(Device { serial, owner, secret, enabled: None, skew: 0 });
    Ok(Response::json(200, &answer))
}

/// The two successive codes of a request, as the device's skew that they prove.
fn codes(call: &mut Call<'_>, owner: &str, window: i64) -> Result<i64, Fault> {
    let (serial, first, second) =
        (call.need("serialNumber")?, call.need("authenticationCode1")?, call.need("authenticationCode2")?);
    let step = totp::step(call.store.clock.now());
    let device = device(call.store, serial, owner)?;
    (-window..=window)
        .find(|skew| {
            let at = step + skew;
            totp::code(&device.secret, at - 1) == first && totp::code(&device.secret, at) == second
        })
        .ok_or_else(|| Fault::forbidden("The authentication codes are not correct"))
}

fn enable(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["serialNumber", "authenticationCode1", "authenticationCode2"])?;
    let owner = bearer(call)?;
    let serial = call.need("serialNumber")?;
    let now = call.store.clock.now();
    let elsewhere = call
        .store
        .devices
        .iter()
        .any(|device| device.serial == serial && device.owner != owner && device.enabled.is_some());
    if elsewhere {
        return Err(Fault::conflict("The device is enabled for another user"));
    }
    // Codes of up to a minute ago, as people are slow to type two of them.
    let skew = codes(call, &owner, 2)?;
    let enabled =
        call.store.devices.iter().filter(|device| device.owner == owner && device.enabled.is_some()).count();
    if enabled >= MAX_DEVICES {
        return Err(Fault::conflict("The user has the maximum number of devices"));
    }
    let device = device(call.store, serial, &owner)?;
    device.enabled.get_or_insert(now);
    device.skew = skew.min(0);
    Ok(done())
}

fn resync(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["serialNumber", "authenticationCode1", "authenticationCode2"])?;
    let owner = bearer(call)?;
    let skew = codes(call, &owner, 20)?;
    device(call.store, call.need("serialNumber")?, &owner)?.skew = skew;
    Ok(done())
}

fn deactivate(call: &mut Call<'_>) -> Result<Response, Fault> {
    let serial = call.need("serialNumber")?;
    let owner = actor(call)?;
    device(call.store, serial, &owner)?.enabled = None;
    Ok(done())
}

fn delete(call: &mut Call<'_>) -> Result<Response, Fault> {
    let serial = call.need("serialNumber")?;
    let owner = actor(call)?;
    if device(call.store, serial, &owner)?.enabled.is_some() {
        return Err(Fault::conflict("The device is active; deactivate it first"));
    }
    call.store.devices.retain(|device| device.serial != serial || device.owner != owner);
    Ok(done())
}

/// The second step of a sign-in. What a right code is answered with isn't documented: nothing.
fn verify(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["serialNumber", "authenticationCode"])?;
    let owner = bearer(call)?;
    let (serial, code) = (call.need("serialNumber")?, call.need("authenticationCode")?);
    let step = totp::step(call.store.clock.now());
    let device = device(call.store, serial, &owner)?;
    let right = device.enabled.is_some()
        && (-1..=1).any(|off| totp::code(&device.secret, step + device.skew + off) == code);
    if right { Ok(done()) } else { Err(Fault::forbidden("The authentication code is not correct")) }
}
