//! The service as a client meets it: sign-in, refusals, windows of time, marks, pieces of files, and its documented form.

use serde_json::{Value as Json, json};

use super::{HANDLERS, IbmBackup, Schema};
use crate::clock::Clock;
use crate::message::{Method, Request, Response};
use crate::world::{Settings, System};

const TENANT: &str = "bx7deck042/";
const NOW: i64 = 1_780_000_000_000;

struct Bench {
    system: IbmBackup,
    token: String,
}

impl Bench {
    fn new(key: &str) -> Self {
        let settings = Settings { clock: Clock::Fixed(NOW), ..Settings::default() };
        let mut bench = Self { system: IbmBackup::new(&settings), token: String::new() };
        bench.sign_in(key);
        bench
    }

    fn sign_in(&mut self, key: &str) {
        let mut request = Request::new(Method::Post, "/identity/token");
        request.body =
            format!("grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey={key}").into_bytes();
        let answer = body(&self.system.respond(&request));
        self.token = answer["access_token"].as_str().unwrap_or_default().to_owned();
    }

    fn send(&mut self, request: Request) -> Response {
        let token = format!("Bearer {}", self.token);
        self.system.respond(&request.header("authorization", &token).header("x-ibm-tenant-id", TENANT))
    }

    fn ask(&mut self, method: Method, target: &str, body: &Json) -> Response {
        let request = Request::new(method, &format!("/v2{target}"));
        self.send(if body.is_null() { request } else { request.json(body) })
    }

    fn get(&mut self, target: &str) -> Json {
        let response = self.ask(Method::Get, target, &Json::Null);
        assert_eq!(response.status, 200, "{target}: {}", body(&response));
        body(&response)
    }

    #[track_caller]
    fn refused(&mut self, method: Method, target: &str, given: &Json, status: u16) -> String {
        let response = self.ask(method, target, given);
        let answer = body(&response);
        assert_eq!(response.status, status, "{target}: {answer}");
        assert!(answer["errorCode"].is_string() && answer["taskLogId"].is_string(), "{answer}");
        answer["message"].as_str().unwrap_or_default().to_owned()
    }

    fn advance(&mut self, seconds: i64) {
        self.system.control(&json!({"advance_seconds": seconds})).expect("an order");
    }

    /// The id of the group of that name.
    fn group(&mut self, name: &str) -> String {
        let list = self.get(&format!("/data-protect/protection-groups?names={name}"));
        list["protectionGroups"][0]["id"].as_str().expect("a group").to_owned()
    }
}

fn body(response: &Response) -> Json {
    serde_json::from_slice(&response.body).unwrap_or_default()
}

fn count(value: &Json) -> usize {
    value.as_array().map_or(0, Vec::len)
}

#[test]
fn every_documented_operation_has_a_handler() {
    let documented = Schema::documented();
    let mut ids = documented.ids();
    let mut handled: Vec<_> = HANDLERS.iter().map(|(id, _, _)| *id).collect();
    ids.sort_unstable();
    handled.sort_unstable();
    assert_eq!(ids, handled);
    assert_eq!(ids.len(), 44);
}

#[test]
fn a_token_ends_and_is_given_again() {
    let mut bench = Bench::new("boxdeck-demo");
    bench.get("/data-protect/policies");
    bench.advance(3601);
    bench.refused(Method::Get, "/data-protect/policies", &Json::Null, 401);
    bench.sign_in("boxdeck-demo");
    bench.get("/data-protect/policies");
    bench.sign_in("wrong");
    assert_eq!(bench.token, "");
}

