//! A resource: a collection or a single object, with its fields, relations and operations.

use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

use crate::chart::Chart;
use crate::field::Field;
use crate::operation::{Operation, OperationKind};

/// A collection (`volumes`) or a single object (`system name`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resource {
    /// Identifier, used in routes: lower-case letters, digits and dashes (`consistency-groups`).
    pub id: String,
    /// Plural or collective title in sentence case (`Consistency groups`).
    pub title: String,
    /// What one record is called, in lower case unless a name (`consistency group`).
    pub singular: String,
    /// Area of the navigation. A resource with a `parent` is reached through it and is not in the navigation.
    pub area: String,
    /// Whether it is a collection or a single object.
    pub shape: Shape,
    /// One or two sentences that tell a person what this is for. Shown on the page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// For a sub-collection: the resource whose record owns these. Paths may then use that record's key as `{parent}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// For a sub-collection: it is in the navigation all the same, and asks there for the record that owns what is listed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub entry: bool,
    /// Fields that together identify a record. One, except where the API needs several.
    pub key: Vec<String>,
    /// Field whose value names a record to a person. Default: the first key field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Field that helps to choose among the records, shown beside their names where one is chosen (the free space of a pool).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// The fields of a record, in the order of the record page.
    pub fields: Vec<Field>,
    /// Headings of the record page and of forms, in order. Fields name theirs in `group`; those without come first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Fields that a list shows at first, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Sort that a list has at first, as in the URL (`-created_at,name`). Empty: the box's own order.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sort: String,
    /// Name of a page that the console has for this resource beyond the generic ones (`certificates`). Empty: none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page: String,
    /// How the records of the list are drawn over time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chart: Option<Chart>,
    /// Lists that a record's page embeds: records elsewhere that point to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Every documented operation on it.
    pub operations: Vec<Operation>,
}

/// Whether a resource holds many records or is one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// Many records.
    #[default]
    Collection,
    /// One object without an identifier.
    Single,
    /// No records of its own: only operations (a ping, a bulk action).
    Operations,
}

/// A heading that gathers fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Identifier that fields name in their `group`.
    pub id: String,
    /// What is shown.
    pub title: String,
    /// Shown folded at first: what a person needs rarely.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub folded: bool,
}

/// Records elsewhere that belong to a record: a volume's snapshots, a pool's volumes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Relation {
    /// Identifier within the resource, used in routes.
    pub id: String,
    /// Title of the embedded list (`Snapshots`).
    pub title: String,
    /// The resource that is listed.
    pub resource: String,
    /// Which of its records: field of the listed resource → field of this record whose value it must equal. Each becomes a
    /// filter term. Empty where the listed resource is a sub-collection of this one (`parent`).
    #[serde(skip_serializing_if = "BTreeMap::is_empty", rename = "where")]
    pub where_: BTreeMap<String, String>,
    /// Further terms: field of the listed resource, or parameter of its list → text with names of this record's fields in
    /// braces (`*`, `{groupId}|{userId}`).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, String>,
    /// Columns of the embedded list. Empty: those of the resource.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Show it only where the record satisfies all of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<crate::operation::Condition>,
}

impl Resource {
    /// The field of that name. Names are whole keys: a dot in them is part of the name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether the navigation leads to it.
    #[must_use]
    pub const fn is_entry(&self) -> bool {
        self.parent.is_none() || self.entry
    }

    /// The operation of that identifier.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// The first operation of a kind: the one that the list, the record page or the form uses.
    #[must_use]
    pub fn first(&self, kind: OperationKind) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.kind == kind)
    }

    /// Brings the values of fields with an `at` to the top of a record as the box sends it, under the fields' names.
    /// Dialects call it on every record that they read.
    pub fn lift(&self, record: &mut Map<String, Value>) {
        lift(&self.fields, record);
    }

    /// Field whose value names a record to a person.
    #[must_use]
    pub fn name_field(&self) -> &str {
        self.name.as_deref().or_else(|| self.key.first().map(String::as_str)).unwrap_or("id")
    }
}

/// Brings the values of fields with an `at` to the top of an object that holds these fields, under the fields' names.
pub fn lift(fields: &[Field], record: &mut Map<String, Value>) {
    for field in fields {
        let Some((first, rest)) = field.at.split_first() else { continue };
        let found =
            rest.iter().fold(record.get(first), |value, step| value.and_then(|value| step_into(value, step)));
        if let Some(value) = found.cloned() {
            record.insert(field.name.clone(), value);
        }
    }
}

impl Field {
    /// Where the box itself has the value of a field that [`Resource::lift`] has brought to the top.
    pub fn origin_in<'a>(&self, record: &'a mut Map<String, Value>) -> Option<&'a mut Value> {
        let (first, rest) = self.at.split_first()?;
        rest.iter()
            .fold(record.get_mut(first), |value, step| value.and_then(|value| step_into_mut(value, step)))
    }
}

/// The member of an object, or the item of a list that has a member with that value (`type=LIMIT`).
fn step_into<'a>(value: &'a Value, step: &str) -> Option<&'a Value> {
    match (value, step.split_once('=')) {
        (Value::Array(items), Some((member, wanted))) => items
            .iter()
            .find(|item| item.get(member).and_then(Value::as_str).is_some_and(|found| found == wanted)),
        _ => value.get(step),
    }
}

/// The same, to be changed.
fn step_into_mut<'a>(value: &'a mut Value, step: &str) -> Option<&'a mut Value> {
    match (value, step.split_once('=')) {
        (Value::Array(items), Some((member, wanted))) => items
            .iter_mut()
            .find(|item| item.get(member).and_then(Value::as_str).is_some_and(|found| found == wanted)),
        (value, _) => value.get_mut(step),
    }
}
