//! What went wrong, in one shape for every kind.

use crate::http::Response;

/// A refusal of the box, or a fault on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What sort of failure it is.
    pub kind: FailureKind,
    /// The box's error code (`POOL_NOT_EMPTY`), where it has one.
    pub code: Option<String>,
    /// The box's message in its own words, or ours where it has none.
    pub message: String,
    /// Fields that the box blames, with what it says of each.
    pub fields: Vec<FieldFault>,
    /// HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// Seconds after which the box asks to be tried again.
    pub retry_after: Option<u32>,
}

/// A field at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// Name of the field on the wire.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

/// What sort of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// No session, or it has ended: sign in again.
    SignedOut,
    /// Wrong user name or password.
    BadCredentials,
    /// The role does not allow it.
    Forbidden,
    /// The record or path does not exist (any more).
    NotFound,
    /// What was sent is not acceptable.
    Invalid,
    /// The state of the box or of a record forbids it.
    Conflict,
    /// The box is busy for a moment.
    Busy,
    /// The box does not offer this (an API version, a feature).
    Unsupported,
    /// The box failed.
    Broken,
    /// The answer cannot be understood.
    Malformed,
    /// No answer came.
    Unreachable,
    /// The console gave up the request on its way: the system may have received it.
    Aborted,
    /// The request never left the console: it could not be made, or there was nothing to send.
    NotSent,
}

impl FailureKind {
    /// What an HTTP status says by itself (RFC 9110), where no code says more. Good ones are not what was expected.
    pub(crate) const fn of_status(status: u16) -> Self {
        match status {
            401 => Self::SignedOut,
            403 => Self::Forbidden,
            404 | 410 => Self::NotFound,
            405 | 406 | 501 => Self::Unsupported,
            409 | 412 | 423 => Self::Conflict,
            300..=399 | 429 | 503 => Self::Busy,
            400..=499 => Self::Invalid,
            500..=599 => Self::Broken,
            _ => Self::Malformed,
        }
    }
}

impl Failure {
    /// An answer that is not what it should be.
    pub(crate) fn malformed(response: &Response, message: impl Into<String>) -> Self {
        Self { status: Some(response.status), ..Self::new(FailureKind::Malformed, message) }
    }

    /// A failure with nothing but a kind and a message.
    #[must_use]
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            code: None,
            message: message.into(),
            fields: Vec::new(),
            status: None,
            retry_after: None,
        }
    }
}
