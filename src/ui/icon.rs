//! Icons from the sprite `public/icons.svg`, which the build puts into the page: as a file it would be asked for by each icon
//! that is new to a page.

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
            <use href=move || format!("#icon-{}", name.get())></use>
        </svg>
    }
}
