//! What keys and pointers do in a table. One listener each for the whole table: rows have none.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

use super::{
    Table,
    column::toggled,
    keys::{Press, Spot, Wish, wish},
    selection::set_range,
};

/// What can have the focus inside a cell.
const CONTROLS: &str = "a[href]:not([role=menuitem]), button:not([role=menuitem]), input";

/// What a click on does something by itself.
const ACTIVE: &str = "a, button, input, label, [role=menu]";

impl Table {
    pub(super) fn keydown(self, event: &ev::KeyboardEvent) {
        let Some((spot, cell, target)) = spot_of(event.target()) else { return };
        // A menu of a cell has keys of its own, and so has the button that opens it.
        if event.default_prevented() || target.closest("[role=menu]").is_ok_and(|menu| menu.is_some()) {
            return;
        }
        let key = event.key();
        let press = Press {
            key: &key,
            shift: event.shift_key(),
            ctrl: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
        };
        let is_inside = target != *cell;
        if is_inside && matches!(key.as_str(), "Escape" | "F2") {
            self.go(spot);
            event.prevent_default();
            return;
        }
        if is_inside && !press.alt && matches!(key.as_str(), "ArrowLeft" | "ArrowRight") {
            let controls = controls(&cell);
            let at = controls.iter().position(|control| **control == target);
            let next =
                if key == "ArrowRight" { at.map(|at| at + 1) } else { at.and_then(|at| at.checked_sub(1)) };
            if let Some(next) = next.and_then(|next| controls.get(next)) {
                focus(next);
                event.prevent_default();
                return;
            }
        }
        let Some(wish) = wish(spot, press, self.extent()) else { return };
        // What has the focus inside a cell keeps the keys that press it.
        let is_movement =
            !matches!(wish, Wish::Open | Wish::Enter | Wish::Select(_) | Wish::Sort(_) | Wish::Clear);
        if (!is_inside || is_movement) && self.grant(wish, spot, &cell) {
            event.prevent_default();
        }
    }

    /// Does what a key asks for. Whether there was anything to do.
    fn grant(self, wish: Wish, at: Spot, cell: &HtmlElement) -> bool {
        let index = at.row.checked_sub(1);
        let is_box = at.column < self.lead();
        match wish {
            Wish::Go(spot) => {
                self.with_state(|state| state.anchor = spot.row.saturating_sub(1));
                self.go(spot);
            }
            Wish::Extend(spot) => {
                self.extend(at.row - 1, spot.row - 1);
                self.go(spot);
            }
            Wish::Open if is_box => self.select(at.row - 1, false),
            Wish::Open => return self.open(cell),
            Wish::Enter => match controls(cell).first() {
                Some(control) => focus(control),
                None => return false,
            },
            Wish::Select(_) | Wish::SelectAll | Wish::Clear if self.selection.is_none() => return false,
            Wish::Select(range) => match index {
                Some(index) => self.select(index, range),
                None => return false,
            },
            Wish::SelectAll => self.select_all(true),
            Wish::Clear => return self.clear_selection(),
            Wish::Sort(_) if is_box => match controls(cell).first() {
                Some(control) => control.click(),
                None => return false,
            },
            Wish::Sort(add) => return self.sort_by(at.column - self.lead(), add),
            Wish::Move(_) | Wish::Resize(_) => match (self.tools(), at.column.checked_sub(self.lead())) {
                (Some(tools), Some(place)) => return (tools.key)(self, tools, place, wish),
                _ => return false,
            },
            Wish::Menu => match cell.query_selector("[aria-haspopup=menu]").ok().flatten() {
                Some(button) => click(&button),
                None => return false,
            },
        }
        true
    }

    /// Opens what the cell leads to: its only control; several are entered. A cell without any leads where its row does.
    fn open(self, cell: &HtmlElement) -> bool {
        match controls(cell).as_slice() {
            [control] => control.click(),
            [first, ..] => focus(first),
            [] => {
                let link =
                    cell.parent_element().and_then(|row| row.query_selector("th a[href]").ok().flatten());
                match link {
                    Some(link) => click(&link),
                    None => return false,
                }
            }
        }
        true
    }

    pub(super) fn sort_by(self, column: usize, add: bool) -> bool {
        let column = self.columns.with_untracked(|columns| columns.get(column).cloned());
        let (Some(column), Some(on_sort)) = (column.filter(|column| column.sortable), self.on_sort) else {
            return false;
        };
        let limit = self.sort_limit.get_untracked();
        on_sort.run(self.sort.with_untracked(|terms| toggled(terms, &column.id, add, limit)));
        true
    }

