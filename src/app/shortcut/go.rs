//! Where `g` and a letter lead.

use boxdeck_catalog::Catalog;

/// A place that has a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// The list of systems.
    Systems,
    /// The overview of the system.
    Overview,
    /// The panel of what this session has sent.
    Activity,
    /// A resource, by its identifier.
    Resource(String),
}

/// Letters that lead to the same place in every system.
const FIXED: [(char, Destination); 3] =
    [('s', Destination::Systems), ('o', Destination::Overview), ('a', Destination::Activity)];

/// The letters of a system and where they lead: those that every system has, and for the first resources of the navigation the
/// first letter of their name, or of a further word of it, that is still free.
pub fn destinations(catalog: Option<&Catalog>) -> Vec<(char, Destination)> {
    let Some(catalog) = catalog else {
        return FIXED.into_iter().filter(|(_, place)| *place != Destination::Overview).collect();
    };
    let mut found = FIXED.to_vec();
    for resource in catalog.areas().flat_map(|(_, resources)| resources) {
        let is_free = |letter: &char| {
            letter.is_ascii_lowercase() && *letter != 'g' && !found.iter().any(|(taken, _)| taken == letter)
        };
        let firsts = resource.title.split_whitespace().filter_map(|word| word.chars().next());
        if let Some(letter) = firsts.map(|letter| letter.to_ascii_lowercase()).find(is_free) {
            found.push((letter, Destination::Resource(resource.id.clone())));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn letters_go_to_the_first_that_want_them() {
        let resource = |id: &str, title: &str, area: &str| json!({"id": id, "title": title, "singular": "x", "area": area, "fields": [], "operations": []});
        let catalog: Catalog = serde_json::from_value(json!({
            "kind": {"id": "k", "title": "K", "version": "1", "dialect": "k",
                "areas": [{"id": "b", "title": "B"}, {"id": "a", "title": "A"}]},
            "resources": [
                resource("pools", "Pools", "a"), resource("volumes", "Volumes", "b"),
                resource("policies", "Snapshot policies", "b"), resource("views", "Views", "a"),
            ],
        }))
        .expect("a catalog");
        let all = destinations(Some(&catalog));
        let of = |letter| all.iter().find(|(known, _)| *known == letter).map(|(_, place)| place.clone());
        assert_eq!(of('v'), Some(Destination::Resource("volumes".to_owned())));
        assert_eq!(of('p'), Some(Destination::Resource("policies".to_owned())));
        assert_eq!(of('s'), Some(Destination::Systems));
        assert_eq!(all.len(), 5, "pools and views find no letter: {all:?}");
        assert!(destinations(None).iter().all(|(_, place)| *place != Destination::Overview));
    }
}
