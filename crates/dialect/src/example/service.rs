//! The lockers themselves: a service in memory that answers as its documents would say.

use serde_json::{Map, Value, json};

use crate::{Body, Request, Response};

/// What the service gives out, and whom it believes.
const TOKEN: &str = "t-7f3a";
pub(super) const PASSWORD: &str = "key-under-mat";

/// A house of lockers, and whether somebody has come in.
pub(super) struct Service {
    lockers: Vec<Map<String, Value>>,
    is_open: bool,
}

impl Service {
    /// A house with five lockers, the third of them taken.
    pub(super) fn new() -> Self {
        let locker = |number: u32| {
            let state = if number == 3 { "taken" } else { "free" };
            let fields = json!({"id": format!("l{number}"), "name": format!("door-{number}"), "state": state, "height": 40});
            fields.as_object().cloned().unwrap_or_default()
        };
        Self { lockers: (1..=5).map(locker).collect(), is_open: false }
    }

    /// The locker of that identifier.
    pub(super) fn locker(&self, id: &str) -> Option<&Map<String, Value>> {
        self.lockers.iter().find(|locker| locker.get("id").and_then(Value::as_str) == Some(id))
    }

    /// Answers a request.
    pub(super) fn respond(&mut self, request: &Request) -> Response {
        let body = match &request.body {
            Body::Json(Value::Object(members)) => members.clone(),
            _ => Map::new(),
        };
        if (request.method.as_str(), request.path.as_str()) == ("POST", "/v1/tokens") {
            return self.sign_in(&body);
        }
        let bearer = format!("Bearer {TOKEN}");
        let is_known =
            request.headers.iter().any(|(name, value)| name == "Authorization" && *value == bearer);
        if !self.is_open || !is_known {
            return problem(401, "Sign in first.", &[]);
        }
        let parts: Vec<&str> = request.path.trim_start_matches("/v1/").split('/').collect();
        match (request.method.as_str(), parts.as_slice()) {
            ("DELETE", ["tokens", "current"]) => {
                self.is_open = false;
                answer(204, &Value::Null)
            }
            ("GET", ["lockers"]) => self.list(request),
            ("POST", ["lockers"]) => self.create(body),
            (method, ["lockers", id]) => self.one(method, id, body),
            _ => problem(404, "There is nothing here.", &[]),
        }
    }

    fn sign_in(&mut self, body: &Map<String, Value>) -> Response {
        if body.get("password") != Some(&json!(PASSWORD)) {
            return problem(401, "Nobody here knows you.", &[]);
        }
        self.is_open = true;
        answer(201, &json!({"token": TOKEN, "role": "keeper"}))
    }

    fn list(&self, request: &Request) -> Response {
        let asked = |name: &str| {
            request.query.iter().find(|(key, _)| key == name).map(|(_, value)| Value::from(value.as_str()))
        };
        let limit = asked("limit").and_then(|limit| limit.as_str()?.parse().ok()).unwrap_or(20);
        let (state, mark) = (asked("state"), asked("after"));
        let begin = mark.map_or(0, |mark| {
            self.lockers
                .iter()
                .position(|locker| locker.get("id") == Some(&mark))
                .map_or(0, |place| place + 1)
        });
        let mut matching = self
            .lockers
            .iter()
            .skip(begin)
            .filter(|locker| state.is_none() || locker.get("state") == state.as_ref());
        let page: Vec<_> = matching.by_ref().take(limit).collect();
        let mut response = answer(200, &json!(page));
        if let Some(last) =
            page.last().and_then(|last| last.get("id")?.as_str()).filter(|_| matching.next().is_some())
        {
            let link = format!("<http://inside:9/v1/lockers?limit={limit}&after={last}>; rel=\"next\"");
            response.headers.push(("link".to_owned(), link));
        }
        response
    }

    fn create(&mut self, mut body: Map<String, Value>) -> Response {
        if self.lockers.iter().any(|locker| locker.get("name") == body.get("name")) {
            return problem(409, "There is such a door.", &[("name", "is on another door")]);
        }
        body.insert("id".to_owned(), json!(format!("l{}", self.lockers.len() + 1)));
        body.insert("state".to_owned(), json!("free"));
        self.lockers.push(body.clone());
        answer(201, &Value::Object(body))
    }

    fn one(&mut self, method: &str, id: &str, body: Map<String, Value>) -> Response {
        let is_it = |locker: &Map<String, Value>| locker.get("id").and_then(Value::as_str) == Some(id);
        let Some(locker) = self.lockers.iter_mut().find(|locker| is_it(locker)) else {
            return problem(404, "There is no such locker.", &[]);
        };
        match method {
            "GET" => answer(200, &Value::Object(locker.clone())),
            "PATCH" if body.keys().any(|name| !matches!(name.as_str(), "name" | "height")) => {
                problem(400, "Only name and height can change.", &[])
            }
            "PATCH" => {
                locker.extend(body);
                answer(200, &Value::Object(locker.clone()))
            }
            "DELETE" if locker.get("state") == Some(&json!("taken")) => {
                problem(409, "A parcel is in it.", &[])
            }
            "DELETE" => {
                self.lockers.retain(|locker| !is_it(locker));
                answer(204, &Value::Null)
            }
            _ => problem(405, "That cannot be done with a locker.", &[]),
        }
    }
}

fn answer(status: u16, body: &Value) -> Response {
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    Response {
        status,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.into(),
    }
}

fn problem(status: u16, detail: &str, invalid: &[(&str, &str)]) -> Response {
    let part = |(name, reason): &(&str, &str)| json!({"name": name, "reason": reason});
    let invalid: Vec<Value> = invalid.iter().map(part).collect();
    let body = json!({"title": "Not done", "status": status, "detail": detail, "invalid": invalid});
    let headers = vec![("content-type".to_owned(), "application/problem+json".to_owned())];
    Response { headers, ..answer(status, &body) }
}
