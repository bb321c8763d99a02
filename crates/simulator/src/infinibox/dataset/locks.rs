//! Locks and retentions of snapshots: they only ever get longer.

use super::Dataset;
use crate::infinibox::body::Body;
use crate::infinibox::fault::Fault;

/// The longest lock, in milliseconds.
const MAX_LOCK: i64 = 365 * 24 * 60 * 60 * 1000;

/// The lock and the retention that the body of a new snapshot or snapshot group asks for: milliseconds since 1970,
/// and seconds.
pub(crate) fn on_creation(
    body: &Body,
    now: i64,
    writable: bool,
) -> Result<(Option<i64>, Option<i64>), Fault> {
    let lock = body.integer("lock_expires_at");
    let retention = body.integer("snapshot_retention");
    if let Some(until) = lock {
        if writable {
            return Err(Fault::conflict(
                "WRITABLE_LOCKED_SNAPSHOT",
                "A snapshot with ('lock_expires_at') must be write protected",
            ));
        }
        check_expiry(until, now, now, retention)?;
    }
    Ok((lock, retention))
}

/// The lock that an update asks for.
pub(crate) fn extended(
    current: Option<i64>,
    asked: Option<i64>,
    now: i64,
    created_at: i64,
    retention: Option<i64>,
) -> Result<Option<i64>, Fault> {
    let locked = current.filter(|until| *until > now);
    let Some(until) = asked else {
        return match locked {
            Some(_) => {
                Err(Fault::conflict("UNLOCK_FORBIDDEN", "A lock cannot be taken away before it expires"))
            }
            None => Ok(None),
        };
    };
    if locked.is_some_and(|current| until < current) {
        return Err(Fault::conflict(
            "LOCK_EXPIRY_TOO_SHORT",
            "A lock ('lock_expires_at') can only be made longer",
        ));
    }
    check_expiry(until, now, created_at, retention)?;
    Ok(Some(until))
}

fn check_expiry(until: i64, now: i64, created_at: i64, retention: Option<i64>) -> Result<(), Fault> {
    if until <= now {
        return Err(Fault::conflict(
            "INVALID_LOCK_EXPIRY",
            "The end of a lock ('lock_expires_at') must be in the future",
        ));
    }
    if until - now > MAX_LOCK {
        return Err(Fault::conflict(
            "INVALID_LOCK_DURATION",
            "A lock ('lock_expires_at') lasts 365 days at most",
        ));
    }
    if retention.is_some_and(|seconds| until > created_at.saturating_add(seconds.saturating_mul(1000))) {
        return Err(Fault::conflict(
            "INVALID_LOCK_DURATION_EXCEEDS_SNAPSHOT_RETENTION",
            "A lock ('lock_expires_at') cannot outlast the retention ('snapshot_retention')",
        ));
    }
    Ok(())
}

/// Checks that a retention in seconds gets longer; `None` is for ever.
pub(crate) fn check_lengthened(current: Option<i64>, asked: Option<i64>) -> Result<(), Fault> {
    let shorter = match (current, asked) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(current), Some(asked)) => asked < current,
    };
    if shorter {
        return Err(Fault::conflict(
            "SNAPSHOT_RETENTION_INVALID",
            "A retention ('snapshot_retention') can only be made longer",
        ));
    }
    Ok(())
}

/// Refuses a dataset that is locked.
pub(crate) fn check_unlocked(dataset: &Dataset, now: i64) -> Result<(), Fault> {
    if dataset.is_locked(now) {
        return Err(Fault::conflict(
            "INVALID_OPERATION_ON_LOCKED_SNAPSHOT",
            format!("Snapshot '{}' is locked", dataset.name),
        ));
    }
    Ok(())
}

/// The refusal to delete a locked snapshot, with the day on which it will be possible.
pub(crate) fn delete_refused(dataset: &Dataset) -> Fault {
    let until = dataset.lock_expires_at().unwrap_or_default();
    Fault::conflict(
        "DELETE_LOCKED_SNAPSHOT",
        format!("Snapshot '{}' is locked until {}", dataset.name, utc(until)),
    )
}

/// A time in milliseconds as `2026-03-01 14:05 UTC`.
fn utc(milliseconds: i64) -> String {
    let minutes = milliseconds.div_euclid(60_000);
    let days = minutes.div_euclid(24 * 60);
    let of_day = minutes.rem_euclid(24 * 60);
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02} UTC", of_day / 60, of_day % 60)
}

/// The calendar's year, month and day of a number of days since 1970: years are counted from March, so that the odd
/// day of a leap year is the last one.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::utc;

    #[test]
    fn days_are_counted_by_the_calendar() {
        assert_eq!(utc(0), "1970-01-01 00:00 UTC");
        assert_eq!(utc(951_782_400_000), "2000-02-29 00:00 UTC");
        assert_eq!(utc(1_772_323_200_000 + 65 * 60_000), "2026-03-01 01:05 UTC");
        assert_eq!(utc(1_798_761_599_000), "2026-12-31 23:59 UTC");
    }
}
