//! A box for tests, and answers that are easy to assert.

use serde_json::{Value as Json, json};

use super::InfiniBox;
use crate::clock::Clock;
use crate::message::{Method, Request};
use crate::world::{Settings, System as _};

/// 2026-03-01T00:00:00Z.
pub(crate) const NOW: i64 = 1_772_323_200_000;

/// A box with few records at a fixed time, and who asks it.
pub(crate) struct Bench {
    pub(crate) system: InfiniBox,
    user: &'static str,
}

/// An answer: its status and its body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Json,
}

impl Bench {
    /// A box with 200 volumes, asked by the administrator.
    pub(crate) fn new() -> Self {
        Self::with_records(200)
    }

    pub(crate) fn with_records(records: usize) -> Self {
        let settings = Settings { records, clock: Clock::Fixed(NOW), ..Settings::default() };
        Self { system: InfiniBox::new(&settings), user: "admin" }
    }

    /// From now on this user asks.
    pub(crate) fn as_user(&mut self, user: &'static str) -> &mut Self {
        self.user = user;
        self
    }

    pub(crate) fn send(&mut self, request: &Request) -> Answer {
        let response = self.system.respond(request);
        Answer { status: response.status, body: response.body_json().expect("the body is JSON") }
    }

    fn call(&mut self, method: Method, target: &str, body: Option<&Json>) -> Answer {
        let mut request =
            Request::new(method, &format!("/api/rest/{target}")).basic(self.user, "boxdeck-demo");
        if let Some(body) = body {
            request = request.json(body);
        }
        self.send(&request)
    }

    pub(crate) fn get(&mut self, target: &str) -> Answer {
        self.call(Method::Get, target, None)
    }

    pub(crate) fn post(&mut self, target: &str, body: &Json) -> Answer {
        self.call(Method::Post, target, Some(body))
    }

    pub(crate) fn put(&mut self, target: &str, body: &Json) -> Answer {
        self.call(Method::Put, target, Some(body))
    }

    pub(crate) fn delete(&mut self, target: &str) -> Answer {
        self.call(Method::Delete, target, None)
    }

    /// Creates a pool of 10 TB and returns its id.
    pub(crate) fn pool(&mut self, name: &str) -> i64 {
        let body = json!({"name": name, "physical_capacity": 10_000_000_000_000_i64, "virtual_capacity": 10_000_000_000_000_i64});
        self.post("pools", &body).ok()["id"].as_i64().expect("an id")
    }

    /// The codes of the events about a record, oldest first.
    pub(crate) fn events(&self, id: i64) -> Vec<&str> {
        self.system
            .array
            .events
            .events
            .values()
            .filter(|event| event.affected_entity_id == id)
            .map(|event| event.code.as_str())
            .collect()
    }
}

impl Answer {
    /// The result of an answer that must not be a refusal.
    #[track_caller]
    pub(crate) fn ok(self) -> Json {
        assert!(self.status < 300, "refused: {self:?}");
        assert!(self.body["error"].is_null());
        self.body["result"].clone()
    }

    /// Asserts a refusal with this status and code, and returns its message.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> String {
        assert_eq!((self.status, self.body["error"]["code"].as_str()), (status, Some(code)), "{self:?}");
        self.body["error"]["message"].as_str().expect("a message").to_owned()
    }

    /// The total of a list.
    #[track_caller]
    pub(crate) fn total(&self) -> i64 {
        assert!(self.status < 300, "refused: {self:?}");
        self.body["metadata"]["number_of_objects"].as_i64().expect("a total")
    }
}
