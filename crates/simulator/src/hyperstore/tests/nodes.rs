//! Nodes, events and notification rules.

use serde_json::{Value as Json, json};

use crate::hyperstore::testing::Bench;
use crate::message::Method;

#[test]
fn nodes_are_in_data_centres_of_regions() {
    let mut bench = Bench::new(20);
    assert_eq!(bench.get("/monitor/nodelist"), json!(["quay1", "quay2", "quay3", "lock1", "lock2", "lock3"]));
    assert_eq!(bench.get("/monitor/nodelist?region=inland"), json!(["mill1", "mill2", "mill3"]));
    let centres = bench.get("/system/dcnodelist");
    assert_eq!(centres["DC-lock"], json!(["lock1", "lock2", "lock3"]));
    // A list that isn't labelled as what it is.
    let response = bench.send(Method::Get, "/monitor/nodelist", None);
    assert_eq!(response.header_value("content-type"), Some("text/plain"));
}

#[test]
fn a_node_and_its_region_are_read_with_gaps() {
    let mut bench = Bench::new(20);
    let node = bench.get("/monitor/host?nodeId=quay3");
    assert_eq!(node["svcHyperstore"]["value"], "[LOG_WARN]");
    assert_eq!(node["cassCopyGCCCount"], Json::Null);
    assert!(node["cpu"]["value"].as_str().expect("a text").parse::<f64>().expect("a number") < 1.0);
    assert!(node["svcRedisQos"].is_null());
    let disks = node["disksInfo"]["disks"].as_array().expect("disks");
    assert_eq!(disks.iter().filter(|disk| disk["status"] == "ERROR").count(), 1);
    let number = |value: &Json| value.as_str().expect("a text").parse::<i64>().expect("a number");
    let (total, used, left) =
        (&node["diskTotalKb"]["value"], &node["diskUsedKb"]["value"], &node["diskAvailKb"]["value"]);
    assert!(number(used) + number(left) < number(total));
    let region = bench.get("/monitor");
    assert_eq!(region["status"]["value"], "SVC_DOWN");
    assert_eq!(region["nodeStatuses"][4]["value"], "[SVC_DOWN, LOG_WARN]");
    assert_eq!(bench.get("/monitor?region=inland")["status"]["value"], "OK");
    bench.refused(Method::Get, "/monitor/host?nodeId=mill1", None, 400);
    bench.get("/monitor/host?nodeId=mill1&region=inland");
}

#[test]
fn history_has_its_own_pace() {
    let mut bench = Bench::new(20);
    let history = |stat: &str| {
        format!("/monitor/history?nodeId=lock1&statId={stat}&startTime=202602281000&endTime=202602281100")
    };
    let slow = bench.rows(&history("cpu"));
    let quick = bench.rows(&history("ioRx"));
    assert!((10..=13).contains(&slow.len()) && (55..=61).contains(&quick.len()));
    let times = |rows: &[Json]| -> Vec<i64> {
        rows.iter().map(|row| row["timestamp"].as_str().expect("a text").parse().expect("a number")).collect()
    };
    assert!(times(&slow).iter().all(|at| at % 300_000 == 0));
    assert_eq!(bench.rows(&history("cpu")), slow);
    bench.refused(Method::Get, &history("diskTotalKb"), None, 400);
    for wrong in ["startTime=2026022810&endTime=202602281100", "startTime=202602281100&endTime=202602281000"]
    {
        bench.refused(Method::Get, &format!("/monitor/history?nodeId=lock1&statId=cpu&{wrong}"), None, 400);
    }
}

#[test]
fn events_are_seen_and_go_a_day_later_or_at_once() {
    let mut bench = Bench::new(20);
    assert_eq!(bench.rows("/monitor/events?nodeId=quay3").len(), 100);
    assert_eq!(bench.rows("/monitor/events?nodeId=quay3&limit=500").len(), 131);
    let events = bench.rows("/monitor/events?nodeId=lock2");
    assert_eq!(events.len(), 2);
    let kinds: Vec<&Json> = events.iter().map(|event| &event["eventType"]).collect();
    assert_eq!(kinds, ["18|", "7|"]);
    let acknowledge =
        |kind: &str, delete: bool| json!({"eventTypes": [kind], "nodeId": "lock2", "delete": delete});
    bench.post("/monitor/acknowledgeevents?nodeId=lock2", &acknowledge("7|", false));
    assert_eq!(bench.rows("/monitor/events?nodeId=lock2").len(), 1);
    assert_eq!(bench.rows("/monitor/events?nodeId=lock2&showAck=true").len(), 2);
    bench.order(&json!({"advance_seconds": 86_399}));
    assert_eq!(bench.rows("/monitor/events?nodeId=lock2&showAck=true").len(), 2);
    bench.order(&json!({"advance_seconds": 1}));
    assert_eq!(bench.rows("/monitor/events?nodeId=lock2&showAck=true").len(), 1);
    bench.post("/monitor/acknowledgeevents?nodeId=lock2", &acknowledge("18|", true));
    assert_eq!(bench.get("/monitor/events?nodeId=lock2&showAck=true"), json!([]));
    for wrong in [
        json!({"nodeId": "lock2"}),
        json!({"eventTypes": [], "nodeId": "lock2"}),
        json!({"eventTypes": ["7|"], "nodeId": "lock3"}),
        json!({"eventTypes": ["7|"], "nodeId": "lock2", "regionId": "inland"}),
    ] {
        bench.refused(Method::Post, "/monitor/acknowledgeevents?nodeId=lock2", Some(&wrong), 400);
    }
    bench.refused(Method::Get, "/monitor/events?nodeId=lock2&limit=0", None, 400);
}

