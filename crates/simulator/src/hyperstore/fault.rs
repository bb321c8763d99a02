//! Refusals. The documents name a status and a reason for each, but no format of the body; the service looks like one
//! of Jetty's, so the simulated one writes an HTML page unless it is told otherwise.

use serde_json::json;

use crate::message::Response;

/// The format of the bodies of refusals, see [`Fault::into_response`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Html,
    Json,
    Text,
}

/// Why a request was refused, or has no answer.
#[derive(Debug)]
pub(super) struct Fault {
    status: u16,
    reason: String,
}

impl Fault {
    /// 204: what was asked for doesn't exist, which is an ordinary answer to a read and a failure of some writes.
    pub(super) fn absent() -> Self {
        Self { status: 204, reason: String::new() }
    }

    /// 400: a parameter is missing, wrong, or stands against another.
    pub(super) fn bad(reason: impl Into<String>) -> Self {
        Self { status: 400, reason: reason.into() }
    }

    /// 400 for what a request can't do without.
    pub(super) fn missing(names: &[&str]) -> Self {
        Self::bad(format!("Missing required parameters : {{{}}}", names.join(", ")))
    }

    /// 400 for a body that isn't the object that the operation takes.
    pub(super) fn json(why: &str) -> Self {
        Self::bad(format!("Invalid JSON object: {why}"))
    }

    /// 400 for a region that the system doesn't have.
    pub(super) fn region(name: &str) -> Self {
        Self::bad(format!("Region {name} is not valid"))
    }

    /// 401: no account, or the wrong password.
    pub(super) fn unauthenticated() -> Self {
        Self { status: 401, reason: "Unauthorized".to_owned() }
    }

    /// 403: not here, not now, or not with that.
    pub(super) fn forbidden(reason: impl Into<String>) -> Self {
        Self { status: 403, reason: reason.into() }
    }

    /// 404: no such address, or no such MFA device.
    pub(super) fn not_found(reason: impl Into<String>) -> Self {
        Self { status: 404, reason: reason.into() }
    }

    /// 409: a duplicate, or something stands against it.
    pub(super) fn conflict(reason: impl Into<String>) -> Self {
        Self { status: 409, reason: reason.into() }
    }

    /// A status that a fault on order asks for, with the reason that the documents have for it; `None` for statuses
    /// that the service doesn't send.
    pub(super) fn of_status(status: u16) -> Option<Self> {
        let reason = match status {
            400 => "A parameter is missing or not valid",
            401 => return Some(Self::unauthenticated()),
            403 => "This service does not belong to the default region",
            404 => "Not Found",
            409 => "The request conflicts with the state of the system",
            500 => "Internal Server Error",
            503 => "Service Unavailable",
            _ => return None,
        };
        Some(Self { status, reason: reason.to_owned() })
    }

    pub(super) fn into_response(self, format: Format) -> Response {
        let Self { status, reason } = self;
        if status == 204 {
            return Response::empty(204);
        }
        let response = match format {
            Format::Html => {
                let reason = reason.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                let page = format!(
                    "<html>\n<head>\n<title>Error {status} {reason}</title>\n</head>\n\
                     <body><h2>HTTP ERROR {status} {reason}</h2>\n</body>\n</html>\n"
                );
                Response::typed(status, "text/html;charset=utf-8", page.into_bytes())
            }
            Format::Json => Response::json(status, &json!({"status": status, "message": reason})),
            Format::Text => Response::typed(status, "text/plain", reason.into_bytes()),
        };
        match status {
            401 => response.header("www-authenticate", "Basic realm=\"HyperStore Admin\""),
            _ => response,
        }
    }
}
