//! What the service refuses, and which fields it blames.

use serde_json::Value;

use crate::failure::{Failure, FailureKind, FieldFault};
use crate::http::Response;
use crate::plain;

/// The JSON of a good answer; null where there is none.
///
/// # Errors
/// The service's refusal, or [`FailureKind::Malformed`] where a good status comes with something that is no JSON.
pub(super) fn json(response: &Response) -> Result<Value, Failure> {
    plain::json(response, read)
}

/// Whether an error is the service's own. Otherwise a proxy speaks.
pub(super) fn is_own(response: &Response) -> bool {
    said(response).is_some()
}

/// Code and message. The code has two names, one of them that of the API that the service is built on.
fn said(response: &Response) -> Option<(Option<String>, String)> {
    let body: Value = serde_json::from_slice(&response.body).ok()?;
    let text =
        |name: &str| body.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let code = text("errorCode").or_else(|| text("code"));
    let message = text("message").or_else(|| text("errorMessage"));
    if code.is_none() && message.is_none() {
        return None;
    }
    Some((code.map(str::to_owned), message.or(code).unwrap_or_default().to_owned()))
}

/// Reads a refusal.
fn read(response: &Response) -> Failure {
    let (code, message) =
        said(response).unwrap_or_else(|| (None, words::answer::service_without_message(response.status)));
    Failure { code, ..plain::refusal(response, FailureKind::of_status(response.status), message, blame) }
}

/// Where a member is, as the service says it after the member's name.
const PLACES: [&str; 3] = [" in body", " in query", " in header"];

/// The fields that a message blames, one for each line. A member inside of another one is blamed on the outermost.
fn blame(message: &str) -> Vec<FieldFault> {
    let mut faults: Vec<FieldFault> = Vec::new();
    for line in message.lines() {
        let Some(before) = PLACES.iter().find_map(|place| Some(line.split_once(place)?.0)) else { continue };
        let path = before.rsplit(' ').next().unwrap_or_default();
        let field = path.split('.').next().unwrap_or_default();
        let is_new = !faults.iter().any(|fault| fault.field == field);
        if !field.is_empty() && is_new {
            faults.push(FieldFault { field: field.to_owned(), message: line.trim().to_owned() });
        }
    }
    faults
}
