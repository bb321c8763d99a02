//! The rules of groups.

use serde_json::{Value as Json, json};

use crate::infinibox::testing::{Bench, NOW};

const GB: i64 = 1_000_000_000;

/// A group of two volumes.
struct Fixture {
    bench: Bench,
    pool: i64,
    group: i64,
    volumes: [i64; 2],
}

impl Fixture {
    fn new() -> Self {
        let mut bench = Bench::new();
        let pool = bench.pool("tests");
        let group = id(&bench.post("cgs", &json!({"name": "group", "pool_id": pool})).ok());
        let volumes = ["a", "b"].map(|name| {
            let volume = id(&bench.post("volumes", &json!({"name": name, "pool_id": pool, "size": GB})).ok());
            bench.post(&format!("cgs/{group}/members"), &json!({"dataset_id": volume})).ok();
            volume
        });
        Self { bench, pool, group, volumes }
    }

    fn snapshot(&mut self, name: &str, more: &Json) -> i64 {
        let mut body = json!({"name": name, "parent_id": self.group, "snap_prefix": format!("{name}-")});
        for (name, value) in more.as_object().expect("an object") {
            body[name] = value.clone();
        }
        id(&self.bench.post("cgs", &body).ok())
    }
}

fn id(record: &Json) -> i64 {
    record["id"].as_i64().expect("an id")
}

#[test]
fn a_group_counts_its_members() {
    let mut f = Fixture::new();
    let row = f.bench.get(&format!("cgs/{}", f.group)).ok();
    assert_eq!(
        (&row["type"], &row["parent_id"], &row["members_count"]),
        (&json!("MASTER"), &json!(0), &json!(2))
    );
    assert!(row.get("snap_prefix").is_none());
    assert_eq!(f.bench.get(&format!("cgs/{}/members?sort=-name", f.group)).ok()[0]["name"], "b");
    assert_eq!(f.bench.get(&format!("volumes?cg_id={}", f.group)).total(), 2);
    assert_eq!(f.bench.get(&format!("volumes/{}/cg_name", f.volumes[0])).ok(), "group");
    f.bench
        .delete(&format!("volumes/{}?approved=yes", f.volumes[0]))
        .refused(409, "CG_DATASET_DELETE_NOT_ALLOWED");
    f.bench
        .post(&format!("volumes/{}/move", f.volumes[0]), &json!({"pool_id": f.pool}))
        .refused(409, "CG_DATASET_MOVE_NOT_ALLOWED");
}

#[test]
fn members_are_masters_of_the_same_pool() {
    let mut f = Fixture::new();
    let path = format!("cgs/{}/members", f.group);
    let other = f.bench.pool("other");
    let foreign = id(&f.bench.post("volumes", &json!({"name": "c", "pool_id": other, "size": GB})).ok());
    let snapshot = id(&f.bench.post("volumes", &json!({"name": "s", "parent_id": f.volumes[0]})).ok());
    for (dataset, status, code) in [
        (f.volumes[0], 409, "DATASET_ALREADY_IN_A_CG"),
        (foreign, 409, "DATASET_NOT_IN_CG_POOL"),
        (snapshot, 409, "ILLEGAL_CG_DATASET"),
        (1, 404, "DATASET_NOT_FOUND"),
    ] {
        f.bench.post(&path, &json!({"dataset_id": dataset})).refused(status, code);
    }
    f.bench.post(&path, &json!({"replication_pair_info": null})).refused(400, "MISSING_FIELD");
    let member = format!("{path}/{}", f.volumes[1]);
    f.bench.delete(&member).refused(403, "APPROVAL_REQUIRED");
    assert_eq!(f.bench.delete(&format!("{member}?approved=yes")).ok()["members_count"], 1);
    f.bench.delete(&format!("{member}?approved=yes")).refused(404, "CG_DATASET_NOT_FOUND");
}

