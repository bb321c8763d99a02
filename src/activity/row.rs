//! One plan of the session.

use boxdeck_dialect::Plan;
use leptos::prelude::*;

use super::entry;
use crate::app::Shared;
use crate::format::{Exact, date};
use crate::load::Loader;
use crate::operation::journal::{self, Entry, Standing};
use crate::operation::run::{Settlement, Way};
use crate::operation::settled::Verdict;
use crate::operation::{CopyCommand, command};
use crate::system::System;
use crate::ui::{self, Button, LinkButton};
use crate::when::use_now;

/// A plan: what, on what, when, by whom, what became of it, and what can be done now.
#[component]
pub(super) fn Row(
    /// Its number in the journal.
    id: u64,
    /// Called when a person goes from here to another place.
    on_leave: Callback<()>,
) -> impl IntoView {
    let shared: Shared = expect_context();
    let entries = journal::entries();
    let entry =
        Memo::new(move |_| entries.with(|all| all.iter().rev().find(|entry| entry.id == id).cloned()));
    // A plan that was forgotten goes with its row.
    let first = entry.get_untracked()?;
    let system = shared.opened(&first.system);
    let resource = system.as_ref().and_then(|system| system.resource(&first.resource));
    let headline = entry::headline(&first, resource.as_ref());
    let href = system.as_ref().map(|system| entry::place(&first, system).href());
    let requests = first.requests();
    let whose = {
        let title =
            system.as_ref().map_or_else(|| first.system.clone(), |system| system.entry.title().to_owned());
        let user = first.user.clone().unwrap_or_else(|| words::activity::no_user().to_owned());
        format!("{title} · {user}")
    };
    let now = use_now();
    let sent = move || {
        let shown = date::shown(first.started, now.get().max(first.started));
        view! { <time class="activity-time" title=shown.exact.map(Exact::text)>{shown.text}</time> }
    };
    let standing = Memo::new(move |_| entry.with(|entry| entry.as_ref().map(Entry::standing)));
    let dot = move || {
        standing
            .get()
            .map(|standing| view! { <ui::StateDot tone=entry::tone(standing) label=entry::label(standing)/> })
    };
    let told = move || entry.with(|entry| entry.as_ref().map(told)).unwrap_or_default();
    let is_open = move || entry.with(|entry| entry.as_ref().is_some_and(Entry::is_open));
    let what_next = {
        let system = system.clone();
        move || {
            let (system, standing) = (system.clone()?, standing.get()?);
            let entry = entry.get_untracked()?;
            match standing {
                Standing::Unknown => Some(view! { <Check system entry on_leave/> }.into_any()),
                Standing::ApprovalRequired => {
                    let href = entry::place(&entry, &system).href();
                    let button = view! {
                        <span on:click=move |_| on_leave.run(())>
                            <LinkButton small=true href=href>{words::activity::begin_again()}</LinkButton>
                        </span>
                    };
                    Some(button.into_any())
                }
                _ => None,
            }
        }
    };
    let copy = system.map(|system| {
        let make = Callback::new(move |()| {
            let (plan, approved) = entry
                .with_untracked(|entry| {
                    entry.as_ref().map(|entry| (Plan::clone(&entry.plan), entry.approved.clone()))
                })
                .unwrap_or_else(|| (Plan::clone(&first.plan), first.approved.clone()));
            let steps = command::steps(system.dialect, &plan, |step| approved.contains(&step));
            command::command(&system, &steps)
        });
        view! { <CopyCommand make small=true/> }
    });
    Some(view! {
        <li class="activity-row" class:activity-open=is_open>
            <div class="activity-head">
                {dot}
                <strong class="activity-title">
                    {match href {
                        Some(href) => view! { <a href=href on:click=move |_| on_leave.run(())>{headline}</a> }.into_any(),
                        None => headline.into_any(),
                    }}
                </strong>
                {sent}
            </div>
            <p class="activity-whose muted">{whose}</p>
            <ul class="activity-requests mono">{requests.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            <div class="activity-told" role="status">
                {move || told().into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
            </div>
            <div class="activity-actions">{what_next}{copy}</div>
        </li>
    })
}

/// What there is to tell besides the outcome's name.
fn told(entry: &Entry) -> Vec<String> {
    let mut lines = Vec::new();
    let standing = entry.standing();
    // That the system asks is said in words already.
    let code = entry.code().filter(|_| standing != Standing::ApprovalRequired);
    let message = match (code, entry.message()) {
        (Some(code), message) if !message.contains(&code) => format!("{message} ({code})"),
        (_, message) => message,
    };
    lines.extend(Some(message).filter(|message| !message.trim().is_empty()));
    if !entry.approved.is_empty() {
        lines.push(crate::format::words::starting(words::activity::with_approval()));
    }
    let done = entry.steps.iter().filter(|step| step.is_done()).count();
    if entry.steps.len() > 1 && done < entry.steps.len() {
        lines.push(words::activity::steps_done(done, entry.steps.len()));
    }
    let read_back = entry.verdict.map(|verdict| match verdict {
        Verdict::Happened => words::activity::read_back_happened(),
        Verdict::DidNotHappen => words::activity::read_back_not_happened(),
        Verdict::CannotTell => words::activity::read_back_unclear(),
    });
    let open = match standing {
        Standing::Unknown => Some(words::activity::answer_lost()),
        Standing::ApprovalRequired => Some(words::activity::not_approved()),
        _ => None,
    };
    lines.extend(read_back.or(open).map(str::to_owned));
    lines
}

/// Reads what is there to see whether a lost answer was a yes; where that cannot tell, leads to the list.
#[component]
fn Check(system: System, entry: Entry, on_leave: Callback<()>) -> impl IntoView {
    let loader = Loader::<()>::aside();
    let busy = Signal::derive(move || loader.get().loading);
    let href = entry::place(&entry, &system).href();
    let resource = system.catalog().resource(&entry.resource).cloned();
    let kind = resource.as_ref().and_then(|resource| Some(resource.operation(&entry.plan.operation)?.kind));
    let way = resource.as_ref().zip(kind).and_then(|(resource, kind)| Way::of(resource, kind, &entry.plan));
    let (Some(resource), Some(way)) = (resource, way) else {
        return view! {
            <span on:click=move |_| on_leave.run(())>
                <LinkButton small=true href=href>{words::activity::look_at_list()}</LinkButton>
            </span>
        }
        .into_any();
    };
    let check = move |_| {
        let (system, entry) = (system.clone(), entry.clone());
        let (resource, way) = (resource.clone(), way.clone());
        loader.run(move |_reader| async move {
            let settlement = way.read(&system, &resource, entry.parent.as_deref(), &entry.plan).await;
            journal::read_back(entry.id, &resource, &settlement);
            match settlement {
                Settlement::Failed(failure) => Err(failure),
                _ => Ok(()),
            }
        });
    };
    view! {
        <Button small=true icon="refresh" busy=busy on_click=check>{words::activity::check_again()}</Button>
        {move || loader.get().failure.map(|failure| view! {
            <ui::Notice tone=ui::Tone::Bad>{words::activity::not_read(failure.message)}</ui::Notice>
        })}
    }
    .into_any()
}
