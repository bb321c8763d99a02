//! The side navigation: the resources of the catalog by area.

use leptos::prelude::*;

use crate::place::Place;
use crate::place::browser::use_navigation;
use crate::system::use_system;
use crate::ui;

/// Links to the overview and to every resource that is not reached through another.
#[component]
pub fn Navigation() -> impl IntoView {
    let system = use_system();
    let place = use_navigation();
    // The owner of a sub-collection is where its reader came from, so that is what is marked.
    let current = Memo::new(move |_| {
        let place = place.place();
        place.parent.map(|(owner, _)| owner).or(place.resource)
    });
    let home = Place::system(&system.entry.name);
    let is_home = Signal::derive(move || current.get().is_none());
    let areas: Vec<_> = system
        .catalog
        .kind
        .areas
        .iter()
        .map(|area| {
            let links: Vec<_> = system
                .catalog
                .resources
                .iter()
                .filter(|resource| resource.area == area.id && resource.parent.is_none())
                .map(|resource| {
                    let id = resource.id.clone();
                    let is_current = Signal::derive(move || current.get().as_deref() == Some(&id));
                    view! { <ui::NavLink href=home.resource(&resource.id).href() label=resource.title.clone() current=is_current/> }
                })
                .collect();
            (area.title.clone(), links)
        })
        .filter(|(_, links)| !links.is_empty())
        .map(|(title, links)| view! { <ui::NavSection title>{links}</ui::NavSection> })
        .collect();
    view! {
        <ui::NavLink href=home.href() label="Overview" current=is_home/>
        {areas}
    }
}
