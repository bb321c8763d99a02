use proptest::prelude::*;
use serde_json::{Value, json};

use super::support::{Store, after, answer, query, sent, texts};
use crate::{FailureKind, Position, Query, Total};

fn groups(names: &[&str]) -> crate::Response {
    let rows: Vec<Value> = names.iter().map(|name| json!({"groupId": name, "active": "true"})).collect();
    answer(200, Value::from(rows).to_string())
}

#[test]
fn parents_and_defaults_are_parameters() {
    let store = Store::new();
    assert_eq!(
        sent(&store.list("user.list", Some("QA"), &Query::default())),
        "groupId=QA&userType=all&userStatus=all&extended=false&limit=99"
    );
    let chosen = query(&[("userStatus", "deleted"), ("listedType", "admin"), ("prefix", "jo")]);
    assert_eq!(
        sent(&store.list("user.list", Some("QA"), &chosen)),
        "groupId=QA&userType=admin&userStatus=deleted&prefix=jo&extended=false&limit=99"
    );
    // The owner of a list can have a key of several fields.
    assert_eq!(
        sent(&store.list("credentials.list", Some("QA~kim"), &Query::default())),
        "userId=kim&groupId=QA&isRootAccountOnly=false"
    );
    // Of a region that is not said nothing is sent.
    assert_eq!(
        sent(&store.list("event.list", Some("store1~"), &Query::default())),
        "nodeId=store1&showAck=false&limit=100"
    );
    assert_eq!(
        sent(&store.list("event.list", Some("store1~north"), &Query::default())),
        "nodeId=store1&showAck=false&region=north&limit=100"
    );
    assert!(store.list("group.list", None, &Query::default()).path == "/group/list");
}

#[test]
fn the_record_beyond_the_limit_is_never_lost() {
    let store = Store::new();
    let three = Query { page_size: Some(3), ..Query::default() };
    assert_eq!(sent(&store.list("group.list", None, &three)), "limit=2");
    let first = store.page("group.list", None, &three, &groups(&["QA", "Sales", "eng"])).expect("a page");
    assert_eq!(texts(&first.records, "groupId"), ["QA", "Sales", "eng"]);
    assert_eq!((first.total, &first.next), (Total::AtLeast(3), &Some(Position::After("eng".to_owned()))));

    // Where it was the very last one, the service answers nothing to the next question.
    let second = after(three.clone(), "eng");
    assert_eq!(sent(&store.list("group.list", None, &second)), "limit=2&offset=eng");
    for empty in [answer(200, "[]"), answer(204, "")] {
        let last = store.page("group.list", None, &second, &empty).expect("a page");
        assert_eq!((last.records.len(), last.total, last.next), (0, Total::Unknown, None));
    }
    // Otherwise it comes again, and is not shown twice.
    let next = store.page("group.list", None, &second, &groups(&["eng", "ops"])).expect("a page");
    assert_eq!(texts(&next.records, "groupId"), ["ops"]);
    assert_eq!(next.next, None);
    let all = store.page("group.list", None, &three, &groups(&["QA", "eng"])).expect("a page");
    assert_eq!((all.total, all.next), (Total::Exact(2), None));
}

#[test]
fn pages_of_every_size_hold_each_record_once() {
    let store = Store::new();
    proptest!(|(count in 0_usize..40, size in 1_u32..12, is_trapped in any::<bool>())| {
        let names: Vec<String> = (0..count).map(|index| format!("g{index:03}")).collect();
        let mut asked = Query { page_size: Some(size), ..Query::default() };
        let mut found = Vec::new();
        for _ in 0..100 {
            let request = store.list("group.list", None, &asked);
            let value = |name: &str| {
                request.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
            };
            let limit: usize = value("limit").and_then(|limit| limit.parse().ok()).expect("a limit");
            let start = value("offset")
                .map_or(0, |mark| names.iter().position(|name| *name == mark).expect("a name"));
            // The trap: asked for the very last record, the service answers nothing.
            let is_last = start > 0 && start + 1 == count;
            let end = if is_last && is_trapped { start } else { count.min(start + limit + 1) };
            let rows: Vec<&str> = names[start..end].iter().map(String::as_str).collect();
            let page = store.page("group.list", None, &asked, &groups(&rows)).expect("a page");
            found.extend(texts(&page.records, "groupId"));
            match page.next {
                Some(next) => asked.position = next,
                None => break,
            }
        }
        prop_assert_eq!(found, names);
    });
}

