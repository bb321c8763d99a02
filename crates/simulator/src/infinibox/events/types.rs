//! The kinds of event that a box knows.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Event;
use crate::infinibox::call::Call;
use crate::infinibox::fault::Fault;
use crate::infinibox::reply::Reply;

/// A kind of event.
pub(super) struct Type {
    code: &'static str,
    /// The sentence, with `{name}` for what it mentions.
    pub(super) description: &'static str,
    pub(super) level: &'static str,
    reporter: &'static str,
    pub(super) visibility: &'static str,
}

const fn kind(code: &'static str, level: &'static str, description: &'static str) -> Type {
    Type { code, description, level, reporter: "MGMT", visibility: "CUSTOMER" }
}

/// Kinds that need not have happened yet. Those that have are known from the log.
const TYPES: &[Type] = &[
    Type {
        code: "ECOSYSTEM_TOOLS_HEARTBEAT",
        description: "{event_desc}",
        level: "INFO",
        reporter: "EXTERNAL",
        visibility: "INFINIDAT",
    },
    Type {
        code: "ECOSYSTEM_TOOLS_MESSAGE",
        description: "{tool}: {event_desc}",
        level: "INFO",
        reporter: "EXTERNAL",
        visibility: "CUSTOMER",
    },
    kind("VOLUME_CREATED", "INFO", "Volume {name} of {size} bytes was created"),
    kind("VOLUME_DELETED", "INFO", "Volume {name} was deleted"),
    kind("VOLUME_RESIZED", "INFO", "Volume {name} was resized to {size} bytes"),
    kind("SNAPSHOT_CREATED", "INFO", "Snapshot {name} was taken"),
    kind("POOL_CREATED", "INFO", "Pool {pool_name} was created"),
    kind("POOL_DELETED", "INFO", "Pool {pool_name} was deleted"),
    kind("POOL_PHYSICAL_CAPACITY_WARNING", "WARNING", "Pool {pool_name} is {percent} percent full"),
    kind("POOL_PHYSICAL_CAPACITY_CRITICAL", "CRITICAL", "Pool {pool_name} is {percent} percent full"),
    kind("HOST_CREATED", "INFO", "Host {host_name} was created"),
    kind("HOST_DELETED", "INFO", "Host {host_name} was deleted"),
    kind("HOST_MAPPED", "INFO", "Volume {volume_name} was mapped to {client_name} as LUN {lun}"),
    kind("HOST_UNMAPPED", "INFO", "Volume {volume_name} was unmapped from {client_name}"),
    kind("CLUSTER_MAPPED", "INFO", "Volume {volume_name} was mapped to {client_name} as LUN {lun}"),
    kind("HOST_LOST_PATHS", "WARNING", "Host {host_name} lost {count} of its paths"),
    kind("DRIVE_FAILED", "ERROR", "Drive {drive} of enclosure {enclosure} failed"),
    kind(
        "DRIVE_REBUILD_DONE",
        "INFO",
        "The data of drive {drive} of enclosure {enclosure} is protected again",
    ),
    kind("NODE_PORT_DOWN", "WARNING", "Port {port} of node {node} lost its link"),
    kind("NODE_PORT_UP", "INFO", "Port {port} of node {node} has its link again"),
    kind("USER_LOGIN_SUCCESS", "INFO", "User {username} signed in"),
    kind("USER_LOGIN_FAILURE", "WARNING", "Somebody failed to sign in as {username}"),
    kind("SSL_CERTIFICATE_EXPIRES_SOON", "WARNING", "The certificate of {name} expires in {days} days"),
];

/// The kind of that code that outside programs may report.
pub(super) fn external(code: &str) -> Option<&'static Type> {
    TYPES.iter().find(|kind| kind.code == code && kind.reporter == "EXTERNAL")
}

/// All kinds as one object; the box answers them so, and not as a page.
pub(super) fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let mut codes: BTreeMap<&str, Json> = BTreeMap::new();
    for event in call.array.events.events.values().filter(|event| event.reporter != "CUSTOM") {
        codes.entry(&event.code).or_insert_with(|| seen(event));
    }
    for kind in TYPES {
        codes.insert(kind.code, row(kind.code, kind.description, kind.level, kind.reporter, kind.visibility));
    }
    Ok(Reply::result(json!({"codes": codes.into_values().collect::<Vec<_>>()})))
}

fn seen(event: &Event) -> Json {
    row(&event.code, &event.template, event.level, event.reporter, event.visibility)
}

fn row(code: &str, description: &str, level: &str, reporter: &str, visibility: &str) -> Json {
    let parameters: Vec<&str> =
        description.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    json!({
        "code": code,
        "description": description,
        "parameters": parameters,
        "level": level,
        "reporter": reporter,
        "visibility": visibility,
    })
}
