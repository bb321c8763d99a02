//! Keeps the document's rows in step with the data, with the scroll position and with the focus.

use std::cell::RefCell;
use std::{ops::Range, rc::Rc, sync::Arc, time::Duration};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    Align, Table,
    keys::{Extent, Spot},
    paint::{set, unset},
    rows::{RowFacts, Rows, Wanted},
    window::Sight,
};

/// How long nothing may move until the reader rests.
const REST: Duration = Duration::from_millis(120);

/// What a table remembers that nobody reads reactively.
pub(super) struct State {
    pub(super) rows: Rows,
    pub(super) sight: Sight,
    window: Range<usize>,
    /// The cell that Tab reaches.
    pub(super) active: Spot,
    /// Key and column of that cell: what it is tied to where rows and columns change places.
    active_key: Option<String>,
    active_column: Option<Arc<str>>,
    /// Index of the row that a range of the selection starts at.
    pub(super) anchor: usize,
    /// The element that Tab reaches.
    stop: Option<HtmlElement>,
    shape: Vec<(Arc<str>, Align)>,
    origin: String,
    is_looking: bool,
    /// Sizes are others than when they were measured.
    is_resized: bool,
    /// Rows have changed places since they were last brought into order, which is done once the reader rests.
    is_out_of_order: bool,
    /// The rows that nobody sees are about to follow those that show.
    is_finishing: bool,
    /// Whether the reader has moved since somebody looked whether he rests.
    has_moved: bool,
    /// The focus follows the active cell at the next chance: what had it is moved or rebuilt.
    wants_focus: bool,
}

/// Why other rows may belong into the document.
#[derive(Clone, Copy, PartialEq)]
enum Change {
    /// The rows, or what they show.
    Rows,
    /// Where the reader is.
    Place,
}

impl State {
    pub(super) fn new(owner: Owner) -> Self {
        Self {
            rows: Rows::new(owner),
            sight: Sight::default(),
            window: 0..0,
            active: Spot { row: 1, column: 0 },
            active_key: None,
            active_column: None,
            anchor: 0,
            stop: None,
            shape: Vec::new(),
            origin: String::new(),
            is_looking: false,
            is_resized: false,
            is_out_of_order: false,
            is_finishing: false,
            has_moved: false,
            wants_focus: false,
        }
    }
}

/// The state, shared by everything that happens in a table.
pub(super) type Shared = Rc<RefCell<State>>;

impl Table {
    /// Runs with the state, unless the table is gone or someone further out is at it: events of the browser that our own
    /// changes cause come while they are made.
    pub(super) fn with_state<T>(self, run: impl FnOnce(&mut State) -> T) -> Option<T> {
        let state: Shared = self.state.try_get_value()?;
        let mut state = state.try_borrow_mut().ok()?;
        Some(run(&mut state))
    }

    /// Cells before the first one of the data.
    pub(super) fn lead(self) -> usize {
        usize::from(self.selection.is_some())
    }

    /// How large the table is now.
    pub(super) fn extent(self) -> Extent {
        let page = self.with_state(|state| state.sight.page()).unwrap_or(1);
        Extent {
            rows: self.keys.with_untracked(|keys| keys.len()),
            columns: self.columns.with_untracked(Vec::len) + self.lead(),
            page,
        }
    }

