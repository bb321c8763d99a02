//! Usage by rule: what was stored and moved at any time, worked out from what came into buckets and went.
//!
//! Nothing is recorded hour by hour. The holdings of a user, a group or a bucket are steps in time; before the system
//! was put into its first state they grew up to what they are, and traffic follows the hours of the day and the days of
//! the week. The same question always has the same answer.

use super::store::{Bucket, Store, User};
use super::time::{DAY, Granularity, HOUR};
use crate::random::Random;

/// How far the usage goes back, in days.
pub(super) const DAYS: i64 = 90;

/// Something came in or went.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    /// When, in milliseconds since 1970.
    pub(super) at: i64,
    pub(super) bytes: i64,
    pub(super) objects: i64,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// SB
    StoredBytes,
    /// SO
    StoredObjects,
    /// HG
    Gets,
    /// HP
    Puts,
    /// HD
    Deletes,
    /// BI
    BytesIn,
    /// BO
    BytesOut,
    /// TB
    TotalBytes,
    /// TO
    TotalObjects,
}

impl Measure {
    /// All of them, with the codes that the API has for them.
    pub(super) const CODES: [(&str, Self); 9] = [
        ("SB", Self::StoredBytes),
        ("SO", Self::StoredObjects),
        ("HG", Self::Gets),
        ("HP", Self::Puts),
        ("HD", Self::Deletes),
        ("BI", Self::BytesIn),
        ("BO", Self::BytesOut),
        ("TB", Self::TotalBytes),
        ("TO", Self::TotalObjects),
    ];

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::CODES.iter().find(|(known, _)| *known == code).map(|(_, measure)| *measure)
    }

    pub(super) fn code(self) -> &'static str {
        Self::CODES.iter().find(|(_, measure)| *measure == self).map_or("", |(code, _)| code)
    }

    /// Whether it is a level at a time, and not something that adds up.
    pub(super) fn is_stored(self) -> bool {
        matches!(self, Self::StoredBytes | Self::StoredObjects)
    }
}

/// What a user, a group or a bucket held over time.
#[derive(Debug)]
pub(super) struct Series {
    /// The bytes and objects from each time on, in the order of time.
    steps: Vec<(i64, i128, i128)>,
    /// Makes the ups and downs of one group its own.
    seed: u64,
    started: i64,
}

impl Series {
    fn of<'b>(store: &Store, group: &str, buckets: impl Iterator<Item = &'b Bucket>) -> Self {
        let mut changes: Vec<Change> = buckets.flat_map(|bucket| bucket.changes.iter().copied()).collect();
        changes.sort_by_key(|change| change.at);
        let (mut bytes, mut objects) = (0, 0);
        let steps = changes
            .into_iter()
            .map(|change| {
                (bytes, objects) = (bytes + i128::from(change.bytes), objects + i128::from(change.objects));
                (change.at, bytes, objects)
            })
            .collect();
        let seed = group.bytes().fold(0x5eed, |seed, byte| Random::new(seed ^ u64::from(byte)).next());
        Self { steps, seed, started: store.started }
    }

    /// What a user holds in a region.
    pub(super) fn user(store: &Store, user: &User, region: &str) -> Self {
        let buckets = store.buckets_of(user).map(|(_, bucket)| bucket);
        Self::of(store, &user.group, buckets.filter(|bucket| bucket.region == region))
    }

    /// What a group holds in a region.
    pub(super) fn group(store: &Store, group: &str, region: &str) -> Self {
        let buckets =
            store.members(group, "").flat_map(|user| store.buckets_of(user)).map(|(_, bucket)| bucket);
        Self::of(store, group, buckets.filter(|bucket| bucket.region == region))
    }

    /// What a bucket holds.
    pub(super) fn bucket(store: &Store, name: &str, bucket: &Bucket) -> Self {
        Self::of(store, name, std::iter::once(bucket))
    }

    fn held(&self, at: i64) -> (i128, i128) {
        let after = self.steps.partition_point(|(from, _, _)| *from <= at);
        after
            .checked_sub(1)
            .and_then(|place| self.steps.get(place))
            .map_or((0, 0), |(_, bytes, objects)| (*bytes, *objects))
    }

    /// The parts per thousand of what is held that were there already, and how busy an hour is: both have their luck.
    fn luck(&self, hour: i64, salt: u64) -> i64 {
        let hour = u64::try_from(hour).unwrap_or(0);
        i64::try_from(Random::new(self.seed ^ hour.wrapping_mul(0x9e37) ^ salt << 48).below(100)).unwrap_or(0)
    }

    /// The bytes or objects that are stored at a time.
    pub(super) fn level(&self, measure: Measure, at: i64) -> i64 {
        let (bytes, objects) = self.held(at);
        let held = if measure == Measure::StoredObjects { objects } else { bytes };
        let before = self.started - at;
        let share = if before <= 0 {
            1000
        } else {
            // A third of a percent more each day, give or take a little each hour.
            1000 - before / (DAY / 3) - self.luck(at.div_euclid(HOUR), 1) / 25
        };
        i64::try_from(held * i128::from(share.max(0)) / 1000).unwrap_or(i64::MAX)
    }

    /// How many requests there were in the hour that begins at this time, and the bytes that they moved.
    pub(super) fn traffic(&self, measure: Measure, hour: i64) -> (i64, i64) {
        let (bytes, objects) = self.held(hour);
        if objects <= 0 {
            return (0, 0);
        }
        let number = hour.div_euclid(HOUR);
        // Days are busy, nights and weekends aren't. 1970 began on a Thursday.
        let by_hour = match number.rem_euclid(24) {
            7..=17 => 100,
            18..=21 => 55,
            _ => 20,
        };
        let weekend = matches!((number.div_euclid(24) + 4).rem_euclid(7), 0 | 6);
        let (salt, per_million) = match measure {
            Measure::Gets | Measure::BytesOut => (2, 1800),
            Measure::Puts | Measure::BytesIn => (3, 400),
            Measure::Deletes => (4, 60),
            _ => return (0, 0),
        };
        let busy = by_hour * (60 + self.luck(number, salt)) / if weekend { 250 } else { 100 };
        let count = objects * per_million * i128::from(busy) / 100_000_000;
        let moved = if measure == Measure::Deletes { 0 } else { count * (bytes / objects) };
        (i64::try_from(count).unwrap_or(i64::MAX), i64::try_from(moved).unwrap_or(i64::MAX))
    }
}

/// One point of a report.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Point {
    pub(super) at: i64,
    /// The sum of the hourly levels, or the bytes that were moved.
    pub(super) value: i64,
    /// The hours of which the sum is, or the number of requests.
    pub(super) count: i64,
    /// The greatest hourly value.
    pub(super) max: i64,
}

impl Point {
    /// Adds the hours of a stretch of time up. Hours that `has` doesn't know aren't there.
    pub(super) fn sum(
        series: &Series,
        measure: Measure,
        at: i64,
        until: i64,
        has: impl Fn(i64) -> bool,
    ) -> Self {
        let mut point = Self { at, ..Self::default() };
        let mut hour = Granularity::Hour.floor(at);
        while hour < until {
            if has(hour) {
                let (count, value) = if measure.is_stored() {
                    (1, series.level(measure, hour))
                } else {
                    series.traffic(measure, hour)
                };
                point.count += count;
                point.value = point.value.saturating_add(value);
                point.max = point.max.max(value);
            }
            hour += HOUR;
        }
        point
    }

    pub(super) fn average(&self) -> i64 {
        self.value.checked_div(self.count).unwrap_or(0)
    }
}
