//! A change before it is sent.

mod body;
pub mod build;
mod diff;
pub mod fields;
mod guard;
mod hide;
mod patch;
pub mod secrets;

use std::collections::BTreeMap;
use std::fmt;

use boxdeck_catalog::Damage;
use serde_json::{Map, Value};

use crate::http::{PartContent, Request};

pub use build::build;
pub use diff::same;
pub use fields::{InputField, InputPlace, InputShape, input_fields, shown};
pub use guard::Guard;
pub(crate) use secrets::join as pointer;

/// What a person gave for an operation. `Debug` shows names only.
#[derive(Clone, PartialEq, Default)]
pub struct Inputs {
    /// Values of parameters, by name.
    pub parameters: Map<String, Value>,
    /// Values of body fields, by name. For a bare value, array or map: under the body field's name.
    pub body: Map<String, Value>,
    /// Files of a multipart body, by part name.
    pub files: BTreeMap<String, PartContent>,
}

/// A change before it is sent: the exact requests, what they change, and what is known about the danger.
///
/// A plan holds secrets where the person typed some, so its `Debug` output leaves bodies out.
#[derive(Clone, PartialEq)]
pub struct Plan {
    /// The operation, by its identifier in the catalog.
    pub operation: String,
    /// What is done, as the button says it (`Delete volume`).
    pub title: String,
    /// Resource and key of the record that it concerns, if it concerns one.
    pub target: Option<(String, String)>,
    /// Name of that record as a person knows it.
    pub target_name: Option<String>,
    /// The requests, in the order of sending. More than one only where the box takes one field per request.
    pub steps: Vec<PlanStep>,
    /// What to look at before anything is sent, where the whole record is written back.
    pub guard: Option<Guard>,
    /// What is lost when it succeeds.
    pub destroys: Option<Damage>,
    /// Whether the documents say that the box may ask for approval.
    pub may_need_approval: bool,
    /// What else a person should know before.
    pub warning: String,
}

/// One request of a plan and what it changes.
#[derive(Clone, PartialEq)]
pub struct PlanStep {
    /// The exact request, without credentials and without approval.
    pub request: Request,
    /// Fields that it changes.
    pub changes: Vec<Change>,
    /// Where the request holds secrets.
    pub secrets: Vec<SecretPlace>,
}

/// Where a request holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretPlace {
    /// At this JSON pointer (RFC 6901) of a JSON body.
    Json(String),
    /// In the form field or part of this name.
    Part(String),
    /// In the query parameter of this name.
    Query(String),
    /// In the header of this name.
    Header(String),
}

/// A field's change, to be shown. Secrets stand as `•••` in it, those inside objects too: only the request holds them.
#[derive(Clone, PartialEq)]
pub struct Change {
    /// Name on the wire.
    pub field: String,
    /// Label for a person.
    pub label: String,
    /// Value before; `None` where there was none (create) or where it is not known (secrets).
    pub old: Option<Value>,
    /// Value after.
    pub new: Value,
    /// Whether the value as a whole is a secret.
    pub secret: bool,
}

impl PlanStep {
    /// The request with `•••` in place of every secret: for previews and copied commands.
    #[must_use]
    pub fn redacted(&self) -> Request {
        hide::redacted(&self.request, &self.secrets)
    }

    /// The same step with nothing in place of every secret, of the same JSON type: for what outlives the sending.
    #[must_use]
    pub fn forgotten(&self) -> Self {
        let mut forgotten = self.clone();
        forgotten.request = hide::forgotten(&self.request, &self.secrets);
        forgotten
    }
}

impl Plan {
    /// The JSON body of a step for display, with `•••` in place of every secret. Form fields and parts become an object, files
    /// their names. `None` where there is no such step or nothing is sent.
    #[must_use]
    pub fn redacted_body(&self, step: usize) -> Option<Value> {
        hide::body_value(self.steps.get(step)?.redacted().body)
    }
}

impl fmt::Debug for Inputs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |map: &Map<String, Value>| map.keys().cloned().collect::<Vec<_>>();
        formatter
            .debug_struct("Inputs")
            .field("parameters", &names(&self.parameters))
            .field("body", &names(&self.body))
            .field("files", &self.files)
            .finish()
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Plan")
            .field("operation", &self.operation)
            .field("target", &self.target)
            .field("target_name", &self.target_name)
            .field("steps", &self.steps)
            .field("destroys", &self.destroys)
            .field("may_need_approval", &self.may_need_approval)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for PlanStep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PlanStep")
            .field("method", &self.request.method)
            .field("path", &self.request.path)
            .field("changes", &self.changes)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Change")
            .field("field", &self.field)
            .field("secret", &self.secret)
            .finish_non_exhaustive()
    }
}
