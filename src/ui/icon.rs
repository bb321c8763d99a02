//! Icons from the sprite `public/icons.svg`.

use leptos::prelude::*;

use super::Text;

/// One icon of the sprite. It is decoration: whatever it means is also said in text beside it.
#[component]
pub fn Icon(
    /// Name of a symbol in the sprite.
    #[prop(into)]
    name: Text,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <use href=move || format!("icons.svg#{}", name.get())></use>
        </svg>
    }
}
