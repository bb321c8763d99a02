//! Lists whose items stand for records of another resource.

use boxdeck_catalog::{FieldType, Reference, Settable};
use boxdeck_dialect::answer::value_text;
use leptos::prelude::*;
use serde_json::Value;

use super::control::Control;
use super::node::{Content, Leaf, Node};

/// What the items of a list point to: the items themselves, or the only input of theirs that has to be filled in.
pub fn reference_of(item: &FieldType) -> Option<&Reference> {
    match item {
        FieldType::Reference(reference) => Some(reference),
        FieldType::Object(fields) => {
            let mut needed = fields.iter().filter(|field| field.create == Settable::Required);
            match (needed.next().map(|field| &field.field_type), needed.next()) {
                (Some(FieldType::Reference(reference)), None) => Some(reference),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The input of such an item that holds the record's key.
pub fn key_input(item: &Node) -> Option<(&Node, Leaf)> {
    match &item.content {
        Content::Leaf(leaf) if matches!(*item.control, Control::Reference(_)) => Some((item, *leaf)),
        Content::Object(members) => members.iter().filter(|member| member.required).find_map(key_input),
        _ => None,
    }
}

/// The keys that a list holds, as text; tracked.
pub fn keys(list: &Node) -> Vec<String> {
    let Content::Items(items) = &list.content else { return Vec::new() };
    items.with(|items| items.iter().filter_map(|(_, item)| Some(key_input(item)?.1.text.get())).collect())
}

/// Adds an item for a record: its key exactly as the box has it, and its name.
pub fn add(list: &Node, key: &Value, name: &str) {
    list.add_item();
    let Content::Items(items) = &list.content else { return };
    let added = items.with_untracked(|items| items.last().map(|(_, item)| item.clone()));
    let leaf = added.as_ref().and_then(key_input).map(|(_, leaf)| leaf);
    if let (Some(leaf), Some(text)) = (leaf, value_text(key)) {
        leaf.text.set(text.clone());
        leaf.picked.set(Some(key.clone()));
        leaf.name.set(Some((text, name.to_owned())));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use boxdeck_catalog::Field;
    use boxdeck_catalog::input::Notation;
    use serde_json::json;

    use super::*;
    use crate::operation::form::typed::{Entered, Known, Locale};

    const LOCALE: Locale = Locale {
        to_utc: |_| None,
        to_local: |_| None,
        matcher: None,
        notation: Notation::Point,
        zone: || None,
    };

    fn list(item: Value, known: Known) -> Node {
        let field: Field = serde_json::from_value(json!({
            "name": "machines", "label": "Machines", "type": { "list": item }, "create": "required"
        }))
        .expect("a field");
        Node::new(Arc::new(field), true, known, false, LOCALE)
    }

    fn machine() -> Value {
        json!({ "object": [
            { "name": "id", "label": "Machine", "type": { "reference": { "resource": "machines" } }, "create": "required" },
            { "name": "folders", "label": "Folders", "type": { "list": "text" }, "create": "optional" }
        ] })
    }

    #[test]
    fn what_is_picked_keeps_its_exact_key() {
        Owner::new().with(|| {
            let list = list(machine(), Known::Nothing);
            let large = 9_007_199_254_740_993_u64;
            add(&list, &json!(large), "files-01");
            add(&list, &json!("4980716806983529472"), "files-02");
            assert_eq!(keys(&list), [large.to_string(), "4980716806983529472".to_owned()]);
            let wanted = json!([{ "id": large }, { "id": "4980716806983529472" }]);
            assert_eq!(list.entered(), Ok(Entered::Value(wanted)));
        });
    }

    #[test]
    fn what_an_item_holds_besides_its_key_stays() {
        Owner::new().with(|| {
            let held = json!([{ "id": 7, "folders": ["/srv"], "odd": true }]);
            let list = list(machine(), Known::Record(held));
            add(&list, &json!(8), "files-02");
            let wanted = json!([{ "id": 7, "folders": ["/srv"], "odd": true }, { "id": 8 }]);
            assert_eq!(list.entered(), Ok(Entered::Value(wanted)));
        });
    }

    #[test]
    fn items_with_other_needs_stand_for_nothing() {
        let of = |value: Value| -> FieldType {
            serde_json::from_value::<Field>(json!({ "name": "a", "label": "A", "type": value }))
                .expect("a field")
                .field_type
        };
        assert!(reference_of(&of(machine())).is_some());
        assert!(reference_of(&of(json!({ "reference": { "resource": "machines" } }))).is_some());
        let two = json!({ "object": [
            { "name": "id", "label": "Machine", "type": { "reference": { "resource": "machines" } }, "create": "required" },
            { "name": "size", "label": "Size", "type": "integer", "create": "required" }
        ] });
        assert!(reference_of(&of(two)).is_none());
        assert!(reference_of(&of(json!("text"))).is_none());
    }
}
