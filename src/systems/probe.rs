//! The connection check: asks an address what is there, and collects all that the browser lets a page see of it.

use std::cell::Cell;
use std::rc::Rc;

use boxdeck_dialect::{Dialect, Request, Response, dialect};
use gloo_net::http::Request as Sending;
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Event, Headers, RequestCache, RequestCredentials, RequestInit, RequestMode, Url};

use super::verdict::{Answer, PATIENCE, Seen, Target, Verdict, before, judge};
use super::{KnownKind, SystemEntry};
use crate::transport::{self, Route};

/// Milliseconds that a report of the policy may come after the request that it stopped.
const REPORT_DELAY: u32 = 100;

/// Asks a system's address what is there.
pub(super) async fn check(entry: &SystemEntry, kinds: &[KnownKind]) -> Verdict {
    let target = target(&entry.address);
    if let Some(verdict) = before(own_origin().starts_with("https:"), &target) {
        return verdict;
    }
    let Some(speaker) = speaker(&entry.kind, kinds) else {
        return Verdict::UnknownKind(entry.kind.clone());
    };
    let seen = look(entry, speaker, kinds, &target).await;
    judge(&entry.kind, &target, &seen)
}

/// What an address is, read as the browser reads it.
pub(super) fn target(address: &str) -> Target {
    let base = window().location().href().unwrap_or_default();
    let Ok(url) = Url::new_with_base(address.trim(), &base) else { return Target::Invalid };
    let scheme = url.protocol();
    if !matches!(scheme.as_str(), "http:" | "https:") {
        return Target::Scheme(scheme.trim_end_matches(':').to_owned());
    }
    if !url.username().is_empty() || !url.password().is_empty() {
        return Target::Credentials;
    }
    let (origin, host) = (url.origin(), url.hostname());
    let local = matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost");
    Target::Http { secure: scheme == "https:", here: origin == own_origin(), local, origin }
}

/// The origin of the console itself.
pub(super) fn own_origin() -> String {
    window().location().origin().unwrap_or_default()
}

fn speaker(kind: &str, kinds: &[KnownKind]) -> Option<&'static dyn Dialect> {
    dialect(&kinds.iter().find(|known| known.id == kind)?.dialect)
}

async fn look(entry: &SystemEntry, speaker: &dyn Dialect, kinds: &[KnownKind], target: &Target) -> Seen {
    let probe = speaker.probe();
    let can_tell = probe.is_some();
    let request = probe.unwrap_or_else(|| Request {
        method: "GET".to_owned(),
        path: "/".to_owned(),
        ..Request::default()
    });
    let Target::Http { origin, here, .. } = target else {
        return Seen::Nothing { forbidden: false, silent: false, opaque: false };
    };
    let reports = Reports::of(origin);
    match ask(&request, entry, speaker.uses_cookies()).await {
        Ok((response, redirected)) => {
            let mut recognised = (can_tell && speaker.recognises(&response)).then(|| entry.kind.clone());
            if recognised.is_none() {
                recognised = other_kind(entry, kinds).await;
            }
            Seen::Answer(Answer {
                status: response.status,
                html: response.header("content-type").is_some_and(|kind| kind.starts_with("text/html")),
                redirected,
                recognised,
                can_tell: can_tell && (response.status != 401 || speaker.recognises_refusals()),
            })
        }
        Err(silent) => {
            TimeoutFuture::new(REPORT_DELAY).await;
            let forbidden = reports.came();
            let opaque = !forbidden && !silent && !here && is_there(&request, entry).await;
            Seen::Nothing { forbidden, silent, opaque }
        }
    }
}

/// The kind that another dialect recognises at the address.
async fn other_kind(entry: &SystemEntry, kinds: &[KnownKind]) -> Option<String> {
    for kind in kinds.iter().filter(|kind| kind.id != entry.kind) {
        let Some(speaker) = dialect(&kind.dialect) else { continue };
        let Some(probe) = speaker.probe() else { continue };
        // No session is needed to tell a kind, and with credentials a browser may ask for a password by itself.
        if let Ok((response, _)) = ask(&probe, entry, false).await
            && speaker.recognises(&response)
        {
            return Some(kind.id.clone());
        }
    }
    None
}

