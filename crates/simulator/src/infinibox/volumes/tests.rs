//! The rules of volumes.

use serde_json::{Value as Json, json};

use crate::infinibox::mappings::Mapping;
use crate::infinibox::testing::{Bench, NOW};
use crate::world::System as _;

const GB: i64 = 1_000_000_000;
const TB: i64 = 1000 * GB;
const HOUR: i64 = 60 * 60 * 1000;

/// A bench with an empty pool of 10 TB.
fn bench() -> (Bench, i64) {
    let mut bench = Bench::new();
    let pool = bench.pool("tests");
    (bench, pool)
}

impl Bench {
    fn make_volume(&mut self, pool: i64, name: &str) -> i64 {
        let body = json!({"name": name, "pool_id": pool, "size": 100 * GB, "provtype": "THIN"});
        self.post("volumes", &body).ok()["id"].as_i64().expect("an id")
    }

    fn make_snapshot(&mut self, parent: i64, name: &str, more: &Json) -> i64 {
        let mut body = json!({"name": name, "parent_id": parent});
        for (name, value) in more.as_object().expect("an object") {
            body[name] = value.clone();
        }
        self.post("volumes", &body).ok()["id"].as_i64().expect("an id")
    }

    fn make_mapping(&mut self, volume: i64) -> i64 {
        let id = self.system.array.next_id();
        let mapping = Mapping { id, volume_id: volume, host_id: 5, host_cluster_id: 0, lun: 1, udid: None };
        self.system.array.mappings.insert(mapping);
        id
    }
}

#[test]
fn a_volume_is_created_with_the_defaults_of_its_pool() {
    let (mut bench, pool) = bench();
    let answer = bench
        .post("volumes", &json!({"name": "new", "pool_id": pool, "size": 2 * GB, "snapshot_policy_id": 0}));
    assert_eq!(answer.status, 201);
    let volume = answer.ok();
    assert_eq!(volume["pool_name"], "tests");
    assert_eq!(volume["provtype"], "THICK");
    assert_eq!(volume["num_blocks"], 2 * GB / 512);
    assert_eq!(volume["family_id"], volume["id"]);
    assert_eq!(
        (&volume["parent_id"], &volume["cg_id"], &volume["snapshot_policy_id"]),
        (&json!(0), &Json::Null, &Json::Null)
    );
    assert_eq!(volume.as_object().map(serde_json::Map::len), Some(78));
    let serial = volume["serial"].as_str().expect("a serial").to_owned();
    assert_eq!(serial.len(), 31);
    let nguid = volume["nguid"].as_str().expect("a UUID").replace('-', "");
    assert_eq!(nguid.get(..16), serial.get(15..));
    assert_eq!(nguid.get(16..), Some(format!("{}0{}", &serial[..6], &serial[6..15]).as_str()));
    assert_eq!(bench.get(&format!("volumes?serial={serial}")).total(), 1);
    let other = bench.make_volume(pool, "other");
    assert_eq!(bench.get(&format!("volumes/{other}/snapshot_policy_name")).ok(), "Default Policy");
    assert_eq!(bench.events(other), ["VOLUME_CREATED"]);
}

