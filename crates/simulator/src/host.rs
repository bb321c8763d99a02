//! Several systems under one address.
//!
//! | path | what |
//! |---|---|
//! | `/boxes/<name>/…` | the system of that name; the prefix is taken away before the system sees the path |
//! | `/systems.json` | which systems there are |
//! | `GET /simulator/requests?since=N` | the requests that the systems got after sequence number N |
//! | `POST /simulator/reset` | every system in its first state, the journal empty |
//! | `POST /simulator/control/<name>` | an order to a system, see [`System::control`](crate::System::control) |
//!
//! `systems.json` is `{"systems": [{"name": "north", "kind": "infinibox", "label": "North", "address":
//! "boxes/north/"}]}`. An address is a URL relative to the file itself, ends in a slash, and is where the API's paths
//! begin (`boxes/north/` + `api/rest/pools`).

use serde_json::{Value as Json, json};

use crate::journal::Journal;
use crate::message::{Method, Request, Response};
use crate::world::{Kind, Settings, World, respond};

/// The path under which systems live.
const PREFIX: &str = "/boxes/";

/// Systems, and the journal of what they were asked.
pub struct Host {
    systems: Vec<Hosted>,
    journal: Journal,
    /// The only system is served from the root, and nothing else is.
    bare: bool,
}

struct Hosted {
    name: &'static str,
    world: World,
}

impl Host {
    /// One system of each kind under its prefix.
    pub fn new(kinds: &'static [Kind], settings: &Settings) -> Self {
        let systems = kinds
            .iter()
            .map(|kind| Hosted { name: kind.demo_name, world: World::new(kind, settings) })
            .collect();
        Self { systems, journal: Journal::default(), bare: false }
    }

    /// One system at its real paths from the root, for clients that know nothing of prefixes; without journal.
    pub fn bare(kind: &'static Kind, settings: &Settings) -> Self {
        Self {
            systems: vec![Hosted { name: kind.demo_name, world: World::new(kind, settings) }],
            journal: Journal::default(),
            bare: true,
        }
    }

