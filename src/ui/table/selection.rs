//! Which rows are selected.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::ui::Text;

/// The selection of a table, by the rows' keys. Keys that are not loaded stay selected; the owner says what that covers.
#[derive(Clone, Copy)]
pub struct Selection {
    /// Keys of the selected rows.
    pub keys: RwSignal<BTreeSet<String>>,
    /// Name of a row's box; the row's name follows it.
    pub row_label: Text,
    /// Name of the box in the header, which stands for all loaded rows.
    pub all_label: Text,
}

/// What the box in the header shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cover {
    None,
    Some,
    All,
}

/// How much of the loaded rows is selected.
pub(super) fn cover(loaded: &[String], selected: &BTreeSet<String>) -> Cover {
    let count = loaded.iter().filter(|key| selected.contains(*key)).count();
    if count == 0 {
        Cover::None
    } else if count == loaded.len() {
        Cover::All
    } else {
        Cover::Some
    }
}

/// Sets rows `from` to `to`, in either direction and both included, to what the last one has become.
pub(super) fn set_range(
    loaded: &[String],
    selected: &mut BTreeSet<String>,
    from: usize,
    to: usize,
    on: bool,
) {
    let keys = loaded.iter().skip(from.min(to)).take(from.abs_diff(to) + 1);
    for key in keys {
        if on {
            selected.insert(key.clone());
        } else {
            selected.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Cover, cover, set_range};

    fn keys(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_header_knows_three_states() {
        let selected = BTreeSet::from(["b".to_owned(), "not-loaded".to_owned()]);
        assert_eq!(cover(&keys("a c"), &selected), Cover::None);
        assert_eq!(cover(&keys("a b"), &selected), Cover::Some);
        assert_eq!(cover(&keys("b"), &selected), Cover::All);
        assert_eq!(cover(&[], &selected), Cover::None);
    }

    #[test]
    fn ranges_go_both_ways() {
        let mut selected = BTreeSet::new();
        set_range(&keys("a b c d"), &mut selected, 2, 1, true);
        assert_eq!(selected, BTreeSet::from(["b".to_owned(), "c".to_owned()]));
        set_range(&keys("a b c d"), &mut selected, 0, 1, false);
        assert_eq!(selected, BTreeSet::from(["c".to_owned()]));
    }
}
