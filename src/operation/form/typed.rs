//! What a person typed into one input, and the value that it means.
//!
//! An input holds text, so that a number of 64 bits and half-typed input survive. Absent, null and empty stay three things:
//! what was not there and was not touched is left out, "no value" is chosen by its own control, and an emptied text is an
//! empty text. An input that reads as it did at first has the value that it had at first, whatever its text would parse to.

use boxdeck_catalog::input::{Matcher, Notation, edit_text_in, parse_in, validate_in};
use boxdeck_catalog::{Field, FieldType};
use serde_json::Value;

/// What is said of an input that was left out and may not be.
pub fn missing() -> String {
    words::form::needed().to_owned()
}

/// What only the person's browser knows: time zone, language and regular expressions.
#[derive(Clone, Copy)]
pub struct Locale {
    /// What `datetime-local` holds, as RFC 3339 text in UTC; `None` where it is no time.
    pub to_utc: fn(&str) -> Option<String>,
    /// RFC 3339 text as `datetime-local` holds it.
    pub to_local: fn(&str) -> Option<String>,
    /// Matches a whole text against a pattern in JavaScript's syntax.
    pub matcher: Option<Matcher>,
    /// How numbers are typed.
    pub notation: Notation,
    /// The time zone that the browser is in, where it tells.
    pub zone: fn() -> Option<String>,
}

/// The state of one input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// The text, with its unit.
    pub text: String,
    /// Whether "no value" is chosen.
    pub none: bool,
}

/// What the input held before anyone typed.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Known {
    /// Nothing.
    #[default]
    Nothing,
    /// What the box assumes when the input is left out.
    Default(Value),
    /// What the browser suggests: it goes out with the rest, as the box would assume something else.
    Suggested(Value),
    /// What the record holds.
    Record(Value),
}

/// What an input means.
#[derive(Debug, Clone, PartialEq)]
pub enum Entered {
    /// It is left out.
    Absent,
    /// This value; the same as the record's where nothing has changed.
    Value(Value),
}

/// How an input is read.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// The field.
    pub field: &'a Field,
    /// Whether the operation cannot go without it.
    pub required: bool,
    /// Whether the record's value can be taken away altogether.
    pub removable: bool,
    /// What the browser knows.
    pub locale: Locale,
}

impl Known {
    /// The value, if there is one.
    pub const fn value(&self) -> Option<&Value> {
        match self {
            Self::Nothing => None,
            Self::Default(value) | Self::Suggested(value) | Self::Record(value) => Some(value),
        }
    }
}

/// What an input of something new begins with: a time zone with the person's own, everything else with its default.
pub fn begin(field: &Field, default: Option<Value>, locale: Locale) -> Known {
    let own = matches!(field.field_type, FieldType::TimeZone).then(locale.zone).flatten();
    match own {
        Some(own) => Known::Suggested(Value::String(own)),
        None => default.map_or(Known::Nothing, Known::Default),
    }
}

/// Whether a field has a "no value" of its own.
pub const fn can_be_none(field: &Field) -> bool {
    field.nullable || field.none.is_some()
}

/// What stands for "no value" of a field: its sentinel, else null.
pub fn none_value(field: &Field) -> Value {
    field.none.clone().unwrap_or(Value::Null)
}

/// An input before anyone typed.
pub fn start(field: &Field, known: &Known, locale: Locale) -> Typed {
    let Some(value) = known.value() else { return Typed::default() };
    if field.secret {
        return Typed::default();
    }
    if field.is_none(Some(value)) {
        return Typed { text: String::new(), none: can_be_none(field) };
    }
    let text = edit_text_in(field, value, locale.notation);
    let text = if field.field_type.is_time() { (locale.to_local)(&text).unwrap_or(text) } else { text };
    Typed { text, none: false }
}

/// Reads an input.
///
/// # Errors
/// What would be accepted, as a sentence.
pub fn read(rules: Rules<'_>, known: &Known, typed: &Typed) -> Result<Entered, String> {
    let field = rules.field;
    if field.secret {
        let needed = rules.required && !matches!(known, Known::Record(_));
        return match typed.text.as_str() {
            "" if needed => Err(missing()),
            "" => Ok(Entered::Absent),
            text => checked(rules, Value::String(text.to_owned())),
        };
    }
    if *typed == start(field, known, rules.locale) {
        return untouched(rules, known);
    }
    if typed.none {
        return Ok(Entered::Value(none_value(field)));
    }
    if is_empty(field, &typed.text) {
        return emptied(rules, known);
    }
    let text = if field.field_type.is_time() {
        (rules.locale.to_utc)(&typed.text).ok_or_else(|| words::form::enter_time().to_owned())?
    } else {
        typed.text.clone()
    };
    let value = parse_in(field, &text, rules.locale.notation)?;
    if let (true, Known::Record(held)) = (field.grows, known)
        && is_less(&value, held)
    {
        return Err(words::input::grows(edit_text_in(field, held, rules.locale.notation)));
    }
    checked(rules, value)
}

