//! The VSS block dialect: plain JSON, lists without pages, one filter, sessions that Basic opens, jobs, and a node of the
//! cluster that alone answers some calls.

mod blame;
mod job;
mod list;
mod outcome;
mod refusal;
mod session;

use boxdeck_catalog::{Catalog, Operation, Operator, Resource};
use serde_json::{Map, Value};

use crate::plain;
use crate::{
    Challenge, Context, Dialect, Entry, Failure, Flow, ListAbilities, ListTarget, Outcome, Page, Query,
    Record, Request, Response, Session, Task, Term,
};

/// Root of the objects on the system.
const ROOT: &str = "/ConfigurationManager/simple/v1/objects";

/// Speaks with Hitachi VSS block clusters.
#[derive(Debug)]
pub struct VssBlock;

impl Dialect for VssBlock {
    fn id(&self) -> &'static str {
        "vss-block"
    }

    fn list_abilities(&self, _target: ListTarget<'_>) -> ListAbilities {
        list::ABILITIES
    }

    fn operators(&self, _catalog: &Catalog, target: ListTarget<'_>, field: &str) -> Vec<Operator> {
        target.equality(field)
    }

    fn applies(&self, _catalog: &Catalog, target: ListTarget<'_>, term: &Term) -> bool {
        list::applies(target, term)
    }

    fn applied(&self, _catalog: &Catalog, target: ListTarget<'_>, terms: &[Term]) -> Vec<bool> {
        list::applied(target, terms)
    }

    fn list(&self, context: Context<'_>, target: ListTarget<'_>, query: &Query) -> Request {
        list::request(context, target, query)
    }

    fn read_page(
        &self,
        target: ListTarget<'_>,
        _query: &Query,
        response: &Response,
    ) -> Result<Page, Failure> {
        list::read(target, response)
    }

    fn read_record(&self, resource: &Resource, response: &Response) -> Result<Record, Failure> {
        plain::record(resource, refusal::json(response)?, response)
    }

    fn read_outcome(&self, operation: &Operation, response: &Response) -> Outcome {
        outcome::read(operation, response)
    }

    fn read_task(&self, task: &Task, response: &Response) -> Outcome {
        job::read(task, response)
    }

    fn knock(&self, user: Option<&str>, _options: &Map<String, Value>) -> Box<dyn Flow<Entry>> {
        Box::new(session::Knock::new(user))
    }

    fn sign_in(
        &self,
        _challenge: &Challenge,
        inputs: &Map<String, Value>,
        _options: &Map<String, Value>,
    ) -> Box<dyn Flow<Session>> {
        Box::new(session::SignIn::new(inputs))
    }

    fn sign_out(&self, session: &Session) -> Option<Request> {
        session::sign_out(session)
    }

    fn takes_basic(&self) -> bool {
        true
    }

    fn probe(&self) -> Option<Request> {
        Some(session::probe())
    }

    fn recognises(&self, response: &Response) -> bool {
        refusal::is_own(response)
    }
}

#[cfg(test)]
mod tests;
