//! Terms of a filter, as things that can be seen, changed and taken away.

use leptos::prelude::*;

use super::{Icon, Text};

/// A row of chips.
#[component]
pub fn ChipBar(
    /// Name of the row.
    #[prop(into)]
    label: Text,
    /// Chips, and what adds one.
    children: Children,
) -> impl IntoView {
    view! { <div class="chip-bar" role="group" aria-label=move || label.get()>{children()}</div> }
}

/// One term: its text opens it, the cross takes it away.
#[component]
pub fn FilterChip(
    /// What the term says.
    #[prop(into)]
    text: Text,
    /// Opens the term; without it the text is only text.
    #[prop(optional, into)]
    on_edit: Option<Callback<()>>,
    /// Takes the term away; without it the chip can't be removed.
    #[prop(optional, into)]
    on_remove: Option<Callback<()>>,
    /// Name of the cross, such as "Remove the filter on name".
    #[prop(into)]
    remove_label: Text,
    /// A short note, such as "in the browser" for a term that the system doesn't apply.
    #[prop(optional, into)]
    note: super::OptText,
) -> impl IntoView {
    let note = move || note.get().map(|note| view! { <span class="chip-note">{note}</span> });
    view! {
        <span class="chip">
            {if let Some(on_edit) = on_edit {
                view! {
                    <button type="button" class="chip-text" on:click=move |_| on_edit.run(())>{move || text.get()}{note}</button>
                }.into_any()
            } else {
                view! { <span class="chip-text">{move || text.get()}{note}</span> }.into_any()
            }}
            {on_remove.map(|on_remove| view! {
                <button
                    type="button"
                    class="chip-remove"
                    aria-label=move || remove_label.get()
                    data-hint=move || remove_label.get()
                    on:click=move |_| on_remove.run(())
                >
                    <Icon name="close"/>
                </button>
            })}
        </span>
    }
}
