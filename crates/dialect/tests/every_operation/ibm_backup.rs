//! IBM Backup and Recovery: all 44 operations, in the order in which somebody would come to them.

mod random;

use boxdeck_dialect::{FailureKind, Outcome, Record, Total};
use serde_json::{Value, json};

use crate::{Console, On};

/// The key of somebody who may do everything, legal holds included.
const KEY: &str = "boxdeck-demo-dso";
const TENANT: &str = "bx7deck042/";

fn open(key: &str) -> Console {
    let options = json!({"iam": "iam/", "tenant": TENANT});
    Console::open("ibm-backup", &json!({"api_key": key, "tenant": TENANT}), &options)
}

fn record(value: Value) -> Record {
    Record(value.as_object().expect("a record").clone())
}

fn on<'a>(record: &'a Record, parent: &'a str) -> On<'a> {
    On { record: Some(record), parent: Some(parent) }
}

/// The only record of a list that is filtered so.
#[track_caller]
fn only(console: &mut Console, list: &str, filter: &Value) -> Record {
    let rows = console.list(list, None, filter).expect("a list").records;
    assert_eq!(rows.len(), 1, "{list} {filter}");
    rows.get(0).expect("a row")
}

fn text(record: &Record, field: &str) -> String {
    record.text(field).unwrap_or_default()
}

#[test]
fn ibm_backup() {
    let mut console = open(KEY);
    let connection = connections(&mut console);
    let source = sources(&mut console, &connection);
    let policy = policies(&mut console);
    let group = groups(&mut console, &policy, &source);
    runs(&mut console, &group);
    restores(&mut console, &group, &source);
    searches(&mut console);
    agents(&mut console);
    ends(&mut console, &group, &policy, &source, &connection);
    console.finish();
}

fn connections(console: &mut Console) -> String {
    let made = record(
        console
            .done("create_data_source_connection", On::default(), &json!({"connectionName": "walk"}))
            .result,
    );
    let id = text(&made, "connectionId");
    assert!(id.parse::<u64>().expect("a number") > 1 << 53, "{id} is above 2^53");
    let listed = only(console, "get_data_source_connections", &json!({"connectionName": "walk"}));
    assert_eq!(text(&listed, "connectionId"), id);
    let read = console.get("get_data_source_connection", None, &id).expect("the connection");
    console.done("patch_data_source_connection", On::record(&read), &json!({"connectionName": "talk"}));
    let read = console.get("get_data_source_connection", None, &id).expect("the connection");
    assert_eq!(text(&read, "connectionName"), "talk");
    let token =
        console.done("generate_data_source_connection_registration_token", On::record(&read), &Value::Null);
    assert!(token.result.as_str().is_some_and(|token| token.starts_with("eyJ")), "a bare token");
    console.control(&json!({"register_connector": "walker"}));
    let connector = only(console, "get_data_source_connectors", &json!({"connectionId": id}));
    assert_eq!(connector.get("isConnected"), Some(&json!(true)));
    let key = text(&connector, "connectorId");
    let read = console.get("get_data_source_connector", None, &key).expect("the connector");
    console.done("patch_data_source_connector", On::record(&read), &json!({"connectorName": "talker"}));
    assert_eq!(
        text(&only(console, "get_data_source_connectors", &json!({"connectorId": key})), "connectorName"),
        "talker"
    );
    let images = console.get("get_connector_metadata", None, "").expect("images");
    assert!(
        images.get("connectorImageFileList").and_then(Value::as_array).is_some_and(|list| list.len() == 2)
    );
    console.done("delete_data_source_connector", On::record(&read), &Value::Null);
    let gone = console.get("get_data_source_connector", None, &key).expect_err("it is gone");
    assert_eq!(gone.kind, FailureKind::NotFound);
    id
}

