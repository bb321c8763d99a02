//! A sub-collection whose address does not say which record it belongs to: that record is chosen here.

use std::sync::Arc;

use boxdeck_catalog::{Catalog, Reference, Resource};
use leptos::prelude::*;
use words::list as say;

use super::columns::record_name;
use super::count::plural;
use super::finder::Finder;
use super::source::Listed;
use crate::load::Loader;
use crate::place::Place;
use crate::place::browser::use_navigation;
use crate::refusal::FailureNotice;
use crate::system::use_system;
use crate::ui::{self, Button};

/// Milliseconds without a key press after which the box is asked.
const PAUSE: u32 = 150;

/// A record that was chosen on the way to the owner: its resource, its key and its name.
type Step = (Arc<Resource>, String, String);

/// Asks for the record that owns what the address names, and leads to the same place within it.
#[component]
pub fn OwnerPage() -> impl IntoView {
    let system = use_system();
    let place = use_navigation().place_untracked();
    let Some(resource) = place.resource.as_deref().and_then(|id| system.resource(id)) else {
        return ().into_any();
    };
    let owners = owners(&system.catalog(), &resource);
    let Some(owner) = owners.last() else { return ().into_any() };
    let text = say::owner_first(plural(&resource), &owner.singular);
    let steps = RwSignal::new(Vec::<Step>::new());
    let taken = move || {
        let line = |(index, (of, _, name)): (usize, Step)| {
            view! {
                <li>
                    <span>{of.singular.clone()}": "<strong>{name}</strong></span>
                    <Button small=true on_click=move |_| steps.update(|steps| steps.truncate(index))>
                        {say::owner_change(&of.singular)}
                    </Button>
                </li>
            }
        };
        steps.get().into_iter().enumerate().map(line).collect_view()
    };
    let choice = move || {
        let level = owners.get(steps.with(Vec::len)).cloned()?;
        let is_last = steps.with(Vec::len) + 1 == owners.len();
        let within = steps.with(|steps| steps.last().map(|(of, key, _)| (of.id.clone(), key.clone())));
        let target = is_last.then(|| place.clone());
        Some(view! { <Choice level within target steps/> })
    };
    view! {
        <div class="stack">
            <ui::PageHeader title=resource.title.clone() subtitle=Some(text)/>
            <ul class="owner-steps">{taken}</ul>
            {choice}
        </div>
    }
    .into_any()
}

/// The resources whose records own one another, the outermost first, the owner of `resource` last.
fn owners(catalog: &Catalog, resource: &Resource) -> Vec<Arc<Resource>> {
    let mut found: Vec<Arc<Resource>> = Vec::new();
    let mut of = resource.parent.clone();
    while let Some(owner) = of.and_then(|id| catalog.resource(&id)) {
        if found.iter().any(|known| known.id == owner.id) {
            break;
        }
        of = owner.parent.clone();
        found.insert(0, Arc::new(owner.clone()));
    }
    found
}

/// The records of one resource, found by typing.
#[component]
fn Choice(
    /// What is chosen among.
    level: Arc<Resource>,
    /// The record that they belong to.
    within: Option<(String, String)>,
    /// The place that a chosen record leads to, as the owner; `None`: it is a step on the way.
    target: Option<Place>,
    steps: RwSignal<Vec<Step>>,
) -> impl IntoView {
    let system = use_system();
    let reference = Reference { resource: level.id.clone(), ..Reference::default() };
    let things = plural(&level);
    let Some(finder) = Finder::within(&system, &reference, within) else {
        return view! { <ui::EmptyState icon="info" title=say::not_listed() text=Some(say::no_way().to_owned())/> }
            .into_any();
    };
    let loader = Loader::<Listed>::new();
    let query = RwSignal::new(String::new());
    let search = {
        let finder = finder.clone();
        move |text: String| {
            let finder = finder.clone();
            loader.run(move |reader| async move {
                if !text.is_empty() {
                    gloo_timers::future::TimeoutFuture::new(PAUSE).await;
                }
                finder.search(text.trim(), reader).await
            });
        }
    };
    search(String::new());
    let again = search.clone();
    let failure = loader.failure();
    let found = {
        let level = level.clone();
        Memo::new(move |_| {
            let sought = query.get().trim().to_lowercase();
            let listed = loader.get().data?;
            let records = listed.page.records.iter().filter(|record| finder.is_about(record, &sought));
            let named: Vec<(String, String)> = records
                .filter_map(|record| Some((record.key(&level)?, record_name(&level, &record))))
                .collect();
            Some((named, listed.page.next.is_some()))
        })
    };
    let entries = move || {
        let found = found.get().map(|(found, _)| found).unwrap_or_default();
        found
            .into_iter()
            .map(|(key, name)| match &target {
                Some(place) => {
                    let place = Place { parent: Some((level.id.clone(), key)), ..place.clone() };
                    view! { <li><a href=place.href()>{name}</a></li> }.into_any()
                }
                None => {
                    let step = (level.clone(), key, name.clone());
                    let take = move |_| steps.update(|steps| steps.push(step.clone()));
                    view! { <li><button type="button" class="link" on:click=take>{name}</button></li> }
                        .into_any()
                }
            })
            .collect_view()
    };
    let nothing = say::none_found(&things);
    let status = move || match found.get() {
        None if failure.get().is_some() => String::new(),
        None => say::reading().to_owned(),
        Some((found, _)) if found.is_empty() => nothing.clone(),
        Some((found, true)) => say::first_found(length(&found)),
        Some((found, false)) => say::found(length(&found)),
    };
    let label = say::owner_search(&things);
    view! {
        <div class="owner">
            <ui::TextInput
                value=query
                kind="search"
                label=Some(label.clone())
                placeholder=Some(label)
                autofocus=true
                on_input=Callback::new(search)
            />
            {move || failure.get().map(|failure| {
                let again = again.clone();
                view! { <FailureNotice failure stale=false retry=loader.retry() on_retry=move || again(query.get_untracked())/> }
            })}
            <ul class="owner-list">{entries}</ul>
            <p class="muted" role="status">{status}</p>
        </div>
    }
    .into_any()
}

fn length<T>(found: &[T]) -> u64 {
    u64::try_from(found.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn owners_come_from_the_outside_in() {
        let resource = |id: &str, parent: Option<&str>| json!({ "id": id, "title": id, "singular": id, "area": "a", "parent": parent, "fields": [], "operations": [] });
        let catalog: Catalog = serde_json::from_value(json!({
            "kind": { "id": "k", "title": "K", "version": "1", "dialect": "d", "areas": [] },
            "resources": [resource("groups", None), resource("users", Some("groups")), resource("keys", Some("users"))]
        }))
        .expect("a catalog");
        let of = |id: &str| -> Vec<String> {
            let resource = catalog.resource(id).expect("a resource");
            owners(&catalog, resource).iter().map(|owner| owner.id.clone()).collect()
        };
        assert_eq!(of("keys"), ["groups", "users"]);
        assert!(of("groups").is_empty());
    }
}
