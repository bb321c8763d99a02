//! How wide columns are. The table says it once, in properties that every cell of a column reads: to change the width of
//! a column changes no row.

use leptos::prelude::*;

use super::{Column, SELECT_WIDTH, Table, paint::style};
use crate::ui::fixed;

impl Table {
    /// Tells all cells the widths; tracks them.
    pub(super) fn spread(self) {
        let Some(grid) = self.grid.get() else { return };
        self.columns.with(|columns| {
            for (place, column) in columns.iter().enumerate() {
                let chosen = self.width(column);
                let width = chosen.unwrap_or(column.width);
                let give = shrink(width, self.least(column));
                style(&grid, &format!("--grow-{place}"), if chosen.is_some() { "0" } else { "1" });
                style(&grid, &format!("--shrink-{place}"), &fixed(give, 4));
                style(&grid, &format!("--width-{place}"), &rem(width));
            }
        });
    }

    /// What a column gets by with: while it is dragged, what the person gives it.
    fn least(self, column: &Column) -> f64 {
        match self.width(column) {
            Some(width) if width < column.least || width > column.width => width,
            _ => column.least,
        }
    }

    /// A growing column would be squeezed to nothing where the room is short, were it not for this. In rem.
    pub(super) fn least_width(self) -> f64 {
        let columns =
            self.columns.with(|columns| columns.iter().map(|column| self.least(column)).sum::<f64>());
        columns + SELECT_WIDTH * self.lead() as f64
    }

    /// What stays in sight when the rest is scrolled to the side, and would cover a cell that has the focus. In rem.
    pub(super) fn sticky_width(self) -> f64 {
        let name = self.columns.with(|columns| columns.first().map_or(0.0, |column| column.width));
        name + SELECT_WIDTH * self.lead() as f64
    }
}

/// The `flex` of a cell of the column at that place.
pub(super) fn flex(place: usize) -> String {
    format!("var(--grow-{place}) var(--shrink-{place}) var(--width-{place})")
}

/// The `flex-shrink` of a column. Browsers take it times the width, so that with this all columns come to their least width
/// at the same time. The table is never narrower than that, and the factor keeps the sum above one, below which browsers
/// would leave a part of the room uncut.
fn shrink(width: f64, least: f64) -> f64 {
    const FACTOR: f64 = 1000.0;
    if width > 0.0 { ((width - least) / width).max(0.0) * FACTOR } else { 0.0 }
}

/// A length in CSS.
pub(super) fn rem(width: f64) -> String {
    format!("{}rem", fixed(width, 4))
}

#[cfg(test)]
mod tests {
    use super::shrink;

    #[test]
    fn columns_come_to_their_least_width_together() {
        let columns = [(15.0, 11.0), (9.5, 7.5), (6.5, 6.5)];
        let room: f64 = columns.iter().map(|(width, least)| width - least).sum();
        let total: f64 = columns.iter().map(|(width, least)| shrink(*width, *least) * width).sum();
        for (width, least) in columns {
            let cut = shrink(width, least) * width / total * room;
            assert!((width - cut - least).abs() < 1e-9);
        }
    }
}
