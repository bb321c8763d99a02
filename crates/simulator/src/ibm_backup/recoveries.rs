//! Recoveries: restores, and files that are prepared for download.

use serde_json::{Value as Json, json};

use super::Answer;
use super::call::{Call, listed};
use super::fault::Fault;
use super::service::{WAIT, given, public};
use super::{files, snapshots};
use crate::message::Response;

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let children = call.flag("returnOnlyChildRecoveries") == Some(true);
    if children && call.list("ids").is_none() {
        return Err(Fault::invalid("returnOnlyChildRecoveries in query needs ids"));
    }
    let found = call.service.recoveries.iter().filter(|recovery| {
        let text = |name: &str| recovery[name].as_str().unwrap_or_default();
        let started = recovery["startTimeUsecs"].as_i64().unwrap_or_default();
        let named = if children {
            call.wants("ids", text("parentRecoveryId"))
        } else {
            call.wants("ids", text("id"))
        };
        named
            && call.wants("status", text("status"))
            && call.wants("snapshotEnvironments", text("snapshotEnvironment"))
            && call.wants("recoveryActions", text("recoveryAction"))
            && call.wants("snapshotTargetType", "Local")
            && call.list("archivalTargetType").is_none()
            && call.int("startTimeUsecs").is_none_or(|from| started >= from)
            && call.int("endTimeUsecs").is_none_or(|to| started <= to)
    });
    Ok(listed("recoveries", found.map(public).collect()))
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    Ok(Response::json(200, &public(find(call)?)))
}

fn find<'a>(call: &'a Call<'_>) -> Result<&'a Json, Fault> {
    let id = call.id();
    let mut recoveries = call.service.recoveries.iter();
    recoveries.find(|recovery| recovery["id"] == id.as_str()).ok_or_else(|| Fault::absent("recovery", &id))
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let sql = call.text("snapshotEnvironment") == "kSQL";
    let (wanted, other) =
        if sql { ("mssqlParams", "physicalParams") } else { ("physicalParams", "mssqlParams") };
    let params = call.body[wanted].clone();
    if params.is_null() {
        return Err(Fault::invalid(format!("{wanted} in body is required for the environment")));
    }
    if !call.body[other].is_null() {
        return Err(Fault::invalid(format!("{other} in body does not belong to the environment")));
    }
    let action = params["recoveryAction"].as_str().unwrap_or_default().to_owned();
    let objects = if sql { &params["recoverAppParams"] } else { &params["objects"] };
    let ids: Vec<&str> =
        objects.as_array().into_iter().flatten().filter_map(|one| one["snapshotId"].as_str()).collect();
    if ids.is_empty() {
        return Err(Fault::invalid(format!("{wanted} in body must name a snapshot")));
    }
    for id in &ids {
        snapshots::find(call.service, id)?;
    }
    let block = match action.as_str() {
        "RecoverPhysicalVolumes" => Some("recoverVolumeParams"),
        "InstantVolumeMount" => Some("mountVolumeParams"),
        "RecoverFiles" => Some("recoverFileAndFolderParams"),
        "RecoverSystem" => Some("systemRecoveryParams"),
        _ => None,
    };
    if let Some(block) = block.filter(|block| params[*block].is_null()) {
        return Err(Fault::invalid(format!("{wanted}.{block} in body is required for the action {action}")));
    }
    let recovery = begin(call, &action)?;
    Ok(Response::json(201, &recovery))
}

pub(super) fn prepare_download(call: &mut Call<'_>) -> Answer {
    if !call.body["documents"].is_null() {
        return Err(Fault::invalid("documents in body excludes filesAndFolders"));
    }
    if call.body["filesAndFolders"].as_array().is_none_or(Vec::is_empty) {
        return Err(Fault::invalid("filesAndFolders in body should have at least 1 items"));
    }
    let snapshot = call.body["object"]["snapshotId"].as_str().unwrap_or_default().to_owned();
    let found = snapshots::find(call.service, &snapshot)?;
    let environment = found["environment"].clone();
    let object = call.body["object"].clone();
    let files = call.body["filesAndFolders"].clone();
    call.body["snapshotEnvironment"] = environment;
    call.body["physicalParams"] = json!({
        "objects": [object],
        "recoveryAction": "RecoverFiles",
        "downloadFileAndFolderParams": {"filesAndFolders": files},
    });
    if let Some(body) = call.body.as_object_mut() {
        for name in ["object", "filesAndFolders", "glacierRetrievalType"] {
            body.remove(name);
        }
    }
    let recovery = begin(call, "DownloadFilesAndFolders")?;
    Ok(Response::json(201, &recovery))
}

/// Takes the body as a recovery that goes on by itself.
fn begin(call: &mut Call<'_>, action: &str) -> Result<Json, Fault> {
    let name = call.text("name").to_owned();
    if name.trim().is_empty() {
        return Err(Fault::invalid("name in body should be at least 1 chars long"));
    }
    if call.service.recoveries.iter().any(|recovery| recovery["name"] == name.as_str()) {
        return Err(Fault::conflict(format!("name in body must be unique: there is a recovery {name}")));
    }
    let now = call.service.clock.now();
    let mut recovery = Json::Object(given(&call.body));
    // Credentials are used and not kept.
    forget_secrets(&mut recovery);
    let id = call.service.long_id();
    recovery["progressTaskId"] = json!(format!("{id}_progress"));
    recovery["id"] = json!(id);
    recovery["startTimeUsecs"] = json!(call.service.usecs());
    recovery["status"] = json!("Accepted");
    recovery["recoveryAction"] = json!(action);
    recovery["creationInfo"] = json!({"userName": call.account.name});
    recovery["canTearDown"] = json!(action == "InstantVolumeMount");
    recovery["isParentRecovery"] = json!(false);
    recovery["isMultiStageRestore"] = json!(false);
    recovery["_begins_at"] = json!(now + WAIT);
    recovery["_ends_at"] = json!(now + WAIT + call.service.work);
    call.service.recoveries.push(recovery.clone());
    Ok(public(&recovery))
}

fn forget_secrets(value: &mut Json) {
    match value {
        Json::Object(members) => {
            members.remove("serverCredentials");
            members.values_mut().for_each(forget_secrets);
        }
        Json::Array(items) => items.iter_mut().for_each(forget_secrets),
        _ => {}
    }
}

pub(super) fn download(call: &mut Call<'_>) -> Answer {
    let recovery = find(call)?;
    if recovery["status"] != "Succeeded" {
        return Err(Fault::conflict("The recovery has not succeeded"));
    }
    let download = recovery["recoveryAction"] == "DownloadFilesAndFolders";
    match call.request.parameter("fileType") {
        None if download => files::piece(call, "application/zip", "files.zip", &call.id(), files::ARCHIVE),
        Some(name @ ("error" | "success_files_list")) => {
            files::piece(call, "text/plain", &format!("{name}.txt"), &call.id(), files::LOG)
        }
        Some(other) => Err(Fault::invalid(format!("fileType in query is not known: {other}"))),
        None => Err(Fault::conflict("The recovery has no files to download")),
    }
}
