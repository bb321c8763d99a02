//! The head of a page, and a page that is not there yet.

use leptos::prelude::*;

use super::announce::announce_lasting;
use super::{CopyButton, OptText, Spinner, Text};

/// The window's title: what the page is, then what it belongs to.
pub fn window_title(parts: &[impl AsRef<str>]) {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    document().set_title(&format!("{} · Boxdeck", parts.join(" · ")));
}

/// Title, what is below it, and the page's actions.
#[component]
pub fn PageHeader(
    /// The title; the page's only first-level heading.
    #[prop(into)]
    title: Text,
    /// A sentence about what this is.
    #[prop(optional, into)]
    subtitle: OptText,
    /// State, age of the data and the like.
    #[prop(optional, into)]
    status: Option<ViewFn>,
    /// Buttons, the main one last.
    #[prop(optional, into)]
    actions: ViewFn,
) -> impl IntoView {
    view! {
        <header class="page-header">
            <div class="page-heading">
                <div class="page-title">
                    <h1>{move || title.get()}</h1>
                    <CopyLink/>
                </div>
                {move || subtitle.get().map(|text| view! { <p class="page-subtitle">{text}</p> })}
                {status.map(|status| view! { <div class="page-status">{status.run()}</div> })}
            </div>
            <div class="page-actions">{actions.run()}</div>
        </header>
    }
}

/// Copies the address of what the page shows: the place with its filters, sorting and page.
#[component]
fn CopyLink() -> impl IntoView {
    // Read when the button is pressed, because filters change the address without a new page.
    let address = Signal::derive(|| window().location().href().unwrap_or_default());
    view! {
        <CopyButton
            text=address
            label=words::page::copy_link()
            done=words::page::link_copied()
            failed=words::page::link_not_copied()
        />
    }
}

/// A whole page that is on its way. Nothing shows for a moment, and nothing is said for a
/// longer one: most waits are over by then.
#[component]
pub fn PageLoading(
    /// What is awaited.
    #[prop(into)]
    label: Text,
) -> impl IntoView {
    announce_lasting(true.into(), label);
    view! { <div class="page-loading"><Spinner/><span>{move || label.get()}</span></div> }
}