#[test]
fn a_new_volume_is_checked() {
    let (mut bench, pool) = bench();
    bench.make_volume(pool, "taken");
    let mut refused = |change: Json, status, code| {
        let mut body = json!({"name": "new", "pool_id": pool, "size": GB});
        for (name, value) in change.as_object().expect("an object") {
            body[name] = value.clone();
        }
        bench.post("volumes", &body).refused(status, code)
    };
    refused(json!({"size": GB - 512}), 409, "DATASET_MIN_CAPACITY");
    refused(json!({"size": GB + 1}), 409, "ILLEGAL_DATASET_SIZE");
    refused(json!({"size": "big"}), 400, "MALFORMED_PARAMETER");
    refused(json!({"size": 11 * TB, "provtype": "THIN"}), 409, "POOL_VIRTUAL_CAPACITY");
    refused(json!({"name": "Taken"}), 409, "VOLUME_NAME_CONFLICT");
    refused(json!({"name": "Default_Protocol_Endpoint"}), 409, "ENTITY_NAME_IS_RESERVED");
    refused(json!({"name": "a*"}), 400, "INVALID_CHARACTERS_IN_NAME");
    refused(json!({"pool_id": 1}), 404, "POOL_NOT_FOUND");
    refused(json!({"snapshot_policy_id": 1}), 404, "SNAPSHOT_POLICY_NOT_FOUND");
    refused(json!({"udid": 40_000}), 409, "UDID_NOT_VALID");
    refused(json!({"lock_expires_at": NOW + HOUR}), 409, "INVALID_LOCK_ENTITY_TYPE");
    refused(json!({"remote_snapshot_retention": 5}), 409, "UNSUPPORTED_REMOTE_SNAPSHOT_RETENTION");
    refused(json!({"remote_snapshot_retention": null}), 409, "REMOTE_SNAPSHOT_RETENTION_INVALID");
    refused(json!({"mapped": true}), 400, "UNSUPPORTED_FIELD");
    refused(
        json!({"ssa_express_enabled": true, "ssd_enabled": false}),
        409,
        "SSA_EXPRESS_DATASET_MUST_BE_SSD_ENABLED",
    );
    refused(json!({"ssa_express_enabled": true}), 403, "APPROVAL_REQUIRED");
    bench.post("volumes", &json!({"name": "n", "pool_id": pool})).refused(400, "MISSING_FIELD");
    bench.put(&format!("pools/{pool}"), &json!({"virtual_capacity": 20 * TB})).ok();
    bench
        .post("volumes", &json!({"name": "n", "pool_id": pool, "size": 11 * TB}))
        .refused(409, "POOL_PHYSICAL_CAPACITY");
}

#[test]
fn snapshots_and_clones_hang_below_their_parent() {
    let (mut bench, pool) = bench();
    let volume = bench.make_volume(pool, "v");
    let snapshot = bench.make_snapshot(volume, "s", &json!({}));
    let clone = bench.make_snapshot(snapshot, "c", &json!({"write_protected": false}));
    let row = bench.get(&format!("volumes/{snapshot}")).ok();
    assert_eq!(
        (&row["type"], &row["depth"], &row["write_protected"]),
        (&json!("SNAPSHOT"), &json!(1), &json!(true))
    );
    assert_eq!((&row["has_children"], &row["data_reduction_ratio"]), (&json!(true), &Json::Null));
    let row = bench.get(&format!("volumes/{clone}")).ok();
    assert_eq!(
        (&row["family_id"], &row["depth"], &row["write_protected"]),
        (&json!(volume), &json!(2), &json!(false))
    );
    assert_eq!(bench.get(&format!("volumes?family_id={volume}&sort=depth")).total(), 3);
    assert_eq!(bench.get(&format!("volumes?parent_id={volume}")).total(), 1);
    for field in ["size", "pool_id", "snapshot_policy_id"] {
        let body = json!({"name": "x", "parent_id": volume, field: 5});
        bench.post("volumes", &body).refused(400, "UNSUPPORTED_FIELD");
    }
    bench.post("volumes", &json!({"name": "x", "parent_id": 1})).refused(404, "VOLUME_NOT_FOUND");
    let mut parent = clone;
    for depth in 3..=10 {
        parent = bench.make_snapshot(parent, &format!("d{depth}"), &json!({}));
    }
    bench.post("volumes", &json!({"name": "x", "parent_id": parent})).refused(409, "MAX_TREE_DEPTH");
}

