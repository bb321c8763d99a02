//! The nodes and how they are.

use serde_json::{Map, Value as Json, json};

use super::call::{Call, text};
use super::fault::Fault;
use super::route::Route;
use super::store::Store;
use super::time::{DAY, minute};
use crate::message::Response;

pub(super) mod events;
pub(super) mod rules;
mod stats;

pub(super) use events::Event;
pub(super) use rules::Rule;
use stats::{NULLABLE, STATS, Stat};

/// For how long readings are kept, which isn't documented.
const KEPT: i64 = 30 * DAY;
/// The services of a node by the role that makes it have them; `None` is every node.
const SERVICES: &[(&str, Option<Part>)] = &[
    ("svcAdmin", None),
    ("svcCassandra", None),
    ("svcHyperstore", None),
    ("svcRedisCred", Some(Part::Credentials)),
    ("svcRedisMon", Some(Part::Monitor)),
    ("svcRedisQos", Some(Part::Qos)),
    ("svcS3", None),
];

pub(super) const ROUTES: &[Route] = &[
    Route::get("/monitor", &["region"], region),
    Route::get("/monitor/nodelist", &["region"], nodes),
    Route::get("/monitor/host", &["nodeId", "region"], host),
    Route::get("/monitor/history", &["nodeId", "statId", "startTime", "endTime", "region"], history),
    Route::get("/system/dcnodelist", &["region"], by_data_centre),
    Route::get("/system/version", &[], version),
];

/// Data centres that belong together.
#[derive(Debug)]
pub(super) struct Region {
    pub(super) name: &'static str,
    pub(super) data_centres: Vec<DataCentre>,
}

impl Region {
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.data_centres.iter().flat_map(|centre| &centre.nodes)
    }

    fn node(&self, name: &str) -> Option<&Node> {
        self.nodes().find(|node| node.name == name)
    }
}

/// A place with nodes.
#[derive(Debug)]
pub(super) struct DataCentre {
    pub(super) name: &'static str,
    pub(super) nodes: Vec<Node>,
}

/// What a node may be besides a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Credentials,
    Monitor,
    Qos,
}

/// A machine.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: &'static str,
    pub(super) address: &'static str,
    pub(super) parts: Vec<Part>,
    /// The services that are down or have written warnings and errors into their logs, with what is wrong.
    pub(super) troubles: Vec<(&'static str, &'static str)>,
    /// The disks, the broken one among them.
    pub(super) disks: usize,
    pub(super) broken_disk: Option<usize>,
    /// The size of a disk in KiB.
    pub(super) disk_kib: i64,
}

impl Node {
    /// What is wrong with a service; `OK` if nothing.
    fn service(&self, name: &str) -> Vec<&'static str> {
        let wrong: Vec<_> = self
            .troubles
            .iter()
            .filter(|(service, _)| *service == name)
            .map(|(_, trouble)| *trouble)
            .collect();
        if wrong.is_empty() { vec!["OK"] } else { wrong }
    }

    /// What is wrong with any of its services.
    fn status(&self) -> Vec<&'static str> {
        let mut wrong: Vec<_> = self.troubles.iter().map(|(_, trouble)| *trouble).collect();
        wrong
            .sort_by_key(|trouble| ["SVC_DOWN", "LOG_ERR", "LOG_WARN"].iter().position(|one| one == trouble));
        wrong.dedup();
        if wrong.is_empty() { vec!["OK"] } else { wrong }
    }

    fn is_down(&self) -> bool {
        self.troubles.contains(&("svcHyperstore", "SVC_DOWN"))
    }
}

/// A list as the text that goes along with it, `[SVC_DOWN, LOG_WARN]`.
fn listed(status: &[&str]) -> String {
    format!("[{}]", status.join(", "))
}

fn stat(value: impl ToString, at: i64) -> Json {
    json!({"timestamp": at.to_string(), "value": value.to_string()})
}

/// The node of a request.
fn node<'s>(call: &Call<'_>, store: &'s Store) -> Result<&'s Node, Fault> {
    let (name, region) = (call.need("nodeId")?, call.region()?);
    let region = store.regions.iter().find(|one| one.name == region);
    region.and_then(|region| region.node(name)).ok_or_else(|| Fault::bad("Node does not exist : {nodeId}"))
}

/// The JSON of these two lists goes out as text, as others have met it with the real service.
fn as_text(value: &Json) -> Response {
    text(value.to_string())
}

fn nodes(call: &mut Call<'_>) -> Result<Response, Fault> {
    let wanted = call.region()?;
    let regions = call.store.regions.iter().filter(|region| region.name == wanted);
    Ok(as_text(&regions.flat_map(|region| region.nodes()).map(|node| node.name).collect()))
}

fn by_data_centre(call: &mut Call<'_>) -> Result<Response, Fault> {
    let wanted = call.region()?;
    let regions = call.store.regions.iter().filter(|region| region.name == wanted);
    let centres: Map<String, Json> = regions
        .flat_map(|region| &region.data_centres)
        .map(|centre| (centre.name.to_owned(), centre.nodes.iter().map(|node| node.name).collect()))
        .collect();
    Ok(as_text(&centres.into()))
}

