//! The gallery: every component in every state that it has, to look at, to compare with pictures, and to hold new pages
//! against. It belongs to no system and is a part of its own, so that nobody fetches it who does not ask for it.
//!
//! ```text
//! #/~gallery              all sections
//! #/~gallery/buttons      one of them
//! ```
//!
//! Its texts are samples, not words of the console: they are not in the message catalogue.

mod buttons;
mod choices;
mod data;
mod failures;
mod inputs;
mod lists;
mod messages;
mod overlays;
mod tables;
mod ways;

use leptos::prelude::*;

use crate::app::theme::{Look, themes};
use crate::place::Place;
use crate::place::browser::use_navigation;
use crate::ui;

/// A section: what stands for it in the address, its title, its icon, and what it shows.
type Section = (&'static str, &'static str, &'static str, fn() -> AnyView);

const SECTIONS: [Section; 12] = [
    ("buttons", "Buttons", "play", buttons::section),
    ("inputs", "Inputs", "edit", inputs::section),
    ("choices", "Choices", "check", choices::section),
    ("tables", "Tables", "list", tables::section),
    ("table-states", "States of tables", "list", tables::states),
    ("lists", "Filters and pages of lists", "filter", lists::section),
    ("data", "Data", "chart", data::section),
    ("ways", "Steps and charts", "chart", ways::section),
    ("messages", "Messages", "info", messages::section),
    ("empty", "Empty states", "folder", messages::empty),
    ("failures", "Failures", "error", failures::section),
    ("overlays", "Dialogs and menus", "external", overlays::section),
];

/// The page with all sections, or the one that the address names.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let navigation = use_navigation();
    let chosen = Memo::new(move |_| navigation.place().resource);
    ui::window_title(&["Gallery"]);
    let shown = move || {
        let chosen = chosen.get();
        let is_shown = |id: &str| chosen.as_deref().is_none_or(|chosen| chosen == id);
        SECTIONS
            .iter()
            .filter(|(id, ..)| is_shown(id))
            .map(|(id, title, _, make)| view! { <Section id title>{make()}</Section> }.into_any())
            .collect::<Vec<AnyView>>()
    };
    view! {
        <ui::AppShell
            brand=|| view! { <a class="brand-name" href=Place::gallery().href()>"Gallery"</a> }.into_any()
            tools=|| view! { <LookTools/> }.into_any()
            navigation=move || view! { <Navigation chosen/> }.into_any()
        >
            <ui::PageHeader
                title="Gallery"
                subtitle=Some("Every component in every state, in the theme and density chosen above.".to_owned())
            />
            {shown}
        </ui::AppShell>
    }
}

/// Theme and density, in force as soon as they are chosen.
#[component]
fn LookTools() -> impl IntoView {
    let look: Look = expect_context();
    let themes = themes().map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();
    let densities = [("", "Comfortable"), ("compact", "Compact")];
    let densities = densities.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();
    view! {
        <ui::SelectInput value=look.theme label="Theme" options=themes standalone=true/>
        <ui::SelectInput value=look.density label="Density" options=densities standalone=true/>
    }
}

#[component]
fn Navigation(chosen: Memo<Option<String>>) -> impl IntoView {
    let is_all = Signal::derive(move || chosen.with(Option::is_none));
    view! {
        <ui::NavLink href=Place::gallery().href() label="All" icon="list" current=is_all/>
        <ui::NavSection title="Components">
            {SECTIONS.iter().map(|(id, title, icon, _)| {
                let current = Signal::derive(move || chosen.with(|chosen| chosen.as_deref() == Some(*id)));
                view! {
                    <ui::NavLink href=Place::gallery().resource(id).href() label=*title icon=*icon current/>
                }
                .into_any()
            }).collect::<Vec<AnyView>>()}
        </ui::NavSection>
    }
}

#[component]
fn Section(id: &'static str, title: &'static str, children: Children) -> impl IntoView {
    let heading = format!("gallery-{id}");
    let labelled = heading.clone();
    view! {
        <section class="gallery-section" aria-labelledby=heading>
            <h2 id=labelled>{title}</h2>
            {children()}
        </section>
    }
}

/// One component in one state, under what the state is called.
fn specimen(label: &'static str, view: impl IntoView + 'static) -> AnyView {
    view! {
        <div class="specimen">
            <h3 class="specimen-label">{label}</h3>
            <div class="specimen-body">{view.into_any()}</div>
        </div>
    }
    .into_any()
}

/// Text that an input holds.
fn text(text: &str) -> RwSignal<String> {
    RwSignal::new(text.to_owned())
}
