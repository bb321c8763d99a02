//! Reads a list for a page, and knows what of the last answer may be shown.

use std::sync::Arc;

use boxdeck_dialect::{Failure, Query};
use leptos::prelude::*;

use super::address::ListAddress;
use super::source::{Listed, Source};
use crate::load::{self, Loaded, Loader, Retry};
use crate::when::use_now;

/// A list that is read whenever its query changes, a write touches it, or a person asks.
#[derive(Clone, Copy)]
pub struct Reading {
    loader: Loader<Listed>,
    wanted: Memo<Query>,
    source: StoredValue<Source>,
    again: RwSignal<u32>,
    doubted: RwSignal<bool>,
}

/// What a list shows in place of rows, or with them.
#[derive(Debug, Clone, PartialEq)]
pub enum Showing {
    /// Nothing has been read yet.
    Waiting,
    /// The rows of this query. `Some` where a newer read of the same rows has failed.
    Rows(Arc<Listed>, Option<Failure>),
    /// No row of this query is known.
    Failed(Failure),
}

impl Reading {
    /// Starts to read.
    pub fn start(source: &Source, address: Signal<ListAddress>) -> Self {
        let loader = Loader::<Listed>::new();
        let again = RwSignal::new(0);
        let doubted = RwSignal::new(false);
        let now = use_now();
        let wanted = {
            let source = source.clone();
            Memo::new(move |_| address.with(|address| source.sent_query(address)))
        };
        let kept = StoredValue::new(source.clone());
        let source = source.clone();
        Effect::new(move |_| {
            again.track();
            source.system.track(&source.resource.id);
            let (source, query) = (source.clone(), wanted.get());
            if source.unasked(&query.filter).is_some() {
                loader.cancel();
                // What a person asks with waits for data, which will not come by themselves.
                load::settle();
                return;
            }
            loader.run(move |reader| async move {
                let listed = source.read(query, reader).await;
                now.tick();
                listed
            });
        });
        Self { loader, wanted, source: kept, again, doubted }
    }

    /// The state of the loader, for "as of".
    pub fn state(self) -> Signal<Loaded<Listed>> {
        self.loader.state()
    }

    /// What the console does by itself about a failure.
    pub fn retry(self) -> Signal<Option<Retry>> {
        self.loader.retry()
    }

    /// Reads again.
    pub fn refresh(self) {
        self.again.update(|count| *count = count.wrapping_add(1));
    }

    /// Says whether a person has entered a filter since that cannot be read.
    pub fn doubt(self, doubted: bool) {
        self.doubted.try_update(|known| *known = doubted);
    }

    /// Whether a person has entered a filter since that cannot be read: what the box said of the one before is out of date.
    pub fn is_doubted(self) -> bool {
        self.doubted.get()
    }

    /// Whether a request is under way.
    pub fn is_loading(self) -> Memo<bool> {
        let loader = self.loader;
        Memo::new(move |_| loader.state().with(|state| state.loading))
    }

    /// What may be shown. Rows of another query than the one wanted stay while the new ones are awaited, and go when the new
    /// ones cannot be read: they would pass for what they are not.
    pub fn showing(self) -> Memo<Showing> {
        let Self { loader, wanted, source, .. } = self;
        Memo::new(move |_| {
            wanted.with(|wanted| match source.with_value(|source| source.unasked(&wanted.filter)) {
                Some(failure) => Showing::Failed(failure),
                None => loader.state().with(|state| showing(state, wanted)),
            })
        })
    }
}

fn showing(state: &Loaded<Listed>, wanted: &Query) -> Showing {
    match (&state.data, &state.failure) {
        (Some(listed), failure) if listed.query == *wanted => Showing::Rows(listed.clone(), failure.clone()),
        (Some(listed), _) if state.loading => Showing::Rows(listed.clone(), None),
        (_, Some(failure)) if !state.loading => Showing::Failed(failure.clone()),
        (Some(listed), None) => Showing::Rows(listed.clone(), None),
        _ => Showing::Waiting,
    }
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::{FailureKind, Page, Records, Total};

    use super::*;

    fn listed(size: u32) -> Arc<Listed> {
        let query = Query { page_size: Some(size), ..Query::default() };
        let page = Page { records: Records::default(), total: Total::Exact(0), next: None, page_size: size };
        Arc::new(Listed { query, page, left_out: 0 })
    }

    fn state(data: Option<Arc<Listed>>, failed: bool, loading: bool) -> Loaded<Listed> {
        let failure = failed.then(|| Failure::new(FailureKind::Broken, "broken"));
        Loaded { data, failure, loading, ..Loaded::default() }
    }

    #[test]
    fn rows_of_another_query_go_when_the_wanted_ones_cannot_be_read() {
        let wanted = listed(2).query.clone();
        assert!(matches!(showing(&state(Some(listed(1)), false, true), &wanted), Showing::Rows(_, None)));
        assert!(matches!(showing(&state(Some(listed(1)), true, false), &wanted), Showing::Failed(_)));
    }

    #[test]
    fn rows_are_the_same_only_as_one_answer() {
        let (one, other) = (listed(1), listed(1));
        assert_eq!(Showing::Rows(one.clone(), None), Showing::Rows(one.clone(), None));
        assert_ne!(Showing::Rows(one, None), Showing::Rows(other, None));
    }

    #[test]
    fn rows_of_the_wanted_query_stay_beside_the_failure() {
        let wanted = listed(2).query.clone();
        assert!(matches!(showing(&state(Some(listed(2)), true, false), &wanted), Showing::Rows(_, Some(_))));
        assert!(matches!(showing(&state(None, false, true), &wanted), Showing::Waiting));
        assert!(matches!(showing(&state(None, true, false), &wanted), Showing::Failed(_)));
    }
}
