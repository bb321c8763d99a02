//! A message in the flow of the page.

use leptos::prelude::*;

use super::{Tone, ToneIcon};
use crate::ui::OptText;

/// A message beside what it is about, with what can be done next.
///
/// A bad one interrupts a screen reader when it appears, others wait. Where a page is full of notices from the start,
/// set `quiet`.
#[component]
pub fn Notice(
    /// What it means; `Info` by default.
    #[prop(into, default = Tone::Info.into())]
    tone: Signal<Tone>,
    /// One line in bold.
    #[prop(optional, into)]
    title: OptText,
    /// Buttons and links: the next step.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// Is not announced when it appears.
    #[prop(optional)]
    quiet: bool,
    /// The message.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = move || (!quiet).then(|| if tone.get() == Tone::Bad { "alert" } else { "status" });
    view! {
        <div class=move || format!("notice {}", tone.get().class()) role=role>
            <ToneIcon tone/>
            <div class="notice-body">
                {move || title.get().map(|title| view! { <p class="notice-title">{title}</p> })}
                {children.map(|children| view! { <div class="notice-text">{children()}</div> })}
                {actions.map(|actions| view! { <div class="notice-actions">{actions.run()}</div> })}
            </div>
        </div>
    }
}
