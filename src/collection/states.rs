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
    view! { <EmptyState icon="list" title=words::list::none(plural) text=text actions/> }
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
        (words::list::nothing_on_page(), words::list::fewer(plural), words::list::go_to_first())
    } else {
        (words::list::nothing_matches(), words::list::nothing_matches_text(plural), words::filter::clear())
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
            let text = if roles.is_empty() {
                words::list::your_user(&plural, failure.message)
            } else {
                words::list::your_role(roles, &plural, failure.message)
            };
            view! { <EmptyState icon="lock" title=words::list::no_access(plural) text=Some(text)/> }.into_any()
        }
        FailureKind::Unsupported => {
            view! { <EmptyState icon="info" title=words::list::not_offered(plural) text=Some(failure.message)/> }.into_any()
        }
        // What was asked for is at fault, so asking again does not help but asking for less may.
        FailureKind::Invalid if filtered => view! {
            <FailureNotice failure stale=false on_retry=move || on_retry.run(())/>
            <Button on_click=move |_| on_reset.run(())>{words::filter::clear()}</Button>
        }
        .into_any(),
        _ => view! { <FailureNotice failure stale=false retry on_retry=move || on_retry.run(())/> }.into_any(),
    }
}

/// A list that the kind cannot filter as it is asked to here.
#[component]
pub fn NotFilterable(source: Source) -> impl IntoView {
    let text = words::list::not_filterable(plural(&source.resource));
    let href = source.place().href();
    view! {
        <EmptyState
            icon="info"
            title=words::list::not_listed_here()
            text=Some(text)
            actions=move || view! { <LinkButton href=href.clone()>{words::list::show_all()}</LinkButton> }.into_any()
        />
    }
}
