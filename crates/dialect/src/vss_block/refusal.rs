//! What the system refuses. Its errors are an object with an id, a message, a cause and a solution.

use serde_json::Value;

use super::blame::blame;
use crate::failure::{Failure, FailureKind};
use crate::http::Response;
use crate::plain;

/// The JSON of a good answer; null where there is none.
///
/// # Errors
/// The system's refusal, or [`FailureKind::Malformed`] where a good status comes with
/// something that is no JSON.
pub(super) fn json(response: &Response) -> Result<Value, Failure> {
    plain::json(response, read)
}

/// Reads a refusal.
pub(super) fn read(response: &Response) -> Failure {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let told = told(&body);
    let kind = FailureKind::of_status(response.status);
    let failure = plain::refusal(response, kind, message(response.status, &told), |_| blame(&told));
    Failure { code: code(&body).map(str::to_owned), ..failure }
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
