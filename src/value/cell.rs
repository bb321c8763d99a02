//! Values in the cells of a list: the same as [`super::inline`] shows, as data.

use boxdeck_catalog::{Field, FieldType, Reference};
use boxdeck_dialect::Record;
use serde_json::Value;

use super::{Setting, link, tone_of};
use crate::format::{self, Exact, Shown};
use crate::ui::{Cell, CellLink, Hint, Tone};
use leptos::prelude::*;
use words::value as say;

/// A value as it stands in a list. What it depends on besides the record is tracked by [`Setting::track`].
pub fn cell(setting: &Setting, field: &Field, record: &Record) -> Cell {
    let Some(value) = record.get(&field.name).filter(|value| !field.is_none(Some(value))) else {
        return Cell::Nothing(say::not_set());
    };
    let field = &*record.described(field);
    if field.secret {
        return plain(format::value(field, Some(value), 0.0));
    }
    match &field.field_type {
        FieldType::Reference(reference) => {
            Cell::Links(vec![reference_link(setting, reference, value, record)])
        }
        FieldType::List(item) => match &**item {
            FieldType::Reference(reference) => references(setting, reference, value, record),
            FieldType::Enum(_) => state(format::value(field, Some(value), 0.0)),
            _ => plain(format::value(field, Some(value), 0.0)),
        },
        FieldType::Timestamp(_) | FieldType::DateTime => {
            let shown = format::value(field, Some(value), setting.now.get_untracked());
            if shown.none { Cell::Nothing(say::never()) } else { plain(shown) }
        }
        FieldType::Enum(_) => state(format::value(field, Some(value), 0.0)),
        FieldType::Bytes(_) => amount(field, value, record),
        _ => state(format::value(field, Some(value), 0.0)),
    }
}

fn state(shown: Shown) -> Cell {
    match tone_of(shown.tone) {
        Tone::Neutral if shown.tone == boxdeck_catalog::Tone::Plain => plain(shown),
        tone => Cell::State(shown.text, tone),
    }
}

fn plain(shown: Shown) -> Cell {
    if shown.none || shown.text.is_empty() {
        return Cell::Nothing(say::empty());
    }
    Cell::Text { text: shown.text, hint: shown.exact.map(hint) }
}

fn hint(exact: Exact) -> Hint {
    match exact {
        Exact::Bytes(total) => Hint { number: total, tell: |total| Exact::Bytes(total).text() },
        Exact::Time(millis) => {
            Hint { number: millis as i128, tell: |millis| Exact::Time(millis as f64).text() }
        }
    }
}

/// An amount of data, with how full it makes what it is a share of.
fn amount(field: &Field, value: &Value, record: &Record) -> Cell {
    let shown = format::value(field, Some(value), 0.0);
    let whole = field.of.as_deref().and_then(|of| record.get(of));
    let share = whole.and_then(|whole| format::amount::share(value, whole)).filter(|_| !shown.none);
    let Some(share) = share else { return plain(shown) };
    let of = format::value(field, whole, 0.0).text;
    let words = say::share(format::amount::rounded(share * 100.0), of);
    Cell::Share { text: shown.text, hint: shown.exact.map(hint), share, words, label: field.label.clone() }
}

fn references(setting: &Setting, reference: &Reference, value: &Value, record: &Record) -> Cell {
    // A name beside the list would be that of the whole.
    let reference = Reference { label: None, ..reference.clone() };
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    if items.is_empty() {
        return Cell::Nothing(say::empty());
    }
    Cell::Links(items.iter().map(|item| reference_link(setting, &reference, item, record)).collect())
}

/// A reference by its name. Where that has to be read first, it takes the key's place once it has come.
fn reference_link(setting: &Setting, reference: &Reference, value: &Value, record: &Record) -> CellLink {
    let catalog = &setting.system.catalog();
    let (text, hint) = match link::unnamed(catalog, reference, value, record) {
        None => (link::label(reference, value, record), None),
        Some((resource, key)) => {
            let name = setting.names.of(&resource, key.clone()).get_untracked();
            match name {
                Some(name) => (name, Some(key)),
                None => (key, None),
            }
        }
    };
    let place = setting
        .linked
        .then(|| link::target(catalog, &setting.system.entry.name, reference, value, record))
        .flatten();
    CellLink { text, href: place.map(|place| place.href()), hint }
}
