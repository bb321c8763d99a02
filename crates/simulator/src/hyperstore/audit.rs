//! The audit: how much there is of everything, as of the last full hour.

use serde_json::{Value as Json, json};

use super::call::Call;
use super::fault::Fault;
use super::route::Route;
use super::store::{Role, Store};
use super::time::Granularity;
use crate::message::Response;

pub(super) const ROUTES: &[Route] = &[Route::get("/system/audit", &["region"], read)];

/// What was counted at the last full hour.
#[derive(Debug, Clone, Default)]
pub(super) struct Audit {
    pub(super) timestamp: i64,
    users: i64,
    /// Bytes, objects and tiered bytes of each region.
    regions: Vec<(&'static str, [i64; 3])>,
}

impl Audit {
    /// Counts everything.
    pub(super) fn take(store: &Store) -> Self {
        let regions = store
            .regions
            .iter()
            .map(|region| {
                let sum = store.buckets.values().filter(|bucket| bucket.region == region.name).fold(
                    [0; 3],
                    |[bytes, objects, tiered], bucket| {
                        let held = bucket.held();
                        [bytes + held.0, objects + held.1, tiered + bucket.tiered]
                    },
                );
                (region.name, sum)
            })
            .collect();
        let timestamp = Granularity::Hour.floor(store.clock.now());
        let users = store.counted_users;
        Self { timestamp, users, regions }
    }
}

fn read(call: &mut Call<'_>) -> Result<Response, Fault> {
    let regions = call.regions()?;
    let store = &*call.store;
    let wanted = store.audit.regions.iter().filter(|(name, _)| regions.contains(name));
    let [bytes, objects, tiered] =
        wanted.fold([0; 3], |sum, (_, one)| [sum[0] + one[0], sum[1] + one[1], sum[2] + one[2]]);
    let nodes: Vec<Json> = store
        .regions
        .iter()
        .filter(|region| regions.contains(&region.name))
        .flat_map(|region| region.nodes())
        .map(|node| json!({"name": node.address}))
        .collect();
    // The administrators of the system belong to no region but are counted with each.
    let admins = store.users.values().filter(|user| user.role == Role::SystemAdmin).count();
    let users = store.audit.users.max(i64::try_from(admins).unwrap_or(0));
    Ok(Response::json(
        200,
        &json!({
            "byteCount": bytes,
            // Always 0.
            "bytesInCount": 0,
            "bytesOutCount": 0,
            "licenseExpiration": store.license.expiration,
            "nodes": nodes,
            "objectCount": objects,
            "os": "Linux 5.14.0-427.el9.x86_64 amd64",
            "tieredBytesCount": tiered,
            "timestamp": store.audit.timestamp,
            "userCount": users,
        }),
    ))
}
