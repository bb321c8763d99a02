//! Waiting, known and unknown.

use leptos::prelude::*;

use crate::ui::{OptText, Text};

/// A small turning ring. It is decoration: say beside it what is awaited.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}

/// How far something is.
#[component]
pub fn ProgressBar(
    /// What is measured.
    #[prop(into)]
    label: Text,
    /// From 0 to 1; `None` while nobody knows.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// The same in words, at the end of the bar.
    #[prop(optional, into)]
    note: OptText,
) -> impl IntoView {
    view! {
        <label class="progress">
            <span class="progress-label">{move || label.get()}</span>
            <span class="progress-note">{move || note.get()}</span>
            <progress max="1" value=move || value.get().map(|value| value.clamp(0.0, 1.0).to_string())></progress>
        </label>
    }
}

/// Grey lines where text will be.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    view! {
        <div class="skeleton" aria-hidden="true">
            {(0..lines).map(|_| view! { <span class="skeleton-line"></span> }).collect_view()}
        </div>
    }
}
