//! Nodes, as far as volumes need them: reading them, and changing their power and provision states.

use serde_json::{Value as Json, json};

use super::fault::Fault;
use super::list::{self, Listing, Row};
use super::query::{self, Query};
use super::service::{Change, Node, Service};
use super::{Call, links, only, volumes};
use crate::message::{Method, Response};

/// Every field.
const FIELDS: &[&str] = &[
    "uuid",
    "name",
    "power_state",
    "target_power_state",
    "provision_state",
    "target_provision_state",
    "instance_uuid",
    "maintenance",
    "maintenance_reason",
    "reservation",
    "driver",
    "storage_interface",
    "resource_class",
    "properties",
    "extra",
    "created_at",
    "updated_at",
];

/// What a list may be sorted by.
const SORTABLE: &[&str] = &[
    "id",
    "uuid",
    "name",
    "power_state",
    "target_power_state",
    "provision_state",
    "target_provision_state",
    "instance_uuid",
    "maintenance",
    "reservation",
    "driver",
    "resource_class",
    "created_at",
    "updated_at",
];

/// What a list may be filtered by.
const FILTERS: &[&str] = &["maintenance", "provision_state", "driver", "resource_class", "associated"];

/// The orders to a node's power, and the state that each leads to.
const POWER: &[(&str, &str)] = &[
    ("power on", "power on"),
    ("power off", "power off"),
    ("soft power off", "power off"),
    ("rebooting", "power on"),
    ("soft rebooting", "power on"),
];

/// The orders that change a node's provision state: the order, from which state, to which.
const PROVISION: &[(&str, &str, &str)] = &[
    ("manage", "enroll", "manageable"),
    ("manage", "available", "manageable"),
    ("provide", "manageable", "available"),
    ("active", "available", "active"),
    ("deleted", "active", "available"),
];

impl Row for Node {
    fn id(&self) -> i64 {
        self.id
    }

    fn uuid(&self) -> &str {
        &self.uuid
    }

    fn read(&self, _service: &Service, name: &str) -> Json {
        Node::read(self, name)
    }
}

/// Finds the operation of a path below `/v1/nodes`.
pub(super) fn route(call: &mut Call<'_>, rest: &[&str]) -> Result<Response, Fault> {
    match rest {
        [] => only(call, &[Method::Get]).and_then(|()| nodes(call)),
        ["detail"] => only(call, &[Method::Get]).and_then(|()| nodes(call)),
        [ident] => only(call, &[Method::Get]).and_then(|()| node(call, ident)),
        [ident, "states"] => only(call, &[Method::Get]).and_then(|()| states(call, ident)),
        [ident, "states", which @ ("power" | "provision")] => {
            only(call, &[Method::Put]).and_then(|()| change(call, ident, which))
        }
        [ident, "volume"] if call.version.has_volumes() => {
            only(call, &[Method::Get])?;
            volumes::node(call, ident)?;
            Ok(links::volume(call))
        }
        [ident, "volume", plural] if call.version.has_volumes() => volumes::of_node(call, ident, plural),
        // The service knows where the single records are, but not below a node.
        [_, "volume", "connectors" | "targets", _] if call.version.has_volumes() => {
            Err(Fault::bad("Malformed request URI."))
        }
        _ => Err(Fault::no_route()),
    }
}

fn listing(call: &Call<'_>) -> Listing {
    let mut brief = vec!["uuid", "name", "power_state", "provision_state", "instance_uuid", "maintenance"];
    brief.retain(|name| call.version.has_field(name));
    let fields = FIELDS.iter().copied().filter(|name| call.version.has_field(name)).collect();
    Listing { path: "nodes", plural: "nodes", title: "Node", brief, fields }
}

/// Refuses fields by name that came with a later version than the one that is spoken.
fn check_fields(call: &Call<'_>, fields: Option<&[String]>) -> Result<(), Fault> {
    let late = fields.unwrap_or_default().iter().find(|name| !call.version.has_field(name));
    late.map_or(Ok(()), |name| {
        Err(Fault::not_acceptable(format!("Field {name} is not known in this version of the API")))
    })
}

fn nodes(call: &Call<'_>) -> Result<Response, Fault> {
    let mut query = Query::read(call.request, FIELDS, SORTABLE, FILTERS)?;
    check_fields(call, query.fields.as_deref())?;
    query.detail |= call.request.path.trim_end_matches('/').ends_with("/detail");
    let mut wanted = Vec::new();
    for name in FILTERS {
        let Some(text) = call.request.parameter(name) else { continue };
        wanted.push(match *name {
            "maintenance" | "associated" => (*name, json!(query::boolean(name, text)?)),
            _ => (*name, json!(text)),
        });
    }
    let keep = |node: &Node| {
        wanted.iter().all(|(name, value)| match *name {
            "associated" => json!(node.instance_uuid.is_some()) == *value,
            name => node.read(name) == *value,
        })
    };
    list::page(call, &listing(call), &query, call.service.nodes.values(), keep)
}

fn node(call: &Call<'_>, ident: &str) -> Result<Response, Fault> {
    query::known(call.request, &["fields"])?;
    let fields = query::selection(call.request, FIELDS)?;
    check_fields(call, fields.as_deref())?;
    let node = call.service.node_by_ident(ident)?;
    let fields = fields.unwrap_or_else(|| {
        let names = FIELDS.iter().filter(|name| call.version.has_field(name));
        names.map(|name| (*name).to_owned()).collect()
    });
    let fields = fields.iter().filter(|name| *name != "links");
    Ok(Response::json(200, &list::record(call.service, node, &call.base(), "nodes", fields)))
}

fn states(call: &Call<'_>, ident: &str) -> Result<Response, Fault> {
    let node = call.service.node_by_ident(ident)?;
    let names = ["power_state", "target_power_state", "provision_state", "target_provision_state"];
    let states: Json = names.iter().map(|name| ((*name).to_owned(), node.read(name))).collect();
    Ok(Response::json(200, &states))
}

/// Sets off a change of a node's state, which locks the node until it is done.
fn change(call: &mut Call<'_>, ident: &str, which: &str) -> Result<Response, Fault> {
    let rule = if which == "power" {
        "baremetal:node:set_power_state"
    } else {
        "baremetal:node:set_provision_state"
    };
    call.allow(rule)?;
    let body = volumes::body(call)?;
    let target = body.get("target").and_then(Json::as_str);
    let target = target.ok_or_else(|| Fault::bad("Missing mandatory parameter: target"))?;
    let node = call.service.node_by_ident(ident)?;
    let (id, uuid) = (node.id, node.uuid.clone());
    let done_at = call.service.clock.now() + call.service.busy_millis;
    let change = if which == "power" {
        let power = POWER.iter().find(|(order, _)| *order == target);
        let (_, power) = power
            .ok_or_else(|| Fault::bad(format!("Invalid value for target: '{target}' is no power state")))?;
        Change { power: Some(power), provision: None, done_at }
    } else {
        let state = node.provision_state;
        let provision = PROVISION.iter().find(|(order, from, _)| *order == target && *from == state);
        let (.., provision) = provision.ok_or_else(|| {
            Fault::bad(format!(
                "The requested action \"{target}\" can not be performed on node \"{uuid}\" while it is in state \"{state}\"."
            ))
        })?;
        Change { power: None, provision: Some(provision), done_at }
    };
    node.unlocked()?;
    if let Some(node) = call.service.nodes.get_mut(&id) {
        node.change = Some(change);
    }
    call.service.settle();
    let location = format!("{}/v1/nodes/{ident}/states", call.base());
    Ok(Response::empty(202).header("location", &location))
}
