//! What opens above the page: dialogs, menus, hints.

use leptos::prelude::*;

use super::{specimen, text};
use crate::ui::{
    Button, ButtonKind, Dialog, DialogSize, FormField, IconButton, Menu, MenuItem, Notice, TextInput, Tone,
};

/// The section.
pub(super) fn section() -> AnyView {
    view! {
        {specimen("Dialogs", view! {
            {dialog("Question", DialogSize::Small, false)}
            {dialog("Form", DialogSize::Medium, false)}
            {dialog("Comparison", DialogSize::Large, false)}
            {dialog("Under way", DialogSize::Medium, true)}
        })}
        {specimen("Menus", view! {
            <Menu label="More actions" show_label=true>
                <MenuItem icon="edit".to_owned() label="Rename"/>
                <MenuItem icon="external".to_owned() label="Open" href=Some("#/~gallery/overlays".to_owned())/>
                <MenuItem icon="lock".to_owned() label="Lock" reason=Some("The volume is mapped to two hosts.".to_owned())/>
                <MenuItem icon="trash".to_owned() label="Delete…" danger=true/>
            </Menu>
            <Menu label="Row actions" small=true><MenuItem label="Rename"/></Menu>
        })}
        {specimen("Hints", view! {
            <IconButton icon="help" label="Shows on hover and focus"/>
            <Button reason="The role Viewer does not create volumes.".to_owned()>"Says why not"</Button>
        })}
    }
    .into_any()
}

/// A button and the dialog that it opens. While `busy`, only its own buttons close it.
fn dialog(title: &'static str, size: DialogSize, busy: bool) -> AnyView {
    let is_open = RwSignal::new(false);
    let close = move || is_open.set(false);
    view! {
        <Button on_click=move |_| is_open.set(true)>{title}</Button>
        <Show when=move || is_open.get()>
            <Dialog
                title
                close_label="Close"
                size
                busy
                on_close=move |_| close()
                footer=move || view! {
                    <Button on_click=move |_| close()>"Cancel"</Button>
                    <Button kind=ButtonKind::Primary busy on_click=move |_| close()>"Create"</Button>
                }.into_any()
            >
                <p>"The volume is thin: it takes room as hosts write to it."</p>
                <Notice tone=Tone::Warn quiet=true>"The pool is 97 % full."</Notice>
                <FormField label="Name" required=true><TextInput value=text("archive-02")/></FormField>
            </Dialog>
        </Show>
    }
    .into_any()
}
