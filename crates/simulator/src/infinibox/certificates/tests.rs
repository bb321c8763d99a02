//! Real certificates and keys, made here.

use rcgen::{CertificateParams, CertificateSigningRequestParams, Issuer, KeyPair};
use serde_json::{Value as Json, json};
use time::OffsetDateTime;

use crate::infinibox::testing::{Answer, Bench, NOW};
use crate::message::Request;
use crate::multipart::tests::upload;

const BASE: &str = "/api/rest/system/certificates";

fn send(bench: &mut Bench, request: Request) -> Answer {
    bench.send(&request.basic("admin", "boxdeck-demo"))
}

fn made(name: &str, until: i64) -> (String, String) {
    let key = KeyPair::generate().expect("a key");
    let mut wanted = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    wanted.distinguished_name.push(rcgen::DnType::CommonName, name);
    wanted.not_before = OffsetDateTime::from_unix_timestamp(NOW / 1000 - 3600).expect("a time");
    wanted.not_after = OffsetDateTime::from_unix_timestamp(until / 1000).expect("a time");
    (wanted.self_signed(&key).expect("a certificate").pem(), key.serialize_pem())
}

fn installed(bench: &mut Bench) -> Json {
    let list = bench.get("system/certificates");
    assert_eq!(list.total(), 1);
    list.ok()[0].clone()
}

#[test]
fn the_list_is_one_certificate_that_can_be_read() {
    let mut bench = Bench::new();
    let row = installed(&mut bench);
    assert_eq!((row["id"].as_str(), row["certificate"]["expired"].as_bool()), (Some("httpd"), Some(false)));
    assert_eq!(row["certificate"]["issued_to"], row["certificate"]["issued_by"]);
    assert_eq!(row["certificate"]["issued_on"], NOW);
    assert!(row["certificate"]["raw"].as_str().expect("PEM").starts_with("-----BEGIN CERTIFICATE-----\n"));
    bench.as_user("viewer").get("system/certificates").refused(403, "UNAUTHORIZED");
}

#[test]
fn an_uploaded_certificate_with_its_key_is_installed() {
    let mut bench = Bench::new();
    let (certificate, key) = made("box.example.org", NOW + 86_400_000);
    for part in ["upload_file", "upload"] {
        let row = send(&mut bench, upload(BASE, part, &format!("{certificate}{key}"))).ok();
        assert_eq!(row["certificate"]["issued_to"]["CN"], "box.example.org");
    }
    assert_eq!(
        installed(&mut bench)["certificate"]["raw"].as_str().map(str::trim),
        Some(certificate.replace("\r\n", "\n").trim())
    );
    let (other, _) = made("other.example.org", NOW + 86_400_000);
    let mut refused = |content: &str, status, code| {
        send(&mut bench, upload(BASE, "upload_file", content)).refused(status, code);
    };
    refused(&format!("{other}{key}"), 400, "INVALID_CERTIFICATE");
    refused(&certificate, 400, "MALFORMED_KEY");
    refused(&key, 400, "MALFORMED_CERTIFICATE");
    refused("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", 400, "MALFORMED_CERTIFICATE");
    refused(
        &format!("{certificate}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
        400,
        "MALFORMED_KEY",
    );
    let (old, old_key) = made("old.example.org", NOW - 60_000);
    refused(&format!("{old}{old_key}"), 409, "CERTIFICATE_INVALID");
    send(&mut bench, upload(BASE, "wrong", &certificate)).refused(400, "MALFORMED_CONTENT");
    assert_eq!(installed(&mut bench)["certificate"]["issued_to"]["CN"], "box.example.org");
}

#[test]
fn a_request_is_signed_outside_and_comes_back() {
    let mut bench = Bench::new();
    let wanted = json!({"C": "DE", "ST": "Bavaria", "L": "Munich", "SANDNS": ["*.example.org"], "SANIP": "192.0.2.14"});
    let request = bench.post("system/certificates/generate_csr", &wanted).ok();
    let mut request =
        CertificateSigningRequestParams::from_pem(request.as_str().expect("PEM")).expect("a request");
    request.params.not_before = OffsetDateTime::from_unix_timestamp(NOW / 1000 - 3600).expect("a time");
    let authority = Issuer::new(CertificateParams::default(), KeyPair::generate().expect("a key"));
    let certificate = request.signed_by(&authority).expect("a certificate").pem();
    let target = format!("{BASE}/upload_csr");
    let (foreign, _) = made("other.example.org", NOW + 86_400_000);
    send(&mut bench, upload(&target, "upload", &foreign)).refused(409, "CSR_MISMATCH");
    send(&mut bench, upload(&target, "upload", "nothing")).refused(400, "MALFORMED_CERTIFICATE");
    let row = send(&mut bench, upload(&target, "upload", &certificate)).ok();
    assert_eq!(row["certificate"]["issued_to"]["L"], "Munich");
    send(&mut bench, upload(&target, "upload", &certificate)).refused(409, "CSR_MISMATCH");
    let mut refused =
        |body: Json, code| bench.post("system/certificates/generate_csr", &body).refused(400, code);
    refused(json!({"SANDNS": ["a_b!"]}), "INVALID_CHARACTERS_IN_DOMAIN_NAME");
    refused(json!({"SANIP": "300.1.1.1"}), "INVALID_IP_ADDRESS");
    refused(json!({"CN": "x"}), "UNKNOWN_PARAMETER");
}

#[test]
fn a_self_signed_certificate_needs_approval() {
    let mut bench = Bench::new();
    let before = installed(&mut bench);
    bench.post("system/certificates/generate_self_signed", &json!({})).refused(403, "APPROVAL_REQUIRED");
    assert_eq!(installed(&mut bench), before);
    bench.post("system/certificates/generate_self_signed?approved=yes", &json!({})).ok();
    assert_ne!(installed(&mut bench)["public_key"], before["public_key"]);
}
