//! Groups, users, their keys, second factors and limits.

use boxdeck_dialect::{FailureKind, Record};
use serde_json::{Value, json};

use super::code::code;
use super::{key, rows, some, text};
use crate::{Console, On};

/// The time at which the simulated system stands still.
const NOW: i64 = 1_780_000_000_000;

pub(super) fn walk(console: &mut Console) {
    groups(console);
    users(console);
    credentials(console);
    devices(console);
    limits(console);
    farewell(console);
}

fn group(console: &mut Console) -> Record {
    console.get("group.get", None, "Walk").expect("the group")
}

fn user(console: &mut Console, name: &str) -> Record {
    console.get("user.get", None, &format!("Walk~{name}")).expect("the user")
}

fn groups(console: &mut Console) {
    let made = json!({"groupId": "Walk", "groupName": "A walk", "ldapEnabled": false});
    console.done("group.create", On::default(), &made);
    assert_eq!(console.refused("group.create", On::default(), &made).kind, FailureKind::Conflict);
    let found = rows(console, "group.list", None, &json!({"prefix": "Wa"}));
    assert_eq!(found.len(), 1);
    let before = group(console);
    assert_eq!(before.text("active").as_deref(), Some("true"));
    console.done(
        "group.update",
        On::record(&before),
        &json!({"groupName": "A talk", "s3endpointshttp": ["NONE"]}),
    );
    let after = group(console);
    assert_eq!(after.text("groupName").as_deref(), Some("A talk"));
    assert_eq!(after.get("s3endpointshttp"), Some(&json!(["NONE"])));
    assert_eq!(after.get("s3endpointshttps"), before.get("s3endpointshttps"));
    // What was changed meanwhile is not undone.
    let stale = console.refused("group.update", On::record(&before), &json!({"groupName": "Mine"}));
    assert_eq!(stale.kind, FailureKind::Conflict);
    assert_eq!(group(console), after);

    let on = On::record(&after);
    console.done("group.set_rating_plan", on, &json!({"ratingPlanId": "Default-RP"}));
    assert_eq!(text(console, "group.rating_plan", on, &Value::Null), "Default-RP");
    assert_eq!(console.refused("group.bucket_count", on, &Value::Null).kind, FailureKind::NotFound);
    assert_eq!(text(console, "group.byte_count", on, &Value::Null), "0");
    assert_eq!(text(console, "group.object_count", on, &Value::Null), "0");
    assert_eq!(text(console, "group.bytes_tiered", on, &Value::Null), "0");
    console.done("group.repair_usage", on, &json!({"summarizeCountsOnly": true}));
}

fn users(console: &mut Console) {
    for name in ["kim", "zoe"] {
        let on = On { record: None, parent: Some("Walk") };
        let typed = json!({"userId": name, "userType": "User", "fullName": "Somebody"});
        let made = console.done("user.create", on, &typed).result;
        assert_eq!(made["groupId"], "Walk");
        assert_eq!(made["canonicalUserId"].as_str().map(str::len), Some(32));
    }
    let walk = group(console);
    let full = console.refused("group.delete", On::record(&walk), &Value::Null);
    assert_eq!(full.kind, FailureKind::Conflict);
    let found = console.list("user.list", Some("Walk"), &json!({"prefix": "z", "listedType": "user"}));
    assert_eq!(found.expect("users").records.len(), 1);
    let kim = user(console, "kim");
    console.done("user.update", On::record(&kim), &json!({"city": "Bremen", "userType": "GroupAdmin"}));
    let kim = user(console, "kim");
    assert_eq!(kim.text("city").as_deref(), Some("Bremen"));
    assert_eq!(kim.text("userType").as_deref(), Some("GroupAdmin"));

    let on = On::record(&kim);
    let password = json!({"password": "Breakwater-9-lamp"});
    assert_eq!(
        console.refused("user.set_password", on, &json!({"password": "short"})).kind,
        FailureKind::Invalid
    );
    console.done("user.set_password", on, &password);
    assert_eq!(text(console, "user.verify_password", on, &password), "valid");
    assert_eq!(text(console, "user.verify_password", on, &json!({"password": "wrong"})), "invalid");
    assert_eq!(text(console, "user.is_locked", on, &Value::Null), "false");
    console.done("user.unlock", on, &Value::Null);
    console.done("user.set_rating_plan", on, &json!({"ratingPlanId": "Whitelist-RP"}));
    assert_eq!(text(console, "user.rating_plan_id", on, &Value::Null), "Whitelist-RP");
    assert_eq!(console.done("user.rating_plan", on, &Value::Null).result["id"], "Whitelist-RP");
    assert_eq!(text(console, "user.byte_count", on, &Value::Null), "0");
    assert_eq!(text(console, "user.object_count", on, &Value::Null), "0");
    assert_eq!(text(console, "user.bytes_tiered", on, &Value::Null), "0");
    console.done("user.repair_usage", on, &Value::Null);
    let canonical = json!({"canonicalUserId": kim.get("canonicalUserId")});
    assert_eq!(console.done("former.get", On::default(), &canonical).result["userId"], "kim");
}

