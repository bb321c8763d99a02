//! Lists: filter, sort, page, and render only the page that is asked for.

use std::cmp::Ordering;
use std::ops::Range;

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
    let passing = records.filter(|record| request.filters.iter().all(|filter| filter.passes(record, &view)));
    let (rows, total) = if request.sort.is_empty() {
        count_and_cut(passing, &request)
    } else {
        sort_and_cut(passing, &request, &view)
    };
    let rendered = rows.into_iter().map(|record| record.render(&view, request.fields.as_deref())).collect();
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
    /// Which records the page holds, of so many.
    fn range(&self, total: usize) -> Range<usize> {
        let start = (self.page - 1).saturating_mul(self.page_size).min(total);
        start..start.saturating_add(self.page_size).min(total)
    }

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

/// The page of records that come in their own order, and how many there are.
fn count_and_cut<'a, T: Record>(
    records: impl Iterator<Item = &'a T>,
    request: &ListRequest<T>,
) -> (Vec<&'a T>, usize) {
    let range = request.range(usize::MAX);
    let mut rows = Vec::new();
    let mut total = 0;
    for record in records {
        if range.contains(&total) {
            rows.push(record);
        }
        total += 1;
    }
    (rows, total)
}

/// The page of records in the order asked for, and how many there are.
///
/// Of a million records only the page is sorted: what belongs before and behind it is only told apart. Each record
/// goes with the beginning of its first key, because following a million references costs more than comparing.
fn sort_and_cut<'a, T: Record>(
    records: impl Iterator<Item = &'a T>,
    request: &ListRequest<T>,
    view: &View<'_>,
) -> (Vec<&'a T>, usize) {
    let Some((first, descending)) = request.sort.first() else {
        return count_and_cut(records, request);
    };
    let mut rows: Vec<(u128, &T)> = records
        .map(|record| {
            let prefix = (first.read)(record, view).prefix();
            (if *descending { !prefix } else { prefix }, record)
        })
        .collect();
    let total = rows.len();
    let order =
        |a: &(u128, &T), b: &(u128, &T)| a.0.cmp(&b.0).then_with(|| compare(&request.sort, a.1, b.1, view));
    let range = request.range(total);
    if range.end < total {
        rows.select_nth_unstable_by(range.end, order);
        rows.truncate(range.end);
    }
    if range.start > 0 && range.start < rows.len() {
        rows.select_nth_unstable_by(range.start, order);
    }
    let mut page = rows.split_off(range.start.min(rows.len()));
    page.sort_unstable_by(order);
    (page.into_iter().map(|(_, record)| record).collect(), total)
}

fn compare<T: Record>(sort: &[(&'static Field<T>, bool)], a: &T, b: &T, view: &View<'_>) -> Ordering {
    for (field, descending) in sort {
        let order = read_order(field, a, b, view);
        if order.is_ne() {
            return if *descending { order.reverse() } else { order };
        }
    }
    // Equal records keep one order, or else they would jump between pages.
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