fn sources(console: &mut Console, connection: &str) -> String {
    let typed = json!({
        "name": "walk-01",
        "environment": "kPhysical",
        "dataSourceConnectionId": connection,
        "physicalParams": {"endpoint": "walk-01.storage.example", "hostType": "kLinux", "physicalType": "kHost"},
        "advancedConfigs": [{"key": "depth", "value": "2"}],
    });
    let made = record(console.done("register_protection_source", On::default(), &typed).result);
    assert_eq!(text(&made, "authenticationStatus"), "Pending");
    let id = text(&made, "id");
    console.control(&json!({"advance_seconds": 10}));
    let listed = only(console, "get_source_registrations", &json!({"id": id}));
    assert_eq!(text(&listed, "authenticationStatus"), "Finished");
    let read = console.get("get_protection_source_registration", None, &id).expect("the source");
    console.done("update_protection_source_registration", On::record(&read), &json!({"name": "talk-01"}));
    let read = console.get("get_protection_source_registration", None, &id).expect("the source");
    assert_eq!(text(&read, "name"), "talk-01");
    // What was not changed is still there, although the whole object was replaced.
    assert_eq!(read.get("advancedConfigs"), Some(&json!([{"key": "depth", "value": "2"}])));
    assert_eq!(text(&read, "dataSourceConnectionId"), connection);
    console.done(
        "patch_protection_source_registration",
        On::record(&read),
        &json!({"environment": "kPhysical"}),
    );
    console.done("refresh_protection_source_by_id", On::record(&read), &Value::Null);
    let read = console.get("get_protection_source_registration", None, &id).expect("the source");
    assert_eq!(text(&read, "authenticationStatus"), "RefreshInProgress");
    console.control(&json!({"advance_seconds": 10}));
    id
}

fn policies(console: &mut Console) -> String {
    let typed = json!({
        "name": "walk-daily",
        "description": "For the walk",
        "backupPolicy": {"regular": {
            "incremental": {"schedule": {"unit": "Days", "daySchedule": {"frequency": 1}}},
            "retention": {"unit": "Weeks", "duration": 2},
        }},
        "blackoutWindow": [{"day": "Sunday", "startTime": {"hour": 8, "minute": 0}, "endTime": {"hour": 9, "minute": 30}}],
    });
    let made = record(console.done("create_protection_policy", On::default(), &typed).result);
    let id = text(&made, "id");
    assert_eq!(text(&only(console, "get_protection_policies", &json!({"name": "walk-daily"})), "id"), id);
    let read = console.get("get_protection_policy_by_id", None, &id).expect("the policy");
    let window = read.get("blackoutWindow").cloned();
    console.done("update_protection_policy", On::record(&read), &json!({"description": "For every walk"}));
    let changed = console.get("get_protection_policy_by_id", None, &id).expect("the policy");
    assert_eq!(text(&changed, "description"), "For every walk");
    assert_eq!(changed.get("blackoutWindow").cloned(), window, "with the identifier of the window");
    // The record of before proves to be stale.
    let stale = console.refused("update_protection_policy", On::record(&read), &json!({"description": "x"}));
    assert_eq!((stale.kind, stale.status), (FailureKind::Conflict, Some(409)));
    id
}

fn groups(console: &mut Console, policy: &str, source: &str) -> String {
    let object: i64 = source.parse().expect("a number");
    let typed = json!({
        "name": "walk-files",
        "policyId": policy,
        "environment": "kPhysical",
        "startTime": {"hour": 2, "minute": 15, "timeZone": "Europe/Berlin"},
        "physicalParams": {"protectionType": "kFile", "fileProtectionTypeParams": {
            "objects": [{"id": object, "filePaths": [{"includedPath": "/srv"}]}],
        }},
    });
    let made = record(console.done("create_protection_group", On::default(), &typed).result);
    let id = text(&made, "id");
    assert_eq!(text(&only(console, "get_protection_groups", &json!({"name": "walk-files"})), "id"), id);
    let read = console.get("get_protection_group_by_id", None, &id).expect("the group");
    console.done("update_protection_group", On::record(&read), &json!({"isPaused": true}));
    let read = console.get("get_protection_group_by_id", None, &id).expect("the group");
    assert_eq!(read.get("isPaused"), Some(&json!(true)));
    assert_eq!(read.get("startTime"), Some(&typed["startTime"]), "what was not changed is still there");
    console.done("update_protection_group", On::record(&read), &json!({"isPaused": false}));
    id
}

