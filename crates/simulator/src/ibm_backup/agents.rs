//! Agents: their packages, and upgrades of those on machines.

use serde_json::{Value as Json, json};

use super::Answer;
use super::call::{Call, listed};
use super::fault::Fault;
use super::files;
use super::service::{due, given, public};
use crate::message::Response;

/// Size of a package.
const PACKAGE: u64 = 300_000;
/// Version of the agents after an upgrade.
const VERSION: &str = "7.2.15";

pub(super) fn download(call: &mut Call<'_>) -> Answer {
    let linux = call.text("platform") == "kLinux";
    let package = call.body["linuxParams"]["packageType"].as_str();
    let name = match (linux, package) {
        (true, None) => {
            return Err(Fault::invalid("linuxParams in body is required for the platform kLinux"));
        }
        (true, Some("kScript")) => "agent-installer.sh",
        (true, Some("kDEB")) => "agent.deb",
        (true, Some(_)) => "agent.rpm",
        (false, None) => "agent.exe",
        (false, Some(_)) => {
            return Err(Fault::invalid("linuxParams in body does not belong to the platform kWindows"));
        }
    };
    files::piece(call, "application/octet-stream", name, name, PACKAGE)
}

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let found = call.service.tasks.iter().filter(|task| call.wants("ids", &task["id"].to_string()));
    Ok(listed("tasks", found.map(public).collect()))
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let now = call.service.clock.now();
    let retried = call.body["retryTaskId"].as_i64();
    let mut agents = call.body["agentIDs"].clone();
    if let Some(id) = retried {
        let old = call.service.tasks.iter_mut().find(|task| task["id"] == id);
        let old = old.ok_or_else(|| Fault::absent("task", &id.to_string()))?;
        if old["isRetryable"] != true {
            return Err(Fault::conflict("retryTaskId in body names a task that cannot be tried again"));
        }
        old["isRetryable"] = json!(false);
        let failed = old["agents"].as_array().into_iter().flatten();
        agents = failed
            .filter(|agent| agent["info"]["status"] == "Failed")
            .map(|agent| agent["id"].clone())
            .collect();
    }
    let Some(ids) = agents.as_array().filter(|ids| !ids.is_empty()) else {
        return Err(Fault::invalid("agentIDs in body should have at least 1 items"));
    };
    let begins = call.body["scheduleTimeUsecs"].as_i64();
    if let (Some(begins), Some(ends)) = (begins, call.body["scheduleEndTimeUsecs"].as_i64())
        && ends < begins
    {
        return Err(Fault::invalid("scheduleEndTimeUsecs in body must not be before scheduleTimeUsecs"));
    }
    let begins_at = begins.map_or(now, |usecs| (usecs / 1000).max(now));
    let mut task = Json::Object(given(&call.body));
    if let Some(members) = task.as_object_mut() {
        members.remove("retryTaskId");
    }
    let id = call.service.number();
    task["agents"] = ids
        .iter()
        .map(|agent| {
            json!({"id": agent, "info": {
                "name": format!("agent-{agent}"),
                "previousSoftwareVersion": "7.1.4",
                "status": "Scheduled",
            }})
        })
        .collect();
    task["agentIDs"] = agents;
    task["id"] = json!(id);
    task["clusterVersion"] = json!(VERSION);
    task["isRetryable"] = json!(false);
    task["status"] = json!("Scheduled");
    task["type"] = json!(if retried.is_some() { "Retry" } else { "Manual" });
    if let Some(retried) = retried {
        task["retriedTaskID"] = json!(retried);
    }
    task["_begins_at"] = json!(begins_at);
    task["_ends_at"] = json!(begins_at + call.service.work);
    call.service.tasks.push(task.clone());
    Ok(Response::json(201, &public(&task)))
}

/// Lets upgrades go on. An agent whose id is 13 never answers.
pub(super) fn settle(tasks: &mut [Json], now: i64) {
    for task in tasks {
        if task["status"] == "Scheduled" && due(task, "_begins_at", now) {
            task["status"] = json!("Running");
            task["startTimeUsecs"] = json!(task["_begins_at"].as_i64().unwrap_or(now) * 1000);
            each_agent(task, |agent| agent["info"]["status"] = json!("Started"));
        }
        if task["status"] == "Running" && due(task, "_ends_at", now) {
            let (mut good, mut bad) = (false, false);
            let ended = json!(task["_ends_at"].as_i64().unwrap_or(now) * 1000);
            each_agent(task, |agent| {
                let fails = agent["id"] == 13;
                (good, bad) = (good || !fails, bad || fails);
                agent["info"]["status"] = json!(if fails { "Failed" } else { "Succeeded" });
                agent["info"]["endTimeUsecs"] = ended.clone();
            });
            let status = match (good, bad) {
                (true, true) => "PartiallyFailed",
                (false, true) => "Failed",
                _ => "Succeeded",
            };
            task["status"] = json!(status);
            task["isRetryable"] = json!(bad);
            task["endTimeUsecs"] = ended;
        }
    }
}

fn each_agent(task: &mut Json, mut act: impl FnMut(&mut Json)) {
    task["agents"].as_array_mut().into_iter().flatten().for_each(&mut act);
}
