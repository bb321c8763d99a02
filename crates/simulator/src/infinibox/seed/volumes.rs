//! Pools, snapshot policies, volumes with snapshots and clones, and consistency groups.

use super::DAY;
use crate::infinibox::array::Array;
use crate::infinibox::cgs::Group;
use crate::infinibox::dataset::{BLOCK, Dataset, DatasetKind, Provisioning, Rare, round_up};
use crate::infinibox::policies::SnapshotPolicy;
use crate::infinibox::policies::schedules::Schedule;
use crate::infinibox::pools::{CAPACITY_UNIT, Pool};
use crate::infinibox::usage::Usage;
use crate::infinibox::volumes::Volume;
use crate::random::Random;
use crate::world::Settings;

const TERABYTE: i64 = 1_000_000_000_000;
const GIGABYTE: i64 = 1_000_000_000;

/// The pools' names, whether the pool administrator owns them, and how many of a hundred volumes they get.
const POOLS: &[(&str, bool, i64)] = &[
    ("production-sap", false, 30),
    ("production-oracle", false, 20),
    ("vmware-cluster-a", true, 20),
    ("vmware-cluster-b", true, 15),
    ("analytics", false, 10),
    ("test-and-development", true, 5),
    ("archive", false, 0),
];

const APPLICATIONS: &[&str] = &[
    "erp",
    "crm",
    "billing",
    "mail",
    "web",
    "auth",
    "ldap",
    "hadoop",
    "kafka",
    "elastic",
    "backup",
    "vdi",
    "gitlab",
    "jenkins",
    "sharepoint",
    "payroll",
    "warehouse",
    "telemetry",
];
const PARTS: &[&str] = &["db", "log", "data", "redo", "temp", "boot", "index", "archive", "vm", "share"];
const STAGES: &[&str] = &["prod", "prod", "prod", "test", "dev", "stage", "dr"];

pub(super) fn seed(array: &mut Array, settings: &Settings) {
    let mut random = Random::new(0x000b_0def);
    let now = array.now();
    let policies = seed_policies(array, now);
    let pools = seed_pools(array, now);
    seed_volumes(array, settings.records, &pools, &policies, now, &mut random);
    // Filling a tree in ascending order leaves its nodes half empty; a million records are read faster from full ones.
    array.volumes = std::mem::take(&mut array.volumes).into_iter().collect();
    seed_groups(array, now);
    seed_express(array);
    fit_pools(array);
}

fn seed_policies(array: &mut Array, now: i64) -> Vec<i64> {
    [
        ("Default Policy", "-policy", &[("Six-Hourly", 6 * 3600, 86_400), ("Daily", 86_400, 7 * 86_400)][..]),
        ("Hourly for a day", "-hourly", &[("Hourly", 3600, 86_400)]),
        ("Daily for a month", "-daily", &[("Daily", 86_400, 30 * 86_400)]),
    ]
    .into_iter()
    .map(|(name, suffix, schedules)| {
        let id = array.next_id();
        let created_at = now - 400 * DAY;
        let policy = SnapshotPolicy {
            id,
            name: name.to_owned(),
            suffix: suffix.to_owned(),
            default: name == "Default Policy",
            created_at,
            updated_at: created_at,
        };
        array.snapshot_policies.insert(id, policy);
        for (name, interval, retention) in schedules {
            let schedule = Schedule {
                id: array.next_id(),
                snapshot_policy_id: id,
                name: (*name).to_owned(),
                clock: false,
                interval: *interval,
                day_of_week: None,
                time_of_day: None,
                retention: *retention,
                enabled: true,
                lock_snapshots: false,
                created_at,
                updated_at: created_at,
            };
            array.schedules.insert(schedule.id, schedule);
        }
        id
    })
    .collect()
}

fn seed_pools(array: &mut Array, now: i64) -> Vec<(i64, i64)> {
    POOLS
        .iter()
        .map(|(name, owned, share)| {
            let id = array.next_id();
            let pool = Pool {
                id,
                name: (*name).to_owned(),
                kind: "STANDARD",
                locked: false,
                physical_capacity: TERABYTE,
                virtual_capacity: TERABYTE,
                max_extend: -1,
                physical_warning: 80,
                physical_critical: 90,
                filesystem_warning: 100,
                filesystem_critical: 100,
                ssd_enabled: true,
                compression_enabled: *name != "archive",
                owners: if *owned { vec![-4] } else { Vec::new() },
                created_at: now - 400 * DAY,
                updated_at: now - 30 * DAY,
            };
            array.pools.insert(id, pool);
            (id, *share)
        })
        .collect()
}

/// Masters, each with its snapshots right after it, until there are as many volumes as asked for.
fn seed_volumes(
    array: &mut Array,
    records: usize,
    pools: &[(i64, i64)],
    policies: &[i64],
    now: i64,
    random: &mut Random,
) {
    // A million volumes must fit into the same system as ten thousand, so they are smaller.
    let largest = (10_000_000 / i64::try_from(records.max(1)).unwrap_or(i64::MAX)).clamp(8, 1_500);
    let mut number = 0;
    while array.volumes.len() < records {
        number += 1;
        let id = array.next_id();
        let created_at = now - random.between(20 * DAY, 390 * DAY);
        let size = round_up(random.between(4, largest * 4) * GIGABYTE / 4, BLOCK);
        let master = Dataset {
            id,
            name: name(number, random),
            kind: DatasetKind::Volume,
            pool_id: pool(pools, random),
            parent_id: 0,
            family_id: id,
            cg_id: 0,
            size,
            used: share_of(size, random.between(2, 85)),
            created_at,
            updated_at: created_at + random.between(0, 19) * DAY,
            children: 0,
            depth: 0,
            provisioning: if random.percent(12) { Provisioning::Thick } else { Provisioning::Thin },
            ssd_enabled: !random.percent(7),
            compression_enabled: !random.percent(15),
            write_protected: random.percent(2),
            ssa_express_enabled: false,
            internal: false,
            rare: None,
        };
        let room = records - array.volumes.len() - 1;
        let snapshots = if random.percent(18) { random.below(4) + 1 } else { 0 };
        let snapshots = usize::try_from(snapshots).unwrap_or(0).min(room);
        seed_family(array, master, snapshots, policies, now, random);
    }
}

