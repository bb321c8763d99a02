//! What an input holds at first, and what makes another of it: items that come and go, a record that has changed.

use std::sync::Arc;

use boxdeck_catalog::{Field, FieldType, OTHERS, Settable};
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use serde_json::{Map, Value};

use super::{Content, FileLeaf, Leaf, Node};
use crate::operation::form::control::{Control, likely_unit};
use crate::operation::form::typed::{self, Known, Locale, Typed};

impl Leaf {
    fn new(typed: &Typed, control: &Control, field: &Field) -> Self {
        let (text, unit) = parts(typed, control, field);
        Self {
            text: RwSignal::new(text),
            unit: RwSignal::new(unit),
            none: RwSignal::new(typed.none),
            picked: RwSignal::new(None),
            name: RwSignal::new(None),
        }
    }
}

/// Number and unit of a text, where the control has units.
fn parts(typed: &Typed, control: &Control, field: &Field) -> (String, String) {
    let units: &[&str] = match control {
        Control::Amount(units) => units,
        Control::Unit(unit) => std::slice::from_ref(unit),
        _ => return (typed.text.clone(), String::new()),
    };
    typed::split_unit(&typed.text, units)
        .unwrap_or_else(|| (typed.text.clone(), likely_unit(field).to_owned()))
}

impl Node {
    /// Takes this as what the record holds now; what is typed reads as unchanged from here on.
    pub fn rebase(&self, value: Option<Value>) {
        let known = value.map_or(Known::Nothing, Known::Record);
        if let Content::Leaf(leaf) = &self.content {
            let (text, unit) =
                parts(&typed::start(&self.field, &known, self.locale), &self.control, &self.field);
            if leaf.unit.with_untracked(|now| *now != unit) {
                leaf.unit.set(unit);
            }
            leaf.text.set(text);
            leaf.picked.set(None);
        }
        if let (Content::Object(members), Some(Value::Object(values))) = (&self.content, known.value()) {
            for member in members.iter() {
                member.rebase(match member.field.name.as_str() {
                    OTHERS => others(members.iter().map(|member| &*member.field), values),
                    name => values.get(name).cloned(),
                });
            }
        }
        if let (Content::Items(items), Some(Value::Array(values))) = (&self.content, known.value()) {
            items.with_untracked(|items| {
                for ((_, item), value) in items.iter().zip(values) {
                    item.rebase(Some(value.clone()));
                }
            });
        }
        self.known.set(known);
    }

    /// Adds an empty item to a list.
    pub fn add_item(&self) {
        if let (Content::Items(items), Control::Items(item)) = (&self.content, &*self.control) {
            let make = || item_node(&self.field, item, Known::Nothing, self.locale);
            // Not only as long as what adds it, which may be a dialog.
            let owner = self.owner.as_ref().and_then(WeakOwner::upgrade);
            let node = owner.map_or_else(make, |owner| owner.with(make));
            items.update(|items| {
                let next = items.iter().map(|(number, _)| number + 1).max().unwrap_or_default();
                items.push((next, node));
            });
        }
    }

    /// Takes an item out of a list.
    pub fn remove_item(&self, number: u32) {
        if let Content::Items(items) = &self.content {
            items.update(|items| items.retain(|(other, _)| *other != number));
        }
    }
}

pub(super) fn content(field: &Field, control: &Control, known: &Known, locale: Locale) -> Content {
    match control {
        Control::Object(fields) => {
            let members = fields.iter().map(|member| {
                let value = known.value().and_then(Value::as_object).and_then(|values| match &*member.name {
                    OTHERS => others(fields.iter(), values),
                    name => values.get(name).cloned(),
                });
                let known = match value {
                    Some(value) if matches!(known, Known::Record(_)) => Known::Record(value),
                    Some(value) => Known::Default(value),
                    // What a record lacks it lacks, whatever one would begin with.
                    None if matches!(known, Known::Record(_)) => {
                        member.default.clone().map_or(Known::Nothing, Known::Default)
                    }
                    None => typed::begin(member, member.default.clone(), locale),
                };
                Node::new(Arc::new(member.clone()), member.create == Settable::Required, known, false, locale)
            });
            Content::Object(Arc::new(members.collect()))
        }
        Control::Items(item) => {
            let values = known.value().and_then(Value::as_array).cloned().unwrap_or_default();
            let nodes = values
                .into_iter()
                .zip(0..)
                .map(|(value, number)| (number, item_node(field, item, Known::Record(value), locale)));
            Content::Items(RwSignal::new(nodes.collect()))
        }
        Control::File(_) => {
            Content::File(FileLeaf { chosen: RwSignal::new(None), fault: RwSignal::new(None) })
        }
        _ => Content::Leaf(Leaf::new(&typed::start(field, known, locale), control, field)),
    }
}

/// The members of an object that its fields do not describe, where there are any.
fn others<'a>(fields: impl Iterator<Item = &'a Field>, values: &Map<String, Value>) -> Option<Value> {
    let mut others = values.clone();
    fields.for_each(|field| drop(others.remove(&field.name)));
    (!others.is_empty()).then_some(Value::Object(others))
}

fn item_node(list: &Field, item: &FieldType, known: Known, locale: Locale) -> Node {
    let field = Field {
        name: list.name.clone(),
        label: list.label.clone(),
        field_type: item.clone(),
        ..Field::default()
    };
    Node::new(Arc::new(field), true, known, false, locale)
}
