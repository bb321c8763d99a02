//! Lengths of time.

use serde_json::{Number, Value};

use super::decimal::Decimal;
use super::units::TIMES;
use super::{from_i128, whole};
use crate::field::SecondsUnit;

/// Reads a duration: numbers with units in any order, or a bare number in the field's own unit. No space around it.
///
/// # Errors
/// What would be accepted, as a sentence for the person who typed it.
pub fn parse(unit: SecondsUnit, text: &str) -> Result<Value, String> {
    let expected = || words::input::duration().to_owned();
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest.trim_start()),
        None => (1, text),
    };
    let own = i128::from(unit.micros());
    let mut micros: i128 = 0;
    let mut count = 0;
    while !rest.is_empty() {
        let end = rest.find(|character: char| !character.is_ascii_digit() && character != '.');
        let (number, tail) = rest.split_at(end.unwrap_or(rest.len()));
        let tail = tail.trim_start();
        let end = tail
            .find(|sign: char| sign.is_whitespace() || sign.is_ascii_digit() || sign.is_ascii_punctuation());
        let (word, tail) = tail.split_at(end.unwrap_or(tail.len()));
        rest = tail.trim_start();
        let factor =
            if word.is_empty() { (count == 0 && rest.is_empty()).then_some(own) } else { factor(word) };
        let part = Decimal::parse(number).zip(factor).and_then(|(number, factor)| number.times(factor));
        micros = part.and_then(|part| micros.checked_add(part)).ok_or_else(expected)?;
        count += 1;
    }
    if count == 0 {
        return Err(expected());
    }
    if micros.checked_rem(own) != Some(0) {
        return Err(words::input::whole_durations(name(unit)));
    }
    from_i128(micros.checked_div(own).unwrap_or(micros).saturating_mul(sign))
}

/// A duration, for editing: `1 h 30 min`.
#[must_use]
pub fn text(unit: SecondsUnit, number: &Number) -> String {
    let own = i128::from(unit.micros());
    let Some(micros) = whole(number).and_then(|count| count.checked_mul(own)) else {
        return number.to_string();
    };
    let mut rest = micros.abs();
    let mut parts = Vec::new();
    for (name, factor) in TIMES.iter().rev() {
        let (count, remainder) = (rest / factor, rest % factor);
        if count > 0 {
            parts.push(format!("{count} {name}"));
        }
        rest = remainder;
    }
    if parts.is_empty() {
        return format!("0 {}", short(unit));
    }
    format!("{}{}", if micros < 0 { "-" } else { "" }, parts.join(" "))
}

/// Microseconds of a unit's word, in any of the console's languages: a note from a colleague reads the same in all of them.
fn factor(word: &str) -> Option<i128> {
    let part = match word.to_ascii_lowercase().as_str() {
        "us" | "µs" | "μs" | "microsecond" | "microseconds" | "mikrosekunde" | "mikrosekunden" => "µs",
        "ms" | "millisecond" | "milliseconds" | "millisekunde" | "millisekunden" => "ms",
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunde" | "sekunden" => "s",
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => "min",
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" => "h",
        "d" | "day" | "days" | "tag" | "tage" | "tagen" => "d",
        "w" | "week" | "weeks" | "woche" | "wochen" => return Some(7 * 86_400_000_000),
        _ => return None,
    };
    TIMES.iter().find(|(name, _)| *name == part).map(|(_, factor)| *factor)
}

fn short(unit: SecondsUnit) -> &'static str {
    match unit {
        SecondsUnit::Micro => "µs",
        SecondsUnit::Milli => "ms",
        SecondsUnit::Second => "s",
        SecondsUnit::Minute => "min",
        SecondsUnit::Hour => "h",
        SecondsUnit::Day => "d",
    }
}

fn name(unit: SecondsUnit) -> &'static str {
    match unit {
        SecondsUnit::Micro => words::input::microseconds(),
        SecondsUnit::Milli => words::input::milliseconds(),
        SecondsUnit::Second => words::input::seconds(),
        SecondsUnit::Minute => words::input::minutes(),
        SecondsUnit::Hour => words::input::hours(),
        SecondsUnit::Day => words::input::days(),
    }
}
