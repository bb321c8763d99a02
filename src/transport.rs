//! The browser's way to a system: sends a dialect's request and hands back what came.
//!
//! It knows nothing of kinds. It sends each request once; whoever calls decides whether a read is worth another try.
//!
//! A redirect is followed for a `GET` alone. To follow it for anything else is to send a change again, to a place that the
//! plan has not shown, or, after a 301, 302 or 303, to turn it into a `GET` whose good answer would pass for the change's
//! own. With `redirect: error` the browser gives no answer instead, and the outcome of a change is unknown. (With
//! `manual` it would hide the documented 307 without a location, by which a box says that it is busy. Chromium hands that
//! one over; Firefox takes it for a redirect, and then too the outcome is unknown.)
//!
//! What this cannot do: over HTTP/1.1 browsers send a request again by themselves, a `POST` too, when a connection that
//! they have used before ends without an answer. HTTP/2 between browser and proxy is the remedy.

use boxdeck_dialect::answer::json_text;
use boxdeck_dialect::http::encode_pairs;
use boxdeck_dialect::{Body, Failure, FailureKind, Part, PartContent, Request, Response};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortSignal, FormData, Headers, RequestCache, RequestCredentials, RequestInit, RequestRedirect,
};

use crate::files;

mod upload;

pub use upload::Progress;

/// Where a request goes and how.
#[derive(Clone, Default)]
pub struct Route {
    /// The system's address: a path or an origin with a path, ending in a slash or not.
    pub address: String,
    /// Whether the browser's cookies go along.
    pub cookies: bool,
    /// Ends the request early.
    pub abort: Option<AbortSignal>,
    /// Seconds after which an answer is no longer waited for.
    pub limit: Option<u32>,
}

/// Sends a request and waits for the whole answer.
///
/// # Errors
/// [`FailureKind::NotSent`] where it never left, [`FailureKind::Aborted`] or [`FailureKind::Unreachable`] where it did and there
/// is no answer, [`FailureKind::Malformed`] where the answer broke off. A refusal of the box is an answer.
pub async fn send(request: &Request, route: &Route) -> Result<Response, Failure> {
    let built = build(request, route)?;
    let answer = built.send().await.map_err(|fault| unanswered(request, route, &fault))?;
    let headers =
        answer.headers().entries().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
    let status = answer.status();
    let body = answer.binary().await.map_err(|fault| broken_off(request, route, status, &fault))?;
    Ok(Response { status, headers, body: body.into() })
}

/// Sends a request whose upload is worth showing. The same as [`send`], with word of how far it is.
///
/// # Errors
/// As for [`send`].
pub async fn send_with_progress(
    request: &Request,
    route: &Route,
    progress: impl Fn(Progress) + 'static,
) -> Result<Response, Failure> {
    match &request.body {
        Body::Multipart(parts) => upload::send(request, form_data(parts)?, route, progress).await,
        _ => send(request, route).await,
    }
}

/// The whole address of a request.
pub fn url(request: &Request, route: &Route) -> String {
    let base = request.origin.as_deref().unwrap_or(&route.address);
    format!("{}{}", base.trim_end_matches('/'), request.target())
}

fn build(request: &Request, route: &Route) -> Result<gloo_net::http::Request, Failure> {
    // Built without gloo-net's builder: that one appends an `&` to a query that is already there, and what is sent must be
    // exactly what the plan has shown.
    let init = RequestInit::new();
    init.set_method(&request.method);
    init.set_signal(signal(route).as_ref());
    // Some kinds answer 3xx without a location to say "try again soon"; those arrive as they are.
    init.set_redirect(if request.method == "GET" { RequestRedirect::Follow } else { RequestRedirect::Error });
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(credentials(route));
    let mut content_type = None;
    match &request.body {
        Body::None => {}
        Body::Json(value) => {
            content_type = Some("application/json");
            init.set_body(&JsValue::from_str(&json_text(value)));
        }
        Body::Form(fields) => {
            content_type = Some("application/x-www-form-urlencoded");
            init.set_body(&JsValue::from_str(&encode_pairs(fields)));
        }
        // The browser adds the type itself, because only it knows the boundary.
        Body::Multipart(parts) => init.set_body(form_data(parts)?.as_ref()),
    }
    let headers = Headers::new().map_err(refused)?;
    if let Some(content_type) = content_type {
        headers.set("Content-Type", content_type).map_err(refused)?;
    }
    for (name, value) in &request.headers {
        headers.set(name, value).map_err(refused)?;
    }
    init.set_headers(&headers);
    web_sys::Request::new_with_str_and_init(&url(request, route), &init).map(Into::into).map_err(refused)
}

/// The browser does not build such a request: a header, a body or an address that it does not take.
fn refused(fault: JsValue) -> Failure {
    let reason = fault.dyn_ref::<js_sys::Error>().map_or_else(String::new, |error| error.message().into());
    Failure::new(FailureKind::NotSent, words::transport::browser_refuses(reason).trim_end())
}

const fn credentials(route: &Route) -> RequestCredentials {
    if route.cookies { RequestCredentials::Include } else { RequestCredentials::Omit }
}

fn form_data(parts: &[Part]) -> Result<FormData, Failure> {
    let form = FormData::new().map_err(refused)?;
    for part in parts {
        match &part.content {
            PartContent::Text(text) => form.append_with_str(&part.name, text).map_err(refused)?,
            PartContent::File { handle, name, .. } => {
                let file = files::get(*handle)
                    .ok_or_else(|| Failure::new(FailureKind::NotSent, words::transport::file_gone(name)))?;
                form.append_with_blob_and_filename(&part.name, &file, name).map_err(refused)?;
            }
        }
    }
    Ok(form)
}

/// Ends the request when it is given up, or when its time is up.
fn signal(route: &Route) -> Option<AbortSignal> {
    let Some(seconds) = route.limit else { return route.abort.clone() };
    let limit = AbortSignal::timeout_with_u32(seconds.saturating_mul(1_000));
    Some(match &route.abort {
        Some(abort) => AbortSignal::any(&js_sys::Array::of2(abort, &limit)),
        None => limit,
    })
}

/// No answer came.
fn unanswered(request: &Request, route: &Route, fault: &gloo_net::Error) -> Failure {
    if route.abort.as_ref().is_some_and(AbortSignal::aborted) {
        return Failure::new(FailureKind::Aborted, words::transport::cancelled());
    }
    let message = match (is_timeout(fault), route.limit) {
        (true, Some(seconds)) => words::transport::no_answer_in_time(seconds.into()),
        _ if request.method == "GET" => words::transport::no_answer().to_owned(),
        _ => words::transport::no_answer_to_change().to_owned(),
    };
    Failure { code: Some(fault.to_string()), ..Failure::new(FailureKind::Unreachable, message) }
}

/// An answer began and did not come to its end.
fn broken_off(request: &Request, route: &Route, status: u16, fault: &gloo_net::Error) -> Failure {
    let is_aborted = route.abort.as_ref().is_some_and(AbortSignal::aborted);
    if is_aborted || is_timeout(fault) {
        return unanswered(request, route, fault);
    }
    Failure {
        status: Some(status),
        code: Some(fault.to_string()),
        ..Failure::new(FailureKind::Malformed, words::transport::broken_off())
    }
}

fn is_timeout(fault: &gloo_net::Error) -> bool {
    matches!(fault, gloo_net::Error::JsError(fault) if fault.name == "TimeoutError")
}

/// Bytes of a JavaScript buffer.
pub fn bytes(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}
