//! The frame around every page: a bar, a navigation at the side that becomes a drawer on narrow screens, the page.

use leptos::{ev, html, prelude::*};

use super::{IconButton, Text};

/// Below this width, in CSS pixels, the navigation is a drawer. The style sheet has the same number.
const DRAWER_BELOW: f64 = 900.0;

/// The frame.
#[component]
pub fn AppShell(
    /// Start of the bar: what this is.
    #[prop(into)]
    brand: ViewFn,
    /// End of the bar: who is signed in, search, preferences.
    #[prop(optional, into)]
    tools: ViewFn,
    /// The navigation's content.
    #[prop(into)]
    navigation: ViewFn,
    /// Text of the link that leads the keyboard past bar and navigation.
    #[prop(into, default = words::page::skip().into())]
    skip_label: Text,
    /// Name of the navigation.
    #[prop(into, default = words::page::resources().into())]
    navigation_label: Text,
    /// Name of the button that shows and hides the navigation.
    #[prop(into, default = words::page::navigation().into())]
    toggle_label: Text,
    /// The page.
    children: Children,
) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    let is_open = RwSignal::new(!is_narrow());
    // A window that becomes narrow must not find its page below the drawer.
    let was_narrow = StoredValue::new(is_narrow());
    let resized = window_event_listener(ev::resize, move |_| {
        let narrow = is_narrow();
        if was_narrow.get_value() != narrow {
            was_narrow.set_value(narrow);
            is_open.set(!narrow);
        }
    });
    on_cleanup(move || resized.remove());
    let close_drawer = move || {
        if is_narrow() {
            is_open.set(false);
        }
    };
    // A hash in the address names a place of the console, so that a link to an element's id can't be used here.
    let skip = move |_| {
        if let Some(main) = main.get_untracked() {
            // Focus can only fail for elements that left the page.
            drop(main.focus());
        }
    };
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close_drawer();
        }
    };
    let clicked = move |event: ev::MouseEvent| {
        use wasm_bindgen::JsCast;
        let on_link = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|target| target.closest("a[href]").ok().flatten().is_some());
        if on_link {
            close_drawer();
        }
    };
    view! {
        <div class="shell" data-nav=move || if is_open.get() { "open" } else { "closed" } on:keydown=escape>
            <header class="shell-bar">
                <button type="button" class="btn btn-primary skip-link" on:click=skip>{move || skip_label.get()}</button>
                <IconButton
                    icon="menu"
                    label=toggle_label
                    expanded=Signal::derive(move || Some(is_open.get()))
                    on_click=move |_| is_open.update(|open| *open = !*open)
                />
                <div class="shell-brand">{brand.run()}</div>
                <div class="shell-bar-end">{tools.run()}</div>
            </header>
            <nav class="shell-nav" aria-label=move || navigation_label.get() on:click=clicked>{navigation.run()}</nav>
            <div class="shell-veil" aria-hidden="true" on:click=move |_| close_drawer()></div>
            <main class="shell-main" tabindex="-1" node_ref=main>
                <div class="page">{children()}</div>
            </main>
        </div>
    }
}

fn is_narrow() -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width < DRAWER_BELOW)
}
