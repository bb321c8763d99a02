//! The rules of users.

use serde_json::{Value as Json, json};

use crate::infinibox::testing::Bench;
use crate::message::{Method, Request};

fn wanted(name: &str, role: &str) -> Json {
    json!({"name": name, "email": "a@example.com", "password": "Str0ng!pass", "role": role})
}

#[test]
fn a_user_is_created_signs_in_and_is_deleted() {
    let mut bench = Bench::new();
    let answer = bench.post("users", &wanted("nora", "POOL_ADMIN"));
    assert_eq!(answer.status, 201);
    let user = answer.ok();
    assert!(user.get("password").is_none());
    assert_eq!((&user["roles"], &user["type"]), (&json!(["POOL_ADMIN"]), &json!("Local")));
    let id = user["id"].as_i64().expect("an id");
    let own = Request::new(Method::Get, "/api/rest/users/nora/by_username").basic("nora", "Str0ng!pass");
    assert_eq!(bench.send(&own).ok()["id"], id);
    let path = format!("users/{id}");
    bench.put(&path, &json!({"password": "weak"})).refused(400, "USER_PASSWORD_DOES_NOT_COMPLY_WITH_POLICY");
    bench
        .put(&path, &json!({"password": "Str0ng!pass"}))
        .refused(400, "USER_PASSWORD_DOES_NOT_COMPLY_WITH_POLICY");
    bench
        .put(&path, &json!({"password": "Nora-123-x"}))
        .refused(400, "USER_PASSWORD_DOES_NOT_COMPLY_WITH_POLICY");
    bench.put(&path, &json!({"password": "Schlüssel1!"})).refused(400, "INVALID_PASSWORD");
    bench.put(&path, &json!({"enforce_user_password_policy": false})).refused(403, "APPROVAL_REQUIRED");
    bench.put(&path, &json!({"enabled": false})).refused(400, "SET_MISSING_ATTRIBUTE");
    bench.put(&path, &json!({"colour": 1})).refused(400, "SET_MISSING_ATTRIBUTE");
    bench.put(&path, &json!({"email": "nowhere"})).refused(400, "EMAIL_INVALID_RECIPIENT");
    assert_eq!(bench.post(&format!("{path}/disable"), &json!({})).ok()["enabled"], false);
    bench.send(&own).refused(401, "AUTHENTICATION_REQUIRED");
    bench.post(&format!("{path}/enable"), &json!({})).ok();
    bench.delete(&path).refused(403, "APPROVAL_REQUIRED");
    bench.delete(&format!("{path}?approved=yes")).ok();
    bench.get(&path).refused(404, "USER_NOT_FOUND");
    assert_eq!(bench.events(id).last(), Some(&"USER_DELETED"));
}

#[test]
fn a_new_user_is_checked() {
    let mut bench = Bench::new();
    let mut refused = |change: Json, status, code| {
        let mut body = wanted("nora", "ADMIN");
        for (name, value) in change.as_object().expect("an object") {
            body[name] = value.clone();
        }
        bench.post("users", &body).refused(status, code);
    };
    refused(json!({"role": null}), 400, "MISSING_ROLE");
    refused(json!({"role": "KING"}), 400, "MALFORMED_PARAMETER");
    refused(json!({"role": "INFINIGUARD"}), 400, "ROLE_NOT_ALLOWED");
    refused(json!({"role": "INFINIDAT"}), 403, "USER_ROLE_CREATE_FORBIDDEN");
    refused(json!({"name": "a,b"}), 400, "INVALID_CHARACTERS_IN_NAME");
    refused(json!({"name": "viewer"}), 409, "USER_ALREADY_EXISTS");
    refused(json!({"email": "x"}), 400, "EMAIL_INVALID_RECIPIENT");
    refused(json!({"password": "short"}), 400, "USER_PASSWORD_DOES_NOT_COMPLY_WITH_POLICY");
    refused(json!({"enabled": true}), 400, "UNSUPPORTED_FIELD");
    let several =
        json!({"name": "n", "email": "a@b.c", "password": "Str0ng!pass", "roles": ["ADMIN", "READ_ONLY"]});
    bench.post("users", &several).refused(400, "MULTIPLE_ROLES_NOT_SUPPORTED");
    bench.as_user("viewer").post("users", &wanted("x", "ADMIN")).refused(403, "UNAUTHORIZED");
}

#[test]
fn nobody_rises_by_himself() {
    let mut bench = Bench::new();
    bench.put("users/-2", &json!({"role": "READ_ONLY"})).refused(409, "USER_CANNOT_BE_SELF_MODIFIED");
    assert_eq!(bench.put("users/-2", &json!({"email": "me@example.com"})).ok()["email"], "me@example.com");
    bench.post("users/-2/disable", &json!({})).refused(409, "USER_CANNOT_BE_SELF_MODIFIED");
    bench.delete("users/-2?approved=yes").refused(409, "USER_CANNOT_BE_SELF_DELETED");
    bench.delete("users/-5?approved=yes").refused(403, "USER_ROLE_DELETE_FORBIDDEN");
    bench.put("users/-1", &json!({"email": "x@example.com"})).refused(403, "USER_ROLE_MODIFY_FORBIDDEN");
    bench.as_user("viewer").get("users/-2").refused(403, "USER_ROLE_ACCESS_FORBIDDEN");
    assert_eq!(bench.get("users/-5").ok()["name"], "viewer");
    bench.post("users/-4/disable", &json!({})).refused(403, "ACTION_NOT_ALLOWED_FOR_ROLE");
    assert!(bench.as_user("pool-admin").get("users/-4/pools").total() > 0);
    assert_eq!(bench.get("users/roles").total(), 6);
}

#[test]
fn groups_of_directories_are_users_too() {
    let mut bench = Bench::new();
    let ldap = bench.get("users/ldap_groups").ok();
    let group = &ldap[0];
    assert!(group["dn"].is_string() && group.get("idp_id").is_none());
    let body = json!({"type": "Ldap", "name": "ops", "dn": "cn=ops", "ldap_id": group["ldap_id"], "role": "READ_ONLY"});
    let made = bench.post("users", &body).ok();
    bench.post("users", &body).refused(409, "DUPLICATE_DISTINGUISHED_NAME");
    let mut wrong = body.clone();
    wrong["role"] = json!("TECHNICIAN");
    bench.post("users", &wrong).refused(400, "ROLE_NOT_ALLOWED");
    wrong["role"] = json!("ADMIN");
    wrong["ldap_id"] = json!(1);
    bench.post("users", &wrong).refused(404, "USERS_REPOSITORY_NOT_FOUND");
    let path = format!("users/{}", made["id"]);
    assert_eq!(bench.put(&path, &json!({"role": "ADMIN"})).ok()["role"], "ADMIN");
    bench.delete(&path).refused(403, "APPROVAL_REQUIRED");
    bench.delete(&format!("{path}?approved=yes")).ok();
    assert!(bench.get("users/sso_groups").ok()[0]["idp_name"].is_string());
    assert!(bench.get("users?type=Local").refused(400, "NOT_FILTERABLE_FIELD").contains("type"));
    assert_eq!(bench.get("users/password_policy").ok()[0]["min_length"], 8);
    let reset = Request::new(Method::Get, "/api/rest/users/viewer/reset_password/abc");
    bench.send(&reset).refused(403, "PASSWORD_RESET_REQUEST_EXPIRED");
}