    /// Brings the rows up to date; tracks all that they depend on.
    pub(super) fn refresh(self) {
        let (columns, keys, origin) = (self.columns.get(), self.keys.get(), self.origin.get());
        self.revision.get();
        self.first_index.track();
        let Some(body) = self.body.get() else { return };
        let had_focus = self.has_focus();
        let shape: Vec<_> = columns.iter().map(|column| (column.id.clone(), column.align)).collect();
        self.with_state(|state| {
            if state.shape != shape {
                state.rows.set_columns(&columns, self.selection.is_some());
                if let Some(column) = &state.active_column
                    && let Some(place) = shape.iter().position(|(id, _)| id == column)
                {
                    state.active.column = place + self.lead();
                }
                state.shape = shape;
            }
            let restarted = state.origin != origin;
            if restarted {
                state.origin = origin;
                // To be told where it is already would make the browser lay everything out.
                if std::mem::take(&mut state.sight.top) > 0.0
                    && let Some(scroller) = self.scroller.get_untracked()
                {
                    scroller.set_scroll_top(0);
                }
            }
            // In the same list the focus stays with its record; in another part of it, at the beginning.
            if state.active.row > 0 {
                let known = state.active_key.as_ref();
                let place = known.and_then(|known| keys.iter().position(|key| key == known));
                match place {
                    Some(place) => state.active.row = place + 1,
                    None if restarted || state.active_key.is_none() => state.active.row = 1,
                    None => {}
                }
            }
        });
        self.clamp_active();
        // By what was measured last: whatever changes that is watched.
        if self.show(&body, Change::Rows) {
            self.order();
        } else {
            self.finish_after_paint();
        }
        self.update_stop();
        let wants_focus = self.with_state(|state| std::mem::take(&mut state.wants_focus)).unwrap_or_default();
        if wants_focus {
            // The headers may still be on their way to their new places.
            request_animation_frame(move || self.focus_active());
        } else if had_focus && !self.is_in_active() {
            self.focus_active();
        }
    }

    /// Looks again with the next frame: the reader has moved.
    pub(super) fn scrolled(self) {
        self.look();
    }

    /// Looks again with the next frame: rows or the place for them have another size.
    pub(super) fn resized(self) {
        self.with_state(|state| state.is_resized = true);
        self.look();
    }

    fn look(self) {
        let is_first = self.with_state(|state| !std::mem::replace(&mut state.is_looking, true));
        if is_first == Some(true) {
            request_animation_frame(move || {
                let is_resized = self.with_state(|state| {
                    state.is_looking = false;
                    std::mem::take(&mut state.is_resized)
                });
                let is_other = if is_resized == Some(true) { self.measure() } else { self.follow() };
                if is_other && let Some(Some(body)) = self.body.try_get_untracked() {
                    untrack(|| self.show(&body, Change::Place));
                    self.order_at_rest();
                }
            });
        }
    }

    /// Sees where the reader is. Whether other rows than before belong into the document.
    fn follow(self) -> bool {
        let Some(Some(scroller)) = self.scroller.try_get_untracked() else { return false };
        let count = self.keys.with_untracked(|keys| keys.len());
        self.with_state(|state| {
            state.sight.top = f64::from(scroller.scroll_top());
            state.sight.rows(count) != state.window
        })
        .unwrap_or_default()
    }

    /// Measures everything that decides which rows show. Whether other rows than before belong into the document.
    pub(super) fn measure(self) -> bool {
        let Some(Some(scroller)) = self.scroller.try_get_untracked() else { return false };
        self.with_state(|state| {
            let row = state.rows.any().map(|row| row.get_bounding_client_rect().height());
            state.sight.height = f64::from(scroller.client_height());
            state.sight.row = row.filter(|height| *height > 8.0).unwrap_or(state.sight.row);
        });
        // Columns stay in sight only where they would leave it: each such cell costs the browser a layer.
        if scroller.scroll_width() > scroller.client_width() {
            set(&scroller, "data-wide", "");
        } else {
            unset(&scroller, "data-wide");
        }
        self.follow()
    }

    /// Brings the rows into order once the reader has stopped for a moment.
    fn order_at_rest(self) {
        let waits = self.with_state(|state| {
            state.has_moved = true;
            std::mem::replace(&mut state.is_out_of_order, true)
        });
        if waits == Some(false) {
            self.wait_for_rest();
        }
    }

