use super::*;
use crate::world::KINDS;

fn host() -> Host {
    let settings = Settings { records: 10, ..Settings::default() };
    Host::new(KINDS, &settings)
}

fn send(host: &mut Host, request: Request) -> Response {
    host.respond(request).expect("an answer").response
}

#[test]
fn systems_are_described_and_served_under_their_prefix() {
    let mut host = host();
    let systems = send(&mut host, Request::new(Method::Get, "/systems.json")).body_json().expect("JSON");
    assert_eq!(systems["systems"][0]["address"], "boxes/north/");
    let request = Request::new(Method::Get, "/boxes/north/api/rest/pools").basic("admin", "boxdeck-demo");
    assert_eq!(send(&mut host, request).status, 200);
    assert_eq!(send(&mut host, Request::new(Method::Get, "/boxes/nobody/api/rest/pools")).status, 404);
    assert!(host.respond(Request::new(Method::Get, "/index.html")).is_none());
}

#[test]
fn the_journal_counts_requests_until_a_reset() {
    let mut host = host();
    send(&mut host, Request::new(Method::Delete, "/boxes/north/api/rest/pools/1?approved=yes"));
    let journal =
        send(&mut host, Request::new(Method::Get, "/simulator/requests?since=0")).body_json().expect("JSON");
    assert_eq!(journal[0]["path"], "/api/rest/pools/1");
    assert_eq!(journal[0]["error"], "AUTHENTICATION_REQUIRED");
    assert_eq!(send(&mut host, Request::new(Method::Post, "/simulator/reset")).status, 204);
    let journal =
        send(&mut host, Request::new(Method::Get, "/simulator/requests")).body_json().expect("JSON");
    assert_eq!(journal, json!([]));
}

#[test]
fn a_session_cookie_stays_with_its_system() {
    let login = json!({"username": "admin", "password": "boxdeck-demo"});
    let request = Request::new(Method::Post, "/boxes/north/api/rest/users/login").json(&login);
    let response = send(&mut host(), request);
    let cookie = response.header_value("set-cookie").expect("a cookie");
    assert!(cookie.contains("Path=/boxes/north/;"), "{cookie}");
}

#[test]
fn orders_reach_a_system() {
    let mut host = host();
    let order = |body: &Json| Request::new(Method::Post, "/simulator/control/north").json(body);
    assert_eq!(send(&mut host, order(&json!({"reconfigure_seconds": 60}))).status, 204);
    let busy = send(&mut host, Request::new(Method::Get, "/boxes/north/api/rest/pools"));
    assert_eq!(busy.status, 307);
    assert!(busy.header_value("location").is_none());
    assert_eq!(send(&mut host, order(&json!({"fly": true}))).status, 400);
}

const VOLUMES: &str = "/boxes/north/api/rest/volumes";

/// A host where the first request that creates a volume meets this fault.
fn faulty(fault: &Json) -> Host {
    let mut host = host();
    let mut rule = json!({"operation": "POST /api/rest/volumes", "times": 1});
    for (name, value) in fault.as_object().expect("an object") {
        rule[name] = value.clone();
    }
    let order = Request::new(Method::Post, FAULTS).json(&json!({"rules": [rule]}));
    assert_eq!(send(&mut host, order).status, 204);
    host
}

fn create(host: &mut Host) -> Delivery {
    let listed = Request::new(Method::Get, "/boxes/north/api/rest/pools").basic("admin", "boxdeck-demo");
    let pool = send(host, listed).body_json().expect("JSON")["result"][0]["id"].clone();
    let body = json!({"name": "faults-1", "pool_id": pool, "size": 2_000_000_000});
    let request = Request::new(Method::Post, VOLUMES).basic("admin", "boxdeck-demo").json(&body);
    host.respond(request).expect("an answer")
}

fn is_there(host: &mut Host) -> bool {
    let listed = format!("{VOLUMES}?name=eq%3Afaults-1");
    let listed = Request::new(Method::Get, &listed).basic("admin", "boxdeck-demo");
    send(host, listed).body_json().expect("JSON")["metadata"]["number_of_objects"] == 1
}

