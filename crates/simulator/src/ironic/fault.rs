//! Refusals, in the three shapes that the service has for them.

use serde_json::{Value as Json, json};

use crate::message::{Method, Response};

/// Why a request was refused.
#[derive(Debug)]
pub(super) enum Fault {
    /// A handler's refusal: the text is inside JSON, which is inside a string of JSON.
    Said {
        /// The HTTP status.
        status: u16,
        /// What is wrong.
        text: String,
    },
    /// A refusal before any handler: no such path, no such method, no such version.
    Routing {
        /// The HTTP status.
        status: u16,
        /// The name of the status.
        title: &'static str,
        /// What is wrong; may be empty.
        text: String,
        /// The methods that the path has, for status 405.
        allow: Option<String>,
    },
    /// Nobody has signed in. It has a shape of its own.
    Unauthenticated,
}

impl Fault {
    /// Wrong input, or a node in the wrong state.
    pub(super) fn bad(text: impl Into<String>) -> Self {
        Self::Said { status: 400, text: text.into() }
    }

    /// The record isn't there.
    pub(super) fn absent(text: impl Into<String>) -> Self {
        Self::Said { status: 404, text: text.into() }
    }

    /// A duplicate, or a node that is locked.
    pub(super) fn conflict(text: impl Into<String>) -> Self {
        Self::Said { status: 409, text: text.into() }
    }

    /// What the service stumbles over itself.
    pub(super) fn broken(text: impl Into<String>) -> Self {
        Self::Said { status: 500, text: text.into() }
    }

    /// The role may not do that.
    pub(super) fn forbidden(rule: &str) -> Self {
        Self::Said { status: 403, text: format!("Access was denied to the following resource: {rule}") }
    }

    /// No operation has that path.
    pub(super) fn no_route() -> Self {
        Self::Routing { status: 404, title: "Not Found", text: String::new(), allow: None }
    }

    /// The path has only these methods.
    pub(super) fn other_method(methods: &[Method]) -> Self {
        let allow: Vec<&str> = methods.iter().map(|method| method.name()).collect();
        Self::Routing {
            status: 405,
            title: "Method Not Allowed",
            text: String::new(),
            allow: Some(allow.join(", ")),
        }
    }

    /// The version that was asked for isn't spoken.
    pub(super) fn not_acceptable(text: String) -> Self {
        Self::Routing { status: 406, title: "Not Acceptable", text, allow: None }
    }

    /// Whether no handler was reached, so that the answer doesn't say a version.
    pub(super) fn is_routing(&self) -> bool {
        matches!(self, Self::Routing { .. })
    }

    /// The answer on the wire.
    pub(super) fn into_response(self) -> Response {
        match self {
            Self::Said { status, text } => {
                let code = if status >= 500 { "Server" } else { "Client" };
                nested(status, &json!({"faultcode": code, "faultstring": text, "debuginfo": null}))
            }
            Self::Routing { status, title, text, allow } => {
                let response = nested(status, &json!({"code": status, "title": title, "description": text}));
                match allow {
                    Some(allow) => response.header("allow", &allow),
                    None => response,
                }
            }
            Self::Unauthenticated => {
                let body = json!({"error": {"message": "Authorization required", "code": 401}});
                Response::json(401, &body).header("www-authenticate", "Basic realm=\"Baremetal API\"")
            }
        }
    }
}

fn nested(status: u16, inner: &Json) -> Response {
    Response::json(status, &json!({"error_message": inner.to_string()}))
}
