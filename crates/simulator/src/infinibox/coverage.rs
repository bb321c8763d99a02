//! Every documented operation of the groups that are simulated is answered.

use super::ROUTES;
use super::route::{self, Found};
use super::testing::Bench;
use crate::message::{Method, Request};

/// The documented operations: a heading, then the group, the method, the path, and more.
const FACTS: &str = include_str!("../../../../tests/facts/infinibox.tsv");

/// The groups that the catalog covers and that are simulated, as the document names them, one a line.
const GROUPS: &str = include_str!("../../../../tests/facts/infinibox.covered");

/// The path with a number for each parameter.
fn filled(path: &str) -> String {
    let segments: Vec<&str> =
        path.split('/').map(|segment| if segment.starts_with('{') { "1" } else { segment }).collect();
    segments.join("/")
}

/// The path below `/api/rest/` without the names of its parameters.
fn shape(path: &str) -> Vec<&str> {
    let path = path.strip_prefix("/api/rest/").unwrap_or(path);
    path.trim_end_matches('/')
        .split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part })
        .collect()
}

/// Whether the operation has a route of its own. `pools/{id}/{attribute}` and its like answer any path of that length,
/// if only by saying that there is no such attribute.
fn has_own_route(method: Method, path: &str) -> bool {
    match route::find(ROUTES, method, &filled(path)) {
        Found::Operation(route, _) => shape(route.template) == shape(path),
        Found::OtherMethod | Found::Nothing => false,
    }
}

#[test]
fn every_documented_operation_is_answered() {
    let mut bench = Bench::with_records(20);
    let mut unanswered = Vec::new();
    let mut groups: Vec<&str> = Vec::new();
    for line in FACTS.lines().skip(1) {
        let [group, method, path] = line.split('\t').take(3).collect::<Vec<_>>()[..] else {
            panic!("not a row of the facts: {line}");
        };
        if !GROUPS.lines().any(|covered| covered == group) {
            continue;
        }
        groups.push(group);
        let method = Method::parse(method).expect("a method");
        let request = Request::new(method, &filled(path)).basic("support", "boxdeck-demo");
        let request = if method == Method::Get { request } else { request.json(&serde_json::json!({})) };
        let answer = bench.send(&request);
        let code = answer.body["error"]["code"].as_str();
        if matches!(code, Some("UNKNOWN_PATH" | "METHOD_NOT_ALLOWED")) || !has_own_route(method, path) {
            unanswered.push(format!("{} {path}", method.name()));
        }
        assert!(answer.status != 500, "{} {path}: {answer:?}", method.name());
    }
    groups.dedup();
    assert_eq!(groups, GROUPS.lines().collect::<Vec<_>>(), "each group is in the facts");
    assert!(unanswered.is_empty(), "{unanswered:#?}");
}
