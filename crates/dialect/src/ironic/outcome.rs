//! What became of a write.

use boxdeck_catalog::Operation;

use super::refusal::{is_own, json};
use crate::answer::Outcome;
use crate::http::Response;
use crate::plain;

pub(super) fn read(operation: &Operation, response: &Response) -> Outcome {
    match json(response) {
        Ok(result) => plain::done(result),
        Err(failure) => plain::undone(operation, response, failure, is_own),
    }
}
