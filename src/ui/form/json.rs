//! JSON as text.

use leptos::prelude::*;

use super::{TextArea, json_place::first_fault};
use crate::ui::OptText;

/// A text area that says where its text stops being JSON. An empty text is no fault; whether it may be empty is for the
/// form to say.
#[component]
pub fn JsonInput(
    /// The text.
    value: RwSignal<String>,
    /// Words for the place of a fault, given line and column, both from 1.
    #[prop(into)]
    fault_text: Callback<(usize, usize), String>,
    /// Its name, outside a form field.
    #[prop(optional, into)]
    label: OptText,
    /// Lines that show at first.
    #[prop(default = 6)]
    rows: u32,
    /// Can't be typed into now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let fault = Memo::new(move |_| {
        value.with(|text| {
            let fault = if text.trim().is_empty() { None } else { first_fault(text) };
            fault.map(|place| fault_text.run((place.line, place.column)))
        })
    });
    view! {
        <TextArea value label rows mono=true disabled/>
        <p class="json-place" role="status">{move || fault.get()}</p>
    }
}
