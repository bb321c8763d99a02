//! Rating plans, bills, usage and free addresses.

use boxdeck_dialect::FailureKind;
use serde_json::{Value, json};

use super::{rows, some, text};
use crate::{Console, On};

pub(super) fn walk(console: &mut Console) {
    plans(console);
    bills(console);
    usage(console);
    free_addresses(console);
    counts(console);
}

fn plans(console: &mut Console) {
    let class = |name: &str, price: &str| json!({"ruleclassType": name, "rules": [{"first": "1", "second": price}, {"first": "0", "second": "0"}]});
    let rules = json!({
        "BI": class("BYTES_IN", "0.1"), "BO": class("BYTES_OUT", "0.2"), "HG": class("HTTP_GET", "0.01"),
        "HP": class("HTTP_PUT", "0.02"), "HD": class("HTTP_DELETE", "0"), "SB": class("STORAGE_BYTE", "0.14"),
    });
    let made = json!({"id": "Walk RP", "name": "Walk", "currency": "EUR", "mapRules": rules});
    console.done("rating_plan.create", On::default(), &made);
    assert_eq!(console.refused("rating_plan.create", On::default(), &made).kind, FailureKind::Conflict);
    some(console, "rating_plan.list", None, &Value::Null, |plan| {
        plan.text("id").as_deref() == Some("Walk RP")
    });
    let plan = console.get("rating_plan.get", None, "Walk RP").expect("the plan");
    assert_eq!(plan.get("mapRules"), Some(&rules));
    console.done("rating_plan.update", On::record(&plan), &json!({"name": "Talk"}));
    let plan = console.get("rating_plan.get", None, "Walk RP").expect("the plan");
    assert_eq!((plan.text("name").as_deref(), plan.get("mapRules")), (Some("Talk"), Some(&rules)));
    console.done("rating_plan.delete", On::record(&plan), &Value::Null);
    assert_eq!(
        console.get("rating_plan.get", None, "Walk RP").expect_err("gone").kind,
        FailureKind::NotFound
    );
}

fn bills(console: &mut Console) {
    let month = json!({"billingPeriod": "202604"});
    let group = console.get("group.get", None, "Engineering").expect("the group");
    assert_eq!(console.refused("group.bill", On::record(&group), &month).kind, FailureKind::NotFound);
    let made = console.done("group.make_bill", On::record(&group), &month).result;
    let kept = console.done("group.bill", On::record(&group), &month).result;
    assert_eq!((&kept["billID"], &kept["total"]), (&made["billID"], &made["total"]));
    let user = some(console, "user.list", Some("Engineering"), &Value::Null, |_| true);
    let made = console.done("user.make_bill", On::record(&user), &month).result;
    assert_eq!(made["userId"], *user.get("userId").expect("a name"));
    let kept = console.done("user.bill", On::record(&user), &month).result;
    assert_eq!(kept["billID"], made["billID"]);
    let typed = json!({"groupId": "Engineering", "userId": user.get("userId"), "billingPeriod": "202604"});
    console.done("bill.make_of", On::default(), &typed);
    assert_eq!(console.done("bill.show", On::default(), &typed).result["userId"], made["userId"]);
    let typed = json!({"canonicalUserId": user.get("canonicalUserId"), "billingPeriod": "202604"});
    console.done("bill.make", On::default(), &typed);
    assert_eq!(console.done("former.bill", On::default(), &typed).result["userId"], made["userId"]);
}

fn usage(console: &mut Console) {
    let filter = json!({"id": "Engineering|*", "startTime": "202605200000", "endTime": "202605270000"});
    let days = rows(console, "usage.list", None, &filter);
    assert!(!days.is_empty());
    assert!(days.iter().all(|day| day.get("averageValue").is_some_and(Value::is_number)));
    let bucket = some(console, "bucket.list", Some("Engineering"), &Value::Null, |_| true);
    let typed = json!({"buckets": [bucket.get("bucketName")], "startTime": "202605200000", "endTime": "202605210000"});
    assert!(console.done("usage.of_buckets", On::default(), &typed).result.is_array());
    console.done("usage.store", On::default(), &Value::Null);
    console.done("usage.store_all", On::default(), &Value::Null);
    console.done("usage.rollup", On::default(), &json!({"granularity": "day", "day": "20260527"}));
    console.done("usage.repair_all", On::default(), &json!({"groupId": "ALL"}));
    console.done("usage.repair_dirty", On::default(), &json!({"summarizeCounts": true}));
    console.done(
        "usage.delete",
        On::default(),
        &json!({"granularity": "day", "day": "20260522", "unitCount": 2}),
    );
    let left = rows(console, "usage.list", None, &filter);
    assert!(left.len() < days.len(), "{} of {}", left.len(), days.len());
}

fn free_addresses(console: &mut Console) {
    let list = console.get("allowlist.get", None, "").expect("the list");
    console.done(
        "allowlist.update",
        On::record(&list),
        &json!({"name": "Harbour", "list": ["192.0.2.0/24"]}),
    );
    let list = console.get("allowlist.get", None, "").expect("the list");
    assert_eq!(
        (list.text("name").as_deref(), list.get("list")),
        (Some("Harbour"), Some(&json!(["192.0.2.0/24"])))
    );
    let typed = json!({"list": ["192.0.2.1", "2001:db8::1"]});
    console.done("allowlist.replace", On::default(), &typed);
    let list = console.get("allowlist.get", None, "").expect("the list");
    assert_eq!(list.get("list"), Some(&typed["list"]));
    let wrong = console.refused("allowlist.replace", On::default(), &json!({"list": ["nowhere"]}));
    assert_eq!(wrong.kind, FailureKind::Invalid);
}

fn counts(console: &mut Console) {
    for id in ["system.byte_count", "system.object_count"] {
        let all: u64 = text(console, id, On::default(), &Value::Null).parse().expect("a number");
        let one: u64 =
            text(console, id, On::default(), &json!({"region": "inland"})).parse().expect("a number");
        assert!(one < all, "{id}");
    }
    text(console, "system.bytes_tiered", On::default(), &Value::Null);
    console.done("system.repair_user_count", On::default(), &Value::Null);
}
