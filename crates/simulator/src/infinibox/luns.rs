//! Mapping volumes to hosts and clusters, and taking the mappings away.

use super::array::Array;
use super::call::Call;
use super::clusters::Cluster;
use super::entity::{Entity, Record};
use super::events::Event;
use super::fault::Fault;
use super::hosts::ports::PortKind;
use super::hosts::{Host, of_cluster as members};
use super::list::list_records;
use super::mappings::Mapping;
use super::reply::Reply;
use super::volumes::Volume;

mod rules;

/// What a volume is read and written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Scsi,
    Nvme,
}

impl Protocol {
    pub(crate) fn of(kind: PortKind) -> Self {
        if kind == PortKind::Nvme { Self::Nvme } else { Self::Scsi }
    }

    fn spoken_by(self, host: &Host) -> bool {
        match self {
            Self::Scsi => host.speaks_scsi(),
            Self::Nvme => host.speaks_nvme(),
        }
    }

    fn other(self) -> Self {
        if self == Self::Scsi { Self::Nvme } else { Self::Scsi }
    }
}

/// A host or a cluster, with the hosts that see its mappings.
pub(crate) struct Client {
    id: i64,
    cluster: bool,
    name: String,
    host_type: &'static str,
    hosts: Vec<Host>,
}

impl Client {
    /// The host of that id.
    pub(crate) fn host(array: &Array, id: i64) -> Result<Self, Fault> {
        let host = Host::find(array, id)?;
        let (name, host_type) = (host.name.clone(), host.host_type);
        Ok(Self { id, cluster: false, name, host_type, hosts: vec![host.clone()] })
    }

    /// The cluster of that id.
    pub(crate) fn cluster(array: &Array, id: i64) -> Result<Self, Fault> {
        let cluster = Cluster::find(array, id)?;
        let hosts = members(array, id).cloned().collect();
        Ok(Self { id, cluster: true, name: cluster.name.clone(), host_type: cluster.host_type, hosts })
    }

    /// Whether the mapping is this client's own: a cluster's row, or any that a host sees.
    fn sees(&self, row: &Mapping) -> bool {
        if self.cluster { row.host_id == 0 && row.host_cluster_id == self.id } else { row.host_id == self.id }
    }

    fn noun(&self) -> &'static str {
        if self.cluster { "cluster" } else { "host" }
    }

    fn rows<'a>(&'a self, array: &'a Array) -> impl Iterator<Item = &'a Mapping> {
        array.mappings.rows().values().filter(|row| self.sees(row))
    }

    /// The client's row at that LUN.
    fn at_lun(&self, array: &Array, lun: i64) -> Result<Mapping, Fault> {
        self.rows(array).find(|row| row.lun == lun).cloned().ok_or_else(|| {
            Fault::missing("LUN_NOT_FOUND", format!("The {} '{}' has no LUN {lun}", self.noun(), self.name))
        })
    }

    /// The client's row of that volume.
    fn of_volume(&self, array: &Array, volume_id: i64) -> Result<Mapping, Fault> {
        self.rows(array).find(|row| row.volume_id == volume_id).cloned().ok_or_else(|| {
            Fault::missing(
                "LUN_NOT_FOUND",
                format!("Volume {volume_id} is not mapped to {} '{}'", self.noun(), self.name),
            )
        })
    }
}

/// The name of a volume that the host sees and that others reach over the other protocol.
pub(crate) fn accessed_otherwise(array: &Array, host: &Host, protocol: Protocol) -> Option<String> {
    let volumes = array.mappings.of_host(host.id).map(|row| row.volume_id);
    volumes
        .filter(|id| rules::reached(array, *id, protocol.other(), host.id))
        .find_map(|id| array.volumes.get(&id).map(|volume| volume.dataset.name.clone()))
}

pub(crate) fn of_host(call: &mut Call<'_>) -> Result<Reply, Fault> {
    list(call, Client::host)
}

pub(crate) fn of_cluster(call: &mut Call<'_>) -> Result<Reply, Fault> {
    list(call, Client::cluster)
}

fn list(call: &Call<'_>, find: fn(&Array, i64) -> Result<Client, Fault>) -> Result<Reply, Fault> {
    let client = find(call.array, call.id("id")?)?;
    list_records(call, client.rows(call.array), &[])
}

pub(crate) fn one_of_host(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let client = Client::host(call.array, call.id("id")?)?;
    one(call, &client)
}

pub(crate) fn one_of_cluster(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let client = Client::cluster(call.array, call.id("id")?)?;
    one(call, &client)
}

fn one(call: &Call<'_>, client: &Client) -> Result<Reply, Fault> {
    let row = client.at_lun(call.array, call.id("lun")?)?;
    Ok(Reply::result(row.render(&call.view(), None)))
}

pub(crate) fn map_to_host(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let client = Client::host(call.array, call.id("id")?)?;
    map(call, &client)
}