/// Status and fault of the requests that would create a volume, as the journal has them.
fn noted(host: &mut Host) -> Vec<(Json, Json)> {
    let journal = send(host, Request::new(Method::Get, "/simulator/requests")).body_json().expect("JSON");
    let entries = journal.as_array().expect("a list").iter();
    let creations = entries.filter(|entry| entry["method"] == "POST");
    creations.map(|entry| (entry["status"].clone(), entry["fault"].clone())).collect()
}

#[test]
fn a_lost_answer_leaves_the_deed_and_a_dropped_request_leaves_none() {
    let mut host = faulty(&json!({"fault": "lost", "milliseconds": 20}));
    let lost = create(&mut host);
    assert_eq!((lost.cut, lost.milliseconds), (Some(Cut::Before), 20));
    assert!(is_there(&mut host));
    assert_eq!(noted(&mut host), [(json!(201), json!("lost"))]);
    let mut host = faulty(&json!({"fault": "dropped"}));
    assert_eq!(create(&mut host).cut, Some(Cut::Before));
    assert!(!is_there(&mut host));
    assert_eq!(noted(&mut host), [(Json::Null, json!("dropped"))]);
}

#[test]
fn a_duplicated_request_is_done_twice_and_answered_by_the_second() {
    let mut host = faulty(&json!({"fault": "duplicated"}));
    let second = create(&mut host);
    assert_eq!((second.response.status, second.cut), (409, None));
    assert!(is_there(&mut host));
    assert_eq!(noted(&mut host), [(json!(201), json!("duplicated")), (json!(409), json!("duplicated"))]);
}

#[test]
fn broken_answers_break_after_the_deed() {
    let mut host = faulty(&json!({"fault": "malformed"}));
    let malformed = create(&mut host);
    assert_eq!((malformed.response.status, malformed.response.body_json()), (201, None));
    assert!(is_there(&mut host));
    let mut host = faulty(&json!({"fault": "truncated"}));
    let truncated = create(&mut host);
    assert_eq!(truncated.cut, Some(Cut::Within));
    let promised = truncated.response.header_value("content-length").and_then(|text| text.parse().ok());
    assert!(promised.is_some_and(|promised: usize| promised > truncated.response.body.len()));
    assert!(is_there(&mut host));
}

#[test]
fn other_answers_come_in_the_words_of_the_system_or_of_a_proxy() {
    let code = |status: u16| {
        let mut host = faulty(&json!({"fault": "status", "status": status}));
        let response = create(&mut host).response;
        assert!(!is_there(&mut host), "{status}");
        assert_eq!(response.status, status);
        response.body_json().map(|body| body["error"]["code"].clone())
    };
    assert_eq!(code(401), Some(json!("AUTHENTICATION_REQUIRED")));
    assert_eq!(code(307), Some(json!("RECONFIGURING")));
    assert_eq!(code(409), Some(json!("NOT_SUPPORTED_IN_SYSTEM_STATE")));
    assert_eq!(code(500), Some(json!("INTERNAL_SERVER_ERROR")));
    assert_eq!(code(502), None);
    let gateway =
        json!({"fault": "status", "status": 504, "executed": true, "retry_after": 3, "location": "/x"});
    let mut host = faulty(&gateway);
    let response = create(&mut host).response;
    assert_eq!(response.header_value("retry-after"), Some("3"));
    assert_eq!(response.header_value("location"), Some("/x"));
    assert!(is_there(&mut host));
}

#[test]
fn a_reset_puts_back_the_faults_of_the_start() {
    let mut host = host().with_faults(Faults::from_text("500", 0).expect("faults"));
    let pools = || Request::new(Method::Get, "/boxes/north/api/rest/pools").basic("admin", "boxdeck-demo");
    assert_eq!(send(&mut host, pools()).status, 500);
    let none = Request::new(Method::Post, FAULTS).json(&json!({}));
    assert_eq!(send(&mut host, none).status, 204);
    assert_eq!(send(&mut host, pools()).status, 200);
    send(&mut host, Request::new(Method::Post, "/simulator/reset"));
    assert_eq!(send(&mut host, pools()).status, 500);
    let told = send(&mut host, Request::new(Method::Get, FAULTS)).body_json().expect("JSON");
    assert_eq!(told["rules"][0], json!({"fault": "status", "seen": 1, "struck": 1}));
    let refused = send(&mut host, Request::new(Method::Post, FAULTS).json(&json!({"rules": 1})));
    assert_eq!(refused.status, 400);
}
