//! A whole policy, line by line.

use serde_json::Value;
use words::policy as say;

use super::phrase::{schedule, time};

/// Each type of backup by its name, with when it is made and how long it is kept.
pub(super) fn plan(policy: &Value) -> Vec<(String, String)> {
    let regular = policy.get("regular").unwrap_or(&Value::Null);
    let mut lines = Vec::new();
    let mut add = |label: &str, text: Option<String>| {
        lines.extend(text.map(|text| (label.to_owned(), text)));
    };
    let when = |of: Option<&Value>| of.and_then(|of| schedule(of.get("schedule")?));
    add(say::incremental(), when(regular.get("incremental")));
    add(say::full(), when(regular.get("full")));
    for full in regular.get("fullBackups").and_then(Value::as_array).into_iter().flatten() {
        add(say::full(), timed(full));
    }
    if let Some(retention) = regular.get("retention") {
        add(say::kept_for(), time(retention));
        add(say::locked_for(), retention.get("dataLockConfig").and_then(locked));
    }
    add(say::log(), policy.get("log").and_then(timed));
    add(say::system(), policy.get("bmr").and_then(timed));
    add(say::array(), policy.get("storageArraySnapshot").and_then(timed));
    let continuous = policy.get("cdp").and_then(|of| time(of.get("retention")?));
    add(say::continuous(), continuous.map(say::kept));
    lines
}

/// When something is made, and how long it is kept.
fn timed(of: &Value) -> Option<String> {
    let when = schedule(of.get("schedule")?)?;
    Some(match of.get("retention").and_then(time) {
        Some(time) => say::made_and_kept(when, time),
        None => when,
    })
}

fn locked(lock: &Value) -> Option<String> {
    let time = time(lock)?;
    Some(match lock.get("mode").and_then(Value::as_str) {
        Some("Administrative") => say::lock_administrative(time),
        _ => say::lock_compliance(time),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_policy_reads_line_by_line() {
        let lines = plan(&json!({
            "regular": {
                "incremental": {"schedule": {"unit": "Days", "daySchedule": {"frequency": 2}}},
                "fullBackups": [{
                    "schedule": {"unit": "Weeks", "weekSchedule": {"dayOfWeek": ["Sunday"]}},
                    "retention": {"unit": "Months", "duration": 3},
                }],
                "retention": {
                    "unit": "Weeks", "duration": 5,
                    "dataLockConfig": {"mode": "Compliance", "unit": "Weeks", "duration": 1},
                },
            },
            "log": {
                "schedule": {"unit": "Hours", "hourSchedule": {"frequency": 1}},
                "retention": {"unit": "Days", "duration": 14},
            },
        }));
        let lines: Vec<(&str, &str)> =
            lines.iter().map(|(label, text)| (label.as_str(), text.as_str())).collect();
        assert_eq!(
            lines,
            [
                ("Incremental backups", "Every 2 days"),
                ("Full backups", "Every week: Sunday; kept for 3 months"),
                ("Kept for", "5 weeks"),
                ("Locked for", "1 week; nobody can delete a backup before"),
                ("Log backups", "Every hour; kept for 14 days"),
            ]
        );
    }
}
