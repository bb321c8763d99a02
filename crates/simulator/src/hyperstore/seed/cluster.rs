//! The machines, their rules and events, and the storage policies.

use crate::hyperstore::monitor::{DataCentre, Event, Node, Part, Region, Rule};
use crate::hyperstore::policies::Policy;
use crate::hyperstore::store::hex;
use crate::hyperstore::time::{HOUR, MINUTE};
use crate::random::Random;

/// The region of everything by default, and the one further away.
const REGIONS: [&str; 2] = ["harbor", "inland"];

/// Two regions: one with two data centres of three nodes, one with a single data centre.
pub(super) fn regions() -> Vec<Region> {
    let node = |name: &'static str, address: &'static str| Node {
        name,
        address,
        parts: Vec::new(),
        troubles: Vec::new(),
        disks: 7,
        broken_disk: None,
        disk_kib: 8_000_000_000,
    };
    let quay = vec![
        Node { parts: vec![Part::Credentials, Part::Monitor], ..node("quay1", "10.71.1.11") },
        Node { parts: vec![Part::Qos], ..node("quay2", "10.71.1.12") },
        Node {
            troubles: vec![("svcHyperstore", "LOG_WARN")],
            broken_disk: Some(4),
            ..node("quay3", "10.71.1.13")
        },
    ];
    let lock = vec![
        Node { parts: vec![Part::Credentials], ..node("lock1", "10.71.2.11") },
        Node {
            parts: vec![Part::Qos],
            troubles: vec![("svcS3", "SVC_DOWN"), ("svcCassandra", "LOG_WARN")],
            ..node("lock2", "10.71.2.12")
        },
        node("lock3", "10.71.2.13"),
    ];
    let mill = vec![
        Node { parts: vec![Part::Credentials, Part::Monitor], ..node("mill1", "10.72.1.11") },
        Node { parts: vec![Part::Qos], ..node("mill2", "10.72.1.12") },
        node("mill3", "10.72.1.13"),
    ];
    let [harbor, inland] = REGIONS;
    vec![
        Region {
            name: harbor,
            data_centres: vec![
                DataCentre { name: "DC-quay", nodes: quay },
                DataCentre { name: "DC-lock", nodes: lock },
            ],
        },
        Region { name: inland, data_centres: vec![DataCentre { name: "DC-mill", nodes: mill }] },
    ]
}

/// Policies in every state.
pub(super) fn policies(random: &mut Random) -> Vec<Policy> {
    let [harbor, inland] = REGIONS;
    let policies: [(&str, &str, &[&str], &str); 8] = [
        ("Replication-3X", harbor, &[], "active"),
        ("EC-4-2", harbor, &[], "active"),
        ("EC-9-3", harbor, &["Archive", "media_house"], "active"),
        ("Replication-2X", harbor, &[], "disabled"),
        ("EC-7-5", harbor, &["Engineering"], "pending"),
        ("Trial", harbor, &[], "deleted"),
        ("EC-4-2-inland", inland, &[], "active"),
        ("EC-6-2-inland", inland, &[], "failed"),
    ];
    policies
        .into_iter()
        .map(|(name, region, groups, state)| Policy {
            id: hex(random, 32),
            name,
            region,
            groups: groups.to_vec(),
            state,
        })
        .collect()
}

/// The rules that come with a system: what is watched, how it is compared, and how bad it is.
const RULES: &[(&str, &str, &str, i64)] = &[
    ("svcAdmin", "=", "SVC_DOWN", 3),
    ("svcAdmin", "=", "LOG_ERR", 2),
    ("svcCassandra", "=", "SVC_DOWN", 3),
    ("svcCassandra", "=", "LOG_ERR", 2),
    ("svcHyperStore", "=", "SVC_DOWN", 3),
    ("svcHyperStore", "=", "LOG_ERR", 2),
    ("svcS3", "=", "SVC_DOWN", 3),
    ("svcS3", "=", "LOG_ERR", 2),
    ("svcRedisCred", "=", "SVC_DOWN", 3),
    ("svcRedisCred", "=", "LOG_WARN", 1),
    ("diskAvail", "<", ".1", 3),
    ("cpu", ">", "0.9", 1),
    ("diskInfo", "<", "0.15", 2),
    ("repairCompletionStatus", "", "", 0),
    ("svcRedisQos", "=", "SVC_DOWN", 3),
    ("svcRedisQos", "=", "LOG_WARN", 1),
    ("svcRedisMon", "=", "SVC_DOWN", 3),
    ("svcCassandra", "=", "LOG_WARN", 1),
    ("currentFailDiskInfo", "", "", 3),
];

pub(super) fn rules(regions: &[Region]) -> Vec<Rule> {
    let of = |region: &Region| {
        let name = region.name;
        (1..).zip(RULES).map(move |(id, (stat, condition, value, severity)): (i32, _)| Rule {
            region: name,
            id: id.to_string(),
            stat: (*stat).to_owned(),
            condition: (*condition).to_owned(),
            value: (*value).to_owned(),
            severity: *severity,
            enabled: *stat != "cpu",
            email: "default".to_owned(),
            trap: false,
        })
    };
    regions.iter().flat_map(of).collect()
}

/// More events on one node than a list shows, and what is wrong with the others.
pub(super) fn events(now: i64, random: &mut Random) -> Vec<Event> {
    let [harbor, inland] = REGIONS;
    let event = |node, kind: String, rule: usize, value: String, count, at| {
        let (stat, condition, condition_value, severity) =
            RULES.get(rule).copied().unwrap_or(("cpu", ">", "0.9", 1));
        Event {
            region: if matches!(node, "mill1" | "mill2" | "mill3") { inland } else { harbor },
            node,
            kind,
            stat,
            condition,
            condition_value,
            value,
            severity,
            count,
            at,
            acknowledged: None,
        }
    };
    let mut events: Vec<Event> = (0..130)
        .map(|number: i64| {
            let at = now - number * 37 * MINUTE - random.between(0, 20 * MINUTE);
            let value =
                format!("HS{:06}: a peer did not answer within {} ms", 201_000 + number, 500 + number * 10);
            event("quay3", format!("6|HS{:06}", 201_000 + number), 5, value, random.between(1, 14), at)
        })
        .collect();
    let disk = "/dev/sde1";
    events.push(event("quay3", format!("19|{disk}"), 18, format!("{disk}: failed"), 1, now - 9 * HOUR));
    events.push(event("lock2", "7|".to_owned(), 6, "SVC_DOWN".to_owned(), 3, now - 2 * HOUR));
    events.push(event("lock2", "18|".to_owned(), 17, "a compaction is late".to_owned(), 12, now - HOUR));
    for (place, node) in ["quay1", "quay2", "lock1", "lock3", "mill1", "mill2"].into_iter().enumerate() {
        let count = i64::try_from(place).unwrap_or(0);
        let root = "/dev/mapper/vg0-root";
        let value = format!("{root}: 0.1{count}");
        events.push(event(node, format!("13|{root}"), 12, value, count + 1, now - (count + 3) * HOUR));
        let repair = format!("REPAIR cmdno#: {} status: COMPLETED", 610 + count);
        let mut done = event(node, "14|".to_owned(), 13, repair, 0, now - (count + 1) * 2 * HOUR);
        done.acknowledged = Some(now - HOUR);
        events.push(done);
    }
    events
}
