//! Where the marks of an axis are.

use boxdeck_catalog::{SecondsUnit, input};
use serde_json::Number;

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// Marks at even distances that lie in days: of two weeks and less.
const EVEN: [f64; 15] = [
    MINUTE,
    2.0 * MINUTE,
    5.0 * MINUTE,
    10.0 * MINUTE,
    30.0 * MINUTE,
    HOUR,
    2.0 * HOUR,
    3.0 * HOUR,
    6.0 * HOUR,
    12.0 * HOUR,
    DAY,
    2.0 * DAY,
    4.0 * DAY,
    7.0 * DAY,
    14.0 * DAY,
];
/// Marks in months.
const MONTHS: [i64; 5] = [1, 2, 3, 6, 12];
/// How many days a month has on average.
const MONTH: f64 = 30.4 * DAY;
/// The first Monday after the epoch: weeks are counted from there.
const MONDAY: f64 = 4.0 * DAY;
/// So much of what they are at most, values may differ for an axis that does not begin with nothing.
const CLOSE: f64 = 0.2;

/// Marks at round numbers around the values from `least` to `greatest`, about `wanted` of them; the first and the last are the
/// ends of the axis. It begins with nothing unless the values lie close together far from it.
pub fn marks(least: f64, greatest: f64, wanted: u32) -> Vec<f64> {
    let is_far = greatest - least < CLOSE * greatest.abs().max(least.abs()) && greatest > least;
    let (low, high) = if is_far { (least, greatest) } else { (least.min(0.0), greatest.max(0.0)) };
    let step = round((high - low) / f64::from(wanted));
    let (first, last) = ((low / step).floor(), (high / step).ceil());
    let count = (last - first).max(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few marks")]
    let count = count as u32;
    (0..=count).map(|index| (first + f64::from(index)) * step).collect()
}

/// The next round number: 1, 2 or 5 times a power of ten. 1 for what is no length.
fn round(length: f64) -> f64 {
    if !length.is_finite() || length <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(length.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= length * 0.999).unwrap_or(10.0);
    factor * power
}

/// How exactly a mark of the time axis has to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// The time of the day.
    Time,
    /// The day.
    Day,
    /// The month.
    Month,
}

/// Marks of a time axis from `from` to `until`, at most `most` of them, at round local times. `ahead`: how far the local
/// time is ahead of Greenwich at a point in time, in milliseconds like everything here.
pub fn times(from: f64, until: f64, most: u32, ahead: impl Fn(f64) -> f64) -> (Vec<f64>, Grain) {
    let least = (until - from) / f64::from(most);
    match EVEN.into_iter().find(|step| *step >= least) {
        Some(step) => {
            let grain = if step < DAY { Grain::Time } else { Grain::Day };
            (even(from, until, step, ahead), grain)
        }
        None => (months(from, until, least, ahead), Grain::Month),
    }
}

fn even(from: f64, until: f64, step: f64, ahead: impl Fn(f64) -> f64) -> Vec<f64> {
    let origin = if step > DAY { MONDAY } else { 0.0 };
    let mut local = ((from + ahead(from) - origin) / step).ceil() * step + origin;
    let mut marks = Vec::new();
    loop {
        // The clock may have changed since the beginning.
        let near = local - ahead(from);
        let mark = local - ahead(near);
        if mark > until {
            return marks;
        }
        if mark >= from {
            marks.push(mark);
        }
        local += step;
    }
}

fn months(from: f64, until: f64, least: f64, ahead: impl Fn(f64) -> f64) -> Vec<f64> {
    let years = (least / MONTH / 12.0).ceil().max(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "a few years")]
    let step = MONTHS
        .into_iter()
        .find(|step| {
            #[expect(clippy::cast_precision_loss, reason = "at most 12")]
            let length = *step as f64 * MONTH;
            length >= least
        })
        .unwrap_or(12 * years as i64);
    let Some(first) = month_of(from + ahead(from)) else { return Vec::new() };
    let mut month = first.div_euclid(step) * step;
    let mut marks = Vec::new();
    while let Some(local) = begin_of(month) {
        let mark = local - ahead(local);
        if mark > until {
            break;
        }
        if mark >= from {
            marks.push(mark);
        }
        month += step;
    }
    marks
}

