//! What a list shows when it has no rows to show.

use boxdeck_catalog::OperationKind;
use boxdeck_dialect::{Failure, FailureKind};
use leptos::prelude::*;

use super::actions::action;
use super::address::ListAddress;
use super::count::plural;
use super::source::Source;
use crate::load::Retry;
use crate::refusal::FailureNotice;
use crate::ui::{Button, EmptyState, LinkButton};

/// There is nothing at all: what such a thing is for, and the way to the first one.
#[component]
pub fn NothingThere(source: Source) -> impl IntoView {
    let plural = plural(&source.resource);
    let text = Some(source.resource.help.clone()).filter(|help| !help.is_empty());
    let create = source.resource.first(OperationKind::Create).cloned();
    let actions = move || create.as_ref().map(|operation| action(&source, operation, false)).into_any();
    view! { <EmptyState icon="list" title=format!("No {plural}") text=text actions/> }
}

/// There are records, but none that the filter lets through, or none on a page this far on.
#[component]
pub fn NothingMatches(
    source: Source,
    /// The page is beyond the last one; the filter is not to blame.
    beyond: bool,
    /// Clears the filter, or goes to the first page.
    on_reset: Callback<()>,
) -> impl IntoView {
    let plural = plural(&source.resource);
    let (title, text, button) = if beyond {
        (
            "Nothing on this page",
            format!("There are fewer {plural} than the address says."),
            "Go to the first page",
        )
    } else {
        ("Nothing matches", format!("The system has no {plural} that match every filter."), "Clear filters")
    };
    view! {
        <EmptyState
            icon="filter"
            title=title
            text=Some(text)
            actions=move || view! { <Button on_click=move |_| on_reset.run(())>{button}</Button> }.into_any()
        />
    }
}

/// The page has rows, but none that the browser's filter lets through: other pages may have some.
#[component]
pub fn NothingHere(
    source: Source,
    /// What the list shows.
    address: Signal<ListAddress>,
    /// Clears the filter.
    on_reset: Callback<()>,
) -> impl IntoView {
    let own = address.with_untracked(|address| source.browser_terms(&address.query.filter));
    let labels = own.iter().filter_map(|term| source.resource.field(&term.field));
    let labels: Vec<&str> = labels.map(|field| field.label.as_str()).collect();
    view! {
        <EmptyState
            icon="filter"
            title=words::filter::nothing_here()
            text=Some(words::filter::nothing_here_text(labels.join(", ")))
            actions=move || {
                view! { <Button on_click=move |_| on_reset.run(())>{words::filter::clear()}</Button> }.into_any()
            }
        />
    }
}

/// The list could not be read, and there is nothing older to show.
#[component]
pub fn NotRead(
    source: Source,
    failure: Failure,
    /// What the console does about it by itself.
    retry: Signal<Option<Retry>>,
    /// Whether filter terms were part of what was asked.
    filtered: bool,
    on_retry: Callback<()>,
    on_reset: Callback<()>,
) -> impl IntoView {
    let plural = plural(&source.resource);
    match failure.kind {
        FailureKind::Forbidden => {
            let session = source.system.session();
            let roles = crate::session::role_titles(&source.system, &session);
            let who = if roles.is_empty() { "Your user".to_owned() } else { format!("The role {roles}") };
            let text = format!("{who} may not list {plural}. The system says: {}", failure.message);
            view! { <EmptyState icon="lock" title=format!("No access to {plural}") text=Some(text)/> }.into_any()
        }
        FailureKind::Unsupported => {
            view! { <EmptyState icon="info" title=format!("This system does not offer {plural}") text=Some(failure.message)/> }.into_any()
        }
        // What was asked for is at fault, so asking again does not help but asking for less may.
        FailureKind::Invalid if filtered => view! {
            <FailureNotice failure stale=false on_retry=move || on_retry.run(())/>
            <Button on_click=move |_| on_reset.run(())>"Clear filters"</Button>
        }
        .into_any(),
        _ => view! { <FailureNotice failure stale=false retry on_retry=move || on_retry.run(())/> }.into_any(),
    }
}

/// A list that the kind cannot filter as it is asked to here.
#[component]
pub fn NotFilterable(source: Source) -> impl IntoView {
    let text = format!(
        "The system cannot pick out the {} that belong to this record. The whole list has them.",
        plural(&source.resource)
    );
    let href = source.place().href();
    view! {
        <EmptyState
            icon="info"
            title="Not listed here"
            text=Some(text)
            actions=move || view! { <LinkButton href=href.clone()>"Show all"</LinkButton> }.into_any()
        />
    }
}
