//! The rows that are in the document. They are painted without components and signals: a list changes thousands of cells
//! at once, and one that scrolls has a frame's time for a row that comes into sight.
//!
//! A row's element is not tied to a record: one that leaves the window is used again for one that enters it.

use std::{collections::BTreeMap, ops::Range};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, Node};

use super::{
    Align, Column,
    cell::Cell,
    paint::{Mounted, Stencils, append, copy, element, paint, set, style, unset},
    window::{Piece, pieces},
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

/// A row of the document.
struct Row {
    element: HtmlElement,
    /// Elements of the data, without the box.
    places: Vec<HtmlElement>,
    check: Option<HtmlInputElement>,
    shown: Vec<Cell>,
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
    spare: Vec<Row>,
    gaps: Vec<HtmlElement>,
}

impl Rows {
    /// No rows yet; views in cells belong to `owner`.
    pub(super) fn new(owner: Owner) -> Self {
        Self {
            owner,
            stencils: None,
            template: None,
            columns: 0,
            selectable: false,
            rows: BTreeMap::new(),
            spare: Vec::new(),
            gaps: Vec::new(),
        }
    }

    /// Starts anew with these columns.
    pub(super) fn set_columns(&mut self, columns: &[Column], selectable: bool, filler: bool) {
        for row in self.rows.values().chain(&self.spare) {
            row.element.remove();
        }
        self.rows.clear();
        self.spare.clear();
        (self.columns, self.selectable) = (columns.len(), selectable);
        self.template = template(columns, selectable, filler);
        if self.stencils.is_none() {
            self.stencils = Stencils::new();
        }
    }

    /// Puts the rows of the window into the document, and the one that may not leave it. Rows that are there already are
    /// painted again only if `anew`, as far as they differ.
    pub(super) fn show<'a>(
        &mut self,
        body: &HtmlElement,
        (window, pinned, count): (Range<usize>, Option<usize>, usize),
        row_height: f64,
        anew: bool,
        cells: &dyn Fn(usize) -> Vec<Cell>,
        facts: &dyn Fn(usize) -> RowFacts<'a>,
    ) {
        let pieces = pieces(window, pinned, count);
        let wanted: Vec<usize> = pieces
            .iter()
            .filter_map(|piece| if let Piece::Row(index) = piece { Some(*index) } else { None })
            .collect();
        let gone: Vec<usize> =
            self.rows.keys().copied().filter(|index| wanted.binary_search(index).is_err()).collect();
        for index in gone {
            if let Some(row) = self.rows.remove(&index) {
                row.element.remove();
                self.spare.push(row);
            }
        }
        for index in wanted.iter().copied() {
            if self.rows.contains_key(&index) {
                if anew {
                    self.paint(index, cells(index), &facts(index));
                }
            } else if let Some(row) = self.spare.pop().or_else(|| self.new_row()) {
                set(&row.element, "data-index", &index.to_string());
                self.rows.insert(index, row);
                self.paint(index, cells(index), &facts(index));
            }
        }
        self.arrange(body, &pieces, row_height);
        // Elements beyond what a window needs are not kept: a page of 1 000 rows may have been printed.
        self.spare.truncate(wanted.len());
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

    /// What a cell of the data tells on hover.
    pub(super) fn hint(&self, index: usize, column: usize) -> Option<(&HtmlElement, String)> {
        let row = self.rows.get(&index)?;
        Some((row.places.get(column)?, row.shown.get(column)?.hint()?))
    }

    fn new_row(&self) -> Option<Row> {
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
        Some(Row {
            element,
            places,
            check,
            shown: Vec::new(),
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
            unset_hint(place, old);
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
        if row.number != facts.number {
            row.number = facts.number;
            set(&row.element, "aria-rowindex", &facts.number.to_string());
        }
        row.mark(facts);
    }

    /// Brings rows and gaps into their order. Rows that stay are not touched: moving an element takes its focus away.
    fn arrange(&mut self, body: &HtmlElement, pieces: &[Piece], row_height: f64) {
        let mut cursor: Option<Element> = body.first_element_child();
        let mut gaps = 0;
        for piece in pieces {
            let element = match piece {
                Piece::Row(index) => self.rows.get(index).map(|row| row.element.clone()),
                Piece::Gap(count) => {
                    gaps += 1;
                    self.gap(gaps - 1, *count as f64 * row_height)
                }
            };
            let Some(element) = element else { continue };
            if cursor.as_deref() == Some(element.as_ref()) {
                cursor = element.next_element_sibling();
            } else {
                let before: Option<&Node> = cursor.as_deref();
                body.insert_before(&element, before).map(drop).unwrap_or_default();
            }
        }
        while let Some(rest) = cursor {
            cursor = rest.next_element_sibling();
            rest.remove();
        }
    }

    fn gap(&mut self, place: usize, height: f64) -> Option<HtmlElement> {
        if place >= self.gaps.len() {
            let gap = element("tr", "table-spacer")?;
            set(&gap, "aria-hidden", "true");
            let cell = element("td", "")?;
            append(&gap, &cell);
            self.gaps.push(gap);
        }
        let gap = self.gaps.get(place)?.clone();
        style(&gap, "height", &format!("{height:.1}px"));
        Some(gap)
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

/// Hints are set when they are asked for, and belong to what the cell showed then.
fn unset_hint(place: &HtmlElement, old: Option<&Cell>) {
    if old.is_some() {
        unset(place, "title");
    }
}

/// A row without contents.
fn template(columns: &[Column], selectable: bool, filler: bool) -> Option<HtmlElement> {
    let row = element("tr", "")?;
    if selectable {
        let cell = element("td", "table-select")?;
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
        set(&cell, "aria-colindex", &(index + 1 + usize::from(selectable)).to_string());
        append(&row, &cell);
    }
    if filler {
        let cell = element("td", "table-filler")?;
        set(&cell, "aria-hidden", "true");
        append(&row, &cell);
    }
    Some(row)
}
