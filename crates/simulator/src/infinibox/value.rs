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

    /// A number that is never out of order: if one value's is smaller than another's, so is the value.
    pub(crate) fn prefix(&self) -> u128 {
        match self {
            Self::Null | Self::Absent | Self::Json(_) => 0,
            Self::Boolean(value) => u128::from(*value),
            Self::Integer(value) => u128::from(value.cast_unsigned() ^ SIGN),
            Self::Float(value) => {
                let bits = value.to_bits();
                u128::from(if bits & SIGN == 0 { bits | SIGN } else { !bits })
            }
            Self::Text(text) if text.is_ascii() => text_prefix(text.bytes()),
            Self::Text(text) => text_prefix(text.to_lowercase().bytes()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Null | Self::Absent => 0,
            _ => 1,
        }
    }
}

/// The bit that makes a number negative.
const SIGN: u64 = 1 << 63;

/// The first sixteen bytes, in lower case, as one number.
fn text_prefix(bytes: impl Iterator<Item = u8>) -> u128 {
    bytes
        .chain(std::iter::repeat(0))
        .take(16)
        .fold(0, |prefix, byte| prefix << 8 | u128::from(byte.to_ascii_lowercase()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_never_contradict_the_order() {
        let texts = ["", "a", "B", "abcdefghijklmnopq", "abcdefghijklmnopz", "É", "é", "z", "Ζ", "K", "k"];
        let texts = texts.map(Value::from).to_vec();
        let integers = [i64::MIN, -1, 0, 1, i64::MAX].map(Value::from).to_vec();
        let floats = [-1.5, -0.0, 0.0, 2.5, f64::INFINITY].map(Value::from).to_vec();
        for mut values in [texts, integers, floats, vec![Value::from(true), Value::from(false)]] {
            values.push(Value::Null);
            for a in &values {
                for b in &values {
                    if a.prefix() < b.prefix() {
                        assert!(a.order(b).is_lt(), "{a:?} {b:?}");
                    }
                }
            }
        }
    }
}
