//! Traps of the documents, against the simulated service.

use boxdeck_dialect::{FailureKind, Outcome, Record};
use serde_json::{Value, json};

use super::{key, open, some, text};
use crate::On;

fn ghost() -> Record {
    Record(json!({"userId": "nobody", "groupId": "QA"}).as_object().expect("an object").clone())
}

#[test]
fn a_good_status_can_be_a_failure() {
    let mut console = open();
    let ghost = ghost();
    let typed = json!({"password": "Breakwater-9-lamp"});
    let failure = console.refused("user.set_password", On::record(&ghost), &typed);
    assert_eq!((failure.kind, failure.status), (FailureKind::NotFound, Some(204)));
    let on = On { record: None, parent: Some("QA~nobody") };
    let failure = console.refused("mfa.create", on, &json!({"virtualMFADeviceName": "phone"}));
    assert_eq!((failure.kind, failure.status), (FailureKind::NotFound, Some(204)));
    assert_eq!(console.get("user.get", None, "QA~nobody").expect_err("none").kind, FailureKind::NotFound);
}

#[test]
fn reasons_come_in_every_format() {
    let mut console = open();
    for format in ["html", "json", "text"] {
        console.control(&json!({"error_format": format}));
        let failure = console.refused("group.create", On::default(), &json!({"groupId": "QA"}));
        assert_eq!(failure.kind, FailureKind::Conflict);
        assert!(
            !failure.message.contains('<') && !failure.message.contains("\":"),
            "{format}: {}",
            failure.message
        );
        assert!(failure.message.len() > 5, "{format}: {}", failure.message);
    }
}

#[test]
fn most_things_are_done_in_the_default_region() {
    let mut console = open();
    console.control(&json!({"region": "inland"}));
    let failure = console.list("group.list", None, &Value::Null).expect_err("another region");
    assert_eq!(failure.kind, FailureKind::Forbidden);
    // What works on the region that the request reaches is done there.
    assert!(matches!(console.perform("usage.store", On::default(), &Value::Null), Outcome::Done(_)));
}

#[test]
fn a_locked_user_is_invalid_until_unlocked() {
    let mut console = open();
    let user = some(&mut console, "user.list", Some("Engineering"), &Value::Null, |user| {
        user.text("userType").as_deref() == Some("GroupAdmin")
    });
    let on = On::record(&user);
    let password = json!({"password": "Harbour-light-7"});
    assert_eq!(text(&mut console, "user.verify_password", on, &password), "valid");
    for _ in 0..20 {
        text(&mut console, "user.verify_password", on, &json!({"password": "wrong"}));
    }
    assert_eq!(text(&mut console, "user.is_locked", on, &Value::Null), "true");
    assert_eq!(text(&mut console, "user.verify_password", on, &password), "invalid");
    console.done("user.unlock", on, &Value::Null);
    assert_eq!(text(&mut console, "user.verify_password", on, &password), "valid");
    console.control(&json!({"expire_passwords": true}));
    assert_eq!(text(&mut console, "user.verify_password", on, &password), "expire");
}

#[test]
fn what_is_not_counted_is_empty_and_no_error() {
    let mut console = open();
    console.control(&json!({"bucket_counts": false, "bucket_statistics": false, "requests": false}));
    console.list("bucket_usage.list", Some("Engineering"), &Value::Null).expect("a list");
    let filter = json!({"id": "Engineering|*", "operation": "HG", "startTime": "202605200000", "endTime": "202605270000"});
    console.list("usage.list", None, &filter).expect("a list");
}

#[test]
fn a_certified_licence_allows_no_purge() {
    let mut console = open();
    let bucket = some(&mut console, "bucket.list", Some("Engineering"), &Value::Null, |_| true);
    console.control(&json!({"object_lock_mode": "CERTIFIED"}));
    let failure = console.refused("bucket.challenge", On::record(&bucket), &Value::Null);
    assert_eq!(failure.kind, FailureKind::Forbidden);
}

#[test]
fn limits_have_five_addresses() {
    let mut console = open();
    for (user, group) in [("ALL", "*"), ("*", "ALL"), ("ALL", "QA"), ("*", "QA")] {
        let limits =
            some(&mut console, "limits.list", None, &json!({"userId": user, "groupId": group}), |_| true);
        let name = key(&console, "limits.list", &limits);
        assert_eq!(name, format!("{user}~{group}~"));
        let limits = console.get("limits.get", None, &name).expect("limits");
        console.done("limits.set", On::record(&limits), &json!({"wlRequestRate": 77}));
        let limits = console.get("limits.get", None, &name).expect("limits");
        assert_eq!(limits.get("wlRequestRate"), Some(&json!(77)), "{name}");
        // In another region nothing has changed.
        let other = console.get("limits.get", None, &format!("{user}~{group}~inland")).expect("limits");
        assert_ne!(other.get("wlRequestRate"), Some(&json!(77)), "{name}");
    }
}