#[test]
fn a_snapshot_group_is_taken_of_all_members() {
    let mut f = Fixture::new();
    let group = f.snapshot("night", &json!({}));
    let row = f.bench.get(&format!("cgs/{group}")).ok();
    assert_eq!(
        (&row["type"], &row["parent_id"], &row["members_count"]),
        (&json!("SNAPSHOT"), &json!(f.group), &json!(2))
    );
    assert_eq!(f.bench.get(&format!("cgs/{group}/members?sort=name")).ok()[0]["name"], "night-a");
    assert_eq!(f.bench.get(&format!("cgs/{}/has_children", f.group)).ok(), true);
    let take = |f: &mut Fixture, body: Json| f.bench.post("cgs", &body);
    let parent = f.group;
    take(&mut f, json!({"name": "x", "parent_id": parent})).refused(400, "MISSING_FIELD");
    take(&mut f, json!({"name": "x", "parent_id": group, "snap_suffix": "-x"}))
        .refused(409, "SG_SNAP_NOT_ALLOWED");
    take(&mut f, json!({"name": "x", "parent_id": parent, "snap_prefix": "night-"}))
        .refused(409, "VOLUME_NAME_CONFLICT");
    take(&mut f, json!({"name": "x", "parent_id": parent, "snap_prefix": "y".repeat(65)}))
        .refused(400, "SG_MEMBER_INVALID_NAME_LENGTH");
    take(&mut f, json!({"name": "night", "parent_id": parent, "snap_prefix": "z"}))
        .refused(409, "CG_NAME_CONFLICT");
    let pool = f.pool;
    let empty = id(&take(&mut f, json!({"name": "empty", "pool_id": pool})).ok());
    take(&mut f, json!({"name": "x", "parent_id": empty, "snap_prefix": "z"}))
        .refused(409, "CG_SNAP_WITH_NO_MEMBERS");
    take(&mut f, json!({"name": "x", "pool_id": 1})).refused(404, "POOL_NOT_FOUND");
    take(&mut f, json!({"name": "x"})).refused(400, "MISSING_FIELD");
}

#[test]
fn groups_are_refreshed_restored_and_promoted_as_a_whole() {
    let mut f = Fixture::new();
    let group = f.snapshot("night", &json!({}));
    let [first, _] = f.volumes;
    f.bench.put(&format!("volumes/{first}"), &json!({"size": 5 * GB})).ok();
    let path = format!("cgs/{}/restore", f.group);
    f.bench.post(&path, &json!({"source_id": f.group})).refused(409, "ILLEGAL_CG_RESTORE_REQUEST");
    f.bench.post(&path, &json!({"source_id": group})).refused(403, "APPROVAL_REQUIRED");
    assert_eq!(
        f.bench.post(&format!("{path}?approved=yes"), &json!({"source_id": group, "target_id": 0})).ok(),
        true
    );
    assert_eq!(f.bench.get(&format!("volumes/{first}/size")).ok(), GB);
    f.bench.put(&format!("volumes/{first}"), &json!({"size": 5 * GB})).ok();
    let refresh = format!("cgs/{group}/refresh?approved=yes");
    f.bench
        .post(&format!("cgs/{}/refresh", f.group), &json!({"source_id": group}))
        .refused(409, "SG_REFRESH_NOT_SG");
    f.bench.post(&refresh, &json!({"source_id": group})).refused(409, "SG_REFRESH_NOT_DIRECT_SNAPSHOT");
    f.bench.post(&refresh, &json!({"source_id": f.group})).ok();
    assert_eq!(f.bench.get(&format!("cgs/{group}/members?sort=name")).ok()[0]["size"], 5 * GB);
    f.bench
        .post(&format!("cgs/{}/promote?approved=yes", f.group), &json!({}))
        .refused(409, "PROMOTE_MASTER_ENTITY");
    let promoted = f.bench.post(&format!("cgs/{group}/promote?approved=yes"), &json!({})).ok();
    assert_eq!((&promoted["type"], &promoted["parent_id"]), (&json!("MASTER"), &json!(0)));
    assert_eq!(f.bench.get(&format!("volumes?cg_id={group}&type=MASTER")).total(), 2);
}

