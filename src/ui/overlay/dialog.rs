//! Modal dialogs on the native element: it traps the focus, gives it back to the opener, and closes with Escape.

use leptos::{ev, html, prelude::*};

use crate::ui::announce::Echo;
use crate::ui::{IconButton, Text, id::unique_id};

/// How a person left a dialog without using its own buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseReason {
    /// Escape, or the system's back gesture.
    Escape,
    /// The button in the corner.
    Button,
}

/// Width of a dialog.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DialogSize {
    /// A question.
    Small,
    /// A short form.
    #[default]
    Medium,
    /// A long form, a comparison or a table.
    Large,
}

/// A modal dialog that is open as long as it is mounted; put it into `<Show>`.
#[component]
pub fn Dialog(
    /// The heading, and the dialog's name.
    #[prop(into)]
    title: Text,
    /// Name of the button in the corner.
    #[prop(into)]
    close_label: Text,
    /// Width; `Medium` by default.
    #[prop(optional)]
    size: DialogSize,
    /// While busy, neither Escape nor the corner closes it.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Asks the owner to unmount the dialog.
    #[prop(into)]
    on_close: Callback<CloseReason>,
    /// Buttons, the main one last.
    #[prop(optional, into)]
    footer: ViewFn,
    /// The body.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let title_id = unique_id("dialog");
    let has_opened = StoredValue::new(false);
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        // The element has to be in the document first, and that is the case one frame after it was built.
        request_animation_frame(move || {
            if !has_opened.try_get_value().unwrap_or(true) && dialog.is_connected() && !dialog.open() {
                has_opened.set_value(true);
                if dialog.show_modal().is_err() {
                    leptos::logging::error!("The browser refused to open a dialog.");
                }
            }
        });
    });
    // An element that is removed while open doesn't give the focus back; one that is closed does.
    on_cleanup(move || {
        if let Some(dialog) = dialog.try_get_untracked().flatten() {
            dialog.close();
        }
    });
    let cancel = move |event: ev::Event| {
        // A choice of files in the dialog sends an event of the same name when nothing is chosen.
        if event.target() != event.current_target() {
            return;
        }
        event.prevent_default();
        if !busy.get_untracked() {
            on_close.run(CloseReason::Escape);
        }
    };
    // Browsers let a second Escape through without asking; this catches each one.
    let keydown = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            event.stop_propagation();
            if !busy.get_untracked() {
                on_close.run(CloseReason::Escape);
            }
        }
    };
    view! {
        <dialog
            class="dialog"
            class:dialog-small=size == DialogSize::Small
            class:dialog-large=size == DialogSize::Large
            node_ref=dialog
            aria-labelledby=title_id
            aria-busy=move || busy.get().then_some("true")
            on:cancel=cancel
            on:keydown=keydown
        >
            <header class="dialog-head">
                <h2 id=title_id.clone()>{move || title.get()}</h2>
            </header>
            <div class="dialog-body">{children()}</div>
            <footer class="dialog-foot">{footer.run()}</footer>
            // Last, so that the first stop of the keyboard is what the dialog is about; the style sheet puts it on top.
            <div class="dialog-close">
                <IconButton
                    icon="close"
                    label=close_label
                    small=true
                    on_click=move |_| if !busy.get_untracked() { on_close.run(CloseReason::Button) }
                />
            </div>
            <Echo/>
        </dialog>
    }
}
