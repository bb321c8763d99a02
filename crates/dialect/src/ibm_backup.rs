//! The dialect of IBM Backup and Recovery: a token of IAM that ends, a tenant on every request, five ways to get through a
//! list, objects that are replaced as a whole, and answers with a result for each of several runs.

mod list;
mod outcome;
mod pieces;
mod refusal;
mod session;
mod terms;

use boxdeck_catalog::{Catalog, Field, Operation, Operator, Resource};
use serde_json::{Map, Value};

use crate::plain;
use crate::{
    Challenge, Context, Dialect, Entry, Failure, Flow, ListAbilities, ListTarget, Outcome, Page, Piece,
    Query, Record, Request, Response, Session, Task, Term,
};

/// Speaks with IBM Backup and Recovery.
#[derive(Debug)]
pub struct IbmBackup;

impl Dialect for IbmBackup {
    fn id(&self) -> &'static str {
        "ibm-backup"
    }

    fn list_abilities(&self, target: ListTarget<'_>) -> ListAbilities {
        list::abilities(target)
    }

    fn operators(&self, _catalog: &Catalog, target: ListTarget<'_>, field: &str) -> Vec<Operator> {
        terms::operators(target, field)
    }

    fn applies(&self, _catalog: &Catalog, target: ListTarget<'_>, term: &Term) -> bool {
        terms::applies(target, term)
    }

    fn applied(&self, _catalog: &Catalog, target: ListTarget<'_>, terms: &[Term]) -> Vec<bool> {
        terms::applied(target, terms)
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

    fn refuses_stale(&self) -> bool {
        // A policy, a group and a registration say when they were changed last, and that goes back with them.
        true
    }

    fn read_outcome(&self, operation: &Operation, response: &Response) -> Outcome {
        outcome::read(operation, response)
    }

    fn piece(&self, operation: &Operation, request: &Request, from: u64) -> Option<Piece> {
        pieces::piece(operation, request, from)
    }

    fn read_task(&self, _task: &Task, response: &Response) -> Outcome {
        // What takes long is a record whose status tells how far it is, not a task.
        plain::read_task(refusal::json(response))
    }

    fn knock(&self, _user: Option<&str>, options: &Map<String, Value>) -> Box<dyn Flow<Entry>> {
        Box::new(session::Knock::new(options))
    }

    fn sign_in(
        &self,
        _challenge: &Challenge,
        inputs: &Map<String, Value>,
        options: &Map<String, Value>,
    ) -> Box<dyn Flow<Session>> {
        Box::new(session::SignIn::new(inputs, options))
    }

    fn renew(&self, session: &Session) -> Option<Box<dyn Flow<Session>>> {
        session::Renew::new(session).map(|flow| Box::new(flow) as Box<dyn Flow<Session>>)
    }

    fn sign_out(&self, _session: &Session) -> Option<Request> {
        // A token of IAM ends by itself; nothing ends it before.
        None
    }

    fn option_fields(&self) -> Vec<Field> {
        session::option_fields()
    }
}

#[cfg(test)]
mod tests;
