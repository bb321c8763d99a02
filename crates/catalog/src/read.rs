//! Reading the model from JSON.
//!
//! Written out instead of derived: the console carries this code to every first visit, and what serde's derive makes of
//! the same model is several times as large. Unknown members are refused, and a fault knows where its value is.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::position::Step;

mod model;

/// A value that is not of the catalog's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misread {
    /// The way to the value, the last step first.
    steps: Vec<Step>,
    message: String,
}

impl Misread {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { steps: Vec::new(), message: message.into() }
    }

    /// The same fault, seen from the value around.
    pub(crate) fn inside(mut self, step: impl Into<Step>) -> Self {
        self.steps.push(step.into());
        self
    }

    /// What is wrong, and the way to it from the outermost value.
    pub(crate) fn into_parts(self) -> (String, Vec<Step>) {
        (self.message, self.steps.into_iter().rev().collect())
    }
}

impl std::fmt::Display for Misread {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// What can be read from JSON.
pub(crate) trait Read: Sized {
    /// Takes the value apart.
    ///
    /// # Errors
    /// When it is not of the form.
    fn read(value: Value) -> Result<Self, Misread>;
}

/// Stands in for what could not be read until the fault is told; nobody gets to see it.
pub(crate) trait Blank {
    fn blank() -> Self;
}

impl<T: Default> Blank for T {
    fn blank() -> Self {
        T::default()
    }
}

/// The members of an object, each of which is taken out once. The first fault is kept until the [end](Self::end): if each
/// ended the reading, all that was read before would have to be dropped at each of them, which is most of the code.
pub(crate) struct Members {
    left: Map<String, Value>,
    fault: Option<Misread>,
}

impl Members {
    pub(crate) fn of(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Object(left) => Ok(Self { left, fault: None }),
            other => Err(expected("an object", &other)),
        }
    }

    /// A member that has to be there.
    pub(crate) fn need<T: Read + Blank>(&mut self, key: &'static str) -> T {
        match self.left.remove(key) {
            Some(value) => self.noted(key, T::read(value)).unwrap_or_else(T::blank),
            None => {
                self.note(Misread::new(format!("missing field `{key}`")));
                T::blank()
            }
        }
    }

    /// A member that has a default.
    pub(crate) fn or_default<T: Read + Default>(&mut self, key: &'static str) -> T {
        let value = self.left.remove(key);
        value.and_then(|value| self.noted(key, T::read(value))).unwrap_or_default()
    }

    fn noted<T>(&mut self, key: &'static str, read: Result<T, Misread>) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(fault) => {
                self.note(fault.inside(key));
                None
            }
        }
    }

    fn note(&mut self, fault: Misread) {
        self.fault.get_or_insert(fault);
    }

    /// The first fault, if there was one. Nothing may be left beside the known members.
    pub(crate) fn end(self, known: &[&str]) -> Result<(), Misread> {
        match (self.fault, self.left.into_iter().next()) {
            (Some(fault), _) => Err(fault),
            (None, None) => Ok(()),
            (None, Some((key, _))) => {
                let message = format!("unknown field `{key}`, expected one of `{}`", known.join("`, `"));
                Err(Misread::new(message).inside(key.as_str()))
            }
        }
    }
}

/// An alternative that is written as its name, or as an object with one member of its name.
pub(crate) struct Variant {
    name: String,
    content: Option<Value>,
}

impl Variant {
    pub(crate) fn of(value: Value) -> Result<Self, Misread> {
        match value {
            Value::String(name) => Ok(Self { name, content: None }),
            Value::Object(members) if members.len() == 1 => {
                let (name, content) = members.into_iter().next().unwrap_or_default();
                Ok(Self { name, content: Some(content) })
            }
            other => Err(expected("a name, or an object with one member", &other)),
        }
    }

    /// The name, for a `match` that tells the alternatives apart: `true` where there is content.
    pub(crate) fn name(&self) -> (&str, bool) {
        (&self.name, self.content.is_some())
    }

    /// What is in it.
    pub(crate) fn content<T: Read>(self) -> Result<T, Misread> {
        T::read(self.content.unwrap_or_default()).map_err(|fault| fault.inside(self.name.as_str()))
    }

    pub(crate) fn unknown<T>(self) -> Result<T, Misread> {
        Err(Misread::new(match self.content {
            Some(_) => format!("unknown variant `{}` with content", self.name),
            None => format!("unknown variant `{}`", self.name),
        }))
    }
}

/// Implements [`Read`] for a struct: each field with its member, which is needed or has a default.
macro_rules! reads {
    ($type:ident { $($field:ident: $how:ident $key:literal),* $(,)? }) => {
        impl $crate::read::Read for $type {
            fn read(value: serde_json::Value) -> Result<Self, $crate::read::Misread> {
                let mut members = $crate::read::Members::of(value)?;
                let read = Self { $($field: members.$how($key)),* };
                members.end(&[$($key),*])?;
                Ok(read)
            }
        }
    };
}

/// Implements [`Read`] for a set of names.
macro_rules! reads_names {
    ($type:ident { $($name:literal => $value:ident),* $(,)? }) => {
        impl $crate::read::Read for $type {
            fn read(value: serde_json::Value) -> Result<Self, $crate::read::Misread> {
                let variant = $crate::read::Variant::of(value)?;
                match variant.name() {
                    $(($name, false) => Ok(Self::$value),)*
                    _ => variant.unknown(),
                }
            }
        }
    };
}

/// Lets serde read a type the same way, for programs that hold a part of a catalog in other JSON.
macro_rules! deserializes {
    ($($type:ident),*) => {
        $(impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                <Self as $crate::read::Read>::read(value).map_err(serde::de::Error::custom)
            }
        })*
    };
}

pub(crate) use {deserializes, reads, reads_names};

fn expected(wanted: &str, found: &Value) -> Misread {
    let kind = match found {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    Misread::new(format!("expected {wanted}, found {kind}"))
}

impl Read for Value {
    fn read(value: Value) -> Result<Self, Misread> {
        Ok(value)
    }
}

impl Read for String {
    fn read(value: Value) -> Result<Self, Misread> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(expected("a text", &other)),
        }
    }
}

impl Read for bool {
    fn read(value: Value) -> Result<Self, Misread> {
        value.as_bool().ok_or_else(|| expected("true or false", &value))
    }
}

impl Read for u64 {
    fn read(value: Value) -> Result<Self, Misread> {
        value.as_u64().ok_or_else(|| expected("a whole number from 0 on", &value))
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Value) -> Result<Self, Misread> {
        if value.is_null() { Ok(None) } else { T::read(value).map(Some) }
    }
}

impl<T: Read> Read for Box<T> {
    fn read(value: Value) -> Result<Self, Misread> {
        T::read(value).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Value) -> Result<Self, Misread> {
        let Value::Array(items) = value else { return Err(expected("a list", &value)) };
        // A loop: what collects results is several times as much code, and there is one of it for each type.
        let mut all = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            match T::read(item) {
                Ok(read) => all.push(read),
                Err(fault) => return Err(fault.inside(index)),
            }
        }
        Ok(all)
    }
}

impl Read for (u64, u64) {
    fn read(value: Value) -> Result<Self, Misread> {
        match Vec::<u64>::read(value)?.as_slice() {
            [least, greatest] => Ok((*least, *greatest)),
            _ => Err(Misread::new("expected two whole numbers")),
        }
    }
}

impl Read for BTreeMap<String, String> {
    fn read(value: Value) -> Result<Self, Misread> {
        let members = Members::of(value)?.left;
        members.into_iter().map(|(key, value)| Ok((key, String::read(value)?))).collect()
    }
}