/// The latest run of a group.
fn latest(console: &mut Console, group: &str) -> Record {
    let page = console.list("get_protection_group_runs", Some(group), &Value::Null).expect("runs");
    assert!(matches!(page.total, Total::Exact(_)));
    page.records.into_iter().next().expect("a run")
}

fn runs(console: &mut Console, id: &str) {
    let group = console.get("get_protection_group_by_id", None, id).expect("the group");
    let start = |console: &mut Console| {
        console.done("create_protection_group_run", On::record(&group), &json!({"runType": "kRegular"}));
        console.control(&json!({"advance_seconds": 5}));
        latest(console, id)
    };
    let run = start(console);
    assert_eq!(text(&run, "status"), "Running");
    let which = |run: &Record| json!([{"runId": text(run, "id")}]);
    console.done("pause_runs", on(&run, id), &json!({}));
    let paused = console.get("get_protection_group_run", Some(id), &text(&run, "id")).expect("the run");
    assert_eq!(text(&paused, "status"), "Paused");
    console.done("resume_runs", on(&paused, id), &json!({}));
    let resumed = latest(console, id);
    assert_eq!(text(&resumed, "status"), "Running");
    console.done(
        "perform_action_on_protection_group_run",
        on(&resumed, id),
        &json!({"cancelParams": which(&run)}),
    );
    console.control(&json!({"advance_seconds": 5}));
    assert_eq!(text(&latest(console, id), "status"), "Canceled");
    let run = start(console);
    console.done("cancel_run", on(&run, id), &json!({}));
    console.control(&json!({"advance_seconds": 5}));
    assert_eq!(text(&latest(console, id), "status"), "Canceled");
    let run = start(console);
    console.control(&json!({"advance_seconds": 60}));
    let done = console.get("get_protection_group_run", Some(id), &text(&run, "id")).expect("the run");
    assert_eq!(text(&done, "status"), "Succeeded");
    let hold = json!({"updateProtectionGroupRunParams": [
        {"runId": text(&run, "id"), "localSnapshotConfig": {"enableLegalHold": true, "daysToKeep": 7}},
    ]});
    let held = console.done("update_protection_group_run", on(&done, id), &hold);
    assert_eq!((held.result["successfulRunIds"][0].as_str(), held.note), (run.text("id").as_deref(), None));
    assert_eq!(latest(console, id).get("onLegalHold"), Some(&json!(true)));
    // One of two fails: the first is done all the same.
    let two = json!({"updateProtectionGroupRunParams": [
        {"runId": text(&run, "id"), "localSnapshotConfig": {"enableLegalHold": false}},
        {"runId": "1:1", "localSnapshotConfig": {"enableLegalHold": false}},
    ]});
    let partly = console.done("update_protection_group_run", on(&done, id), &two);
    assert!(partly.note.expect("a remark").contains("1 of 2"));
    assert_eq!(latest(console, id).get("onLegalHold"), Some(&json!(false)));
    let last = |console: &mut Console| latest(console, id);
    let run = last(console);
    console.done("hold_run", on(&run, id), &json!({}));
    let held = last(console);
    assert_eq!(held.get("onLegalHold"), Some(&json!(true)));
    console.done("release_run", on(&held, id), &json!({}));
    let free = last(console);
    assert_eq!(free.get("onLegalHold"), Some(&json!(false)));
    // What is restored afterwards comes from that run, so another one is deleted.
    start(console);
    console.control(&json!({"advance_seconds": 60}));
    let run = last(console);
    console.done("delete_run_backup", on(&run, id), &json!({}));
    assert_eq!(last(console).get("isLocalSnapshotsDeleted"), Some(&json!(true)));
}

