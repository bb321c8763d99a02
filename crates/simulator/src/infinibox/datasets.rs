//! Datasets: volumes and filesystems in one collection.

use super::call::Call;
use super::entity::Record;
use super::fault::Fault;
use super::list::{list_records, plucked};
use super::reply::Reply;
use super::route::Route;
use super::volumes::internal_type;

/// The operations of datasets.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("datasets", list),
    Route::get("datasets/internal_datasets/{internal_type}", internal),
    Route::get("datasets/{id}", get),
    Route::get("datasets/{id}/internal_datasets", internal_children),
];

fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    list_records(call, call.array.datasets().filter(|dataset| !dataset.internal), &[])
}

fn get(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let dataset = call.array.dataset(id).ok_or_else(|| absent(id))?;
    Ok(Reply::result(dataset.render(&call.view(), plucked(call).as_deref())))
}

fn internal(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let snapshots = internal_type(call.argument("internal_type"))?;
    let datasets =
        call.array.datasets().filter(|dataset| dataset.internal && dataset.is_snapshot() == snapshots);
    list_records(call, datasets, &[])
}

fn internal_children(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    if call.array.dataset(id).is_none() {
        return Err(absent(id));
    }
    let datasets = call.array.datasets().filter(|dataset| dataset.internal && dataset.parent_id == id);
    list_records(call, datasets, &[])
}

fn absent(id: i64) -> Fault {
    Fault::missing("DATASET_NOT_FOUND", format!("Dataset {id} does not exist"))
}