#[test]
fn tags_go_on_with_the_next_user() {
    let store = Store::new();
    let asked = Query::default();
    assert_eq!(sent(&store.list("bucket_tags.list", Some("QA"), &asked)), "groupId=QA&limit=10");
    let body = json!({"groupId": "QA", "nextUserId": "zoe", "userBucket": {"kim": {"b1": {"a": "1"}, "b2": {"c": "d"}}}});
    let page =
        store.page("bucket_tags.list", Some("QA"), &asked, &answer(200, body.to_string())).expect("a page");
    assert_eq!(texts(&page.records, "bucketName"), ["b1", "b2"]);
    assert_eq!(texts(&page.records, "userId"), ["kim", "kim"]);
    assert_eq!(page.records[1].get("tags"), Some(&json!({"c": "d"})));
    assert_eq!((page.total, &page.next), (Total::AtLeast(2), &Some(Position::After("zoe".to_owned()))));
    let next = after(asked, "zoe");
    assert_eq!(sent(&store.list("bucket_tags.list", Some("QA"), &next)), "groupId=QA&limit=10&userId=zoe");
    // A page can be empty and yet not the last.
    let body = json!({"groupId": "QA", "nextUserId": "zora", "userBucket": {}});
    let page =
        store.page("bucket_tags.list", Some("QA"), &next, &answer(200, body.to_string())).expect("a page");
    assert!(page.records.is_empty() && page.next.is_some() && page.total == Total::Unknown);
    let body = json!({"groupId": "QA", "nextUserId": null, "userBucket": {}});
    let page =
        store.page("bucket_tags.list", Some("QA"), &next, &answer(200, body.to_string())).expect("a page");
    assert_eq!(page.next, None);
}

fn usage(times: &[i64]) -> crate::Response {
    let rows: Vec<Value> = times
        .iter()
        .map(|time| json!({"timestamp": time.to_string(), "operation": "SB", "value": "80319535", "averageValue": "107956", "count": "744", "bucket": null}))
        .collect();
    answer(200, Value::from(rows).to_string())
}

#[test]
fn usage_goes_on_with_a_time() {
    let store = Store::new();
    let terms = [("id", "QA|kim"), ("startTime", "202610010000"), ("endTime", "202610310000")];
    let asked = Query { page_size: Some(2), ..query(&terms) };
    assert_eq!(
        sent(&store.list("usage.list", None, &asked)),
        "id=QA%7Ckim&operation=SB&granularity=day&startTime=202610010000&endTime=202610310000&pageSize=2"
    );
    let page = store.page("usage.list", None, &asked, &usage(&[10, 20, 30])).expect("a page");
    assert_eq!(texts(&page.records, "timestamp"), ["10", "20"]);
    assert_eq!(page.records[0].get("averageValue"), Some(&json!(107_956)));
    assert_eq!((page.total, &page.next), (Total::AtLeast(2), &Some(Position::After("30".to_owned()))));
    let next = after(asked, "30");
    assert!(sent(&store.list("usage.list", None, &next)).ends_with("pageSize=2&offset=30"));
    let last = store.page("usage.list", None, &next, &usage(&[30, 40])).expect("a page");
    assert_eq!((last.records.len(), last.next), (2, None));
    // A bucket's usage has no pages, only a limit; a limit of one's own is the only one that is sent.
    let bucket =
        Query { page_size: Some(2), ..query(&[("bucket", "b1"), ("startTime", "x"), ("endTime", "y")]) };
    assert!(sent(&store.list("usage.list", None, &bucket)).ends_with("&limit=2"));
    let page = store.page("usage.list", None, &bucket, &usage(&[10, 20])).expect("a page");
    assert_eq!((page.records.len(), page.total, page.next), (2, Total::AtLeast(2), None));
    let limited = query(&[("id", "QA|*"), ("startTime", "x"), ("endTime", "y"), ("limit", "5")]);
    let text = sent(&store.list("usage.list", None, &limited));
    assert!(text.contains("limit=5") && !text.contains("pageSize"), "{text}");
}

