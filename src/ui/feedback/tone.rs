//! What a message or a state means for the person who reads it.

use leptos::prelude::*;

use crate::ui::Icon;

/// The meaning of a message or a state. Each tone has a colour, a lightness and a shape of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing to say: off, unknown, not in use.
    #[default]
    Neutral,
    /// Something is under way, or worth knowing.
    Info,
    /// As it should be.
    Good,
    /// Works, but needs attention.
    Warn,
    /// Does not work, or has been refused.
    Bad,
}

impl Tone {
    /// The class that gives the colours.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone-neutral",
            Self::Info => "tone-info",
            Self::Good => "tone-good",
            Self::Warn => "tone-warn",
            Self::Bad => "tone-bad",
        }
    }

    /// The icon of a message.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Neutral | Self::Info => "info",
            Self::Good => "ok",
            Self::Warn => "warning",
            Self::Bad => "error",
        }
    }
}

/// The icon of a message, in its colour.
#[component]
pub fn ToneIcon(
    /// The tone.
    #[prop(into)]
    tone: Signal<Tone>,
) -> impl IntoView {
    view! {
        <span class=move || format!("tone-icon {}", tone.get().class())>
            <Icon name=Signal::derive(move || tone.get().icon().to_owned())/>
        </span>
    }
}
