//! Reading a list again by itself, but never under a person's hands.

use std::time::Duration;

use leptos::prelude::*;
use words::refresh as say;

use super::reading::Reading;
use super::selection::use_selected;
use super::source::Source;
use crate::storage;
use crate::ui::{Menu, MenuItem};

/// How often it is looked whether it is time.
const LOOK: Duration = Duration::from_secs(1);

/// Seconds between two reads that can be chosen; 0 for never.
const CHOICES: [u32; 5] = [0, 10, 30, 60, 300];

/// Why it is not read now although it is time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pause {
    Hidden,
    Dialog,
    Selected,
    Typing,
    Text,
    Cell,
}

impl Pause {
    fn text(self) -> &'static str {
        match self {
            Self::Hidden => say::hidden(),
            Self::Dialog => say::dialog(),
            Self::Selected => say::selected(),
            Self::Typing => say::typing(),
            Self::Text => say::text(),
            Self::Cell => say::cell(),
        }
    }
}

/// What is seen of the page when it is looked.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    hidden: bool,
    dialog: bool,
    selected: bool,
    typing: bool,
    text: bool,
    cell: bool,
}

/// The reason to wait, the weightiest first.
fn pause(seen: Seen) -> Option<Pause> {
    let reasons = [
        (seen.hidden, Pause::Hidden),
        (seen.dialog, Pause::Dialog),
        (seen.selected, Pause::Selected),
        (seen.typing, Pause::Typing),
        (seen.text, Pause::Text),
        (seen.cell, Pause::Cell),
    ];
    reasons.into_iter().find(|(holds, _)| *holds).map(|(_, reason)| reason)
}

/// Whether it is time. `last` is the latest of the last answer and the last try, in milliseconds since the epoch like `now`.
fn is_due(seconds: u32, last: f64, now: f64) -> bool {
    seconds > 0 && now - last >= f64::from(seconds) * 1000.0
}

/// What was kept as the choice.
fn chosen(text: Option<&str>) -> u32 {
    text.and_then(|text| text.parse().ok()).filter(|seconds| CHOICES.contains(seconds)).unwrap_or(0)
}

/// The choice of how often the list is read again, and why it is not just now.
#[component]
pub fn AutoRefresh(
    /// The list.
    source: Source,
    /// How it is read.
    reading: Reading,
) -> impl IntoView {
    let key = storage::refresh_key(&source.system.catalog().kind.id, &source.resource.id);
    let seconds = RwSignal::new(chosen(storage::get(&key).as_deref()));
    let paused = RwSignal::new(None::<Pause>);
    let tried = StoredValue::new(0.0_f64);
    let selected = use_selected();
    let look = move || {
        let every = seconds.get_untracked();
        let now = js_sys::Date::now();
        let seen = Seen {
            selected: selected.is_some_and(|selected| selected.keys.with_untracked(|keys| !keys.is_empty())),
            ..seen()
        };
        let reason = pause(seen);
        if paused.get_untracked() != reason {
            paused.set(reason);
        }
        let (as_of, loading) =
            reading.state().with_untracked(|state| (state.as_of, state.loading || state.retry.is_some()));
        let last = as_of.unwrap_or(now).max(tried.get_value());
        if reason.is_none() && !loading && is_due(every, last, now) {
            tried.set_value(now);
            reading.refresh();
        }
    };
    Effect::new(move |_| {
        if seconds.get() == 0 {
            paused.set(None);
            return;
        }
        match set_interval_with_handle(look, LOOK) {
            Ok(ticking) => on_cleanup(move || ticking.clear()),
            Err(_refused) => {
                leptos::logging::error!("The browser refused a timer; the list is not read by itself.")
            }
        }
    });
    let choose = move |every: u32| {
        seconds.set(every);
        tried.set_value(js_sys::Date::now());
        match every {
            0 => storage::remove(&key),
            every => storage::set(&key, &every.to_string()),
        }
    };
    let choose = Callback::new(choose);
    let label = Signal::derive(move || match seconds.get() {
        0 => say::menu().to_owned(),
        every => format!("{}: {}", say::menu(), said(every)),
    });
    let icon = Signal::derive(move || if paused.get().is_some() { "pause" } else { "clock" }.to_owned());
    let text = move || match (seconds.get(), paused.get()) {
        (0, _) => None,
        (_, Some(reason)) => Some(say::paused(reason.text())),
        (every, None) => Some(said(every)),
    };
    view! {
        <span class="auto-refresh">
            <Menu label icon small=true>
                {CHOICES
                    .map(|every| {
                        let icon = Signal::derive(move || (seconds.get() == every).then(|| "check".to_owned()));
                        view! { <MenuItem label=said(every) icon on_click=move |()| choose.run(every)/> }
                    })
                    .into_iter()
                    .collect_view()}
            </Menu>
            <span class="auto-refresh-text">{text}</span>
        </span>
    }
}

fn said(seconds: u32) -> String {
    match seconds {
        0 => say::off().to_owned(),
        seconds if seconds < 60 => say::every(say::seconds(seconds)),
        seconds => say::every(say::minutes(seconds / 60)),
    }
}

/// Looks at the page.
fn seen() -> Seen {
    let document = document();
    let has = |selector: &str| document.query_selector(selector).ok().flatten().is_some();
    let marked = window().get_selection().ok().flatten();
    let in_grid = |node: Option<web_sys::Node>| {
        node.and_then(|node| node.parent_element())
            .is_some_and(|element| element.closest("[role=grid]").ok().flatten().is_some())
    };
    Seen {
        hidden: document.hidden(),
        dialog: has("dialog[open], [popover=auto]:popover-open, [popover=manual].combo-list:popover-open"),
        selected: false,
        typing: has(".filter-bar input:focus"),
        text: marked.is_some_and(|marked| !marked.is_collapsed() && in_grid(marked.anchor_node())),
        cell: has("[role=grid] :is(td, th):focus-visible, [role=grid] :is(td, th) :focus-visible"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weightiest_reason_is_told() {
        assert_eq!(pause(Seen::default()), None);
        assert_eq!(pause(Seen { cell: true, ..Seen::default() }), Some(Pause::Cell));
        assert_eq!(
            pause(Seen { cell: true, dialog: true, selected: true, ..Seen::default() }),
            Some(Pause::Dialog)
        );
    }

    #[test]
    fn it_is_time_after_the_interval_and_never_when_off() {
        assert!(!is_due(10, 1000.0, 10_999.0) && is_due(10, 1000.0, 11_000.0));
        assert!(!is_due(0, 0.0, 1e12));
        assert_eq!((chosen(Some("30")), chosen(Some("7")), chosen(None)), (30, 0, 0));
    }
}
