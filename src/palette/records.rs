//! Records by their names, searched on the box: every collection that can be filtered by name is asked for the first few.
//!
//! A few requests are on their way at a time, those for what a person has looked at first. A newer text ends what an older one
//! asked for. What may not be read or fails is left out and counted.

use std::collections::VecDeque;
use std::sync::Arc;

use boxdeck_catalog::{Catalog, FieldType, Operation, OperationKind, Operator, Resource, Shape};
use boxdeck_dialect::{Dialect, Failure, FailureKind, ListTarget, Page, Query, Term};
use leptos::prelude::*;

use super::candidate::{Candidate, Goal, Group};
use super::score::score;
use crate::load::Loader;
use crate::place::Place;
use crate::system::System;
use crate::value::link;

/// Requests that are on their way at a time.
const LANES: usize = 4;
/// Records of one collection that are shown.
const MOST: u32 = 5;
/// Milliseconds without a key press after which the box is asked.
const PAUSE: u32 = 250;
/// Letters from which on the box is asked.
pub(super) const LEAST: usize = 2;

/// A collection that can be searched by name.
#[derive(Debug, Clone)]
struct Searchable {
    resource: Resource,
    list: Operation,
}

/// What was found in one collection.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// Where the collection stands among the others.
    order: usize,
    /// Its title.
    pub(super) title: String,
    /// Its records are known by their names alone.
    is_keyless: bool,
    /// The first records, and where more are the way to all of them.
    pub(super) candidates: Vec<Candidate>,
}

/// A search on its way. Ends with the component that made it.
#[derive(Clone, Copy)]
pub(super) struct Search {
    lanes: StoredValue<Vec<Loader<()>>>,
    waiting: StoredValue<VecDeque<(usize, Searchable)>>,
    /// What was found so far, in the order of the collections.
    pub(super) found: RwSignal<Vec<Found>>,
    /// How many collections could not be searched.
    pub(super) failed: RwSignal<u64>,
}

impl Search {
    /// Nothing is searched yet.
    pub(super) fn new() -> Self {
        Self {
            lanes: StoredValue::new((0..LANES).map(|_| Loader::aside()).collect()),
            waiting: StoredValue::new(VecDeque::new()),
            found: RwSignal::new(Vec::new()),
            failed: RwSignal::new(0),
        }
    }

    /// Whether something is on its way; tracked.
    pub(super) fn is_busy(self) -> bool {
        self.lanes.with_value(|lanes| lanes.iter().any(|lane| lane.get().loading))
    }

    /// Searches for a text, in place of what was searched for before. `seen`: resources that the person has looked at, the latest
    /// first.
    pub(super) fn run(self, system: &System, text: &str, seen: &[String]) {
        let text: Arc<str> = text.trim().into();
        let long_enough = text.chars().count() >= LEAST;
        let all = if long_enough { searchable(&system.catalog(), system.dialect, seen) } else { Vec::new() };
        self.waiting.set_value(all.into_iter().enumerate().collect());
        self.found.set(Vec::new());
        self.failed.set(0);
        self.lanes.with_value(|lanes| {
            for lane in lanes {
                let (system, text) = (system.clone(), Arc::clone(&text));
                lane.run(move |reader| async move {
                    if text.chars().count() >= LEAST {
                        reader.pause(PAUSE).await?;
                    }
                    loop {
                        if reader.is_gone() {
                            break;
                        }
                        let Some((order, next)) =
                            self.waiting.try_update_value(VecDeque::pop_front).flatten()
                        else {
                            break;
                        };
                        let query = query(&system, &next, &text);
                        let page =
                            system.page(&next.resource, &next.list, None, &query, reader.clone()).await;
                        if reader.is_gone() {
                            break;
                        }
                        self.arrived(&system.entry.name, order, &next, &text, page);
                    }
                    Ok(())
                });
            }
        });
    }

