//! Inputs that belong together.

use leptos::prelude::*;

use crate::ui::{OptText, Text};

/// A titled group of fields.
#[component]
pub fn Fieldset(
    /// The title.
    #[prop(into)]
    title: Text,
    /// What the group is about.
    #[prop(optional, into)]
    help: OptText,
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="fieldset">
            <legend class="fieldset-title">{move || title.get()}</legend>
            {move || help.get().map(|text| view! { <p class="field-help">{text}</p> })}
            <div class="fieldset-body">{children()}</div>
        </fieldset>
    }
}
