use serde_json::json;

use crate::infinibox::testing::{Bench, NOW};

const GB: i64 = 1_000_000_000;

fn filesystem(bench: &mut Bench, name: &str) -> i64 {
    let pool = bench.pool(&format!("pool of {name}"));
    let body = json!({"name": name, "pool_id": pool, "size": GB});
    bench.post("filesystems", &body).ok()["id"].as_i64().expect("an id")
}

fn snapshot(bench: &mut Bench, parent: i64, name: &str) -> i64 {
    let body = json!({"name": name, "parent_id": parent});
    bench.post("filesystems", &body).ok()["id"].as_i64().expect("an id")
}

#[test]
fn sizes_are_rounded_up_to_whole_units() {
    let mut bench = Bench::new();
    let id = filesystem(&mut bench, "fs");
    let path = format!("filesystems/{id}");
    assert_eq!(bench.get(&path).ok()["size"], 1_000_013_824);
    bench.put(&path, &json!({"size": 2 * GB + 1})).ok();
    assert_eq!(bench.get(&format!("{path}/size")).ok(), 2_000_027_648_i64);
    bench.put(&path, &json!({"size": GB})).refused(409, "DATASET_SHRINKING_NOT_ALLOWED");
    bench.post("filesystems", &json!({"name": "x", "pool_id": 1, "size": 5})).refused(404, "POOL_NOT_FOUND");
    assert_eq!(bench.events(id), ["FILESYSTEM_CREATED", "FILESYSTEM_RESIZED"]);
}

#[test]
fn filesystems_start_with_their_defaults_and_without_what_volumes_have() {
    let mut bench = Bench::new();
    let id = filesystem(&mut bench, "fs");
    let record = bench.get(&format!("filesystems/{id}")).ok();
    assert_eq!((&record["provtype"], &record["security_style"]), (&json!("THIN"), &json!("UNIX")));
    assert_eq!((&record["data"], &record["dataset_type"]), (&json!(id), &json!("FILESYSTEM")));
    assert!(record.get("udid").is_none());
    assert_eq!(record["posix_file_ownership"], json!(null));
    let total = bench.get("filesystems?type=MASTER").total();
    assert_eq!(total, 61);
    assert_eq!(bench.get("datasets?dataset_type=FILESYSTEM").total(), bench.get("filesystems").total());
    bench.get("filesystems?udid=1").refused(400, "UNKNOWN_PARAMETER");
}

#[test]
fn creation_checks_what_only_filesystems_have() {
    let mut bench = Bench::new();
    let pool = bench.pool("pool");
    for (extra, status, code) in [
        (json!({"snapdir_name": "fs"}), 409, "FILESYSTEM_NAME_EQUALS_TO_SNAPDIR"),
        (json!({"posix_file_ownership": true}), 409, "UNSUPPORTED_FILESYSTEM_SECURITY_STYLE"),
        (json!({"root_mode": "999"}), 409, "INVALID_FILESYSTEM_ROOT_MODE"),
        (json!({"used_capacity_warning": 0}), 400, "ILLEGAL_THRESHOLD_VALUE"),
        (
            json!({"used_capacity_warning": 90, "used_capacity_critical": 80}),
            409,
            "ILLEGAL_WARNING_OR_CRITICAL_VALUE",
        ),
        (json!({"atime_granularity": 60}), 409, "ATIME_GRANULARITY_BELOW_MIN_LIMIT"),
        (json!({"lock_expires_at": NOW + 9_000_000}), 409, "INVALID_LOCK_ENTITY_TYPE"),
        (json!({"udid": 4}), 400, "UNSUPPORTED_FIELD"),
    ] {
        let mut body = json!({"name": "fs", "pool_id": pool, "size": GB});
        body.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        bench.post("filesystems", &body).refused(status, code);
    }
    bench
        .post("filesystems", &json!({"name": "home-01", "pool_id": pool, "size": GB}))
        .refused(409, "FILESYSTEM_NAME_CONFLICT");
}

#[test]
fn a_suspended_filesystem_takes_nothing_but_its_end() {
    let mut bench = Bench::new();
    let id = filesystem(&mut bench, "fs");
    let path = format!("filesystems/{id}");
    let drop = json!({"suspend_state": "DROP"});
    bench.put(&path, &drop).refused(403, "APPROVAL_REQUIRED");
    assert_eq!(bench.put(&format!("{path}?approved=yes"), &drop).ok()["suspend_state"], "DROP");
    bench.put(&path, &json!({"size": 2 * GB})).refused(409, "FILESYSTEM_IS_SUSPENDED");
    bench.post("filesystems", &json!({"name": "s", "parent_id": id})).refused(409, "FILESYSTEM_IS_SUSPENDED");
    bench
        .post("exports", &json!({"filesystem_id": id, "export_path": "/fs"}))
        .refused(409, "FILESYSTEM_IS_SUSPENDED");
    bench.get(&format!("{path}/treeqs")).refused(409, "FILESYSTEM_IS_SUSPENDED");
    bench.put(&path, &json!({"suspend_state": "NONE"})).ok();
    snapshot(&mut bench, id, "s");
}

