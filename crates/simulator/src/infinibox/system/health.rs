//! How the system is: its drives and nodes, its clocks, its security.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::infinibox::call::Call;
use crate::infinibox::fault::Fault;
use crate::infinibox::list::list_values;
use crate::infinibox::reply::Reply;
use crate::infinibox::route::Route;

/// The operations that only look.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("system/health_state", |call| Ok(Reply::result(state(call)))),
    Route::get("system/security", security),
    Route::get("system/ntp_status", ntp_status),
    Route::get("system/ssa_express_info", ssa_express),
    Route::get("system/stats", statistics),
    Route::get("system/stats/mgmt", statistics),
];

/// Bytes of flash that whole datasets can be kept in.
const SSA_EXPRESS_CAPACITY: i64 = 70_000_000_000_000;
/// Since when the simulated management service runs, in milliseconds before now.
const UPTIME: i64 = 41 * 24 * 60 * 60 * 1000;

/// What the drives and nodes sum up to.
pub(super) fn state(call: &Call<'_>) -> Json {
    let now = call.now();
    let mut drives: BTreeMap<&str, i64> = BTreeMap::new();
    for drive in &call.array.components.drives {
        *drives.entry(drive.phase.at(now)).or_default() += 1;
    }
    let count = |state: &str| drives.get(state).copied().unwrap_or(0);
    let inactive = call.array.components.nodes.iter().filter(|node| node.phase.at(now) != "ACTIVE").count();
    let nodes: Vec<String> =
        call.array.components.nodes.iter().map(|node| format!("node-{}", node.index)).collect();
    let by_node = |value: Json| -> Json {
        nodes.iter().map(|name| (name.clone(), value.clone())).collect::<serde_json::Map<_, _>>().into()
    };
    json!({
        "active_drives": count("ACTIVE"),
        "failed_drives": count("FAILED"),
        "missing_drives": count("MISSING"),
        "phasing_out_drives": count("PHASING_OUT"),
        "ready_drives": count("READY"),
        "testing_drives": count("TESTING"),
        "unknown_drives": count("UNKNOWN"),
        "active_encrypted_drives": count("ACTIVE"),
        "active_cache_ssd_devices": 24,
        "active_encrypted_cache_ssd_devices": 24,
        "inactive_nodes": inactive,
        "rebuild_1_inprogress": count("PHASING_OUT") > 0,
        "rebuild_2_inprogress": false,
        "raid_groups_pending_rebuild_1": 0,
        "raid_groups_pending_rebuild_2": 0,
        "enclosure_failure_safe_distribution": true,
        "encryption_enabled": true,
        "bbu_protected_nodes": nodes.len(),
        "bbu_aggregate_charge_percent": 98,
        "bbu_charge_level": {"bbu-1": 98, "bbu-2": 97, "bbu-3": 99},
        "node_bbu_protection": by_node(json!("PROTECTED")),
    })
}

fn security(call: &mut Call<'_>) -> Result<Reply, Fault> {
    Ok(Reply::result(json!({
        "system_security_state": "FIPS1",
        "encryption_enabled": true,
        "kmip_connectivity_state": if call.array.kms.enabled { "ENABLED" } else { "DISABLED" },
        "fips_best_practice": {
            "is_local_users_disabled": call.array.users.values().all(|user| !user.enabled),
            "is_http_redirection": true,
            "is_certificate_strength_sufficient": true,
            "certificate_strength": 256,
            "num_users_password_hash_not_secured": 0,
            "local_users_password_hash": "SHA256",
            "is_ldap_connections_secured": true,
        },
    })))
}

/// The clocks that each node follows. `node_id` asks for one node.
fn ntp_status(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let asked: Option<i64> = call
        .request
        .parameter("node_id")
        .map(|text| {
            text.parse().map_err(|_malformed| Fault::malformed_parameter("node_id", "a whole number"))
        })
        .transpose()?;
    let now = call.now();
    let rows = call
        .array
        .components
        .nodes
        .iter()
        .filter(|node| asked.is_none_or(|asked| asked == node.index))
        .map(|node| {
            json!({
                "node_id": node.index,
                "last_probe_timestamp": now / 10_000 * 10_000,
                "ntp_peers": [
                    peer("192.0.2.123", "sys.peer", 3, 0.38, -0.114),
                    peer("198.51.100.123", "candidate", 4, 0.91, 0.196),
                ],
            })
        })
        .collect();
    list_values(call, rows)
}

fn peer(remote: &str, tally: &str, stratum: i64, delay: f64, offset: f64) -> Json {
    json!({
        "remote": remote,
        "refid": "203.0.113.1",
        "tally_code": tally,
        "type": "unicast",
        "stratum": stratum,
        "poll_seconds": 64,
        "when_seconds": 11,
        "reach": 377,
        "delay_milliseconds": delay,
        "offset_milliseconds": offset,
        "jitter_milliseconds": 0.063,
    })
}

fn ssa_express(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let used: i64 = call
        .array
        .datasets()
        .filter(|dataset| dataset.ssa_express_enabled)
        .map(|dataset| dataset.size)
        .sum::<i64>()
        .min(SSA_EXPRESS_CAPACITY);
    Ok(Reply::result(json!({
        "ssa_express_status": "STATE_ACTIVE",
        "total_ssa_express_capacity": SSA_EXPRESS_CAPACITY,
        "used_ssa_express_capacity": used,
        "free_ssa_express_capacity": SSA_EXPRESS_CAPACITY - used,
    })))
}

/// The document doesn't show these; they are what a management service counts.
fn statistics(call: &mut Call<'_>) -> Result<Reply, Fault> {
    Ok(Reply::result(json!({
        "uptime_milliseconds": UPTIME,
        "events": call.array.events.events.len(),
        "users": call.array.users.len(),
    })))
}
