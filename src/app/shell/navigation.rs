//! The side navigation: the resources of the catalog by area, each area foldable, and a box that finds one by its name.

use boxdeck_catalog::Resource;
use boxdeck_dialect::{Context, closed, lower};
use leptos::prelude::*;

use crate::app::folds::Folds;
use crate::place::Place;
use crate::place::browser::use_navigation;
use crate::system::use_system;
use crate::ui;

/// From so many links on, there is a box to find one.
const MANY: usize = 15;

/// A resource in the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Link {
    id: String,
    title: String,
    /// What one of its records is called, by which it is found too.
    singular: String,
}

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
    let typed = RwSignal::new(String::new());
    let catalog = system.catalog();
    let link = |resource: &Resource| Link {
        id: resource.id.clone(),
        title: resource.title.clone(),
        singular: resource.singular.clone(),
    };
    let links = |resources: Vec<&Resource>| resources.into_iter().map(link).collect();
    let areas: Vec<(String, String, Vec<Link>)> = catalog
        .areas()
        .map(|(area, resources)| (area.id.clone(), area.title.clone(), links(resources)))
        .collect();
    let count: usize = areas.iter().map(|(_, _, links)| links.len()).sum();
    let all: Vec<Link> = areas.iter().flat_map(|(_, _, links)| links.clone()).collect();
    let fits_none = Memo::new(move |_| typed.with(|typed| !all.iter().any(|link| fits(typed, link))));
    let folds = Folds::of(&catalog.kind.id);
    let sections: Vec<_> = areas
        .into_iter()
        .map(|(id, title, links)| view! { <Area id title links home=home.clone() current typed folds/> })
        .collect();
    view! {
        {(count >= MANY).then(|| view! {
            <div class="nav-find">
                <ui::TextInput value=typed kind="search" label=Some(words::palette::find_resource().to_owned())
                    placeholder=Some(words::palette::find_resource().to_owned())/>
            </div>
        })}
        <div hidden=move || typed.with(|typed| !typed.trim().is_empty())>
            <ui::NavLink href=home.href() label=words::palette::overview() current=is_home/>
        </div>
        {sections}
        <p class="nav-none muted" role="status">
            {move || fits_none.get().then(words::palette::nothing)}
        </p>
    }
}

/// An area and its links. Folded it still shows the page that is open, and unfolds for what is looked for.
#[component]
fn Area(
    id: String,
    title: String,
    links: Vec<Link>,
    home: Place,
    current: Memo<Option<String>>,
    typed: RwSignal<String>,
    folds: Folds,
) -> impl IntoView {
    let all = links.clone();
    let is_empty = Memo::new(move |_| typed.with(|typed| !all.iter().any(|link| fits(typed, link))));
    let of = id.clone();
    let folded = Memo::new(move |_| folds.is_folded(&of) && typed.with(|typed| typed.trim().is_empty()));
    let press = move |_| folds.set(&id, !folded.get_untracked());
    let links = links.into_iter().map(|link| {
        let href = home.resource(&link.id).href();
        let (label, of) = (link.title.clone(), link.id.clone());
        let is_current = Signal::derive(move || current.get().as_deref() == Some(&of));
        let closed = {
            let (system, id) = (use_system(), link.id.clone());
            Memo::new(move |_| {
                // What it holds may come later.
                system.known.extent(&id);
                let catalog = system.catalog();
                let resource = catalog.resource(&id)?;
                system.state.with(|state| {
                    closed(Context { catalog: &catalog, session: state.session.as_ref()? }, resource)
                })
            })
        };
        let hidden = move || (folded.get() && !is_current.get()) || typed.with(|typed| !fits(typed, &link));
        view! { <div hidden=hidden><ui::NavLink href=href label=label current=is_current closed=closed/></div> }
    });
    let links = links.collect_view();
    let heading = ui::unique_id("area");
    view! {
        <div class="nav-section" role="group" aria-labelledby=heading hidden=move || is_empty.get()>
            <button
                type="button"
                class="nav-title nav-fold"
                id=heading.clone()
                aria-expanded=move || (!folded.get()).to_string()
                on:click=press
            >
                <span>{title}</span>
                <ui::Icon name="chevron-right"/>
            </button>
            {links}
        </div>
    }
}

/// Whether a link is what is looked for: every word that was typed starts a word of its names, or is in its title.
fn fits(typed: &str, link: &Link) -> bool {
    let title = lower(&link.title);
    let names = format!("{title} {}", lower(&link.singular));
    lower(typed)
        .split_whitespace()
        .all(|word| title.contains(word) || names.split(is_between).any(|name| name.starts_with(word)))
}

/// Whether it stands between two words of a name.
fn is_between(sign: char) -> bool {
    sign.is_whitespace() || sign.is_ascii_punctuation()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_by_their_names() {
        let link =
            Link { id: "cgs".to_owned(), title: "Consistency groups".to_owned(), singular: "CG".to_owned() };
        for typed in ["", "  ", "group", "GROUPS con", "cg", "sist"] {
            assert!(fits(typed, &link), "{typed}");
        }
        for typed in ["volume", "group volume", "xcg"] {
            assert!(!fits(typed, &link), "{typed}");
        }
    }
}
