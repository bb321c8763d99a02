//! Changes of runs. One request changes several, and every run has a result of its own.

use serde_json::{Value as Json, json};

use super::super::Answer;
use super::super::call::Call;
use super::super::fault::Fault;
use super::super::groups;
use super::{DAY, Run};
use crate::message::Response;

/// Milliseconds that a run takes to come to a halt.
const HALT: i64 = 2_000;

/// Changes what is kept. 207, whatever became of the single runs.
pub(crate) fn update(call: &mut Call<'_>) -> Answer {
    groups::place(call)?;
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    let asked = call.body["updateProtectionGroupRunParams"].clone();
    for params in asked.as_array().into_iter().flatten() {
        let id = params["runId"].as_str().unwrap_or_default();
        match change(call, id, params) {
            Ok(()) => done.push(json!(id)),
            Err(fault) => failed.push(json!({"runId": id, "errorMessage": fault.message()})),
        }
    }
    Ok(Response::json(207, &json!({"successfulRunIds": done, "failedRuns": failed})))
}

fn run<'a>(call: &'a mut Call<'_>, id: &str) -> Result<&'a mut Run, Fault> {
    let group = call.id();
    let mut runs = call.service.runs.iter_mut();
    runs.find(|run| run.id == id && run.group == group).ok_or_else(|| Fault::absent("run", id))
}

fn change(call: &mut Call<'_>, id: &str, params: &Json) -> Result<(), Fault> {
    let now = call.service.usecs();
    let guards = call.account.data_security;
    let run = run(call, id)?;
    let local = &params["localSnapshotConfig"];
    if ["replicationSnapshotConfig", "archivalSnapshotConfig"].iter().any(|name| !params[*name].is_null()) {
        return Err(Fault::conflict("The run has no copies, and no target for new ones is registered"));
    }
    if run.is_active() {
        return Err(Fault::conflict("The run is under way"));
    }
    if run.deleted {
        return Err(Fault::conflict("The backup of the run is deleted"));
    }
    if local["deleteSnapshot"] == true {
        if run.is_bound(now) {
            return Err(Fault::conflict("The backup of the run is locked or under legal hold"));
        }
        run.deleted = true;
        return Ok(());
    }
    if let Some(hold) = local["enableLegalHold"].as_bool() {
        if !guards {
            return Err(Fault::conflict("Legal hold needs the data security role"));
        }
        run.hold = hold;
    }
    if let Some(mode) = local["dataLock"].as_str() {
        if run.lock.as_ref().is_some_and(|(held, _)| held == "Compliance" && mode != "Compliance") {
            return Err(Fault::conflict("A lock in the mode Compliance cannot be weakened"));
        }
        run.lock = Some((mode.to_owned(), run.expiry));
    }
    if let Some(days) = local["daysToKeep"].as_i64() {
        let expiry = run.expiry.saturating_add(days.saturating_mul(DAY));
        if days < 0 && run.lock.as_ref().is_some_and(|(_, until)| expiry < *until) {
            return Err(Fault::conflict("The backup of the run is locked for longer"));
        }
        run.expiry = expiry;
        if expiry <= now && !run.hold {
            run.deleted = true;
        }
    }
    Ok(())
}

/// Pauses, resumes or cancels. Only the list that belongs to the action counts.
pub(crate) fn act(call: &mut Call<'_>) -> Answer {
    groups::place(call)?;
    let action = call.text("action").to_owned();
    let member = match action.as_str() {
        "Pause" => "pauseParams",
        "Resume" => "resumeParams",
        _ => "cancelParams",
    };
    let asked = call.body[member].clone();
    let Some(asked) = asked.as_array().filter(|asked| !asked.is_empty()) else {
        return Err(Fault::invalid(format!("{member} in body is required for the action {action}")));
    };
    let now = call.service.clock.now();
    let mut results = Vec::new();
    for params in asked {
        let id = params["runId"].as_str().unwrap_or_default();
        let error = run(call, id).and_then(|run| move_on(run, &action, now)).err();
        match error {
            // Cancelling has no place for an error in its answer.
            Some(fault) if action == "Cancel" => return Err(fault),
            Some(fault) => results.push(json!({"runId": id, "error": fault.message()})),
            None => results.push(json!({"runId": id})),
        }
    }
    Ok(Response::json(202, &json!({"action": action, member: results})))
}

fn move_on(run: &mut Run, action: &str, now: i64) -> Result<(), Fault> {
    let next = match (action, run.status.as_str()) {
        ("Pause", "Accepted" | "Running") => {
            run.paused_at = Some(now);
            "Paused"
        }
        ("Resume", "Paused") => {
            let pause = now - run.paused_at.take().unwrap_or(now);
            run.ends_at += pause;
            "Running"
        }
        ("Cancel", "Accepted" | "Running" | "Paused" | "Finalizing") => {
            run.ends_at = now + HALT;
            "Canceling"
        }
        (_, status) => {
            let word = action.to_lowercase();
            return Err(Fault::conflict(format!("A run that is {status} takes no {word}")));
        }
    };
    next.clone_into(&mut run.status);
    Ok(())
}
