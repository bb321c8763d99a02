//! The page of a resource that holds certificates: what is installed, and the ways to get another one.

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind, Resource};
use boxdeck_dialect::{Page, Query, Record};
use leptos::prelude::*;

use crate::load::Loader;
use crate::operation::ActionButton;
use crate::place::browser::use_navigation;
use crate::record::fields::Fields;
use crate::refusal::FailureNotice;
use crate::system::use_system;
use crate::ui;
use crate::when::AsOf;

/// The page.
#[component]
pub fn CertificatesPage() -> impl IntoView {
    let system = use_system();
    let place = use_navigation().place_untracked();
    let Some(resource) = place.resource.as_deref().and_then(|id| system.catalog.resource(id)).cloned() else {
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
            loader.run(move |abort| async move {
                system.page(&resource, &list, None, &Query::default(), abort).await
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
    let ways_of = resource.clone();
    let installed_of = resource.clone();
    view! {
        <div class="stack">
            <ui::PageHeader
                title=resource.title.clone()
                subtitle=resource.help.clone()
                status=move || view! { <AsOf state=loader.state() on_refresh=refresh.clone()/> }
            />
            {move || loader.get().failure.map(|failure| {
                let read = read.clone();
                view! { <FailureNotice failure stale=loader.get().data.is_some() on_retry=move || read()/> }
            })}
            <section class="record-section" aria-label="Installed">
                {move || match loader.get().data {
                    Some(page) => installed(&installed_of, &page),
                    None if loader.get().failure.is_some() => ().into_any(),
                    None => view! { <ui::Skeleton lines=6/> }.into_any(),
                }}
            </section>
            <section class="record-section">
                <h2>"Getting another one"</h2>
                <ul class="certificate-ways">
                    {ways.into_iter().map(|operation| view! { <Way resource=ways_of.clone() operation/> }).collect_view()}
                </ul>
            </section>
        </div>
    }
    .into_any()
}

fn installed(resource: &Arc<Resource>, page: &Arc<Page>) -> AnyView {
    if page.records.is_empty() {
        return view! { <ui::EmptyState title="No certificate is installed"/> }.into_any();
    }
    page.records
        .iter()
        .map(|record: &Record| view! { <Fields resource=resource.clone() record=Arc::new(record.clone())/> })
        .collect_view()
        .into_any()
}

/// One way to get a certificate, with what it means.
#[component]
fn Way(resource: Arc<Resource>, operation: Arc<Operation>) -> impl IntoView {
    let help = operation.help.clone();
    view! {
        <li>
            <ActionButton resource operation record=None parent=None key=None/>
            <p class="muted">{help}</p>
        </li>
    }
}
