//! Volumes: masters, their snapshots, and clones, which are snapshots that can be written.

use serde_json::json;

use super::array::Array;
use super::call::{Call, attribute, get};
use super::dataset::{Dataset, dataset_fields};
use super::entity::{Entity, Record, Table};
use super::fault::Fault;
use super::field::{Field, Holds, INTEGER, NATURAL, TEXT};
use super::list::{list_records, list_values};
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;
use super::value::Value;

pub(crate) mod actions;
#[cfg(test)]
mod tests;
pub(crate) mod write;

/// The operations of volumes.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("volumes", list),
    Route::post("volumes", Roles::POOL, write::create),
    Route::post("volumes/group_snapshot", Roles::POOL, actions::group_snapshot),
    Route::post("volumes/delete_simulation", Roles::POOL, actions::delete_simulation),
    Route::get("volumes/_raw", raw),
    Route::get("volumes/internal_volumes/{internal_type}", internal),
    Route::get("volumes/{id}", get::<Volume>),
    Route::put("volumes/{id}", Roles::POOL, write::update),
    Route::delete("volumes/{id}", Roles::POOL, write::delete),
    Route::post("volumes/{id}/move", Roles::POOL, actions::move_to_pool),
    Route::post("volumes/{id}/own_snapshot", Roles::POOL, actions::own_snapshot),
    Route::post("volumes/{id}/promote", Roles::POOL, actions::promote),
    Route::post("volumes/{id}/refresh", Roles::POOL, actions::refresh),
    Route::post("volumes/{id}/reset_serial", Roles::ADMIN, actions::reset_serial),
    Route::post("volumes/{id}/restore", Roles::POOL, actions::restore),
    Route::get("volumes/{id}/luns", luns),
    Route::get("volumes/{id}/replication_pairs", replication_pairs),
    Route::get("volumes/{id}/internal_volumes", internal_children),
    Route::get("volumes/{id}/{attribute}", attribute::<Volume>),
];

/// A volume.
#[derive(Debug, Clone)]
pub(crate) struct Volume {
    pub(crate) dataset: Dataset,
    /// The number by which OpenVMS knows it.
    pub(crate) udid: Option<i64>,
}

impl Record for Volume {
    const FIELDS: &'static [Field<Self>] = dataset_fields!(Volume, volume => &volume.dataset, [
        Field::<Volume>::new("udid", INTEGER, |v, _| v.udid.into()).listed().create().update().nullable(),
        Field::<Volume>::new("source_replicated_sg_id", NATURAL, |_, _| Value::Null).listed(),
        Field::<Volume>::new("paths_available", Holds::Boolean, |_, _| Value::Null),
    ]);
}

impl Entity for Volume {
    const NOUN: &'static str = "Volume";
    const NOT_FOUND: &'static str = "VOLUME_NOT_FOUND";
    const ONE_FIELD_PER_UPDATE: bool = true;

    fn table(array: &Array) -> &Table<Self> {
        &array.volumes
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.volumes
    }
}

fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let volumes = call.array.volumes.values().filter(|volume| !volume.dataset.internal);
    list_records(call, volumes, &[])
}

/// The document names this path and nothing else; it is taken for the list with the internal volumes in it.
fn raw(call: &mut Call<'_>) -> Result<Reply, Fault> {
    list_records(call, call.array.volumes.values(), &[])
}

fn internal(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let snapshots = internal_type(call.argument("internal_type"))?;
    let volumes = call
        .array
        .volumes
        .values()
        .filter(|volume| volume.dataset.internal && volume.dataset.is_snapshot() == snapshots);
    list_records(call, volumes, &[])
}

fn internal_children(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    Volume::find(call.array, id)?;
    let volumes = call
        .array
        .volumes
        .values()
        .filter(|volume| volume.dataset.internal && volume.dataset.parent_id == id);
    list_records(call, volumes, &[])
}

/// Whether the path asks for internal snapshots, or else for internal masters.
pub(crate) fn internal_type(word: &str) -> Result<bool, Fault> {
    match word.to_ascii_uppercase().as_str() {
        "MASTER" => Ok(false),
        "SNAPSHOT" => Ok(true),
        _ => Err(Fault::malformed_parameter(word, "MASTER or SNAPSHOT")),
    }
}

fn luns(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    Volume::find(call.array, id)?;
    let rows = call
        .array
        .mappings
        .rows()
        .values()
        .filter(|mapping| mapping.volume_id == id)
        .map(super::mappings::Mapping::to_json)
        .collect();
    list_values(call, rows)
}

/// No volume is replicated yet, so there are no pairs.
fn replication_pairs(call: &mut Call<'_>) -> Result<Reply, Fault> {
    Volume::find(call.array, call.id("id")?)?;
    list_values(call, Vec::new())
}

impl super::mappings::Mapping {
    /// The row as the API shows it.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        json!({
            "id": self.id,
            "volume_id": self.volume_id,
            "host_id": self.host_id,
            "host_cluster_id": self.host_cluster_id,
            "clustered": self.clustered(),
            "lun": self.lun,
            "udid": self.udid,
        })
    }
}
