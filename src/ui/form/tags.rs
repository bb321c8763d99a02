//! A list of short texts.

use leptos::{html, prelude::*};

use super::Wiring;
use crate::ui::{FilterChip, OptText, Text};

/// Texts as chips. Enter or a comma adds what is typed, leaving the input too; Backspace in the empty input takes the last
/// one back for changing. The same text is in the list once.
#[component]
pub fn TagListInput(
    /// The texts.
    value: RwSignal<Vec<String>>,
    /// Name of a chip's cross; the text follows it.
    #[prop(into)]
    remove_label: Text,
    /// Its name, outside a form field.
    #[prop(optional, into)]
    label: OptText,
    /// An example in the empty input.
    #[prop(optional, into)]
    placeholder: OptText,
    /// Can't be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    let own_label = wiring.own_label;
    let described_by = wiring.described_by;
    let input = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    let add = move || {
        let text = typed.get_untracked();
        let mut texts = split(&text).peekable();
        if texts.peek().is_some() {
            value.update(|list| {
                for text in texts {
                    if !list.iter().any(|other| other == text) {
                        list.push(text.to_owned());
                    }
                }
            });
        }
        typed.set(String::new());
    };
    let keydown = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" if !typed.with_untracked(String::is_empty) => {
            event.prevent_default();
            add();
        }
        "," => {
            event.prevent_default();
            add();
        }
        "Backspace" if typed.with_untracked(String::is_empty) => {
            if let Some(last) = value.try_update(Vec::pop).flatten() {
                event.prevent_default();
                typed.set(last);
            }
        }
        _ => {}
    };
    let remove = move |text: &str| {
        value.update(|list| list.retain(|other| other != text));
        if let Some(input) = input.get_untracked() {
            // Focus can only fail for elements that left the page.
            drop(input.focus());
        }
    };
    view! {
        <div class="tags">
            <For each=move || value.get() key=Clone::clone let:text>
                {
                    let of = text.clone();
                    let label = text.clone();
                    view! {
                        <FilterChip
                            text=text
                            remove_label=move || format!("{} {label}", remove_label.get())
                            on_remove=move |()| if !disabled.get_untracked() { remove(&of) }
                        />
                    }
                }
            </For>
            <input
                id=wiring.id.clone()
                type="text"
                autocomplete="off"
                spellcheck="false"
                node_ref=input
                placeholder=move || placeholder.get()
                disabled=move || disabled.get()
                aria-label=move || own_label.get()
                aria-describedby=move || described_by.get()
                aria-invalid=wiring.aria_invalid()
                aria-required=wiring.aria_required()
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=keydown
                on:blur=move |_| add()
            />
        </div>
    }
}

/// The texts in what was typed or pasted: separated by commas or line ends, without blanks around.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '\n']).map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    #[test]
    fn pasted_lists_fall_apart() {
        assert_eq!(super::split(" a, b,,\nc d ").collect::<Vec<_>>(), ["a", "b", "c d"]);
    }
}
