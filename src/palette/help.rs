//! The help of the keyboard, from the table that the shortcuts are performed from.

use leptos::prelude::*;

use super::options::keys;
use crate::app::shortcut::{Destination, Keys, SHORTCUTS, SingleKeys, destinations, is_mac};
use crate::system::System;
use crate::ui;

/// Explains the keyboard.
#[component]
pub fn HelpDialog(
    /// Closes it.
    on_close: Callback<()>,
) -> impl IntoView {
    let single: SingleKeys = expect_context();
    let system: Option<System> = use_context();
    let control = if is_mac() { "⌘" } else { words::palette::key_control() };
    let rows = SHORTCUTS.into_iter().map(|shortcut| {
        let pressed = match shortcut.keys {
            Keys::WithControl(key) => format!("{control} {}", key.to_uppercase()),
            Keys::Single(key) => key.to_owned(),
            Keys::Anywhere("Escape") => words::palette::key_escape().to_owned(),
            Keys::Anywhere(key) => key.to_owned(),
        };
        view! { <tr><td>{keys(&pressed)}</td><td>{(shortcut.label)()}</td></tr> }
    });
    let catalog = system.as_ref().map(System::catalog);
    let catalog = catalog.as_deref();
    let places = destinations(catalog).into_iter().map(|(letter, destination)| {
        let title = match destination {
            Destination::Systems => words::palette::systems().to_owned(),
            Destination::Overview => words::palette::overview().to_owned(),
            Destination::Activity => words::activity::title().to_owned(),
            Destination::Resource(id) => catalog
                .and_then(|catalog| catalog.resource(&id))
                .map_or(id, |resource| resource.title.clone()),
        };
        view! { <li>{keys(&format!("g {letter}"))}<span>{title}</span></li> }
    });
    let (rows, places) = (rows.collect_view(), places.collect_view());
    view! {
        <ui::Dialog
            title=words::palette::help_title()
            close_label=words::common::close()
            size=ui::DialogSize::Large
            on_close=move |_| on_close.run(())
        >
            {move || (!single.0.get()).then(|| view! {
                <ui::Notice tone=ui::Tone::Info quiet=true>{words::palette::single_keys_are_off()}</ui::Notice>
            })}
            <div class="keyboard-help">
                <table>
                    <thead class="visually-hidden">
                        <tr><th scope="col">{words::palette::help_keys()}</th><th scope="col">{words::palette::help_does()}</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <section>
                    <h3>{words::palette::help_go()}</h3>
                    <ul class="keyboard-places">{places}</ul>
                </section>
                <section>
                    <h3>{words::palette::help_here()}</h3>
                    <p>{words::palette::help_list_keys()}</p>
                </section>
            </div>
        </ui::Dialog>
    }
}
