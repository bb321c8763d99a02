//! Holds the query of an address against what the list can really do.
//!
//! People edit links, and links outlive releases. A part that neither box nor browser can apply is left out and named, never
//! shown as if it had been applied.

use boxdeck_catalog::Catalog;
use boxdeck_dialect::query::sides;
use boxdeck_dialect::{Dialect, ListTarget, Position};

use crate::collection::address::ListAddress;

/// The address with everything left out that the list cannot do, and what was left out, in words.
pub fn vetted(
    catalog: &Catalog,
    dialect: &dyn Dialect,
    target: ListTarget<'_>,
    address: &ListAddress,
) -> (ListAddress, Vec<String>) {
    let abilities = dialect.list_abilities(target);
    let mut kept = address.clone();
    let mut dropped = Vec::new();
    let label =
        |name: &str| target.resource.field(name).map_or_else(|| name.to_owned(), |field| field.label.clone());
    let mut sides = sides(catalog, dialect, target, &address.query.filter).into_iter();
    kept.query.filter.retain(|term| {
        let applies = sides.next().flatten().is_some();
        if !applies {
            dropped.push(words::list::left_filter(label(&term.field)));
        }
        applies
    });
    let mut keys = 0;
    kept.query.sort.retain(|key| {
        let sorts =
            keys < abilities.sort_keys && target.resource.field(&key.field).is_some_and(|field| field.sort);
        if sorts {
            keys += 1;
        } else {
            dropped.push(words::list::left_sort(label(&key.field)));
        }
        sorts
    });
    kept.query.columns.retain(|name| {
        let known = target.resource.field(name).is_some_and(|field| !field.secret);
        if !known {
            dropped.push(words::list::left_column(label(name)));
        }
        known
    });
    let (least, _, greatest) = abilities.page_size;
    if let Some(size) = kept.query.page_size
        && !(least..=greatest).contains(&size)
    {
        kept.query.page_size = Some(size.clamp(least, greatest));
        dropped.push(words::list::left_size(size));
    }
    let misplaced = match kept.query.position {
        Position::First => false,
        Position::Number(_) => !abilities.numbered,
        Position::After(_) => abilities.numbered,
    };
    if misplaced {
        kept = kept.first_page();
        dropped.push(words::list::left_place().to_owned());
    }
    (kept, dropped)
}

/// The notice about what was left out: parts of the address that could not be read, and what the list cannot do.
pub fn notice(unread: &[String], dropped: &[String]) -> Option<String> {
    let quoted = unread.iter().map(words::list::quoted);
    let parts: Vec<String> = quoted.chain(dropped.iter().cloned()).collect();
    let (last, others) = parts.split_last()?;
    let listed = if others.is_empty() { last.clone() } else { words::common::both(others.join(", "), last) };
    Some(words::list::left_out(listed))
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::InfiniBox;

    use super::*;

    fn catalog() -> Catalog {
        serde_json::from_value(serde_json::json!({
            "kind": { "id": "box", "title": "Box", "version": "1", "dialect": "infinibox", "areas": [], "operators": ["eq", "like", "in"] },
            "resources": [{
                "id": "volumes", "title": "Volumes", "singular": "volume", "area": "storage",
                "fields": [
                    { "name": "name", "label": "Name", "filter": true, "sort": true },
                    { "name": "used", "label": "Used", "type": { "bytes": 1 } },
                    { "name": "secret", "label": "Secret", "secret": true }
                ],
                "operations": [{ "id": "volumes.list", "kind": "list", "method": "GET", "path": "/volumes", "title": "List", "result": "page" }]
            }]
        }))
        .expect("a catalog")
    }

    fn vet(text: &str) -> (String, Vec<String>) {
        let catalog = catalog();
        let resource = catalog.resource("volumes").expect("the resource");
        let operation = resource.operations.first().expect("the operation");
        let target = ListTarget { resource, operation, parent: None };
        let (address, _) = ListAddress::parse(text);
        let (kept, dropped) = vetted(&catalog, &InfiniBox, target, &address);
        (kept.to_text(), dropped)
    }

    #[test]
    fn what_the_list_can_do_stays() {
        let text = "filter=name:like:db&sort=-name&page=3&size=100&columns=name,used";
        assert_eq!(vet(text), (text.to_owned(), Vec::new()));
    }

    #[test]
    fn what_only_the_browser_can_do_stays() {
        let text = "filter=used:eq:1&filter=name:geq:a&filter=name:in:a\\,b,c";
        assert_eq!(vet(text).1, Vec::<String>::new());
    }

    #[test]
    fn what_the_list_cannot_do_is_left_out_and_named() {
        let (kept, dropped) = vet(
            "filter=used:like:1&filter=secret:eq:a&filter=gone:eq:b&sort=used,name&after=x&size=5000&columns=colour",
        );
        assert_eq!(kept, "sort=name&size=1000");
        assert_eq!(
            dropped,
            [
                "the filter on Used",
                "the filter on Secret",
                "the filter on gone",
                "the sort by Used",
                "the column colour",
                "the page size 5000",
                "the place of the page"
            ]
        );
    }

    #[test]
    fn the_notice_names_everything() {
        assert_eq!(notice(&[], &[]), None);
        assert_eq!(
            notice(&["size=0".to_owned()], &["the sort by Used".to_owned()]).as_deref(),
            Some("Left out of the address, because this list cannot use it: “size=0” and the sort by Used.")
        );
    }
}
