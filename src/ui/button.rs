//! Buttons and links that look like buttons.

use leptos::{ev::MouseEvent, prelude::*};

use super::{Icon, OptText, Spinner, Text, id::unique_id};

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one action that a page or dialog is for.
    Primary,
    /// Any other action.
    #[default]
    Normal,
    /// An action in a row of many, or beside data.
    Quiet,
    /// An action that destroys.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn-primary",
            Self::Normal => "btn",
            Self::Quiet => "btn btn-quiet",
            Self::Danger => "btn btn-danger",
        }
    }
}

/// A button with text.
///
/// A button that can't be used now says why: with a `reason` it keeps its place in the tab order, shows the reason on
/// hover and focus, and announces it. While `busy` it keeps its width and ignores presses.
#[component]
pub fn Button(
    /// What it looks like; `Normal` by default.
    #[prop(optional, into)]
    kind: Signal<ButtonKind>,
    /// An icon before the text.
    #[prop(optional, into)]
    icon: OptText,
    /// Called for each press that counts.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
    /// Why the button can't be used now; `None` when it can.
    #[prop(optional, into)]
    reason: OptText,
    /// Can't be used, for a reason that is plain to see.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The action is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Sends the form that it stands in.
    #[prop(optional)]
    submit: bool,
    /// 24 pixels high instead of the size of a control.
    #[prop(optional)]
    small: bool,
    /// Takes the focus when the dialog around it opens.
    #[prop(optional)]
    autofocus: bool,
    /// The text.
    children: Children,
) -> impl IntoView {
    let reason_id = unique_id("reason");
    let described_by = {
        let reason_id = reason_id.clone();
        move || reason.with(Option::is_some).then(|| reason_id.clone())
    };
    let click = move |event: MouseEvent| {
        if reason.with_untracked(Option::is_some) || busy.get_untracked() {
            event.prevent_default();
            return;
        }
        if let Some(on_click) = on_click {
            on_click.run(event);
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=move || kind.get().class()
            class:btn-small=small
            autofocus=autofocus
            disabled=move || disabled.get()
            aria-disabled=move || reason.with(Option::is_some).then_some("true")
            aria-busy=move || busy.get().then_some("true")
            aria-describedby=described_by
            data-hint=move || reason.get()
            on:click=click
        >
            {move || if busy.get() {
                Some(view! { <Spinner/> }.into_any())
            } else {
                icon.get().map(|name| view! { <Icon name/> }.into_any())
            }}
            {children()}
            <ReasonText id=reason_id reason/>
        </button>
    }
}

/// A button with only an icon; the label is its name, and shows on hover and focus.
#[component]
pub fn IconButton(
    /// Name of the icon.
    #[prop(into)]
    icon: Text,
    /// What the button does.
    #[prop(into)]
    label: Text,
    /// What it looks like; `Quiet` by default.
    #[prop(default = ButtonKind::Quiet)]
    kind: ButtonKind,
    /// Called for each press that counts.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
    /// Why the button can't be used now; `None` when it can.
    #[prop(optional, into)]
    reason: OptText,
    /// The action is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// For a button that stays pressed: whether it is.
    #[prop(optional, into)]
    pressed: Signal<Option<bool>>,
    /// For a button that opens something: whether that is open.
    #[prop(optional, into)]
    expanded: Signal<Option<bool>>,
    /// 24 pixels square instead of the size of a control.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let click = move |event: MouseEvent| {
        if reason.with_untracked(Option::is_some) || busy.get_untracked() {
            event.prevent_default();
            return;
        }
        if let Some(on_click) = on_click {
            on_click.run(event);
        }
    };
    view! {
        <button
            type="button"
            class=kind.class()
            class:btn-icon=true
            class:btn-small=small
            aria-label=move || label.get()
            aria-description=move || reason.get()
            aria-disabled=move || reason.with(Option::is_some).then_some("true")
            aria-busy=move || busy.get().then_some("true")
            aria-pressed=move || pressed.get().map(|pressed| pressed.to_string())
            aria-expanded=move || expanded.get().map(|expanded| expanded.to_string())
            data-hint=move || reason.get().unwrap_or_else(|| label.get())
            on:click=click
        >
            {move || if busy.get() {
                view! { <Spinner/> }.into_any()
            } else {
                view! { <Icon name=icon/> }.into_any()
            }}
        </button>
    }
}

/// A link that looks like a button, for actions that lead to another place.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: Text,
    /// What it looks like; `Normal` by default.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the text.
    #[prop(optional, into)]
    icon: OptText,
    /// Why it can't be followed now; `None` when it can.
    #[prop(optional, into)]
    reason: OptText,
    /// 24 pixels high instead of the size of a control.
    #[prop(optional)]
    small: bool,
    /// The text.
    children: Children,
) -> impl IntoView {
    let reason_id = unique_id("reason");
    let described_by = {
        let reason_id = reason_id.clone();
        move || reason.with(Option::is_some).then(|| reason_id.clone())
    };
    // A link without an address is the documented form of a link that can't be followed.
    view! {
        <a
            class=kind.class()
            class:btn-small=small
            href=move || reason.with(Option::is_none).then(|| href.get())
            role=move || reason.with(Option::is_some).then_some("link")
            tabindex=move || reason.with(Option::is_some).then_some("0")
            aria-disabled=move || reason.with(Option::is_some).then_some("true")
            aria-describedby=described_by
            data-hint=move || reason.get()
        >
            {move || icon.get().map(|name| view! { <Icon name/> })}
            {children()}
            <ReasonText id=reason_id reason/>
        </a>
    }
}

/// The reason for those who can't see the hint. Hidden, so that it does not become part of the button's name.
#[component]
fn ReasonText(id: String, reason: OptText) -> impl IntoView {
    view! { <span id=id hidden>{move || reason.get()}</span> }
}
