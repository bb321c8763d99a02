//! A change before it is sent.

pub mod fields;

use std::collections::BTreeMap;

use boxdeck_catalog::Damage;
use serde_json::{Map, Value};

use crate::http::{PartContent, Request};

pub use fields::{InputField, InputPlace, input_fields};

/// What a person gave for an operation.
#[derive(Debug, Clone, PartialEq, Default)]
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
}

/// A field's change.
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
    /// Never shown.
    pub secret: bool,
}
