//! Usage reports and what keeps them.

use serde_json::{Value as Json, json};

use crate::hyperstore::testing::{Bench, NOW};
use crate::message::Method;

fn of(row: &Json, name: &str) -> i64 {
    row[name].as_str().expect("a text").parse().expect("a number")
}

const DAY: &str = "operation=SB&startTime=202602270000&endTime=202602280000";

#[test]
fn levels_are_averages_and_sums_are_not() {
    let mut bench = Bench::new(300);
    let days =
        "/usage?id=Engineering%7C*&operation=SB&startTime=202512010000&endTime=202603010000&granularity=day";
    let days = bench.rows(days);
    assert_eq!(days.len(), 90);
    assert_eq!(
        (&days[0]["userId"], &days[0]["bucket"], &days[0]["region"]),
        (&json!("*"), &Json::Null, &json!("harbor"))
    );
    let (first, last) = (&days[0], &days[89]);
    assert_eq!((of(last, "count"), of(last, "value") / 24), (24, of(last, "averageValue")));
    assert!(
        of(first, "averageValue") < of(last, "averageValue")
            && of(last, "averageValue") <= of(last, "maxValue")
    );
    let month = bench.rows(
        "/usage?id=Engineering%7C*&operation=HG&startTime=202602010000&endTime=202603010000&granularity=month",
    );
    assert_eq!(month.len(), 1);
    assert!(of(&month[0], "count") > 1000 && of(&month[0], "whitelistCount") > 0);
    bench.order(&json!({"requests": false}));
    let none = "/usage?id=QA%7C*&operation=HG&startTime=202602010000&endTime=202603010000&granularity=day";
    assert_eq!(bench.get(none), json!([]));
}

#[test]
fn a_user_is_named_in_two_ways_and_regions_follow_each_other() {
    let mut bench = Bench::new(400);
    let user = bench.rows("/user/list?groupId=Engineering&userType=all&userStatus=all")[0].clone();
    let (id, canonical) =
        (user["userId"].as_str().expect("an id"), user["canonicalUserId"].as_str().expect("an id"));
    let by_name = bench.rows(&format!("/usage?id=Engineering%7C{id}&{DAY}&granularity=hour"));
    let by_id = bench.rows(&format!("/usage?canonicalUserId={canonical}&{DAY}&granularity=hour"));
    assert_eq!(by_name, by_id);
    assert_eq!(by_name.len(), 24);
    let all = bench.rows(&format!("/usage?id=Engineering%7C*&{DAY}&granularity=hour&region=ALL"));
    assert_eq!(all.len(), 48);
    let list = format!("/usage?id=Engineering%7C*&{DAY}&granularity=hour&region=ALL&pageSize=10");
    let mut seen: Vec<Json> = Vec::new();
    let mut offset = String::new();
    loop {
        let mut page = bench.rows(&format!("{list}{offset}"));
        let more = (page.len() == 11).then(|| page.pop().expect("a row"));
        seen.extend(page);
        let Some(next) = more else { break };
        offset = format!(
            "&offset={}&regionOffset={}",
            next["timestamp"].as_str().expect("a time"),
            next["region"].as_str().expect("a region")
        );
    }
    assert_eq!(seen, all);
    let mut reversed =
        bench.rows(&format!("/usage?id=Engineering%7C*&{DAY}&granularity=hour&reversed=true&limit=24"));
    reversed.reverse();
    assert_eq!(reversed, all[..24]);
    for wrong in
        ["&regionOffset=no&offset=1", "&pageSize=-1", "&limit=0&pageSize=0", "&offset=soon", "&reversed=x"]
    {
        bench.refused(Method::Get, &format!("/usage?id=QA%7C*&{DAY}&granularity=hour{wrong}"), None, 400);
    }
}

#[test]
fn what_a_report_cannot_be_is_refused() {
    let mut bench = Bench::new(100);
    for wrong in [
        format!("{DAY}&granularity=hour"),
        format!("id=QA&{DAY}&granularity=hour"),
        format!("id=QA%7Cnobody&{DAY}&granularity=hour"),
        format!("id=no%7C*&{DAY}&granularity=hour"),
        format!("id=QA%7C*&bucket=x&{DAY}&granularity=hour"),
        format!("id=QA%7C*&{DAY}&granularity=week"),
        "id=QA%7C*&operation=TB&startTime=202602270000&endTime=202602280000&granularity=day".to_owned(),
        "id=QA%7C*&operation=SB&startTime=202602280000&endTime=202602270000&granularity=day".to_owned(),
        "id=QA%7C*&operation=SB&startTime=20260227&endTime=202602280000&granularity=day".to_owned(),
        "id=QA%7C*&operation=SB&startTime=202602260000&endTime=202602280000&granularity=raw".to_owned(),
        format!("bucket=no&{DAY}&granularity=day"),
        "bucket=no&operation=SB&startTime=202602270010&endTime=202602280000&granularity=day".to_owned(),
    ] {
        bench.refused(Method::Get, &format!("/usage?{wrong}"), None, 400);
    }
}

