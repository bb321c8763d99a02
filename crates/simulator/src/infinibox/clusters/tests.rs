//! The rules of clusters: their hosts see what is mapped to them.

use serde_json::json;

use crate::infinibox::testing::Bench;

fn cluster(bench: &mut Bench, name: &str) -> i64 {
    bench.post("clusters", &json!({"name": name})).ok()["id"].as_i64().expect("an id")
}

#[test]
fn hosts_inherit_the_mappings_of_their_cluster() {
    let mut bench = Bench::new();
    let (id, early, late) = (cluster(&mut bench, "c"), bench.host("early"), bench.host("late"));
    let volume = bench.unmapped("v");
    let hosts = format!("clusters/{id}/hosts");
    assert_eq!(bench.post(&hosts, &json!({"id": early})).ok()["hosts_count"], 1);
    bench.post(&hosts, &json!({"id": early})).refused(409, "HOST_EXISTS");
    let luns = format!("clusters/{id}/luns");
    let row = bench.post(&luns, &json!({"volume_id": volume})).ok();
    assert_eq!(
        (row["lun"].as_i64(), row["host_id"].as_i64(), row["clustered"].as_bool()),
        (Some(11), Some(0), Some(true))
    );
    bench.post(&hosts, &json!({"id": late})).ok();
    assert_eq!(bench.get(&format!("hosts/{late}/luns")).ok()[0]["lun"], 11);
    assert_eq!(bench.get(&format!("volumes/{volume}/luns")).total(), 3);
    bench
        .post(&format!("hosts/{early}/luns"), &json!({"volume_id": volume}))
        .refused(409, "MAPPING_ALREADY_INHERITED");
    bench.delete(&format!("hosts/{early}/luns/lun/11?approved=yes")).refused(409, "LUN_IS_CLUSTERED");
    bench.delete(&format!("hosts/{early}")).refused(409, "CANNOT_DELETE_CLUSTERED_HOST");
    bench.delete(&format!("clusters/{id}")).refused(409, "CLUSTER_HAS_LUNS");
    let member = format!("clusters/{id}/hosts/{late}");
    bench.delete(&member).refused(403, "APPROVAL_REQUIRED");
    assert_eq!(bench.delete(&format!("{member}?approved=yes")).ok()["hosts_count"], 1);
    bench.delete(&member).refused(404, "HOST_NOT_FOUND");
    assert_eq!(bench.get(&format!("hosts/{late}/luns")).total(), 0);
    bench.delete(&format!("{luns}/lun/11")).refused(403, "APPROVAL_REQUIRED");
    bench.delete(&format!("{luns}/volume_id/{volume}?approved=yes")).ok();
    assert_eq!(bench.get(&format!("volumes/{volume}/luns")).total(), 0);
    bench.delete(&format!("clusters/{id}")).ok();
    assert_eq!(bench.get(&format!("hosts/{early}")).ok()["host_cluster_id"], 0);
}

#[test]
fn private_mappings_stand_in_the_way() {
    let mut bench = Bench::new();
    let (id, host, volume) = (cluster(&mut bench, "c"), bench.host("h"), bench.unmapped("v"));
    bench.post(&format!("hosts/{host}/luns"), &json!({"volume_id": volume})).ok();
    let luns = format!("clusters/{id}/luns?approved=yes");
    bench.post(&luns, &json!({"volume_id": volume})).ok();
    let join = json!({"id": host});
    bench.post(&format!("clusters/{id}/hosts"), &join).refused(409, "PRIVATE_LUNS_CONFLICT");
    bench.delete(&format!("clusters/{id}/luns/lun/11?approved=yes")).ok();
    bench.post(&format!("clusters/{id}/hosts"), &join).ok();
    bench.post(&luns, &json!({"volume_id": volume})).refused(409, "MAPPING_NOT_ALLOWED");
    let other = bench.unmapped("w");
    bench.post(&luns, &json!({"volume_id": other, "lun": 1})).refused(409, "LUN_EXISTS");
}

#[test]
fn a_cluster_speaks_one_protocol_and_has_one_host_type() {
    let mut bench = Bench::new();
    let id = cluster(&mut bench, "c");
    bench.post("clusters", &json!({"name": "C"})).refused(409, "HOST_CLUSTER_NAME_CONFLICT");
    let hosts = format!("clusters/{id}/hosts");
    let (fc, nvme) = (bench.host("fc"), bench.host("nvme"));
    bench.post(&format!("hosts/{fc}/ports"), &json!({"type": "FC", "address": "aaaaaaaaaaaa0001"})).ok();
    let port = json!({"type": "NVME", "address": "nqn.2014-08.com.example:x"});
    bench.post(&format!("hosts/{nvme}/ports"), &port).ok();
    bench.post(&hosts, &json!({"id": fc})).ok();
    bench
        .post(&hosts, &json!({"id": nvme}))
        .refused(409, "CANT_MIX_NVME_OF_SCSI_ADD_NVME_HOST_TO_SCSI_CLUSTER");
    let vms = bench.post("hosts", &json!({"name": "vms", "host_type": "OPENVMS"})).ok()["id"].clone();
    bench.post(&hosts, &json!({"id": vms})).refused(409, "CLUSTER_PROHIBITED_HOST_TYPE");
    let other = cluster(&mut bench, "d");
    bench
        .post(&format!("clusters/{other}/hosts"), &json!({"id": fc}))
        .refused(409, "HOST_ASSIGNED_TO_CLUSTER");
    bench
        .put(&format!("clusters/{id}"), &json!({"host_type": "OPENVMS"}))
        .refused(409, "OPENVMS_HOST_TYPE_NO_MODIFICATION");
    bench.put(&format!("clusters/{id}"), &json!({"luns": []})).refused(400, "UNSUPPORTED_FIELD");
    assert_eq!(bench.put(&format!("clusters/{id}"), &json!({"name": "e"})).ok()["name"], "e");
    assert_eq!(bench.get(&format!("clusters/{id}/hosts")).total(), 1);
    bench.get("clusters?hosts_count=1").refused(400, "NOT_FILTERABLE_FIELD");
}
