//! A schedule and a length of time in words.

use serde_json::Value;
use words::policy as say;

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

fn number(value: &Value, name: &str) -> Option<u64> {
    value.get(name).and_then(Value::as_u64)
}

/// When something is made; `None` where the schedule says it in a way that is not known here.
pub(super) fn schedule(schedule: &Value) -> Option<String> {
    let part = |name: &str| schedule.get(name);
    Some(match text(schedule, "unit")? {
        "Minutes" => say::every_minutes(number(part("minuteSchedule")?, "frequency")?),
        "Hours" => say::every_hours(number(part("hourSchedule")?, "frequency")?),
        "Days" => say::every_days(number(part("daySchedule")?, "frequency")?),
        "Weeks" => say::every_week(days(part("weekSchedule")?)?),
        "Months" => month(part("monthSchedule")?)?,
        "Years" => match text(part("yearSchedule")?, "dayOfYear")? {
            "First" => say::first_of_year().to_owned(),
            _ => say::last_of_year().to_owned(),
        },
        "ProtectOnce" => say::once().to_owned(),
        _ => return None,
    })
}

fn month(month: &Value) -> Option<String> {
    if let Some(day) = number(month, "dayOfMonth") {
        return Some(say::day_of_month(day));
    }
    let week = match text(month, "weekOfMonth")? {
        "First" => say::first(),
        "Second" => say::second(),
        "Third" => say::third(),
        "Fourth" => say::fourth(),
        _ => say::last(),
    };
    Some(match days(month) {
        Some(days) => say::every_month(week, days),
        None => say::last_of_month().to_owned(),
    })
}

/// The days in the week's order, and what they are called.
fn week() -> [(&'static str, &'static str); 7] {
    [
        ("Monday", say::monday()),
        ("Tuesday", say::tuesday()),
        ("Wednesday", say::wednesday()),
        ("Thursday", say::thursday()),
        ("Friday", say::friday()),
        ("Saturday", say::saturday()),
        ("Sunday", say::sunday()),
    ]
}

/// A day of the week.
pub(super) fn day(value: &str) -> Option<&'static str> {
    week().into_iter().find(|(day, _)| *day == value).map(|(_, name)| name)
}

/// The days of a week, in the week's order.
fn days(of: &Value) -> Option<String> {
    let wanted: Vec<&str> = of.get("dayOfWeek")?.as_array()?.iter().filter_map(Value::as_str).collect();
    let named: Vec<&str> =
        week().into_iter().filter(|(value, _)| wanted.contains(value)).map(|(_, name)| name).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// A time of day, and the time zone that it names.
pub(in crate::protection) fn time_of_day(of: &Value) -> Option<(String, Option<&str>)> {
    let time = format!("{:02}:{:02}", number(of, "hour")?, number(of, "minute")?);
    Some((time, text(of, "timeZone").filter(|zone| !zone.is_empty())))
}

/// A number of minutes in the largest unit that it is a whole number of.
pub(in crate::protection) fn minutes(count: u64) -> String {
    match count {
        count if count > 0 && count.is_multiple_of(1440) => say::days(count / 1440),
        count if count > 0 && count.is_multiple_of(60) => say::hours(count / 60),
        count => say::minutes(count),
    }
}

/// A length of time (`2 weeks`).
pub(super) fn time(of: &Value) -> Option<String> {
    let count = number(of, "duration")?;
    Some(match text(of, "unit")? {
        "Minutes" => say::minutes(count),
        "Hours" => say::hours(count),
        "Days" => say::days(count),
        "Weeks" => say::weeks(count),
        "Months" => say::months(count),
        "Years" => say::years(count),
        _ => return None,
    })
}

/// How many days a length of time is, as the service counts: a month has 30, a year 365.
pub(super) fn length(of: &Value) -> Option<u64> {
    let of_unit = match text(of, "unit")? {
        "Minutes" | "Hours" => return Some(0),
        "Days" => 1,
        "Weeks" => 7,
        "Months" => 30,
        "Years" => 365,
        _ => return None,
    };
    number(of, "duration")?.checked_mul(of_unit)
}

/// How many days can lie between two backups of a schedule at most.
pub(super) fn gap(schedule: &Value) -> Option<u64> {
    match text(schedule, "unit")? {
        "Minutes" | "Hours" => Some(1),
        "Days" => number(schedule.get("daySchedule")?, "frequency"),
        "Weeks" => Some(7),
        "Months" => Some(31),
        "Years" => Some(366),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn schedules_are_sentences() {
        let said = |value: Value| schedule(&value).unwrap_or_default();
        assert_eq!(said(json!({"unit": "Days", "daySchedule": {"frequency": 1}})), "Every day");
        assert_eq!(said(json!({"unit": "Hours", "hourSchedule": {"frequency": 6}})), "Every 6 hours");
        let week = json!({"unit": "Weeks", "weekSchedule": {"dayOfWeek": ["Sunday", "Wednesday"]}});
        assert_eq!(said(week), "Every week: Wednesday, Sunday");
        let month = json!({"dayOfWeek": ["Friday"], "weekOfMonth": "Last"});
        assert_eq!(said(json!({"unit": "Months", "monthSchedule": month})), "Every month: last Friday");
        assert_eq!(
            said(json!({"unit": "Months", "monthSchedule": {"weekOfMonth": "Last"}})),
            "Every month: on its last day"
        );
        assert_eq!(said(json!({"unit": "ProtectOnce"})), "Once, then never again");
        assert_eq!(schedule(&json!({"unit": "Days"})), None);
    }

    #[test]
    fn minutes_are_told_in_the_largest_unit() {
        let said = [90, 120, 2880].map(minutes);
        assert_eq!(said, ["90 minutes", "2 hours", "2 days"]);
    }

    #[test]
    fn lengths_of_time_are_words_and_days() {
        let weeks = json!({"unit": "Weeks", "duration": 2});
        assert_eq!((time(&weeks).as_deref(), length(&weeks)), (Some("2 weeks"), Some(14)));
        assert_eq!(length(&json!({"unit": "Years", "duration": 1})), Some(365));
        assert_eq!(time(&json!({"unit": "Days", "duration": 1})).as_deref(), Some("1 day"));
    }
}
