//! Which terms of a filter the service applies, and what becomes of them on the wire.
//!
//! The catalog says it: `filter_as` is the parameter's name, or two names with `..` between them for a window of time, or a
//! path with dots into the body of a search. What a list takes besides the fields of its records is a parameter of the
//! operation.

use boxdeck_catalog::{Allowed, Choice, Field, FieldType, Operator};
use serde_json::Value;

use crate::ListTarget;
use crate::query::{Term, first_of_each};

/// One thing to send: a name, and its values.
pub(super) struct Sent {
    pub(super) name: String,
    pub(super) values: Vec<String>,
    /// Whether the values are numbers where they go into a body.
    pub(super) numbers: bool,
    /// Whether the parameter takes one value and no list.
    pub(super) single: bool,
}

pub(super) fn operators(target: ListTarget<'_>, name: &str) -> Vec<Operator> {
    match target.resource.field(name).map(|field| &field.filter) {
        Some(Allowed::Only(operators)) => operators.clone(),
        _ => match parameter(target, name).map(|field| &field.field_type) {
            Some(FieldType::List(_)) => vec![Operator::Eq, Operator::In],
            Some(_) => vec![Operator::Eq],
            None => Vec::new(),
        },
    }
}

/// A parameter that a person may give.
fn parameter<'a>(target: ListTarget<'a>, name: &str) -> Option<&'a Field> {
    target.operation.input(name).map(|parameter| &parameter.field)
}

pub(super) fn applies(target: ListTarget<'_>, term: &Term) -> bool {
    // Lists are joined by commas, and there is no way to quote one. Empty is the same as nothing.
    let carried = !term.values.is_empty()
        && term.values.iter().all(|value| !value.is_empty() && !value.contains(','))
        && match term.operator {
            Operator::In => true,
            Operator::Between => term.values.len() == 2,
            _ => term.values.len() == 1,
        };
    carried && operators(target, &term.field).contains(&term.operator)
}

/// Each parameter takes one term.
pub(super) fn applied(target: ListTarget<'_>, terms: &[Term]) -> Vec<bool> {
    first_of_each(terms, |term| {
        applies(target, term).then(|| sent(target, term).into_iter().map(|sent| sent.name).collect())
    })
}

/// What a term sends.
pub(super) fn sent(target: ListTarget<'_>, term: &Term) -> Vec<Sent> {
    let field = target.resource.field(&term.field).filter(|field| !field.filter.is_no());
    let name = field.and_then(|field| field.filter_as.as_deref()).unwrap_or(&term.field);
    let numbers = field.is_some_and(|field| matches!(field.field_type, FieldType::Integer));
    let one = |name: &str, values: &[String]| Sent {
        name: name.to_owned(),
        values: values.iter().map(|value| word(target, field, name, value)).collect(),
        numbers,
        single: term.operator == Operator::Like,
    };
    match (name.split_once(".."), term.operator, term.values.as_slice()) {
        (Some((from, _)), Operator::Geq, values) => vec![one(from, values)],
        (Some((_, to)), Operator::Leq, values) => vec![one(to, values)],
        (Some((from, to)), Operator::Between, [low, high]) => {
            vec![one(from, std::slice::from_ref(low)), one(to, std::slice::from_ref(high))]
        }
        (_, _, values) => vec![one(name, values)],
    }
}

/// A value in the parameter's own vocabulary. Records and filters name the same type of run by different words; what a
/// person reads is the same for both.
fn word(target: ListTarget<'_>, field: Option<&Field>, name: &str, value: &str) -> String {
    let own = field.and_then(|field| choices(&field.field_type));
    let its = parameter(target, name).and_then(|field| choices(&field.field_type));
    let (Some(own), Some(its)) = (own, its) else { return value.to_owned() };
    if its.iter().any(|choice| choice.value == value) {
        return value.to_owned();
    }
    let label = own.iter().find(|choice| choice.value == value).map(|choice| &choice.label);
    let same = its.iter().find(|choice| Some(&choice.label) == label);
    same.map_or_else(|| value.to_owned(), |choice| choice.value.clone())
}

fn choices(kind: &FieldType) -> Option<&[Choice]> {
    match kind {
        FieldType::Enum(choices) => Some(choices),
        FieldType::List(item) => choices(item),
        _ => None,
    }
}

impl Sent {
    /// As the value of a query parameter.
    pub(super) fn text(&self) -> String {
        self.values.join(",")
    }

    /// As a member of a body.
    pub(super) fn value(&self) -> Value {
        let value = |text: &String| match text.parse::<i64>() {
            Ok(number) if self.numbers => Value::from(number),
            _ => Value::String(text.clone()),
        };
        match self.values.first() {
            Some(first) if self.single => value(first),
            _ => self.values.iter().map(value).collect(),
        }
    }
}
