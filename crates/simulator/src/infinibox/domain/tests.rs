//! Joining, leaving and asking a domain.

use serde_json::{Value as Json, json};

use crate::infinibox::testing::Bench;

const BASE: &str = "activedirectory/domains";

fn join(domain: &str) -> Json {
    json!({"domain": domain, "username": "join-account", "password": "secret-9", "preferred_ips": ["192.0.2.5"],
           "org_unit": "Storage/Boxes"})
}

fn left() -> Bench {
    let mut bench = Bench::new();
    let body = json!({"username": "join-account", "password": "secret-9"});
    bench.post(&format!("{BASE}/leave"), &body).refused(403, "APPROVAL_REQUIRED");
    assert_eq!(bench.post(&format!("{BASE}/leave?approved=yes"), &body).ok(), json!("OK"));
    bench
}

#[test]
fn a_domain_is_left_and_joined() {
    let mut bench = Bench::new();
    assert_eq!(bench.get(BASE).ok()["unix_services_enabled"], false);
    bench.post(BASE, &join("branch.example.org")).refused(409, "ACTIVE_DIRECTORY_ALREADY_JOINED");
    let mut bench = left();
    assert!(bench.get(BASE).ok().is_null());
    let credentials = json!({"username": "join-account", "password": "secret-9"});
    bench.post(&format!("{BASE}/leave"), &credentials).refused(409, "ACTIVE_DIRECTORY_NOT_JOINED");
    bench.post(BASE, &join("corp.invalid")).refused(409, "ACTIVE_DIRECTORY_JOIN_DOMAIN_FAILED");
    let row = bench.post(BASE, &join("branch.example.org")).ok();
    assert_eq!(row["org_unit"], "OU=Boxes,OU=Storage,DC=branch,DC=example,DC=org");
    assert_eq!(row["preferred_ips"], json!(["192.0.2.5"]));
}

#[test]
fn what_is_wrong_with_a_body_is_told() {
    let mut bench = left();
    let mut refused = |name: &str, value: Json, status, code| {
        let mut body = join("branch.example.org");
        body[name] = value;
        bench.post(BASE, &body).refused(status, code);
    };
    refused("domain", "nodots".into(), 409, "ACTIVE_DIRECTORY_DOMAIN_NAME_INVALID");
    refused("domain", "d.".repeat(200).into(), 409, "ACTIVE_DIRECTORY_DOMAIN_NAME_TOO_LONG");
    refused("password", "".into(), 409, "ACTIVE_DIRECTORY_ADMIN_CREDENTIALS_INVALID");
    refused("password", "p".repeat(300).into(), 409, "ACTIVE_DIRECTORY_ADMIN_PASSWORD_TOO_LONG");
    refused("username", 7.into(), 400, "MALFORMED_PARAMETER");
    refused("preferred_ips", json!(["300.1.1.1"]), 400, "INVALID_IP_ADDRESS");
    refused("preferred_ips", vec!["192.0.2.5"; 11].into(), 409, "ACTIVE_DIRECTORY_PREFERRED_IPS_COUNT_LIMIT");
    refused("color", "blue".into(), 400, "UNSUPPORTED_FIELD");
    bench.post(BASE, &json!({"domain": "x.example"})).refused(400, "MISSING_FIELD");
}

#[test]
fn controllers_are_a_bare_list() {
    let mut bench = Bench::new();
    let target = format!("{BASE}/set_preferred_ips");
    let row = bench.post(&target, &json!(["dc-1.corp.example.com", "192.0.2.6"])).ok();
    assert_eq!(row["preferred_ips"], json!(["dc-1.corp.example.com", "192.0.2.6"]));
    bench.post(&target, &json!({})).refused(400, "MALFORMED_CONTENT");
    bench.post(&target, &json!(["a b"])).refused(400, "INVALID_IP_ADDRESS");
    bench.post(&target, &json!(["dc.invalid"])).refused(409, "ACTIVE_DIRECTORY_SET_PREFERRED_IPS_FAILED");
    left().post(&target, &json!([])).refused(409, "ACTIVE_DIRECTORY_NOT_JOINED");
}

#[test]
fn services_for_unix_go_on_and_with_approval_off() {
    let mut bench = Bench::new();
    let target = format!("{BASE}/set_unix_services");
    let groups = format!("{BASE}/set_max_translated_groups");
    bench.post(&groups, &json!({"max_translated_groups": 32})).refused(400, "PARAMETER_CONFLICT");
    let row = bench.post(&target, &json!({"unix_services_enabled": true})).ok();
    assert_eq!(
        (row["uid_attribute_name"].as_str(), row["max_translated_groups"].as_i64()),
        (Some("uidNumber"), Some(16))
    );
    assert_eq!(bench.post(&groups, &json!({"max_translated_groups": 32})).ok()["max_translated_groups"], 32);
    bench.post(&groups, &json!({"max_translated_groups": 2049})).refused(400, "WRONG_PARAMETER");
    bench.post(&groups, &json!({})).refused(400, "MALFORMED_CONTENT");
    bench.post(&target, &json!({})).refused(400, "MALFORMED_CONTENT");
    let odd = json!({"unix_services_enabled": true, "uid_attribute_name": "é"});
    bench.post(&target, &odd).refused(400, "PARAMETER_CONFLICT");
    let off = json!({"unix_services_enabled": false});
    bench.post(&target, &off).refused(403, "APPROVAL_REQUIRED");
    let row = bench.post(&format!("{target}?approved=yes"), &off).ok();
    assert_eq!((row["uid_attribute_name"].as_str(), row["max_translated_groups"].as_i64()), (Some(""), None));
}

#[test]
fn users_of_the_domain_are_found() {
    let mut bench = Bench::new();
    let target = format!("{BASE}/user_query");
    let found = bench.get(&format!("{target}?username=mkeller")).ok();
    let (sid, uid) = (found[0]["sid"].as_str().expect("an identifier"), &found[0]["uid"]);
    assert_eq!(bench.get(&format!("{target}?sid={sid}")).ok(), found);
    assert_eq!(bench.get(&format!("{target}?uid={uid}")).ok(), found);
    assert_eq!(bench.get(&format!("{target}?uid=1")).total(), 0);
    bench.get(&format!("{target}?uid=0")).refused(400, "WRONG_PARAMETER");
    bench.get(&format!("{target}?sid=S-2")).refused(409, "INVALID_SID_VALUE");
}
