//! Runs: lists by windows of time, runs on demand, actions, and changes with a result for each run.

use serde_json::{Value as Json, json};

use super::Answer;
use super::call::Call;
use super::fault::Fault;
use super::service::{CLUSTER, Service, WAIT};
use super::{groups, policies};
use crate::message::Response;

mod change;

pub(super) use change::{act, update};

/// Microseconds of a day.
pub(super) const DAY: i64 = 86_400_000_000;
/// Microseconds of the window that a list has if nobody says when it begins.
const WINDOW: i64 = 3_600_000_000;
/// How many runs a list has if nobody says how many.
const RUNS: i64 = 100;

/// One backup of a group.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) id: String,
    pub(super) group: String,
    pub(super) group_name: String,
    pub(super) instance: i64,
    pub(super) environment: String,
    /// As answers name it (`kRegular`).
    pub(super) kind: String,
    pub(super) status: String,
    /// Microseconds since 1970, as all that follow.
    pub(super) started: i64,
    pub(super) ended: Option<i64>,
    pub(super) expiry: i64,
    pub(super) lock: Option<(String, i64)>,
    pub(super) hold: bool,
    pub(super) deleted: bool,
    pub(super) late: bool,
    pub(super) objects: Vec<i64>,
    pub(super) failed: Vec<i64>,
    /// When it begins and ends to work, in milliseconds; a pause moves the end.
    pub(super) begins_at: i64,
    pub(super) ends_at: i64,
    pub(super) paused_at: Option<i64>,
}

impl Run {
    /// Goes on to the present.
    pub(super) fn settle(&mut self, now: i64) {
        if self.status == "Accepted" && self.begins_at <= now {
            "Running".clone_into(&mut self.status);
        }
        if self.status == "Running" && self.ends_at <= now {
            "Succeeded".clone_into(&mut self.status);
            self.ended = Some(self.ends_at * 1000);
        }
        if self.status == "Canceling" && self.ends_at <= now {
            "Canceled".clone_into(&mut self.status);
            self.ended = Some(self.ends_at * 1000);
        }
        if self.expiry <= now * 1000 && !self.hold && self.ended.is_some() {
            self.deleted = true;
        }
    }

    /// Whether it is not over.
    pub(super) fn is_active(&self) -> bool {
        matches!(self.status.as_str(), "Accepted" | "Running" | "Paused" | "Canceling" | "Finalizing")
    }

    /// Whether something can be restored from it.
    pub(super) fn is_kept(&self) -> bool {
        !self.deleted && matches!(self.status.as_str(), "Succeeded" | "SucceededWithWarning")
    }

    /// Whether it must not be deleted.
    pub(super) fn is_bound(&self, now: i64) -> bool {
        self.hold || self.lock.as_ref().is_some_and(|(_, until)| *until > now)
    }

    /// As answers show it.
    pub(super) fn shown(&self, service: &Service, details: bool) -> Json {
        let bytes: i64 =
            self.objects.iter().filter_map(|id| service.thing(*id)).map(|thing| thing.bytes).sum();
        let changed = if self.kind == "kFull" { bytes } else { bytes / 50 };
        let good = self.objects.len().saturating_sub(self.failed.len());
        let over = !self.is_active();
        let mut local = json!({
            "runType": self.kind,
            "isSlaViolated": self.late,
            "startTimeUsecs": self.started,
            "status": self.status,
            "messages": if self.failed.is_empty() { json!([]) } else { json!(["An agent did not answer"]) },
            "successfulObjectsCount": if over && self.status != "Canceled" { good } else { 0 },
            "skippedObjectsCount": 0,
            "failedObjectsCount": self.failed.len(),
            "cancelledObjectsCount": if self.status == "Canceled" { good } else { 0 },
            "localSnapshotStats": {"logicalSizeBytes": bytes, "bytesWritten": changed / 3, "bytesRead": changed},
            "localTaskId": format!("{CLUSTER}:{}:{}", self.instance, self.started),
        });
        if let Some(ended) = self.ended {
            local["endTimeUsecs"] = json!(ended);
        }
        if let Some((mode, until)) = &self.lock {
            local["dataLock"] = json!(mode);
            local["dataLockConstraints"] = json!({"mode": mode, "expiryTimeUsecs": until});
        }
        let mut run = json!({
            "id": self.id,
            "protectionGroupInstanceId": self.instance,
            "protectionGroupId": self.group,
            "protectionGroupName": self.group_name,
            "isReplicationRun": false,
            "isLocalSnapshotsDeleted": self.deleted,
            "localBackupInfo": local,
            "onLegalHold": self.hold,
            "hasLocalSnapshot": self.is_kept(),
            "environment": self.environment,
        });
        if details {
            run["objects"] = self.objects.iter().map(|id| self.object(service, *id)).collect();
        }
        run
    }

    fn object(&self, service: &Service, id: i64) -> Json {
        let status = match self.status.as_str() {
            _ if self.failed.contains(&id) => "kFailed",
            "Accepted" | "Running" | "Canceling" | "Finalizing" => "kInProgress",
            "Paused" => "kCurrentAttemptPaused",
            "Succeeded" => "kSuccessful",
            "SucceededWithWarning" => "kWarning",
            _ => "kFailed",
        };
        let mut snapshot = json!({
            "status": status,
            "startTimeUsecs": self.started,
            "isManuallyDeleted": self.deleted,
            "expiryTimeUsecs": self.expiry,
        });
        if self.is_kept() && !self.failed.contains(&id) {
            snapshot["snapshotId"] = json!(super::snapshots::id_of(&self.id, id));
        }
        json!({
            "object": service.thing(id).map(|thing| thing.summary(&service.things)),
            "localSnapshotInfo": {"snapshotInfo": snapshot},
            "onLegalHold": self.hold,
        })
    }
}

