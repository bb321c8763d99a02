//! References inside filters: the name of the record that a term points to, and the choice of one by a search on the box.

use std::sync::Arc;

use boxdeck_catalog::{OperationKind, Reference};
use boxdeck_dialect::{Failure, FailureKind, Record};
use leptos::prelude::*;

use crate::collection::columns::record_name;
use crate::collection::finder::Finder;
use crate::collection::source::Listed;
use crate::load::Loader;
use crate::system::System;
use crate::ui::FormField;

/// The name of the record with that key; the key itself until it is known, and where there is none.
#[component]
pub fn ReferenceName(system: System, reference: Reference, key: String) -> impl IntoView {
    let loader = Loader::<Record>::new();
    let resource = system.catalog().resource(&reference.resource).cloned();
    let get = resource
        .as_ref()
        .filter(|resource| resource.parent.is_none())
        .and_then(|resource| resource.first(OperationKind::Get));
    if let (Some(resource), Some(get)) = (resource.clone(), get.cloned()) {
        let key = key.clone();
        loader.run(move |reader| async move { system.record(&resource, &get, None, &key, reader).await });
    }
    move || match (&resource, loader.get().data) {
        (Some(resource), Some(record)) => record_name(resource, &record),
        _ => key.clone(),
    }
}

/// Whether records of the resource that a reference points to can be listed for a choice.
pub fn can_choose(system: &System, reference: &Reference) -> bool {
    system
        .catalog()
        .resource(&reference.resource)
        .is_some_and(|resource| resource.parent.is_none() && resource.first(OperationKind::List).is_some())
}

/// A search on the box, and what it found to choose from.
#[component]
pub fn ReferenceChoice(
    /// The system.
    system: System,
    /// What is referred to.
    reference: Reference,
    /// The chosen values, as in the field. With `many`, each press adds or removes one.
    chosen: RwSignal<Vec<String>>,
    /// More than one can be chosen.
    many: bool,
    /// Name of the choice.
    label: String,
    /// What is wrong with it.
    error: Signal<Option<String>>,
) -> impl IntoView {
    let Some(finder) = Finder::new(&system, &reference) else {
        return ().into_any();
    };
    let search = RwSignal::new(String::new());
    let loader = Loader::<Listed>::new();
    let plural = crate::collection::count::plural(&finder.source.resource);
    let search_label = words::form::search(plural.clone());
    Effect::new({
        let finder = finder.clone();
        move |_| {
            let (finder, text) = (finder.clone(), search.get().trim().to_owned());
            loader.run(move |reader| async move { finder.search(&text, reader).await });
        }
    });
    let found = move || -> Vec<(String, String)> {
        let text = search.get().trim().to_lowercase();
        loader.get().data.map(|listed| finder.fitting(&listed, &text)).unwrap_or_default()
    };
    let found = Arc::new(found);
    let status = {
        let found = found.clone();
        move || {
            let state = loader.get();
            match (&state.failure, &state.data) {
                (Some(failure), _) => failure_text(failure),
                (None, None) => words::list::reading().to_owned(),
                (None, Some(listed)) => match (found().len(), listed.page.next.is_some()) {
                    (0, _) => words::list::none_found(&plural),
                    (count, true) => words::list::first_found(u64::try_from(count).unwrap_or(u64::MAX)),
                    (count, false) => words::list::found(u64::try_from(count).unwrap_or(u64::MAX)),
                },
            }
        }
    };
    let options = move || {
        let found = found();
        let picked = chosen.get();
        // What is chosen stays in sight while the search looks for something else.
        let missing = picked.iter().filter(|value| !found.iter().any(|(other, _)| other == *value));
        let kept: Vec<(String, String)> = missing.map(|value| (value.clone(), value.clone())).collect();
        kept.into_iter()
            .chain(found)
            .map(|(value, name)| {
                let selected = picked.contains(&value);
                view! { <option value=value selected=selected>{name}</option> }
            })
            .collect_view()
    };
    let choose = move |event: leptos::ev::Event| chosen.set(selected_values(&event));
    view! {
        <FormField label=search_label.clone() help=Signal::derive(move || Some(status()))>
            <crate::ui::TextInput value=search kind="search"/>
        </FormField>
        <div class="field" class:field-invalid=move || error.with(Option::is_some)>
            <select
                class="input reference-list"
                size="7"
                multiple=many
                aria-label=label
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:change=choose
            >
                {options}
            </select>
            {move || error.get().map(|text| view! { <p class="field-error">{text}</p> })}
        </div>
    }
    .into_any()
}

fn failure_text(failure: &Failure) -> String {
    match failure.kind {
        FailureKind::Forbidden => words::list::role_may_not().to_owned(),
        _ => failure.message.clone(),
    }
}

/// Values of the options that are selected in a list.
fn selected_values(event: &leptos::ev::Event) -> Vec<String> {
    use wasm_bindgen::JsCast;
    let Some(list) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok())
    else {
        return Vec::new();
    };
    let options = list.selected_options();
    (0..options.length()).filter_map(|index| options.item(index)?.get_attribute("value")).collect()
}
