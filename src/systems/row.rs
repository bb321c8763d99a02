//! One system of the list, with what a check of its address has found.

use leptos::prelude::*;
use leptos::task::spawn_local;
use words::systems as say;

use super::page::{Desk, Open};
use super::probe;
use super::verdict::Verdict;
use super::wording::advice;
use super::{Source, SystemEntry};
use crate::place::Place;
use crate::ui::{self, Tone};

/// A check of one address: the newest counts.
#[derive(Clone, Copy)]
pub(super) struct Check {
    /// Whether one is under way.
    pub running: RwSignal<bool>,
    /// What the last one has found, and for which system.
    pub found: RwSignal<Option<(SystemEntry, Verdict)>>,
    number: StoredValue<u32>,
}

impl Check {
    /// Nothing checked yet.
    pub fn new() -> Self {
        Self { running: RwSignal::new(false), found: RwSignal::new(None), number: StoredValue::new(0) }
    }

    /// Forgets what was found, and what is under way: it is about something else.
    pub fn forget(self) {
        self.number.update_value(|number| *number += 1);
        self.running.set(false);
        self.found.set(None);
    }

    /// Checks an address.
    pub fn start(self, entry: SystemEntry, desk: Desk) {
        let Some(number) = self.number.try_update_value(|number| {
            *number += 1;
            *number
        }) else {
            return;
        };
        self.running.set(true);
        spawn_local(async move {
            let kinds = desk.kinds.get_untracked();
            let verdict = probe::check(&entry, &kinds).await;
            if self.number.try_get_value() == Some(number) {
                self.running.try_set(false);
                self.found.try_set(Some((entry, verdict)));
            }
        });
    }
}

/// One system: the way to it, who named it, and what can be done.
#[component]
pub(super) fn SystemRow(entry: SystemEntry) -> impl IntoView {
    let desk: Desk = expect_context();
    let check = Check::new();
    let start = {
        let entry = entry.clone();
        move || check.start(entry.clone(), desk)
    };
    Effect::new({
        let start = start.clone();
        move |before: Option<u32>| {
            let round = desk.rounds.get();
            if before.is_some_and(|before| before != round) {
                start();
            }
            round
        }
    });
    let (source, fixed) = match entry.source {
        Source::Own => (say::by_hand(), None),
        Source::Site => (say::by_site(), Some(say::site_fixed().to_owned())),
        Source::Serving => (say::by_serving(), Some(say::by_serving().to_owned())),
    };
    let own = entry.source == Source::Own;
    let title = entry.title().to_owned();
    let kind = {
        let kind = entry.kind.clone();
        move || desk.kind_title(&kind)
    };
    let (edited, removed) = (entry.clone(), entry.clone());
    let tools = own.then(|| {
        view! {
            <ui::IconButton small=true icon="edit" label=say::edit_of(&title) on_click=move |_| desk.open.set(Open::Form(Some(edited.clone())))/>
            <ui::IconButton small=true icon="trash" label=say::remove_of(&title) on_click=move |_| desk.open.set(Open::Removal(removed.clone()))/>
        }
    });
    let checked = title.clone();
    view! {
        <li class="system-row">
            <a class="system-link" href=Place::system(&entry.name).href()>
                <ui::Icon name="system"/>
                <span class="system-link-title">{title}</span>
                <span class="muted">{kind}" · "{entry.address.clone()}</span>
            </a>
            <div class="system-row-foot">
                <span class="muted" data-hint=fixed.clone() tabindex=fixed.is_some().then_some("0") aria-description=fixed>{source}</span>
                <span class="system-row-tools">
                    <ui::Button small=true busy=check.running on_click=move |_| start()>
                        {say::check()}<span class="visually-hidden">" · "{checked}</span>
                    </ui::Button>
                    {tools}
                </span>
            </div>
            <CheckResult check/>
        </li>
    }
    .into_any()
}

/// What a check has found, with the next step.
#[component]
pub(super) fn CheckResult(check: Check) -> impl IntoView {
    let desk: Desk = expect_context();
    move || {
        let (entry, verdict) = check.found.get()?;
        let title_of = |id: &str| desk.kind_title(id);
        let advice = advice(&verdict, &title_of(&entry.kind), &title_of, &probe::own_origin());
        let tone = match verdict {
            Verdict::Good => Tone::Good,
            Verdict::CannotTell => Tone::Info,
            Verdict::Fault(_) | Verdict::Gate(_) | Verdict::NoBox(_) | Verdict::Silent => Tone::Warn,
            _ => Tone::Bad,
        };
        let causes = (!advice.causes.is_empty()).then(|| {
            let causes: Vec<_> = advice.causes.iter().map(|cause| view! { <li>{*cause}</li> }).collect();
            view! { <p>{say::causes()}</p><ul class="doubt-list">{causes}</ul> }
        });
        let open = advice.open.then(|| {
            view! {
                <p><a href=entry.address.clone() target="_blank" rel="noopener noreferrer">{say::open_address(&entry.address)}</a></p>
            }
        });
        Some(
            view! {
                <ui::Notice tone=tone title=advice.title.clone()>
                    {(!advice.text.is_empty()).then(|| view! { <p>{advice.text.clone()}</p> })}
                    {causes}
                    {(!advice.next.is_empty()).then(|| view! { <p>{advice.next.clone()}</p> })}
                    {open}
                </ui::Notice>
            }
            .into_any(),
        )
    }
}
