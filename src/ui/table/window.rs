//! Which rows are in the document: those that show, some around them, and the one with the focus.

use std::ops::Range;

/// Up to so many rows, all are in the document: find-in-page and printing then see them.
const ALL_UP_TO: usize = 100;

/// Rows above and below the visible ones, at least.
const OVERSCAN: usize = 6;

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
        // Always as many: a row that leaves gives its element to one that comes.
        let length = (self.shown() + 2 * OVERSCAN).next_multiple_of(STEP) + STEP;
        let start = self.first().saturating_sub(OVERSCAN) / STEP * STEP;
        // Scrolled beyond a list that has just become short: the last rows.
        let start = start.min(count.saturating_sub(length));
        start..(start + length).min(count)
    }

    /// Rows that have to be right at once, of `count`: those that the reader sees, if only in part. Where all rows are in the
    /// document, all of them: whoever searches or copies the page looks at one state of it.
    pub(super) fn at_once(self, count: usize) -> Range<usize> {
        if count <= ALL_UP_TO {
            return 0..count;
        }
        let first = self.first().min(count.saturating_sub(self.shown()));
        first..(first + self.shown()).min(count)
    }

    /// How many rows show at most, whole or in part.
    fn shown(self) -> usize {
        (self.height / self.row).ceil() as usize + 1
    }

    /// The first row that shows.
    fn first(self) -> usize {
        (self.top / self.row).max(0.0) as usize
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

#[cfg(test)]
mod tests {
    use super::Sight;

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
        assert_eq!(at(0.0).rows(1000), 0..40);
        assert_eq!(at(15_000.0).rows(1000), 492..532);
        assert_eq!(at(15_060.0).rows(1000), 496..536);
        assert_eq!(at(29_400.0).rows(1000), 960..1000);
    }

    #[test]
    fn small_movements_change_nothing() {
        assert_eq!(at(15_000.0).rows(1000), at(15_029.0).rows(1000));
    }

    #[test]
    fn a_list_that_became_short_shows_its_end() {
        assert_eq!(at(29_400.0).rows(101), 61..101);
    }

    #[test]
    fn what_shows_comes_first() {
        assert_eq!(at(0.0).at_once(1000), 0..21);
        assert_eq!(at(15_015.0).at_once(1000), 500..521);
        assert_eq!(at(29_400.0).at_once(1000), 979..1000);
        assert_eq!(at(29_400.0).at_once(101), 80..101);
        assert_eq!(at(0.0).at_once(100), 0..100);
    }

    #[test]
    fn rows_are_revealed_by_the_least_movement() {
        assert_eq!(at(300.0).reveal(9, 32.0), Some(270.0));
        assert_eq!(at(300.0).reveal(10, 32.0), None);
        assert_eq!(at(300.0).reveal(27, 32.0), None);
        assert_eq!(at(300.0).reveal(28, 32.0), Some(302.0));
        assert_eq!(at(300.0).reveal(29, 32.0), Some(332.0));
    }
}
