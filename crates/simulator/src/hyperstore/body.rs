//! The objects that requests carry.

use serde_json::{Map, Value as Json};

use super::fault::Fault;
use crate::message::Request;

/// What a field of a body holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    /// `true` or `false`.
    Flag,
    /// `"true"` or `"false"`: a flag in the shape of a text. It may be written in capitals: a client from the vendor's own
    /// house sends `"False"`.
    FlagText,
    Number,
    /// An array of texts.
    Texts,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// An object of its own rules.
    Object,
    /// Shown but not settable: accepted, so that what was read can be sent back, and left alone.
    Shown,
}

/// One field that a body may have.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
}

/// A field, for tables of fields.
pub(super) const fn field(name: &'static str, holds: Holds) -> Field {
    Field { name, holds }
}

/// A body that has been read: an object whose fields are known and of the right type. A null counts as absent.
#[derive(Debug, Default)]
pub(super) struct Body(Map<String, Json>);

impl Body {
    /// Reads a request's body.
    ///
    /// # Errors
    ///
    /// 400 if it is no object, has a field that `fields` don't know, or one of another type. That unknown fields are
    /// refused is this simulator's choice: the documents don't say, and it shows what a client gets wrong.
    pub(super) fn read(request: &Request, fields: &[Field]) -> Result<Self, Fault> {
        let content_type = request.header_value("content-type").unwrap_or("application/json");
        if content_type.split(';').next().map(str::trim) != Some("application/json") {
            return Err(Fault::json("the content type is not application/json"));
        }
        let mut map = match serde_json::from_slice(&request.body) {
            Ok(Json::Object(map)) => map,
            Ok(_) => return Err(Fault::json("it is no object")),
            Err(error) => return Err(Fault::json(&error.to_string())),
        };
        map.retain(|_, value| !value.is_null());
        for (name, value) in &map {
            let Some(field) = fields.iter().find(|field| field.name == name) else {
                return Err(Fault::json(&format!("unknown field {name}")));
            };
            check(field, value)?;
        }
        Ok(Self(map))
    }

    /// Refuses a body without these fields.
    ///
    /// # Errors
    ///
    /// 400 that names those that are missing.
    pub(super) fn require(&self, names: &[&str]) -> Result<(), Fault> {
        let missing: Vec<&str> = names.iter().copied().filter(|name| !self.0.contains_key(*name)).collect();
        if missing.is_empty() { Ok(()) } else { Err(Fault::missing(&missing)) }
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Json::as_str)
    }

    /// A text that the object can't do without.
    ///
    /// # Errors
    ///
    /// 400 if it is missing or empty.
    pub(super) fn need(&self, name: &str) -> Result<&str, Fault> {
        self.text(name).filter(|text| !text.is_empty()).ok_or_else(|| Fault::missing(&[name]))
    }

    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.0.get(name) {
            Some(Json::Bool(flag)) => Some(*flag),
            Some(Json::String(text)) => Some(text.eq_ignore_ascii_case("true")),
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Json::as_i64)
    }

    pub(super) fn texts(&self, name: &str) -> Option<Vec<String>> {
        let items = self.0.get(name)?.as_array()?;
        Some(items.iter().filter_map(Json::as_str).map(str::to_owned).collect())
    }

    pub(super) fn object(&self, name: &str) -> Option<&Map<String, Json>> {
        self.0.get(name).and_then(Json::as_object)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

fn check(field: &Field, value: &Json) -> Result<(), Fault> {
    let name = field.name;
    let fits = match field.holds {
        Holds::Text => value.is_string(),
        Holds::Flag => value.is_boolean(),
        Holds::FlagText => {
            let is = |word: &str| value.as_str().is_some_and(|text| text.eq_ignore_ascii_case(word));
            return if is("true") || is("false") {
                Ok(())
            } else {
                Err(Fault::bad(format!("Invalid {name} value: {value}")))
            };
        }
        Holds::Number => value.is_i64(),
        Holds::Texts => value.as_array().is_some_and(|items| items.iter().all(Json::is_string)),
        Holds::Choice(choices) => {
            return if value.as_str().is_some_and(|text| choices.contains(&text)) {
                Ok(())
            } else {
                Err(Fault::bad(format!("Invalid {name} value: {value}")))
            };
        }
        Holds::Object => value.is_object(),
        Holds::Shown => true,
    };
    if fits { Ok(()) } else { Err(Fault::json(&format!("field {name} is of another type"))) }
}
