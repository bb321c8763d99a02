//! What a list tells beside its rows, or in their place. It comes with the part `lists`: the first rows do without.

use boxdeck_catalog::OperationKind;
use boxdeck_dialect::{Failure, FailureKind};
use leptos::prelude::*;

use crate::collection::actions::action;
use crate::collection::count::plural;
use crate::collection::source::Source;
use crate::load::Retry;
use crate::refusal::FailureNotice;
use crate::ui::{Button, EmptyState, LinkButton};

/// What there is to tell.
#[derive(Clone)]
pub enum ListState {
    /// Newer rows could not be read; older ones stay.
    Stale { failure: Failure, retry: Signal<Option<Retry>>, on_retry: Callback<()> },
    /// There are no rows, because they could not be read.
    NotRead {
        source: Source,
        failure: Failure,
        retry: Signal<Option<Retry>>,
        filtered: bool,
        on_retry: Callback<()>,
        on_reset: Callback<()>,
    },
    /// The system does not understand the filter; what is wrong with it is said there.
    NotUnderstood,
    /// There is nothing at all.
    NothingThere(Source),
    /// Nothing matches, or nothing is on a page this far on.
    NothingMatches { records: String, beyond: bool, on_reset: Callback<()> },
    /// Nothing on this page matches.
    NothingHere { fields: String, on_reset: Callback<()> },
}

impl ListState {
    /// What went wrong, if anything did.
    pub const fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Stale { failure, .. } | Self::NotRead { failure, .. } => Some(failure),
            Self::NotUnderstood
            | Self::NothingThere(_)
            | Self::NothingMatches { .. }
            | Self::NothingHere { .. } => None,
        }
    }

    /// It as a view.
    pub fn view(self) -> AnyView {
        match self {
            Self::Stale { failure, retry, on_retry } => {
                view! { <FailureNotice failure stale=true retry on_retry=move || on_retry.run(())/> }
                    .into_any()
            }
            Self::NotRead { source, failure, retry, filtered, on_retry, on_reset } => {
                view! { <NotRead source failure retry filtered on_retry on_reset/> }.into_any()
            }
            Self::NotUnderstood => {
                view! { <EmptyState icon="filter" title=words::filter::not_understood()/> }.into_any()
            }
            Self::NothingThere(source) => view! { <NothingThere source/> }.into_any(),
            Self::NothingMatches { records, beyond, on_reset } => {
                view! { <NothingMatches records beyond on_reset/> }.into_any()
            }
            Self::NothingHere { fields, on_reset } => view! { <NothingHere fields on_reset/> }.into_any(),
        }
    }
}

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
    /// What is listed, in the plural.
    records: String,
    /// The page is beyond the last one; the filter is not to blame.
    beyond: bool,
    /// Clears the filter, or goes to the first page.
    on_reset: Callback<()>,
) -> impl IntoView {
    let (title, text, button) = if beyond {
        (words::list::nothing_on_page(), words::list::fewer(records), words::list::go_to_first())
    } else {
        (words::list::nothing_matches(), words::list::nothing_matches_text(records), words::filter::clear())
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
    /// Labels of the fields that the browser filters by.
    fields: String,
    /// Clears the filter.
    on_reset: Callback<()>,
) -> impl IntoView {
    view! {
        <EmptyState
            icon="filter"
            title=words::filter::nothing_here()
            text=Some(words::filter::nothing_here_text(fields))
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
            view! { <NoAccess records=plural roles reason=failure.message/> }.into_any()
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

/// The system does not let this person see the list.
#[component]
pub fn NoAccess(
    /// What is listed, in the plural.
    records: String,
    /// What the person is on the system; empty where it does not say.
    roles: String,
    /// The system's own words.
    reason: String,
) -> impl IntoView {
    let text = if roles.is_empty() {
        words::list::your_user(&records, reason)
    } else {
        words::list::your_role(roles, &records, reason)
    };
    view! { <EmptyState icon="lock" title=words::list::no_access(records) text=Some(text)/> }
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
