//! What can be found, and the few of it that are shown.

use std::sync::Arc;

use boxdeck_catalog::{Operation, Resource};

use super::score::score;
use crate::app::overlay::Overlay;
use crate::language::Language;
use crate::place::Place;

/// Most of a group that are shown.
const MOST: usize = 6;
/// What counts in favour of what is about the page that shows.
const HERE: u32 = 40;
/// What counts against what leads to a choice first.
const DETOUR: u32 = 20;

/// A heading of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Group {
    /// Where a person has been.
    Recent,
    /// Lists, single objects, pages and systems.
    Places,
    /// What can be done.
    Operations,
    /// Theme, density, language, shortcuts.
    Settings,
    /// Records on the box.
    Records,
}

/// What choosing does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Goal {
    /// Goes to a place.
    Place(Place),
    /// Performs an operation: at once, or by a form in a dialog.
    Start(Arc<Resource>, Arc<Operation>),
    /// Goes where the record has to be chosen, and says what is to be done there.
    Choose(Place, String),
    /// Opens something else above the page.
    Overlay(Overlay),
    /// Chooses a theme, by the style sheet's word.
    Theme(&'static str),
    /// Chooses a density, by the style sheet's word.
    Density(&'static str),
    /// Chooses a language.
    Language(Language),
    /// Turns shortcuts of a single key on or off.
    SingleKeys(bool),
    /// Ends the session.
    SignOut,
}

/// Something that can be found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Its heading.
    pub(super) group: Group,
    /// What is read first.
    pub(super) title: String,
    /// What tells it apart from others of its title.
    pub(super) note: String,
    /// Words by which it is found besides its title.
    pub(super) words: String,
    /// Its shortcut.
    pub(super) keys: String,
    /// Why it cannot be chosen now.
    pub(super) reason: Option<String>,
    /// It is about the page that shows.
    pub(super) here: bool,
    /// What choosing it does.
    pub(super) goal: Goal,
}

impl Candidate {
    /// One that is found by its title and note.
    pub(super) fn new(group: Group, title: impl Into<String>, note: impl Into<String>, goal: Goal) -> Self {
        Self {
            group,
            title: title.into(),
            note: note.into(),
            words: String::new(),
            keys: String::new(),
            reason: None,
            here: false,
            goal,
        }
    }
}

/// A heading with what is shown below it.
pub(super) type Section = (Group, Vec<Candidate>);

/// A find from which on it is one of the title itself, and not of scattered letters or further words.
const SOUND: u32 = 200;

/// What shows for a text: the groups with the best finds first. Where the title of something in a group fits, what fits less well
/// there is left out.
pub(super) fn matching(typed: &str, all: &[Candidate]) -> Vec<Section> {
    let mut found: Vec<(u32, &Candidate)> = all
        .iter()
        .filter_map(|candidate| {
            let further = format!("{} {}", candidate.note, candidate.words);
            let score = score(typed, &candidate.title, &further)?;
            let favour = if candidate.here { HERE } else { 0 };
            let detour = if matches!(candidate.goal, Goal::Choose(..)) { DETOUR } else { 0 };
            Some(((score + favour).saturating_sub(detour), candidate))
        })
        .collect();
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let mut sections: Vec<Section> = Vec::new();
    let mut sound: Vec<Group> = Vec::new();
    for (score, candidate) in found {
        if score >= SOUND && !sound.contains(&candidate.group) {
            sound.push(candidate.group);
        }
        if score < SOUND && sound.contains(&candidate.group) {
            continue;
        }
        match sections.iter_mut().find(|(group, _)| *group == candidate.group) {
            Some((_, found)) if found.len() < MOST => found.push(candidate.clone()),
            Some(_) => {}
            None => sections.push((candidate.group, vec![candidate.clone()])),
        }
    }
    without_twins(&mut sections);
    sections.retain(|(_, found)| !found.is_empty());
    sections
}

/// A place that was visited shows once, among the visited ones.
fn without_twins(sections: &mut [Section]) {
    let visited: Vec<Goal> = sections
        .iter()
        .filter(|(group, _)| *group == Group::Recent)
        .flat_map(|(_, found)| found.iter().map(|candidate| candidate.goal.clone()))
        .collect();
    for (group, found) in sections.iter_mut().filter(|(group, _)| *group != Group::Recent) {
        if *group == Group::Places {
            found.retain(|candidate| !visited.contains(&candidate.goal));
        }
    }
}

/// What shows while nothing is typed: where a person has been, the pages, the settings' own page.
pub(super) fn at_first(all: &[Candidate]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for group in [Group::Recent, Group::Places, Group::Operations, Group::Settings] {
        let is_wanted = |candidate: &&Candidate| match group {
            Group::Operations => candidate.here,
            Group::Settings => matches!(candidate.goal, Goal::Overlay(_)),
            _ => true,
        };
        let found = all.iter().filter(|candidate| candidate.group == group).filter(is_wanted);
        let found: Vec<Candidate> = found.take(MOST).cloned().collect();
        if !found.is_empty() {
            sections.push((group, found));
        }
    }
    without_twins(&mut sections);
    sections.retain(|(_, found)| !found.is_empty());
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(group: Group, title: &str, words: &str) -> Candidate {
        let goal = Goal::Place(Place::system("north").resource(title));
        Candidate { words: words.to_owned(), ..Candidate::new(group, title, "", goal) }
    }

    fn titles(sections: &[Section]) -> Vec<(Group, Vec<&str>)> {
        sections
            .iter()
            .map(|(group, found)| (*group, found.iter().map(|it| it.title.as_str()).collect()))
            .collect()
    }

    #[test]
    fn the_group_of_the_best_find_comes_first() {
        let all = [
            of(Group::Places, "Events", ""),
            of(Group::Places, "Volumes", ""),
            of(Group::Operations, "Create volume", "new add"),
            of(Group::Operations, "Restore", "volume snapshot"),
        ];
        assert_eq!(
            titles(&matching("vol", &all)),
            [(Group::Places, vec!["Volumes"]), (Group::Operations, vec!["Create volume"])]
        );
        assert_eq!(titles(&matching("new", &all)), [(Group::Operations, vec!["Create volume"])]);
        assert!(matching("zzz", &all).is_empty());
    }

    #[test]
    fn what_is_about_the_page_wins_among_equals_and_a_visited_place_shows_once() {
        let here = Candidate { here: true, ..of(Group::Operations, "Delete host", "") };
        let all = [of(Group::Operations, "Delete cats", ""), here];
        assert_eq!(titles(&matching("delete", &all))[0].1[0], "Delete host");
        let all = [of(Group::Places, "Volumes", ""), of(Group::Recent, "Volumes", "")];
        let shown: usize = matching("volumes", &all).iter().map(|(_, found)| found.len()).sum();
        assert_eq!(shown, 1);
        assert_eq!(titles(&at_first(&all)), [(Group::Recent, vec!["Volumes"])]);
    }

    #[test]
    fn no_group_pushes_the_others_out() {
        let all: Vec<Candidate> =
            (0..20).map(|number| of(Group::Places, &format!("Volume {number}"), "")).collect();
        assert_eq!(matching("volume", &all)[0].1.len(), MOST);
    }
}
