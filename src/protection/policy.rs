//! A policy of backups in words.

mod doubts;
mod extras;
pub(super) mod phrase;
mod plan;

use leptos::prelude::*;
use serde_json::{Map, Value};

use crate::in_words::Meaning;
use crate::operation::Draft;

/// The field that holds when backups are made and how long they are kept.
const PLAN: &str = "backupPolicy";

/// What a policy means, as far as it is known. Only what is whole is doubted.
pub fn meaning(draft: Draft) -> Signal<Meaning> {
    Memo::new(move |_| {
        let doubts = draft.whole.with(|values| {
            let plan = values.get(PLAN).unwrap_or(&Value::Null);
            doubts::doubts(plan).into_iter().map(str::to_owned).collect()
        });
        Meaning { lines: draft.known.with(|values| lines(values)), doubts }
    })
    .into()
}

/// A policy line by line: what is about, and what is true of that.
pub(super) fn lines(policy: &Map<String, Value>) -> Vec<(String, String)> {
    let mut lines = plan::plan(policy.get(PLAN).unwrap_or(&Value::Null));
    if !lines.is_empty() {
        lines.extend(extras::extras(policy));
    }
    lines
}

/// The schedule of regular backups between full ones.
pub(super) fn incremental(policy: &Map<String, Value>) -> Option<&Value> {
    policy.get(PLAN)?.get("regular")?.get("incremental")?.get("schedule")
}

/// Whether logs of databases are backed up, too.
pub(super) fn backs_up_logs(policy: &Map<String, Value>) -> bool {
    policy.get(PLAN).and_then(|plan| plan.get("log")).is_some_and(|log| !log.is_null())
}

/// When no backup begins.
pub(super) fn quiet_times(policy: &Map<String, Value>) -> &[Value] {
    policy.get("blackoutWindow").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The day of a quiet time.
pub(super) fn day_of(window: &Value) -> Option<String> {
    phrase::day(window.get("day")?.as_str()?).map(str::to_owned)
}

/// The minutes between one backup of a schedule and the next, where they are always the same.
pub(super) fn minutes_between(schedule: &Value) -> Option<u64> {
    let (part, of_unit) = match schedule.get("unit")?.as_str()? {
        "Minutes" => ("minuteSchedule", 1),
        "Hours" => ("hourSchedule", 60),
        "Days" => ("daySchedule", 1440),
        _ => return None,
    };
    schedule.get(part)?.get("frequency")?.as_u64()?.checked_mul(of_unit)
}
