//! Values that no call lists, as records have shown them: what is offered where one is typed. Kept in memory, as long as the
//! system is open.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use boxdeck_catalog::{Field, FieldType, Resource};
use boxdeck_dialect::Record;
use leptos::prelude::*;
use serde_json::Value;

/// Values of one vocabulary that are kept at most: more are no choice any more.
const MOST: usize = 100;

/// By vocabulary: the values that were seen, in their order.
type Known = BTreeMap<String, BTreeSet<String>>;

/// What was seen since the system was opened.
#[derive(Clone, Copy)]
pub struct Seen(RwSignal<Known>);

impl Default for Seen {
    fn default() -> Self {
        Self(RwSignal::new(Known::new()))
    }
}

impl Seen {
    /// Takes note of what records hold. They are only looked at where the catalog has a vocabulary for one of their fields.
    pub fn note<R: Borrow<Record>, I: Iterator<Item = R>>(
        self,
        resource: &Resource,
        records: impl Fn() -> I,
    ) {
        let fields: Vec<&Field> = resource.fields.iter().filter(|field| has_vocabulary(field)).collect();
        if fields.is_empty() {
            return;
        }
        let mut found = Known::new();
        for record in records() {
            let record = record.borrow();
            fields.iter().for_each(|field| collect(field, record.get(&field.name), &mut found));
        }
        self.0.with_untracked(|known| {
            for (name, values) in &mut found {
                let none = BTreeSet::new();
                let known = known.get(name).unwrap_or(&none);
                let new = values.difference(known).take(MOST.saturating_sub(known.len()));
                *values = new.cloned().collect();
            }
        });
        found.retain(|_, values| !values.is_empty());
        if !found.is_empty() {
            self.0.update(|known| {
                found.into_iter().for_each(|(name, values)| known.entry(name).or_default().extend(values));
            });
        }
    }

    /// The values of a vocabulary; none for an empty name.
    pub fn values(self, vocabulary: &str) -> Signal<Vec<String>> {
        if vocabulary.is_empty() {
            return Signal::default();
        }
        let name = vocabulary.to_owned();
        Signal::derive(move || {
            self.0.with(|known| known.get(&name).into_iter().flatten().cloned().collect::<Vec<_>>())
        })
    }
}

fn has_vocabulary(field: &Field) -> bool {
    !field.vocabulary.is_empty() || members(&field.field_type).iter().any(has_vocabulary)
}

/// The fields of an object, or of the objects of a list or a map.
fn members(field_type: &FieldType) -> &[Field] {
    match field_type {
        FieldType::Object(members) => members,
        FieldType::List(item) | FieldType::Map(item) => members(item),
        _ => &[],
    }
}

/// The values of a vocabulary in a field and inside it.
fn collect(field: &Field, value: Option<&Value>, found: &mut Known) {
    match value {
        Some(Value::String(text)) if !field.vocabulary.is_empty() && !text.is_empty() && !field.secret => {
            found.entry(field.vocabulary.clone()).or_default().insert(text.clone());
        }
        Some(Value::Array(items)) => items.iter().for_each(|item| collect(field, Some(item), found)),
        Some(Value::Object(object)) => {
            let is_map = matches!(field.field_type, FieldType::Map(_));
            let all =
                if is_map { object.values().filter_map(Value::as_object).collect() } else { vec![object] };
            for member in members(&field.field_type) {
                all.iter().for_each(|object| collect(member, object.get(&member.name), found));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_records_show_is_known_wherever_it_lies() {
        let resource: Resource = serde_json::from_value(json!({
            "id": "a", "title": "A", "singular": "a", "area": "x", "operations": [],
            "fields": [
                { "name": "site", "label": "Site", "vocabulary": "site" },
                { "name": "other", "label": "Other" },
                { "name": "parts", "label": "Parts", "type": { "list": { "object": [
                    { "name": "at", "label": "At", "vocabulary": "site" }
                ] } } }
            ]
        }))
        .expect("a resource");
        let record = |value: Value| Record(value.as_object().cloned().unwrap_or_default());
        let seen = Seen::default();
        let records = [
            record(json!({ "site": "west", "other": "no", "parts": [{ "at": "east" }, { "at": "" }] })),
            record(json!({ "site": null })),
        ];
        seen.note(&resource, || records.iter());
        seen.note(&resource, || records.iter());
        assert_eq!(seen.values("site").get_untracked(), ["east", "west"]);
        assert!(seen.values("").get_untracked().is_empty());
        // More than are kept: what is known stays, and nothing more comes.
        let more: Vec<Record> =
            (0..150).map(|number| record(json!({ "site": format!("n{number:03}") }))).collect();
        seen.note(&resource, || more.iter());
        let kept = seen.values("site").get_untracked();
        assert_eq!((kept.len(), kept.first().map(String::as_str)), (MOST, Some("east")));
    }
}
