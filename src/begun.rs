//! What a person has begun on a system and no list of the system shows, so that it can be gone on with on another day.
//!
//! The browser keeps names and times alone, never a secret: what is so now is read from the system.

use std::sync::Arc;

use boxdeck_catalog::{Operation, Resource};
use serde::{Deserialize, Serialize};

use crate::operation::Subject;
use crate::place::Place;
use crate::place::browser::use_navigation;
use crate::storage;
use crate::system::{System, use_system};

/// Most that is kept of one resource; the oldest give way.
const MOST: usize = 50;

/// Something begun.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Begun {
    /// Key of the owning record.
    pub owner: String,
    /// Key of what it is about.
    pub key: String,
    /// How far it had come, as the page says that keeps it.
    pub stage: String,
    /// When that was, in milliseconds since the epoch.
    pub at: f64,
}

/// Where things are begun and gone on with: the records of one owner.
#[derive(Clone)]
pub struct Desk {
    /// The system.
    pub system: System,
    /// What the records are.
    pub resource: Arc<Resource>,
    /// Key of the owner.
    pub owner: String,
}

impl Desk {
    /// That of the page around, with its place; `None` where nobody owns what the page shows.
    pub fn here() -> Option<(Self, Place)> {
        let system = use_system();
        let place = use_navigation().place_untracked();
        let resource = Arc::new(system.resource(place.resource.as_deref()?)?);
        let owner = place.parent.clone()?.1;
        Some((Self { system, resource, owner }, place))
    }

    /// The list of the records.
    pub fn list(&self) -> Place {
        Place::list_of(&self.system.entry.name, &self.resource, Some(&self.owner))
    }

    /// An operation for the owner that concerns none of the records.
    pub fn subject(&self, operation: Arc<Operation>) -> Subject {
        let subject = Subject::new(self.system.clone(), self.resource.clone(), operation);
        Subject { parent: Some(self.owner.clone()), ..subject }
    }

    /// What this browser knows to be begun.
    pub fn begun(&self) -> Vec<Begun> {
        all(&self.storage_key()).into_iter().filter(|begun| begun.owner == self.owner).collect()
    }

    /// Keeps how far something has come now.
    pub fn keep(&self, key: &str, stage: &str) -> Begun {
        let begun = Begun {
            owner: self.owner.clone(),
            key: key.to_owned(),
            stage: stage.to_owned(),
            at: js_sys::Date::now(),
        };
        let storage_key = self.storage_key();
        write(&storage_key, &with(all(&storage_key), begun.clone()));
        begun
    }

    /// Forgets what has come to its end.
    pub fn forget(&self, key: &str) {
        let storage_key = self.storage_key();
        write(&storage_key, &without(all(&storage_key), &self.owner, key));
    }

    fn storage_key(&self) -> String {
        storage::begun_key(&self.system.entry.name, &self.resource.id)
    }
}

fn all(storage_key: &str) -> Vec<Begun> {
    // What another edition of the console has kept otherwise is worth nothing.
    storage::get(storage_key).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn write(storage_key: &str, all: &[Begun]) {
    match serde_json::to_string(all) {
        Ok(text) if !all.is_empty() => storage::set(storage_key, &text),
        _ => storage::remove(storage_key),
    }
}

fn with(all: Vec<Begun>, begun: Begun) -> Vec<Begun> {
    let mut all = without(all, &begun.owner, &begun.key);
    all.push(begun);
    let over = all.len().saturating_sub(MOST);
    all.split_off(over)
}

fn without(mut all: Vec<Begun>, owner: &str, key: &str) -> Vec<Begun> {
    all.retain(|begun| begun.owner != owner || begun.key != key);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(owner: &str, key: &str, at: f64) -> Begun {
        Begun { owner: owner.to_owned(), key: key.to_owned(), stage: String::new(), at }
    }

    #[test]
    fn the_newest_word_on_a_thing_counts() {
        let all = with(vec![begun("a", "1", 1.0), begun("b", "1", 1.0)], begun("a", "1", 2.0));
        assert_eq!(all, [begun("b", "1", 1.0), begun("a", "1", 2.0)]);
        assert_eq!(without(all, "b", "1"), [begun("a", "1", 2.0)]);
    }

    #[test]
    fn the_oldest_give_way() {
        let all = (0..60).fold(Vec::new(), |all, number| with(all, begun("a", &number.to_string(), 0.0)));
        assert_eq!((all.len(), all[0].key.as_str()), (MOST, "10"));
    }
}
