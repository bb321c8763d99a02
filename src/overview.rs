//! A system's first page: who is signed in, and every resource by area with how many records it has.

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind, Resource, Shape};
use boxdeck_dialect::permit::blocked;
use boxdeck_dialect::{Context, Page, Query, Total};
use leptos::prelude::*;
use words::overview as say;

use crate::format::amount;
use crate::load::Loader;
use crate::place::Place;
use crate::refusal;
use crate::session;
use crate::system::use_system;
use crate::ui;

/// The overview of the page's system, made from its catalog alone.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let system = use_system();
    let kind = &system.catalog().kind;
    let state = system.state;
    let of = system.clone();
    let who = move || {
        state.with(|state| state.session.clone()).map(|session| {
            let roles = session::role_titles(&of, &session);
            match (session::user(&session), roles.is_empty()) {
                (Some(user), true) => say::signed_in(user),
                (Some(user), false) => say::signed_in_with(user, roles),
                (None, _) => session::name(&session).unwrap_or_else(|| say::no_sign_in().to_owned()),
            }
        })
    };
    let line = |resource: &Resource| view! { <Line resource=Arc::new(resource.clone())/> };
    let catalog = system.catalog();
    let areas: Vec<_> = catalog
        .areas()
        .map(|(area, resources)| {
            view! {
                <section class="overview-area">
                    <h2>{area.title.clone()}</h2>
                    <ul class="overview-list">
                        {resources.into_iter().map(line).collect_view()}
                    </ul>
                </section>
            }
        })
        .collect();
    let subtitle = say::at(&kind.title, &kind.version, &system.entry.address);
    view! {
        <div class="stack">
            <ui::PageHeader
                title=system.entry.title().to_owned()
                subtitle=subtitle
                status=move || view! { <span>{who.clone()}</span> }
            />
            <div class="overview">{areas}</div>
        </div>
    }
}

/// A resource and how many records it has.
#[component]
fn Line(resource: Arc<Resource>) -> impl IntoView {
    let system = use_system();
    let href = Place::system(&system.entry.name).resource(&resource.id).href();
    let session = system.session();
    let context = Context { catalog: &system.catalog(), session: &session };
    // What the role may not read, or what needs an owner or an input, is not asked for.
    let list = resource
        .first(OperationKind::List)
        .filter(|list| {
            resource.shape == Shape::Collection
                && resource.parent.is_none()
                && blocked(context, list, None).is_none()
                && list.lacking(|_| false).is_empty()
        })
        .cloned();
    let count = list.map(|list| view! { <Count resource=resource.clone() list=Arc::new(list)/> });
    view! {
        <li>
            <a class="overview-link" href=href title=resource.help.clone()>
                <span class="overview-name">{resource.title.clone()}</span>
                {count}
            </a>
        </li>
    }
}

/// How many records there are: one page is asked for, for its total.
#[component]
fn Count(resource: Arc<Resource>, list: Arc<Operation>) -> impl IntoView {
    let system = use_system();
    let loader = Loader::<Page>::aside();
    Effect::new(move |_| {
        system.track(&resource.id);
        let (system, resource, list) = (system.clone(), resource.clone(), list.clone());
        loader.run(move |reader| async move {
            let target = boxdeck_dialect::ListTarget { resource: &resource, operation: &list, parent: None };
            let abilities = system.dialect.list_abilities(target);
            let (least, usual, _) = abilities.page_size;
            // Where pages have no numbers, a total is known of what fits into one.
            let size = if abilities.numbered { least.max(1) } else { usual };
            let query = Query { page_size: Some(size), ..Query::default() };
            system.page(&resource, &list, None, &query, reader).await
        });
    });
    move || {
        let loaded = loader.get();
        match (&loaded.data, &loaded.failure) {
            (_, Some(failure)) => {
                let (title, _) = refusal::words(failure.kind, false);
                view! { <span class="overview-count" title=format!("{title}: {}", failure.message)>"–"</span> }.into_any()
            }
            (Some(page), None) => view! { <span class="overview-count num">{short(page)}</span> }.into_any(),
            (None, None) => view! { <span class="overview-count" aria-hidden="true">"…"</span> }.into_any(),
        }
    }
}

/// The total in its shortest honest form: `1 204`, `7+`, or nothing where the box does not say.
fn short(page: &Page) -> String {
    match page.total {
        Total::Exact(total) => amount::count(total),
        Total::AtLeast(total) => format!("{}+", amount::count(total)),
        Total::Unknown if page.records.is_empty() => "0".to_owned(),
        Total::Unknown => format!("{}+", amount::count(page.records.len() as u64)),
    }
}
