use boxdeck_catalog::Settable;
use boxdeck_catalog::input::Notation;
use serde_json::json;

use super::*;
use crate::operation::form::typed::missing;

const LOCALE: Locale =
    Locale { to_utc: |_| None, to_local: |_| None, matcher: None, notation: Notation::Point, zone: || None };

fn node(field: Value, known: Known) -> Node {
    let field: Field = serde_json::from_value(field).expect("a field");
    let required = field.create == Settable::Required;
    Node::new(Arc::new(field), required, known, false, LOCALE)
}

fn type_into(node: &Node, text: &str) {
    let Content::Leaf(leaf) = &node.content else { panic!("no leaf") };
    leaf.text.set(text.to_owned());
}

fn members(node: &Node) -> &[Node] {
    let Content::Object(members) = &node.content else { panic!("no object") };
    members
}

fn object(required: &str) -> Value {
    json!({
        "name": "o", "label": "O", "create": required,
        "type": { "object": [
            { "name": "a", "label": "A", "create": "required" },
            { "name": "b", "label": "B", "type": "integer", "when": [{ "field": "a", "is": ["x"] }] }
        ] }
    })
}

#[test]
fn an_object_that_is_left_out_asks_for_nothing() {
    Owner::new().with(|| {
        assert_eq!(node(object("optional"), Known::Nothing).entered(), Ok(Entered::Absent));
        let faults = node(object("required"), Known::Nothing).entered().expect_err("a is missing");
        assert_eq!(faults.first().map(|fault| fault.label.as_str()), Some("A"));
    });
}

#[test]
fn members_that_are_not_described_survive_an_edit() {
    Owner::new().with(|| {
        let known = Known::Record(json!({ "a": "x", "b": 9_007_199_254_740_993_u64, "other": null }));
        let node = node(object("optional"), known);
        let [a, b] = members(&node) else { panic!("two members") };
        assert!(!node.is_changed());
        type_into(b, "7");
        assert_eq!(node.entered(), Ok(Entered::Value(json!({ "a": "x", "b": 7, "other": null }))));
        // What another member rules out does not go along.
        type_into(a, "y");
        assert_eq!(node.entered(), Ok(Entered::Value(json!({ "a": "y", "other": null }))));
    });
}

#[test]
fn what_a_record_lacks_is_not_begun_for_it() {
    let zoned = Locale { zone: || Some("Europe/Oslo".to_owned()), ..LOCALE };
    let field: Field = serde_json::from_value(json!({
        "name": "start", "label": "Start", "create": "optional",
        "type": { "object": [
            { "name": "hour", "label": "Hour", "type": "integer" },
            { "name": "zone", "label": "Zone", "type": "time-zone", "create": "optional" }
        ] }
    }))
    .expect("a field");
    Owner::new().with(|| {
        let made = |known| Node::new(Arc::new(field.clone()), false, known, false, zoned);
        let of_record = made(Known::Record(json!({ "hour": 1 })));
        type_into(&members(&of_record)[0], "2");
        assert_eq!(of_record.entered(), Ok(Entered::Value(json!({ "hour": 2 }))));
        let new = made(Known::Nothing);
        type_into(&members(&new)[0], "2");
        assert_eq!(new.entered(), Ok(Entered::Value(json!({ "hour": 2, "zone": "Europe/Oslo" }))));
    });
}

#[test]
fn items_can_be_added_changed_and_taken_out() {
    Owner::new().with(|| {
        let field = json!({ "name": "l", "label": "L", "type": { "list": { "object": [{ "name": "a", "label": "A" }] } } });
        let node = node(field, Known::Record(json!([{ "a": "1" }, { "a": "2" }])));
        node.add_item();
        assert!(node.is_changed());
        let Content::Items(items) = &node.content else { panic!("no items") };
        let numbers: Vec<u32> = items.with(|items| items.iter().map(|(number, _)| *number).collect());
        assert_eq!(numbers, [0, 1, 2]);
        items.with(|items| type_into(&members(&items[2].1)[0], "3"));
        node.remove_item(0);
        assert_eq!(node.entered(), Ok(Entered::Value(json!([{ "a": "2" }, { "a": "3" }]))));
    });
}

#[test]
fn a_picked_key_keeps_its_type() {
    Owner::new().with(|| {
        let node = node(
            json!({ "name": "r", "label": "R", "type": { "reference": { "resource": "x" } } }),
            Known::Nothing,
        );
        let Content::Leaf(leaf) = &node.content else { panic!("no leaf") };
        leaf.text.set("9007199254740993".to_owned());
        assert_eq!(node.entered(), Ok(Entered::Value(json!(9_007_199_254_740_993_u64))));
        leaf.picked.set(Some(json!("9007199254740993")));
        assert_eq!(node.entered(), Ok(Entered::Value(json!("9007199254740993"))));
    });
}

#[test]
fn what_the_box_blamed_is_forgiven_when_it_changes() {
    Owner::new().with(|| {
        let node = node(json!({ "name": "n", "label": "N", "create": "required" }), Known::Nothing);
        assert_eq!(node.error(false), None);
        assert_eq!(node.error(true).as_deref(), Some(missing().as_str()));
        type_into(&node, "taken");
        node.blame("There is one of this name.".to_owned());
        assert_eq!(node.error(false).as_deref(), Some("There is one of this name."));
        type_into(&node, "free");
        assert_eq!(node.error(true), None);
    });
}

#[test]
fn a_done_change_becomes_what_is_known() {
    Owner::new().with(|| {
        let node = node(
            json!({ "name": "s", "label": "S", "type": { "bytes": 1 } }),
            Known::Record(json!(1_000_000_000)),
        );
        type_into(&node, "2");
        assert!(node.is_changed());
        node.rebase(Some(json!(2_000_000_000_u64)));
        assert!(!node.is_changed());
        assert_eq!(node.entered(), Ok(Entered::Value(json!(2_000_000_000_u64))));
    });
}

#[test]
fn members_that_are_not_described_are_typed_as_an_object() {
    Owner::new().with(|| {
        let field = json!({
            "name": "o", "label": "O", "create": "optional",
            "type": { "object": [
                { "name": "a", "label": "A", "create": "optional" },
                { "name": "*", "label": "Further", "type": "json", "create": "optional" }
            ] }
        });
        let known = Known::Record(json!({ "a": "x", "b": 1, "c": 9_007_199_254_740_993_u64 }));
        let of_record = node(field.clone(), known);
        let [a, others] = members(&of_record) else { panic!("two members") };
        type_into(a, "y");
        let value = json!({ "a": "y", "b": 1, "c": 9_007_199_254_740_993_u64 });
        assert_eq!(of_record.entered(), Ok(Entered::Value(value)));
        type_into(others, r#"{ "c": 9007199254740995, "d": [] }"#);
        let value = json!({ "a": "y", "c": 9_007_199_254_740_995_u64, "d": [] });
        assert_eq!(of_record.entered(), Ok(Entered::Value(value)));
        type_into(others, "[]");
        assert!(of_record.entered().is_err());
        let new = node(field, Known::Nothing);
        assert_eq!(new.entered(), Ok(Entered::Absent));
        type_into(&members(&new)[1], r#"{ "d": true }"#);
        assert_eq!(new.entered(), Ok(Entered::Value(json!({ "d": true }))));
    });
}
