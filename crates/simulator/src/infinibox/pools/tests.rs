//! The rules of pools.

use serde_json::{Value as Json, json};

use crate::infinibox::testing::Bench;

const TB: i64 = 1_000_000_000_000;

fn wanted(name: &str) -> Json {
    json!({"name": name, "physical_capacity": TB, "virtual_capacity": 2 * TB})
}

#[test]
fn capacities_are_rounded_up_and_free_space_is_told() {
    let mut bench = Bench::new();
    let answer = bench.post("pools", &wanted("new"));
    assert_eq!(answer.status, 201);
    let pool = answer.ok();
    assert_eq!(pool["physical_capacity"], 1_000_000_192_512_i64);
    assert_eq!(pool["virtual_capacity"], 2_000_000_385_024_i64);
    assert_eq!(pool["free_virtual_space"], pool["virtual_capacity"]);
    assert_eq!(pool["reserved_capacity"], 100_000_018_944_i64);
    assert_eq!((pool["state"].as_str(), pool["type"].as_str()), (Some("NORMAL"), Some("STANDARD")));
    let id = pool["id"].as_i64().expect("an id");
    bench.post("volumes", &json!({"name": "v", "pool_id": id, "size": TB + 512, "provtype": "THIN"})).ok();
    let free = bench.get(&format!("pools/{id}/free_virtual_space")).ok();
    assert_eq!(free, 2_000_000_385_024_i64 - 1_000_000_061_440);
    assert_eq!(bench.get(&format!("pools/{id}/volumes_count")).ok(), 1);
    assert_eq!(bench.events(id), ["POOL_CREATED"]);
}

#[test]
fn a_new_pool_is_checked() {
    let mut bench = Bench::new();
    let mut refused = |change: Json, status, code| {
        let mut body = wanted("new");
        for (name, value) in change.as_object().expect("an object") {
            body[name] = value.clone();
        }
        bench.post("pools", &body).refused(status, code)
    };
    assert!(refused(json!({"name": "x".repeat(66)}), 400, "INVALID_NAME_LENGTH").contains("('name')"));
    refused(json!({"name": ""}), 400, "INVALID_NAME_LENGTH");
    refused(json!({"name": "a*b"}), 400, "INVALID_CHARACTERS_IN_NAME");
    refused(json!({"name": null}), 400, "INVALID_CHARACTERS_IN_NAME");
    refused(json!({"name": "PRODUCTION-SAP"}), 409, "POOL_NAME_CONFLICT");
    assert!(refused(json!({"colour": 1}), 400, "UNSUPPORTED_FIELD").contains("('colour')"));
    refused(json!({"state": "LOCKED"}), 400, "UNSUPPORTED_FIELD");
    assert!(refused(json!({"type": "ROUND"}), 400, "MALFORMED_PARAMETER").contains("('ROUND')"));
    assert!(refused(json!({"ssd_enabled": "yes"}), 400, "MALFORMED_PARAMETER").contains("('ssd_enabled')"));
    refused(json!({"max_extend": -2}), 400, "WRONG_PARAMETER");
    refused(json!({"physical_capacity": TB + 1}), 409, "ILLEGAL_POOL_CAPACITY");
    refused(json!({"virtual_capacity": TB - 512}), 409, "ILLEGAL_POOL_CAPACITY");
    refused(
        json!({"virtual_capacity": 9_000_000_000_000_000_000_i64 / 512 * 512}),
        409,
        "SYSTEM_VIRTUAL_CAPACITY",
    );
    refused(json!({"physical_capacity_warning": 0}), 400, "ILLEGAL_THRESHOLD_VALUE");
    refused(json!({"physical_capacity_warning": 90}), 409, "ILLEGAL_WARNING_OR_CRITICAL_VALUE");
    refused(json!({"owners": [-2]}), 409, "ILLEGAL_POOL_ADMIN");
    refused(json!({"owners": [99]}), 404, "USER_NOT_FOUND");
    refused(json!({"type": "S3"}), 409, "SET_VIRTUAL_CAPACITY_S3_POOL_NOT_ALLOWED");
    let message =
        bench.post("pools", &json!({"name": "n", "virtual_capacity": TB})).refused(400, "MISSING_FIELD");
    assert!(message.contains("('physical_capacity')"), "{message}");
}

