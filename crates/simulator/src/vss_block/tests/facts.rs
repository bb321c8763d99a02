//! The simulated cluster knows every documented call, field, value and role.

use serde_json::{Value as Json, json};

use super::{Bench, ROOT, cause};
use crate::message::Method;
use crate::world::System as _;

const FACTS: &str = include_str!("../../../../../tests/facts/vss-block.tsv");

struct Fact {
    method: Method,
    /// Below the root, with names of the first state in place of the placeholders.
    path: String,
    roles: Vec<&'static str>,
    /// Path of a body's member, and its values.
    members: Vec<(Vec<&'static str>, Vec<&'static str>)>,
}

fn facts() -> Vec<Fact> {
    let rows = FACTS.lines().skip(1).map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let [_, method, path, _, _, _, roles, _, _, inputs] = cells[..] else { panic!("{row}") };
        let members = inputs.split(' ').filter_map(|input| input.strip_prefix("body.")).map(|input| {
            let (name, values) = input.split_once('{').unwrap_or((input, ""));
            let values = values.trim_end_matches('}').split('|').filter(|value| !value.is_empty());
            (name.trim_end_matches('*').split('.').collect(), values.collect())
        });
        let path = path.strip_prefix(ROOT).expect("a path below the root");
        let path = path.replace("{userId}", "watch-wall").replace("{userGroupId}", "NightShift");
        Fact {
            method: Method::parse(method).expect("a method"),
            path: path.replace("{targetServer}", "primary1"),
            roles: roles.split(',').filter(|role| !role.is_empty()).collect(),
            members: members.collect(),
        }
    });
    rows.collect()
}

/// A body with one member, however deep.
fn nested(path: &[&str], value: &Json) -> Json {
    path.iter().rev().fold(value.clone(), |inner, name| json!({*name: inner}))
}

#[test]
fn every_call_is_there_and_asks_who_calls() {
    assert_eq!(facts().len(), 20);
    for fact in facts() {
        let mut bench = Bench::new();
        let response = bench.call(fact.method, &fact.path, Some(&json!({})));
        assert!(!cause(&response).contains("such path"), "{} {}", fact.method.name(), fact.path);
        let request = bench.request(fact.method, &fact.path, Some(&json!({})));
        let mut stranger = request.clone();
        stranger.headers.retain(|(name, _)| name != "authorization");
        let status = bench.system.respond(&stranger).status;
        // The proof is in the body there, and uploads are looked at before their sender is.
        let open = fact.path.ends_with("/password") || fact.path.ends_with("import/invoke");
        assert!(status == 401 || open, "{} {}: {status}", fact.method.name(), fact.path);
    }
}

#[test]
fn roles_decide() {
    // Somebody with each role alone, or with as few others as groups allow.
    let people = [
        ("keykeeper", "Security"),
        ("tenant-lead", "VpsSecurity"),
        ("field-service", "Service"),
        ("watch-wall", "Monitor"),
        ("capacity", "Storage"),
        ("audit-desk", "Audit"),
    ];
    for fact in facts().into_iter().filter(|fact| !fact.roles.is_empty()) {
        for (user, role) in people {
            let mut bench = Bench::new();
            bench.user = user;
            let mut request = bench.request(fact.method, &fact.path, Some(&json!({})));
            if fact.path.ends_with("import/invoke") {
                request.headers.retain(|(name, _)| name != "content-type");
                request = request.header("content-type", "multipart/form-data; boundary=x");
            }
            let response = bench.system.respond(&request);
            let is_refused = response.status == 403;
            assert_eq!(
                is_refused,
                !fact.roles.contains(&role),
                "{user}: {} {}",
                fact.method.name(),
                fact.path
            );
        }
    }
}

#[test]
fn every_member_and_value_is_known_and_no_other() {
    for fact in facts() {
        for (path, values) in &fact.members {
            let mut bench = Bench::new();
            let place = format!("{} {} {}", fact.method.name(), fact.path, path.join("."));
            let name = path.join(".");
            let said = cause(&bench.call(fact.method, &fact.path, Some(&nested(path, &json!([[[]]])))));
            assert!(said.contains(&name) && !said.contains("unknown"), "{place}: {said}");
            let mut wrong = path.clone();
            if let Some(last) = wrong.last_mut() {
                *last = "nothingOfTheKind";
            }
            let said = cause(&bench.call(fact.method, &fact.path, Some(&nested(&wrong, &json!(1)))));
            assert!(said.contains("nothingOfTheKind' is unknown"), "{place}: {said}");
            let is_list = path.last() == Some(&"roleNames");
            let body = |value: &str| if is_list { json!([value]) } else { json!(value) };
            for value in values {
                let said = cause(&bench.call(fact.method, &fact.path, Some(&nested(path, &body(value)))));
                assert!(!said.contains(&format!("'{name}'")), "{place}={value}: {said}");
            }
            if !values.is_empty() {
                let said = cause(&bench.call(fact.method, &fact.path, Some(&nested(path, &body("else")))));
                assert!(said.contains("is one of"), "{place}: {said}");
            }
        }
    }
    let said = Bench::new().refused(Method::Get, "users?vpsId=(system)", None, 400);
    assert!(said.contains("vpsId"), "{said}");
}
