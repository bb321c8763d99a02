//! Directories, their order, their groups.

use serde_json::{Value as Json, json};

use crate::infinibox::testing::Bench;

fn ldap(name: &str) -> Json {
    json!({
        "name": name, "repository_type": "LDAP", "domain_name": null, "servers": ["ldap-1.example.org"],
        "bind_username": "reader", "bind_password": "secret-9",
        "schema_definition": {"groups_basedn": "ou=groups,dc=example,dc=org", "user_class": "person"},
    })
}

#[test]
fn a_repository_comes_changes_and_goes() {
    let mut bench = Bench::new();
    let before = bench.get("config/ldap").total();
    let row = bench.post("config/ldap", &ldap("branch")).ok();
    let id = row["id"].as_i64().expect("an id");
    assert_eq!((row["ldap_port"].as_i64(), row["use_ldaps"].as_bool()), (Some(636), Some(true)));
    assert_eq!(row["schema_definition"]["username_attribute"], "sAMAccountName");
    assert_eq!(row["schema_definition"]["user_class"], "person");
    assert!(row.get("bind_password").is_none());
    bench.post("config/ldap", &ldap("branch")).refused(409, "LDAP_NAME_CONFLICT");
    let target = format!("config/ldap/{id}");
    let changed = bench.put(&target, &json!({"servers": ["192.0.2.9", "192.0.2.10"], "ldap_port": 389})).ok();
    assert_eq!(changed["servers"], json!(["192.0.2.9", "192.0.2.10"]));
    bench.put(&target, &json!({"repository_type": "LDAP"})).refused(400, "UNSUPPORTED_FIELD");
    bench.put(&target, &json!({"servers": ["a", "A"]})).refused(409, "LDAP_SERVER_CONFLICT");
    bench.put(&target, &json!({"servers": ["a", "b", "c", "d"]})).refused(409, "LDAP_SERVERS_LIMIT");
    bench.put(&target, &json!({"servers": [""]})).refused(400, "UNSUPPORTED_VALUE");
    bench.put(&target, &json!({"ldap_port": null})).refused(400, "UNSUPPORTED_VALUE");
    // Nobody comes from there, so nobody has to approve.
    bench.delete(&target).ok();
    bench.get(&target).refused(404, "USERS_REPOSITORY_NOT_FOUND");
    assert_eq!(bench.get("config/ldap").total(), before);
}

#[test]
fn an_active_directory_has_a_domain_of_its_own() {
    let mut bench = Bench::new();
    let with = |domain: Json| {
        json!({"name": "branch", "domain_name": domain, "servers": null, "bind_username": "reader",
               "bind_password": "secret-9"})
    };
    bench.post("config/ldap", &with(Json::Null)).refused(400, "MISSING_FIELD");
    bench.post("config/ldap", &with("a_b!".into())).refused(400, "INVALID_CHARACTERS_IN_DOMAIN_NAME");
    let row = bench.post("config/ldap", &with("branch.example.org".into())).ok();
    assert_eq!((row["repository_type"].as_str(), &row["servers"]), (Some("ActiveDirectory"), &Json::Null));
    let mut other = with("Branch.Example.org".into());
    other["name"] = "other".into();
    bench.post("config/ldap", &other).refused(409, "DOMAIN_NAME_CONFLICT");
}

#[test]
fn deleting_a_repository_with_groups_needs_approval_and_takes_them() {
    let mut bench = Bench::new();
    let group = bench.get("users/ldap_groups").ok()[0].clone();
    let target = format!("config/ldap/{}", group["ldap_id"]);
    assert_eq!(bench.get(&target).ok()["name"], group["ldap_name"]);
    bench.delete(&target).refused(403, "APPROVAL_REQUIRED");
    bench.delete(&format!("{target}?approved=yes")).ok();
    assert_eq!(bench.get("users/ldap_groups").total(), 0);
    assert!(bench.get("users/sso_groups").total() > 0);
}

#[test]
fn repositories_are_asked_in_the_order_given() {
    let mut bench = Bench::new();
    let first = bench.get("config/ldap").ok()[0]["id"].clone();
    let second = bench.post("config/ldap", &ldap("branch")).ok()["id"].clone();
    assert_eq!(bench.post("config/ldap/set_order", &json!([second, -1])).ok(), json!(true));
    assert_eq!(bench.get(&format!("config/ldap/{second}")).ok()["search_order"], 0);
    assert_eq!(bench.get(&format!("config/ldap/{first}")).ok()["search_order"], 2);
    let mut refused = |body: Json, status, code| {
        bench.post("config/ldap/set_order", &body).refused(status, code);
    };
    refused(json!([-1, -1]), 400, "LDAP_LIST_NOT_UNIQUE");
    refused(json!(["x"]), 400, "MALFORMED_PARAMETER");
    refused(json!({}), 400, "MALFORMED_CONTENT");
    refused(json!([]), 400, "MISSING_CONTENT");
    refused(json!([999_999]), 404, "USERS_REPOSITORY_NOT_FOUND");
    assert_eq!(bench.post("config/ldap/reload", &json!({})).ok(), Json::Null);
    bench.as_user("viewer").post("config/ldap/reload", &json!({})).refused(403, "UNAUTHORIZED");
}

#[test]
fn a_repository_can_be_tried_out() {
    let mut bench = Bench::new();
    assert_eq!(bench.post("config/ldap/test", &ldap("branch")).ok(), json!(true));
    let mut dead = ldap("branch");
    dead["servers"] = json!(["ldap.corp.invalid"]);
    bench.post("config/ldap/test", &dead).refused(409, "LDAP_CONNECTION_FAILED");
    let id = bench.post("config/ldap", &ldap("branch")).ok()["id"].clone();
    assert_eq!(bench.post(&format!("config/ldap/{id}/test"), &json!({})).ok(), json!(true));
    let dn = bench.post(&format!("config/ldap/{id}/test_group"), &json!({"name": "readers"})).ok();
    assert_eq!(dn, "cn=readers,ou=groups,dc=example,dc=org");
    bench.post(&format!("config/ldap/{id}/test_group"), &json!({})).refused(400, "MISSING_FIELD");
    let found = bench.post("config/ldap/resolve_domain", &json!({"domain_name": "corp.example.com"})).ok();
    assert_eq!(found["servers"][0], "dc-1.corp.example.com");
}
