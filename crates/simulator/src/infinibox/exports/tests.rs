use serde_json::{Value as Json, json};

use crate::infinibox::testing::Bench;

fn filesystem(bench: &mut Bench) -> Json {
    let pool = bench.pool("pool");
    let body = json!({"name": "fs", "pool_id": pool, "size": 1_000_000_000});
    bench.post("filesystems", &body).ok()["id"].clone()
}

#[test]
fn an_export_starts_with_its_defaults() {
    let mut bench = Bench::new();
    let filesystem_id = filesystem(&mut bench);
    let body = json!({"filesystem_id": filesystem_id, "export_path": "/fs"});
    let export = bench.post("exports", &body).ok();
    assert_eq!(export["permissions"], json!([{"access": "RW", "no_root_squash": true, "client": "*"}]));
    assert_eq!((&export["anonymous_uid"], &export["max_read"]), (&json!(65_534), &json!(32_768)));
    bench.post("exports", &body).refused(409, "EXPORT_PATH_CONFLICT");
    assert_eq!(bench.get(&format!("filesystems/{filesystem_id}/mapped")).ok(), true);
    assert_eq!(bench.get(&format!("exports?filesystem_id={filesystem_id}")).total(), 1);
    assert_eq!(bench.get("exports?filesystem_id=1").total(), 0);
    bench.get("exports?permissions=1").refused(400, "NOT_FILTERABLE_FIELD");
    assert_eq!(bench.get("exports?export_path=/fs&enabled=true").total(), 1);
}

#[test]
fn creation_checks_paths_versions_and_rules() {
    let mut bench = Bench::new();
    let filesystem_id = filesystem(&mut bench);
    for (extra, status, code) in [
        (json!({"export_path": "fs"}), 400, "ILLEGAL_PATH_VALUE"),
        (json!({"inner_path": "/nowhere"}), 409, "INTERNAL_PATH_DOES_NOT_EXIST"),
        (json!({"inner_path": "/.snapshot"}), 409, "EXPORTING_SNAPSHOT_DIRECTORY_NOT_ALLOWED"),
        (json!({"nfs_version": "NFSv4"}), 409, "NFS_PROTOCOL_VERSION_MISMATCH"),
        (json!({"max_read": 1}), 400, "WRONG_PARAMETER"),
        (json!({"permissions": [{"client": "no such client"}]}), 400, "EXPORT_ILLEGAL_VALUE"),
        (json!({"permissions": [{"access": "XX"}]}), 400, "MALFORMED_PARAMETER"),
        (json!({"permissions": vec![json!({}); 1001]}), 400, "EXPORT_PERMISSION_CLIENTS_COUNT_LIMIT"),
        (json!({"filesystem_id": 1}), 404, "FILESYSTEM_NOT_FOUND"),
        (json!({"colour": 1}), 400, "UNSUPPORTED_FIELD"),
    ] {
        let mut body = json!({"filesystem_id": filesystem_id, "export_path": "/fs"});
        body.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        bench.post("exports", &body).refused(status, code);
    }
    bench.post("exports", &json!({"filesystem_id": filesystem_id})).refused(400, "MISSING_FIELD");
}

#[test]
fn changes_take_one_field_and_some_a_disabled_export() {
    let mut bench = Bench::new();
    let filesystem_id = filesystem(&mut bench);
    let body = json!({"filesystem_id": filesystem_id, "export_path": "/fs"});
    let id = bench.post("exports", &body).ok()["id"].clone();
    let path = format!("exports/{id}");
    bench
        .put(&path, &json!({"anonymous_uid": 1, "anonymous_gid": 1}))
        .refused(400, "NOT_SUPPORTED_MULTIPLE_UPDATE");
    bench.put(&path, &json!({"export_path": "/x"})).refused(400, "UNSUPPORTED_FIELD");
    bench.put(&path, &json!({"inner_path": "/"})).refused(409, "EXPORT_IS_ENABLED");
    bench.put(&path, &json!({"enabled": false})).refused(403, "APPROVAL_REQUIRED");
    bench.put(&format!("{path}?approved=yes"), &json!({"enabled": false})).ok();
    bench.put(&path, &json!({"inner_path": "/"})).ok();
    bench.put(&path, &json!({"enabled": true})).ok();
    let rules = json!([{"access": "RO", "client": "172.22.4.0/24", "no_root_squash": false}]);
    assert_eq!(bench.put(&path, &json!({"permissions": rules})).ok()["permissions"], rules);
    bench.delete(&path).refused(403, "APPROVAL_REQUIRED");
    bench.delete(&format!("{path}?approved=yes")).ok();
    bench.get(&path).refused(404, "EXPORT_NOT_FOUND");
    let id = id.as_i64().expect("an id");
    assert_eq!(bench.events(id).first(), Some(&"EXPORT_CREATED"));
    assert_eq!(bench.events(id).last(), Some(&"EXPORT_DELETED"));
}
