//! An operation: one documented call, with its parameters, body, result and dangers.

use serde::Serialize;
use serde_json::Value;

use crate::field::{Field, Settable};
use crate::kind::Operator;

/// One documented call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operation {
    /// Identifier, unique in the catalog (`volume.create_a_volume`).
    pub id: String,
    /// What it does to the resource.
    pub kind: OperationKind,
    /// HTTP method in upper case.
    pub method: String,
    /// Path from the root of the system, with `{placeholders}`. A placeholder is a parameter `in: path` of that name; one
    /// without a parameter is the record's key, and `{parent}` the key of the owning record.
    pub path: String,
    /// What a button says, as an imperative in sentence case (`Take snapshot`).
    pub title: String,
    /// What happens, in one or two sentences.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// Whether it concerns one record. Default: true for get, update, delete and action when the path names the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_record: Option<bool>,
    /// Roles that may perform it. Empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// States of the system in which it works. Empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
    /// Parameters in path, query or header.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// What is sent.
    #[serde(skip_serializing_if = "Body::is_none")]
    pub body: Body,
    /// How an update is put into requests.
    #[serde(skip_serializing_if = "UpdateStyle::is_partial")]
    pub update: UpdateStyle,
    /// What comes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<ResultShape>,
    /// How the list is paged, by a name that the dialect knows, where it is not the kind's usual way (`limit-plus-one`).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub paging: String,
    /// What an answer without content (204) means.
    #[serde(skip_serializing_if = "NoContent::is_done")]
    pub no_content: NoContent,
    /// Member of the answer that holds the result, where it is not what the kind usually answers (`codes`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// How the records of a list are found in an answer that is no plain list of them, step by step.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Unfold>,
    /// Inputs of which at least one has to be given, by their names; for a list, as filters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<Vec<String>>,
    /// The documents say that the box may demand approval. Only prepares the person: the box decides.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub approval: bool,
    /// What is lost when it succeeds. Gives the friction of the confirmation where the box asks for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destroys: Option<Damage>,
    /// What else a person should know before (what stops, who is cut off), in one or two sentences.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub warning: String,
    /// It can be performed only on a record that satisfies all of these; otherwise the button is disabled and says why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// Resources whose lists and records change besides its own, so that they are read again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub touches: Vec<String>,
    /// Operation of the same resource that is offered when this one is done (a test of what was saved).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// What a person should know when it is done: what is left, and what goes on by itself. Empty: nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// How the work that it begins, which goes on after the answer, can be watched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
    /// Name under which the answer of a download or text is offered (`request.csr`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
    /// Member of the body, a list, in which several records go in one request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gathers: Option<String>,
    /// Name of a page that the console has for this operation beyond the generic form. Empty: none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page: String,
    /// Not among the documented operations of the catalog's scope: it only fills pickers and names (the nodes of a volume
    /// service). Such operations are not counted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub adjacent: bool,
}

/// How work is watched that goes on after it was begun. All operations are of the same resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The query, answered with a text, that tells how far it is.
    pub by: String,
    /// What its answer holds when nothing is going on any more (`not found`).
    pub over: String,
    /// The operation that stops the work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<String>,
}

/// What an operation does to its resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OperationKind {
    /// Reads a page of records.
    List,
    /// Reads one record, or the single object.
    Get,
    /// Makes a record.
    Create,
    /// Changes fields of a record.
    Update,
    /// Removes a record.
    Delete,
    /// Does something else that changes state.
    Action,
    /// Reads something else.
    Query,
    /// Sends a file.
    Upload,
    /// Fetches a file.
    Download,
}

impl OperationKind {
    /// Whether it only reads.
    #[must_use]
    pub const fn is_read(self) -> bool {
        matches!(self, Self::List | Self::Get | Self::Query | Self::Download)
    }
}

