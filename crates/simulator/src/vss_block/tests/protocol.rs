//! Headers, statuses, sessions, limits.

use serde_json::json;

use super::{Bench, PASSWORD, ROOT, cause};
use crate::message::{Method, Request};
use crate::multipart::tests::upload;
use crate::world::System as _;

#[test]
fn every_answer_carries_the_headers_and_errors_have_one_shape() {
    let mut bench = Bench::new();
    let response = bench.system.respond(&Request::new(Method::Get, &format!("{ROOT}users/self")));
    assert_eq!(response.status, 401);
    assert_eq!(response.header_value("x-frame-options"), Some("SAMEORIGIN"));
    assert!(response.header_value("cache-control").is_some_and(|value| value.contains("no-store")));
    assert!(response.header_value("www-authenticate").is_none());
    let body = response.body_json().expect("JSON");
    for name in ["errorSource", "messageId", "message", "cause", "solution"] {
        assert!(body[name].as_str().is_some_and(|text| !text.is_empty()), "{name}");
    }
}

#[test]
fn http_has_its_own_limits() {
    let mut bench = Bench::new();
    let verify = "external-auth-server-setting/actions/verify-connectivity/invoke";
    let without_length = |request: &mut Request| request.headers.retain(|(name, _)| name != "content-length");
    for (path, body) in [("users", Some(json!({}))), (verify, None)] {
        let mut request = bench.request(Method::Post, path, body.as_ref());
        without_length(&mut request);
        assert_eq!(bench.system.respond(&request).status, 411, "{path}");
    }
    let request = bench.request(Method::Get, "users", None).header("expect", "100-continue");
    assert_eq!(bench.system.respond(&request).status, 417);
    let request = bench.request(Method::Get, "users", None).header("cookie", &"x".repeat(9000));
    assert_eq!(bench.system.respond(&request).status, 431);
    let long = json!({"newPassword": "x".repeat(70_000)});
    bench.refused(Method::Patch, "users/watch-wall/password", Some(&long), 413);
    let mut request = bench.request(Method::Patch, "users/watch-wall", Some(&json!({"isEnabled": true})));
    request.headers.retain(|(name, _)| name != "content-type");
    assert_eq!(bench.system.respond(&request).status, 415);
    // A group alone takes that for a bad body.
    request = Request::new(Method::Post, &format!("{ROOT}user-groups")).basic("admin", PASSWORD);
    assert_eq!(bench.system.respond(&request).status, 400);
}

#[test]
fn sessions_show_their_token_once_and_end_by_themselves() {
    let mut bench = Bench::new();
    let made = bench.ok(Method::Post, "sessions", Some(&json!({"aliveTime": 100})));
    let (token, id) = (made["token"].as_str().expect("a token"), made["sessionId"].as_str().expect("an id"));
    assert!(made["roleNames"].as_array().is_some_and(|roles| roles.len() == 6));
    let shown = bench.ok(Method::Get, &format!("sessions/{id}"), None);
    assert!(shown.get("token").is_none() && shown["userId"] == "admin");
    let with = |token: &str| {
        Request::new(Method::Get, &format!("{ROOT}users/self"))
            .header("authorization", &format!("Session {token}"))
    };
    assert_eq!(bench.system.respond(&with(token)).status, 200);
    bench.system.control(&json!({"advance_seconds": 90})).expect("an order");
    assert_eq!(bench.system.respond(&with(token)).status, 200);
    bench.system.control(&json!({"advance_seconds": 101})).expect("an order");
    assert_eq!(bench.system.respond(&with(token)).status, 401);
    bench.refused(Method::Post, "sessions", Some(&json!({"aliveTime": 301})), 400);
    let id = bench.ok(Method::Post, "sessions", None)["sessionId"].as_str().expect("an id").to_owned();
    assert_eq!(
        bench.ok(Method::Get, "sessions?userId=admin", None)["data"].as_array().map(Vec::len),
        Some(1)
    );
    assert_eq!(bench.call(Method::Delete, &format!("sessions/{id}"), None).status, 204);
    bench.refused(Method::Get, &format!("sessions/{id}"), None, 404);
}

