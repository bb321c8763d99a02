//! A kind that does not exist, as the example of `docs/adding-a-kind.md` and the proof that a kind needs no more than this and
//! a catalog: parcel lockers with a REST interface of today. A sign-in gives a bearer token, a list links to its next page
//! (RFC 8288), and refusals are problem details (RFC 9457).

mod service;
mod session;
mod tests;

use boxdeck_catalog::{Catalog, Operation, Operator, Resource};
use serde_json::{Map, Value};

use crate::address::Address;
use crate::query::first_of_each;
use crate::query::url::decode_pairs;
use crate::{
    Challenge, Context, Dialect, Entry, Failure, FailureKind, FieldFault, Flow, ListAbilities, ListTarget,
    Outcome, Page, Position, Query, Record, Request, Response, Session, Task, Term, Total, plain,
};

/// Least, default and greatest page size.
const PAGE_SIZE: (u32, u32, u32) = (1, 20, 100);

/// Speaks with houses of parcel lockers.
#[derive(Debug)]
struct Lockers;

impl Dialect for Lockers {
    fn id(&self) -> &'static str {
        "lockers"
    }

    fn list_abilities(&self, _target: ListTarget<'_>) -> ListAbilities {
        ListAbilities { page_size: PAGE_SIZE, numbered: false, sort_keys: 0, selects_fields: false }
    }

    fn operators(&self, _catalog: &Catalog, target: ListTarget<'_>, field: &str) -> Vec<Operator> {
        target.equality(field)
    }

    fn applied(&self, catalog: &Catalog, target: ListTarget<'_>, terms: &[Term]) -> Vec<bool> {
        first_of_each(terms, |term| self.applies(catalog, target, term).then(|| vec![&term.field]))
    }

    fn list(&self, context: Context<'_>, target: ListTarget<'_>, query: &Query) -> Request {
        let mut request = Address::of_list(context, target, &Map::new()).request(|_, _| None).0;
        let mut push = |name: &str, value: &str| request.query.push((name.to_owned(), value.to_owned()));
        let applied = self.applied(context.catalog, target, &query.filter);
        for term in query.sent(applied) {
            term.values.iter().for_each(|value| push(target.parameter(&term.field), value));
        }
        push("limit", &query.size(PAGE_SIZE).to_string());
        if let Position::After(mark) = &query.position {
            push("after", mark);
        }
        request
    }

    fn read_page(&self, target: ListTarget<'_>, query: &Query, response: &Response) -> Result<Page, Failure> {
        let rows = match json(response)? {
            Value::Array(rows) => Some(rows),
            _ => None,
        };
        let records = plain::records(target, rows, response)?;
        let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
        let next = response.header("link").and_then(mark_of_next);
        let total = Total::of_page(&query.position, count, next.is_some());
        let page_size = query.size(PAGE_SIZE);
        Ok(Page { records: records.into(), total, next: next.map(Position::After), page_size })
    }

    fn read_record(&self, resource: &Resource, response: &Response) -> Result<Record, Failure> {
        plain::record(resource, json(response)?, response)
    }

    fn read_outcome(&self, operation: &Operation, response: &Response) -> Outcome {
        match json(response) {
            Ok(result) => plain::done(result),
            Err(failure) => plain::undone(operation, response, failure, is_own),
        }
    }

    fn read_task(&self, _task: &Task, response: &Response) -> Outcome {
        plain::read_task(json(response))
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
        Some(session::sign_out())
    }
}

/// Where the next page begins: `</v1/lockers?limit=20&after=17>; rel="next"`. Of the address only that counts, because it may
/// name another host behind a proxy.
fn mark_of_next(links: &str) -> Option<String> {
    let next = links.split(',').find(|link| link.contains("rel=\"next\""))?;
    let (_, pairs) = next.split_once('<')?.1.split_once('>')?.0.split_once('?')?;
    decode_pairs(pairs).into_iter().find_map(|(name, value)| (name == "after").then_some(value))
}

fn json(response: &Response) -> Result<Value, Failure> {
    plain::json(response, refusal)
}

/// Problem details: what happened, and the members that are wrong.
fn refusal(response: &Response) -> Failure {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let message = text(&body, "detail").or_else(|| text(&body, "title"));
    let message = message.unwrap_or_else(|| words::answer::service_without_message(response.status));
    plain::refusal(response, FailureKind::of_status(response.status), message, |_| {
        let wrong = body.get("invalid").and_then(Value::as_array).into_iter().flatten();
        let fault = |part| Some(FieldFault { field: text(part, "name")?, message: text(part, "reason")? });
        wrong.filter_map(fault).collect()
    })
}

fn is_own(response: &Response) -> bool {
    response.header("content-type").is_some_and(|media| media.starts_with("application/problem+json"))
}