#[test]
fn locks_and_retentions_of_a_group_get_longer() {
    let mut f = Fixture::new();
    let group = f.snapshot("kept", &json!({"snapshot_retention": 7200, "lock_expires_at": NOW + 3_600_000}));
    let path = format!("cgs/{group}");
    f.bench.put(&path, &json!({"snapshot_retention": 100})).refused(409, "SNAPSHOT_RETENTION_INVALID");
    f.bench.put(&path, &json!({"snapshot_retention": null})).refused(403, "APPROVAL_REQUIRED");
    f.bench.put(&path, &json!({"lock_expires_at": null})).refused(409, "UNLOCK_FORBIDDEN");
    f.bench.put(&path, &json!({"lock_expires_at": NOW + 5_000_000})).ok();
    f.bench.delete(&format!("{path}?approved=yes")).refused(409, "DELETE_LOCKED_SNAPSHOT");
    f.bench.post(&format!("{path}/promote"), &json!({})).refused(409, "PROMOTE_LOCKED_SG");
    f.bench
        .post(&format!("{path}/refresh"), &json!({"source_id": f.group}))
        .refused(409, "INVALID_OPERATION_ON_LOCKED_SNAPSHOT");
    let member = f.bench.get(&format!("{path}/members")).ok()[0]["id"].clone();
    f.bench.delete(&format!("{path}/members/{member}")).refused(409, "MEMBER_CANNOT_BE_REMOVED_FROM_SG");
    f.bench
        .put(&format!("volumes/{member}"), &json!({"lock_expires_at": NOW + 9_000_000}))
        .refused(409, "SNAPSHOT_LOCK_FORBIDDEN");
    let group = format!("cgs/{}", f.group);
    f.bench.put(&group, &json!({"lock_expires_at": NOW + 1})).refused(409, "INVALID_LOCK_ENTITY_TYPE");
    f.bench
        .put(&group, &json!({"snapshot_retention": 5}))
        .refused(409, "NON_SNAPSHOT_RETENTION_CANNOT_BE_MODIFIED");
    assert_eq!(
        f.bench.put(&group, &json!({"name": "renamed", "snapshot_policy_id": 0})).ok()["name"],
        "renamed"
    );
}

#[test]
fn snapshots_join_the_snapshot_group_of_their_volumes_group() {
    let mut f = Fixture::new();
    let group = f.snapshot("night", &json!({}));
    let [first, _] = f.volumes;
    let path = format!("cgs/{group}/members");
    let snapshot = |f: &mut Fixture, name: &str, more: Json| {
        let mut body = json!({"name": name, "parent_id": first});
        for (name, value) in more.as_object().expect("an object") {
            body[name] = value.clone();
        }
        id(&f.bench.post("volumes", &body).ok())
    };
    let fresh = snapshot(&mut f, "fresh", json!({"snapshot_retention": 3600}));
    f.bench
        .post(&path, &json!({"dataset_id": fresh}))
        .refused(409, "SNAPSHOT_PARENT_HAS_ALREADY_MEMBER_IN_SG");
    let member = f.bench.get(&format!("{path}?parent_id={first}")).ok()[0]["id"].clone();
    f.bench.delete(&format!("{path}/{member}?approved=yes")).ok();
    let locked = snapshot(&mut f, "locked", json!({"lock_expires_at": NOW + 9_000_000}));
    f.bench
        .post(&path, &json!({"dataset_id": locked}))
        .refused(409, "CANNOT_ADD_LOCKED_SNAPSHOT_TO_UNLOCKED_SG");
    f.bench.post(&path, &json!({"dataset_id": fresh})).refused(403, "APPROVAL_REQUIRED");
    f.bench.post(&format!("{path}?approved=yes"), &json!({"dataset_id": fresh})).ok();
    assert_eq!(f.bench.get(&format!("volumes/{fresh}/snapshot_retention")).ok(), Json::Null);
    let lone = id(&f.bench.post("volumes", &json!({"name": "l", "pool_id": f.pool, "size": GB})).ok());
    f.bench.post(&path, &json!({"dataset_id": lone})).refused(409, "DATASET_NOT_SNAPSHOT");
    let stranger = id(&f.bench.post("volumes", &json!({"name": "ls", "parent_id": lone})).ok());
    f.bench.post(&path, &json!({"dataset_id": stranger})).refused(409, "SNAPSHOT_PARENT_IS_NOT_IN_CG");
}