fn restores(console: &mut Console, group: &str, source: &str) {
    let snapshot = console
        .list("get_object_snapshots", Some(source), &json!({"runType": "kRegular"}))
        .expect("snapshots")
        .records
        .get(0)
        .expect("a row");
    let id = text(&snapshot, "id");
    assert_eq!(id.len(), 216);
    let path = "/srv/data/report-2025.txt";
    let piece = console.done(
        "download_indexed_file",
        on(&snapshot, source),
        &json!({"filePath": path, "startOffset": 8_388_608, "length": 8_388_608}),
    );
    assert_eq!(piece.content.expect("a piece").len(), 9_000_000 - 8_388_608);
    let target: i64 = source.parse().expect("a number");
    let typed = json!({
        "name": "walk back",
        "snapshotEnvironment": "kPhysical",
        "physicalParams": {
            "objects": [{"snapshotId": id}],
            "recoveryAction": "RecoverFiles",
            "recoverFileAndFolderParams": {
                "targetEnvironment": "kPhysical",
                "filesAndFolders": [{"absolutePath": path}],
                "physicalTargetParams": {"recoverTarget": {"id": target}, "alternateRestoreDirectory": "/tmp/back"},
            },
        },
    });
    let begun = record(console.done("create_recovery", On::default(), &typed).result);
    assert_eq!(text(&begun, "status"), "Accepted");
    let typed = json!({
        "name": "walk off",
        "object": {"snapshotId": id},
        "filesAndFolders": [{"absolutePath": "/srv/data", "isDirectory": true}],
    });
    let prepared =
        record(console.done("create_download_files_and_folders_recovery", On::default(), &typed).result);
    assert_eq!(text(&prepared, "recoveryAction"), "DownloadFilesAndFolders");
    console.control(&json!({"advance_seconds": 60}));
    let ended = console.get("get_recovery_by_id", None, &text(&begun, "id")).expect("the recovery");
    assert_eq!(text(&ended, "status"), "Succeeded");
    let prepared = only(console, "get_recoveries", &json!({"id": text(&prepared, "id")}));
    let files = console.done("download_files_from_recovery", On::record(&prepared), &Value::Null);
    assert_eq!(files.file_name.as_deref(), Some("files.zip"));
    assert!(files.content.expect("files").len() > 8_388_608);
    let points = console.done(
        "get_restore_points_in_time_range",
        On::default(),
        &json!({"environment": "kPhysical", "protectionGroupIds": [group], "startTimeUsecs": 1, "endTimeUsecs": 2_000_000_000_000_000_i64}),
    );
    assert_eq!(points.result["fullSnapshotInfo"].as_array().map(Vec::len), Some(1));
}

fn searches(console: &mut Console) {
    let objects =
        console.list("search_objects", None, &json!({"environment": "kSQL"})).expect("objects").records;
    assert_eq!(objects.len(), 6);
    let key = objects.get(0).and_then(|object| object.text("id")).expect("a key");
    let read = console.get("get_object", None, &key).expect("the object");
    assert_eq!(text(&read, "environment"), "kSQL");
    let protected = console.list("search_protected_objects", None, &Value::Null).expect("objects");
    assert_eq!(protected.total, Total::Exact(protected.records.len() as u64));
    let key = protected.records.get(0).and_then(|object| object.text("id")).expect("a key");
    assert!(
        console
            .get("get_protected_object", None, &key)
            .expect("the object")
            .get("latestSnapshotsInfo")
            .is_some()
    );
    let files = console.list("search_indexed_files", None, &json!({"type": "Symlink"})).expect("files");
    assert!(!files.records.is_empty() && files.records.iter().all(|file| text(&file, "type") == "Symlink"));
    let found = console.done(
        "search_indexed_objects",
        On::default(),
        &json!({"objectType": "Files", "fileParams": {"searchString": "report*", "types": ["File"]}, "count": 3}),
    );
    assert_eq!(found.result["files"].as_array().map(Vec::len), Some(3));
    let none = console.done(
        "search_indexed_objects",
        On::default(),
        &json!({"objectType": "Emails", "emailParams": {"emailSubject": "x"}}),
    );
    assert_eq!(none.result["count"], 0);
}

