//! A whole group, line by line.

use serde_json::{Map, Value};
use words::policy as of_policy;
use words::protection as say;

use super::Beside;
use super::objects::{Chosen, Manner, chosen, items};
use crate::protection::policy;
use crate::protection::policy::phrase::{minutes, time_of_day};

/// Names that are told; of more, only how many they are.
const MOST: usize = 6;

/// Label and text of each line; none while nothing is chosen yet.
pub(super) fn lines(group: &Map<String, Value>, beside: &Beside<'_>) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut add = |label: &str, text: Option<String>| {
        lines.extend(text.filter(|text| !text.is_empty()).map(|text| (label.to_owned(), text)));
    };
    if let Some(chosen) = chosen(group) {
        add(say::protects(), protects(chosen, beside));
        add(say::folders(), Some(listed(folders(chosen, "includedPath"))));
        add(say::left_out(), Some(listed(left_out(chosen))));
        add(say::search_label(), index(chosen));
    }
    if let Some(policy) = beside.policy {
        add(say::policy(), policy.get("name").and_then(Value::as_str).map(str::to_owned));
        for (label, text) in policy::lines(policy) {
            add(&label, Some(text));
        }
    }
    add(say::starts(), group.get("startTime").and_then(|start| starts(start, beside)));
    add(say::ends(), group.get("endTimeUsecs").and_then(millis).map(|millis| (beside.date)(millis)));
    add(say::late_after(), group.get("sla").map(late));
    add(say::mails(), group.get("alertPolicy").and_then(mails));
    lines
}

/// How many of what, and what they are called.
fn protects(chosen: Chosen<'_>, beside: &Beside<'_>) -> Option<String> {
    let objects = chosen.objects();
    let count = u64::try_from(objects.len()).ok().filter(|count| *count > 0)?;
    let what = match chosen.manner {
        Manner::Files => say::machines_by_files(count),
        Manner::Volumes => say::machines_by_volumes(count),
        Manner::Databases => say::databases(count),
    };
    let names = objects.iter().filter_map(|object| (beside.name)(object)).collect();
    Some(say::named(what, listed(names)))
}

/// The first of some texts, and how many more there are.
pub(super) fn listed(texts: Vec<String>) -> String {
    let more = u64::try_from(texts.len().saturating_sub(MOST)).unwrap_or_default();
    let first = texts.into_iter().take(MOST).collect::<Vec<_>>().join(", ");
    if more > 0 { say::and_more(more, first) } else { first }
}

/// The different texts of one name in the folders of all objects.
fn folders(chosen: Chosen<'_>, name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for folder in chosen.objects().iter().flat_map(|object| items(object, "filePaths")) {
        let one = folder.get(name).and_then(Value::as_str).into_iter();
        let texts = one.chain(items(folder, name).iter().filter_map(Value::as_str));
        for text in texts {
            if !found.iter().any(|known| known == text) {
                found.push(text.to_owned());
            }
        }
    }
    found
}

fn left_out(chosen: Chosen<'_>) -> Vec<String> {
    let mut texts = folders(chosen, "excludedPaths");
    let global = chosen.texts("globalExcludePaths").into_iter().chain(chosen.texts("globalExcludeFS"));
    let filters = items(chosen.settings, "excludeFilters").iter();
    let filters = filters.filter_map(|filter| filter.get("filterString")?.as_str());
    texts.extend(global.chain(filters).map(str::to_owned));
    texts
}

/// Whether files can be found by name later.
fn index(chosen: Chosen<'_>) -> Option<String> {
    if chosen.manner == Manner::Databases {
        return None;
    }
    let index = chosen.settings.get("indexingPolicy")?;
    if index.get("enableIndexing") != Some(&Value::Bool(true)) {
        return Some(say::not_indexed().to_owned());
    }
    let below: Vec<String> =
        items(index, "includePaths").iter().filter_map(Value::as_str).map(str::to_owned).collect();
    Some(if below.is_empty() { say::indexed().to_owned() } else { say::indexed_below(listed(below)) })
}

/// When runs may begin, on the clock of the group and, where that is another, on the person's.
fn starts(start: &Value, beside: &Beside<'_>) -> Option<String> {
    let (time, zone) = time_of_day(start)?;
    let zone = zone.unwrap_or(DEFAULT_ZONE);
    let ahead = (beside.ahead)(zone).filter(|ahead| *ahead != 0);
    let here = ahead.and_then(|ahead| Some(clock(minute_of_day(start)? - i64::from(ahead))));
    Some(match here {
        Some(here) => say::from_in_zone_here(time, zone, here),
        None => say::from_in_zone(time, zone),
    })
}

/// The time zone that the service takes where none is named.
pub(super) const DEFAULT_ZONE: &str = "America/Los_Angeles";

/// Minutes since midnight.
pub(super) fn minute_of_day(time: &Value) -> Option<i64> {
    let number = |name: &str| time.get(name)?.as_i64();
    Some(number("hour")? * 60 + number("minute")?)
}

