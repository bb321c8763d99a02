//! The browser's address and history, as a signal.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{BeforeUnloadEvent, Element, HashChangeEvent, HtmlAnchorElement, MouseEvent};

use super::Place;

/// The place that the browser shows, and what guards it while something typed would be lost.
#[derive(Clone, Copy)]
pub struct Navigation {
    place: RwSignal<Place>,
    guard: RwSignal<Option<String>>,
    wanted: RwSignal<Option<Place>>,
}

impl Navigation {
    /// Starts to follow the browser. Called once, by the application.
    pub fn start() -> Self {
        let navigation = Self {
            place: RwSignal::new(Place::parse(&fragment())),
            guard: RwSignal::new(None),
            wanted: RwSignal::new(None),
        };
        let on_change = Closure::<dyn Fn(HashChangeEvent)>::new(move |_event| navigation.follow());
        let on_leave = Closure::<dyn Fn(BeforeUnloadEvent)>::new(move |event: BeforeUnloadEvent| {
            if navigation.guard.get_untracked().is_some() {
                event.prevent_default();
            }
        });
        let on_click = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| navigation.take(&event));
        let window = window();
        let listeners = [
            ("hashchange", on_change.as_ref()),
            ("beforeunload", on_leave.as_ref()),
            ("click", on_click.as_ref()),
        ];
        for (name, listener) in listeners {
            if window.add_event_listener_with_callback(name, listener.unchecked_ref()).is_err() {
                leptos::logging::error!("The browser refused to report {name}.");
            }
        }
        // They live as long as the page.
        on_change.forget();
        on_leave.forget();
        on_click.forget();
        provide_context(navigation);
        navigation
    }

    /// The place now; tracked.
    pub fn place(self) -> Place {
        self.place.get()
    }

    /// The place now; not tracked.
    pub fn place_untracked(self) -> Place {
        self.place.get_untracked()
    }

    /// Goes to a place, with an entry in the history. Where a guard stands, a person is asked first.
    pub fn go(self, place: &Place) {
        if self.guard.get_untracked().is_some() && *place != self.place.get_untracked() {
            self.wanted.set(Some(place.clone()));
        } else if window().location().set_hash(&place.href()).is_ok() {
            // The browser's own word comes later; whoever speaks in between must not still mean the page that was left.
            self.place.set(place.clone());
        } else {
            leptos::logging::error!("The browser refused the address {}.", place.href());
        }
    }

    /// Changes the address in place, without an entry in the history: for a query that is being refined.
    pub fn replace(self, place: &Place) {
        replace_fragment(&place.href());
        self.place.set(place.clone());
    }

    /// Guards the page: leaving it asks first, and says this. `None` lifts the guard.
    pub fn set_guard(self, warning: Option<String>) {
        self.guard.set(warning);
    }

    /// Guards the page for as long as there is a warning, and as the owner around it lives. What `warning` reads is tracked.
    pub fn guard_while(self, warning: impl Fn() -> Option<String> + 'static) {
        Effect::new(move |_| self.set_guard(warning()));
        on_cleanup(move || self.set_guard(None));
    }

    /// The warning to show, where someone wants to leave a guarded page; tracked.
    pub fn warning(self) -> Option<String> {
        self.wanted.get().and_then(|_place| self.guard.get())
    }

    /// Leaves the guarded page for the place that was wanted.
    pub fn leave(self) {
        self.guard.set(None);
        if let Some(place) = self.wanted.get_untracked() {
            self.wanted.set(None);
            self.go(&place);
        }
    }

    /// Stays on the guarded page.
    pub fn stay(self) {
        self.wanted.set(None);
    }

    /// Goes where a clicked link leads. Left to the browser, the page would hear of it two frames later.
    fn take(self, event: &MouseEvent) {
        let is_plain = event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if !is_plain || event.default_prevented() {
            return;
        }
        let clicked = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = clicked.and_then(|clicked| clicked.closest("a[href^='#/']").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
        if !link.target().is_empty() || link.has_attribute("download") {
            return;
        }
        event.prevent_default();
        let place = Place::parse(&link.hash());
        if place != self.place.get_untracked() {
            self.go(&place);
        }
    }

    fn follow(self) {
        let arrived = Place::parse(&fragment());
        let here = self.place.get_untracked();
        if arrived == here {
            return;
        }
        if self.guard.get_untracked().is_some() {
            // The browser cannot be stopped from changing the fragment, so the old one is put back on top.
            push_fragment(&here.href());
            self.wanted.set(Some(arrived));
        } else {
            self.place.set(arrived);
        }
    }
}

/// The navigation of the application.
///
/// # Panics
/// Outside of the application's component tree.
pub fn use_navigation() -> Navigation {
    expect_context()
}

fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

fn replace_fragment(href: &str) {
    if let Ok(history) = window().history()
        && history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(href)).is_err()
    {
        leptos::logging::error!("The browser refused the address {href}.");
    }
}

fn push_fragment(href: &str) {
    if let Ok(history) = window().history()
        && history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(href)).is_err()
    {
        leptos::logging::error!("The browser refused the address {href}.");
    }
}