#[test]
fn a_volume_is_changed_one_field_at_a_time() {
    let (mut bench, pool) = bench();
    let id = bench.make_volume(pool, "v");
    let path = format!("volumes/{id}");
    assert_eq!(bench.put(&path, &json!({"name": "w"})).ok()["name"], "w");
    assert_eq!(bench.put(&path, &json!({"size": 200 * GB})).ok()["size"], 200 * GB);
    bench.put(&path, &json!({"size": 100 * GB})).refused(409, "DATASET_SHRINKING_NOT_ALLOWED");
    bench.put(&path, &json!({"size": 200 * GB + 1})).refused(409, "ILLEGAL_DATASET_SIZE");
    bench.put(&path, &json!({"size": 20 * TB})).refused(409, "POOL_VIRTUAL_CAPACITY");
    bench.put(&path, &json!({"name": "a", "size": TB})).refused(400, "NOT_SUPPORTED_MULTIPLE_UPDATE");
    bench.put(&path, &json!({"pool_id": 5})).refused(400, "UNSUPPORTED_FIELD");
    bench.put(&path, &json!({"colour": 5})).refused(400, "UNSUPPORTED_FIELD");
    bench
        .put(&path, &json!({"snapshot_retention": 5}))
        .refused(409, "NON_SNAPSHOT_RETENTION_CANNOT_BE_MODIFIED");
    bench.put(&path, &json!({"lock_expires_at": NOW + HOUR})).refused(409, "INVALID_LOCK_ENTITY_TYPE");
    assert_eq!(bench.put(&path, &json!({"udid": 7})).ok()["udid"], 7);
    bench.make_mapping(id);
    bench.put(&path, &json!({"udid": 8})).refused(409, "UDID_ILLEGAL_MODIFICATION");
    bench
        .put(&path, &json!({"ssa_express_enabled": false}))
        .refused(409, "DATASET_SSA_EXPRESS_ALREADY_DISABLED");
    bench.put(&path, &json!({"write_protected": true})).refused(403, "APPROVAL_REQUIRED");
    bench.put(&format!("{path}?approved=yes"), &json!({"write_protected": true})).ok();
    bench.put(&path, &json!({"size": TB})).refused(409, "VOLUME_RESIZE_NOT_ALLOWED");
    bench.put(&path, &json!({"write_protected": false})).ok();
    assert_eq!(
        bench.events(id),
        [
            "VOLUME_CREATED",
            "VOLUME_RENAMED",
            "VOLUME_RESIZED",
            "VOLUME_UPDATED",
            "VOLUME_UPDATED",
            "VOLUME_UPDATED"
        ]
    );
}

#[test]
fn locks_only_get_longer() {
    let (mut bench, pool) = bench();
    let volume = bench.make_volume(pool, "v");
    let lock = |until: i64| json!({"name": "x", "parent_id": volume, "lock_expires_at": until});
    bench.post("volumes", &lock(NOW)).refused(409, "INVALID_LOCK_EXPIRY");
    bench.post("volumes", &lock(NOW + 366 * 24 * HOUR)).refused(409, "INVALID_LOCK_DURATION");
    let mut body = lock(NOW + 2 * HOUR);
    body["snapshot_retention"] = json!(3600);
    bench.post("volumes", &body).refused(409, "INVALID_LOCK_DURATION_EXCEEDS_SNAPSHOT_RETENTION");
    let mut body = lock(NOW + HOUR);
    body["write_protected"] = json!(false);
    bench.post("volumes", &body).refused(409, "WRITABLE_LOCKED_SNAPSHOT");
    let id = bench.make_snapshot(volume, "s", &json!({"lock_expires_at": NOW + HOUR}));
    let path = format!("volumes/{id}");
    assert_eq!(bench.get(&path).ok()["lock_state"], "LOCKED");
    bench.put(&path, &json!({"lock_expires_at": NOW + HOUR / 2})).refused(409, "LOCK_EXPIRY_TOO_SHORT");
    bench.put(&path, &json!({"lock_expires_at": null})).refused(409, "UNLOCK_FORBIDDEN");
    bench.put(&path, &json!({"write_protected": false})).refused(409, "WRITE_ENABLE_LOCKED_SNAPSHOT");
    bench.put(&path, &json!({"size": TB})).refused(409, "SNAP_RESIZE_NOT_ALLOWED");
    bench.put(&path, &json!({"provtype": "THICK"})).refused(409, "DATASET_NOT_MASTER");
    bench
        .put(&path, &json!({"compression_enabled": false}))
        .refused(409, "COMPRESSION_OPERATION_NOT_ALLOWED");
    bench
        .put(&path, &json!({"snapshot_retention": 9000}))
        .refused(409, "SNAPSHOT_RETENTION_FIELD_NOT_SUPPORTED");
    assert_eq!(
        bench.put(&path, &json!({"lock_expires_at": NOW + 2 * HOUR})).ok()["lock_expires_at"],
        NOW + 2 * HOUR
    );
    let message = bench.delete(&path).refused(409, "DELETE_LOCKED_SNAPSHOT");
    assert!(message.contains("2026-03-01 02:00 UTC"), "{message}");
    bench.delete(&format!("volumes/{volume}")).refused(409, "DELETE_SNAPSHOT_WITH_LOCKED_DESCENDANTS");
    bench
        .post(&format!("{path}/refresh"), &json!({"source_id": volume}))
        .refused(409, "INVALID_OPERATION_ON_LOCKED_SNAPSHOT");
    bench.post(&format!("{path}/promote"), &json!({})).refused(409, "PROMOTE_LOCKED_SNAPSHOT");
    bench.system.control(&json!({"advance_seconds": 3 * 3600})).expect("an order");
    assert_eq!(bench.get(&path).ok()["lock_state"], "UNLOCKED");
    bench.delete(&format!("{path}?approved=yes")).ok();
}

