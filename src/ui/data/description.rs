//! Labels and values of one thing.

use leptos::prelude::*;

use crate::ui::{OptText, Text};

/// Labels and values in as many columns as fit; holds [`Description`]s.
#[component]
pub fn DescriptionList(
    /// A title above, for one group of many.
    #[prop(optional, into)]
    title: OptText,
    /// The descriptions.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="description-group">
            {move || title.get().map(|title| view! { <h3 class="description-title">{title}</h3> })}
            <dl class="description-list">{children()}</dl>
        </div>
    }
}

/// One label and its value.
#[component]
pub fn Description(
    /// The label.
    #[prop(into)]
    label: Text,
    /// What the label means; shows on hover and focus, and is announced.
    #[prop(optional, into)]
    help: OptText,
    /// Takes the whole width, for long values.
    #[prop(optional)]
    wide: bool,
    /// The value.
    children: Children,
) -> impl IntoView {
    let term = move || {
        help.get().filter(|help| !help.is_empty()).map_or_else(
            || view! { <span>{move || label.get()}</span> }.into_any(),
            |help| {
                view! {
                    <span class="term-help" tabindex="0" aria-description=help.clone() data-hint=help>
                        {move || label.get()}
                    </span>
                }
                .into_any()
            },
        )
    };
    view! {
        <div class="description" class:description-wide=wide>
            <dt>{term}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
