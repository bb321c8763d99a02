//! Which keys a list is sorted by, and what a click on a column's header makes of them.

use boxdeck_catalog::Resource;
use boxdeck_dialect::query::url::parse_sort;
use boxdeck_dialect::{Query, SortKey};

/// The keys that a list is sorted by: those of the query, else the resource's own, as many as the box honours.
pub fn effective(resource: &Resource, query: &Query, limit: usize) -> Vec<SortKey> {
    let keys = if query.sort.is_empty() { parse_sort(&resource.sort) } else { query.sort.clone() };
    keys.into_iter().filter(|key| resource.field(&key.field).is_some_and(|field| field.sort)).take(limit).collect()
}

/// What a click on a header makes of the keys: least first, then greatest first, then not at all. With `add` the other
/// keys stay and a new one is the weakest; where the box honours no more, it takes the place of the weakest.
pub fn toggled(keys: &[SortKey], field: &str, add: bool, limit: usize) -> Vec<SortKey> {
    let place = keys.iter().position(|key| key.field == field);
    let next = match place.and_then(|place| keys.get(place)) {
        None => Some(false),
        Some(key) if key.descending => None,
        Some(_) => Some(true),
    };
    let next = next.map(|descending| SortKey { field: field.to_owned(), descending });
    if !add {
        // A click on one of several keys makes it the only one, before it turns the direction.
        return match (keys.len(), place) {
            (2.., Some(place)) => keys.get(place).cloned().into_iter().collect(),
            _ => next.into_iter().collect(),
        };
    }
    let mut keys = keys.to_vec();
    match (place, next) {
        (Some(place), Some(key)) => {
            if let Some(old) = keys.get_mut(place) {
                *old = key;
            }
        }
        (Some(place), None) => {
            keys.remove(place);
        }
        (None, Some(key)) => {
            keys.truncate(limit.saturating_sub(1));
            keys.push(key);
        }
        (None, None) => {}
    }
    keys
}

/// The keys as a query holds them: nothing where they are the resource's own, so that addresses stay short.
pub fn stored(resource: &Resource, keys: Vec<SortKey>) -> Vec<SortKey> {
    if keys == parse_sort(&resource.sort) { Vec::new() } else { keys }
}

/// The strength of a field among the keys, counted from 1, and whether it is greatest first.
pub fn rank(keys: &[SortKey], field: &str) -> Option<(usize, bool)> {
    keys.iter().position(|key| key.field == field).and_then(|place| Some((place + 1, keys.get(place)?.descending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(keys: &[SortKey]) -> String {
        let texts: Vec<String> =
            keys.iter().map(|key| format!("{}{}", if key.descending { "-" } else { "" }, key.field)).collect();
        texts.join(",")
    }

    fn after(sort: &str, field: &str, add: bool, limit: usize) -> String {
        written(&toggled(&parse_sort(sort), field, add, limit))
    }

    #[test]
    fn a_click_sorts_by_that_column_alone() {
        assert_eq!(after("", "name", false, 8), "name");
        assert_eq!(after("name", "name", false, 8), "-name");
        assert_eq!(after("-name", "name", false, 8), "");
        assert_eq!(after("name", "size", false, 8), "size");
        assert_eq!(after("name,-size", "size", false, 8), "-size");
    }

    #[test]
    fn a_click_with_shift_adds_a_key() {
        assert_eq!(after("name", "size", true, 8), "name,size");
        assert_eq!(after("name,size", "size", true, 8), "name,-size");
        assert_eq!(after("name,-size", "size", true, 8), "name");
        assert_eq!(after("name", "size", true, 1), "size");
        assert_eq!(after("a,b", "c", true, 2), "a,c");
    }

    #[test]
    fn ranks_are_counted_from_one() {
        let keys = parse_sort("name,-size");
        assert_eq!(rank(&keys, "size"), Some((2, true)));
        assert_eq!(rank(&keys, "pool"), None);
    }
}
