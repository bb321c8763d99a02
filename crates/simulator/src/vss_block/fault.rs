//! How the cluster says no.

use serde_json::json;

use crate::message::Response;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) status: u16,
    /// The only documented id is that of a missing certificate; the others are the simulator's own.
    pub(super) id: &'static str,
    message: &'static str,
    pub(super) cause: String,
    solution: &'static str,
}

impl Fault {
    fn new(status: u16, id: &'static str, message: &'static str, cause: impl Into<String>) -> Self {
        Self { status, id, message, cause: cause.into(), solution: "Change the request and send it again." }
    }

    fn solved_by(self, solution: &'static str) -> Self {
        Self { solution, ..self }
    }

    /// A header, a parameter or the body makes no sense; the cause names it.
    pub(super) fn bad(cause: impl Into<String>) -> Self {
        Self::new(400, "KARS99001-E", "The request is not correct.", cause)
    }

    /// Nobody is signed in, or what should prove it does not. The reason is never told.
    pub(super) fn unauthenticated() -> Self {
        Self::new(
            401,
            "KARS99002-E",
            "The authentication failed.",
            "The user ID or the password is wrong, the user is locked or disabled, or the password has to be changed first.",
        )
        .solved_by("Sign in with a valid user ID and password, or change the password.")
    }

    /// The roles do not suffice.
    pub(super) fn forbidden() -> Self {
        Self::new(
            403,
            "KARS99003-E",
            "The operation is not permitted.",
            "The user does not have the role that it needs.",
        )
        .solved_by("Ask a user with the necessary role.")
    }

    /// No such thing, or not for this user's eyes.
    pub(super) fn absent(what: &str) -> Self {
        Self::new(404, "KARS99004-E", "The resource was not found.", format!("There is no {what}."))
            .solved_by("Check the identifier.")
    }

    /// Nobody imported a certificate for that server.
    pub(super) fn no_certificate() -> Self {
        Self::new(
            404,
            "KARS15553-E",
            "The root certificate was not found.",
            "No root certificate was imported.",
        )
        .solved_by("Import a root certificate.")
    }

    /// The state forbids it.
    pub(super) fn conflict(cause: impl Into<String>) -> Self {
        Self::new(409, "KARS99005-E", "The request contradicts the state of the system.", cause)
    }

    pub(super) fn no_length() -> Self {
        Self::new(
            411,
            "KARS99006-E",
            "The length of the request is missing.",
            "There is no header Content-Length.",
        )
    }

    /// Another node than the primary one was asked.
    pub(super) fn not_primary() -> Self {
        Self::new(
            412,
            "KARS99007-E",
            "The node cannot process the request.",
            "The node is not the primary node of the cluster master.",
        )
        .solved_by("Send the request to the primary node of the cluster master.")
    }

    pub(super) fn too_large() -> Self {
        Self::new(413, "KARS99008-E", "The request is too large.", "The body exceeds the greatest size.")
    }

    pub(super) fn media_type(wanted: &str) -> Self {
        Self::new(
            415,
            "KARS99009-E",
            "The media type is not supported.",
            format!("Only {wanted} is accepted."),
        )
    }

    pub(super) fn expectation() -> Self {
        Self::new(417, "KARS99010-E", "The expectation cannot be met.", "The header Expect is not supported.")
    }

    pub(super) fn long_headers() -> Self {
        Self::new(431, "KARS99011-E", "The headers are too large.", "The headers exceed the greatest size.")
    }

    pub(super) fn broken(cause: impl Into<String>) -> Self {
        Self::new(500, "KARS99012-E", "An internal error occurred.", cause).solved_by("Ask the support.")
    }

    pub(super) fn busy() -> Self {
        Self::new(503, "KARS99013-E", "The service is not available.", "The node is busy for a moment.")
            .solved_by("Wait and try again.")
    }

    /// The answer on the wire; `source` is the path that was asked for.
    pub(super) fn into_response(self, source: &str) -> Response {
        let Self { status, id, message, cause, solution } = self;
        let body = json!({
            "errorSource": source,
            "messageId": id,
            "message": message,
            "cause": cause,
            "solution": solution,
            "errorCode": {},
        });
        Response::json(status, &body)
    }
}