    fn wait_for_rest(self) {
        set_timeout(
            move || match self.with_state(|state| std::mem::take(&mut state.has_moved)) {
                Some(true) => self.wait_for_rest(),
                Some(false) => {
                    self.order();
                    self.hint_under_pointer();
                }
                // The table is gone.
                None => {}
            },
            REST,
        );
    }

    /// Whether the reader is on the way: rows pass below the pointer that nobody asks about.
    pub(super) fn is_passing(self) -> bool {
        self.with_state(|state| state.is_out_of_order).unwrap_or_default()
    }

    fn order(self) {
        let Some(Some(body)) = self.body.try_get_untracked() else { return };
        self.with_state(|state| {
            state.is_out_of_order = false;
            state.rows.order(&body, state.active.row.checked_sub(1));
        });
    }

    /// Brings the rows that nobody sees up to date once those that show are on the screen.
    fn finish_after_paint(self) {
        if self.with_state(|state| std::mem::replace(&mut state.is_finishing, true)) != Some(false) {
            return;
        }
        let finish = move || {
            self.with_state(|state| state.is_finishing = false);
            if let Some(Some(body)) = self.body.try_get_untracked() {
                untrack(|| self.show(&body, Change::Place));
                self.order();
            }
        };
        // A frame is painted after what asked for it: only what comes behind that is too late for the frame.
        request_animation_frame(move || set_timeout(finish, Duration::ZERO));
    }

    /// Puts those rows into the document that belong there. Whether all of them show what they should: where the rows
    /// themselves have changed, those that nobody sees may not.
    fn show(self, body: &HtmlElement, change: Change) -> bool {
        let keys = self.keys.get_untracked();
        let first_number = self.first_index.get_untracked() + 2;
        let select_label = self.selection.map(|selection| selection.row_label.get_untracked());
        self.with_state(|state| {
            let window = state.sight.rows(keys.len());
            state.window = window.clone();
            let pinned = state.active_key.as_ref().and(state.active.row.checked_sub(1));
            let wanted = Wanted {
                pinned: pinned.filter(|index| *index < keys.len()),
                at_once: match change {
                    Change::Rows => state.sight.at_once(keys.len()),
                    Change::Place => window.clone(),
                },
                anew: change == Change::Rows,
                window,
            };
            state.rows.show(body, &wanted, &|index| self.cells.run(index), &|index| {
                self.facts(&keys, index, first_number, select_label.as_deref())
            })
        })
        .unwrap_or(true)
    }

    /// Shows which rows are selected; tracks the selection.
    pub(super) fn mark(self) {
        let Some(selection) = self.selection else { return };
        selection.keys.track();
        let keys = self.keys.get_untracked();
        let first_number = self.first_index.get_untracked() + 2;
        self.with_state(|state| state.rows.mark(&|index| self.facts(&keys, index, first_number, None)));
    }

