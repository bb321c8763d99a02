//! What a list can be filtered by: the fields and comparisons that the box itself applies, and how they read.

use boxdeck_catalog::{Catalog, Field, FieldType, Operator};
use boxdeck_dialect::{Dialect, ListTarget, Term};
use serde_json::Value;

/// A field that the box can filter a list by.
#[derive(Debug, Clone, PartialEq)]
pub struct Filterable {
    /// The field, or the parameter of the list that reads like one.
    pub field: Field,
    /// The comparisons that the box applies to it, in the order of a menu.
    pub operators: Vec<Operator>,
}

/// Everything that the box can filter a list by, in the order of the catalog.
pub fn filterables(catalog: &Catalog, dialect: &dyn Dialect, target: ListTarget<'_>) -> Vec<Filterable> {
    let resource = target.resource;
    let parameters = target
        .operation
        .parameters
        .iter()
        .filter(|parameter| parameter.from.is_input() && !parameter.field.create.is_no())
        .map(|parameter| &parameter.field)
        .filter(|field| resource.field(&field.name).is_none());
    resource
        .fields
        .iter()
        .chain(parameters)
        .filter(|field| !field.secret)
        .filter_map(|field| {
            let allowed = dialect.operators(catalog, target, &field.name);
            let operators: Vec<Operator> =
                Operator::ALL.into_iter().filter(|operator| allowed.contains(operator)).collect();
            (!operators.is_empty()).then(|| Filterable { field: field.clone(), operators })
        })
        .collect()
}

/// The filterable field of that name.
pub fn find<'a>(filterables: &'a [Filterable], name: &str) -> Option<&'a Filterable> {
    filterables.iter().find(|filterable| filterable.field.name == name)
}

/// How many values a comparison takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arity {
    /// None: it looks whether there is a value.
    None,
    /// One.
    One,
    /// The least and the greatest.
    Two,
    /// One or more.
    Many,
}

/// How many values a comparison takes.
pub const fn arity(operator: Operator) -> Arity {
    match operator {
        Operator::Is | Operator::IsNot => Arity::None,
        Operator::Between => Arity::Two,
        Operator::In | Operator::NotIn => Arity::Many,
        _ => Arity::One,
    }
}

/// What a comparison reads like between a field's label and its values.
pub const fn words(operator: Operator, field_type: &FieldType) -> &'static str {
    let in_time = matches!(field_type, FieldType::Timestamp(_) | FieldType::DateTime);
    match operator {
        Operator::Eq => "is",
        Operator::Neq => "is not",
        Operator::Like => "contains",
        Operator::In => "is one of",
        Operator::NotIn => "is none of",
        Operator::Lt if in_time => "is before",
        Operator::Leq if in_time => "is not after",
        Operator::Gt if in_time => "is after",
        Operator::Geq if in_time => "is not before",
        Operator::Lt => "is less than",
        Operator::Leq => "is at most",
        Operator::Gt => "is more than",
        Operator::Geq => "is at least",
        Operator::Between => "is between",
        Operator::Is => "is empty",
        Operator::IsNot => "is not empty",
    }
}

/// A text of a term as the value that a record would hold, so that it is shown in the same way.
pub fn wire_value(field: &Field, text: &str) -> Value {
    match field.field_type {
        FieldType::Boolean => text.parse().map_or_else(|_not_boolean| Value::from(text), Value::Bool),
        FieldType::Text
        | FieldType::Multiline
        | FieldType::Enum(_)
        | FieldType::Email
        | FieldType::Address => Value::from(text),
        _ => text.parse::<serde_json::Number>().map_or_else(|_not_a_number| Value::from(text), Value::Number),
    }
}

/// A term in words. `show` writes one value as a record would show it.
pub fn sentence(field: &Field, term: &Term, show: impl Fn(&Field, &Value) -> String) -> String {
    let value = |text: &String| match term.operator {
        // A part of a text is no value of the field.
        Operator::Like => format!("“{text}”"),
        _ => show(field, &wire_value(field, text)),
    };
    let values: Vec<String> = term.values.iter().map(value).collect();
    let values = match arity(term.operator) {
        Arity::None => String::new(),
        Arity::Two => values.join(" and "),
        Arity::One | Arity::Many => values.join(", "),
    };
    format!("{} {} {values}", field.label, words(term.operator, &field.field_type)).trim_end().to_owned()
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
