//! One field's value of one record, as lists filter and sort it.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::Value as Json;

/// A value that is read from a record without copying text.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    /// The record has no value here.
    Null,
    /// The field isn't part of a record's JSON (a password, a parameter of creation).
    Absent,
    /// A truth value.
    Boolean(bool),
    /// A whole number: an id, bytes, a time, a count.
    Integer(i64),
    /// A ratio or a percentage.
    Float(f64),
    /// Text, or one of an enumeration's words.
    Text(Cow<'a, str>),
    /// Anything structured; it can be neither filtered nor sorted.
    Json(Json),
}

impl Value<'_> {
    /// The value as JSON, or `None` if it isn't part of a record's JSON.
    pub(crate) fn to_json(&self) -> Option<Json> {
        Some(match self {
            Self::Absent => return None,
            Self::Null => Json::Null,
            Self::Boolean(value) => Json::from(*value),
            Self::Integer(value) => Json::from(*value),
            Self::Float(value) => Json::from(*value),
            Self::Text(value) => Json::from(value.as_ref()),
            Self::Json(value) => value.clone(),
        })
    }

    /// The order of two values of one field: nothing first, text without regard to case.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Boolean(a), Self::Boolean(b)) => a.cmp(b),
            (Self::Integer(a), Self::Integer(b)) => a.cmp(b),
            (Self::Float(a), Self::Float(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => order_text(a, b),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Null | Self::Absent => 0,
            _ => 1,
        }
    }
}

/// Orders text without regard to the case of ASCII letters.
pub(crate) fn order_text(a: &str, b: &str) -> Ordering {
    // Long common prefixes are the rule here, so compare in place; only non-ASCII text needs the copy.
    if a.is_ascii() && b.is_ascii() {
        a.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(b.bytes().map(|byte| byte.to_ascii_lowercase()))
    } else {
        a.to_lowercase().cmp(&b.to_lowercase())
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Value<'_> {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<usize> for Value<'_> {
    fn from(value: usize) -> Self {
        Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Value<'_> {
    fn from(value: String) -> Self {
        Self::Text(Cow::Owned(value))
    }
}

impl From<Json> for Value<'_> {
    fn from(value: Json) -> Self {
        Self::Json(value)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
