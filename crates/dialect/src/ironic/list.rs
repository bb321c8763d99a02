//! Lists: one filter, one sort key, pages that go on after the last row.

use serde_json::{Map, Value};

use super::refusal::json;
use crate::address::Address;
use crate::answer::{Page, Total};
use crate::failure::Failure;
use crate::http::{Request, Response};
use crate::plain;
use crate::query::url::decode_pairs;
use crate::query::{Position, Query};
use crate::select::selected;
use crate::{Context, Dialect, ListAbilities, ListTarget};

/// Least, default and greatest page size. The service may be set to less and then cuts pages without a word.
const PAGE_SIZE: (u32, u32, u32) = (1, 100, 1000);

pub(super) fn abilities(target: ListTarget<'_>) -> ListAbilities {
    ListAbilities {
        page_size: PAGE_SIZE,
        numbered: false,
        sort_keys: 1,
        selects_fields: !fixes_fields(target),
    }
}

/// Whether the catalog says which fields come: `detail` and `fields` exclude each other.
fn fixes_fields(target: ListTarget<'_>) -> bool {
    target.operation.parameters.iter().any(|parameter| {
        !parameter.from.is_input() && matches!(parameter.field.name.as_str(), "detail" | "fields")
    })
}

pub(super) fn request(
    dialect: &dyn Dialect,
    context: Context<'_>,
    target: ListTarget<'_>,
    query: &Query,
) -> Request {
    let none = Map::new();
    let mut request = Address::of_list(context, target, &none).request(|_, _| None).0;
    let mut push = |name: &str, value: &str| request.query.push((name.to_owned(), value.to_owned()));
    let applied = dialect.applied(context.catalog, target, &query.filter);
    for term in query.sent(applied) {
        if let Some(value) = term.values.first() {
            push(target.parameter(&term.field), value);
        }
    }
    let key = query.sort.iter().find(|key| target.resource.field(&key.field).is_some_and(|field| field.sort));
    if let Some(key) = key {
        push("sort_key", &key.field);
        push("sort_dir", if key.descending { "desc" } else { "asc" });
    }
    if let Position::After(mark) = &query.position {
        push("marker", mark);
    }
    push("limit", &query.size(PAGE_SIZE).to_string());
    if !fixes_fields(target) {
        let fields = selected(target.resource, query);
        if !fields.is_empty() {
            push("fields", &fields.join(","));
        }
    }
    dialect.dress(context, &mut request);
    request
}

pub(super) fn read(target: ListTarget<'_>, query: &Query, response: &Response) -> Result<Page, Failure> {
    let body = json(response)?;
    let records = plain::records(target, rows(target, &body).cloned(), response)?;
    let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
    // Of `next` only mark and limit count: it names another host behind a proxy, and forgets the filter.
    let next = body.get("next").and_then(Value::as_str).map(|url| {
        let pairs = decode_pairs(url.split_once('?').map_or("", |(_, pairs)| pairs));
        let of = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let mark = of("marker").or_else(|| records.last().and_then(|record| record.key(target.resource)));
        (mark, of("limit").and_then(|limit| limit.parse().ok()))
    });
    let (mark, limit_used) = next.unwrap_or_default();
    let total = Total::of_page(&query.position, count, mark.is_some());
    let asked = query.size(PAGE_SIZE);
    let cut = u32::try_from(records.len()).ok().filter(|rows| mark.is_some() && *rows > 0 && *rows < asked);
    let page_size = cut.or(limit_used).filter(|size| *size > 0).unwrap_or(asked);
    Ok(Page { records: records.into(), total, next: mark.map(Position::After), page_size })
}

/// The rows: under the member that the catalog names, that the path ends in, or that is the only list.
fn rows<'a>(target: ListTarget<'_>, body: &'a Value) -> Option<&'a Vec<Value>> {
    let last = target.operation.path.trim_end_matches('/').rsplit('/').next();
    let named = target.operation.member.as_deref().or(last);
    if let Some(rows) = named.and_then(|name| body.get(name)).and_then(Value::as_array) {
        return Some(rows);
    }
    let mut lists = body
        .as_object()?
        .iter()
        .filter(|(name, _)| *name != "links")
        .filter_map(|(_, value)| value.as_array());
    match (lists.next(), lists.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}
