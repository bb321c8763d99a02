//! Finding the records that a reference can point to, by what they are called.

use boxdeck_catalog::{FieldType, OperationKind, Operator, Reference};
use boxdeck_dialect::{Failure, FailureKind, Query, Record, Term};
use leptos::prelude::untrack;

use super::address::ListAddress;
use super::columns::record_name;
use super::gather::gather;
use super::source::{Listed, Source};
use crate::load::Reader;
use crate::system::System;
use crate::value::link;

/// Records that a search on the box brings.
const FOUND: u32 = 50;
/// Records that fit, after which the search goes no further where the box cannot search.
const ENOUGH: usize = 100;

/// Looks for the records that a reference can point to.
#[derive(Clone)]
pub struct Finder {
    /// Their list.
    pub source: Source,
    /// What the box can compare their names by.
    by_box: Vec<Operator>,
    /// The field whose value the reference holds.
    value: String,
}

impl Finder {
    /// For the records of a resource that no record owns and that can be listed; `None` for all others.
    pub fn new(system: &System, reference: &Reference) -> Option<Self> {
        Self::within(system, reference, None)
    }

    /// The same for the records that belong to this one: resource and key.
    pub fn within(system: &System, reference: &Reference, owner: Option<(String, String)>) -> Option<Self> {
        let source = Source::new(system, &reference.resource, owner)?;
        let name = source.resource.name_field();
        let by_box = source.filterables().into_iter().find(|known| known.field.name == name);
        let value = reference.by.clone().or_else(|| source.resource.key.first().cloned()).unwrap_or_default();
        Some(Self { by_box: by_box.map(|known| known.by_box).unwrap_or_default(), value, source })
    }

    /// Searches for a text in names and keys: on the box where it can, else among what the box gives.
    ///
    /// # Errors
    /// As for [`System::page`].
    pub async fn search(self, text: &str, reader: Reader) -> Result<Listed, Failure> {
        let on_box = self.by_box.contains(&Operator::Like);
        let filter = (on_box && !text.is_empty()).then(|| self.term(Operator::Like, text));
        // Where the box cannot search, what it gives is searched here.
        let (wanted, enough) = if on_box { (FOUND, 0) } else { (u32::MAX, ENOUGH) };
        let sought = text.to_lowercase();
        self.read(filter, wanted, |record| self.is_about(record, &sought), enough, reader).await
    }

    /// Value and name of the records among `listed` that a search for a text in lower case finds.
    pub fn fitting(&self, listed: &Listed, text: &str) -> Vec<(String, String)> {
        let fits = listed.page.records.iter().filter(|record| self.is_about(record, text));
        fits.filter_map(|record| {
            Some((record.text(&self.value)?, record_name(&self.source.resource, &record)))
        })
        .collect()
    }

    /// The values of the records that are called exactly so; where there are none, of those whose names differ in case alone,
    /// and else of the one whose key it is.
    ///
    /// # Errors
    /// As for [`System::page`].
    pub async fn named(self, name: &str, reader: Reader) -> Result<Vec<String>, Failure> {
        let field = self.source.resource.name_field().to_owned();
        let own = |record: &Record| record.text(&field);
        let is_name = |record: &Record| own(record).as_deref() == Some(name);
        let lower = name.to_lowercase();
        let is_like = |record: &Record| own(record).is_some_and(|own| own.to_lowercase() == lower);
        let values = |listed: &Listed, fits: &dyn Fn(&Record) -> bool| -> Vec<String> {
            let records = listed.page.records.iter().filter(|record| fits(record));
            records.filter_map(|record| record.text(&self.value)).collect()
        };
        if self.by_box.contains(&Operator::Eq) {
            let filter = Some(self.term(Operator::Eq, name));
            let exact = values(&self.read(filter, FOUND, is_name, 0, reader.clone()).await?, &is_name);
            if !exact.is_empty() {
                return Ok(exact);
            }
        }
        let filter = self.by_box.contains(&Operator::Like).then(|| self.term(Operator::Like, name));
        let listed = self.read(filter, u32::MAX, is_name, 1, reader.clone()).await?;
        let exact = values(&listed, &is_name);
        let found = if exact.is_empty() { values(&listed, &is_like) } else { exact };
        if !found.is_empty() {
            return Ok(found);
        }
        Ok(self.by_key(name, reader).await?.into_iter().collect())
    }

    /// The text itself, if it is the key of a record. Where keys are numbers, what is none needs no request.
    async fn by_key(&self, text: &str, reader: Reader) -> Result<Option<String>, Failure> {
        let resource = &self.source.resource;
        let is_number = |field: &String| {
            resource.field(field).is_some_and(|field| matches!(field.field_type, FieldType::Integer))
        };
        let key = link::key(resource, text).filter(|_| !resource.key.iter().any(is_number));
        let (Some(key), Some(get)) = (key, resource.first(OperationKind::Get)) else { return Ok(None) };
        match self.source.system.record(resource, get, None, &key, reader).await {
            Ok(_record) => Ok(Some(text.to_owned())),
            Err(failure) if matches!(failure.kind, FailureKind::NotFound | FailureKind::Invalid) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    fn term(&self, operator: Operator, text: &str) -> Term {
        let field = self.source.resource.name_field().to_owned();
        Term { field, operator, values: vec![text.to_owned()] }
    }

    async fn read(
        &self,
        filter: Option<Term>,
        wanted: u32,
        fits: impl Fn(&Record) -> bool,
        enough: usize,
        reader: Reader,
    ) -> Result<Listed, Failure> {
        let source = &self.source;
        let (least, _, greatest) = source.abilities().page_size;
        // What a person keeps for that list is looked at once, wherever this is called from.
        let query = untrack(|| source.sent_query(&ListAddress::default()));
        let query = Query {
            filter: filter.into_iter().collect(),
            page_size: Some(wanted.clamp(least, greatest)),
            ..query
        };
        let list = (&*source.resource, &*source.operation);
        let owner = source.parent.as_ref().map(|(_, key)| key.as_str());
        let page = gather(&source.system, list, owner, &query, (fits, enough), reader).await?;
        Ok(Listed { query, page, left_out: 0 })
    }

    /// Whether value or name of a record hold a text, which is in lower case.
    pub fn is_about(&self, record: &Record, sought: &str) -> bool {
        let value = record.text(&self.value).unwrap_or_default();
        let name = record_name(&self.source.resource, record);
        name.to_lowercase().contains(sought) || value.to_lowercase().contains(sought)
    }
}
