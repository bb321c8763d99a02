//! What a record's page shows, in order: fields by group, what the catalog does not know, and the related lists.

use boxdeck_catalog::{Catalog, Field, FieldType, Relation, Resource, template};
use boxdeck_dialect::{Record, Term};

/// Fields under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Heading; empty for the fields that come first.
    pub title: String,
    /// Folded at first.
    pub folded: bool,
    /// The fields, in the catalog's order.
    pub fields: Vec<Field>,
}

/// A list that belongs to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Identifier, for the address.
    pub id: String,
    /// Title.
    pub title: String,
    /// The resource that is listed.
    pub resource: String,
    /// Whether it is a sub-collection of this record.
    pub owned: bool,
    /// Which of its records.
    pub terms: Vec<Term>,
    /// Columns; empty for those of the resource.
    pub columns: Vec<String>,
}

/// The sections of a record. Fields that this record does not have (other kinds of record in one collection) are left out.
pub fn sections(resource: &Resource, record: &Record) -> Vec<Section> {
    let present = |field: &&Field| record.get(&field.name).is_some();
    let of_group = |group: &str| -> Vec<Field> {
        resource.fields.iter().filter(|field| field.group == group).filter(present).cloned().collect()
    };
    let mut sections = vec![Section { title: String::new(), folded: false, fields: of_group("") }];
    sections.extend(resource.groups.iter().map(|group| Section {
        title: group.title.clone(),
        folded: group.folded,
        fields: of_group(&group.id),
    }));
    sections.push(Section {
        title: words::record::other_fields().to_owned(),
        folded: true,
        fields: unknown_fields(resource, record),
    });
    sections.retain(|section| !section.fields.is_empty());
    sections
}

/// Fields that the box sends and the catalog does not know, under their wire names.
fn unknown_fields(resource: &Resource, record: &Record) -> Vec<Field> {
    record
        .0
        .keys()
        .filter(|name| resource.field(name).is_none())
        .map(|name| Field {
            name: name.clone(),
            label: name.clone(),
            field_type: FieldType::Json,
            ..Field::default()
        })
        .collect()
}

/// The lists that belong to a record: its relations, then sub-collections that no relation names.
pub fn related(catalog: &Catalog, resource: &Resource, record: &Record) -> Vec<Related> {
    let named = resource
        .relations
        .iter()
        .filter(|relation| {
            relation.when.iter().all(|condition| condition.holds(record.get(&condition.field)))
        })
        .filter_map(|relation| from_relation(catalog, resource, relation, record));
    let mut related: Vec<Related> = named.collect();
    for owned in catalog.resources.iter().filter(|owned| owned.parent.as_deref() == Some(&resource.id)) {
        if !resource.relations.iter().any(|relation| relation.resource == owned.id) {
            related.push(Related {
                id: owned.id.clone(),
                title: owned.title.clone(),
                resource: owned.id.clone(),
                owned: true,
                terms: Vec::new(),
                columns: Vec::new(),
            });
        }
    }
    related
}

fn from_relation(
    catalog: &Catalog,
    resource: &Resource,
    relation: &Relation,
    record: &Record,
) -> Option<Related> {
    let listed = catalog.resource(&relation.resource)?;
    let mut terms = Vec::new();
    for (field, own) in &relation.where_ {
        terms.push(Term::equals(field.clone(), record.text(own)?));
    }
    for (field, template) in &relation.with {
        let value = template::fill(template, |name| record.text(name))?;
        terms.push(Term::equals(field.clone(), value));
    }
    Some(Related {
        id: relation.id.clone(),
        title: relation.title.clone(),
        resource: relation.resource.clone(),
        owned: listed.parent.as_deref() == Some(&resource.id),
        terms,
        columns: relation.columns.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn catalog() -> Catalog {
        serde_json::from_value(json!({
            "kind": {"id": "k", "title": "K", "version": "1", "dialect": "d", "areas": [{"id": "a", "title": "A"}]},
            "resources": [
                {"id": "pools", "title": "Pools", "singular": "pool", "area": "a", "operations": [],
                 "groups": [{"id": "more", "title": "More", "folded": true}],
                 "fields": [{"name": "id", "label": "ID"}, {"name": "size", "label": "Size", "group": "more"},
                            {"name": "absent", "label": "Absent"}],
                 "relations": [{"id": "volumes", "title": "Volumes", "resource": "volumes", "where": {"pool_id": "id"}}]},
                {"id": "volumes", "title": "Volumes", "singular": "volume", "area": "a", "operations": [], "fields": []},
                {"id": "keys", "title": "Keys", "singular": "key", "area": "a", "parent": "pools", "operations": [], "fields": []}
            ]
        }))
        .expect("a small catalog")
    }

    #[test]
    fn fields_come_by_group_and_unknown_ones_last() {
        let catalog = catalog();
        let record = Record(json!({"id": 1, "size": 5, "odd": true}).as_object().expect("an object").clone());
        let sections = sections(&catalog.resources[0], &record);
        let titles: Vec<_> =
            sections.iter().map(|section| (section.title.as_str(), section.fields.len())).collect();
        assert_eq!(titles, [("", 1), ("More", 1), ("Other fields", 1)]);
    }

    #[test]
    fn relations_carry_exact_keys_and_sub_collections_follow() {
        let catalog = catalog();
        let record = Record(json!({"id": 9_007_199_254_740_993_u64}).as_object().expect("an object").clone());
        let related = related(&catalog, &catalog.resources[0], &record);
        assert_eq!(related[0].terms[0].values, ["9007199254740993"]);
        assert_eq!((related[1].resource.as_str(), related[1].owned), ("keys", true));
    }
}
