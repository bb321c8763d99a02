//! Where a list comes from: the resource, the operation that lists it, and the record that owns it.

mod vet;

use std::sync::Arc;

use boxdeck_catalog::{Field, Operation, OperationKind, Operator, Resource};
use boxdeck_dialect::query::{filterables, sides, sort};
use boxdeck_dialect::{Failure, FailureKind, ListAbilities, ListTarget, Page, Query, Term};

use super::address::ListAddress;
use super::chart::measure;
use super::columns;
use super::columns::kept::Kept;
use super::filter::{self, Filterable, Side};
use crate::chart::Amounts;
use crate::load::Reader;
use crate::parts::{self, ListLogic};
use crate::place::Place;
use crate::site;
use crate::system::System;
use crate::when::millis;

/// A list that can be read.
#[derive(Clone, PartialEq)]
pub struct Source {
    /// The system.
    pub system: System,
    /// What is listed.
    pub resource: Arc<Resource>,
    /// The operation that lists it.
    pub operation: Arc<Operation>,
    /// Resource and key of the owning record, for a sub-collection.
    pub parent: Option<(String, String)>,
    /// How a person wants such lists to look.
    pub kept: Kept,
}

/// A page of records, and the query that asked for it.
#[derive(Debug)]
pub struct Listed {
    /// What was asked for.
    pub query: Query,
    /// What came, without the rows that the browser left out.
    pub page: Page,
    /// How many rows of the page the browser left out: they do not match a term that the box cannot apply.
    pub left_out: usize,
}

/// What was read equals only itself: signals pass it on with every change around it, and to compare a thousand records
/// each time would cost more than to draw those that show.
impl PartialEq for Listed {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Listed {}

impl Source {
    /// The list of a resource. `None` where the catalog does not know the resource, or no operation that lists it.
    pub fn new(system: &System, resource: &str, parent: Option<(String, String)>) -> Option<Self> {
        let catalog = system.catalog();
        let resource = catalog.resource(resource)?;
        let operation = resource.first(OperationKind::List)?;
        Some(Self {
            system: system.clone(),
            kept: Kept::read(&system.entry.kind, &resource.id),
            operation: Arc::new(operation.clone()),
            resource: Arc::new(resource.clone()),
            parent,
        })
    }

    /// The list of the records of this resource that belong to the record with the key `parent`.
    pub fn embedded(system: &System, resource: &str, parent: Option<String>) -> Option<Self> {
        let owner = system.catalog().resource(resource)?.parent.clone();
        Self::new(system, resource, owner.zip(parent))
    }

    /// The key of the record that the list belongs to.
    pub fn owner_key(&self) -> Option<&str> {
        self.parent.as_ref().map(|(_, key)| key.as_str())
    }

    /// The list as dialects know it.
    pub fn target(&self) -> ListTarget<'_> {
        ListTarget { resource: &self.resource, operation: &self.operation, parent: self.owner_key() }
    }

    /// What the box can do with the list.
    pub fn abilities(&self) -> ListAbilities {
        self.system.dialect.list_abilities(self.target())
    }

    /// What the list can be filtered by.
    pub fn filterables(&self) -> Vec<Filterable> {
        filterables(&self.system.catalog(), self.system.dialect, self.target())
    }

    /// Who applies each of the terms.
    pub fn sides(&self, terms: &[Term]) -> Vec<Option<Side>> {
        sides(&self.system.catalog(), self.system.dialect, self.target(), terms)
    }

    /// The terms that the browser applies.
    pub fn browser_terms(&self, terms: &[Term]) -> Vec<Term> {
        let sides = self.sides(terms);
        let own = terms.iter().zip(sides).filter(|(_, side)| *side == Some(Side::Browser));
        own.map(|(term, _)| term.clone()).collect()
    }

