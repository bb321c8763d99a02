//! What only the browser knows: the person's time zone and language, and regular expressions.

use js_sys::{Array, Date, Reflect, RegExp};
use wasm_bindgen::{JsCast, JsValue};

use super::typed::Locale;
use crate::format;

/// The browser's locale.
pub(super) fn locale() -> Locale {
    Locale { to_utc, to_local, matcher: Some(matches), notation: format::notation() }
}

/// `2024-05-03T14:30` in the person's zone as RFC 3339 text in UTC.
fn to_utc(local: &str) -> Option<String> {
    // Text without a zone is local time to the browser.
    let date = Date::new(&JsValue::from_str(local));
    (!date.get_time().is_nan()).then(|| date.to_iso_string().into())
}

/// RFC 3339 text as local time without a zone; whole minutes without seconds.
fn to_local(text: &str) -> Option<String> {
    let date = Date::new(&JsValue::from_str(text));
    if date.get_time().is_nan() {
        return None;
    }
    let seconds = date.get_seconds();
    let seconds = if seconds == 0 { String::new() } else { format!(":{seconds:02}") };
    Some(format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}{seconds}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes(),
    ))
}

/// Whether a whole text matches. A pattern that the browser does not understand forbids nothing: the box decides.
fn matches(pattern: &str, text: &str) -> bool {
    let arguments = Array::of2(&JsValue::from_str(&format!("^(?:{pattern})$")), &JsValue::from_str("u"));
    let constructor = Reflect::get(&js_sys::global(), &JsValue::from_str("RegExp")).ok();
    let expression = constructor
        .and_then(|constructor| constructor.dyn_into::<js_sys::Function>().ok())
        .and_then(|constructor| Reflect::construct(&constructor, &arguments).ok())
        .and_then(|made| made.dyn_into::<RegExp>().ok());
    expression.is_none_or(|expression| expression.test(text))
}
