use serde_json::{Map, json};

use super::support::answer;
use crate::{Authority, Dialect, Entry, FailureKind, HyperStore, Progress};

const RELEASE: &str = "8.2 Compiled: 2026-01-15 10:00";

#[test]
fn nobody_is_asked_where_a_proxy_holds_the_account() {
    let mut knock = HyperStore.knock(None, &Map::new());
    assert!(matches!(knock.start(), Progress::Send(request) if request.path == "/system/version"));
    assert!(matches!(knock.answer(&answer(200, RELEASE)), Progress::Done(Entry::Open(_))));
}

#[test]
fn the_account_goes_along_with_each_request() {
    let mut knock = HyperStore.knock(None, &Map::new());
    knock.start();
    let Progress::Done(Entry::Ask(challenge)) = knock.answer(&answer(401, "")) else { panic!("not asked") };
    assert_eq!(challenge.fields[0].default, Some(json!("sysadmin")));
    let inputs = json!({"user": "sysadmin", "password": "public"});
    let inputs = inputs.as_object().expect("an object");
    let mut flow = HyperStore.sign_in(&challenge, inputs, &Map::new());
    let Progress::Send(request) = flow.start() else { panic!("nothing is sent") };
    assert_eq!(request.headers, [("Authorization".to_owned(), "Basic c3lzYWRtaW46cHVibGlj".to_owned())]);
    let Progress::Done(session) = flow.answer(&answer(200, RELEASE)) else { panic!("not let in") };
    assert!(matches!(session.authority, Authority::Header { .. }));
    let Progress::Failed(failure) = flow.answer(&answer(401, "")) else { panic!("let in") };
    assert_eq!(failure.kind, FailureKind::BadCredentials);
    let Progress::Failed(failure) = flow.answer(&answer(200, "welcome")) else { panic!("let in") };
    assert_eq!(failure.kind, FailureKind::Malformed);
}

#[test]
fn the_service_is_known_by_its_release() {
    assert!(HyperStore.recognises(&answer(200, RELEASE)));
    assert!(!HyperStore.recognises(&answer(200, "<html>Compiled: x</html>")));
    assert!(!HyperStore.recognises(&answer(401, RELEASE)));
}
