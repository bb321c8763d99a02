//! Hosts, clusters, initiators, and which volumes are mapped where.

use super::DAY;
use crate::infinibox::array::Array;
use crate::infinibox::clusters::Cluster;
use crate::infinibox::hosts::Host;
use crate::infinibox::hosts::chap::Chap;
use crate::infinibox::hosts::ports::{Port, PortKind};
use crate::infinibox::initiators::Initiator;
use crate::infinibox::luns::{self, Client};
use crate::random::Random;
use crate::world::Settings;

/// Clusters: the name, the name of their hosts, how many, what they speak, and how many volumes they see.
const CLUSTERS: &[(&str, &str, usize, PortKind, usize)] = &[
    ("vmware-production", "esx-prod", 6, PortKind::Fc, 40),
    ("vmware-lab", "esx-lab", 4, PortKind::Iscsi, 15),
    ("oracle-rac", "ora-rac", 2, PortKind::Fc, 20),
    ("kubernetes", "k8s-worker", 3, PortKind::Nvme, 12),
];

/// Hosts of no cluster: the name, what they speak, and how many volumes they see.
const HOSTS: &[(&str, PortKind, usize)] = &[
    ("sap-hana-01", PortKind::Fc, 14),
    ("sap-hana-02", PortKind::Fc, 14),
    ("mail-01", PortKind::Fc, 8),
    ("backup-01", PortKind::Fc, 6),
    ("backup-02", PortKind::Iscsi, 6),
    ("gitlab-01", PortKind::Iscsi, 4),
    ("analytics-01", PortKind::Nvme, 10),
    ("vms-ledger", PortKind::Fc, 0),
    ("staging-new", PortKind::Fc, 0),
];

pub(super) fn seed(array: &mut Array, _settings: &Settings) {
    let mut random = Random::new(0x0005_4057);
    let mut free = free_volumes(array);
    let mut number = 0;
    for (name, prefix, count, kind, volumes) in CLUSTERS {
        let id = array.next_id();
        let created_at = array.now() - random.between(200 * DAY, 380 * DAY);
        let cluster = Cluster {
            id,
            name: (*name).to_owned(),
            host_type: "DEFAULT",
            created_at,
            updated_at: created_at,
        };
        array.clusters.insert(id, cluster);
        for index in 1..=*count {
            number += 1;
            add_host(array, &format!("{prefix}-{index:02}"), id, *kind, number, &mut random);
        }
        let taken = free.split_off(free.len().saturating_sub(*volumes));
        map(array, Client::cluster(array, id).ok(), taken, 11);
    }
    for (name, kind, volumes) in HOSTS {
        number += 1;
        let id = add_host(array, name, 0, *kind, number, &mut random);
        let taken = free.split_off(free.len().saturating_sub(*volumes));
        map(array, Client::host(array, id).ok(), taken, 1);
    }
    seed_strangers(array, &mut random);
}

/// Half of the masters that may be mapped: those of no group and without snapshots, so that a young box still has
/// volumes of every sort to play with.
fn free_volumes(array: &Array) -> Vec<i64> {
    let masters = array.volumes.values().map(|volume| &volume.dataset);
    let fit = masters.filter(|dataset| {
        !dataset.internal && !dataset.is_snapshot() && dataset.cg_id == 0 && dataset.children == 0
    });
    let fit: Vec<i64> = fit.map(|dataset| dataset.id).step_by(2).take(400).collect();
    fit.into_iter().rev().collect()
}

fn map(array: &mut Array, client: Option<Client>, volumes: Vec<i64>, first_lun: i64) {
    let Some(client) = client else { return };
    for (lun, volume_id) in (first_lun..).zip(volumes) {
        luns::insert(array, &client, volume_id, lun, None);
    }
}

fn add_host(
    array: &mut Array,
    name: &str,
    cluster_id: i64,
    kind: PortKind,
    number: i64,
    random: &mut Random,
) -> i64 {
    let id = array.next_id();
    let created_at = array.now() - random.between(30 * DAY, 199 * DAY);
    let count = if kind == PortKind::Fc { 2 } else { 1 };
    let ports: Vec<Port> =
        (1..=count).map(|port| Port { kind, address: address(kind, name, number, port) }).collect();
    // One host is being set up and one has lost half of its paths.
    let connected = match name {
        "staging-new" => 0,
        "esx-prod-05" => 1,
        _ => ports.len(),
    };
    for port in ports.iter().take(connected) {
        array.initiators.push(Initiator {
            kind,
            address: port.address.clone(),
            paths: 6,
            port_key: port_key(kind, random),
            ip: ip(kind, number),
        });
    }
    let chap = if kind == PortKind::Iscsi {
        Chap::one_way(&format!("{name}-chap"), &format!("not-a-secret-{number}"))
    } else {
        Chap::default()
    };
    let host = Host {
        id,
        name: name.to_owned(),
        host_type: if name.starts_with("vms-") { "OPENVMS" } else { "DEFAULT" },
        cluster_id,
        ports,
        optimized: !random.percent(10),
        expected_paths: (kind == PortKind::Fc).then_some(12),
        chap,
        created_at,
        updated_at: created_at + random.between(0, 20) * DAY,
    };
    array.hosts.insert(id, host);
    id
}

/// Ports that are cabled and that no host claims yet.
fn seed_strangers(array: &mut Array, random: &mut Random) {
    for number in 901..=904 {
        let kind = if number % 2 == 0 { PortKind::Fc } else { PortKind::Iscsi };
        array.initiators.push(Initiator {
            kind,
            address: address(kind, &format!("unclaimed-{number}"), number, 1),
            paths: 3,
            port_key: port_key(kind, random),
            ip: ip(kind, number % 100),
        });
    }
}

fn address(kind: PortKind, name: &str, number: i64, port: i64) -> String {
    match kind {
        PortKind::Fc => format!("2100000e1e{number:04x}{port:02x}"),
        PortKind::Iscsi => format!("iqn.1998-01.com.example:{name}"),
        PortKind::Nvme => format!("nqn.2014-08.com.example:nvme:{name}"),
    }
}

/// Keys of NVMe ports use all of their 64 bits; the others have none.
fn port_key(kind: PortKind, random: &mut Random) -> i64 {
    match kind {
        PortKind::Nvme => random.between(1 << 58, 1 << 60),
        _ => -1,
    }
}

fn ip(kind: PortKind, number: i64) -> String {
    match kind {
        PortKind::Fc => String::new(),
        _ => format!("203.0.113.{}", 20 + number),
    }
}
