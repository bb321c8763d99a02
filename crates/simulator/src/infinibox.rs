//! The InfiniBox: 8.4.6 as its document describes it.
//!
//! A request goes through [`InfiniBox::respond`](crate::System::respond): the busy check, the route, the sign-in, the
//! role, the system's state, and then the operation's handler, which checks the body, the rules and the approval in
//! that order and changes the state.

use serde_json::Value as Json;

use crate::message::{Request, Response};
use crate::world::{Settings, System};

mod array;
mod background;
mod body;
mod call;
mod certificates;
mod cgs;
mod clusters;
mod components;
mod dataset;
mod datasets;
mod domain;
mod entity;
mod events;
mod exports;
mod external_services;
mod fault;
mod fc_switches;
mod features;
mod field;
mod filesystems;
mod filter;
mod hostname;
mod hosts;
mod identity_providers;
mod initiators;
mod kms;
mod list;
mod luns;
mod mappings;
mod multipart;
mod ping;
mod policies;
mod pools;
mod qos;
mod relocation;
mod replicas;
mod reply;
mod repositories;
mod roles;
mod route;
mod san_clients;
mod seed;
mod sessions;
mod ssa_express;
mod system;
mod treeqs;
mod usage;
mod users;
mod value;
mod view;
mod volumes;

#[cfg(test)]
mod coverage;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use array::Array;
use call::{Actor, Call};
use fault::Fault;
use reply::Reply;
use route::{Access, Found, Route};

/// Every operation. A new entity is one more entry.
const ROUTES: &[&[Route]] = &[
    sessions::ROUTES,
    features::ROUTES,
    background::ROUTES,
    system::ROUTES,
    system::HEALTH_ROUTES,
    system::OPERATION_ROUTES,
    system::ACCESS_ROUTES,
    pools::ROUTES,
    volumes::ROUTES,
    filesystems::ROUTES,
    treeqs::ROUTES,
    exports::ROUTES,
    policies::ROUTES,
    qos::ROUTES,
    datasets::ROUTES,
    cgs::ROUTES,
    hosts::ROUTES,
    clusters::ROUTES,
    initiators::ROUTES,
    san_clients::ROUTES,
    certificates::ROUTES,
    users::ROUTES,
    events::ROUTES,
    components::ROUTES,
    repositories::ROUTES,
    identity_providers::ROUTES,
    domain::ROUTES,
    ssa_express::ROUTES,
    kms::ROUTES,
    fc_switches::ROUTES,
    external_services::ROUTES,
    ping::ROUTES,
    replicas::ROUTES,
    components::DRIVE_ROUTES,
    components::NODE_ROUTES,
    components::FC_ROUTES,
];

/// One InfiniBox.
pub struct InfiniBox {
    array: Array,
}

impl InfiniBox {
    /// A box in its first state.
    pub fn new(settings: &Settings) -> Self {
        Self { array: Array::new(settings) }
    }

    fn answer(&mut self, request: &Request) -> Result<Reply, Fault> {
        let (route, arguments) = match route::find(ROUTES, request.method, &request.path) {
            Found::Operation(route, arguments) => (route, arguments),
            Found::OtherMethod => {
                sessions::authenticate(&mut self.array, request)?;
                return Err(Fault::new(
                    405,
                    "METHOD_NOT_ALLOWED",
                    format!("{} is not possible on {}", request.method.name(), request.path),
                ));
            }
            Found::Nothing => {
                // Whoever isn't signed in doesn't learn which paths there are.
                sessions::authenticate(&mut self.array, request)?;
                return Err(Fault::missing(
                    "UNKNOWN_PATH",
                    format!("There is no service at {}", request.path),
                ));
            }
        };
        let actor = match route.access {
            Access::Open => Actor::system(),
            Access::For(roles) => {
                let actor = sessions::authenticate(&mut self.array, request)?;
                if !roles.contain(actor.role) {
                    return Err(Fault::forbidden(
                        "UNAUTHORIZED",
                        format!("Role {} does not allow this operation", actor.role.name()),
                    ));
                }
                actor
            }
        };
        if !route.states.is_empty() && !route.states.contains(&self.array.state) {
            return Err(Fault::conflict(
                "NOT_SUPPORTED_IN_SYSTEM_STATE",
                format!("This operation cannot run while the system is in state {}", self.array.state),
            ));
        }
        (route.handler)(&mut Call { array: &mut self.array, request, actor, arguments })
    }

    /// The answer while the box reconfigures itself: 307 without a place to go to, and when to try again.
    fn busy(&self) -> Option<Response> {
        let left = self.array.reconfiguring_until - self.array.now();
        (left > 0).then(|| {
            Fault::reconfiguring().into_response().header("retry-after", &(left / 1000 + 1).to_string())
        })
    }
}

impl System for InfiniBox {
    fn respond(&mut self, request: &Request) -> Response {
        if let Some(busy) = self.busy() {
            return busy;
        }
        match self.answer(request) {
            Ok(reply) => reply.into_response(),
            Err(fault) => fault.into_response(),
        }
    }

    /// Knows `reconfigure_seconds` (answer 307 for so long), `end_sessions` (true), `state` (a system state) and
    /// `advance_seconds` (of a fixed clock).
    fn control(&mut self, order: &Json) -> Result<(), String> {
        let order = order.as_object().ok_or("an order is an object")?;
        for (key, value) in order {
            match (key.as_str(), value.as_i64(), value.as_str(), value.as_bool()) {
                ("reconfigure_seconds", Some(seconds), ..) => {
                    self.array.reconfiguring_until =
                        self.array.now().saturating_add(seconds.saturating_mul(1000));
                }
                ("advance_seconds", Some(seconds), ..) => {
                    self.array.clock.advance(seconds.saturating_mul(1000))
                }
                ("end_sessions", _, _, Some(true)) => self.array.sessions.end_all(),
                ("state", _, Some(state), _) => {
                    self.array.state = ["ACTIVE", "STANDBY", "LOCAL"]
                        .into_iter()
                        .find(|known| *known == state)
                        .ok_or_else(|| format!("no such state: {state}"))?;
                }
                _ => return Err(format!("an InfiniBox takes no order '{key}' with that value")),
            }
        }
        Ok(())
    }

    fn refusal(&self, status: u16) -> Option<Response> {
        let fault = match status {
            307 => Fault::reconfiguring(),
            401 => Fault::unauthenticated(),
            409 => Fault::conflict(
                "NOT_SUPPORTED_IN_SYSTEM_STATE",
                "This operation cannot run in the system's present state",
            ),
            500 => Fault::new(500, "INTERNAL_SERVER_ERROR", "The system met an error of its own"),
            _ => return None,
        };
        Some(fault.into_response())
    }
}
