//! The Fibre Channel ports of nodes.

use serde_json::{Value as Json, json};

use super::nodes::find as find_node;
use crate::infinibox::call::Call;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::list::list_values;
use crate::infinibox::reply::Reply;
use crate::infinibox::roles::{Role, Roles};
use crate::infinibox::route::Route;

const ROLES: Roles = Roles::of(&[Role::Infinidat, Role::Admin, Role::Technician]);
/// Whether a port is itself, or stands in for others.
const PORT_ROLES: &[&str] = &["HARD_PORT", "SOFT_PORT"];

/// The operations of Fibre Channel ports.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("components/nodes/{id}/fc_ports", list),
    Route::get("components/nodes/{id}/fc_ports/{fc}", get),
    Route::post("components/nodes/{id}/fc_ports/{fc}/enable", ROLES, enable),
    Route::post("components/nodes/{id}/fc_ports/{fc}/disable", ROLES, disable),
];

/// A port.
#[derive(Debug, Clone)]
pub(crate) struct FcPort {
    pub(crate) node: i64,
    /// From 1, within its node.
    pub(crate) index: i64,
    pub(crate) enabled: bool,
    /// One of [`PORT_ROLES`].
    pub(crate) role: &'static str,
}

impl FcPort {
    /// The port's name, with colons, unlike the addresses of hosts' ports.
    pub(crate) fn wwpn(&self) -> String {
        format!("57:42:b0:f0:00:46:{:02x}:{:02x}", self.node, self.index + 16)
    }

    pub(super) fn to_json(&self, now: i64) -> Json {
        let up = |value: Json| if self.enabled { value } else { Json::Null };
        json!({
            "id": self.index,
            "node_index": self.node,
            "hba_port_number": self.index,
            "system_interface_port_number": self.index,
            "enabled": self.enabled,
            "role": self.role,
            "state": "OK",
            "state_description": "",
            "link_state": up(json!("UP")),
            "wwnn": format!("57:42:b0:f0:00:46:{:02x}:00", self.node),
            "wwpn": self.wwpn(),
            "soft_target_addresses": [],
            "connection_speed": up(json!(16_000_000_000_i64)),
            "max_speed": up(json!(32_000_000_000_i64)),
            "firmware": up(json!("9.6.2")),
            "hardware_revision": null,
            "vendor": "Example Networks",
            "model": "EN-FC32",
            "switch_vendor": if self.enabled { "Example Fabrics" } else { "" },
            "switch_wwnn": if self.enabled { "10:00:00:05:1e:00:46:01" } else { "" },
            "qla_errs": 0,
            "sfp_type": up(json!("multi_mode")),
            "sfp_model": up(json!("EX-SFP32")),
            "SFP_Temperature_Deg_C": up(json!("34.20")),
            "SFP_Voltage_Volt": up(json!("3.29")),
            "SFP_Laser_Bias_Current_mA": up(json!("7.104")),
            "laser_RX_power_mW": up(json!("0.5210")),
            "laser_TX_power_mW": up(json!("0.6120")),
            "laser_power_level_state": up(json!("OK")),
            "laser_power_level_state_description": up(json!("")),
            "RX_power_high_Warning_THLD_mW": up(json!("0.7943")),
            "RX_power_low_Warning_THLD_mW": up(json!("0.0316")),
            "TX_power_high_Warning_THLD_mW": up(json!("1.2589")),
            "TX_power_low_Warning_THLD_mW": up(json!("0.2239")),
            "probe_ttl": 10_000,
            "last_probe_timestamp": now / 10_000 * 10_000,
        })
    }
}

fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let now = call.now();
    let rows = find_node(call)?.fc_ports.iter().map(|port| port.to_json(now)).collect();
    list_values(call, rows)
}

fn find<'a>(call: &'a Call<'_>) -> Result<&'a FcPort, Fault> {
    let node = find_node(call)?;
    let index = call.id("fc")?;
    node.fc_ports.iter().find(|port| port.index == index).ok_or_else(|| {
        Fault::missing("PORT_NOT_FOUND", format!("Node {} has no Fibre Channel port {index}", node.index))
    })
}

fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let port = find(call)?;
    Ok(Reply::result(port.to_json(call.now())))
}

fn enable(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let port = find(call)?.clone();
    let body = call.body()?;
    body.only(&["role"])?;
    let asked = body.text("role").unwrap_or(port.role);
    let role = PORT_ROLES.iter().find(|known| **known == asked).copied().ok_or_else(|| {
        Fault::conflict("PORT_OPERATION_FAILED", format!("A port has no role '{asked}' ('role')"))
    })?;
    if port.enabled {
        return Err(Fault::conflict(
            "PORT_ALREADY_ENABLED",
            format!("Port {} of node {} is enabled already", port.index, port.node),
        ));
    }
    set(call, &FcPort { enabled: true, role, ..port })
}

fn disable(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let port = find(call)?.clone();
    if !port.enabled {
        return Err(Fault::conflict(
            "PORT_ALREADY_DISABLED",
            format!("Port {} of node {} is disabled already", port.index, port.node),
        ));
    }
    call.approve(|| format!("Hosts lose their paths through port {} of node {}", port.index, port.node))?;
    set(call, &FcPort { enabled: false, ..port })
}

fn set(call: &mut Call<'_>, changed: &FcPort) -> Result<Reply, Fault> {
    let ports = call.array.components.nodes.iter_mut().flat_map(|node| node.fc_ports.iter_mut());
    for port in ports.filter(|port| (port.node, port.index) == (changed.node, changed.index)) {
        *port = changed.clone();
    }
    let event = if changed.enabled {
        Event::info("FC_PORT_ENABLED", "Port {port} of node {node} was enabled")
    } else {
        Event::info("FC_PORT_DISABLED", "Port {port} of node {node} was disabled").level("WARNING")
    };
    call.event(event.number("port", changed.index).number("node", changed.node));
    get(call)
}

/// The ports of a new node.
pub(crate) fn first(node: i64) -> Vec<FcPort> {
    (1..=8).map(|index| FcPort { node, index, enabled: index != 8, role: "HARD_PORT" }).collect()
}
