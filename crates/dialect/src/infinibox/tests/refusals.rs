use serde_json::json;

use crate::fixture::{Fixture, json_response};
use crate::{Dialect, Failure, FailureKind, InfiniBox, Query, Response};

fn refusal(status: u16, code: &str, message: &str) -> Failure {
    let fixture = Fixture::new("infinibox");
    let body =
        json!({"result": null, "metadata": {"ready": true}, "error": {"code": code, "message": message}});
    InfiniBox
        .read_page(fixture.target("volume.list"), &Query::default(), &json_response(status, &body))
        .expect_err("a refusal")
}

#[test]
fn kinds_follow_code_and_status() {
    use FailureKind as K;
    let table = [
        (401, "AUTHENTICATION_REQUIRED", K::SignedOut),
        (403, "BAD_USER", K::BadCredentials),
        (403, "UNAUTHORIZED", K::Forbidden),
        (403, "USER_IS_FORBIDDEN", K::Forbidden),
        (403, "REMOTE_PERMISSION_REQUIRED", K::Forbidden),
        (403, "NET_SPACE_IN_USE", K::Forbidden),
        (404, "VOLUME_NOT_FOUND", K::NotFound),
        (404, "UNKNOWN_PATH", K::Unsupported),
        (405, "METHOD_NOT_ALLOWED", K::Unsupported),
        (400, "WRONG_PARAMETER", K::Invalid),
        (409, "POOL_NOT_EMPTY", K::Conflict),
        (409, "CORE_IN_PROGRESS", K::Busy),
        (409, "FEATURE_NOT_ENABLED", K::Unsupported),
        (307, "RECONFIGURING", K::Busy),
        (500, "INTERNAL_SERVER_ERROR", K::Broken),
        (200, "POOL_NOT_EMPTY", K::Conflict),
    ];
    for (status, code, kind) in table {
        let failure = refusal(status, code, "Words of the box.");
        assert_eq!(failure.kind, kind, "{code}");
        assert_eq!(failure.code.as_deref(), Some(code));
        assert_eq!(failure.status, Some(status));
        assert_eq!(failure.message, "Words of the box.");
    }
}

#[test]
fn a_busy_box_says_when_to_come_back() {
    assert_eq!(refusal(307, "RECONFIGURING", "Try again in 30 seconds.").retry_after, Some(30));
    assert_eq!(refusal(307, "RECONFIGURING", "Back in (12) sec").retry_after, Some(12));
    assert_eq!(refusal(307, "RECONFIGURING", "Later.").retry_after, Some(5));
    assert_eq!(refusal(409, "POOL_NOT_EMPTY", "Wait 3 seconds").retry_after, None);
    let fixture = Fixture::new("infinibox");
    let mut response =
        json_response(503, &json!({"error": {"code": "RECONFIGURING", "message": "m"}, "result": null}));
    response.headers.push(("retry-after".to_owned(), "7".to_owned()));
    let failure =
        InfiniBox.read_page(fixture.target("volume.list"), &Query::default(), &response).expect_err("busy");
    assert_eq!(failure.retry_after, Some(7));
}

#[test]
fn messages_are_never_empty() {
    let fixture = Fixture::new("infinibox");
    let read = |response: &Response| {
        InfiniBox
            .read_page(fixture.target("volume.list"), &Query::default(), response)
            .expect_err("a refusal")
            .message
    };
    assert!(
        read(&Response { status: 502, headers: Vec::new(), body: b"<html>".to_vec().into() }).contains("502")
    );
    assert!(read(&json_response(409, &json!({"error": {"code": "X"}, "result": null}))).contains('X'));
    let remote =
        json!({"error": {"code": "LINK_ERROR", "message": "No.", "is_remote": true}, "result": null});
    assert_eq!(read(&json_response(409, &remote)), "From the linked system: No.");
    let named = json!({"error": {"code": "LINK_ERROR", "message": "Error on 'b': No.", "is_remote": true}, "result": null});
    assert_eq!(read(&json_response(409, &named)), "Error on 'b': No.");
    let odd = json!({"error": "broken", "metadata": 7});
    assert!(read(&json_response(500, &odd)).contains("500"));
}
