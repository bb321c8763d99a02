//! Arrow keys in a list: up and down move between rows, left and right between the links of a row, Enter opens.
//!
//! Exactly one link of the list is a stop of Tab: the one that had the focus last.

use leptos::ev::{FocusEvent, KeyboardEvent};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What takes the focus in a row.
const STOPS: &str = "a[href], [tabindex]";

/// Rows that Page Up and Page Down pass.
const LEAP: usize = 10;

/// Moves the focus.
pub fn press(event: KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let Some(stop) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Ok(Some(row)) = stop.closest("tr") else { return };
    let stops = stops_of(&row);
    let Some(place) = stops.iter().position(|other| ***other == *stop) else { return };
    let wanted = match event.key().as_str() {
        "ArrowRight" => stops.get(place + 1).cloned(),
        "ArrowLeft" => place.checked_sub(1).and_then(|place| stops.get(place).cloned()),
        "ArrowDown" => beside(&row, 1, true).and_then(|row| stop_at(&row, place)),
        "ArrowUp" => beside(&row, 1, false).and_then(|row| stop_at(&row, place)),
        "PageDown" => beside(&row, LEAP, true).and_then(|row| stop_at(&row, place)),
        "PageUp" => beside(&row, LEAP, false).and_then(|row| stop_at(&row, place)),
        "Home" => row.parent_element().and_then(|body| body.first_element_child()).and_then(|row| stop_at(&row, place)),
        "End" => row.parent_element().and_then(|body| body.last_element_child()).and_then(|row| stop_at(&row, place)),
        _ => return,
    };
    // At the edge of the list the key does nothing, rather than scroll the page away.
    event.prevent_default();
    if let Some(wanted) = wanted {
        // Focus can only fail for elements that left the page.
        drop(wanted.focus());
    }
}

/// Makes what takes the focus the list's stop of Tab.
pub fn entered(event: FocusEvent) {
    let Some(stop) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Ok(Some(body)) = stop.closest("tbody") else { return };
    if let Ok(Some(old)) = body.query_selector("[tabindex='0']") {
        set_tabindex(&old, "-1");
    }
    set_tabindex(&stop, "0");
}

fn set_tabindex(element: &Element, value: &str) {
    if element.set_attribute("tabindex", value).is_err() {
        leptos::logging::error!("The browser refused a tabindex.");
    }
}

fn stops_of(row: &Element) -> Vec<HtmlElement> {
    let Ok(found) = row.query_selector_all(STOPS) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

/// The link at the same place of another row, or its last one.
fn stop_at(row: &Element, place: usize) -> Option<HtmlElement> {
    let stops = stops_of(row);
    stops.get(place).or_else(|| stops.last()).cloned()
}

/// The row so many rows away, or the last one on the way; `None` where there is none at all.
fn beside(row: &Element, distance: usize, down: bool) -> Option<Element> {
    let mut found = None;
    let mut row = row.clone();
    for _step in 0..distance {
        let next = if down { row.next_element_sibling() } else { row.previous_element_sibling() };
        let Some(next) = next else { break };
        found = Some(next.clone());
        row = next;
    }
    found
}
