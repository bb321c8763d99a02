//! What the service refuses. The form of its errors is not documented: JSON, plain text and HTML pages are all read.

use serde_json::Value;

use super::body;
use crate::failure::{Failure, FailureKind, FieldFault};
use crate::http::Response;

/// Names that reasons use for what is called otherwise in the request.
const OTHER_NAMES: [(&str, &str); 2] = [("events", "eventTypes"), ("ruleId", "ruleList")];

/// Reads a refusal.
pub(super) fn read(response: &Response) -> Failure {
    let text = reason(response);
    let kind = FailureKind::of_status(response.status);
    let message = match (text.is_empty(), response.status) {
        (false, _) => text,
        (true, 403) => words::answer::other_region().to_owned(),
        (true, status) => words::answer::status_without_message(status),
    };
    let fields = if matches!(kind, FailureKind::Invalid | FailureKind::Conflict) {
        blame(&message)
    } else {
        Vec::new()
    };
    Failure { status: Some(response.status), fields, ..Failure::new(kind, message) }
}

/// What 204 says where something was asked for.
pub(super) fn none(response: &Response, message: impl Into<String>) -> Failure {
    Failure { status: Some(response.status), ..Failure::new(FailureKind::NotFound, message) }
}

/// The reason in the service's own words.
fn reason(response: &Response) -> String {
    if let Ok(Value::Object(members)) = serde_json::from_slice(&response.body) {
        let named = ["message", "reason", "errorMessage", "error", "title"];
        let texts = named.iter().filter_map(|name| members.get(*name)?.as_str());
        return texts.map(str::trim).find(|text| !text.is_empty()).unwrap_or_default().to_owned();
    }
    body::text(response)
}

/// The parameters that a reason names in braces (`Missing required parameters : {groupId, userId}`).
fn blame(message: &str) -> Vec<FieldFault> {
    let inside = message.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(names, _)| names));
    let names = inside.flat_map(|names| names.split(',')).map(str::trim).filter(|name| {
        !name.is_empty()
            && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
    });
    let mut faults: Vec<FieldFault> = Vec::new();
    for name in names {
        let other = OTHER_NAMES.iter().find(|(printed, _)| *printed == name).map(|(_, field)| *field);
        for field in std::iter::once(name).chain(other) {
            if !faults.iter().any(|fault| fault.field == field) {
                faults.push(FieldFault { field: field.to_owned(), message: message.to_owned() });
            }
        }
    }
    faults
}
