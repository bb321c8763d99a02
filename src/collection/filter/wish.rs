//! The wish to filter a list by a column, spoken where the column is and heard where filters are made.

use leptos::prelude::*;

/// A wish for a filter. Shared with everything inside the list.
#[derive(Clone, Copy)]
pub struct FilterWish(RwSignal<Option<String>>);

impl FilterWish {
    /// No wish yet.
    pub fn share() -> Self {
        let wish = Self(RwSignal::new(None));
        provide_context(wish);
        wish
    }

    /// Asks for a filter by that field.
    pub fn ask(self, field: &str) {
        self.0.set(Some(field.to_owned()));
    }

    /// The field that is wished for; tracked. Whoever grants the wish takes it.
    pub fn asked(self) -> Option<String> {
        self.0.get()
    }

    /// The wish is granted, or given up.
    pub fn settle(self) {
        self.0.set(None);
    }
}

/// Where to ask for a filter; nothing in lists that have no filter of their own.
pub fn use_filter_wish() -> Option<FilterWish> {
    use_context()
}
