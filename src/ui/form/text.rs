//! Text, in one line and in many.

use leptos::prelude::*;

use super::Wiring;
use crate::ui::{OptText, unique_id};

/// One line of text.
#[component]
pub fn TextInput(
    /// The text.
    value: RwSignal<String>,
    /// Its name, outside a form field.
    #[prop(optional, into)]
    label: OptText,
    /// An example in the empty input.
    #[prop(optional, into)]
    placeholder: OptText,
    /// Type of the input: `text`, `search`, `url`, `email`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What a browser may fill in; `off` by default.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Longest text, in UTF-16 units.
    #[prop(optional)]
    max_length: Option<u32>,
    /// For names, addresses and keys.
    #[prop(optional)]
    mono: bool,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// Can't be typed into now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What is offered while a person types; anything else can be typed too.
    #[prop(optional, into)]
    offers: Signal<Vec<String>>,
    /// Called after each change by the person.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// Called when the person presses Enter.
    #[prop(optional, into)]
    on_enter: Option<Callback<()>>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    let list = unique_id("offers");
    let offered = {
        let list = list.clone();
        move || {
            let offers = offers.get();
            let option = |value: String| view! { <option value=value></option> };
            (!offers.is_empty())
                .then(|| view! { <datalist id=list.clone()>{offers.into_iter().map(option).collect_view()}</datalist> })
        }
    };
    view! {
        <input
            {..wiring.attributes()}
            class="input"
            class:mono=mono
            list=move || offers.with(|offers| !offers.is_empty()).then(|| list.clone())
            type=kind
            autocomplete=autocomplete
            autofocus=autofocus
            spellcheck="false"
            maxlength=max_length
            placeholder=move || placeholder.get()
            disabled=move || disabled.get()
            prop:value=move || value.get()
            on:input=move |event| {
                let text = event_target_value(&event);
                value.set(text.clone());
                if let Some(on_input) = on_input {
                    on_input.run(text);
                }
            }
            on:keydown=move |event| {
                if event.key() == "Enter" && let Some(on_enter) = on_enter {
                    event.prevent_default();
                    on_enter.run(());
                }
            }
        />
        {offered}
    }
}

/// Many lines of text.
#[component]
pub fn TextArea(
    /// The text.
    value: RwSignal<String>,
    /// Its name, outside a form field.
    #[prop(optional, into)]
    label: OptText,
    /// An example in the empty input.
    #[prop(optional, into)]
    placeholder: OptText,
    /// Lines that show at first; a person can drag it larger.
    #[prop(default = 4)]
    rows: u32,
    /// For certificates, scripts and the like.
    #[prop(optional)]
    mono: bool,
    /// Can't be typed into now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    view! {
        <textarea
            {..wiring.attributes()}
            class="input textarea"
            class:mono=mono
            rows=rows
            spellcheck="false"
            autocomplete="off"
            placeholder=move || placeholder.get()
            disabled=move || disabled.get()
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        ></textarea>
    }
}
