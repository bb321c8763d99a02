//! What the console itself knows: places, operations, settings.

use boxdeck_catalog::Shape;
use leptos::prelude::*;

use super::candidate::{Candidate, Goal, Group};
use super::operations;
use crate::app::Shared;
use crate::app::overlay::Overlay;
use crate::app::recent;
use crate::app::shortcut::{Destination, destinations};
use crate::app::theme::themes;
use crate::language::Language;
use crate::place::Place;
use crate::system::System;

/// Everything that can be found without asking the box. `here` is the place that shows.
pub(super) fn candidates(
    shared: Shared,
    system: Option<&System>,
    here: &Place,
    single_keys: bool,
) -> Vec<Candidate> {
    let mut all = visited(here);
    all.extend(pages(system));
    if let Some(system) = system {
        all.extend(resources(system));
    }
    all.extend(systems(shared, system));
    if let Some(system) = system {
        let session = system.session();
        // The console ends a session itself, and knows that it has.
        let own = system.dialect.sign_out(&session);
        let found =
            operations::operations(&system.entry.name, &system.catalog(), &session, here, own.as_ref());
        all.extend(found);
    }
    all.extend(settings(system, single_keys));
    all
}

/// Where a person has been, but for the place that shows.
fn visited(here: &Place) -> Vec<Candidate> {
    let here = here.with_query("");
    let visits = recent::visits().get_untracked();
    let visits = visits.into_iter().filter(|visit| visit.place != here);
    visits
        .map(|visit| Candidate::new(Group::Recent, visit.title, visit.within, Goal::Place(visit.place)))
        .collect()
}

/// The console's own pages.
fn pages(system: Option<&System>) -> Vec<Candidate> {
    let keys = |letter: char| format!("g {letter}");
    let overview = system.map(|system| Candidate {
        keys: keys('o'),
        ..Candidate::new(
            Group::Places,
            words::palette::overview(),
            system.entry.title(),
            Goal::Place(Place::system(&system.entry.name)),
        )
    });
    let activity = Candidate {
        keys: keys('a'),
        words: words::palette::words_activity().to_owned(),
        ..Candidate::new(Group::Places, words::activity::title(), "", Goal::Overlay(Overlay::Activity))
    };
    let systems = Candidate {
        keys: keys('s'),
        words: words::palette::verbs_create().to_owned(),
        ..Candidate::new(Group::Places, words::palette::systems(), "", Goal::Place(Place::systems()))
    };
    overview.into_iter().chain([activity, systems]).collect()
}

/// The lists and single objects of a system. A sub-collection is reached through its owner.
fn resources(system: &System) -> Vec<Candidate> {
    let home = Place::system(&system.entry.name);
    let letters = destinations(Some(&system.catalog()));
    let area_title = |id: &str| {
        let areas = &system.catalog().kind.areas;
        areas.iter().find(|area| area.id == id).map_or_else(String::new, |area| area.title.clone())
    };
    let catalog = system.catalog();
    let resources = catalog.resources.iter().filter(|resource| resource.is_entry());
    let candidate = |resource: &boxdeck_catalog::Resource| {
        let wanted = Destination::Resource(resource.id.clone());
        let letter = letters.iter().find(|(_, destination)| *destination == wanted);
        let mut words = operations::place_words(resource);
        if resource.shape == Shape::Single {
            // A single object is looked for by what is set there.
            for field in &resource.fields {
                words.push(' ');
                words.push_str(&field.label);
            }
        }
        Candidate {
            words,
            keys: letter.map_or_else(String::new, |(letter, _)| format!("g {letter}")),
            ..Candidate::new(
                Group::Places,
                resource.title.clone(),
                area_title(&resource.area),
                Goal::Place(home.resource(&resource.id)),
            )
        }
    };
    resources.map(candidate).collect()
}

/// The other systems.
fn systems(shared: Shared, system: Option<&System>) -> Vec<Candidate> {
    let own = system.map(|system| system.entry.name.clone());
    shared.systems.with_untracked(|systems| {
        let Some(Ok(systems)) = systems else { return Vec::new() };
        let others = systems.iter().filter(|entry| Some(&entry.name) != own.as_ref());
        let candidate = |entry: &crate::systems::SystemEntry| Candidate {
            words: format!("{} {}", entry.name, words::palette::words_system()),
            ..Candidate::new(
                Group::Places,
                entry.title(),
                entry.kind.clone(),
                Goal::Place(Place::system(&entry.name)),
            )
        };
        others.map(candidate).collect()
    })
}

fn settings(system: Option<&System>, single_keys: bool) -> Vec<Candidate> {
    let of = |title: &str, note: &str, goal| Candidate::new(Group::Settings, title, note, goal);
    let mut all = vec![
        of(words::settings::title(), "", Goal::Overlay(Overlay::Settings)),
        Candidate {
            keys: "?".to_owned(),
            ..of(words::palette::help_title(), "", Goal::Overlay(Overlay::Help))
        },
    ];
    all.extend(themes().map(|(value, label)| of(label, words::settings::theme(), Goal::Theme(value))));
    for (value, label) in
        [("", words::settings::density_comfortable()), ("compact", words::settings::density_compact())]
    {
        all.push(of(label, words::settings::density(), Goal::Density(value)));
    }
    for language in Language::ALL {
        all.push(of(language.name(), words::settings::language(), Goal::Language(language)));
    }
    let switch =
        if single_keys { words::palette::single_keys_off() } else { words::palette::single_keys_on() };
    all.push(of(switch, words::settings::single_keys(), Goal::SingleKeys(!single_keys)));
    if system.is_some_and(|system| system.session().user.is_some()) {
        all.push(of(words::palette::sign_out(), "", Goal::SignOut));
    }
    all
}
