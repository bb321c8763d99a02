//! Points in time: relative for the eye, exact for the record, in the person's language and time zone.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use super::{Exact, NONE, Shown};

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// The formatters of one language. Making one is slow, using it is quick.
struct Formats {
    exact: Intl::DateTimeFormat,
    day: Intl::DateTimeFormat,
    relative: Intl::RelativeTimeFormat,
}

thread_local! {
    static FORMATS: RefCell<Option<Formats>> = const { RefCell::new(None) };
    /// The language by its tag; `None` for the browser's own, with its region.
    static LANGUAGE: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// Writes dates in another language from here on: that of the tag, or the browser's own.
pub fn speak(tag: Option<&'static str>) {
    LANGUAGE.set(tag);
    FORMATS.set(None);
}

/// The formatters of the language, made when they are first needed.
fn with<T>(format: impl FnOnce(&Formats) -> T) -> T {
    FORMATS.with_borrow_mut(|formats| format(formats.get_or_insert_with(Formats::of_language)))
}

impl Formats {
    fn of_language() -> Self {
        let locales = locales();
        let date = |pairs: &[(&str, &str)]| Intl::DateTimeFormat::new(&locales, &options(pairs));
        Self {
            exact: date(&[("dateStyle", "medium"), ("timeStyle", "medium")]),
            day: date(&[("year", "numeric"), ("month", "short"), ("day", "numeric")]),
            relative: Intl::RelativeTimeFormat::new(
                &locales,
                &options(&[("numeric", "auto"), ("style", "short")]),
            ),
        }
    }
}

/// The language as `Intl` takes it.
pub(super) fn locales() -> Array {
    LANGUAGE.get().map(JsValue::from_str).into_iter().collect()
}

pub(super) fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        // A plain object takes any property.
        Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)).unwrap_or_default();
    }
    options
}

/// A point in time: relative within a month of `now`, else its day; exact in the tooltip. Both in milliseconds since the
/// epoch. Zero stands for "never".
pub fn shown(millis: f64, now: f64) -> Shown {
    if millis == 0.0 {
        return Shown { text: NONE.to_owned(), none: true, ..Shown::default() };
    }
    let text = match scale(settled(millis - now)) {
        Some((count, unit)) => relative(count, unit),
        None => day(millis),
    };
    Shown { text, exact: Some(Exact::Time(millis)), ..Shown::default() }
}

/// Date and time to the second.
pub fn exact(millis: f64) -> String {
    format_with(|date| with(|formats| formats.exact.format().call1(&JsValue::NULL, date)), millis)
}

fn day(millis: f64) -> String {
    format_with(|date| with(|formats| formats.day.format().call1(&JsValue::NULL, date)), millis)
}

/// Writes points in time in the person's language, with these options of `Intl.DateTimeFormat`.
pub fn writer(pairs: &[(&str, &str)]) -> impl Fn(f64) -> String + use<> {
    let format = Intl::DateTimeFormat::new(&locales(), &options(pairs)).format();
    move |millis| format_with(|date| format.call1(&JsValue::NULL, date), millis)
}

/// How far the person's clock is ahead of Greenwich at a point in time, in milliseconds.
pub fn ahead(millis: f64) -> f64 {
    -Date::new(&JsValue::from_f64(millis)).get_timezone_offset() * MINUTE
}

fn format_with(format: impl FnOnce(&JsValue) -> Result<JsValue, JsValue>, millis: f64) -> String {
    // Out of the calendar's range the number itself is the honest answer.
    format(&Date::new(&JsValue::from_f64(millis)).into())
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| {
            js_sys::Number::from(millis).to_string_with_radix(10).map(String::from).unwrap_or_default()
        })
}

fn relative(count: f64, unit: &str) -> String {
    with(|formats| formats.relative.format(count, unit).into())
}

/// Milliseconds since the epoch of an ISO 8601 text.
pub fn parse(text: &str) -> Option<f64> {
    let millis = Date::parse(text);
    (!millis.is_nan()).then_some(millis)
}

/// A local date and time as `datetime-local` holds it (`2026-03-31T14:00`), as RFC 3339 text in UTC.
pub fn local_to_utc(text: &str) -> Option<String> {
    // Without a zone the browser reads a date with a time as local.
    let millis = parse(text)?;
    Some(Date::new(&JsValue::from_f64(millis)).to_iso_string().into())
}

/// A point in time as `datetime-local` holds it; a whole minute without seconds.
pub fn utc_to_local(text: &str) -> Option<String> {
    let date = Date::new(&JsValue::from_f64(parse(text)?));
    let seconds = match date.get_seconds() {
        0 => String::new(),
        seconds => format!(":{seconds:02}"),
    };
    Some(format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}{seconds}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes(),
    ))
}

/// A difference without the lag between clocks: what lies less than a minute ahead is now.
fn settled(difference: f64) -> f64 {
    if (0.0..MINUTE).contains(&difference) { 0.0 } else { difference }
}

/// How a difference is told: a whole count of a unit, or `None` when a date says more.
fn scale(difference: f64) -> Option<(f64, &'static str)> {
    let magnitude = difference.abs();
    match magnitude {
        _ if magnitude < MINUTE => Some(((difference / 1000.0).trunc(), "second")),
        _ if magnitude < HOUR => Some(((difference / MINUTE).trunc(), "minute")),
        _ if magnitude < DAY => Some(((difference / HOUR).trunc(), "hour")),
        _ if magnitude < 31.0 * DAY => Some(((difference / DAY).trunc(), "day")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_in_their_largest_unit() {
        assert_eq!(scale(-30_000.0), Some((-30.0, "second")));
        assert_eq!(scale(-90.0 * MINUTE), Some((-1.0, "hour")));
        assert_eq!(scale(3.5 * DAY), Some((3.0, "day")));
        assert_eq!(scale(-400.0 * DAY), None);
    }

    #[test]
    fn clocks_may_differ_a_little() {
        assert_eq!(settled(6_000.0), 0.0);
        assert_eq!(settled(-6_000.0), -6_000.0);
        assert_eq!(settled(2.0 * MINUTE), 2.0 * MINUTE);
    }
}
