//! What the system refuses. Its errors are an object with an id, a message, a cause and a solution.

use serde_json::Value;

use super::blame::blame;
use crate::failure::{Failure, FailureKind};
use crate::http::Response;

/// Seconds after which a busy system is worth another try.
const RETRY: u32 = 5;

/// The JSON of a good answer; null where there is none.
///
/// # Errors
/// The system's refusal, or [`FailureKind::Malformed`] where a good status comes with something that is no JSON.
pub(super) fn json(response: &Response) -> Result<Value, Failure> {
    if !(200..300).contains(&response.status) {
        return Err(read(response));
    }
    if response.body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&response.body).map_err(|error| Failure {
        status: Some(response.status),
        ..Failure::new(FailureKind::Malformed, words::answer::not_json(error))
    })
}

/// Reads a refusal.
pub(super) fn read(response: &Response) -> Failure {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let kind = kind(response.status);
    let told = told(&body);
    Failure {
        kind,
        fields: match kind {
            FailureKind::Invalid | FailureKind::Conflict => blame(&told),
            _ => Vec::new(),
        },
        code: code(&body).map(str::to_owned),
        message: message(response.status, &told),
        status: Some(response.status),
        retry_after: (kind == FailureKind::Busy).then(|| {
            response.header("retry-after").and_then(|seconds| seconds.trim().parse().ok()).unwrap_or(RETRY)
        }),
    }
}

/// Whether an error is the system's own. Otherwise a proxy speaks.
pub(super) fn is_own(response: &Response) -> bool {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    code(&body).is_some_and(|code| code.starts_with("KARS")) && body.get("errorSource").is_some()
}

fn code(body: &Value) -> Option<&str> {
    body.get("messageId").and_then(Value::as_str).filter(|code| !code.is_empty())
}

/// What an error object says: message, cause and what to do.
pub(super) fn told(body: &Value) -> String {
    let parts = ["message", "cause", "solution"].into_iter();
    let parts = parts.filter_map(|part| body.get(part)?.as_str().map(str::trim));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn kind(status: u16) -> FailureKind {
    match status {
        401 => FailureKind::SignedOut,
        403 => FailureKind::Forbidden,
        404 | 410 => FailureKind::NotFound,
        405 | 406 | 501 => FailureKind::Unsupported,
        409 | 412 => FailureKind::Conflict,
        300..=399 | 429 | 503 => FailureKind::Busy,
        400..=499 => FailureKind::Invalid,
        500..=599 => FailureKind::Broken,
        _ => FailureKind::Malformed,
    }
}

/// The system's words, after ours where a status has a remedy that the system does not know of.
fn message(status: u16, told: &str) -> String {
    let ours = match status {
        411 => words::answer::length_missing(),
        412 => words::answer::not_primary(),
        413 => words::answer::too_large(),
        415 => words::answer::wrong_media_type(),
        417 => words::answer::expectation_failed(),
        431 => words::answer::headers_too_large(),
        _ if told.is_empty() => return words::answer::status_without_message(status),
        _ => return told.to_owned(),
    };
    if told.is_empty() { ours.to_owned() } else { format!("{ours}\n{told}") }
}
