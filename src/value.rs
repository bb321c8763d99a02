//! One field's value, as a person reads it: links for references, dots for states, times relative with the exact time in
//! the tooltip.

mod cell;
pub mod link;
mod names;
mod table;

pub use cell::cell;
pub use names::{Name, Names};

use std::sync::Arc;

use boxdeck_catalog::{Field, FieldType, Reference, Tone, input};
use boxdeck_dialect::Record;
use leptos::prelude::*;
use serde_json::Value;
use words::value as say;

use crate::format::{self, Exact, NONE, Shown};
use crate::system::{System, use_system};
use crate::ui;
use crate::when::{Now, use_now};

/// Bytes from which on a text may not fit into a column.
const LONG: usize = 20;

/// What values need besides themselves. Made once per page or list, not per value.
#[derive(Clone)]
pub struct Setting {
    system: System,
    now: Now,
    names: Names,
    /// References lead to their records.
    linked: bool,
}

impl Setting {
    /// Tracks what values depend on besides themselves: the time, and names that are read one after the other.
    pub fn track(&self) {
        self.now.get();
        self.names.track();
    }

    /// The same inside a dialog, from which no link leads away.
    #[must_use]
    pub fn in_dialog(self) -> Self {
        Self { linked: false, ..self }
    }
}

/// The setting of the page around.
///
/// # Panics
/// Outside of a system's pages.
pub fn use_setting() -> Setting {
    let system = use_system();
    let names = use_context::<Names>().unwrap_or_else(|| Names::new(&system));
    Setting { system, now: use_now(), names, linked: true }
}

/// The value of a field of a record, in as many lines as it needs.
#[component]
pub fn FieldValue(
    /// The field.
    #[prop(into)]
    field: Arc<Field>,
    /// The record that holds the value; names beside references come from there too.
    #[prop(into)]
    record: Arc<Record>,
) -> impl IntoView {
    full(&use_setting(), &field, record.get(&field.name), &record)
}

/// A value on one line.
pub fn inline(setting: &Setting, field: &Field, value: Option<&Value>, record: &Record) -> AnyView {
    let Some(value) = value.filter(|value| !field.is_none(Some(value))) else {
        return none(say::not_set());
    };
    let field = &*record.described(field);
    if field.secret {
        return plain(format::value(field, Some(value), 0.0));
    }
    match &field.field_type {
        FieldType::Reference(reference) => reference_link(setting, reference, value, record),
        FieldType::List(item) => list(setting, field, item, value, record),
        FieldType::Timestamp(_) | FieldType::DateTime => time(setting.now, field, value),
        FieldType::Enum(_) => state(format::value(field, Some(value), 0.0)),
        FieldType::Bytes(_) => amount(field, value, record, true),
        _ => state(format::value(field, Some(value), 0.0)),
    }
}

/// A value in as many lines as it needs.
fn full(setting: &Setting, field: &Field, value: Option<&Value>, record: &Record) -> AnyView {
    let field = &*record.described(field);
    let known = value.filter(|value| !field.is_none(Some(value)) && !field.secret);
    if let Some(table) = known.and_then(|value| table::table(setting, field, value)) {
        return table;
    }
    match (&field.field_type, known) {
        (FieldType::Multiline | FieldType::Pem, Some(Value::String(text))) if !text.trim().is_empty() => {
            let class = if field.field_type == FieldType::Pem { "value-block mono" } else { "value-block" };
            view! { <div class=class tabindex="0" role="group" aria-label=field.label.clone()>{text.clone()}</div> }.into_any()
        }
        (FieldType::Bytes(_), Some(value)) => amount(field, value, record, false),
        (FieldType::Object(fields), Some(Value::Object(members))) if !members.is_empty() => {
            members_of(setting, fields, &FieldType::Json, members)
        }
        (FieldType::Map(item), Some(Value::Object(members))) if is_simple(item) && !members.is_empty() => {
            members_of(setting, &[], item, members)
        }
        (FieldType::List(item), Some(Value::Array(items))) if !items.is_empty() && !is_simple(item) => {
            let items: Vec<AnyView> = items
                .iter()
                .map(|item_value| {
                    let item = Field { field_type: (**item).clone(), ..Field::default() };
                    view! { <li>{full(setting, &item, Some(item_value), record)}</li> }.into_any()
                })
                .collect();
            view! { <ul class="value-list">{items}</ul> }.into_any()
        }
        (
            FieldType::Json | FieldType::Map(_) | FieldType::Object(_),
            Some(value @ (Value::Object(_) | Value::Array(_))),
        ) if !is_empty(value) => {
            let text = input::edit_text(&Field { field_type: FieldType::Json, ..Field::default() }, value);
            view! { <pre class="value-block mono" tabindex="0" role="group" aria-label=field.label.clone()>{text}</pre> }.into_any()
        }
        _ => inline(setting, field, value, record),
    }
}

/// The members of an object that the catalog describes, and those that it does not, which are of the type `unknown`.
fn members_of(
    setting: &Setting,
    fields: &[Field],
    unknown: &FieldType,
    members: &serde_json::Map<String, Value>,
) -> AnyView {
    let mut lifted = members.clone();
    boxdeck_catalog::lift(fields, &mut lifted);
    let record = Record(lifted);
    let described = fields.iter().filter(|field| record.get(&field.name).is_some()).cloned();
    let other = members.iter().filter(|(name, _)| !fields.iter().any(|field| is_source(field, name)));
    let other = other.map(|(name, _)| Field {
        name: name.clone(),
        label: name.clone(),
        field_type: unknown.clone(),
        ..Field::default()
    });
    let rows: Vec<AnyView> = described
        .chain(other)
        .map(|field| {
            let value = full(setting, &field, record.get(&field.name), &record);
            view! { <div><dt>{field.label}</dt><dd>{value}</dd></div> }.into_any()
        })
        .collect();
    view! { <dl class="value-members">{rows}</dl> }.into_any()
}

