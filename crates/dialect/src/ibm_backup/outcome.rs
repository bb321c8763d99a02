//! Records, and what became of a write: of one thing, or of each of several runs.

use boxdeck_catalog::{Operation, OperationKind, Resource, ResultShape};
use serde_json::Value;

use super::refusal::{is_own, json};
use crate::answer::{Answer, Outcome, Record};
use crate::failure::{Failure, FailureKind};
use crate::http::Response;

pub(super) fn read_record(resource: &Resource, response: &Response) -> Result<Record, Failure> {
    let mut body = json(response)?;
    // Some records can only be had as the only row of a list.
    let member = resource.first(OperationKind::Get).and_then(|operation| operation.member.as_deref());
    if let (Some(member), Value::Object(members)) = (member, &mut body) {
        let rows = match members.remove(member) {
            Some(Value::Array(rows)) => rows,
            _ => Vec::new(),
        };
        body = rows.into_iter().next().ok_or_else(|| Failure {
            status: Some(404),
            ..Failure::new(FailureKind::NotFound, words::answer::service_has_none(&resource.singular))
        })?;
    }
    match body {
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
    let wants_content = operation.kind == OperationKind::Download
        || matches!(operation.result, Some(ResultShape::File | ResultShape::Text));
    if wants_content && (200..300).contains(&response.status) {
        return Outcome::Done(Answer {
            content: Some(response.body.clone()),
            file_name: response.suggested_name().or_else(|| operation.file_name.clone()),
            ..Answer::default()
        });
    }
    let failure = match json(response) {
        Ok(result) => return of_runs(result, response.status),
        Err(failure) => failure,
    };
    let lost = |reason: String| Outcome::Unknown { reason };
    match response.status {
        _ if operation.kind.is_read() => Outcome::Refused(failure),
        200..=299 => lost(words::answer::service_not_json(response.status)),
        500 | 502 | 504 if !is_own(response) => lost(words::answer::not_of_service(response.status)),
        _ => Outcome::Refused(failure),
    }
}

/// One answer may tell the results of several runs: those that failed have a message.
fn of_runs(result: Value, status: u16) -> Outcome {
    let lists =
        || result.as_object().into_iter().flatten().filter_map(|(_, value)| value.as_array()).flatten();
    let failed: Vec<String> = lists()
        .filter_map(|part| {
            let said = part.get("errorMessage").or_else(|| part.get("error"))?.as_str()?;
            Some(words::answer::of_run(part.get("runId")?.as_str()?, said))
        })
        .collect();
    let done = lists().filter(|part| part.is_string() || part.get("runId").is_some()).count();
    // Failed runs are among the parts too, except where good ones are only named.
    let named = lists().filter(|part| part.is_string()).count();
    let good = if named > 0 { named } else { done.saturating_sub(failed.len()) };
    if failed.is_empty() || status != 207 && status != 202 {
        return Outcome::Done(Answer { result, ..Answer::default() });
    }
    if good == 0 {
        let failure = Failure::new(FailureKind::Conflict, failed.join(" "));
        return Outcome::Refused(Failure { status: Some(status), ..failure });
    }
    let note = words::answer::some_runs_failed(failed.len(), good + failed.len(), failed.join(" "));
    Outcome::Done(Answer { result, note: Some(note), ..Answer::default() })
}

pub(super) fn read_task(response: &Response) -> Outcome {
    match json(response) {
        Ok(result) => Outcome::Done(Answer { result, ..Answer::default() }),
        Err(failure) => Outcome::Unknown { reason: failure.message },
    }
}
