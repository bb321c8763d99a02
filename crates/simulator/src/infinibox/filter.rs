//! Filters of a list: `field=operator:value` in the query.

use super::entity::Record;
use super::fault::Fault;
use super::field::{Field, Holds};
use super::value::Value;
use serde_json::Value as Json;
use std::cmp::Ordering;

/// How a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Equal,
    NotEqual,
    IsNull,
    IsNotNull,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
    Between,
    Like,
    AllOf,
    AnyOf,
    NoneOf,
}

/// The operators on the wire and the names that messages give them. The vendor's own client writes some of them
/// shorter than the document does, and the box takes both.
const RELATIONS: &[(&str, Relation, &str)] = &[
    ("eq", Relation::Equal, "EQ"),
    ("neq", Relation::NotEqual, "NE"),
    ("ne", Relation::NotEqual, "NE"),
    ("is", Relation::IsNull, "IS"),
    ("isnot", Relation::IsNotNull, "ISNOT"),
    ("lt", Relation::Less, "LT"),
    ("leq", Relation::LessOrEqual, "LE"),
    ("le", Relation::LessOrEqual, "LE"),
    ("gt", Relation::Greater, "GT"),
    ("geq", Relation::GreaterOrEqual, "GE"),
    ("ge", Relation::GreaterOrEqual, "GE"),
    ("in", Relation::In, "IN"),
    ("notin", Relation::NotIn, "NOTIN"),
    ("between", Relation::Between, "BETWEEN"),
    ("like", Relation::Like, "LIKE"),
    ("allof", Relation::AllOf, "ALLOF"),
    ("anyof", Relation::AnyOf, "ANYOF"),
    ("noneof", Relation::NoneOf, "NONEOF"),
];

/// One filter on one field.
pub(crate) struct Filter<T: 'static> {
    field: &'static Field<T>,
    relation: Relation,
    operands: Vec<Value<'static>>,
}

impl<T: Record> Filter<T> {
    /// Reads the filter of a query pair.
    ///
    /// # Errors
    ///
    /// 400 for a field that is unknown or not filterable, a relation that doesn't apply, or a value that can't be read.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Self, Fault> {
        let field = T::field(name).ok_or_else(|| Fault::unknown_parameter(name))?;
        if !field.filterable {
            return Err(Fault::not_filterable(name));
        }
        let (relation, label, operand) = split(text);
        if !applies(relation, field.holds) {
            return Err(Fault::unsupported_relation(name, label));
        }
        let operands = match relation {
            Relation::IsNull | Relation::IsNotNull if operand.eq_ignore_ascii_case("null") => Vec::new(),
            Relation::IsNull | Relation::IsNotNull => {
                return Err(Fault::malformed_parameter(name, "null"));
            }
            Relation::In | Relation::NotIn | Relation::AllOf | Relation::AnyOf | Relation::NoneOf => {
                members(field, operand)?
            }
            Relation::Between => {
                let bounds = members(field, operand)?;
                if bounds.len() != 2 {
                    return Err(Fault::wrong_parameter(name, operand, "list of exactly 2 values"));
                }
                bounds
            }
            Relation::Like => vec![Value::from(operand.to_lowercase())],
            _ => vec![read(field, operand)?],
        };
        Ok(Self { field, relation, operands })
    }

    /// Whether the record passes. A field without a value equals nothing, and is neither below nor above anything.
    pub(crate) fn passes(&self, record: &T, view: &super::view::View<'_>) -> bool {
        let value = (self.field.read)(record, view);
        let nothing = matches!(value, Value::Null | Value::Absent);
        let first = self.operands.first();
        let ordered = |accept: fn(Ordering) -> bool| {
            !nothing && first.is_some_and(|operand| accept(value.order(operand)))
        };
        match self.relation {
            Relation::IsNull => nothing,
            Relation::IsNotNull => !nothing,
            Relation::Equal => ordered(Ordering::is_eq),
            Relation::NotEqual => !ordered(Ordering::is_eq),
            Relation::Less => ordered(Ordering::is_lt),
            Relation::LessOrEqual => ordered(Ordering::is_le),
            Relation::Greater => ordered(Ordering::is_gt),
            Relation::GreaterOrEqual => ordered(Ordering::is_ge),
            Relation::In => !nothing && self.any_equals(&value),
            Relation::NotIn => nothing || !self.any_equals(&value),
            Relation::Between => {
                !nothing
                    && first.is_some_and(|low| value.order(low).is_ge())
                    && self.operands.get(1).is_some_and(|high| value.order(high).is_le())
            }
            Relation::Like => match (&value, first) {
                (Value::Text(text), Some(Value::Text(part))) => contains(text, part),
                _ => false,
            },
            Relation::AllOf => self.operands.iter().all(|word| lists(&value, word)),
            Relation::AnyOf => self.operands.iter().any(|word| lists(&value, word)),
            Relation::NoneOf => !self.operands.iter().any(|word| lists(&value, word)),
        }
    }

    fn any_equals(&self, value: &Value<'_>) -> bool {
        self.operands.iter().any(|operand| value.order(operand).is_eq())
    }
}

