//! References inside filters: the name of the record that a term points to, and the choice of one by a search on the box.

use std::sync::Arc;

use boxdeck_catalog::{OperationKind, Operator, Reference};
use boxdeck_dialect::{Failure, FailureKind, Query, Record, Term};
use leptos::prelude::*;

use super::columns::record_name;
use super::gather::gather;
use super::source::{Listed, Source};
use crate::load::Loader;
use crate::system::System;
use crate::ui::FormField;

/// Records that a search on the box brings.
const FOUND: u32 = 50;
/// Records that fit, after which the search goes no further where the box cannot search.
const ENOUGH: usize = 100;

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
    let Some(source) = Source::new(&system, &reference.resource, None) else {
        return ().into_any();
    };
    let search = RwSignal::new(String::new());
    let loader = Loader::<Listed>::new();
    let filterables = source.filterables();
    let by_box = source.search_field(&filterables).map(|field| field.name.clone());
    let plural = super::count::plural(&source.resource);
    let value_field =
        reference.by.clone().or_else(|| source.resource.key.first().cloned()).unwrap_or_default();
    {
        let (source, by_box, value_field) = (source.clone(), by_box.clone(), value_field.clone());
        Effect::new(move |_| {
            let text = search.get().trim().to_owned();
            let filter = match &by_box {
                Some(field) if !text.is_empty() => {
                    vec![Term { field: field.clone(), operator: Operator::Like, values: vec![text.clone()] }]
                }
                _ => Vec::new(),
            };
            let (least, _, greatest) = source.abilities().page_size;
            // Where the box cannot search, what it gives is searched here.
            let (wanted, enough) = if by_box.is_some() { (FOUND, 0) } else { (greatest, ENOUGH) };
            let mut query = source.sent_query(&super::address::ListAddress::default());
            query = Query { filter, page_size: Some(wanted.clamp(least, greatest)), ..query };
            let (source, value_field, sought) = (source.clone(), value_field.clone(), text.to_lowercase());
            loader.run(move |reader| async move {
                let fits = |record: &Record| {
                    let value = record.text(&value_field).unwrap_or_default();
                    is_about(&value, &record_name(&source.resource, record), &sought)
                };
                let list = (&*source.resource, &*source.operation);
                let page = gather(&source.system, list, None, &query, (fits, enough), reader).await?;
                Ok(Listed { query, page, left_out: 0 })
            });
        });
    }
    let resource = source.resource.clone();
    let found = move || -> Vec<(String, String)> {
        let text = search.get().trim().to_lowercase();
        let Some(listed) = loader.get().data else { return Vec::new() };
        let names = listed
            .page
            .records
            .iter()
            .filter_map(|record| Some((record.text(&value_field)?, record_name(&resource, &record))));
        names.filter(|(value, name)| is_about(value, name, &text)).collect()
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
    let search_label = words::form::search(super::count::plural(&source.resource));
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

/// Whether value or name hold a text, which is in lower case.
fn is_about(value: &str, name: &str, sought: &str) -> bool {
    name.to_lowercase().contains(sought) || value.to_lowercase().contains(sought)
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
