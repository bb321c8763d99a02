//! The rules of the system.

use serde_json::json;

use crate::infinibox::testing::Bench;
use crate::message::{Method, Request};
use crate::world::System as _;

#[test]
fn the_system_tells_its_name_capacity_and_health() {
    let mut bench = Bench::new();
    let name = bench.put("system/name", &json!("box-south")).ok();
    assert_eq!((name, bench.get("system/name").ok()), (json!("box-south"), json!("box-south")));
    bench.put("system/name", &json!("")).refused(400, "INVALID_NAME_LENGTH");
    bench.put("system/name", &json!("a/b")).refused(400, "INVALID_CHARACTERS_IN_NAME");
    bench.put("system/name", &json!({"name": "x"})).refused(400, "MALFORMED_CONTENT");
    let physical = bench.get("system/capacity/total_physical_capacity").ok();
    assert_eq!(physical, 9_007_199_255_003_136_i64);
    let path = "system/capacity/total_virtual_capacity";
    bench.put(path, &json!(1)).refused(409, "SYSTEM_VIRTUAL_CAPACITY_LESS_THAN_USED");
    bench.put(path, &json!(900_719_925_500_313_600_i64)).refused(409, "MAX_SYSTEM_VIRTUAL_CAPACITY_LIMIT");
    let more = 22_517_998_139_867_136_i64;
    bench.put(path, &json!(more)).refused(403, "APPROVAL_REQUIRED");
    assert_eq!(bench.put(&format!("{path}?approved=yes"), &json!(more)).ok(), more);
    assert_eq!(bench.get(path).ok(), more);
    let health = bench.get("system/health_state").ok();
    assert_eq!(
        (&health["failed_drives"], &health["ready_drives"], &health["active_drives"]),
        (&json!(2), &json!(3), &json!(475))
    );
    assert_eq!(bench.get("system/ntp_status").total(), 3);
    assert_eq!(bench.get("system/ntp_status?node_id=2").total(), 1);
    assert_eq!(bench.get("system/entity_counts").ok()["hosts"], 24);
    for path in ["security", "ssa_express_info", "stats", "stats/mgmt", "capacity", "ssh", "eula"] {
        assert!(bench.get(&format!("system/{path}")).ok().is_object(), "{path}");
    }
    let ping = bench.system.respond(&Request::new(Method::Get, "/api/rest/system/ping"));
    assert_eq!((ping.status, ping.body_json()), (200, Some(json!("OK"))));
}

#[test]
fn states_are_entered_and_left() {
    let mut bench = Bench::new();
    let activate = "system/operational_state/activate";
    bench.post(activate, &json!({})).refused(409, "SYSTEM_ACTIVATION_REQUIRES_STANDBY_STATE");
    bench.post("system/operational_state/shutdown", &json!({})).ok();
    assert_eq!(bench.get("system").ok()["operational_state"]["state"], "STANDBY");
    let mode = json!({"in_maintenance": true, "duration_seconds": 1800});
    bench.as_user("technician");
    bench.put("system/power_maintenance_mode", &mode).refused(409, "NOT_SUPPORTED_IN_SYSTEM_STATE");
    bench.as_user("admin").post(activate, &json!({})).ok();
    bench.get("system/power_maintenance_mode").refused(403, "UNAUTHORIZED");
    bench
        .post("system/operational_state/shutdown_and_poweroff", &json!({}))
        .refused(403, "APPROVAL_REQUIRED");
    bench.as_user("technician");
    bench.put("system/power_maintenance_mode", &mode).refused(403, "APPROVAL_REQUIRED");
    bench.put("system/power_maintenance_mode?approved=yes", &mode).ok();
    let off = json!({"in_maintenance": false});
    bench
        .put("system/power_maintenance_mode", &off)
        .refused(403, "CANNOT_DISABLE_POWER_MAINTENANCE_MODE_WITHOUT_FORCE");
    bench.system.control(&json!({"advance_seconds": 1800})).expect("an order");
    assert_eq!(bench.get("system/power_maintenance_mode").ok()["in_maintenance"], false);
    bench.post("system/kms_enable", &json!({})).refused(409, "KMS_ENABLE_MANDATORY_FIELDS_MISSING");
    assert_eq!(bench.post("system/kms_disable?approved=yes", &json!({})).ok(), false);
}

#[test]
fn the_agreement_is_put_off_once_and_ssh_closes_by_itself() {
    let mut bench = Bench::new();
    assert_eq!(bench.post("system/eula/snoozed", &json!({})).ok()["status"], "SNOOZED");
    bench.post("system/eula/snoozed", &json!({})).refused(409, "EULA_CANNOT_BE_SNOOZED");
    assert_eq!(bench.post("system/eula/accepted", &json!({})).ok()["accepted_by"], "admin");
    assert_eq!(bench.post("system/ssh/open", &json!({})).ok()["overall_ssh_port_status"], "OPEN");
    bench.system.control(&json!({"advance_seconds": 5 * 60 * 60})).expect("an order");
    assert_eq!(bench.get("system/ssh").ok()["overall_ssh_port_status"], "CLOSED");
    bench.post("system/upgrade?approved=yes", &json!({})).refused(409, "UPGRADE_FILE_INVALID");
    assert!(bench.get("motd").ok().is_string());
}
