//! Coming in and staying in.

use serde_json::{Map, Value, json};

use super::lists::{Bench, TENANT};
use crate::fixture::json_response;
use crate::{Authority, Body, Challenge, Dialect, Entry, FailureKind, IbmBackup, Progress, Request, Session};

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().expect("an object")
}

#[test]
fn a_stranger_is_asked_for_a_key_and_a_tenant() {
    let options = object(&json!({"tenant": TENANT}));
    let mut flow = IbmBackup.knock(None, &options);
    let Progress::Send(request) = flow.start() else { panic!("nothing to send") };
    assert_eq!(request.headers, [("X-IBM-Tenant-Id".to_owned(), TENANT.to_owned())]);
    let refused = json_response(401, &json!({"errorCode": "KUnauthorized", "message": "No."}));
    let Progress::Done(Entry::Ask(challenge)) = flow.answer(&refused) else { panic!("in") };
    let fields: Vec<_> = challenge.fields.iter().map(|field| (field.name.as_str(), field.secret)).collect();
    assert_eq!(fields, [("api_key", true), ("tenant", false)]);
    assert_eq!(challenge.fields.last().and_then(|field| field.default.clone()), Some(json!(TENANT)));
    // A proxy may have credentials of its own.
    let mut flow = IbmBackup.knock(None, &options);
    flow.start();
    let Progress::Done(Entry::Open(session)) = flow.answer(&json_response(200, &json!({"policies": []})))
    else {
        panic!("not in")
    };
    assert_eq!((session.authority, session.headers.len()), (Authority::None, 1));
    let mut flow = IbmBackup.knock(None, &options);
    flow.start();
    assert!(matches!(flow.answer(&json_response(502, &Value::Null)), Progress::Failed(_)));
}

fn exchange(options: &Value) -> Request {
    let inputs = object(&json!({"api_key": "k&1", "tenant": TENANT}));
    let mut flow = IbmBackup.sign_in(&Challenge::default(), &inputs, &object(options));
    match flow.start() {
        Progress::Send(request) => request,
        other => panic!("{other:?}"),
    }
}

#[test]
fn tokens_come_from_where_the_options_say() {
    let request = exchange(&json!({}));
    assert_eq!(request.origin.as_deref(), Some("https://iam.cloud.ibm.com"));
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/identity/token"));
    let Body::Form(pairs) = &request.body else { panic!("no form") };
    assert!(pairs.contains(&("apikey".to_owned(), "k&1".to_owned())));
    for option in ["iam/", "iam", "iam/identity/token"] {
        assert_eq!(exchange(&json!({"iam": option})).origin.as_deref(), Some("iam"), "{option}");
    }
    let mut flow = IbmBackup.sign_in(&Challenge::default(), &Map::new(), &Map::new());
    let Progress::Failed(failure) = flow.start() else { panic!("sent") };
    assert_eq!(failure.fields.len(), 2);
}

#[test]
fn a_token_is_renewed_before_it_ends() {
    let mut bench = Bench::new();
    let first: Session = bench.session.clone();
    let renewal = first.renewal.clone().expect("it ends");
    assert_eq!(renewal.seconds, 3480);
    assert_eq!((&first.user, first.known_as.as_deref()), (&None, Some("API key for bx7deck042/")));
    assert!(!format!("{first:?}").contains("boxdeck-demo"));
    bench.world.control(&json!({"advance_seconds": 3601})).expect("an order");
    let mut request = Request {
        method: "GET".to_owned(),
        path: "/v2/data-protect/policies".to_owned(),
        ..Request::default()
    };
    let mut ask = |bench: &mut Bench, session: &Session| {
        IbmBackup.authorize(session, &mut request);
        bench.send(&request).status
    };
    assert_eq!(ask(&mut bench, &first), 401);
    let mut flow = IbmBackup.renew(&first).expect("a way");
    let Progress::Done(second) = bench.follow(flow.as_mut()) else { panic!("not renewed") };
    assert_eq!(ask(&mut bench, &second), 200);
    assert_eq!(second.headers, first.headers);
    assert_ne!(second.authority, first.authority);
    assert!(IbmBackup.renew(&Session::default()).is_none());
}

#[test]
fn a_short_token_is_renewed_at_half_its_time() {
    let mut bench = Bench::new();
    bench.world.control(&json!({"token_seconds": 60})).expect("an order");
    let mut flow = IbmBackup.renew(&bench.session).expect("a way");
    let Progress::Done(session) = bench.follow(flow.as_mut()) else { panic!("not renewed") };
    assert_eq!(session.renewal.map(|renewal| renewal.seconds), Some(30));
}

#[test]
fn a_key_that_was_taken_back_ends_it() {
    let bench = Bench::new();
    let mut flow = IbmBackup.renew(&bench.session).expect("a way");
    flow.start();
    let gone = json!({"errorCode": "BXNIM0415E", "errorMessage": "Provided API key could not be found."});
    let Progress::Failed(failure) = flow.answer(&json_response(400, &gone)) else { panic!("renewed") };
    assert_eq!((failure.kind, failure.code.as_deref()), (FailureKind::BadCredentials, Some("BXNIM0415E")));
}
