//! The list below the input: headings and what is below them.

use leptos::prelude::*;

use super::candidate::{Candidate, Goal, Group};
use crate::ui::{Icon, unique_id};

/// A heading with what is shown below it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// The heading.
    pub(super) heading: String,
    /// What is below it.
    pub(super) candidates: Vec<Candidate>,
}

/// The list. Options are numbered through all headings.
#[component]
pub(super) fn Options(
    /// Identifier of the list; that of an option is `<id>-<number>`.
    id: String,
    /// What shows.
    shown: Memo<Vec<Shown>>,
    /// The option that Enter chooses.
    active: RwSignal<usize>,
    /// Called when one is chosen.
    on_choose: Callback<usize>,
) -> impl IntoView {
    let base = id.clone();
    let sections = move || {
        let mut number = 0;
        let sections = shown.get().into_iter().map(|section| {
            let heading = unique_id("palette");
            let options = section.candidates.into_iter().map(|candidate| {
                let index = number;
                number += 1;
                option(&base, index, candidate, active, on_choose)
            });
            let options: Vec<AnyView> = options.collect();
            view! {
                <div class="palette-group" role="group" aria-labelledby=heading>
                    <div class="palette-heading" role="presentation" id=heading.clone()>{section.heading}</div>
                    {options}
                </div>
            }
            .into_any()
        });
        sections.collect::<Vec<AnyView>>()
    };
    view! {
        <div class="palette-list" role="listbox" tabindex="-1" id=id aria-label=words::palette::results()>{sections}</div>
    }
}

fn option(
    base: &str,
    index: usize,
    candidate: Candidate,
    active: RwSignal<usize>,
    on_choose: Callback<usize>,
) -> AnyView {
    let is_active = move || active.get() == index;
    let icon = icon(&candidate);
    let is_off = candidate.reason.is_some();
    view! {
        <div
            class="palette-option"
            role="option"
            id=format!("{base}-{index}")
            aria-selected=move || is_active().to_string()
            aria-disabled=is_off.then_some("true")
            on:mousedown=|event| event.prevent_default()
            on:mousemove=move |_| if active.get_untracked() != index { active.set(index) }
            on:click=move |_| on_choose.run(index)
        >
            <Icon name=icon/>
            <span class="palette-title">{candidate.title}</span>
            <span class="palette-note">{candidate.reason.unwrap_or(candidate.note)}</span>
            {keys(&candidate.keys)}
        </div>
    }
    .into_any()
}

/// A shortcut, key by key.
pub(super) fn keys(keys: &str) -> Option<AnyView> {
    let keys: Vec<String> = keys.split_whitespace().map(str::to_owned).collect();
    let shown = || view! { <span class="keys">{keys.iter().map(|key| view! { <kbd>{key.clone()}</kbd> }).collect_view()}</span> };
    (!keys.is_empty()).then(|| shown().into_any())
}

fn icon(candidate: &Candidate) -> &'static str {
    match (&candidate.goal, candidate.group) {
        (_, Group::Recent) => "clock",
        (Goal::SignOut, _) => "sign-out",
        (_, Group::Operations) => "play",
        (_, Group::Settings) => "settings",
        (_, Group::Records) => "chevron-right",
        (Goal::Place(place), Group::Places) if place.resource.is_none() => "system",
        (_, Group::Places) => "list",
    }
}
