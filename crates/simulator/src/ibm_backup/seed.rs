//! What a tenant starts with.

use serde_json::{Value as Json, json};

use super::runs::{self, DAY, Run};
use super::service::{Service, Thing};
use super::{connections, service};
use crate::world::Settings;

/// The demo's tenant.
pub(super) const TENANT: &str = "bx7deck042/";
/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

/// A tenant with machines, databases, groups and a month of runs.
pub(super) fn service(settings: &Settings) -> Service {
    let mut service = Service::new(settings.clock, TENANT);
    sources(&mut service);
    policies(&mut service);
    groups(&mut service);
    history(&mut service);
    recoveries(&mut service);
    service
}

fn sources(service: &mut Service) {
    for (name, connectors) in [("plant-1", &["plant-1-a", "plant-1-b"][..]), ("plant-2", &["plant-2-a"][..])]
    {
        let connection = connections::make(service, &json!(name));
        for name in connectors {
            let connector = connections::make_connector(service, &connection["connectionId"], name);
            service.connectors.push(connector);
        }
        service.connections.push(connection);
    }
    let first = service.connections.first().map(|one| one["connectionId"].clone()).unwrap_or_default();
    let now = service.clock.now();
    let hosts = [
        ("files-01", "kLinux", "kPhysical"),
        ("files-02", "kLinux", "kPhysical"),
        ("build-01", "kLinux", "kPhysical"),
        ("mail-01", "kWindows", "kPhysical"),
        ("sql-01", "kWindows", "kSQL"),
        ("sql-02", "kWindows", "kSQL"),
        ("spare-01", "kLinux", "kPhysical"),
    ];
    for (index, (name, os, environment)) in (0_i64..).zip(hosts) {
        let id = 4_100 + index * 20;
        let host = thing(id, id, name, "kPhysical", "kHost", os);
        let mut params = json!({
            "endpoint": format!("{name}.storage.example"),
            "hostType": os,
            "physicalType": "kHost",
        });
        if environment == "kSQL" {
            params["applications"] = json!(["kSQL"]);
        }
        service.registrations.push(json!({
            "id": id,
            "sourceId": id,
            "environment": "kPhysical",
            "name": name,
            "dataSourceConnectionId": first,
            "authenticationStatus": "Finished",
            "registrationTimeMsecs": now - 90 * DAY / 1000,
            "lastRefreshedTimeMsecs": now - 7_200_000,
            "physicalParams": params,
            "sourceInfo": host.summary(std::slice::from_ref(&host)),
            "externalMetadata": {"maintenanceModeConfig": {"userMessage": ""}},
        }));
        service.things.push(host);
        if environment == "kSQL" {
            for (index, database) in (1_i64..).zip(["orders", "ledger", "people"]) {
                let name = format!("{name}/{database}");
                service.things.push(thing(id + index, id, &name, "kSQL", "kDatabase", os));
            }
        }
    }
}

fn thing(
    id: i64,
    source_id: i64,
    name: &str,
    environment: &'static str,
    kind: &'static str,
    os: &'static str,
) -> Thing {
    let bytes = 20_000_000_000 + id * 12_345_678;
    Thing { id, source_id, name: name.to_owned(), environment, kind, os, bytes }
}

fn policies(service: &mut Service) {
    let now = service.usecs();
    let daily = |weeks: i64| {
        json!({"regular": {
            "incremental": {"schedule": {"unit": "Days", "daySchedule": {"frequency": 1}}},
            "retention": {"unit": "Weeks", "duration": weeks},
            "primaryBackupTarget": {"useDefaultBackupTarget": true},
        }})
    };
    let mut locked = daily(4);
    locked["regular"]["retention"]["dataLockConfig"] =
        json!({"mode": "Compliance", "unit": "Weeks", "duration": 1});
    let mut logs = daily(5);
    logs["log"] = json!({
        "schedule": {"unit": "Hours", "hourSchedule": {"frequency": 1}},
        "retention": {"unit": "Days", "duration": 14},
    });
    let list = [
        ("daily-5w", "Every day, kept for five weeks", daily(5)),
        ("daily-locked", "Every day, and nobody can delete it for a week", locked),
        ("databases", "Every day, logs every hour", logs),
        ("unused", "Nothing follows it", daily(1)),
    ];
    for (name, description, backup) in list {
        let id = service.long_id();
        service.policies.push(json!({
            "id": id,
            "name": name,
            "description": description,
            "backupPolicy": backup,
            "retryOptions": {"retries": 3, "retryIntervalMins": 5},
            "remoteTargetPolicy": {"archivalTargets": [{
                "targetId": 77, "configId": format!("archive-{name}"),
                "schedule": {"unit": "Weeks", "frequency": 1}, "retention": {"unit": "Years", "duration": 1},
            }]},
            "blackoutWindow": [{
                "day": "Sunday", "configId": format!("quiet-{name}"),
                "startTime": {"hour": 8, "minute": 0, "timeZone": "Europe/Berlin"},
                "endTime": {"hour": 18, "minute": 30, "timeZone": "Europe/Berlin"},
            }],
            "lastModificationTimeUsecs": now - 40 * DAY + 123,
            "isUsable": true,
            "isReplicated": false,
        }));
    }
}

