//! Short hints on hover and focus: one element for the whole page, filled from `data-hint` attributes.
//!
//! A hint can be pointed at, stays as long as its element has the pointer or the focus, and goes with Escape.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

use super::overlay::place_beside;

/// The element that shows hints; once per page.
#[component]
pub(super) fn HintLayer() -> impl IntoView {
    let layer = NodeRef::<html::Div>::new();
    let hide = move || {
        if let Some(layer) = layer.get_untracked()
            && is_open(&layer)
        {
            // It can only fail when the layer has just been hidden by someone else.
            drop(layer.hide_popover());
        }
    };
    let show = move |target: Option<EventTarget>| {
        let Some(layer) = layer.get_untracked() else { return };
        let Some(target) = target.and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        if layer.contains(Some(&target)) {
            return;
        }
        let Some(host) = target.closest("[data-hint]").ok().flatten() else {
            hide();
            return;
        };
        let hint = host.get_attribute("data-hint").unwrap_or_default();
        if hint.is_empty() {
            hide();
            return;
        }
        layer.set_text_content(Some(&hint));
        if layer.show_popover().is_ok() || is_open(&layer) {
            place_beside(&layer, &host);
        }
    };
    let listeners = [
        window_event_listener(ev::mouseover, move |event| show(event.target())),
        window_event_listener(ev::focusin, move |event| {
            let focused_by_keyboard = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
                .is_some_and(|target| target.matches(":focus-visible").unwrap_or(false));
            if focused_by_keyboard {
                show(event.target());
            }
        }),
        window_event_listener(ev::focusout, move |_| hide()),
        window_event_listener(ev::mousedown, move |_| hide()),
        window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" {
                hide();
            }
        }),
    ];
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
    view! { <div class="hint" popover="manual" role="tooltip" node_ref=layer></div> }
}

fn is_open(element: &HtmlElement) -> bool {
    element.matches(":popover-open").unwrap_or(false)
}
