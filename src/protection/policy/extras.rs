//! What a policy says besides when backups are made: quiet times, copies, further attempts.

use serde_json::{Map, Value};
use words::policy as say;

use super::phrase::{day, minutes, time, time_of_day};

/// Label and text of each.
pub(super) fn extras(policy: &Map<String, Value>) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut add = |label: &str, text: Option<String>| {
        lines.extend(text.filter(|text| !text.is_empty()).map(|text| (label.to_owned(), text)));
    };
    let all = |name: &str, said: fn(&Value) -> Option<String>| {
        let items = policy.get(name)?.as_array()?;
        Some(items.iter().filter_map(said).collect::<Vec<_>>().join("; "))
    };
    add(say::kept_longer(), all("extendedRetention", longer));
    add(say::quiet_times(), all("blackoutWindow", quiet));
    add(say::attempts_label(), policy.get("retryOptions").and_then(attempts));
    add(say::copies_label(), policy.get("remoteTargetPolicy").and_then(copies));
    lines
}

fn longer(rule: &Value) -> Option<String> {
    let schedule = rule.get("schedule")?;
    let count = schedule.get("frequency").and_then(Value::as_u64).unwrap_or(1);
    let gap = match schedule.get("unit")?.as_str()? {
        "Runs" => say::runs(count),
        unit => time(&serde_json::json!({ "unit": unit, "duration": count }))?,
    };
    Some(say::one_in(gap, time(rule.get("retention")?)?))
}

/// Its day, and from when to when on which clock.
fn quiet(window: &Value) -> Option<String> {
    let clock = |name: &str| time_of_day(window.get(name)?);
    let day = day(window.get("day")?.as_str()?)?;
    let (from, zone) = clock("startTime")?;
    let (until, _) = clock("endTime")?;
    Some(match zone {
        Some(zone) => say::window_in_zone(day, from, until, zone),
        None => say::window(day, from, until),
    })
}

fn attempts(options: &Value) -> Option<String> {
    let count = options.get("retries")?.as_u64()?;
    let attempts = say::attempts(count);
    Some(match options.get("retryIntervalMins").and_then(Value::as_u64) {
        Some(wait) if count > 0 => say::attempts_apart(attempts, minutes(wait)),
        _ => attempts,
    })
}

fn copies(targets: &Value) -> Option<String> {
    let count: usize = targets.as_object()?.values().filter_map(Value::as_array).map(Vec::len).sum();
    (count > 0).then(|| say::copies(u64::try_from(count).unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_goes_with_a_schedule_is_told() {
        let policy = json!({
            "blackoutWindow": [{
                "day": "Sunday",
                "startTime": {"hour": 8, "minute": 0, "timeZone": "Europe/Berlin"},
                "endTime": {"hour": 18, "minute": 30, "timeZone": "Europe/Berlin"},
            }],
            "extendedRetention": [{
                "schedule": {"unit": "Weeks", "frequency": 4},
                "retention": {"unit": "Years", "duration": 1},
            }],
            "retryOptions": {"retries": 3, "retryIntervalMins": 5},
            "remoteTargetPolicy": {"archivalTargets": [{}], "replicationTargets": [{}]},
        });
        let lines = extras(policy.as_object().expect("an object"));
        let lines: Vec<(&str, &str)> =
            lines.iter().map(|(label, text)| (label.as_str(), text.as_str())).collect();
        assert_eq!(
            lines,
            [
                ("Kept longer", "One in 4 weeks, for 1 year"),
                ("No backup begins", "Sunday, 08:00 to 18:30 (Europe/Berlin)"),
                ("After a failure", "3 more attempts, 5 minutes apart"),
                ("Copies", "Of each backup as the policy says, to 2 targets"),
            ]
        );
        assert!(extras(&Map::new()).is_empty());
    }
}
