//! Policies.

use serde_json::{Value as Json, json};

use super::Answer;
use super::call::{Call, listed};
use super::fault::Fault;
use super::service::{Service, given, public};
use crate::message::Response;

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let stats = call.flag("includeStats") == Some(true);
    let found = call.service.policies.iter().filter(|policy| {
        let text = |name: &str| policy[name].as_str().unwrap_or_default();
        call.wants("ids", text("id"))
            && call.wants("policyNames", text("name"))
            && call.wants("types", "Regular")
            && (call.flag("excludeLinkedPolicies") != Some(true) || policy["templateId"].is_null())
            && (call.flag("includeReplicatedPolicies") == Some(true) || policy["isReplicated"] != true)
    });
    Ok(listed("policies", found.map(|policy| shown(call.service, policy, stats)).collect()))
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let policy = &call.service.policies[place(call)?];
    Ok(Response::json(200, &shown(call.service, policy, true)))
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    check(call, None)?;
    let mut policy = Json::Object(given(&call.body));
    policy["id"] = json!(call.service.long_id());
    finish(call.service, &mut policy);
    let answer = shown(call.service, &policy, true);
    call.service.policies.push(policy);
    Ok(Response::json(201, &answer))
}

/// Puts the body in place of the policy: what it leaves out is gone.
pub(super) fn update(call: &mut Call<'_>) -> Answer {
    let place = place(call)?;
    let old = call.service.policies[place].clone();
    let seen = &call.body["lastModificationTimeUsecs"];
    if !seen.is_null() && *seen != old["lastModificationTimeUsecs"] {
        return Err(Fault::stale("policy"));
    }
    check(call, old["id"].as_str())?;
    let mut policy = Json::Object(given(&call.body));
    policy["id"] = old["id"].clone();
    finish(call.service, &mut policy);
    let answer = shown(call.service, &policy, true);
    call.service.policies[place] = policy;
    Ok(Response::json(200, &answer))
}

pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    let place = place(call)?;
    let users = groups_of(call.service, &call.service.policies[place]);
    if users > 0 {
        return Err(Fault::conflict(format!("The policy is used by {users} protection groups")));
    }
    call.service.policies.remove(place);
    Ok(Response::empty(204))
}

fn place(call: &Call<'_>) -> Result<usize, Fault> {
    let id = call.id();
    let mut policies = call.service.policies.iter();
    policies.position(|policy| policy["id"] == id.as_str()).ok_or_else(|| Fault::absent("policy", &id))
}

fn groups_of(service: &Service, policy: &Json) -> usize {
    service
        .groups
        .iter()
        .filter(|group| group["isDeleted"] != true && group["policyId"] == policy["id"])
        .count()
}

/// What the service adds to a policy that was given.
fn finish(service: &mut Service, policy: &mut Json) {
    policy["lastModificationTimeUsecs"] = json!(service.stamp());
    policy["isUsable"] = json!(true);
    policy["isReplicated"] = json!(false);
    if let Some(windows) = policy["blackoutWindow"].as_array_mut() {
        for (index, window) in windows.iter_mut().enumerate() {
            if window["configId"].is_null() {
                window["configId"] = json!(format!("window-{}-{index}", service.usecs()));
            }
        }
    }
}

fn shown(service: &Service, policy: &Json, stats: bool) -> Json {
    let mut answer = public(policy);
    if stats {
        answer["numProtectionGroups"] = json!(groups_of(service, policy));
        let groups = service.groups.iter().filter(|group| group["policyId"] == policy["id"]);
        answer["numProtectedObjects"] =
            json!(groups.map(|group| super::groups::objects(group).len()).sum::<usize>());
    }
    answer
}

/// What the model alone does not say: names, and schedules whose block is that of the unit.
fn check(call: &Call<'_>, own: Option<&str>) -> Result<(), Fault> {
    let name = call.text("name");
    if name.trim().is_empty() {
        return Err(Fault::invalid("name in body should be at least 1 chars long"));
    }
    let is_taken =
        call.service.policies.iter().any(|policy| policy["name"] == name && policy["id"].as_str() != own);
    if is_taken {
        return Err(Fault::conflict(format!("name in body must be unique: there is a policy {name}")));
    }
    let regular = &call.body["backupPolicy"]["regular"];
    let at = "backupPolicy.regular";
    schedule(&regular["incremental"]["schedule"], &format!("{at}.incremental.schedule"))?;
    schedule(&regular["full"]["schedule"], &format!("{at}.full.schedule"))?;
    for (index, full) in regular["fullBackups"].as_array().into_iter().flatten().enumerate() {
        schedule(&full["schedule"], &format!("{at}.fullBackups.{index}.schedule"))?;
        retention(&full["retention"], &format!("{at}.fullBackups.{index}.retention"))?;
    }
    schedule(&call.body["backupPolicy"]["log"]["schedule"], "backupPolicy.log.schedule")?;
    retention(&regular["retention"], &format!("{at}.retention"))
}

/// The block that belongs to a unit.
const BLOCKS: [(&str, &str); 6] = [
    ("Minutes", "minuteSchedule"),
    ("Hours", "hourSchedule"),
    ("Days", "daySchedule"),
    ("Weeks", "weekSchedule"),
    ("Months", "monthSchedule"),
    ("Years", "yearSchedule"),
];

fn schedule(schedule: &Json, at: &str) -> Result<(), Fault> {
    let Some(unit) = schedule["unit"].as_str() else { return Ok(()) };
    for (of, block) in BLOCKS {
        if of == unit && schedule[block].is_null() {
            return Err(Fault::invalid(format!("{at}.{block} in body is required for the unit {unit}")));
        }
        if of != unit && !schedule[block].is_null() {
            return Err(Fault::invalid(format!("{at}.{block} in body does not belong to the unit {unit}")));
        }
    }
    let block = BLOCKS.iter().find(|(of, _)| *of == unit).map(|(_, block)| &schedule[*block]);
    if block.is_some_and(|block| block["frequency"].as_i64().is_some_and(|frequency| frequency < 1)) {
        return Err(Fault::invalid(format!("{at} in body should have a frequency of at least 1")));
    }
    Ok(())
}

/// How many days a retention is: its units are of a fixed length.
pub(super) fn days(retention: &Json) -> i64 {
    let unit = match retention["unit"].as_str() {
        Some("Weeks") => 7,
        Some("Months") => 30,
        Some("Years") => 365,
        _ => 1,
    };
    retention["duration"].as_i64().unwrap_or(0).saturating_mul(unit)
}

fn retention(retention: &Json, at: &str) -> Result<(), Fault> {
    if retention.is_null() {
        return Ok(());
    }
    if days(retention) < 1 {
        return Err(Fault::invalid(format!("{at}.duration in body should be greater than or equal to 1")));
    }
    if days(&retention["dataLockConfig"]) > days(retention) {
        return Err(Fault::invalid(format!(
            "{at}.dataLockConfig.duration in body must not exceed the retention"
        )));
    }
    Ok(())
}
