//! Element ids that are unique on the page, for `for`, `aria-describedby` and their like, and what is done by id.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A new id such as `field-12`; the prefix only helps who reads the page's source.
pub fn unique_id(prefix: &str) -> String {
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The element of that id, while it is on the page.
pub fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Gives the element of that id the focus, while it is on the page.
pub fn focus(id: &str) {
    if let Some(element) = by_id(id) {
        // Focus can only fail for elements that left the page.
        drop(element.focus());
    }
}

/// Scrolls a list by as little as it takes to show the element of that id in it. The page around stays where it is.
pub fn reveal(list: &Element, id: &str) {
    let Some(option) = by_id(id) else { return };
    let (option, view) = (option.get_bounding_client_rect(), list.get_bounding_client_rect());
    let hidden = if option.top() < view.top() {
        option.top() - view.top()
    } else {
        (option.bottom() - view.bottom()).max(0.0)
    };
    #[expect(clippy::cast_possible_truncation, reason = "a distance on the screen in pixels")]
    list.set_scroll_top(list.scroll_top() + hidden.round() as i32);
}