#[test]
fn every_call_but_one_names_the_tenant() {
    let mut bench = Bench::new("boxdeck-demo");
    let token = format!("Bearer {}", bench.token);
    let without = |request: Request| request.header("authorization", &token);
    let list = without(Request::new(Method::Get, "/v2/data-source-connections"));
    assert_eq!(bench.system.respond(&list).status, 400);
    let other = without(Request::new(Method::Get, "/v2/data-source-connections"));
    assert_eq!(bench.system.respond(&other.header("x-ibm-tenant-id", "bx7deck042")).status, 403, "the slash");
    let make = without(Request::new(Method::Post, "/v2/data-source-connections"));
    assert_eq!(bench.system.respond(&make.json(&json!({"connectionName": "free"}))).status, 201);
}

#[test]
fn roles_bound_what_a_key_may_do() {
    let path = "/data-source-connections";
    let mut reader = Bench::new("boxdeck-demo-reader");
    reader.refused(Method::Post, path, &json!({"connectionName": "a"}), 403);
    let mut writer = Bench::new("boxdeck-demo-writer");
    assert_eq!(writer.ask(Method::Post, path, &json!({"connectionName": "a"})).status, 201);
    let id = writer.get(path)["connections"][2]["connectionId"].as_str().expect("an id").to_owned();
    writer.refused(Method::Delete, &format!("{path}/{id}"), &Json::Null, 403);
}

#[test]
fn requests_keep_to_the_documents() {
    let mut bench = Bench::new("boxdeck-demo");
    for (target, at) in [
        ("/data-protect/policies?idz=1", "idz in query"),
        ("/data-protect/protection-groups?isPaused=yes", "isPaused in query"),
        ("/data-protect/protection-groups?environments=kVMware", "environments in query"),
        ("/data-protect/sources/registrations?ids=1,b", "ids in query"),
    ] {
        let message = bench.refused(Method::Get, target, &Json::Null, 400);
        assert!(message.starts_with(at), "{message}");
    }
    let whole = bench.get("/data-protect/policies")["policies"][0].clone();
    let id = whole["id"].as_str().expect("an id").to_owned();
    // What only answers hold is refused, down to the last member.
    let message = bench.refused(Method::Put, &format!("/data-protect/policies/{id}"), &whole, 400);
    assert!(message.ends_with("in body is a forbidden property"), "{message}");
    for (given, at) in [
        (json!({"name": "x"}), "backupPolicy in body is required"),
        (json!({"name": 7, "backupPolicy": {"regular": {}}}), "name in body must be of type string"),
        (
            json!({"name": "x", "backupPolicy": {"regular": {"retention": {"unit": "Week", "duration": 1}}}}),
            "backupPolicy.regular.retention.unit in body should be one of",
        ),
        (
            json!({"name": "x", "backupPolicy": {"regular": {"incremental": {"schedule": {"unit": "Hours"}}}}}),
            "backupPolicy.regular.incremental.schedule.hourSchedule in body is required",
        ),
    ] {
        let message = bench.refused(Method::Post, "/data-protect/policies", &given, 400);
        assert!(message.starts_with(at), "{message}");
    }
}

/// What a client that is generated from the models of a later release sends.
#[test]
fn a_null_is_the_same_as_nothing() {
    let mut bench = Bench::new("boxdeck-demo");
    let given = json!({
        "name": "with nulls",
        "noSuchMember": null,
        "numProtectionGroups": null,
        "backupPolicy": {"regular": {
            "retention": {"unit": "Weeks", "duration": 1, "dataLockConfig": null, "noSuchMember": null},
        }},
    });
    let made = bench.ask(Method::Post, "/data-protect/policies", &given);
    assert_eq!(made.status, 201, "{}", body(&made));
    assert_eq!(body(&made)["backupPolicy"]["regular"]["retention"], json!({"unit": "Weeks", "duration": 1}));
    let without = json!({"name": null, "backupPolicy": {"regular": {}}});
    let message = bench.refused(Method::Post, "/data-protect/policies", &without, 400);
    assert_eq!(message, "name in body is required");
}

