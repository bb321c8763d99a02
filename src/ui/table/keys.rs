//! What the keyboard does in a table: a pure function of where the focus is, the key, and how large the table is.

/// A cell. Row 0 holds the headers, row 1 is the first of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) row: usize,
    pub(super) column: usize,
}

/// How large a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    /// Rows, without the headers.
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Rows that show at once.
    pub(super) page: usize,
}

impl Extent {
    /// The nearest cell that there is.
    pub(super) fn nearest(self, spot: Spot) -> Spot {
        Spot { row: spot.row.min(self.rows), column: spot.column.min(self.columns.saturating_sub(1)) }
    }
}

/// A key with what is held down beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Press<'a> {
    pub(super) key: &'a str,
    pub(super) shift: bool,
    /// Control, or Command.
    pub(super) ctrl: bool,
    pub(super) alt: bool,
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// The focus goes to that cell.
    Go(Spot),
    /// The same, and the rows from the last selected one to it are selected.
    Extend(Spot),
    /// What the cell leads to opens, else what the row leads to.
    Open,
    /// The focus goes to what is inside the cell.
    Enter,
    /// The row's selection turns; with `true` that of the rows since the last one too.
    Select(bool),
    /// All loaded rows are selected.
    SelectAll,
    /// Nothing is selected.
    Clear,
    /// Rows are sorted by the column; with `true` by the others too.
    Sort(bool),
    /// The column moves by so many places.
    Move(isize),
    /// The column becomes wider or narrower by so many steps.
    Resize(i8),
    /// The menu of the column opens.
    Menu,
}

/// The meaning of a key in the cell `at`; nothing where it means nothing, so that the browser keeps it.
pub(super) fn wish(at: Spot, press: Press<'_>, extent: Extent) -> Option<Wish> {
    let Press { key, shift, ctrl, alt } = press;
    if at.row == 0
        && let Some(wish) = header_wish(press)
    {
        return Some(wish);
    }
    if alt {
        return None;
    }
    let to = |row: usize, column: usize| Some(Wish::Go(extent.nearest(Spot { row, column })));
    let extend = |row: usize| Some(Wish::Extend(extent.nearest(Spot { row: row.max(1), column: at.column })));
    let last = extent.columns.saturating_sub(1);
    match key {
        "ArrowDown" if shift && !ctrl && at.row > 0 => extend(at.row + 1),
        "ArrowUp" if shift && !ctrl && at.row > 0 => extend(at.row - 1),
        "ArrowDown" if !ctrl && !shift => to(at.row + 1, at.column),
        "ArrowUp" if !ctrl && !shift => to(at.row.saturating_sub(1), at.column),
        "ArrowRight" if !ctrl && !shift => to(at.row, at.column + 1),
        "ArrowLeft" if !ctrl && !shift => to(at.row, at.column.saturating_sub(1)),
        "PageDown" if !ctrl && !shift => to(at.row + extent.page, at.column),
        // Not past the first row into the headers.
        "PageUp" if !ctrl && !shift && at.row > 0 => to(at.row.saturating_sub(extent.page).max(1), at.column),
        "Home" if ctrl => to(1, 0),
        "End" if ctrl => to(extent.rows, last),
        "Home" => to(at.row, 0),
        "End" => to(at.row, last),
        "a" | "A" if ctrl && !shift => Some(Wish::SelectAll),
        "Escape" => Some(Wish::Clear),
        _ if at.row == 0 || ctrl => None,
        "Enter" => Some(Wish::Open),
        "F2" => Some(Wish::Enter),
        " " => Some(Wish::Select(shift)),
        _ => None,
    }
}