fn credentials(console: &mut Console) {
    let parent = Some("Walk~kim");
    let on = On { record: None, parent };
    let made = console.done("credentials.create", on, &Value::Null).result;
    let name = made["accessKey"].as_str().expect("a key").to_owned();
    assert!(made["secretKey"].is_string());
    let pair = json!({"accessKey": "EXAMPLE/KEY+0001", "secretKey": "a+b/c=d&e*f|g:h"});
    console.done("credentials.import", on, &pair);
    assert_eq!(console.refused("credentials.import", on, &pair).kind, FailureKind::Conflict);
    let listed = rows(console, "credentials.list", parent, &Value::Null);
    assert_eq!(listed.len(), 2);
    // A name of every odd character arrives as it was typed.
    let odd = console.get("credentials.get", parent, "EXAMPLE/KEY+0001").expect("the key");
    assert_eq!(
        console.done("credentials.reveal", On::record(&odd), &Value::Null).result["secretKey"],
        pair["secretKey"]
    );
    console.done("credentials.deactivate", On::record(&odd), &Value::Null);
    let active = console.done("credentials.list_active", on, &Value::Null).result;
    assert_eq!(active.as_array().map(Vec::len), Some(1));
    let odd = console.get("credentials.get", parent, "EXAMPLE/KEY+0001").expect("the key");
    assert_eq!(odd.get("active"), Some(&json!(false)));
    console.done("credentials.activate", On::record(&odd), &Value::Null);
    let odd = console.get("credentials.get", parent, "EXAMPLE/KEY+0001").expect("the key");
    assert_eq!(odd.get("active"), Some(&json!(true)));
    console.done("credentials.delete", On::record(&odd), &Value::Null);
    let left = rows(console, "credentials.list", parent, &json!({"isRootAccountOnly": true}));
    assert_eq!(left.iter().filter_map(|key| key.text("accessKey")).collect::<Vec<_>>(), [name]);
}

fn devices(console: &mut Console) {
    let parent = Some("Walk~kim");
    let on = On { record: None, parent };
    let made = console.done("mfa.create", on, &json!({"virtualMFADeviceName": "phone"})).result;
    let (serial, seed) = (
        made["serialNumber"].as_str().expect("a serial"),
        made["base32StringSeed"].as_str().expect("a seed"),
    );
    assert!(rows(console, "mfa.list", parent, &Value::Null).is_empty());
    let codes = |at: i64| json!({"authenticationCode1": code(seed, at - 30_000), "authenticationCode2": code(seed, at)});
    let mut enable = codes(NOW);
    enable["serialNumber"] = json!(serial);
    let mut wrong = enable.clone();
    wrong["authenticationCode2"] = enable["authenticationCode1"].clone();
    // The system says 403, as for what a role may not do; it is the codes that are wrong.
    let refused = console.refused("mfa.enable", on, &wrong);
    assert_eq!(refused.kind, FailureKind::Invalid);
    assert!(
        refused.fields.iter().all(|fault| fault.field.starts_with("authenticationCode")),
        "{:?}",
        refused.fields
    );
    assert!(!refused.fields.is_empty());
    console.done("mfa.enable", on, &enable);
    let device = some(console, "mfa.list", parent, &Value::Null, |_| true);
    assert_eq!(device.text("SerialNumber").as_deref(), Some(serial));
    let on_device = On { record: Some(&device), parent };
    console.done("mfa.verify", on_device, &json!({"authenticationCode": code(seed, NOW)}));
    console.done("mfa.resync", on_device, &codes(NOW));
    let typed = json!({"serialNumber": serial});
    assert_eq!(console.refused("mfa.delete", on, &typed).kind, FailureKind::Conflict);
    console.done("mfa.deactivate", on_device, &Value::Null);
    console.done("mfa.delete", on, &typed);
    assert_eq!(console.refused("mfa.delete", on, &typed).kind, FailureKind::NotFound);
}

fn limits(console: &mut Console) {
    let kim = json!({"userId": "kim", "groupId": "Walk"});
    let listed = some(console, "limits.list", None, &kim, |_| true);
    let name = key(console, "limits.list", &listed);
    let before = console.get("limits.get", None, &name).expect("limits");
    console.done(
        "limits.set",
        On::record(&before),
        &json!({"hlStorageQuotaKBytes": 1_048_576, "hlRequestRate": 600}),
    );
    let after = console.get("limits.get", None, &name).expect("limits");
    assert_eq!(after.get("hlStorageQuotaKBytes"), Some(&json!(1_048_576)));
    assert_eq!(after.get("hlRequestRate"), Some(&json!(600)));
    assert_eq!(after.get("wlRequestRate"), before.get("wlRequestRate"));
    let stale = console.refused("limits.set", On::record(&before), &json!({"hlRequestRate": 1}));
    assert_eq!(stale.kind, FailureKind::Conflict);
    console.done("limits.delete", On::record(&after), &Value::Null);
    let gone = console.get("limits.get", None, &name).expect("limits");
    assert_ne!(gone.get("hlRequestRate"), Some(&json!(600)));
}

fn farewell(console: &mut Console) {
    for (name, purge) in [("kim", true), ("zoe", false)] {
        let record = user(console, name);
        console.done("user.delete", On::record(&record), &Value::Null);
        console.control(&json!({"advance_seconds": 60}));
        let filter = json!({"userStatus": "deleted", "prefix": name});
        let deleted = some(console, "user.list", Some("Walk"), &filter, |_| true);
        if purge {
            console.done("user.purge", On::record(&deleted), &Value::Null);
        }
    }
    let walk = group(console);
    console.done("group.purge_deleted_users", On::record(&walk), &Value::Null);
    let left = console.list("user.list", Some("Walk"), &json!({"userStatus": "deleted"})).expect("users");
    assert!(left.records.is_empty());
    console.done("group.delete", On::record(&walk), &Value::Null);
    assert_eq!(console.get("group.get", None, "Walk").expect_err("gone").kind, FailureKind::NotFound);
}