/// The runs of a window of time, the latest first.
pub(super) fn list(call: &mut Call<'_>) -> Answer {
    groups::place(call)?;
    let by_end = call.flag("filterByEndTime") == Some(true);
    if by_end && call.flag("filterByCopyTaskEndTime") == Some(true) {
        return Err(Fault::invalid("filterByCopyTaskEndTime in query excludes filterByEndTime"));
    }
    let (from, to) = (call.int("startTimeUsecs"), call.int("endTimeUsecs"));
    let bounded = from.is_some() || to.is_some();
    // The clock counts milliseconds; what begins within this one has begun.
    let to = to.unwrap_or_else(|| call.service.usecs() + 999);
    let from = from.unwrap_or_else(|| to.saturating_sub(WINDOW));
    let id = call.id();
    let mut found: Vec<&Run> = call
        .service
        .runs
        .iter()
        .filter(|run| run.group == id)
        .filter(|run| {
            let at = if by_end { run.ended.unwrap_or(i64::MAX) } else { run.started };
            (from..=to).contains(&at)
        })
        .filter(|run| matches(call, run))
        .collect();
    found.sort_by_key(|run| std::cmp::Reverse(run.started));
    let count = usize::try_from(call.int("numRuns").unwrap_or(RUNS).max(0)).unwrap_or(0);
    let details = call.flag("includeObjectDetails") == Some(true);
    let runs: Vec<Json> = found.iter().take(count).map(|run| run.shown(call.service, details)).collect();
    let mut answer = json!({"runs": runs});
    // Without a bound the service does not count.
    if bounded {
        answer["totalRuns"] = json!(found.len());
    }
    Ok(Response::json(200, &answer))
}

fn matches(call: &Call<'_>, run: &Run) -> bool {
    // The filter has a word of its own for incremental runs, and one for all.
    let word = if run.kind == "kRegular" { "kIncremental" } else { run.kind.as_str() };
    call.wants("runId", &run.id)
        && (call.wants("runTypes", word)
            || call.list("runTypes").is_some_and(|types| types.contains(&"kAll")))
        && call.wants("localBackupRunStatus", &run.status)
        && call.wants("snapshotTargetTypes", "Local")
        && (call.flag("excludeNonRestorableRuns") != Some(true) || run.is_kept())
        && ["replicationRunStatus", "archivalRunStatus", "cloudSpinRunStatus", "runTags"]
            .iter()
            .all(|name| call.list(name).is_none())
}

/// Begins a run. The answer does not say which.
pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let group = call.service.groups[groups::place(call)?].clone();
    let id = call.id();
    if group["isDeleted"] == true {
        return Err(Fault::conflict("The protection group is deleted"));
    }
    if call.service.runs.iter().any(|run| run.group == id && run.is_active()) {
        return Err(Fault::conflict("A run of the protection group is under way"));
    }
    let kind = call.text("runType").to_owned();
    if kind == "kLog" && group["environment"] != "kSQL" {
        return Err(Fault::invalid("runType in body: only databases have log backups"));
    }
    let all = groups::objects(&group);
    let chosen: Vec<i64> =
        call.body["objects"].as_array().into_iter().flatten().filter_map(|one| one["id"].as_i64()).collect();
    if let Some(stranger) = chosen.iter().find(|id| !all.contains(id)) {
        return Err(Fault::invalid(format!("objects in body: {stranger} is not in the protection group")));
    }
    let objects = if chosen.is_empty() { all } else { chosen };
    let run = begin(call.service, &group, &kind, objects);
    call.service.runs.push(run);
    Ok(Response::json(202, &json!({"protectionGroupId": id})))
}

/// A run that begins now.
pub(super) fn begin(service: &mut Service, group: &Json, kind: &str, objects: Vec<i64>) -> Run {
    let now = service.clock.now();
    let started = now * 1000 + service.random.between(1, 998);
    let retention =
        service.policy_of(group).map(|policy| policy["backupPolicy"]["regular"]["retention"].clone());
    let retention = retention.unwrap_or_default();
    let lock = &retention["dataLockConfig"];
    let instance = group["_instance"].as_i64().unwrap_or_default();
    Run {
        id: format!("{instance}:{started}"),
        group: group["id"].as_str().unwrap_or_default().to_owned(),
        group_name: group["name"].as_str().unwrap_or_default().to_owned(),
        instance,
        environment: group["environment"].as_str().unwrap_or_default().to_owned(),
        kind: kind.to_owned(),
        status: "Accepted".to_owned(),
        started,
        ended: None,
        expiry: started + policies::days(&retention).max(14) * DAY,
        lock: lock["mode"].as_str().map(|mode| (mode.to_owned(), started + policies::days(lock) * DAY)),
        hold: false,
        deleted: false,
        late: false,
        objects,
        failed: Vec::new(),
        begins_at: now + WAIT,
        ends_at: now + WAIT + service.work,
        paused_at: None,
    }
}
