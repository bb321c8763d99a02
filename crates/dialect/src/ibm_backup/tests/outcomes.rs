//! What became of a request: refusals, results of several runs, files, and whole objects that go back.

use serde_json::{Value, json};

use super::lists::Bench;
use crate::fixture::{json_response, record};
use crate::{Body, Context, Dialect, FailureKind, IbmBackup, Inputs, Outcome, Response, build};

fn outcome(bench: &Bench, operation: &str, response: &Response) -> Outcome {
    let (_, operation) =
        bench.catalog.operations().find(|(_, one)| one.id == operation).expect("the operation");
    IbmBackup.read_outcome(operation, response)
}

#[test]
fn refusals_blame_the_outermost_field() {
    let bench = Bench::new();
    let said = "validation failure list:\nname in body is required\nbackupPolicy.regular.retention.unit in body should be one of [Days]";
    let response =
        json_response(400, &json!({"errorCode": "KValidationError", "message": said, "taskLogId": "7"}));
    let Outcome::Refused(failure) = outcome(&bench, "create_protection_policy", &response) else {
        panic!("done")
    };
    let fields: Vec<_> = failure.fields.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!((failure.kind, fields), (FailureKind::Invalid, vec!["name", "backupPolicy"]));
    assert_eq!(failure.code.as_deref(), Some("KValidationError"));
}

#[test]
fn statuses_mean_what_they_say_and_a_proxy_is_not_believed() {
    let bench = Bench::new();
    let own = json!({"errorCode": "K", "message": "No.", "taskLogId": "7"});
    for (status, kind) in [
        (401, FailureKind::SignedOut),
        (403, FailureKind::Forbidden),
        (404, FailureKind::NotFound),
        (409, FailureKind::Conflict),
        (429, FailureKind::Busy),
        (500, FailureKind::Broken),
        (503, FailureKind::Busy),
    ] {
        let Outcome::Refused(failure) =
            outcome(&bench, "delete_protection_policy", &json_response(status, &own))
        else {
            panic!("{status}")
        };
        assert_eq!(failure.kind, kind, "{status}");
    }
    let lost = outcome(&bench, "delete_protection_policy", &json_response(502, &json!("gone")));
    assert!(matches!(lost, Outcome::Unknown { .. }));
    let done = outcome(&bench, "delete_protection_policy", &Response { status: 204, ..Response::default() });
    assert!(matches!(done, Outcome::Done(_)));
}

#[test]
fn one_answer_tells_of_every_run() {
    let bench = Bench::new();
    let of =
        |operation: &str, status: u16, body: &Value| outcome(&bench, operation, &json_response(status, body));
    let change = "update_protection_group_run";
    let all = json!({"successfulRunIds": ["1:2", "1:3"], "failedRuns": []});
    assert!(matches!(of(change, 207, &all), Outcome::Done(answer) if answer.note.is_none()));
    let some =
        json!({"successfulRunIds": ["1:2"], "failedRuns": [{"runId": "1:3", "errorMessage": "Locked"}]});
    let Outcome::Done(answer) = of(change, 207, &some) else { panic!("refused") };
    assert!(answer.note.is_some_and(|note| note.contains("1 of 2") && note.contains("1:3: Locked")));
    let none = json!({"successfulRunIds": [], "failedRuns": [{"runId": "1:3", "errorMessage": "Locked"}]});
    let Outcome::Refused(failure) = of(change, 207, &none) else { panic!("done") };
    assert!(failure.message.contains("1:3: Locked"));
    let paused = json!({"action": "Pause", "pauseParams": [{"runId": "1:2"}, {"runId": "1:3", "error": "It is over"}]});
    let Outcome::Done(answer) = of("pause_runs", 202, &paused) else { panic!("refused") };
    assert!(answer.note.is_some_and(|note| note.contains("1 of 2")));
}

#[test]
fn files_are_content_and_have_a_name() {
    let bench = Bench::new();
    let response = Response {
        status: 200,
        headers: vec![("content-disposition".to_owned(), "attachment; filename=\"a.sh\"".to_owned())],
        body: b"{}".to_vec().into(),
    };
    let Outcome::Done(answer) = outcome(&bench, "download_agent", &response) else { panic!("refused") };
    assert_eq!((answer.content.as_deref(), answer.file_name.as_deref()), (Some(&b"{}"[..]), Some("a.sh")));
}

#[test]
fn a_record_out_of_a_list_of_one_or_none() {
    let bench = Bench::new();
    let resource = bench.catalog.resource("connections").expect("connections");
    let one = json!({"connections": [{"connectionId": "4980716806983529473", "connectionName": "a"}]});
    let read = IbmBackup.read_record(resource, &json_response(200, &one)).expect("the connection");
    assert_eq!(read.text("connectionId").as_deref(), Some("4980716806983529473"));
    let none = IbmBackup.read_record(resource, &json_response(200, &json!({"connections": []})));
    assert_eq!(none.expect_err("it is gone").kind, FailureKind::NotFound);
}

#[test]
fn a_whole_object_goes_back_with_its_proof_and_without_what_is_computed() {
    let bench = Bench::new();
    let resource = bench.catalog.resource("protection-groups").expect("groups");
    let operation = resource.operation("update_protection_group").expect("the update");
    let read = json!({
        "id": "1:2:3", "name": "g", "policyId": "1:2:4", "environment": "kPhysical", "isActive": true,
        "lastModifiedTimestampUsecs": 9_007_199_254_740_993_i64, "clusterId": "1", "regionId": "eu-de",
        "isDeleted": false, "isPaused": false, "isProtectOnce": false, "numProtectedObjects": 1,
        "lastRun": {"id": "1:2"}, "lastRunStatus": "Succeeded", "permissions": [], "fromTheFuture": {"a": 1},
        "physicalParams": {"protectionType": "kVolume", "volumeProtectionTypeParams": {
            "objects": [{"id": 9_007_199_254_740_993_i64, "name": "db", "volumeGuids": ["v"]}],
        }},
    });
    let record = record(read);
    let mut inputs = Inputs::default();
    inputs.body.insert("isPaused".to_owned(), json!(true));
    let context = Context { catalog: &bench.catalog, session: &bench.session };
    let plan =
        build(&IbmBackup, context, resource, operation, Some(&record), None, None, &inputs).expect("a plan");
    let step = plan.steps.first().expect("a step");
    assert_eq!(step.changes.len(), 1);
    let Body::Json(body) = &step.request.body else { panic!("no body") };
    assert_eq!(
        *body,
        json!({
            "name": "g", "policyId": "1:2:4", "environment": "kPhysical", "isPaused": true,
            "lastModifiedTimestampUsecs": 9_007_199_254_740_993_i64, "fromTheFuture": {"a": 1},
            "physicalParams": {"protectionType": "kVolume", "volumeProtectionTypeParams": {
                "objects": [{"id": 9_007_199_254_740_993_i64, "volumeGuids": ["v"]}],
            }},
        })
    );
    assert!(body.to_string().contains("9007199254740993"));
}
