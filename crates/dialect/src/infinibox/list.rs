//! Lists: abilities, filters, sorting, pages.

use boxdeck_catalog::{Allowed, Catalog, Field, FieldType, Operator, ResultShape};
use serde_json::{Map, Value};

use super::envelope::{self, Envelope};
use crate::address::Address;
use crate::answer::{Page, Record, Total};
use crate::failure::Failure;
use crate::http::{Request, Response};
use crate::query::{Position, Query, Term};
use crate::records::Records;
use crate::select::selected;
use crate::{Context, ListAbilities, ListTarget};

/// Least, default and greatest page size.
const PAGE_SIZE: (u32, u32, u32) = (1, 50, 1000);

/// Nothing is documented about a limit; this is more than a person sorts by.
const SORT_KEYS: usize = 8;

pub(super) fn abilities(target: ListTarget<'_>) -> ListAbilities {
    if is_paged(target) {
        ListAbilities { page_size: PAGE_SIZE, numbered: true, sort_keys: SORT_KEYS, selects_fields: true }
    } else {
        let all = PAGE_SIZE.2;
        ListAbilities { page_size: (all, all, all), numbered: false, sort_keys: 0, selects_fields: false }
    }
}

/// Plain arrays know no pages.
fn is_paged(target: ListTarget<'_>) -> bool {
    !matches!(target.operation.result, Some(ResultShape::Array | ResultShape::Object | ResultShape::Value))
}

pub(super) fn operators(catalog: &Catalog, target: ListTarget<'_>, name: &str) -> Vec<Operator> {
    match target.resource.field(name).map(|field| (field, &field.filter)) {
        Some((_, Allowed::Only(operators))) if !operators.is_empty() => operators.clone(),
        Some((field, Allowed::Flag(true))) => {
            catalog.kind.operators.iter().copied().filter(|operator| suits(*operator, field)).collect()
        }
        // A parameter of the list itself (the file system whose locks are listed) is no filter but reads like one.
        _ if target.has_input(name) => vec![Operator::Eq],
        _ => Vec::new(),
    }
}

/// Whether the box can compare such a field so.
fn suits(operator: Operator, field: &Field) -> bool {
    use FieldType as T;
    match operator {
        Operator::Like => matches!(
            field.field_type,
            T::Text | T::Multiline | T::Enum(_) | T::Email | T::Address | T::Pem | T::DateTime
        ),
        Operator::Lt | Operator::Leq | Operator::Gt | Operator::Geq | Operator::Between => {
            !matches!(field.field_type, T::Boolean)
        }
        _ => true,
    }
}

pub(super) fn applies(catalog: &Catalog, target: ListTarget<'_>, term: &Term) -> bool {
    operators(catalog, target, &term.field).contains(&term.operator)
        && filter_text(term.operator, &term.values).is_some()
}

/// A condition as the box reads it, without the field. `None` where the notation cannot carry the values: a list has no
/// way to quote a comma.
pub(super) fn filter_text(operator: Operator, values: &[String]) -> Option<String> {
    let text = match (operator, values) {
        (Operator::Is | Operator::IsNot, _) => format!("{}:null", operator.name()),
        (Operator::In, [only]) => format!("eq:{only}"),
        (Operator::NotIn, [only]) => format!("neq:{only}"),
        (Operator::In | Operator::NotIn, [_, ..]) if fit_a_list(values) => {
            format!("{}:({})", operator.name(), values.join(","))
        }
        (Operator::Between, [low, high]) if fit_a_list(values) => format!("between:[{low},{high}]"),
        (Operator::In | Operator::NotIn | Operator::Between, _) => return None,
        (_, [value]) => format!("{}:{value}", operator.name()),
        _ => return None,
    };
    Some(text)
}

fn fit_a_list(values: &[String]) -> bool {
    values.iter().all(|value| !value.is_empty() && !value.contains(',') && value.trim() == value)
}

