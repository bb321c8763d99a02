//! Clusters, and hosts of no cluster, in one list.

use serde_json::Value as Json;

use super::call::Call;
use super::entity::Record;
use super::fault::Fault;
use super::field::{Field, Holds, NATURAL, TEXT};
use super::list::list_records;
use super::reply::Reply;
use super::route::Route;
use super::value::Value;

/// The operation of this list.
pub(crate) const ROUTES: &[Route] = &[Route::get("san_clients", list)];

/// A host or a cluster as its own collection shows it.
struct SanClient {
    record: Json,
}

impl SanClient {
    fn read(&self, name: &str) -> Value<'_> {
        match self.record.get(name) {
            None => Value::Absent,
            Some(Json::Null) => Value::Null,
            Some(Json::String(text)) => text.as_str().into(),
            Some(Json::Bool(value)) => (*value).into(),
            Some(value) => value.as_i64().map_or_else(|| value.clone().into(), Value::from),
        }
    }
}

macro_rules! field {
    ($name:literal, $holds:expr) => {
        Field::<SanClient>::new($name, $holds, |client, _| client.read($name))
    };
}

impl Record for SanClient {
    const FIELDS: &'static [Field<Self>] = &[
        field!("id", NATURAL).listed(),
        field!("name", TEXT).listed(),
        field!("san_client_type", Holds::Word(&["HOST", "CLUSTER"])).listed(),
        field!("host_type", TEXT).listed(),
        field!("host_cluster_id", NATURAL),
        field!("hosts", Holds::Anything),
        field!("hosts_count", NATURAL),
        field!("ports", Holds::Anything),
        field!("ports_count", NATURAL),
        field!("port_type", Holds::Anything),
        field!("ports_disconnected", NATURAL),
        field!("luns", Holds::Anything),
        field!("luns_count", NATURAL),
        field!("paths", NATURAL),
        field!("min_expected_paths", NATURAL),
        field!("is_min_expected_paths_user_set", Holds::Boolean),
        field!("path_health", TEXT),
        field!("resiliency", TEXT),
        field!("optimized", Holds::Boolean),
        field!("subsystem_nqn", TEXT),
        field!("security_method", TEXT),
        field!("security_chap_inbound_username", TEXT),
        field!("security_chap_has_inbound_secret", Holds::Boolean),
        field!("security_chap_outbound_username", TEXT),
        field!("security_chap_has_outbound_secret", Holds::Boolean),
        field!("tenant_id", NATURAL),
        field!("created_at", NATURAL).listed(),
        field!("updated_at", NATURAL).listed(),
    ];
}

/// This list has words of its own for a field that it doesn't filter by.
fn list(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let view = call.view();
    let clusters = call.array.clusters.values().map(|cluster| cluster.render(&view, None));
    let alone = call.array.hosts.values().filter(|host| host.cluster_id == 0);
    let clients: Vec<SanClient> = clusters
        .chain(alone.map(|host| host.render(&view, None)))
        .map(|record| SanClient { record })
        .collect();
    list_records(call, clients.iter(), &[]).map_err(|fault| match fault.code {
        "UNKNOWN_PARAMETER" | "NOT_FILTERABLE_FIELD" => Fault { code: "UNSUPPORTED_FIELD", ..fault },
        _ => fault,
    })
}