#[test]
fn a_pool_is_changed_one_field_at_a_time() {
    let mut bench = Bench::new();
    let id = bench.pool("old");
    let path = format!("pools/{id}");
    assert_eq!(bench.put(&path, &json!({"name": "new"})).ok()["name"], "new");
    bench
        .put(&path, &json!({"name": "a", "ssd_enabled": true}))
        .refused(400, "NOT_SUPPORTED_MULTIPLE_UPDATE");
    bench.put(&path, &json!({"colour": 1})).refused(400, "SET_MISSING_ATTRIBUTE");
    bench.put(&path, &json!({"type": "S3"})).refused(400, "UNSUPPORTED_FIELD");
    bench.put(&path, &json!({})).refused(400, "MISSING_CONTENT");
    bench.put(&path, &json!([])).refused(400, "MALFORMED_CONTENT");
    bench
        .put(&path, &json!({"physical_capacity_critical": 80}))
        .refused(409, "ILLEGAL_WARNING_OR_CRITICAL_VALUE");
    assert_eq!(bench.put(&path, &json!({"owners": [-4]})).ok()["owners"], json!([-4]));
    bench.post("volumes", &json!({"name": "v", "pool_id": id, "size": 5 * TB, "provtype": "THICK"})).ok();
    bench.put(&path, &json!({"virtual_capacity": 2 * TB})).refused(409, "ILLEGAL_POOL_CAPACITY");
    bench.put(&path, &json!({"physical_capacity": 2 * TB})).refused(409, "ILLEGAL_POOL_PHYSICAL_CAPACITY");
    bench.put("pools/7", &json!({"name": "x"})).refused(404, "POOL_NOT_FOUND");
    bench.put("pools/seven", &json!({"name": "x"})).refused(404, "MALFORMED_ID_TYPE");
    assert_eq!(bench.events(id), ["POOL_CREATED", "POOL_RENAMED", "POOL_UPDATED"]);
}

#[test]
fn only_an_empty_pool_is_deleted_and_only_on_approval() {
    let mut bench = Bench::new();
    let id = bench.pool("doomed");
    let path = format!("pools/{id}");
    let group = bench.post("cgs", &json!({"name": "g", "pool_id": id})).ok()["id"].clone();
    bench.delete(&path).refused(409, "POOL_HAS_CG");
    bench.delete(&format!("cgs/{group}?approved=yes")).ok();
    let volume =
        bench.post("volumes", &json!({"name": "v", "pool_id": id, "size": 1_000_000_000})).ok()["id"].clone();
    bench.delete(&format!("{path}?approved=yes")).refused(409, "POOL_NOT_EMPTY");
    bench.delete(&format!("volumes/{volume}?approved=true")).ok();
    let message = bench.delete(&path).refused(403, "APPROVAL_REQUIRED");
    assert!(message.contains("'doomed'"), "{message}");
    assert_eq!(bench.get(&path).status, 200);
    assert_eq!(bench.delete(&format!("{path}?approved=yes")).ok()["name"], "doomed");
    bench.get(&path).refused(404, "POOL_NOT_FOUND");
    assert_eq!(bench.events(id), ["POOL_CREATED", "POOL_DELETED"]);
}

#[test]
fn a_locked_pool_keeps_its_datasets_as_they_are() {
    let mut bench = Bench::new();
    let id = bench.pool("locked");
    let volume =
        bench.post("volumes", &json!({"name": "v", "pool_id": id, "size": 1_000_000_000})).ok()["id"].clone();
    bench.post(&format!("pools/{id}/lock"), &json!({})).refused(403, "APPROVAL_REQUIRED");
    assert_eq!(bench.post(&format!("pools/{id}/lock?approved=yes"), &json!({})).ok()["state"], "LOCKED");
    bench.post(&format!("pools/{id}/lock?approved=yes"), &json!({})).refused(409, "ILLEGAL_POOL_STATE");
    bench.put(&format!("volumes/{volume}"), &json!({"name": "w"})).refused(409, "ILLEGAL_POOL_STATE");
    bench.post("volumes", &json!({"parent_id": volume, "name": "s"})).refused(409, "ILLEGAL_POOL_STATE");
    assert_eq!(bench.post(&format!("pools/{id}/unlock"), &json!({})).ok()["state"], "NORMAL");
    bench.put(&format!("volumes/{volume}"), &json!({"name": "w"})).ok();
}

#[test]
fn roles_decide() {
    let mut bench = Bench::new();
    let own = bench.get("pools?name=vmware-cluster-a").ok()[0]["id"].clone();
    let foreign = bench.get("pools?name=analytics").ok()[0]["id"].clone();
    for user in ["viewer", "technician", "pool-admin"] {
        bench.as_user(user).post("pools", &wanted("new")).refused(403, "UNAUTHORIZED");
    }
    bench.as_user("viewer").put(&format!("pools/{own}"), &json!({"name": "x"})).refused(403, "UNAUTHORIZED");
    bench.as_user("pool-admin");
    bench.put(&format!("pools/{own}"), &json!({"name": "renamed"})).ok();
    bench.put(&format!("pools/{own}"), &json!({"max_extend": 0})).refused(403, "UNAUTHORIZED");
    bench.put(&format!("pools/{foreign}"), &json!({"name": "x"})).refused(403, "USER_IS_FORBIDDEN");
    let volume = json!({"name": "v", "pool_id": foreign, "size": 1_000_000_000});
    bench.post("volumes", &volume).refused(403, "USER_IS_FORBIDDEN");
    assert_eq!(bench.get("pools/administered_pools").total(), 3);
    let admins = bench.get(&format!("pools/{own}/all_admins")).ok();
    assert_eq!(admins, json!([-4, -2, -1]));
    bench.get(&format!("pools/{own}/colour")).refused(404, "ATTRIBUTE_NOT_FOUND");
    assert_eq!(bench.get(&format!("pools/{own}/owners")).total(), 1);
    assert_eq!(bench.as_user("support").post("pools", &wanted("new")).status, 201);
}
