//! The rows that are in the document. They are painted without components and signals: a list changes thousands of cells
//! at once, and one that scrolls has a frame's time for a row that comes into sight.
//!
//! A row's element is not tied to a record: one that leaves the window is used again for one that enters it.

use std::{collections::BTreeMap, ops::Range};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::{
    Align, Column,
    cell::Cell,
    paint::{Mounted, Stencils, append, copy, element, paint, set, style, unset},
    width,
};

/// What every row has besides its cells.
pub(super) struct RowFacts<'a> {
    /// Number of the row among all, for screen readers; the header has 1.
    pub(super) number: u64,
    /// Whether it is selected; `None` where rows cannot be.
    pub(super) selected: Option<bool>,
    /// Name of its box.
    pub(super) select_label: &'a str,
}

/// Which rows are wanted.
pub(super) struct Wanted {
    /// Those that belong into the document.
    pub(super) window: Range<usize>,
    /// One that may not leave it.
    pub(super) pinned: Option<usize>,
    /// Of these, those that have to be right at once; the others may follow.
    pub(super) at_once: Range<usize>,
    /// Whether rows that are there already may have changed.
    pub(super) anew: bool,
}

/// A row of the document.
struct Row {
    element: HtmlElement,
    /// It does not show yet what it should.
    is_due: bool,
    /// Elements of the data, without the box.
    places: Vec<HtmlElement>,
    check: Option<HtmlInputElement>,
    shown: Vec<Cell>,
    /// Columns whose cells tell on hover what they showed then.
    hinted: Vec<usize>,
    views: BTreeMap<usize, Mounted>,
    number: u64,
    selected: Option<bool>,
}

/// The rows of a table.
pub(super) struct Rows {
    owner: Owner,
    stencils: Option<Stencils>,
    template: Option<HtmlElement>,
    columns: usize,
    selectable: bool,
    rows: BTreeMap<usize, Row>,
}

impl Rows {
    /// No rows yet; views in cells belong to `owner`.
    pub(super) fn new(owner: Owner) -> Self {
        Self { owner, stencils: None, template: None, columns: 0, selectable: false, rows: BTreeMap::new() }
    }

    /// Starts anew with these columns.
    pub(super) fn set_columns(&mut self, columns: &[Column], selectable: bool) {
        for row in self.rows.values() {
            row.element.remove();
        }
        self.rows.clear();
        (self.columns, self.selectable) = (columns.len(), selectable);
        self.template = template(columns, selectable);
        if self.stencils.is_none() {
            self.stencils = Stencils::new();
        }
    }

