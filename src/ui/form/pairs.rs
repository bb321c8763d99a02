//! Keys and their values.

use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, IconButton, Text};

/// Rows of key and value. Their order is kept; whether a key may stand twice is for the form to say.
#[component]
pub fn KeyValueInput(
    /// The pairs.
    value: RwSignal<Vec<(String, String)>>,
    /// Name of a key's input.
    #[prop(into)]
    key_label: Text,
    /// Name of a value's input.
    #[prop(into)]
    value_label: Text,
    /// Text of the button that adds a row.
    #[prop(into)]
    add_label: Text,
    /// Name of the button that takes a row away.
    #[prop(into)]
    remove_label: Text,
) -> impl IntoView {
    let rows = RwSignal::new(Vec::<Row>::new());
    let next = StoredValue::new(0_u32);
    let new_row = move |key: String, text: String| {
        let id = next.get_value();
        next.set_value(id.wrapping_add(1));
        Row { id, key: ArcRwSignal::new(key), text: ArcRwSignal::new(text) }
    };
    let current = move || rows.get().iter().map(|row| (row.key.get(), row.text.get())).collect::<Vec<_>>();
    // From outside to the rows, only when it is something else than the rows already say; and from the rows to outside.
    Effect::new(move |_| {
        let wanted = value.get();
        if wanted != untrack(current) {
            rows.set(wanted.into_iter().map(|(key, text)| new_row(key, text)).collect());
        }
    });
    let tell = Callback::new(move |()| value.set(untrack(current)));
    view! {
        <div class="pairs" role="group">
            <For each=move || rows.get() key=|row| row.id let:row>
                <div class="pairs-row">
                    <Part text=row.key.into() label=key_label on_input=tell/>
                    <Part text=row.text.into() label=value_label on_input=tell/>
                    <IconButton
                        icon="close"
                        label=remove_label
                        small=true
                        on_click=move |_| {
                            rows.update(|rows| rows.retain(|other| other.id != row.id));
                            tell.run(());
                        }
                    />
                </div>
            </For>
            <Button
                kind=ButtonKind::Quiet
                icon="plus"
                small=true
                on_click=move |_| {
                    rows.update(|rows| rows.push(new_row(String::new(), String::new())));
                    tell.run(());
                }
            >
                {move || add_label.get()}
            </Button>
        </div>
    }
}

/// Its signals count their users: those of a plain signal would end with the effect that made them.
#[derive(Clone)]
struct Row {
    id: u32,
    key: ArcRwSignal<String>,
    text: ArcRwSignal<String>,
}

/// One of the many inputs of a field: it can't take the field's id, so that it has a name of its own.
#[component]
fn Part(text: RwSignal<String>, label: Text, on_input: Callback<()>) -> impl IntoView {
    view! {
        <input
            class="input"
            type="text"
            autocomplete="off"
            spellcheck="false"
            aria-label=move || label.get()
            placeholder=move || label.get()
            prop:value=move || text.get()
            on:input=move |event| {
                text.set(event_target_value(&event));
                on_input.run(());
            }
        />
    }
}