/// The month of a local time, counted from the year 0.
fn month_of(local: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds are whole and far below 2^53")]
    let text = input::timestamp_text(SecondsUnit::Milli, &Number::from(local as i64));
    let year: i64 = text.get(..4)?.parse().ok()?;
    let month: i64 = text.get(5..7)?.parse().ok()?;
    Some(year * 12 + month - 1)
}

fn begin_of(month: i64) -> Option<f64> {
    let text = format!("{:04}-{:02}-01T00:00:00Z", month.div_euclid(12), month.rem_euclid(12) + 1);
    input::parse_timestamp(SecondsUnit::Milli, &text).ok()?.as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> f64 {
        input::parse_timestamp(SecondsUnit::Milli, text)
            .ok()
            .and_then(|value| value.as_f64())
            .expect("a time")
    }

    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
    fn text(mark: f64) -> String {
        input::timestamp_text(SecondsUnit::Milli, &Number::from(mark as i64))
    }

    #[test]
    fn marks_are_round_and_hold_all_values() {
        assert_eq!(marks(0.0, 9.0, 4), [0.0, 5.0, 10.0]);
        assert_eq!(marks(3.0, 47.0, 4), [0.0, 20.0, 40.0, 60.0]);
        assert_eq!(marks(-3.0, 4.0, 4), [-4.0, -2.0, 0.0, 2.0, 4.0]);
        assert_eq!(marks(0.0, 0.0, 4), [0.0, 1.0]);
        assert_eq!(marks(7.0, 7.0, 4), [0.0, 2.0, 4.0, 6.0, 8.0]);
    }

    #[test]
    fn values_close_together_fill_the_axis() {
        assert_eq!(marks(100.0, 103.0, 4), [100.0, 101.0, 102.0, 103.0]);
        assert_eq!(marks(90.0, 120.0, 4).first(), Some(&0.0));
    }

    #[test]
    fn hours_are_round_in_local_time() {
        // Half an hour off, as in some countries.
        let (marks, grain) = times(at("2026-03-01T10:10:00Z"), at("2026-03-01T15:10:00Z"), 6, |_| HOUR / 2.0);
        assert_eq!(grain, Grain::Time);
        let marks: Vec<_> = marks.into_iter().map(text).collect();
        assert_eq!(
            marks,
            [
                "2026-03-01T10:30:00Z",
                "2026-03-01T11:30:00Z",
                "2026-03-01T12:30:00Z",
                "2026-03-01T13:30:00Z",
                "2026-03-01T14:30:00Z"
            ]
        );
    }

    #[test]
    fn days_follow_the_clock_when_it_changes() {
        let change = at("2026-03-29T01:00:00Z");
        let ahead = |time: f64| if time < change { HOUR } else { 2.0 * HOUR };
        let (marks, grain) = times(at("2026-03-27T12:00:00Z"), at("2026-03-31T12:00:00Z"), 6, ahead);
        assert_eq!(grain, Grain::Day);
        let marks: Vec<_> = marks.into_iter().map(text).collect();
        assert_eq!(
            marks,
            ["2026-03-27T23:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z"]
        );
    }

    #[test]
    fn long_times_have_months_and_years() {
        let (marks, grain) = times(at("2025-11-20T00:00:00Z"), at("2026-11-20T00:00:00Z"), 6, |_| 0.0);
        assert_eq!(grain, Grain::Month);
        let marks: Vec<_> = marks.into_iter().map(text).collect();
        assert_eq!(
            marks,
            ["2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z", "2026-07-01T00:00:00Z", "2026-10-01T00:00:00Z"]
        );
        let (marks, _) = times(at("1990-05-20T00:00:00Z"), at("2026-11-20T00:00:00Z"), 6, |_| 0.0);
        assert!((3..=6).contains(&marks.len()), "{marks:?}");
    }

    #[test]
    fn a_single_point_in_time_needs_no_more_than_one_mark() {
        let now = at("2026-03-01T10:10:00Z");
        assert!(times(now, now, 6, |_| 0.0).0.len() <= 1);
    }
}
