use boxdeck_catalog::Damage;
use serde_json::json;

use super::*;
use crate::fixture::record;
use crate::http::{Part, PartContent};

#[test]
fn a_create_sends_what_was_given() {
    let plan = plan(
        "volume.create",
        None,
        json!({}),
        json!({"name": "db", "size": 1_073_741_824, "pool_id": 18_446_744_073_709_551_615_u64}),
    )
    .expect("a plan");
    let request = &plan.steps.first().expect("a step").request;
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/api/rest/volumes"));
    assert_eq!(
        bodies(&plan),
        [json!({"name": "db", "size": 1_073_741_824, "pool_id": 18_446_744_073_709_551_615_u64})]
    );
    assert_eq!(changed(&plan), ["name", "size", "pool_id"]);
    assert!(plan.steps.iter().flat_map(|step| &step.changes).all(|change| change.old.is_none()));
    assert_eq!((plan.title.as_str(), plan.target, plan.destroys), ("Create volume", None, None));
}

#[test]
fn every_fault_is_found_at_once_and_names_its_bound() {
    let found = faults(plan("volume.create", None, json!({}), json!({"name": "x".repeat(66), "size": 1000})));
    assert_eq!(
        found,
        [
            ("name".to_owned(), "At most 65 characters; there are 66.".to_owned()),
            ("size".to_owned(), "At least 1 GB.".to_owned()),
            ("pool_id".to_owned(), "This is needed.".to_owned()),
        ]
    );
    let found = faults(plan(
        "volume.create",
        None,
        json!({}),
        json!({"name": "", "size": 1_000_000_001, "pool_id": null}),
    ));
    assert_eq!(
        found,
        [
            ("name".to_owned(), "This is needed.".to_owned()),
            ("size".to_owned(), "Must be a multiple of 512 B.".to_owned()),
            ("pool_id".to_owned(), "This is needed.".to_owned()),
        ]
    );
}

#[test]
fn conditions_decide_what_is_shown_and_sent() {
    let given = |provtype: Option<&str>| {
        let mut body = json!({"name": "db", "size": 1_073_741_824, "pool_id": 1, "ssd": true});
        if let Some(provtype) = provtype {
            body["provtype"] = json!(provtype);
        }
        let plan = plan("volume.create", None, json!({}), body).expect("a plan");
        bodies(&plan).first().and_then(|body| body.get("ssd")).is_some()
    };
    assert!(given(Some("THIN")));
    assert!(!given(Some("THICK")));
    // The default of the box counts where nothing was chosen.
    assert!(given(None));
}

#[test]
fn an_action_takes_values_from_the_record_and_the_catalog() {
    let snapshot =
        record(json!({"id": 9_007_199_254_740_993_u64, "name": "snap", "remote_owner": "kim & co"}));
    let plan = plan("volume.restore", Some(&snapshot), json!({}), json!({"name": "back"})).expect("a plan");
    let request = &plan.steps.first().expect("a step").request;
    assert_eq!(request.path, "/api/rest/volumes/9007199254740993/restore");
    assert_eq!(request.query, [("owner".to_owned(), "kim & co".to_owned())]);
    assert_eq!(
        bodies(&plan),
        [json!({"name": "back", "source_id": 9_007_199_254_740_993_u64, "kind": "FULL"})]
    );
    assert_eq!(plan.target, Some(("volumes".to_owned(), "9007199254740993".to_owned())));
    assert_eq!(plan.target_name.as_deref(), Some("snap"));
}

#[test]
fn a_delete_says_what_it_destroys() {
    let volume = record(json!({"id": 3, "name": "db"}));
    let plan = plan("volume.delete", Some(&volume), json!({}), json!({})).expect("a plan");
    assert_eq!(plan.destroys, Some(Damage::Data));
    assert!(plan.may_need_approval);
    assert_eq!(plan.warning, "All data is lost.");
    let request = &plan.steps.first().expect("a step").request;
    assert_eq!((request.method.as_str(), request.path.as_str()), ("DELETE", "/api/rest/volumes/3"));
    assert!(request.body == Body::None);
}

#[test]
fn parents_fill_paths_and_bodies() {
    let made = plan("lun.create", None, json!({}), json!({"lun": 4})).expect("a plan");
    assert_eq!(made.steps.first().expect("a step").request.path, "/api/rest/hosts/7/luns");
    // A key is text in a path and a number in a body that wants one.
    assert_eq!(bodies(&made), [json!({"lun": 4, "host_id": 7})]);
    let lun = record(json!({"lun": 4, "volume_id": 12}));
    let removed = plan("lun.delete", Some(&lun), json!({}), json!({})).expect("a plan");
    assert_eq!(removed.steps.first().expect("a step").request.path, "/api/rest/hosts/7/luns/4/of/12");
    assert_eq!(removed.target, Some(("luns".to_owned(), "4~12".to_owned())));
}

#[test]
fn a_missing_placeholder_is_a_fault() {
    assert_eq!(at_fault(plan("volume.delete", None, json!({}), json!({}))), ["id"]);
}

