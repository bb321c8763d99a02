//! Nodes: the computers of the box, with their ports and the drives that they boot from.

use serde_json::{Value as Json, json};

use super::fc_ports::FcPort;
use super::{PROBE, Phase, one};
use crate::infinibox::call::Call;
use crate::infinibox::entity::Record;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::field::{Field, Holds, NATURAL, TEXT};
use crate::infinibox::list::{list_records, list_values};
use crate::infinibox::reply::Reply;
use crate::infinibox::roles::{Role, Roles};
use crate::infinibox::route::Route;

const SERVICE: Roles = Roles::of(&[Role::Infinidat, Role::Technician]);
const ACTIVE: &[&str] = &["ACTIVE"];

/// The operations of nodes, but for those of their Fibre Channel ports.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("components/nodes", list),
    Route::get("components/nodes/{id}", get),
    Route::get("components/nodes/{id}/drives", |call| rows(call, drives)),
    Route::get("components/nodes/{id}/drives/{part}", |call| row(call, drives, "DRIVE_NOT_FOUND")),
    Route::get("components/nodes/{id}/eth_ports", |call| rows(call, eth_ports)),
    Route::get("components/nodes/{id}/eth_ports/{part}", |call| row(call, eth_ports, "PORT_NOT_FOUND")),
    Route::get("components/nodes/{id}/ib_ports", |call| rows(call, ib_ports)),
    Route::get("components/nodes/{id}/ib_ports/{part}", |call| row(call, ib_ports, "PORT_NOT_FOUND")),
    Route::get("components/nodes/{id}/pgs", |call| rows(call, port_groups)),
    Route::get("components/nodes/{id}/pgs/{part}", |call| row(call, port_groups, "INTERFACE_NOT_FOUND")),
    Route::post("components/nodes/{id}/phase_in", SERVICE, phase_in).states(ACTIVE),
    Route::post("components/nodes/{id}/phase_out", SERVICE, phase_out).states(ACTIVE),
];

/// A node.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// From 1.
    pub(crate) index: i64,
    pub(crate) phase: Phase,
    pub(crate) fc_ports: Vec<FcPort>,
}

impl Record for Node {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |n, _| n.index.into()).listed(),
        Field::<Self>::new("name", TEXT, |n, _| format!("node-{}", n.index).into()),
        Field::<Self>::new("state", TEXT, |n, v| n.phase.at(v.array.now()).into()).listed(),
        Field::<Self>::new("state_description", TEXT, |_, _| "".into()),
        Field::<Self>::new("vendor", TEXT, |_, _| "Example Systems".into()),
        Field::<Self>::new("model", TEXT, |_, _| "ES-740".into()),
        Field::<Self>::new("firmware", TEXT, |_, _| "2.19.1".into()),
        Field::<Self>::new("power", Holds::Float, |n, _| {
            (402.0 + 7.5 * f64::from(i8::try_from(n.index).unwrap_or(0))).into()
        }),
        Field::<Self>::new("protecting_bbu", NATURAL, |n, _| n.index.into()),
        // The dots belong to the names.
        Field::<Self>::new("bios.state", TEXT, |_, _| "OK".into()),
        Field::<Self>::new("ntp.state_description", TEXT, |_, _| "".into()),
        Field::<Self>::new("connectivity_status", Holds::Anything, |_, _| connectivity().into()),
        Field::<Self>::new("drives", Holds::Anything, |n, v| drives(n, v.array.now()).into()),
        Field::<Self>::new("fc_ports", Holds::Anything, |n, v| {
            n.fc_ports.iter().map(|port| port.to_json(v.array.now())).collect::<Json>().into()
        }),
        Field::<Self>::new("eth_ports", Holds::Anything, |n, v| eth_ports(n, v.array.now()).into()),
        Field::<Self>::new("ib_ports", Holds::Anything, |n, v| ib_ports(n, v.array.now()).into()),
        Field::<Self>::new("services", Holds::Anything, |_, _| json!([]).into()),
        Field::<Self>::new("pgs", Holds::Anything, |n, v| port_groups(n, v.array.now()).into()),
        Field::<Self>::new("probe_ttl", NATURAL, |_, _| PROBE.into()),
        Field::<Self>::new("last_probe_timestamp", NATURAL, |_, v| (v.array.now() / PROBE * PROBE).into()),
    ];
}

