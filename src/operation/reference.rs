//! The choice of a record of another resource: searched on the box where it can search, else among the first page.

mod search;

use std::sync::Arc;

use boxdeck_catalog::{Field, OperationKind, Reference};
use boxdeck_dialect::Record;
use boxdeck_dialect::answer::value_text;
use leptos::prelude::*;
use serde_json::Value;
use words::form as say;

use super::form::Form;
use super::form::node::Leaf;
use super::form::typed::can_be_none;
use crate::format::words::inside;
use crate::load::Loader;
use crate::ui::{self, ComboOption};
use crate::value::link;
pub(super) use search::{Found, Target};

/// Milliseconds without a key press after which the box is asked.
pub(super) const PAUSE: u32 = 150;

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
    let target = {
        let (reference, form) = (reference.clone(), form.clone());
        // The owner of what is searched may itself be chosen in this form.
        Memo::new(move |_| {
            Target::find(
                &form.subject.system,
                &reference,
                &|field| value_of(&form, field),
                form.subject.parent.clone(),
            )
        })
    };
    let can_list = target.with_untracked(Option::is_some);
    let loader = Loader::<Found>::new();
    let query = RwSignal::new(String::new());
    let search = Callback::new(move |text: String| {
        query.set(text.clone());
        let Some(target) = target.get_untracked() else { return };
        loader.run(move |reader| async move {
            if !text.is_empty() {
                gloo_timers::future::TimeoutFuture::new(PAUSE).await;
            }
            target.search(&text, reader).await
        });
    });
    // What may be left out can also be taken back.
    let none = (can_be_none(&field) || !required).then(|| ComboOption {
        value: String::new(),
        label: if can_be_none(&field) { say::none().to_owned() } else { say::left_to_system().to_owned() },
        note: String::new(),
    });
    let options = Memo::new(move |_| {
        let found = loader.get().data;
        let text = query.get();
        let none = none.iter().filter(|_| text.is_empty()).cloned();
        let found = found.iter().flat_map(|found| found.options(&text)).collect::<Vec<_>>();
        none.chain(found).collect::<Vec<ComboOption>>()
    });
    let has_none = can_be_none(&field);
    let choose = Callback::new(move |option: ComboOption| {
        leaf.none.set(option.value.is_empty() && has_none);
        let exact = loader.get().data.and_then(|found| found.exact(&option.value));
        leaf.picked.set(exact);
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
    let loading = Signal::derive(move || loader.get().loading);
    let status = Signal::derive(move || {
        let loaded = loader.get();
        match (&loaded.failure, &loaded.data) {
            (Some(failure), _) => failure.message.clone(),
            (None, Some(found)) if found.cut => say::nothing_fits_so_far().to_owned(),
            _ => say::nothing_fits().to_owned(),
        }
    });
    let placeholder = Some(if can_list { say::search(inside(&title)) } else { say::key().to_owned() });
    view! {
        <ui::ComboBox
            value=leaf.text
            shown=shown
            options=options
            loading=loading
            on_query=search
            on_choose=choose
            none_text=status
            loading_text=say::searching()
            placeholder=placeholder
            free=!can_list
        />
    }
}

/// The value of another field of the form: as it is typed, else as the record has it. Tracked.
pub(super) fn value_of(form: &Form, field: &str) -> Option<String> {
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
    let system = form.subject.system.clone();
    let catalog = system.catalog();
    let resource = catalog
        .resource(&reference.resource)
        .filter(|_| reference.by.is_none() && reference.parent.is_none());
    let Some((resource, get)) =
        resource.and_then(|resource| Some((resource.clone(), resource.first(OperationKind::Get)?.clone())))
    else {
        return Signal::stored(None);
    };
    let name_field = resource.name_field().to_owned();
    let loader = Loader::<Record>::new();
    let wanted = key.clone();
    loader.run(move |reader| async move { system.record(&resource, &get, None, &wanted, reader).await });
    Signal::derive(move || {
        let name = loader.get().data.and_then(|record| record.text(&name_field))?;
        Some((key.clone(), name))
    })
}
