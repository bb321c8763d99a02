//! Hosts: who reads and writes volumes, through which ports, and how it proves who it is.

use serde_json::{Value as Json, json};

use super::array::Array;
use super::call::{Call, attribute, get};
use super::entity::{Entity, Record, Table};
use super::fault::Fault;
use super::field::{Field, Holds, NATURAL, TEXT};
use super::list::list_records;
use super::luns;
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;
use super::value::Value;
use super::view::View;

pub(crate) mod chap;
pub(crate) mod ports;
#[cfg(test)]
mod tests;
pub(crate) mod write;

use chap::Chap;
use ports::{Port, PortKind};

/// What runs on the host; an OpenVMS host knows volumes by their unit numbers.
pub(crate) const HOST_TYPES: &[&str] = &["DEFAULT", "OPENVMS"];

/// The operations of hosts.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("hosts", list),
    Route::post("hosts", Roles::POOL, write::create),
    Route::get("hosts/host_id_by_initiator_address/{wwn}", ports::host_by_address),
    Route::get("hosts/ports/{port_key}", ports::by_key),
    Route::get("hosts/{id}", get::<Host>),
    Route::put("hosts/{id}", Roles::POOL, write::update),
    Route::delete("hosts/{id}", Roles::POOL, write::delete),
    Route::get("hosts/{id}/luns", luns::of_host),
    Route::post("hosts/{id}/luns", Roles::POOL, luns::map_to_host),
    Route::get("hosts/{id}/luns/{lun}", luns::one_of_host),
    Route::delete("hosts/{id}/luns/lun/{lun}", Roles::POOL, luns::unmap_lun_from_host),
    Route::delete("hosts/{id}/luns/volume_id/{volume_id}", Roles::POOL, luns::unmap_volume_from_host),
    Route::get("hosts/{id}/ports", ports::list),
    Route::post("hosts/{id}/ports", Roles::POOL, ports::add),
    Route::delete("hosts/{id}/ports/{type}/{address}", Roles::POOL, ports::remove),
    Route::get("hosts/{id}/{attribute}", attribute::<Host>),
];

/// A host.
#[derive(Debug, Clone)]
pub(crate) struct Host {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// One of [`HOST_TYPES`].
    pub(crate) host_type: &'static str,
    /// 0 for none.
    pub(crate) cluster_id: i64,
    pub(crate) ports: Vec<Port>,
    pub(crate) optimized: bool,
    /// How many paths a person expects; `None` while the box watches none.
    pub(crate) expected_paths: Option<i64>,
    pub(crate) chap: Chap,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
    /// Milliseconds since 1970.
    pub(crate) updated_at: i64,
}

impl Host {
    /// How many paths lead to the host now.
    pub(crate) fn paths(&self, array: &Array) -> i64 {
        self.ports.iter().map(|port| port.paths(array)).sum()
    }

    /// How many ports no path leads to.
    pub(crate) fn ports_disconnected(&self, array: &Array) -> usize {
        self.ports.iter().filter(|port| port.paths(array) == 0).count()
    }

    /// Whether there are as many paths as expected: `NONE` while nothing is expected.
    pub(crate) fn path_health(&self, array: &Array) -> &'static str {
        match self.expected_paths {
            None | Some(0) => "NONE",
            Some(expected) if self.paths(array) >= expected => "OK",
            Some(_) => "NOT_OK",
        }
    }

    /// Whether the host reaches the box at all.
    pub(crate) fn resiliency(&self, array: &Array) -> &'static str {
        if self.paths(array) > 0 { "OK" } else { "DISCONNECTED" }
    }

    /// Whether any port is of that kind.
    pub(crate) fn has(&self, kind: PortKind) -> bool {
        self.ports.iter().any(|port| port.kind == kind)
    }

    /// Whether the host speaks SCSI: over Fibre Channel or iSCSI.
    pub(crate) fn speaks_scsi(&self) -> bool {
        self.has(PortKind::Fc) || self.has(PortKind::Iscsi)
    }

    /// Whether the host speaks NVMe-oF.
    pub(crate) fn speaks_nvme(&self) -> bool {
        self.has(PortKind::Nvme)
    }
}

/// The kinds of these hosts' ports, each once.
pub(crate) fn port_types<'a>(hosts: impl Iterator<Item = &'a Host> + Clone) -> Json {
    PortKind::ALL
        .into_iter()
        .filter(|kind| hosts.clone().any(|host| host.has(*kind)))
        .map(PortKind::name)
        .collect()
}

fn luns_of(host: &Host, view: &View<'_>) -> Json {
    view.array.mappings.of_host(host.id).map(|row| row.render(view, None)).collect()
}

