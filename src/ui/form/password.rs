//! Secrets that a person types.

use leptos::prelude::*;

use super::Wiring;
use crate::ui::{IconButton, OptText, Text};

/// A password that can be shown for a moment. It is hidden again when the form is sent.
#[component]
pub fn PasswordInput(
    /// The password.
    value: RwSignal<String>,
    /// Its name, outside a form field.
    #[prop(optional, into)]
    label: OptText,
    /// `current-password`, `new-password`, or `off`.
    #[prop(default = "current-password")]
    autocomplete: &'static str,
    /// Name of the button that shows the password.
    #[prop(into, default = words::page::show_password().into())]
    reveal_label: Text,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// Can't be typed into now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    let is_shown = RwSignal::new(false);
    Effect::new(move |_| {
        if disabled.get() {
            is_shown.set(false);
        }
    });
    view! {
        <span class="input-group input-password">
            <input
                {..wiring.attributes()}
                class="input"
                type=move || if is_shown.get() { "text" } else { "password" }
                autocomplete=autocomplete
                autofocus=autofocus
                autocapitalize="none"
                spellcheck="false"
                disabled=move || disabled.get()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <IconButton
                icon=Signal::derive(move || if is_shown.get() { "eye-off" } else { "eye" }.to_owned())
                label=reveal_label
                small=true
                pressed=Signal::derive(move || Some(is_shown.get()))
                on_click=move |_| is_shown.update(|shown| *shown = !*shown)
            />
        </span>
    }
}
