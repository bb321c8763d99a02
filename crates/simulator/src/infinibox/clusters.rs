//! Clusters: hosts that see the same volumes at the same LUNs.

use serde_json::Value as Json;

use super::array::Array;
use super::call::{Call, attribute, get, list};
use super::entity::{Entity, Record, Table};
use super::fault::Fault;
use super::field::{Field, Holds, NATURAL, TEXT};
use super::hosts::{HOST_TYPES, Host, of_cluster as hosts_of, port_types};
use super::list::list_records;
use super::luns;
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;
use super::view::View;

mod members;
#[cfg(test)]
mod tests;
mod write;

/// The operations of clusters.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("clusters", list::<Cluster>),
    Route::post("clusters", Roles::POOL, write::create),
    Route::get("clusters/{id}", get::<Cluster>),
    Route::put("clusters/{id}", Roles::POOL, write::update),
    Route::delete("clusters/{id}", Roles::POOL, write::delete),
    Route::get("clusters/{id}/hosts", hosts),
    Route::post("clusters/{id}/hosts", Roles::POOL, members::add),
    Route::delete("clusters/{id}/hosts/{host_id}", Roles::POOL, members::remove),
    Route::get("clusters/{id}/luns", luns::of_cluster),
    Route::post("clusters/{id}/luns", Roles::POOL, luns::map_to_cluster),
    Route::get("clusters/{id}/luns/{lun}", luns::one_of_cluster),
    Route::delete("clusters/{id}/luns/lun/{lun}", Roles::POOL, luns::unmap_lun_from_cluster),
    Route::delete("clusters/{id}/luns/volume_id/{volume_id}", Roles::POOL, luns::unmap_volume_from_cluster),
    Route::get("clusters/{id}/{attribute}", attribute::<Cluster>),
];

/// A cluster. Its hosts know it; it doesn't know them.
#[derive(Debug, Clone)]
pub(crate) struct Cluster {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// One of [`HOST_TYPES`], which all of its hosts share.
    pub(crate) host_type: &'static str,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
    /// Milliseconds since 1970.
    pub(crate) updated_at: i64,
}

impl Cluster {
    /// `NONE` without hosts, `OK` while every host has the paths it should have and at least one.
    fn path_health(&self, array: &Array) -> &'static str {
        let mut hosts = hosts_of(array, self.id).peekable();
        if hosts.peek().is_none() {
            return "NONE";
        }
        let well = hosts.all(|host| host.paths(array) > 0 && host.path_health(array) != "NOT_OK");
        if well { "OK" } else { "NOT_OK" }
    }

    fn resiliency(&self, array: &Array) -> &'static str {
        if hosts_of(array, self.id).any(|host| host.paths(array) > 0) { "OK" } else { "DISCONNECTED" }
    }
}

fn host_records(cluster: &Cluster, view: &View<'_>) -> Json {
    hosts_of(view.array, cluster.id).map(|host| host.render(view, None)).collect()
}

impl Record for Cluster {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |c, _| c.id.into()).listed(),
        Field::<Self>::new("name", Holds::Name, |c, _| c.name.as_str().into()).listed().required().update(),
        Field::<Self>::new("host_type", Holds::Word(HOST_TYPES), |c, _| c.host_type.into())
            .listed()
            .create()
            .update(),
        Field::<Self>::new("san_client_type", TEXT, |_, _| "CLUSTER".into()),
        Field::<Self>::new("hosts", Holds::Anything, |c, v| host_records(c, v).into()),
        Field::<Self>::new("hosts_count", NATURAL, |c, v| hosts_of(v.array, c.id).count().into()),
        Field::<Self>::new("luns", Holds::Anything, |c, v| {
            v.array.mappings.of_cluster(c.id).map(|row| row.render(v, None)).collect::<Json>().into()
        }),
        Field::<Self>::new("luns_count", NATURAL, |c, v| v.array.mappings.of_cluster(c.id).count().into()),
        Field::<Self>::new("port_type", Holds::Anything, |c, v| port_types(hosts_of(v.array, c.id)).into()),
        Field::<Self>::new("ports_disconnected", NATURAL, |c, v| {
            hosts_of(v.array, c.id).map(|host| host.ports_disconnected(v.array)).sum::<usize>().into()
        }),
        Field::<Self>::new("path_health", TEXT, |c, v| c.path_health(v.array).into()),
        Field::<Self>::new("resiliency", TEXT, |c, v| c.resiliency(v.array).into()),
        Field::<Self>::new("tenant_id", NATURAL, |_, _| 1_i64.into()),
        Field::<Self>::new("created_at", NATURAL, |c, _| c.created_at.into()).listed(),
        Field::<Self>::new("updated_at", NATURAL, |c, _| c.updated_at.into()).listed(),
    ];
}

impl Entity for Cluster {
    const NOUN: &'static str = "Cluster";
    const NOT_FOUND: &'static str = "HOST_CLUSTER_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.clusters
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.clusters
    }
}

fn hosts(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    Cluster::find(call.array, id)?;
    let hosts: Vec<&Host> = hosts_of(call.array, id).collect();
    list_records(call, hosts.into_iter(), &[])
}