/// What only headers understand.
fn header_wish(Press { key, shift, ctrl, alt }: Press<'_>) -> Option<Wish> {
    match key {
        "ArrowLeft" if alt && shift => Some(Wish::Resize(-1)),
        "ArrowRight" if alt && shift => Some(Wish::Resize(1)),
        "ArrowLeft" if alt => Some(Wish::Move(-1)),
        "ArrowRight" if alt => Some(Wish::Move(1)),
        "ArrowDown" if alt => Some(Wish::Menu),
        "F10" if shift => Some(Wish::Menu),
        "F2" | "ContextMenu" => Some(Wish::Menu),
        "Enter" | " " if !alt && !ctrl => Some(Wish::Sort(shift)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Extent, Press, Spot, Wish, wish};

    const EXTENT: Extent = Extent { rows: 50, columns: 8, page: 20 };

    /// `Ctrl+Home` at row 3, column 2.
    fn at(row: usize, column: usize, keys: &str) -> Option<Wish> {
        let mut press = Press::default();
        for part in keys.split('+') {
            match part {
                "Shift" => press.shift = true,
                "Ctrl" => press.ctrl = true,
                "Alt" => press.alt = true,
                "Space" => press.key = " ",
                key => press.key = key,
            }
        }
        wish(Spot { row, column }, press, EXTENT)
    }

    #[expect(clippy::unnecessary_wraps, reason = "stands beside what the function gives")]
    fn go(row: usize, column: usize) -> Option<Wish> {
        Some(Wish::Go(Spot { row, column }))
    }

    #[test]
    fn arrows_end_at_the_edges() {
        assert_eq!(at(3, 2, "ArrowDown"), go(4, 2));
        assert_eq!(at(50, 2, "ArrowDown"), go(50, 2));
        assert_eq!(at(1, 2, "ArrowUp"), go(0, 2));
        assert_eq!(at(0, 2, "ArrowUp"), go(0, 2));
        assert_eq!(at(3, 0, "ArrowLeft"), go(3, 0));
        assert_eq!(at(3, 7, "ArrowRight"), go(3, 7));
    }

    #[test]
    fn pages_stay_within_the_rows() {
        assert_eq!(at(40, 1, "PageDown"), go(50, 1));
        assert_eq!(at(30, 1, "PageUp"), go(10, 1));
        assert_eq!(at(5, 1, "PageUp"), go(1, 1));
        assert_eq!(at(0, 1, "PageUp"), None);
        assert_eq!(at(0, 1, "PageDown"), go(20, 1));
    }

    #[test]
    fn home_and_end_go_along_the_row_and_with_control_through_the_table() {
        assert_eq!(at(3, 4, "Home"), go(3, 0));
        assert_eq!(at(3, 4, "End"), go(3, 7));
        assert_eq!(at(3, 4, "Ctrl+Home"), go(1, 0));
        assert_eq!(at(3, 4, "Ctrl+End"), go(50, 7));
    }

    #[test]
    fn shift_extends_the_selection_but_not_into_the_headers() {
        assert_eq!(at(3, 4, "Shift+ArrowDown"), Some(Wish::Extend(Spot { row: 4, column: 4 })));
        assert_eq!(at(1, 4, "Shift+ArrowUp"), Some(Wish::Extend(Spot { row: 1, column: 4 })));
        assert_eq!(at(3, 4, "Space"), Some(Wish::Select(false)));
        assert_eq!(at(3, 4, "Shift+Space"), Some(Wish::Select(true)));
        assert_eq!(at(3, 4, "Ctrl+a"), Some(Wish::SelectAll));
        assert_eq!(at(3, 4, "Escape"), Some(Wish::Clear));
    }

    #[test]
    fn rows_open_and_are_entered() {
        assert_eq!(at(3, 4, "Enter"), Some(Wish::Open));
        assert_eq!(at(3, 4, "F2"), Some(Wish::Enter));
        assert_eq!(at(3, 4, "x"), None);
        assert_eq!(at(3, 4, "Ctrl+Enter"), None);
    }

    #[test]
    fn headers_sort_move_and_change_their_width() {
        assert_eq!(at(0, 2, "Enter"), Some(Wish::Sort(false)));
        assert_eq!(at(0, 2, "Shift+Enter"), Some(Wish::Sort(true)));
        assert_eq!(at(0, 2, "Alt+ArrowLeft"), Some(Wish::Move(-1)));
        assert_eq!(at(0, 2, "Shift+Alt+ArrowRight"), Some(Wish::Resize(1)));
        assert_eq!(at(0, 2, "Alt+ArrowDown"), Some(Wish::Menu));
        assert_eq!(at(0, 2, "ArrowLeft"), go(0, 1));
    }

    #[test]
    fn rows_leave_the_browsers_own_keys_alone() {
        assert_eq!(at(3, 2, "Alt+ArrowLeft"), None);
        assert_eq!(at(3, 2, "Ctrl+ArrowDown"), None);
    }

    #[test]
    fn an_empty_table_has_headers_only() {
        let extent = Extent { rows: 0, columns: 8, page: 20 };
        let press = Press { key: "ArrowDown", ..Press::default() };
        let spot = Spot { row: 0, column: 2 };
        assert_eq!(wish(spot, press, extent), Some(Wish::Go(spot)));
    }
}
