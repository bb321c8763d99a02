//! Snapshots of objects, moments to restore to, and single files.

use base64::Engine as _;
use serde_json::{Value as Json, json};

use super::Answer;
use super::call::{Call, listed};
use super::fault::Fault;
use super::runs::Run;
use super::service::{CLUSTER, INCARNATION, Service, Thing};
use super::{files, search};
use crate::message::Response;

/// Length of a snapshot's id.
const LENGTH: usize = 216;

/// The id of an object's snapshot: opaque, long, and with characters that a path has to escape.
pub(super) fn id_of(run: &str, object: i64) -> String {
    let plain = format!("snapshot?>{run}?>{object}?>");
    let encoded = base64::engine::general_purpose::STANDARD.encode(plain);
    format!("{encoded:/<LENGTH$}")
}

/// The snapshot of that id as answers show it.
///
/// # Errors
///
/// 404 if it is not there, or not any more.
pub(super) fn find(service: &Service, id: &str) -> Result<Json, Fault> {
    service
        .runs
        .iter()
        .filter(|run| run.is_kept())
        .flat_map(|run| run.objects.iter().map(move |object| (run, *object)))
        .find(|(run, object)| id_of(&run.id, *object) == id && !run.failed.contains(object))
        .and_then(|(run, object)| Some(shown(run, service.thing(object)?)))
        .ok_or_else(|| Fault::absent("snapshot", id))
}

fn shown(run: &Run, thing: &Thing) -> Json {
    json!({
        "id": id_of(&run.id, thing.id),
        "objectId": thing.id,
        "objectName": thing.name,
        "environment": thing.environment,
        "sourceId": thing.source_id,
        "clusterId": CLUSTER,
        "clusterIncarnationId": INCARNATION,
        "snapshotTimestampUsecs": run.started,
        "runStartTimeUsecs": run.started,
        "runType": run.kind,
        "runInstanceId": run.instance,
        "protectionGroupId": run.group,
        "protectionGroupName": run.group_name,
        "protectionGroupRunId": run.id,
        "snapshotTargetType": "Local",
        "ownershipContext": "Local",
        "expiryTimeUsecs": run.expiry,
        "hasDataLock": run.lock.is_some(),
        "onLegalHold": run.hold,
        "indexingStatus": "Done",
        "regionId": "eu-de",
    })
}

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let id = call.number("object")?;
    let service = &*call.service;
    let thing = service.thing(id).ok_or_else(|| Fault::absent("object", &call.id()))?;
    let mut runs: Vec<&Run> = service
        .runs
        .iter()
        .filter(|run| run.is_kept() && run.objects.contains(&id) && !run.failed.contains(&id))
        .filter(|run| {
            let within = |from: &str, to: &str| {
                call.int(from).is_none_or(|from| run.started >= from)
                    && call.int(to).is_none_or(|to| run.started <= to)
            };
            within("fromTimeUsecs", "toTimeUsecs")
                && within("runStartFromTimeUsecs", "runStartToTimeUsecs")
                && call.wants("runTypes", &run.kind)
                && call.wants("protectionGroupIds", &run.group)
                && call.wants("runInstanceIds", &run.instance.to_string())
                && call.wants("regionIds", "eu-de")
                && call.wants("objectActionKeys", thing.environment)
                && call.list("snapshotActions").is_none_or(|wanted| {
                    search::actions(thing.environment).iter().any(|action| wanted.contains(action))
                })
        })
        .collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.started));
    Ok(listed("snapshots", runs.into_iter().map(|run| shown(run, thing)).collect()))
}

/// Full snapshots, and ranges of time that log backups cover. 201 although nothing is made.
pub(super) fn restore_points(call: &mut Call<'_>) -> Answer {
    let number = |name: &str| call.body[name].as_i64().unwrap_or_default();
    let (from, to) = (number("startTimeUsecs"), number("endTimeUsecs"));
    if from > to {
        return Err(Fault::invalid("endTimeUsecs in body must not be before startTimeUsecs"));
    }
    let groups: Vec<&str> =
        call.body["protectionGroupIds"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    let service = &*call.service;
    let mut runs: Vec<&Run> = service
        .runs
        .iter()
        .filter(|run| groups.contains(&run.group.as_str()) && run.is_kept())
        .filter(|run| run.environment == call.text("environment") && (from..=to).contains(&run.started))
        .collect();
    runs.sort_by_key(|run| run.started);
    let full = runs.iter().filter(|run| run.kind != "kLog").map(|run| {
        json!({"restoreInfo": {
            "protectionGroupId": run.group,
            "runStartTimeUsecs": run.started,
            "attemptNumber": 1,
            "objectInfo": run.objects.first().and_then(|id| service.thing(*id)).map(|thing| thing.summary(&service.things)),
        }})
    });
    let full: Vec<Json> = full.collect();
    let mut ranges: Vec<(i64, i64, &str)> = Vec::new();
    for run in runs.iter().filter(|run| run.kind == "kLog") {
        // Logs of two hours in a row cover all that is between.
        match ranges.last_mut() {
            Some((_, end, group)) if *group == run.group && run.started - *end < 2 * 3_600_000_000 => {
                *end = run.started;
            }
            _ => ranges.push((run.started, run.started, &run.group)),
        }
    }
    let ranges: Vec<Json> = ranges
        .into_iter()
        .map(|(start, end, group)| json!({"startTimeUsecs": start, "endTimeUsecs": end, "protectionGroupId": group}))
        .collect();
    Ok(Response::json(201, &json!({"fullSnapshotInfo": full, "timeRangeInfo": {"timeRanges": ranges}})))
}

pub(super) fn download_file(call: &mut Call<'_>) -> Answer {
    let snapshot = find(call.service, &call.id())?;
    let Some(path) = call.request.parameter("filePath").filter(|path| !path.is_empty()) else {
        return Err(Fault::invalid("filePath in query is required"));
    };
    let object = snapshot["objectId"].as_i64().unwrap_or_default();
    let Some(file) = search::files_of(object).into_iter().find(|file| file.path() == path) else {
        return Err(Fault::absent("file", path));
    };
    files::piece(call, "application/octet-stream", file.name, path, file.bytes)
}
