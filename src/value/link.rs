//! Where a reference leads, and what it is called.

use std::borrow::Cow;

use boxdeck_catalog::{Catalog, Field, FieldType, OperationKind, Reference, Resource, Shape};
use boxdeck_dialect::answer::{split_key, value_text};
use boxdeck_dialect::{Query, Record, Term};
use serde_json::Value;

use crate::format::{self, Exact};
use crate::place::Place;

/// The place of the record that a reference points to. `None` where the console has no page for it: the catalog does not
/// describe it, or its owner is not known.
pub fn target(
    catalog: &Catalog,
    system: &str,
    reference: &Reference,
    value: &Value,
    record: &Record,
) -> Option<Place> {
    let resource = catalog.resource(&reference.resource)?;
    let text = value_text(value)?;
    let place = Place::system(system).resource(&resource.id);
    if resource.shape == Shape::Single {
        return Some(place);
    }
    let place = match (&resource.parent, &reference.parent) {
        (None, _) => place,
        (Some(owner), Some(field)) => Place { parent: Some((owner.clone(), record.text(field)?)), ..place },
        (Some(_), None) => return None,
    };
    match &reference.by {
        Some(field) if !is_key(resource, field) => {
            let get = resource.first(OperationKind::Get);
            if let Some(key) = get.and_then(|_| whole_key(resource, field, &text, record)) {
                return Some(place.record(&key));
            }
            resource.first(OperationKind::List)?;
            let term = Term::equals(field.clone(), text);
            let query = Query { filter: vec![term], ..Query::default() };
            Some(place.with_query(query.to_query_string()))
        }
        _ => {
            resource.first(OperationKind::Get)?;
            Some(place.record(&key(resource, &text)?))
        }
    }
}

/// What a reference is called: the name that its own record holds beside it, else the value.
pub fn label(reference: &Reference, value: &Value, record: &Record) -> String {
    reference
        .label
        .as_ref()
        .and_then(|field| record.text(field))
        .filter(|name| !name.is_empty())
        .or_else(|| value_text(value))
        .unwrap_or_default()
}

/// The record whose name has to be read because nothing beside the value tells it: its resource, and the value of its key
/// field. `None` where the value is all that there is to know.
pub fn unnamed(
    catalog: &Catalog,
    reference: &Reference,
    value: &Value,
    record: &Record,
) -> Option<(String, String)> {
    let key = value_text(value).filter(|key| !key.is_empty())?;
    if label(reference, value, record) != key {
        return None;
    }
    Some((named(catalog, reference)?.id.clone(), key))
}

/// What a reference points to, where its records have a name beside the key that the reference holds, and can be read alone.
pub fn named<'a>(catalog: &'a Catalog, reference: &Reference) -> Option<&'a Resource> {
    let resource = catalog.resource(&reference.resource)?;
    let by_key = match &reference.by {
        Some(field) => is_key(resource, field),
        None => resource.key.len() == 1,
    };
    let can_read =
        resource.first(OperationKind::List).is_some() || resource.first(OperationKind::Get).is_some();
    let has_name = resource.key.iter().all(|field| field != resource.name_field());
    (by_key && can_read && has_name && resource.shape == Shape::Collection && resource.parent.is_none())
        .then_some(resource)
}

