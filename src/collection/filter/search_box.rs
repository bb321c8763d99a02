//! The box that looks for a part of the name. Typing refines the address in place; one burst of typing is one step back.

use std::time::Duration;

use boxdeck_catalog::Field;
use leptos::ev::KeyboardEvent;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::collection::address::ListAddress;
use crate::collection::tools::Entry;
use crate::format::words::inside;
use crate::ui::Icon;

/// How long the box waits for the next letter.
const PAUSE: Duration = Duration::from_millis(250);

/// What is typed, and what the address held when it was typed: when that changes by other means, the address wins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Typed {
    text: String,
    over: String,
}

/// Looks for a part of a field on the box.
#[component]
pub fn SearchBox(
    /// The field that is searched.
    field: Field,
    /// What the list shows.
    address: Signal<ListAddress>,
    /// Called with the address that a person makes.
    on_go: Callback<(ListAddress, Entry)>,
) -> impl IntoView {
    let name = StoredValue::new(field.name.clone());
    let current =
        Memo::new(move |_| name.with_value(|name| address.with(|address| address.search(name).to_owned())));
    let typed: RwSignal<Option<Typed>> = RwSignal::new(None);
    let timer: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    // Whether the present burst of typing has its entry in the history already.
    let entered = StoredValue::new(false);
    let text = move || {
        let current = current.get();
        match typed.get() {
            Some(typed) if typed.over == current || typed.text.trim() == current => typed.text,
            _ => current,
        }
    };
    let stop = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let search = move || {
        stop();
        let Some(Some(wanted)) = typed.try_get_untracked() else { return };
        if wanted.text.trim() == current.get_untracked() {
            return;
        }
        let next =
            name.with_value(|name| address.with_untracked(|address| address.searching(name, &wanted.text)));
        let entry = if entered.get_value() { Entry::Same } else { Entry::New };
        entered.set_value(true);
        on_go.run((next, entry));
    };
    let input = move |event| {
        typed.set(Some(Typed { text: event_target_value(&event), over: current.get_untracked() }));
        stop();
        match set_timeout_with_handle(search, PAUSE) {
            Ok(handle) => timer.set_value(Some(handle)),
            Err(_no_timer) => search(),
        }
    };
    let finish = move || {
        search();
        typed.set(None);
        entered.set_value(false);
    };
    let keydown = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            search();
            entered.set_value(false);
        }
        "Escape" if !text().is_empty() => {
            event.prevent_default();
            typed.set(Some(Typed { text: String::new(), over: current.get_untracked() }));
            search();
        }
        _ => {}
    };
    on_cleanup(stop);
    let label = words::list::search_by(inside(&field.label));
    view! {
        <div class="search-box">
            <Icon name="search"/>
            <input
                class="input"
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder=label.clone()
                aria-label=label
                prop:value=text
                on:input=input
                on:keydown=keydown
                on:blur=move |_| finish()
            />
        </div>
    }
}
