//! The ports of hosts: their addresses, and which may stand beside which.

use serde_json::Value as Json;

use super::{Host, of_cluster, port_json};
use crate::infinibox::array::Array;
use crate::infinibox::call::Call;
use crate::infinibox::entity::Entity;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::list::list_values;
use crate::infinibox::luns::{self, Protocol};
use crate::infinibox::reply::Reply;

/// How many ports one host takes.
const MAX_PORTS: usize = 256;
/// The longest iSCSI or NVMe name, in characters.
const MAX_NAME: usize = 223;

/// What a port speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PortKind {
    Fc,
    Iscsi,
    Nvme,
}

impl PortKind {
    pub(crate) const ALL: [Self; 3] = [Self::Fc, Self::Iscsi, Self::Nvme];

    /// The name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fc => "FC",
            Self::Iscsi => "ISCSI",
            Self::Nvme => "NVME",
        }
    }

    /// The kind of that name, in any case.
    pub(crate) fn parse(name: &str) -> Result<Self, Fault> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| Fault::malformed_parameter(name, "FC, ISCSI or NVME"))
    }

    /// The address as the box keeps it.
    fn address(self, text: &str) -> Result<String, Fault> {
        match self {
            Self::Fc => {
                let digits: String = text.chars().filter(|c| *c != ':').collect::<String>().to_lowercase();
                let fits = digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                if fits { Ok(digits) } else { Err(Fault::malformed_parameter(text, "16 hexadecimal digits")) }
            }
            Self::Iscsi => qualified_name(text, "iqn.", "INVALID_IQN"),
            Self::Nvme => qualified_name(text, "nqn.", "INVALID_NQN"),
        }
    }
}

/// Checks `iqn.2004-05.com.example:rest` and its NVMe twin.
fn qualified_name(text: &str, prefix: &str, code: &'static str) -> Result<String, Fault> {
    let name = text.to_ascii_lowercase();
    let fits = name.strip_prefix(prefix).is_some_and(|rest| {
        let (date, authority) = rest.split_at_checked(7).unwrap_or_default();
        let dated = date.bytes().enumerate().all(|(index, byte)| match index {
            4 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        dated && authority.starts_with('.') && authority.len() > 1
    });
    let allowed = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:_".contains(&byte));
    if fits && allowed && name.len() <= MAX_NAME {
        Ok(name)
    } else {
        Err(Fault::bad(
            code,
            format!("'{text}' is no name of the form {prefix}yyyy-mm.domain:name ('address')"),
        ))
    }
}

/// A port of a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Port {
    pub(crate) kind: PortKind,
    /// FC: 16 hexadecimal digits; else an `iqn.` or `nqn.` name. Lower case.
    pub(crate) address: String,
}

impl Port {
    pub(crate) fn to_json(&self, host_id: i64) -> Json {
        port_json(host_id, self.kind, &self.address)
    }

    /// How many paths the box sees to it.
    pub(crate) fn paths(&self, array: &Array) -> i64 {
        array
            .initiators
            .iter()
            .find(|initiator| initiator.kind == self.kind && initiator.address == self.address)
            .map_or(0, |initiator| initiator.paths)
    }
}

/// The NVMe subsystem that the box offers to a host.
pub(crate) fn subsystem_nqn(array: &Array, host_id: i64) -> String {
    format!("nqn.2024-03.com.example:{}-subsystem-{host_id}", array.serial_number)
}

/// The host that has this port.
pub(crate) fn owner<'a>(array: &'a Array, address: &str) -> Option<&'a Host> {
    array.hosts.values().find(|host| host.ports.iter().any(|port| port.address == address))
}

pub(super) fn host_by_address(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let address = call.argument("wwn").to_ascii_lowercase();
    let plain: String = address.chars().filter(|c| *c != ':').collect();
    owner(call.array, &address)
        .or_else(|| owner(call.array, &plain))
        .map(|host| Reply::result(host.id))
        .ok_or_else(|| {
            Fault::missing("HOST_NOT_FOUND", format!("No host has a port with address '{address}'"))
        })
}

pub(super) fn by_key(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let key = call.id("port_key")?;
    let absent = || Fault::missing("PORT_NOT_FOUND", format!("No port has key {key}"));
    let initiator = call
        .array
        .initiators
        .iter()
        .find(|initiator| initiator.port_key == key && key != -1)
        .ok_or_else(absent)?;
    let host = owner(call.array, &initiator.address).ok_or_else(absent)?;
    Ok(Reply::result(port_json(host.id, initiator.kind, &initiator.address)))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let host = Host::find(call.array, call.id("id")?)?;
    let rows = host.ports.iter().map(|port| port.to_json(host.id)).collect();
    list_values(call, rows)
}

