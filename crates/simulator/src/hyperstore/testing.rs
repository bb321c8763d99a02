//! A system to ask, for the tests of its areas.

use serde_json::Value as Json;

use super::HyperStore;
use crate::clock::Clock;
use crate::message::{Method, Request, Response};
use crate::world::{Settings, System as _};

/// 2026-03-01T00:00:00Z
pub(super) const NOW: i64 = 1_772_323_200_000;

pub(super) struct Bench {
    pub(super) system: HyperStore,
}

impl Bench {
    /// A system of so many users.
    pub(super) fn new(records: usize) -> Self {
        let settings = Settings { clock: Clock::Fixed(NOW), records, ..Settings::default() };
        Self { system: HyperStore::new(&settings) }
    }

    pub(super) fn send(&mut self, method: Method, target: &str, body: Option<&Json>) -> Response {
        let request = Request::new(method, target).basic("admin", "boxdeck-demo");
        self.system.respond(&match body {
            Some(body) => request.json(body),
            None => request,
        })
    }

    /// An answer that is a success with or without a body.
    #[track_caller]
    pub(super) fn text(&mut self, method: Method, target: &str) -> String {
        let response = self.send(method, target, None);
        let text = String::from_utf8(response.body).expect("text");
        assert_eq!(response.status, 200, "{target}: {text}");
        text
    }

    #[track_caller]
    pub(super) fn get(&mut self, target: &str) -> Json {
        serde_json::from_str(&self.text(Method::Get, target)).expect("JSON")
    }

    /// The rows of a list, which is an empty body if there are none.
    #[track_caller]
    pub(super) fn rows(&mut self, target: &str) -> Vec<Json> {
        let text = self.text(Method::Get, target);
        if text.is_empty() { Vec::new() } else { serde_json::from_str(&text).expect("a list") }
    }

    #[track_caller]
    pub(super) fn put(&mut self, target: &str, body: &Json) -> Response {
        let response = self.send(Method::Put, target, Some(body));
        assert_eq!(response.status, 200, "{target}: {}", String::from_utf8_lossy(&response.body));
        response
    }

    /// A POST with a body that succeeds.
    #[track_caller]
    pub(super) fn post(&mut self, target: &str, body: &Json) {
        let response = self.send(Method::Post, target, Some(body));
        assert_eq!(response.status, 200, "{target}: {}", String::from_utf8_lossy(&response.body));
    }

    /// A POST without a body that succeeds.
    #[track_caller]
    pub(super) fn act(&mut self, target: &str) -> String {
        self.text(Method::Post, target)
    }

    #[track_caller]
    pub(super) fn delete(&mut self, target: &str) {
        self.text(Method::Delete, target);
    }

    /// The body of a refusal with that status.
    #[track_caller]
    pub(super) fn refused(
        &mut self,
        method: Method,
        target: &str,
        body: Option<&Json>,
        status: u16,
    ) -> String {
        let response = self.send(method, target, body);
        let text = String::from_utf8(response.body).expect("text");
        assert_eq!(response.status, status, "{} {target}: {text}", method.name());
        text
    }

    pub(super) fn order(&mut self, order: &Json) {
        self.system.control(order).expect("an order that is known");
    }
}
