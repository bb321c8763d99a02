//! Breadcrumbs and the window's title: where this page is.

use boxdeck_catalog::Reference;
use boxdeck_dialect::Record;
use boxdeck_dialect::answer::split_key;
use leptos::prelude::*;
use serde_json::Value;

use crate::app::recent;
use crate::place::browser::use_navigation;
use crate::place::title::use_page_title;
use crate::place::{Place, Verb};
use crate::system::{System, use_system};
use crate::ui;
use crate::value::{Names, link};

/// The way from the system to this page.
#[component]
pub fn Trail() -> impl IntoView {
    let system = use_system();
    let navigation = use_navigation();
    let title = use_page_title();
    let names = Names::new(&system);
    let crumbs = Memo::new(move |_| {
        let place = navigation.place();
        let owner = place.owner().and_then(|owner| owner_name(&system, names, &owner));
        crumbs(&system, &place, owner.as_deref(), title.record().as_deref())
    });
    let voice = ui::use_voice();
    Effect::new(move |said: Option<String>| {
        let titles: Vec<String> = crumbs.get().into_iter().rev().map(|(title, _)| title).collect();
        match title.own() {
            Some(own) => ui::window_title(&[&own]),
            None => ui::window_title(&titles),
        }
        let place = untrack(|| navigation.place());
        // A form is no place to come back to.
        if let [page, within @ ..] = titles.as_slice()
            && place.verb == Verb::Show
        {
            recent::note(&place, page, &within.join(" · "));
        }
        let said = said.unwrap_or_default();
        // A record is called by its name, which comes with it.
        if place.key.is_some() && title.record().is_none() {
            return said;
        }
        let place = titles.join(", ");
        if let Some(voice) = voice.filter(|_| place != said) {
            voice.announce(place.clone());
        }
        place
    });
    view! { <ui::Breadcrumbs items=crumbs/> }
}

/// The name of the owning record, once it is known; tracked.
fn owner_name(system: &System, names: Names, owner: &Place) -> Option<String> {
    let reference = Reference { resource: owner.resource.clone()?, ..Reference::default() };
    let key = match split_key(owner.key.as_deref()?).as_slice() {
        [only] => Value::String(only.clone()),
        _ => return None,
    };
    let (resource, key) = link::unnamed(&system.catalog(), &reference, &key, &Record::default())?;
    names.of(&resource, key).get()
}

/// Title and address of each step, the system first.
fn crumbs(
    system: &System,
    place: &Place,
    owner_name: Option<&str>,
    record_name: Option<&str>,
) -> Vec<(String, String)> {
    let title_of = |id: &str| {
        system.catalog().resource(id).map_or_else(|| id.to_owned(), |resource| resource.title.clone())
    };
    let key_text = |resource: &str, key: &str| {
        let catalog = system.catalog();
        catalog.resource(resource).map_or_else(|| key.to_owned(), |resource| link::key_name(resource, key))
    };
    let mut crumbs = vec![(system.entry.title().to_owned(), Place::system(&system.entry.name).href())];
    if let Some(owner) = place.owner() {
        let (resource, key) =
            (owner.resource.clone().unwrap_or_default(), owner.key.clone().unwrap_or_default());
        crumbs.push((title_of(&resource), owner.list().href()));
        let name = owner_name.map_or_else(|| key_text(&resource, &key), str::to_owned);
        crumbs.push((name, owner.href()));
    }
    if let Some(id) = &place.resource {
        crumbs.push((title_of(id), place.list().href()));
        if let Some(key) = &place.key {
            let name = record_name.map_or_else(|| key_text(id, key), str::to_owned);
            crumbs.push((name, place.record(key).href()));
        }
        let doing = match &place.verb {
            Verb::Show => None,
            Verb::New => Some(words::page::new().to_owned()),
            Verb::Edit => Some(words::page::edit().to_owned()),
            Verb::Do(operation) => Some(
                system
                    .catalog()
                    .resource(id)
                    .and_then(|resource| resource.operation(operation))
                    .map_or_else(|| operation.clone(), |operation| operation.title.clone()),
            ),
        };
        if let Some(doing) = doing {
            crumbs.push((doing, place.href()));
        }
    }
    crumbs
}
