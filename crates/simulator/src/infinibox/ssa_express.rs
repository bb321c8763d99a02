//! SSA Express: the datasets that live on flash as a whole, and those that wait for it.

use super::call::Call;
use super::fault::Fault;
use super::list::{list_records, list_values};
use super::reply::Reply;
use super::route::Route;

/// The operations of SSA Express.
pub(crate) const ROUTES: &[Route] =
    &[Route::get("system/ssa_express/active", active), Route::get("system/ssa_express/queue", queue)];

/// The field by which the queue is in order.
const QUEUE_INDEX: &str = "queue_index";

fn active(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let datasets = call.array.datasets().filter(|dataset| dataset.ssa_express_enabled && !dataset.internal);
    list_records(call, datasets, &[])
}

/// Always empty: a dataset is on flash here as soon as it is asked to be. What the list takes is checked all the same.
fn queue(call: &mut Call<'_>) -> Result<Reply, Fault> {
    if call.request.query.iter().any(|(name, _)| name == QUEUE_INDEX) {
        return Err(Fault::not_filterable(QUEUE_INDEX));
    }
    let terms: Vec<&str> = call.request.parameter("sort").unwrap_or_default().split(',').collect();
    let by_place = terms.iter().any(|term| term.trim().trim_start_matches('-') == QUEUE_INDEX);
    if by_place && terms.len() > 1 {
        return Err(Fault::bad(
            "NOT_SUPPORTED_MULTIPLE_FIELDS_IN_SORT",
            format!("The list is sorted by ('{QUEUE_INDEX}') alone or not by it"),
        ));
    }
    list_values(call, Vec::new())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::infinibox::testing::Bench;

    #[test]
    fn a_volume_is_on_flash_as_soon_as_it_is_asked_to_be() {
        let mut bench = Bench::new();
        let before = bench.get("system/ssa_express/active").total();
        let pool = bench.pool("flash");
        let body = json!({"name": "hot", "pool_id": pool, "size": 10_000_000_000_i64, "ssd_enabled": true});
        let target = format!("volumes/{}?approved=yes", bench.post("volumes", &body).ok()["id"]);
        bench.put(&target, &json!({"ssa_express_enabled": true})).ok();
        assert_eq!(bench.get("system/ssa_express/active").total(), before + 1);
        assert_eq!(bench.get("system/ssa_express/queue?sort=-queue_index").total(), 0);
        bench.get("system/ssa_express/queue?queue_index=eq:1").refused(400, "NOT_FILTERABLE_FIELD");
        bench
            .get("system/ssa_express/queue?sort=queue_index,name")
            .refused(400, "NOT_SUPPORTED_MULTIPLE_FIELDS_IN_SORT");
    }
}
