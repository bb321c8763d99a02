use serde_json::{Value, json};

use super::support::{Store, answer, sent};
use crate::{Body, FailureKind, Record};

fn record(value: Value) -> Record {
    Record(value.as_object().cloned().expect("an object"))
}

fn limits() -> Record {
    let rows: Vec<Value> = [
        ("STORAGE_QUOTA_KBYTES", 1_073_741_824_i64),
        ("STORAGE_QUOTA_COUNT", -1),
        ("REQUEST_RATE", 600),
        ("DATAKBYTES_IN", -1),
        ("DATAKBYTES_OUT", -1),
    ]
    .iter()
    .flat_map(|(kind, value)| {
        [("LW", -1), ("LH", *value)]
            .map(|(end, value)| json!({"type": format!("{kind}_{end}"), "value": value}))
    })
    .collect();
    let body = json!({"groupId": "QA", "userId": "kim", "labelId": "l", "qosLimitList": rows});
    Store::new().record("limits.get", "kim~QA~north", &answer(200, body.to_string())).expect("limits")
}

#[test]
fn all_ten_limits_go_at_once_and_only_the_changed_are_told() {
    let store = Store::new();
    let plan = store.plan("limits.set", Some(&limits()), json!({"hlRequestRate": 1200}), Value::Null);
    let step = &plan.steps[0];
    assert_eq!(
        sent(&step.request),
        "userId=kim&groupId=QA&region=north&wlStorageQuotaKBytes=-1&hlStorageQuotaKBytes=1073741824\
         &wlStorageQuotaCount=-1&hlStorageQuotaCount=-1&wlRequestRate=-1&hlRequestRate=1200\
         &wlDataKBytesIn=-1&hlDataKBytesIn=-1&wlDataKBytesOut=-1&hlDataKBytesOut=-1"
    );
    assert_eq!(step.request.body, Body::None);
    let changes: Vec<_> =
        step.changes.iter().map(|change| (change.field.as_str(), &change.old, &change.new)).collect();
    assert_eq!(changes, [("hlRequestRate", &Some(json!(600)), &json!(1200))]);
    // Another change of theirs would be undone by ours.
    let guard = plan.guard.as_ref().expect("a guard");
    assert_eq!(guard.request.target(), "/qos/limits?userId=kim&groupId=QA&region=north");
    let resource = store.operation("limits.set").0;
    assert_eq!(guard.check(resource, &limits()), Ok(()));
    let mut theirs = limits();
    theirs.0.insert("qosLimitList".to_owned(), json!([]));
    assert_eq!(guard.check(resource, &theirs).expect_err("a conflict").kind, FailureKind::Conflict);
}

#[test]
fn a_group_goes_back_whole() {
    let store = Store::new();
    let group =
        record(json!({"groupId": "QA", "groupName": "Quality", "active": "true", "ldapEnabled": false,
        "s3endpointshttp": ["ALL"], "unknownToUs": {"a": 1}}));
    let plan = store.plan("group.update", Some(&group), Value::Null, json!({"groupName": "Tests"}));
    let Body::Json(body) = &plan.steps[0].request.body else { panic!("no JSON") };
    assert_eq!(body["groupName"], "Tests");
    assert_eq!(body["active"], "true");
    assert_eq!(body["unknownToUs"], json!({"a": 1}));
    assert_eq!(sent(&plan.steps[0].request), "");
    assert_eq!(plan.guard.expect("a guard").request.target(), "/group?groupId=QA");
}

#[test]
fn numbers_go_back_as_the_wire_spells_them() {
    let store = Store::new();
    let body = json!({"allowRead": true, "currentDownloads": 7, "expiryTime": "1517385600000", "maxDownloadNum": 1000, "secure": true, "url": "https://s3.storage.example/b1/o"});
    let link = store.record("public_url.get", "kim~QA~b1~o", &answer(200, body.to_string())).expect("a link");
    assert_eq!(link.get("expiryTime"), Some(&json!(1_517_385_600_000_i64)));
    let plan = store.plan("public_url.update", Some(&link), Value::Null, json!({"allowRead": false}));
    let step = &plan.steps[0];
    assert_eq!(sent(&step.request), "userId=kim&groupId=QA&bucketName=b1&objectName=o");
    let Body::Json(sent) = &step.request.body else { panic!("no JSON") };
    // Neither the counter nor what the address says is part of the object; the link is, or a second one would be made.
    let expected = json!({"allowRead": false, "expiryTime": "1517385600000", "maxDownloadNum": 1000, "secure": true, "url": "https://s3.storage.example/b1/o"});
    assert_eq!(*sent, expected);
    // A download in between is no change of somebody else.
    let mut later = link.clone();
    later.0.insert("currentDownloads".to_owned(), json!(8));
    let resource = store.operation("public_url.get").0;
    assert_eq!(plan.guard.expect("a guard").check(resource, &later), Ok(()));

    let rule = record(
        json!({"ruleId": "12", "region": "", "statId": "cpu", "condition": ">", "conditionVal": "0.9",
        "email": "default", "enabled": true, "severityLevel": "1", "snmpTrap": false}),
    );
    let plan = store.plan("rule.update", Some(&rule), Value::Null, json!({"severityLevel": "3"}));
    let Body::Json(sent) = &plan.steps[0].request.body else { panic!("no JSON") };
    assert_eq!(sent["severityLevel"], 3);
}

#[test]
fn nothing_dangerous_is_left_out() {
    let store = Store::new();
    let key = record(json!({"accessKey": "a+b/c=", "active": true}));
    let request = |id: &str, record: &Record| {
        store.plan(id, Some(record), Value::Null, Value::Null).steps[0].request.clone()
    };
    assert_eq!(sent(&request("credentials.deactivate", &key)), "accessKey=a%2Bb%2Fc%3D&isActive=false");
    let bucket = record(json!({"groupId": "QA", "userId": "kim", "bucketName": "b1"}));
    assert_eq!(sent(&request("bucket.delete_tiering_key", &bucket)), "bucketName=b1");
    assert_eq!(sent(&request("bucket.challenge", &bucket)), "action=purge&params=bucketName%3Ab1");
    let event = record(json!({"eventType": "13|/dev/mapper/vg0-root", "ack": false}));
    let (resource, operation) = store.operation("event.remove");
    let plan = crate::build(
        &crate::HyperStore,
        store.context(),
        resource,
        operation,
        Some(&event),
        Some("store1~"),
        None,
        &crate::Inputs::default(),
    )
    .expect("a plan");
    let Body::Json(body) = &plan.steps[0].request.body else { panic!("no JSON") };
    assert_eq!(body["eventTypes"], json!(["13|/dev/mapper/vg0-root"]));
    assert_eq!((&body["delete"], &body["nodeId"]), (&json!(true), &json!("store1")));
}

#[test]
fn secrets_in_the_query_are_never_shown() {
    let store = Store::new();
    let user = record(json!({"userId": "kim", "groupId": "QA"}));
    let plan =
        store.plan("user.set_password", Some(&user), json!({"password": "Hunter2-Hunter2"}), Value::Null);
    let step = &plan.steps[0];
    assert!(sent(&step.request).contains("Hunter2"));
    assert!(!step.redacted().target().contains("Hunter2"));
    assert!(!format!("{:?} {:?}", plan, step.changes).contains("Hunter2"));
}
