//! Points in time as the cluster writes them.

use ::time::OffsetDateTime;

/// Milliseconds since 1970 as `2026-03-31T07:21:21Z`.
pub(super) fn text(millis: i64) -> String {
    let moment =
        OffsetDateTime::from_unix_timestamp(millis.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        moment.year(),
        u8::from(moment.month()),
        moment.day(),
        moment.hour(),
        moment.minute(),
        moment.second(),
    )
}
