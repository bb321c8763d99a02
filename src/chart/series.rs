//! The values of records in time, in order, with what there is to say of them.

use std::collections::BTreeMap;

use boxdeck_catalog::{Field, FieldType, SecondsUnit, input};
use boxdeck_dialect::Record;
use serde_json::Value;

/// How much longer than usual an interval is, from which on values are missing in it.
const LATE: f64 = 1.5;

/// A value at a point in time, in milliseconds since the epoch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// When.
    pub at: f64,
    /// How much; `None` where the system has none.
    pub value: Option<f64>,
}

/// The values of one thing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// What tells it apart from the others; empty where there is one only.
    pub name: String,
    /// In the order of time.
    pub points: Vec<Point>,
}

/// The series in these records: one for each value of the field `by`, in order. Records without a time are left out.
pub fn series(
    records: impl Iterator<Item = Record>,
    time: &Field,
    value: &str,
    by: Option<&str>,
) -> Vec<Series> {
    let mut found: BTreeMap<String, Vec<Point>> = BTreeMap::new();
    for record in records {
        let Some(at) = record.get(&time.name).and_then(|value| millis(&time.field_type, value)) else {
            continue;
        };
        let name = by.and_then(|by| record.text(by)).unwrap_or_default();
        let value = record.get(value).and_then(Value::as_f64);
        found.entry(name).or_default().push(Point { at, value });
    }
    let several = found.len() > 1;
    let named = found.into_iter().map(|(name, mut points)| {
        points.sort_by(|one, other| one.at.total_cmp(&other.at));
        Series { name: if several { name } else { String::new() }, points }
    });
    named.collect()
}

/// A point in time in milliseconds since the epoch.
fn millis(field_type: &FieldType, value: &Value) -> Option<f64> {
    match (field_type, value) {
        (FieldType::Timestamp(unit), Value::Number(number)) => {
            #[expect(clippy::cast_precision_loss, reason = "micros of a unit are far below 2^53")]
            let micros = unit.micros() as f64;
            number.as_f64().map(|count| count * micros / 1000.0)
        }
        (_, Value::String(text)) => {
            input::parse_timestamp(SecondsUnit::Milli, text).ok().and_then(|millis| millis.as_f64())
        }
        _ => None,
    }
}

/// The stretches without a gap: broken where a value is null, and where the values of an even series are missing.
pub fn runs(points: &[Point]) -> Vec<Vec<(f64, f64)>> {
    let longest = usual_interval(points).map(|usual| usual * LATE);
    let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut before: Option<f64> = None;
    for point in points {
        let Some(value) = point.value else {
            before = None;
            continue;
        };
        let follows = before.is_some_and(|before| longest.is_none_or(|longest| point.at - before <= longest));
        match runs.last_mut().filter(|_| follows) {
            Some(run) => run.push((point.at, value)),
            None => runs.push(vec![(point.at, value)]),
        }
        before = Some(point.at);
    }
    runs
}

/// The interval of a series that has one: at least three in four intervals are about as long as the one in the middle. Months
/// are about as long as each other.
fn usual_interval(points: &[Point]) -> Option<f64> {
    let mut intervals: Vec<f64> =
        points.windows(2).filter_map(|pair| Some(pair.get(1)?.at - pair.first()?.at)).collect();
    intervals.sort_by(f64::total_cmp);
    let usual = intervals.get(intervals.len() / 2).copied().filter(|usual| *usual > 0.0)?;
    let even = intervals.iter().filter(|interval| (*interval - usual).abs() <= usual / 4.0).count();
    (intervals.len() >= 2 && even * 4 >= intervals.len() * 3).then_some(usual)
}

/// What there is to say of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// The least value, the first time it was.
    pub least: (f64, f64),
    /// The greatest value, the first time it was.
    pub greatest: (f64, f64),
    /// The last value.
    pub last: (f64, f64),
    /// How many values there are.
    pub count: usize,
    /// Between how many stretches of values there is none.
    pub gaps: usize,
}

/// Sums a series up; `None` without a value.
pub fn summary(points: &[Point]) -> Option<Summary> {
    let runs = runs(points);
    let mut all = runs.iter().flatten().copied();
    let first = all.next()?;
    let begun = Summary { least: first, greatest: first, last: first, count: 1, gaps: runs.len() - 1 };
    Some(all.fold(begun, |so_far, point| Summary {
        least: if point.1 < so_far.least.1 { point } else { so_far.least },
        greatest: if point.1 > so_far.greatest.1 { point } else { so_far.greatest },
        last: point,
        count: so_far.count + 1,
        gaps: so_far.gaps,
    }))
}

