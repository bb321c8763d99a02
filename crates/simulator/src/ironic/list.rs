//! Pages of rows: the sort, the marker, the fields and the address of the page after.

use std::cmp::Ordering;

use form_urlencoded::Serializer;
use serde_json::{Map, Value as Json, json};

use super::Call;
use super::fault::Fault;
use super::links::links;
use super::query::Query;
use super::service::Service;
use crate::message::Response;

/// What a list consists of.
pub(super) trait Row {
    /// The number of the row in the service's database.
    fn id(&self) -> i64;
    /// The UUID.
    fn uuid(&self) -> &str;
    /// One field as JSON; null for unknown names.
    fn read(&self, service: &Service, name: &str) -> Json;
}

/// A collection, as far as lists differ.
pub(super) struct Listing {
    /// The path without the version.
    pub(super) path: &'static str,
    /// The name of the rows in the body.
    pub(super) plural: &'static str,
    /// What messages call one.
    pub(super) title: &'static str,
    /// The fields without `detail` and `fields`.
    pub(super) brief: Vec<&'static str>,
    /// Every field.
    pub(super) fields: Vec<&'static str>,
}

/// One row as JSON with the given fields; links always come along.
pub(super) fn record(
    service: &Service,
    row: &impl Row,
    base: &str,
    path: &str,
    fields: impl IntoIterator<Item = impl AsRef<str>>,
) -> Json {
    let mut record = Map::new();
    for name in fields {
        record.insert(name.as_ref().to_owned(), row.read(service, name.as_ref()));
    }
    record.insert("links".to_owned(), links(base, &format!("{path}/{}", row.uuid())));
    Json::Object(record)
}

/// One page of the rows that `keep` keeps. A marker may be a row that it doesn't keep.
///
/// # Errors
///
/// 404 for a marker that isn't there.
pub(super) fn page<'a, R: Row + 'a>(
    call: &Call<'_>,
    listing: &Listing,
    query: &Query<'_>,
    rows: impl Iterator<Item = &'a R>,
    keep: impl Fn(&R) -> bool,
) -> Result<Response, Fault> {
    let service = &*call.service;
    let mut keyed: Vec<(Json, &R)> = rows.map(|row| (row.read(service, query.sort_key), row)).collect();
    let compare = |(a, left): &(Json, &R), (b, right): &(Json, &R)| {
        let order = order(a, b);
        let order = if query.descending { order.reverse() } else { order };
        order.then_with(|| left.id().cmp(&right.id()))
    };
    keyed.sort_by(compare);
    let start = match query.marker {
        None => 0,
        Some(marker) => keyed
            .iter()
            .position(|(_, row)| row.uuid() == marker)
            .map(|at| at + 1)
            .ok_or_else(|| Fault::absent(format!("{} {marker} could not be found.", listing.title)))?,
    };
    let limit = query.limit.unwrap_or(usize::MAX).min(service.max_limit);
    let rows: Vec<&R> =
        keyed.into_iter().skip(start).map(|(_, row)| row).filter(|row| keep(row)).take(limit).collect();
    let fields: Vec<&str> = match &query.fields {
        Some(fields) => fields.iter().map(String::as_str).filter(|name| *name != "links").collect(),
        None if query.detail => listing.fields.clone(),
        None => listing.brief.clone(),
    };
    let base = call.base();
    let records: Vec<Json> =
        rows.iter().map(|row| record(service, *row, &base, listing.path, &fields)).collect();
    let mut body = Map::new();
    body.insert(listing.plural.to_owned(), Json::Array(records));
    if let Some(last) = rows.last().filter(|_| rows.len() == limit) {
        // Neither a filter nor the node of a nested list is repeated here, as in the real service.
        let mut next = Serializer::new(String::new());
        next.append_pair("sort_key", query.sort_key);
        next.append_pair("sort_dir", if query.descending { "desc" } else { "asc" });
        if query.detail {
            next.append_pair("detail", "True");
        } else {
            next.append_pair("fields", &fields.join(","));
        }
        next.append_pair("limit", &limit.to_string()).append_pair("marker", last.uuid());
        body.insert("next".to_owned(), json!(format!("{base}/v1/{}?{}", listing.path, next.finish())));
    }
    Ok(Response::json(200, &Json::Object(body)))
}

/// The order of two values of one column: nothing first.
fn order(a: &Json, b: &Json) -> Ordering {
    match (a, b) {
        (Json::String(a), Json::String(b)) => a.cmp(b),
        (Json::Number(a), Json::Number(b)) => a.as_i64().cmp(&b.as_i64()),
        (Json::Bool(a), Json::Bool(b)) => a.cmp(b),
        (a, b) => b.is_null().cmp(&a.is_null()),
    }
}
