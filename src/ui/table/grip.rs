//! The edge of a header that a pointer drags to change the width of the column; a double click fits it to its content.
//!
//! It is for pointers only: the keyboard has Shift, Alt and arrows on the header, and the column's menu.

use std::sync::Arc;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    Table, arrange,
    paint::{append, copy, element},
};

/// Room beside the words of a header: padding, the sign of the order and the button of the menu. In rem.
const HEADER_EXTRA: f64 = 3.5;

#[component]
pub(super) fn Grip(table: Table, id: Arc<str>, on_resize: Callback<(Arc<str>, f64)>) -> impl IntoView {
    // Where the drag began and how wide the column was, in CSS pixels, and how many of those a rem has.
    let start = StoredValue::new(None::<(f64, f64, f64)>);
    let at = move |event: &ev::PointerEvent| {
        let (x, width, rem) = start.get_value()?;
        Some(arrange::clamped((width + f64::from(event.client_x()) - x) / rem))
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
    let fitted = {
        let id = id.clone();
        move |_| fit(table, &id, on_resize)
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
            on:dblclick=fitted
        ></span>
    }
}

/// Makes a column as wide as its header and the cells in the document need.
pub(super) fn fit(table: Table, id: &Arc<str>, on_resize: Callback<(Arc<str>, f64)>) {
    let place = table.columns.with_untracked(|columns| columns.iter().position(|column| column.id == *id));
    let (Some(place), Some(Some(grid))) = (place, table.grid.try_get_untracked()) else { return };
    let header =
        table.headers().get(place).and_then(|header| header.query_selector(".table-label").ok().flatten());
    let header = header.map_or(0, |label| label.scroll_width());
    let cells =
        table.with_state(|state| state.rows.column(place).cloned().collect::<Vec<_>>()).unwrap_or_default();
    let rem = root_size();
    let width =
        (natural_width(&grid, &cells).unwrap_or_default() / rem).max(f64::from(header) / rem + HEADER_EXTRA);
    on_resize.run((id.clone(), arrange::clamped((width * 16.0).ceil() / 16.0)));
}

/// The width, in CSS pixels, that the widest of the cells has where nothing holds it: in a table of copies that nobody sees.
fn natural_width(grid: &Element, cells: &[HtmlElement]) -> Option<f64> {
    let (copies, body) = (element("table", "table table-measure")?, element("tbody", "")?);
    for cell in cells {
        let (row, copy) = (element("tr", "")?, copy(cell)?);
        append(&row, &copy);
        append(&body, &row);
    }
    append(&copies, &body);
    let place = grid.parent_element()?;
    append(&place, &copies);
    let width = copies.get_bounding_client_rect().width();
    copies.remove();
    Some(width)
}

/// CSS pixels of a rem.
pub(super) fn root_size() -> f64 {
    let style =
        document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    // Read by the browser: the standard library's tables for this are 10 kB.
    size.map(|size| js_sys::parse_float(&size)).filter(|size| size.is_finite()).unwrap_or(16.0)
}
