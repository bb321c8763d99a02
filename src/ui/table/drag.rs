//! Moving a column by dragging its header. Fingers scroll instead; for them there is the menu of the column.

use std::sync::Arc;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    ColumnTools, Table, arrange,
    paint::{set, unset},
    tools::Grasp,
};

/// How far a pointer moves before it drags, in CSS pixels: less is an unsteady click.
const SLACK: f64 = 6.0;

/// A header that is held, and perhaps dragged.
#[derive(Clone)]
pub(super) struct Drag {
    id: Arc<str>,
    start: f64,
    is_moving: bool,
    /// Index of the column before which it would be dropped.
    before: Option<usize>,
}

impl Table {
    /// Does what a pointer means to a header.
    pub(super) fn grasp(self, tools: ColumnTools, grasp: Grasp, event: &ev::PointerEvent) {
        match grasp {
            Grasp::Start => self.drag_start(event),
            Grasp::Move => self.drag_move(event),
            Grasp::End => self.drag_end(tools, event),
            Grasp::Stop => self.drag_stop(),
        }
    }

    fn drag_start(self, event: &ev::PointerEvent) {
        self.drag.set_value(None);
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_mouse = event.pointer_type() != "touch" && event.button() == 0;
        let Some(target) = target.filter(|_| is_mouse) else { return };
        // The edge and the menu have uses of their own.
        if target.closest(".table-grip, .table-menu").is_ok_and(|other| other.is_some()) {
            return;
        }
        let id = target
            .closest("th[data-column]")
            .ok()
            .flatten()
            .and_then(|header| header.get_attribute("data-column"));
        let column = self.columns.with_untracked(|columns| {
            columns.iter().find(|column| Some(&*column.id) == id.as_deref()).cloned()
        });
        if let Some(column) = column.filter(|column| !column.fixed) {
            let start = f64::from(event.client_x());
            self.drag.set_value(Some(Drag { id: column.id, start, is_moving: false, before: None }));
        }
    }

    fn drag_move(self, event: &ev::PointerEvent) {
        let Some(mut drag) = self.drag.get_value() else { return };
        let x = f64::from(event.client_x());
        if !drag.is_moving {
            if (x - drag.start).abs() < SLACK || event.buttons() & 1 == 0 {
                return;
            }
            drag.is_moving = true;
            if let Some(row) = event.current_target().and_then(|row| row.dyn_into::<Element>().ok()) {
                // Without it the drag ends where the pointer leaves the headers; it is only less convenient then.
                row.set_pointer_capture(event.pointer_id()).unwrap_or_default();
            }
        }
        event.prevent_default();
        let headers = self.headers();
        let middle = |header: &HtmlElement| {
            let place = header.get_bounding_client_rect();
            place.left() + place.width() / 2.0
        };
        let before = headers.iter().position(|header| x < middle(header)).unwrap_or(headers.len());
        let columns = self.columns.get_untracked();
        drag.before = Some(before).filter(|before| arrange::placed(&columns, &drag.id, *before).is_some());
        for (index, (header, column)) in headers.iter().zip(&columns).enumerate() {
            let drop = match drag.before {
                Some(before) if before == index => Some("before"),
                Some(before) if before == index + 1 && before == headers.len() => Some("after"),
                _ => None,
            };
            match drop {
                Some(side) => set(header, "data-drop", side),
                None => unset(header, "data-drop"),
            }
            if column.id == drag.id {
                set(header, "data-dragged", "true");
            }
        }
        self.drag.set_value(Some(drag));
    }

    fn drag_end(self, tools: ColumnTools, event: &ev::PointerEvent) {
        let Some(drag) = self.drag.get_value() else { return };
        if !drag.is_moving {
            self.drag.set_value(None);
            return;
        }
        event.prevent_default();
        self.unmark_headers();
        let columns = self.columns.get_untracked();
        let order = drag.before.and_then(|before| arrange::placed(&columns, &drag.id, before));
        if let Some(order) = order {
            tools.on_arrange.run(order);
        }
        // The browser reports a click next, which was none.
        request_animation_frame(move || self.drag_stop());
    }

    fn drag_stop(self) {
        self.unmark_headers();
        self.drag.try_set_value(None);
    }

    /// Whether the click that comes now ends a drag.
    pub(super) fn was_dragged(self) -> bool {
        self.drag.with_value(|drag| drag.as_ref().is_some_and(|drag| drag.is_moving))
    }

    fn unmark_headers(self) {
        for header in self.headers() {
            unset(&header, "data-drop");
            unset(&header, "data-dragged");
        }
    }

    /// The headers of the columns of data, in their order.
    pub(super) fn headers(self) -> Vec<HtmlElement> {
        let Some(Some(grid)) = self.grid.try_get_untracked() else { return Vec::new() };
        let Ok(found) = grid.query_selector_all("thead th[data-column]") else { return Vec::new() };
        (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
    }

    /// How wide a column is on the screen, in rem.
    pub(super) fn actual_width(self, id: &str) -> Option<f64> {
        let headers = self.headers();
        let header =
            headers.iter().find(|header| header.get_attribute("data-column").as_deref() == Some(id))?;
        Some(header.get_bounding_client_rect().width() / super::grip::root_size())
    }
}
