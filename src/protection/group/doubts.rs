//! What is odd about a group: nothing that the service refuses, but hardly what somebody wants.

use serde_json::{Map, Value};
use words::protection as say;

use super::Beside;
use super::lines::{DEFAULT_ZONE, listed, millis, minute_of_day, run_type};
use super::objects::{Manner, chosen, items};
use crate::protection::policy;
use crate::protection::policy::phrase::minutes;

/// Sentences for a person who writes the group or looks at it.
pub(super) fn doubts(group: &Map<String, Value>, beside: &Beside<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let is_on = |name: &str| group.get(name) == Some(&Value::Bool(true));
    if is_on("isPaused") {
        found.push(say::is_paused().to_owned());
    }
    let chosen = chosen(group);
    match chosen {
        Some(chosen) if chosen.objects().is_empty() => found.push(say::protects_nothing().to_owned()),
        Some(chosen) if chosen.manner == Manner::Files => {
            let without = chosen.objects().iter().filter(|object| {
                items(object, "filePaths").is_empty() && object.get("metadataFilePath").is_none()
            });
            let names: Vec<String> = without.filter_map(|object| (beside.name)(object)).collect();
            if !names.is_empty() {
                found.push(say::without_folders(listed(names)));
            }
        }
        _ => {}
    }
    if group.get("endTimeUsecs").and_then(millis).is_some_and(|end| end < beside.now) {
        found.push(say::has_ended().to_owned());
    }
    if let Some(alerts) = group.get("alertPolicy")
        && !items(alerts, "backupRunStatus").is_empty()
        && items(alerts, "alertTargets").is_empty()
    {
        found.push(say::nobody_gets_mail().to_owned());
    }
    if let Some(policy) = beside.policy {
        let is_databases = chosen.map(|chosen| chosen.manner == Manner::Databases);
        with_policy(group, policy, is_databases, &mut found);
    }
    found
}

/// What does not fit together with the policy.
fn with_policy(
    group: &Map<String, Value>,
    policy: &Map<String, Value>,
    is_databases: Option<bool>,
    found: &mut Vec<String>,
) {
    let levels = group.get("sla").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let between = policy::incremental(policy).and_then(policy::minutes_between);
    for level in levels {
        let of = level.get("backupRunType").and_then(Value::as_str);
        let allowed = level.get("slaMinutes").and_then(Value::as_u64);
        if of != Some("kFull")
            && of != Some("kLog")
            && let (Some(allowed), Some(between)) = (allowed, between)
            && allowed > between
        {
            found.push(say::level_beyond_schedule(minutes(allowed), minutes(between)));
        }
        if of == Some("kLog") && !policy::backs_up_logs(policy) {
            found.push(say::level_of_none(run_type(of).unwrap_or_default()));
        }
    }
    let logs = policy::backs_up_logs(policy);
    if logs && is_databases == Some(false) {
        found.push(say::no_logs_here().to_owned());
    }
    if !logs && is_databases == Some(true) {
        found.push(say::no_logs_of_databases().to_owned());
    }
    let quiet = policy::quiet_times(policy);
    let acts = ["abortInBlackouts", "pauseInBlackouts"];
    if quiet.is_empty() && acts.iter().any(|name| group.get(*name) == Some(&Value::Bool(true))) {
        found.push(say::no_quiet_times().to_owned());
    }
    if let Some(start) = group.get("startTime") {
        let days: Vec<String> =
            quiet.iter().filter(|window| covers(window, start)).filter_map(policy::day_of).collect();
        if !days.is_empty() {
            found.push(say::starts_in_quiet_time(days.join(", ")));
        }
    }
}

/// Whether a time of day lies in a quiet time on the same clock.
fn covers(window: &Value, start: &Value) -> bool {
    let zone = |time: &Value| time.get("timeZone").and_then(Value::as_str).unwrap_or(DEFAULT_ZONE).to_owned();
    let bounds = || {
        let (from, until) = (window.get("startTime")?, window.get("endTime")?);
        let is_same_clock = zone(from) == zone(start);
        let (from, at, until) = (minute_of_day(from)?, minute_of_day(start)?, minute_of_day(until)?);
        Some(is_same_clock && from <= at && at < until)
    };
    bounds() == Some(true)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(group: Value, policy: Value) -> Vec<String> {
        let name = |object: &Value| object.get("id").map(|id| format!("machine-{id}"));
        let beside = Beside {
            policy: policy.as_object(),
            name: &name,
            ahead: &|_| None,
            date: &|_| String::new(),
            now: 10.0,
        };
        doubts(group.as_object().expect("an object"), &beside)
    }

    fn files(objects: Value) -> Value {
        json!({"protectionType": "kFile", "fileProtectionTypeParams": {"objects": objects}})
    }

    fn hourly() -> Value {
        let zone = "Europe/Berlin";
        json!({
            "backupPolicy": {
                "regular": {"incremental": {"schedule": {"unit": "Hours", "hourSchedule": {"frequency": 1}}}},
            },
            "blackoutWindow": [{
                "day": "Sunday",
                "startTime": {"hour": 8, "minute": 0, "timeZone": zone},
                "endTime": {"hour": 18, "minute": 30, "timeZone": zone},
            }],
        })
    }

    #[test]
    fn nothing_protected_and_nobody_told_are_noticed() {
        let group = json!({
            "isPaused": true,
            "physicalParams": files(json!([])),
            "endTimeUsecs": 9000,
            "alertPolicy": {"backupRunStatus": ["kFailure"], "alertTargets": []},
        });
        let wanted = [say::is_paused(), say::protects_nothing(), say::has_ended(), say::nobody_gets_mail()];
        assert_eq!(found(group, Value::Null), wanted);
        let sound =
            json!({"physicalParams": files(json!([{"id": 1, "filePaths": [{"includedPath": "/"}]}]))});
        assert!(found(sound, hourly()).is_empty());
        let bare = json!({"physicalParams": files(json!([{"id": 1}]))});
        assert_eq!(found(bare, hourly()), [say::without_folders("machine-1")]);
    }

    #[test]
    fn what_does_not_fit_the_policy_is_noticed() {
        let start = |zone: &str| json!({"startTime": {"hour": 9, "minute": 0, "timeZone": zone}});
        assert_eq!(found(start("Europe/Berlin"), hourly()), [say::starts_in_quiet_time("Sunday")]);
        assert!(found(start("Asia/Tokyo"), hourly()).is_empty());
        let level = json!({"sla": [{"backupRunType": "kIncremental", "slaMinutes": 90}]});
        assert_eq!(found(level, hourly()), [say::level_beyond_schedule("90 minutes", "1 hour")]);
        let logs = json!({"sla": [{"backupRunType": "kLog", "slaMinutes": 5}]});
        assert_eq!(found(logs, hourly()), [say::level_of_none("Log backups")]);
        let databases = json!({"mssqlParams": files(json!([{"id": 1}]))});
        assert_eq!(found(databases, hourly()), [say::no_logs_of_databases()]);
        let plain = json!({"backupPolicy": {"log": {}}});
        assert_eq!(found(json!({"pauseInBlackouts": true}), plain), [say::no_quiet_times()]);
    }
}
