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
        let is_new = self.0.with_untracked(|known| {
            found.iter().any(|(name, values)| !known.get(name).is_some_and(|known| known.is_superset(values)))
        });
        if is_new {
            self.0.update(|known| {
                for (name, values) in found {
                    let known = known.entry(name).or_default();
                    let room = MOST.saturating_sub(known.len());
                    known.extend(values.into_iter().take(room));
                }
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

/// The fields of an object, or of the objects of a list.
fn members(field_type: &FieldType) -> &[Field] {
    match field_type {
        FieldType::Object(members) => members,
        FieldType::List(item) => members(item),
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
            members(&field.field_type)
                .iter()
                .for_each(|member| collect(member, object.get(&member.name), found));
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
    }
}
