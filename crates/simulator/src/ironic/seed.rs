//! The first state of a service: the same every time.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::schema::{CONNECTOR, TARGET};
use super::service::{Collection, Item, Node, Service, uuid_of};
use crate::random::Random;
use crate::world::Settings;

const NODES: i64 = 60;
const DAY: i64 = 86_400_000;
/// How long a change of a node's state takes, in milliseconds.
const BUSY: i64 = 4000;

/// A service with sixty nodes, about 300 connectors and 250 targets.
pub(super) fn service(settings: &Settings) -> Service {
    let mut service = Service {
        clock: settings.clock,
        random: Random::new(0xba_5e_11),
        max_limit: 1000,
        busy_millis: BUSY,
        nodes: BTreeMap::new(),
        connectors: Collection::new(&CONNECTOR),
        targets: Collection::new(&TARGET),
    };
    let now = service.clock.now();
    for id in 1..=NODES {
        let node = node(id, now, &mut service.random);
        connectors(&mut service, &node);
        targets(&mut service, &node);
        service.nodes.insert(id, node);
    }
    service
}

fn node(id: i64, now: i64, random: &mut Random) -> Node {
    // Two thirds are off and can be edited; the rest shows every state that stands against an edit.
    let (power_state, provision_state) = match id % 15 {
        0 => (Some("power on"), "available"),
        3 | 7 | 11 => (Some("power on"), "active"),
        5 => (None, "enroll"),
        9 => (Some("power off"), "manageable"),
        13 => (Some("power off"), if id > 40 { "adopt failed" } else { "clean failed" }),
        _ => (Some("power off"), "available"),
    };
    let rack = (id - 1) / 12 + 1;
    let (kind, place) = if id % 4 == 0 { ("store", "b") } else { ("calc", "a") };
    let created_at = now - random.between(60, 500) * DAY - random.between(0, DAY);
    Node {
        id,
        uuid: uuid_of(random.next(), random.next()),
        name: format!("{kind}-{place}{rack}-{id:02}"),
        power_state,
        provision_state,
        instance_uuid: (provision_state == "active").then(|| uuid_of(random.next(), random.next())),
        maintenance_reason: (id % 17 == 0).then_some("memory module to be replaced"),
        resource_class: if kind == "store" { "storage-large" } else { "compute-medium" },
        properties: json!({
            "cpus": random.pick(&[16, 32, 64], 32),
            "memory_mb": random.pick(&[131_072, 262_144, 524_288], 131_072),
            "capabilities": "iscsi_boot:True",
        }),
        extra: json!({"rack": format!("{place}{rack}")}),
        change: None,
        created_at,
        updated_at: Some(created_at + random.between(1, 50) * DAY),
    }
}

fn connectors(service: &mut Service, node: &Node) {
    let random = &mut service.random;
    let port = |high: i64, random: &mut Random| {
        let low = random.below(1 << 16);
        format!("{high:02x}:00:a4:3e:{:02x}:{:02x}:{:02x}:{:02x}", node.id, low >> 8, low & 255, node.id * 3)
    };
    let mut list = vec![
        ("iqn", format!("iqn.2025-04.net.example:{}", node.name)),
        ("ip", format!("172.20.{}.{}", node.id / 30, node.id * 4 % 240 + 10)),
        ("wwnn", port(0x20, random)),
        ("wwpn", port(0x21, random)),
    ];
    if node.id % 6 != 0 {
        list.push(("wwpn", port(0x22, random)));
    }
    if node.id % 6 == 1 {
        list.push(("mac", format!("02:9c:5d:{:02x}:{:02x}:0a", node.id, node.id * 2)));
    }
    for (place, (kind, connector_id)) in list.into_iter().enumerate() {
        let extra = if kind == "wwpn" {
            json!({"fabric": if place == 3 { "left" } else { "right" }})
        } else {
            json!({})
        };
        let values = values([("type", json!(kind)), ("connector_id", json!(connector_id)), ("extra", extra)]);
        let item = item(node, values, &mut service.random);
        service.connectors.insert(item);
    }
}

fn targets(service: &mut Service, node: &Node) {
    let count = if node.id % 3 == 0 { 5 } else { 4 };
    for boot_index in 0..count - i64::from(node.id % 20 == 5) {
        let random = &mut service.random;
        let volume_id = uuid_of(random.next(), random.next());
        let iscsi = node.id % 4 != 2;
        let lun = boot_index + 1;
        let properties = if iscsi {
            let mut properties = json!({
                "target_iqn": format!("iqn.2025-04.net.example:array-{}", node.id % 3 + 1),
                "target_portal": format!("172.21.0.{}:3260", node.id % 3 * 2 + 11),
                "target_lun": lun,
            });
            if let (true, Some(properties)) = (boot_index == 0, properties.as_object_mut()) {
                properties.insert("auth_method".to_owned(), json!("CHAP"));
                properties.insert("auth_username".to_owned(), json!(node.name));
                properties.insert("auth_password".to_owned(), json!(format!("{:016x}", random.next())));
            }
            properties
        } else {
            json!({"target_wwn": [format!("500a0981{:08x}", random.below(1 << 32))], "target_lun": lun})
        };
        let values = values([
            ("volume_type", json!(if iscsi { "iscsi" } else { "fibre_channel" })),
            ("volume_id", json!(volume_id)),
            ("boot_index", json!(boot_index)),
            ("properties", properties),
            ("extra", if boot_index == 0 { json!({"purpose": "boot"}) } else { json!({}) }),
        ]);
        let item = item(node, values, &mut service.random);
        service.targets.insert(item);
    }
}

fn values<const N: usize>(pairs: [(&str, Json); N]) -> Map<String, Json> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn item(node: &Node, values: Map<String, Json>, random: &mut Random) -> Item {
    let created_at = node.created_at + random.between(1, 30) * DAY;
    Item {
        id: 0,
        uuid: uuid_of(random.next(), random.next()),
        node_id: node.id,
        values,
        created_at,
        updated_at: random.percent(30).then(|| created_at + random.between(1, 29) * DAY),
    }
}
