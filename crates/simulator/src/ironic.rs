//! OpenStack Ironic: volume connectors, volume targets and the nodes that they belong to, as release 39.0.0 answers.
//!
//! A request goes through the sign-in (HTTP Basic), the version that it asks for, the route, the policy of the role,
//! and then the operation's handler. The traps of the real service are kept on purpose: links are absolute and know
//! nothing of a proxy, and the address of the next page forgets the node that a list was filtered by.

use serde_json::Value as Json;

use crate::message::{Method, Request, Response, decode_segment};
use crate::world::{Settings, System};

mod access;
mod fault;
mod links;
mod list;
mod nodes;
mod patch;
mod query;
mod schema;
mod seed;
mod service;
mod time;
mod version;
mod volumes;

#[cfg(test)]
mod tests;

use access::{Account, Role};
use fault::Fault;
use service::Service;
use version::Version;

/// One Ironic service with its nodes.
pub struct Ironic {
    service: Service,
    accounts: Vec<Account>,
    requests: u64,
}

/// What a handler works with.
struct Call<'a> {
    service: &'a mut Service,
    request: &'a Request,
    version: Version,
    role: Role,
}

impl Call<'_> {
    /// Refuses whoever may only read.
    fn allow(&self, rule: &str) -> Result<(), Fault> {
        if self.role == Role::Admin { Ok(()) } else { Err(Fault::forbidden(rule)) }
    }

    /// The scheme and authority of every link. The service doesn't know of proxies: the scheme is always the one
    /// that it speaks itself, and there is never a path before `/v1`.
    fn base(&self) -> String {
        format!("http://{}", self.request.header_value("host").unwrap_or("127.0.0.1:6385"))
    }
}

impl Ironic {
    /// A service in its first state.
    pub fn new(settings: &Settings) -> Self {
        Self { service: seed::service(settings), accounts: access::accounts(settings), requests: 0 }
    }

    fn answer(&mut self, request: &Request) -> Response {
        let decoded: Vec<_> =
            request.path.split('/').filter(|segment| !segment.is_empty()).map(decode_segment).collect();
        let segments: Vec<&str> = decoded.iter().map(AsRef::as_ref).collect();
        // Whoever wants to know the versions needs no account.
        let public = matches!(segments.as_slice(), [] | ["v1"]);
        let role = match access::role(&self.accounts, request) {
            Some(role) => role,
            None if public => Role::Reader,
            None => return Fault::Unauthenticated.into_response(),
        };
        let version = match version::asked(request) {
            Ok(version) => version,
            Err(fault) => return version::stamp(fault.into_response(), None),
        };
        let mut call = Call { service: &mut self.service, request, version, role };
        match route(&mut call, &segments) {
            Ok(response) => version::stamp(response, Some(version)),
            Err(fault) if fault.is_routing() => fault.into_response(),
            Err(fault) => version::stamp(fault.into_response(), Some(version)),
        }
    }
}

/// Finds the operation of a path and runs it.
fn route(call: &mut Call<'_>, segments: &[&str]) -> Result<Response, Fault> {
    match segments {
        [] => only(call, &[Method::Get]).map(|()| links::versions(call)),
        ["v1"] => only(call, &[Method::Get]).map(|()| links::root(call)),
        ["v1", "nodes", rest @ ..] => nodes::route(call, rest),
        ["v1", "volume", rest @ ..] if call.version.has_volumes() => volumes::route(call, rest),
        _ => Err(Fault::no_route()),
    }
}

/// Refuses every method but these.
fn only(call: &Call<'_>, methods: &[Method]) -> Result<(), Fault> {
    if methods.contains(&call.request.method) { Ok(()) } else { Err(Fault::other_method(methods)) }
}

impl System for Ironic {
    fn respond(&mut self, request: &Request) -> Response {
        self.service.settle();
        self.requests += 1;
        let id = format!("req-{}", service::uuid_of(0x5eed_0000_0000_0000 | self.requests, self.requests));
        self.answer(request).header("openstack-request-id", &id)
    }

    /// Knows `advance_seconds` (of a fixed clock), `power_seconds` (how long a change of a node's state takes and
    /// keeps the node locked) and `max_limit` (the most rows of a page).
    fn control(&mut self, order: &Json) -> Result<(), String> {
        let order = order.as_object().ok_or("an order is an object")?;
        for (key, value) in order {
            match (key.as_str(), value.as_u64().and_then(|value| u32::try_from(value).ok())) {
                ("advance_seconds", Some(seconds)) => {
                    self.service.clock.advance(i64::from(seconds) * 1000);
                }
                ("power_seconds", Some(seconds)) => self.service.busy_millis = i64::from(seconds) * 1000,
                ("max_limit", Some(limit @ 1..)) => {
                    self.service.max_limit = usize::try_from(limit).unwrap_or(usize::MAX);
                }
                _ => return Err(format!("an Ironic takes no order '{key}' with that value")),
            }
        }
        Ok(())
    }

    fn refusal(&self, status: u16) -> Option<Response> {
        let fault = match status {
            401 => Fault::Unauthenticated,
            409 => Fault::conflict("A node is locked by host simulator; try again when that is done"),
            500 => Fault::broken("The service met an error of its own"),
            503 => Fault::Said { status, text: "The service has too much to do at the moment".to_owned() },
            _ => return None,
        };
        Some(version::stamp(fault.into_response(), None))
    }
}
