//! QoS policies, one of them for a pool.

use super::DAY;
use crate::infinibox::array::Array;
use crate::infinibox::qos::Policy;
use crate::infinibox::qos::assigned::Assignment;
use crate::world::Settings;

pub(super) fn seed(array: &mut Array, settings: &Settings) {
    let now = settings.clock.now();
    array.qos.enabled = true;
    for (name, kind, max_ops, max_bps, burst_factor) in [
        ("volume-gold", "VOLUME", Some(50_000), Some(1_000_000_000), Some(1.5)),
        ("volume-bronze", "VOLUME", Some(5000), None, None),
        ("test-pools", "POOL_VOLUME", None, Some(400_000_000), None),
    ] {
        let id = array.next_id();
        let created_at = now - 90 * DAY;
        let policy = Policy {
            id,
            name: name.to_owned(),
            kind: kind.to_owned(),
            max_ops,
            max_bps,
            burst_factor,
            created_at,
            updated_at: created_at,
        };
        array.qos.policies.insert(id, policy);
        let (entity_type, entities): (_, Vec<i64>) = match name {
            "volume-gold" => {
                let masters = array.volumes.values().filter(|volume| !volume.dataset.is_snapshot());
                ("VOLUME", masters.map(|volume| volume.dataset.id).step_by(3).take(4).collect())
            }
            "test-pools" => ("POOL", array.pools.keys().next_back().copied().into_iter().collect()),
            _ => ("VOLUME", Vec::new()),
        };
        for entity_id in entities {
            let row = array.next_id();
            let assignment = Assignment { id: row, policy_id: id, entity_id, entity_type, created_at };
            array.qos.assignments.insert(row, assignment);
        }
    }
}
