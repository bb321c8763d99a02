//! The rules of events.

use serde_json::json;

use crate::infinibox::testing::{Bench, NOW};

const DAY: i64 = 24 * 60 * 60 * 1000;

#[test]
fn every_change_is_in_the_log_and_the_log_can_be_searched() {
    let mut bench = Bench::new();
    let before = bench.get("events?page_size=1").total();
    assert!(before >= 5_000);
    let id = bench.pool("new");
    let found = bench.get(&format!("events?affected_entity_id={id}&sort=-id"));
    assert_eq!(found.total(), 1);
    let event = found.ok()[0].clone();
    assert_eq!((event["code"].as_str(), event["username"].as_str()), (Some("POOL_CREATED"), Some("admin")));
    assert_eq!(event["description"], "Pool new was created");
    assert_eq!(bench.get(&format!("events/{}", event["id"])).ok(), event);
    assert_eq!(bench.get(&format!("events?id=gt:{}", event["id"])).total(), 0);
    let errors = bench.get("events?level=in:(ERROR,CRITICAL)&timestamp=geq:0").total();
    assert!(errors > 0 && errors < before);
    let rows = bench.get("events?sort=-timestamp&page_size=100").ok();
    assert!(
        rows.as_array()
            .expect("rows")
            .is_sorted_by(|a, b| a["timestamp"].as_i64() >= b["timestamp"].as_i64())
    );
    bench.get("events/999999").refused(404, "EVENT_NOT_FOUND");
    bench.get("events?visibility=INFINIDAT").refused(403, "ACTION_NOT_ALLOWED_FOR_ROLE");
    assert!(bench.as_user("support").get("events?visibility=INFINIDAT").total() > 0);
}

#[test]
fn custom_events_fill_their_placeholders() {
    let mut bench = Bench::new();
    let body = json!({
        "description_template": "Rack {rack} moved", "visibility": "CUSTOMER", "level": "WARNING",
        "data": [{"type": "int", "name": "rack", "value": "7"}],
    });
    let event = bench.post("events/custom", &body).ok();
    assert_eq!(
        (&event["code"], &event["description"]),
        (&json!("CUSTOM_WARNING_EVENT"), &json!("Rack 7 moved"))
    );
    let mut refused = |name: &str, value: serde_json::Value, status, code| {
        let mut body = body.clone();
        body[name] = value;
        bench.post("events/custom", &body).refused(status, code);
    };
    refused("description_template", json!("bad {rack)"), 400, "ILLEGAL_EVENT_DATA");
    refused("description_template", json!("{nothing}"), 400, "ILLEGAL_EVENT_DATA");
    refused("level", json!("LOUD"), 409, "ILLEGAL_EVENT_LEVEL");
    refused("visibility", json!("NOBODY"), 400, "WRONG_PARAMETER");
    refused("colour", json!(1), 400, "UNSUPPORTED_FIELD");
    bench.post("events/custom", &json!({"level": "INFO"})).refused(400, "MISSING_FIELD");
    let heartbeat = json!({"code": "ECOSYSTEM_TOOLS_HEARTBEAT", "data": [{"type": "String", "name": "event_desc", "value": "x"}]});
    assert_eq!(bench.post("events", &heartbeat).ok()["reporter"], "EXTERNAL");
    bench.post("events", &json!({"code": "POOL_CREATED", "data": []})).refused(404, "EVENT_NOT_FOUND");
    bench.post("events", &json!({"code": null})).refused(400, "UNSUPPORTED_VALUE");
}

#[test]
fn only_old_events_are_cleared_away() {
    let mut bench = Bench::new();
    let total = bench.get("events?page_size=1").total();
    bench.delete("events").refused(400, "MISSING_QUERY_PARAMETER");
    bench.delete(&format!("events?timestamp=gt:{NOW}")).refused(400, "RELATION_NOT_SUPPORTED_FOR_FIELD");
    bench.delete("events?timestamp=lt:yesterday").refused(400, "MALFORMED_PARAMETER");
    bench.delete(&format!("events?timestamp=lt:{NOW}")).refused(409, "CANNOT_SET_EVENTS_RETENTION_TIME");
    assert!(bench.delete(&format!("events?timestamp=lt:{}", NOW - 366 * DAY)).ok().is_null());
    assert!(bench.get("events?page_size=1").total() < total);
    let types = bench.get("events/types").ok();
    let heartbeat =
        types["codes"].as_array().expect("codes").iter().find(|kind| kind["code"] == "POOL_CREATED");
    assert_eq!(heartbeat.expect("a type")["parameters"], json!(["pool_name"]));
}
