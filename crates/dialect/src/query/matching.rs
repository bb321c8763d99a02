//! Terms that the box cannot apply, held against the rows that were loaded.

use std::cmp::Ordering;

use boxdeck_catalog::{Field, FieldType, Operator, Resource};
use serde_json::Value;

use super::Term;
use super::compare::compare;
use super::relative::resolved;
use crate::answer::{Record, value_text};
use crate::letters::lower;

/// Whether a record satisfies a term. `now` is the present in milliseconds since the epoch. A term on a field that the
/// resource does not have is satisfied by no record.
#[must_use]
pub fn matches(resource: &Resource, term: &Term, record: &Record, now: i64) -> bool {
    let Some(field) = resource.field(&term.field) else { return false };
    holds(field, &resolved(field, term, now), record.get(&field.name))
}

fn holds(field: &Field, term: &Term, value: Option<&Value>) -> bool {
    let value = value.filter(|value| !field.is_none(Some(value)));
    match (term.operator, value) {
        (Operator::Is, value) => value.is_none(),
        (Operator::IsNot, value) => value.is_some(),
        // What has no value differs from every value.
        (Operator::Neq | Operator::NotIn, None) => true,
        (_, None) => false,
        (Operator::Neq | Operator::NotIn, Some(value)) => !is_one_of(field, term, value),
        (Operator::Eq | Operator::In, Some(value)) => is_one_of(field, term, value),
        (Operator::Like, Some(value)) => {
            term.values.first().is_some_and(|text| contains(value, &lower(text)))
        }
        (operator, Some(value)) => is_in_order(field, operator, &term.values, value),
    }
}

/// Whether a value, or an item of a list, equals one of the term's.
fn is_one_of(field: &Field, term: &Term, value: &Value) -> bool {
    let equals = |item: &FieldType, value: &Value| {
        term.values.iter().any(|text| compare(item, value, text) == Some(Ordering::Equal))
    };
    match (&field.field_type, value) {
        (FieldType::List(item), Value::Array(values)) => values.iter().any(|value| equals(item, value)),
        (field_type, value) => equals(field_type, value),
    }
}

fn is_in_order(field: &Field, operator: Operator, values: &[String], value: &Value) -> bool {
    let order = |place: usize| values.get(place).and_then(|text| compare(&field.field_type, value, text));
    match operator {
        Operator::Lt => order(0) == Some(Ordering::Less),
        Operator::Leq => order(0).is_some_and(Ordering::is_le),
        Operator::Gt => order(0) == Some(Ordering::Greater),
        Operator::Geq => order(0).is_some_and(Ordering::is_ge),
        Operator::Between => order(0).is_some_and(Ordering::is_ge) && order(1).is_some_and(Ordering::is_le),
        _ => false,
    }
}

/// Whether a text stands anywhere in a value. `sought` is in lower case.
fn contains(value: &Value, sought: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| contains(item, sought)),
        value => value_text(value).is_some_and(|text| lower(&text).contains(sought)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::query::url::parse_term;

    fn holds_for(field_type: Value, value: Value, condition: &str) -> bool {
        let resource: Resource = serde_json::from_value(json!({
            "id": "a", "title": "A", "singular": "a", "area": "x", "operations": [],
            "fields": [{ "name": "f", "label": "F", "type": field_type, "none": 0 }]
        }))
        .expect("a resource");
        let term = parse_term(&format!("f:{condition}")).expect("a term");
        let record = Record([("f".to_owned(), value)].into_iter().collect());
        matches(&resource, &term, &record, 1_000_000)
    }

    #[test]
    fn numbers_are_compared_without_losing_a_digit() {
        let size = || json!({ "bytes": 1 });
        assert!(holds_for(size(), json!(9_007_199_254_740_993_u64), "gt:9007199254740992"));
        assert!(!holds_for(size(), json!(9_007_199_254_740_993_u64), "eq:9007199254740992"));
        assert!(holds_for(size(), json!(5), "between:5,7") && !holds_for(size(), json!(8), "between:5,7"));
        assert!(holds_for(json!("number"), json!(2.5), "geq:2.5"));
        assert!(!holds_for(json!("integer"), json!(9), "lt:10x"));
    }

    #[test]
    fn nothing_is_empty_and_differs_from_everything() {
        for nothing in [json!(null), json!(0)] {
            assert!(holds_for(json!("integer"), nothing.clone(), "is"));
            assert!(holds_for(json!("integer"), nothing.clone(), "neq:7"));
            assert!(!holds_for(json!("integer"), nothing, "lt:7"));
        }
        assert!(holds_for(json!("integer"), json!(1), "isnot"));
    }

    #[test]
    fn texts_lists_flags_and_times() {
        assert!(holds_for(json!("text"), json!("Payroll-DB"), "like:roll-db"));
        assert!(!holds_for(json!("text"), json!("Payroll-DB"), "eq:payroll-db"));
        assert!(holds_for(json!({ "list": "text" }), json!(["a", "b"]), "eq:b"));
        assert!(holds_for(json!({ "list": "text" }), json!(["a", "b"]), "notin:c,d"));
        assert!(holds_for(json!("boolean"), json!(true), "eq:true"));
        let time = json!("1970-01-01T02:00:00+02:00");
        assert!(holds_for(json!("date-time"), time.clone(), "eq:1970-01-01T00:00:00Z"));
        assert!(holds_for(json!("date-time"), time, "lt:now"));
        assert!(holds_for(json!({ "timestamp": "ms" }), json!(999_999), "gt:now-1s"));
        assert!(!holds_for(json!({ "timestamp": "ms" }), json!(998_000), "gt:now-1s"));
    }
}
