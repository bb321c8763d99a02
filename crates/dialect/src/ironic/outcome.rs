//! Records, and what became of a write.

use boxdeck_catalog::{Operation, Resource};
use serde_json::Value;

use super::refusal::{is_own, json};
use crate::answer::{Answer, Outcome, Record};
use crate::failure::{Failure, FailureKind};
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
    let failure = match json(response) {
        Ok(result) => return Outcome::Done(Answer { result, ..Answer::default() }),
        Err(failure) => failure,
    };
    let only_reads = operation.kind.is_read();
    let lost = |reason: String| Outcome::Unknown { reason };
    match response.status {
        _ if only_reads => Outcome::Refused(failure),
        200..=299 => lost(words::answer::service_not_json(response.status)),
        500 | 502 | 504 if !is_own(response) => lost(words::answer::not_of_service(response.status)),
        _ => Outcome::Refused(failure),
    }
}

pub(super) fn read_task(response: &Response) -> Outcome {
    match json(response) {
        Ok(result) => Outcome::Done(Answer { result, ..Answer::default() }),
        Err(failure) => Outcome::Unknown { reason: failure.message },
    }
}
