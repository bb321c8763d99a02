//! States.

use leptos::prelude::*;

use super::Tone;
use crate::ui::Text;

/// A state as a mark and its name. The mark's shape differs by tone, so that it reads without colour.
#[component]
pub fn StateDot(
    /// What the state means; `Neutral` by default.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// The state's name.
    #[prop(into)]
    label: Text,
) -> impl IntoView {
    view! {
        <span class=move || format!("state {}", tone.get().class())>
            <span class="state-mark" aria-hidden="true"></span>
            <span class="state-label">{move || label.get()}</span>
        </span>
    }
}
