//! Datasets: volumes and filesystems in one collection.

use super::body::{self, Body};
use super::call::Call;
use super::dataset::{Dataset, change, rules};
use super::entity::Record;
use super::fault::Fault;
use super::list::{list_records, plucked};
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;
use super::volumes::internal_type;

/// What can be changed of several datasets at once. The document shows one field that is refused and one that isn't;
/// the others are those that make sense for many.
const BULK_FIELDS: &[&str] = &["ssd_enabled", "compression_enabled", "ssa_express_enabled"];
/// What precedes every refusal of a bulk update.
const CANCELLED: &str = "Nothing was changed for any of the datasets";

/// The operations of datasets.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("datasets", list),
    Route::put("datasets/bulk", Roles::POOL, bulk),
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

/// Changes one field of several datasets: of all, or of none.
fn bulk(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["ids", "data"])?;
    let ids = body.need_ids("ids")?;
    let data = body.json("data").ok_or_else(|| Fault::missing_field("data"))?;
    let data = Body::object(data.to_string().as_bytes())?;
    let changes = planned(call, &ids, &data)
        .map_err(|fault| Fault { message: format!("{CANCELLED}: {}", fault.message), ..fault })?;
    for (old, new) in changes {
        change::store(call, &old, new, &data);
    }
    let view = call.view();
    let records: serde_json::Value = ids
        .iter()
        .filter_map(|id| call.array.dataset(*id))
        .map(|dataset| dataset.render(&view, None))
        .collect();
    Ok(Reply::result(records))
}

/// The datasets as they are and as they will be, if no rule stands against any of them. An approval is asked for last.
fn planned(call: &Call<'_>, ids: &[i64], data: &Body) -> Result<Vec<(Dataset, Dataset)>, Fault> {
    let mut names = data.names();
    let name = names.next().ok_or_else(Fault::missing_content)?;
    if names.next().is_some() {
        return Err(Fault::multiple_update());
    }
    let Some(field) = Dataset::field(name) else {
        return Err(Fault::bad("SET_MISSING_ATTRIBUTE", format!("A dataset has no such field ('{name}')")));
    };
    if !BULK_FIELDS.contains(&name) {
        return Err(Fault::conflict(
            "OPERATION_NOT_SUPPORTED",
            format!("The field cannot be changed for several datasets at once ('{name}')"),
        ));
    }
    body::check(field, data.json(name).unwrap_or(&serde_json::Value::Null))?;
    let mut changes = Vec::new();
    let mut approval = None;
    for id in ids {
        let old = call.array.dataset(*id).ok_or_else(|| absent(*id))?;
        rules::pool_open(call, old.pool_id)?;
        match change::check(call, old, data) {
            Ok(new) => changes.push((old.clone(), new)),
            Err(fault) if fault.code == "APPROVAL_REQUIRED" => approval = approval.or(Some(fault)),
            Err(fault) => return Err(fault),
        }
    }
    approval.map_or(Ok(changes), Err)
}
