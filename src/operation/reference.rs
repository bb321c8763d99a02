//! The choice of a record of another resource.

use std::sync::Arc;

use boxdeck_catalog::{Field, Reference};
use boxdeck_dialect::Term;
use boxdeck_dialect::answer::value_text;
use leptos::prelude::*;
use serde_json::Value;
use words::form as say;

use super::form::Form;
use super::form::node::Leaf;
use super::form::typed::can_be_none;
use crate::format::words::inside;
use crate::lookup::{Entry, Lookup, Search};
use crate::ui::{self, ComboOption};
use crate::value::{Names, link};

/// The input of a reference. It shows names and keeps exact keys.
#[component]
pub(super) fn ReferenceInput(
    reference: Reference,
    leaf: Leaf,
    field: Arc<Field>,
    form: Form,
    required: bool,
) -> impl IntoView {
    let system = form.subject.system.clone();
    let lookup = {
        let (reference, form) = (reference.clone(), form.clone());
        // The owner of what is searched may itself be chosen in this form.
        Memo::new(move |_| lookup(&form, &reference))
    };
    let can_list = lookup.with_untracked(Option::is_some) || asks_owner(&form, &reference);
    let search = Search::new(move || lookup.get());
    // What may be left out can also be taken back.
    let none = (can_be_none(&field) || !required).then(|| ComboOption {
        value: String::new(),
        label: if can_be_none(&field) { say::none().to_owned() } else { say::left_to_system().to_owned() },
        note: String::new(),
    });
    let (entries, failure) = (search.entries(), search.failure());
    let options = Memo::new(move |_| {
        let none = none.iter().filter(|_| search.text.with(String::is_empty)).cloned();
        none.chain(entries.get().into_iter().map(option)).collect::<Vec<ComboOption>>()
    });
    let has_none = can_be_none(&field);
    let choose = Callback::new(move |option: ComboOption| {
        leaf.none.set(option.value.is_empty() && has_none);
        leaf.picked.set(search.exact(&option.value));
        leaf.name.set(Some((option.value, option.label)));
    });
    let first_name = name_at_first(&form, &reference, leaf);
    let shown = Signal::derive(move || {
        let key = leaf.text.get();
        if key.is_empty() {
            return if leaf.none.get() { say::none().to_owned() } else { String::new() };
        }
        let of = |known: Option<(String, String)>| known.filter(|(of, _)| *of == key).map(|(_, name)| name);
        of(leaf.name.get()).or_else(|| of(first_name.get())).unwrap_or(key)
    });
    if !can_list {
        // A key that is typed is a value again.
        Effect::new(move |_| {
            if !leaf.text.with(String::is_empty) {
                leaf.none.set(false);
            }
        });
    }
    let title = system
        .catalog()
        .resource(&reference.resource)
        .map_or_else(String::new, |resource| resource.title.clone());
    let loading = Signal::derive(move || search.is_loading());
    let status = Signal::derive(move || match (failure.get(), search.is_cut()) {
        (Some(failure), _) => failure.message,
        (None, Some(true)) => say::nothing_fits_so_far().to_owned(),
        (None, _) => say::nothing_fits().to_owned(),
    });
    let placeholder = Some(if can_list { say::search(inside(&title)) } else { say::key().to_owned() });
    view! {
        <ui::ComboBox
            value=leaf.text
            shown=shown
            options=options
            loading=loading
            on_query=Callback::new(move |text| search.type_in(text))
            on_choose=choose
            none_text=status
            loading_text=say::searching()
            placeholder=placeholder
            free=!can_list
        />
    }
}

/// Whether the owner of what a reference points to is chosen in the same form.
fn asks_owner(form: &Form, reference: &Reference) -> bool {
    let of = |name: &String| form.inputs.iter().any(|input| input.node.field.name == *name);
    reference.parent.as_ref().is_some_and(of)
}

/// A record as an option of a list.
fn option(entry: Entry) -> ComboOption {
    let note = entry.note();
    ComboOption { value: entry.key, label: entry.name, note }
}

/// Where the records are searched that an input of a form can point to; `None` where they cannot be listed, or what decides
/// where to look is not filled in. Tracked.
pub(super) fn lookup(form: &Form, reference: &Reference) -> Option<Lookup> {
    let system = &form.subject.system;
    let catalog = system.catalog();
    let resource = catalog.resource(&reference.resource)?;
    let owner = match (&resource.parent, &reference.parent) {
        (None, _) => None,
        (Some(_), Some(field)) => Some(value_of(form, field)?),
        (Some(_), None) => Some(form.subject.parent.clone()?),
    };
    let only = reference
        .where_
        .iter()
        .filter_map(|(theirs, ours)| Some(Term::equals(theirs, value_of(form, ours)?)));
    Some(Lookup::new(system, reference, owner)?.only(only.collect()))
}

/// The value of another field of the form: as it is typed, else as the record has it. Tracked.
fn value_of(form: &Form, field: &str) -> Option<String> {
    let typed = form.gathered().with(|gathered| {
        gathered.inputs.body.get(field).or_else(|| gathered.inputs.parameters.get(field)).and_then(value_text)
    });
    typed.or_else(|| form.record.with(|record| record.as_ref().and_then(|record| record.text(field))))
}

/// Key and name of the record that the input held at first: the name beside it in the record, else read from the box.
fn name_at_first(form: &Form, reference: &Reference, leaf: Leaf) -> Signal<Option<(String, String)>> {
    let key = untrack(|| leaf.text.get());
    if key.is_empty() {
        return Signal::stored(None);
    }
    let record = form.subject.record.clone();
    let beside = record.as_ref().map(|record| link::label(reference, &Value::String(key.clone()), record));
    if let Some(name) = beside.filter(|name| *name != key) {
        return Signal::stored(Some((key, name)));
    }
    let system = &form.subject.system;
    let Some(resource) = link::named(&system.catalog(), reference).map(|resource| resource.id.clone()) else {
        return Signal::stored(None);
    };
    let names = use_context::<Names>().unwrap_or_else(|| Names::new(system));
    let name = names.of(&resource, key.clone());
    Signal::derive(move || Some((key.clone(), name.get()?)))
}