    /// The field that the search box looks in: what names a record, if the box can look for a part of it.
    pub fn search_field<'a>(&self, filterables: &'a [Filterable]) -> Option<&'a Field> {
        filter::find(filterables, self.resource.name_field())
            .filter(|filterable| filterable.by_box.contains(&Operator::Like))
            .map(|filterable| &filterable.field)
    }

    /// Reads the address of the list: what it can use, and a notice about what it cannot.
    pub fn read_address(&self, text: &str) -> (ListAddress, Option<String>) {
        let (address, unread) = ListAddress::parse(text);
        let (address, dropped) =
            vet::vetted(&self.system.catalog(), self.system.dialect, self.target(), &address);
        (address, vet::notice(&unread, &dropped))
    }

    /// Names of the columns in their order: those of the address, else those that a person keeps, else the list's own.
    /// Tracks what is kept.
    pub fn columns(&self, address: &ListAddress) -> Vec<String> {
        let kept = self.kept.look().columns;
        let own;
        let wanted = match (address.query.columns.is_empty(), kept.is_empty()) {
            (false, _) => &address.query.columns,
            (true, false) => &kept,
            (true, true) => {
                own = self.default_columns(&address.query.filter);
                &own
            }
        };
        columns::chosen(&self.resource, wanted).into_iter().map(|field| field.name.clone()).collect()
    }

    /// The columns that the list has with these terms before a person chooses: the resource's own without measures that say
    /// nothing with them.
    pub fn default_columns(&self, terms: &[Term]) -> Vec<String> {
        let mut names = columns::default_columns(&self.resource);
        names.retain(|name| !measure::is_idle(&self.resource, &self.operation, terms, name));
        names
    }

    /// A column as it is meant with these terms.
    pub fn meant(&self, terms: &[Term], name: &str) -> Option<(Field, Option<Amounts>)> {
        let field = self.resource.field(name)?.clone();
        Some(measure::meant(&self.resource, &self.operation, terms, field))
    }

    /// Shows these columns from now on. Where the address names none they are kept for all lists of this resource; the address
    /// is given as it has to be then.
    pub fn keep_columns(&self, address: &ListAddress, names: Vec<String>) -> ListAddress {
        let names = columns::stored(&self.default_columns(&address.query.filter), names);
        if names.is_empty() || address.query.columns.is_empty() {
            self.kept.change(|look| look.columns.clone_from(&names));
        }
        if address.query.columns.is_empty() { address.clone() } else { address.with_columns(names) }
    }

    /// The query that is sent for an address: with the sort, the page size and the columns that are meant where it names
    /// none, and the fields that the browser filters by. The order of the columns is a matter of the page, not of the box.
    pub fn sent_query(&self, address: &ListAddress) -> Query {
        let abilities = self.abilities();
        let mut names = self.columns(address);
        names.extend(self.browser_terms(&address.query.filter).into_iter().map(|term| term.field));
        names.sort_unstable();
        names.dedup();
        Query {
            sort: sort::effective(&self.resource, &address.query, abilities.sort_keys),
            page_size: Some(address.query.page_size.unwrap_or(abilities.page_size.1)),
            columns: names,
            ..address.query.clone()
        }
    }

    /// Reads a page. Moving points in time are fixed now, and what the box cannot apply is applied to the rows that come.
    pub async fn read(self, query: Query, reader: Reader) -> Result<Listed, Failure> {
        let parent = self.owner_key();
        let now = now();
        // A list without a filter does not wait for it.
        let logic = match query.filter.is_empty() {
            true => None,
            false => Some(parts::list_logic().await.map_err(|_told| site::no_part())?),
        };
        let fixed = |term: &Term| match (&logic, self.resource.field(&term.field)) {
            (Some(logic), Some(field)) => (logic.resolved)(field, term, now),
            _ => term.clone(),
        };
        let sent = Query { filter: query.filter.iter().map(fixed).collect(), ..query.clone() };
        if let Some(failure) = self.unasked(&sent.filter) {
            return Err(failure);
        }
        let mut page = self.system.page(&self.resource, &self.operation, parent, &sent, reader).await?;
        let own = self.browser_terms(&sent.filter);
        let came = page.records.len();
        if let Some(ListLogic { matches, .. }) = logic.filter(|_| !own.is_empty()) {
            page.records.retain(|record| own.iter().all(|term| matches(&self.resource, term, record, now)));
        }
        let left_out = came - page.records.len();
        Ok(Listed { query, page, left_out })
    }

    /// Why the list is not asked for with these terms: it needs others.
    pub fn unasked(&self, terms: &[Term]) -> Option<Failure> {
        let is_given = |name: &str| terms.iter().any(|term| term.field == name && !term.values.is_empty());
        let lacking = self.operation.lacking(is_given);
        let message = (!lacking.is_empty()).then(|| words::list::needs_filter(lacking.join(", ")))?;
        Some(Failure::new(FailureKind::NotSent, message))
    }

    /// The place of the list, without a query.
    pub fn place(&self) -> Place {
        Place {
            parent: self.parent.clone(),
            ..Place::system(&self.system.entry.name).resource(&self.resource.id)
        }
    }
}

/// The present, in milliseconds since the epoch.
fn now() -> i64 {
    millis(js_sys::Date::now())
}