    pub(super) fn focusin(self, event: &ev::FocusEvent) {
        if let Some((spot, ..)) = spot_of(event.target()) {
            let is_new = self.with_state(|state| state.active != spot);
            if is_new == Some(true) {
                self.activate(spot);
            }
            self.hint(spot);
        }
    }

    /// A cell becomes the one that can have the focus just before the browser looks for one.
    pub(super) fn mousedown(self, event: &ev::MouseEvent) {
        if let Some((spot, _, target)) = spot_of(event.target())
            && target.closest(ACTIVE).is_ok_and(|active| active.is_none())
        {
            self.activate(spot);
        }
    }

    /// The boxes are changed by the selection alone, so that Shift can mean a range.
    pub(super) fn click(self, event: &ev::MouseEvent) {
        if let Some((spot, _, target)) = spot_of(event.target())
            && let Some(index) = spot.row.checked_sub(1)
            && target.matches("input.checkbox").unwrap_or(false)
        {
            self.select(index, event.shift_key());
        }
    }

    pub(super) fn mouseover(self, event: &ev::MouseEvent) {
        if !self.is_passing()
            && let Some((spot, ..)) = spot_of(event.target())
        {
            self.hint(spot);
        }
    }

    /// Lets the cell below the pointer tell what it has to: it came there by itself.
    pub(super) fn hint_under_pointer(self) {
        let Some(Some(body)) = self.body.try_get_untracked() else { return };
        let cell = body.query_selector(":is(th, td):hover").ok().flatten();
        if let Some((spot, ..)) = spot_of(cell.map(Into::into)) {
            self.hint(spot);
        }
    }

    fn hint(self, spot: Spot) {
        let (Some(row), Some(column)) = (spot.row.checked_sub(1), spot.column.checked_sub(self.lead()))
        else {
            return;
        };
        self.with_state(|state| state.rows.hint(row, column));
    }

    fn select(self, index: usize, range: bool) {
        let Some(selection) = self.selection else { return };
        let keys = self.keys.get_untracked();
        let Some(key) = keys.get(index) else { return };
        let on = selection.keys.with_untracked(|selected| !selected.contains(key));
        let anchor = self.with_state(|state| std::mem::replace(&mut state.anchor, index)).unwrap_or(index);
        let from = if range { anchor } else { index };
        selection.keys.update(|selected| set_range(&keys, selected, from, index, on));
    }

    /// Selects from where the range started to `to`, and lets go of what `from` reached beyond it.
    fn extend(self, from: usize, to: usize) {
        let Some(selection) = self.selection else { return };
        let keys = self.keys.get_untracked();
        let anchor = self.with_state(|state| state.anchor).unwrap_or(to);
        selection.keys.update(|selected| {
            set_range(&keys, selected, anchor, from, false);
            set_range(&keys, selected, anchor, to, true);
        });
    }

    pub(super) fn select_all(self, on: bool) {
        let Some(selection) = self.selection else { return };
        let keys = self.keys.get_untracked();
        selection.keys.update(|selected| {
            if on {
                selected.extend(keys.iter().cloned());
            } else {
                keys.iter().for_each(|key| drop(selected.take(key)));
            }
        });
    }

    fn clear_selection(self) -> bool {
        let Some(selection) = self.selection else { return false };
        let is_some = selection.keys.with_untracked(|selected| !selected.is_empty());
        if is_some {
            selection.keys.update(std::collections::BTreeSet::clear);
        }
        is_some
    }
}

/// The cell of an event, and the element that it happened to.
fn spot_of(target: Option<EventTarget>) -> Option<(Spot, HtmlElement, Element)> {
    let target: Element = target?.dyn_into().ok()?;
    let cell: HtmlElement = target.closest("td, th").ok().flatten()?.dyn_into().ok()?;
    let row = cell.parent_element()?;
    let row = match row.get_attribute("data-index") {
        Some(index) => index.parse::<usize>().ok()? + 1,
        None if row.matches("thead > tr").unwrap_or(false) => 0,
        None => return None,
    };
    let mut column = 0;
    let mut before = cell.previous_element_sibling();
    while let Some(sibling) = before {
        column += 1;
        before = sibling.previous_element_sibling();
    }
    Some((Spot { row, column }, cell, target))
}

/// What can have the focus in a cell.
fn controls(cell: &Element) -> Vec<HtmlElement> {
    let Ok(found) = cell.query_selector_all(CONTROLS) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

fn focus(element: &HtmlElement) {
    // Focus can only fail for elements that left the page.
    drop(element.focus());
}

fn click(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.click();
    }
}
