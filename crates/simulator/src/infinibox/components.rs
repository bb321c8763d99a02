//! The hardware: enclosures with drives, nodes with their ports and drives, switches, and all of it as one rack.

use serde_json::{Value as Json, json};

use super::call::Call;
use super::entity::Record as _;
use super::fault::Fault;
use super::list::list_values;
use super::reply::Reply;
use super::route::Route;

pub(crate) mod drives;
mod fc_ports;
pub(crate) mod nodes;
#[cfg(test)]
mod tests;

use drives::Drive;
use nodes::Node;

/// How often the box looks at its switches, in milliseconds.
const PROBE: i64 = 60_000;

/// The operations of switches, appliances and the rack.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("components", rack),
    Route::get("components/eth_switches", eth_switches),
    Route::get("components/eth_switches/{id}", eth_switch),
    Route::get("components/support_appliances", support_appliances),
    Route::get("components/support_appliances/{id}", support_appliance),
];

pub(crate) use drives::ROUTES as DRIVE_ROUTES;
pub(crate) use fc_ports::{ROUTES as FC_ROUTES, first as first_ports};
pub(crate) use nodes::ROUTES as NODE_ROUTES;

/// The hardware whose state changes.
#[derive(Debug, Default)]
pub(crate) struct Components {
    pub(crate) drives: Vec<Drive>,
    pub(crate) nodes: Vec<Node>,
}

/// A state that turns into another by itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phase {
    now: &'static str,
    /// What follows, and when, in milliseconds since 1970.
    next: Option<(&'static str, i64)>,
}

impl Phase {
    /// How long a transition takes, in milliseconds.
    pub(crate) const DURATION: i64 = 60_000;

    /// A state that stays.
    pub(crate) const fn steady(state: &'static str) -> Self {
        Self { now: state, next: None }
    }

    /// One state for a minute from `time` on, and another from then on.
    pub(crate) fn passing(state: &'static str, then: &'static str, time: i64) -> Self {
        Self { now: state, next: Some((then, time.saturating_add(Self::DURATION))) }
    }

    /// The state at a time.
    pub(crate) fn at(self, time: i64) -> &'static str {
        match self.next {
            Some((state, since)) if time >= since => state,
            _ => self.now,
        }
    }
}

fn common(call: &Call<'_>, id: i64, state: &str, vendor: &str, model: &str) -> Json {
    json!({
        "id": id,
        "state": state,
        "state_description": "",
        "vendor": vendor,
        "model": model,
        "firmware": "n/a",
        "last_probe_timestamp": call.now() / PROBE * PROBE,
        "probe_ttl": PROBE,
    })
}

fn switches(call: &Call<'_>) -> Vec<Json> {
    vec![
        common(call, 1, "OK", "Example Networks", "EN-16"),
        common(call, 2, "WARNING", "Example Networks", "EN-16"),
    ]
}

fn appliances(call: &Call<'_>) -> Vec<Json> {
    vec![common(call, 1, "OK", "Example Systems", "SA-1")]
}

/// The row of that id.
pub(crate) fn one(rows: Vec<Json>, id: i64, code: &'static str, noun: &str) -> Result<Reply, Fault> {
    rows.into_iter()
        .find(|row| row["id"] == id)
        .map(Reply::result)
        .ok_or_else(|| Fault::missing(code, format!("{noun} {id} does not exist")))
}

fn eth_switches(call: &mut Call<'_>) -> Result<Reply, Fault> {
    list_values(call, switches(call))
}

fn eth_switch(call: &mut Call<'_>) -> Result<Reply, Fault> {
    one(switches(call), call.id("id")?, "NOT_FOUND", "Switch")
}

fn support_appliances(call: &mut Call<'_>) -> Result<Reply, Fault> {
    list_values(call, appliances(call))
}

fn support_appliance(call: &mut Call<'_>) -> Result<Reply, Fault> {
    one(appliances(call), call.id("id")?, "NOT_FOUND", "Support appliance")
}

/// Everything in one object, which is no page.
fn rack(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let view = call.view();
    let enclosures: Vec<Json> = drives::enclosures(call);
    let nodes: Vec<Json> = call.array.components.nodes.iter().map(|node| node.render(&view, None)).collect();
    // The vendor's own client finds everything by way of the rack's number, and takes it for broken where a kind of part
    // is missing.
    Ok(Reply::result(json!({
        "rack": 1,
        "enclosures_number": enclosures.len(),
        "enclosures": enclosures,
        "nodes": nodes,
        "eth_switches": switches(call),
        "support_appliances": appliances(call),
        "patch_panels": [patch_panel(call)],
        "ups": [],
        "pdus": [],
    })))
}

fn patch_panel(call: &Call<'_>) -> Json {
    const PANEL: &str = "system.racks[1].patch_panels[1]";
    let frames: Vec<Json> = call
        .array
        .components
        .nodes
        .iter()
        .map(|node| {
            let frame = format!("{PANEL}.frames[{}]", node.index);
            let ports: Vec<Json> = node
                .fc_ports
                .iter()
                .map(|port| {
                    json!({
                        "component_id": format!("{frame}.ports[{}]", port.index),
                        "port_num": port.index,
                        "type": "FC",
                        "label": "",
                        "media_type": "fiber",
                        "connection_speed": 16_000_000_000_i64,
                        "hw_addr": port.wwpn(),
                        "sfp_type": "",
                        "link_state": if port.enabled { "UP" } else { "DOWN" },
                        "state": "OK",
                        "conn_port_comp_id": format!("N{}FC{}", node.index, port.index),
                    })
                })
                .collect();
            json!({
                "component_id": frame,
                "label": format!("Node-{}", node.index),
                "color": "red",
                "location": node.index,
                "ports": ports,
            })
        })
        .collect();
    json!({"component_id": PANEL, "vendor": "EXAMPLE", "serial_no": "", "location": 1, "frames": frames})
}
