//! The palette's dialog: an input with a list below it, the combobox of the WAI-ARIA Authoring Practices.

use leptos::{ev, html, prelude::*};

use super::candidate::{Candidate, Goal, Group, at_first, matching};
use super::local;
use super::options::{Options, Shown};
use super::records::{LEAST, Search, without_copies};
use crate::app::Shared;
use crate::app::overlay::Overlays;
use crate::app::recent;
use crate::app::shortcut::SingleKeys;
use crate::app::theme::Look;
use crate::language::Spoken;
use crate::operation::{Stage, Subject};
use crate::place::browser::use_navigation;
use crate::session;
use crate::system::System;
use crate::ui::{self, Icon, Tone, unique_id, use_voice};

/// Options that Page Up and Page Down pass over.
const SCREEN: usize = 8;

/// Finds and does anything by its words.
#[component]
pub fn PaletteDialog(
    /// Closes it.
    on_close: Callback<()>,
) -> impl IntoView {
    let shared: Shared = expect_context();
    let single: SingleKeys = expect_context();
    let system: Option<System> = use_context();
    let here = use_navigation().place_untracked();
    let all = StoredValue::new(local::candidates(shared, system.as_ref(), &here, single.0.get_untracked()));
    let typed = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let search = Search::new();
    let system_title = system.as_ref().map_or_else(String::new, |system| system.entry.title().to_owned());
    let local = Memo::new(move |_| {
        let typed = typed.get();
        all.with_value(|all| if typed.trim().is_empty() { at_first(all) } else { matching(&typed, all) })
    });
    // Records come after what is known at once, so that nothing moves under a finger.
    let shown = Memo::new(move |_| {
        let mut shown: Vec<Shown> = local
            .get()
            .into_iter()
            .map(|(group, candidates)| Shown { heading: heading(group).to_owned(), candidates })
            .collect();
        shown.extend(without_copies(search.found.get()).into_iter().map(|found| Shown {
            heading: format!("{} · {system_title}", found.title),
            candidates: found.candidates,
        }));
        shown
    });
    let candidates = move || {
        shown.with(|shown| {
            shown.iter().flat_map(|section| section.candidates.iter().cloned()).collect::<Vec<_>>()
        })
    };
    let count = Memo::new(move |_| {
        shown.with(|shown| shown.iter().map(|section| section.candidates.len()).sum::<usize>())
    });
    let act = use_act(on_close, system.clone());
    let choose = Callback::new(move |index: usize| {
        if let Some(candidate) = untrack(candidates).get(index).cloned() {
            act.run(candidate);
        }
    });
    let has_system = system.is_some();
    let input = {
        let seen: Vec<String> =
            recent::visits().get_untracked().into_iter().filter_map(|visit| visit.place.resource).collect();
        move |event| {
            let text: String = event_target_value(&event);
            active.set(0);
            if let Some(system) = &system {
                search.run(system, &text, &seen);
            }
            typed.set(text);
        }
    };
    let list_id = unique_id("palette-list");
    let keydown = move |event: ev::KeyboardEvent| {
        let last = count.get_untracked().saturating_sub(1);
        let at = active.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" if at >= last => 0,
            "ArrowDown" => at + 1,
            "ArrowUp" => at.checked_sub(1).unwrap_or(last),
            "PageDown" => (at + SCREEN).min(last),
            "PageUp" => at.saturating_sub(SCREEN),
            "Enter" => {
                event.prevent_default();
                choose.run(at);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        active.set(next);
    };
    let active_id = {
        let list_id = list_id.clone();
        move || (count.get() > 0).then(|| format!("{list_id}-{}", active.get()))
    };
    keep_in_view(active_id.clone());
    let node = NodeRef::<html::Input>::new();
    view! {
        <ui::Dialog
            title=words::palette::title()
            close_label=words::common::close()
            on_close=move |_| on_close.run(())
        >
            <div class="palette">
                <div class="palette-field">
                    <Icon name="search"/>
                    <input
                        class="palette-input"
                        type="text"
                        role="combobox"
                        autocomplete="off"
                        spellcheck="false"
                        autofocus=true
                        node_ref=node
                        placeholder=words::palette::input()
                        aria-label=words::palette::title()
                        aria-autocomplete="list"
                        aria-expanded="true"
                        aria-controls=list_id.clone()
                        aria-activedescendant=active_id
                        on:input=input
                        on:keydown=keydown
                    />
                </div>
                <Options id=list_id shown active on_choose=choose/>
                <Status typed count search has_system/>
            </div>
        </ui::Dialog>
    }
}

/// What was found in all, what is still searched, and what could not be.
#[component]
fn Status(typed: RwSignal<String>, count: Memo<usize>, search: Search, has_system: bool) -> impl IntoView {
    let text = move || {
        let length = typed.with(|typed| typed.trim().chars().count());
        let (count, busy) = (count.get(), search.is_busy());
        let mut parts: Vec<String> = Vec::new();
        if length > 0 {
            parts.push(match count {
                0 if busy => String::new(),
                0 => words::palette::nothing().to_owned(),
                count => words::palette::found(u64::try_from(count).unwrap_or(u64::MAX)),
            });
        }
        if busy {
            parts.push(words::palette::searching().to_owned());
        } else if has_system && length < LEAST {
            parts.push(words::palette::type_more().to_owned());
        }
        match search.failed.get() {
            0 => {}
            failed => parts.push(words::palette::not_searched(failed)),
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    };
    view! {
        <div class="palette-foot">
            <span role="status">{text}</span>
            <span class="palette-keys" aria-hidden="true">{words::palette::choose_hint()}</span>
        </div>
    }
}

fn heading(group: Group) -> &'static str {
    match group {
        Group::Recent => words::palette::group_recent(),
        Group::Places => words::palette::group_places(),
        Group::Operations => words::palette::group_operations(),
        Group::Settings => words::palette::group_settings(),
        Group::Records => "",
    }
}

/// Scrolls the list so that the active option shows; the page around must not move.
fn keep_in_view(active_id: impl Fn() -> Option<String> + 'static) {
    Effect::new(move |_| {
        let Some(id) = active_id() else { return };
        let option = ui::by_id(&id);
        if let Some(list) = option.and_then(|option| option.closest("[role=listbox]").ok().flatten()) {
            ui::reveal(&list, &id);
        }
    });
}

/// Does what a candidate is for.
fn use_act(on_close: Callback<()>, system: Option<System>) -> Callback<Candidate> {
    let navigation = use_navigation();
    let overlays: Overlays = expect_context();
    let look: Look = expect_context();
    let single: SingleKeys = expect_context();
    let spoken: Spoken = expect_context();
    let stage: Option<Stage> = use_context();
    let voice = use_voice();
    Callback::new(move |candidate: Candidate| {
        if let Some(reason) = candidate.reason {
            if let Some(voice) = voice {
                voice.announce(reason);
            }
            return;
        }
        // Another overlay takes this one's place.
        if !matches!(candidate.goal, Goal::Overlay(_)) {
            on_close.run(());
        }
        match candidate.goal {
            Goal::Place(place) => navigation.go(&place),
            Goal::Choose(place, told) => {
                navigation.go(&place);
                if let Some(voice) = voice {
                    voice.toast(Tone::Info, told, words::common::close());
                }
            }
            Goal::Start(resource, operation) => {
                if let (Some(stage), Some(system)) = (stage, system.clone()) {
                    stage.set_off(Subject::new(system, resource, operation));
                }
            }
            Goal::Theme(theme) => look.theme.set(theme.to_owned()),
            Goal::Density(density) => look.density.set(density.to_owned()),
            Goal::Language(language) => spoken.choose(Some(language)),
            Goal::SingleKeys(on) => single.0.set(on),
            Goal::SignOut => {
                if let Some(system) = &system {
                    session::sign_out(system, voice);
                }
            }
            Goal::Overlay(overlay) => overlays.open(overlay),
        }
    })
}
