//! Answers as a fault leaves them.

use crate::message::Response;

/// Where a connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Before the first byte of the answer.
    Before,
    /// In the middle of the body: the head promises the whole of it.
    Within,
}

/// An answer, and how it reaches the client.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The answer. Of one that is cut, what is left of it.
    pub response: Response,
    /// How long it is held back, in milliseconds.
    pub milliseconds: u64,
    /// Where the connection ends early, if it does.
    pub cut: Option<Cut>,
}

impl From<Response> for Delivery {
    fn from(response: Response) -> Self {
        Self { response, milliseconds: 0, cut: None }
    }
}

/// The answer with half of its body, and the length of the whole one.
pub(crate) fn truncated(mut response: Response) -> Response {
    let whole = response.body.len().max(2);
    response.body.truncate(whole / 2);
    response.header("content-length", &whole.to_string())
}

/// The answer with a body that is no JSON: cut in the middle and closed by what doesn't belong there.
pub(crate) fn malformed(mut response: Response) -> Response {
    response.body.truncate(response.body.len() / 2);
    response.body.extend_from_slice(b"\x00<<<");
    response
}

/// What a proxy says in place of a system: a page for people.
pub(crate) fn refusal(status: u16) -> Response {
    let reason = match status {
        307 => "Temporary Redirect",
        401 => "Unauthorized",
        409 => "Conflict",
        429 => "Too Many Requests",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Error",
    };
    let page = format!("<!doctype html><title>{status} {reason}</title><h1>{status} {reason}</h1>\n");
    Response::typed(status, "text/html; charset=utf-8", page.into_bytes())
}
