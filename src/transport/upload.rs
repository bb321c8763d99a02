//! Uploads with progress: `fetch` does not report how much has been sent, `XMLHttpRequest` does.

use std::cell::RefCell;
use std::rc::Rc;

use boxdeck_dialect::{Failure, FailureKind, Request, Response};
use js_sys::Promise;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, ProgressEvent, XmlHttpRequest, XmlHttpRequestResponseType};

use super::{Route, bytes, refused, url};

/// How far an upload is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Bytes sent.
    pub sent: f64,
    /// Bytes to send, with the form around the file.
    pub total: f64,
}

/// Sends a form, reporting progress.
///
/// # Errors
/// As for [`super::send`].
pub async fn send(
    request: &Request,
    form: FormData,
    route: &Route,
    progress: impl Fn(Progress) + 'static,
) -> Result<Response, Failure> {
    let exchange = XmlHttpRequest::new().map_err(refused)?;
    exchange.open_with_async(&request.method, &url(request, route), true).map_err(refused)?;
    exchange.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    exchange.set_with_credentials(route.cookies);
    for (name, value) in &request.headers {
        exchange.set_request_header(name, value).map_err(refused)?;
    }
    let on_progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        progress(Progress { sent: event.loaded(), total: event.total() });
    });
    exchange.upload().map_err(refused)?.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));

    let on_abort = route.abort.as_ref().map(|signal| {
        let exchange = exchange.clone();
        let listener = Closure::<dyn Fn()>::new(move || {
            // An exchange that has already ended has nothing left to give up.
            exchange.abort().unwrap_or_default();
        });
        signal.set_onabort(Some(listener.as_ref().unchecked_ref()));
        listener
    });

    let ended = Rc::new(RefCell::new(None));
    let kept = Rc::clone(&ended);
    let sending = exchange.clone();
    let promise = Promise::new(&mut |resolve, _reject| {
        let listener = Closure::<dyn Fn()>::new(move || {
            // The promise's own function cannot fail.
            resolve.call0(&JsValue::NULL).unwrap_or_default();
        });
        sending.set_onloadend(Some(listener.as_ref().unchecked_ref()));
        *kept.borrow_mut() = Some(listener);
    });
    // `send` itself throws only where it does not start to send.
    exchange.send_with_opt_form_data(Some(&form)).map_err(refused)?;
    JsFuture::from(promise)
        .await
        .map_err(|_fault| Failure::new(FailureKind::Unreachable, words::transport::upload_unknown()))?;
    exchange.set_onloadend(None);
    if let Some(signal) = &route.abort {
        signal.set_onabort(None);
    }
    drop((on_progress, on_abort, ended));

    let status = exchange.status().unwrap_or_default();
    if status == 0 {
        let aborted = route.abort.as_ref().is_some_and(web_sys::AbortSignal::aborted);
        return Err(if aborted {
            Failure::new(FailureKind::Aborted, words::transport::cancelled())
        } else {
            Failure::new(FailureKind::Unreachable, words::transport::no_answer_to_change())
        });
    }
    // This way of sending follows redirects and cannot be kept from it. Whatever came back is no answer to what was sent.
    let (sent, answered) = (address(&url(request, route)), exchange.response_url());
    if !answered.is_empty() && sent.is_some_and(|sent| sent != answered) {
        return Err(Failure::new(FailureKind::Malformed, words::transport::redirected(answered)));
    }
    let headers = exchange
        .get_all_response_headers()
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let body = exchange.response().map(|buffer| if buffer.is_null() { Vec::new() } else { bytes(&buffer) });
    Ok(Response { status, headers, body: body.unwrap_or_default().into() })
}

/// The whole address, as the browser writes it; `None` where it cannot be one.
fn address(relative: &str) -> Option<String> {
    web_sys::Url::new_with_base(relative, &document().base_uri().ok()??).ok().map(|url| url.href())
}
