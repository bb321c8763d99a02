//! Setting a key management server up until it can be used.

use rcgen::{CertificateParams, KeyPair};
use serde_json::{Value as Json, json};
use time::OffsetDateTime;

use crate::infinibox::testing::{Bench, NOW};
use crate::multipart::tests::upload;

const SET: &str = "system/kms/set_configuration";

fn bench() -> Bench {
    let mut bench = Bench::new();
    bench.as_user("technician");
    bench
}

fn certificate() -> (String, String) {
    let key = KeyPair::generate().expect("a key");
    let mut wanted = CertificateParams::new(vec!["kms.example.org".to_owned()]).expect("a name");
    wanted.not_before = OffsetDateTime::from_unix_timestamp(NOW / 1000 - 60).expect("a time");
    wanted.not_after = OffsetDateTime::from_unix_timestamp(NOW / 1000 + 86_400).expect("a time");
    (wanted.self_signed(&key).expect("a certificate").pem(), key.serialize_pem())
}

#[test]
fn a_server_is_set_up_and_used() {
    let mut bench = bench();
    assert!(bench.get("system/kms").ok()["kms_servers"].is_null());
    let (pem, key) = certificate();
    let own = format!("{pem}{key}");
    for (name, content) in
        [("upload_kms_ca_certificate", &pem), ("upload_infinibox_certificate_and_key", &own)]
    {
        bench.post("system/kms_enable", &json!({})).refused(409, "KMS_ENABLE_MANDATORY_FIELDS_MISSING");
        let target = format!("/api/rest/system/kms/{name}");
        let request = upload(&target, "file", content);
        bench.send(&request.clone().basic("admin", "boxdeck-demo")).refused(403, "UNAUTHORIZED");
        let row = bench.send(&request.basic("technician", "boxdeck-demo")).ok();
        assert_eq!(row["certificate"]["expired"], false);
        let wrong = upload(&target, "upload", content).basic("technician", "boxdeck-demo");
        bench.send(&wrong).refused(400, "MALFORMED_CONTENT");
    }
    let body = json!({
        "kms_servers": [{"address": "kms.storage.example", "port": 5696}],
        "kms_username": "box", "kms_password": "secret-9",
    });
    let row = bench.put(SET, &body).ok();
    assert_eq!((row["kms_username"].as_str(), &row["kms_servers"]), (Some("box"), &body["kms_servers"]));
    assert!(row.get("kms_password").is_none());
    assert!(
        row["infinibox_kmip_certificate"].as_str().expect("PEM").starts_with("-----BEGIN CERTIFICATE-----")
    );
    bench.post("system/kms_enable", &json!({})).refused(403, "APPROVAL_REQUIRED");
    assert_eq!(bench.post("system/kms_enable?approved=yes", &json!({})).ok(), true);
    assert_eq!(bench.get("system/security").ok()["kmip_connectivity_state"], "ENABLED");
    assert_eq!(bench.post("system/kms_disable?approved=yes", &json!({})).ok(), false);
}

#[test]
fn what_is_wrong_with_a_configuration_is_told() {
    let mut bench = bench();
    let mut refused = |body: Json, status, code| bench.put(SET, &body).refused(status, code);
    let server = |address: &str, port: i64| json!({"kms_servers": [{"address": address, "port": port}]});
    refused(server("kms", 5696), 403, "APPROVAL_REQUIRED");
    refused(server("kms.example.org", 0), 409, "KMS_INVALID_PORT");
    refused(
        json!({"kms_servers": [{"address": "a.example"}, {"address": "b.example"}]}),
        409,
        "KMS_MAX_KMS_SERVER_NODES_REACHED",
    );
    refused(json!({"kms_servers": "a"}), 400, "MALFORMED_PARAMETER");
    refused(json!({"kms_username": "box"}), 409, "KMS_INCOMPLETE_CREDENTIALS");
    refused(json!({"kms_username": "box", "kms_password": null}), 409, "KMS_ILLEGAL_EMPTY_CREDENTIALS");
    refused(json!({"kms_username": "", "kms_password": "x"}), 409, "KMS_EMPTY_CREDENTIALS");
    refused(json!({"kms_ca_certificate": "x"}), 400, "UNSUPPORTED_FIELD");
    refused(json!({}), 400, "MISSING_CONTENT");
    assert!(bench.get("system/kms").ok()["kms_servers"].is_null());
}
