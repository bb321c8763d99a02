//! Readings by rule: the same node has the same value at the same time whenever it is asked for.

use std::f64::consts::TAU;

use serde_json::{Value as Json, json};

use super::Node;
use crate::hyperstore::time::{DAY, MINUTE};
use crate::random::Random;

const MIB: i64 = 1 << 20;

/// Something that is read again and again.
pub(super) struct Stat {
    pub(super) name: &'static str,
    /// Minutes between two readings.
    every: i64,
    /// The value at night.
    low: f64,
    /// The value at noon.
    high: f64,
    decimals: usize,
    /// A region has it too.
    pub(super) of_region: bool,
    pub(super) has_history: bool,
}

const fn stat(name: &'static str, every: i64, low: f64, high: f64, decimals: usize) -> Stat {
    Stat { name, every, low, high, decimals, of_region: false, has_history: true }
}

impl Stat {
    const fn of_region(mut self) -> Self {
        self.of_region = true;
        self
    }
}

/// Everything that is read.
pub(super) const STATS: &[Stat] = &[
    stat("cpu", 5, 0.04, 0.46, 2),
    stat("diskIORead", 1, 400_000.0, 46_000_000.0, 0),
    stat("diskIOWrite", 1, 900_000.0, 81_000_000.0, 0),
    stat("ioRx", 1, 700_000.0, 92_000_000.0, 0),
    stat("ioTx", 1, 600_000.0, 118_000_000.0, 0),
    stat("s3GetTPS", 5, 3.0, 240.0, 1).of_region(),
    stat("s3PutTPS", 5, 1.0, 90.0, 1).of_region(),
    stat("s3GetThruput", 5, 500_000.0, 110_000_000.0, 0).of_region(),
    stat("s3PutThruput", 5, 300_000.0, 64_000_000.0, 0).of_region(),
    stat("s3GetLatency", 5, 11.0, 48.0, 1).of_region(),
    stat("s3PutLatency", 5, 34.0, 130.0, 1).of_region(),
    stat("adminHeapUsed", 5, 90_000_000.0, 210_000_000.0, 0),
    stat("cassHeapUsed", 5, 1_400_000_000.0, 3_100_000_000.0, 0),
    stat("hyperStoreHeapUsed", 5, 700_000_000.0, 1_500_000_000.0, 0),
    stat("s3HeapUsed", 5, 900_000_000.0, 2_600_000_000.0, 0),
];

/// The greatest heaps.
pub(super) const HEAPS: &[(&str, i64)] = &[
    ("adminHeapMax", 512 * MIB),
    ("cassHeapMax", 4096 * MIB),
    ("hyperStoreHeapMax", 2048 * MIB),
    ("s3HeapMax", 4096 * MIB),
];

/// Counts and times of collections of garbage, in the documents' spelling, which may be a misprint. The services of
/// today have no "copy" and "par new" collections: those are null.
pub(super) const NULLABLE: &[&str] = &[
    "cassMSGCCCount",
    "cassMSGCTime",
    "cassCopyGCCCount",
    "cassCopyGCTime",
    "cassParNewGCCCount",
    "cassParNewGCTime",
];

impl Stat {
    pub(super) fn is_latency(&self) -> bool {
        self.name.ends_with("Latency")
    }

    fn step(&self) -> i64 {
        self.every * MINUTE
    }

    /// When it was last read.
    pub(super) fn last(&self, now: i64) -> i64 {
        now - now.rem_euclid(self.step())
    }

    /// When it was read in a stretch of time, both ends included.
    pub(super) fn times(&self, from: i64, to: i64) -> impl Iterator<Item = i64> + use<> {
        let step = self.step();
        let first = from + (-from).rem_euclid(step);
        (0..).map(move |place| first + place * step).take_while(move |at| *at <= to)
    }

    /// The reading of a time. A node that is down has none, and now and then one is lost.
    pub(super) fn value(&self, node: &Node, at: i64) -> Option<f64> {
        if node.is_down() && self.name.starts_with("s3") {
            return None;
        }
        let seed = node
            .name
            .bytes()
            .chain(self.name.bytes())
            .fold(7, |seed: u64, byte| seed.rotate_left(9) ^ u64::from(byte));
        let mut random = Random::new(seed ^ u64::try_from(at).unwrap_or(0));
        if random.below(400) == 0 {
            return None;
        }
        // The day's curve is at its height at one in the afternoon.
        let day = (at.rem_euclid(DAY) as f64 / DAY as f64 - 13.0 / 24.0) * TAU;
        let busy = (day.cos() + 1.0) / 2.0;
        let luck = 0.82 + random.below(360) as f64 / 1000.0;
        Some((self.low + (self.high - self.low) * busy) * luck)
    }

    pub(super) fn written(&self, value: f64) -> String {
        format!("{value:.*}", self.decimals)
    }
}

/// The space of a node in KiB: all, used, and what is left. What the operating system and the store keep back for
/// themselves, a seventh, is neither.
pub(super) fn space(node: &Node) -> [i64; 3] {
    (0..node.disks)
        .map(|disk| disk_space(node, disk))
        .fold([0; 3], |sum, one| [sum[0] + one[0], sum[1] + one[1], sum[2] + one[2]])
}

fn disk_space(node: &Node, disk: usize) -> [i64; 3] {
    let seed = node.name.bytes().fold(disk as u64, |seed, byte| seed.rotate_left(7) ^ u64::from(byte));
    let used = node.disk_kib / 100 * (38 + i64::try_from(Random::new(seed).below(30)).unwrap_or(0));
    [node.disk_kib, used, node.disk_kib - used - node.disk_kib / 7]
}

/// The disks, all of whose values are texts.
pub(super) fn disks(node: &Node, now: i64) -> Vec<Json> {
    (0..node.disks)
        .map(|disk| {
            let [total, used, available] = disk_space(node, disk);
            let is_system = disk == 0;
            let letter = char::from(b'a' + u8::try_from(disk % 26).unwrap_or(0));
            // These two look like totals of a lifetime in the documents' samples.
            let life = now / 1000;
            json!({
                "deviceName": if is_system { "/dev/mapper/vg0-root".to_owned() } else { format!("/dev/sd{letter}1") },
                "diskAvailKb": available.to_string(),
                "diskIORead": (life / 7 * (disk as i64 + 3)).to_string(),
                "diskIOWrite": (life / 3 * (disk as i64 + 5)).to_string(),
                "diskTotalKb": total.to_string(),
                "diskUsedKb": used.to_string(),
                "mountPoint": if is_system { "/".to_owned() } else { format!("/store{disk}") },
                "status": if node.broken_disk == Some(disk) { "ERROR" } else { "OK" },
                "storageUse": if is_system { json!(["CASSANDRA", "REDIS", "LOG"]) } else { json!(["HS", "EC"]) },
            })
        })
        .collect()
}

/// How often garbage was collected since the database began, and how many milliseconds that took.
pub(super) fn collections(node: &Node, name: &str, now: i64) -> Option<i64> {
    let days = now / DAY % 97;
    match name {
        "cassMSGCCCount" if !node.is_down() => Some(days * 3),
        "cassMSGCTime" if !node.is_down() => Some(days * 214),
        _ => None,
    }
}
