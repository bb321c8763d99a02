//! What the box answers, once read: records, pages and outcomes.

use std::borrow::Cow;

use boxdeck_catalog::Field;
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::http::Request;
use crate::query::Position;
use crate::records::Records;

/// One entity of a collection, as the box sent it. Numbers are exact over 64 bits; absent, null and empty stay apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record(pub Map<String, Value>);

/// How many records match a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// Exactly so many.
    Exact(u64),
    /// These, and perhaps more.
    AtLeast(u64),
    /// The box does not say.
    Unknown,
}

impl Total {
    /// What is known where nothing counts: a first page holds all, or these and perhaps more. How many came before a mark is
    /// not told, so of later pages nothing is known but what they hold.
    #[must_use]
    pub const fn of_page(position: &Position, count: u64, has_more: bool) -> Self {
        match (position, has_more) {
            (Position::After(_), _) => Self::Unknown,
            (Position::First | Position::Number(_), true) => Self::AtLeast(count),
            (Position::First | Position::Number(_), false) => Self::Exact(count),
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The records, in the box's order.
    pub records: Records,
    /// How many match in all.
    pub total: Total,
    /// Where the next page starts, if there is or may be one.
    pub next: Option<Position>,
    /// Page size that the box really used.
    pub page_size: u32,
}

/// What became of a plan's step.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The box did it.
    Done(Answer),
    /// The box works on it; the task can be followed.
    Accepted(Task),
    /// The box refused, and says why.
    Refused(Failure),
    /// The box wants a person's approval first. Its own words.
    ApprovalRequired {
        /// The box's error code.
        code: String,
        /// What the box says will happen.
        message: String,
    },
    /// The answer was lost or cannot be understood: it may have happened or not. Settled by reading.
    Unknown {
        /// What is known about the loss.
        reason: String,
    },
}

/// What the box answered to something that it did.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// The result: a record, a value, a list, or null.
    pub result: Value,
    /// Text or file content, where that is what came.
    pub content: Option<Vec<u8>>,
    /// File name that the box suggests for the content.
    pub file_name: Option<String>,
    /// A remark of the box (a deprecation, a partial success).
    pub note: Option<String>,
}

/// A task that the box works on.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// The request that asks how far it is.
    pub poll: Request,
    /// Seconds to wait before asking.
    pub wait: u32,
    /// How far it is, 0 to 100, where the box says so.
    pub percent: Option<u8>,
}

impl Record {
    /// The value of a field; absent and null differ.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }

    /// A field as it is meant in this record: with the type that the record's values decide on.
    #[must_use]
    pub fn described<'a>(&self, field: &'a Field) -> Cow<'a, Field> {
        field.within(|name| self.get(name))
    }

    /// A value as plain text for keys and paths: strings without quotes, numbers exact. `None` for null and absent.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<String> {
        self.get(field).and_then(value_text)
    }

    /// The record's key in the console's URLs: its key fields joined by `~`, each with `~` and `%` percent-encoded.
    #[must_use]
    pub fn key(&self, resource: &boxdeck_catalog::Resource) -> Option<String> {
        let mut parts = Vec::with_capacity(resource.key.len());
        for field in &resource.key {
            parts.push(self.text(field)?);
        }
        Some(joined_key(&parts))
    }
}

/// The key that key fields of these values make.
pub(crate) fn joined_key(parts: &[String]) -> String {
    let mut key = String::new();
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            key.push('~');
        }
        // A list has a thousand keys, and hardly one with such signs.
        if !part.contains(['%', '~']) {
            key.push_str(part);
            continue;
        }
        for sign in part.chars() {
            match sign {
                '%' => key.push_str("%25"),
                '~' => key.push_str("%7E"),
                plain => key.push(plain),
            }
        }
    }
    key
}

/// Splits a key made by [`Record::key`] into its fields' values.
#[must_use]
pub fn split_key(key: &str) -> Vec<String> {
    key.split('~').map(|part| part.replace("%7E", "~").replace("%25", "%")).collect()
}

/// A value as plain text: strings without quotes, numbers and booleans as JSON. `None` for null.
#[must_use]
pub fn value_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(json_text(other)),
    }
}

/// A value as JSON. Not by its `Display`, which is the same code once more, and brings along what tells of faults in writing.
#[must_use]
pub fn json_text(value: &Value) -> String {
    // Every value of this type can be written.
    serde_json::to_string(value).unwrap_or_default()
}
