//! What stands against a mapping.

use super::{Client, Protocol};
use crate::infinibox::array::Array;
use crate::infinibox::fault::Fault;
use crate::infinibox::hosts::{Host, of_cluster};

/// The highest LUN.
const MAX_LUN: i64 = 16_383;
/// The first LUN that the box gives by itself to a host, and to a cluster: a cluster leaves room for private ones.
const FIRST_LUN: (i64, i64) = (1, 11);
/// How many mappings a box takes.
const MAX_MAPPINGS: usize = 100_000;

/// Refuses a volume that the client sees already.
pub(super) fn check_new(array: &Array, client: &Client, volume_id: i64) -> Result<(), Fault> {
    if let Some(row) = client.rows(array).find(|row| row.volume_id == volume_id) {
        return Err(if row.clustered() && !client.cluster {
            Fault::conflict(
                "MAPPING_ALREADY_INHERITED",
                format!("Host '{}' sees volume {volume_id} through its cluster", client.name),
            )
        } else {
            Fault::conflict(
                "MAPPING_ALREADY_EXISTS",
                format!("Volume {volume_id} is mapped to {} '{}' already", client.noun(), client.name),
            )
        });
    }
    if client.cluster
        && let Some(host) = client
            .hosts
            .iter()
            .find(|host| array.mappings.of_host(host.id).any(|row| row.volume_id == volume_id))
    {
        return Err(Fault::conflict(
            "MAPPING_NOT_ALLOWED",
            format!("Volume {volume_id} is mapped to host '{}' of the cluster by itself", host.name),
        ));
    }
    if array.mappings.rows().len() >= MAX_MAPPINGS {
        return Err(Fault::conflict(
            "MAPPINGS_COUNT_LIMIT",
            format!("There are {MAX_MAPPINGS} mappings already"),
        ));
    }
    Ok(())
}

/// The LUN that was asked for if it is free, or else the first free one.
pub(super) fn lun(array: &Array, client: &Client, wanted: Option<i64>) -> Result<i64, Fault> {
    let taken = |lun: i64| {
        array.mappings.rows().values().any(|row| {
            row.lun == lun && (client.sees(row) || client.hosts.iter().any(|host| host.id == row.host_id))
        })
    };
    match wanted {
        Some(lun) if !(0..=MAX_LUN).contains(&lun) => {
            Err(Fault::conflict("ILLEGAL_LUN", format!("A LUN ('lun') is in 0..{MAX_LUN}; {lun} is not")))
        }
        Some(lun) if taken(lun) => Err(Fault::conflict(
            "LUN_EXISTS",
            format!("LUN {lun} of {} '{}' is in use", client.noun(), client.name),
        )),
        Some(lun) => Ok(lun),
        None => {
            let first = if client.cluster { FIRST_LUN.1 } else { FIRST_LUN.0 };
            (first..=MAX_LUN).find(|lun| !taken(*lun)).ok_or_else(|| {
                Fault::conflict(
                    "LUN_AUTO_ASSIGNMENT_FAILURE",
                    format!("No LUN of {} '{}' is free", client.noun(), client.name),
                )
            })
        }
    }
}

/// OpenVMS keeps LUN 0 for itself and knows a volume by a unit number that no other volume of the host has.
pub(super) fn check_openvms(
    array: &Array,
    client: &Client,
    lun: i64,
    udid: Option<i64>,
) -> Result<(), Fault> {
    if client.host_type != "OPENVMS" {
        return Ok(());
    }
    if lun == 0 {
        return Err(Fault::conflict(
            "OPENVMS_LUN_CONTROLLER",
            "LUN 0 is reserved for the controller on OpenVMS",
        ));
    }
    let Some(udid) = udid else {
        return Err(Fault::conflict(
            "OPENVMS_MISSING_UDID",
            "OpenVMS needs a unit number ('udid') for the volume",
        ));
    };
    if client.rows(array).any(|row| row.udid == Some(udid)) {
        let code = if client.cluster { "OPENVMS_CLUSTER_UDID_EXISTS" } else { "OPENVMS_HOST_UDID_EXISTS" };
        return Err(Fault::conflict(
            code,
            format!("Unit number {udid} of {} '{}' is in use", client.noun(), client.name),
        ));
    }
    Ok(())
}

/// NVMe-oF has no namespace 0, and a volume is reached over one protocol only.
pub(super) fn check_protocol(array: &Array, client: &Client, lun: i64, volume_id: i64) -> Result<(), Fault> {
    let nvme = client.hosts.iter().any(Host::speaks_nvme);
    if lun == 0 {
        let code = match (client.cluster, nvme) {
            (true, true) => Some("VOLUME_CANNOT_BE_MAPPED_TO_NVME_OF_CLUSTER_WITH_NSID_0"),
            (false, true) => Some("VOLUME_CANNOT_BE_MAPPED_TO_NVME_OF_HOST_WITH_NSID_0"),
            (false, false) if beside_nvme(array, client) => {
                Some("VOLUME_CANNOT_BE_MAPPED_TO_HOST_IN_NVME_OF_CLUSTER_WITH_NSID_0")
            }
            _ => None,
        };
        if let Some(code) = code {
            return Err(Fault::conflict(code, "NVMe-oF has no number 0 ('lun')"));
        }
    }
    let scsi = client.hosts.iter().any(Host::speaks_scsi);
    let mixed = |code: &'static str, name: &str| {
        Err(Fault::conflict(code, format!("Volume {volume_id} is reached over {name} already")))
    };
    if nvme && reached(array, volume_id, Protocol::Scsi, 0) {
        return mixed("CANT_MIX_NVME_OF_SCSI_VOLUME_MAPPED_ACCESSED_SCSI", "SCSI");
    }
    if scsi && reached(array, volume_id, Protocol::Nvme, 0) {
        return mixed("CANT_MIX_NVME_OF_SCSI_VOLUME_MAPPED_ACCESSED_NVME", "NVMe-oF");
    }
    Ok(())
}

fn beside_nvme(array: &Array, client: &Client) -> bool {
    client
        .hosts
        .iter()
        .any(|host| host.cluster_id != 0 && of_cluster(array, host.cluster_id).any(Host::speaks_nvme))
}

/// Whether a host other than this one reaches the volume over the protocol.
pub(super) fn reached(array: &Array, volume_id: i64, protocol: Protocol, but_host: i64) -> bool {
    array
        .mappings
        .rows()
        .values()
        .filter(|row| row.volume_id == volume_id && row.host_id != 0 && row.host_id != but_host)
        .filter_map(|row| array.hosts.get(&row.host_id))
        .any(|host| protocol.spoken_by(host))
}
