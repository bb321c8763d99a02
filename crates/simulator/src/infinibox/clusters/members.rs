//! Hosts that join a cluster, which gives them its mappings, and that leave it.

use super::{Cluster, hosts_of};
use crate::infinibox::array::Array;
use crate::infinibox::call::Call;
use crate::infinibox::entity::Entity;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::hosts::Host;
use crate::infinibox::mappings::Mapping;
use crate::infinibox::reply::Reply;

/// How many hosts a cluster takes.
const MAX_HOSTS: usize = 512;

pub(super) fn add(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let cluster = Cluster::find(call.array, id)?.clone();
    let body = call.body()?;
    body.only(&["id"])?;
    let host = Host::find(call.array, body.need_integer("id")?)?.clone();
    check_join(call.array, &cluster, &host)?;
    if let Some(volume) = mixed_volume(call.array, &cluster, &host) {
        call.approve(|| {
            format!(
                "With host '{}' in the cluster, volume '{volume}' is reached over SCSI and NVMe-oF at the same time",
                host.name
            )
        })?;
    }
    let now = call.now();
    let rows: Vec<Mapping> = call.array.mappings.of_cluster(id).cloned().collect();
    for row in rows {
        let row_id = call.array.next_id();
        call.array.mappings.insert(Mapping { id: row_id, host_id: host.id, ..row });
    }
    let joined = Host::find_mut(call.array, host.id)?;
    joined.cluster_id = id;
    joined.updated_at = now;
    call.event(
        Event::info("CLUSTER_HOST_ADDED", "Host {host_name} was added to cluster {cluster_name}")
            .about(id)
            .text("host_name", &host.name)
            .text("cluster_name", &cluster.name),
    );
    call.record::<Cluster>(id).map(Reply::created)
}

fn check_join(array: &Array, cluster: &Cluster, host: &Host) -> Result<(), Fault> {
    if host.cluster_id == cluster.id {
        return Err(Fault::conflict(
            "HOST_EXISTS",
            format!("Host '{}' is in cluster '{}' already", host.name, cluster.name),
        ));
    }
    if host.cluster_id != 0 {
        return Err(Fault::conflict(
            "HOST_ASSIGNED_TO_CLUSTER",
            format!("Host '{}' is in another cluster", host.name),
        ));
    }
    if host.host_type != cluster.host_type {
        return Err(Fault::conflict(
            "CLUSTER_PROHIBITED_HOST_TYPE",
            format!("The hosts of cluster '{}' are of type {}", cluster.name, cluster.host_type),
        ));
    }
    if hosts_of(array, cluster.id).count() >= MAX_HOSTS {
        return Err(Fault::conflict(
            "HOST_COUNT_CLUSTER_LIMIT",
            format!("A cluster takes {MAX_HOSTS} hosts"),
        ));
    }
    let mixed = |code: &'static str| {
        Err(Fault::conflict(code, format!("Cluster '{}' cannot speak both SCSI and NVMe-oF", cluster.name)))
    };
    if host.speaks_nvme() && hosts_of(array, cluster.id).any(Host::speaks_scsi) {
        return mixed("CANT_MIX_NVME_OF_SCSI_ADD_NVME_HOST_TO_SCSI_CLUSTER");
    }
    if host.speaks_scsi() && hosts_of(array, cluster.id).any(Host::speaks_nvme) {
        return mixed("CANT_MIX_NVME_OF_SCSI_ADD_SCSI_HOST_TO_NVME_CLUSTER");
    }
    if host.speaks_nvme() && array.mappings.of_cluster(cluster.id).any(|row| row.lun == 0) {
        return Err(Fault::conflict(
            "CANT_ADD_NVME_OF_HOST_TO_CLUSTER_WITH_VOLUMES_MAPPED_USING_NSID_0",
            format!("Cluster '{}' has a volume at LUN 0, which NVMe-oF does not have", cluster.name),
        ));
    }
    let mut shared = array.mappings.of_cluster(cluster.id);
    let clash = shared.find(|row| {
        array.mappings.of_host(host.id).any(|own| own.volume_id == row.volume_id || own.lun == row.lun)
    });
    match clash {
        Some(row) => Err(Fault::conflict(
            "PRIVATE_LUNS_CONFLICT",
            format!("LUN {} or its volume is mapped to host '{}' by itself", row.lun, host.name),
        )),
        None => Ok(()),
    }
}

/// A volume of the cluster that hosts outside of it reach over the other protocol.
fn mixed_volume(array: &Array, cluster: &Cluster, host: &Host) -> Option<String> {
    array.mappings.of_cluster(cluster.id).find_map(|row| {
        let mut outside = array.mappings.rows().values().filter(|other| {
            other.volume_id == row.volume_id && other.host_id != 0 && other.host_cluster_id != cluster.id
        });
        let mixes = outside.any(|other| {
            array.hosts.get(&other.host_id).is_some_and(|other| {
                (other.speaks_nvme() && host.speaks_scsi()) || (other.speaks_scsi() && host.speaks_nvme())
            })
        });
        let volume = array.volumes.get(&row.volume_id).filter(|_| mixes)?;
        Some(volume.dataset.name.clone())
    })
}

pub(super) fn remove(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let cluster = Cluster::find(call.array, id)?.clone();
    let host_id = call.id("host_id")?;
    let host = hosts_of(call.array, id).find(|host| host.id == host_id).cloned().ok_or_else(|| {
        Fault::missing("HOST_NOT_FOUND", format!("Host {host_id} is not in cluster '{}'", cluster.name))
    })?;
    let luns = call.array.mappings.of_cluster(id).count();
    call.approve(|| {
        format!("Host '{}' loses the {luns} volumes that are mapped to cluster '{}'", host.name, cluster.name)
    })?;
    call.array.mappings.remove_where(|row| row.host_id == host_id && row.host_cluster_id == id);
    let now = call.now();
    let left = Host::find_mut(call.array, host_id)?;
    left.cluster_id = 0;
    left.updated_at = now;
    call.event(
        Event::info("CLUSTER_HOST_REMOVED", "Host {host_name} was removed from cluster {cluster_name}")
            .about(id)
            .text("host_name", &host.name)
            .text("cluster_name", &cluster.name),
    );
    call.record::<Cluster>(id).map(Reply::result)
}
