//! Names of records in the filter as text: a person writes `pool = gold`, the box is asked for a key.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use boxdeck_catalog::Field;
use boxdeck_dialect::query::{About, Placed, Suggestion, is_key, names_records, reference, written_name};
use boxdeck_dialect::{Failure, Term};
use leptos::prelude::*;
use words::filter as say;

use crate::collection::count::plural;
use crate::collection::filter::{self, Filterable};
use crate::load::Reader;
use crate::lookup::{Entry as FoundEntry, Lookup};
use crate::system::System;
use crate::value::{Names, link};

/// A name in a text whose record is not known yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The field that points to the record.
    field: Field,
    /// The resource of the record.
    resource: String,
    /// The name as it is written.
    name: String,
    /// Where it stands, in bytes.
    span: Range<usize>,
}

/// Why a name cannot stand in a filter, and where it stands.
pub type Doubt = (Range<usize>, String);

/// The names that a list's filter has in place of keys.
#[derive(Clone, Copy)]
pub struct RecordNames {
    system: StoredValue<System>,
    names: Option<Names>,
    /// Keys by resource and name, of the records that the text means.
    known: StoredValue<BTreeMap<(String, String), String>>,
}

impl RecordNames {
    /// Knows no names yet; those of the page are asked for where the text is written.
    pub fn new(system: &System) -> Self {
        Self { system: StoredValue::new(system.clone()), names: use_context(), known: StoredValue::default() }
    }

    /// The name to write for a key; tracked. `None` where none is known, or another record of the text is called the same.
    pub fn name_of(self, field: &Field, key: &str) -> Option<String> {
        let resource = self.resource(field)?;
        let name = self.names?.of(&resource, key.to_owned()).get()?;
        let same = self.known.try_update_value(|known| match known.entry((resource, name.clone())) {
            Entry::Vacant(place) => {
                place.insert(key.to_owned());
                true
            }
            Entry::Occupied(place) => place.get() == key,
        });
        same.unwrap_or_default().then_some(name)
    }

    /// From now on that name stands for that key.
    pub fn remember(self, resource: &str, name: &str, key: String) {
        self.known.update_value(|known| {
            known.insert((resource.to_owned(), name.to_owned()), key);
        });
    }

    /// What a search has found, as suggestions. Of several with one name the keys are put in.
    pub fn suggestions(self, resource: &str, found: Vec<FoundEntry>) -> Vec<Suggestion> {
        let is_shared = |name: &str| found.iter().filter(|other| other.name == name).count() > 1;
        let suggestion = |FoundEntry { key, name, .. }: &FoundEntry| {
            if is_shared(name) {
                return Suggestion { insert: key.clone(), about: About::Value(Some(name.clone())) };
            }
            self.remember(resource, name, key.clone());
            Suggestion { insert: written_name(name), about: About::Value(Some(key.clone())) }
        };
        found.iter().map(suggestion).collect()
    }

    /// The resource whose records can be named in place of the field's values.
    pub fn resource(self, field: &Field) -> Option<String> {
        let reference = reference(field)?;
        self.system.with_value(|system| Some(link::named(&system.catalog(), reference)?.id.clone()))
    }

    /// The terms of a text with keys in the place of the names that are known, and the names that are not.
    pub fn read(self, fields: &[Filterable], placed: Vec<Placed>, text: &str) -> (Vec<Term>, Vec<Wanted>) {
        let mut wanted = Vec::new();
        let terms: Vec<Term> = placed
            .into_iter()
            .map(|Placed { mut term, values, .. }| {
                let field = filter::find(fields, &term.field).map(|known| &known.field);
                let pointing = field.and_then(|field| Some((field, self.resource(field)?)));
                let Some((field, resource)) = pointing.filter(|_| names_records(term.operator)) else {
                    return term;
                };
                for (value, span) in term.values.iter_mut().zip(values) {
                    if is_key(text.get(span.clone()).unwrap_or_default()) {
                        continue;
                    }
                    let name = (resource.clone(), value.clone());
                    match self.known.with_value(|known| known.get(&name).cloned()) {
                        Some(key) => *value = key,
                        None => {
                            wanted.push(Wanted { field: field.clone(), resource: name.0, name: name.1, span })
                        }
                    }
                }
                term
            })
            .collect();
        (terms, wanted)
    }

    /// Asks the box which records the names stand for. What it says is remembered; the first name that stands for none, or for
    /// several, is told.
    ///
    /// # Errors
    /// As for [`System::page`].
    pub async fn look_up(self, wanted: &[Wanted], reader: Reader) -> Result<Option<Doubt>, Failure> {
        for Wanted { field, resource, name, span } in wanted {
            let lookup =
                self.system.try_with_value(|system| Lookup::new(system, reference(field)?, None)).flatten();
            let Some(lookup) = lookup else {
                // Records that cannot be listed have no names to look up: what is written goes as it is.
                self.remember(resource, name, name.clone());
                continue;
            };
            let title = plural(&lookup.resource);
            let mut keys = lookup.named(name, reader.clone()).await?;
            match (keys.pop(), keys.len()) {
                (Some(key), 0) => self.remember(resource, name, key),
                (None, _) => return Ok(Some((span.clone(), say::name_unknown(title, name)))),
                (Some(last), _) => {
                    keys.push(last);
                    keys.sort_unstable();
                    let text = say::name_shared(keys.len() as u64, title, name, keys.join(", "));
                    return Ok(Some((span.clone(), text)));
                }
            }
        }
        Ok(None)
    }
}

/// All names of a text, for telling what is being looked up, and where they stand.
pub fn all(wanted: &[Wanted]) -> (Range<usize>, String) {
    let start = wanted.first().map_or(0, |first| first.span.start);
    let end = wanted.last().map_or(start, |last| last.span.end);
    let names: Vec<String> = wanted.iter().map(|wanted| words::list::quoted(&wanted.name)).collect();
    (start..end, names.join(", "))
}
