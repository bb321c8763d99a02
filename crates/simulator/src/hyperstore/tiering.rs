//! The keys to other systems where buckets put what is seldom read.

use std::collections::BTreeMap;

use super::call::{Call, done, text};
use super::fault::Fault;
use super::route::Route;
use crate::message::Response;

/// A name and its secret.
type Pair = (String, String);

/// The keys.
#[derive(Debug, Default)]
pub(super) struct Tiering {
    /// For buckets without keys of their own.
    pub(super) system: Option<Pair>,
    /// By bucket, for systems that speak S3.
    pub(super) s3: BTreeMap<String, Pair>,
    pub(super) azure: BTreeMap<String, Pair>,
    pub(super) spectra: BTreeMap<String, Pair>,
}

pub(super) const ROUTES: &[Route] = &[
    Route::get("/tiering/credentials", &["bucketName"], read).multi_node(),
    Route::get("/tiering/credentials/src", &["bucketName"], source).multi_node(),
    Route::post("/tiering/credentials", &["accessKey", "secretKey", "bucketName"], set).multi_node(),
    Route::delete("/tiering/credentials", &["bucketName"], delete).multi_node(),
    Route::get("/tiering/azure/credentials", &["bucketName"], read_azure).multi_node(),
    Route::post("/tiering/azure/credentials", &["accountName", "accountKey", "bucketName"], set_azure)
        .multi_node(),
    Route::delete("/tiering/azure/credentials", &["bucketName"], delete_azure).multi_node(),
    Route::get("/tiering/spectra/credentials", &["bucketName"], read_spectra).multi_node(),
    Route::post("/tiering/spectra/credentials", &["accessKey", "secretKey", "bucketName"], set_spectra)
        .multi_node(),
    Route::delete("/tiering/spectra/credentials", &["bucketName"], delete_spectra).multi_node(),
];

/// Reads the two parts of a key. One that wasn't percent-encoded is refused, as far as that can be seen: the plus
/// signs, which are in many keys, have become spaces.
fn pair(call: &Call<'_>, name: &str, secret: &str) -> Result<Pair, Fault> {
    call.require(&[name, secret])?;
    let (name, secret) = (call.need(name)?, call.need(secret)?);
    if name.contains(' ') || secret.contains(' ') {
        return Err(Fault::forbidden("The key is not URL-encoded"));
    }
    Ok((name.to_owned(), secret.to_owned()))
}

/// The bucket of a request that sets a key; one that there isn't is a 204 although nothing was done.
fn bucket(call: &Call<'_>) -> Result<String, Fault> {
    let name = call.need("bucketName")?;
    if call.store.buckets.contains_key(name) { Ok(name.to_owned()) } else { Err(Fault::absent()) }
}

fn read(call: &mut Call<'_>) -> Result<Response, Fault> {
    let tiering = &call.store.tiering;
    let pair = call.text("bucketName").map_or(tiering.system.as_ref(), |name| tiering.s3.get(name));
    pair.map(|(key, _)| text(key)).ok_or_else(Fault::absent)
}

/// Whose key a bucket uses.
fn source(call: &mut Call<'_>) -> Result<Response, Fault> {
    let tiering = &call.store.tiering;
    let own = call.text("bucketName").is_some_and(|name| tiering.s3.contains_key(name));
    Ok(text(match (own, &tiering.system) {
        (true, _) => "BUCKET",
        (false, Some(_)) => "SYSTEM",
        (false, None) => "NONE",
    }))
}

fn set(call: &mut Call<'_>) -> Result<Response, Fault> {
    let pair = pair(call, "accessKey", "secretKey")?;
    if call.text("bucketName").is_some() {
        let bucket = bucket(call)?;
        call.store.tiering.s3.insert(bucket, pair);
    } else {
        call.store.tiering.system = Some(pair);
    }
    Ok(done())
}

/// Deletes a bucket's key; without a bucket, that of the whole system. What isn't there is deleted too, as the
/// documents have no refusal for it.
fn delete(call: &mut Call<'_>) -> Result<Response, Fault> {
    match call.text("bucketName") {
        Some(name) => call.store.tiering.s3.remove(name),
        None => call.store.tiering.system.take(),
    };
    Ok(done())
}

fn read_azure(call: &mut Call<'_>) -> Result<Response, Fault> {
    let pair = call.store.tiering.azure.get(call.need("bucketName")?);
    pair.map(|(name, key)| text(format!("{name},{key}"))).ok_or_else(Fault::absent)
}

fn set_azure(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (pair, bucket) = (pair(call, "accountName", "accountKey")?, bucket(call)?);
    call.store.tiering.azure.insert(bucket, pair);
    Ok(done())
}

fn delete_azure(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.store.tiering.azure.remove(call.need("bucketName")?);
    Ok(done())
}

fn read_spectra(call: &mut Call<'_>) -> Result<Response, Fault> {
    let pair = call.store.tiering.spectra.get(call.need("bucketName")?);
    pair.map(|(key, _)| text(key)).ok_or_else(Fault::absent)
}

fn set_spectra(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (pair, bucket) = (pair(call, "accessKey", "secretKey")?, bucket(call)?);
    call.store.tiering.spectra.insert(bucket, pair);
    Ok(done())
}

fn delete_spectra(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.store.tiering.spectra.remove(call.need("bucketName")?);
    Ok(done())
}
