//! Timestamps as the service writes them.

/// Milliseconds since 1970 as `2026-03-01T08:15:00.250000+00:00`.
pub(super) fn text(millis: i64) -> String {
    let (days, rest) = (millis.div_euclid(86_400_000), millis.rem_euclid(86_400_000));
    let (year, month, day) = date(days);
    let (hours, minutes, seconds, fraction) =
        (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000 * 1000);
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}.{fraction:06}+00:00")
}

/// The Gregorian date of a day counted from 1970-01-01. Years are counted from March, so that the leap day ends them.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn times_are_written_with_microseconds_and_the_offset() {
        assert_eq!(text(0), "1970-01-01T00:00:00.000000+00:00");
        assert_eq!(text(1_772_323_200_250), "2026-03-01T00:00:00.250000+00:00");
        assert_eq!(text(1_709_164_799_999), "2024-02-28T23:59:59.999000+00:00");
        assert_eq!(text(1_709_208_000_000), "2024-02-29T12:00:00.000000+00:00");
    }
}
