//! What the box refuses: status, code and message as a [`Failure`].

use serde_json::{Map, Value};

use super::blame::blame;
use crate::failure::{Failure, FailureKind};
use crate::http::Response;

/// Seconds to wait where a busy box names no time.
const DEFAULT_RETRY: u32 = 5;

/// Codes by which the box asks for a person's approval.
pub(super) fn asks_for_approval(code: &str) -> bool {
    matches!(code, "APPROVAL_REQUIRED" | "APPROVAL_REQUIRED_VOLUME_HAS_CHILDREN")
}

/// Reads a refusal. `error` is the envelope's, where there is an envelope.
pub(super) fn read(response: &Response, error: Option<&Value>) -> Failure {
    let error = error.and_then(Value::as_object);
    let text = |name: &str| error.and_then(|error| error.get(name)).and_then(Value::as_str);
    let code = text("code").filter(|code| !code.is_empty());
    let message = message(error, text("message"), response.status);
    let kind = kind(response.status, code);
    Failure {
        kind,
        fields: code.map(|code| blame(code, &message)).unwrap_or_default(),
        code: code.map(str::to_owned),
        status: Some(response.status),
        retry_after: (kind == FailureKind::Busy).then(|| retry_after(response, &message)),
        message,
    }
}

fn message(error: Option<&Map<String, Value>>, message: Option<&str>, status: u16) -> String {
    let mut text = message.map(str::trim).unwrap_or_default().to_owned();
    let reasons = error.and_then(|error| error.get("reasons")).and_then(Value::as_array);
    for reason in reasons.into_iter().flatten() {
        let reason =
            reason.get("message").and_then(Value::as_str).or_else(|| reason.as_str()).unwrap_or_default();
        if !text.contains(reason.trim()) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(reason.trim());
        }
    }
    if text.is_empty() {
        return match error.and_then(|error| error.get("code")).and_then(Value::as_str) {
            Some(code) => words::answer::code_without_message(code),
            None => words::answer::status_without_message(status),
        };
    }
    let remote = error.and_then(|error| error.get("is_remote")) == Some(&Value::Bool(true));
    // Messages of the linked box mostly say so themselves.
    if remote && !text.starts_with("Error on ") { words::answer::linked_system(text) } else { text }
}

fn kind(status: u16, code: Option<&str>) -> FailureKind {
    match code.unwrap_or_default() {
        "AUTHENTICATION_REQUIRED" => return FailureKind::SignedOut,
        "BAD_USER" => return FailureKind::BadCredentials,
        "RECONFIGURING" | "CORE_IN_PROGRESS" | "SSA_EXPRESS_BUSY" => return FailureKind::Busy,
        "UNKNOWN_PATH" | "FEATURE_NOT_ENABLED" | "METHOD_NOT_ALLOWED" | "VERSION_MISMATCH" => {
            return FailureKind::Unsupported;
        }
        "UNAUTHORIZED"
        | "ACTION_NOT_ALLOWED_FOR_ROLE"
        | "USER_IS_FORBIDDEN"
        | "REMOTE_PERMISSION_REQUIRED" => {
            return FailureKind::Forbidden;
        }
        _ => {}
    }
    match status {
        300..=599 => FailureKind::of_status(status),
        // A good status with an error inside: the code is all there is.
        _ => FailureKind::Conflict,
    }
}

/// Seconds to wait: the header's, or those that the message names.
fn retry_after(response: &Response, message: &str) -> u32 {
    response.retry_after().or_else(|| seconds_in(message)).unwrap_or(DEFAULT_RETRY)
}

/// The number right before a word that starts with `second`.
fn seconds_in(message: &str) -> Option<u32> {
    let words: Vec<&str> = message.split_whitespace().collect();
    words.windows(2).find_map(|pair| match pair {
        [number, unit] if unit.to_ascii_lowercase().starts_with("sec") => {
            number.trim_matches(|character: char| !character.is_ascii_digit()).parse().ok()
        }
        _ => None,
    })
}
