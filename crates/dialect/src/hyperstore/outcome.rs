//! What became of a write, and what a question was answered.

use boxdeck_catalog::{NoContent, Operation, ResultShape};
use serde_json::Value;

use super::{body, refusal};
use crate::answer::{Answer, Outcome};
use crate::failure::{Failure, FailureKind, FieldFault};
use crate::http::Response;
use crate::plain::done;

/// How the names of parameters begin that take a code of a device.
const CODE: &str = "authenticationCode";

pub(super) fn read(operation: &Operation, response: &Response) -> Outcome {
    if !response.is_good() {
        return refused(operation, response);
    }
    if response.status == 204 {
        match operation.no_content {
            NoContent::Done if response.body.is_empty() => return done(Value::Null),
            NoContent::Done => {}
            NoContent::Absent => return Outcome::Refused(refusal::none(response, words::outcome::none())),
            // A good status that says the opposite.
            NoContent::Failed => {
                return Outcome::Refused(refusal::none(response, words::answer::nothing_to_act_on()));
            }
        }
    }
    match (&operation.result, body::plain(response)) {
        (None | Some(ResultShape::Text | ResultShape::Nothing), None) => {
            let message = words::answer::not_of_service(response.status);
            unreadable(operation, Failure::malformed(response, message))
        }
        (Some(ResultShape::Text), Some(text)) => done(Value::String(text)),
        // What a call answers whose answer is not documented is only a remark.
        (None | Some(ResultShape::Nothing), Some(text)) => {
            Outcome::Done(Answer { note: Some(text).filter(|text| !text.is_empty()), ..Answer::default() })
        }
        (Some(_), _) => match body::json(response) {
            Ok(result) => done(result),
            Err(failure) => unreadable(operation, failure),
        },
    }
}

pub(super) fn read_task(response: &Response) -> Outcome {
    if response.is_good() {
        done(Value::String(body::text(response)))
    } else {
        Outcome::Unknown { reason: refusal::read(response).message }
    }
}

fn refused(operation: &Operation, response: &Response) -> Outcome {
    let failure = refusal::read(response);
    match response.status {
        403 if codes(operation).next().is_some() && !response.body.is_empty() => {
            Outcome::Refused(wrong_codes(operation, failure))
        }
        // A gateway that gave up does not know what the service did.
        502 | 504 if !operation.kind.is_read() => {
            Outcome::Unknown { reason: words::answer::not_of_service(response.status) }
        }
        _ => Outcome::Refused(failure),
    }
}

/// Codes of a device that do not fit are no matter of permission, although their status says so.
fn wrong_codes(operation: &Operation, failure: Failure) -> Failure {
    let faults = codes(operation)
        .map(|field| FieldFault { field: field.to_owned(), message: failure.message.clone() });
    Failure { kind: FailureKind::Invalid, fields: faults.collect(), ..failure }
}

/// Names of the parameters that take codes of a device.
fn codes(operation: &Operation) -> impl Iterator<Item = &str> {
    let names = operation.parameters.iter().map(|parameter| parameter.field.name.as_str());
    names.filter(|name| name.starts_with(CODE))
}

/// The service said yes, but not what.
fn unreadable(operation: &Operation, failure: Failure) -> Outcome {
    if operation.kind.is_read() {
        Outcome::Refused(failure)
    } else {
        Outcome::Unknown { reason: failure.message }
    }
}
