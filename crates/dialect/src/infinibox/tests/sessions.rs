use serde_json::{Value, json};

use crate::fixture::{Fixture, json_response};
use crate::{
    Authority, Body, Challenge, Dialect, Entry, FailureKind, Flow, InfiniBox, Progress, Request, Response,
    Session,
};

fn ok(result: &Value) -> Response {
    json_response(200, &json!({"result": result, "metadata": {"ready": true}, "error": null}))
}

fn error(status: u16, code: &str) -> Response {
    json_response(status, &json!({"result": null, "metadata": {}, "error": {"code": code, "message": "m"}}))
}

fn sent<T: std::fmt::Debug>(progress: Progress<T>) -> Request {
    match progress {
        Progress::Send(request) => request,
        other => panic!("{other:?} is no request"),
    }
}

fn sign_in(user: &str, password: &str) -> Box<dyn Flow<Session>> {
    let inputs = json!({"user": user, "password": password});
    InfiniBox.sign_in(&Challenge::default(), inputs.as_object().expect("an object"), &serde_json::Map::new())
}

fn me() -> Value {
    json!({"id": 3, "name": "Kim", "role": "ADMIN", "roles": ["ADMIN", "TECHNICIAN"]})
}

#[test]
fn without_a_name_the_box_is_not_asked() {
    let Progress::Done(Entry::Ask(challenge)) = InfiniBox.knock(None, &serde_json::Map::new()).start() else {
        panic!("no challenge")
    };
    assert_eq!(challenge.method, "password");
    assert_eq!(
        challenge.fields.iter().map(|field| (field.name.as_str(), field.secret)).collect::<Vec<_>>(),
        [("user", false), ("password", true)]
    );
}

#[test]
fn a_cookie_of_an_earlier_visit_opens() {
    assert!(InfiniBox.uses_cookies());
    let mut knock = InfiniBox.knock(Some("kim/x"), &serde_json::Map::new());
    let request = sent(knock.start());
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("GET", "/api/rest/users/kim%2Fx/by_username")
    );
    assert!(request.headers.is_empty());
    let Progress::Done(Entry::Open(session)) = knock.answer(&ok(&me())) else { panic!("not open") };
    assert_eq!(session.user.as_deref(), Some("Kim"));
    assert_eq!(session.roles, ["ADMIN", "TECHNICIAN"]);
    assert_eq!(session.authority, Authority::Cookie);
}

#[test]
fn a_user_of_a_directory_comes_back_too() {
    for response in [error(403, "UNAUTHORIZED"), error(404, "USER_NOT_FOUND")] {
        let mut knock = InfiniBox.knock(Some("kim"), &serde_json::Map::new());
        knock.start();
        let Progress::Done(Entry::Open(session)) = knock.answer(&response) else { panic!("{response:?}") };
        assert_eq!((session.user.as_deref(), session.roles.len()), (Some("kim"), 0));
    }
}

#[test]
fn a_closed_door_asks_with_the_name_filled_in() {
    for response in [
        error(401, "AUTHENTICATION_REQUIRED"),
        error(404, "UNKNOWN_PATH"),
        Response { status: 401, ..Response::default() },
        Response { status: 403, ..Response::default() },
    ] {
        let mut knock = InfiniBox.knock(Some("kim"), &serde_json::Map::new());
        knock.start();
        let Progress::Done(Entry::Ask(challenge)) = knock.answer(&response) else { panic!("{response:?}") };
        assert_eq!(challenge.fields.first().and_then(|field| field.default.clone()), Some(json!("kim")));
    }
    let mut knock = InfiniBox.knock(Some("kim"), &serde_json::Map::new());
    knock.start();
    let Progress::Failed(failure) = knock.answer(&error(307, "RECONFIGURING")) else { panic!("no failure") };
    assert_eq!(failure.kind, FailureKind::Busy);
}