fn connectivity() -> Json {
    let battery = json!({"state": "OK", "state_description": ""});
    json!({
        "eth_switches": ["UP", "UP"],
        "pdu": ["UP", "UP"],
        "bbu": [battery, battery, battery],
        "enclosures": vec!["UP"; 8],
        "support_appliances": ["UP"],
    })
}

/// The drives that a node boots from; the first of node 2 is worn out.
fn drives(node: &Node, now: i64) -> Json {
    (1..=3)
        .map(|index| {
            let worn = (node.index, index) == (2, 1);
            json!({
                "id": index,
                "drive_index": index,
                "node_index": node.index,
                "type": "OS",
                "state": if worn { "WARNING" } else { "OK" },
                "state_description": if worn { "The drive is nearly worn out" } else { "" },
                "vendor": "EXAMPLE",
                "model": "EX960G",
                "serial_number": format!("EXB{}{index:03}", node.index),
                "firmware": "B12C",
                "wearout": if worn { "6" } else { "97" },
                "probe_ttl": 1_600_000,
                "last_probe_timestamp": now / PROBE * PROBE,
            })
        })
        .collect()
}

fn eth_ports(node: &Node, now: i64) -> Json {
    ["MANAGEMENT", "IDRAC", "INTERNAL", "DATA", "DATA", "DATA"]
        .into_iter()
        .zip(1_i64..)
        .map(|(role, index)| {
            let up = index != 6;
            let data = role == "DATA";
            json!({
                "id": index,
                "name": if data { json!(format!("eth-data{}", index - 3)) } else { Json::Null },
                "node_index": node.index,
                "port_number": index,
                "system_interface_port_number": index,
                "role": role,
                "state": "OK",
                "state_description": "",
                "link_state": if up { "UP" } else { "DOWN" },
                "connection_speed": if !up { Json::Null } else if data { json!(25_000_000_000_i64) } else { json!(1_000_000_000_i64) },
                "max_speed": if data { 25_000_000_000_i64 } else { 1_000_000_000 },
                "media_type": if data { "optics" } else { "copper" },
                "hw_addr": format!("02:00:5e:10:{:02x}:{index:02x}", node.index),
                "ip_v4_addr": if data { Json::Null } else { json!(format!("192.0.2.{}", node.index * 10 + index)) },
                "ip_v4_netmask": if data { Json::Null } else { json!("255.255.255.0") },
                "ip_v4_broadcast": if data { Json::Null } else { json!("192.0.2.255") },
                "ip_v6_addr": null,
                "ip_v6_netmask": null,
                "sfp_type": if data { json!("multi_mode") } else { Json::Null },
                "sfp_model": if data { json!("EX-SFP28") } else { Json::Null },
                "SFP_Temperature_Deg_C": if data { json!("31.50") } else { Json::Null },
                "laser_RX_power_mW": if data && up { json!("0.6170") } else { Json::Null },
                "laser_TX_power_mW": if data && up { json!("0.7040") } else { Json::Null },
                "vendor": "Example Networks",
                "model": "EN-25G",
                "firmware": null,
                "probe_ttl": 10_000,
                "last_probe_timestamp": now / PROBE * PROBE,
            })
        })
        .collect()
}

fn ib_ports(node: &Node, now: i64) -> Json {
    (1..=2)
        .map(|index| {
            json!({
                "id": index,
                "node_index": node.index,
                "state": "OK",
                "state_description": "",
                "link_state": "UP",
                "link_layer": "InfiniBand",
                "vendor": "Example Networks",
                "model": "EN-IB",
                "firmware": "2.42",
                "probe_ttl": 15_000,
                "last_probe_timestamp": now / PROBE * PROBE,
            })
        })
        .collect()
}

