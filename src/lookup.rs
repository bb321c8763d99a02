//! Finding the records that a reference can point to, by what they are called.

mod search;

use std::sync::Arc;

use boxdeck_catalog::{Field, FieldType, Operation, OperationKind, Operator, Reference, Resource, Shape};
use boxdeck_dialect::answer::value_text;
use boxdeck_dialect::query::{matches, sort};
use boxdeck_dialect::{Failure, FailureKind, ListTarget, Page, Query, Record, Term};
use serde_json::Value;

use crate::format;
use crate::load::Reader;
use crate::system::{System, gather};
use crate::value::link;

pub use search::{PAUSE, Search};

/// Records that a search on the box brings.
const FOUND: u32 = 50;
/// Records that are offered at once; where the box cannot search, no more are looked for.
const MOST: usize = 100;

/// The records that a reference can point to, and how they are searched.
#[derive(Clone, PartialEq)]
pub struct Lookup {
    system: System,
    /// What they are.
    pub resource: Arc<Resource>,
    list: Arc<Operation>,
    /// Key of the record that they belong to.
    owner: Option<String>,
    /// The field whose value the reference holds.
    value: String,
    /// What the box can compare their names by.
    by_box: Vec<Operator>,
    /// Which of them can be meant at all.
    only: Vec<Term>,
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The value that a reference to it holds, exactly as the box has it.
    pub value: Value,
    /// The same as text.
    pub key: String,
    /// What it is called; the key where it has no name.
    pub name: String,
    /// What the catalog says helps to choose, in words (`Free 12.5 TiB`); may be empty.
    pub fact: String,
    /// Its key as addresses hold it.
    pub place: Option<String>,
}

/// What a search has found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    entries: Vec<Entry>,
    /// Whether the box has searched already.
    by_box: bool,
    /// Whether there are more than were read.
    pub cut: bool,
}

impl Lookup {
    /// The records of a reference; `owner` is the key of the record that they belong to. `None` where they cannot be listed.
    pub fn new(system: &System, reference: &Reference, owner: Option<String>) -> Option<Self> {
        let catalog = system.catalog();
        let resource = catalog.resource(&reference.resource)?;
        let list = resource.first(OperationKind::List).filter(|_| resource.shape == Shape::Collection)?;
        if resource.parent.is_some() && owner.is_none() {
            return None;
        }
        let target = ListTarget { resource, operation: list, parent: owner.as_deref() };
        Some(Self {
            by_box: system.dialect.operators(&catalog, target, resource.name_field()),
            value: reference.by.clone().or_else(|| resource.key.first().cloned())?,
            system: system.clone(),
            list: Arc::new(list.clone()),
            resource: Arc::new(resource.clone()),
            owner,
            only: Vec::new(),
        })
    }

    /// The same, of the records for which these terms hold.
    #[must_use]
    pub fn only(self, terms: Vec<Term>) -> Self {
        Self { only: terms, ..self }
    }

    /// Searches for a text in names and keys: on the box where it can, else among what the box gives.
    ///
    /// # Errors
    /// As for [`System::page`].
    pub async fn search(&self, text: &str, reader: Reader) -> Result<Found, Failure> {
        let (text, sought) = (text.trim(), text.trim().to_lowercase());
        let can_search = self.by_box.contains(&Operator::Like);
        let term = (can_search && !text.is_empty()).then(|| self.term(Operator::Like, text));
        let by_box = term.is_some();
        // Where the box cannot search, what it gives is searched here.
        let (wanted, enough) = if can_search { (FOUND, 0) } else { (u32::MAX, MOST) };
        let fits = |record: &Record| self.entry(record).is_some_and(|entry| entry.is_about(&sought));
        let page = self.read(term, wanted, (fits, enough), reader).await?;
        let entries = page.records.iter().filter(|record| self.can_be_meant(record));
        let entries = entries.filter_map(|record| self.entry(&record)).collect();
        Ok(Found { entries, by_box, cut: page.next.is_some() })
    }

    /// The values of the records that are called exactly so; where there are none, of those whose names differ in case alone,
    /// and else of the one whose key it is.
    ///
    /// # Errors
    /// As for [`System::page`].
    pub async fn named(&self, name: &str, reader: Reader) -> Result<Vec<String>, Failure> {
        let own = |record: &Record| record.text(self.resource.name_field());
        let is_name = |record: &Record| own(record).as_deref() == Some(name);
        let lower = name.to_lowercase();
        let is_like = |record: &Record| own(record).is_some_and(|own| own.to_lowercase() == lower);
        let values = |page: &Page, fits: &dyn Fn(&Record) -> bool| -> Vec<String> {
            let records = page.records.iter().filter(|record| fits(record) && self.can_be_meant(record));
            records.filter_map(|record| record.text(&self.value)).collect()
        };
        if self.by_box.contains(&Operator::Eq) {
            let term = Some(self.term(Operator::Eq, name));
            let exact = values(&self.read(term, FOUND, (is_name, 0), reader.clone()).await?, &is_name);
            if !exact.is_empty() {
                return Ok(exact);
            }
        }
        let term = self.by_box.contains(&Operator::Like).then(|| self.term(Operator::Like, name));
        let page = self.read(term, u32::MAX, (is_name, 1), reader.clone()).await?;
        let exact = values(&page, &is_name);
        let found = if exact.is_empty() { values(&page, &is_like) } else { exact };
        if !found.is_empty() {
            return Ok(found);
        }
        Ok(self.by_key(name, reader).await?.into_iter().collect())
    }