impl Record for Host {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |h, _| h.id.into()).listed(),
        Field::<Self>::new("name", Holds::Name, |h, _| h.name.as_str().into()).listed().required().update(),
        Field::<Self>::new("host_type", Holds::Word(HOST_TYPES), |h, _| h.host_type.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("san_client_type", TEXT, |_, _| "HOST".into()),
        Field::<Self>::new("host_cluster_id", NATURAL, |h, _| h.cluster_id.into()),
        Field::<Self>::new("ports", Holds::Anything, |h, _| {
            h.ports.iter().map(|port| port.to_json(h.id)).collect::<Json>().into()
        }),
        Field::<Self>::new("ports_count", NATURAL, |h, _| h.ports.len().into()),
        Field::<Self>::new("port_type", Holds::Anything, |h, _| port_types(std::iter::once(h)).into()),
        Field::<Self>::new("ports_disconnected", NATURAL, |h, v| h.ports_disconnected(v.array).into())
            .filterable(),
        Field::<Self>::new("luns", Holds::Anything, |h, v| luns_of(h, v).into()),
        Field::<Self>::new("luns_count", NATURAL, |h, v| v.array.mappings.of_host(h.id).count().into()),
        Field::<Self>::new("paths", NATURAL, |h, v| h.paths(v.array).into()).filterable(),
        Field::<Self>::new("min_expected_paths", Holds::Integer(-1, 1_000), |h, _| {
            h.expected_paths.unwrap_or(0).into()
        })
        .filterable()
        .update(),
        Field::<Self>::new("is_min_expected_paths_user_set", Holds::Boolean, |h, _| {
            h.expected_paths.is_some().into()
        })
        .listed(),
        Field::<Self>::new("path_health", Holds::Word(&["NONE", "OK", "NOT_OK"]), |h, v| {
            h.path_health(v.array).into()
        })
        .filterable(),
        Field::<Self>::new("resiliency", TEXT, |h, v| h.resiliency(v.array).into()).filterable(),
        Field::<Self>::new("optimized", Holds::Boolean, |h, _| h.optimized.into()).listed().create().update(),
        Field::<Self>::new("subsystem_nqn", TEXT, |h, v| {
            h.speaks_nvme().then(|| ports::subsystem_nqn(v.array, h.id)).into()
        }),
        Field::<Self>::new("security_method", Holds::Word(chap::METHODS), |h, _| h.chap.method.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("security_chap_inbound_username", TEXT, |h, _| h.chap.inbound.username().into())
            .listed()
            .create()
            .update()
            .nullable(),
        Field::<Self>::write_only("security_chap_inbound_secret", TEXT).create().update().nullable(),
        Field::<Self>::new("security_chap_has_inbound_secret", Holds::Boolean, |h, _| {
            h.chap.inbound.has_secret().into()
        }),
        Field::<Self>::new("security_chap_outbound_username", TEXT, |h, _| h.chap.outbound.username().into())
            .listed()
            .create()
            .update()
            .nullable(),
        Field::<Self>::write_only("security_chap_outbound_secret", TEXT).create().update().nullable(),
        Field::<Self>::new("security_chap_has_outbound_secret", Holds::Boolean, |h, _| {
            h.chap.outbound.has_secret().into()
        }),
        Field::<Self>::new("tenant_id", NATURAL, |_, _| 1_i64.into()),
        Field::<Self>::new("created_at", NATURAL, |h, _| h.created_at.into()).listed(),
        Field::<Self>::new("updated_at", NATURAL, |h, _| h.updated_at.into()).listed(),
    ];
}

impl Entity for Host {
    const NOUN: &'static str = "Host";
    const NOT_FOUND: &'static str = "HOST_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.hosts
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.hosts
    }
}

/// The box refuses this one field as unknown, although a host shows it.
fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    if call.request.parameter("host_cluster_id").is_some() {
        return Err(Fault::unknown_parameter("host_cluster_id"));
    }
    list_records(call, call.array.hosts.values(), &[])
}

/// The hosts that a cluster has.
pub(crate) fn of_cluster(array: &Array, cluster_id: i64) -> impl Iterator<Item = &Host> + Clone {
    array.hosts.values().filter(move |host| host.cluster_id == cluster_id)
}

/// A port as lists of ports show it.
pub(crate) fn port_json(host_id: i64, kind: PortKind, address: &str) -> Json {
    json!({"host_id": host_id, "type": kind.name(), "address": address})
}

impl From<PortKind> for Value<'_> {
    fn from(kind: PortKind) -> Self {
        kind.name().into()
    }
}
