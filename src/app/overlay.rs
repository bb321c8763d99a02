//! What opens above any page: the palette, the help of the keyboard, the session's activity, the settings.

use leptos::prelude::*;

use crate::activity::ActivityPanel;
use crate::palette::{HelpDialog, PaletteDialog};
use crate::parts;
use crate::settings::SettingsPanel;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// Finds and does anything by its words.
    Palette,
    /// Explains the keyboard.
    Help,
    /// What this session has sent.
    Activity,
    /// Theme, density, language, shortcuts.
    Settings,
}

/// Which of them is open, if one is.
#[derive(Clone, Copy)]
pub struct Overlays(RwSignal<Option<Overlay>>);

impl Overlays {
    /// None is open. Called once, by the application.
    pub fn start() -> Self {
        let overlays = Self(RwSignal::new(None));
        provide_context(overlays);
        overlays
    }

    /// Opens one, in place of another.
    pub fn open(self, overlay: Overlay) {
        self.0.set(Some(overlay));
    }

    /// Closes it.
    pub fn close(self) {
        self.0.set(None);
    }
}

/// The place on the page where they open.
#[component]
pub fn OverlayHost() -> impl IntoView {
    let overlays: Overlays = expect_context();
    let on_close = Callback::new(move |()| overlays.close());
    move || overlays.0.get().map(|overlay| parts::overlay(overlay, on_close))
}

/// The view of one of them; [`parts`] fetches the program for it.
pub fn overlay_view(overlay: Overlay, on_close: Callback<()>) -> AnyView {
    match overlay {
        Overlay::Palette => view! { <PaletteDialog on_close/> }.into_any(),
        Overlay::Help => view! { <HelpDialog on_close/> }.into_any(),
        Overlay::Activity => view! { <ActivityPanel on_close/> }.into_any(),
        Overlay::Settings => view! { <SettingsPanel on_close/> }.into_any(),
    }
}