fn seed_family(
    array: &mut Array,
    mut master: Dataset,
    snapshots: usize,
    policies: &[i64],
    now: i64,
    random: &mut Random,
) {
    master.children = u32::try_from(snapshots).unwrap_or(0);
    if master.children > 0 {
        master.rare_mut().snapshot_policy_id = policies.first().copied();
    }
    let parent = master.clone();
    array.volumes.insert(master.id, Volume { dataset: master, udid: None });
    for index in 1..=snapshots {
        let id = array.next_id();
        let clone = random.percent(20);
        let created_at = now - random.between(1, 19) * DAY - random.between(0, DAY);
        let suffix = if clone { "clone" } else { "snap" };
        // Every name must stay within 65 characters.
        let stem: String = parent.name.chars().take(55).collect();
        let mut snapshot = Dataset {
            id,
            name: format!("{stem}-{suffix}{index}"),
            parent_id: parent.id,
            used: share_of(parent.size, random.between(0, 8)),
            created_at,
            updated_at: created_at,
            children: 0,
            depth: 1,
            provisioning: Provisioning::Thin,
            write_protected: !clone,
            rare: None,
            ..parent.clone()
        };
        if !clone && random.percent(40) {
            snapshot.rare = Some(Box::new(Rare {
                snapshot_retention: Some(30 * DAY / 1000),
                created_by_policy_id: policies.get(2).copied(),
                lock_expires_at: random.percent(25).then_some(now + random.between(1, 60) * DAY),
                ..Rare::default()
            }));
        }
        array.volumes.insert(id, Volume { dataset: snapshot, udid: None });
    }
}

/// `erp-db-prod-0042`, and now and then a name as long as names may be, whose end somebody grew over the years.
fn name(number: u64, random: &mut Random) -> String {
    let application = random.pick(APPLICATIONS, "app");
    let part = random.pick(PARTS, "data");
    let stage = random.pick(STAGES, "prod");
    let mut name = format!("{application}-{part}-{stage}-{number:04}");
    if random.percent(1) {
        name.push_str("-migrated-from-the-old-datacenter-keep-until-audit-2031-ask-storage-team");
        // Only ASCII went in. The number is at the front, so the names stay unique.
        name.truncate(65);
    }
    name
}

fn pool(pools: &[(i64, i64)], random: &mut Random) -> i64 {
    let mut draw = random.between(0, 99);
    for (id, share) in pools {
        draw -= share;
        if draw < 0 {
            return *id;
        }
    }
    pools.first().map_or(0, |(id, _)| *id)
}

fn share_of(size: i64, percent: i64) -> i64 {
    round_up(size / 100 * percent, 64 * 1024)
}

/// Two groups of the first masters of a pool each.
fn seed_groups(array: &mut Array, now: i64) {
    let pools: Vec<i64> = array.pools.keys().copied().take(2).collect();
    for (pool_id, name) in pools.into_iter().zip(["sap-landscape", "oracle-rac"]) {
        let id = array.next_id();
        let group = Group {
            id,
            name: name.to_owned(),
            pool_id,
            parent_id: 0,
            snapshot_policy_id: None,
            snapshot_retention: None,
            lock_expires_at: None,
            created_at: now - 200 * DAY,
            updated_at: now - 200 * DAY,
        };
        array.cgs.insert(id, group);
        array
            .volumes
            .values_mut()
            .map(|volume| &mut volume.dataset)
            .filter(|dataset| dataset.pool_id == pool_id && !dataset.is_snapshot() && dataset.children == 0)
            .take(4)
            .for_each(|dataset| dataset.cg_id = id);
    }
}

/// Three volumes that are kept on flash as a whole.
fn seed_express(array: &mut Array) {
    array
        .volumes
        .values_mut()
        .map(|volume| &mut volume.dataset)
        .filter(|dataset| !dataset.is_snapshot() && dataset.cg_id == 0 && dataset.ssd_enabled)
        .take(3)
        .for_each(|dataset| dataset.ssa_express_enabled = true);
}

/// Gives every pool what it holds and some more, so that the first state keeps the rules.
fn fit_pools(array: &mut Array) {
    let usage = Usage::of(array);
    for (index, pool) in array.pools.values_mut().enumerate() {
        let held = usage.pool(pool.id);
        // Different fill levels, one of them above the warning threshold.
        let spare = i64::try_from(index % 4).unwrap_or(0) * 30 + 15;
        let with_spare = |bytes: i64| {
            let bytes = bytes.saturating_add(bytes / 100 * spare).max(2 * TERABYTE);
            round_up(bytes, CAPACITY_UNIT)
        };
        pool.virtual_capacity = with_spare(held.virtual_used);
        pool.physical_capacity = with_spare(held.physical_used);
    }
}