#[test]
fn parameters_go_where_they_belong() {
    let parameters =
        json!({"timestamp": 1_700_000_000_000_u64, "X-Remote": "Basic c2VjcmV0", "force": false});
    let plan = plan("volume.purge", None, parameters, json!({})).expect("a plan");
    let step = plan.steps.first().expect("a step");
    assert_eq!(
        step.request.query,
        [("timestamp".to_owned(), "lt:1700000000000".to_owned()), ("force".to_owned(), "false".to_owned())]
    );
    assert_eq!(step.request.headers, [("X-Remote".to_owned(), "Basic c2VjcmV0".to_owned())]);
    assert_eq!(step.redacted().headers, [("X-Remote".to_owned(), "•••".to_owned())]);
    assert!(!format!("{plan:?} {:?}", step.request).contains("c2VjcmV0"));
    assert_eq!(at_fault(super::plan("volume.purge", None, json!({}), json!({}))), ["timestamp"]);
}

#[test]
fn bare_bodies() {
    assert_eq!(
        bodies(&plan("host.order", None, json!({}), json!({"ids": [3, -1, 2]})).expect("a plan")),
        [json!([3, -1, 2])]
    );
    assert_eq!(at_fault(plan("host.order", None, json!({}), json!({"ids": [3, "x"]}))), ["ids"]);
    assert_eq!(at_fault(plan("host.order", None, json!({}), json!({}))), ["ids"]);
    let host = record(json!({"id": 1}));
    assert_eq!(
        bodies(&plan("host.tag", Some(&host), json!({}), json!({"tags": {"a": "b"}})).expect("a plan")),
        [json!({"a": "b"})]
    );
    let name = record(json!({"name": "box"}));
    assert_eq!(
        bodies(&update("name.update", &name, json!({"name": "box-2"})).expect("a plan")),
        [json!("box-2")]
    );
    assert_eq!(
        faults(update("name.update", &name, json!({"name": "box"}))),
        [(String::new(), "Nothing has been changed.".to_owned())]
    );
    assert_eq!(at_fault(update("name.update", &name, json!({"name": "much-too-long"}))), ["name"]);
}

#[test]
fn inputs_of_bare_bodies_are_described_as_a_whole() {
    let fixture = Fixture::new("infinibox");
    let of = |id: &str| {
        let (resource, operation) = fixture.operation(id);
        input_fields(resource, operation).first().map(|input| input.described().field_type.clone())
    };
    use boxdeck_catalog::FieldType as T;
    assert_eq!(of("host.order"), Some(T::List(Box::new(T::Integer))));
    assert_eq!(of("host.tag"), Some(T::Map(Box::new(T::Text))));
    assert_eq!(of("name.update"), Some(T::Text));
}

#[test]
fn forms_and_files() {
    let form = plan("host.form", None, json!({}), json!({"a": "1 & 2", "pin": "0000", "flag": true}))
        .expect("a plan");
    let step = form.steps.first().expect("a step");
    let fields = |pin: &str| {
        vec![
            ("a".to_owned(), "1 & 2".to_owned()),
            ("pin".to_owned(), pin.to_owned()),
            ("flag".to_owned(), "true".to_owned()),
        ]
    };
    assert!(step.request.body == Body::Form(fields("0000")));
    assert!(step.redacted().body == Body::Form(fields("•••")));
    let file = PartContent::File { handle: 5, name: "box.pem".to_owned(), size: 900 };
    let mut inputs = Inputs::default();
    assert_eq!(at_fault(plan_of("host.upload", None, &inputs)), ["upload_file"]);
    inputs.files.insert("upload_file".to_owned(), file.clone());
    inputs.body.insert("note".to_owned(), json!("n"));
    inputs.body.insert("pin".to_owned(), json!("0000"));
    let upload = plan_of("host.upload", None, &inputs).expect("a plan");
    let part = |name: &str, content| Part { name: name.to_owned(), content };
    let text = |text: &str| PartContent::Text(text.to_owned());
    let step = upload.steps.first().expect("a step");
    assert!(
        step.request.body
            == Body::Multipart(vec![
                part("upload_file", file),
                part("note", text("n")),
                part("pin", text("0000"))
            ])
    );
    assert_eq!(upload.redacted_body(0), Some(json!({"upload_file": "box.pem", "note": "n", "pin": "•••"})));
    assert!(!format!("{upload:?} {inputs:?} {:?}", step.request).contains("0000"));
}

#[test]
fn a_masked_secret_is_not_created() {
    let made = plan("target.create", None, json!({}), json!({"volume_id": "v", "node_uuid": "n", "boot_index": 0, "properties": {"auth_username": "u", "auth_password": "******"}})).expect("a plan");
    assert_eq!(
        bodies(&made),
        [json!({"volume_id": "v", "node_uuid": "n", "boot_index": 0, "properties": {"auth_username": "u"}})]
    );
}