/// A parameter of the request outside its body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    /// Where it is sent.
    #[serde(rename = "in")]
    pub place: Place,
    /// Its type, label and bounds. `create: required` makes it mandatory.
    pub field: Field,
    /// Where its value comes from. Default: a person types it.
    #[serde(skip_serializing_if = "Source::is_input")]
    pub from: Source,
    /// The value is sent as a filter term with this operator (`timestamp=lt:…`), in the kind's own notation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<Operator>,
    /// What it is called on the wire, where the resource has a field of that name which means something else (`userType`,
    /// whose values in a list's filter are others than in a record). Empty: the field's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sent_as: String,
}

impl Parameter {
    /// What it is called on the wire.
    #[must_use]
    pub fn wire_name(&self) -> &str {
        if self.sent_as.is_empty() { &self.field.name } else { &self.sent_as }
    }
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// A placeholder of the path.
    Path,
    /// The query string.
    Query,
    /// A request header.
    Header,
}

/// Where the value of a parameter or body field comes from.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A person types or picks it.
    #[default]
    Input,
    /// That field of the record on which the operation is performed.
    Record(String),
    /// That key field of the owning record.
    Parent(String),
    /// Always this value.
    Value(Value),
    /// A text with names in braces (`{groupId}|{userId}`): fields of the record, or else of the owning record, or else of what a
    /// person gives.
    Text(String),
    /// This value, with names in braces in its texts, as in [`Source::Text`].
    Filled(Value),
}

impl Source {
    /// Whether a person gives the value.
    #[must_use]
    pub const fn is_input(&self) -> bool {
        matches!(self, Self::Input)
    }
}

/// One step from an answer to the records in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Unfold {
    /// The records are in this member of each item, a list; what else the item holds goes along with each of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// Each member of the object is an item; its key becomes the field of this name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keys: Option<String>,
    /// Beside `keys`: the member's value becomes the field of this name. Without it, the value is an object that holds more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<String>,
}

/// What an operation sends.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// Nothing.
    #[default]
    None,
    /// `"create"`: an object of the resource's fields with `create` set. `"update"` likewise. `"fields"`-like shorthands keep a
    /// field known in one place.
    Create,
    /// An object of the resource's fields with `update` set.
    Update,
    /// An object of these fields.
    Object(Vec<BodyField>),
    /// One bare value (a JSON string, number or boolean).
    Value(Box<Field>),
    /// A bare array whose items are this.
    Array(Box<Field>),
    /// An object with free keys whose values are this.
    Map(Box<Field>),
    /// `multipart/form-data` with these parts.
    Multipart(Vec<Field>),
    /// `application/x-www-form-urlencoded` with these fields.
    Form(Vec<Field>),
}

/// A field of an object body: described here, or taken from the resource by name.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum BodyField {
    /// The resource's field of this name, as it is described there.
    Of(String),
    /// A field of its own.
    Own(Box<OwnField>),
}

/// A body field of its own, and where its value comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnField {
    /// Type, label and bounds. `create: required` makes it mandatory.
    pub field: Field,
    /// Where its value comes from. Default: a person types it.
    #[serde(skip_serializing_if = "Source::is_input")]
    pub from: Source,
}

impl Body {
    /// Whether nothing is sent.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}

/// How an update is put into requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UpdateStyle {
    /// One request with the changed fields.
    #[default]
    Partial,
    /// One request per changed field (or `together` group), in the order of the resource's fields.
    OneField,
    /// One request with the whole object, read first, with the changes in it.
    Whole,
    /// One JSON Patch (RFC 6902) made from the changed fields.
    JsonPatch,
}

impl UpdateStyle {
    /// Whether it is [`UpdateStyle::Partial`].
    #[must_use]
    pub const fn is_partial(&self) -> bool {
        matches!(self, Self::Partial)
    }
}

