//! What a person has begun on a system and no list of the system shows, so that it can be gone on with on another day.
//!
//! The browser keeps names and times alone, never a secret: what is so now is read from the system.

use serde::{Deserialize, Serialize};

use crate::storage;

/// Most that is kept of one resource; the oldest give way.
const MOST: usize = 50;

/// Something begun.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Begun {
    /// Key of the owning record; empty where there is none.
    pub owner: String,
    /// Key of what it is about.
    pub key: String,
    /// How far it had come, as the page says that keeps it.
    pub stage: String,
    /// When that was, in milliseconds since the epoch.
    pub at: f64,
}

/// What was begun with the records of an owner.
pub fn of_owner(system: &str, resource: &str, owner: &str) -> Vec<Begun> {
    all(system, resource).into_iter().filter(|begun| begun.owner == owner).collect()
}

/// Keeps how far something has come.
pub fn keep(system: &str, resource: &str, begun: Begun) {
    write(system, resource, &with(all(system, resource), begun));
}

/// Forgets what has come to its end.
pub fn forget(system: &str, resource: &str, owner: &str, key: &str) {
    write(system, resource, &without(all(system, resource), owner, key));
}

fn all(system: &str, resource: &str) -> Vec<Begun> {
    // What another edition of the console has kept otherwise is worth nothing.
    storage::get(&storage::begun_key(system, resource))
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

fn write(system: &str, resource: &str, all: &[Begun]) {
    let key = storage::begun_key(system, resource);
    match serde_json::to_string(all) {
        Ok(text) if !all.is_empty() => storage::set(&key, &text),
        _ => storage::remove(&key),
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