pub(super) fn request(context: Context<'_>, target: ListTarget<'_>, query: &Query) -> Request {
    let given = parameters_from(target, query);
    let mut request = Address::of_list(context, target, &given).request(filter_text).0;
    let mut push = |name: &str, value: String| request.query.push((name.to_owned(), value));
    let filters = query.filter.iter().filter(|term| !given.contains_key(&term.field));
    for term in filters.filter(|term| applies(context.catalog, target, term)) {
        if let Some(text) = filter_text(term.operator, &term.values) {
            push(target.parameter(&term.field), text);
        }
    }
    if !is_paged(target) {
        return request;
    }
    let sort: Vec<String> = query
        .sort
        .iter()
        .filter(|key| target.resource.field(&key.field).is_some_and(|field| field.sort))
        .take(SORT_KEYS)
        .map(|key| format!("{}{}", if key.descending { "-" } else { "" }, key.field))
        .collect();
    if !sort.is_empty() {
        push("sort", sort.join(","));
    }
    push("page", page_number(query).to_string());
    push("page_size", query.size(PAGE_SIZE).to_string());
    let fields = selected(target.resource, query);
    if !fields.is_empty() {
        push("fields", fields.join(","));
    }
    request
}

fn is_filterable(field: &Field) -> bool {
    !field.filter.is_no()
}

/// Values of the list's own parameters, which a query holds as `eq` terms.
fn parameters_from(target: ListTarget<'_>, query: &Query) -> Map<String, Value> {
    let terms =
        query.filter.iter().filter(|term| term.operator == Operator::Eq && target.has_input(&term.field));
    let terms = terms.filter(|term| !target.resource.field(&term.field).is_some_and(is_filterable));
    terms.filter_map(|term| Some((term.field.clone(), Value::String(term.values.first()?.clone())))).collect()
}

fn page_number(query: &Query) -> u64 {
    match query.position {
        Position::Number(number) => number.max(1),
        Position::First | Position::After(_) => 1,
    }
}

pub(super) fn read(target: ListTarget<'_>, query: &Query, response: &Response) -> Result<Page, Failure> {
    if let Some((envelope, rows)) = envelope::unread(response)
        && let Some(records) = Records::kept(target.resource, &response.body, rows)
    {
        return Ok(page(query, &envelope, records));
    }
    let mut envelope = envelope::open(response)?;
    let result = match (&target.operation.member, std::mem::take(&mut envelope.result)) {
        (Some(member), Value::Object(mut object)) => object.remove(member).unwrap_or_default(),
        (_, result) => result,
    };
    let rows = match result {
        Value::Array(rows) => rows,
        // A collection of one, which some releases send bare.
        Value::Object(object) => vec![Value::Object(object)],
        other => return Err(envelope::unexpected(response, words::answer::a_list(), &other)),
    };
    let records = rows.into_iter().map(|row| as_record(target, row)).collect();
    Ok(page(query, &envelope, records))
}

/// The records with what the envelope tells of the page.
fn page(query: &Query, envelope: &Envelope, records: Records) -> Page {
    let total = envelope.number("number_of_objects");
    let number = envelope.number("page");
    let size =
        envelope.number("page_size").and_then(|size| u32::try_from(size).ok()).filter(|size| *size > 0);
    let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
    let Some(total) = total else {
        let page_size = size.or_else(|| u32::try_from(records.len()).ok()).unwrap_or(u32::MAX).max(1);
        return Page { records, total: Total::Exact(count), next: None, page_size };
    };
    let page_size = size.unwrap_or_else(|| query.size(PAGE_SIZE));
    let number = number.unwrap_or_else(|| page_number(query)).max(1);
    let more = !records.is_empty() && number.saturating_mul(u64::from(page_size)) < total;
    let next = more.then(|| Position::Number(number.saturating_add(1)));
    Page { records, total: Total::Exact(total), next, page_size }
}

/// A row as a record. Bare values (identifiers, names of roles) become the key of one.
fn as_record(target: ListTarget<'_>, row: Value) -> Record {
    match row {
        Value::Object(mut object) => {
            target.resource.lift(&mut object);
            Record(object)
        }
        value => {
            let key = target.resource.key.first().map_or("id", String::as_str);
            Record(Map::from_iter([(key.to_owned(), value)]))
        }
    }
}
