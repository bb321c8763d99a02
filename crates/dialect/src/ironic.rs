//! The Ironic dialect: a microversion on every request, pages that go on from a mark, JSON Patch, error JSON inside a JSON
//! text, and a sign-in that is none, Basic, or Keystone's.

mod blame;
mod keystone;
mod list;
mod outcome;
mod refusal;
mod session;
mod version;

use boxdeck_catalog::{Catalog, Field, Operation, Operator, Resource};
use serde_json::{Map, Value};

use crate::plain;
use crate::query::first_of_each;
use crate::{
    Challenge, Context, Dialect, Entry, Failure, Flow, ListAbilities, ListTarget, Outcome, Page, Query,
    Record, Request, Response, Session, Task, Term,
};

/// Speaks with OpenStack Ironic services.
#[derive(Debug)]
pub struct Ironic;

impl Dialect for Ironic {
    fn id(&self) -> &'static str {
        "ironic"
    }

    fn list_abilities(&self, target: ListTarget<'_>) -> ListAbilities {
        list::abilities(target)
    }

    fn operators(&self, _catalog: &Catalog, target: ListTarget<'_>, field: &str) -> Vec<Operator> {
        // All that the service can do is to pick the rows of one node.
        target.equality(field)
    }

    fn applies(&self, catalog: &Catalog, target: ListTarget<'_>, term: &Term) -> bool {
        // The service takes an empty value for none and would list everything.
        let has_value = matches!(term.values.as_slice(), [value] if !value.is_empty());
        has_value && self.operators(catalog, target, &term.field).contains(&term.operator)
    }

    fn applied(&self, catalog: &Catalog, target: ListTarget<'_>, terms: &[Term]) -> Vec<bool> {
        // The service honours one value of each filter.
        first_of_each(terms, |term| {
            self.applies(catalog, target, term).then(|| vec![target.parameter(&term.field).to_owned()])
        })
    }

    fn patch_can_name(&self, key: &str) -> bool {
        // The service takes no other paths, escaped or not.
        !key.is_empty()
            && key.chars().all(|character| character.is_alphanumeric() || matches!(character, '_' | '-'))
    }

    fn list(&self, context: Context<'_>, target: ListTarget<'_>, query: &Query) -> Request {
        list::request(self, context, target, query)
    }

    fn read_page(&self, target: ListTarget<'_>, query: &Query, response: &Response) -> Result<Page, Failure> {
        list::read(target, query, response)
    }

    fn read_record(&self, resource: &Resource, response: &Response) -> Result<Record, Failure> {
        plain::record(resource, refusal::json(response)?, response)
    }

    fn dress(&self, context: Context<'_>, request: &mut Request) {
        version::ask(request, context.session.version.as_deref());
        if request.method == "PATCH" && request.body.is_json() {
            request.set_header("Content-Type", "application/json-patch+json");
        }
    }

    fn authorize(&self, session: &Session, request: &mut Request) {
        version::ask(request, session.version.as_deref());
        session.sign(request);
    }

    fn read_outcome(&self, operation: &Operation, response: &Response) -> Outcome {
        outcome::read(operation, response)
    }

    fn read_task(&self, _task: &Task, response: &Response) -> Outcome {
        // The service has no tasks; whoever asks gets what the answer says.
        plain::read_task(refusal::json(response))
    }

    fn knock(&self, user: Option<&str>, options: &Map<String, Value>) -> Box<dyn Flow<Entry>> {
        Box::new(session::Knock::new(user, options))
    }

    fn sign_in(
        &self,
        challenge: &Challenge,
        inputs: &Map<String, Value>,
        options: &Map<String, Value>,
    ) -> Box<dyn Flow<Session>> {
        Box::new(session::SignIn::new(challenge, inputs, options))
    }

    fn sign_out(&self, session: &Session) -> Option<Request> {
        // Basic has no session to end.
        keystone::revocation(session)
    }

    fn option_fields(&self) -> Vec<Field> {
        vec![Field {
            name: "keystone".to_owned(),
            label: words::sign_in::keystone_address().to_owned(),
            help: words::sign_in::keystone_help().to_owned(),
            ..Field::default()
        }]
    }

    fn probe(&self) -> Option<Request> {
        Some(session::discover())
    }

    fn recognises(&self, response: &Response) -> bool {
        version::choose(response).is_ok()
    }
}

#[cfg(test)]
mod tests;
