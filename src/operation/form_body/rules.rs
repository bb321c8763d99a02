//! What the box asks of a value, by its own rules, which are read when the form opens.

use boxdeck_catalog::{Field, FieldType, OperationKind, Resource, Rules};
use boxdeck_dialect::{Context, Record, blocked};
use leptos::prelude::*;
use serde_json::{Map, Value};
use words::form as say;

use crate::format;
use crate::load::Loader;
use crate::system::System;
use crate::ui::OptText;

/// The rules in words; nothing while they are not known, or where the person may not read them.
pub(super) fn rules_in_words(system: &System, rules: &Rules) -> OptText {
    let catalog = system.catalog();
    let Some(resource) = catalog.resource(&rules.resource).cloned() else { return OptText::default() };
    let session = system.session();
    let context = Context { catalog: &catalog, session: &session };
    let get = resource.first(OperationKind::Get).filter(|get| blocked(context, get, None).is_none()).cloned();
    let Some(get) = get else { return OptText::default() };
    let loader = Loader::<Record>::aside();
    let (reading, of) = (system.clone(), resource.clone());
    loader.run(move |reader| async move { reading.record(&of, &get, None, "", reader).await });
    let inside = rules.field.clone();
    Signal::derive(move || {
        let record = loader.get().data?;
        let asked = match &inside {
            Some(name) => asked_by(members(&resource, name), record.get(name)?.as_object()?),
            None => asked_by(own(&resource), &record.0),
        };
        (!asked.is_empty()).then(|| say::rules(asked.join(", ")))
    })
}

/// The members of an object.
fn members<'a>(resource: &'a Resource, name: &str) -> &'a [Field] {
    match resource.field(name).map(|field| &field.field_type) {
        Some(FieldType::Object(members)) => members,
        _ => &[],
    }
}

/// The fields that are more than the record's own book-keeping.
fn own(resource: &Resource) -> impl Iterator<Item = &Field> {
    let is_folded =
        |field: &&Field| !resource.groups.iter().any(|group| group.folded && group.id == field.group);
    resource.fields.iter().filter(is_folded)
}

/// Each rule that asks for something: not those that are zero, off or absent.
fn asked_by<'a>(fields: impl IntoIterator<Item = &'a Field>, values: &Map<String, Value>) -> Vec<String> {
    let told = |field: &Field| match values.get(&field.name)? {
        Value::Bool(true) => Some(field.label.clone()),
        Value::Null | Value::Bool(false) => None,
        value if field.is_none(Some(value)) || value.as_f64() == Some(0.0) => None,
        value => Some(format!("{} {}", field.label, format::value(field, Some(value), 0.0).text)),
    };
    fields.into_iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_asks_for_something_is_said() {
        let resource: Resource = serde_json::from_value(json!({
            "id": "rules", "title": "Rules", "singular": "set of rules", "area": "a", "shape": "single", "key": [],
            "groups": [{ "id": "record", "title": "Record", "folded": true }],
            "fields": [
                { "name": "min", "label": "Least length", "type": "integer" },
                { "name": "digit", "label": "Needs a digit", "type": "boolean" },
                { "name": "symbol", "label": "Needs a symbol", "type": "boolean" },
                { "name": "capitals", "label": "Capital letters", "type": "integer" },
                { "name": "history", "label": "Remembered", "type": "integer", "nullable": true },
                { "name": "id", "label": "Id", "type": "integer", "group": "record" }
            ],
            "operations": []
        }))
        .expect("a resource");
        let values =
            json!({ "min": 12, "digit": true, "symbol": false, "capitals": 0, "history": null, "id": 4 });
        let asked = asked_by(own(&resource), values.as_object().expect("an object"));
        assert_eq!(asked, ["Least length 12", "Needs a digit"]);
    }
}
