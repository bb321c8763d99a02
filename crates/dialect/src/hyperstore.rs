//! The HyperStore dialect: identifiers in the query and never in the path, five ways of paging, answers in JSON, plain text or
//! HTML, 204 for "there is none" and for "it failed", and one account for everything (HTTP Basic).

mod body;
mod list;
mod outcome;
mod record;
mod refusal;
mod session;

use boxdeck_catalog::{Catalog, Operation, OperationKind, Operator, Resource};
use serde_json::{Map, Value};

use crate::query::first_of_each;
use crate::{
    Challenge, Context, Dialect, Entry, Failure, Flow, ListAbilities, ListTarget, Outcome, Page, Query,
    Record, Request, Response, Session, Task, Term,
};

/// Speaks with the admin service of Cloudian HyperStore systems.
#[derive(Debug)]
pub struct HyperStore;

/// The parameter that names a region. Left out, it has a meaning of its own; empty, it is refused.
const REGION: &str = "region";

impl Dialect for HyperStore {
    fn id(&self) -> &'static str {
        "hyperstore"
    }

    fn list_abilities(&self, target: ListTarget<'_>) -> ListAbilities {
        list::abilities(target)
    }

    fn operators(&self, _catalog: &Catalog, target: ListTarget<'_>, field: &str) -> Vec<Operator> {
        // All that the service can filter by are the parameters of each list.
        if target.has_input(field) { vec![Operator::Eq] } else { Vec::new() }
    }

    fn applies(&self, catalog: &Catalog, target: ListTarget<'_>, term: &Term) -> bool {
        let has_value = matches!(term.values.as_slice(), [value] if !value.is_empty());
        has_value && self.operators(catalog, target, &term.field).contains(&term.operator)
    }

    fn applied(&self, catalog: &Catalog, target: ListTarget<'_>, terms: &[Term]) -> Vec<bool> {
        // A parameter has one value.
        first_of_each(terms, |term| self.applies(catalog, target, term).then(|| vec![&term.field]))
    }

    fn list(&self, context: Context<'_>, target: ListTarget<'_>, query: &Query) -> Request {
        let mut request = list::request(self, context, target, query);
        self.dress(context, &mut request);
        request
    }

    fn read_page(&self, target: ListTarget<'_>, query: &Query, response: &Response) -> Result<Page, Failure> {
        list::read(target, query, response, &[])
    }

    fn read_page_in(
        &self,
        context: Context<'_>,
        target: ListTarget<'_>,
        query: &Query,
        response: &Response,
    ) -> Result<Page, Failure> {
        list::read(target, query, response, &list::asked(self, context, target, query))
    }

    fn read_record(&self, resource: &Resource, response: &Response) -> Result<Record, Failure> {
        match resource.first(OperationKind::Get) {
            Some(get) => record::read(resource, get, "", response),
            None => Err(Failure::malformed(response, words::answer::no_thing(&resource.singular))),
        }
    }

    fn read_record_at(
        &self,
        resource: &Resource,
        operation: &Operation,
        key: &str,
        response: &Response,
    ) -> Result<Record, Failure> {
        record::read(resource, operation, key, response)
    }

    fn dress(&self, _context: Context<'_>, request: &mut Request) {
        // An empty name of a region stands for "not said", in keys and in forms.
        request.query.retain(|(name, value)| name != REGION || !value.is_empty());
    }

    fn read_outcome(&self, operation: &Operation, response: &Response) -> Outcome {
        outcome::read(operation, response)
    }

    fn read_task(&self, _task: &Task, response: &Response) -> Outcome {
        // What goes on after the answer has no task to follow: its state is read like anything else.
        outcome::read_task(response)
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

    fn sign_out(&self, _session: &Session) -> Option<Request> {
        // Basic has no session that could be ended.
        None
    }

    fn takes_basic(&self) -> bool {
        true
    }

    fn probe(&self) -> Option<Request> {
        Some(session::probe())
    }

    fn recognises(&self, response: &Response) -> bool {
        session::recognises(response)
    }

    fn recognises_refusals(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests;
