//! One of a few.

use leptos::prelude::*;

use super::Wiring;
use crate::ui::OptText;

/// A native choice. A value that is not among the options shows as itself instead of turning into the first option.
#[component]
pub fn SelectInput(
    /// The chosen value.
    value: RwSignal<String>,
    /// Value and text of each option.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Its name, outside a form field.
    #[prop(optional, into)]
    label: OptText,
    /// Text of an option for "nothing chosen", whose value is empty.
    #[prop(optional, into)]
    placeholder: OptText,
    /// Doesn't belong to the form field around, for a second input in it.
    #[prop(optional)]
    standalone: bool,
    /// Can't be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Called after each change by the person.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let wiring = if standalone { Wiring::alone(label) } else { Wiring::find(label) };
    let all = Memo::new(move |_| {
        let mut all = options.get();
        if let Some(text) = placeholder.get() {
            all.insert(0, (String::new(), text));
        }
        let chosen = value.get();
        if !all.iter().any(|(value, _)| *value == chosen) {
            all.insert(0, (chosen.clone(), chosen));
        }
        all
    });
    let entries = move || {
        all.get()
            .into_iter()
            .map(|(option, text)| {
                let of = option.clone();
                view! { <option value=option selected=move || value.with(|value| *value == of)>{text}</option> }
            })
            .collect_view()
    };
    view! {
        <select
            {..wiring.attributes()}
            class="input select"
            disabled=move || disabled.get()
            prop:value=move || { all.track(); value.get() }
            on:change=move |event| {
                let chosen = event_target_value(&event);
                value.set(chosen.clone());
                if let Some(on_change) = on_change {
                    on_change.run(chosen);
                }
            }
        >
            {entries}
        </select>
    }
}
