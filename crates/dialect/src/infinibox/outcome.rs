//! What became of a write, a query or a background task.

use boxdeck_catalog::{Operation, Resource, ResultShape, Shape};
use serde_json::{Map, Value};

use super::ROOT;
use super::envelope::{self, Envelope};
use super::refusal::asks_for_approval;
use crate::answer::{Answer, Outcome, Record, Task};
use crate::failure::{Failure, FailureKind};
use crate::http::{Request, Response};
use crate::letters::lower;
use crate::plain;
use crate::query::url::decode_pairs;

/// Seconds between two polls of a task; the box names none.
const POLL: u32 = 2;

pub(super) fn read_record(resource: &Resource, response: &Response) -> Result<Record, Failure> {
    let lifted = |mut object| {
        resource.lift(&mut object);
        Ok(Record(object))
    };
    match envelope::open(response)?.result {
        Value::Object(object) => lifted(object),
        // Some single objects come as a page of one.
        Value::Array(rows) if resource.shape == Shape::Single || rows.len() == 1 => {
            let count = rows.len();
            match (count, rows.into_iter().next()) {
                (1, Some(Value::Object(object))) => lifted(object),
                (0, _) => Err(Failure {
                    status: Some(response.status),
                    ..Failure::new(FailureKind::NotFound, words::answer::box_has_none(&resource.singular))
                }),
                (_, Some(first)) if count == 1 => Ok(bare(resource, first)),
                _ => Err(envelope::unexpected(
                    response,
                    words::answer::one_object(),
                    &Value::Array(Vec::new()),
                )),
            }
        }
        other @ (Value::Null | Value::Array(_)) => {
            Err(envelope::unexpected(response, words::answer::an_object(), &other))
        }
        value => Ok(bare(resource, value)),
    }
}

/// A bare value as the resource's only field.
fn bare(resource: &Resource, value: Value) -> Record {
    let name = resource.fields.first().map_or("value", |field| field.name.as_str());
    Record(Map::from_iter([(name.to_owned(), value)]))
}

pub(super) fn read(operation: &Operation, response: &Response) -> Outcome {
    // A file or a text comes without an envelope.
    let is_json = response.header("content-type").is_some_and(|media| media.contains("json"));
    if let Some(content) = plain::content(operation, response).filter(|_| !is_json) {
        return content;
    }
    match envelope::open(response) {
        Ok(envelope) if envelope.is_working() => working(&envelope, None),
        Ok(mut envelope) => {
            if let (Some(member), Value::Object(object)) = (&operation.member, &mut envelope.result) {
                envelope.result = object.remove(member).unwrap_or_default();
            }
            done(operation, envelope)
        }
        Err(failure) => failed(failure, response, operation.kind.is_read()),
    }
}

fn done(operation: &Operation, envelope: Envelope) -> Outcome {
    // A signing request comes as a text inside the envelope and is wanted as a file.
    let text = match (&operation.result, &envelope.result) {
        (Some(ResultShape::File | ResultShape::Text), Value::String(text)) => Some(text.clone().into_bytes()),
        _ => None,
    };
    let file_name = text.as_ref().and_then(|_| operation.file_name.clone());
    Outcome::Done(Answer { result: envelope.result, content: text, file_name, note: envelope.note })
}

/// What a failure means for something that may have changed the box.
fn failed(failure: Failure, response: &Response, only_reads: bool) -> Outcome {
    match failure.code.as_deref() {
        Some(code) if asks_for_approval(code) => {
            return Outcome::ApprovalRequired { code: code.to_owned(), message: failure.message };
        }
        Some(_) => return Outcome::Refused(failure),
        None if only_reads => return Outcome::Refused(failure),
        None => {}
    }
    match (failure.kind, response.status) {
        (FailureKind::Malformed, _) => Outcome::Unknown {
            reason: words::answer::box_unreadable(response.status, inside(&failure.message)),
        },
        // Without the box's envelope it is a proxy that speaks, or a box in pieces: neither knows whether it happened.
        (_, 500 | 502 | 504) => Outcome::Unknown { reason: words::answer::not_of_box(response.status) },
        _ => Outcome::Refused(failure),
    }
}

/// A sentence as a part of another one. A language that leaves capitals alone (the message `lowers_inside` says so) takes
/// it as it is.
fn inside(text: &str) -> String {
    if words::format::lowers_inside() != "yes" {
        return text.to_owned();
    }
    let rest = text.chars().next().map_or(0, char::len_utf8);
    let (first, rest) = text.split_at(rest);
    lower(first) + rest
}

/// The box works on it. `task` is the one that was asked about, if this answers a poll.
fn working(envelope: &Envelope, task: Option<&Task>) -> Outcome {
    let poll = envelope.result_url().and_then(poll_request).or_else(|| task.map(|task| task.poll.clone()));
    match poll {
        Some(poll) => Outcome::Accepted(Task { poll, wait: POLL, percent: percent(envelope) }),
        None => Outcome::Unknown { reason: words::answer::no_place_of_result().to_owned() },
    }
}

fn percent(envelope: &Envelope) -> Option<u8> {
    envelope
        .number("progress")
        .and_then(|progress| u8::try_from(progress).ok())
        .filter(|progress| *progress <= 100)
}

/// The request for a `result_url`. Only its path below the interface's root counts: the box does not know under which name,
/// scheme and prefix it is reached.
fn poll_request(url: &str) -> Option<Request> {
    let url = url.split_once('#').map_or(url, |(url, _)| url);
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let below = match path.split_once(&format!("{ROOT}/")) {
        Some((_, below)) => below,
        None => match path.split_once("://") {
            Some((_, rest)) => rest.split_once('/')?.1,
            None => path.strip_prefix("api/rest/").unwrap_or(path).trim_start_matches('/'),
        },
    };
    let leaves = below.split('/').any(|segment| matches!(segment, ".." | "."));
    if below.is_empty() || leaves {
        return None;
    }
    Some(Request {
        method: "GET".to_owned(),
        path: format!("{ROOT}/{below}"),
        query: decode_pairs(query),
        ..Request::default()
    })
}

pub(super) fn read_task(task: &Task, response: &Response) -> Outcome {
    let failure = match envelope::open(response) {
        Ok(envelope) if envelope.is_working() => return working(&envelope, Some(task)),
        Ok(Envelope { result, note, .. }) => {
            return Outcome::Done(Answer { result, note, ..Answer::default() });
        }
        Err(failure) => failure,
    };
    // Only the operation's own refusal settles it. A failure of the question says nothing about the task.
    let lost = |told: fn(String) -> String| Outcome::Unknown { reason: told(failure.message.clone()) };
    match failure.kind {
        FailureKind::Busy => {
            Outcome::Accepted(Task { wait: failure.retry_after.unwrap_or(POLL), ..task.clone() })
        }
        FailureKind::SignedOut | FailureKind::BadCredentials => lost(words::answer::session_before_task),
        FailureKind::NotFound if failure.code.as_deref().is_none_or(|code| code == "UNKNOWN_PATH") => {
            lost(words::answer::task_not_known)
        }
        FailureKind::Unsupported if failure.code.as_deref() == Some("UNKNOWN_PATH") => {
            lost(words::answer::task_not_known)
        }
        FailureKind::Malformed => lost(words::answer::task_unreadable),
        _ if failure.code.is_none() => lost(words::answer::task_not_asked),
        _ => Outcome::Refused(failure),
    }
}
