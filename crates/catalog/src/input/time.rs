//! Points in time as RFC 3339 text. Only the proleptic Gregorian calendar in UTC is needed, so no library is.

use serde_json::{Number, Value};

use super::{from_i128, whole};
use crate::field::SecondsUnit;

const DAY: i128 = 86_400_000_000;

/// Reads a point in time, counted from the epoch in the field's unit: RFC 3339 text, or the number itself. No
/// space around it.
///
/// # Errors
/// What would be accepted, as a sentence for the person who typed it.
pub fn parse_timestamp(unit: SecondsUnit, text: &str) -> Result<Value, String> {
    if let Ok(number) = super::integer(text) {
        return Ok(number);
    }
    let micros = micros(text).ok_or_else(expected)?;
    let own = i128::from(unit.micros());
    if micros.rem_euclid(own) != 0 {
        return Err(words::input::time_too_exact().to_owned());
    }
    from_i128(micros.div_euclid(own))
}

/// A point in time for editing, in UTC. Far from our calendar it stays a number.
#[must_use]
pub fn timestamp_text(unit: SecondsUnit, number: &Number) -> String {
    whole(number)
        .and_then(|count| count.checked_mul(i128::from(unit.micros())))
        .and_then(text)
        .unwrap_or_else(|| number.to_string())
}

/// Reads a point in time that the box takes as text, and leaves it as it is.
pub(super) fn parse_date_time(text: &str) -> Result<Value, String> {
    micros(text).map(|_time| Value::String(text.to_owned())).ok_or_else(expected)
}

/// A time on a clock whose zone is not said, to the second: `2026-10-31T18:05:00`. Browsers leave whole minutes without seconds;
/// they are put there. `None` where it is no such time.
#[must_use]
pub fn local_time(text: &str) -> Option<String> {
    let whole = if text.len() == 16 { format!("{text}:00") } else { text.to_owned() };
    let is_formed = whole.len() == 19 && whole.is_ascii() && whole.as_bytes().get(10) == Some(&b'T');
    (is_formed && micros(&format!("{whole}Z")).is_some()).then_some(whole)
}

fn expected() -> String {
    words::input::time().to_owned()
}

/// Microseconds since the epoch of `2026-03-31T12:00:00.5+02:00`; seconds, fraction and offset may be missing (UTC).
fn micros(text: &str) -> Option<i128> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let mut parts = date.split('-');
    let (year, month, day) =
        (figures(parts.next()?, 4)?, figures(parts.next()?, 2)?, figures(parts.next()?, 2)?);
    let valid =
        parts.next().is_none() && (1..=12).contains(&month) && (1..=month_days(year, month)).contains(&day);
    let (clock, offset) = split_offset(rest)?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = clock.split(':');
    let (hour, minute) = (figures(parts.next()?, 2)?, figures(parts.next()?, 2)?);
    let second = parts.next().map_or(Some(0), |second| figures(second, 2))?;
    if !valid || parts.next().is_some() || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    if fraction.is_empty() || fraction.len() > 6 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: i128 = format!("{fraction:0<6}").parse().ok()?;
    let seconds = (hour * 60 + minute - offset) * 60 + second;
    Some(days_from_civil(year, month, day) * DAY + seconds * 1_000_000 + fraction)
}

/// Splits the offset off, in minutes east of UTC.
fn split_offset(text: &str) -> Option<(&str, i128)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let Some(place) = text.rfind(['+', '-']) else { return Some((text, 0)) };
    let (clock, offset) = text.split_at(place);
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let (hours, minutes) = (figures(hours, 2)?, figures(minutes, 2)?);
    (hours < 24 && minutes < 60).then_some((clock, sign * (hours * 60 + minutes)))
}

/// A number of exactly so many digits.
fn figures(text: &str, count: usize) -> Option<i128> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn text(micros: i128) -> Option<String> {
    let (days, clock) = (micros.div_euclid(DAY), micros.rem_euclid(DAY));
    let (year, month, day) = civil_from_days(days);
    if !(0..=9999).contains(&year) {
        return None;
    }
    let (seconds, fraction) = (clock / 1_000_000, clock % 1_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = if fraction == 0 {
        String::new()
    } else {
        format!(".{}", format!("{fraction:06}").trim_end_matches('0'))
    };
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"))
}

fn is_leap(year: i128) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn month_days(year: i128, month: i128) -> i128 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since the epoch. Years are counted from March, so that the leap day is the last one.
fn days_from_civil(year: i128, month: i128, day: i128) -> i128 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (month * 306 + 5) / 10 + day - 1 - 719_468
}

fn civil_from_days(days: i128) -> (i128, i128, i128) {
    // A guess that is at most one year off, put right by the exact conversion the other way.
    let mut year = (days + 719_468).div_euclid(366) - 1;
    while days_from_civil(year + 1, 1, 1) <= days {
        year += ((days - days_from_civil(year + 1, 1, 1)) / 366).max(1);
    }
    let mut month = 1;
    while month < 12 && days_from_civil(year, month + 1, 1) <= days {
        month += 1;
    }
    (year, month, days - days_from_civil(year, month, 1) + 1)
}