/// Whether a member of an object is the value of a field, or holds it.
fn is_source(field: &Field, member: &str) -> bool {
    field.at.first().unwrap_or(&field.name) == member
}

const fn is_simple(item: &FieldType) -> bool {
    !matches!(
        item,
        FieldType::Object(_)
            | FieldType::Map(_)
            | FieldType::Json
            | FieldType::List(_)
            | FieldType::Multiline
    )
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The sign for "nothing here", with why.
fn none(why: &'static str) -> AnyView {
    view! { <span class="value-none" title=why>{NONE}</span> }.into_any()
}

fn plain(shown: Shown) -> AnyView {
    if shown.none || shown.text.is_empty() {
        return none(say::empty());
    }
    match shown.exact {
        Some(exact) => view! { <span title=exact.text()>{shown.text}</span> }.into_any(),
        // A list cuts long texts off.
        None if shown.text.len() > LONG => {
            view! { <span title=shown.text.clone()>{shown.text.clone()}</span> }.into_any()
        }
        None => shown.text.into_any(),
    }
}

/// An amount of data, with how full it makes what it is a share of.
fn amount(field: &Field, value: &Value, record: &Record, in_line: bool) -> AnyView {
    let number = plain(format::value(field, Some(value), 0.0));
    let whole = field.of.as_deref().and_then(|of| record.get(of));
    let Some(share) = whole.and_then(|whole| format::amount::share(value, whole)) else {
        return number;
    };
    let of = format::value(field, whole, 0.0).text;
    let text = say::share(format::amount::rounded(share * 100.0), of);
    let class = if in_line { "value-share" } else { "value-filled" };
    view! {
        <span class=class>
            <span>{number}</span>
            <ui::CapacityBar label=field.label.clone() share text bare=in_line/>
        </span>
    }
    .into_any()
}

fn state(shown: Shown) -> AnyView {
    match shown.tone {
        Tone::Plain => plain(shown),
        tone => {
            // What `ui::StateDot` shows, without its signals: a list has thousands of these.
            view! {
                <span class=format!("state {}", tone_of(tone).class())>
                    <span class="state-mark" aria-hidden="true"></span>
                    <span class="state-label">{shown.text}</span>
                </span>
            }
            .into_any()
        }
    }
}

/// What a catalog's tone is called in the component kit.
pub const fn tone_of(tone: Tone) -> ui::Tone {
    match tone {
        Tone::Plain | Tone::Off => ui::Tone::Neutral,
        Tone::Good => ui::Tone::Good,
        Tone::Busy => ui::Tone::Info,
        Tone::Warn => ui::Tone::Warn,
        Tone::Bad => ui::Tone::Bad,
    }
}

fn time(now: Now, field: &Field, value: &Value) -> AnyView {
    let shown = format::value(field, Some(value), untrack(|| now.get()));
    if shown.none {
        return none(say::never());
    }
    let Some(exact) = shown.exact.map(Exact::text) else {
        return plain(shown);
    };
    let datetime = input::time_text(&field.field_type, value);
    // Only name and type decide how a time is told; the rest of the field need not be kept per row.
    let field = Field { name: field.name.clone(), field_type: field.field_type.clone(), ..Field::default() };
    let value = value.clone();
    view! { <time datetime=datetime title=exact>{move || format::value(&field, Some(&value), now.get()).text}</time> }.into_any()
}

fn list(setting: &Setting, field: &Field, item: &FieldType, value: &Value, record: &Record) -> AnyView {
    let FieldType::Reference(reference) = item else {
        return state(format::value(field, Some(value), 0.0));
    };
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    if items.is_empty() {
        return none(say::empty());
    }
    let links: Vec<AnyView> = items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            // A name beside the list would be that of the whole.
            let reference = Reference { label: None, ..reference.clone() };
            let link = reference_link(setting, &reference, item, record);
            view! { {(index > 0).then_some(", ")} {link} }.into_any()
        })
        .collect();
    links.into_any()
}

/// A reference by its name, leading to its record where there is a page for it. A name that has to be read first takes the
/// key's place once it has come; the key is its hint from then on.
fn reference_link(setting: &Setting, reference: &Reference, value: &Value, record: &Record) -> AnyView {
    let catalog = &setting.system.catalog();
    let label = link::label(reference, value, record);
    let text = match link::unnamed(catalog, reference, value, record) {
        None => label.into_any(),
        Some((resource, key)) => {
            let name = setting.names.of(&resource, key.clone());
            let hint = {
                let (name, key) = (name.clone(), key.clone());
                move || name.with(Option::is_some).then(|| key.clone())
            };
            view! { <span title=hint>{move || name.get().unwrap_or_else(|| key.clone())}</span> }.into_any()
        }
    };
    let place = setting
        .linked
        .then(|| link::target(catalog, &setting.system.entry.name, reference, value, record))
        .flatten();
    match place {
        Some(place) => view! { <a href=place.href()>{text}</a> }.into_any(),
        None => text,
    }
}
