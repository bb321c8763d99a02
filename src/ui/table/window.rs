//! Which rows are in the document: those that show, some around them, and the one with the focus.

use std::ops::Range;

/// Up to so many rows, all are in the document: find-in-page and printing then see them.
const ALL_UP_TO: usize = 100;

/// Rows above and below the visible ones.
const OVERSCAN: usize = 8;

/// The window moves in steps, so that most frames of a scroll change nothing.
const STEP: usize = 4;

/// Where the reader is, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sight {
    /// How far the rows are scrolled.
    pub(super) top: f64,
    /// Height of the scrolled part, with the headers.
    pub(super) height: f64,
    /// Height of a row.
    pub(super) row: f64,
}

impl Default for Sight {
    /// Until the first measurement: a tall window and rows of the usual height.
    fn default() -> Self {
        Self { top: 0.0, height: 1200.0, row: 34.0 }
    }
}

impl Sight {
    /// Rows to have in the document, of `count`.
    pub(super) fn rows(self, count: usize) -> Range<usize> {
        if count <= ALL_UP_TO {
            return 0..count;
        }
        let first = (self.top / self.row).max(0.0) as usize;
        let shown = (self.height / self.row).ceil() as usize + 1;
        let end = ((first + shown + OVERSCAN).div_ceil(STEP) * STEP).min(count);
        // Scrolled beyond a list that has just become short: the last rows.
        let start = (first.min(end).saturating_sub(OVERSCAN)) / STEP * STEP;
        start..end
    }

    /// Rows that fit into the visible part.
    pub(super) fn page(self) -> usize {
        ((self.height / self.row) as usize).saturating_sub(2).max(1)
    }

    /// Where to scroll so that a row shows below headers of the height `head`; nothing where it does.
    pub(super) fn reveal(self, index: usize, head: f64) -> Option<f64> {
        let low = index as f64 * self.row;
        let high = low + self.row + head - self.height;
        if self.top > low {
            Some(low)
        } else if self.top < high {
            Some(high.ceil())
        } else {
            None
        }
    }
}

/// A part of the table's body, from top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Row(usize),
    /// Room for so many rows that are not in the document.
    Gap(usize),
}

/// The body of a table of `count` rows: those of `rows` and the one that may not leave, with gaps for the others.
pub(super) fn pieces(rows: Range<usize>, pinned: Option<usize>, count: usize) -> Vec<Piece> {
    let pinned = pinned.filter(|index| *index < count && !rows.contains(index));
    let above = pinned.filter(|index| *index < rows.start);
    let below = pinned.filter(|index| *index >= rows.end);
    let mut pieces = Vec::with_capacity(rows.len() + 4);
    let mut next = 0;
    for index in above.into_iter().chain(rows).chain(below) {
        if index > next {
            pieces.push(Piece::Gap(index - next));
        }
        pieces.push(Piece::Row(index));
        next = index + 1;
    }
    if count > next {
        pieces.push(Piece::Gap(count - next));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Piece, Sight, pieces};

    fn at(top: f64) -> Sight {
        Sight { top, height: 600.0, row: 30.0 }
    }

    #[test]
    fn few_rows_are_all_there() {
        assert_eq!(at(0.0).rows(0), 0..0);
        assert_eq!(at(300.0).rows(100), 0..100);
    }

    #[test]
    fn many_rows_are_a_window() {
        assert_eq!(at(0.0).rows(1000), 0..32);
        assert_eq!(at(15_000.0).rows(1000), 492..532);
        assert_eq!(at(29_400.0).rows(1000), 972..1000);
    }

    #[test]
    fn small_movements_change_nothing() {
        assert_eq!(at(15_000.0).rows(1000), at(15_029.0).rows(1000));
    }

    #[test]
    fn a_list_that_became_short_shows_its_end() {
        assert_eq!(at(29_400.0).rows(101), 92..101);
    }

    #[test]
    fn rows_are_revealed_by_the_least_movement() {
        assert_eq!(at(300.0).reveal(9, 32.0), Some(270.0));
        assert_eq!(at(300.0).reveal(10, 32.0), None);
        assert_eq!(at(300.0).reveal(27, 32.0), None);
        assert_eq!(at(300.0).reveal(28, 32.0), Some(302.0));
        assert_eq!(at(300.0).reveal(29, 32.0), Some(332.0));
    }

    fn written(pieces: &[Piece]) -> String {
        let texts = pieces.iter().map(|piece| match piece {
            Piece::Row(index) => index.to_string(),
            Piece::Gap(count) => format!("({count})"),
        });
        texts.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn gaps_hold_the_place_of_what_is_missing() {
        assert_eq!(written(&pieces(0..3, None, 3)), "0 1 2");
        assert_eq!(written(&pieces(4..6, None, 10)), "(4) 4 5 (4)");
        assert_eq!(written(&pieces(4..6, Some(5), 10)), "(4) 4 5 (4)");
        assert_eq!(written(&pieces(0..0, None, 0)), "");
    }

    #[test]
    fn the_row_with_the_focus_stays_where_it_is() {
        assert_eq!(written(&pieces(4..6, Some(1), 10)), "(1) 1 (2) 4 5 (4)");
        assert_eq!(written(&pieces(4..6, Some(3), 10)), "(3) 3 4 5 (4)");
        assert_eq!(written(&pieces(4..6, Some(9), 10)), "(4) 4 5 (3) 9");
        assert_eq!(written(&pieces(4..6, Some(12), 10)), "(4) 4 5 (4)");
    }
}
