//! Lists: filter, sort, page, and render only the page that is asked for.

use std::cmp::Ordering;

use super::call::Call;
use super::entity::{Entity, Record};
use super::fault::Fault;
use super::field::Field;
use super::filter::Filter;
use super::reply::{Page, Reply};
use super::view::View;

/// The page length when none is asked for.
const DEFAULT_PAGE_SIZE: usize = 50;
/// The longest page.
const MAX_PAGE_SIZE: usize = 1000;

/// Query parameters that every list takes and that are no filters.
const COMMON_PARAMETERS: &[&str] =
    &["page", "page_size", "sort", "fields", "approved", "include", "include_data_reduction_hist"];

/// Answers a list of all records of an entity.
pub(crate) fn list<T: Entity>(call: &Call<'_>) -> Result<Reply, Fault> {
    list_records(call, T::table(call.array).values(), &[])
}

/// Answers a list of these records. `also` names further query parameters that the caller has read himself.
pub(crate) fn list_records<'a, T: Record>(
    call: &Call<'_>,
    records: impl Iterator<Item = &'a T>,
    also: &[&str],
) -> Result<Reply, Fault> {
    let request = ListRequest::<T>::parse(call, also)?;
    let view = View::new(call.array);
    let mut rows: Vec<&T> =
        records.filter(|record| request.filters.iter().all(|filter| filter.passes(record, &view))).collect();
    let total = rows.len();
    let start = (request.page - 1).saturating_mul(request.page_size).min(total);
    let end = start.saturating_add(request.page_size).min(total);
    if !request.sort.is_empty() {
        let order = |a: &&T, b: &&T| compare(&request.sort, a, b, &view);
        // Sorting what lies beyond the page would be most of the work on a million records.
        if end < total {
            rows.select_nth_unstable_by(end, order);
            rows.truncate(end);
        }
        rows.sort_unstable_by(order);
    }
    let rendered = rows
        .get(start..end)
        .unwrap_or_default()
        .iter()
        .map(|record| record.render(&view, request.fields.as_deref()))
        .collect();
    Ok(Reply::page(Page { rows: rendered, page: request.page, page_size: request.page_size, total }))
}

/// Answers a list of values that were rendered already and that can't be filtered or sorted.
pub(crate) fn list_values(call: &Call<'_>, mut rows: Vec<serde_json::Value>) -> Result<Reply, Fault> {
    let (page, page_size) = paging(call)?;
    let total = rows.len();
    let start = (page - 1).saturating_mul(page_size).min(total);
    let end = start.saturating_add(page_size).min(total);
    Ok(Reply::page(Page { rows: rows.drain(start..end).collect(), page, page_size, total }))
}

/// The names of `fields=`, if the request has it.
pub(crate) fn plucked(call: &Call<'_>) -> Option<Vec<String>> {
    call.request
        .parameter("fields")
        .map(|names| names.split(',').map(|name| name.trim().to_owned()).collect())
}

struct ListRequest<T: 'static> {
    filters: Vec<Filter<T>>,
    sort: Vec<(&'static Field<T>, bool)>,
    fields: Option<Vec<String>>,
    page: usize,
    page_size: usize,
}

impl<T: Record> ListRequest<T> {
    fn parse(call: &Call<'_>, also: &[&str]) -> Result<Self, Fault> {
        let (page, page_size) = paging(call)?;
        let mut filters = Vec::new();
        for (name, text) in &call.request.query {
            if !COMMON_PARAMETERS.contains(&name.as_str()) && !also.contains(&name.as_str()) {
                filters.push(Filter::parse(name, text)?);
            }
        }
        let sort = match call.request.parameter("sort") {
            Some(text) => {
                text.split(',').filter(|term| !term.is_empty()).map(sort_term).collect::<Result<_, _>>()?
            }
            None => Vec::new(),
        };
        Ok(Self { filters, sort, fields: plucked(call), page, page_size })
    }
}

fn sort_term<T: Record>(term: &str) -> Result<(&'static Field<T>, bool), Fault> {
    let term = term.trim();
    let (name, descending) = match term.strip_prefix('-') {
        Some(name) => (name, true),
        None => (term, false),
    };
    match T::field(name) {
        Some(field) if field.sortable => Ok((field, descending)),
        Some(_) => Err(Fault::not_sortable(name)),
        None => Err(Fault::unknown_parameter(name)),
    }
}

fn compare<T>(sort: &[(&'static Field<T>, bool)], a: &T, b: &T, view: &View<'_>) -> Ordering
where
    T: Record,
{
    for (field, descending) in sort {
        // Both are read at the view's lifetime, which outlives neither record: readers only borrow.
        let order = read_order(field, a, b, view);
        if order.is_ne() {
            return if *descending { order.reverse() } else { order };
        }
    }
    // Tables are in the order of ids, and so are the addresses' records only by chance: fall back on the id.
    T::field("id").map_or(Ordering::Equal, |field| read_order(field, a, b, view))
}

fn read_order<T>(field: &Field<T>, a: &T, b: &T, view: &View<'_>) -> Ordering {
    (field.read)(a, view).order(&(field.read)(b, view))
}

fn paging(call: &Call<'_>) -> Result<(usize, usize), Fault> {
    let page = page_number(call, "page", 1)?;
    let page_size = page_number(call, "page_size", DEFAULT_PAGE_SIZE)?;
    if page_size > MAX_PAGE_SIZE {
        return Err(Fault::bad(
            "MAX_PAGE_SIZE_VIOLATION",
            format!("Page size {page_size} is outside 1..{MAX_PAGE_SIZE} of {}", call.request.path),
        ));
    }
    Ok((page, page_size))
}

fn page_number(call: &Call<'_>, name: &str, default: usize) -> Result<usize, Fault> {
    let Some(text) = call.request.parameter(name) else {
        return Ok(default);
    };
    let number: i64 =
        text.parse().map_err(|_malformed| Fault::malformed_parameter(name, "a whole number"))?;
    match usize::try_from(number) {
        Ok(number) if number >= 1 => Ok(number),
        _ => Err(Fault::wrong_parameter(name, number, "int >= 1")),
    }
}