#[test]
fn the_retention_of_a_policys_snapshot_only_gets_longer() {
    let mut bench = Bench::new();
    let row = bench.get("volumes?snapshot_retention=isnot:null&lock_expires_at=is:null&page_size=1").ok()[0]
        .clone();
    let path = format!("volumes/{}", row["id"]);
    let retention = row["snapshot_retention"].as_i64().expect("seconds");
    assert_eq!(
        row["snapshot_expires_at"].as_i64(),
        row["created_at"].as_i64().map(|at| at / 1000 + retention)
    );
    bench
        .put(&path, &json!({"snapshot_retention": retention - 1}))
        .refused(409, "SNAPSHOT_RETENTION_INVALID");
    let longer = bench.put(&path, &json!({"snapshot_retention": retention + 5})).ok();
    assert_eq!(longer["snapshot_retention"], retention + 5);
    assert_eq!(
        bench.put(&path, &json!({"snapshot_retention": null})).ok()["snapshot_expires_at"],
        Json::Null
    );
}

#[test]
fn a_mapped_volume_is_not_deleted() {
    let (mut bench, pool) = bench();
    let volume = bench.make_volume(pool, "v");
    let snapshot = bench.make_snapshot(volume, "s", &json!({}));
    let path = format!("volumes/{volume}");
    let mapping = bench.make_mapping(volume);
    assert_eq!(bench.get(&path).ok()["mapped"], true);
    assert_eq!(bench.get(&format!("{path}/luns")).ok()[0]["lun"], 1);
    bench.delete(&format!("{path}?approved=yes")).refused(409, "VOLUME_IS_MAPPED");
    bench.system.array.mappings.remove(mapping);
    let mapping = bench.make_mapping(snapshot);
    bench.delete(&format!("{path}?approved=yes")).refused(409, "CHILD_VOLUMES_ARE_MAPPED");
    bench.system.array.mappings.remove(mapping);
    let message = bench.delete(&path).refused(403, "APPROVAL_REQUIRED");
    assert!(message.contains("'v'") && message.contains("the snapshot below it"), "{message}");
    assert_eq!(bench.delete(&format!("{path}?approved=no")).status, 403);
    assert_eq!(bench.delete(&format!("{path}?approved=yes")).ok()["name"], "v");
    bench.get(&path).refused(404, "VOLUME_NOT_FOUND");
    bench.get(&format!("volumes/{snapshot}")).refused(404, "VOLUME_NOT_FOUND");
    assert_eq!(bench.events(snapshot), ["SNAPSHOT_CREATED", "SNAPSHOT_DELETED"]);
}