/// Splits the operator off. What stands before a colon is only an operator if it is one: `iqn.…:x` is a plain value.
fn split(text: &str) -> (Relation, &'static str, &str) {
    if let Some((word, operand)) = text.split_once(':') {
        for (operator, relation, label) in RELATIONS {
            if word.eq_ignore_ascii_case(operator) {
                return (*relation, label, operand);
            }
        }
    }
    (Relation::Equal, "EQ", text)
}

fn applies(relation: Relation, holds: Holds) -> bool {
    use Relation::{
        AllOf, AnyOf, Between, Equal, Greater, GreaterOrEqual, IsNotNull, IsNull, Less, LessOrEqual, Like,
        NoneOf, NotEqual,
    };
    match (relation, holds) {
        (IsNull | IsNotNull, _) => true,
        (_, Holds::Anything) => false,
        (AllOf | AnyOf | NoneOf, holds) => matches!(holds, Holds::Words),
        (_, Holds::Words) => false,
        (Like, holds) => matches!(holds, Holds::Text(..) | Holds::Name | Holds::Word(_)),
        (Less | LessOrEqual | Greater | GreaterOrEqual | Between, Holds::Boolean) => false,
        (Equal | NotEqual, _) => true,
        _ => true,
    }
}

fn members<T>(field: &Field<T>, list: &str) -> Result<Vec<Value<'static>>, Fault> {
    let inner = list
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .or_else(|| list.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')))
        .unwrap_or(list);
    inner.split(',').map(|part| read(field, part.trim())).collect()
}

fn read<T>(field: &Field<T>, text: &str) -> Result<Value<'static>, Fault> {
    Ok(match field.holds {
        Holds::Integer(..) => Value::Integer(
            text.parse().map_err(|_malformed| Fault::malformed_parameter(field.name, "a whole number"))?,
        ),
        Holds::Float => Value::Float(
            text.parse().map_err(|_malformed| Fault::malformed_parameter(field.name, "a number"))?,
        ),
        Holds::Boolean => match text.to_ascii_lowercase().as_str() {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            _ => return Err(Fault::malformed_parameter(field.name, "true or false")),
        },
        Holds::Word(words) => match words.iter().find(|word| word.eq_ignore_ascii_case(text)) {
            Some(word) => Value::from(*word),
            // The box quotes the bad value here, not the field.
            None => return Err(Fault::malformed_parameter(text, &format!("a value of {}", field.name))),
        },
        Holds::Text(..) | Holds::Name | Holds::Words | Holds::Anything => Value::from(text.to_owned()),
    })
}

/// Whether a list of words has this one, without regard to case.
fn lists(value: &Value<'_>, word: &Value<'_>) -> bool {
    match (value, word) {
        (Value::Json(Json::Array(words)), Value::Text(wanted)) => {
            words.iter().any(|word| word.as_str().is_some_and(|word| word.eq_ignore_ascii_case(wanted)))
        }
        _ => false,
    }
}

/// Whether `text` holds `part`, which is in lower case already, without regard to case.
fn contains(text: &str, part: &str) -> bool {
    if text.is_ascii() && part.is_ascii() {
        part.is_empty()
            || text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
    } else {
        text.to_lowercase().contains(part)
    }
}

#[cfg(test)]
mod tests {
    use super::contains;
    use crate::infinibox::value::order_text;

    #[test]
    fn text_is_compared_without_case() {
        assert!(contains("ERP-Prod-01", "erp-p"));
        assert!(contains("Größe", "größ"));
        assert!(!contains("short", "much longer than that"));
        assert!(order_text("abc", "ABD").is_lt());
        assert!(order_text("Zoo", "zoO").is_eq());
    }
}