fn version(_call: &mut Call<'_>) -> Result<Response, Fault> {
    Ok(text("8.2.1 Compiled: 2025-02-11 09:20"))
}

/// A region as a whole.
fn region(call: &mut Call<'_>) -> Result<Response, Fault> {
    let wanted = call.region()?;
    let now = call.store.clock.now();
    let nodes: Vec<&Node> = call
        .store
        .regions
        .iter()
        .filter(|region| region.name == wanted)
        .flat_map(|region| region.nodes())
        .collect();
    let mut shown = Map::new();
    let disks = nodes
        .iter()
        .map(|node| stats::space(node))
        .fold([0; 3], |sum, one| [sum[0] + one[0], sum[1] + one[1], sum[2] + one[2]]);
    for (name, value) in ["diskTotalKb", "diskUsedKb", "diskAvailKb"].into_iter().zip(disks) {
        shown.insert(name.to_owned(), stat(value, now));
    }
    for wanted in STATS.iter().filter(|stat| stat.of_region) {
        let at = wanted.last(now);
        let values: Vec<f64> = nodes.iter().filter_map(|node| wanted.value(node, at)).collect();
        let sum: f64 = values.iter().sum();
        // Latencies don't add up.
        let value = if wanted.is_latency() { sum / values.len().max(1) as f64 } else { sum };
        shown.insert(
            wanted.name.to_owned(),
            if values.is_empty() { Json::Null } else { stat(wanted.written(value), at) },
        );
    }
    let statuses: Vec<Json> = nodes
        .iter()
        .map(|node| {
            let status = node.status();
            json!({
                "hostname": node.name,
                "ipaddr": null,
                "status": status,
                "timestamp": now.to_string(),
                "value": listed(&status),
            })
        })
        .collect();
    let is_down = nodes.iter().any(|node| node.status().contains(&"SVC_DOWN"));
    let status = if is_down { "SVC_DOWN" } else { "OK" };
    shown.insert("nodeStatuses".to_owned(), statuses.into());
    shown.insert(
        "status".to_owned(),
        json!({"ipaddr": "", "status": [status], "timestamp": now.to_string(), "value": status}),
    );
    Ok(Response::json(200, &shown.into()))
}

/// A node with everything that is known of it now.
fn host(call: &mut Call<'_>) -> Result<Response, Fault> {
    let node = node(call, call.store)?;
    let now = call.store.clock.now();
    let mut shown = Map::new();
    for wanted in STATS {
        let at = wanted.last(now);
        let value = wanted.value(node, at).map(|value| stat(wanted.written(value), at));
        shown.insert(wanted.name.to_owned(), value.unwrap_or(Json::Null));
    }
    for name in NULLABLE {
        shown.insert(
            (*name).to_owned(),
            stats::collections(node, name, now).map_or(Json::Null, |value| stat(value, now)),
        );
    }
    for (name, bytes) in stats::HEAPS {
        shown.insert((*name).to_owned(), stat(bytes, now));
    }
    let space = stats::space(node);
    for (name, value) in ["diskTotalKb", "diskUsedKb", "diskAvailKb"].into_iter().zip(space) {
        shown.insert(name.to_owned(), stat(value, now));
    }
    for (service, part) in SERVICES {
        if part.is_none_or(|part| node.parts.contains(&part)) {
            let status = node.service(service);
            shown.insert(
                (*service).to_owned(),
                json!({
                    "ipaddr": node.address,
                    "status": status,
                    "timestamp": now.to_string(),
                    "value": listed(&status),
                }),
            );
        }
    }
    let status = node.status();
    shown.insert(
        "status".to_owned(),
        json!({"ipaddr": "", "status": status, "timestamp": now.to_string(), "value": listed(&status)}),
    );
    shown.insert(
        "disksInfo".to_owned(),
        json!({"disks": stats::disks(node, now), "timestamp": now.to_string()}),
    );
    Ok(Response::json(200, &shown.into()))
}

/// The readings of one value of one node. A node whose store is down has none, which leaves gaps.
fn history(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["nodeId", "statId", "startTime", "endTime"])?;
    let node = node(call, call.store)?;
    let id = call.need("statId")?;
    let stat: &Stat = STATS
        .iter()
        .find(|stat| stat.name == id && stat.has_history)
        .ok_or_else(|| Fault::bad(format!("Invalid parameter statId : {id}")))?;
    let time = |name: &str| {
        let text = call.need(name)?;
        minute(text).ok_or_else(|| Fault::bad(format!("Invalid parameter {name} : {text}")))
    };
    let (from, to) = (time("startTime")?, time("endTime")?);
    if from > to {
        return Err(Fault::bad("startTime is after endTime"));
    }
    let now = call.store.clock.now();
    let points: Vec<Json> = stat
        .times(from.max(now - KEPT), to.min(now))
        .filter_map(|at| Some(self::stat(stat.written(stat.value(node, at)?), at)))
        .collect();
    Ok(Response::json(200, &points.into()))
}
