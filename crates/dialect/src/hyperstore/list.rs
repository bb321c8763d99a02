//! Lists: parameters for filters, and five ways of paging.

use boxdeck_catalog::{NoContent, Operator, Place};
use serde_json::{Map, Value};

use super::{body, record};
use crate::address::{Address, parameter_text};
use crate::answer::{Page, Record, Total};
use crate::failure::Failure;
use crate::http::{Request, Response};
use crate::letters::lower;
use crate::query::{Position, Query};
use crate::{Context, Dialect, ListAbilities, ListTarget};

/// How a list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paging {
    /// One record more than asked for comes where there is more, and its name is where the next page begins.
    LimitPlusOne,
    /// The answer names the user with whom the next page begins.
    NextUser,
    /// One value more than asked for comes where there is more, and its time is where the next page begins.
    Timestamp,
    /// The first records, and no way to the others.
    Limit,
    /// Everything at once.
    All,
}

/// Least, default and greatest page size. No greatest is documented, except for tags; this is what the console works with.
const PAGE_SIZE: (u32, u32, u32) = (1, 100, 1000);
/// Users per page of tags.
const USERS: (u32, u32, u32) = (1, 10, 100);

fn paging(target: ListTarget<'_>) -> Paging {
    match target.operation.paging.as_str() {
        "limit-plus-one" => Paging::LimitPlusOne,
        "next-user" => Paging::NextUser,
        "timestamp" => Paging::Timestamp,
        "limit" => Paging::Limit,
        _ => Paging::All,
    }
}

/// How this very list goes on: usage of a bucket, and usage with a limit of its own, has no pages.
fn paging_of(target: ListTarget<'_>, query: &Query) -> Paging {
    let asks = |name: &str| query.filter.iter().any(|term| term.field == name && !term.values.is_empty());
    match paging(target) {
        Paging::Timestamp if asks("limit") => Paging::All,
        Paging::Timestamp if asks("bucket") => Paging::Limit,
        paging => paging,
    }
}

pub(super) fn abilities(target: ListTarget<'_>) -> ListAbilities {
    let page_size = match paging(target) {
        Paging::NextUser => USERS,
        Paging::All => (PAGE_SIZE.2, PAGE_SIZE.2, PAGE_SIZE.2),
        Paging::LimitPlusOne | Paging::Timestamp | Paging::Limit => PAGE_SIZE,
    };
    ListAbilities { page_size, numbered: false, sort_keys: 0, selects_fields: false }
}

fn page_size(target: ListTarget<'_>, query: &Query) -> u32 {
    query.size(abilities(target).page_size)
}

/// How many records are asked for. The one that comes beyond that counts among those of the page.
fn limit(target: ListTarget<'_>, query: &Query) -> u32 {
    page_size(target, query).saturating_sub(1).max(1)
}

/// Values of the parameters that a person fills: terms of the query, and the defaults of the others.
fn given(
    dialect: &dyn Dialect,
    context: Context<'_>,
    target: ListTarget<'_>,
    query: &Query,
) -> Map<String, Value> {
    let defaults = target.operation.inputs().filter_map(|parameter| {
        Some((
            parameter.field.name.clone(),
            parameter.field.default.clone().filter(|value| !value.is_null())?,
        ))
    });
    let applied = dialect.applied(context.catalog, target, &query.filter);
    let terms = query.sent(applied).filter_map(|term| {
        let is_equal = term.operator == Operator::Eq;
        Some((term.field.clone(), Value::String(term.values.first().filter(|_| is_equal)?.clone())))
    });
    defaults.chain(terms).collect()
}

