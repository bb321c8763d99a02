//! What the page of a place is called, told by the page and shown by the frame around it.

use leptos::prelude::*;

/// The title of a page in a system. The frame provides it to its pages, and writes the window's title from it.
#[derive(Clone, Copy)]
pub struct PageTitle {
    record: RwSignal<Option<String>>,
    own: RwSignal<Option<String>>,
}

impl PageTitle {
    /// Nothing is known of the page yet; for everything inside.
    pub fn share() -> Self {
        let title = Self { record: RwSignal::new(None), own: RwSignal::new(None) };
        provide_context(title);
        title
    }

    /// Forgets the page that was shown.
    pub fn clear(self) {
        self.record.set(None);
        self.own.set(None);
    }

    /// The name of the record that the page shows, once it is known; tracked.
    pub fn record(self) -> Option<String> {
        self.record.get()
    }

    /// Tells the name of the record.
    pub fn name_record(self, name: Option<String>) {
        self.record.set(name);
    }

    /// What the page calls itself, where that says more than the way to it; tracked.
    pub fn own(self) -> Option<String> {
        self.own.get()
    }

    /// Calls the page so.
    pub fn call(self, title: &str) {
        self.own.set(Some(title.to_owned()));
    }
}

/// The title of the page around.
///
/// # Panics
/// Outside of a system's pages.
pub fn use_page_title() -> PageTitle {
    expect_context()
}