#[test]
fn a_bucket_has_reports_of_its_own() {
    let mut bench = Bench::new(100);
    let (name, bucket) = bench.system.store.buckets.iter().next().expect("a bucket");
    let (name, held, policy) = (name.clone(), bucket.held(), bucket.policy.clone());
    let report = |operation: &str, granularity: &str| {
        format!(
            "/usage?bucket={name}&operation={operation}&startTime=202602280000&endTime=202603010100&granularity={granularity}"
        )
    };
    let raw = format!(
        "/usage?bucket={name}&operation=SB&startTime=202602280000&endTime=202603010000&granularity=raw"
    );
    let raw = bench.rows(&raw);
    assert_eq!(raw.len(), 288);
    assert_eq!(
        (&raw[0]["groupId"], &raw[0]["policyId"], &raw[0]["count"]),
        (&Json::Null, &json!(policy), &json!("0"))
    );
    // Counts exist of the moments only when somebody had the bucket counted.
    assert_eq!(bench.get(&report("TB", "hour")), json!([]));
    let counted: Json =
        serde_json::from_str(&bench.act(&format!("/usage/repair/bucket?bucket={name}"))).expect("JSON");
    assert_eq!(counted, json!({"TB": held.0, "TO": held.1}));
    let rows = bench.rows(&report("TO", "hour"));
    assert_eq!((of(&rows[0], "value"), of(&rows[0], "timestamp")), (held.1, NOW));
    for wrong in ["reversed=true", "pageSize=5", "offset=1", "region=harbor", "regionOffset=harbor"] {
        bench.refused(Method::Get, &format!("{}&{wrong}", report("SB", "day")), None, 400);
    }
    let wanted = json!({"buckets": [name, "no"], "startTime": "202602271800", "endTime": "202602271900"});
    let several = bench.send(Method::Post, "/usage/bucket", Some(&wanted)).body_json().expect("JSON");
    let data = several[0]["data"].as_array().expect("rows");
    assert_eq!(data.iter().filter(|row| row["operation"] == "SB").count(), 12);
    assert_eq!(several[1], json!({"bucket": "no", "data": []}));
    bench.refused(
        Method::Post,
        "/usage/bucket",
        Some(&json!({"buckets": [], "startTime": "202602271800", "endTime": "202602271900"})),
        400,
    );
    bench.refused(Method::Post, "/usage/repair/bucket?bucket=no", None, 400);
    bench.order(&json!({"bucket_statistics": false}));
    assert_eq!(bench.get(&report("SB", "day")), json!([]));
}

#[test]
fn deleted_usage_is_gone_for_all_but_buckets() {
    let mut bench = Bench::new(100);
    let hours =
        "/usage?id=Engineering%7C*&operation=SO&startTime=202602280000&endTime=202603010000&granularity=hour";
    assert_eq!(bench.rows(hours).len(), 24);
    bench.delete("/usage?granularity=hour&startTime=2026022803&unitCount=4");
    assert_eq!(bench.rows(hours).len(), 20);
    bench.act("/usage/rollup?granularity=hour&startTime=2026022804&unitCount=2");
    assert_eq!(bench.rows(hours).len(), 22);
    for wrong in [
        "granularity=hour&startTime=20260228",
        "granularity=week&startTime=2026022803",
        "granularity=hour&startTime=2026022803&unitCount=0",
        "granularity=hour&startTime=2026022803&unitCount=101",
    ] {
        bench.refused(Method::Delete, &format!("/usage?{wrong}"), None, 400);
        bench.refused(Method::Post, &format!("/usage/rollup?{wrong}"), None, 400);
    }
    bench.refused(Method::Post, "/usage/rollup?granularity=raw&startTime=202602280000", None, 400);
    bench.order(&json!({"advance_seconds": 90}));
    bench.act("/usage/storage");
    bench.order(&json!({"advance_seconds": 10}));
    let raw = "/usage?id=QA%7C*&operation=SB&startTime=202603010000&endTime=202603010005&granularity=raw";
    let rows = bench.rows(raw);
    assert_eq!(rows.iter().map(|row| of(row, "timestamp")).collect::<Vec<_>>(), [NOW, NOW + 90_000]);
}
