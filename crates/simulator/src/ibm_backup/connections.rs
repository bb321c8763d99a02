//! Connections and the connectors in them.

use serde_json::{Value as Json, json};

use super::Answer;
use super::call::{Call, listed};
use super::fault::Fault;
use super::service::{Service, public};
use crate::message::Response;

/// Seconds for which a registration token is good.
const TOKEN: i64 = 86_400;
/// Ids of connections and connectors are above 2^53, and odd ones among them.
const BASE: i64 = 4_980_716_806_983_529_473;

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let found = call.service.connections.iter().filter(|connection| {
        let text = |name: &str| connection[name].as_str().unwrap_or_default();
        call.wants("connectionIds", text("connectionId"))
            && call.wants("connectionNames", text("connectionName"))
    });
    Ok(listed("connections", found.map(|connection| shown(call.service, connection)).collect()))
}

fn shown(service: &Service, connection: &Json) -> Json {
    let mut answer = public(connection);
    let mine = service.connectors.iter().filter(|one| one["connectionId"] == connection["connectionId"]);
    answer["connectorIds"] = mine.map(|one| one["connectorId"].clone()).collect();
    answer
}

fn place(items: &[Json], key: &str, id: &str, what: &str) -> Result<usize, Fault> {
    items.iter().position(|item| item[key] == id).ok_or_else(|| Fault::absent(what, id))
}

fn check_name(call: &Call<'_>, own: Option<&str>) -> Result<(), Fault> {
    let name = call.text("connectionName");
    if name.trim().is_empty() {
        return Err(Fault::invalid("connectionName in body should be at least 1 chars long"));
    }
    let mut others =
        call.service.connections.iter().filter(|connection| connection["connectionId"].as_str() != own);
    if others.any(|connection| connection["connectionName"] == name) {
        return Err(Fault::conflict(format!(
            "connectionName in body must be unique: there is a connection {name}"
        )));
    }
    Ok(())
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    check_name(call, None)?;
    let connection = make(call.service, &call.body["connectionName"]);
    let mut answer = shown(call.service, &connection);
    answer["registrationToken"] = json!(new_token(call.service, &connection["connectionId"]));
    call.service.connections.push(connection);
    Ok(Response::json(201, &answer))
}

/// A connection without connectors.
pub(super) fn make(service: &mut Service, name: &Json) -> Json {
    let id = (BASE + service.number() * 2).to_string();
    json!({
        "connectionId": id,
        "connectionName": name,
        "tenantId": service.tenant,
        "upgradingConnectorId": "",
    })
}

pub(super) fn rename(call: &mut Call<'_>) -> Answer {
    let id = call.id();
    let place = place(&call.service.connections, "connectionId", &id, "connection")?;
    check_name(call, Some(&id))?;
    call.service.connections[place]["connectionName"] = call.body["connectionName"].clone();
    Ok(Response::json(200, &shown(call.service, &call.service.connections[place])))
}

pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    let id = call.id();
    let place = place(&call.service.connections, "connectionId", &id, "connection")?;
    let mut registrations = call.service.registrations.iter();
    if let Some(user) = registrations.find(|one| one["dataSourceConnectionId"] == id.as_str()) {
        return Err(Fault::conflict(format!("The connection is used by the source {}", user["name"])));
    }
    call.service.connections.remove(place);
    call.service.connectors.retain(|connector| connector["connectionId"] != id.as_str());
    Ok(Response::empty(204))
}

/// A token with which connectors register, as a bare text.
pub(super) fn token(call: &mut Call<'_>) -> Answer {
    let id = call.id();
    place(&call.service.connections, "connectionId", &id, "connection")?;
    let token = new_token(call.service, &json!(id));
    Ok(Response::json(200, &json!(token)))
}

fn new_token(service: &mut Service, connection: &Json) -> String {
    let secret = service.random.next();
    let token = format!("eyJhbGciOiJub25lIn0.{:016x}.simulated", secret);
    let ends_at = service.clock.now() + TOKEN * 1000;
    for known in &mut service.connections {
        if known["connectionId"] == *connection {
            known["_token"] = json!(token);
            known["_token_ends_at"] = json!(ends_at);
        }
    }
    token
}

/// Does what a virtual machine does that was given the latest token.
pub(super) fn register_connector(service: &mut Service, name: &str) -> Result<(), String> {
    let now = service.clock.now();
    let of_token = service.connections.iter().rev().find(|one| !one["_token"].is_null());
    let connection = of_token.ok_or("no connection has a registration token")?;
    if connection["_token_ends_at"].as_i64().is_none_or(|ends_at| ends_at <= now) {
        return Err("the registration token has ended".to_owned());
    }
    let id = connection["connectionId"].clone();
    let connector = make_connector(service, &id, name);
    service.connectors.push(connector);
    Ok(())
}

/// A connector that is connected.
pub(super) fn make_connector(service: &mut Service, connection: &Json, name: &str) -> Json {
    let number = service.number();
    json!({
        "connectorId": (BASE - 1_000_000 + number * 2).to_string(),
        "connectionId": connection,
        "connectorName": name,
        "clusterSideIp": format!("192.0.2.{}", number % 250),
        "tenantSideIp": format!("198.51.100.{}", number % 250),
        "softwareVersion": "7.2.15",
        "connectivityStatus": {"isConnected": true, "lastConnectedTimestampSecs": service.clock.now() / 1000},
        "upgradeStatus": {"status": "NotStarted"},
    })
}

pub(super) fn connectors(call: &mut Call<'_>) -> Answer {
    let found = call.service.connectors.iter().filter(|connector| {
        let text = |name: &str| connector[name].as_str().unwrap_or_default();
        call.wants("connectorIds", text("connectorId"))
            && call.wants("connectorNames", text("connectorName"))
            && call.request.parameter("connectionId").is_none_or(|id| id == text("connectionId"))
    });
    Ok(listed("connectors", found.map(public).collect()))
}

pub(super) fn images(_call: &mut Call<'_>) -> Answer {
    let file = |kind: &str, name: &str| json!({"imageType": kind, "url": format!("https://images.storage.example/connector/{name}")});
    let list = [file("VSI", "connector.qcow2"), file("VMware", "connector.ova")];
    Ok(Response::json(200, &json!({"connectorImageMetadata": {"connectorImageFileList": list}})))
}

pub(super) fn rename_connector(call: &mut Call<'_>) -> Answer {
    let id = call.id();
    let place = place(&call.service.connectors, "connectorId", &id, "connector")?;
    if !call.body["connectorName"].is_null() {
        call.service.connectors[place]["connectorName"] = call.body["connectorName"].clone();
    }
    Ok(Response::json(200, &public(&call.service.connectors[place])))
}

pub(super) fn delete_connector(call: &mut Call<'_>) -> Answer {
    let id = call.id();
    let place = place(&call.service.connectors, "connectorId", &id, "connector")?;
    call.service.connectors.remove(place);
    Ok(Response::empty(204))
}