fn agents(console: &mut Console) {
    let package = console.done(
        "download_agent",
        On::default(),
        &json!({"platform": "kLinux", "linuxParams": {"packageType": "kDEB"}}),
    );
    assert_eq!(package.file_name.as_deref(), Some("agent.deb"));
    let task = record(
        console
            .done("create_upgrade_task", On::default(), &json!({"name": "walk", "agentIDs": [4, 13]}))
            .result,
    );
    console.control(&json!({"advance_seconds": 60}));
    let ended = console.get("get_upgrade_task", None, &text(&task, "id")).expect("the task");
    assert_eq!(text(&ended, "status"), "PartiallyFailed");
    let again = record(console.done("retry_upgrade_task", On::record(&ended), &Value::Null).result);
    let listed = only(console, "get_upgrade_tasks", &json!({"id": text(&again, "id")}));
    assert_eq!(
        (text(&listed, "type"), text(&listed, "retriedTaskID")),
        ("Retry".to_owned(), text(&task, "id"))
    );
}

/// Everything goes, in the order in which the service lets it go.
fn ends(console: &mut Console, group: &str, policy: &str, source: &str, connection: &str) {
    let policy = console.get("get_protection_policy_by_id", None, policy).expect("the policy");
    let source = console.get("get_protection_source_registration", None, source).expect("the source");
    let connection = console.get("get_data_source_connection", None, connection).expect("the connection");
    for (id, record) in [
        ("delete_protection_policy", &policy),
        ("delete_protection_source_registration", &source),
        ("delete_data_source_connection", &connection),
    ] {
        assert_eq!(console.refused(id, On::record(record), &Value::Null).kind, FailureKind::Conflict, "{id}");
    }
    let group = console.get("get_protection_group_by_id", None, group).expect("the group");
    console.done("delete_protection_group", On::record(&group), &json!({"deleteSnapshots": true}));
    let key = text(&group, "id");
    let gone = console.get("get_protection_group_by_id", None, &key).expect_err("it is gone");
    assert_eq!(gone.kind, FailureKind::NotFound);
    console.done("delete_protection_policy", On::record(&policy), &Value::Null);
    console.done("delete_protection_source_registration", On::record(&source), &Value::Null);
    console.done("delete_data_source_connection", On::record(&connection), &Value::Null);
    let left = console.list("get_data_source_connections", None, &json!({"connectionName": "talk"}));
    assert!(left.expect("a list").records.is_empty());
}

#[test]
fn a_reader_changes_nothing() {
    let mut console = open("boxdeck-demo-reader");
    let typed = json!({"connectionName": "walk"});
    let refused = console.refused("create_data_source_connection", On::default(), &typed);
    assert_eq!(refused.kind, FailureKind::Forbidden);
    let wrong = console.sign_in(&json!({"api_key": "wrong", "tenant": TENANT})).expect_err("not in");
    assert_eq!(wrong.kind, FailureKind::BadCredentials);
    let other = console.sign_in(&json!({"api_key": KEY, "tenant": "other/"})).expect_err("not in");
    assert_eq!((other.kind, other.fields[0].field.as_str()), (FailureKind::Forbidden, "tenant"));
}

#[test]
fn a_manager_holds_no_run() {
    let mut console = open("boxdeck-demo");
    let groups = console.list("get_protection_groups", None, &json!({"name": "files-nightly"}));
    let group = text(&groups.expect("groups").records.get(0).expect("a group"), "id");
    let runs = console.list("get_protection_group_runs", Some(&group), &json!({"status": "Succeeded"}));
    let run = runs.expect("runs").records.get(0).expect("a row");
    let typed = json!({"updateProtectionGroupRunParams": [
        {"runId": text(&run, "id"), "localSnapshotConfig": {"enableLegalHold": true}},
    ]});
    let Outcome::Refused(failure) = console.force("update_protection_group_run", on(&run, &group), &typed)
    else {
        panic!("taken")
    };
    assert!(failure.message.contains("data security"), "{}", failure.message);
}