    fn arrived(self, system: &str, order: usize, of: &Searchable, text: &str, page: Result<Page, Failure>) {
        match page {
            Ok(page) => {
                let candidates = candidates(system, &of.resource, text, &page);
                if !candidates.is_empty() {
                    let title = of.resource.title.clone();
                    let is_keyless = candidates.iter().all(|candidate| candidate.note.is_empty());
                    let found = Found { order, title, is_keyless, candidates };
                    self.found.try_update(|all| {
                        let at = all.partition_point(|other| other.order < order);
                        all.insert(at, found);
                    });
                }
            }
            // Nothing to be found there is no failure.
            Err(failure) if failure.kind == FailureKind::NotFound => {}
            Err(_refused) => {
                self.failed.try_update(|count| *count += 1);
            }
        }
    }
}

/// The finds without records that another collection has shown already, by name and key: one collection may hold all of another. What
/// then has nothing of its own goes as a whole.
pub(super) fn without_copies(all: Vec<Found>) -> Vec<Found> {
    let mut known: Vec<(String, String)> = Vec::new();
    let mut kept = Vec::new();
    for mut found in all {
        let is_new = |candidate: &Candidate| {
            let id = (candidate.title.clone(), candidate.note.clone());
            candidate.note.is_empty() || !known.contains(&id)
        };
        found.candidates.retain(is_new);
        known.extend(
            found.candidates.iter().map(|candidate| (candidate.title.clone(), candidate.note.clone())),
        );
        if found.candidates.iter().any(|candidate| !candidate.note.is_empty()) || found.is_keyless {
            kept.push(found);
        }
    }
    kept
}

/// The collections that the box can search by name, those that were looked at first, then in the order of the navigation.
fn searchable(catalog: &Catalog, dialect: &dyn Dialect, seen: &[String]) -> Vec<Searchable> {
    let mut all: Vec<Searchable> = catalog
        .areas()
        .flat_map(|(_, resources)| resources)
        .filter_map(|resource| {
            let list = resource.first(OperationKind::List)?;
            let target = ListTarget { resource, operation: list, parent: None };
            let name = resource.field(resource.name_field())?;
            let can_search = resource.shape == Shape::Collection
                && resource.parent.is_none()
                && matches!(name.field_type, FieldType::Text)
                && dialect.operators(catalog, target, &name.name).contains(&Operator::Like);
            can_search.then(|| Searchable { resource: resource.clone(), list: list.clone() })
        })
        .collect();
    all.sort_by_key(|of| seen.iter().position(|id| *id == of.resource.id).unwrap_or(usize::MAX));
    all
}

/// The filter that looks for a text in the names.
fn by_name(resource: &Resource, text: &str) -> Vec<Term> {
    vec![Term::new(resource.name_field(), Operator::Like, text)]
}

fn query(system: &System, of: &Searchable, text: &str) -> Query {
    let target = ListTarget { resource: &of.resource, operation: &of.list, parent: None };
    let (least, _, greatest) = system.dialect.list_abilities(target).page_size;
    Query {
        filter: by_name(&of.resource, text),
        page_size: Some(MOST.clamp(least, greatest)),
        columns: vec![of.resource.name_field().to_owned()],
        ..Query::default()
    }
}

