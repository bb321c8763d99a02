//! How the terms of a filter read.

pub mod bar;
pub mod chip;
mod dialog;
mod draft;
mod fields;
mod names;
mod reference;
mod search_box;
mod text;
mod values;
pub mod wish;
mod wording;

use boxdeck_catalog::{Field, FieldType, Operator};
pub use boxdeck_dialect::query::{Arity, Comparison, Filterable, Side, arity, wire_value};
use boxdeck_dialect::{Term, query};
use serde_json::Value;
use words::filter as say;

/// The filterable field of that name.
pub fn find<'a>(filterables: &'a [Filterable], name: &str) -> Option<&'a Filterable> {
    filterables.iter().find(|filterable| filterable.field.name == name)
}

/// What a comparison reads like between a field's label and its values.
pub fn words(comparison: Comparison, field_type: &FieldType) -> &'static str {
    let in_time = field_type.is_time();
    let operator = match comparison {
        Comparison::OlderThan => return say::words_older(),
        Comparison::NewerThan => return say::words_newer(),
        Comparison::Plain(operator) => operator,
    };
    match operator {
        Operator::Eq => say::words_eq(),
        Operator::Neq => say::words_neq(),
        Operator::Like => say::words_like(),
        Operator::In => say::words_in(),
        Operator::NotIn => say::words_notin(),
        Operator::Lt if in_time => say::words_lt_time(),
        Operator::Leq if in_time => say::words_leq_time(),
        Operator::Gt if in_time => say::words_gt_time(),
        Operator::Geq if in_time => say::words_geq_time(),
        Operator::Lt => say::words_lt(),
        Operator::Leq => say::words_leq(),
        Operator::Gt => say::words_gt(),
        Operator::Geq => say::words_geq(),
        Operator::Between => say::words_between(),
        Operator::Is => say::words_is(),
        Operator::IsNot => say::words_isnot(),
    }
}

/// The values of a term as a person reads them. `show` writes one value as a record would show it.
pub fn said_values(field: &Field, term: &Term, show: impl Fn(&Field, &Value) -> String) -> Vec<String> {
    if let Some(age) = query::age_of(field, term) {
        return vec![age];
    }
    let value = |text: &String| match term.operator {
        // A part of a text is no value of the field.
        Operator::Like => format!("“{text}”"),
        _ if query::is_relative(field, text) => text.clone(),
        _ => show(field, &wire_value(field, text)),
    };
    term.values.iter().map(value).collect()
}

/// A term in words. `show` as for [`said_values`].
pub fn sentence(field: &Field, term: &Term, show: impl Fn(&Field, &Value) -> String) -> String {
    let values = said_values(field, term, show);
    let values = match arity(term.operator) {
        Arity::None => String::new(),
        Arity::Two => values.join(say::and()),
        Arity::One | Arity::Many => values.join(", "),
    };
    let comparison = words(query::comparison(field, term), &field.field_type);
    format!("{} {comparison} {values}", field.label).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(json: Value) -> Field {
        serde_json::from_value(json).expect("a field")
    }

    fn said(field: &Field, text: &str) -> String {
        let term = boxdeck_dialect::query::url::parse_term(text).expect("a term");
        sentence(field, &term, |_field, value| boxdeck_dialect::answer::value_text(value).unwrap_or_default())
    }

    #[test]
    fn terms_read_as_sentences() {
        let size = field(serde_json::json!({ "name": "size", "label": "Size", "type": { "bytes": 1 } }));
        let at =
            field(serde_json::json!({ "name": "at", "label": "Created", "type": { "timestamp": "ms" } }));
        let name = field(serde_json::json!({ "name": "name", "label": "Name" }));
        assert_eq!(said(&size, "size:geq:9007199254740993"), "Size is at least 9007199254740993");
        assert_eq!(said(&size, "size:between:1,2"), "Size is between 1 and 2");
        assert_eq!(said(&at, "at:lt:1000"), "Created is before 1000");
        assert_eq!(said(&at, "at:lt:now-7d"), "Created is older than 7d");
        assert_eq!(said(&at, "at:geq:now-7d"), "Created is not before now-7d");
        assert_eq!(said(&name, "name:like:db"), "Name contains “db”");
        assert_eq!(said(&name, "name:notin:a,b"), "Name is none of a, b");
        assert_eq!(said(&name, "name:is"), "Name is empty");
    }

    #[test]
    fn values_have_the_type_of_the_field() {
        let name = field(serde_json::json!({ "name": "name", "label": "Name" }));
        let size = field(serde_json::json!({ "name": "size", "label": "Size", "type": { "bytes": 1 } }));
        let flag = field(serde_json::json!({ "name": "flag", "label": "Flag", "type": "boolean" }));
        assert_eq!(wire_value(&name, "123"), Value::from("123"));
        assert_eq!(wire_value(&size, "9007199254740993"), Value::from(9_007_199_254_740_993_u64));
        assert_eq!(wire_value(&flag, "true"), Value::Bool(true));
        assert_eq!(wire_value(&flag, "perhaps"), Value::from("perhaps"));
    }
}
