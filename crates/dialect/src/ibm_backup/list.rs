//! Lists: everything at once, windows of time, marks in the query or in the body, and as many as one asks for.

use boxdeck_catalog::{BodyField, Source};
use serde_json::{Map, Value};

use super::refusal::json;
use super::terms;
use crate::address::Address;
use crate::answer::{Page, Record, Total};
use crate::failure::Failure;
use crate::http::{Body, Request, Response};
use crate::plain;
use crate::query::{Position, Query};
use crate::{Context, ListAbilities, ListTarget};

/// Least, default and greatest page size, where the service lets one choose.
const PAGE_SIZE: (u32, u32, u32) = (1, 100, 1000);
/// The earliest moment, in microseconds: without a beginning the service shows the runs of the last hour.
const EARLIEST: &str = "1";
/// Between the parts of a mark.
const MARK: char = '~';

/// How a list goes on, as the catalog names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paging {
    /// It does not: all comes at once.
    All,
    /// `end-time`: the next page ends where this one begins.
    EndTime,
    /// `cookie`: with the mark of the answer; nothing tells how many there are.
    Cookie,
    /// `cookie-body`: likewise inside the body, and the answer counts all that match.
    CookieBody,
    /// `sub-result`: not at all, but one says how many to send, and the answer counts all that match.
    SubResult,
}

fn paging(target: ListTarget<'_>) -> Paging {
    match target.operation.paging.as_str() {
        "end-time" => Paging::EndTime,
        "cookie" => Paging::Cookie,
        "cookie-body" => Paging::CookieBody,
        "sub-result" => Paging::SubResult,
        _ => Paging::All,
    }
}

pub(super) fn abilities(target: ListTarget<'_>) -> ListAbilities {
    let page_size = match paging(target) {
        Paging::All => (PAGE_SIZE.2, PAGE_SIZE.2, PAGE_SIZE.2),
        _ => PAGE_SIZE,
    };
    ListAbilities { page_size, numbered: false, sort_keys: 0, selects_fields: false }
}

pub(super) fn request(context: Context<'_>, target: ListTarget<'_>, query: &Query) -> Request {
    let none = Map::new();
    let mut request = Address::of_list(context, target, &none).request(|_, _| None).0;
    let applied = terms::applied(target, &query.filter);
    let sent: Vec<terms::Sent> = query.sent(applied).flat_map(|term| terms::sent(target, term)).collect();
    if let boxdeck_catalog::Body::Object(fields) = &target.operation.body {
        request.body = Body::Json(Value::Object(body(fields, &sent, query)));
        return request;
    }
    let mut push = |name: &str, value: String| {
        request.query.retain(|(other, _)| other != name);
        request.query.push((name.to_owned(), value));
    };
    for sent in &sent {
        push(&sent.name, sent.text());
    }
    let given = |name: &str| sent.iter().any(|sent| sent.name == name);
    match (paging(target), &query.position) {
        (Paging::EndTime, position) => {
            if !given("startTimeUsecs") {
                push("startTimeUsecs", EARLIEST.to_owned());
            }
            // The last run of the page before comes again, because nothing tells whether the bound is one of the window.
            let mark = mark(position);
            if let Some((end, _, _)) = &mark {
                push("endTimeUsecs", (*end).to_owned());
            }
            push("numRuns", (query.size(PAGE_SIZE) + u32::from(mark.is_some())).to_string());
        }
        (Paging::Cookie, position) => {
            if let Position::After(cookie) = position {
                push("paginationCookie", cookie.clone());
            }
            push("count", query.size(PAGE_SIZE).to_string());
        }
        (Paging::SubResult, _) => push("subResultSize", query.size(PAGE_SIZE).to_string()),
        (Paging::All | Paging::CookieBody, _) => {}
    }
    request
}