pub(super) fn add(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let host = Host::find(call.array, id)?.clone();
    let body = call.body()?;
    body.only(&["type", "address"])?;
    for name in ["type", "address"] {
        if !body.has(name) {
            return Err(Fault::missing_field(name));
        }
    }
    let text = |name: &str| body.text(name).ok_or_else(|| Fault::malformed_parameter(name, "text"));
    let kind = PortKind::parse(text("type")?)?;
    let port = Port { kind, address: kind.address(text("address")?)? };
    if let Some(owner) = owner(call.array, &port.address) {
        return Err(Fault::conflict(
            "PORT_ALREADY_BELONGS_TO_HOST",
            format!("Port '{}' belongs to host '{}'", port.address, owner.name),
        ));
    }
    if host.ports.len() >= MAX_PORTS {
        return Err(Fault::conflict("PORT_COUNT_HOST_LIMIT", format!("A host takes {MAX_PORTS} ports")));
    }
    if kind == PortKind::Iscsi {
        host.chap.check_complete()?;
    }
    check_protocol(call.array, &host, kind)?;
    let protocol = Protocol::of(kind);
    if let Some(volume) = luns::accessed_otherwise(call.array, &host, protocol) {
        call.approve(|| {
            format!("With this port, volume '{volume}' is reached over SCSI and NVMe-oF at the same time")
        })?;
    }
    let result = port.to_json(id);
    let event = Event::info("HOST_PORT_ADDED", "Port {address} was added to host {host_name}")
        .about(id)
        .text("address", &port.address)
        .text("host_name", &host.name);
    let now = call.now();
    let stored = Host::find_mut(call.array, id)?;
    stored.ports.push(port);
    stored.updated_at = now;
    call.event(event);
    Ok(Reply::created(result))
}

/// A host and a cluster speak either SCSI or NVMe-oF, and NVMe-oF has no namespace 0.
fn check_protocol(array: &Array, host: &Host, kind: PortKind) -> Result<(), Fault> {
    let nvme = kind == PortKind::Nvme;
    let refused = |code: &'static str, what: &str| {
        Err(Fault::conflict(code, format!("{what} '{}' cannot speak both SCSI and NVMe-oF", host.name)))
    };
    if nvme && host.speaks_scsi() {
        return refused("CANT_MIX_NVME_OF_SCSI_ADD_NVME_OF_PORT_TO_SCSI_HOST", "Host");
    }
    if !nvme && host.speaks_nvme() {
        return refused("CANT_MIX_NVME_OF_SCSI_ADD_SCSI_PORT_TO_NVME_OF_HOST", "Host");
    }
    if host.cluster_id != 0 {
        let mut others = of_cluster(array, host.cluster_id).filter(|other| other.id != host.id);
        if nvme && others.any(Host::speaks_scsi) {
            return refused(
                "CANT_MIX_NVME_OF_SCSI_ADD_NVME_PORT_TO_HOST_IN_SCSI_CLUSTER",
                "The cluster of host",
            );
        }
        if !nvme && others.any(Host::speaks_nvme) {
            return refused(
                "CANT_MIX_NVME_OF_SCSI_ADD_SCSI_PORT_TO_HOST_IN_NVME_CLUSTER",
                "The cluster of host",
            );
        }
    }
    if nvme && array.mappings.of_host(host.id).any(|row| row.lun == 0) {
        return Err(Fault::conflict(
            "CANT_ADD_NVME_OF_PORT_TO_HOST_WITH_VOLUMES_MAPPED_USING_NSID_0",
            format!("Host '{}' has a volume at LUN 0, which NVMe-oF does not have", host.name),
        ));
    }
    Ok(())
}

pub(super) fn remove(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let host = Host::find(call.array, id)?.clone();
    let kind = PortKind::parse(call.argument("type"))?;
    let asked = call.argument("address").to_owned();
    let address = kind.address(&asked).unwrap_or(asked);
    let port = Port { kind, address };
    if !host.ports.contains(&port) {
        return Err(Fault::missing(
            "PORT_NOT_FOUND",
            format!("Host '{}' has no {} port '{}'", host.name, kind.name(), port.address),
        ));
    }
    call.approve(|| match host.ports.len() {
        1 => {
            format!("Port '{}' is the last one of host '{}', which loses its access", port.address, host.name)
        }
        _ => format!("Host '{}' loses its access through port '{}'", host.name, port.address),
    })?;
    let now = call.now();
    let stored = Host::find_mut(call.array, id)?;
    stored.ports.retain(|other| *other != port);
    stored.updated_at = now;
    call.event(
        Event::info("HOST_PORT_REMOVED", "Port {address} was removed from host {host_name}")
            .about(id)
            .text("address", &port.address)
            .text("host_name", &host.name),
    );
    Ok(Reply::result(port.to_json(id)))
}
