//! Which areas of the navigation are folded: kept by the browser for each kind of system.

use leptos::prelude::*;

use crate::storage;

/// The folded areas of a kind of system.
#[derive(Clone, Copy)]
pub struct Folds {
    key: StoredValue<String>,
    folded: RwSignal<Vec<String>>,
}

impl Folds {
    /// Those of a kind.
    pub fn of(kind: &str) -> Self {
        let key = storage::folded_key(kind);
        let kept = storage::get(&key).unwrap_or_default();
        let folded = kept.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect();
        Self { key: StoredValue::new(key), folded: RwSignal::new(folded) }
    }

    /// Whether an area is folded; tracked.
    pub fn is_folded(self, area: &str) -> bool {
        self.folded.with(|folded| folded.iter().any(|id| id == area))
    }

    /// Folds or unfolds an area.
    pub fn set(self, area: &str, is_folded: bool) {
        self.folded.update(|folded| {
            folded.retain(|id| id != area);
            if is_folded {
                folded.push(area.to_owned());
            }
        });
        self.key.with_value(|key| match self.folded.with_untracked(|folded| folded.join(",")) {
            none if none.is_empty() => storage::remove(key),
            some => storage::set(key, &some),
        });
    }
}
