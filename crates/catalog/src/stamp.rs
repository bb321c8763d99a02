//! Points in time that the wire writes as bare digits in GMT (`202610311800`), and what a browser's input for dates holds.

use serde::Serialize;

use crate::field::SecondsUnit;
use crate::input::parse_timestamp;

/// How many digits, and with that how exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Stamp {
    /// `202610311805`.
    #[serde(rename = "yyyyMMddHHmm")]
    Minute,
    /// `2026103118`.
    #[serde(rename = "yyyyMMddHH")]
    Hour,
    /// `20261031`.
    #[serde(rename = "yyyyMMdd")]
    Day,
    /// `202610`.
    #[serde(rename = "yyyyMM")]
    Month,
}

/// Places of the parts of a whole text (`2026-10-31T18:05`) that are digits on the wire.
const PLACES: [(usize, usize); 5] = [(0, 4), (5, 7), (8, 10), (11, 13), (14, 16)];
/// What stands between them.
const BETWEEN: [u8; 4] = *b"--T:";

impl Stamp {
    /// One as it is typed.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::Minute => "2026-10-31T18:05",
            Self::Hour => "2026-10-31T18:00",
            Self::Day => "2026-10-31",
            Self::Month => "2026-10",
        }
    }

    /// How many parts it has, from the year on.
    const fn parts(self) -> usize {
        match self {
            Self::Minute => 5,
            Self::Hour => 4,
            Self::Day => 3,
            Self::Month => 2,
        }
    }

    /// The digits as the browser's input for such a time holds them: `2026-10-31T18:05`, an hour with its minutes, `2026-10-31`,
    /// `2026-10`. `None` where they are no such time.
    #[must_use]
    pub fn typed(self, wire: &str) -> Option<String> {
        let mut text = String::with_capacity(16);
        let mut rest = wire;
        for part in 0..self.parts() {
            let (digits, more) = rest.split_at_checked(if part == 0 { 4 } else { 2 })?;
            if part > 0 {
                text.push(char::from(BETWEEN[part - 1]));
            }
            text.push_str(digits);
            rest = more;
        }
        if self == Self::Hour {
            text.push_str(":00");
        }
        (rest.is_empty() && self.whole(&text).is_some()).then_some(text)
    }

    /// What such an input holds as digits; digits stay as they are, for browsers without the input. `None` where it is no such
    /// time, or a more exact one.
    #[must_use]
    pub fn wire(self, typed: &str) -> Option<String> {
        let typed = typed.trim();
        if let Some(text) = self.typed(typed) {
            return self.wire(&text);
        }
        // Some browsers say the seconds too.
        let minutes = typed.strip_suffix(":00").filter(|text| text.len() == 16).unwrap_or(typed);
        self.whole(minutes)?;
        if self == Self::Hour && !minutes.ends_with(":00") {
            return None;
        }
        let parts = PLACES.iter().take(self.parts());
        parts.map(|(from, to)| minutes.get(*from..*to)).collect()
    }

    /// The digits as a person reads them; the zone is said where there is a time of day.
    #[must_use]
    pub fn shown(self, wire: &str) -> String {
        match self.typed(wire) {
            Some(typed) if typed.contains('T') => format!("{} GMT", typed.replace('T', "\u{a0}")),
            Some(typed) => typed,
            None => wire.to_owned(),
        }
    }

    /// When it begins, in milliseconds since the epoch.
    #[must_use]
    pub fn millis(self, wire: &str) -> Option<i64> {
        self.whole(&self.typed(wire)?)
    }

    /// When a text of this form begins, filled up to a whole time.
    fn whole(self, typed: &str) -> Option<i64> {
        let is_formed = typed.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 | 10 | 13 => byte == BETWEEN[place / 3 - 1],
            _ => byte.is_ascii_digit(),
        });
        let (length, rest) = match self {
            Self::Minute | Self::Hour => (16, ":00Z"),
            Self::Day => (10, "T00:00:00Z"),
            Self::Month => (7, "-01T00:00:00Z"),
        };
        if !is_formed || typed.len() != length {
            return None;
        }
        parse_timestamp(SecondsUnit::Milli, &format!("{typed}{rest}")).ok()?.as_i64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(Stamp, &str, &str); 4] = [
        (Stamp::Minute, "202610311805", "2026-10-31T18:05"),
        (Stamp::Hour, "2026103118", "2026-10-31T18:00"),
        (Stamp::Day, "20261031", "2026-10-31"),
        (Stamp::Month, "202610", "2026-10"),
    ];

    #[test]
    fn digits_and_inputs_say_the_same() {
        for (stamp, wire, typed) in ALL {
            assert_eq!(stamp.typed(wire).as_deref(), Some(typed));
            assert_eq!(stamp.wire(typed).as_deref(), Some(wire));
            assert_eq!(stamp.wire(wire).as_deref(), Some(wire));
        }
        assert_eq!(Stamp::Minute.wire("2026-10-31T18:05:00").as_deref(), Some("202610311805"));
    }

    #[test]
    fn what_is_no_such_time_is_none() {
        for (stamp, wire, typed) in ALL {
            assert_eq!(stamp.typed(&format!("{wire}0")), None);
            assert_eq!(stamp.wire(&typed[1..]), None);
            assert_eq!(stamp.wire(""), None);
            assert_eq!(stamp.typed("ééééé"), None);
        }
        assert_eq!(Stamp::Month.typed("202613"), None);
        assert_eq!(Stamp::Day.typed("20260230"), None);
        // More exact than the wire can say.
        assert_eq!(Stamp::Hour.wire("2026-10-31T18:05"), None);
        assert_eq!(Stamp::Minute.wire("2026-10-31T18:05:07"), None);
        assert_eq!(Stamp::Day.wire("2026-10-31T00:00"), None);
    }

    #[test]
    fn times_are_in_gmt() {
        assert_eq!(Stamp::Minute.shown("202610311805"), "2026-10-31\u{a0}18:05 GMT");
        assert_eq!(Stamp::Month.shown("202610"), "2026-10");
        assert_eq!(Stamp::Month.shown("soon"), "soon");
        assert_eq!(Stamp::Month.millis("197002"), Some(31 * 86_400_000));
        assert_eq!(Stamp::Hour.millis("1970010102"), Some(2 * 3_600_000));
        assert_eq!(Stamp::Minute.millis("197001010003"), Some(180_000));
        assert_eq!(Stamp::Day.millis("1970-01-01"), None);
    }
}