pub(crate) fn map_to_cluster(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let client = Client::cluster(call.array, call.id("id")?)?;
    map(call, &client)
}

fn map(call: &mut Call<'_>, client: &Client) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["volume_id", "lun", "udid"])?;
    let volume_id = body.need_integer("volume_id")?;
    let volume = Volume::find(call.array, volume_id)?.clone();
    call.own_pool(volume.dataset.pool_id)?;
    let number = |name: &str| match body.json(name) {
        None | Some(serde_json::Value::Null) => Ok(None),
        Some(value) => {
            value.as_i64().map(Some).ok_or_else(|| Fault::malformed_parameter(name, "a whole number"))
        }
    };
    let udid = number("udid")?.or(volume.udid);
    let wanted = number("lun")?;
    rules::check_new(call.array, client, volume_id)?;
    let lun = rules::lun(call.array, client, wanted)?;
    rules::check_openvms(call.array, client, lun, udid)?;
    rules::check_protocol(call.array, client, lun, volume_id)?;
    if call.array.mappings.is_mapped(volume_id) {
        call.approve(|| {
            format!(
                "Volume '{}' is mapped to others already; if they do not coordinate their writes with {} '{}', its data \
                 is lost",
                volume.dataset.name,
                client.noun(),
                client.name
            )
        })?;
    }
    let id = insert(call.array, client, volume_id, lun, udid);
    call.event(
        Event::info(
            if client.cluster { "CLUSTER_MAPPED" } else { "HOST_MAPPED" },
            "Volume {volume_name} was mapped to {client_name} as LUN {lun}",
        )
        .about(volume_id)
        .text("volume_name", &volume.dataset.name)
        .text("client_name", &client.name)
        .number("lun", lun),
    );
    let row = call.array.mappings.rows().get(&id).map(|row| row.render(&call.view(), None));
    Ok(Reply::created(row.unwrap_or_default()))
}

/// Adds a mapping: one row, and for a cluster one more for each of its hosts. Returns the id of the first.
pub(crate) fn insert(array: &mut Array, client: &Client, volume_id: i64, lun: i64, udid: Option<i64>) -> i64 {
    let id = array.next_id();
    let (host_id, host_cluster_id) = if client.cluster { (0, client.id) } else { (client.id, 0) };
    let row = Mapping { id, volume_id, host_id, host_cluster_id, lun, udid };
    array.mappings.insert(row.clone());
    if client.cluster {
        for host in &client.hosts {
            let id = array.next_id();
            array.mappings.insert(Mapping { id, host_id: host.id, ..row.clone() });
        }
    }
    id
}

pub(crate) fn unmap_lun_from_host(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let client = Client::host(call.array, call.id("id")?)?;
    let row = client.at_lun(call.array, call.id("lun")?)?;
    unmap(call, &client, &row)
}

pub(crate) fn unmap_volume_from_host(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let client = Client::host(call.array, call.id("id")?)?;
    let row = client.of_volume(call.array, call.id("volume_id")?)?;
    unmap(call, &client, &row)
}

pub(crate) fn unmap_lun_from_cluster(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let client = Client::cluster(call.array, call.id("id")?)?;
    let row = client.at_lun(call.array, call.id("lun")?)?;
    unmap(call, &client, &row)
}

pub(crate) fn unmap_volume_from_cluster(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let client = Client::cluster(call.array, call.id("id")?)?;
    let row = client.of_volume(call.array, call.id("volume_id")?)?;
    unmap(call, &client, &row)
}

fn unmap(call: &mut Call<'_>, client: &Client, row: &Mapping) -> Result<Reply, Fault> {
    if row.clustered() && !client.cluster {
        return Err(Fault::conflict(
            "LUN_IS_CLUSTERED",
            format!("LUN {} comes from the cluster of host '{}'; unmap it there", row.lun, client.name),
        ));
    }
    let volume = Volume::find(call.array, row.volume_id)?;
    let (name, pool_id) = (volume.dataset.name.clone(), volume.dataset.pool_id);
    call.own_pool(pool_id)?;
    call.approve(|| {
        format!(
            "Unmapping volume '{name}' (LUN {}) takes it away from {} '{}' at once",
            row.lun,
            client.noun(),
            client.name
        )
    })?;
    let result = row.render(&call.view(), None);
    let (volume_id, cluster_id) = (row.volume_id, row.host_cluster_id);
    if client.cluster {
        call.array
            .mappings
            .remove_where(|other| other.volume_id == volume_id && other.host_cluster_id == cluster_id);
    } else {
        call.array.mappings.remove(row.id);
    }
    call.event(
        Event::info(
            if client.cluster { "CLUSTER_UNMAPPED" } else { "HOST_UNMAPPED" },
            "Volume {volume_name} was unmapped from {client_name}",
        )
        .about(volume_id)
        .text("volume_name", &name)
        .text("client_name", &client.name),
    );
    Ok(Reply::result(result))
}