#[test]
fn snapshots_are_refreshed_and_restored_from() {
    let mut bench = Bench::new();
    let id = filesystem(&mut bench, "fs");
    let child = snapshot(&mut bench, id, "s");
    assert_eq!(bench.get(&format!("filesystems/{child}/visible_in_snapdir")).ok(), true);
    bench.put(&format!("filesystems/{id}"), &json!({"size": 3 * GB})).ok();
    let source = json!({"source_id": id});
    bench.post(&format!("filesystems/{child}/refresh"), &source).refused(403, "APPROVAL_REQUIRED");
    bench.post(&format!("filesystems/{child}/refresh?approved=yes"), &source).ok();
    assert_eq!(bench.get(&format!("filesystems/{child}/size")).ok(), 3_000_041_472_i64);
    let source = json!({"source_id": child});
    assert_eq!(bench.post(&format!("filesystems/{id}/restore?approved=yes"), &source).ok(), true);
    bench
        .post(&format!("filesystems/{id}/restore"), &json!({"source_id": id}))
        .refused(409, "ILLEGAL_RESTORE_REQUEST");
    bench.get(&format!("volumes/{id}")).refused(404, "VOLUME_NOT_FOUND");
}

#[test]
fn deleting_asks_and_takes_everything_below() {
    let mut bench = Bench::new();
    let id = filesystem(&mut bench, "fs");
    let child = snapshot(&mut bench, id, "s");
    let treeq = json!({"name": "t", "path": "/t"});
    bench.post(&format!("filesystems/{id}/treeqs"), &treeq).ok();
    let export = json!({"filesystem_id": child, "export_path": "/s"});
    let export = bench.post("exports", &export).ok()["id"].clone();
    let path = format!("filesystems/{id}");
    bench.delete(&path).refused(409, "CHILD_FILESYSTEMS_HAVE_EXPORTS");
    bench.delete(&format!("filesystems/{child}")).refused(409, "FILESYSTEM_HAS_EXPORT");
    let simulated = bench.post("filesystems/delete_simulation", &json!({"entities": [id]})).ok();
    assert_eq!(simulated, json!({"valid": false, "space_reclaimable": 0}));
    bench.delete(&format!("exports/{export}?approved=yes")).ok();
    bench.delete(&path).refused(403, "APPROVAL_REQUIRED");
    assert_eq!(bench.delete(&format!("{path}?approved=yes")).ok()["name"], "fs");
    bench.get(&format!("filesystems/{child}")).refused(404, "FILESYSTEM_NOT_FOUND");
    assert_eq!(bench.events(child).last(), Some(&"FILESYSTEM_SNAPSHOT_DELETED"));
}

#[test]
fn filesystems_move_with_their_snapshots() {
    let mut bench = Bench::new();
    let id = filesystem(&mut bench, "fs");
    let child = snapshot(&mut bench, id, "s");
    let to = bench.pool("other");
    bench
        .post(&format!("filesystems/{child}/move"), &json!({"pool_id": to}))
        .refused(409, "DATASET_NOT_MASTER");
    bench.post(&format!("filesystems/{id}/move"), &json!({"pool_id": to})).ok();
    assert_eq!(bench.get(&format!("filesystems?pool_id={to}")).total(), 2);
    bench
        .as_user("viewer")
        .post(&format!("filesystems/{id}/move"), &json!({"pool_id": to}))
        .refused(403, "UNAUTHORIZED");
}

#[test]
fn treeqs_keep_their_limits_and_paths() {
    let mut bench = Bench::new();
    let id = filesystem(&mut bench, "fs");
    let path = format!("filesystems/{id}/treeqs");
    let treeq =
        bench.post(&path, &json!({"name": "t", "path": "/t", "soft_inodes": 2, "hard_inodes": 50})).ok();
    assert!(treeq["id"].as_i64().expect("an id") > 1 << 53);
    assert_eq!((&treeq["capacity_state"], &treeq["inodes_state"]), (&json!("NONE"), &json!("BELOW_SOFT")));
    for (body, code) in [
        (json!({"name": "u", "path": "u"}), "TREEQ_INVALID_PATH"),
        (json!({"name": "u", "path": "/u/v"}), "TREEQ_PATH_NESTING"),
        (json!({"name": "t", "path": "/u"}), "TREEQ_NAME_ALREADY_EXISTS"),
        (
            json!({"name": "u", "path": "/u", "soft_capacity": 1}),
            "TREEQ_INVALID_LIMITS_CAPACITY_SOFT_TOO_LOW",
        ),
        (
            json!({"name": "u", "path": "/u", "soft_capacity": 2 * GB, "hard_capacity": GB}),
            "TREEQ_INVALID_LIMITS_CAPACITY_HARD_BELOW_SOFT",
        ),
        (json!({"name": "u", "path": "/u", "hard_inodes": 2}), "TREEQ_INVALID_LIMITS_INODE_HARD_TOO_LOW"),
    ] {
        bench.post(&path, &body).refused(409, code);
    }
    let own = format!("{path}/{}", treeq["id"]);
    bench.put(&own, &json!({"path": "/else"})).refused(400, "UNSUPPORTED_FIELD");
    assert_eq!(bench.put(&own, &json!({"name": "v", "soft_inodes": null})).ok()["name"], "v");
    bench
        .put(&format!("filesystems/{id}"), &json!({"write_protected": true}))
        .refused(403, "APPROVAL_REQUIRED");
    bench.delete(&own).ok();
    bench.get(&own).refused(404, "TREEQ_NOT_FOUND");
}
