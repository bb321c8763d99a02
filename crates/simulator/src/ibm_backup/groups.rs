//! Protection groups.

use serde_json::{Value as Json, json};

use super::Answer;
use super::call::{Call, listed};
use super::fault::Fault;
use super::service::{CLUSTER, Service, given, public};
use crate::message::Response;

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let found: Vec<&Json> = call.service.groups.iter().filter(|group| matches(call, group)).collect();
    let shown = found.into_iter().map(|group| shown(call, group)).collect();
    Ok(listed("protectionGroups", shown))
}

fn matches(call: &Call<'_>, group: &Json) -> bool {
    let text = |name: &str| group[name].as_str().unwrap_or_default();
    let last = last_run(call.service, group);
    let status = last["localBackupInfo"]["status"].as_str().unwrap_or_default();
    let flag = |name: &str, value: bool| call.flag(name).is_none_or(|wanted| wanted == value);
    let of_sources = call.list("sourceIds").is_none_or(|ids| {
        objects(group).iter().filter_map(|id| call.service.thing(*id)).any(|thing| {
            ids.contains(&thing.source_id.to_string().as_str())
                || ids.contains(&thing.id.to_string().as_str())
        })
    });
    let locks = || {
        let policy = call.service.policy_of(group);
        policy
            .is_some_and(|policy| !policy["backupPolicy"]["regular"]["retention"]["dataLockConfig"].is_null())
    };
    call.wants("ids", text("id"))
        && call.wants("names", text("name"))
        && call.wants("policyIds", text("policyId"))
        && call.wants("environments", text("environment"))
        && call.wants("lastRunLocalBackupStatus", status)
        && call.wants("lastRunAnyStatus", status)
        // Nothing here copies its runs, so nothing has a status of copies.
        && ["lastRunReplicationStatus", "lastRunArchivalStatus", "lastRunCloudSpinStatus"]
            .iter()
            .all(|name| call.list(name).is_none())
        && flag("isActive", group["isActive"] == true)
        && flag("isPaused", group["isPaused"] == true)
        && flag("isLastRunSlaViolated", last["localBackupInfo"]["isSlaViolated"] == true)
        && call.flag("isDeleted").unwrap_or(false) == (group["isDeleted"] == true)
        && (call.flag("includeGroupsWithDatalockOnly") != Some(true) || locks())
        && of_sources
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let group = &call.service.groups[place(call)?];
    Ok(Response::json(200, &shown(call, group)))
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    check(call, None)?;
    let mut group = Json::Object(given(&call.body));
    group["id"] = json!(call.service.long_id());
    group["_instance"] = json!(call.service.number());
    finish(call.service, &mut group);
    call.service.groups.push(group.clone());
    Ok(Response::json(201, &shown(call, &group)))
}

/// Puts the body in place of the group: what it leaves out is gone.
pub(super) fn update(call: &mut Call<'_>) -> Answer {
    let place = place(call)?;
    let old = call.service.groups[place].clone();
    if old["isDeleted"] == true {
        return Err(Fault::conflict("The protection group is deleted"));
    }
    let seen = &call.body["lastModifiedTimestampUsecs"];
    if !seen.is_null() && *seen != old["lastModifiedTimestampUsecs"] {
        return Err(Fault::stale("protection group"));
    }
    check(call, old["id"].as_str())?;
    let mut group = Json::Object(given(&call.body));
    group["id"] = old["id"].clone();
    group["_instance"] = old["_instance"].clone();
    finish(call.service, &mut group);
    call.service.groups[place] = group.clone();
    Ok(Response::json(200, &shown(call, &group)))
}

pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    let place = place(call)?;
    let id = call.id();
    let busy = |service: &Service| service.runs.iter().any(|run| run.group == id && run.is_active());
    if busy(call.service) {
        return Err(Fault::conflict("A run of the protection group is under way"));
    }
    if call.flag("deleteSnapshots") == Some(true) {
        let now = call.service.usecs();
        if call.service.runs.iter().any(|run| run.group == id && run.is_kept() && run.is_bound(now)) {
            return Err(Fault::conflict("Backups of the group are locked or under legal hold"));
        }
        call.service.runs.retain(|run| run.group != id);
        call.service.groups.remove(place);
    } else {
        call.service.groups[place]["isDeleted"] = json!(true);
        call.service.groups[place]["isActive"] = json!(false);
    }
    Ok(Response::empty(204))
}

