//! What is wrong with a form, at its head.

use leptos::{html, prelude::*};

use crate::ui::{Text, Tone, feedback::ToneIcon, id::focus};

/// Lists the errors of a form; each leads to its field. It takes the focus when errors appear, so that nobody searches
/// for them.
#[component]
pub fn ErrorSummary(
    /// The heading.
    #[prop(into)]
    title: Text,
    /// The field's id, empty where there is none, and the message. Nothing shows while there are none.
    #[prop(into)]
    errors: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let summary = NodeRef::<html::Div>::new();
    let has_errors = Memo::new(move |_| errors.with(|errors| !errors.is_empty()));
    Effect::new(move |_| {
        if has_errors.get()
            && let Some(summary) = summary.get()
        {
            request_animation_frame(move || drop(summary.focus()));
        }
    });
    let entries = move || {
        errors
            .get()
            .into_iter()
            .map(|(id, message)| {
                if id.is_empty() {
                    view! { <li>{message}</li> }.into_any()
                } else {
                    view! { <li><button type="button" class="link" on:click=move |_| focus(&id)>{message}</button></li> }
                        .into_any()
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || has_errors.get()>
            <div class="notice tone-bad" tabindex="-1" role="group" aria-label=move || title.get() node_ref=summary>
                <ToneIcon tone=Tone::Bad/>
                <div class="notice-body">
                    <p class="notice-title">{move || title.get()}</p>
                    <ul class="error-list">{entries}</ul>
                </div>
            </div>
        </Show>
    }
}
