//! What the system says, and what a proxy says in its place.

use std::path::Path;

use boxdeck_catalog::Operation;
use serde_json::{Value, json};

use super::{VssBlock, refusal};
use crate::{Answer, Dialect, Failure, FailureKind, Outcome, Response, Task};

fn response(status: u16, body: &Value) -> Response {
    Response {
        status,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.to_string().into_bytes().into(),
    }
}

fn error(status: u16, cause: &str) -> Response {
    let body = json!({
        "errorSource": "/ConfigurationManager/simple/v1/objects/users",
        "messageId": "KARS00000-E",
        "message": "It was refused.",
        "cause": cause,
        "solution": "Try something else.",
        "errorCode": {},
    });
    response(status, &body)
}

/// An operation of the shipped catalog.
fn operation(id: &str) -> Operation {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs/vss-block");
    let catalog = boxdeck_catalog::files::read_kind(&folder).expect("the catalog loads").catalog;
    let found = catalog.operations().find(|(_, operation)| operation.id == id);
    found.expect("the operation").1.clone()
}

fn act(response: &Response) -> Outcome {
    VssBlock.read_outcome(&operation("user_add_user_group"), response)
}

fn names(failure: &Failure) -> Vec<&str> {
    failure.fields.iter().map(|fault| fault.field.as_str()).collect()
}

#[test]
fn causes_name_fields_by_their_humps_or_quotes() {
    for (cause, fields) in [
        ("The parameter 'password' is missing.", &["password"][..]),
        ("userId and userGroupIds do not fit, userId least of all.", &["userId", "userGroupIds"]),
        ("'ldapSetting.baseDn' is not a DN.", &["ldapSetting.baseDn"]),
        ("The iPhone isn't the Cause.", &["iPhone"]),
        ("Nothing here. Is a name.", &[]),
    ] {
        let failure = refusal::read(&error(400, cause));
        assert_eq!((failure.kind, names(&failure)), (FailureKind::Invalid, fields.to_vec()), "{cause}");
        assert_eq!(failure.message, format!("It was refused. {cause} Try something else."));
        assert_eq!(failure.code.as_deref(), Some("KARS00000-E"));
    }
    assert!(refusal::read(&error(403, "Not userId.")).fields.is_empty());
}

#[test]
fn statuses_that_need_an_explanation_have_one_before_the_systems_words() {
    for status in [411, 412, 413, 415, 417, 431] {
        let alone = refusal::read(&Response { status, ..Response::default() });
        let told = refusal::read(&error(status, "So it is."));
        assert!(alone.message.len() > 40, "{}", alone.message);
        assert!(told.message.starts_with(&alone.message) && told.message.contains("So it is."));
    }
    assert_eq!(refusal::read(&error(412, "")).kind, FailureKind::Conflict);
    let busy = refusal::read(&error(503, "")).retry_after;
    assert!(busy.is_some_and(|seconds| seconds > 0));
}

#[test]
fn a_proxys_answer_to_a_write_leaves_it_open() {
    let gone = Response { status: 502, body: b"<html>".to_vec().into(), ..Response::default() };
    assert!(matches!(act(&gone), Outcome::Unknown { .. }));
    let page = Response { status: 200, body: b"<html>".to_vec().into(), ..Response::default() };
    assert!(matches!(act(&page), Outcome::Unknown { .. }));
    let Outcome::Refused(failure) = act(&error(500, "Its own.")) else { panic!("the system itself refused") };
    assert_eq!(failure.kind, FailureKind::Broken);
    assert!(matches!(act(&Response { status: 204, ..Response::default() }), Outcome::Done(_)));
}

#[test]
fn a_wrong_password_in_a_body_is_not_the_sessions_end() {
    let change = operation("user_password_set");
    let Outcome::Refused(failure) = VssBlock.read_outcome(&change, &error(401, "")) else {
        panic!("refused")
    };
    assert_eq!((failure.kind, names(&failure)), (FailureKind::Invalid, vec!["currentPassword"]));
    let Outcome::Refused(failure) = act(&error(401, "")) else { panic!("refused") };
    assert_eq!(failure.kind, FailureKind::SignedOut);
}

#[test]
fn jobs_end_well_or_badly_or_are_lost() {
    let job =
        |status: &str, state: &str| response(200, &json!({"jobId": "a/b", "status": status, "state": state}));
    let Outcome::Accepted(task) = act(&job("Running", "Started")) else { panic!("under way") };
    assert_eq!(task.poll.path, "/ConfigurationManager/simple/v1/objects/jobs/a%2Fb");
    let read = |response: &Response| VssBlock.read_task(&task, response);
    assert_eq!(read(&job("Completed", "Succeeded")), Outcome::Done(Answer::default()));
    let Outcome::Refused(failure) = read(&job("Completed", "Failed")) else { panic!("failed") };
    assert!(failure.message.contains("Failed"), "{}", failure.message);
    let told = json!({
        "jobId": "a", "status": "Completed", "state": "Failed",
        "error": {"messageId": "KARS11111-E", "message": "It broke."},
    });
    let Outcome::Refused(failure) = read(&response(200, &told)) else { panic!("failed") };
    assert_eq!((failure.code.as_deref(), failure.message.as_str()), (Some("KARS11111-E"), "It broke."));
    let Outcome::Accepted(Task { wait, .. }) = read(&error(503, "")) else { panic!("busy is not over") };
    assert!(wait > 0);
    for lost in [error(401, ""), error(404, ""), error(500, ""), response(200, &json!([]))] {
        assert!(matches!(read(&lost), Outcome::Unknown { .. }));
    }
}

#[test]
fn only_its_own_errors_tell_the_system_from_others() {
    assert!(VssBlock.recognises(&error(401, "Who are you?")));
    for other in [response(401, &json!({"error": "KARS"})), response(200, &json!({})), Response::default()] {
        assert!(!VssBlock.recognises(&other));
    }
}
