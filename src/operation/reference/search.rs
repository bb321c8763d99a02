//! Searching the records that a reference can point to.

use std::sync::Arc;

use boxdeck_catalog::{Field, Operation, OperationKind, Operator, Reference, Resource, Shape};
use boxdeck_dialect::answer::value_text;
use boxdeck_dialect::query::matches;
use boxdeck_dialect::{Failure, FailureKind, ListTarget, Query, Record, Term};
use serde_json::Value;

use crate::collection::gather;
use crate::format;
use crate::load::Reader;
use crate::system::System;
use crate::ui::ComboOption;

/// Records that a search on the box brings.
const FOUND: u32 = 50;
/// Options that are offered at once.
const MOST: usize = 100;

/// Where to search.
#[derive(Clone, PartialEq)]
pub(in crate::operation) struct Target {
    system: System,
    resource: Arc<Resource>,
    list: Operation,
    parent: Option<String>,
    /// The field whose value is kept.
    value: String,
    /// The field by which the box searches, where it can.
    by_box: Option<String>,
    /// Which records can be meant at all.
    only: Vec<Term>,
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    /// The exact value.
    value: Value,
    /// The name; the key where there is none.
    name: String,
    /// The key beside a name, else nothing.
    key: String,
    /// What the catalog says helps to choose, in words.
    fact: String,
}

/// What a search has found.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::operation) struct Found {
    /// The records.
    entries: Vec<Entry>,
    /// Whether the box has searched already.
    by_box: bool,
    /// Whether there are more than were read.
    pub(in crate::operation) cut: bool,
}

impl Target {
    /// The records that a reference can point to; `None` where they cannot be listed. `value_of` gives other fields of the
    /// form, `own_parent` is the owner of the form's own record.
    pub(in crate::operation) fn find(
        system: &System,
        reference: &Reference,
        value_of: &dyn Fn(&str) -> Option<String>,
        own_parent: Option<String>,
    ) -> Option<Self> {
        let catalog = system.catalog();
        let resource = catalog.resource(&reference.resource)?;
        let list = resource.first(OperationKind::List).filter(|_| resource.shape == Shape::Collection)?;
        let parent = match (&resource.parent, &reference.parent) {
            (None, _) => None,
            (Some(_), Some(field)) => Some(value_of(field)?),
            (Some(_), None) => Some(own_parent?),
        };
        let target = ListTarget { resource, operation: list, parent: parent.as_deref() };
        let name = resource.name_field();
        let operators = system.dialect.operators(&catalog, target, name);
        let value = reference.by.clone().or_else(|| resource.key.first().cloned())?;
        let only = reference.where_.iter().filter_map(|(theirs, ours)| {
            let values = vec![value_of(ours)?];
            Some(Term { field: theirs.clone(), operator: Operator::Eq, values })
        });
        Some(Self {
            only: only.collect(),
            by_box: operators.contains(&Operator::Like).then(|| name.to_owned()),
            system: system.clone(),
            list: list.clone(),
            resource: Arc::new(resource.clone()),
            parent,
            value,
        })
    }

    /// Searches.
    ///
    /// # Errors
    /// As for [`System::page`].
    pub(in crate::operation) async fn search(self, text: &str, reader: Reader) -> Result<Found, Failure> {
        if reader.is_gone() {
            return Err(Failure::new(FailureKind::Aborted, words::form::search_replaced()));
        }
        let target =
            ListTarget { resource: &self.resource, operation: &self.list, parent: self.parent.as_deref() };
        let (least, _, greatest) = self.system.dialect.list_abilities(target).page_size;
        let filter = self.by_box.iter().filter(|_| !text.trim().is_empty()).map(|field| Term {
            field: field.clone(),
            operator: Operator::Like,
            values: vec![text.trim().to_owned()],
        });
        let filter: Vec<Term> = filter.collect();
        let applies = |term: &Term| self.system.dialect.applies(&self.system.catalog(), target, term);
        let mut filter: Vec<Term> = filter.into_iter().filter(&applies).collect();
        let by_box = !filter.is_empty();
        let (on_box, own): (Vec<Term>, Vec<Term>) = self.only.iter().cloned().partition(applies);
        filter.extend(on_box);
        // A fixed value has nothing to do with the present.
        let can_be_meant = |record: &Record| own.iter().all(|term| matches(&self.resource, term, record, 0));
        // Where the box cannot search, what it gives is searched here.
        let wanted = if self.by_box.is_some() { FOUND } else { greatest };
        let query = Query { filter, page_size: Some(wanted.clamp(least, greatest)), ..Query::default() };
        let sought = text.trim().to_lowercase();
        let fits = |record: &Record| {
            can_be_meant(record)
                && entry(record, &self.value, &self.resource).is_some_and(|entry| is_about(&entry, &sought))
        };
        let source = (&*self.resource, &self.list);
        let enough = if self.by_box.is_some() { 0 } else { MOST };
        let page =
            gather(&self.system, source, self.parent.as_deref(), &query, (fits, enough), reader).await?;
        Ok(Found {
            entries: page
                .records
                .iter()
                .filter(|record| can_be_meant(record))
                .filter_map(|record| entry(&record, &self.value, &self.resource))
                .collect(),
            by_box,
            cut: page.next.is_some(),
        })
    }
}

