//! The one place where values become text for a person.
//!
//! [`value`] is what lists and record pages use: it looks at the field's type. The parts below it are pure and tested
//! natively, except for numbers and dates, which the browser's `Intl` writes in the person's language.

pub mod amount;
pub mod csv;
pub mod date;
pub mod money;
pub mod words;
pub mod zone;

use boxdeck_catalog::input::Notation;
use boxdeck_catalog::{Field, FieldType, Tone};
use serde_json::Value;

/// A value, ready to be shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shown {
    /// What is read.
    pub text: String,
    /// The exact value, for a tooltip, where `text` is rounded or relative.
    pub exact: Option<Exact>,
    /// What it says about health.
    pub tone: Tone,
    /// Whether it stands for "nothing here".
    pub none: bool,
}

/// An exact value. It is kept as it is and told when it is asked for: of all in a list most never are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Exact {
    /// Bytes.
    Bytes(i128),
    /// A point in time, in milliseconds since the epoch.
    Time(f64),
}

impl Exact {
    /// The value as a person reads it.
    pub fn text(self) -> String {
        match self {
            Self::Bytes(total) => amount::exact_bytes(total),
            Self::Time(millis) => date::exact(millis),
        }
    }
}

/// How numbers are shown and typed in the language that the console speaks.
pub fn notation() -> Notation {
    Notation::of_decimal(::words::format::decimal_point())
}

/// Sign for "nothing here".
pub const NONE: &str = "—";

/// Formats a field's value. `now` is the present, in milliseconds since the epoch.
pub fn value(field: &Field, value: Option<&Value>, now: f64) -> Shown {
    if field.secret {
        return plain(if field.is_none(value) { NONE.to_owned() } else { "••••••".to_owned() });
    }
    match value {
        Some(value) if !field.is_none(Some(value)) => {
            let shown = typed(&field.field_type, value, now);
            let tells = field.tone != Tone::Plain && !is_zero(value);
            if tells { Shown { tone: field.tone, ..shown } } else { shown }
        }
        _ => Shown { text: NONE.to_owned(), none: true, ..Shown::default() },
    }
}

/// Whether a count or a switch says that there is nothing.
fn is_zero(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Bool(flag) => !flag,
        _ => true,
    }
}

/// How much a state asks for attention.
const fn gravity(tone: Tone) -> u8 {
    match tone {
        Tone::Plain => 0,
        Tone::Good => 1,
        Tone::Off => 2,
        Tone::Busy => 3,
        Tone::Warn => 4,
        Tone::Bad => 5,
    }
}

fn plain(text: String) -> Shown {
    Shown { text, ..Shown::default() }
}

fn typed(field_type: &FieldType, value: &Value, now: f64) -> Shown {
    match (field_type, value) {
        (FieldType::Bytes(unit), Value::Number(number)) => match amount::bytes(number, *unit) {
            Some(total) => Shown {
                text: amount::short_bytes(total),
                exact: Some(Exact::Bytes(total)),
                ..Shown::default()
            },
            None => plain(number.to_string()),
        },
        (FieldType::Number, Value::Number(number)) => plain(amount::pointed(&number.to_string())),
        (FieldType::Percent, Value::Number(number)) => {
            plain(format!("{}\u{a0}%", amount::pointed(&number.to_string())))
        }
        (FieldType::Fraction, Value::Number(number)) => plain(number.as_f64().map_or_else(
            || number.to_string(),
            |share| format!("{}\u{a0}%", amount::rounded(share * 100.0)),
        )),
        (FieldType::Ratio, Value::Number(number)) => plain(
            number
                .as_f64()
                .map_or_else(|| number.to_string(), |ratio| format!("{}:1", amount::rounded(ratio))),
        ),
        (FieldType::BitRate, Value::Number(number)) => plain(amount::bit_rate(number)),
        (FieldType::Duration(unit), Value::Number(number)) => match number.as_i64() {
            Some(count) => plain(amount::duration(count, *unit)),
            None => plain(number.to_string()),
        },
        (FieldType::Timestamp(unit), Value::Number(number)) => match number.as_i64() {
            Some(count) => date::shown(count.saturating_mul(unit.micros()) as f64 / 1000.0, now),
            None => plain(number.to_string()),
        },
        (FieldType::Gmt(stamp), Value::String(wire)) => plain(stamp.shown(wire)),
        (FieldType::LocalTime, Value::String(wire)) => plain(wire.replace('T', "\u{a0}")),
        (FieldType::DateTime, Value::String(text)) => match date::parse(text) {
            Some(millis) => date::shown(millis, now),
            None => plain(text.clone()),
        },
        (FieldType::Enum(choices), value) => {
            let wire = boxdeck_dialect::answer::value_text(value).unwrap_or_default();
            match choices.iter().find(|choice| choice.value == wire) {
                Some(choice) => Shown { text: choice.label.clone(), tone: choice.tone, ..Shown::default() },
                None => plain(wire),
            }
        }
        (FieldType::Boolean, Value::Bool(flag)) => {
            plain(if *flag { ::words::common::yes() } else { ::words::common::no() }.to_owned())
        }
        (FieldType::List(item), Value::Array(items)) => {
            let shown: Vec<Shown> = items.iter().map(|value| typed(item, value, now)).collect();
            if shown.is_empty() {
                return Shown { text: NONE.to_owned(), none: true, ..Shown::default() };
            }
            // Of several states, the gravest.
            let tone = shown.iter().map(|shown| shown.tone).max_by_key(|tone| gravity(*tone));
            let texts: Vec<&str> = shown.iter().map(|shown| shown.text.as_str()).collect();
            Shown { text: texts.join(", "), tone: tone.unwrap_or_default(), ..Shown::default() }
        }
        (FieldType::Object(fields), Value::Object(object)) => {
            let texts: Vec<String> = fields
                .iter()
                .filter(|field| object.contains_key(&field.name))
                .map(|field| {
                    format!("{}: {}", field.label, self::value(field, object.get(&field.name), now).text)
                })
                .collect();
            plain(texts.join(", "))
        }
        // Where the type depends on other fields, the wire may have a number in quotes.
        (kind, Value::String(text)) if kind.is_number() => match boxdeck_catalog::number_of(text) {
            Some(number) => typed(kind, &number, now),
            None => plain(text.clone()),
        },
        (_, Value::String(text)) => plain(text.clone()),
        (_, other) => plain(boxdeck_dialect::answer::json_text(other)),
    }
}