#[test]
fn signing_in_keeps_the_cookie() {
    let mut flow = sign_in("Kim", "pä:ss");
    let request = sent(flow.start());
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/api/rest/users/login"));
    assert!(request.body == Body::Json(json!({"username": "Kim", "password": "pä:ss"})));
    let request = sent(flow.answer(&ok(&json!({"name": "Kim", "roles": ["ADMIN"], "user_objects": null}))));
    assert_eq!(request.path, "/api/rest/users/Kim/by_username");
    assert!(request.headers.is_empty());
    let Progress::Done(session) = flow.answer(&ok(&me())) else { panic!("not in") };
    assert_eq!(session.authority, Authority::Cookie);
    assert_eq!(
        InfiniBox.sign_out(&session).map(|request| (request.method, request.path)),
        Some(("POST".to_owned(), "/api/rest/users/logout".to_owned()))
    );
}

#[test]
fn a_user_who_may_not_read_himself_is_in_all_the_same() {
    for response in [error(403, "UNAUTHORIZED"), error(404, "USER_NOT_FOUND")] {
        let mut flow = sign_in("kim", "p");
        flow.start();
        flow.answer(&ok(&json!({"name": "kim", "roles": ["READ_ONLY"]})));
        let Progress::Done(session) = flow.answer(&response) else { panic!("not in") };
        assert_eq!((session.user.as_deref(), session.roles), (Some("kim"), vec!["READ_ONLY".to_owned()]));
    }
}

#[test]
fn where_the_cookie_is_lost_the_password_goes_with_each_request() {
    let mut flow = sign_in("kim", "top-secret");
    flow.start();
    flow.answer(&ok(&json!({"name": "kim", "roles": ["READ_ONLY"]})));
    let request = sent(flow.answer(&error(401, "AUTHENTICATION_REQUIRED")));
    assert_eq!(request.headers, [("Authorization".to_owned(), "Basic a2ltOnRvcC1zZWNyZXQ=".to_owned())]);
    let Progress::Done(session) = flow.answer(&ok(&me())) else { panic!("not in") };
    let mut request =
        Request { headers: vec![("authorization".to_owned(), "old".to_owned())], ..Request::default() };
    InfiniBox.authorize(&session, &mut request);
    assert_eq!(request.headers, [("Authorization".to_owned(), "Basic a2ltOnRvcC1zZWNyZXQ=".to_owned())]);
    assert_eq!(InfiniBox.sign_out(&session), None);
    let debug = format!("{session:?} {request:?}");
    assert!(!debug.contains("a2lt"), "{debug}");
}

#[test]
fn a_wrong_password_is_told_from_a_lost_session() {
    for response in [error(403, "BAD_USER"), error(401, "AUTHENTICATION_REQUIRED")] {
        let mut flow = sign_in("kim", "p");
        flow.start();
        let Progress::Failed(failure) = flow.answer(&response) else { panic!("in") };
        assert_eq!(failure.kind, FailureKind::BadCredentials);
    }
    let mut flow = sign_in("kim", "p");
    flow.start();
    flow.answer(&ok(&json!({"name": "kim"})));
    flow.answer(&error(401, "AUTHENTICATION_REQUIRED"));
    let Progress::Failed(failure) = flow.answer(&error(401, "AUTHENTICATION_REQUIRED")) else { panic!("in") };
    assert_eq!(failure.kind, FailureKind::SignedOut);
    let Progress::Failed(failure) = sign_in("kim", "").start() else { panic!("sent") };
    assert_eq!(failure.fields.first().map(|fault| fault.field.as_str()), Some("password"));
}

#[test]
fn no_password_shows_in_debug() {
    let mut flow = sign_in("kim", "top-secret");
    let progress = flow.start();
    assert!(!format!("{progress:?}").contains("top-secret"));
    let fixture = Fixture::new("infinibox");
    let mut request = Request::default();
    InfiniBox.authorize(&fixture.session, &mut request);
    assert_eq!(request, Request::default());
}

#[test]
fn a_box_is_recognised_by_its_envelope_even_in_a_refusal() {
    assert_eq!(InfiniBox.probe().map(|request| request.method), Some("GET".to_owned()));
    assert!(InfiniBox.recognises(&error(401, "AUTHENTICATION_REQUIRED")));
    assert!(InfiniBox.recognises(&ok(&json!([]))));
    assert!(!InfiniBox.recognises(&json_response(404, &json!({"error": "no such file"}))));
    assert!(!InfiniBox.recognises(&json_response(404, &json!({"error_message": "{}"}))));
}
