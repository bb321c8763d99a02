//! The rules of hosts, their ports, and what is mapped to them.

use serde_json::json;

use crate::infinibox::testing::Bench;

impl Bench {
    pub(crate) fn host(&mut self, name: &str) -> i64 {
        self.post("hosts", &json!({"name": name})).ok()["id"].as_i64().expect("an id")
    }

    /// A volume that is mapped to nothing.
    pub(crate) fn unmapped(&mut self, name: &str) -> i64 {
        let pool = self.get("pools?fields=id").ok()[0]["id"].clone();
        let body = json!({"name": name, "pool_id": pool, "size": 1_000_000_000_i64, "provtype": "THIN"});
        self.post("volumes", &body).ok()["id"].as_i64().expect("an id")
    }
}

#[test]
fn a_host_is_created_changed_and_deleted() {
    let mut bench = Bench::new();
    let answer = bench.post("hosts", &json!({"name": "one"}));
    assert_eq!(answer.status, 201);
    let host = answer.ok();
    let id = host["id"].as_i64().expect("an id");
    assert_eq!(host["security_method"], "NONE");
    assert_eq!((host["optimized"].as_bool(), host["host_cluster_id"].as_i64()), (Some(true), Some(0)));
    bench.post("hosts", &json!({"name": "ONE"})).refused(409, "HOST_NAME_CONFLICT");
    bench.post("hosts", &json!({})).refused(400, "MISSING_FIELD");
    bench.post("hosts", &json!({"name": "x".repeat(66)})).refused(400, "INVALID_NAME_LENGTH");
    bench.post("hosts", &json!({"name": "two", "paths": 3})).refused(400, "UNSUPPORTED_FIELD");
    let path = format!("hosts/{id}");
    bench
        .put(&path, &json!({"name": "two", "optimized": false}))
        .refused(400, "NOT_SUPPORTED_MULTIPLE_UPDATE");
    bench.put(&path, &json!({"optimized": false})).refused(403, "APPROVAL_REQUIRED");
    bench.put(&format!("{path}?approved=yes"), &json!({"optimized": false})).ok();
    bench.put(&path, &json!({"host_type": "OPENVMS"})).refused(409, "OPENVMS_HOST_TYPE_NO_MODIFICATION");
    bench.put(&path, &json!({"min_expected_paths": null})).refused(400, "UNSUPPORTED_VALUE");
    assert_eq!(bench.put(&path, &json!({"min_expected_paths": 4})).ok()["path_health"], "NOT_OK");
    let computed = bench.put(&path, &json!({"min_expected_paths": -1})).ok();
    assert_eq!(computed["is_min_expected_paths_user_set"], false);
    assert_eq!(bench.put(&path, &json!({"name": "two"})).ok()["name"], "two");
    assert_eq!(bench.get(&format!("{path}/name")).ok(), "two");
    bench.as_user("viewer").delete(&path).refused(403, "UNAUTHORIZED");
    assert_eq!(bench.as_user("admin").delete(&path).ok()["name"], "two");
    bench.get(&path).refused(404, "HOST_NOT_FOUND");
    assert_eq!(bench.events(id).last(), Some(&"HOST_DELETED"));
}

#[test]
fn chap_is_set_in_one_piece_and_its_secrets_stay_inside() {
    let mut bench = Bench::new();
    let id = bench.host("one");
    let path = format!("hosts/{id}");
    // Without iSCSI ports a method may lack its secrets; a port can't be added then.
    bench.put(&path, &json!({"security_method": "MUTUAL_CHAP"})).ok();
    let port = json!({"type": "iscsi", "address": "iqn.2011-08.com.example:storage"});
    bench.post(&format!("{path}/ports"), &port).refused(409, "CHAP_SECURITY_CONDITION_NOT_MET");
    let long = json!({"security_chap_inbound_username": "x".repeat(21)});
    bench.put(&path, &long).refused(409, "INVALID_CHAP_USERNAME");
    bench
        .put(&path, &json!({"security_chap_inbound_secret": "schlüssel"}))
        .refused(409, "INVALID_CHAP_SECRET");
    let whole = json!({
        "security_method": "CHAP", "security_chap_inbound_username": "u", "security_chap_inbound_secret": "not-a-secret",
    });
    let host = bench.put(&path, &whole).ok();
    assert_eq!(host["security_chap_has_inbound_secret"], true);
    assert!(host.get("security_chap_inbound_secret").is_none());
    assert_eq!(bench.post(&format!("{path}/ports"), &port).ok()["type"], "ISCSI");
    bench
        .put(&path, &json!({"security_method": "MUTUAL_CHAP"}))
        .refused(409, "CHAP_SECURITY_CONDITION_NOT_MET");
    let none = bench.put(&path, &json!({"security_method": "NONE"})).ok();
    assert_eq!(none["security_chap_has_inbound_secret"], false);
    assert!(none["security_chap_inbound_username"].is_null());
}

