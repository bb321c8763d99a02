//! What the keyboard does in the rows.

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// The focus goes to that row.
    Row(usize),
    /// The focus moves by so many inside the row.
    Within(i8),
    /// The row opens.
    Open,
    /// The row's selection turns; with `true` the rows since the last one too.
    Select(bool),
    /// All loaded rows are selected.
    SelectAll,
}

/// The meaning of a key in row `at` of `count`, where `page` rows show; `on_row` tells the row itself from what is in it.
pub(super) fn wish(
    key: &str,
    shift: bool,
    ctrl: bool,
    on_row: bool,
    at: usize,
    count: usize,
    page: usize,
) -> Option<Wish> {
    let last = count.checked_sub(1)?;
    Some(match key {
        "ArrowDown" if !ctrl => Wish::Row((at + 1).min(last)),
        "ArrowUp" if !ctrl => Wish::Row(at.saturating_sub(1)),
        "PageDown" => Wish::Row((at + page).min(last)),
        "PageUp" => Wish::Row(at.saturating_sub(page)),
        "Home" => Wish::Row(0),
        "End" => Wish::Row(last),
        "ArrowRight" => Wish::Within(1),
        "ArrowLeft" => Wish::Within(-1),
        "Enter" if on_row => Wish::Open,
        " " if on_row => Wish::Select(shift),
        "a" if on_row && ctrl => Wish::SelectAll,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Wish, wish};

    fn press(key: &str, at: usize) -> Option<Wish> {
        wish(key, false, false, true, at, 50, 20)
    }

    #[test]
    fn rows_end_where_the_list_ends() {
        assert_eq!(press("ArrowUp", 0), Some(Wish::Row(0)));
        assert_eq!(press("ArrowDown", 49), Some(Wish::Row(49)));
        assert_eq!(press("PageDown", 40), Some(Wish::Row(49)));
        assert_eq!(press("PageUp", 30), Some(Wish::Row(10)));
        assert_eq!(wish("ArrowDown", false, false, true, 0, 0, 20), None);
    }

    #[test]
    fn a_link_keeps_its_own_keys() {
        assert_eq!(wish("Enter", false, false, false, 3, 50, 20), None);
        assert_eq!(wish(" ", false, false, false, 3, 50, 20), None);
        assert_eq!(press("x", 3), None);
    }
}