/// The body of a search: what the catalog fixes, the terms at their paths, and the page.
fn body(fields: &[BodyField], sent: &[terms::Sent], query: &Query) -> Map<String, Value> {
    let fixed = fields.iter().filter_map(|field| match field {
        BodyField::Own(own) => match &own.from {
            Source::Value(value) => Some((own.field.name.clone(), value.clone())),
            _ => None,
        },
        BodyField::Of(_) => None,
    });
    let mut body: Map<String, Value> = fixed.collect();
    for sent in sent {
        let mut parts = sent.name.split('.').rev();
        let mut value = sent.value();
        let Some(last) = parts.next() else { continue };
        match parts.next() {
            None => drop(body.insert(last.to_owned(), value)),
            Some(outer) => {
                let members = body.entry(outer.to_owned()).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(members) = members {
                    members.insert(last.to_owned(), value.take());
                }
            }
        }
    }
    if let Position::After(cookie) = &query.position {
        body.insert("paginationCookie".to_owned(), Value::String(cookie.clone()));
    }
    body.insert("count".to_owned(), Value::from(query.size(PAGE_SIZE)));
    body
}

/// What a mark of a window says: where it ends, how many runs came before, and the last of them.
fn mark(position: &Position) -> Option<(&str, u64, &str)> {
    let Position::After(mark) = position else { return None };
    let mut parts = mark.splitn(3, MARK);
    Some((parts.next()?, parts.next()?.parse().ok()?, parts.next()?))
}

pub(super) fn read(target: ListTarget<'_>, query: &Query, response: &Response) -> Result<Page, Failure> {
    let body = json(response)?;
    let records = plain::records(target, rows(target, &body).map(<[Value]>::to_vec), response)?;
    let number = |name: &str| body.get(name).and_then(Value::as_u64);
    let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
    let cookie = body
        .get("paginationCookie")
        .and_then(Value::as_str)
        .filter(|cookie| !cookie.is_empty() && !records.is_empty())
        .map(|cookie| Position::After(cookie.to_owned()));
    let page_size = query.size(PAGE_SIZE);
    let uncounted = Total::of_page(&query.position, count, cookie.is_some());
    Ok(match paging(target) {
        Paging::All => {
            Page { total: Total::Exact(count), next: None, page_size: PAGE_SIZE.2, records: records.into() }
        }
        Paging::SubResult => Page {
            total: Total::Exact(number("numResults").unwrap_or(count).max(count)),
            next: None,
            page_size,
            records: records.into(),
        },
        Paging::CookieBody => {
            let total = number("count").filter(|all| *all >= count);
            Page {
                total: total.map_or(uncounted, Total::Exact),
                next: cookie,
                page_size,
                records: records.into(),
            }
        }
        Paging::Cookie => Page { total: uncounted, next: cookie, page_size, records: records.into() },
        Paging::EndTime => window(query, records, number("totalRuns")),
    })
}

/// A page of a window of time. The service counts what is in the window, which the pages make shorter and shorter.
fn window(query: &Query, mut records: Vec<Record>, in_window: Option<u64>) -> Page {
    let page_size = query.size(PAGE_SIZE);
    let length = |records: &[Record]| u64::try_from(records.len()).unwrap_or(u64::MAX);
    let (seen, last) = mark(&query.position).map_or((0, ""), |(_, seen, last)| (seen, last));
    let came = length(&records);
    records.retain(|record| record.text("id").as_deref() != Some(last));
    let count = length(&records);
    let asked = u64::from(page_size) + u64::from(!last.is_empty());
    let more = count > 0 && in_window.map_or(came >= asked, |all| all > came);
    let total = match in_window {
        Some(all) => Total::Exact(seen.saturating_add(all).saturating_sub(came - count)),
        None if more => Total::AtLeast(seen.saturating_add(count)),
        None => Total::Exact(seen.saturating_add(count)),
    };
    // The order is not promised: the earliest run is looked for.
    let earliest = records
        .iter()
        .filter_map(|record| record.text("id"))
        .filter_map(|id| Some((id.split_once(':')?.1.parse::<u64>().ok()?, id)))
        .min();
    let next = earliest
        .filter(|_| more)
        .map(|(start, id)| Position::After(format!("{start}{MARK}{}{MARK}{id}", seen.saturating_add(count))));
    Page { records: records.into(), total, next, page_size }
}

/// The rows under the member that the catalog names. A list without any leaves the member out.
fn rows<'a>(target: ListTarget<'_>, body: &'a Value) -> Option<&'a [Value]> {
    let name = target.operation.member.as_deref()?;
    match body.as_object()?.get(name) {
        Some(Value::Array(rows)) => Some(rows),
        Some(Value::Null) | None => Some(&[]),
        Some(_) => None,
    }
}