pub(super) fn request(
    dialect: &dyn Dialect,
    context: Context<'_>,
    target: ListTarget<'_>,
    query: &Query,
) -> Request {
    let inputs = given(dialect, context, target, query);
    let mut request = Address::of_list(context, target, &inputs).request(|_, _| None).0;
    let mut push = |name: &str, value: String| request.query.push((name.to_owned(), value));
    let mark = match &query.position {
        Position::After(mark) => Some(mark.clone()),
        Position::First | Position::Number(_) => None,
    };
    match paging_of(target, query) {
        Paging::LimitPlusOne => {
            push("limit", limit(target, query).to_string());
            mark.into_iter().for_each(|mark| push("offset", mark));
        }
        Paging::NextUser => {
            push("limit", page_size(target, query).to_string());
            mark.into_iter().for_each(|mark| push("userId", mark));
        }
        Paging::Timestamp => {
            push("pageSize", page_size(target, query).to_string());
            mark.into_iter().for_each(|mark| push("offset", mark));
        }
        Paging::Limit => push("limit", page_size(target, query).to_string()),
        Paging::All => {}
    }
    request
}

/// What the request names and a record may leave out: names of parameters with their values.
pub(super) fn asked(
    dialect: &dyn Dialect,
    context: Context<'_>,
    target: ListTarget<'_>,
    query: &Query,
) -> Vec<(String, String)> {
    let inputs = given(dialect, context, target, query);
    let address = Address::of_list(context, target, &inputs);
    let parameters = target.operation.parameters.iter().filter(|parameter| {
        parameter.place == Place::Query
            && parameter.sent_as.is_empty()
            && record::is_name(target.resource, &parameter.field.name)
    });
    let named = parameters.filter_map(|parameter| {
        let name = &parameter.field.name;
        let value = address.value(&parameter.from, name).as_ref().and_then(parameter_text);
        // What was not said is a part of the key all the same.
        let value = value.or_else(|| target.resource.key.contains(name).then(String::new))?;
        Some((name.clone(), value))
    });
    named.collect()
}

pub(super) fn read(
    target: ListTarget<'_>,
    query: &Query,
    response: &Response,
    asked: &[(String, String)],
) -> Result<Page, Failure> {
    let no_list = || Failure::malformed(response, words::answer::no_list(lower(&target.resource.title)));
    let page_size = page_size(target, query);
    if body::is_empty(response) {
        return match target.operation.no_content {
            NoContent::Absent => Ok(page(target, query, Vec::new(), None, page_size)),
            NoContent::Done | NoContent::Failed => Err(no_list()),
        };
    }
    let answer = body::json(response)?;
    let next_user = answer.get("nextUserId").and_then(Value::as_str).map(str::to_owned);
    let rows = record::rows(target.operation, answer).ok_or_else(no_list)?;
    let mut records: Vec<Record> = rows
        .into_iter()
        .map(|mut row| {
            record::named(target.resource, &mut row);
            for (name, value) in asked {
                record::complete(&mut row, name, value);
            }
            record::as_record(target.resource, row)
        })
        .collect();
    let next = match paging_of(target, query) {
        Paging::LimitPlusOne => {
            let field = target.resource.key.last().map_or("id", String::as_str);
            // The record beyond the limit stays on this page: if it is the very last one, the next page comes empty.
            let next = (records.len() > as_usize(limit(target, query)))
                .then(|| records.last().and_then(|record| record.text(field)))
                .flatten();
            if let Position::After(mark) = &query.position
                && records.first().and_then(|record| record.text(field)).as_ref() == Some(mark)
            {
                records.remove(0);
            }
            next
        }
        Paging::NextUser => next_user.filter(|user| !user.is_empty()),
        Paging::Timestamp if records.len() > as_usize(page_size) => {
            records.pop().and_then(|record| record.text("timestamp"))
        }
        Paging::Timestamp | Paging::Limit | Paging::All => None,
    };
    Ok(page(target, query, records, next, page_size))
}

/// A page with what can be said about the number of all records.
fn page(
    target: ListTarget<'_>,
    query: &Query,
    records: Vec<Record>,
    next: Option<String>,
    page_size: u32,
) -> Page {
    let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
    let is_cut = paging_of(target, query) == Paging::Limit && records.len() >= as_usize(page_size);
    let total = Total::of_page(&query.position, count, next.is_some() || is_cut);
    Page { records: records.into(), total, next: next.map(Position::After), page_size }
}

fn as_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