fn port_groups(node: &Node, now: i64) -> Json {
    json!([{
        "id": 1,
        "name": "data-a",
        "node_index": node.index,
        "role": "PG",
        "state": "OK",
        "state_description": "",
        "hw_addr": format!("02:00:5e:10:{:02x}:f1", node.index),
        "ip_v4_addr": null,
        "ip_v4_netmask": null,
        "ip_v4_broadcast": null,
        "ip_v6_addr": format!("fe80::5eff:fe10:{:x}%data-a", node.index),
        "ip_v6_netmask": "ffff:ffff:ffff:ffff::",
        "connection_speed": null,
        "system_interface_port_number": 1,
        "vendor": "unknown",
        "model": "Port group of eth-data1 and eth-data2",
        "firmware": "",
        "probe_ttl": 10_000,
        "last_probe_timestamp": now / PROBE * PROBE,
    }])
}

/// The node that the path names as `1` or `node-1`.
pub(super) fn find<'a>(call: &'a Call<'_>) -> Result<&'a Node, Fault> {
    let text = call.argument("id");
    let index: Option<i64> = text.strip_prefix("node-").unwrap_or(text).parse().ok();
    call.array
        .components
        .nodes
        .iter()
        .find(|node| Some(node.index) == index)
        .ok_or_else(|| Fault::missing("ILLEGAL_NODE_ID", format!("There is no node '{text}'")))
}

fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    list_records(call, call.array.components.nodes.iter(), &[])
}

fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let node = find(call)?;
    Ok(Reply::result(node.render(&call.view(), None)))
}

/// What lists the parts of a node.
type Parts = fn(&Node, i64) -> Json;

fn parts(call: &Call<'_>, list: Parts) -> Result<Vec<Json>, Fault> {
    let node = find(call)?;
    Ok(list(node, call.now()).as_array().cloned().unwrap_or_default())
}

fn rows(call: &mut Call<'_>, list: Parts) -> Result<Reply, Fault> {
    let rows = parts(call, list)?;
    list_values(call, rows)
}

fn row(call: &mut Call<'_>, list: Parts, code: &'static str) -> Result<Reply, Fault> {
    one(parts(call, list)?, call.id("part")?, code, "Part")
}

fn phase_in(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let node = find(call)?.clone();
    check_state(call, &node, "READY")?;
    let phase = Phase::passing("ACTIVATING", "ACTIVE", call.now());
    set(call, node.index, phase, "NODE_PHASE_IN_STARTED", "Node {node} is being activated")
}

fn phase_out(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let node = find(call)?.clone();
    check_state(call, &node, "ACTIVE")?;
    let now = call.now();
    if call.array.components.nodes.iter().any(|other| other.phase.at(now) != "ACTIVE") {
        return Err(Fault::conflict(
            "ILLEGAL_NODE_STATE",
            "Another node is not active, so this one must stay",
        ));
    }
    call.approve(|| {
        format!(
            "Without node {} the system is no longer protected against the loss of another node",
            node.index
        )
    })?;
    let phase = Phase::passing("DEACTIVATING", "READY", now);
    set(call, node.index, phase, "NODE_PHASE_OUT_STARTED", "Node {node} is being deactivated")
}

fn check_state(call: &Call<'_>, node: &Node, wanted: &str) -> Result<(), Fault> {
    let state = node.phase.at(call.now());
    if state == wanted {
        return Ok(());
    }
    Err(Fault::conflict("ILLEGAL_NODE_STATE", format!("Node {} is {state} and not {wanted}", node.index)))
}

fn set(call: &mut Call<'_>, index: i64, phase: Phase, code: &str, sentence: &str) -> Result<Reply, Fault> {
    for node in call.array.components.nodes.iter_mut().filter(|node| node.index == index) {
        node.phase = phase;
    }
    call.event(Event::info(code, sentence).number("node", index));
    get(call)
}