fn rule() -> Json {
    json!({
        "ruleId": "", "statId": "cpu", "condition": ">", "conditionVal": "0.8", "severityLevel": 2,
        "enabled": true, "email": "ops@harbour.example", "region": "", "snmpTrap": true,
    })
}

#[test]
fn rules_get_their_ids_from_the_system_and_lose_what_is_left_out() {
    let mut bench = Bench::new(20);
    let before = bench.rows("/monitor/notificationrules");
    assert_eq!(bench.put("/monitor/notificationrule", &rule()).body, b"");
    let after = bench.rows("/monitor/notificationrules");
    let made = after.last().expect("a rule").clone();
    assert_eq!((after.len(), made["ruleId"].as_str().expect("an id").len()), (before.len() + 1, 36));
    assert_eq!(made["region"], "");
    let id = made["ruleId"].as_str().expect("an id");
    // Who doesn't say that it is enabled disables it.
    let bare =
        json!({"ruleId": id, "statId": "cpu", "condition": ">", "conditionVal": ".7", "severityLevel": 0});
    bench.post("/monitor/notificationrule", &bare);
    let changed = bench.rows("/monitor/notificationrules").pop().expect("a rule");
    assert_eq!((&changed["enabled"], &changed["email"]), (&json!(false), &json!("")));
    bench.post(
        "/monitor/notificationruleenable",
        &json!({"enable": true, "ruleList": [id, "1"], "regionId": ""}),
    );
    assert_eq!(bench.rows("/monitor/notificationrules").pop().expect("a rule")["enabled"], true);
    for wrong in [
        json!({"enable": true, "ruleList": []}),
        json!({"enable": true, "ruleList": ["1", "no"]}),
        json!({"ruleList": ["1"]}),
    ] {
        bench.refused(Method::Post, "/monitor/notificationruleenable", Some(&wrong), 400);
    }
    bench.delete(&format!("/monitor/notificationrule?ruleId={id}"));
    bench.refused(Method::Delete, &format!("/monitor/notificationrule?ruleId={id}"), None, 400);
    bench.delete("/monitor/notificationrule?ruleId=1&region=inland");
    assert_eq!(bench.rows("/monitor/notificationrules"), before);
}

#[test]
fn a_rule_that_could_never_hold_is_refused() {
    let mut bench = Bench::new(20);
    let with = |fields: &[(&str, Json)]| {
        let mut rule = rule();
        for (name, value) in fields {
            rule[*name] = value.clone();
        }
        rule
    };
    for wrong in [
        with(&[("ruleId", json!("12"))]),
        with(&[("statId", json!("weather"))]),
        with(&[("condition", json!("<"))]),
        with(&[("conditionVal", json!("much"))]),
        with(&[("severityLevel", json!(4))]),
        with(&[("severityLevel", json!("2"))]),
        with(&[("region", json!("nowhere"))]),
        with(&[
            ("statId", json!("svcRedisMon")),
            ("condition", json!("=")),
            ("conditionVal", json!("LOG_ERR")),
        ]),
        with(&[("statId", json!("diskAvail")), ("condition", json!("<")), ("conditionVal", json!("15"))]),
        with(&[("statId", json!("repairCompletionStatus"))]),
    ] {
        bench.refused(Method::Put, "/monitor/notificationrule", Some(&wrong), 400);
    }
    for right in [
        with(&[("statId", json!("svcS3")), ("condition", json!("=")), ("conditionVal", json!("LOG_ERR"))]),
        with(&[
            ("statId", json!("repairCompletionStatus")),
            ("condition", json!("")),
            ("conditionVal", json!("")),
        ]),
        with(&[("region", json!("inland"))]),
    ] {
        bench.put("/monitor/notificationrule", &right);
    }
    let mut unknown = rule();
    unknown["ruleId"] = json!("no");
    bench.refused(Method::Post, "/monitor/notificationrule", Some(&unknown), 400);
}
