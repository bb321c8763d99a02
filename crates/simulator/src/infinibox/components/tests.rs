//! The hardware and what technicians do with it.

use serde_json::json;

use crate::infinibox::testing::Bench;
use crate::world::System as _;

#[test]
fn drives_are_found_and_serviced() {
    let mut bench = Bench::new();
    assert_eq!(bench.get("components/enclosures").total(), 8);
    assert_eq!(bench.get("components/enclosures/3/drives").total(), 60);
    assert_eq!(bench.get("components/enclosures/9").status, 404);
    bench.get("components/enclosures/1/drives/61").refused(404, "DRIVE_NOT_FOUND");
    bench.get("components/enclosures/1/drives/x").refused(404, "MALFORMED_ID_TYPE");
    assert!(bench.get("components/enclosures/1/drives/1/hw").ok()["temperature"].as_i64() > Some(10));
    let rack = bench.get("components/").ok();
    assert_eq!(rack["enclosures_number"], 8);
    assert_eq!(rack["patch_panels"][0]["frames"].as_array().map(Vec::len), Some(3));
    let drive = "components/enclosures/1/drives/1";
    bench.post(&format!("{drive}/phase_out"), &json!({})).refused(403, "UNAUTHORIZED");
    bench.as_user("technician");
    bench.post(&format!("{drive}/phase_in"), &json!({})).refused(409, "OPERATION_NOT_SUPPORTED");
    assert_eq!(bench.post(&format!("{drive}/phase_out"), &json!({})).ok()["state"], "PHASING_OUT");
    bench
        .post("components/enclosures/1/drives/2/phase_out", &json!({}))
        .refused(409, "RETRY_DATA_REDISTRIBUTION");
    bench.system.control(&json!({"advance_seconds": 61})).expect("an order");
    assert_eq!(bench.get(&format!("{drive}/hw")).status, 200);
    assert_eq!(bench.get(drive).ok()["state"], "READY");
    assert_eq!(bench.post(&format!("{drive}/test"), &json!({})).ok()["state"], "TESTING");
    bench.system.control(&json!({"advance_seconds": 61})).expect("an order");
    assert_eq!(bench.post(&format!("{drive}/phase_in"), &json!({})).ok()["state"], "ACTIVE");
    bench.system.control(&json!({"state": "LOCAL"})).expect("an order");
    bench.post(&format!("{drive}/phase_out"), &json!({})).refused(409, "NOT_SUPPORTED_IN_SYSTEM_STATE");
}

#[test]
fn the_rack_holds_every_part() {
    let mut bench = Bench::new();
    let rack = bench.get("components").ok();
    assert_eq!(rack["rack"], 1);
    let count = |part: &str| rack[part].as_array().expect("a list").len();
    assert_eq!((count("enclosures"), count("nodes"), count("ups"), count("pdus")), (8, 3, 0, 0));
    for node in rack["nodes"].as_array().expect("nodes") {
        for part in ["drives", "fc_ports", "eth_ports", "ib_ports", "pgs"] {
            let alone = bench.get(&format!("components/nodes/{}/{part}", node["id"])).ok();
            assert_eq!(node[part], alone, "{part}");
        }
    }
}

#[test]
fn nodes_have_parts_and_leave_one_at_a_time() {
    let mut bench = Bench::new();
    assert_eq!(bench.get("components/nodes").total(), 3);
    assert_eq!(bench.get("components/nodes/node-2").ok()["bios.state"], "OK");
    bench.get("components/nodes/4").refused(404, "ILLEGAL_NODE_ID");
    for (part, count) in [("drives", 3), ("eth_ports", 6), ("ib_ports", 2), ("pgs", 1), ("fc_ports", 8)] {
        assert_eq!(bench.get(&format!("components/nodes/1/{part}")).total(), count);
        assert_eq!(bench.get(&format!("components/nodes/1/{part}/1")).ok()["id"], 1);
    }
    bench.get("components/nodes/1/drives/9").refused(404, "DRIVE_NOT_FOUND");
    bench.get("components/nodes/1/pgs/9").refused(404, "INTERFACE_NOT_FOUND");
    assert_eq!(bench.get("components/eth_switches/1").ok()["state"], "OK");
    bench.as_user("technician");
    bench.post("components/nodes/1/phase_out", &json!({})).refused(403, "APPROVAL_REQUIRED");
    bench.post("components/nodes/1/phase_out?approved=true", &json!({})).ok();
    bench.post("components/nodes/2/phase_out?approved=true", &json!({})).refused(409, "ILLEGAL_NODE_STATE");
    bench.system.control(&json!({"advance_seconds": 61})).expect("an order");
    assert_eq!(bench.post("components/nodes/1/phase_in", &json!({})).ok()["state"], "ACTIVATING");
}

#[test]
fn fibre_channel_ports_are_switched() {
    let mut bench = Bench::new();
    let port = "components/nodes/1/fc_ports/1";
    bench.post(&format!("{port}/enable"), &json!({"role": "SOFT_PORT"})).refused(409, "PORT_ALREADY_ENABLED");
    bench.post(&format!("{port}/disable"), &json!({})).refused(403, "APPROVAL_REQUIRED");
    let off = bench.post(&format!("{port}/disable?approved=yes"), &json!({})).ok();
    assert_eq!((off["enabled"].as_bool(), off["link_state"].is_null()), (Some(false), true));
    bench.post(&format!("{port}/disable?approved=yes"), &json!({})).refused(409, "PORT_ALREADY_DISABLED");
    bench.post(&format!("{port}/enable"), &json!({"role": "KING"})).refused(409, "PORT_OPERATION_FAILED");
    assert_eq!(
        bench.post(&format!("{port}/enable"), &json!({"role": "SOFT_PORT"})).ok()["role"],
        "SOFT_PORT"
    );
    bench.get("components/nodes/1/fc_ports/9").refused(404, "PORT_NOT_FOUND");
}
