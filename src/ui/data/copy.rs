//! Copying to the clipboard.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::ui::{IconButton, Text, use_voice};

/// How long the button says that it has copied.
const SAID_FOR: Duration = Duration::from_millis(1600);

/// Copies a text.
///
/// Browsers offer the clipboard only to pages over HTTPS or on the machine itself; elsewhere the button says `failed`.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Text,
    /// Name of the button.
    #[prop(into, default = words::page::copy().into())]
    label: Text,
    /// Said when it is done.
    #[prop(into, default = words::page::copied().into())]
    done: Text,
    /// Said when the browser refuses.
    #[prop(into, default = words::page::not_copied().into())]
    failed: Text,
) -> impl IntoView {
    let outcome = RwSignal::new(None::<bool>);
    let voice = use_voice();
    let said = Signal::derive(move || match outcome.get() {
        None => label.get(),
        Some(true) => done.get(),
        Some(false) => failed.get(),
    });
    let icon = Signal::derive(move || {
        match outcome.get() {
            None => "copy",
            Some(true) => "check",
            Some(false) => "error",
        }
        .to_owned()
    });
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let copied = copy_text(&text).await;
            // The button may have left the page meanwhile.
            if outcome.try_set(Some(copied)).is_some() {
                return;
            }
            if let Some(voice) = voice {
                voice.announce(said.get_untracked());
            }
            set_timeout(
                move || {
                    outcome.try_set(None);
                },
                SAID_FOR,
            );
        });
    };
    view! { <IconButton icon label=said small=true on_click=copy/> }
}

/// Copies a text. Whether the browser let it happen.
pub async fn copy_text(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    // Without a secure context there is no clipboard, although the binding says so.
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
