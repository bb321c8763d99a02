//! What only the browser knows: the person's time zone and language, and regular expressions.

use js_sys::{Array, Reflect, RegExp};
use wasm_bindgen::{JsCast, JsValue};

use super::typed::Locale;
use crate::format::{self, date};

/// The browser's locale.
pub(super) fn locale() -> Locale {
    Locale {
        to_utc: date::local_to_utc,
        to_local: date::utc_to_local,
        matcher: Some(matches),
        notation: format::notation(),
        zone: format::zone::own,
    }
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