fn entry(record: &Record, value: &str, resource: &Resource) -> Option<Entry> {
    let value = record.get(value)?.clone();
    let key = value_text(&value)?;
    let fact =
        resource.fact.as_deref().and_then(|fact| told(resource.field(fact)?, record)).unwrap_or_default();
    let name = record.text(resource.name_field()).filter(|name| !name.is_empty() && *name != key);
    Some(match name {
        Some(name) => Entry { value, name, key, fact },
        None => Entry { value, name: key, key: String::new(), fact },
    })
}

/// A field of a record in words: `Free 12.5 TiB`.
fn told(field: &Field, record: &Record) -> Option<String> {
    let value = record.get(&field.name).filter(|value| !field.is_none(Some(value)))?;
    Some(format!("{} {}", field.label, format::value(field, Some(value), 0.0).text))
}

/// Whether name or key hold a text, which is in lower case.
fn is_about(Entry { name, key, .. }: &Entry, sought: &str) -> bool {
    name.to_lowercase().contains(sought) || key.to_lowercase().contains(sought)
}

impl Found {
    /// What fits a text.
    pub(in crate::operation) fn options(&self, text: &str) -> Vec<ComboOption> {
        let text = text.trim().to_lowercase();
        let fits = |entry: &&Entry| self.by_box || is_about(entry, &text);
        let options = self.entries.iter().filter(fits).take(MOST).map(|entry| ComboOption {
            value: value_text(&entry.value).unwrap_or_default(),
            label: entry.name.clone(),
            note: [entry.fact.as_str(), &entry.key]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
        });
        options.collect()
    }

    /// The exact value of an option.
    pub(in crate::operation) fn exact(&self, text: &str) -> Option<Value> {
        self.entries
            .iter()
            .map(|entry| &entry.value)
            .find(|exact| value_text(exact).as_deref() == Some(text))
            .cloned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(value: Value) -> Record {
        Record(value.as_object().cloned().unwrap_or_default())
    }

    #[test]
    fn keys_stay_exact_and_names_show() {
        let large = 9_007_199_254_740_993_u64;
        let resource: Resource = serde_json::from_value(json!({
            "id": "pools", "title": "Pools", "singular": "pool", "area": "a", "name": "name", "fact": "free",
            "fields": [{ "name": "id", "label": "ID" }, { "name": "name", "label": "Name" }, { "name": "free", "label": "Free", "type": "integer" }],
            "operations": []
        }))
        .expect("a resource");
        let entries = [json!({ "id": large, "name": "prod", "free": 12 }), json!({ "id": 2, "name": "" })];
        let entries =
            entries.into_iter().filter_map(|value| entry(&record(value), "id", &resource)).collect();
        let found = Found { entries, by_box: false, cut: false };
        let labels: Vec<(String, String)> =
            found.options("").into_iter().map(|option| (option.label, option.note)).collect();
        assert_eq!(
            labels,
            [("prod".to_owned(), format!("Free 12 · {large}")), ("2".to_owned(), String::new())]
        );
        assert_eq!(found.exact("9007199254740993"), Some(json!(large)));
    }

    #[test]
    fn the_browser_searches_where_the_box_did_not() {
        let of = |key: i32, name: &str| Entry {
            value: json!(key),
            name: name.to_owned(),
            key: key.to_string(),
            fact: String::new(),
        };
        let entries = vec![of(1, "alpha"), of(2, "beta")];
        let found = Found { entries: entries.clone(), by_box: false, cut: false };
        assert_eq!(found.options("BET").len(), 1);
        assert_eq!(Found { entries, by_box: true, cut: false }.options("BET").len(), 2);
    }
}
