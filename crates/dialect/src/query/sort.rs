//! Which keys a list is sorted by.

use super::url::parse_sort;
use super::{Query, SortKey};
use boxdeck_catalog::Resource;

/// The keys that a list is sorted by: those of the query, else the resource's own, as many as the box honours.
#[must_use]
pub fn effective(resource: &Resource, query: &Query, limit: usize) -> Vec<SortKey> {
    let keys = if query.sort.is_empty() { parse_sort(&resource.sort) } else { query.sort.clone() };
    keys.into_iter()
        .filter(|key| resource.field(&key.field).is_some_and(|field| field.sort))
        .take(limit)
        .collect()
}

/// The keys as a query holds them: nothing where they are the resource's own, so that addresses stay short.
#[must_use]
pub fn stored(resource: &Resource, keys: Vec<SortKey>) -> Vec<SortKey> {
    if keys == parse_sort(&resource.sort) { Vec::new() } else { keys }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(sort: &str) -> Resource {
        serde_json::from_value(serde_json::json!({
            "id": "volumes", "title": "Volumes", "singular": "volume", "area": "storage", "sort": sort, "operations": [],
            "fields": [
                { "name": "name", "label": "Name", "sort": true },
                { "name": "size", "label": "Size", "sort": true },
                { "name": "used", "label": "Used" }
            ]
        }))
        .expect("a resource")
    }

    fn effective_of(own: &str, asked: &str, limit: usize) -> String {
        let query = Query { sort: parse_sort(asked), ..Query::default() };
        let query = Query { sort: effective(&resource(own), &query, limit), ..Query::default() };
        query.to_query_string()
    }

    #[test]
    fn the_own_sort_holds_until_another_is_asked_for() {
        assert_eq!(effective_of("-name", "", 8), "sort=-name");
        assert_eq!(effective_of("-name", "size,name", 8), "sort=size,name");
        assert_eq!(effective_of("-name", "size,name", 1), "sort=size");
        assert_eq!(effective_of("used", "", 8), "");
        assert_eq!(effective_of("name", "", 0), "");
    }

    #[test]
    fn the_own_sort_is_not_written_down() {
        assert!(stored(&resource("-name"), parse_sort("-name")).is_empty());
        assert_eq!(stored(&resource("-name"), parse_sort("name")).len(), 1);
    }
}
