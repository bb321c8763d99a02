//! Identity providers: signatures, addresses, what an approval is asked for.

use serde_json::{Value as Json, json};

use crate::infinibox::testing::Bench;
use crate::message::{Method, Request};
use crate::world::System as _;

fn wanted(certificate: &str, signed: bool) -> Json {
    json!({
        "name": "branch login", "issuer": "https://login.example.org/metadata",
        "sign_on_url": "https://login.example.org/sso", "enabled": true, "signed_response": signed,
        "signed_assertion": signed, "signing_certificate": certificate,
    })
}

fn first(bench: &mut Bench) -> Json {
    bench.get("config/sso/idps").ok()[0].clone()
}

#[test]
fn the_certificate_is_read_in_every_form() {
    let mut bench = Bench::new();
    let row = first(&mut bench);
    assert_eq!(row["signing_certificate_serial"], "774130925518");
    let expiry = row["signing_certificate_expiry"].as_i64().expect("a time");
    let bare = row["signing_certificate"].as_str().expect("a certificate").to_owned();
    let pem = format!("-----BEGIN CERTIFICATE----- {bare} -----END CERTIFICATE-----");
    let made = bench.post("config/sso/idps", &wanted(&pem, true)).ok();
    assert_eq!(made["signing_certificate_expiry"], expiry);
    assert_eq!(made["signing_certificate"], pem);
    let target = format!("config/sso/idps/{}", made["id"]);
    bench
        .put(&target, &json!({"signing_certificate": "AAAA"}))
        .refused(409, "SSO_IDENTITY_PROVIDER_INVALID_VALUE");
    bench
        .put(&target, &json!({"signing_certificate": ""}))
        .refused(409, "SSO_IDENTITY_PROVIDER_MISSING_SIGNING_CERTIFICATE");
}

#[test]
fn going_unsigned_and_going_off_need_approval() {
    let mut bench = Bench::new();
    bench
        .post("config/sso/idps", &wanted("", true))
        .refused(409, "SSO_IDENTITY_PROVIDER_MISSING_SIGNING_CERTIFICATE");
    bench.post("config/sso/idps", &wanted("", false)).refused(403, "APPROVAL_REQUIRED");
    let made = bench.post("config/sso/idps?approved=yes", &wanted("", false)).ok();
    assert!(made["signing_certificate_serial"].is_null() && made["signing_certificate_expiry"].is_null());
    let target = format!("config/sso/idps/{}", first(&mut bench)["id"]);
    bench.put(&target, &json!({"signed_response": false})).refused(403, "APPROVAL_REQUIRED");
    bench.put(&target, &json!({"enabled": false})).refused(403, "APPROVAL_REQUIRED");
    bench.put(&format!("{target}?approved=yes"), &json!({"enabled": false})).ok();
    bench.put(&target, &json!({"enabled": true})).ok();
    bench.put(&target, &json!({"issuer": "x"})).refused(400, "UNSUPPORTED_FIELD");
}

#[test]
fn values_are_checked() {
    let mut bench = Bench::new();
    let known = first(&mut bench);
    let mut refused = |name: &str, value: Json, status, code| {
        let mut body = wanted("", false);
        body[name] = value;
        bench.post("config/sso/idps?approved=yes", &body).refused(status, code);
    };
    refused("name", "".into(), 400, "INVALID_NAME_LENGTH");
    refused("name", "n".repeat(256).into(), 400, "INVALID_NAME_LENGTH");
    refused("name", "a<b".into(), 400, "INVALID_CHARACTERS_IN_NAME");
    refused("name", known["name"].clone(), 409, "SSO_IDENTITY_PROVIDER_NAME_CONFLICT");
    refused("issuer", known["issuer"].clone(), 409, "SSO_IDENTITY_PROVIDER_ISSUER_CONFLICT");
    refused("sign_on_url", "http://x.example".into(), 409, "SSO_IDENTITY_PROVIDER_UNSECURED_LINK_URL");
    refused("sign_on_url", "x".into(), 409, "SSO_IDENTITY_PROVIDER_INVALID_VALUE");
    refused("enabled", 1.into(), 400, "MALFORMED_PARAMETER");
}

#[test]
fn the_sign_in_page_learns_where_to_go_without_a_sign_in() {
    let mut bench = Bench::new();
    let known = first(&mut bench);
    let links = bench.send(&Request::new(Method::Get, "/api/rest/config/sso/idps/links")).ok();
    let url = links[0]["sign_on_url"].as_str().expect("a path").to_owned();
    assert_eq!(url, format!("/api/rest/config/sso/idps/{}/authenticate", known["id"]));
    let answer = bench.system.respond(&Request::new(Method::Get, &url));
    assert_eq!(answer.status, 302);
    assert!(answer.headers.iter().any(|(name, value)| name == "location" && *value == known["sign_on_url"]));
    bench.put(&format!("config/sso/idps/{}?approved=yes", known["id"]), &json!({"enabled": false})).ok();
    bench.send(&Request::new(Method::Get, &url)).refused(404, "SSO_IDENTITY_PROVIDER_NOT_FOUND");
    assert_eq!(bench.get("config/sso/idps/links").total(), 0);
}

#[test]
fn a_provider_goes_with_its_groups() {
    let mut bench = Bench::new();
    let target = format!("config/sso/idps/{}", first(&mut bench)["id"]);
    bench.delete(&target).refused(403, "APPROVAL_REQUIRED");
    bench.delete(&format!("{target}?approved=yes")).ok();
    assert_eq!(bench.get("users/sso_groups").total(), 0);
    bench.get(&target).refused(404, "SSO_IDENTITY_PROVIDER_NOT_FOUND");
}
