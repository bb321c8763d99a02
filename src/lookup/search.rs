//! A search that follows what a person types.

use boxdeck_dialect::{Failure, FailureKind};
use leptos::prelude::*;
use words::list as say;

use super::{Entry, Found, Lookup};
use crate::load::{Loader, Retry};

/// Milliseconds without a key press after which the box is asked.
pub const PAUSE: u32 = 150;

/// A search on its way, and what it has found. Ends with the component that made it.
#[derive(Clone, Copy)]
pub struct Search {
    lookup: Callback<(), Option<Lookup>>,
    loader: Loader<Found>,
    /// What is searched for.
    pub text: RwSignal<String>,
}

impl Search {
    /// Nothing is searched yet. `lookup` says where, each time.
    pub fn new(lookup: impl Fn() -> Option<Lookup> + Send + Sync + 'static) -> Self {
        let lookup = Callback::new(move |()| lookup());
        Self { lookup, loader: Loader::new(), text: RwSignal::new(String::new()) }
    }

    /// Searches for a text in place of the one before, once no key is pressed for a moment; for all at once.
    pub fn type_in(self, text: String) {
        self.text.set(text.clone());
        let Some(lookup) = untrack(|| self.lookup.run(())) else { return };
        self.loader.run(move |reader| async move {
            if !text.is_empty() {
                reader.pause(PAUSE).await?;
            }
            lookup.search(&text, reader).await
        });
    }

    /// Searches for the same once more.
    pub fn again(self) {
        self.type_in(self.text.get_untracked());
    }

    /// What was found and fits what is typed now; nothing while nothing was found yet.
    pub fn entries(self) -> Memo<Vec<Entry>> {
        Memo::new(move |_| {
            let found = self.loader.get().data;
            self.text.with(|text| found.map(|found| found.fitting(text)).unwrap_or_default())
        })
    }

    /// The exact value of a record that was found, by its text.
    pub fn exact(self, key: &str) -> Option<serde_json::Value> {
        self.loader.state().with_untracked(|loaded| loaded.data.as_ref()?.exact(key))
    }

    /// Whether the box is being asked; tracked.
    pub fn is_loading(self) -> bool {
        self.loader.state().with(|loaded| loaded.loading)
    }

    /// Whether the box has answered, and if so whether there are more records than it has given; tracked.
    pub fn is_cut(self) -> Option<bool> {
        self.loader.state().with(|loaded| loaded.data.as_ref().map(|found| found.cut))
    }

    /// The newest failure, if nothing has arrived since.
    pub fn failure(self) -> Memo<Option<Failure>> {
        self.loader.failure()
    }

    /// What the console does by itself about the failure.
    pub fn retry(self) -> Signal<Option<Retry>> {
        self.loader.retry()
    }

    /// How many were found, or why none; `things`: what is searched.
    pub fn status(self, things: String) -> Signal<String> {
        let (entries, failure) = (self.entries(), self.failure());
        Signal::derive(move || {
            if let Some(failure) = failure.get() {
                return told(failure);
            }
            let count = u64::try_from(entries.with(Vec::len)).unwrap_or(u64::MAX);
            match self.is_cut() {
                None => say::reading().to_owned(),
                Some(_) if count == 0 => say::none_found(&things),
                Some(true) => say::first_found(count),
                Some(false) => say::found(count),
            }
        })
    }
}

fn told(failure: Failure) -> String {
    match failure.kind {
        FailureKind::Forbidden => say::role_may_not().to_owned(),
        _ => failure.message,
    }
}
