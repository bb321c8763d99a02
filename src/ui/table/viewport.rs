//! Which rows are in the document: those that show and some around them.

use std::ops::Range;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Up to so many rows, all are in the document: find-in-page and printing then see them.
const ALL_UP_TO: usize = 100;

/// Rows above and below the visible ones.
const OVERSCAN: usize = 8;

/// The window moves in steps, so that most frames of a scroll change nothing.
const STEP: usize = 4;

/// Where the reader is, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sight {
    top: f64,
    height: f64,
    row: f64,
}

/// The scrolled part of a table.
#[derive(Clone, Copy)]
pub(super) struct Viewport {
    scroller: NodeRef<html::Div>,
    sight: RwSignal<Sight>,
    pending: StoredValue<bool>,
    count: Signal<usize>,
    /// Rows that are in the document.
    pub(super) range: Memo<(usize, usize)>,
}

impl Viewport {
    pub(super) fn new(scroller: NodeRef<html::Div>, count: Signal<usize>) -> Self {
        // Until the first measurement: a tall window and rows of the usual height.
        let sight = RwSignal::new(Sight { top: 0.0, height: 1200.0, row: 34.0 });
        let range = Memo::new(move |_| {
            let shown = visible(sight.get(), count.get());
            (shown.start, shown.end)
        });
        let viewport = Self { scroller, sight, pending: StoredValue::new(false), count, range };
        Effect::new(move |_| {
            count.track();
            viewport.scrolled();
        });
        let listener = window_event_listener(ev::resize, move |_| viewport.scrolled());
        on_cleanup(move || listener.remove());
        viewport
    }

    /// Looks again with the next frame.
    pub(super) fn scrolled(self) {
        if self.pending.try_get_value().unwrap_or(true) {
            return;
        }
        self.pending.set_value(true);
        request_animation_frame(move || {
            if self.pending.try_set_value(false).is_none() {
                self.look();
            }
        });
    }

    fn look(self) {
        let Some(Some(scroller)) = self.scroller.try_get_untracked() else { return };
        let row = find(&scroller, "tr[data-index]").map(|row| row.get_bounding_client_rect().height());
        let old = self.sight.get_untracked();
        let sight = Sight {
            top: f64::from(scroller.scroll_top()),
            height: f64::from(scroller.client_height()),
            row: row.filter(|height| *height > 8.0).unwrap_or(old.row),
        };
        if sight != old {
            self.sight.set(sight);
        }
    }

    /// Height of the missing rows above and below, in CSS pixels.
    pub(super) fn spacers(self) -> (f64, f64) {
        let (start, end) = self.range.get();
        let row = self.sight.with(|sight| sight.row);
        (start as f64 * row, self.count.get().saturating_sub(end) as f64 * row)
    }

    /// Rows that fit into the visible part.
    pub(super) fn page(self) -> usize {
        let sight = self.sight.get_untracked();
        ((sight.height / sight.row) as usize).saturating_sub(2).max(1)
    }

    /// Brings a row into the document and into sight, then gives it the focus.
    pub(super) fn focus(self, index: usize) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let sight = self.sight.get_untracked();
        let head = find(&scroller, "thead").map_or(0.0, |head| head.get_bounding_client_rect().height());
        let top = index as f64 * sight.row;
        let (low, high) = (top, top + sight.row + head - f64::from(scroller.client_height()));
        let now = f64::from(scroller.scroll_top());
        if now > low {
            scroller.set_scroll_top(low as i32);
        } else if now < high {
            scroller.set_scroll_top(high.ceil() as i32);
        }
        self.look();
        request_animation_frame(move || {
            if let Some(row) = find(&scroller, &format!("tr[data-index='{index}']")) {
                // Focus can only fail for elements that left the page.
                drop(row.focus());
            }
        });
    }
}

fn find(scroller: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    scroller.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

fn visible(sight: Sight, count: usize) -> Range<usize> {
    if count <= ALL_UP_TO {
        return 0..count;
    }
    let first = (sight.top / sight.row).max(0.0) as usize;
    let shown = (sight.height / sight.row).ceil() as usize + 1;
    let end = ((first + shown + OVERSCAN).div_ceil(STEP) * STEP).min(count);
    // Scrolled beyond a list that has just become short: the last rows.
    let start = (first.min(end).saturating_sub(OVERSCAN)) / STEP * STEP;
    start..end
}

#[cfg(test)]
mod tests {
    use super::{Sight, visible};

    fn at(top: f64) -> Sight {
        Sight { top, height: 600.0, row: 30.0 }
    }

    #[test]
    fn few_rows_are_all_there() {
        assert_eq!(visible(at(0.0), 0), 0..0);
        assert_eq!(visible(at(300.0), 100), 0..100);
    }

    #[test]
    fn many_rows_are_a_window() {
        assert_eq!(visible(at(0.0), 1000), 0..32);
        assert_eq!(visible(at(15_000.0), 1000), 492..532);
        assert_eq!(visible(at(29_400.0), 1000), 972..1000);
    }

    #[test]
    fn small_movements_change_nothing() {
        assert_eq!(visible(at(15_000.0), 1000), visible(at(15_029.0), 1000));
    }

    #[test]
    fn a_list_that_became_short_shows_its_end() {
        assert_eq!(visible(at(29_400.0), 101), 92..101);
    }
}