    fn facts<'a>(
        self,
        keys: &[String],
        index: usize,
        first_number: u64,
        select_label: Option<&'a str>,
    ) -> RowFacts<'a> {
        let selected = self.selection.map(|selection| {
            keys.get(index)
                .is_some_and(|key| selection.keys.with_untracked(|selected| selected.contains(key)))
        });
        RowFacts {
            number: first_number + index as u64,
            selected,
            select_label: select_label.unwrap_or_default(),
        }
    }

    /// The element of a cell, if it is in the document.
    pub(super) fn element_at(self, spot: Spot) -> Option<HtmlElement> {
        let row: Element = match spot.row.checked_sub(1) {
            None => self.grid.get_untracked()?.query_selector("thead > tr").ok()??,
            Some(index) => self.with_state(|state| state.rows.element(index).cloned())??.into(),
        };
        row.children().item(u32::try_from(spot.column).ok()?)?.dyn_into().ok()
    }

    /// Whether the focus is in the table.
    pub(super) fn has_focus(self) -> bool {
        let Some(Some(grid)) = self.grid.try_get_untracked() else { return false };
        document().active_element().is_some_and(|focused| grid.contains(Some(&focused)))
    }

    /// Whether the focus is in the active cell, or on it.
    fn is_in_active(self) -> bool {
        let cell = self.with_state(|state| state.active).and_then(|active| self.element_at(active));
        cell.is_some_and(|cell| {
            document().active_element().is_some_and(|focused| cell.contains(Some(&focused)))
        })
    }

    /// Makes a cell the one that Tab reaches, without giving it the focus.
    pub(super) fn activate(self, spot: Spot) {
        let spot = self.extent().nearest(spot);
        let key = spot.row.checked_sub(1);
        let key = key.and_then(|index| self.keys.with_untracked(|keys| keys.get(index).cloned()));
        let column = spot.column.checked_sub(self.lead());
        let column = column.and_then(|index| {
            self.columns.with_untracked(|columns| columns.get(index).map(|column| column.id.clone()))
        });
        self.with_state(|state| {
            (state.active, state.active_key, state.active_column) = (spot, key, column);
        });
        self.update_stop();
    }

    /// Gives a cell the focus, wherever it is.
    pub(super) fn go(self, spot: Spot) {
        let spot = self.extent().nearest(spot);
        let (Some(scroller), Some(body)) = (self.scroller.get_untracked(), self.body.get_untracked()) else {
            return;
        };
        if let Some(index) = spot.row.checked_sub(1) {
            let head = head_height(&scroller);
            let top = self.with_state(|state| state.sight.reveal(index, head)).flatten();
            if let Some(top) = top {
                scroller.set_scroll_top(top as i32);
            }
            let is_missing = self.with_state(|state| {
                // Known before the rows are shown, so that this one is among them.
                (state.active, state.active_key) =
                    (spot, self.keys.with_untracked(|keys| keys.get(index).cloned()));
                !state.rows.is_ready(index)
            });
            if self.measure() || is_missing == Some(true) {
                untrack(|| self.show(&body, Change::Place));
                self.order();
            }
        }
        self.activate(spot);
        self.focus_active();
    }

    /// Gives the active cell the focus.
    pub(super) fn focus_active(self) {
        let active = self.with_state(|state| state.active);
        if let Some(cell) = active.and_then(|active| self.element_at(active)) {
            self.update_stop();
            // Focus can only fail for elements that left the page.
            drop(cell.focus());
        }
    }

    /// The focus comes back to the active cell after what is about to change.
    pub(super) fn keep_focus(self) {
        self.with_state(|state| state.wants_focus = true);
    }

    fn clamp_active(self) {
        let extent = self.extent();
        self.with_state(|state| {
            // Until someone has been here: the name of the first row.
            if state.active_column.is_none() && state.active_key.is_none() {
                state.active = Spot { row: 1, column: self.lead() };
            }
            state.active = extent.nearest(state.active);
            let is_row = state.active.row > 0 && state.active_key.is_some();
            if is_row {
                state.active_key = self.keys.with_untracked(|keys| keys.get(state.active.row - 1).cloned());
            }
        });
    }

    fn update_stop(self) {
        let Some(active) = self.with_state(|state| state.active) else { return };
        // A row that is not in the document has its place taken by the first one that is.
        let cell = self.element_at(active).or_else(|| {
            let index = self.with_state(|state| state.window.start)?;
            self.element_at(Spot { row: index + 1, ..active })
        });
        self.with_state(|state| {
            if state.stop == cell {
                return;
            }
            if let Some(old) = &state.stop {
                unset(old, "tabindex");
            }
            if let Some(new) = &cell {
                set(new, "tabindex", "0");
            }
            state.stop = cell;
        });
    }
}

/// Height of the headers, in CSS pixels.
fn head_height(scroller: &HtmlElement) -> f64 {
    let head = scroller.query_selector("thead").ok().flatten();
    head.map_or(0.0, |head| head.get_bounding_client_rect().height())
}
