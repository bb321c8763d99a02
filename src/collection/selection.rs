//! Which records of a list a person has selected. A selection outlives the page of the list that it was made on.

pub mod actions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use boxdeck_dialect::{Record, Records};
use leptos::prelude::*;

use super::source::Source;
use crate::parts;
use crate::ui::{Button, ButtonKind};

/// The selection of a list: shared by its rows, the line that says what is selected, and whatever uses it.
#[derive(Clone, Copy)]
pub struct Selected {
    /// Keys of the selected rows.
    pub keys: RwSignal<BTreeSet<String>>,
    /// The selected records as they were last read, by the same keys.
    records: StoredValue<BTreeMap<String, Arc<Record>>>,
}

impl Selected {
    /// Nothing is selected yet. Shared with everything inside the list.
    pub fn share() -> Self {
        let selected =
            Self { keys: RwSignal::new(BTreeSet::new()), records: StoredValue::new(BTreeMap::new()) };
        provide_context(selected);
        selected
    }

    /// Takes note of the selected ones among the records that a page holds; `keys` are theirs, in the same order.
    pub fn note(self, keys: &[String], records: &Records) {
        self.keys.with_untracked(|selected| {
            self.records.update_value(|known| {
                known.retain(|key, _| selected.contains(key));
                for (index, key) in keys.iter().enumerate().filter(|(_, key)| selected.contains(*key)) {
                    if let Some(record) = records.get(index) {
                        known.insert(key.clone(), Arc::new(record));
                    }
                }
            });
        });
    }

    /// How many records are selected; tracked.
    pub fn count(self) -> usize {
        self.keys.with(BTreeSet::len)
    }

    /// The selected records, as they were last read; not tracked.
    pub fn records(self) -> Vec<Arc<Record>> {
        self.records.with_value(|records| records.values().cloned().collect())
    }

    /// A record is no longer there. The list may not be either.
    pub fn remove(self, key: &str) {
        self.keys.try_update(|keys| keys.remove(key));
    }

    /// Selects nothing.
    pub fn clear(self) {
        self.keys.update(BTreeSet::clear);
    }
}

/// The selection of the list around.
pub fn use_selected() -> Option<Selected> {
    use_context()
}

/// Says how many records are selected and how many of them other pages hold. Nothing while none is.
#[component]
pub fn SelectionLine(
    /// The list.
    source: Source,
    /// The selection.
    selected: Selected,
    /// Keys of the rows of this page.
    #[prop(into)]
    shown: Signal<Arc<Vec<String>>>,
) -> impl IntoView {
    let text = Memo::new(move |_| {
        let elsewhere = selected.keys.with(|keys| {
            shown.with(|shown| keys.len() - shown.iter().filter(|key| keys.contains(*key)).count())
        });
        let count = selected.count() as u64;
        match (count, elsewhere as u64) {
            (0, _) => String::new(),
            (count, 0) => words::table::selected(count),
            (count, elsewhere) => words::table::selected_elsewhere(count, elsewhere),
        }
    });
    let source = StoredValue::new(source);
    let is_any = Memo::new(move |_| selected.count() > 0);
    let is_any = move || is_any.get();
    view! {
        <div class="list-selection" hidden=move || text.with(String::is_empty)>
            <span role="status">{move || text.get()}</span>
            <Show when=is_any>{parts::selection_actions(source.get_value(), selected)}</Show>
            <Button kind=ButtonKind::Quiet small=true on_click=move |_| selected.clear()>
                {words::table::clear_selection()}
            </Button>
        </div>
    }
}
