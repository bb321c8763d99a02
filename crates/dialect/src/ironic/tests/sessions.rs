use serde_json::{Map, Value, json};

use crate::fixture::json_response;
use crate::{
    Authority, Body, Challenge, Dialect, Entry, FailureKind, Ironic, Progress, Request, Response, Secret,
    Session,
};

fn versions(least: &str, greatest: &str) -> Response {
    json_response(
        200,
        &json!({"id": "v1", "version": {"id": "v1", "min_version": least, "version": greatest}}),
    )
}

fn nodes() -> Response {
    json_response(200, &json!({"nodes": []}))
}

fn closed(header: Option<&str>, body: &Value) -> Response {
    let mut response = json_response(401, body);
    response.headers.extend(header.map(|value| ("www-authenticate".to_owned(), value.to_owned())));
    response
}

fn sent<T: std::fmt::Debug>(progress: Progress<T>) -> Request {
    match progress {
        Progress::Send(request) => request,
        other => panic!("{other:?} is no request"),
    }
}

fn options(keystone: Option<&str>) -> Map<String, Value> {
    keystone.map(|address| ("keystone".to_owned(), json!(address))).into_iter().collect()
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn inputs(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("an object")
}

/// What the service answers to a knock after the discovery.
fn knock(keystone: Option<&str>, answer: &Response) -> Progress<Entry> {
    let mut flow = Ironic.knock(Some("kim"), &options(keystone));
    let request = sent(flow.start());
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/v1"));
    let request = sent(flow.answer(&versions("1.1", "1.90")));
    assert_eq!(
        (request.path.as_str(), header(&request, "X-OpenStack-Ironic-API-Version")),
        ("/v1/nodes", Some("1.90"))
    );
    flow.answer(answer)
}

fn challenge(progress: Progress<Entry>) -> Challenge {
    match progress {
        Progress::Done(Entry::Ask(challenge)) => challenge,
        other => panic!("{other:?} is no challenge"),
    }
}

#[test]
fn an_open_service_lets_everyone_in() {
    let Progress::Done(Entry::Open(session)) = knock(None, &nodes()) else { panic!("closed") };
    assert_eq!(session, Session { version: Some("1.90".to_owned()), ..Session::default() });
}

#[test]
fn versions_are_agreed_on() {
    let chosen = |response: &Response| {
        let mut flow = Ironic.knock(None, &Map::new());
        flow.start();
        match flow.answer(response) {
            Progress::Send(request) => {
                Ok(header(&request, "X-OpenStack-Ironic-API-Version").unwrap_or_default().to_owned())
            }
            Progress::Failed(failure) => Err(failure.kind),
            Progress::Done(entry) => panic!("{entry:?}"),
        }
    };
    assert_eq!(chosen(&versions("1.1", "1.32")), Ok("1.32".to_owned()));
    assert_eq!(chosen(&versions("1.1", "1.115")), Ok("1.115".to_owned()));
    assert_eq!(chosen(&versions("1.1", "1.300")), Ok("1.115".to_owned()));
    assert_eq!(chosen(&versions("1.1", "1.31")), Err(FailureKind::Unsupported));
    assert_eq!(chosen(&versions("1.200", "1.300")), Err(FailureKind::Unsupported));
    assert_eq!(chosen(&json_response(200, &json!({"hello": 1}))), Err(FailureKind::Malformed));
    assert_eq!(
        chosen(&Response { status: 200, headers: Vec::new(), body: b"<html>".to_vec().into() }),
        Err(FailureKind::Malformed)
    );
    let mut by_header = json_response(200, &json!({}));
    by_header.headers.push(("x-openstack-ironic-api-maximum-version".to_owned(), "1.60".to_owned()));
    assert_eq!(chosen(&by_header), Ok("1.60".to_owned()));
}

#[test]
fn the_way_in_is_recognised() {
    let basic = json!({"error": {"message": "m", "code": 401}});
    let keystone = json!({"error": {"message": "m", "code": 401, "title": "Unauthorized"}});
    let table = [
        (None, Some("Basic realm=\"Baremetal API\""), &basic, "basic", None),
        (None, None, &basic, "basic", None),
        (
            None,
            Some("Keystone uri=\"http://10.0.0.2:5000\""),
            &keystone,
            "keystone",
            Some("http://10.0.0.2:5000"),
        ),
        (
            None,
            Some("Keystone uri='http://10.0.0.2:5000/v3'"),
            &keystone,
            "keystone",
            Some("http://10.0.0.2:5000"),
        ),
        (None, None, &keystone, "keystone", None),
        (
            Some("/identity/"),
            Some("Keystone uri=\"http://10.0.0.2:5000\""),
            &keystone,
            "keystone",
            Some("/identity"),
        ),
        (Some("/identity/v3"), None, &basic, "keystone", Some("/identity")),
        (Some("/identity"), Some("Basic realm=\"x\""), &basic, "basic", None),
    ];
    for (option, header, body, method, identity) in table {
        let challenge = challenge(knock(option, &closed(header, body)));
        assert_eq!(
            (challenge.method.as_str(), challenge.identity.as_deref()),
            (method, identity),
            "{header:?}"
        );
        let names: Vec<&str> = challenge.fields.iter().map(|field| field.name.as_str()).collect();
        let expected: &[&str] = if method == "basic" {
            &["user", "password"]
        } else {
            &["user", "password", "project", "user_domain", "project_domain"]
        };
        assert_eq!(names, expected);
        assert_eq!(challenge.fields.first().and_then(|field| field.default.clone()), Some(json!("kim")));
    }
}

#[test]
fn basic_is_proved_before_it_is_believed() {
    let given = json!({"user": "kim", "password": "top-secret"});
    let challenge = Challenge { method: "basic".to_owned(), ..Challenge::default() };
    let mut flow = Ironic.sign_in(&challenge, inputs(&given), &Map::new());
    flow.start();
    let request = sent(flow.answer(&versions("1.1", "1.90")));
    assert_eq!(request.path, "/v1/nodes");
    assert_eq!(header(&request, "Authorization"), Some("Basic a2ltOnRvcC1zZWNyZXQ="));
    let Progress::Done(session) = flow.answer(&nodes()) else { panic!("not in") };
    assert_eq!((session.user.as_deref(), session.version.as_deref()), (Some("kim"), Some("1.90")));
    let mut request = Request::default();
    Ironic.authorize(&session, &mut request);
    assert_eq!(header(&request, "Authorization"), Some("Basic a2ltOnRvcC1zZWNyZXQ="));
    assert_eq!(header(&request, "X-OpenStack-Ironic-API-Version"), Some("1.90"));
    assert!(!format!("{session:?} {request:?}").contains("a2lt"));

    let mut flow = Ironic.sign_in(&challenge, inputs(&given), &Map::new());
    flow.start();
    flow.answer(&versions("1.1", "1.90"));
    let Progress::Failed(failure) = flow.answer(&closed(None, &json!({}))) else { panic!("in") };
    assert_eq!(failure.kind, FailureKind::BadCredentials);
}

fn keystone_challenge(identity: Option<&str>) -> Challenge {
    Challenge { method: "keystone".to_owned(), fields: Vec::new(), identity: identity.map(str::to_owned) }
}

fn token() -> Response {
    let mut response = json_response(
        201,
        &json!({"token": {"user": {"name": "kim"}, "roles": [{"name": "admin"}, {"name": "reader"}]}}),
    );
    response.headers.push(("x-subject-token".to_owned(), "gAAA-top-secret".to_owned()));
    response
}

#[test]
fn keystone_gives_a_token() {
    let given = json!({"user": "kim", "password": "top-secret", "project": "baremetal", "user_domain": "staff", "project_domain": ""});
    let mut flow = Ironic.sign_in(
        &keystone_challenge(Some("http://10.0.0.2:5000")),
        inputs(&given),
        &options(Some("/identity")),
    );
    let progress = flow.start();
    assert!(!format!("{progress:?}").contains("top-secret"));
    let request = sent(progress);
    assert_eq!((request.origin.as_deref(), request.path.as_str()), (Some("/identity"), "/v3/auth/tokens"));
    let expected = json!({"auth": {
        "identity": {"methods": ["password"], "password": {"user": {"name": "kim", "domain": {"name": "staff"}, "password": "top-secret"}}},
        "scope": {"project": {"name": "baremetal", "domain": {"name": "Default"}}}
    }});
    assert!(request.body == Body::Json(expected));
    let request = sent(flow.answer(&token()));
    assert_eq!((request.path.as_str(), header(&request, "X-Auth-Token")), ("/v1", Some("gAAA-top-secret")));
    flow.answer(&versions("1.1", "1.115"));
    // A reader may be in without seeing nodes.
    let forbidden = json_response(403, &json!({"error_message": "{\"faultstring\": \"No.\"}"}));
    let Progress::Done(session) = flow.answer(&forbidden) else { panic!("not in") };
    assert_eq!(
        session,
        Session {
            user: Some("kim".to_owned()),
            roles: vec!["admin".to_owned(), "reader".to_owned()],
            authority: Authority::Header {
                name: "X-Auth-Token".to_owned(),
                value: Secret::new("gAAA-top-secret")
            },
            version: Some("1.115".to_owned()),
            identity: Some("/identity".to_owned()),
            ..Session::default()
        }
    );
    assert!(!format!("{session:?}").contains("gAAA"));

    let mut request = Ironic.sign_out(&session).expect("a token to revoke");
    Ironic.authorize(&session, &mut request);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("DELETE", "/v3/auth/tokens"));
    assert_eq!(request.origin.as_deref(), Some("/identity"));
    for name in ["X-Auth-Token", "X-Subject-Token"] {
        assert_eq!(header(&request, name), Some("gAAA-top-secret"));
    }
    assert!(!format!("{request:?}").contains("gAAA"));
}

