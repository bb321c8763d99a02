//! The edge of a header that a pointer drags to change the width of the column.
//!
//! It is for pointers only; the keyboard's way is the owner's choice of columns.

use std::sync::Arc;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::Table;

/// Narrowest and widest column, in rem.
const NARROWEST: f64 = 4.0;
const WIDEST: f64 = 60.0;

#[component]
pub(super) fn Grip(table: Table, id: Arc<str>, on_resize: Callback<(Arc<str>, f64)>) -> impl IntoView {
    // Where the drag began and how wide the column was, in CSS pixels, and how many of those a rem has.
    let start = StoredValue::new(None::<(f64, f64, f64)>);
    let at = move |event: &ev::PointerEvent| {
        let (x, width, rem) = start.get_value()?;
        Some(((width + f64::from(event.client_x()) - x) / rem).clamp(NARROWEST, WIDEST))
    };
    let down = move |event: ev::PointerEvent| {
        let Some(grip) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let Some(header) = grip.parent_element() else { return };
        event.prevent_default();
        if grip.set_pointer_capture(event.pointer_id()).is_ok() {
            start.set_value(Some((
                f64::from(event.client_x()),
                header.get_bounding_client_rect().width(),
                root_size(),
            )));
        }
    };
    let moved = {
        let id = id.clone();
        move |event: ev::PointerEvent| {
            if let Some(width) = at(&event) {
                table.dragged.set(Some((id.clone(), width)));
            }
        }
    };
    let up = move |event: ev::PointerEvent| {
        if let Some(width) = at(&event)
            && table.dragged.with_untracked(Option::is_some)
        {
            on_resize.run((id.clone(), width));
        }
        start.set_value(None);
        table.dragged.set(None);
    };
    let cancelled = move |_| {
        start.set_value(None);
        table.dragged.set(None);
    };
    view! {
        <span
            class="table-grip"
            aria-hidden="true"
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=cancelled
        ></span>
    }
}

/// CSS pixels of a rem.
fn root_size() -> f64 {
    let style =
        document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    size.and_then(|size| size.trim_end_matches("px").parse().ok()).unwrap_or(16.0)
}
