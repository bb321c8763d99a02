//! A menu of actions behind a button.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::place_below;
use crate::ui::{Icon, OptText, Text, id::unique_id};

/// A button that opens a menu. Arrow keys, Home, End and typing move in it, Escape and Tab close it.
#[component]
pub fn Menu(
    /// Name of the button, and of the menu.
    #[prop(into)]
    label: Text,
    /// Icon of the button; `more` by default.
    #[prop(into, default = "more".into())]
    icon: Text,
    /// Shows the label beside the icon.
    #[prop(optional)]
    show_label: bool,
    /// 24 pixels high instead of the size of a control.
    #[prop(optional)]
    small: bool,
    /// Reached by the arrow keys of what it stands in (a row of a table), not by Tab.
    #[prop(optional)]
    roving: bool,
    /// The items, built when the menu opens for the first time.
    children: ChildrenFn,
) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let is_open = RwSignal::new(false);
    let was_opened = RwSignal::new(false);
    let id = unique_id("menu");

    let open = move || {
        was_opened.set(true);
        request_animation_frame(move || {
            let (Some(menu), Some(button)) = (menu.get_untracked(), button.get_untracked()) else { return };
            if menu.show_popover().is_ok() {
                place_below(&menu, &button);
                focus(items(&menu).first());
            }
        });
    };
    let close = move || {
        if let Some(menu) = menu.get_untracked()
            && is_open.get_untracked()
        {
            // It can only fail when the browser has just closed it.
            drop(menu.hide_popover());
        }
    };
    let press = move |_| if is_open.get_untracked() { close() } else { open() };
    let button_key = move |event: ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowDown" | "ArrowUp") && !is_open.get_untracked() {
            event.prevent_default();
            open();
        }
    };
    let toggled = move |_| {
        let Some(menu) = menu.get_untracked() else { return };
        is_open.set(menu.matches(":popover-open").unwrap_or(false));
    };
    let menu_key = move |event: ev::KeyboardEvent| {
        let Some(menu) = menu.get_untracked() else { return };
        let items = items(&menu);
        let current = items.iter().position(is_focused);
        let key = event.key();
        let next = match key.as_str() {
            "ArrowDown" => items.get(current.map_or(0, |index| index + 1)).or(items.first()),
            "ArrowUp" => {
                current.and_then(|index| index.checked_sub(1)).map_or(items.last(), |index| items.get(index))
            }
            "Home" => items.first(),
            "End" => items.last(),
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                close();
                focus(button.get_untracked().map(|button| button.unchecked_into()).as_ref());
                return;
            }
            "Tab" => {
                close();
                return;
            }
            key if key.chars().count() == 1 && key != " " => {
                let start = current.map_or(0, |index| index + 1);
                let wanted = small_letters(key);
                items
                    .iter()
                    .cycle()
                    .skip(start)
                    .take(items.len())
                    .find(|item| small_letters(item.inner_text().trim()).starts_with(&wanted))
            }
            _ => return,
        };
        event.prevent_default();
        focus(next);
    };
    let menu_click = move |event: ev::MouseEvent| {
        let on_item = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|target| target.closest("[role=menuitem]").ok().flatten())
            .is_some_and(|item| item.get_attribute("aria-disabled").is_none());
        if on_item {
            focus(button.get_untracked().map(|button| button.unchecked_into()).as_ref());
            close();
        }
    };
    view! {
        <button
            type="button"
            class="btn"
            class:btn-quiet=!show_label
            class:btn-icon=!show_label
            class:btn-small=small
            node_ref=button
            tabindex=roving.then_some("-1")
            aria-haspopup="menu"
            aria-expanded=move || is_open.get().to_string()
            aria-controls=id.clone()
            aria-label=move || (!show_label).then(|| label.get())
            data-hint=move || (!show_label && !is_open.get()).then(|| label.get())
            on:click=press
            on:keydown=button_key
        >
            <Icon name=icon/>
            {show_label.then(|| view! { {move || label.get()}<Icon name="chevron-down"/> })}
        </button>
        <div
            class="menu"
            popover="auto"
            role="menu"
            tabindex="-1"
            id=id
            aria-label=move || label.get()
            node_ref=menu
            on:toggle=toggled
            on:keydown=menu_key
            on:click=menu_click
        >
            {move || was_opened.get().then(|| children())}
        </div>
    }
}

/// A text in small letters. The browser has the tables for it.
fn small_letters(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// Entries of a menu under a heading.
#[component]
pub fn MenuGroup(
    /// The heading.
    title: &'static str,
    /// The entries.
    items: AnyView,
) -> impl IntoView {
    view! {
        <div class="menu-group" role="group" aria-label=title>
            <p class="menu-heading" aria-hidden="true">{title}</p>
            {items}
        </div>
    }
}

/// One entry of a menu: an action, or a link when it has an `href`.
#[component]
pub fn MenuItem(
    /// The text.
    #[prop(into)]
    label: Text,
    /// An icon before the text.
    #[prop(optional, into)]
    icon: OptText,
    /// Where it leads, for a link.
    #[prop(optional, into)]
    href: OptText,
    /// Called when it is chosen.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// Why it can't be chosen now; shown below the text.
    #[prop(optional, into)]
    reason: OptText,
    /// It destroys.
    #[prop(optional)]
    danger: bool,
) -> impl IntoView {
    let inner = move || {
        view! {
            {move || icon.get().map(|name| view! { <Icon name/> })}
            <span class="menu-text">
                {move || label.get()}
                {move || reason.get().map(|reason| view! { <span class="menu-reason">{reason}</span> })}
            </span>
        }
    };
    let is_off = move || reason.with(Option::is_some);
    move || {
        if let Some(address) = href.get().filter(|_| !is_off()) {
            view! {
                <a class="menu-item" class:menu-danger=danger role="menuitem" tabindex="-1" href=address>{inner()}</a>
            }
            .into_any()
        } else {
            let click = move |_| {
                if let Some(on_click) = on_click.filter(|_| reason.with_untracked(Option::is_none)) {
                    on_click.run(());
                }
            };
            view! {
                <button
                    type="button"
                    class="menu-item"
                    class:menu-danger=danger
                    role="menuitem"
                    tabindex="-1"
                    aria-disabled=move || is_off().then_some("true")
                    on:click=click
                >
                    {inner()}
                </button>
            }
            .into_any()
        }
    }
}

fn items(menu: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all("[role=menuitem]") else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

fn is_focused(item: &HtmlElement) -> bool {
    document().active_element().is_some_and(|active| active == **item)
}

fn focus(element: Option<&HtmlElement>) {
    if let Some(element) = element {
        // Focus can only fail for elements that left the page.
        drop(element.focus());
    }
}