#[test]
fn deleting_a_snapshot_leaves_its_parent_without_children() {
    let (mut bench, pool) = bench();
    let volume = bench.make_volume(pool, "v");
    let snapshot = bench.make_snapshot(volume, "s", &json!({}));
    bench.delete(&format!("volumes/{snapshot}?approved=yes")).ok();
    assert_eq!(bench.get(&format!("volumes/{volume}/has_children")).ok(), false);
}

#[test]
fn restoring_takes_a_snapshot_below_the_volume() {
    let (mut bench, pool) = bench();
    let volume = bench.make_volume(pool, "v");
    let other = bench.make_volume(pool, "w");
    let snapshot = bench.make_snapshot(volume, "s", &json!({}));
    bench.put(&format!("volumes/{volume}"), &json!({"size": 300 * GB})).ok();
    let path = format!("volumes/{volume}/restore");
    bench.post(&path, &json!({"source_id": other})).refused(409, "ILLEGAL_RESTORE_REQUEST");
    bench.post(&path, &json!({"source_id": 1})).refused(404, "VOLUME_NOT_FOUND");
    bench.post(&path, &json!({})).refused(400, "MISSING_FIELD");
    bench.post(&path, &json!({"source_id": snapshot})).refused(403, "APPROVAL_REQUIRED");
    assert_eq!(bench.post(&format!("{path}?approved=yes"), &json!({"source_id": snapshot})).ok(), true);
    assert_eq!(bench.get(&format!("volumes/{volume}/size")).ok(), 100 * GB);
    assert_eq!(bench.post(&format!("{path}?approved=yes"), &json!(snapshot)).ok(), true);
    let protected = bench.post(&format!("volumes/{snapshot}/restore"), &json!({"source_id": snapshot}));
    protected.refused(409, "PROTECTED_DATASET_CANNOT_BE_RESTORED");
}

#[test]
fn refreshing_takes_the_content_of_the_parent() {
    let (mut bench, pool) = bench();
    let volume = bench.make_volume(pool, "v");
    let snapshot = bench.make_snapshot(volume, "s", &json!({}));
    let below = bench.make_snapshot(snapshot, "b", &json!({}));
    bench.put(&format!("volumes/{volume}"), &json!({"size": 300 * GB})).ok();
    let refresh = |bench: &mut Bench, id: i64, source: i64| {
        bench.post(&format!("volumes/{id}/refresh"), &json!({"source_id": source}))
    };
    refresh(&mut bench, volume, snapshot).refused(409, "REFRESH_TARGET_NOT_SNAPSHOT");
    refresh(&mut bench, snapshot, 1).refused(404, "DATASET_NOT_FOUND");
    refresh(&mut bench, below, volume).refused(409, "REFRESH_TARGET_NOT_DIRECT_SNAPSHOT");
    refresh(&mut bench, snapshot, volume).refused(409, "REFRESH_TARGET_HAS_CHILDREN");
    bench.delete(&format!("volumes/{below}?approved=yes")).ok();
    refresh(&mut bench, snapshot, volume).refused(403, "APPROVAL_REQUIRED");
    let done =
        bench.post(&format!("volumes/{snapshot}/refresh?approved=yes"), &json!({"source_id": volume})).ok();
    assert_eq!(done["size"], 300 * GB);
}

