//! Events: what a rule has noticed at a node, until somebody has seen it.

use serde_json::{Value as Json, json};

use crate::hyperstore::body::{Field, Holds, field};
use crate::hyperstore::call::{Call, done};
use crate::hyperstore::fault::Fault;
use crate::hyperstore::route::Route;
use crate::hyperstore::time::DAY;
use crate::message::Response;

/// For how long an event stays after it was acknowledged.
pub(in crate::hyperstore) const KEPT: i64 = DAY;
/// How many events a list has if nobody asks for another number.
const ROWS: usize = 100;

const FIELDS: &[Field] = &[
    field("eventTypes", Holds::Texts),
    field("nodeId", Holds::Text),
    field("regionId", Holds::Text),
    field("delete", Holds::Flag),
];

pub(in crate::hyperstore) const ROUTES: &[Route] = &[
    Route::get("/monitor/events", &["nodeId", "showAck", "limit", "region"], list),
    Route::post("/monitor/acknowledgeevents", &["nodeId", "region"], acknowledge).takes(FIELDS),
];

/// Something noticed. A node has one of each type; more of the same are counted.
#[derive(Debug, Clone)]
pub(in crate::hyperstore) struct Event {
    pub(in crate::hyperstore) region: &'static str,
    pub(in crate::hyperstore) node: &'static str,
    /// The rule's id, a line, and what it was noticed at, which may be nothing.
    pub(in crate::hyperstore) kind: String,
    pub(in crate::hyperstore) stat: &'static str,
    pub(in crate::hyperstore) condition: &'static str,
    pub(in crate::hyperstore) condition_value: &'static str,
    pub(in crate::hyperstore) value: String,
    /// 0..=3
    pub(in crate::hyperstore) severity: i64,
    pub(in crate::hyperstore) count: i64,
    /// When it last happened.
    pub(in crate::hyperstore) at: i64,
    pub(in crate::hyperstore) acknowledged: Option<i64>,
}

impl Event {
    fn show(&self) -> Json {
        json!({
            "ack": self.acknowledged.is_some(),
            "condition": self.condition,
            "conditionVal": self.condition_value,
            "count": self.count,
            "eventType": self.kind,
            "nodeId": self.node,
            "severityLevel": self.severity,
            "statId": self.stat,
            "timestamp": self.at.to_string(),
            "value": self.value,
        })
    }
}

/// The events of one node, the latest first, without a way to those beyond the limit.
fn list(call: &mut Call<'_>) -> Result<Response, Fault> {
    let node = super::node(call, call.store)?.name;
    let (region, with_seen) = (call.region()?, call.flag("showAck", false)?);
    let limit = match call.number("limit")? {
        None => ROWS,
        Some(limit @ 1..) => usize::try_from(limit).unwrap_or(ROWS),
        Some(_) => return Err(Fault::bad("Invalid parameter limit")),
    };
    let mut events: Vec<&Event> = call
        .store
        .events
        .iter()
        .filter(|event| event.region == region && event.node == node)
        .filter(|event| with_seen || event.acknowledged.is_none())
        .collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    Ok(Response::json(200, &events.into_iter().take(limit).map(Event::show).collect()))
}

/// Marks events of one node as seen, or removes them. Types that the node has no event of are no mistake: it may have
/// gone meanwhile.
fn acknowledge(call: &mut Call<'_>) -> Result<Response, Fault> {
    let node = super::node(call, call.store)?.name;
    let region = call.region()?;
    call.body.require(&["eventTypes", "nodeId"])?;
    // The node is named twice; the documents don't say which of the two counts.
    if call.body.need("nodeId")? != node {
        return Err(Fault::bad("Conflicting parameters : {nodeId}"));
    }
    if let Some(other) = call.body.text("regionId").filter(|name| !name.is_empty())
        && call.store.region_named(Some(other))? != region
    {
        return Err(Fault::bad("Conflicting parameters : {region, regionId}"));
    }
    let types = call.body.texts("eventTypes").unwrap_or_default();
    if types.is_empty() {
        return Err(Fault::missing(&["nodeId", "events"]));
    }
    let now = call.store.clock.now();
    let is_meant =
        |event: &Event| event.region == region && event.node == node && types.contains(&event.kind);
    if call.body.flag("delete").unwrap_or(false) {
        call.store.events.retain(|event| !is_meant(event));
    } else {
        for event in call.store.events.iter_mut().filter(|event| is_meant(event)) {
            event.acknowledged.get_or_insert(now);
            event.count = 0;
        }
    }
    Ok(done())
}
