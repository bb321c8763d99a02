//! Points in time that move with the present: `now-7d`.
//!
//! A query holds them as they are written, so that a link or a saved view means the same tomorrow. They become fixed
//! values when the query is sent.

use boxdeck_catalog::{Field, FieldType, SecondsUnit, input};

use super::Term;

/// Whether a value of a term moves with the present.
#[must_use]
pub fn is_relative(field: &Field, value: &str) -> bool {
    field.field_type.is_time() && offset(value).is_some()
}

/// The term with every moving point in time fixed. `now` is the present in milliseconds since the epoch.
#[must_use]
pub fn resolved(field: &Field, term: &Term, now: i64) -> Term {
    let fix = |value: &String| {
        let micros = field.field_type.is_time().then(|| offset(value)).flatten()?;
        fixed(&field.field_type, now.checked_mul(1000)?.checked_add(micros)?)
    };
    let values = term.values.iter().map(|value| fix(value).unwrap_or_else(|| value.clone())).collect();
    Term { values, ..term.clone() }
}

/// A moving point in time in its one notation, from what a person wrote (`now - 7 days`).
pub(super) fn normal(text: &str) -> Option<String> {
    offset(text).map(written)
}

/// The point that lies as long ago as a person wrote (`7 days`).
pub(super) fn ago(length: &str) -> Result<String, String> {
    match micros(length)? {
        length if length >= 0 => Ok(written(-length)),
        _ => micros("").map(written),
    }
}

/// How long ago a moving point in time lies, as it is written; `None` for a fixed one and for one in the future.
pub(super) fn age(value: &str) -> Option<String> {
    value.strip_prefix("now-").filter(|_| offset(value).is_some()).map(str::to_owned)
}

/// A length of time in microseconds.
fn micros(text: &str) -> Result<i64, String> {
    let text = text.trim();
    if text.chars().all(|character| character.is_ascii_digit()) {
        // A bare number would count microseconds, which nobody means.
        return Err(words::input::age().to_owned());
    }
    let value = input::parse_duration(SecondsUnit::Micro, text)?;
    value.as_i64().ok_or_else(|| words::input::age_too_large().to_owned())
}

/// Microseconds between the present and a moving point in time.
fn offset(text: &str) -> Option<i64> {
    let text = text.trim();
    let rest = text.get(..3).filter(|now| now.eq_ignore_ascii_case("now")).and_then(|_| text.get(3..))?;
    let rest = rest.trim_start();
    match rest.chars().next() {
        None => Some(0),
        Some('-') => micros(rest.get(1..)?).ok().filter(|length| *length >= 0).map(|length| -length),
        Some('+') => micros(rest.get(1..)?).ok().filter(|length| *length >= 0),
        Some(_) => None,
    }
}

fn written(micros: i64) -> String {
    if micros == 0 {
        return "now".to_owned();
    }
    let text = input::duration_text(SecondsUnit::Micro, &micros.unsigned_abs().into());
    let text: String = text.chars().filter(|character| *character != ' ').collect();
    format!("now{}{text}", if micros < 0 { '-' } else { '+' })
}

/// A point in time as a field holds it, cut to what it can hold.
fn fixed(field_type: &FieldType, micros: i64) -> Option<String> {
    match field_type {
        FieldType::Timestamp(unit) => Some(micros.div_euclid(unit.micros()).to_string()),
        _ => Some(input::timestamp_text(SecondsUnit::Second, &micros.div_euclid(1_000_000).into())),
    }
}

#[cfg(test)]
mod tests {
    use boxdeck_catalog::Operator;

    use super::*;

    fn field(field_type: FieldType) -> Field {
        Field { name: "at".to_owned(), field_type, ..Field::default() }
    }

    fn fixed_at(field_type: FieldType, value: &str) -> String {
        let term = Term { field: "at".to_owned(), operator: Operator::Lt, values: vec![value.to_owned()] };
        resolved(&field(field_type), &term, 86_400_000).values.remove(0)
    }

    #[test]
    fn moving_points_are_fixed_in_the_unit_of_the_field() {
        assert_eq!(fixed_at(FieldType::Timestamp(SecondsUnit::Milli), "now-1h"), "82800000");
        assert_eq!(fixed_at(FieldType::Timestamp(SecondsUnit::Second), "now+1d"), "172800");
        assert_eq!(fixed_at(FieldType::DateTime, "now"), "1970-01-02T00:00:00Z");
        assert_eq!(fixed_at(FieldType::DateTime, "1999-12-31T00:00:00Z"), "1999-12-31T00:00:00Z");
        assert_eq!(fixed_at(FieldType::Text, "now-1h"), "now-1h");
    }

    #[test]
    fn there_is_one_notation() {
        assert_eq!(normal("Now - 7 days").as_deref(), Some("now-7d"));
        assert_eq!(normal("now+36h").as_deref(), Some("now+1d12h"));
        assert_eq!(normal("nowhere"), None);
        assert_eq!(normal("now-7"), None);
        assert_eq!(ago("2 weeks").as_deref(), Ok("now-14d"));
        assert!(ago("7").is_err() && ago("-7d").is_err() && ago("soon").is_err());
        assert_eq!((age("now-14d").as_deref(), age("now+1d"), age("now-x")), (Some("14d"), None, None));
    }
}
