//! Objects as searches show them.

use serde_json::{Value as Json, json};

use super::runs::Run;
use super::service::{CLUSTER, INCARNATION, Service, Thing};
use super::{groups, snapshots};

/// The runs that took an object in.
pub(super) fn runs_of(service: &Service, id: i64) -> Vec<&Run> {
    service.runs.iter().filter(|run| run.objects.contains(&id) && !run.failed.contains(&id)).collect()
}

/// The group that protects an object.
pub(super) fn group_of(service: &Service, id: i64) -> Option<&Json> {
    service.groups.iter().find(|group| group["isDeleted"] != true && groups::objects(group).contains(&id))
}

/// How filters name the cluster.
pub(super) fn cluster_identifier() -> String {
    format!("{CLUSTER}:{INCARNATION}")
}

/// An object with its protection.
pub(super) fn found(service: &Service, thing: &Thing) -> Json {
    let mut object = thing.summary(&service.things);
    let runs = runs_of(service, thing.id);
    let last = runs.iter().max_by_key(|run| run.started);
    if let Some(group) = group_of(service, thing.id) {
        let policy = service.policy_of(group);
        let mut of_group = json!({
            "id": group["id"],
            "name": group["name"],
            "policyId": group["policyId"],
            "policyName": policy.map(|policy| policy["name"].clone()),
            "lastRunSlaViolated": last.is_some_and(|run| run.late),
        });
        let mut info = json!({
            "objectId": thing.id,
            "sourceId": thing.source_id,
            "clusterId": CLUSTER,
            "clusterIncarnationId": INCARNATION,
            "tenantIds": [service.tenant],
            "isDeleted": false,
        });
        // The vocabulary of objects has no word for a pause.
        if let Some(run) = last.filter(|run| run.status != "Paused") {
            of_group["lastBackupRunStatus"] = json!(run.status);
            info["lastRunStatus"] = json!(run.status);
        }
        info["protectionGroups"] = json!([of_group]);
        object["objectProtectionInfos"] = json!([info]);
    }
    object
}

/// An object with the latest snapshot of each group.
pub(super) fn with_snapshots(service: &Service, thing: &Thing, runs: &[&Run]) -> Json {
    let mut object = thing.summary(&service.things);
    let mut latest: Vec<&Run> = Vec::new();
    for run in runs {
        match latest.iter_mut().find(|other| other.group == run.group) {
            Some(other) if other.started < run.started => *other = run,
            Some(_) => {}
            None => latest.push(run),
        }
    }
    let shown = latest.into_iter().map(|run| {
        json!({
            "localSnapshotInfo": {
                "snapshotId": snapshots::id_of(&run.id, thing.id),
                "logicalSizeBytes": thing.bytes,
            },
            "indexingStatus": "Done",
            "protectionGroupId": run.group,
            "protectionGroupName": run.group_name,
            "runInstanceId": run.instance,
            "protectionRunId": run.id,
            "runType": run.kind,
            "protectionRunStartTimeUsecs": run.started,
            "protectionRunEndTimeUsecs": run.ended,
        })
    });
    object["latestSnapshotsInfo"] = shown.collect();
    object
}