#[test]
fn events_end_at_their_limit() {
    let store = Store::new();
    let asked = Query { page_size: Some(2), ..Query::default() };
    let event = |kind: &str| json!({"eventType": kind, "nodeId": "store1", "severityLevel": 3, "timestamp": "1502797442785", "ack": false});
    let two = json!([event("13|/dev/sda"), event("14|")]).to_string();
    let page = store.page("event.list", Some("store1~north"), &asked, &answer(200, &two)).expect("a page");
    assert_eq!((page.total, page.next), (Total::AtLeast(2), None));
    let record = &page.records[0];
    assert_eq!(record.get("severityLevel"), Some(&json!("3")));
    assert_eq!(record.get("timestamp"), Some(&json!(1_502_797_442_785_i64)));
    assert_eq!(record.text("region").as_deref(), Some("north"));
    let more = Query { page_size: Some(3), ..Query::default() };
    let page = store.page("event.list", Some("store1~"), &more, &answer(200, &two)).expect("a page");
    assert_eq!(page.total, Total::Exact(2));
}

#[test]
fn rows_are_found_wherever_they_are() {
    let store = Store::new();
    let everything = Query::default();
    let body = json!([{"userId": "kim", "buckets": [{"bucketName": "b1", "createTime": "1554755537223", "region": "north", "policyName": "rf3"}]}, {"userId": "zoe", "buckets": []}]);
    let page =
        store.page("bucket.list", Some("QA"), &everything, &answer(200, body.to_string())).expect("a page");
    assert_eq!(page.total, Total::Exact(1));
    let bucket = &page.records[0];
    assert_eq!(bucket.key(store.operation("bucket.list").0).as_deref(), Some("QA~kim~b1"));
    assert_eq!(bucket.get("createTime"), Some(&json!(1_554_755_537_223_i64)));

    let body = json!({"DC1": ["store1", "store2"], "DC2": []});
    let page =
        store.page("data_center.list", None, &everything, &answer(200, body.to_string())).expect("a page");
    assert_eq!(texts(&page.records, "dataCenter"), ["DC1", "DC2"]);
    assert_eq!(page.records[0].get("nodes"), Some(&json!(["store1", "store2"])));

    let body = json!({"MFADevices": [{"SerialNumber": "arn:aws:iam::1:mfa/phone", "EnableDate": "2024-04-02T13:56:38Z"}]});
    let page =
        store.page("mfa.list", Some("QA~kim"), &everything, &answer(200, body.to_string())).expect("a page");
    assert_eq!(page.records.len(), 1);

    let limits = query(&[("userId", "kim"), ("groupId", "QA")]);
    let body = json!({"groupId": "QA", "userId": "kim", "labelId": "l", "qosLimitList": [{"type": "REQUEST_RATE_LH", "value": 600}]});
    let page = store.page("limits.list", None, &limits, &answer(200, body.to_string())).expect("a page");
    assert_eq!(page.records[0].get("hlRequestRate"), Some(&json!(600)));
    assert_eq!(page.records[0].key(store.operation("limits.list").0).as_deref(), Some("kim~QA~"));
}

#[test]
fn an_empty_answer_is_an_empty_list_only_where_it_is_documented() {
    let store = Store::new();
    let everything = Query::default();
    let none = store.page("bucket.list", Some("QA"), &everything, &answer(204, "")).expect("a page");
    assert_eq!((none.records.len(), none.total), (0, Total::Exact(0)));
    let strange = store.page("mfa.list", Some("QA~kim"), &everything, &answer(204, "")).expect_err("no list");
    assert_eq!(strange.kind, FailureKind::Malformed);
    let page = store.page("group.list", None, &everything, &answer(200, "<html>sign in</html>"));
    assert_eq!(page.expect_err("no list").kind, FailureKind::Malformed);
}
