//! Limits, policies, and the system as a whole.

use serde_json::json;

use crate::hyperstore::testing::Bench;
use crate::message::Method;

fn limits(value: i64) -> String {
    [
        "wlStorageQuotaKBytes",
        "hlStorageQuotaKBytes",
        "wlStorageQuotaCount",
        "hlStorageQuotaCount",
        "wlRequestRate",
        "hlRequestRate",
        "wlDataKBytesIn",
        "hlDataKBytesIn",
        "wlDataKBytesOut",
        "hlDataKBytesOut",
    ]
    .map(|name| format!("&{name}={value}"))
    .concat()
}

#[test]
fn limits_are_ten_at_once_on_five_levels() {
    let mut bench = Bench::new(60);
    let user = bench.rows("/user/list?groupId=QA&userType=all&userStatus=all")[1]["userId"].clone();
    let user = user.as_str().expect("an id");
    for (number, (user, group)) in
        [(user, "QA"), ("ALL", "QA"), ("*", "QA"), ("ALL", "*"), ("*", "ALL")].into_iter().enumerate()
    {
        let who = format!("/qos/limits?userId={user}&groupId={group}");
        bench.act(&format!("{who}{}", limits(number as i64)));
        let shown = bench.get(&who);
        let list = shown["qosLimitList"].as_array().expect("limits");
        assert_eq!(
            (list.len(), &list[1]),
            (10, &json!({"type": "STORAGE_QUOTA_KBYTES_LH", "value": number}))
        );
        // Regions have limits of their own.
        let elsewhere = bench.get(&format!("{who}&region=inland"));
        assert_eq!(elsewhere["qosLimitList"][0]["value"], -1);
        if group == "QA" {
            bench.delete(&who);
            assert_eq!(bench.get(&who)["qosLimitList"][0]["value"], -1);
        } else {
            bench.refused(Method::Delete, &who, None, 400);
        }
    }
    let who = "/qos/limits?userId=ALL&groupId=QA";
    bench.refused(Method::Post, &format!("{who}{}", limits(-2)), None, 400);
    bench.refused(Method::Post, &format!("{who}{}", limits(5).replace("&hlRequestRate=5", "")), None, 400);
    bench.refused(Method::Get, "/qos/limits?userId=nobody&groupId=QA", None, 400);
    bench.refused(Method::Get, "/qos/limits?userId=ALL&groupId=ALL", None, 400);
}

#[test]
fn policies_that_wait_are_processed_on_request() {
    let mut bench = Bench::new(20);
    let count = |bench: &mut Bench, filter: &str| {
        bench.get(&format!("/bppolicy/listpolicy?{filter}")).as_array().expect("a list").len()
    };
    assert_eq!(count(&mut bench, ""), 8);
    assert_eq!(count(&mut bench, "status=pending"), 1);
    assert_eq!(count(&mut bench, "status=active&region=harbor&groupId=QA"), 2);
    bench.refused(Method::Get, "/bppolicy/listpolicy?status=odd", None, 400);
    bench.act("/system/processProtectionPolicy");
    assert_eq!((count(&mut bench, ""), count(&mut bench, "status=pending")), (7, 0));
    assert_eq!(count(&mut bench, "status=deleted"), 0);
}

#[test]
fn the_audit_is_of_the_last_hour_and_of_what_the_quick_store_believes() {
    let mut bench = Bench::new(200);
    let before = bench.get("/system/audit");
    assert_eq!((&before["bytesInCount"], before["nodes"].as_array().expect("nodes").len()), (&json!(0), 9));
    bench.act("/system/repairusercount");
    assert_eq!(bench.get("/system/audit"), before);
    bench.order(&json!({"advance_seconds": 3600}));
    let after = bench.get("/system/audit");
    let users = |audit: &serde_json::Value| audit["userCount"].as_i64().expect("a number");
    assert_eq!(users(&after), users(&before) + 2);
    assert!(after["timestamp"].as_i64() > before["timestamp"].as_i64());
    let region = bench.get("/system/audit?region=inland");
    assert_eq!(region["nodes"].as_array().expect("nodes").len(), 3);
    assert!(region["byteCount"].as_i64() < after["byteCount"].as_i64());
    let license = bench.get("/system/license");
    assert_eq!(after["licenseExpiration"], license["expiration"]);
    assert_eq!((&license["maxRawStorage"], &license["storageMode"]), (&json!(null), &json!("NET")));
}
