//! Text as it is: requests, certificates, JSON.

use leptos::prelude::*;

use super::CopyButton;
use crate::ui::Text;

/// A block of code that scrolls inside itself and can be copied.
#[component]
pub fn CodeBlock(
    /// What it is.
    #[prop(into)]
    label: Text,
    /// The text.
    #[prop(into)]
    text: Text,
    /// Breaks long lines instead of scrolling.
    #[prop(optional)]
    wrap: bool,
) -> impl IntoView {
    view! {
        <figure class="code">
            <figcaption class="code-head"><span>{move || label.get()}</span><CopyButton text/></figcaption>
            <pre class:code-wrap=wrap tabindex="0" role="region" aria-label=move || label.get()><code>{move || text.get()}</code></pre>
        </figure>
    }
}
