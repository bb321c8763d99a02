//! What the console has to know of a kind before its first rows: every resource by name, without what only its own page
//! needs. The rest of the catalog comes once the rows are there.

use crate::field::Field;
use crate::kind::Catalog;
use crate::operation::{Operation, OperationKind};
use crate::resource::Resource;

/// The catalog with every resource reduced to what others need of it: the navigation its titles, a reference its key, its
/// name, and how the records of some keys are read.
#[must_use]
pub fn outline(catalog: &Catalog) -> Catalog {
    let mut kind = catalog.kind.clone();
    // The order is that of the resources now.
    kind.resources.clear();
    Catalog { kind, resources: catalog.resources.iter().map(reduced).collect() }
}

fn reduced(resource: &Resource) -> Resource {
    Resource {
        id: resource.id.clone(),
        title: resource.title.clone(),
        singular: resource.singular.clone(),
        area: resource.area.clone(),
        shape: resource.shape,
        help: String::new(),
        parent: resource.parent.clone(),
        key: resource.key.clone(),
        name: resource.name.clone(),
        fact: None,
        fields: resource.fields.iter().filter(|field| identifies(resource, field)).map(terse).collect(),
        groups: Vec::new(),
        columns: Vec::new(),
        sort: String::new(),
        page: resource.page.clone(),
        chart: None,
        relations: Vec::new(),
        operations: [OperationKind::List, OperationKind::Get]
            .into_iter()
            .filter_map(|kind| resource.first(kind))
            .map(silent)
            .collect(),
    }
}

fn identifies(resource: &Resource, field: &Field) -> bool {
    resource.key.contains(&field.name) || field.name == resource.name_field()
}

fn terse(field: &Field) -> Field {
    Field { help: String::new(), example: String::new(), group: String::new(), ..field.clone() }
}

fn silent(operation: &Operation) -> Operation {
    Operation { help: String::new(), warning: String::new(), ..operation.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    fn catalog() -> Catalog {
        load::from_json(
            r#"{
              "kind": {"id": "example", "title": "Example", "version": "1", "dialect": "example",
                "areas": [{"id": "a", "title": "A"}]},
              "resources": [{
                "id": "shelves", "title": "Shelves", "singular": "shelf", "area": "a", "help": "Where things are.",
                "name": "name", "columns": ["name", "size"], "sort": "name",
                "fields": [
                  {"name": "name", "label": "Name", "help": "Its name.", "filter": true},
                  {"name": "size", "label": "Size", "type": {"bytes": 1}},
                  {"name": "id", "label": "Id", "type": "integer", "filter": true}
                ],
                "operations": [
                  {"id": "shelf.delete", "kind": "delete", "method": "DELETE", "path": "/s/{id}", "title": "Delete"},
                  {"id": "shelf.list", "kind": "list", "method": "GET", "path": "/s", "title": "List", "help": "All."}
                ]
              }]
            }"#,
        )
        .unwrap()
    }

    #[test]
    fn a_resource_keeps_what_names_and_finds_its_records() {
        let whole = catalog();
        let outline = outline(&whole);
        let shelf = outline.resource("shelves").unwrap();
        let fields: Vec<&str> = shelf.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(fields, ["name", "id"]);
        assert_eq!(shelf.fields[0].filter, whole.resources[0].fields[0].filter);
        let operations: Vec<&str> = shelf.operations.iter().map(|operation| operation.id.as_str()).collect();
        assert_eq!(operations, ["shelf.list"]);
        assert_eq!((shelf.help.as_str(), shelf.operations[0].help.as_str()), ("", ""));
    }

    #[test]
    fn the_outline_is_a_catalog_itself() {
        let outline = outline(&catalog());
        let text = load::bundle(&outline).unwrap();
        assert_eq!(load::from_json(&text), Ok(outline));
    }

    #[test]
    fn a_resource_alone_survives_its_file() {
        let whole = catalog();
        let text = load::bundle_resource(&whole.resources[0]).unwrap();
        assert_eq!(load::resource_from_json(&text), Ok(whole.resources[0].clone()));
    }
}