#[test]
fn a_replaced_object_loses_what_is_left_out_and_must_not_be_stale() {
    let mut bench = Bench::new("boxdeck-demo");
    let policy = bench.get("/data-protect/policies?policyNames=unused")["policies"][0].clone();
    assert!(policy["remoteTargetPolicy"].is_object());
    let path = format!("/data-protect/policies/{}", policy["id"].as_str().expect("an id"));
    let mut sent = json!({
        "name": "unused",
        "backupPolicy": policy["backupPolicy"],
        "lastModificationTimeUsecs": policy["lastModificationTimeUsecs"],
    });
    assert_eq!(bench.ask(Method::Put, &path, &sent).status, 200);
    let left = bench.get(&path);
    assert!(
        left["remoteTargetPolicy"].is_null()
            && left["description"].is_null()
            && left["retryOptions"].is_null()
    );
    bench.refused(Method::Put, &path, &sent, 409);
    sent["lastModificationTimeUsecs"] = left["lastModificationTimeUsecs"].clone();
    assert_eq!(bench.ask(Method::Put, &path, &sent).status, 200);
}

#[test]
fn runs_come_in_windows_of_time() {
    let mut bench = Bench::new("boxdeck-demo");
    let group = bench.group("databases");
    let path = format!("/data-protect/protection-groups/{group}/runs");
    // Without a bound only the last hour is shown, and nothing is counted.
    let bare = bench.get(&path);
    assert!(count(&bare["runs"]) <= 1 && bare["totalRuns"].is_null(), "{bare}");
    let all = bench.get(&format!("{path}?startTimeUsecs=1"));
    assert_eq!((count(&all["runs"]), &all["totalRuns"]), (100, &json!(126)));
    let starts: Vec<i64> = all["runs"]
        .as_array()
        .expect("runs")
        .iter()
        .filter_map(|run| run["localBackupInfo"]["startTimeUsecs"].as_i64())
        .collect();
    assert!(starts.is_sorted_by(|a, b| a >= b));
    let incremental = bench.get(&format!("{path}?startTimeUsecs=1&runTypes=kIncremental"));
    assert!(
        incremental["runs"]
            .as_array()
            .expect("runs")
            .iter()
            .all(|run| run["localBackupInfo"]["runType"] == "kRegular")
    );
    assert_eq!(incremental["totalRuns"], 26);
    // The words of answers and of requests are no words of the filter.
    bench.refused(Method::Get, &format!("{path}?runTypes=kRegular"), &Json::Null, 400);
    bench.refused(Method::Post, &path, &json!({"runType": "kIncremental"}), 400);
    bench.refused(
        Method::Get,
        &format!("{path}?filterByEndTime=true&filterByCopyTaskEndTime=true"),
        &Json::Null,
        400,
    );
}

#[test]
fn changes_of_runs_have_a_result_each() {
    let mut bench = Bench::new("boxdeck-demo-dso");
    let group = bench.group("build-nightly");
    let path = format!("/data-protect/protection-groups/{group}/runs");
    let list = bench.get(&format!("{path}?startTimeUsecs=1&localBackupRunStatus=Succeeded&numRuns=2"));
    let id = |index: usize| list["runs"][index]["id"].clone();
    let ask = json!({"updateProtectionGroupRunParams": [
        // Locked for a week: nobody deletes it.
        {"runId": id(0), "localSnapshotConfig": {"deleteSnapshot": true}},
        {"runId": id(1), "localSnapshotConfig": {"enableLegalHold": true}},
        {"runId": "1:1"},
    ]});
    let answer = bench.ask(Method::Put, &path, &ask);
    assert_eq!(answer.status, 207);
    let answer = body(&answer);
    assert_eq!(answer["successfulRunIds"], json!([id(1)]));
    assert_eq!(count(&answer["failedRuns"]), 2);
    assert_eq!(answer["failedRuns"][0]["runId"], id(0));
}

