//! What became of a write.

use boxdeck_catalog::Operation;

use super::job;
use super::refusal::{is_own, json};
use crate::answer::Outcome;
use crate::failure::{Failure, FailureKind, FieldFault};
use crate::http::Response;
use crate::plain;

pub(super) fn read(operation: &Operation, response: &Response) -> Outcome {
    let is_json = response.header("content-type").is_some_and(|media| media.contains("json"));
    if let Some(content) = plain::content(operation, response).filter(|_| !is_json) {
        return content;
    }
    match json(response) {
        Ok(answer) => job::outcome(&answer).unwrap_or_else(|| plain::done(answer)),
        Err(failure) if response.status == 401 && proves_itself(operation) => {
            Outcome::Refused(wrong_password(failure))
        }
        Err(failure) => plain::undone(operation, response, failure, is_own),
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
