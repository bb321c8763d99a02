//! Records, and what became of a write.

use boxdeck_catalog::{Operation, OperationKind, Resource, ResultShape};
use serde_json::Value;

use super::job;
use super::refusal::{is_own, json};
use crate::answer::{Answer, Outcome, Record};
use crate::failure::{Failure, FailureKind, FieldFault};
use crate::http::Response;

pub(super) fn read_record(resource: &Resource, response: &Response) -> Result<Record, Failure> {
    match json(response)? {
        Value::Object(mut object) => {
            resource.lift(&mut object);
            Ok(Record(object))
        }
        _ => Err(Failure {
            status: Some(response.status),
            ..Failure::new(FailureKind::Malformed, words::answer::no_thing(&resource.singular))
        }),
    }
}

pub(super) fn read(operation: &Operation, response: &Response) -> Outcome {
    if let Some(content) = content(operation, response) {
        return content;
    }
    let failure = match json(response) {
        Ok(answer) => {
            let done = |result| Outcome::Done(Answer { result, ..Answer::default() });
            return job::outcome(&answer).unwrap_or_else(|| done(answer));
        }
        Err(failure) => failure,
    };
    let only_reads = operation.kind.is_read();
    match response.status {
        401 if proves_itself(operation) => Outcome::Refused(wrong_password(failure)),
        _ if only_reads => Outcome::Refused(failure),
        200..=299 => Outcome::Unknown { reason: words::answer::service_not_json(response.status) },
        500 | 502 | 504 if !is_own(response) => {
            Outcome::Unknown { reason: words::answer::not_of_box(response.status) }
        }
        _ => Outcome::Refused(failure),
    }
}

/// Whether the proof of who asks is in the body: a 401 then says nothing of the session.
fn proves_itself(operation: &Operation) -> bool {
    operation.path.ends_with("/password")
}

/// One and the same 401 for a wrong password, a lock and a user of the directory.
fn wrong_password(failure: Failure) -> Failure {
    let fault = FieldFault {
        field: "currentPassword".to_owned(),
        message: words::answer::current_password_refused().to_owned(),
    };
    Failure { kind: FailureKind::Invalid, fields: vec![fault], ..failure }
}

/// A file, which comes bare.
fn content(operation: &Operation, response: &Response) -> Option<Outcome> {
    let wanted =
        operation.kind == OperationKind::Download || matches!(operation.result, Some(ResultShape::File));
    let is_json = response.header("content-type").is_some_and(|media| media.contains("json"));
    if !wanted || is_json || !(200..300).contains(&response.status) {
        return None;
    }
    Some(Outcome::Done(Answer {
        content: Some(response.body.clone()),
        file_name: response.suggested_name().or_else(|| operation.file_name.clone()),
        ..Answer::default()
    }))
}