/// What comes back from an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ResultShape {
    /// A record of the resource (created, changed, or the last state of a deleted one).
    Record,
    /// A page of records of the resource.
    Page,
    /// A plain array of records, without paging.
    Array,
    /// A page or array of records of that other resource.
    PageOf(String),
    /// A record of that other resource.
    RecordOf(String),
    /// A bare value.
    Value,
    /// An object that is no record, with whatever fields it has.
    Object,
    /// Plain text.
    Text,
    /// A file to save.
    File,
    /// A task to follow.
    Task,
    /// Nothing.
    Nothing,
}

/// What an answer without content (204) means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NoContent {
    /// It is done; there is nothing to tell.
    #[default]
    Done,
    /// There is no such record, or the list is empty.
    Absent,
    /// It failed: what the operation concerns does not exist, or is in no state for it.
    Failed,
}

impl NoContent {
    /// Whether it is [`NoContent::Done`].
    #[must_use]
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Done)
    }
}

/// What is lost when an operation succeeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Damage {
    /// A setting or relation that can be made again.
    Configuration,
    /// Someone's access: hosts, clients or users are cut off.
    Access,
    /// Stored data, beyond recall. The record's name has to be typed.
    Data,
}

/// A condition on a record or on the inputs of a form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Condition {
    /// The field that is looked at.
    pub field: String,
    /// It must have one of these values (null stands for none).
    #[serde(skip_serializing_if = "Vec::is_empty", rename = "is")]
    pub is: Vec<Value>,
    /// It must have none of these values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not: Vec<Value>,
    /// What to tell a person when it does not hold (`Only snapshots can be restored from.`).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Condition {
    /// Whether a value satisfies the condition. An absent value counts as null.
    #[must_use]
    pub fn holds(&self, value: Option<&Value>) -> bool {
        let value = value.unwrap_or(&Value::Null);
        (self.is.is_empty() || self.is.contains(value)) && !self.not.contains(value)
    }
}

impl Operation {
    /// The same operation with a parameter that nobody is asked for: it has this value, or is left out.
    #[must_use]
    pub fn given(&self, name: &str, value: Option<Value>) -> Self {
        let mut given = self.clone();
        match value {
            None => given.parameters.retain(|parameter| parameter.field.name != name),
            Some(value) => {
                for parameter in given.parameters.iter_mut().filter(|parameter| parameter.field.name == name)
                {
                    parameter.from = Source::Value(value.clone());
                }
            }
        }
        given
    }

    /// Whether it concerns one record of the resource.
    #[must_use]
    pub fn concerns_record(&self) -> bool {
        self.on_record.unwrap_or_else(|| {
            !matches!(self.kind, OperationKind::List | OperationKind::Create)
                && self.path.trim_end_matches("{parent}").replace("{parent}", "").contains('{')
        })
    }

    /// The parameters that a person fills.
    pub fn inputs(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| parameter.from.is_input())
    }

    /// The parameter of that name, wherever its value comes from.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.field.name == name)
    }

    /// The parameter of that name that a person fills.
    #[must_use]
    pub fn input(&self, name: &str) -> Option<&Parameter> {
        self.inputs().find(|parameter| parameter.field.name == name)
    }

    /// Labels of the parameters without which the system refuses, of which `is_given` says that there is no value: first
    /// where one of several is needed (joined by a stroke), then what is needed by itself and has no default.
    pub fn lacking(&self, is_given: impl Fn(&str) -> bool) -> Vec<String> {
        let label = |name: &String| self.input(name).map(|one| one.field.label.as_str());
        let of_several = self.one_of.iter().filter(|names| !names.iter().any(|name| is_given(name)));
        let of_several =
            of_several.map(|names| names.iter().filter_map(label).collect::<Vec<_>>().join(" / "));
        let needed = self.inputs().map(|parameter| &parameter.field).filter(|field| {
            field.create == Settable::Required && field.default.is_none() && !is_given(&field.name)
        });
        of_several.chain(needed.map(|field| field.label.clone())).collect()
    }
}
