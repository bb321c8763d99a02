//! Amounts of money in the person's language.

use js_sys::{Intl, Number};

use super::amount::pointed;
use super::date::{locales, options};

/// An amount of money, as the currency writes it.
pub fn money(amount: f64, currency: &str) -> String {
    written(amount, currency, &[])
}

/// A price, which may be a small part of the least coin.
pub fn price(amount: f64, currency: &str) -> String {
    written(amount, currency, &[("maximumFractionDigits", "8")])
}

fn written(amount: f64, currency: &str, more: &[(&str, &str)]) -> String {
    // The browser knows codes of this form only, and refuses all others.
    if currency.len() != 3 || !currency.bytes().all(|letter| letter.is_ascii_alphabetic()) {
        return format!("{} {currency}", pointed(&amount.to_string())).trim_end().to_owned();
    }
    let mut pairs = vec![("style", "currency"), ("currency", currency)];
    pairs.extend_from_slice(more);
    let format = Intl::NumberFormat::new(&locales(), &options(&pairs)).format();
    let text = format.call1(&wasm_bindgen::JsValue::NULL, &Number::from(amount));
    text.ok().and_then(|text| text.as_string()).unwrap_or_else(|| format!("{amount} {currency}"))
}
