//! What the console has to know of a kind before its first rows: every resource by name, and of the one that is listed all, with
//! what its rows lead to. The rest of the catalog comes once the rows are there.

use crate::field::{Field, FieldType};
use crate::kind::Catalog;
use crate::operation::{Operation, OperationKind};
use crate::resource::Resource;

/// The catalog with every resource reduced to what the navigation shows of it.
#[must_use]
pub fn outline(catalog: &Catalog) -> Catalog {
    let mut kind = catalog.kind.clone();
    // The order is that of the resources now.
    kind.resources.clear();
    let named = |resource| Resource { fields: Vec::new(), operations: Vec::new(), ..reduced(resource) };
    Catalog { kind, resources: catalog.resources.iter().map(named).collect() }
}

/// What the list of a resource needs beside the outline: the resource itself, and reduced to their names, keys and how they are
/// read, those that its records belong to or refer to.
#[must_use]
pub fn detail(catalog: &Catalog, resource: &Resource) -> Vec<Resource> {
    let mut names = Vec::new();
    references_of(&resource.fields, &mut names);
    let mut owner = resource.parent.as_deref();
    // A catalog has no circle of owners, but nothing here has checked it.
    let mut owners = Vec::new();
    while let Some(name) = owner.filter(|name| !owners.contains(name)) {
        owners.push(name);
        owner = catalog.resource(name).and_then(|owner| owner.parent.as_deref());
    }
    names.extend(owners);
    let beside = catalog
        .resources
        .iter()
        .filter(|other| other.id != resource.id && names.contains(&other.id.as_str()))
        .map(reduced);
    std::iter::once(resource.clone()).chain(beside).collect()
}

fn references_of<'a>(fields: &'a [Field], names: &mut Vec<&'a str>) {
    for field in fields {
        references(&field.field_type, names);
        field.types.iter().for_each(|one| references(&one.field_type, names));
    }
}

/// The resources that values of a type refer to.
fn references<'a>(field_type: &'a FieldType, names: &mut Vec<&'a str>) {
    match field_type {
        FieldType::Reference(reference) => names.push(&reference.resource),
        FieldType::Object(fields) => references_of(fields, names),
        FieldType::List(item) | FieldType::Map(item) => references(item, names),
        _ => {}
    }
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
        entry: resource.entry,
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
    use crate::field::Reference;
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
                  {"name": "rooms", "label": "Rooms", "type": {"list": {"reference": {"resource": "rooms"}}}},
                  {"name": "size", "label": "Size", "type": {"bytes": 1}},
                  {"name": "id", "label": "Id", "type": "integer", "filter": true}
                ],
                "operations": [
                  {"id": "shelf.delete", "kind": "delete", "method": "DELETE", "path": "/s/{id}", "title": "Delete"},
                  {"id": "shelf.list", "kind": "list", "method": "GET", "path": "/s", "title": "List", "help": "All."}
                ]
              }, {
                "id": "rooms", "title": "Rooms", "singular": "room", "area": "a", "parent": "houses",
                "fields": [
                  {"name": "id", "label": "Id", "type": "integer", "help": "Its number.", "filter": true},
                  {"name": "size", "label": "Size", "type": {"bytes": 1}}
                ],
                "operations": [
                  {"id": "room.delete", "kind": "delete", "method": "DELETE", "path": "/r/{id}", "title": "Delete"},
                  {"id": "room.get", "kind": "get", "method": "GET", "path": "/r/{id}", "title": "Get", "help": "One."}
                ]
              }, {
                "id": "houses", "title": "Houses", "singular": "house", "area": "a", "parent": "towns",
                "fields": [], "operations": []
              }, {
                "id": "towns", "title": "Towns", "singular": "town", "area": "a", "fields": [], "operations": []
              }]
            }"#,
        )
        .unwrap()
    }

    fn ids(resources: &[Resource]) -> Vec<&str> {
        resources.iter().map(|resource| resource.id.as_str()).collect()
    }

    #[test]
    fn a_resource_that_rows_lead_to_keeps_what_names_and_finds_its_records() {
        let whole = catalog();
        let detail = detail(&whole, &whole.resources[0]);
        assert_eq!(ids(&detail), ["shelves", "rooms"]);
        assert_eq!(detail[0], whole.resources[0]);
        let room = &detail[1];
        let fields: Vec<&str> = room.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(fields, ["id"]);
        assert_eq!(room.fields[0].filter, whole.resources[1].fields[0].filter);
        let operations: Vec<&str> = room.operations.iter().map(|operation| operation.id.as_str()).collect();
        assert_eq!(operations, ["room.get"]);
        assert_eq!((room.fields[0].help.as_str(), room.operations[0].help.as_str()), ("", ""));
    }

    #[test]
    fn a_list_comes_with_all_that_its_records_belong_to() {
        let whole = catalog();
        assert_eq!(ids(&detail(&whole, &whole.resources[1])), ["rooms", "houses", "towns"]);
        let mut referring = whole.resources[1].clone();
        referring.fields[0].field_type =
            FieldType::Reference(Reference { resource: "houses".to_owned(), ..Reference::default() });
        assert_eq!(ids(&detail(&whole, &referring)), ["rooms", "houses", "towns"]);
    }

    #[test]
    fn the_outline_names_every_resource() {
        let outline = outline(&catalog());
        assert_eq!(ids(&outline.resources), ["shelves", "rooms", "houses", "towns"]);
        let room = &outline.resources[1];
        assert_eq!((room.title.as_str(), room.parent.as_deref()), ("Rooms", Some("houses")));
        assert!(room.fields.is_empty() && room.operations.is_empty());
    }

    #[test]
    fn the_outline_is_a_catalog_itself() {
        let outline = outline(&catalog());
        let text = load::bundle(&outline).unwrap();
        assert_eq!(load::from_json(&text), Ok(outline));
    }

    #[test]
    fn resources_survive_their_file() {
        let resources = catalog().resources;
        let text = load::bundle_resources(&resources).unwrap();
        assert_eq!(load::resources_from_json(&text), Ok(resources));
    }
}
