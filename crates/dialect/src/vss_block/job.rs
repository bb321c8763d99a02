//! Jobs: what the system works on after it has answered.

use serde_json::Value;

use super::ROOT;
use super::refusal::{json, told};
use crate::answer::{Answer, Outcome, Task};
use crate::failure::{Failure, FailureKind};
use crate::http::{Request, Response, encode_segment};

/// Seconds between two polls of a job; the system names none.
const POLL: u32 = 2;

/// What a job in an answer says of the work; `None` where the answer is no job.
pub(super) fn outcome(answer: &Value) -> Option<Outcome> {
    let text = |name: &str| answer.get(name).and_then(Value::as_str);
    let id = text("jobId")?;
    let state = text("state").unwrap_or_default();
    let is_over = text("status") == Some("Completed") || matches!(state, "Succeeded" | "Failed" | "Stopped");
    if !is_over {
        return Some(Outcome::Accepted(Task { poll: poll(id), wait: POLL, percent: None }));
    }
    if matches!(state, "Succeeded" | "") {
        return Some(Outcome::Done(Answer::default()));
    }
    let error = answer.get("error").unwrap_or(answer);
    let told = told(error);
    let message = if told.is_empty() { words::answer::job_ended(state) } else { told };
    let code = error.get("messageId").and_then(Value::as_str).map(str::to_owned);
    Some(Outcome::Refused(Failure { code, ..Failure::new(FailureKind::Conflict, message) }))
}

fn poll(id: &str) -> Request {
    Request {
        method: "GET".to_owned(),
        path: format!("{ROOT}/jobs/{}", encode_segment(id)),
        ..Request::default()
    }
}

/// Reads a poll. Only the job itself settles it: a failure of the question says nothing about the work.
pub(super) fn read(task: &Task, response: &Response) -> Outcome {
    let unknown = |reason: String| Outcome::Unknown { reason };
    let failure = match json(response) {
        Ok(answer) => {
            let not_a_job = || unknown(words::answer::task_unreadable(words::answer::no_job()));
            return outcome(&answer).unwrap_or_else(not_a_job);
        }
        Err(failure) => failure,
    };
    match failure.kind {
        FailureKind::Busy => {
            Outcome::Accepted(Task { wait: failure.retry_after.unwrap_or(POLL), ..task.clone() })
        }
        FailureKind::SignedOut => unknown(words::answer::session_before_task(failure.message)),
        FailureKind::NotFound => unknown(words::answer::task_not_known(failure.message)),
        FailureKind::Malformed => unknown(words::answer::task_unreadable(failure.message)),
        _ => unknown(words::answer::task_not_asked(failure.message)),
    }
}
