//! Filesystems with their snapshots, treeqs and exports, in a pool of their own.

use super::DAY;
use crate::infinibox::array::Array;
use crate::infinibox::dataset::{ALLOCATION_UNIT, Dataset, DatasetKind, Provisioning, Rare, round_up};
use crate::infinibox::exports::Export;
use crate::infinibox::filesystems::Filesystem;
use crate::infinibox::pools::Pool;
use crate::infinibox::treeqs::{self, TreeQ};
use crate::random::Random;
use crate::world::Settings;

const MASTERS: i64 = 60;
const GIGABYTE: i64 = 1_000_000_000;
const TERABYTE: i64 = 1000 * GIGABYTE;
/// What the filesystems are for; each name is used several times.
const USES: &[&str] =
    &["home", "build", "scans", "media", "ledger", "mail", "lab", "photos", "logs", "plans"];

pub(super) fn seed(array: &mut Array, settings: &Settings) {
    let mut random = Random::new(0xf11e);
    let now = settings.clock.now();
    let pool_id = array.next_id();
    let pool = Pool {
        id: pool_id,
        name: "file-services".to_owned(),
        kind: "STANDARD",
        locked: false,
        physical_capacity: 80 * TERABYTE,
        virtual_capacity: 160 * TERABYTE,
        max_extend: -1,
        physical_warning: 80,
        physical_critical: 90,
        filesystem_warning: 85,
        filesystem_critical: 95,
        ssd_enabled: true,
        compression_enabled: true,
        owners: Vec::new(),
        created_at: now - 380 * DAY,
        updated_at: now - 12 * DAY,
    };
    array.pools.insert(pool_id, pool);
    let policy_id = array.snapshot_policies.keys().next().copied();
    for number in 0..MASTERS {
        let master = master(array, pool_id, policy_id, number, now, &mut random);
        snapshots(array, &master, policy_id, now, &mut random);
        if number % 4 == 0 {
            treeqs(array, &master, &mut random);
        }
        exports(array, &master, number, &mut random);
    }
}

fn master(
    array: &mut Array,
    pool_id: i64,
    policy_id: Option<i64>,
    number: i64,
    now: i64,
    random: &mut Random,
) -> Filesystem {
    let id = array.next_id();
    let size = round_up(random.between(50, 2500) * GIGABYTE, ALLOCATION_UNIT);
    let created_at = now - random.between(40, 360) * DAY;
    let word =
        usize::try_from(number).ok().and_then(|number| USES.get(number % USES.len())).unwrap_or(&"data");
    let windows = number % 9 == 4;
    let policy_id = policy_id.filter(|_| number % 3 != 2);
    Filesystem {
        dataset: Dataset {
            id,
            name: format!("{word}-{:02}", number / 10 + 1),
            kind: DatasetKind::Filesystem,
            pool_id,
            parent_id: 0,
            family_id: id,
            cg_id: 0,
            size,
            used: round_up(size / 100 * random.between(3, 80), ALLOCATION_UNIT) / 4,
            created_at,
            updated_at: created_at + random.between(1, 39) * DAY,
            children: 0,
            depth: 0,
            provisioning: Provisioning::Thin,
            ssd_enabled: true,
            compression_enabled: number % 7 != 0,
            write_protected: false,
            ssa_express_enabled: false,
            internal: false,
            rare: policy_id
                .map(|policy_id| Box::new(Rare { snapshot_policy_id: Some(policy_id), ..Rare::default() })),
        },
        windows,
        atime_granularity: 0,
        snapdir_name: ".snapshot".to_owned(),
        snapdir_accessible: true,
        visible_in_snapdir: false,
        suspended: false,
        used_capacity_warning: if number % 5 == 0 { 80 } else { 100 },
        used_capacity_critical: if number % 5 == 0 { 92 } else { 100 },
        posix_file_ownership: windows.then_some(false),
        nfs_filesystem_id: number * 3 + 1,
    }
}

/// The last days' snapshots of a filesystem; then the filesystem itself goes into the table.
fn snapshots(array: &mut Array, master: &Filesystem, policy_id: Option<i64>, now: i64, random: &mut Random) {
    let count = random.between(0, 4);
    let mut master = master.clone();
    master.dataset.children = u32::try_from(count).unwrap_or(0);
    let (parent_id, name) = (master.dataset.id, master.dataset.name.clone());
    for day in 0..count {
        let id = array.next_id();
        let locked = day == 0 && random.percent(15);
        let dataset = Dataset {
            id,
            name: format!("{name}-day-{}", day + 1),
            parent_id,
            used: random.between(0, 400) * GIGABYTE / 100,
            created_at: now - (day + 1) * DAY,
            updated_at: now - (day + 1) * DAY,
            children: 0,
            depth: 1,
            write_protected: true,
            rare: Some(Box::new(Rare {
                lock_expires_at: locked.then_some(now + 20 * DAY),
                snapshot_retention: policy_id.map(|_| 30 * DAY / 1000),
                created_by_policy_id: policy_id,
                ..Rare::default()
            })),
            ..master.dataset.clone()
        };
        let snapshot =
            Filesystem { dataset, visible_in_snapdir: true, nfs_filesystem_id: 1000 + id, ..master.clone() };
        array.filesystems.insert(id, snapshot);
    }
    array.filesystems.insert(parent_id, master);
}

fn treeqs(array: &mut Array, filesystem: &Filesystem, random: &mut Random) {
    let filesystem_id = filesystem.dataset.id;
    for (number, team) in (1..).zip(["design", "field", "office"]) {
        let soft_capacity = random.between(5, 40) * GIGABYTE;
        let treeq = TreeQ {
            id: treeqs::identifier(filesystem_id, number),
            filesystem_id,
            name: team.to_owned(),
            path: format!("/{team}"),
            soft_capacity: Some(soft_capacity),
            hard_capacity: Some(soft_capacity + 10 * GIGABYTE),
            soft_inodes: (number == 2).then_some(50_000),
            hard_inodes: (number == 2).then_some(60_000),
            used_capacity: random.between(0, 45) * GIGABYTE,
            used_inodes: random.between(1, 58_000),
        };
        array.treeqs.insert(treeq.id, treeq);
    }
}

fn exports(array: &mut Array, filesystem: &Filesystem, number: i64, random: &mut Random) {
    if filesystem.windows || number % 6 == 5 {
        return;
    }
    let created_at = filesystem.dataset.created_at + random.between(0, 5) * DAY;
    let path = format!("/{}", filesystem.dataset.name);
    let id = array.next_id();
    let mut export = Export::new(id, filesystem.dataset.id, &path, created_at);
    export.enabled = number % 10 != 3;
    if number % 2 == 0 {
        let network = format!("172.22.{}.0/24", number % 16);
        export.permissions = serde_json::json!([
            {"access": "RW", "no_root_squash": false, "client": network},
            {"access": "RO", "no_root_squash": false, "client": "*"},
        ]);
    }
    array.exports.insert(id, export);
    if number % 4 == 0 {
        let id = array.next_id();
        let mut export = Export::new(id, filesystem.dataset.id, &format!("{path}/design"), created_at);
        "/design".clone_into(&mut export.inner_path);
        array.exports.insert(id, export);
    }
}
