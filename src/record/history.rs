//! The way from a record's fields to how they were over time: a list of the record's own that draws one of them by name.

use std::sync::Arc;

use boxdeck_catalog::{Catalog, FieldType, OperationKind, Resource};
use boxdeck_dialect::{Query, Term};
use leptos::prelude::*;
use words::chart as say;

use super::Parts;
use crate::collection::chart::period::{Stretch, begun};
use crate::collection::chart::with_value;
use crate::place::Place;

/// What leads from a record to the history of its fields.
#[derive(Clone)]
pub struct Histories {
    catalog: Arc<Catalog>,
    system: String,
    page: Parts,
    now: i64,
}

impl Histories {
    /// For the record of a page. `now`: in milliseconds since the epoch.
    pub fn new(catalog: Arc<Catalog>, system: &str, page: &Parts, now: i64) -> Self {
        Self { catalog, system: system.to_owned(), page: page.clone(), now }
    }

    /// The link to the history of a field, where there is one.
    pub fn link(&self, field: &str, label: &str) -> Option<AnyView> {
        let (resource, terms) = history(&self.catalog, &self.page.resource, field, self.now)?;
        let query = Query { filter: terms, ..Query::default() };
        let owner = (self.page.resource.id.clone(), self.page.key.clone());
        let place = Place { parent: Some(owner), ..Place::system(&self.system).resource(&resource) };
        let href = place.with_query(query.to_query_string()).href();
        Some(view! { <a class="field-history" href=href aria-label=say::history_of(label)>{say::history()}</a> }.into_any())
    }
}

/// The resource that holds the history of a field, and which of its records.
fn history(catalog: &Catalog, owner: &Resource, field: &str, now: i64) -> Option<(String, Vec<Term>)> {
    let mut owned = catalog.resources.iter().filter(|owned| owned.parent.as_deref() == Some(&owner.id));
    owned.find_map(|owned| {
        let (chart, list) = (owned.chart.as_ref()?, owned.first(OperationKind::List)?);
        let choice =
            chart.choices.iter().find(|name| match list.input(name).map(|one| &one.field.field_type) {
                Some(FieldType::Enum(choices)) => choices.iter().any(|choice| choice.value == field),
                _ => false,
            })?;
        let hours = chart.period.as_ref().and_then(|period| period.hours.first().copied());
        let stretch = hours.map(|hours| Stretch::until(now, hours));
        let terms = with_value(&[], choice, field.to_owned());
        Some((owned.id.clone(), begun(list, chart, &terms, stretch)))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_field_that_a_chart_offers_has_a_history() {
        let catalog: Catalog = serde_json::from_value(json!({
            "kind": { "id": "k", "title": "K", "version": "1", "dialect": "d", "areas": [] },
            "resources": [
                { "id": "nodes", "title": "Nodes", "singular": "node", "area": "a", "fields": [], "operations": [] },
                {
                    "id": "past", "title": "Past", "singular": "value", "area": "a", "parent": "nodes", "fields": [],
                    "chart": {
                        "time": "at", "values": [{ "field": "value" }], "choices": ["what"],
                        "period": { "from": "from", "until": "until", "hours": [24, 1] }
                    },
                    "operations": [{
                        "id": "past.list", "kind": "list", "method": "GET", "path": "/past", "title": "Show",
                        "parameters": [{
                            "in": "query",
                            "field": {
                                "name": "what", "label": "What", "create": "required",
                                "type": { "enum": [{ "value": "load", "label": "Load" }] }
                            }
                        }]
                    }]
                }
            ]
        }))
        .expect("a catalog");
        let owner = catalog.resource("nodes").expect("nodes");
        let (resource, terms) = history(&catalog, owner, "load", 0).expect("a history");
        let told: Vec<_> = terms.iter().map(|term| (term.field.as_str(), term.values.concat())).collect();
        assert_eq!(resource, "past");
        assert_eq!(
            told,
            [
                ("what", "load".to_owned()),
                ("from", "196912310100".to_owned()),
                ("until", "197001010100".to_owned())
            ]
        );
        assert_eq!(history(&catalog, owner, "size", 0), None);
    }
}
