//! Nodes, events, notification rules, and what there is to know of the system as a whole.

use boxdeck_dialect::{FailureKind, Total};
use serde_json::{Value, json};

use super::{key, rows, some};
use crate::{Console, On};

pub(super) fn walk(console: &mut Console) {
    nodes(console);
    events(console);
    rules(console);
    system(console);
}

fn nodes(console: &mut Console) {
    let here = rows(console, "node.list", None, &Value::Null);
    let there = rows(console, "node.list", None, &json!({"region": "inland"}));
    assert_eq!((here.len(), there.len()), (6, 3));
    let names = console.done("node.names", On::default(), &json!({"region": "inland"})).result;
    assert_eq!(names.as_array().map(Vec::len), Some(3));
    // A node of another region is read in that region.
    for node in [&here[0], &there[0]] {
        let name = key(console, "node.list", node);
        let read = console.get("node.get", None, &name).expect("the node");
        assert_eq!(read.text("hostname"), node.text("hostname"));
        assert!(read.get("diskTotalKb").is_some_and(Value::is_number));
        assert!(read.get("status").is_some_and(Value::is_array));
        let filter = json!({"statId": "cpu", "startTime": "202605270000", "endTime": "202605270100"});
        let points = rows(console, "measurement.list", Some(&name), &filter);
        assert!(points.iter().all(|point| point.get("timestamp").is_some_and(Value::is_i64)));
        assert!(!points.is_empty());
    }
    let centres = rows(console, "data_center.list", None, &Value::Null);
    assert_eq!(centres.len(), 2);
    console.get("region.get", None, "").expect("the region");
    console.done("region.get_other", On::default(), &json!({"region": "inland"}));
}

fn events(console: &mut Console) {
    let nodes = rows(console, "node.list", None, &Value::Null);
    let (mut acknowledged, mut cut) = (0, 0);
    for node in nodes {
        let parent = key(console, "node.list", &node);
        let parent = Some(parent.as_str());
        loop {
            let page = console.list("event.list", parent, &Value::Null).expect("events");
            if page.records.is_empty() {
                break;
            }
            // Beyond the first hundred there may be more, and no way to them.
            assert_eq!(page.next, None);
            cut += usize::from(matches!(page.total, Total::AtLeast(100)));
            for event in page.records {
                let on = On { record: Some(&event), parent };
                let id = if acknowledged == 0 { "event.acknowledge" } else { "event.remove" };
                console.done(id, on, &Value::Null);
                acknowledged += 1;
            }
        }
    }
    assert!(acknowledged > 100 && cut > 0, "there are too few events");
}

fn rules(console: &mut Console) {
    let before = rows(console, "rule.list", None, &Value::Null);
    let typed = json!({"statId": "cpu", "condition": ">", "conditionVal": "0.5", "severityLevel": "2", "enabled": true, "email": "default"});
    console.done("rule.create", On::default(), &typed);
    let made = some(console, "rule.list", None, &Value::Null, |rule| {
        !before.iter().any(|known| known.text("ruleId") == rule.text("ruleId"))
    });
    assert_eq!(made.get("severityLevel"), Some(&json!("2")));
    let name = key(console, "rule.list", &made);
    let read = |console: &mut Console| console.get("rule.get", None, &name);
    let rule = read(console).expect("the rule");
    console.done("rule.update", On::record(&rule), &json!({"conditionVal": "0.75", "severityLevel": "3"}));
    let rule = read(console).expect("the rule");
    assert_eq!(
        (rule.text("conditionVal").as_deref(), rule.get("severityLevel")),
        (Some("0.75"), Some(&json!("3")))
    );
    console.done("rule.disable", On::record(&rule), &Value::Null);
    let rule = read(console).expect("the rule");
    assert_eq!(rule.get("enabled"), Some(&json!(false)));
    console.done("rule.enable", On::record(&rule), &Value::Null);
    let rule = read(console).expect("the rule");
    assert_eq!(rule.get("enabled"), Some(&json!(true)));
    console.done("rule.delete", On::record(&rule), &Value::Null);
    assert_eq!(read(console).expect_err("gone").kind, FailureKind::NotFound);
}

fn system(console: &mut Console) {
    for (id, field) in [
        ("license.get", "licenseHolder"),
        ("audit.get", "byteCount"),
        ("system.version", "version"),
        ("system.object_lock", "enabled"),
    ] {
        let record = console.get(id, None, "").expect("a record");
        assert!(record.get(field).is_some_and(|value| !value.is_null()), "{id}");
    }
    assert!(console.done("audit.get_region", On::default(), &json!({"region": "inland"})).result.is_object());
}
