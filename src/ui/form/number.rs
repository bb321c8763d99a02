//! Numbers as text: a browser's number input would round large ones and turn on the mouse wheel.

use leptos::prelude::*;

use super::{SelectInput, Wiring};
use crate::ui::{OptText, Text};

/// A number. It is kept as typed; whether it is one is for the form to say.
#[component]
pub fn NumberInput(
    /// The text.
    value: RwSignal<String>,
    /// Its name, outside a form field.
    #[prop(optional, into)]
    label: OptText,
    /// An example in the empty input.
    #[prop(optional, into)]
    placeholder: OptText,
    /// Whether a decimal point makes sense; it chooses the keyboard of a phone.
    #[prop(optional)]
    decimal: bool,
    /// A fixed unit, shown after the number.
    #[prop(optional, into)]
    unit: OptText,
    /// Can't be typed into now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    view! {
        <span class="input-group input-number">
            <input
                {..wiring.attributes()}
                class="input num"
                type="text"
                inputmode=if decimal { "decimal" } else { "numeric" }
                autocomplete="off"
                spellcheck="false"
                placeholder=move || placeholder.get()
                disabled=move || disabled.get()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {move || unit.get().map(|unit| view! { <span class="input-unit">{unit}</span> })}
        </span>
    }
}

/// A number and its unit.
#[component]
pub fn UnitInput(
    /// The number, as text.
    value: RwSignal<String>,
    /// The unit's value, one of `units`.
    unit: RwSignal<String>,
    /// Value and text of each unit.
    #[prop(into)]
    units: Signal<Vec<(String, String)>>,
    /// Name of the unit's choice.
    #[prop(into)]
    unit_label: Text,
    /// Name of the number, outside a form field.
    #[prop(optional, into)]
    label: OptText,
    /// An example in the empty input.
    #[prop(optional, into)]
    placeholder: OptText,
    /// Can't be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <span class="input-group">
            <NumberInput value label placeholder decimal=true disabled/>
            <SelectInput value=unit options=units label=unit_label standalone=true disabled/>
        </span>
    }
}
