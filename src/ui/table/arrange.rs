//! The order of columns and how wide they may be.

use std::sync::Arc;

use super::Column;

/// Narrowest and widest column, in rem.
pub(super) const NARROWEST: f64 = 4.0;
/// See [`NARROWEST`].
pub(super) const WIDEST: f64 = 60.0;
/// What a key press adds to a width, in rem.
pub(super) const STEP: f64 = 1.0;

/// A width within what a column may have, in rem and to a sixteenth: what is kept should not depend on rounding.
pub(super) fn clamped(width: f64) -> f64 {
    (width.clamp(NARROWEST, WIDEST) * 16.0).round() / 16.0
}

/// The order after the column `id` has moved by so many places; nothing where it may not go there.
pub(super) fn shifted(columns: &[Column], id: &str, by: isize) -> Option<Vec<Arc<str>>> {
    let from = columns.iter().position(|column| *column.id == *id)?;
    let to = from.checked_add_signed(by)?;
    placed(columns, id, if to > from { to + 1 } else { to })
}

/// The order after the column `id` has come to stand before the one that is now at `before`. A column that is fixed stays,
/// and nothing passes it; nothing is given where the order would stay as it is.
pub(super) fn placed(columns: &[Column], id: &str, before: usize) -> Option<Vec<Arc<str>>> {
    let from = columns.iter().position(|column| *column.id == *id)?;
    let fixed = |index: usize| columns.get(index).is_none_or(|column| column.fixed);
    let to = if before > from { before - 1 } else { before };
    if to == from || (from.min(to)..=from.max(to)).any(fixed) {
        return None;
    }
    let mut order: Vec<Arc<str>> = columns.iter().map(|column| column.id.clone()).collect();
    let moved = order.remove(from);
    order.insert(to, moved);
    Some(order)
}

/// The order without a column; nothing where it may not go.
pub(super) fn without(columns: &[Column], id: &str) -> Option<Vec<Arc<str>>> {
    let column = columns.iter().find(|column| *column.id == *id).filter(|column| !column.fixed)?;
    let others = columns.iter().filter(|other| other.id != column.id);
    Some(others.map(|other| other.id.clone()).collect())
}

#[cfg(test)]
mod tests {
    use super::{Column, clamped, placed, shifted, without};

    /// Columns `a` to `e`, of which `a` and `e` are fixed.
    fn columns() -> Vec<Column> {
        let column = |id: char| {
            let column = Column::new(id.to_string(), "", 8.0);
            if matches!(id, 'a' | 'e') { column.fixed() } else { column }
        };
        ('a'..='e').map(column).collect()
    }

    fn written(order: Option<Vec<std::sync::Arc<str>>>) -> String {
        order.map_or_else(|| "no".to_owned(), |order| order.concat())
    }

    #[test]
    fn columns_move_between_the_fixed_ones() {
        assert_eq!(written(shifted(&columns(), "b", 1)), "acbde");
        assert_eq!(written(shifted(&columns(), "d", -2)), "adbce");
        assert_eq!(written(shifted(&columns(), "b", -1)), "no");
        assert_eq!(written(shifted(&columns(), "d", 1)), "no");
        assert_eq!(written(shifted(&columns(), "a", 1)), "no");
        assert_eq!(written(shifted(&columns(), "d", 9)), "no");
        assert_eq!(written(shifted(&columns(), "x", 1)), "no");
    }

    #[test]
    fn a_column_is_dropped_before_another() {
        assert_eq!(written(placed(&columns(), "b", 4)), "acdbe");
        assert_eq!(written(placed(&columns(), "d", 1)), "adbce");
        assert_eq!(written(placed(&columns(), "c", 2)), "no");
        assert_eq!(written(placed(&columns(), "c", 3)), "no");
        assert_eq!(written(placed(&columns(), "c", 0)), "no");
        assert_eq!(written(placed(&columns(), "c", 5)), "no");
    }

    #[test]
    fn fixed_columns_cannot_be_hidden() {
        assert_eq!(written(without(&columns(), "c")), "abde");
        assert_eq!(written(without(&columns(), "a")), "no");
    }

    #[test]
    fn widths_have_limits() {
        assert_eq!(clamped(0.5), 4.0);
        assert_eq!(clamped(900.0), 60.0);
        assert_eq!(clamped(10.03), 10.0);
    }
}