/// Whether a whole number is less than another.
fn is_less(value: &Value, other: &Value) -> bool {
    let whole = |value: &Value| value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    whole(value).zip(whole(other)).is_some_and(|(value, other)| value < other)
}

/// An input that reads as at first.
fn untouched(rules: Rules<'_>, known: &Known) -> Result<Entered, String> {
    match known {
        Known::Record(value) if !value.is_null() || rules.field.nullable => Ok(Entered::Value(value.clone())),
        Known::Suggested(value) => Ok(Entered::Value(value.clone())),
        Known::Default(value) if rules.required => Ok(Entered::Value(value.clone())),
        _ if rules.required => Err(missing()),
        _ => Ok(Entered::Absent),
    }
}

/// An input that held something and is empty now.
fn emptied(rules: Rules<'_>, known: &Known) -> Result<Entered, String> {
    if rules.required && rules.field.takes_empty() {
        return Ok(Entered::Value(Value::String(String::new())));
    }
    let Known::Record(_) = known else {
        return if rules.required { Err(missing()) } else { Ok(Entered::Absent) };
    };
    if rules.required {
        return Err(missing());
    }
    if rules.removable {
        return Ok(Entered::Value(Value::Null));
    }
    if is_prose(&rules.field.field_type) {
        return checked(rules, Value::String(String::new()));
    }
    if matches!(rules.field.field_type, FieldType::List(_) | FieldType::Map(_)) {
        return checked(rules, parse_in(rules.field, "", rules.locale.notation)?);
    }
    if can_be_none(rules.field) {
        return Ok(Entered::Value(none_value(rules.field)));
    }
    Err(words::form::cannot_be_empty().to_owned())
}

fn checked(rules: Rules<'_>, value: Value) -> Result<Entered, String> {
    validate_in(rules.field, &value, rules.locale.matcher, rules.locale.notation)?;
    Ok(Entered::Value(value))
}

/// Whether an empty text is a value of its own.
const fn is_prose(field_type: &FieldType) -> bool {
    matches!(field_type, FieldType::Text | FieldType::Multiline | FieldType::Pem)
}

fn is_empty(field: &Field, text: &str) -> bool {
    if is_prose(&field.field_type) { text.is_empty() } else { text.trim().is_empty() }
}

/// A number and its unit, from a text such as `10 GiB`. What is no single amount (`1 h 30 min`) stays together.
pub fn split_unit(text: &str, units: &[&str]) -> Option<(String, String)> {
    let (number, unit) = text.rsplit_once(' ').or_else(|| {
        let at = text.find(|character: char| !is_of_number(character))?;
        text.split_at_checked(at)
    })?;
    (number.chars().all(|character| is_of_number(character) || character == '-') && units.contains(&unit))
        .then(|| (number.to_owned(), unit.to_owned()))
}

/// A number and its unit, from what a person typed where units can be chosen: in any case, with or without a space.
pub fn typed_unit<'a>(text: &str, units: &[&'a str]) -> Option<(String, &'a str)> {
    let text = text.trim();
    let at = text.find(char::is_alphabetic)?;
    let (number, unit) = text.split_at_checked(at)?;
    let number = number.trim_end();
    let is_number =
        !number.is_empty() && number.chars().all(|character| is_of_number(character) || character == '-');
    let known = units.iter().find(|known| known.eq_ignore_ascii_case(unit));
    known.filter(|_| is_number).map(|known| (number.to_owned(), *known))
}

/// Whether a character can stand in a number, whatever the language.
const fn is_of_number(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '.' | ',')
}

/// The text of a number with a unit beside it. A unit that was typed with the number wins.
pub fn join_unit(number: &str, unit: &str) -> String {
    let number = number.trim();
    let has_own =
        number.contains(|character: char| character.is_alphabetic() || matches!(character, '%' | ':'));
    if number.is_empty() || unit.is_empty() || has_own {
        number.to_owned()
    } else {
        format!("{number} {unit}")
    }
}

#[cfg(test)]
mod tests;