    /// Answers a request; `None` if the path is neither a system's nor the simulator's.
    pub fn respond(&mut self, mut request: Request) -> Option<Response> {
        if self.bare {
            return self.systems.first_mut().map(|hosted| respond(&mut hosted.world, &request));
        }
        if let Some(rest) = request.path.strip_prefix(PREFIX) {
            let (name, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let Some(hosted) = self.systems.iter_mut().find(|hosted| hosted.name == name) else {
                return Some(refusal(404, "there is no such system"));
            };
            request.path = if path.is_empty() { "/".to_owned() } else { path.to_owned() };
            let mut response = respond(&mut hosted.world, &request);
            confine_cookies(&mut response, hosted.name);
            self.journal.record(hosted.name, &request, &response);
            return Some(response);
        }
        match (request.method, request.path.as_str()) {
            (Method::Get, "/systems.json") => Some(self.describe()),
            (_, path) if path.starts_with("/simulator/") => Some(self.own(&request)),
            _ => None,
        }
    }

    fn describe(&self) -> Response {
        let systems: Json = self
            .systems
            .iter()
            .map(|hosted| {
                let kind = hosted.world.kind();
                json!({
                    "name": hosted.name,
                    "kind": kind.id,
                    "label": kind.demo_label,
                    "address": format!("boxes/{}/", hosted.name),
                })
            })
            .collect();
        Response::json(200, &json!({"systems": systems})).header("cache-control", "no-cache")
    }

    /// The simulator's own interface.
    fn own(&mut self, request: &Request) -> Response {
        match (request.method, request.path.as_str()) {
            (Method::Get, "/simulator/requests") => match request.parameter("since").unwrap_or("0").parse() {
                Ok(since) => {
                    Response::json(200, &self.journal.since(since)).header("cache-control", "no-store")
                }
                Err(_malformed) => refusal(400, "since is a sequence number"),
            },
            (Method::Post, "/simulator/reset") => {
                self.systems.iter_mut().for_each(|hosted| hosted.world.reset());
                self.journal.clear();
                Response::empty(204)
            }
            (Method::Post, path) => {
                let Some(name) = path.strip_prefix("/simulator/control/") else {
                    return refusal(404, "no such path");
                };
                let Some(hosted) = self.systems.iter_mut().find(|hosted| hosted.name == name) else {
                    return refusal(404, "there is no such system");
                };
                let order = serde_json::from_slice(&request.body).map_err(|error| error.to_string());
                match order.and_then(|order: Json| hosted.world.control(&order)) {
                    Ok(()) => Response::empty(204),
                    Err(why) => refusal(400, &why),
                }
            }
            _ => refusal(404, "no such path"),
        }
    }
}

fn refusal(status: u16, why: &str) -> Response {
    Response::json(status, &json!({"error": why}))
}

/// Boxes of one kind use one cookie name, so each cookie must stay with its own system's prefix.
fn confine_cookies(response: &mut Response, name: &str) {
    for (header, value) in &mut response.headers {
        if header == "set-cookie" {
            *value = value.replace("Path=/;", &format!("Path={PREFIX}{name}/;"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::KINDS;

    fn host() -> Host {
        let settings = Settings { records: 10, ..Settings::default() };
        Host::new(KINDS, &settings)
    }

    fn send(host: &mut Host, request: Request) -> Response {
        host.respond(request).expect("an answer")
    }

    #[test]
    fn systems_are_described_and_served_under_their_prefix() {
        let mut host = host();
        let systems = send(&mut host, Request::new(Method::Get, "/systems.json")).body_json().expect("JSON");
        assert_eq!(systems["systems"][0]["address"], "boxes/north/");
        let request = Request::new(Method::Get, "/boxes/north/api/rest/pools").basic("admin", "boxdeck-demo");
        assert_eq!(send(&mut host, request).status, 200);
        assert_eq!(send(&mut host, Request::new(Method::Get, "/boxes/nobody/api/rest/pools")).status, 404);
        assert!(host.respond(Request::new(Method::Get, "/index.html")).is_none());
    }

    #[test]
    fn the_journal_counts_requests_until_a_reset() {
        let mut host = host();
        send(&mut host, Request::new(Method::Delete, "/boxes/north/api/rest/pools/1?approved=yes"));
        let journal = send(&mut host, Request::new(Method::Get, "/simulator/requests?since=0"))
            .body_json()
            .expect("JSON");
        assert_eq!(journal[0]["path"], "/api/rest/pools/1");
        assert_eq!(journal[0]["error"], "AUTHENTICATION_REQUIRED");
        assert_eq!(send(&mut host, Request::new(Method::Post, "/simulator/reset")).status, 204);
        let journal =
            send(&mut host, Request::new(Method::Get, "/simulator/requests")).body_json().expect("JSON");
        assert_eq!(journal, json!([]));
    }

    #[test]
    fn a_session_cookie_stays_with_its_system() {
        let login = json!({"username": "admin", "password": "boxdeck-demo"});
        let request = Request::new(Method::Post, "/boxes/north/api/rest/users/login").json(&login);
        let response = send(&mut host(), request);
        let cookie = response.header_value("set-cookie").expect("a cookie");
        assert!(cookie.contains("Path=/boxes/north/;"), "{cookie}");
    }

    #[test]
    fn orders_reach_a_system() {
        let mut host = host();
        let order = |body: &Json| Request::new(Method::Post, "/simulator/control/north").json(body);
        assert_eq!(send(&mut host, order(&json!({"reconfigure_seconds": 60}))).status, 204);
        let busy = send(&mut host, Request::new(Method::Get, "/boxes/north/api/rest/pools"));
        assert_eq!(busy.status, 307);
        assert!(busy.header_value("location").is_none());
        assert_eq!(send(&mut host, order(&json!({"fly": true}))).status, 400);
    }
}
