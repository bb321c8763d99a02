//! The envelope `{result, metadata, error}` around every answer.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::refusal;
use crate::failure::Failure;
use crate::http::Response;

/// What an answer holds once its envelope is off.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Envelope {
    pub(super) result: Value,
    pub(super) metadata: Map<String, Value>,
    /// A remark of the box about the call itself.
    pub(super) note: Option<String>,
}

impl Envelope {
    /// A number of the metadata.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.metadata.get(name).and_then(Value::as_u64)
    }

    /// Where the outcome of a background operation will be found, if this is the answer to one.
    pub(super) fn result_url(&self) -> Option<&str> {
        let working = self.metadata.get("ready") == Some(&Value::Bool(false));
        self.metadata.get("result_url").and_then(Value::as_str).filter(|_| working)
    }

    /// Whether the box still works on it.
    pub(super) fn is_working(&self) -> bool {
        self.metadata.get("ready") == Some(&Value::Bool(false))
    }
}

/// Takes the envelope off. An answer without one (`system/ping`) is the result itself.
///
/// # Errors
/// The box's refusal, whatever its status; or [`FailureKind::Malformed`](crate::FailureKind::Malformed) where a good status comes with something that is
/// no JSON.
pub(super) fn open(response: &Response) -> Result<Envelope, Failure> {
    let parsed = serde_json::from_slice::<Value>(&response.body);
    let good = response.is_good();
    match parsed {
        Ok(Value::Object(mut object)) if object.contains_key("error") || object.contains_key("metadata") => {
            let metadata = match object.remove("metadata") {
                Some(Value::Object(metadata)) => metadata,
                _ => Map::new(),
            };
            match object.remove("error") {
                None | Some(Value::Null) if good => Ok(Envelope {
                    result: object.remove("result").unwrap_or_default(),
                    metadata,
                    note: deprecation(response),
                }),
                error => Err(refusal::read(response, error.as_ref())),
            }
        }
        Ok(result) if good => Ok(Envelope { result, metadata: Map::new(), note: deprecation(response) }),
        Err(_) if good && response.body.is_empty() => {
            Ok(Envelope { note: deprecation(response), ..Envelope::default() })
        }
        Err(error) if good => Err(Failure::malformed(response, words::answer::not_json(error))),
        _ => Err(refusal::read(response, None)),
    }
}

/// The envelope of a good answer without its result, and the result as the box wrote it. `None` for every other answer, of
/// which [`open`] knows what to say.
pub(super) fn unread(response: &Response) -> Option<(Envelope, &RawValue)> {
    let parts: BTreeMap<String, &RawValue> = serde_json::from_slice(&response.body).ok()?;
    if !response.is_good() || parts.get("error").is_some_and(|error| error.get() != "null") {
        return None;
    }
    let metadata = serde_json::from_slice(parts.get("metadata")?.get().as_bytes()).ok()?;
    Some((Envelope { metadata, ..Envelope::default() }, parts.get("result")?))
}

/// Whether the answer comes in an envelope, good or bad: no other kind's answers do.
pub(super) fn is_envelope(response: &Response) -> bool {
    let body = serde_json::from_slice::<Map<String, Value>>(&response.body).unwrap_or_default();
    ["result", "metadata", "error"].iter().all(|part| body.contains_key(*part))
}

/// An answer of another shape than the documents say.
pub(super) fn unexpected(response: &Response, expected: &str, found: &Value) -> Failure {
    let kind = match found {
        Value::Null => "null",
        Value::Bool(_) => words::answer::a_flag(),
        Value::Number(_) => words::answer::a_number(),
        Value::String(_) => words::answer::a_text(),
        Value::Array(_) => words::answer::a_list(),
        Value::Object(_) => words::answer::an_object(),
    };
    Failure::malformed(response, words::answer::other_kind(kind, expected))
}

fn deprecation(response: &Response) -> Option<String> {
    let text = response.header("x-infinidat-deprecated-api")?.trim();
    // Some releases send a sentence, others only a mark.
    if text.is_empty() || text.eq_ignore_ascii_case("true") {
        Some(words::answer::deprecated().to_owned())
    } else {
        Some(words::answer::deprecated_saying(text))
    }
}
