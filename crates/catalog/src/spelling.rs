//! Values that the wire spells otherwise than their type says.

use serde::Serialize;
use serde_json::Value;

use crate::field::{Field, FieldType};

/// How the wire spells a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Spelling {
    /// As its type says.
    #[default]
    Own,
    /// A number as a text (`"1554755537223"`).
    Text,
    /// A choice as a number (`3`).
    Number,
    /// An amount of data in bytes as a whole number with a letter for its binary unit (`100T`). It is only read.
    Letter,
}

impl Spelling {
    /// Whether it is [`Spelling::Own`].
    #[must_use]
    pub const fn is_own(&self) -> bool {
        matches!(self, Self::Own)
    }
}

impl Field {
    /// A value as the wire spells it.
    #[must_use]
    pub fn to_wire(&self, value: Value) -> Value {
        match (self.wire, value) {
            (Spelling::Text, Value::Number(number)) => Value::String(number.to_string()),
            (Spelling::Number, Value::String(text)) => {
                text.parse::<i64>().map_or(Value::String(text), Value::from)
            }
            (_, value) => inside(&self.field_type, value, Self::to_wire),
        }
    }

    /// A value of the wire as the type has it. What is no number stays a text: amounts beyond 64 bits keep every digit.
    #[must_use]
    pub fn from_wire(&self, value: Value) -> Value {
        match (self.wire, value) {
            (Spelling::Text, Value::String(text)) => number_of(&text).unwrap_or(Value::String(text)),
            (Spelling::Number, Value::Number(number)) => Value::String(number.to_string()),
            (Spelling::Letter, Value::String(text)) => {
                amount_of(&text).or_else(|| number_of(&text)).unwrap_or(Value::String(text))
            }
            (_, value) => inside(&self.field_type, value, Self::from_wire),
        }
    }
}

/// Applies a spelling to the fields inside a value.
fn inside(field_type: &FieldType, value: Value, spell: fn(&Field, Value) -> Value) -> Value {
    match (field_type, value) {
        (FieldType::Object(fields), Value::Object(mut members)) => {
            for field in fields {
                if let Some(value) = members.get_mut(&field.name) {
                    *value = spell(field, value.take());
                }
            }
            Value::Object(members)
        }
        (FieldType::List(item) | FieldType::Map(item), value) if has_fields(item) => match value {
            Value::Array(items) => {
                Value::Array(items.into_iter().map(|value| inside(item, value, spell)).collect())
            }
            Value::Object(members) => Value::Object(
                members.into_iter().map(|(key, value)| (key, inside(item, value, spell))).collect(),
            ),
            value => value,
        },
        (_, value) => value,
    }
}

fn has_fields(field_type: &FieldType) -> bool {
    match field_type {
        FieldType::Object(_) => true,
        FieldType::List(item) | FieldType::Map(item) => has_fields(item),
        _ => false,
    }
}

/// Letters of the binary units, each 1024 times the one before, from KiB on.
const LETTERS: &str = "KMGTPE";

/// The bytes that a whole number with the letter of a unit counts.
fn amount_of(text: &str) -> Option<Value> {
    let letter = text.chars().next_back()?;
    let power = LETTERS.find(letter)? + 1;
    let count: u64 = text.strip_suffix(letter)?.parse().ok()?;
    Some(count.checked_mul(1 << (10 * power))?.into())
}

/// The number that a text spells exactly.
#[must_use]
pub fn number_of(text: &str) -> Option<Value> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(number.into());
    }
    if let Ok(number) = text.parse::<u64>() {
        return Some(number.into());
    }
    // As JSON's decimals are read: the standard library's tables for them are 13 kB of a first visit, and do not compress.
    let is_decimal = text.contains(['.', 'e', 'E']);
    // Some write `.1`, which JSON does not know.
    let whole = if text.starts_with('.') { "0" } else { "" };
    serde_json::from_slice(format!("{whole}{text}").as_bytes())
        .ok()
        .filter(|value: &Value| is_decimal && value.is_number())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::field::SecondsUnit;

    fn field(field_type: FieldType, wire: Spelling) -> Field {
        Field { name: "x".to_owned(), field_type, wire, ..Field::default() }
    }

    #[test]
    fn numbers_in_quotes_are_numbers_here() {
        let time = field(FieldType::Timestamp(SecondsUnit::Milli), Spelling::Text);
        assert_eq!(time.from_wire(json!("1554755537223")), json!(1_554_755_537_223_i64));
        assert_eq!(time.to_wire(json!(1_554_755_537_223_i64)), json!("1554755537223"));
        assert_eq!(field(FieldType::Fraction, Spelling::Text).from_wire(json!("0.06")), json!(0.06));
        // More than 64 bits can hold, and what is no number.
        for text in ["123456789012345678901234567890", "", "n/a"] {
            assert_eq!(time.from_wire(json!(text)), json!(text));
        }
        assert_eq!(time.from_wire(Value::Null), Value::Null);
    }

    #[test]
    fn numbers_of_choices_are_texts_here() {
        let level = field(FieldType::Enum(Vec::new()), Spelling::Number);
        assert_eq!(level.from_wire(json!(3)), json!("3"));
        assert_eq!(level.to_wire(json!("3")), json!(3));
        assert_eq!(level.to_wire(json!("high")), json!("high"));
    }

    #[test]
    fn amounts_with_a_letter_are_bytes_here() {
        let most = field(FieldType::Bytes(1), Spelling::Letter);
        assert_eq!(most.from_wire(json!("100T")), json!(100_u64 << 40));
        assert_eq!(most.from_wire(json!("1023G")), json!(1023_u64 << 30));
        assert_eq!(most.from_wire(json!("-1")), json!(-1));
        for text in ["", "T", "99999999P", "12X", "1.5T"] {
            assert_eq!(most.from_wire(json!(text)), json!(text));
        }
        assert_eq!(most.from_wire(Value::Null), Value::Null);
        assert_eq!(number_of(".1"), Some(json!(0.1)));
    }

    #[test]
    fn fields_inside_are_spelled_too() {
        let size = field(FieldType::Bytes(1024), Spelling::Text);
        let disks = field(FieldType::List(Box::new(FieldType::Object(vec![size]))), Spelling::Own);
        let wire = json!([{"x": "7", "y": "7"}, {"y": 1}]);
        let here = json!([{"x": 7, "y": "7"}, {"y": 1}]);
        assert_eq!(disks.from_wire(wire.clone()), here);
        assert_eq!(disks.to_wire(here), wire);
    }
}