#[test]
fn without_a_project_the_scope_is_the_cloud() {
    let given = json!({"user": "kim", "password": "p"});
    let mut flow =
        Ironic.sign_in(&keystone_challenge(Some("http://10.0.0.2:5000")), inputs(&given), &Map::new());
    let request = sent(flow.start());
    assert_eq!(request.origin.as_deref(), Some("http://10.0.0.2:5000"));
    let Body::Json(body) = request.body else { panic!("no JSON") };
    assert_eq!(body.pointer("/auth/scope"), Some(&json!({"system": {"all": true}})));
    assert_eq!(body.pointer("/auth/identity/password/user/domain/name"), Some(&json!("Default")));
}

#[test]
fn keystone_can_fail_in_many_ways() {
    let given = json!({"user": "kim", "password": "p"});
    let answer = |response: &Response| {
        let mut flow = Ironic.sign_in(&keystone_challenge(Some("/identity")), inputs(&given), &Map::new());
        flow.start();
        match flow.answer(response) {
            Progress::Failed(failure) => failure.kind,
            other => panic!("{other:?}"),
        }
    };
    let refused = json!({"error": {"code": 401, "title": "Unauthorized", "message": "Wrong."}});
    assert_eq!(answer(&json_response(401, &refused)), FailureKind::BadCredentials);
    assert_eq!(answer(&json_response(201, &json!({"token": {}}))), FailureKind::Malformed);
    assert_eq!(answer(&Response { status: 503, ..Response::default() }), FailureKind::Busy);
    let Progress::Failed(failure) =
        Ironic.sign_in(&keystone_challenge(None), inputs(&given), &Map::new()).start()
    else {
        panic!("sent")
    };
    assert_eq!(failure.kind, FailureKind::Unsupported);
    let Progress::Failed(failure) =
        Ironic.sign_in(&keystone_challenge(None), &Map::new(), &Map::new()).start()
    else {
        panic!("sent")
    };
    assert_eq!(failure.fields.first().map(|fault| fault.field.as_str()), Some("user"));
    assert_eq!(Ironic.sign_out(&Session::default()), None);
}

#[test]
fn a_service_is_recognised_by_the_versions_that_it_offers() {
    assert_eq!(Ironic.probe().map(|request| request.path), Some("/v1".to_owned()));
    assert!(Ironic.recognises(&versions("1.1", "1.90")));
    assert!(!Ironic.recognises(&json_response(200, &json!({"id": "v3"}))));
    assert!(!Ironic.recognises(&json_response(404, &json!({"error": "no such file"}))));
}
