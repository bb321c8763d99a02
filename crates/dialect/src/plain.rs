//! What kinds have in common that answer in plain JSON, without an envelope: reading what is good, and telling apart what a
//! refused, a broken and a lost answer mean for the operation.

use boxdeck_catalog::{Operation, OperationKind, Resource, ResultShape};
use serde_json::Value;

use crate::ListTarget;
use crate::answer::{Answer, Outcome, Record};
use crate::failure::{Failure, FailureKind};
use crate::http::Response;
use crate::letters::lower;

/// The JSON of a good answer; null where there is none. `refusal` reads the others.
///
/// # Errors
/// The refusal, or [`FailureKind::Malformed`] where a good status comes with something that is no JSON.
pub(crate) fn json(response: &Response, refusal: impl Fn(&Response) -> Failure) -> Result<Value, Failure> {
    if !response.is_good() {
        return Err(refusal(response));
    }
    if response.body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&response.body)
        .map_err(|error| Failure::malformed(response, words::answer::not_json(error)))
}

/// The rows of a list as records.
///
/// # Errors
/// [`FailureKind::Malformed`] where there is no list.
pub(crate) fn records(
    target: ListTarget<'_>,
    rows: Option<Vec<Value>>,
    response: &Response,
) -> Result<Vec<Record>, Failure> {
    let Some(rows) = rows else {
        let title = lower(&target.resource.title);
        return Err(Failure::malformed(response, words::answer::no_list(title)));
    };
    Ok(rows.into_iter().filter_map(|row| lifted(target.resource, row)).collect())
}

/// An object as a record.
///
/// # Errors
/// [`FailureKind::Malformed`] where it is none.
pub(crate) fn record(resource: &Resource, value: Value, response: &Response) -> Result<Record, Failure> {
    lifted(resource, value)
        .ok_or_else(|| Failure::malformed(response, words::answer::no_thing(&resource.singular)))
}

fn lifted(resource: &Resource, value: Value) -> Option<Record> {
    let Value::Object(mut object) = value else { return None };
    resource.lift(&mut object);
    Some(Record(object))
}

/// A file or a text that comes bare, where the operation is for one.
pub(crate) fn content(operation: &Operation, response: &Response) -> Option<Outcome> {
    let is_wanted = operation.kind == OperationKind::Download
        || matches!(operation.result, Some(ResultShape::File | ResultShape::Text));
    (is_wanted && response.is_good()).then(|| {
        Outcome::Done(Answer {
            content: Some(response.body.to_vec()),
            file_name: response.suggested_name().or_else(|| operation.file_name.clone()),
            ..Answer::default()
        })
    })
}

/// A result, where nothing else came with it.
pub(crate) fn done(result: Value) -> Outcome {
    Outcome::Done(Answer { result, ..Answer::default() })
}

/// What an answer without a result means for something that may have changed the system. `is_own`: whether the service
/// speaks, and not a proxy before it.
pub(crate) fn undone(
    operation: &Operation,
    response: &Response,
    failure: Failure,
    is_own: fn(&Response) -> bool,
) -> Outcome {
    let lost = |reason: String| Outcome::Unknown { reason };
    match response.status {
        _ if operation.kind.is_read() => Outcome::Refused(failure),
        200..=299 => lost(words::answer::service_not_json(response.status)),
        500 | 502 | 504 if !is_own(response) => lost(words::answer::not_of_service(response.status)),
        _ => Outcome::Refused(failure),
    }
}

/// The answer to a poll, for a kind without tasks: whoever asks gets what it says.
pub(crate) fn read_task(answer: Result<Value, Failure>) -> Outcome {
    match answer {
        Ok(result) => done(result),
        Err(failure) => Outcome::Unknown { reason: failure.message },
    }
}

/// The failure that a refusal with this text is, as far as the status tells. `blame` finds the fields that the text is about.
pub(crate) fn refusal(
    response: &Response,
    kind: FailureKind,
    message: String,
    blame: impl FnOnce(&str) -> Vec<crate::FieldFault>,
) -> Failure {
    let fields = match kind {
        FailureKind::Invalid | FailureKind::Conflict => blame(&message),
        _ => Vec::new(),
    };
    let retry_after = (kind == FailureKind::Busy).then(|| response.retry_after().unwrap_or(RETRY));
    Failure { fields, retry_after, status: Some(response.status), ..Failure::new(kind, message) }
}

/// Seconds after which something busy is worth another try, where it names none.
const RETRY: u32 = 5;
