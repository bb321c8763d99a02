//! The system itself: its name, version and capacity.

use serde_json::{Map, Value as Json, json};

use super::call::Call;
use super::fault::Fault;
use super::list::plucked;
use super::reply::Reply;
use super::route::Route;
use super::usage::Usage;

/// The operations of the system.
pub(crate) const ROUTES: &[Route] = &[Route::get("system", get)];

/// The version that the document describes.
const VERSION: &str = "8.4.6";

fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let array = &*call.array;
    let usage = Usage::of(array);
    let virtual_given: i64 = array.pools.values().map(|pool| pool.virtual_capacity).sum();
    let physical_given: i64 = array.pools.values().map(|pool| pool.physical_capacity).sum();
    let allocated: i64 = array.pools.keys().map(|id| usage.pool(*id).physical_used).sum();
    let system = json!({
        "name": array.name,
        "serial_number": array.serial_number,
        "model": "F6304",
        "product_id": "INFINIBOX",
        "version": VERSION,
        "operational_state": {"state": array.state, "mode": null, "description": ""},
        "capacity": {
            "total_physical_capacity": array.total_physical_capacity,
            "total_virtual_capacity": array.total_virtual_capacity,
            "free_physical_space": (array.total_physical_capacity - physical_given).max(0),
            "free_virtual_space": (array.total_virtual_capacity - virtual_given).max(0),
            "total_allocated_physical_space": allocated,
            "data_reduction_ratio": 1.0,
        },
    });
    let Some(names) = plucked(call) else {
        return Ok(Reply::result(system));
    };
    let plucked: Map<String, Json> =
        names.into_iter().filter_map(|name| system.get(&name).cloned().map(|value| (name, value))).collect();
    Ok(Reply::result(plucked))
}
