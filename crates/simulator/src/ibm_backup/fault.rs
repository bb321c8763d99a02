//! Refusals: a code, a sentence, and a number for the log.

use serde_json::json;

use super::iam::Role;
use crate::message::Response;

/// Why a request was refused.
#[derive(Debug)]
pub(super) struct Fault {
    status: u16,
    code: &'static str,
    message: String,
}

impl Fault {
    fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// A field that is missing, unknown or wrong; the message names the field, and where it is.
    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "KValidationError", message)
    }

    /// What the state of the service forbids.
    pub(super) fn conflict(message: impl Into<String>) -> Self {
        Self::new(409, "KConflict", message)
    }

    /// Somebody else has changed the object since it was read.
    pub(super) fn stale(what: &str) -> Self {
        Self::new(409, "KStaleEntity", format!("The {what} has been modified since it was read"))
    }

    /// The record isn't there.
    pub(super) fn absent(what: &str, id: &str) -> Self {
        Self::new(404, "KEntityNotFound", format!("There is no {what} with the id {id}"))
    }

    /// No operation has that method and path.
    pub(super) fn no_route() -> Self {
        Self::new(404, "KRouteNotFound", "path was not found")
    }

    /// No token, or one that has ended.
    pub(super) fn unauthenticated() -> Self {
        Self::new(401, "KUnauthorized", "The token is missing, malformed or expired")
    }

    /// The account lacks a role.
    pub(super) fn forbidden(role: Role) -> Self {
        Self::new(403, "KForbidden", format!("The action needs the service role {role:?}"))
    }

    /// The account does not belong to that tenant.
    pub(super) fn other_tenant(tenant: &str) -> Self {
        Self::new(403, "KForbidden", format!("The account has no access to the tenant {tenant}"))
    }

    /// What the service stumbles over itself.
    pub(super) fn broken(message: String) -> Self {
        Self::new(500, "KInternalError", message)
    }

    /// Too much to do.
    pub(super) fn busy() -> Self {
        Self::new(503, "KServiceUnavailable", "The service has too much to do at the moment")
    }

    /// The sentence alone, for results of single runs.
    pub(super) fn message(self) -> String {
        self.message
    }

    /// The response, with a number under which the log holds more.
    pub(super) fn into_response(self, task_log: u64) -> Response {
        let body =
            json!({"errorCode": self.code, "message": self.message, "taskLogId": task_log.to_string()});
        Response::json(self.status, &body)
    }
}