    /// Puts the wanted rows into the document and paints them as far as they differ from what shows. Whether all of them are
    /// right now: those that are not wanted at once are left to the next call.
    ///
    /// An element that shows another row from now on stays where it is among the others and is only moved on the screen:
    /// to take it out and put it back would cost more than to fill it. [`Rows::order`] is for when there is time.
    pub(super) fn show<'a>(
        &mut self,
        body: &HtmlElement,
        wanted: &Wanted,
        cells: &dyn Fn(usize) -> Vec<Cell>,
        facts: &dyn Fn(usize) -> RowFacts<'a>,
    ) -> bool {
        let Wanted { window, pinned, at_once, anew } = wanted;
        let is_wanted = |index: &usize| window.contains(index) || *pinned == Some(*index);
        let gone: Vec<usize> = self.rows.keys().copied().filter(|index| !is_wanted(index)).collect();
        // The first to leave is the first to come back, which keeps the order where all of them are others.
        let mut spare: Vec<Row> = gone.iter().rev().filter_map(|index| self.rows.remove(index)).collect();
        let mut is_whole = true;
        for index in window.clone().chain(pinned.filter(|index| !window.contains(index))) {
            let is_urgent = at_once.contains(&index) || *pinned == Some(index);
            if let Some(row) = self.rows.get_mut(&index) {
                row.is_due |= anew;
            } else if let Some(mut row) = spare.pop().or_else(|| is_urgent.then(|| self.new_row(body))?) {
                set(&row.element, "data-index", &index.to_string());
                // In heights of its own: whatever that is, rows follow each other.
                style(&row.element, "transform", &format!("translateY({index}00%)"));
                row.is_due = true;
                self.rows.insert(index, row);
            }
            if !is_urgent {
                is_whole &= self.is_ready(index);
            } else if !self.is_ready(index) {
                self.paint(index, cells(index), &facts(index));
            }
        }
        for row in spare {
            row.element.remove();
        }
        is_whole
    }

    /// Whether a row is in the document and shows what it should.
    pub(super) fn is_ready(&self, index: usize) -> bool {
        self.rows.get(&index).is_some_and(|row| !row.is_due)
    }

    /// Brings the elements into the order of the rows, which is how they are read aloud. The row `still` is not touched:
    /// moving an element takes its focus away.
    pub(super) fn order(&self, body: &HtmlElement, still: Option<usize>) {
        let still = still.filter(|index| self.rows.contains_key(index));
        let Some(still) = still.or_else(|| self.rows.keys().next().copied()) else { return };
        let Some(middle) = self.element(still) else { return };
        let mut next = middle.clone();
        for row in self.rows.range(..still).rev().map(|(_, row)| &row.element) {
            if next.previous_element_sibling().as_deref() != Some(row.as_ref()) {
                insert(body, row, Some(&next));
            }
            next = row.clone();
        }
        let mut last = middle.clone();
        for row in self.rows.range(still + 1..).map(|(_, row)| &row.element) {
            let after = last.next_element_sibling();
            if after.as_deref() != Some(row.as_ref()) {
                insert(body, row, after.as_ref());
            }
            last = row.clone();
        }
    }

    /// Shows which rows are selected.
    pub(super) fn mark<'a>(&mut self, facts: &dyn Fn(usize) -> RowFacts<'a>) {
        for (index, row) in &mut self.rows {
            row.mark(&facts(*index));
        }
    }

    /// The element of a row, if it is in the document.
    pub(super) fn element(&self, index: usize) -> Option<&HtmlElement> {
        self.rows.get(&index).map(|row| &row.element)
    }

    /// Any row that is in the document, to be measured.
    pub(super) fn any(&self) -> Option<&HtmlElement> {
        self.rows.values().next().map(|row| &row.element)
    }

    /// Elements of a column of the data in the rows of the document.
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = &HtmlElement> {
        self.rows.values().filter_map(move |row| row.places.get(column))
    }

    /// Lets a cell of the data tell on hover what belongs to it. Hints are written when they are needed: most never are.
    pub(super) fn hint(&mut self, index: usize, column: usize) {
        let Some(row) = self.rows.get_mut(&index) else { return };
        let hint = row.shown.get(column).and_then(Cell::hint);
        if let (Some(place), Some(hint)) = (row.places.get(column), hint)
            && !row.hinted.contains(&column)
        {
            place.set_title(&hint);
            row.hinted.push(column);
        }
    }

    fn new_row(&self, body: &HtmlElement) -> Option<Row> {
        let element = copy(self.template.as_ref()?)?;
        let mut children = Vec::new();
        let mut next = element.first_element_child();
        while let Some(child) = next {
            next = child.next_element_sibling();
            children.push(child.dyn_into::<HtmlElement>().ok()?);
        }
        let first = usize::from(self.selectable);
        let check = if self.selectable {
            children.first()?.query_selector("input").ok()??.dyn_into().ok()
        } else {
            None
        };
        let places = children.into_iter().skip(first).take(self.columns).collect();
        append(body, &element);
        Some(Row {
            element,
            is_due: true,
            places,
            check,
            shown: Vec::new(),
            hinted: Vec::new(),
            views: BTreeMap::new(),
            number: 0,
            selected: None,
        })
    }

    fn paint(&mut self, index: usize, cells: Vec<Cell>, facts: &RowFacts<'_>) {
        let (Some(row), Some(stencils)) = (self.rows.get_mut(&index), &self.stencils) else { return };
        for (column, (place, cell)) in row.places.iter().zip(&cells).enumerate() {
            let old = row.shown.get(column);
            if old == Some(cell) {
                continue;
            }
            // A view ends before something else takes its place.
            row.views.remove(&column);
            if let Some(hinted) = row.hinted.iter().position(|hinted| *hinted == column) {
                row.hinted.swap_remove(hinted);
                unset(place, "title");
            }
            if let Some(Some(view)) = paint(stencils, &self.owner, place, old, cell) {
                row.views.insert(column, view);
            }
        }
        if let Some(check) = &row.check
            && row.shown.first() != cells.first()
        {
            let name = cells.first().map_or("", Cell::words);
            set(check, "aria-label", &format!("{} {name}", facts.select_label));
        }
        row.shown = cells;
        row.is_due = false;
        if row.number != facts.number {
            row.number = facts.number;
            set(&row.element, "aria-rowindex", &facts.number.to_string());
        }
        row.mark(facts);
    }
}

impl Row {
    fn mark(&mut self, facts: &RowFacts<'_>) {
        if self.selected == facts.selected {
            return;
        }
        self.selected = facts.selected;
        if let (Some(selected), Some(check)) = (facts.selected, &self.check) {
            check.set_checked(selected);
            set(&self.element, "aria-selected", if selected { "true" } else { "false" });
        }
    }
}

/// Puts a row before another one, or at the end. It cannot fail: both are the table's own.
fn insert(body: &HtmlElement, row: &HtmlElement, before: Option<&Element>) {
    body.insert_before(row, before.map(AsRef::as_ref)).map(drop).unwrap_or_default();
}

/// A row without contents. Its roles are written out: laid out as it is, it is no table to a browser.
fn template(columns: &[Column], selectable: bool) -> Option<HtmlElement> {
    let row = element("tr", "")?;
    set(&row, "role", "row");
    if selectable {
        let cell = element("td", "table-select")?;
        set(&cell, "role", "gridcell");
        set(&cell, "aria-colindex", "1");
        let (label, check) = (element("label", "")?, element("input", "checkbox")?);
        set(&check, "type", "checkbox");
        set(&check, "tabindex", "-1");
        append(&label, &check);
        append(&cell, &label);
        append(&row, &cell);
    }
    for (index, column) in columns.iter().enumerate() {
        let class = if column.align == Align::End { "num" } else { "" };
        let cell = element(if index == 0 { "th" } else { "td" }, class)?;
        if index == 0 {
            set(&cell, "scope", "row");
        }
        set(&cell, "role", if index == 0 { "rowheader" } else { "gridcell" });
        set(&cell, "aria-colindex", &(index + 1 + usize::from(selectable)).to_string());
        style(&cell, "flex", &width::flex(index));
        append(&row, &cell);
    }
    Some(row)
}
