//! A record's page, and the page of a single object.
//!
//! What it shows comes from the catalog: fields by group, related lists as tabs, the operations that concern the record as
//! actions, and the record as the box sent it.

mod actions;
pub mod fields;
mod history;
mod raw;
mod sections;
mod watch;

pub use watch::watch_while;

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind, Resource, Shape};
use boxdeck_dialect::http::encode_pairs;
use boxdeck_dialect::query::url::decode_pairs;
use boxdeck_dialect::{Failure, FailureKind, Record};
use leptos::prelude::*;
use words::record as say;

use crate::collection::EmbeddedList;
use crate::format::words::starting;
use crate::load::{Loader, Retry};
use crate::operation::{Above, Draft, Ways};
use crate::place::browser::use_navigation;
use crate::place::title::use_page_title;
use crate::refusal::FailureNotice;
use crate::system::use_system;
use crate::ui;
use crate::value::{Names, link};
use crate::when::{AsOf, millis, use_now};
use actions::Actions;
use fields::Fields;
use history::Histories;
use raw::Raw;
use sections::{Related, related};

/// Name of the query parameter that holds the open tab.
const TAB: &str = "tab";

/// The page of one record, of a single object, or of a resource that has only operations.
#[component]
pub fn RecordPage() -> impl IntoView {
    let system = use_system();
    let place = use_navigation().place_untracked();
    let Some(resource) = place.resource.as_deref().and_then(|id| system.resource(id)) else {
        return ().into_any();
    };
    let resource = Arc::new(resource);
    let parent = place.parent.as_ref().map(|(_, key)| key.clone());
    let key = place.key.clone().unwrap_or_default();
    Names::share(&system);
    let page_title = use_page_title();
    let loader = Loader::<Record>::new();
    let get = resource.first(OperationKind::Get).cloned().map(Arc::new);

    let read = {
        let (system, resource, get, parent, key) =
            (system.clone(), resource.clone(), get.clone(), parent.clone(), key.clone());
        move || {
            let Some(get) = get.clone() else { return };
            let (system, resource, parent, key) =
                (system.clone(), resource.clone(), parent.clone(), key.clone());
            loader.run(move |reader| async move {
                system.record(&resource, &get, parent.as_deref(), &key, reader).await
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
    {
        let resource = resource.clone();
        Effect::new(move |_| {
            let record = loader.get().data;
            // A single object is called what the catalog calls it, whatever it holds.
            let record = record.filter(|_| resource.shape == Shape::Collection || resource.name.is_some());
            page_title.name_record(record.and_then(|record| link::record_name(&resource, &record)));
        });
    }

    let title = {
        let resource = resource.clone();
        let key = key.clone();
        move || {
            let name = page_title.record().unwrap_or_else(|| link::key_name(&resource, &key));
            match name.as_str() {
                "" => resource.title.clone(),
                // A number alone says nothing as a title.
                number if number.chars().all(|sign| sign.is_ascii_digit()) => {
                    format!("{} {number}", starting(&resource.singular))
                }
                _ => name,
            }
        }
    };
    let record = Memo::new(move |_| loader.get().data.map(Same));
    let watched = watch::watch(resource.clone(), loader, read.clone());
    let failure = loader.failure();
    let page = Parts { resource: resource.clone(), parent: parent.clone(), key: key.clone() };
    let subtitle =
        Some(resource.help.clone()).filter(|help| resource.shape != Shape::Collection && !help.is_empty());
    let refresh = read.clone();
    let no_get = get.is_none();
    let parts = page.clone();
    view! {
        <div class="stack">
            <ui::PageHeader
                title=Signal::derive(title)
                subtitle=subtitle
                status=move || {
                    let refresh = refresh.clone();
                    (!no_get).then(|| view! {
                        <AsOf state=loader.state() on_refresh=refresh/>
                        {move || watched.get().then(|| view! { <span class="as-of">{say::watched()}</span> })}
                    }).into_any()
                }
                actions={
                    let page = page.clone();
                    move || (!no_get).then(|| view! { <Actions page=page.clone() record=record/> }).into_any()
                }
            />
            {move || failure.get().map(|failure| {
                let again = read.clone();
                problem(&failure, untrack(|| loader.has_data()), loader.retry(), again)
            })}
            {move || match record.get() {
                Some(Same(record)) => view! { <Body page=parts.clone() record/> }.into_any(),
                None if no_get => {
                    let operations = concerning(&parts.resource).cloned().map(Arc::new).collect();
                    view! { <Ways resource=parts.resource.clone() operations parent=parts.parent.clone()/> }.into_any()
                }
                None if failure.get().is_some() => ().into_any(),
                None => view! { <ui::Skeleton lines=8/> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// What a page is about.
#[derive(Clone)]
pub struct Parts {
    /// The resource.
    pub resource: Arc<Resource>,
    /// Key of the owning record.
    pub parent: Option<String>,
    /// The record's key; empty for a single object.
    pub key: String,
}

/// Compares shared records, so that the page is built anew only when something new has arrived.
#[derive(Clone)]
pub struct Same(pub Arc<Record>);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

/// What is wrong, with the next step.
fn problem(
    failure: &Failure,
    has_data: bool,
    retry: Signal<Option<Retry>>,
    again: impl Fn() + Clone + Send + Sync + 'static,
) -> AnyView {
    if failure.kind == FailureKind::NotFound && !has_data {
        let place = use_navigation().place_untracked();
        let list = place.list().href();
        return view! {
            <ui::EmptyState
                title=say::not_there()
                text=say::not_there_text(&failure.message)
                actions=move || view! { <ui::LinkButton href=list.clone()>{words::common::back_to_list()}</ui::LinkButton> }
            />
        }
        .into_any();
    }
    view! { <FailureNotice failure=failure.clone() stale=has_data retry on_retry=move || again()/> }
        .into_any()
}

/// Fields, related lists and the raw record, as tabs that live in the address.
#[component]
fn Body(page: Parts, record: Arc<Record>) -> impl IntoView {
    let system = use_system();
    let navigation = use_navigation();
    let lists = related(&system.catalog(), &page.resource, &record);
    let mut tabs = vec![("fields".to_owned(), say::details().to_owned())];
    tabs.extend(lists.iter().map(|list| (list.id.clone(), list.title.clone())));
    tabs.push(("raw".to_owned(), "JSON".to_owned()));
    let current = Memo::new(move |_| {
        let pairs = decode_pairs(&navigation.place().query);
        let tab = pairs.into_iter().find(|(name, _)| name == TAB);
        tab.map_or_else(|| "fields".to_owned(), |(_, tab)| tab)
    });
    let select = move |tab: String| {
        let place = navigation.place_untracked();
        let query = if tab == "fields" { String::new() } else { encode_pairs(&[(TAB.to_owned(), tab)]) };
        navigation.replace(&place.with_query(query));
    };
    let lists = StoredValue::new(lists);
    let now = millis(use_now().get_untracked());
    let histories = Histories::new(system.catalog(), &system.entry.name, &page, now);
    view! {
        <ui::Tabs items=tabs current=current on_select=select>
            {move || {
                let tab = current.get();
                let list = lists.with_value(|lists| lists.iter().find(|list| list.id == tab).cloned());
                match list {
                    Some(list) => related_list(&list, &page),
                    None if tab == "raw" => view! { <Raw resource=page.resource.clone() record=record.clone()/> }.into_any(),
                    None => view! {
                        {in_words(&record)}
                        <Fields resource=page.resource.clone() record=record.clone() histories=histories.clone()/>
                    }.into_any(),
                }
            }}
        </ui::Tabs>
    }
}

/// What a page of its own says of the record above its fields.
fn in_words(record: &Record) -> Option<AnyView> {
    let values = Arc::new(record.0.clone());
    use_context::<Above>().map(|above| above.show(Draft::of_record(Signal::stored(values))))
}

fn related_list(list: &Related, page: &Parts) -> AnyView {
    let parent = list.owned.then(|| page.key.clone());
    view! {
        <EmbeddedList
            title=list.title.clone()
            resource=list.resource.clone()
            parent=parent
            terms=list.terms.clone()
            columns=list.columns.clone()
        />
    }
    .into_any()
}

/// Operations of a resource that a record's page offers as actions.
pub fn concerning(resource: &Resource) -> impl Iterator<Item = &Operation> {
    resource.operations.iter().filter(|operation| {
        !matches!(operation.kind, OperationKind::List | OperationKind::Get | OperationKind::Create)
            && (resource.shape != Shape::Collection || operation.concerns_record())
    })
}
