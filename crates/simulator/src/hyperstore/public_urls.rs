//! Links with which anybody can read an object.

use serde_json::{Value as Json, json};

use super::body::{Field, Holds, field};
use super::call::{Call, done};
use super::fault::Fault;
use super::route::Route;
use crate::message::Response;

const FIELDS: &[Field] = &[
    field("allowRead", Holds::Flag),
    field("expiryTime", Holds::Text),
    field("maxDownloadNum", Holds::Number),
    field("secure", Holds::Flag),
    field("url", Holds::Text),
    field("currentDownloads", Holds::Shown),
];
const QUERY: &[&str] = &["userId", "groupId", "bucketName", "objectName"];

pub(super) const ROUTES: &[Route] = &[
    Route::get("/permissions/publicUrl", QUERY, read),
    Route::post("/permissions/publicUrl", QUERY, set).takes(FIELDS),
];

/// A link.
#[derive(Debug, Clone)]
pub(super) struct PublicUrl {
    allow_read: bool,
    /// In milliseconds since 1970.
    expires: i64,
    downloads: i64,
    max_downloads: i64,
    secure: bool,
    /// The part of the link that signs it.
    signature: String,
    key: String,
    code: String,
}

impl PublicUrl {
    fn show(&self, bucket: &str, object: &str, region: &str) -> Json {
        let scheme = if self.secure { "https" } else { "http" };
        let object: String = object
            .split('/')
            .map(|part| {
                form_urlencoded::byte_serialize(part.as_bytes()).collect::<String>().replace('+', "%20")
            })
            .collect::<Vec<_>>()
            .join("/");
        let url = format!(
            "{scheme}://s3-{region}.store.example/{bucket}/{object}?AWSAccessKeyId={}&Expires={}&Signature={}&x-amz-pt={}",
            self.key,
            self.expires / 1000,
            self.signature,
            self.code
        );
        json!({
            "allowRead": self.allow_read,
            "currentDownloads": self.downloads,
            "expiryTime": self.expires.to_string(),
            "maxDownloadNum": self.max_downloads,
            "secure": self.secure,
            "url": url,
        })
    }
}

/// The bucket and the object of a request, whose user must own the bucket. Objects aren't simulated: a bucket has
/// every object that somebody asks for.
fn target(call: &Call<'_>) -> Result<((String, String), &'static str), Fault> {
    call.require(QUERY)?;
    let owner = call.known_user()?;
    let (bucket, object) = (call.need("bucketName")?, call.need("objectName")?);
    match call.store.buckets.get(bucket) {
        Some(found) if found.owner == owner => Ok(((bucket.to_owned(), object.to_owned()), found.region)),
        Some(_) => Err(Fault::bad("The bucket belongs to another user")),
        None => Err(Fault::bad("Bucket does not exist : {bucketName}")),
    }
}

/// What there is for an object without a link isn't documented: nothing, as for other things that aren't there.
fn read(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (key, region) = target(call)?;
    let found = call.store.public_urls.get(&key).ok_or_else(Fault::absent)?;
    Ok(Response::json(200, &found.show(&key.0, &key.1, region)))
}

/// Makes a link, or changes the one that the body names.
fn set(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (key, region) = target(call)?;
    let expires: i64 = call
        .body
        .need("expiryTime")?
        .parse()
        .map_err(|_no_number| Fault::bad("expiryTime is not a number of milliseconds"))?;
    let max_downloads = call.body.number("maxDownloadNum").unwrap_or(1000);
    if max_downloads < -1 {
        return Err(Fault::bad("maxDownloadNum must be -1 or more"));
    }
    let old = match call.body.text("url").filter(|url| !url.is_empty()) {
        None => None,
        Some(url) => {
            let known = call.store.public_urls.get(&key).filter(|old| {
                old.show(&key.0, &key.1, region).get("url").and_then(Json::as_str) == Some(url)
            });
            Some(known.cloned().ok_or_else(|| Fault::bad("There is no such public URL : {url}"))?)
        }
    };
    let url = PublicUrl {
        allow_read: call.body.flag("allowRead").unwrap_or(true),
        expires,
        downloads: old.as_ref().map_or(0, |old| old.downloads),
        max_downloads,
        secure: call.body.flag("secure").unwrap_or(true),
        // The time at which a link ends is signed, so every change makes another link of it.
        signature: call.store.hex(27),
        key: old.as_ref().map_or_else(|| call.store.hex(20), |old| old.key.clone()),
        code: old.map_or_else(|| call.store.hex(20), |old| old.code),
    };
    call.store.public_urls.insert(key, url);
    Ok(done())
}