#[test]
fn ports_have_addresses_of_their_kind_and_one_protocol() {
    let mut bench = Bench::new();
    let (one, two) = (bench.host("one"), bench.host("two"));
    let ports = format!("hosts/{one}/ports");
    let mut add = |kind: &str, address: &str| bench.post(&ports, &json!({"type": kind, "address": address}));
    add("FC", "xyz").refused(400, "MALFORMED_PARAMETER");
    add("TCP", "aaaaaaaaaaaa0001").refused(400, "MALFORMED_PARAMETER");
    add("ISCSI", "iqn.bad").refused(400, "INVALID_IQN");
    add("NVME", "iqn.2014-08.com.example:x").refused(400, "INVALID_NQN");
    assert_eq!(add("fc", "AA:AA:AA:AA:AA:AA:00:01").ok()["address"], "aaaaaaaaaaaa0001");
    add("NVME", "nqn.2014-08.com.example:x")
        .refused(409, "CANT_MIX_NVME_OF_SCSI_ADD_NVME_OF_PORT_TO_SCSI_HOST");
    let other = format!("hosts/{two}/ports");
    let same = json!({"type": "FC", "address": "aaaaaaaaaaaa0001"});
    bench.post(&other, &same).refused(409, "PORT_ALREADY_BELONGS_TO_HOST");
    bench.post(&other, &json!({"type": "FC"})).refused(400, "MISSING_FIELD");
    assert_eq!(bench.get("hosts/host_id_by_initiator_address/aaaaaaaaaaaa0001").ok(), one);
    let port = format!("hosts/{one}/ports/FC/aaaaaaaaaaaa0001");
    assert!(bench.delete(&port).refused(403, "APPROVAL_REQUIRED").contains("last"));
    bench.delete(&format!("{port}?approved=true")).ok();
    bench.delete(&port).refused(404, "PORT_NOT_FOUND");
    bench.get("hosts/host_id_by_initiator_address/aaaaaaaaaaaa0001").refused(404, "HOST_NOT_FOUND");
    assert_eq!(bench.get(&ports).total(), 0);
}

#[test]
fn a_volume_is_mapped_once_and_at_a_free_lun() {
    let mut bench = Bench::new();
    let (one, two, volume) = (bench.host("one"), bench.host("two"), bench.unmapped("v"));
    let second = bench.unmapped("w");
    let luns = format!("hosts/{one}/luns");
    let answer = bench.post(&luns, &json!({"volume_id": volume}));
    assert_eq!(answer.status, 201);
    let row = answer.ok();
    assert_eq!(
        (row["lun"].as_i64(), row["host_id"].as_i64(), row["clustered"].as_bool()),
        (Some(1), Some(one), Some(false))
    );
    assert_eq!(bench.get(&format!("volumes/{volume}/mapped")).ok(), true);
    bench.post(&luns, &json!({"volume_id": volume})).refused(409, "MAPPING_ALREADY_EXISTS");
    bench.post(&luns, &json!({"volume_id": second, "lun": 1})).refused(409, "LUN_EXISTS");
    bench.post(&luns, &json!({"volume_id": second, "lun": 99_999})).refused(409, "ILLEGAL_LUN");
    bench.post(&luns, &json!({"lun": 3})).refused(400, "MISSING_FIELD");
    bench.post(&luns, &json!({"volume_id": 5})).refused(404, "VOLUME_NOT_FOUND");
    bench.as_user("pool-admin").post(&luns, &json!({"volume_id": second})).refused(403, "USER_IS_FORBIDDEN");
    bench.as_user("admin");
    let shared = json!({"volume_id": volume});
    bench.post(&format!("hosts/{two}/luns"), &shared).refused(403, "APPROVAL_REQUIRED");
    bench.post(&format!("hosts/{two}/luns?approved=yes"), &shared).ok();
    assert_eq!(bench.get(&format!("volumes/{volume}/luns")).total(), 2);
    bench.delete(&format!("hosts/{one}")).refused(409, "HOST_NOT_EMPTY");
    bench.delete(&format!("{luns}/lun/1")).refused(403, "APPROVAL_REQUIRED");
    bench.delete(&format!("{luns}/lun/1?approved=yes")).ok();
    bench.delete(&format!("{luns}/lun/1")).refused(404, "LUN_NOT_FOUND");
    bench.delete(&format!("hosts/{two}/luns/volume_id/{volume}?approved=yes")).ok();
    assert_eq!(bench.get(&format!("volumes/{volume}/mapped")).ok(), false);
    bench.delete(&format!("hosts/{one}")).ok();
}

