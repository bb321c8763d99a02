//! What the box refuses, with code, HTTP status and a message.
//!
//! Clients find the field at fault by scraping the message, so the constructors here keep the documented patterns: a
//! name in quotes and parentheses, `('name')`, unless the pattern of a code differs.

use std::fmt::Display;

/// A refusal.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The code that clients branch on.
    pub(crate) code: &'static str,
    /// The sentence for a person.
    pub(crate) message: String,
}

impl Fault {
    /// A refusal with the given status.
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// 400: the request itself is wrong.
    pub(crate) fn bad(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(400, code, message)
    }

    /// 403: not for this user.
    pub(crate) fn forbidden(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(403, code, message)
    }

    /// 404: there is no such thing.
    pub(crate) fn missing(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(404, code, message)
    }

    /// 409: a rule of the box stands against it.
    pub(crate) fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(409, code, message)
    }

    pub(crate) fn unauthenticated() -> Self {
        Self::new(401, "AUTHENTICATION_REQUIRED", "Sign in to use this interface")
    }

    /// The box is busy with itself for a moment. It is a redirect without a place to go to.
    pub(crate) fn reconfiguring() -> Self {
        Self::new(307, "RECONFIGURING", "The system is reconfiguring itself; try again in some seconds")
    }

    pub(crate) fn missing_field(name: &str) -> Self {
        Self::bad("MISSING_FIELD", format!("A mandatory field is missing ('{name}')"))
    }

    pub(crate) fn unsupported_field(name: &str) -> Self {
        Self::bad("UNSUPPORTED_FIELD", format!("This field is not accepted here ('{name}')"))
    }

    pub(crate) fn unknown_parameter(name: &str) -> Self {
        Self::bad("UNKNOWN_PARAMETER", format!("There is no such parameter ('{name}')"))
    }

    pub(crate) fn malformed_parameter(name: &str, expected: &str) -> Self {
        Self::bad("MALFORMED_PARAMETER", format!("The value cannot be read as {expected} ('{name}')"))
    }

    pub(crate) fn malformed_content(why: impl Display) -> Self {
        Self::bad("MALFORMED_CONTENT", format!("The body cannot be used: {why}"))
    }

    pub(crate) fn missing_content() -> Self {
        Self::bad("MISSING_CONTENT", "The request needs a body with content")
    }

    pub(crate) fn wrong_parameter(name: &str, value: impl Display, condition: &str) -> Self {
        Self::bad(
            "WRONG_PARAMETER",
            format!("Value ({value}) does not fit parameter '{name}', condition: '{condition}'"),
        )
    }

    pub(crate) fn unsupported_value(name: &str, value: impl Display) -> Self {
        Self::bad("UNSUPPORTED_VALUE", format!("Value ({value}) is not supported by field ('{name}')"))
    }

    pub(crate) fn name_length(actual: usize) -> Self {
        Self::bad(
            "INVALID_NAME_LENGTH",
            format!("A name ('name') has 1 to 65 characters; this one has {actual}"),
        )
    }

    pub(crate) fn name_characters(name: &str) -> Self {
        Self::bad(
            "INVALID_CHARACTERS_IN_NAME",
            format!("The name '{name}' holds characters that are not allowed in ('name')"),
        )
    }

    pub(crate) fn multiple_update() -> Self {
        Self::bad("NOT_SUPPORTED_MULTIPLE_UPDATE", "Only one field can be updated by one request")
    }

    pub(crate) fn not_filterable(name: &str) -> Self {
        Self::bad("NOT_FILTERABLE_FIELD", format!("The list cannot be filtered by ('{name}')"))
    }

    pub(crate) fn not_sortable(name: &str) -> Self {
        Self::bad("NOT_SORTABLE_FIELD", format!("The list cannot be sorted by ('{name}')"))
    }

    pub(crate) fn unsupported_relation(name: &str, relation: &str) -> Self {
        Self::bad("UNSUPPORTED_FILTER_RELATION", format!("Relation {relation} does not apply to ('{name}')"))
    }

    pub(crate) fn approval(message: impl Into<String>) -> Self {
        Self::forbidden("APPROVAL_REQUIRED", message)
    }
}
