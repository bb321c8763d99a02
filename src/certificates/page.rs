//! The page of a resource that holds certificates: what is installed, and the ways to get another one.

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind, Resource};
use boxdeck_certificate::{Contents, Doubt, Purpose, doubts};
use boxdeck_dialect::{Page, Query};
use leptos::prelude::*;
use words::certificates as say;

use super::check::Doubts;
use super::facts::{CertificateFacts, now_seconds};
use super::installed;
use crate::load::Loader;
use crate::operation::Ways;
use crate::place::browser::use_navigation;
use crate::record::fields::Fields;
use crate::refusal::FailureNotice;
use crate::system::{System, use_system};
use crate::ui;
use crate::when::AsOf;

/// The page.
#[component]
pub fn CertificatesPage() -> impl IntoView {
    let system = use_system();
    let place = use_navigation().place_untracked();
    let Some(resource) = place.resource.as_deref().and_then(|id| system.resource(id)) else {
        return ().into_any();
    };
    let Some(list) = resource.first(OperationKind::List).cloned() else {
        return ().into_any();
    };
    let (resource, list) = (Arc::new(resource), Arc::new(list));
    let loader = Loader::<Page>::new();
    let read = {
        let (system, resource) = (system.clone(), resource.clone());
        move || {
            let (system, resource, list) = (system.clone(), resource.clone(), list.clone());
            loader.run(move |reader| async move {
                system.page(&resource, &list, None, &Query::default(), reader).await
            });
        }
    };
    {
        let (system, resource, read) = (system.clone(), resource.clone(), read.clone());
        Effect::new(move |_| {
            system.track(&resource.id);
            read();
        });
    }
    let ways: Vec<Arc<Operation>> = resource
        .operations
        .iter()
        .filter(|operation| !operation.kind.is_read())
        .cloned()
        .map(Arc::new)
        .collect();
    let refresh = read.clone();
    let failure = loader.failure();
    let ways_of = resource.clone();
    let installed_of = resource.clone();
    let shown_by = system.clone();
    view! {
        <div class="stack">
            <ui::PageHeader
                title=resource.title.clone()
                subtitle=resource.help.clone()
                status=move || view! { <AsOf state=loader.state() on_refresh=refresh.clone()/> }
            />
            {move || failure.get().map(|failure| {
                let (read, stale) = (read.clone(), untrack(|| loader.has_data()));
                view! { <FailureNotice failure stale retry=loader.retry() on_retry=move || read()/> }
            })}
            <section class="record-section" aria-label=say::installed()>
                {move || match loader.get().data {
                    Some(page) => show_installed(&shown_by, &installed_of, &page),
                    None if loader.get().failure.is_some() => ().into_any(),
                    None => view! { <ui::Skeleton lines=6/> }.into_any(),
                }}
            </section>
            <section class="record-section">
                <h2>{say::getting_another()}</h2>
                <Ways resource=ways_of operations=ways parent=None/>
            </section>
        </div>
    }
    .into_any()
}

fn show_installed(system: &System, resource: &Arc<Resource>, page: &Arc<Page>) -> AnyView {
    if page.records.is_empty() {
        installed::remember(system, None);
        return view! { <ui::EmptyState title=say::none_installed()/> }.into_any();
    }
    let seen = page.records.iter().find_map(|record| installed::certificate(resource, &record));
    installed::remember(system, seen.clone());
    let seen = seen.map(|certificate| {
        let contents = Contents { certificates: vec![certificate.clone()], ..Contents::default() };
        let hosts = installed::hosts(system);
        let mut found = doubts(&contents, Purpose::Server { hosts: &hosts, installed: None }, now_seconds());
        // What a system shows besides its own certificate is not told here.
        found.retain(|doubt| !matches!(doubt, Doubt::IssuerMissing(_)));
        view! {
            <div class="certificate-preview" role="group" aria-label=say::summary_of_installed()>
                <Doubts found quiet=true/>
                <CertificateFacts certificate title=Some(say::summary_of_installed().to_owned())/>
            </div>
        }
    });
    let records = page
        .records
        .iter()
        .map(|record| view! { <Fields resource=resource.clone() record=Arc::new(record)/> })
        .collect_view();
    view! { {seen}{records} }.into_any()
}