/// Sends a probe and reads the whole answer, with where it led if that is elsewhere. The error tells whether time ran out.
async fn ask(
    request: &Request,
    entry: &SystemEntry,
    cookies: bool,
) -> Result<(Response, Option<String>), bool> {
    let url = url(request, entry);
    let credentials = if cookies { RequestCredentials::Include } else { RequestCredentials::Omit };
    let sending = build(&url, RequestMode::Cors, credentials, &request.headers).ok_or(false)?;
    let answer = sending.send().await.map_err(|fault| is_timeout(&fault))?;
    let headers =
        answer.headers().entries().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
    let redirected = answer.redirected().then(|| led_to(&answer.url(), request));
    let status = answer.status();
    let body = answer.binary().await.map_err(|fault| is_timeout(&fault))?;
    Ok((Response { status, headers, body: body.into() }, redirected))
}

/// Whether anything answers at all. The browser keeps the answer from the page, and with it every detail.
async fn is_there(request: &Request, entry: &SystemEntry) -> bool {
    let sending = build(&url(request, entry), RequestMode::NoCors, RequestCredentials::Omit, &[]);
    match sending {
        Some(sending) => sending.send().await.is_ok(),
        None => false,
    }
}

fn url(request: &Request, entry: &SystemEntry) -> String {
    transport::url(request, &Route { address: entry.address.trim().to_owned(), ..Route::default() })
}

fn build(
    url: &str,
    mode: RequestMode,
    credentials: RequestCredentials,
    headers: &[(String, String)],
) -> Option<Sending> {
    let init = RequestInit::new();
    init.set_method("GET");
    init.set_mode(mode);
    init.set_credentials(credentials);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE * 1_000)));
    let named = Headers::new().ok()?;
    for (name, value) in headers {
        named.set(name, value).ok()?;
    }
    init.set_headers(&named);
    web_sys::Request::new_with_str_and_init(url, &init).ok().map(Into::into)
}

fn is_timeout(fault: &gloo_net::Error) -> bool {
    matches!(fault, gloo_net::Error::JsError(fault) if fault.name == "TimeoutError")
}

/// The address of a system whose probe has led to `url`.
fn led_to(url: &str, request: &Request) -> String {
    url.strip_suffix(&request.target()).map_or_else(|| url.to_owned(), |base| format!("{base}/"))
}

/// Listens to what the page's policy reports about an origin, as long as it lives.
struct Reports {
    came: Rc<Cell<bool>>,
    listener: Closure<dyn Fn(Event)>,
}

impl Reports {
    const EVENT: &'static str = "securitypolicyviolation";

    fn of(origin: &str) -> Self {
        let came = Rc::new(Cell::new(false));
        let (seen, origin) = (Rc::clone(&came), origin.to_owned());
        let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let blocked = Reflect::get(&event, &"blockedURI".into()).ok().and_then(|uri| uri.as_string());
            if blocked.is_some_and(|uri| uri.starts_with(&origin)) {
                seen.set(true);
            }
        });
        // Where the browser does not report, a stopped request looks like one without an answer.
        document()
            .add_event_listener_with_callback(Self::EVENT, listener.as_ref().unchecked_ref())
            .unwrap_or_default();
        Self { came, listener }
    }

    fn came(&self) -> bool {
        self.came.get()
    }
}

impl Drop for Reports {
    fn drop(&mut self) {
        document()
            .remove_event_listener_with_callback(Self::EVENT, self.listener.as_ref().unchecked_ref())
            .unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirected_probe_tells_where_the_system_is() {
        let request = Request { path: "/v1".to_owned(), ..Request::default() };
        assert_eq!(led_to("https://box.example/metal/v1", &request), "https://box.example/metal/");
        assert_eq!(led_to("https://box.example/sign-in", &request), "https://box.example/sign-in");
    }
}
