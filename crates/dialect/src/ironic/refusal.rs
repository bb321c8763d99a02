//! What the service refuses. Its errors come in three shapes, two of which are JSON inside a JSON text.

use serde_json::Value;

use super::blame::blame;
use crate::failure::{Failure, FailureKind};
use crate::http::Response;
use crate::plain;

/// The JSON of a good answer; null where there is none.
///
/// # Errors
/// The service's refusal, or [`FailureKind::Malformed`] where a good status comes with something that is no JSON.
pub(super) fn json(response: &Response) -> Result<Value, Failure> {
    plain::json(response, read)
}

/// What an error says.
#[derive(Debug, Default)]
struct Words {
    text: String,
    /// Made by the routing before any operation was reached: it has a code and a title and no fault.
    by_routing: bool,
}

/// Reads a refusal.
pub(super) fn read(response: &Response) -> Failure {
    let words = words(response);
    let text = words.as_ref().map(|words| words.text.trim()).unwrap_or_default();
    let by_routing = words.as_ref().is_some_and(|words| words.by_routing);
    let kind = kind(response.status, text, by_routing);
    let failure = plain::refusal(response, kind, message(response, text, by_routing), |_| blame(text));
    match kind {
        // What is not there may be what a field names.
        FailureKind::NotFound => Failure { fields: blame(text), ..failure },
        _ => failure,
    }
}

/// Whether an error is the service's own. Otherwise a proxy speaks.
pub(super) fn is_own(response: &Response) -> bool {
    words(response).is_some()
}

fn words(response: &Response) -> Option<Words> {
    let body: Value = serde_json::from_slice(&response.body).ok()?;
    if let Some(outer) = body.get("error_message") {
        let inner = match outer {
            Value::String(text) => match serde_json::from_slice(text.as_bytes()) {
                Ok(inner @ Value::Object(_)) => inner,
                _ => return Some(Words { text: text.clone(), by_routing: false }),
            },
            inner => inner.clone(),
        };
        return Some(of_object(&inner));
    }
    body.get("error").map(|error| match error {
        Value::String(text) => Words { text: text.clone(), by_routing: false },
        error => Words { by_routing: false, ..of_object(error) },
    })
}

fn of_object(error: &Value) -> Words {
    let text =
        |name: &str| error.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let fault = text("faultstring");
    let spoken = fault.or_else(|| text("description")).or_else(|| text("message")).or_else(|| text("title"));
    Words {
        text: spoken.unwrap_or_default().to_owned(),
        by_routing: fault.is_none() && error.get("faultcode").is_none(),
    }
}

fn kind(status: u16, text: &str, by_routing: bool) -> FailureKind {
    match status {
        // Paths that a version does not know are told from absent records by who refuses.
        404 if by_routing => FailureKind::Unsupported,
        409 if is_locked(text) => FailureKind::Busy,
        400 if text.contains("can not be performed on node") => FailureKind::Conflict,
        status => FailureKind::of_status(status),
    }
}

fn is_locked(text: &str) -> bool {
    text.contains(" is locked by ")
}

fn message(response: &Response, text: &str, by_routing: bool) -> String {
    let range = || {
        let header = |name: &str| response.header(name);
        header("x-openstack-ironic-api-minimum-version").zip(header("x-openstack-ironic-api-maximum-version"))
    };
    match response.status {
        404 if by_routing => words::answer::path_not_known().to_owned(),
        406 => match range() {
            Some((least, greatest)) => words::answer::version_range(least, greatest),
            None if text.is_empty() => words::answer::version_not_spoken().to_owned(),
            None => text.to_owned(),
        },
        status if text.is_empty() => words::answer::service_without_message(status),
        _ => text.to_owned(),
    }
}