#[test]
fn marks_lead_through_a_search_and_belong_to_it() {
    let mut bench = Bench::new("boxdeck-demo");
    let path = "/data-protect/search/objects";
    let mut names = Vec::new();
    let mut cookie = String::new();
    loop {
        let page = bench.get(&format!("{path}?count=5&searchString=s*{cookie}"));
        assert_eq!(page["count"], 5, "the size of a page, not how many there are");
        names.extend(
            page["objects"].as_array().expect("objects").iter().map(|object| object["name"].to_string()),
        );
        match page["paginationCookie"].as_str() {
            Some(mark) => cookie = format!("&paginationCookie={}", mark.replace('=', "%3D")),
            None => break,
        }
    }
    assert_eq!(names.len(), 9, "{names:?}");
    bench.refused(Method::Get, &format!("{path}?count=5{cookie}"), &Json::Null, 400);
    let search = json!({"objectType": "Files", "fileParams": {"searchString": "report*"}, "count": 2});
    let response = bench.ask(Method::Post, "/data-protect/search/indexed-objects", &search);
    let answer = body(&response);
    assert_eq!(count(&answer["files"]), 2);
    assert!(answer["count"].as_u64() > Some(2), "all that match: {answer}");
}

#[test]
fn files_come_in_pieces() {
    let mut bench = Bench::new("boxdeck-demo");
    let snapshots = bench.get("/data-protect/objects/4120/snapshots");
    let id =
        snapshots["snapshots"][0]["id"].as_str().expect("a snapshot").replace('/', "%2F").replace('=', "%3D");
    let path = format!("/data-protect/snapshots/{id}/download-file?filePath=/srv/data/report-2025.txt");
    let whole = bench.ask(Method::Get, &path, &Json::Null);
    assert_eq!((whole.status, whole.body.len()), (200, 9_000_000));
    let piece = |bench: &mut Bench, start: u64, length: u64| {
        bench.ask(Method::Get, &format!("{path}&startOffset={start}&length={length}"), &Json::Null)
    };
    let mut joined = piece(&mut bench, 0, 8_388_608).body;
    joined.extend(piece(&mut bench, 8_388_608, 8_388_608).body);
    assert!(joined == whole.body);
    assert_eq!(piece(&mut bench, 9_000_000, 10).body, b"");
    assert_eq!(piece(&mut bench, 0, 8_388_609).status, 400);
    let ranged = Request::new(Method::Get, &format!("/v2{path}")).header("range", "bytes=10-19");
    let ranged = bench.send(ranged);
    assert_eq!((ranged.status, ranged.header_value("content-range")), (206, Some("bytes 10-19/9000000")));
    assert_eq!(ranged.body, whole.body[10..20]);
    let none = path.split('?').next().unwrap_or_default();
    bench.refused(Method::Get, none, &Json::Null, 400);
}

#[test]
fn a_deleted_group_stays_as_long_as_its_backups() {
    let mut bench = Bench::new("boxdeck-demo");
    let group = bench.group("mail-volumes");
    let path = format!("/data-protect/protection-groups/{group}");
    assert_eq!(bench.ask(Method::Delete, &path, &Json::Null).status, 204);
    let listed = |bench: &mut Bench, deleted: bool| {
        let list = bench.get(&format!("/data-protect/protection-groups?ids={group}&isDeleted={deleted}"));
        count(&list["protectionGroups"])
    };
    assert_eq!((listed(&mut bench, false), listed(&mut bench, true)), (0, 1));
    bench.advance(60 * 86_400);
    bench.sign_in("boxdeck-demo");
    assert_eq!(listed(&mut bench, true), 0);
}