#[test]
fn disbanding_leaves_the_members_unless_told_otherwise() {
    let mut f = Fixture::new();
    let group = f.snapshot("night", &json!({}));
    let to = f.bench.pool("target");
    f.bench.post(&format!("cgs/{group}/move"), &json!({"pool_id": to})).refused(409, "SG_CANNOT_BE_MOVED");
    f.bench.post(&format!("cgs/{}/move", f.group), &json!({"pool_id": to})).ok();
    assert_eq!(f.bench.get(&format!("volumes?pool_id={to}")).total(), 4);
    f.bench.delete(&format!("cgs/{group}?delete_members=maybe")).refused(400, "MALFORMED_PARAMETER");
    let message =
        f.bench.delete(&format!("cgs/{group}?delete_members=true")).refused(403, "APPROVAL_REQUIRED");
    assert!(message.contains("destroys"), "{message}");
    f.bench.delete(&format!("cgs/{group}?delete_members=true&approved=yes")).ok();
    assert_eq!(f.bench.get(&format!("volumes?pool_id={to}")).total(), 2);
    f.bench.delete(&format!("cgs/{}?approved=yes", f.group)).ok();
    assert_eq!(f.bench.get(&format!("volumes?pool_id={to}&cg_id=is:null")).total(), 2);
    f.bench.get(&format!("cgs/{}", f.group)).refused(404, "CG_NOT_FOUND");
}

#[test]
fn several_datasets_are_changed_together_or_not_at_all() {
    let mut f = Fixture::new();
    let [first, second] = f.volumes;
    let bulk = |f: &mut Fixture, ids: Json, data: Json| {
        f.bench.put("datasets/bulk", &json!({"ids": ids, "data": data}))
    };
    let rows = bulk(&mut f, json!([first, second]), json!({"ssd_enabled": false})).ok();
    assert_eq!((&rows[0]["ssd_enabled"], &rows[1]["ssd_enabled"]), (&json!(false), &json!(false)));
    let snapshot = id(&f.bench.post("volumes", &json!({"name": "s", "parent_id": first})).ok());
    let message = bulk(&mut f, json!([first, snapshot]), json!({"compression_enabled": false}))
        .refused(409, "COMPRESSION_OPERATION_NOT_ALLOWED");
    assert!(message.starts_with("Nothing was changed"), "{message}");
    assert_eq!(f.bench.get(&format!("volumes/{first}/compression_enabled")).ok(), true);
    bulk(&mut f, json!([first]), json!({"ssd_enabled": true, "compression_enabled": true}))
        .refused(400, "NOT_SUPPORTED_MULTIPLE_UPDATE");
    bulk(&mut f, json!([first]), json!({"colour": 1})).refused(400, "SET_MISSING_ATTRIBUTE");
    bulk(&mut f, json!([first]), json!({"write_protected": true})).refused(409, "OPERATION_NOT_SUPPORTED");
    bulk(&mut f, json!([first]), json!({"ssd_enabled": 1})).refused(400, "MALFORMED_PARAMETER");
    bulk(&mut f, json!("all"), json!({"ssd_enabled": true})).refused(400, "MALFORMED_PARAMETER");
    bulk(&mut f, json!([1]), json!({"ssd_enabled": true})).refused(404, "DATASET_NOT_FOUND");
    let lone = id(&f.bench.post("volumes", &json!({"name": "l", "pool_id": f.pool, "size": GB})).ok());
    bulk(&mut f, json!([lone]), json!({"ssa_express_enabled": true})).refused(403, "APPROVAL_REQUIRED");
}

#[test]
fn datasets_are_volumes_seen_from_afar() {
    let mut f = Fixture::new();
    assert_eq!(f.bench.get("datasets?dataset_type=VOLUME").total(), f.bench.get("volumes").total());
    assert_eq!(f.bench.get(&format!("datasets/{}", f.volumes[0])).ok()["name"], "a");
    f.bench.get("datasets/1").refused(404, "DATASET_NOT_FOUND");
    f.bench.get("datasets?udid=1").refused(400, "NOT_FILTERABLE_FIELD");
    assert_eq!(f.bench.get("datasets/internal_datasets/MASTER").total(), 0);
}
