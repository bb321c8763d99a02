//! Small pieces of text with a meaning.

use leptos::prelude::*;

use crate::ui::Text;

/// A point in time: short text, the exact one on hover and focus.
#[component]
pub fn Time(
    /// Short, such as "3 min ago".
    #[prop(into)]
    text: Text,
    /// Exact, with the zone.
    #[prop(into)]
    exact: Text,
    /// For programs: RFC 3339.
    #[prop(into)]
    datetime: Text,
) -> impl IntoView {
    view! { <time datetime=move || datetime.get() data-hint=move || exact.get() aria-description=move || exact.get()>{move || text.get()}</time> }
}

/// A key of the keyboard.
#[component]
pub fn Kbd(
    /// The key's name.
    #[prop(into)]
    key_name: Text,
) -> impl IntoView {
    view! { <kbd class="kbd">{move || key_name.get()}</kbd> }
}
