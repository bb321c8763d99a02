//! JSON bodies, checked against an entity's field table before any rule of the entity is asked.

use serde_json::{Map, Value as Json};

use super::entity::Entity;
use super::fault::Fault;
use super::field::{Creation, Field, Holds};

/// The longest name.
const MAX_NAME: usize = 65;

/// A body whose fields are known, settable and of the right type.
#[derive(Debug, Clone, Default)]
pub(crate) struct Body {
    fields: Map<String, Json>,
}

impl Body {
    /// Reads a body as a JSON object without checking its fields.
    pub(crate) fn object(bytes: &[u8]) -> Result<Self, Fault> {
        match parse(bytes)? {
            Json::Object(fields) => Ok(Self { fields }),
            _ => Err(Fault::malformed_content("an object is expected")),
        }
    }

    /// Reads and checks the body that creates a record.
    pub(crate) fn creation<T: Entity>(bytes: &[u8]) -> Result<Self, Fault> {
        let body = Self::object(bytes)?;
        for (name, value) in &body.fields {
            match T::field(name) {
                Some(field) if field.creation != Creation::Refused => check(field, value)?,
                _ => return Err(Fault::unsupported_field(name)),
            }
        }
        for field in T::FIELDS {
            if field.creation == Creation::Required && !body.has(field.name) {
                return Err(Fault::missing_field(field.name));
            }
        }
        Ok(body)
    }

    /// Reads and checks the body that updates a record.
    pub(crate) fn update<T: Entity>(bytes: &[u8]) -> Result<Self, Fault> {
        let body = Self::object(bytes)?;
        if body.fields.is_empty() {
            return Err(Fault::missing_content());
        }
        for (name, value) in &body.fields {
            match T::field(name) {
                Some(field) if field.updatable => check(field, value)?,
                Some(_) => return Err(Fault::unsupported_field(name)),
                None => {
                    return Err(Fault::bad(
                        T::UNKNOWN_ON_UPDATE,
                        format!("{} has no such field ('{name}')", T::NOUN),
                    ));
                }
            }
        }
        if T::ONE_FIELD_PER_UPDATE && body.fields.len() > 1 {
            return Err(Fault::multiple_update());
        }
        Ok(body)
    }

    /// Refuses every field but these.
    pub(crate) fn only(&self, names: &[&str]) -> Result<(), Fault> {
        match self.fields.keys().find(|name| !names.contains(&name.as_str())) {
            Some(name) => Err(Fault::unsupported_field(name)),
            None => Ok(()),
        }
    }

    /// The names of the body's fields.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }

    /// Whether the field was sent, be it null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// Whether the field was sent as null.
    pub(crate) fn is_null(&self, name: &str) -> bool {
        self.fields.get(name).is_some_and(Json::is_null)
    }

    /// The field as it was sent.
    pub(crate) fn json(&self, name: &str) -> Option<&Json> {
        self.fields.get(name)
    }

    /// Puts another value in place of what was sent.
    pub(crate) fn set(&mut self, name: &str, value: Json) {
        self.fields.insert(name.to_owned(), value);
    }

    /// A whole number; `None` if absent or null.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.fields.get(name).and_then(Json::as_i64)
    }

    /// Text; `None` if absent or null.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Json::as_str)
    }

    /// A truth value; `None` if absent or null.
    pub(crate) fn boolean(&self, name: &str) -> Option<bool> {
        self.fields.get(name).and_then(Json::as_bool)
    }

    /// A whole number that must be there, for bodies of actions.
    pub(crate) fn need_integer(&self, name: &str) -> Result<i64, Fault> {
        match self.fields.get(name) {
            None => Err(Fault::missing_field(name)),
            Some(value) => value.as_i64().ok_or_else(|| Fault::malformed_parameter(name, "a whole number")),
        }
    }

    /// A truth value that may be missing, for bodies of actions.
    pub(crate) fn optional_boolean(&self, name: &str) -> Result<Option<bool>, Fault> {
        self.fields
            .get(name)
            .map(|value| value.as_bool().ok_or_else(|| Fault::malformed_parameter(name, "true or false")))
            .transpose()
    }

    /// Ids that must be there as a list.
    pub(crate) fn need_ids(&self, name: &str) -> Result<Vec<i64>, Fault> {
        let list = self.fields.get(name).ok_or_else(|| Fault::missing_field(name))?;
        list.as_array()
            .and_then(|list| list.iter().map(Json::as_i64).collect())
            .ok_or_else(|| Fault::malformed_parameter(name, "a list of whole numbers"))
    }
}

/// Reads any JSON body.
pub(crate) fn parse(bytes: &[u8]) -> Result<Json, Fault> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::missing_content());
    }
    serde_json::from_slice(bytes).map_err(Fault::malformed_content)
}

/// Checks a name: 1 to 65 characters of letters, digits, spaces, `-`, `_` and `.`. The document doesn't print the set;
/// this one refuses every character that it shows as refused.
pub(crate) fn check_name(name: &str) -> Result<(), Fault> {
    let length = name.chars().count();
    if length == 0 || length > MAX_NAME {
        return Err(Fault::name_length(length));
    }
    let allowed = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '@' | '+' | '=' | '~' | '(' | ')')
    };
    if name.trim() != name || !name.chars().all(allowed) {
        return Err(Fault::name_characters(name));
    }
    Ok(())
}

/// Checks that a field may hold a value.
pub(crate) fn check<T>(field: &Field<T>, value: &Json) -> Result<(), Fault> {
    if value.is_null() {
        return match field.holds {
            _ if field.nullable => Ok(()),
            Holds::Name => Err(Fault::name_characters("null")),
            _ => Err(Fault::unsupported_value(field.name, "null")),
        };
    }
    match field.holds {
        Holds::Integer(low, high) => {
            let number =
                value.as_i64().ok_or_else(|| Fault::malformed_parameter(field.name, "a whole number"))?;
            if number < low {
                return Err(Fault::wrong_parameter(field.name, number, &format!("int >= {low}")));
            }
            if number > high {
                return Err(Fault::wrong_parameter(field.name, number, &format!("int <= {high}")));
            }
        }
        Holds::Float => {
            value.as_f64().ok_or_else(|| Fault::malformed_parameter(field.name, "a number"))?;
        }
        Holds::Boolean => {
            value.as_bool().ok_or_else(|| Fault::malformed_parameter(field.name, "true or false"))?;
        }
        Holds::Text(low, high) => {
            let length = text(field, value)?.chars().count();
            if length < low || length > high {
                return Err(Fault::bad(
                    "INVALID_PARAMETER_LENGTH",
                    format!("The length of ('{}') must be in {low}..{high}; it is {length}", field.name),
                ));
            }
        }
        Holds::Name => check_name(text(field, value)?)?,
        Holds::Word(words) => {
            let word = text(field, value)?;
            if !words.contains(&word) {
                // The box quotes the bad value here, not the field.
                return Err(Fault::malformed_parameter(word, &format!("a value of {}", field.name)));
            }
        }
        Holds::Words | Holds::Anything => {}
    }
    Ok(())
}

fn text<'a, T>(field: &Field<T>, value: &'a Json) -> Result<&'a str, Fault> {
    value.as_str().ok_or_else(|| Fault::malformed_parameter(field.name, "text"))
}
