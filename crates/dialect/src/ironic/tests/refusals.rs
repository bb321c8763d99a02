use serde_json::{Value, json};

use crate::fixture::{Fixture, json_response};
use crate::{Dialect, Failure, FailureKind, Ironic, Outcome, Query, Response};

fn refusal(response: &Response) -> Failure {
    let fixture = Fixture::new("ironic");
    Ironic.read_page(fixture.target("target.list"), &Query::default(), response).expect_err("a refusal")
}

/// An error as operations make it: JSON inside a JSON text.
fn fault(status: u16, text: &str) -> Response {
    let inner = json!({"faultcode": "Client", "faultstring": text, "debuginfo": null});
    json_response(status, &json!({"error_message": inner.to_string()}))
}

/// An error as the routing makes it.
fn routing(status: u16, description: &str) -> Response {
    let inner = json!({"code": status, "title": "Not Found", "description": description});
    json_response(status, &json!({"error_message": inner.to_string()}))
}

fn outcome(id: &str, response: &Response) -> Outcome {
    let fixture = Fixture::new("ironic");
    Ironic.read_outcome(fixture.operation(id).1, response)
}

#[test]
fn every_shape_of_error_is_decoded() {
    let shapes = [
        fault(400, "The words."),
        json_response(400, &json!({"error_message": {"faultstring": "The words."}})),
        json_response(400, &json!({"error_message": "The words."})),
        routing(400, "The words."),
        json_response(400, &json!({"error": {"message": "The words.", "code": 400}})),
        json_response(400, &json!({"error": {"message": "The words.", "code": 400, "title": "Bad Request"}})),
        json_response(400, &json!({"error": "The words."})),
    ];
    for response in shapes {
        let failure = refusal(&response);
        assert_eq!(
            (failure.message.as_str(), failure.kind, failure.status),
            ("The words.", FailureKind::Invalid, Some(400))
        );
    }
    assert!(
        refusal(&Response { status: 502, headers: Vec::new(), body: b"<html>".to_vec().into() })
            .message
            .contains("502")
    );
    assert!(refusal(&fault(403, "")).message.contains("403"));
}

#[test]
fn kinds_follow_status_and_words() {
    use FailureKind as K;
    let table = [
        (fault(401, "m"), K::SignedOut),
        (fault(403, "m"), K::Forbidden),
        (fault(404, "Volume target u could not be found."), K::NotFound),
        (routing(404, ""), K::Unsupported),
        (routing(405, "m"), K::Unsupported),
        (routing(406, "m"), K::Unsupported),
        (fault(409, "A volume target with boot index '0' for the same node already exists."), K::Conflict),
        (
            fault(409, "Node n is locked by host c, please retry after the current operation is completed."),
            K::Busy,
        ),
        (
            fault(
                400,
                "The requested action \"volume target update\" can not be performed on node \"n\" while it is in state \"power on\".",
            ),
            K::Conflict,
        ),
        (fault(400, "Limit must be positive"), K::Invalid),
        (fault(500, "m"), K::Broken),
        (fault(503, "m"), K::Busy),
    ];
    for (response, kind) in table {
        let failure = refusal(&response);
        assert_eq!(failure.kind, kind, "{}", failure.message);
        assert_eq!(failure.retry_after.is_some(), kind == K::Busy);
    }
}

#[test]
fn a_missing_version_is_explained() {
    assert!(refusal(&routing(404, "")).message.contains("API version"));
    let mut response = routing(406, "Version 1.999 was requested");
    assert_eq!(refusal(&response).message, "Version 1.999 was requested");
    response.headers.push(("x-openstack-ironic-api-minimum-version".to_owned(), "1.1".to_owned()));
    response.headers.push(("x-openstack-ironic-api-maximum-version".to_owned(), "1.31".to_owned()));
    assert!(refusal(&response).message.contains("1.1 to 1.31"));
}

#[test]
fn faults_are_traced_to_fields() {
    let table: &[(u16, &str, &[&str])] = &[
        (400, "Invalid input for field/attribute node_uuid. Value: 'x'. ", &["node_uuid"]),
        (400, "Expected UUID for node_uuid: bm-001", &["node_uuid"]),
        (400, "Expected UUID for connector_uuid: x", &["uuid"]),
        (409, "A volume target with boot index '0' for the same node already exists.", &["boot_index"]),
        (
            409,
            "A volume connector with type iqn and connector ID iqn.2026-01.example:1 already exists.",
            &["type", "connector_id"],
        ),
        (409, "A volume connector with UUID 5f already exists.", &["uuid"]),
        (400, "Node bm-9 could not be found.", &["node_uuid"]),
        (400, "Schema error for body: 'boot_index' is a required property", &["boot_index"]),
        (400, "Schema error: Additional properties are not allowed ('colour' was unexpected)", &["colour"]),
        (400, "Cannot patch /uuid. Only these can be updated: extra", &["uuid"]),
        (
            400,
            "Couldn't apply patch '[{'op': 'remove', 'path': '/extra/x'}]'. Reason: can't remove",
            &["extra"],
        ),
        (400, "Limit must be positive", &[]),
        (404, "Volume target u could not be found.", &[]),
    ];
    for (status, message, fields) in table {
        let failure = refusal(&fault(*status, message));
        let names: Vec<&str> = failure.fields.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(names, *fields, "{message}");
        assert!(failure.fields.iter().all(|fault| fault.message == message.trim()));
    }
}

#[test]
fn outcomes_of_writes() {
    let created = json!({"uuid": "u1"});
    assert!(
        matches!(outcome("target.create", &json_response(201, &created)), Outcome::Done(answer) if answer.result == created)
    );
    assert!(
        matches!(outcome("target.delete", &Response { status: 204, ..Response::default() }), Outcome::Done(answer) if answer.result == Value::Null)
    );
    assert!(
        matches!(outcome("target.update", &fault(409, "Node n is locked by host c")), Outcome::Refused(failure) if failure.retry_after == Some(5))
    );
    // The service's own failure is a refusal; a proxy's leaves it open.
    assert!(matches!(outcome("target.update", &fault(500, "m")), Outcome::Refused(_)));
    let html = |status| Response { status, headers: Vec::new(), body: b"<html>".to_vec().into() };
    for status in [200, 201, 500, 502, 504] {
        assert!(matches!(outcome("target.update", &html(status)), Outcome::Unknown { .. }), "{status}");
    }
    for status in [400, 403, 404, 503] {
        assert!(matches!(outcome("target.update", &html(status)), Outcome::Refused(_)), "{status}");
    }
    assert!(matches!(outcome("target.list", &html(200)), Outcome::Refused(_)));
    assert_eq!(Ironic.approve(&crate::Request::default()), None);
}
