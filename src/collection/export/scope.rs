//! Which records an export holds, and the queries that read them.

use boxdeck_catalog::Operator;
use boxdeck_dialect::{Position, Query, SortKey, Term};

use super::super::source::Source;

/// Keys that are asked for in one query: an address has only so much room.
const KEYS_AT_ONCE: usize = 100;

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The rows of this page.
    Page,
    /// The selected rows, of whatever page.
    Selection,
    /// All that match.
    All,
}

impl Scope {
    /// A name for menus.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Selection => "selection",
            Self::All => "all",
        }
    }

    /// The scope of that name; the page where there is none.
    pub fn from_name(name: &str) -> Self {
        [Self::Selection, Self::All].into_iter().find(|scope| scope.name() == name).unwrap_or(Self::Page)
    }
}

/// The query that reads everything that matches, from the beginning, in the largest pages and in an order that stays.
/// The second value says whether the order is sure to stay.
pub fn all_query(source: &Source, query: &Query, fields: &[String]) -> (Query, bool) {
    let abilities = source.abilities();
    let mut sort = query.sort.clone();
    let mut is_stable = true;
    for key in &source.resource.key {
        if sort.iter().any(|known| known.field == *key) {
            continue;
        }
        let sortable = source.resource.field(key).is_some_and(|field| field.sort);
        if sortable && sort.len() < abilities.sort_keys {
            sort.push(SortKey { field: key.clone(), descending: false });
        } else {
            is_stable = false;
        }
    }
    let mut columns = fields.to_vec();
    columns.extend(source.browser_terms(&query.filter).into_iter().map(|term| term.field));
    columns.sort_unstable();
    columns.dedup();
    // Pages by marks go on after the last row, whatever its order: nothing shifts.
    let is_stable = is_stable || !abilities.numbered;
    let page_size = Some(abilities.page_size.2);
    (Query { filter: query.filter.clone(), sort, position: Position::First, page_size, columns }, is_stable)
}

/// The queries that read the records with these keys; `None` where the box cannot be asked for them.
pub fn selection_queries(source: &Source, keys: &[String], fields: &[String]) -> Option<Vec<Query>> {
    let [key] = source.resource.key.as_slice() else { return None };
    let of = |keys: &[String]| {
        let values = keys.iter().flat_map(|key| boxdeck_dialect::answer::split_key(key)).collect();
        let term = Term { field: key.clone(), operator: Operator::In, values };
        let query = Query { filter: vec![term], ..Query::default() };
        all_query(source, &query, fields).0
    };
    let queries: Vec<Query> = keys.chunks(KEYS_AT_ONCE).map(of).collect();
    let can = queries.iter().all(|query| source.browser_terms(&query.filter).is_empty());
    can.then_some(queries)
}
