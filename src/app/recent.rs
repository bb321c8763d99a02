//! The places that a person has been to since the page was loaded.

use std::cell::RefCell;

use leptos::prelude::*;

use crate::place::Place;

/// Most places that are remembered.
const MOST: usize = 20;

/// A place and what its page was called: the record or list first, then what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The place, without the query of its page.
    pub place: Place,
    /// What the page was called.
    pub title: String,
    /// What it belongs to.
    pub within: String,
}

thread_local! {
    static VISITS: RefCell<Option<ArcRwSignal<Vec<Visit>>>> = const { RefCell::new(None) };
}

/// The places, the latest first.
pub fn visits() -> ArcRwSignal<Vec<Visit>> {
    VISITS.with_borrow_mut(|visits| visits.get_or_insert_with(|| ArcRwSignal::new(Vec::new())).clone())
}

/// Notes that a place shows. Its title may become known later: the same place is noted once.
pub fn note(place: &Place, title: &str, within: &str) {
    let place = place.with_query("");
    visits().update(|visits| {
        visits.retain(|visit| visit.place != place);
        visits.insert(0, Visit { place, title: title.to_owned(), within: within.to_owned() });
        visits.truncate(MOST);
    });
}

/// Forgets the places of a system, when its session is closed.
pub fn forget(system: &str) {
    visits().update(|visits| visits.retain(|visit| visit.place.system.as_deref() != Some(system)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_remembered_once_the_latest_first() {
        let volumes = Place::system("north").resource("volumes");
        note(&volumes.with_query("page=2"), "Volumes", "North");
        note(&volumes.record("7"), "7", "Volumes");
        note(&volumes.record("7"), "erp", "Volumes");
        note(&volumes, "Volumes", "North");
        note(&Place::system("south"), "South", "");
        let titles = |visits: Vec<Visit>| visits.into_iter().map(|visit| visit.title).collect::<Vec<_>>();
        assert_eq!(titles(visits().get_untracked()), ["South", "Volumes", "erp"]);
        forget("north");
        assert_eq!(titles(visits().get_untracked()), ["South"]);
    }
}
