//! OpenStack Ironic: the eleven operations on volume connectors and targets.

use boxdeck_dialect::{FailureKind, Record};
use serde_json::{Value, json};

use crate::{Console, On};

const ADMINISTRATOR: (&str, &str) = ("admin", "boxdeck-demo");

fn record(value: Value) -> Record {
    Record(value.as_object().expect("a record").clone())
}

/// A node that is switched off, so that what belongs to it may be changed.
fn node(console: &mut Console) -> String {
    let nodes = console.list("node_list", None, &Value::Null).expect("nodes").records;
    let off = nodes.iter().find(|node| {
        node.text("power_state").as_deref() == Some("power off")
            && node.text("provision_state").as_deref() == Some("available")
    });
    off.and_then(|node| node.text("uuid")).expect("a node that is off")
}

/// Makes, reads, finds, changes and deletes one record of a collection.
fn walk(console: &mut Console, thing: &str, create: &Value, change: &Value) {
    let id = |verb: &str| format!("volume_{thing}_{verb}");
    let made = record(console.done(&id("create"), On::default(), create).result);
    let key = made.text("uuid").expect("a key");
    let filter = json!({"node_uuid": create["node_uuid"]});
    let listed = console.list(&id("list"), None, &filter).expect("a list").records;
    assert!(listed.iter().any(|row| row.text("uuid") == Some(key.clone())));
    let read = console.get(&id("show"), None, &key).expect("the record");
    for (name, value) in create.as_object().expect("an object") {
        assert_eq!(read.get(name), Some(value), "{thing} {name}");
    }
    console.done(&id("update"), On::record(&read), change);
    let changed = console.get(&id("show"), None, &key).expect("the record");
    for (name, value) in change.as_object().expect("an object") {
        assert_eq!(changed.get(name), Some(value), "{thing} {name}");
    }
    console.done(&id("delete"), On::record(&changed), &Value::Null);
    let gone = console.get(&id("show"), None, &key).expect_err("it is gone");
    assert_eq!(gone.kind, FailureKind::NotFound);
}

#[test]
fn ironic() {
    let (user, password) = ADMINISTRATOR;
    let mut console = Console::open("ironic", &json!({"user": user, "password": password}), &Value::Null);
    assert_eq!(console.session().user.as_deref(), Some(user));
    let root = console.get("volume_links_show", None, "").expect("the volume service");
    assert!(root.get("connectors").is_some_and(Value::is_array));
    let node = node(&mut console);
    walk(
        &mut console,
        "connector",
        &json!({"node_uuid": node, "type": "iqn", "connector_id": "iqn.2026-05.example.storage:walk"}),
        &json!({"connector_id": "iqn.2026-05.example.storage:talk", "extra": {"rack": "a1"}}),
    );
    walk(
        &mut console,
        "target",
        &json!({"node_uuid": node, "volume_type": "iscsi", "boot_index": 77, "volume_id": "walk"}),
        &json!({"volume_id": "talk", "properties": {"target_lun": 3}}),
    );
    let taken = json!({"node_uuid": node, "volume_type": "iscsi", "boot_index": 0, "volume_id": "walk"});
    assert_eq!(console.refused("volume_target_create", On::default(), &taken).kind, FailureKind::Conflict);
    console.finish();
}