fn groups(service: &mut Service) {
    let file = |ids: &[i64]| {
        let objects: Vec<Json> =
            ids.iter().map(|id| json!({"id": id, "filePaths": [{"includedPath": "/"}]})).collect();
        json!({"protectionType": "kFile", "fileProtectionTypeParams": {
            "objects": objects,
            "indexingPolicy": {"enableIndexing": true, "includePaths": ["/"]},
        }})
    };
    let databases = json!({"protectionType": "kFile", "fileProtectionTypeParams": {
        "objects": [{"id": 4181}, {"id": 4182}, {"id": 4183}], "backupSystemDbs": true,
    }});
    let volumes = json!({"protectionType": "kVolume", "volumeProtectionTypeParams": {
        "objects": [{"id": 4160}], "quiesce": true,
    }});
    let list = [
        ("files-nightly", 0, "kPhysical", file(&[4100, 4120]), false),
        ("build-nightly", 1, "kPhysical", file(&[4140]), false),
        ("mail-volumes", 0, "kPhysical", volumes, true),
        ("databases", 2, "kSQL", databases, false),
    ];
    let now = service.usecs();
    for (name, policy, environment, params, paused) in list {
        let (id, instance) = (service.long_id(), service.number());
        let policy = service.policies.get(policy).map(|policy| policy["id"].clone());
        let member = if environment == "kSQL" { "mssqlParams" } else { "physicalParams" };
        service.groups.push(json!({
            "id": id,
            "name": name,
            "policyId": policy,
            "environment": environment,
            "priority": "kMedium",
            "startTime": {"hour": 1, "minute": 30, "timeZone": "Europe/Berlin"},
            "sla": [{"backupRunType": "kIncremental", "slaMinutes": 120}],
            "alertPolicy": {"backupRunStatus": ["kFailure"], "alertTargets": [{"emailAddress": "backup@storage.example", "language": "en-us", "recipientType": "kTo"}]},
            "qosPolicy": "kBackupHDD",
            "isPaused": paused,
            "isActive": true,
            "isDeleted": false,
            "isProtectOnce": false,
            "clusterId": service::CLUSTER.to_string(),
            "regionId": "eu-de",
            "lastModifiedTimestampUsecs": now - 30 * DAY + 456,
            "_instance": instance,
            member: params,
        }));
    }
}

/// A month of nights, and four days of hourly logs.
fn history(service: &mut Service) {
    let now = service.usecs();
    for group in service.groups.clone() {
        let sql = group["environment"] == "kSQL";
        for night in (1..=30).rev() {
            let kind = if night % 7 == 0 { "kFull" } else { "kRegular" };
            let run = past(service, &group, kind, now - night * DAY + 1_234_567);
            service.runs.push(run);
        }
        for hour in (1..=96).rev().filter(|_| sql) {
            let run = past(service, &group, "kLog", now - hour * HOUR + 765_432);
            service.runs.push(run);
        }
    }
}

fn past(service: &mut Service, group: &Json, kind: &str, started: i64) -> Run {
    let objects = super::groups::objects(group);
    let mut run = runs::begin(service, group, kind, objects);
    let life = run.expiry - run.started;
    let lock = run.lock.take().map(|(mode, until)| (mode, started + until - run.started));
    let length = HOUR / 4 + service.random.between(0, HOUR);
    let (status, failed) = match service.random.below(20) {
        0 => ("Failed", run.objects.clone()),
        1 => ("SucceededWithWarning", Vec::new()),
        2 => ("Canceled", Vec::new()),
        _ => ("Succeeded", Vec::new()),
    };
    Run {
        id: format!("{}:{started}", run.instance),
        status: status.to_owned(),
        ended: Some(started + length),
        expiry: started + life,
        late: length > HOUR,
        begins_at: started / 1000,
        ends_at: (started + length) / 1000,
        started,
        lock,
        failed,
        ..run
    }
}

fn recoveries(service: &mut Service) {
    let now = service.usecs();
    let Some(run) = service.runs.iter().find(|run| run.is_kept() && run.environment == "kPhysical") else {
        return;
    };
    let object = run.objects.first().copied().unwrap_or_default();
    let snapshot = super::snapshots::id_of(&run.id, object);
    let target = json!({"recoverTarget": {"id": object}, "restoreToOriginalPaths": true});
    for (name, status, age) in [("ledger of march", "Succeeded", 9), ("whole home", "Failed", 4)] {
        let id = service.long_id();
        service.recoveries.push(json!({
            "id": id,
            "name": name,
            "status": status,
            "startTimeUsecs": now - age * DAY,
            "endTimeUsecs": now - age * DAY + HOUR / 3,
            "snapshotEnvironment": "kPhysical",
            "recoveryAction": "RecoverFiles",
            "creationInfo": {"userName": "admin"},
            "canTearDown": false,
            "isParentRecovery": false,
            "messages": if status == "Failed" { json!(["The agent did not answer"]) } else { json!([]) },
            "physicalParams": {
                "objects": [{"snapshotId": snapshot}],
                "recoveryAction": "RecoverFiles",
                "recoverFileAndFolderParams": {
                    "targetEnvironment": "kPhysical",
                    "filesAndFolders": [{"absolutePath": "/var/lib/ledger", "isDirectory": true}],
                    "physicalTargetParams": target,
                },
            },
        }));
    }
}
