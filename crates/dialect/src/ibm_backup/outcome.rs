//! Records, and what became of a write: of one thing, or of each of several runs.

use boxdeck_catalog::{Operation, OperationKind, Resource};
use serde_json::Value;

use super::refusal::{is_own, json};
use crate::answer::{Answer, Outcome, Record};
use crate::failure::{Failure, FailureKind};
use crate::http::Response;
use crate::plain;

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
    plain::record(resource, body, response)
}

pub(super) fn read(operation: &Operation, response: &Response) -> Outcome {
    if let Some(content) = plain::content(operation, response) {
        return content;
    }
    match json(response) {
        Ok(result) => of_runs(result, response.status),
        Err(failure) => plain::undone(operation, response, failure, is_own),
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
        return plain::done(result);
    }
    if good == 0 {
        let failure = Failure::new(FailureKind::Conflict, failed.join(" "));
        return Outcome::Refused(Failure { status: Some(status), ..failure });
    }
    let note = words::answer::some_runs_failed(failed.len(), good + failed.len(), failed.join(" "));
    Outcome::Done(Answer { result, note: Some(note), ..Answer::default() })
}