    /// The text itself, if it is the key of a record. Where keys are numbers, what is none needs no request.
    async fn by_key(&self, text: &str, reader: Reader) -> Result<Option<String>, Failure> {
        let resource = &self.resource;
        let is_number = |field: &String| {
            resource.field(field).is_some_and(|field| matches!(field.field_type, FieldType::Integer))
        };
        let key = link::key(resource, text).filter(|_| !resource.key.iter().any(is_number));
        let (Some(key), Some(get)) = (key, resource.first(OperationKind::Get)) else { return Ok(None) };
        match self.system.record(resource, get, self.owner.as_deref(), &key, reader).await {
            Ok(_record) => Ok(Some(text.to_owned())),
            Err(failure) if matches!(failure.kind, FailureKind::NotFound | FailureKind::Invalid) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    fn term(&self, operator: Operator, text: &str) -> Term {
        Term::new(self.resource.name_field(), operator, text)
    }

    fn target(&self) -> ListTarget<'_> {
        ListTarget { resource: &self.resource, operation: &self.list, parent: self.owner.as_deref() }
    }

    /// Whether the box applies a term.
    fn applies(&self, term: &Term) -> bool {
        self.system.dialect.applies(&self.system.catalog(), self.target(), term)
    }

    /// Whether a record is one of those that can be meant, as far as the box has not seen to that.
    fn can_be_meant(&self, record: &Record) -> bool {
        let mut own = self.only.iter().filter(|term| !self.applies(term));
        // A fixed value has nothing to do with the present.
        own.all(|term| matches(&self.resource, term, record, 0))
    }

    /// Reads records, page after page until `enough` of them fit.
    async fn read(
        &self,
        term: Option<Term>,
        wanted: u32,
        (fits, enough): (impl Fn(&Record) -> bool, usize),
        reader: Reader,
    ) -> Result<Page, Failure> {
        let abilities = self.system.dialect.list_abilities(self.target());
        let (least, _, greatest) = abilities.page_size;
        let filter = term.into_iter().chain(self.only.iter().cloned());
        let query = Query {
            filter: filter.filter(|term| self.applies(term)).collect(),
            sort: sort::effective(&self.resource, &Query::default(), abilities.sort_keys),
            page_size: Some(wanted.clamp(least, greatest)),
            ..Query::default()
        };
        let fits = |record: &Record| self.can_be_meant(record) && fits(record);
        let list = (&*self.resource, &*self.list);
        gather(&self.system, list, self.owner.as_deref(), &query, (fits, enough), reader).await
    }

    fn entry(&self, record: &Record) -> Option<Entry> {
        entry(&self.resource, &self.value, record)
    }
}

fn entry(resource: &Resource, value: &str, record: &Record) -> Option<Entry> {
    let value = record.get(value)?.clone();
    let key = value_text(&value)?;
    let fact = resource.fact.as_deref().and_then(|fact| told(resource.field(fact)?, record));
    let name = link::name_text(resource, record);
    Some(Entry {
        value,
        name: name.unwrap_or_else(|| key.clone()),
        key,
        fact: fact.unwrap_or_default(),
        place: record.key(resource),
    })
}

/// A field of a record in words: `Free 12.5 TiB`.
fn told(field: &Field, record: &Record) -> Option<String> {
    let value = record.get(&field.name).filter(|value| !field.is_none(Some(value)))?;
    let field = record.described(field);
    Some(format!("{} {}", field.label, format::value(&field, Some(value), 0.0).text))
}

impl Entry {
    /// Whether name or key hold a text, which is in lower case.
    fn is_about(&self, sought: &str) -> bool {
        self.name.to_lowercase().contains(sought) || self.key.to_lowercase().contains(sought)
    }

    /// What tells it from others of its name.
    pub fn note(&self) -> String {
        let key = Some(self.key.as_str()).filter(|key| *key != self.name).unwrap_or_default();
        let parts = [self.fact.as_str(), key].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    }
}

impl Found {
    /// What fits a text.
    pub fn fitting(&self, text: &str) -> Vec<Entry> {
        let text = text.trim().to_lowercase();
        let fits = |entry: &&Entry| self.by_box || entry.is_about(&text);
        self.entries.iter().filter(fits).take(MOST).cloned().collect()
    }

    /// The exact value that is written so.
    pub fn exact(&self, key: &str) -> Option<Value> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.value.clone())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(value: &Value) -> Record {
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
        let entries = entries.iter().filter_map(|value| entry(&resource, "id", &record(value))).collect();
        let found = Found { entries, by_box: false, cut: false };
        let labels: Vec<(String, String)> =
            found.fitting("").into_iter().map(|entry| (entry.name.clone(), entry.note())).collect();
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
            key: key.to_string(),
            name: name.to_owned(),
            fact: String::new(),
            place: None,
        };
        let entries = vec![of(1, "alpha"), of(2, "beta")];
        let found = Found { entries: entries.clone(), by_box: false, cut: false };
        assert_eq!(found.fitting(" BET ").len(), 1);
        assert_eq!(found.fitting("1").len(), 1);
        assert_eq!(Found { entries, by_box: true, cut: false }.fitting("BET").len(), 2);
    }
}
