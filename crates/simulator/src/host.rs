//! Several systems under one address.
//!
//! | path | what |
//! |---|---|
//! | `/boxes/<name>/…` | the system of that name; the prefix is taken away before the system sees the path |
//! | `/systems.json` | which systems there are |
//! | `GET /simulator/requests?since=N` | the requests that the systems got after sequence number N |
//! | `POST /simulator/reset` | every system in its first state, the journal empty |
//! | `POST /simulator/control/<name>` | an order to a system, see [`System::control`](crate::System::control) |
//! | `POST /simulator/control/faults` | what goes wrong from now on, in place of what did: see [`faults`](crate::faults) |
//! | `GET /simulator/control/faults` | how many requests each rule has seen and struck |
//!
//! A reset also puts back the faults that the simulator was started with.
//!
//! `systems.json` is `{"systems": [{"name": "north", "kind": "infinibox", "label": "North", "address":
//! "boxes/north/"}]}`. An address is a URL relative to the file itself, ends in a slash, and is where the API's paths
//! begin (`boxes/north/` + `api/rest/pools`).

use serde_json::{Value as Json, json};

use crate::faults::{self, Cut, Delivery, Fault, Faults, Strike};
use crate::journal::Journal;
use crate::message::{Method, Request, Response};
use crate::world::{Kind, Settings, World, respond};

/// The path under which systems live.
const PREFIX: &str = "/boxes/";
/// The path that orders faults; no system has this name.
const FAULTS: &str = "/simulator/control/faults";

/// Systems, the journal of what they were asked, and what goes wrong on the way to them.
pub struct Host {
    systems: Vec<Hosted>,
    journal: Journal,
    faults: Faults,
    /// The faults that a reset puts back.
    first_faults: Faults,
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
        Self::of(systems, false)
    }

    /// One system at its real paths from the root, for clients that know nothing of prefixes; without journal.
    pub fn bare(kind: &'static Kind, settings: &Settings) -> Self {
        Self::of(vec![Hosted { name: kind.demo_name, world: World::new(kind, settings) }], true)
    }

    fn of(systems: Vec<Hosted>, bare: bool) -> Self {
        let (faults, first_faults) = (Faults::default(), Faults::default());
        Self { systems, journal: Journal::default(), faults, first_faults, bare }
    }

    /// The same host with faults in force from the start.
    #[must_use]
    pub fn with_faults(mut self, faults: Faults) -> Self {
        self.first_faults = faults.clone();
        self.faults = faults;
        self
    }

    /// Answers a request; `None` if the path is neither a system's nor the simulator's. The simulator's own paths and
    /// `systems.json` meet no faults.
    pub fn respond(&mut self, mut request: Request) -> Option<Delivery> {
        let Self { systems, journal, faults, bare, .. } = self;
        if *bare {
            return systems.first_mut().map(|hosted| deliver(hosted, faults, None, &request));
        }
        if let Some(rest) = request.path.strip_prefix(PREFIX) {
            let (name, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let Some(hosted) = systems.iter_mut().find(|hosted| hosted.name == name) else {
                return Some(refusal(404, "there is no such system").into());
            };
            request.path = if path.is_empty() { "/".to_owned() } else { path.to_owned() };
            let mut delivery = deliver(hosted, faults, Some(journal), &request);
            confine_cookies(&mut delivery.response, hosted.name);
            return Some(delivery);
        }
        match (request.method, request.path.as_str()) {
            (Method::Get, "/systems.json") => Some(self.describe().into()),
            (_, path) if path.starts_with("/simulator/") => Some(self.own(&request).into()),
            _ => None,
        }
    }

    fn describe(&self) -> Response {
        let systems: Json = self
            .systems
            .iter()
            .map(|hosted| {
                let kind = hosted.world.kind();
                let address = format!("boxes/{}/", hosted.name);
                let options = hosted.world.options(&address);
                let mut entry = json!({
                    "name": hosted.name,
                    "kind": kind.id,
                    "label": kind.demo_label,
                    "address": address,
                });
                if !options.is_null() {
                    entry["options"] = options;
                }
                entry
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
                self.faults = self.first_faults.clone();
                Response::empty(204)
            }
            (Method::Get, FAULTS) => {
                Response::json(200, &self.faults.describe()).header("cache-control", "no-store")
            }
            (Method::Post, FAULTS) => {
                let order = serde_json::from_slice(&request.body).map_err(|error| error.to_string());
                match order.and_then(|order: Json| Faults::from_json(&order)) {
                    Ok(faults) => {
                        self.faults = faults;
                        Response::empty(204)
                    }
                    Err(why) => refusal(400, &why),
                }
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

/// Has a system answer, with whatever goes wrong on the way, and writes down what the system was asked.
fn deliver(
    hosted: &mut Hosted,
    faults: &mut Faults,
    journal: Option<&mut Journal>,
    request: &Request,
) -> Delivery {
    let Some(Strike { fault, milliseconds }) = faults.strike(hosted.name, request) else {
        let response = respond(&mut hosted.world, request);
        if let Some(journal) = journal {
            journal.record(hosted.name, request, Some(&response), None);
        }
        return response.into();
    };
    // What each copy of the request was answered by the system; none, if the system didn't hear of it.
    let copies = match fault {
        Fault::Dropped | Fault::Status { executed: false, .. } => 0,
        Fault::Duplicated => 2,
        _ => 1,
    };
    let mut answers: Vec<Response> = (0..copies).map(|_| respond(&mut hosted.world, request)).collect();
    if let Some(journal) = journal {
        for answer in &answers {
            journal.record(hosted.name, request, Some(answer), Some(fault.name()));
        }
        if answers.is_empty() {
            journal.record(hosted.name, request, None, Some(fault.name()));
        }
    }
    let last = answers.pop();
    let delivered = |response| Delivery { response, milliseconds, cut: None };
    match (fault, last) {
        (Fault::Status { status, retry_after, location, .. }, _) => {
            let mut response = hosted.world.refusal(status).unwrap_or_else(|| faults::refusal(status));
            if let Some(seconds) = retry_after {
                response = response.header("retry-after", &seconds.to_string());
            }
            if let Some(location) = location {
                response = response.header("location", &location);
            }
            delivered(response)
        }
        (Fault::Slow | Fault::Duplicated, Some(response)) => delivered(response),
        (Fault::Malformed, Some(response)) => delivered(faults::malformed(response)),
        // Of an answer without a body there is nothing to break off but the whole.
        (Fault::Truncated, Some(response)) if !response.body.is_empty() => {
            Delivery { cut: Some(Cut::Within), ..delivered(faults::truncated(response)) }
        }
        (_, response) => {
            Delivery { cut: Some(Cut::Before), ..delivered(response.unwrap_or_else(|| Response::empty(500))) }
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
mod tests;
