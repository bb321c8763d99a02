use serde_json::json;

use crate::infinibox::testing::Bench;

fn policy(bench: &mut Bench) -> i64 {
    let body = json!({"name": "nightly", "suffix": "-night"});
    bench.post("snapshot_policies", &body).ok()["id"].as_i64().expect("an id")
}

fn volume(bench: &mut Bench, extra: i64) -> i64 {
    let pool = bench.pool("pool");
    let body = json!({"name": "v", "pool_id": pool, "size": 1_000_000_000, "snapshot_policy_id": extra});
    bench.post("volumes", &body).ok()["id"].as_i64().expect("an id")
}

#[test]
fn the_box_starts_with_a_default_policy_and_its_schedules() {
    let mut bench = Bench::new();
    let policies = bench.get("snapshot_policies?default_snapshot_policy=true");
    assert_eq!(policies.total(), 1);
    let policy = &policies.body["result"][0];
    assert_eq!(policy["schedules"][0]["interval"], 21_600);
    assert!(policy["assigned_entities_count"].as_i64().expect("a count") > 10);
    let path = format!("snapshot_policies/{}", policy["id"]);
    assert_eq!(bench.get(&format!("{path}/schedules?name=Daily")).total(), 1);
    let listed = bench.get(&format!("{path}/assigned_entities?assigned_entity_type=FILESYSTEM"));
    assert_eq!(listed.total(), 40);
}

#[test]
fn policies_have_names_and_suffixes_of_their_own() {
    let mut bench = Bench::new();
    let id = policy(&mut bench);
    for (body, status, code) in [
        (json!({"name": "nightly", "suffix": "x"}), 409, "SNAPSHOT_POLICY_NAME_CONFLICT"),
        (json!({"name": "x", "suffix": "-night"}), 409, "SNAPSHOT_POLICY_SUFFIX_CONFLICT"),
        (json!({"name": "x", "suffix": "a:b"}), 400, "INVALID_CHARACTERS_IN_SNAPSHOT_POLICY_SUFFIX"),
        (json!({"name": "x"}), 400, "MISSING_FIELD"),
    ] {
        bench.post("snapshot_policies", &body).refused(status, code);
    }
    let path = format!("snapshot_policies/{id}");
    assert_eq!(bench.put(&path, &json!({"name": "late"})).ok()["name"], "late");
    bench.as_user("pool-admin").put(&path, &json!({"name": "x"})).refused(403, "UNAUTHORIZED");
    assert_eq!(bench.events(id), ["SNAPSHOT_POLICY_CREATED", "SNAPSHOT_POLICY_UPDATED"]);
}

#[test]
fn schedules_are_checked_switched_and_deleted() {
    let mut bench = Bench::new();
    let id = policy(&mut bench);
    let path = format!("snapshot_policies/{id}/schedules");
    let good = json!({"name": "s", "type": "PERIODIC", "interval": 3600, "retention": 7200});
    let schedule = bench.post(&path, &good).ok();
    assert_eq!((&schedule["enabled"], &schedule["day_of_week"]), (&json!(true), &json!(null)));
    bench.post(&path, &good).refused(409, "SNAPSHOT_SCHEDULE_NAME_CONFLICT");
    for (body, status, code) in [
        (
            json!({"name": "t", "type": "PERIODIC", "interval": 5, "retention": 7200}),
            409,
            "SCHEDULE_INTERVAL_INVALID",
        ),
        (
            json!({"name": "t", "type": "PERIODIC", "interval": 3600, "retention": 5}),
            409,
            "SCHEDULE_RETENTION_INVALID",
        ),
        (json!({"name": "t", "type": "CLOCK", "retention": 7200}), 400, "MISSING_FIELD"),
        (json!({"name": "t", "type": "SOMETIMES", "retention": 7200}), 400, "MALFORMED_PARAMETER"),
    ] {
        bench.post(&path, &body).refused(status, code);
    }
    let weekly = json!({"name": "t", "type": "CLOCK", "day_of_week": "SUNDAY", "time_of_day": 1000, "retention": 7200});
    assert_eq!(bench.post(&path, &weekly).ok()["time_of_day"], 1000);
    let own = format!("{path}/{}", schedule["id"]);
    assert_eq!(bench.post(&format!("{own}/disable"), &json!({})).ok()["enabled"], false);
    assert_eq!(bench.post(&format!("{own}/enable"), &json!({})).ok()["enabled"], true);
    let other = bench.get("snapshot_policies").body["result"][0]["id"].clone();
    let foreign = format!("snapshot_policies/{other}/schedules/{}", schedule["id"]);
    bench.get(&foreign).refused(404, "SCHEDULE_NOT_RELATED_TO_SNAPSHOT_POLICY");
    bench.delete(&own).refused(403, "APPROVAL_REQUIRED");
    bench.delete(&format!("{own}?approved=yes")).ok();
    bench.get(&own).refused(404, "SNAPSHOT_SCHEDULE_NOT_FOUND");
}

#[test]
fn assigning_replaces_another_policy_only_on_approval() {
    let mut bench = Bench::new();
    let id = policy(&mut bench);
    let volume = volume(&mut bench, 0);
    let path = format!("snapshot_policies/{id}");
    let body = json!({"assigned_entity_type": "VOLUME", "assigned_entity_id": volume});
    assert_eq!(bench.post(&format!("{path}/assign_entity"), &body).ok(), true);
    bench
        .post(&format!("{path}/assign_entity"), &body)
        .refused(409, "ENTITY_ALREADY_ASSIGNED_TO_SNAPSHOT_POLICY");
    assert_eq!(bench.get(&format!("volumes/{volume}/snapshot_policy_name")).ok(), "nightly");
    let default = bench.get("snapshot_policies").body["result"][0]["id"].clone();
    let other = format!("snapshot_policies/{default}/assign_entity");
    bench.post(&other, &body).refused(403, "APPROVAL_REQUIRED");
    bench.post(&format!("{other}?approved=yes"), &body).ok();
    let entity = json!({"assigned_entity_id": volume});
    bench
        .post(&format!("{path}/unassign_entity"), &entity)
        .refused(404, "ASSIGNED_ENTITY_TO_SNAPSHOT_POLICY_NOT_FOUND");
    let own = format!("snapshot_policies/{default}/unassign_entity");
    bench.post(&own, &entity).refused(403, "APPROVAL_REQUIRED");
    bench.post(&format!("{own}?approved=yes"), &entity).ok();
    assert_eq!(bench.get(&format!("volumes/{volume}/snapshot_policy_id")).ok(), json!(null));
    let wrong = json!({"assigned_entity_type": "FILESYSTEM", "assigned_entity_id": volume});
    bench.post(&format!("{path}/assign_entity"), &wrong).refused(404, "DATASET_NOT_FOUND");
}

#[test]
fn deleting_a_policy_takes_it_from_everything() {
    let mut bench = Bench::new();
    let id = policy(&mut bench);
    let volume = volume(&mut bench, id);
    let path = format!("snapshot_policies/{id}");
    bench.delete(&path).refused(403, "APPROVAL_REQUIRED");
    assert_eq!(bench.delete(&format!("{path}?approved=yes")).ok()["assigned_entities_count"], 1);
    assert_eq!(bench.get(&format!("volumes/{volume}/snapshot_policy_id")).ok(), json!(null));
    bench.get(&path).refused(404, "SNAPSHOT_POLICY_NOT_FOUND");
}
