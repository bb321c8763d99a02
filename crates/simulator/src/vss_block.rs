//! Hitachi VSS block: users, user groups, the rules of sign-in, the directory and its root certificates, as release 1.12
//! documents them.
//!
//! A request meets, in this order: the limits of HTTP (431, 417, 411, 413, 415), the sign-in (Basic or a session), the
//! rule that some calls are for the primary node (412), the roles, and then the operation's handler. Beside the documented
//! calls there are those of sessions and jobs, which their clients cannot do without.

use serde_json::Value as Json;

use crate::message::{Request, Response};
use crate::world::{Settings, System};

mod access;
mod accounts;
mod block;
mod certificates;
mod directory;
mod fault;
mod groups;
mod jobs;
mod membership;
mod password;
mod route;
mod rules;
mod seed;
mod sessions;
mod shape;
mod time;
mod users;

#[cfg(test)]
mod tests;

use access::Actor;
use block::Block;
use fault::Fault;

/// Where every path begins.
const ROOT: &str = "/ConfigurationManager/simple/v1/objects/";

/// Headers that every answer carries.
const HEADERS: &[(&str, &str)] = &[
    ("x-frame-options", "SAMEORIGIN"),
    ("strict-transport-security", "max-age=31536000"),
    ("x-content-type-options", "nosniff"),
    ("cache-control", "private, no-store, no-cache, must-revalidate"),
    ("content-security-policy", "default-src 'self'"),
];

/// One cluster, as one of its nodes answers.
pub struct VssBlock {
    block: Block,
}

/// What a handler works with.
struct Call<'a> {
    block: &'a mut Block,
    request: &'a Request,
    actor: Actor,
    /// What stands in the path for the placeholders.
    names: Vec<String>,
}

impl Call<'_> {
    /// The value of the path's first placeholder.
    fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

impl VssBlock {
    /// A cluster in its first state.
    pub fn new(settings: &Settings) -> Self {
        Self { block: seed::block(settings) }
    }
}

impl System for VssBlock {
    fn respond(&mut self, request: &Request) -> Response {
        self.block.settle();
        let answer = route::answer(&mut self.block, request);
        let response = answer.unwrap_or_else(|fault| fault.into_response(&request.path));
        HEADERS.iter().fold(response, |response, (name, value)| response.header(name, value))
    }

    /// Knows `advance_seconds` (of a fixed clock), `primary` (whether the node that answers is the primary one) and
    /// `job_seconds` (how long a job takes).
    fn control(&mut self, order: &Json) -> Result<(), String> {
        for (key, value) in order.as_object().ok_or("an order is an object")? {
            match (key.as_str(), value.as_u64().and_then(|value| u32::try_from(value).ok()), value.as_bool())
            {
                ("advance_seconds", Some(seconds), _) => self.block.clock.advance(i64::from(seconds) * 1000),
                ("job_seconds", Some(seconds), _) => self.block.job_millis = i64::from(seconds) * 1000,
                ("primary", _, Some(primary)) => self.block.is_primary = primary,
                _ => return Err(format!("a VSS block takes no order '{key}' with that value")),
            }
        }
        Ok(())
    }

    fn refusal(&self, status: u16) -> Option<Response> {
        let fault = match status {
            401 => Fault::unauthenticated(),
            403 => Fault::forbidden(),
            409 => Fault::conflict("Another change of the same object is under way."),
            412 => Fault::not_primary(),
            413 => Fault::too_large(),
            500 => Fault::broken("The node met an error of its own."),
            503 => Fault::busy(),
            _ => return None,
        };
        Some(fault.into_response(ROOT))
    }
}
