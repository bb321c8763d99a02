//! The rows of reports.

use serde_json::{Value as Json, json};

use super::Span;
use crate::hyperstore::series::{Point, Series};
use crate::hyperstore::store::Store;
use crate::hyperstore::time::{Granularity, HOUR, MINUTE};

/// How often what is stored is looked at.
const SNAPSHOT: i64 = 5 * MINUTE;
/// The most single requests that an hour's raw data has; the rest of a busier hour is in their bytes.
const REQUESTS: i64 = 60;
/// How many percent of the traffic come from addresses of the allowlist.
const ALLOWED: i64 = 4;

/// One row.
pub(super) struct Row {
    span: Span,
    pub(super) point: Point,
    /// The group, the user (`*` for the group) and the address; of a bucket, its name and policy.
    who: Who,
    pub(super) region: Option<&'static str>,
    /// Percent of the traffic that was free.
    allowed: i64,
}

enum Who {
    Account { group: String, user: String },
    Bucket { name: String, policy: String },
}

impl Row {
    pub(super) fn of_account(
        store: &Store,
        span: Span,
        point: Point,
        group: &str,
        user: &str,
        region: &'static str,
    ) -> Self {
        let moved = !span.measure.is_stored();
        let allowed = if moved && store.allowlist.applies(point.at) { ALLOWED } else { 0 };
        let who = Who::Account { group: group.to_owned(), user: user.to_owned() };
        Self { span, point, who, region: Some(region), allowed }
    }

    pub(super) fn of_bucket(span: Span, point: Point, name: &str, policy: &str) -> Self {
        let who = Who::Bucket { name: name.to_owned(), policy: policy.to_owned() };
        Self { span, point, who, region: None, allowed: 0 }
    }

    /// The row with its numbers as texts. What rolled-up data has and single readings don't is 0.
    pub(super) fn show(&self) -> Json {
        let Self { span, point, who, region, allowed } = self;
        let single = span.granularity == Granularity::Raw;
        let plain = single || matches!(who, Who::Bucket { .. });
        let requests = !span.measure.is_stored();
        let count = if plain { 0 } else { point.count };
        let max = if plain { 0 } else { point.max };
        let average = if plain { point.value } else { point.average() };
        let share = |value: i64| (i128::from(value) * i128::from(*allowed) / 100).to_string();
        // Who asked, and for what, is known of single requests.
        let ip = if single && requests { "198.51.100.24" } else { "" };
        let mut row = json!({
            "averageValue": average.to_string(),
            "bucket": null,
            "count": count.to_string(),
            "groupId": null,
            "ip": null,
            "maxValue": max.to_string(),
            "operation": span.measure.code(),
            "region": region,
            "timestamp": point.at.to_string(),
            "uri": null,
            "userId": null,
            "value": point.value.to_string(),
            "whitelistAverageValue": if plain { "0".to_owned() } else { share(average) },
            "whitelistCount": if plain { "0".to_owned() } else { share(count) },
            "whitelistMaxValue": if plain { "0".to_owned() } else { share(max) },
            "whitelistValue": share(point.value),
        });
        let fields = match who {
            Who::Account { group, user } => vec![
                ("groupId", json!(group)),
                ("userId", json!(user)),
                ("ip", json!(ip)),
                ("uri", json!(if ip.is_empty() { "" } else { "/" })),
            ],
            Who::Bucket { name, policy } => vec![
                ("bucket", json!(name)),
                ("policyId", json!(policy)),
                ("ip", if ip.is_empty() { Json::Null } else { json!(ip) }),
            ],
        };
        if let Some(row) = row.as_object_mut() {
            row.extend(fields.into_iter().map(|(name, value)| (name.to_owned(), value)));
        }
        row
    }
}

/// Readings and single requests. Besides the regular readings there are those that somebody asked for.
pub(super) fn raw(
    series: &Series,
    span: Span,
    now: i64,
    snapshots: &[i64],
    is_kept: impl Fn(Granularity, i64) -> bool,
) -> Vec<Point> {
    let to = span.to.min(now);
    let kept = |at: &i64| is_kept(Granularity::Raw, *at);
    let steps = |from: i64, step: i64| {
        let first = from + (-from).rem_euclid(step);
        (0..).map(move |place| first + place * step).take_while(move |at| *at < to)
    };
    if span.measure.is_stored() {
        let mut times: Vec<i64> =
            steps(span.from, SNAPSHOT).chain(snapshots.iter().copied()).filter(kept).collect();
        times.sort_unstable();
        times.dedup();
        let point = |at| Point { at, value: series.level(span.measure, at), ..Point::default() };
        return times.into_iter().map(point).collect();
    }
    let hours = steps(Granularity::Hour.floor(span.from), HOUR);
    let single = hours.flat_map(|hour| {
        let (count, value) = series.traffic(span.measure, hour);
        let rows = count.min(REQUESTS);
        (0..rows).map(move |place| Point {
            at: hour + place * HOUR / rows.max(1),
            value: value / rows.max(1),
            ..Point::default()
        })
    });
    single.filter(|point| point.at >= span.from && point.at < to && kept(&point.at)).collect()
}

/// Rolled-up data, of the intervals that are over.
pub(super) fn rolled(
    series: &Series,
    span: Span,
    now: i64,
    is_kept: impl Fn(Granularity, i64) -> bool,
) -> Vec<Point> {
    let mut points = Vec::new();
    let mut at = span.granularity.floor(span.from);
    if at < span.from {
        at = span.granularity.next(at);
    }
    // Nobody has data from before, and this many empty intervals aren't worth counting.
    at = at.max(span.granularity.floor(now - 400 * super::DAY));
    while at < span.to {
        let next = span.granularity.next(at);
        if next > now {
            break;
        }
        if is_kept(span.granularity, at) {
            points.push(Point::sum(series, span.measure, at, next, |_| true));
        }
        at = next;
    }
    points
}
