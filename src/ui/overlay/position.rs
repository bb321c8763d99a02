//! Where a popover goes: below its anchor, above when there is no room, never beyond the window.
//!
//! CSS anchor positioning would do this, but not in every engine that the console supports.

use leptos::prelude::window;
use web_sys::{Element, HtmlElement};

use crate::ui::fixed;

/// Distance from the anchor and from the window's edge, in CSS pixels.
const GAP: f64 = 4.0;

/// Below the anchor, starts aligned; ends aligned when the anchor is in the right half of the window.
pub(crate) fn place_below(popover: &HtmlElement, anchor: &Element) {
    let (target, own) = (anchor.get_bounding_client_rect(), popover.get_bounding_client_rect());
    let (width, height) = window_size();
    let left = if target.left() > width / 2.0 { target.right() - own.width() } else { target.left() };
    put(popover, left, top(target.top(), target.bottom(), own.height(), height), own.width(), width);
}

/// Below the middle of the anchor.
pub(crate) fn place_beside(popover: &HtmlElement, anchor: &Element) {
    let (target, own) = (anchor.get_bounding_client_rect(), popover.get_bounding_client_rect());
    let (width, height) = window_size();
    let left = target.left() + (target.width() - own.width()) / 2.0;
    put(popover, left, top(target.top(), target.bottom(), own.height(), height), own.width(), width);
}

/// The upper edge for something of `own` height beside an anchor.
fn top(anchor_top: f64, anchor_bottom: f64, own: f64, window: f64) -> f64 {
    let below = anchor_bottom + GAP;
    if below + own <= window - GAP || anchor_top - GAP - own < GAP {
        below.min((window - GAP - own).max(GAP))
    } else {
        anchor_top - GAP - own
    }
}

fn put(popover: &HtmlElement, left: f64, top: f64, own_width: f64, width: f64) {
    let left = left.min(width - own_width - GAP).max(GAP);
    let style = popover.style();
    for (property, value) in [("left", left), ("top", top)] {
        // A property that the style sheet knows can't be refused.
        drop(style.set_property(property, &format!("{}px", fixed(value, 0))));
    }
}

fn window_size() -> (f64, f64) {
    let size = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or(1024.0)
    };
    (size(window().inner_width()), size(window().inner_height()))
}

#[cfg(test)]
mod tests {
    use super::top;

    #[test]
    fn goes_below_when_there_is_room() {
        assert_eq!(top(100.0, 130.0, 200.0, 800.0), 134.0);
    }

    #[test]
    fn goes_above_when_there_is_only_room_there() {
        assert_eq!(top(700.0, 730.0, 200.0, 800.0), 496.0);
    }

    #[test]
    fn stays_in_the_window_when_there_is_room_nowhere() {
        assert_eq!(top(100.0, 130.0, 780.0, 800.0), 16.0);
    }
}