/// The index of the point that is nearest to a point in time.
pub fn nearest(points: &[Point], at: f64) -> Option<usize> {
    let after = points.partition_point(|point| point.at < at);
    let distance = |index: usize| points.get(index).map(|point| (point.at - at).abs());
    match (after.checked_sub(1), distance(after)) {
        (Some(before), Some(far)) if distance(before).is_some_and(|near| near <= far) => Some(before),
        (Some(before), None) => Some(before),
        (_, Some(_)) => Some(after),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn points(values: &[(f64, Option<f64>)]) -> Vec<Point> {
        values.iter().map(|(at, value)| Point { at: *at, value: *value }).collect()
    }

    fn lengths(points: &[Point]) -> Vec<usize> {
        runs(points).iter().map(Vec::len).collect()
    }

    #[test]
    fn records_become_series_in_order_of_time() {
        let time = Field {
            name: "t".into(),
            field_type: FieldType::Timestamp(SecondsUnit::Second),
            ..Field::default()
        };
        let record = |value: Value| Record(value.as_object().cloned().unwrap_or_default());
        let records = [
            json!({"t": 2, "v": 5, "r": "b"}),
            json!({"t": 1, "v": 4, "r": "b"}),
            json!({"v": 9, "r": "b"}),
            json!({"t": 1, "v": null, "r": "a"}),
        ];
        let of = |by| series(records.iter().cloned().map(record), &time, "v", by);
        let [a, b] = of(Some("r")).try_into().expect("two");
        assert_eq!((a.name.as_str(), a.points), ("a", points(&[(1000.0, None)])));
        assert_eq!((b.name.as_str(), b.points), ("b", points(&[(1000.0, Some(4.0)), (2000.0, Some(5.0))])));
        let [all] = of(None).try_into().expect("one");
        assert_eq!((all.name.as_str(), all.points.len()), ("", 3));
    }

    #[test]
    fn times_may_be_texts() {
        let at = |text: &str| millis(&FieldType::DateTime, &json!(text));
        assert_eq!(at("1970-01-01T00:00:01Z"), Some(1000.0));
        assert_eq!(at("yesterday"), None);
    }

    #[test]
    fn a_null_and_a_missing_interval_are_gaps() {
        let even: Vec<_> = (0..10).map(|at| (f64::from(at), Some(1.0))).collect();
        assert_eq!(lengths(&points(&even)), [10]);
        let mut with_null = even.clone();
        if let Some(fifth) = with_null.get_mut(4) {
            fifth.1 = None;
        }
        assert_eq!(lengths(&points(&with_null)), [4, 5]);
        let mut with_hole = even;
        with_hole.remove(4);
        assert_eq!(lengths(&points(&with_hole)), [4, 5]);
    }

    #[test]
    fn what_comes_when_it_comes_has_no_gaps() {
        let uneven = points(&[(0.0, Some(1.0)), (1.0, Some(1.0)), (9.0, Some(1.0)), (11.0, Some(1.0))]);
        assert_eq!(lengths(&uneven), [4]);
        let months = points(&[(0.0, Some(1.0)), (31.0, Some(1.0)), (59.0, Some(1.0)), (90.0, Some(1.0))]);
        assert_eq!(lengths(&months), [4]);
        assert_eq!(lengths(&points(&[(0.0, Some(1.0)), (50.0, Some(1.0))])), [2]);
    }

    #[test]
    fn a_summary_tells_extremes_and_gaps() {
        let told = summary(&points(&[
            (0.0, Some(3.0)),
            (1.0, Some(1.0)),
            (2.0, None),
            (3.0, Some(7.0)),
            (4.0, Some(2.0)),
            (5.0, None),
        ]))
        .expect("values");
        assert_eq!((told.least, told.greatest, told.last), ((1.0, 1.0), (3.0, 7.0), (4.0, 2.0)));
        assert_eq!((told.count, told.gaps), (4, 1));
        assert_eq!(summary(&points(&[(0.0, None)])), None);
    }

    #[test]
    fn the_nearest_point_is_found() {
        let some = points(&[(0.0, None), (10.0, None), (20.0, None)]);
        for (at, index) in [(-5.0, 0), (4.0, 0), (6.0, 1), (16.0, 2), (99.0, 2)] {
            assert_eq!(nearest(&some, at), Some(index), "{at}");
        }
        assert_eq!(nearest(&[], 0.0), None);
    }
}