#[test]
fn nvme_has_no_lun_0_and_openvms_keeps_it() {
    let mut bench = Bench::new();
    let (nvme, volume) = (bench.host("nvme"), bench.unmapped("v"));
    let port = json!({"type": "NVME", "address": "nqn.2014-08.com.example:x"});
    bench.post(&format!("hosts/{nvme}/ports"), &port).ok();
    let at_zero = json!({"volume_id": volume, "lun": 0});
    bench
        .post(&format!("hosts/{nvme}/luns"), &at_zero)
        .refused(409, "VOLUME_CANNOT_BE_MAPPED_TO_NVME_OF_HOST_WITH_NSID_0");
    let vms = bench.post("hosts", &json!({"name": "vms", "host_type": "OPENVMS"})).ok()["id"].clone();
    bench.post(&format!("hosts/{vms}/luns"), &at_zero).refused(409, "OPENVMS_LUN_CONTROLLER");
    let luns = format!("hosts/{vms}/luns");
    bench.post(&luns, &json!({"volume_id": volume})).refused(409, "OPENVMS_MISSING_UDID");
    assert_eq!(bench.post(&luns, &json!({"volume_id": volume, "udid": 7})).ok()["udid"], 7);
    let second = bench.unmapped("w");
    bench.post(&luns, &json!({"volume_id": second, "udid": 7})).refused(409, "OPENVMS_HOST_UDID_EXISTS");
}

#[test]
fn the_lists_filter_as_documented() {
    let mut bench = Bench::with_records(2_000);
    assert_eq!(bench.get("hosts").total(), 24);
    assert!(bench.get("hosts?path_health=NOT_OK").total() >= 2);
    bench.get("hosts?host_cluster_id=1").refused(400, "UNKNOWN_PARAMETER");
    bench.get("hosts?sort=paths").refused(400, "NOT_SORTABLE_FIELD");
    assert_eq!(bench.get("hosts?security_method=chap&sort=-name").total(), 6);
    let unclaimed = bench.get("initiators?host_id=0");
    assert_eq!(unclaimed.total(), 4);
    let rows = unclaimed.body["result"].as_array().expect("rows").clone();
    let addresses: std::collections::HashSet<_> = rows.iter().map(|row| row["address"].as_str()).collect();
    assert_eq!(addresses.len(), rows.len(), "an address is an initiator's identity");
    bench.get("initiators?host_id=neq:0").refused(400, "UNSUPPORTED_FILTER_RELATION");
    let nvme = bench.get("initiators").ok();
    let nvme = nvme.as_array().expect("rows").iter().find(|row| row["type"] == "NVME").expect("one").clone();
    assert!(nvme["port_key"].as_i64() > Some(1 << 53));
    let port = bench.get(&format!("hosts/ports/{}", nvme["port_key"])).ok();
    assert_eq!(port["address"], nvme["address"]);
    let address = nvme["address"].as_str().expect("an address");
    assert_eq!(bench.get(&format!("initiators/{address}")).ok()["paths"], 6);
    bench.get("initiators/nobody").refused(404, "INITIATOR_NOT_FOUND");
    let clients = bench.get("san_clients?san_client_type=CLUSTER");
    assert_eq!(clients.total(), 4);
    assert_eq!(bench.get("san_clients").total(), 13);
    bench.get("san_clients?ports_count=1").refused(400, "UNSUPPORTED_FIELD");
}
