use serde_json::json;

use crate::fixture::{Fixture, json_response};
use crate::{Body, Dialect, InfiniBox, Outcome, Request};

#[test]
fn the_approved_request_is_otherwise_identical() {
    let request = Request {
        method: "POST".to_owned(),
        path: "/api/rest/hosts/7/luns".to_owned(),
        query: vec![("approved".to_owned(), "false".to_owned()), ("force".to_owned(), "true".to_owned())],
        headers: vec![("X-Remote".to_owned(), "r".to_owned())],
        body: Body::Json(json!({"lun": 3})),
        ..Request::default()
    };
    let approved = InfiniBox.approve(&request).expect("the kind has approvals");
    let query = vec![("force".to_owned(), "true".to_owned()), ("approved".to_owned(), "yes".to_owned())];
    assert_eq!(approved, Request { query, ..request });
}

#[test]
fn both_codes_ask_for_approval_whatever_the_status() {
    let fixture = Fixture::new("infinibox");
    let (_, operation) = fixture.operation("volume.delete");
    for code in ["APPROVAL_REQUIRED", "APPROVAL_REQUIRED_VOLUME_HAS_CHILDREN"] {
        for status in [403, 400, 200] {
            let body = json!({"result": null, "metadata": {"ready": true}, "error": {"code": code, "message": "Volume 'db' and its data go."}});
            assert_eq!(
                InfiniBox.read_outcome(operation, &json_response(status, &body)),
                Outcome::ApprovalRequired {
                    code: code.to_owned(),
                    message: "Volume 'db' and its data go.".to_owned()
                }
            );
        }
    }
}

#[test]
fn reasons_are_part_of_the_question() {
    let fixture = Fixture::new("infinibox");
    let (_, operation) = fixture.operation("volume.delete");
    let body = json!({"error": {"code": "APPROVAL_REQUIRED", "message": "", "reasons": [
        {"message": "The volume is in use.", "affected_entities": []}, "It has children."
    ]}, "result": null});
    let Outcome::ApprovalRequired { message, .. } =
        InfiniBox.read_outcome(operation, &json_response(403, &body))
    else {
        panic!("no question")
    };
    assert_eq!(message, "The volume is in use.\nIt has children.");
}