#[test]
fn uploads_take_pem_and_der_and_nothing_else() {
    let mut bench = Bench::new();
    let path = format!("{ROOT}external-auth-server-root-certificates");
    let send = |bench: &mut Bench, slot: &str, part: &str, content: &str| {
        let request = upload(&format!("{path}/{slot}/actions/import/invoke"), part, content);
        let length = request.body.len().to_string();
        bench.system.respond(&request.basic("admin", PASSWORD).header("content-length", &length))
    };
    let key = rcgen::KeyPair::generate().expect("a key");
    let wanted = rcgen::CertificateParams::new(vec!["ldap.storage.example".to_owned()]).expect("a name");
    let pem = wanted.self_signed(&key).expect("a certificate").pem();
    assert_eq!(send(&mut bench, "primary1", "rootCertificate", &pem).status, 202);
    let response = bench.call(Method::Get, "external-auth-server-root-certificates/primary1/download", None);
    assert_eq!(response.header_value("content-type"), Some("application/x-x509-ca-cert"));
    for (slot, part, content) in [
        ("primary2", "rootCertificate", pem.as_str()),
        ("primary1", "certificate", &pem),
        ("primary1", "rootCertificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
    ] {
        let response = send(&mut bench, slot, part, content);
        assert_eq!(response.status, 400, "{}", cause(&response));
    }
    let said =
        bench.refused(Method::Get, "external-auth-server-root-certificates/secondary1/download", None, 404);
    assert!(said.contains("No root certificate"));
    let request = bench.request(
        Method::Post,
        "external-auth-server-root-certificates/primary1/actions/import/invoke",
        Some(&json!({})),
    );
    assert_eq!(bench.system.respond(&request).status, 415);
}

#[test]
fn there_are_only_so_many_users_and_groups() {
    let mut bench = Bench::new();
    let mut made = 0;
    let status = loop {
        let user = json!({"userId": format!("member-{made}"), "password": "long-enough", "userGroupIds": ["MonitorUsers"]});
        match bench.call(Method::Post, "users", Some(&user)).status {
            200 => made += 1,
            status => break status,
        }
    };
    let outside = bench.ok(Method::Get, "users?vpsId=system", None)["data"].as_array().map(Vec::len);
    assert_eq!((status, outside), (409, Some(32)));
    let group = |number: usize| json!({"userGroupId": format!("G{number}"), "roleNames": ["Monitor"]});
    let last =
        (0..).find(|number| bench.call(Method::Post, "user-groups", Some(&group(*number))).status != 200);
    let outside = bench.ok(Method::Get, "user-groups?vpsId=system", None)["data"].as_array().map(Vec::len);
    assert!(last.is_some() && outside == Some(32));
}

#[test]
fn earlier_passwords_and_early_changes_are_refused() {
    let mut bench = Bench::new();
    let rules = json!({
        "passwordComplexitySetting": {"numberOfPasswordHistory": 3},
        "passwordAgeSetting": {"minAgeDays": 2},
    });
    bench.ok(Method::Patch, "user-auth-setting", Some(&rules));
    let change = |from: &str, to: &str| json!({"currentPassword": from, "newPassword": to});
    let path = "users/night-desk/password";
    bench.ok(Method::Patch, path, Some(&change(PASSWORD, "second-word")));
    let said = bench.refused(Method::Patch, path, Some(&change("second-word", "third-word")), 400);
    assert!(said.contains("at least 2 days"), "{said}");
    bench.system.control(&json!({"advance_seconds": 2 * 86_400})).expect("an order");
    let said = bench.refused(Method::Patch, path, Some(&change("second-word", PASSWORD)), 400);
    assert!(said.contains("last 3 passwords"), "{said}");
    bench.ok(Method::Patch, path, Some(&change("second-word", "third-word")));
    for id in ["nobody-here", "m.okafor", "former-operator"] {
        let path = format!("users/{id}/password");
        bench.refused(Method::Patch, &path, Some(&change(PASSWORD, "another-word")), 401);
    }
}

#[test]
fn somebody_always_keeps_the_rights_over_users_and_the_system() {
    let mut bench = Bench::new();
    bench.ok(
        Method::Post,
        "users/admin/actions/add-user-group/invoke",
        Some(&json!({"userGroupIds": ["MonitorUsers"]})),
    );
    for (id, status) in [
        ("field-service", 204),
        ("night-desk", 204),
        ("keykeeper", 204),
        ("a.lindqvist", 204),
        ("admin", 409),
    ] {
        assert_eq!(bench.call(Method::Delete, &format!("users/{id}"), None).status, status, "{id}");
    }
    let path = "users/admin/actions/delete-user-group/invoke";
    let said =
        bench.refused(Method::Post, path, Some(&json!({"userGroupIds": ["SystemAdministrators"]})), 409);
    assert!(said.contains("Security"), "{said}");
    let said = bench.refused(Method::Delete, "user-groups/TenantStorage", None, 409);
    assert!(said.contains("1 users belong"), "{said}");
}