#[test]
fn recoveries_go_on_by_themselves() {
    let mut bench = Bench::new("boxdeck-demo");
    let snapshots = bench.get("/data-protect/objects/4181/snapshots?runTypes=kFull");
    let id = snapshots["snapshots"][0]["id"].clone();
    let typed = json!({"name": "orders", "snapshotEnvironment": "kSQL", "mssqlParams": {
        "recoveryAction": "RecoverApps",
        "recoverAppParams": [{"snapshotId": id, "targetEnvironment": "kSQL", "sqlTargetParams": {"recoverToNewSource": false}}],
    }});
    let begun = bench.ask(Method::Post, "/data-protect/recoveries", &typed);
    assert_eq!(begun.status, 201);
    let path = format!("/data-protect/recoveries/{}", body(&begun)["id"].as_str().expect("an id"));
    let mut seen = vec![bench.get(&path)["status"].clone()];
    for seconds in [5, 30] {
        bench.advance(seconds);
        seen.push(bench.get(&path)["status"].clone());
    }
    assert_eq!(seen, ["Accepted", "Running", "Succeeded"]);
    assert!(bench.get(&path)["endTimeUsecs"].is_i64());
    bench.refused(Method::Post, "/data-protect/recoveries", &typed, 409);
}

#[test]
fn numbers_beyond_two_to_the_53_are_texts_or_exact() {
    let mut bench = Bench::new("boxdeck-demo");
    for connection in bench.get("/data-source-connections")["connections"].as_array().expect("connections") {
        let id: u64 = connection["connectionId"].as_str().expect("a text").parse().expect("a number");
        assert!(id > 1 << 53 && id % 2 == 1, "{id} would be rounded");
    }
}

#[test]
fn answers_have_the_documented_form() {
    let mut bench = Bench::new("boxdeck-demo");
    let group = bench.group("databases");
    let schema = Schema::documented();
    let mut found = Vec::new();
    for (target, model) in [
        ("/data-protect/policies?includeStats=true".to_owned(), "ProtectionPoliciesResponse"),
        ("/data-protect/protection-groups?includeLastRunInfo=true".to_owned(), "ProtectionGroupsResponse"),
        (
            format!(
                "/data-protect/protection-groups/{group}/runs?startTimeUsecs=1&includeObjectDetails=true"
            ),
            "ProtectionGroupRunsResponse",
        ),
        ("/data-protect/recoveries".to_owned(), "RecoveriesResponse"),
        ("/data-protect/objects/4100/snapshots".to_owned(), "GetObjectSnapshotsResponse"),
        ("/data-protect/search/objects".to_owned(), "ObjectsSearchResponseBody"),
        ("/data-protect/search/protected-objects".to_owned(), "ProtectedObjectsSearchResponse"),
        (
            "/data-protect/sources/registrations?includeExternalMetadata=true".to_owned(),
            "SourceRegistrations",
        ),
        ("/data-source-connections".to_owned(), "DataSourceConnectionList"),
        ("/data-source-connectors".to_owned(), "DataSourceConnectorList"),
        ("/data-source-connectors/metadata".to_owned(), "ConnectorMetadata"),
        ("/data-protect/agents/upgrade-tasks".to_owned(), "AgentUpgradeTaskStates"),
    ] {
        let answer = bench.get(&target);
        schema.strangers(model, &answer, "", &mut found);
    }
    let files = json!({"objectType": "Files", "fileParams": {"types": ["File"]}});
    let answer = body(&bench.ask(Method::Post, "/data-protect/search/indexed-objects", &files));
    schema.strangers("SearchIndexedObjectsResponse", &answer, "", &mut found);
    let points = json!({"environment": "kSQL", "protectionGroupIds": [group], "startTimeUsecs": 1, "endTimeUsecs": NOW * 1000});
    let response = bench.ask(Method::Post, "/data-protect/snapshots/restore-points", &points);
    assert_eq!(response.status, 201, "although it only reads");
    let answer = body(&response);
    assert!(count(&answer["timeRangeInfo"]["timeRanges"]) > 0);
    schema.strangers("GetRestorePointsInTimeRangeResponse", &answer, "", &mut found);
    let task = bench.ask(Method::Post, "/data-protect/agents/upgrade-tasks", &json!({"agentIDs": [4]}));
    schema.strangers("AgentUpgradeTaskState", &body(&task), "", &mut found);
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
