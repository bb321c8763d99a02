//! Content that opens in place.

use leptos::prelude::*;

use crate::ui::{Icon, Text};

/// A summary that shows and hides its content.
#[component]
pub fn Disclosure(
    /// The line that is always there.
    #[prop(into)]
    summary: Text,
    /// Whether it starts open.
    #[prop(optional)]
    open: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary><Icon name="chevron-right"/>{move || summary.get()}</summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
}
