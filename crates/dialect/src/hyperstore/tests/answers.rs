use serde_json::{Value, json};

use super::support::{Store, answer};
use crate::{FailureKind, Outcome};

fn refused(outcome: Outcome) -> crate::Failure {
    match outcome {
        Outcome::Refused(failure) => failure,
        other => panic!("{other:?}"),
    }
}

fn result(outcome: Outcome) -> Value {
    match outcome {
        Outcome::Done(answer) => answer.result,
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_content_is_an_answer_of_three_meanings() {
    let store = Store::new();
    let nothing = answer(204, "");
    assert_eq!(store.record("group.get", "QA", &nothing).expect_err("none").kind, FailureKind::NotFound);
    assert_eq!(refused(store.outcome("group.bill", &nothing)).kind, FailureKind::NotFound);
    for id in [
        "user.set_password",
        "mfa.create",
        "mfa.deactivate",
        "mfa.delete",
        "bucket.set_tiering_key",
        "tiering.set",
    ] {
        let failure = refused(store.outcome(id, &nothing));
        assert_eq!((failure.kind, failure.status), (FailureKind::NotFound, Some(204)), "{id}");
    }
    assert_eq!(result(store.outcome("group.delete", &nothing)), Value::Null);
}

#[test]
fn texts_are_read_by_the_operation() {
    let store = Store::new();
    for (id, body, text) in [
        ("group.rating_plan", "Default-RP", "Default-RP"),
        ("group.byte_count", "98765432109876543210", "98765432109876543210"),
        ("group.bytes_tiered", "\"12T\"", "12T"),
        ("user.is_locked", "false\n", "false"),
        ("user.verify_password", "expire", "expire"),
        ("bucket.azure_key", "name,a+b/c==", "name,a+b/c=="),
    ] {
        assert_eq!(result(store.outcome(id, &answer(200, body))), json!(text), "{id}");
    }
    let release = store.record("system.version", "", &answer(200, "8.2 Compiled: 2026-01-15 10:00"));
    assert_eq!(release.expect("a record").text("version").as_deref(), Some("8.2 Compiled: 2026-01-15 10:00"));
    // What a call answers without a documented answer is a remark, not a result.
    match store.outcome("user.unlock", &answer(200, "unlocked")) {
        Outcome::Done(answer) => {
            assert_eq!((answer.result, answer.note.as_deref()), (Value::Null, Some("unlocked")));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_page_in_place_of_an_answer_is_somebody_elses() {
    let store = Store::new();
    let page = answer(200, "<!DOCTYPE html><title>Sign in</title>");
    assert!(matches!(store.outcome("user.unlock", &page), Outcome::Unknown { .. }));
    assert!(matches!(store.outcome("user.create", &page), Outcome::Unknown { .. }));
    assert_eq!(refused(store.outcome("group.rating_plan", &page)).kind, FailureKind::Malformed);
    assert!(store.record("system.version", "", &page).is_err());
    assert!(matches!(store.outcome("user.unlock", &answer(502, "")), Outcome::Unknown { .. }));
    assert_eq!(refused(store.outcome("group.rating_plan", &answer(502, ""))).kind, FailureKind::Broken);
}

#[test]
fn reasons_are_read_from_json_text_and_pages() {
    let store = Store::new();
    let page = "<html><head><title>Error 400</title></head><body><p>Reason:<pre>  Missing required parameters : {userId, groupId}</pre></p></body></html>";
    for body in [
        "Missing required parameters : {userId, groupId}".to_owned(),
        json!({"status": 400, "message": "Missing required parameters : {userId, groupId}"}).to_string(),
        page.to_owned(),
    ] {
        let failure = refused(store.outcome("user.set_password", &answer(400, &body)));
        assert_eq!(failure.message, "Missing required parameters : {userId, groupId}");
        assert_eq!(failure.kind, FailureKind::Invalid);
        let names: Vec<_> = failure.fields.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(names, ["userId", "groupId"]);
    }
    for (status, kind) in [
        (401, FailureKind::SignedOut),
        (403, FailureKind::Forbidden),
        (404, FailureKind::NotFound),
        (409, FailureKind::Conflict),
        (500, FailureKind::Broken),
        (503, FailureKind::Busy),
    ] {
        let failure = refused(store.outcome("group.delete", &answer(status, "")));
        assert_eq!(failure.kind, kind);
        assert!(!failure.message.is_empty());
    }
    // The reasons use names that the requests do not have.
    let failure = refused(store.outcome("event.acknowledge", &answer(400, "Missing {nodeId, events}")));
    assert!(failure.fields.iter().any(|fault| fault.field == "eventTypes"));
}

#[test]
fn records_are_completed_from_their_key() {
    let store = Store::new();
    let body = json!({"cpu": {"timestamp": "1502799663530", "value": "0.06"}, "s3GetTPS": null,
        "diskTotalKb": {"timestamp": "1", "value": "123456789012345678901234567890"},
        "status": {"ipaddr": "", "status": ["SVC_DOWN"], "timestamp": "1502799663530", "value": "[SVC_DOWN]"},
        "disksInfo": {"disks": [{"deviceName": "/dev/sda", "diskTotalKb": "20181628"}], "timestamp": "1"}});
    let node = store.record("node.get", "store1~north", &answer(200, body.to_string())).expect("a node");
    assert_eq!(
        (node.text("hostname").as_deref(), node.text("region").as_deref()),
        (Some("store1"), Some("north"))
    );
    assert_eq!(node.get("cpu"), Some(&json!(0.06)));
    assert_eq!(node.get("status"), Some(&json!(["SVC_DOWN"])));
    // More than 64 bits can hold stays as it is.
    assert_eq!(node.get("diskTotalKb"), Some(&json!("123456789012345678901234567890")));
    assert_eq!(node.get("disksInfo"), Some(&json!([{"deviceName": "/dev/sda", "diskTotalKb": 20_181_628}])));

    let body = json!([{"userId": "kim", "buckets": [{"bucketName": "b1"}]}, {"userId": "zoe", "buckets": [{"bucketName": "b2"}]}]);
    let bucket = store.record("bucket.get", "QA~zoe~b2", &answer(200, body.to_string())).expect("a bucket");
    assert_eq!(
        (bucket.text("userId").as_deref(), bucket.text("groupId").as_deref()),
        (Some("zoe"), Some("QA"))
    );
    let gone =
        store.record("bucket.get", "QA~zoe~b3", &answer(200, body.to_string())).expect_err("no such bucket");
    assert_eq!(gone.kind, FailureKind::NotFound);
}

#[test]
fn wrong_codes_are_told_where_they_were_typed() {
    let store = Store::new();
    let answer = answer(403, "The codes do not fit");
    let failure = refused(store.outcome("mfa.enable", &answer));
    assert_eq!(failure.kind, FailureKind::Invalid);
    let fields: Vec<&str> = failure.fields.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["authenticationCode1", "authenticationCode2"]);
    // Elsewhere the status says what it says.
    assert_eq!(refused(store.outcome("mfa.create", &answer)).kind, FailureKind::Forbidden);
}
