use serde_json::json;

use super::*;
use crate::fixture::record;

fn volume() -> Record {
    record(
        json!({"id": 3, "name": "db", "size": 1_073_741_824, "write_protected": false, "cg_id": null, "serial": "x"}),
    )
}

fn target() -> Record {
    record(json!({
        "uuid": "u1", "volume_id": "v", "node_uuid": "n", "boot_index": 0, "links": [],
        "properties": {"target_portal": "10.0.0.1:3260", "auth_username": "u", "auth_password": "******"},
        "extra": {}
    }))
}

#[test]
fn one_request_per_changed_field_in_the_catalogs_order() {
    let plan = update(
        "volume.update",
        &volume(),
        json!({"write_protected": true, "name": "db2", "size": 1_073_741_824, "cg_id": null}),
    )
    .expect("a plan");
    assert_eq!(bodies(&plan), [json!({"name": "db2"}), json!({"write_protected": true})]);
    assert_eq!(changed(&plan), ["name", "write_protected"]);
    let change = plan.steps.first().and_then(|step| step.changes.first()).expect("a change");
    assert_eq!(
        (change.old.clone(), change.new.clone(), change.label.as_str()),
        (Some(json!("db")), json!("db2"), "Name")
    );
}

#[test]
fn partial_updates_send_changed_fields_together() {
    let plan = update(
        "volume.update_partial",
        &volume(),
        json!({"write_protected": true, "name": "db2", "size": 1_073_741_824}),
    )
    .expect("a plan");
    assert_eq!(bodies(&plan), [json!({"name": "db2", "write_protected": true})]);
}

#[test]
fn nothing_changed_is_a_fault_without_a_field() {
    for id in ["volume.update", "volume.update_partial", "volume.update_whole"] {
        for body in [json!({}), json!({"name": "db"}), json!({"size": 1_073_741_824.0, "cg_id": null})] {
            assert_eq!(
                faults(update(id, &volume(), body)),
                [(String::new(), "Nothing has been changed.".to_owned())],
                "{id}"
            );
        }
    }
}

#[test]
fn null_absent_and_empty_are_three_things() {
    let with = record(json!({"id": 3, "cg_id": 9}));
    assert_eq!(
        bodies(&update("volume.update", &with, json!({"cg_id": null})).expect("a plan")),
        [json!({"cg_id": null})]
    );
    let without = record(json!({"id": 3}));
    assert_eq!(
        bodies(&update("volume.update", &without, json!({"cg_id": null})).expect("a plan")),
        [json!({"cg_id": null})]
    );
    assert_eq!(
        bodies(&update("volume.update", &volume(), json!({"cg_id": 0})).expect("a plan")),
        [json!({"cg_id": 0})]
    );
}

#[test]
fn unchanged_values_are_not_judged() {
    // The box holds a size that it would not take today.
    let odd = record(json!({"id": 3, "name": "db", "size": 1000}));
    assert!(update("volume.update", &odd, json!({"size": 1000, "name": "db2"})).is_ok());
    assert_eq!(at_fault(update("volume.update", &odd, json!({"size": 1001, "name": "db2"}))), ["size"]);
}

#[test]
fn fields_that_belong_together_travel_together() {
    let host = record(json!({"id": 1, "name": "h", "optimized": false, "chap_user": "a"}));
    let plan = update(
        "host.update",
        &host,
        json!({"name": "h", "chap_user": "b", "optimized": true, "chap_secret": "top-secret"}),
    )
    .expect("a plan");
    assert_eq!(
        bodies(&plan),
        [json!({"optimized": true}), json!({"chap_user": "b", "chap_secret": "top-secret"})]
    );
    assert_eq!(plan.redacted_body(1), Some(json!({"chap_user": "b", "chap_secret": "•••"})));
    let secret = plan.steps.get(1).and_then(|step| step.changes.get(1)).expect("a change");
    assert!(secret.secret && secret.old.is_none() && secret.new == json!("•••"));
    assert!(!format!("{plan:?} {:?}", plan.steps.get(1).map(|step| &step.request)).contains("top-secret"));
}

#[test]
fn a_required_field_comes_along_with_a_change() {
    let host = record(json!({"id": 1, "name": "h", "optimized": false}));
    let plan = update("host.update_partial", &host, json!({"name": "h", "optimized": true})).expect("a plan");
    assert_eq!(bodies(&plan), [json!({"optimized": true, "name": "h"})]);
    assert_eq!(changed(&plan), ["optimized"]);
    assert_eq!(
        at_fault(update("host.update_partial", &host, json!({"name": "", "optimized": true}))),
        ["name"]
    );
}

#[test]
fn an_empty_secret_means_unchanged() {
    let host = record(json!({"id": 1, "name": "h", "chap_user": "a"}));
    for secret in [json!(""), json!(null)] {
        let plan = update("host.update_partial", &host, json!({"name": "h2", "chap_secret": secret}))
            .expect("a plan");
        assert_eq!(bodies(&plan), [json!({"name": "h2"})]);
    }
}

