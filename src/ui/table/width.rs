//! How wide columns are. The table says it once, in properties that every cell of a column reads: to change the width of
//! a column changes no row.

use leptos::prelude::*;

use super::{SELECT_WIDTH, Table, paint::style};

impl Table {
    /// Tells all cells the widths; tracks them.
    pub(super) fn spread(self) {
        let Some(grid) = self.grid.get() else { return };
        let widths: Vec<Option<f64>> =
            self.columns.with(|columns| columns.iter().map(|column| self.width(column)).collect());
        self.columns.with(|columns| {
            for (place, (column, width)) in columns.iter().zip(&widths).enumerate() {
                let (grow, width) = width.map_or((1, column.width), |width| (0, width));
                style(&grid, &format!("--grow-{place}"), &grow.to_string());
                style(&grid, &format!("--width-{place}"), &rem(width));
            }
        });
    }

    /// A growing column would be squeezed to nothing where the room is short, were it not for this. In rem.
    pub(super) fn least_width(self) -> f64 {
        let columns = self.columns.with(|columns| {
            columns.iter().map(|column| self.width(column).unwrap_or(column.width)).sum::<f64>()
        });
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
    format!("var(--grow-{place}) 0 var(--width-{place})")
}

/// A length in CSS.
pub(super) fn rem(width: f64) -> String {
    format!("{width:.4}rem")
}
