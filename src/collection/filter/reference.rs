//! References inside filters: the name of the record that a term points to, and the choice of one by a search on the box.

use boxdeck_catalog::{OperationKind, Reference};
use leptos::prelude::*;

use crate::collection::count::plural;
use crate::lookup::{Lookup, Search};
use crate::system::System;
use crate::ui::{FormField, TextInput};
use crate::value::{Names, link};

/// The name of the record with that key; the key itself until it is known, and where there is none.
#[component]
pub fn ReferenceName(system: System, reference: Reference, key: String) -> impl IntoView {
    let names = use_context::<Names>().unwrap_or_else(|| Names::new(&system));
    let resource = link::named(&system.catalog(), &reference).map(|resource| resource.id.clone());
    let name = resource.map(|resource| names.of(&resource, key.clone()));
    move || name.as_ref().and_then(|name| name.get()).unwrap_or_else(|| key.clone())
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
    let Some(lookup) = Lookup::new(&system, &reference, None) else {
        return ().into_any();
    };
    let plural = plural(&lookup.resource);
    let search_label = words::form::search(plural.clone());
    let search = Search::new(move || Some(lookup.clone()));
    search.again();
    let (entries, status) = (search.entries(), search.status(plural));
    let options = move || {
        let found = entries.get().into_iter().map(|entry| (entry.key, entry.name));
        let found: Vec<(String, String)> = found.collect();
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
        <FormField label=search_label.clone() help=Signal::derive(move || Some(status.get()))>
            <TextInput value=search.text kind="search" on_input=Callback::new(move |text| search.type_in(text))/>
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
