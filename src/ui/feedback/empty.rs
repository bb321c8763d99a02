//! A place where there is nothing, with the next step.

use leptos::prelude::*;

use crate::ui::{Icon, OptText, Text};

/// Says why nothing shows and what to do about it.
#[component]
pub fn EmptyState(
    /// What is so, in a few words.
    #[prop(into)]
    title: Text,
    /// An icon above the title.
    #[prop(optional, into)]
    icon: OptText,
    /// Why, or what a thing of this sort is for.
    #[prop(optional, into)]
    text: OptText,
    /// The next step.
    #[prop(optional, into)]
    actions: ViewFn,
) -> impl IntoView {
    view! {
        <div class="empty">
            {move || icon.get().map(|name| view! { <span class="empty-icon"><Icon name/></span> })}
            <p class="empty-title">{move || title.get()}</p>
            {move || text.get().map(|text| view! { <p class="empty-text">{text}</p> })}
            <div class="empty-actions">{actions.run()}</div>
        </div>
    }
}
