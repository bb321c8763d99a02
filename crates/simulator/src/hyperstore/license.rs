//! The licence, and what hangs on it.

use serde_json::{Value as Json, json};

use super::bucketops::challenge;
use super::call::{Call, text};
use super::fault::Fault;
use super::route::Route;
use super::store::Store;
use crate::message::Response;

pub(super) const MODES: &[&str] = &["DISABLED", "COMPATIBLE", "CERTIFIED"];
/// The environment whose systems have one node and don't tier.
pub(super) const SINGLE_NODE: &str = "aws_outposts_singlenode";

pub(super) const ROUTES: &[Route] = &[
    Route::get("/system/license", &[], read),
    Route::get("/system/objectlockenabled", &[], object_lock),
    Route::get("/system/token/challenge", &["action", "params"], token),
];

/// The licence.
#[derive(Debug, Clone)]
pub(super) struct License {
    pub(super) issued: i64,
    pub(super) expiration: i64,
    /// In TiB.
    pub(super) max_net: i64,
    /// In TiB; -1 is as much as one likes.
    pub(super) max_tiered: i64,
    /// One of [`MODES`].
    pub(super) object_lock: &'static str,
    pub(super) environment: Option<&'static str>,
}

fn read(call: &mut Call<'_>) -> Result<Response, Fault> {
    let license = &call.store.license;
    let (bytes, tiered) = call
        .store
        .buckets
        .values()
        .fold((0, 0), |(bytes, tiered), bucket| (bytes + bucket.held().0, tiered + bucket.tiered));
    // Ten percent more than is allowed are tolerated.
    let exceeds = |bytes: i64, max: i64| max >= 0 && bytes > max * (11 << 40) / 10;
    let max_tiered =
        if license.max_tiered < 0 { "-1".to_owned() } else { format!("{}T", license.max_tiered) };
    Ok(Response::json(
        200,
        &json!({
            "appliances": null,
            "enforcing": true,
            "environment": license.environment,
            "expiration": license.expiration,
            "externalLicense": license.environment.map(|_| "aws"),
            "gracePeriod": 14,
            "hyperIQ": "basic",
            "issued": license.issued,
            "licenseHolder": "Harbour Works",
            "licenseNumber": "402771936580014729",
            "maxNetStorage": format!("{}T", license.max_net),
            "maxRawStorage": Json::Null,
            "maxTieredStorage": max_tiered,
            "objectLockMode": license.object_lock,
            "phoneHomeBucket": null,
            "storageExceeded": exceeds(bytes, license.max_net),
            "storageMode": "NET",
            "tieringExceeded": exceeds(tiered, license.max_tiered),
            "warnPeriod": 30,
        }),
    ))
}

fn object_lock(call: &mut Call<'_>) -> Result<Response, Fault> {
    Ok(text((call.store.license.object_lock != "DISABLED").to_string()))
}

/// Refuses what only a Compatible licence allows.
///
/// # Errors
///
/// 403 under any other.
pub(super) fn must_be_compatible(store: &Store) -> Result<(), Fault> {
    if store.license.object_lock == "COMPATIBLE" {
        Ok(())
    } else {
        Err(Fault::forbidden("The licence type is not Compatible"))
    }
}

/// What the vendor's support wants to see before it gives out a token.
fn token(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["action", "params"])?;
    if call.need("action")? != "purge" {
        return Err(Fault::bad("Unsupported action : {action}"));
    }
    must_be_compatible(call.store)?;
    let name = call.need("params")?.strip_prefix("bucketName:");
    let name = name.ok_or_else(|| Fault::bad("Invalid parameter {params}"))?;
    let bucket =
        call.store.buckets.get(name).ok_or_else(|| Fault::bad("Bucket does not exist : {params}"))?;
    Ok(text(challenge(name, bucket)))
}
