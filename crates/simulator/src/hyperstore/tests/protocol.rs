//! Signing in, addresses, regions, formats.

use serde_json::json;

use crate::hyperstore::testing::Bench;
use crate::message::{Method, Request};
use crate::world::System as _;

#[test]
fn one_account_does_everything_and_no_other_anything() {
    let mut bench = Bench::new(20);
    for request in [
        Request::new(Method::Get, "/system/version"),
        Request::new(Method::Get, "/system/version").basic("admin", "wrong"),
        Request::new(Method::Get, "/no/such/path").basic("nobody", "boxdeck-demo"),
    ] {
        let response = bench.system.respond(&request);
        assert_eq!(response.status, 401);
        assert!(response.header_value("www-authenticate").expect("a challenge").starts_with("Basic"));
    }
    assert!(bench.text(Method::Get, "/system/version").contains(" Compiled: "));
}

#[test]
fn refusals_are_pages_unless_somebody_orders_otherwise() {
    let mut bench = Bench::new(20);
    let page = bench.send(Method::Get, "/group", None);
    assert_eq!(page.status, 400);
    assert!(page.header_value("content-type").expect("a type").starts_with("text/html"));
    assert!(String::from_utf8(page.body).expect("text").contains("{groupId}"));
    bench.order(&json!({"error_format": "json"}));
    let response = bench.send(Method::Get, "/group", None);
    assert_eq!(response.body_json().expect("JSON")["status"], 400);
    bench.order(&json!({"error_format": "text"}));
    assert!(bench.refused(Method::Get, "/group", None, 400).starts_with("Missing"));
    assert!(bench.system.refusal(503).is_some() && bench.system.refusal(418).is_none());
    assert!(bench.system.control(&json!({"fly": true})).is_err());
}

#[test]
fn only_the_default_region_serves_everything() {
    let mut bench = Bench::new(60);
    bench.order(&json!({"region": "inland"}));
    for (method, target) in [
        (Method::Get, "/group/list"),
        (Method::Get, "/usage?bucket=x"),
        (Method::Post, "/bucketops/cleanUpdatesInRange/go?bucketName=x"),
    ] {
        bench.refused(method, target, None, 403);
    }
    bench.act("/usage/storage");
    bench.act("/usage/storageall");
    bench.act("/usage/repair/dirtyusers");
    bench.act("/usage/rollup?granularity=hour&startTime=2026022810");
    bench.refused(Method::Post, "/bucketops/purge?bucketName=x", None, 400);
}

#[test]
fn a_region_that_there_is_not_is_refused_everywhere() {
    let mut bench = Bench::new(60);
    for target in [
        "/monitor?region=ALL",
        "/monitor/events?nodeId=quay1&region=nowhere",
        "/monitor/notificationrules?region=nowhere",
        "/group/ratingPlanId?groupId=QA&region=nowhere",
        "/qos/limits?userId=ALL&groupId=QA&region=nowhere",
        "/system/audit?region=nowhere",
        "/system/bucketcount?groupId=QA&region=nowhere",
        "/system/bytecount?groupId=QA&userId=*&region=ALL",
        "/system/dcnodelist?region=nowhere",
    ] {
        bench.refused(Method::Get, target, None, 400);
    }
}

#[test]
fn bodies_are_whole_objects_of_known_fields() {
    let mut bench = Bench::new(20);
    for body in [json!([]), json!("text"), json!({"groupId": "a", "colour": "red"}), json!({"groupId": 7})] {
        bench.refused(Method::Put, "/group", Some(&body), 400);
    }
    let mut request = Request::new(Method::Put, "/group").basic("admin", "boxdeck-demo");
    request.body = b"{\"groupId\": ".to_vec();
    assert_eq!(bench.system.respond(&request).status, 400);
    request.body = b"{\"groupId\":\"forms\"}".to_vec();
    let form = request.clone().header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(bench.system.respond(&form).status, 400);
    assert_eq!(bench.system.respond(&request).status, 200);
}

#[test]
fn a_single_node_has_no_tiering() {
    let mut bench = Bench::new(20);
    bench.order(&json!({"single_node": true}));
    bench.refused(Method::Get, "/tiering/credentials", None, 404);
    assert_eq!(bench.get("/system/license")["environment"], "aws_outposts_singlenode");
}
