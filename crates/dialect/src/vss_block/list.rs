//! Lists: all rows at once, with one filter and no order.

use boxdeck_catalog::{Allowed, Operator};
use serde_json::{Map, Value};

use super::refusal::json;
use crate::address::Address;
use crate::answer::{Page, Record, Total};
use crate::failure::{Failure, FailureKind};
use crate::http::{Request, Response};
use crate::query::{Query, Term};
use crate::{Context, ListAbilities, ListTarget};

/// More rows than there can be.
const ROWS: u32 = 1000;

pub(super) const ABILITIES: ListAbilities =
    ListAbilities { page_size: (ROWS, ROWS, ROWS), numbered: false, sort_keys: 0, selects_fields: false };

pub(super) fn operators(target: ListTarget<'_>, name: &str) -> Vec<Operator> {
    match target.resource.field(name).map(|field| &field.filter) {
        Some(Allowed::Flag(true)) => vec![Operator::Eq],
        Some(Allowed::Only(operators)) if operators.contains(&Operator::Eq) => vec![Operator::Eq],
        _ => Vec::new(),
    }
}

/// Whether the system applies a term: it refuses what is neither `system` nor a UUID.
pub(super) fn applies(target: ListTarget<'_>, term: &Term) -> bool {
    operators(target, &term.field).contains(&term.operator) && value(term).is_some()
}

/// Which of the terms the system applies together: the first of each field.
pub(super) fn applied(target: ListTarget<'_>, terms: &[Term]) -> Vec<bool> {
    let mut taken: Vec<&str> = Vec::new();
    let each = terms.iter().map(|term| {
        let applied = applies(target, term) && !taken.contains(&term.field.as_str());
        if applied {
            taken.push(&term.field);
        }
        applied
    });
    each.collect()
}

/// The value of a term as the filter takes it. Records show `(system)` where the filter wants `system`.
fn value(term: &Term) -> Option<&str> {
    let [value] = term.values.as_slice() else { return None };
    match value.as_str() {
        "system" | "(system)" => Some("system"),
        value if is_uuid(value) => Some(value),
        _ => None,
    }
}

fn is_uuid(text: &str) -> bool {
    let mut groups = text.split('-');
    let lengths = [8, 4, 4, 4, 12];
    lengths.iter().all(|length| {
        groups
            .next()
            .is_some_and(|group| group.len() == *length && group.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }) && groups.next().is_none()
}

pub(super) fn request(context: Context<'_>, target: ListTarget<'_>, query: &Query) -> Request {
    let none = Map::new();
    let address = Address {
        catalog: context.catalog,
        resource: target.resource,
        operation: target.operation,
        record: None,
        parent: target.parent,
        key: None,
        inputs: Some(&none),
    };
    let mut request = address.request(|_, _| None).0;
    let applied = applied(target, &query.filter);
    for (term, _) in query.filter.iter().zip(applied).filter(|(_, applied)| *applied) {
        let name = target.resource.field(&term.field).and_then(|field| field.filter_as.as_ref());
        if let Some(value) = value(term) {
            request.query.push((name.unwrap_or(&term.field).clone(), value.to_owned()));
        }
    }
    request
}

pub(super) fn read(target: ListTarget<'_>, response: &Response) -> Result<Page, Failure> {
    let rows = match json(response)? {
        Value::Object(mut object) => object.remove("data"),
        _ => None,
    };
    let Some(Value::Array(rows)) = rows else {
        return Err(Failure {
            status: Some(response.status),
            ..Failure::new(FailureKind::Malformed, words::answer::no_list(&target.resource.title))
        });
    };
    let records: Vec<Record> = rows
        .into_iter()
        .filter_map(|row| match row {
            Value::Object(mut object) => {
                target.resource.lift(&mut object);
                Some(Record(object))
            }
            _ => None,
        })
        .collect();
    let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
    Ok(Page { records: records.into(), total: Total::Exact(count), next: None, page_size: ROWS })
}
