//! Time zones, as far as the browser knows them.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

fn intl(name: &str) -> Option<(JsValue, Function)> {
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
    let function = Reflect::get(&intl, &JsValue::from_str(name)).ok()?.dyn_into().ok()?;
    Some((intl, function))
}

/// The names of all zones; none where the browser does not tell.
pub fn names() -> Vec<String> {
    let all = || {
        let (intl, function) = intl("supportedValuesOf")?;
        function.call1(&intl, &JsValue::from_str("timeZone")).ok()?.dyn_into::<Array>().ok()
    };
    all().map(|all| all.iter().filter_map(|name| name.as_string()).collect()).unwrap_or_default()
}

/// The zone that the browser itself is in.
pub fn own() -> Option<String> {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &JsValue::from_str("timeZone")).ok()?.as_string()
}

/// By how many minutes the clocks of a zone are before universal time now; `None` for one that the browser does not know.
pub fn offset(zone: &str) -> Option<i32> {
    let options = Object::new();
    for (name, value) in [("timeZone", zone), ("timeZoneName", "longOffset")] {
        Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)).ok()?;
    }
    let (_, make) = intl("DateTimeFormat")?;
    // It throws for a name that it does not know.
    let format = Reflect::construct(&make, &Array::of2(&JsValue::from_str("en"), &options)).ok()?;
    let parts =
        Reflect::get(&format, &JsValue::from_str("formatToParts")).ok()?.dyn_into::<Function>().ok()?;
    let parts = parts.call1(&format, &Date::new_0()).ok()?.dyn_into::<Array>().ok()?;
    let text = |part: &JsValue, name: &str| Reflect::get(part, &JsValue::from_str(name)).ok()?.as_string();
    let part = parts.iter().find(|part| text(part, "type").as_deref() == Some("timeZoneName"))?;
    minutes(&text(&part, "value")?)
}

/// `GMT-08:00` in minutes.
fn minutes(offset: &str) -> Option<i32> {
    let offset = offset.strip_prefix("GMT")?;
    let (sign, clock) = match (offset.strip_prefix('+'), offset.strip_prefix(['-', '\u{2212}'])) {
        (Some(clock), _) => (1, clock),
        (_, Some(clock)) => (-1, clock),
        _ => return offset.is_empty().then_some(0),
    };
    let (hours, minutes) = clock.split_once(':').unwrap_or((clock, "0"));
    Some(sign * (hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?))
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn offsets_are_minutes() {
        assert_eq!(minutes("GMT"), Some(0));
        assert_eq!(minutes("GMT+05:30"), Some(330));
        assert_eq!(minutes("GMT-08:00"), Some(-480));
        assert_eq!(minutes("UTC+1"), None);
    }
}
