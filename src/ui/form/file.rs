//! A file from the person's machine.

use leptos::{ev, html, prelude::*};
use web_sys::File;

use super::Wiring;
use crate::ui::{OptText, Text};

/// Takes a file by the browser's own button, which the keyboard reaches, or by dropping one on it.
#[component]
pub fn FileInput(
    /// Called with the chosen file, and with nothing when the choice is taken back.
    #[prop(into)]
    on_file: Callback<Option<File>>,
    /// Says that a file can be dropped here.
    #[prop(into)]
    drop_text: Text,
    /// Its name, outside a form field.
    #[prop(optional, into)]
    label: OptText,
    /// Types and endings that the choice offers, such as `.pem,.der`.
    #[prop(optional, into)]
    accept: OptText,
    /// Can't be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    let input = NodeRef::<html::Input>::new();
    let is_over = RwSignal::new(false);
    let chosen = move |_: ev::Event| {
        let Some(input) = input.get_untracked() else { return };
        on_file.run(input.files().and_then(|files| files.get(0)));
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        is_over.set(false);
        let files = event.data_transfer().and_then(|data| data.files());
        let (Some(files), Some(input)) = (files, input.get_untracked()) else { return };
        if disabled.get_untracked() || files.length() == 0 {
            return;
        }
        // The input shows the file's name, so that a dropped file looks like a chosen one.
        input.set_files(Some(&files));
        on_file.run(files.get(0));
    };
    view! {
        <div
            class="drop"
            data-over=move || is_over.get().to_string()
            on:dragover=move |event: ev::DragEvent| {
                event.prevent_default();
                is_over.set(!disabled.get_untracked());
            }
            on:dragleave=move |_| is_over.set(false)
            on:drop=dropped
        >
            <input
                {..wiring.attributes()}
                type="file"
                node_ref=input
                accept=move || accept.get()
                disabled=move || disabled.get()
                on:change=chosen
                // Choosing the same file again, which may hold something else by now, is no change to a browser.
                on:cancel=chosen
            />
            <span class="field-help">{move || drop_text.get()}</span>
        </div>
    }
}
