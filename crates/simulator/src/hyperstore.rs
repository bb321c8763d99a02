//! Cloudian HyperStore: the Admin API of release 8.2 with all of its 104 operations.
//!
//! A request goes through the one account (HTTP Basic), its path, the region that the answering service belongs to, the
//! names of its parameters, its body, and then the operation's handler. The traps of the real service are kept on
//! purpose: the one row too many of a page, bodies of a type that isn't what they are labelled as, 204 for what went
//! wrong, and objects that lose what an update leaves out.
//!
//! Where the documents are silent the simulator chooses, and the code says so.

use serde_json::Value as Json;

use crate::message::{Request, Response};
use crate::world::{Settings, System};

mod allowlist;
mod audit;
mod billing;
mod body;
mod bucketops;
mod call;
mod control;
mod counts;
mod credentials;
mod fault;
mod groups;
mod license;
mod mfa;
mod monitor;
mod policies;
mod public_urls;
mod qos;
mod rating;
mod route;
mod seed;
mod series;
mod store;
mod tiering;
mod time;
mod upkeep;
mod usage;
mod users;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use body::Body;
use call::Call;
use fault::Fault;
use route::Route;
use store::Store;

/// Every operation.
const ROUTES: &[&[Route]] = &[
    allowlist::ROUTES,
    audit::ROUTES,
    billing::ROUTES,
    bucketops::ROUTES,
    counts::ROUTES,
    credentials::ROUTES,
    groups::ROUTES,
    license::ROUTES,
    mfa::ROUTES,
    monitor::ROUTES,
    monitor::events::ROUTES,
    monitor::rules::ROUTES,
    policies::ROUTES,
    public_urls::ROUTES,
    qos::ROUTES,
    rating::ROUTES,
    rating::ASSIGNED,
    tiering::ROUTES,
    upkeep::ROUTES,
    usage::ROUTES,
    users::ROUTES,
];

/// One HyperStore system, as the Admin service of one of its regions shows it.
pub struct HyperStore {
    store: Store,
    user: String,
    password: String,
}

impl HyperStore {
    /// A system in its first state.
    pub fn new(settings: &Settings) -> Self {
        Self {
            store: seed::store(settings),
            user: settings.user.clone(),
            password: settings.password.clone(),
        }
    }

    fn answer(&mut self, request: &Request) -> Result<Response, Fault> {
        // There is one account, and it may do everything.
        let known = |(user, password): (String, String)| user == self.user && password == self.password;
        if !request.basic_credentials().is_some_and(known) {
            return Err(Fault::unauthenticated());
        }
        let route = find(request)?;
        let store = &mut self.store;
        if !route.anywhere && store.local_region != store.default_region() {
            return Err(Fault::forbidden("This service does not belong to the default region"));
        }
        if route.multi_node && store.license.environment == Some(license::SINGLE_NODE) {
            return Err(Fault::not_found("Not available on systems of a single node"));
        }
        // Names have a case, and a wrong one is an unknown address. So is, by the simulator's choice, any other
        // parameter that the operation doesn't know.
        if let Some((name, _)) = request.query.iter().find(|(name, _)| !route.query.contains(&name.as_str()))
        {
            return Err(Fault::not_found(format!("Unknown parameter {name}")));
        }
        let body = match route.body {
            Some(fields) => Body::read(request, fields)?,
            None => Body::default(),
        };
        (route.handler)(&mut Call { store, request, body })
    }
}

/// The operation of a request. Paths have a case too; and the documents have no answer of their own for a path with
/// another method.
fn find(request: &Request) -> Result<&'static Route, Fault> {
    ROUTES
        .iter()
        .copied()
        .flatten()
        .find(|route| route.method == request.method && route.path == request.path)
        .ok_or_else(|| Fault::not_found("Not Found"))
}

impl System for HyperStore {
    fn respond(&mut self, request: &Request) -> Response {
        self.store.settle();
        self.answer(request).unwrap_or_else(|fault| fault.into_response(self.store.format))
    }

    fn control(&mut self, order: &Json) -> Result<(), String> {
        control::order(&mut self.store, order)
    }

    fn refusal(&self, status: u16) -> Option<Response> {
        Fault::of_status(status).map(|fault| fault.into_response(self.store.format))
    }
}
