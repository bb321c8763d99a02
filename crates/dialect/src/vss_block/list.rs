//! Lists: all rows at once, with one filter and no order.

use serde_json::{Map, Value};

use super::refusal::json;
use crate::address::Address;
use crate::answer::{Page, Total};
use crate::failure::Failure;
use crate::http::{Request, Response};
use crate::plain;
use crate::query::{Query, Term, first_of_each};
use crate::{Context, ListAbilities, ListTarget};

/// More rows than there can be.
const ROWS: u32 = 1000;

pub(super) const ABILITIES: ListAbilities =
    ListAbilities { page_size: (ROWS, ROWS, ROWS), numbered: false, sort_keys: 0, selects_fields: false };

/// Whether the system applies a term: it refuses what is neither `system` nor a UUID.
pub(super) fn applies(target: ListTarget<'_>, term: &Term) -> bool {
    target.equality(&term.field).contains(&term.operator) && value(term).is_some()
}

/// Which of the terms the system applies together: the first of each field.
pub(super) fn applied(target: ListTarget<'_>, terms: &[Term]) -> Vec<bool> {
    first_of_each(terms, |term| applies(target, term).then(|| vec![&term.field]))
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
    let mut request = Address::of_list(context, target, &none).request(|_, _| None).0;
    for term in query.sent(applied(target, &query.filter)) {
        if let Some(value) = value(term) {
            request.query.push((target.parameter(&term.field).to_owned(), value.to_owned()));
        }
    }
    request
}

pub(super) fn read(target: ListTarget<'_>, response: &Response) -> Result<Page, Failure> {
    let rows = match json(response)? {
        Value::Object(mut object) => object.remove("data"),
        _ => None,
    };
    let rows = match rows {
        Some(Value::Array(rows)) => Some(rows),
        _ => None,
    };
    let records = plain::records(target, rows, response)?;
    let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
    Ok(Page { records: records.into(), total: Total::Exact(count), next: None, page_size: ROWS })
}