fn clock(minutes: i64) -> String {
    let minutes = minutes.rem_euclid(24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Microseconds since the epoch as milliseconds.
#[expect(clippy::cast_precision_loss, reason = "a time in milliseconds is far below 2^53")]
pub(super) fn millis(usecs: &Value) -> Option<f64> {
    usecs.as_i64().map(|usecs| (usecs / 1000) as f64)
}

fn late(levels: &Value) -> String {
    let level = |level: &Value| {
        let time = minutes(level.get("slaMinutes")?.as_u64()?);
        Some(match run_type(level.get("backupRunType").and_then(Value::as_str)) {
            Some(of) => say::named(of, time),
            None => time,
        })
    };
    levels.as_array().into_iter().flatten().filter_map(level).collect::<Vec<_>>().join("; ")
}

/// What the runs that a service level measures are called.
pub(super) fn run_type(value: Option<&str>) -> Option<&'static str> {
    Some(match value? {
        "kFull" => of_policy::full(),
        "kIncremental" => of_policy::incremental(),
        "kLog" => of_policy::log(),
        _ => return None,
    })
}

fn mails(alerts: &Value) -> Option<String> {
    let reason = |status: &Value| {
        Some(
            match status.as_str()? {
                "kFailure" => say::failure(),
                "kSuccess" => say::success(),
                "kWarning" => say::warning(),
                "kSlaViolation" => say::late(),
                other => return Some(other.to_owned()),
            }
            .to_owned(),
        )
    };
    let reasons: Vec<String> = items(alerts, "backupRunStatus").iter().filter_map(reason).collect();
    let people = items(alerts, "alertTargets").iter();
    let people: Vec<String> =
        people.filter_map(|target| Some(target.get("emailAddress")?.as_str()?.to_owned())).collect();
    (!reasons.is_empty() && !people.is_empty()).then(|| say::mail_to(listed(people), reasons.join(", ")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(group: Value) -> Vec<(String, String)> {
        let policy = json!({
            "name": "daily-5w",
            "backupPolicy": {"regular": {
                "incremental": {"schedule": {"unit": "Days", "daySchedule": {"frequency": 1}}},
                "retention": {"unit": "Weeks", "duration": 5},
            }},
        });
        let name = |object: &Value| object.get("id").map(|id| format!("machine-{id}"));
        let beside = Beside {
            policy: policy.as_object(),
            name: &name,
            ahead: &|zone| Some(if zone == "Asia/Tokyo" { 480 } else { 0 }),
            date: &|millis| format!("at {millis}"),
            now: 0.0,
        };
        lines(group.as_object().expect("an object"), &beside)
    }

    #[test]
    fn a_group_reads_line_by_line() {
        let lines = said(json!({
            "environment": "kPhysical",
            "physicalParams": {"protectionType": "kFile", "fileProtectionTypeParams": {
                "objects": [
                    {"id": 1, "filePaths": [{"includedPath": "/srv", "excludedPaths": ["/srv/tmp"]}]},
                    {"id": 2, "filePaths": [{"includedPath": "/srv"}]},
                ],
                "globalExcludePaths": ["/var/cache"],
                "indexingPolicy": {"enableIndexing": true, "includePaths": ["/srv"]},
            }},
            "startTime": {"hour": 1, "minute": 30, "timeZone": "Asia/Tokyo"},
            "endTimeUsecs": 5_000_000,
            "sla": [{"backupRunType": "kFull", "slaMinutes": 1440}, {"slaMinutes": 90}],
            "alertPolicy": {
                "backupRunStatus": ["kFailure", "kSlaViolation"],
                "alertTargets": [{"emailAddress": "backup@storage.example"}],
            },
        }));
        let lines: Vec<(&str, &str)> =
            lines.iter().map(|(label, text)| (label.as_str(), text.as_str())).collect();
        assert_eq!(
            lines,
            [
                ("Protects", "2 machines, by their files: machine-1, machine-2"),
                ("Folders", "/srv"),
                ("Left out", "/srv/tmp, /var/cache"),
                ("Names of files", "Can be searched for below /srv"),
                ("Policy", "daily-5w"),
                ("Incremental backups", "Every day"),
                ("Kept for", "5 weeks"),
                ("Starts", "From 01:30 on (Asia/Tokyo); here, that is 17:30"),
                ("Ends", "at 5000"),
                ("Late after", "Full backups: 1 day; 90 minutes"),
                ("Mails", "To backup@storage.example after: a failure, a run that was late"),
            ]
        );
    }

    #[test]
    fn many_names_are_cut_and_the_environment_of_a_change_is_told_by_its_settings() {
        let objects: Vec<Value> = (1..=8).map(|id| json!({ "id": id })).collect();
        let lines = said(json!({
            "mssqlParams": {"protectionType": "kNative", "nativeProtectionTypeParams": {"objects": objects}},
        }));
        let first = "machine-1, machine-2, machine-3, machine-4, machine-5, machine-6";
        assert_eq!(lines[0].1, format!("8 databases or instances: {first} and 2 more"));
        // What was typed for another environment is not sent.
        let lines = said(json!({
            "environment": "kPhysical",
            "mssqlParams": {"protectionType": "kFile", "fileProtectionTypeParams": {"objects": [{"id": 1}]}},
        }));
        assert_eq!(lines[0].0, "Policy");
    }
}
