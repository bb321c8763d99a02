//! Columns and the order of rows.

use std::sync::Arc;

/// Where the contents of a column stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    /// Text.
    #[default]
    Start,
    /// Numbers, so that digits stand below each other.
    End,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its id.
    pub id: Arc<str>,
    /// Its header.
    pub label: String,
    /// Where its contents stand.
    pub align: Align,
    /// Whether rows can be sorted by it.
    pub sortable: bool,
    /// Its width in rem; the least width of a growing one.
    pub width: f64,
    /// What it gets by with in rem, where all columns together are wider than their place.
    pub least: f64,
    /// Takes the room that is left.
    pub grow: bool,
    /// Neither moved nor hidden: it names the row, or is no column of data.
    pub fixed: bool,
    /// Whether rows can be filtered by it.
    pub filterable: bool,
}

impl Column {
    /// A sortable column of text.
    pub fn new(id: impl Into<Arc<str>>, label: impl Into<String>, width: f64) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            align: Align::Start,
            sortable: true,
            width,
            least: width,
            grow: false,
            fixed: false,
            filterable: false,
        }
    }

    /// The same for numbers.
    #[must_use]
    pub fn end(self) -> Self {
        Self { align: Align::End, ..self }
    }

    /// The same, taking the room that is left.
    #[must_use]
    pub fn grow(self) -> Self {
        Self { grow: true, ..self }
    }

    /// The same, neither moved nor hidden.
    #[must_use]
    pub fn fixed(self) -> Self {
        Self { fixed: true, ..self }
    }

    /// The same, not for sorting.
    #[must_use]
    pub fn unsorted(self) -> Self {
        Self { sortable: false, ..self }
    }
}

/// One column of the order of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortTerm {
    /// Id of the column.
    pub column: Arc<str>,
    /// Greatest first.
    pub descending: bool,
}

/// The order after a click on a header: least first, greatest first, none. With `add` the other columns stay and a new
/// one comes last; where the limit is reached, it takes the place of the weakest.
pub(super) fn toggled(terms: &[SortTerm], column: &Arc<str>, add: bool, limit: usize) -> Vec<SortTerm> {
    let old = terms.iter().find(|term| term.column == *column);
    let new = match old {
        None => Some(SortTerm { column: column.clone(), descending: false }),
        Some(old) if !old.descending => Some(SortTerm { descending: true, ..old.clone() }),
        Some(_) => None,
    };
    if !add || limit <= 1 {
        return new.into_iter().collect();
    }
    let mut result: Vec<SortTerm> = Vec::with_capacity(terms.len() + 1);
    for term in terms {
        if term.column == *column {
            result.extend(new.clone());
        } else {
            result.push(term.clone());
        }
    }
    if old.is_none() {
        result.truncate(limit - 1);
        result.extend(new);
    }
    result
}

/// The order by one column alone, or, with `add`, with it as the weakest.
pub(super) fn sorted_by(
    terms: &[SortTerm],
    column: &Arc<str>,
    descending: bool,
    add: bool,
    limit: usize,
) -> Vec<SortTerm> {
    let mut result: Vec<SortTerm> =
        terms.iter().filter(|term| add && term.column != *column).cloned().collect();
    result.truncate(limit.saturating_sub(1));
    result.push(SortTerm { column: column.clone(), descending });
    result
}

#[cfg(test)]
mod tests {
    use super::{SortTerm, sorted_by, toggled};

    fn order(text: &str) -> Vec<SortTerm> {
        text.split_whitespace()
            .map(|term| SortTerm {
                column: term.trim_start_matches('-').into(),
                descending: term.starts_with('-'),
            })
            .collect()
    }

    #[test]
    fn a_click_goes_round() {
        assert_eq!(toggled(&order(""), &"a".into(), false, 3), order("a"));
        assert_eq!(toggled(&order("a"), &"a".into(), false, 3), order("-a"));
        assert_eq!(toggled(&order("-a"), &"a".into(), false, 3), order(""));
        assert_eq!(toggled(&order("a b"), &"c".into(), false, 3), order("c"));
    }

    #[test]
    fn shift_keeps_the_others_in_their_places() {
        assert_eq!(toggled(&order("a b"), &"a".into(), true, 3), order("-a b"));
        assert_eq!(toggled(&order("-a b"), &"a".into(), true, 3), order("b"));
        assert_eq!(toggled(&order("a"), &"b".into(), true, 3), order("a b"));
    }

    #[test]
    fn the_limit_holds() {
        assert_eq!(toggled(&order("a b"), &"c".into(), true, 2), order("a c"));
        assert_eq!(toggled(&order("a"), &"c".into(), true, 1), order("c"));
    }

    #[test]
    fn an_order_is_chosen_outright() {
        assert_eq!(sorted_by(&order("a -b"), &"c".into(), true, false, 3), order("-c"));
        assert_eq!(sorted_by(&order("a -b"), &"c".into(), true, true, 3), order("a -b -c"));
        assert_eq!(sorted_by(&order("a -b"), &"a".into(), true, true, 3), order("-b -a"));
        assert_eq!(sorted_by(&order("a -b"), &"c".into(), false, true, 2), order("a c"));
    }
}
