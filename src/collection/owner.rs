//! A sub-collection whose address does not say which record it belongs to: that record is chosen here.

use std::sync::Arc;

use boxdeck_catalog::{Catalog, Reference, Resource};
use leptos::prelude::*;
use words::list as say;

use super::count::plural;
use crate::lookup::{Lookup, Search};
use crate::place::Place;
use crate::place::browser::use_navigation;
use crate::refusal::FailureNotice;
use crate::system::use_system;
use crate::ui::{self, Button};

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
        let within = steps.with(|steps| steps.last().map(|(_, key, _)| key.clone()));
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
    /// Key of the record that they belong to.
    within: Option<String>,
    /// The place that a chosen record leads to, as the owner; `None`: it is a step on the way.
    target: Option<Place>,
    steps: RwSignal<Vec<Step>>,
) -> impl IntoView {
    let system = use_system();
    let reference = Reference { resource: level.id.clone(), ..Reference::default() };
    let things = plural(&level);
    let Some(lookup) = Lookup::new(&system, &reference, within) else {
        return view! { <ui::EmptyState icon="info" title=say::not_listed() text=Some(say::no_way().to_owned())/> }
            .into_any();
    };
    let search = Search::new(move || Some(lookup.clone()));
    search.again();
    let (failure, found) = (search.failure(), search.entries());
    let entries = move || {
        found
            .get()
            .into_iter()
            .filter_map(|entry| Some((entry.place?, entry.name)))
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
    let label = say::owner_search(&things);
    let status = search.status(things);
    // A failure has a notice of its own.
    let status = move || if failure.with(Option::is_some) { String::new() } else { status.get() };
    view! {
        <div class="owner">
            <ui::TextInput
                value=search.text
                kind="search"
                label=Some(label.clone())
                placeholder=Some(label)
                autofocus=true
                on_input=Callback::new(move |text| search.type_in(text))
            />
            {move || failure.get().map(|failure| view! {
                <FailureNotice failure stale=false retry=search.retry() on_retry=move || search.again()/>
            })}
            <ul class="owner-list">{entries}</ul>
            <p class="muted" role="status">{status}</p>
        </div>
    }
    .into_any()
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
