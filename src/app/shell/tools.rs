//! The buttons at the end of the bar: the palette, the session's activity, and who is signed in.

use leptos::prelude::*;

use super::session_menu::SessionMenu;
use crate::app::overlay::{Overlay, Overlays};
use crate::app::shortcut::is_mac;
use crate::operation::journal::{self, Entry};
use crate::ui::Icon;

/// The tools of a system's pages.
#[component]
pub fn Tools() -> impl IntoView {
    view! {
        <PaletteButton/>
        <ActivityButton/>
        <SessionMenu/>
    }
}

/// Opens the palette, and tells its shortcut.
#[component]
pub fn PaletteButton() -> impl IntoView {
    let overlays: Overlays = expect_context();
    view! {
        <button
            type="button"
            class="btn btn-quiet bar-search"
            aria-keyshortcuts="Control+K Meta+K"
            data-hint=words::palette::title()
            on:click=move |_| overlays.open(Overlay::Palette)
        >
            <Icon name="search"/>
            <span class="bar-text">{words::palette::open()}</span>
            <kbd aria-hidden="true">{shortcut()}</kbd>
        </button>
    }
}

/// Opens the activity panel. What is running or not known is counted on it.
#[component]
fn ActivityButton() -> impl IntoView {
    let overlays: Overlays = expect_context();
    let entries = journal::entries();
    let open = Memo::new(move |_| {
        let count = entries.with(|entries| entries.iter().filter(|entry| Entry::is_open(entry)).count());
        u64::try_from(count).unwrap_or(u64::MAX)
    });
    let label = move || match open.get() {
        0 => words::activity::title().to_owned(),
        count => format!("{}: {}", words::activity::title(), words::activity::open_ones(count)),
    };
    view! {
        <button
            type="button"
            class="btn btn-quiet btn-icon bar-activity"
            aria-label=label
            data-hint=label
            on:click=move |_| overlays.open(Overlay::Activity)
        >
            <Icon name="clock"/>
            {move || (open.get() > 0).then(|| view! { <span class="bar-count" aria-hidden="true">{open.get()}</span> })}
        </button>
    }
}

/// The palette's shortcut as this machine's keyboard names it.
fn shortcut() -> String {
    let key = "K";
    if is_mac() { format!("⌘{key}") } else { format!("{} {key}", words::palette::key_control()) }
}