/// What names a record, as a person reads it: a choice by what it means, a point in time by date and time.
pub fn name_text(resource: &Resource, record: &Record) -> Option<String> {
    use FieldType as T;
    let name = resource.name_field();
    let told = |field: &Cow<'_, Field>| {
        matches!(field.field_type, T::Enum(_) | T::Timestamp(_) | T::DateTime | T::Gmt(_)) && !field.secret
    };
    let field = resource.field(name).map(|field| record.described(field));
    let text = match field.filter(told) {
        Some(field) => {
            let shown = format::value(&field, Some(record.get(name)?), 0.0);
            // How long ago it was changes; a name does not.
            shown.exact.map_or(shown.text, Exact::text)
        }
        None => record.text(name)?,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// What a record calls itself. A bare number says nothing alone, so that its label stands before it (`LUN 3`).
pub fn record_name(resource: &Resource, record: &Record) -> Option<String> {
    let name = resource.name_field();
    let text = name_text(resource, record)?;
    let is_number = resource.field(name).is_some_and(|field| matches!(field.field_type, FieldType::Integer));
    match resource.field(name) {
        Some(field) if is_number && resource.name.is_some() => Some(format!("{} {text}", field.label)),
        _ => Some(text),
    }
}

/// What a record is called of which only the key is known: the part that names it, else all that there are.
pub fn key_name(resource: &Resource, key: &str) -> String {
    let parts = split_key(key);
    let place = resource.key.iter().position(|field| field == resource.name_field());
    match place.and_then(|place| parts.get(place)).filter(|part| !part.is_empty()) {
        Some(name) => name.clone(),
        // Some systems leave a part empty.
        None => parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
    }
}

fn is_key(resource: &Resource, field: &str) -> bool {
    matches!(resource.key.as_slice(), [only] if only == field)
}

/// The key of a record that several fields identify: this value of one of them, and the others as the record that refers has them
/// under the same names.
fn whole_key(resource: &Resource, field: &str, text: &str, record: &Record) -> Option<String> {
    let part = |name: &String| {
        let value = if name == field { Some(text.to_owned()) } else { record.text(name) };
        Some((name.clone(), Value::from(value?)))
    };
    let is_part = resource.key.iter().any(|name| name == field);
    let parts = is_part.then(|| resource.key.iter().map(part).collect::<Option<_>>())??;
    Record(parts).key(resource)
}

/// The key of a record as addresses hold it, from the value of its only key field.
pub fn key(resource: &Resource, text: &str) -> Option<String> {
    let [field] = resource.key.as_slice() else { return None };
    Record([(field.clone(), Value::from(text))].into_iter().collect()).key(resource)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn catalog() -> Catalog {
        let get = json!({ "id": "get", "kind": "get", "method": "GET", "path": "/x/{id}", "title": "Show" });
        let list = json!({ "id": "list", "kind": "list", "method": "GET", "path": "/x", "title": "List" });
        serde_json::from_value(json!({
            "kind": { "id": "box", "title": "Box", "version": "1", "dialect": "d", "areas": [] },
            "resources": [
                { "id": "pools", "title": "Pools", "singular": "pool", "area": "a", "fields": [], "operations": [get, list] },
                { "id": "nodes", "title": "Nodes", "singular": "node", "area": "a", "key": ["name", "host_id"], "fields": [], "operations": [get, list] },
                { "id": "luns", "title": "LUNs", "singular": "LUN", "area": "a", "parent": "hosts", "fields": [], "operations": [get] },
                { "id": "system", "title": "System", "singular": "system", "area": "a", "shape": "single", "fields": [], "operations": [] },
                { "id": "log", "title": "Log", "singular": "entry", "area": "a", "fields": [], "operations": [] }
            ]
        }))
        .expect("a catalog")
    }

    fn href(reference: Value, value: Value) -> Option<String> {
        let reference: Reference = serde_json::from_value(reference).expect("a reference");
        let record: Record =
            Record(json!({ "host_id": 7, "pool_name": "prod" }).as_object().cloned().unwrap_or_default());
        target(&catalog(), "north", &reference, &value, &record).map(|place| place.href())
    }

    #[test]
    fn references_lead_to_their_record() {
        assert_eq!(
            href(json!({ "resource": "pools" }), json!(9_007_199_254_740_993_u64)).as_deref(),
            Some("#/north/pools/9007199254740993")
        );
        assert_eq!(
            href(json!({ "resource": "nodes", "by": "name" }), json!("n1")).as_deref(),
            Some("#/north/nodes/n1~7")
        );
        assert_eq!(
            href(json!({ "resource": "luns", "parent": "host_id" }), json!(3)).as_deref(),
            Some("#/north/hosts/7/luns/3")
        );
        assert_eq!(href(json!({ "resource": "system" }), json!("x")).as_deref(), Some("#/north/system"));
        assert_eq!(
            href(json!({ "resource": "pools", "by": "name" }), json!("a b")).as_deref(),
            Some("#/north/pools?filter=name:eq:a%20b")
        );
        assert_eq!(
            href(json!({ "resource": "pools", "by": "id" }), json!(3)).as_deref(),
            Some("#/north/pools/3")
        );
    }

    #[test]
    fn what_has_no_page_is_no_link() {
        assert_eq!(href(json!({ "resource": "luns" }), json!(3)), None);
        assert_eq!(href(json!({ "resource": "log" }), json!(3)), None);
        assert_eq!(href(json!({ "resource": "nowhere" }), json!(3)), None);
        assert_eq!(href(json!({ "resource": "pools" }), json!(null)), None);
    }

    #[test]
    fn only_what_nothing_names_is_asked_for() {
        let mut catalog = catalog();
        let by = |reference: Value| -> Reference { serde_json::from_value(reference).expect("a reference") };
        let named = Record(json!({ "pool_name": "prod" }).as_object().cloned().unwrap_or_default());
        let plain = by(json!({ "resource": "pools" }));
        assert_eq!(unnamed(&catalog, &plain, &json!(3), &named), None, "the key is the only name");
        catalog.resources.iter_mut().for_each(|resource| resource.name = Some("name".to_owned()));
        let pool = Some(("pools".to_owned(), "3".to_owned()));
        assert_eq!(unnamed(&catalog, &plain, &json!(3), &named), pool);
        let labelled = by(json!({ "resource": "pools", "label": "pool_name" }));
        assert_eq!(unnamed(&catalog, &labelled, &json!(3), &named), None);
        assert_eq!(unnamed(&catalog, &labelled, &json!(3), &Record::default()), pool);
        assert_eq!(unnamed(&catalog, &by(json!({ "resource": "luns" })), &json!(3), &named), None);
        let by_name = by(json!({ "resource": "pools", "by": "name" }));
        assert_eq!(unnamed(&catalog, &by_name, &json!("prod"), &named), None);
    }

    #[test]
    fn a_bare_number_gets_its_label() {
        let resource: Resource = serde_json::from_value(json!({
            "id": "luns", "title": "LUNs", "singular": "LUN", "area": "a", "name": "lun", "operations": [],
            "fields": [{ "name": "lun", "label": "LUN", "type": "integer" }]
        }))
        .expect("a resource");
        let record = Record(json!({ "lun": 3 }).as_object().cloned().unwrap_or_default());
        assert_eq!(record_name(&resource, &record).as_deref(), Some("LUN 3"));
        assert_eq!(record_name(&resource, &Record::default()), None);
    }

    #[test]
    fn a_key_is_called_by_the_part_that_names_the_record() {
        let resource = |name: Option<&str>| -> Resource {
            serde_json::from_value(json!({
                "id": "users", "title": "Users", "singular": "user", "area": "a", "key": ["group", "user"],
                "name": name, "fields": [], "operations": []
            }))
            .expect("a resource")
        };
        assert_eq!(key_name(&resource(Some("user")), "research~kim"), "kim");
        assert_eq!(key_name(&resource(Some("title")), "research~kim"), "research · kim");
        assert_eq!(key_name(&resource(Some("title")), "research~"), "research");
    }

    #[test]
    fn a_choice_names_its_record_by_what_it_means() {
        let resource: Resource = serde_json::from_value(json!({
            "id": "rules", "title": "Rules", "singular": "rule", "area": "a", "name": "on", "operations": [],
            "fields": [{ "name": "on", "label": "On", "type": { "enum": [{ "value": "CPU", "label": "Processor" }] } }]
        }))
        .expect("a resource");
        let record = |on: Value| Record([("on".to_owned(), on)].into_iter().collect());
        assert_eq!(record_name(&resource, &record(json!("CPU"))).as_deref(), Some("Processor"));
        assert_eq!(record_name(&resource, &record(json!("new"))).as_deref(), Some("new"));
        assert_eq!(record_name(&resource, &Record::default()), None);
    }

    #[test]
    fn a_word_of_the_system_names_its_record_by_what_it_means() {
        let resource: Resource = serde_json::from_value(json!({
            "id": "limits", "title": "Limits", "singular": "limit", "area": "a", "name": "user", "operations": [],
            "fields": [{ "name": "user", "label": "User", "types": [{
                "type": { "enum": [{ "value": "ALL", "label": "Each user" }] },
                "when": [{ "field": "user", "is": ["ALL"] }]
            }] }]
        }))
        .expect("a resource");
        let record = |user: &str| Record([("user".to_owned(), json!(user))].into_iter().collect());
        assert_eq!(record_name(&resource, &record("ALL")).as_deref(), Some("Each user"));
        assert_eq!(record_name(&resource, &record("kim")).as_deref(), Some("kim"));
    }

    #[test]
    fn references_are_called_by_the_name_beside_them() {
        let reference: Reference =
            serde_json::from_value(json!({ "resource": "pools", "label": "pool_name" })).expect("valid");
        let named = Record(json!({ "pool_name": "prod" }).as_object().cloned().unwrap_or_default());
        assert_eq!(label(&reference, &json!(3), &named), "prod");
        assert_eq!(label(&reference, &json!(3), &Record::default()), "3");
    }
}
