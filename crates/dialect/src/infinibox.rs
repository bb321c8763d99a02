//! The InfiniBox dialect: an envelope around every answer, numbered pages, `field=operator:value` filters, approvals, and
//! a cookie session.

mod blame;
mod envelope;
mod list;
mod outcome;
mod refusal;
mod session;

use boxdeck_catalog::{Catalog, Operation, Operator, Resource};
use serde_json::{Map, Value};

use crate::{
    Challenge, Context, Dialect, Entry, Failure, FailureKind, Flow, ListAbilities, ListTarget, Outcome, Page,
    Query, Record, Request, Response, Session, Task, Term,
};

/// Root of the interface on the box; every path starts with it.
const ROOT: &str = "/api/rest";

/// Query parameter that carries a person's approval.
const APPROVED: &str = "approved";

/// Speaks with InfiniBox systems.
#[derive(Debug)]
pub struct InfiniBox;

impl Dialect for InfiniBox {
    fn id(&self) -> &'static str {
        "infinibox"
    }

    fn list_abilities(&self, target: ListTarget<'_>) -> ListAbilities {
        list::abilities(target)
    }

    fn operators(&self, catalog: &Catalog, target: ListTarget<'_>, field: &str) -> Vec<Operator> {
        list::operators(catalog, target, field)
    }

    fn applies(&self, catalog: &Catalog, target: ListTarget<'_>, term: &Term) -> bool {
        list::applies(catalog, target, term)
    }

    fn filter_text(&self, operator: Operator, values: &[String]) -> Option<String> {
        list::filter_text(operator, values)
    }

    fn list(&self, context: Context<'_>, target: ListTarget<'_>, query: &Query) -> Request {
        list::request(context, target, query)
    }

    fn read_page(&self, target: ListTarget<'_>, query: &Query, response: &Response) -> Result<Page, Failure> {
        list::read(target, query, response)
    }

    fn read_record(&self, resource: &Resource, response: &Response) -> Result<Record, Failure> {
        outcome::read_record(resource, response)
    }

    fn approve(&self, request: &Request) -> Option<Request> {
        let mut approved = request.clone();
        approved.query.retain(|(name, _)| name != APPROVED);
        approved.query.push((APPROVED.to_owned(), "yes".to_owned()));
        Some(approved)
    }

    fn read_outcome(&self, operation: &Operation, response: &Response) -> Outcome {
        outcome::read(operation, response)
    }

    fn read_task(&self, task: &Task, response: &Response) -> Outcome {
        outcome::read_task(task, response)
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

    fn uses_cookies(&self) -> bool {
        true
    }

    fn takes_basic(&self) -> bool {
        true
    }

    fn probe(&self) -> Option<Request> {
        Some(session::probe())
    }

    fn recognises(&self, response: &Response) -> bool {
        envelope::is_envelope(response)
    }

    /// The box gives a code with each refusal.
    fn says_gone(&self, failure: &Failure) -> bool {
        failure.kind == FailureKind::NotFound && failure.code.is_some()
    }
}

#[cfg(test)]
mod tests;