#[test]
fn promoting_goes_on_in_the_background() {
    let (mut bench, pool) = bench();
    let volume = bench.make_volume(pool, "v");
    let snapshot = bench.make_snapshot(volume, "s", &json!({"snapshot_retention": 3600}));
    let path = format!("volumes/{snapshot}/promote");
    bench.post(&format!("volumes/{volume}/promote"), &json!({})).refused(409, "PROMOTE_MASTER_ENTITY");
    let message = bench.post(&path, &json!({})).refused(403, "APPROVAL_REQUIRED");
    assert!(message.contains("retention"), "{message}");
    let answer = bench.post(&format!("{path}?approved=yes"), &json!({}));
    assert_eq!(answer.body["metadata"]["ready"], false);
    assert_eq!(
        (&answer.body["result"]["id"], &answer.body["result"]["type"]),
        (&json!(snapshot), &json!("MASTER"))
    );
    let url = answer.body["metadata"]["result_url"].as_str().expect("a path").to_owned();
    let target = url.strip_prefix("/api/rest/").expect("a path of the API").to_owned();
    assert_eq!(bench.get(&target).body["metadata"]["ready"], false);
    bench.post("volumes", &json!({"name": "x", "parent_id": snapshot})).refused(409, "CANNOT_TAKE_SNAPSHOT");
    bench.delete(&format!("volumes/{snapshot}")).refused(409, "DELETE_VOLUME_IN_PROMOTION_PROCESS");
    bench.system.control(&json!({"advance_seconds": 3})).expect("an order");
    let done = bench.get(&target);
    assert_eq!(done.body["metadata"]["ready"], true);
    let master = done.ok();
    assert_eq!((&master["type"], &master["family_id"]), (&json!("MASTER"), &json!(snapshot)));
    assert_eq!((&master["promote_source_id"], &master["snapshot_retention"]), (&json!(volume), &Json::Null));
    let old = bench.get(&format!("volumes/{volume}")).ok();
    assert_eq!((&old["has_children"], &old["has_internal_children"]), (&json!(false), &json!(true)));
    let internal = bench.get("volumes/internal_volumes/snapshot").ok()[0].clone();
    assert_eq!(
        (&internal["parent_id"], &internal["size"], &internal["created_at"]),
        (&json!(volume), &Json::Null, &json!(0))
    );
    assert_eq!(bench.get(&format!("volumes/{volume}/internal_volumes")).total(), 1);
    assert_eq!(bench.get(&format!("volumes?parent_id={volume}")).total(), 0);
    bench.get("volumes/internal_volumes/sideways").refused(400, "MALFORMED_PARAMETER");
    bench.get("background_operations/1").refused(404, "NOT_FOUND");
}

#[test]
fn moving_takes_room_or_brings_it_along() {
    let (mut bench, from) = bench();
    let to = bench.pool("target");
    let volume = bench.make_volume(from, "v");
    let snapshot = bench.make_snapshot(volume, "s", &json!({}));
    let path = format!("volumes/{volume}/move");
    bench.post(&path, &json!({"pool_id": 1})).refused(404, "POOL_NOT_FOUND");
    bench.post(&path, &json!({})).refused(400, "MISSING_FIELD");
    bench
        .post(&format!("volumes/{snapshot}/move"), &json!({"pool_id": to}))
        .refused(409, "DATASET_NOT_MASTER");
    assert_eq!(bench.post(&path, &json!({"pool_id": to})).ok()["pool_name"], "target");
    assert_eq!(bench.get(&format!("volumes/{snapshot}/pool_id")).ok(), to);
    let before = bench.get(&format!("pools/{from}/virtual_capacity")).ok().as_i64();
    bench.post(&path, &json!({"pool_id": from, "with_capacity": true})).ok();
    let after = bench.get(&format!("pools/{from}/virtual_capacity")).ok().as_i64();
    assert_eq!(after.zip(before).map(|(after, before)| after - before), Some(100_000_333_824));
    let big = json!({"name": "big", "pool_id": to, "size": 9500 * GB, "provtype": "THIN"});
    bench.post("volumes", &big).ok();
    bench.put(&format!("volumes/{volume}"), &json!({"size": TB})).ok();
    bench.post(&path, &json!({"pool_id": to})).refused(409, "INSUFFICIENT_POOL_CAPACITY");
    assert_eq!(bench.events(volume).last(), Some(&"VOLUME_RESIZED"));
}

