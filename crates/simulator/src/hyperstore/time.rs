//! The shapes of times: digits without separators, in Greenwich time, and ISO 8601.

use time::{Date, Month, OffsetDateTime};

pub(super) const MINUTE: i64 = 60_000;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

/// The stretch of time that one row of a usage report covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Granularity {
    Raw,
    Hour,
    Day,
    Month,
}

impl Granularity {
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "raw" => Some(Self::Raw),
            "hour" => Some(Self::Hour),
            "day" => Some(Self::Day),
            "month" => Some(Self::Month),
            _ => None,
        }
    }

    /// The time that a text of this granularity's length names, in milliseconds since 1970: `yyyyMM`, `yyyyMMdd`,
    /// `yyyyMMddHH`, and `yyyyMMddHHmm` for raw data.
    pub(super) fn time(self, text: &str) -> Option<i64> {
        let length = match self {
            Self::Month => 6,
            Self::Day => 8,
            Self::Hour => 10,
            Self::Raw => 12,
        };
        if text.len() != length || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let part = |from: usize, to: usize, absent: i64| {
            text.get(from..to).map_or(Some(absent), |digits| digits.parse().ok())
        };
        let (year, month, day) = (part(0, 4, 0)?, part(4, 6, 1)?, part(6, 8, 1)?);
        let (hour, minute) = (part(8, 10, 0)?, part(10, 12, 0)?);
        if hour > 23 || minute > 59 {
            return None;
        }
        Some(date(year, month, day)? + hour * HOUR + minute * MINUTE)
    }

    /// When the stretch that holds this time begins.
    pub(super) fn floor(self, at: i64) -> i64 {
        match self {
            Self::Raw => at,
            Self::Hour => at - at.rem_euclid(HOUR),
            Self::Day => at - at.rem_euclid(DAY),
            Self::Month => month(at, 0),
        }
    }

    /// When the stretch after the one that begins at this time begins; raw data is counted in minutes.
    pub(super) fn next(self, start: i64) -> i64 {
        match self {
            Self::Raw => start + MINUTE,
            Self::Hour => start + HOUR,
            Self::Day => start + DAY,
            Self::Month => month(start, 1),
        }
    }
}

/// A time of the form `yyyyMMddHHmm`.
pub(super) fn minute(text: &str) -> Option<i64> {
    Granularity::Raw.time(text)
}

/// The beginning of a day, in milliseconds since 1970.
fn date(year: i64, month: i64, day: i64) -> Option<i64> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    Some(date.midnight().assume_utc().unix_timestamp() * 1000)
}

fn utc(at: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// The beginning of the month that holds this time, or of one so many months later.
fn month(at: i64, later: i64) -> i64 {
    let now = utc(at);
    let months = i64::from(now.year()) * 12 + i64::from(u8::from(now.month())) - 1 + later;
    date(months.div_euclid(12), months.rem_euclid(12) + 1, 1).unwrap_or(at)
}

/// A time as `2026-04-02T13:56:38Z`.
pub(super) fn iso(at: i64) -> String {
    let at = utc(at);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// Reads `2026-04-02T13:56:38`, with or without fractions of a second and a `Z`, or the date alone. It means the
/// system's own time zone, and the simulated system's is Greenwich's; other offsets are refused.
pub(super) fn from_iso(text: &str) -> Option<i64> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let (day, clock) = text.split_once('T').unwrap_or((text, "00:00:00"));
    let clock = clock.split_once('.').map_or(clock, |(whole, _)| whole);
    let digits: String = format!("{day}{clock}").chars().filter(char::is_ascii_digit).collect();
    let separated = day.len() == 10 && clock.len() == 8 && digits.len() == 14;
    if !separated || day.split('-').count() != 3 || clock.split(':').count() != 3 {
        return None;
    }
    let seconds: i64 = digits.get(12..)?.parse().ok().filter(|seconds| *seconds < 60)?;
    Some(minute(digits.get(..12)?)? + seconds * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_by_their_length() {
        assert_eq!(minute("202603010815"), Some(1_772_352_900_000));
        assert_eq!(Granularity::Month.time("202602"), Some(1_769_904_000_000));
        assert_eq!(Granularity::Month.next(1_769_904_000_000), 1_772_323_200_000);
        assert_eq!(Granularity::Month.floor(1_772_323_199_999), 1_769_904_000_000);
        for wrong in
            ["", "2026", "202613010815", "202602300815", "202603012415", "20260301081", "2026030108x5"]
        {
            assert_eq!(minute(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn iso_times_go_there_and_back() {
        assert_eq!(iso(1_772_352_900_000), "2026-03-01T08:15:00Z");
        for text in ["2026-03-01T08:15:00Z", "2026-03-01T08:15:00", "2026-03-01T08:15:00.250Z"] {
            assert_eq!(from_iso(text), Some(1_772_352_900_000), "{text}");
        }
        for wrong in ["yesterday", "2026-03-01 08:15:00", "2026-03-01T08:15", "2026-03-01T08:15:00+01:00"] {
            assert_eq!(from_iso(wrong), None, "{wrong}");
        }
    }
}
