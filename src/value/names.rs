//! Names of the records that references point to, where the record itself holds only the key.
//!
//! What a page shows asks for names one by one; they are read together: with one request per resource where the box can
//! pick records by several keys; else many are looked for in one large page of the list, and what is left is read one by
//! one, not without end. Until a name is there, and where it cannot be read,
//! the key stands for it: the page is right without names, only harder to read.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use boxdeck_catalog::{OperationKind, Operator, Resource};
use boxdeck_dialect::{Failure, FailureKind, ListTarget, Query, Record, Term};
use leptos::prelude::*;

use super::link;
use crate::load::{Loader, Reader};
use crate::system::System;

/// Records that one page reads one by one; the keys of further ones stay.
const MOST_ALONE: usize = 25;
/// From so many keys on, a page of the list is looked through first.
const MANY: usize = 4;
/// Records in that page, where the box gives so many.
const LOOKED_THROUGH: u32 = 1000;
/// Keys in one request: its address must not become too long.
const MOST_TOGETHER: u32 = 50;
/// How long to wait for what else the page asks for.
const GATHERING: Duration = Duration::from_millis(10);

/// A name, once it is known.
pub type Name = ArcRwSignal<Option<String>>;

/// The names that a page has asked for. Ends with the component that made it.
#[derive(Clone, Copy)]
pub struct Names(StoredValue<Asked>);

struct Asked {
    system: System,
    owner: Option<Owner>,
    names: HashMap<(String, String), Name>,
    waiting: BTreeMap<String, Vec<String>>,
    alone: usize,
    /// Counts the names that have come.
    come: RwSignal<u32>,
}

impl Names {
    /// Knows no names yet.
    pub fn new(system: &System) -> Self {
        Self(StoredValue::new(Asked {
            system: system.clone(),
            owner: Owner::current(),
            names: HashMap::new(),
            waiting: BTreeMap::new(),
            alone: 0,
            come: RwSignal::new(0),
        }))
    }

    /// Tracks the names that come: for whoever asks for many and looks again at all of them.
    pub fn track(self) {
        if let Some(come) = self.0.try_with_value(|asked| asked.come) {
            come.track();
        }
    }

    /// Shares the names among everything on a page.
    pub fn share(system: &System) {
        provide_context(Self::new(system));
    }

    /// The name of a record of that resource, by the value of its key field. Asked for once.
    pub fn of(self, resource: &str, key: String) -> Name {
        let id = (resource.to_owned(), key);
        let known = self.0.try_with_value(|asked| asked.names.get(&id).cloned()).flatten();
        if let Some(name) = known {
            return name;
        }
        let name = Name::new(None);
        self.0.try_update_value(|asked| {
            if asked.waiting.is_empty() {
                set_timeout(move || self.read(), GATHERING);
            }
            asked.waiting.entry(id.0.clone()).or_default().push(id.1.clone());
            asked.names.insert(id, name.clone());
        });
        name
    }

    /// Reads what is waited for.
    fn read(self) {
        // Without a value the page is gone.
        let Some((waiting, system, owner)) = self.0.try_update_value(|asked| {
            (std::mem::take(&mut asked.waiting), asked.system.clone(), asked.owner.clone())
        }) else {
            return;
        };
        for (resource, keys) in waiting {
            let Some(resource) = system.catalog().resource(&resource).cloned() else { continue };
            let loader = owner.as_ref().map_or_else(Loader::<()>::aside, |owner| owner.with(Loader::aside));
            let system = system.clone();
            let id = resource.id.clone();
            let found = move |key: &str, name: String| {
                let id = (id.clone(), key.to_owned());
                let known = self.0.try_with_value(|asked| Some((asked.names.get(&id).cloned()?, asked.come)));
                if let Some((signal, come)) = known.flatten() {
                    signal.set(Some(name));
                    come.update(|count| *count = count.wrapping_add(1));
                }
            };
            let some = move |keys| self.some(keys);
            loader.run(
                move |reader| async move { read(&system, &resource, keys, reader, &found, &some).await },
            );
        }
    }

    /// As many of the keys as may still be read one by one.
    fn some(self, mut keys: Vec<String>) -> Vec<String> {
        let left = self.0.try_with_value(|asked| MOST_ALONE.saturating_sub(asked.alone)).unwrap_or_default();
        keys.truncate(left);
        self.0.try_update_value(|asked| asked.alone += keys.len());
        keys
    }
}

/// The condition that picks the records of these keys.
fn term(resource: &Resource, keys: &[String]) -> Option<Term> {
    let [field] = resource.key.as_slice() else { return None };
    Some(Term { field: field.clone(), operator: Operator::In, values: keys.to_vec() })
}

/// Whether the box gives all of these at once.
fn by_list(system: &System, resource: &Resource, keys: &[String]) -> bool {
    let Some(operation) = resource.first(OperationKind::List) else { return false };
    let target = ListTarget { resource, operation, parent: None };
    term(resource, keys).is_some_and(|term| system.dialect.applies(&system.catalog(), target, &term))
}

async fn read(
    system: &System,
    resource: &Resource,
    keys: Vec<String>,
    reader: Reader,
    found: &impl Fn(&str, String),
    some: &impl Fn(Vec<String>) -> Vec<String>,
) -> Result<(), Failure> {
    let Some(key_field) = resource.key.first() else { return Ok(()) };
    let name_of = |record: &Record| Some((record.text(key_field)?, link::record_name(resource, record)?));
    let columns = vec![key_field.clone(), resource.name_field().to_owned()];
    let mut left = keys;
    if let Some(list) = resource.first(OperationKind::List) {
        let target = ListTarget { resource, operation: list, parent: None };
        let (least, _, greatest) = system.dialect.list_abilities(target).page_size;
        let by_key = by_list(system, resource, &left);
        let batches: Vec<Vec<Term>> = if by_key {
            let keys = left.chunks(MOST_TOGETHER.min(greatest.max(1)) as usize);
            keys.map(|keys| term(resource, keys).into_iter().collect()).collect()
        } else if left.len() >= MANY {
            vec![Vec::new()]
        } else {
            Vec::new()
        };
        for filter in batches {
            let wanted = if by_key { MOST_TOGETHER } else { LOOKED_THROUGH };
            let page_size = Some(wanted.clamp(least, greatest));
            let query = Query { filter, page_size, columns: columns.clone(), ..Query::default() };
            let page = system.page(resource, list, None, &query, reader.clone()).await?;
            for (key, name) in page.records.iter().filter_map(|record| name_of(&record)) {
                left.retain(|wanted| *wanted != key);
                found(&key, name);
            }
        }
        // What the box has been asked for by its key and has not given is not there.
        if by_key {
            return Ok(());
        }
    }
    let Some(get) = resource.first(OperationKind::Get) else { return Ok(()) };
    for key in &some(left) {
        let Some(place) = link::key(resource, key) else { continue };
        match system.record(resource, get, None, &place, reader.clone()).await {
            Ok(record) => {
                if let Some((_, name)) = name_of(&record) {
                    found(key, name);
                }
            }
            // The record may be gone; the others are still there.
            Err(failure) if failure.kind == FailureKind::NotFound => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}