#[test]
fn a_serial_is_reset_by_administrators() {
    let (mut bench, pool) = bench();
    let volume = bench.make_volume(pool, "v");
    let snapshot = bench.make_snapshot(volume, "s", &json!({}));
    let before = bench.get(&format!("volumes/{volume}")).ok();
    bench
        .as_user("pool-admin")
        .post(&format!("volumes/{volume}/reset_serial"), &json!({}))
        .refused(403, "UNAUTHORIZED");
    bench.as_user("admin");
    let after = bench.post(&format!("volumes/{volume}/reset_serial"), &json!({})).ok();
    assert_ne!(before["serial"], after["serial"]);
    assert_ne!(before["nguid"], after["nguid"]);
    bench
        .post(&format!("volumes/{snapshot}/reset_serial"), &json!({}))
        .refused(409, "CANNOT_RESET_VOLUME_SERIAL");
}

#[test]
fn snapshots_of_several_volumes_are_taken_at_once() {
    let (mut bench, pool) = bench();
    let (a, b) = (bench.make_volume(pool, "a"), bench.make_volume(pool, "b"));
    let elsewhere = bench.pool("elsewhere");
    let c = bench.make_volume(elsewhere, "c");
    let answer = bench.post(
        "volumes/group_snapshot",
        &json!({"entities": [{"id": a, "snap_name": "named"}, {"id": b}], "snap_prefix": "pre_", "snap_suffix": "_suf"}),
    );
    assert!(answer.body["metadata"]["page"].is_null());
    let snapshots = answer.ok();
    assert_eq!((&snapshots[0]["name"], &snapshots[1]["name"]), (&json!("named"), &json!("pre_b_suf")));
    let take = |bench: &mut Bench, entities: Json| {
        bench.post("volumes/group_snapshot", &json!({"entities": entities}))
    };
    take(&mut bench, json!([{"id": a, "snap_name": "x"}, {"id": b, "snap_name": "X"}]))
        .refused(400, "DATASET_NAME_WILL_BE_DUPLICATED");
    take(&mut bench, json!([{"id": a, "snap_name": "x"}, {"id": c, "snap_name": "y"}]))
        .refused(409, "DATASET_BELONG_TO_DIFFERENT_POOL");
    take(&mut bench, json!([{"id": a}])).refused(409, "VOLUME_NAME_CONFLICT");
    take(&mut bench, json!([{"id": 1, "snap_name": "x"}])).refused(404, "VOLUME_NOT_FOUND");
    take(&mut bench, json!([])).refused(400, "WRONG_PARAMETER");
    assert_eq!(bench.get("volumes?name=x").total(), 0);
}

#[test]
fn a_deletion_is_simulated() {
    let (mut bench, pool) = bench();
    let body = json!({"name": "v", "pool_id": pool, "size": GB});
    let volume = bench.post("volumes", &body).ok()["id"].as_i64().expect("an id");
    let simulate =
        |bench: &mut Bench, ids: Json| bench.post("volumes/delete_simulation", &json!({"entities": ids}));
    assert_eq!(
        simulate(&mut bench, json!([volume])).ok(),
        json!({"valid": true, "space_reclaimable": 1_000_013_824})
    );
    bench.make_mapping(volume);
    assert_eq!(simulate(&mut bench, json!([volume])).ok()["valid"], false);
    simulate(&mut bench, Json::Null).refused(400, "UNSUPPORTED_VALUE");
    let parent = bench.make_volume(pool, "w");
    let snapshot = bench.make_snapshot(parent, "s", &json!({}));
    bench.post(&format!("volumes/{snapshot}/promote"), &json!({}));
    simulate(&mut bench, json!([snapshot])).refused(403, "APPROVAL_REQUIRED");
}

#[test]
fn a_volume_without_replication_has_nothing_to_take_over() {
    let (mut bench, pool) = bench();
    let volume = bench.make_volume(pool, "v");
    let path = format!("volumes/{volume}/own_snapshot");
    bench.post(&path, &json!({"name": "s"})).refused(404, "NO_RMR_SNAPSHOT_FOUND");
    bench.post("volumes/1/own_snapshot", &json!({"name": "s"})).refused(404, "VOLUME_NOT_FOUND");
    assert_eq!(bench.get(&format!("volumes/{volume}/replication_pairs")).total(), 0);
}