#[test]
fn secrets_inside_objects_are_hidden_and_masks_stay_behind() {
    let host = record(json!({"id": 1, "name": "h", "login": {"user": "a", "password": "***"}}));
    let masked =
        update("host.update", &host, json!({"login": {"user": "b", "password": "***"}})).expect("a plan");
    assert_eq!(bodies(&masked), [json!({"login": {"user": "b"}})]);
    let typed = update("host.update", &host, json!({"login": {"user": "a", "password": "top-secret"}}))
        .expect("a plan");
    assert_eq!(bodies(&typed), [json!({"login": {"user": "a", "password": "top-secret"}})]);
    assert_eq!(typed.redacted_body(0), Some(json!({"login": {"user": "a", "password": "•••"}})));
    let change = typed.steps.first().and_then(|step| step.changes.first()).expect("a change");
    assert_eq!(change.new, json!({"user": "a", "password": "•••"}));
    assert_eq!(change.old, Some(json!({"user": "a", "password": "•••"})));
    assert_eq!(
        at_fault(update("host.update", &host, json!({"login": {"user": "a", "password": "***"}}))),
        [""]
    );
}

#[test]
fn a_whole_update_sends_the_record_with_the_change() {
    let plan = update("volume.update_whole", &volume(), json!({"name": "db2"})).expect("a plan");
    assert_eq!(
        bodies(&plan),
        [
            json!({"id": 3, "name": "db2", "size": 1_073_741_824, "write_protected": false, "cg_id": null, "serial": "x"})
        ]
    );
    assert_eq!(changed(&plan), ["name"]);
}

#[test]
fn numbers_beyond_double_precision_survive_an_edit() {
    use boxdeck_catalog::input::{edit_text, parse};
    let body = r#"{"id":1,"name":"h","port_key":783758374666666593}"#;
    let host = record(serde_json::from_str(body).expect("JSON"));
    let fixture = Fixture::new("infinibox");
    let field = fixture.resource("hosts").field("port_key").expect("a field").clone();
    let text = edit_text(&field, host.get("port_key").expect("a value"));
    assert_eq!(text, "783758374666666593");
    let same = parse(&field, &text).expect("a number");
    assert_eq!(at_fault(update("host.update", &host, json!({"port_key": same}))), [""]);
    let next = parse(&field, "783758374666666594").expect("a number");
    let plan = update("host.update", &host, json!({"port_key": next})).expect("a plan");
    assert_eq!(
        bodies(&plan).first().map(ToString::to_string).as_deref(),
        Some(r#"{"port_key":783758374666666594}"#)
    );
}

#[test]
fn a_patch_leaves_masked_siblings_alone() {
    let properties =
        json!({"target_portal": "10.0.0.2:3260", "auth_username": "u", "auth_password": "******"});
    let plan = update(
        "target.update",
        &target(),
        json!({"volume_id": "v", "boot_index": 1, "properties": properties, "extra": {}}),
    )
    .expect("a plan");
    let request = &plan.steps.first().expect("a step").request;
    assert_eq!((request.method.as_str(), request.path.as_str()), ("PATCH", "/v1/volume/targets/u1"));
    assert!(request.headers.contains(&("Content-Type".to_owned(), "application/json-patch+json".to_owned())));
    assert_eq!(
        bodies(&plan),
        [json!([
            {"op": "replace", "path": "/boot_index", "value": 1},
            {"op": "replace", "path": "/properties/target_portal", "value": "10.0.0.2:3260"},
        ])]
    );
    assert_eq!(changed(&plan), ["boot_index", "properties"]);
}

#[test]
fn a_patched_secret_is_hidden() {
    let properties =
        json!({"target_portal": "10.0.0.1:3260", "auth_username": "u", "auth_password": "top-secret"});
    let plan = update("target.update", &target(), json!({"properties": properties})).expect("a plan");
    assert_eq!(
        bodies(&plan),
        [json!([{"op": "replace", "path": "/properties/auth_password", "value": "top-secret"}])]
    );
    assert_eq!(
        plan.redacted_body(0),
        Some(json!([{"op": "replace", "path": "/properties/auth_password", "value": "•••"}]))
    );
    let change = plan.steps.first().and_then(|step| step.changes.first()).expect("a change");
    assert!(!change.new.to_string().contains("top-secret"));
    // Below a new member as well.
    let properties = json!({"target_portal": "10.0.0.1:3260", "auth_username": "u", "auth_password": "******", "second": {"chap_secret": "top-secret"}});
    let plan = update("target.update", &target(), json!({"properties": properties})).expect("a plan");
    assert!(!plan.redacted_body(0).expect("a body").to_string().contains("top-secret"));
}

#[test]
fn a_mask_is_never_patched_in() {
    let properties = json!({"target_portal": "10.0.0.1:3260", "auth_username": "u", "auth_password": "******", "other_password": "******"});
    assert_eq!(
        at_fault(update("target.update", &target(), json!({"properties": properties}))),
        ["properties"]
    );
    assert_eq!(
        at_fault(update(
            "target.update",
            &target(),
            json!({"properties": target().get("properties").cloned()})
        )),
        [""]
    );
}

#[test]
fn null_removes_what_cannot_be_null() {
    let plan = update("target.update", &target(), json!({"properties": null})).expect("a plan");
    assert_eq!(bodies(&plan), [json!([{"op": "remove", "path": "/properties"}])]);
}

#[test]
fn keys_that_ironic_cannot_name_replace_the_object() {
    let with = record(json!({"uuid": "u1", "extra": {"a.b": 1, "c": 2}}));
    let plan = update("target.update", &with, json!({"extra": {"a.b": 2, "c": 2}})).expect("a plan");
    assert_eq!(bodies(&plan), [json!([{"op": "replace", "path": "/extra", "value": {"a.b": 2, "c": 2}}])]);
}