/// The records of a page, the best find first, and the way to all of them where there are more.
fn candidates(system: &str, resource: &Resource, text: &str, page: &Page) -> Vec<Candidate> {
    let list = Place::system(system).resource(&resource.id);
    let filtered = Query { filter: by_name(resource, text), ..Query::default() }.to_query_string();
    let filtered = list.with_query(filtered);
    let has_page = resource.first(OperationKind::Get).is_some();
    let mut found: Vec<(u32, Candidate)> = page
        .records
        .iter()
        .filter_map(|record| {
            let (key, name) = (record.key(resource)?, link::name_text(resource, &record)?);
            let place = if has_page { list.record(&key) } else { filtered.clone() };
            let note = if name == key { String::new() } else { key };
            let rank = score(text, &name, "").unwrap_or(0);
            Some((rank, Candidate::new(Group::Records, name, note, Goal::Place(place))))
        })
        .collect();
    found.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let has_more = page.next.is_some() || found.len() > most;
    let mut candidates: Vec<Candidate> =
        found.into_iter().take(most).map(|(_, candidate)| candidate).collect();
    if has_more && !candidates.is_empty() {
        let all = words::palette::more_in(&resource.title);
        candidates.push(Candidate::new(Group::Records, all, "", Goal::Place(filtered)));
    }
    candidates
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::{Position, Record, Total, dialect};
    use serde_json::json;

    use super::*;

    fn catalog() -> Catalog {
        let resource = |id: &str, parent: Option<&str>, filter: bool| {
            json!({
                "id": id, "title": id, "singular": id, "area": "a", "parent": parent, "name": "name",
                "fields": [{"name": "id", "label": "ID", "type": "integer"},
                    {"name": "name", "label": "Name", "filter": filter}],
                "operations": [{"id": format!("{id}.list"), "kind": "list", "method": "GET", "path": "/x", "title": "List"},
                    {"id": format!("{id}.get"), "kind": "get", "method": "GET", "path": "/x/{id}", "title": "Get"}],
            })
        };
        serde_json::from_value(json!({
            "kind": {"id": "k", "title": "K", "version": "1", "dialect": "infinibox", "operators": ["eq", "like"],
                "areas": [{"id": "a", "title": "A"}]},
            "resources": [resource("pools", None, true), resource("luns", Some("pools"), true),
                resource("events", None, false), resource("volumes", None, true)],
        }))
        .expect("a catalog")
    }

    #[test]
    fn what_was_looked_at_is_searched_first_and_what_has_no_names_not_at_all() {
        let catalog = catalog();
        let speaker = dialect("infinibox").expect("a dialect");
        let ids = |seen: &[String]| -> Vec<String> {
            searchable(&catalog, speaker, seen).into_iter().map(|of| of.resource.id).collect()
        };
        assert_eq!(ids(&[]), ["pools", "volumes"]);
        assert_eq!(ids(&["hosts".to_owned(), "volumes".to_owned()]), ["volumes", "pools"]);
    }

    #[test]
    fn a_record_shows_once() {
        let found = |order, title: &str, records: &[(&str, &str)]| Found {
            order,
            title: title.to_owned(),
            is_keyless: records.iter().all(|(_, key)| key.is_empty()),
            candidates: records
                .iter()
                .map(|(name, key)| Candidate::new(Group::Records, *name, *key, Goal::Place(Place::default())))
                .collect(),
        };
        let all = vec![
            found(0, "Volumes", &[("a", "1"), ("b", "2"), ("All in Volumes", "")]),
            found(1, "Datasets", &[("a", "1"), ("b", "2"), ("All in Datasets", "")]),
            found(2, "Hosts", &[("a", "7")]),
            found(3, "Roles", &[("a", "")]),
        ];
        let titles: Vec<String> = without_copies(all).into_iter().map(|found| found.title).collect();
        assert_eq!(titles, ["Volumes", "Hosts", "Roles"]);
    }

    #[test]
    fn records_lead_to_their_pages_and_more_of_them_to_the_list() {
        let catalog = catalog();
        let pools = catalog.resource("pools").expect("pools");
        let record = |id: u64, name: &str| {
            Record(json!({"id": id, "name": name}).as_object().cloned().unwrap_or_default())
        };
        let records = vec![record(1, "new-prod"), record(2, "prod")].into();
        let mut page = Page { records, total: Total::Exact(2), next: None, page_size: 5 };
        let titles = |page: &Page| -> Vec<(String, String)> {
            candidates("north", pools, "prod", page).into_iter().map(|it| (it.title, it.note)).collect()
        };
        let of = |title: &str, note: &str| (title.to_owned(), note.to_owned());
        assert_eq!(titles(&page), [of("prod", "2"), of("new-prod", "1")]);
        page.next = Some(Position::Number(2));
        let all = candidates("north", pools, "prod", &page);
        let Some(Candidate { goal: Goal::Place(place), .. }) = all.last() else { unreachable!() };
        assert_eq!(place.href(), "#/north/pools?filter=name:like:prod");
    }
}