pub(super) fn place(call: &Call<'_>) -> Result<usize, Fault> {
    let id = call.id();
    let mut groups = call.service.groups.iter();
    groups.position(|group| group["id"] == id.as_str()).ok_or_else(|| Fault::absent("protection group", &id))
}

/// What the service adds to a group that was given.
fn finish(service: &mut Service, group: &mut Json) {
    group["lastModifiedTimestampUsecs"] = json!(service.stamp());
    group["clusterId"] = json!(CLUSTER.to_string());
    group["regionId"] = json!("eu-de");
    group["isActive"] = json!(true);
    group["isDeleted"] = json!(false);
    group["isProtectOnce"] = json!(false);
    if group["isPaused"].is_null() {
        group["isPaused"] = json!(false);
    }
    if group["priority"].is_null() {
        group["priority"] = json!("kMedium");
    }
}

/// The block of a group's settings that its environment and type choose.
fn block(group: &Json) -> &Json {
    let params =
        if group["environment"] == "kSQL" { &group["mssqlParams"] } else { &group["physicalParams"] };
    match params["protectionType"].as_str() {
        Some("kFile") => &params["fileProtectionTypeParams"],
        Some("kVolume") => &params["volumeProtectionTypeParams"],
        Some("kNative") => &params["nativeProtectionTypeParams"],
        _ => &Json::Null,
    }
}

/// The ids of what a group protects.
pub(super) fn objects(group: &Json) -> Vec<i64> {
    let objects = block(group)["objects"].as_array().into_iter().flatten();
    objects.filter_map(|object| object["id"].as_i64()).collect()
}

fn last_run(service: &Service, group: &Json) -> Json {
    let runs = service.runs.iter().filter(|run| group["id"] == run.group.as_str());
    runs.max_by_key(|run| run.started).map_or(Json::Null, |run| run.shown(service, false))
}

fn shown(call: &Call<'_>, group: &Json) -> Json {
    let mut answer = public(group);
    answer["numProtectedObjects"] = json!(objects(group).len());
    if call.flag("includeLastRunInfo") == Some(true) {
        let last = last_run(call.service, group);
        if !last.is_null() {
            answer["lastRun"] = last;
        }
    }
    if call.flag("pruneSourceIds") == Some(true)
        && let Some(members) = answer.as_object_mut()
    {
        members.remove("physicalParams");
        members.remove("mssqlParams");
    }
    answer
}

/// What the model alone does not say.
fn check(call: &Call<'_>, own: Option<&str>) -> Result<(), Fault> {
    let body = &call.body;
    let name = call.text("name");
    if name.trim().is_empty() {
        return Err(Fault::invalid("name in body should be at least 1 chars long"));
    }
    let mut groups = call.service.groups.iter();
    if groups.any(|group| group["name"] == name && group["isDeleted"] != true && group["id"].as_str() != own)
    {
        return Err(Fault::conflict(format!("name in body must be unique: there is a group {name}")));
    }
    if !call.service.policies.iter().any(|policy| policy["id"] == body["policyId"]) {
        return Err(Fault::invalid("policyId in body is not the id of a policy"));
    }
    let (wanted, other) = match body["environment"].as_str() {
        Some("kSQL") => ("mssqlParams", "physicalParams"),
        _ => ("physicalParams", "mssqlParams"),
    };
    if body[wanted].is_null() {
        return Err(Fault::invalid(format!("{wanted} in body is required for the environment")));
    }
    if !body[other].is_null() {
        return Err(Fault::invalid(format!("{other} in body does not belong to the environment")));
    }
    if block(body).is_null() {
        return Err(Fault::invalid(format!(
            "{wanted}.protectionType in body must be the type whose parameters are given"
        )));
    }
    let ids = objects(body);
    if ids.is_empty() {
        return Err(Fault::invalid(format!("{wanted} in body must name an object")));
    }
    if let Some(unknown) = ids.iter().find(|id| call.service.thing(**id).is_none()) {
        return Err(Fault::invalid(format!(
            "{wanted} in body names the object {unknown}, which is not known"
        )));
    }
    if body["abortInBlackouts"] == true && body["pauseInBlackouts"] == true {
        return Err(Fault::invalid("pauseInBlackouts in body excludes abortInBlackouts"));
    }
    Ok(())
}
