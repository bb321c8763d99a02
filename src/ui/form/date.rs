//! A point in time.

use leptos::prelude::*;

use super::Wiring;
use crate::ui::OptText;

/// The browser's own input for date and time, in local time without a zone: `2024-05-03T14:30`.
#[component]
pub fn DateTimeInput(
    /// The text; empty when nothing or only a part is filled in.
    value: RwSignal<String>,
    /// Its name, outside a form field.
    #[prop(optional, into)]
    label: OptText,
    /// Whether seconds can be given.
    #[prop(optional)]
    seconds: bool,
    /// Can't be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    view! {
        <input
            {..wiring.attributes()}
            class="input input-date"
            type="datetime-local"
            step=seconds.then_some("1")
            disabled=move || disabled.get()
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        />
    }
}
