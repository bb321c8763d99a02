//! Creating, changing and deleting clusters.

use super::{Cluster, hosts_of};
use crate::infinibox::array::Array;
use crate::infinibox::call::Call;
use crate::infinibox::entity::Entity;
use crate::infinibox::events::Event;
use crate::infinibox::fault::Fault;
use crate::infinibox::hosts::Host;
use crate::infinibox::hosts::write::{check_host_type, host_type};
use crate::infinibox::reply::Reply;

/// How many clusters a box takes. The document's number is a test's; this one is the product's.
const MAX_CLUSTERS: usize = 1_000;

pub(super) fn create(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.creation::<Cluster>()?;
    let name = body.text("name").unwrap_or_default().to_owned();
    check_name_free(call.array, &name, 0)?;
    if call.array.clusters.len() >= MAX_CLUSTERS {
        return Err(Fault::conflict(
            "CLUSTER_COUNT_LIMIT",
            format!("There are {MAX_CLUSTERS} clusters already"),
        ));
    }
    let id = call.array.next_id();
    let cluster = Cluster {
        id,
        name,
        host_type: host_type(&body).unwrap_or("DEFAULT"),
        created_at: call.now(),
        updated_at: call.now(),
    };
    let event = Event::info("CLUSTER_CREATED", "Cluster {cluster_name} was created")
        .about(id)
        .text("cluster_name", &cluster.name);
    call.array.clusters.insert(id, cluster);
    call.event(event);
    call.record::<Cluster>(id).map(Reply::created)
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let old = Cluster::find(call.array, id)?.clone();
    let body = call.update::<Cluster>()?;
    check_host_type(old.host_type, &body)?;
    let now = call.now();
    if let Some(name) = body.text("name") {
        check_name_free(call.array, name, id)?;
        name.clone_into(&mut Cluster::find_mut(call.array, id)?.name);
        call.event(
            Event::info("CLUSTER_RENAMED", "Cluster {old_name} was renamed to {cluster_name}")
                .about(id)
                .text("old_name", &old.name)
                .text("cluster_name", name),
        );
    }
    Cluster::find_mut(call.array, id)?.updated_at = now;
    call.record::<Cluster>(id).map(Reply::result)
}

/// A cluster may go while it has hosts; they stay and are hosts of no cluster.
pub(super) fn delete(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let id = call.id("id")?;
    let name = Cluster::find(call.array, id)?.name.clone();
    if call.array.mappings.of_cluster(id).next().is_some() {
        return Err(Fault::conflict(
            "CLUSTER_HAS_LUNS",
            format!("Volumes are still mapped to cluster '{name}'"),
        ));
    }
    let last_state = call.record::<Cluster>(id)?;
    let members: Vec<i64> = hosts_of(call.array, id).map(|host| host.id).collect();
    for member in members {
        Host::find_mut(call.array, member)?.cluster_id = 0;
    }
    call.array.clusters.remove(&id);
    call.event(
        Event::info("CLUSTER_DELETED", "Cluster {cluster_name} was deleted")
            .about(id)
            .text("cluster_name", &name),
    );
    Ok(Reply::result(last_state))
}

fn check_name_free(array: &Array, name: &str, own_id: i64) -> Result<(), Fault> {
    let taken =
        array.clusters.values().any(|other| other.id != own_id && other.name.eq_ignore_ascii_case(name));
    if taken {
        return Err(Fault::conflict(
            "HOST_CLUSTER_NAME_CONFLICT",
            format!("A cluster named '{name}' exists already"),
        ));
    }
    Ok(())
}
