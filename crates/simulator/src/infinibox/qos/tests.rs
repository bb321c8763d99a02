use serde_json::{Value as Json, json};

use crate::infinibox::testing::Bench;

fn policy(bench: &mut Bench, name: &str, kind: &str) -> Json {
    let body = json!({"name": name, "type": kind, "max_ops": 2000});
    bench.post("qos/policies", &body).ok()["id"].clone()
}

#[test]
fn limits_and_bursts_are_checked() {
    let mut bench = Bench::new();
    assert_eq!(bench.get("qos/state").ok(), json!({"is_enabled": true}));
    for (extra, status, code) in [
        (json!({}), 409, "QOS_POLICY_MAX_LIMIT_NOT_DEFINED"),
        (json!({"max_ops": 5}), 409, "QOS_POLICY_INVALID_MAX_LIMIT"),
        (json!({"max_ops": 2000, "burst_enabled": true}), 409, "QOS_POLICY_INVALID_BURST_PARAMETER"),
        (json!({"max_ops": 2000, "burst_factor": 1.5}), 409, "QOS_POLICY_INVALID_BURST_PARAMETER"),
        (
            json!({"max_ops": 2000, "burst_enabled": true, "burst_factor": 1.15}),
            409,
            "QOS_POLICY_INVALID_BURST_PARAMETER",
        ),
        (json!({"max_ops": "many"}), 400, "MALFORMED_PARAMETER"),
        (json!({"max_ops": 2000, "type": "FILESYSTEM"}), 409, "FEATURE_NOT_ENABLED"),
    ] {
        let mut body = json!({"name": "gold", "type": "VOLUME"});
        body.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        bench.post("qos/policies", &body).refused(status, code);
    }
    let body = json!({"name": "gold", "type": "VOLUME", "max_bps": 60_000_000, "burst_enabled": true, "burst_factor": 1.3});
    let policy = bench.post("qos/policies", &body).ok();
    assert_eq!((&policy["burst_duration_seconds"], &policy["max_ops"]), (&json!(60), &json!(null)));
    bench.post("qos/policies", &body).refused(409, "QOS_POLICY_NAME_CONFLICT");
    let path = format!("qos/policies/{}", policy["id"]);
    let calm = bench.put(&path, &json!({"burst_enabled": false})).ok();
    assert_eq!((&calm["burst_factor"], &calm["burst_duration_seconds"]), (&json!(null), &json!(null)));
}

#[test]
fn assignments_show_in_the_volume_and_in_its_pool() {
    let mut bench = Bench::new();
    let pool = bench.pool("pool");
    let body = json!({"name": "v", "pool_id": pool, "size": 1_000_000_000});
    let volume = bench.post("volumes", &body).ok()["id"].clone();
    let (direct, other) = (policy(&mut bench, "direct", "VOLUME"), policy(&mut bench, "other", "VOLUME"));
    let shared = policy(&mut bench, "shared", "POOL_VOLUME");
    let entity = json!({"entity_id": volume});
    bench
        .post(&format!("qos/policies/{shared}/assign"), &entity)
        .refused(409, "QOS_EXPECTED_ENTITY_NOT_FOUND");
    bench.post(&format!("qos/policies/{shared}/assign"), &json!({"entity_id": pool})).ok();
    let assigned = bench.post(&format!("qos/policies/{direct}/assign"), &entity).ok();
    assert_eq!(assigned["entity_name"], "v");
    let record = bench.get(&format!("volumes/{volume}")).ok();
    assert_eq!((&record["qos_policy_name"], &record["qos_policy_id"]), (&json!("direct"), &direct));
    assert_eq!(
        (&record["qos_shared_policy_name"], &record["qos_shared_policy_id"]),
        (&json!("shared"), &shared)
    );
    let path = format!("qos/policies/{direct}");
    bench
        .put(&path, &json!({"type": "POOL_VOLUME"}))
        .refused(409, "QOS_POLICY_TYPE_MODIFY_WITH_ENTITIES_NOT_ALLOWED");
    bench.post(&format!("{path}/assign"), &entity).refused(409, "QOS_RESOURCE_ADD_FAIL");
    bench.post(&format!("qos/policies/{other}/assign"), &entity).refused(403, "APPROVAL_REQUIRED");
    bench.post(&format!("qos/policies/{other}/assign?approved=yes"), &entity).ok();
    bench.post(&format!("{path}/unassign"), &entity).refused(404, "QOS_ENTITY_NOT_FOUND");
    assert_eq!(bench.get(&format!("qos/policies/{other}/assigned_entities")).total(), 1);
    bench.delete(&format!("volumes/{volume}?approved=yes")).ok();
    assert_eq!(bench.get(&format!("qos/assigned_entities?qos_policy_id={other}")).total(), 0);
    bench.delete(&format!("qos/policies/{shared}")).refused(403, "APPROVAL_REQUIRED");
    bench.delete(&format!("qos/policies/{shared}?approved=yes")).ok();
    bench.get(&format!("qos/policies/{shared}")).refused(404, "QOS_POLICY_NOT_FOUND");
    bench.as_user("pool-admin").post("qos/policies", &json!({})).refused(403, "UNAUTHORIZED");
}
