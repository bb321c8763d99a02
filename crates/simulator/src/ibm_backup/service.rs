//! The state of one tenant, and how it goes on by itself.

use serde_json::{Map, Value as Json, json};

use super::runs::Run;
use crate::clock::Clock;
use crate::random::Random;

/// Identifies the cluster and its incarnation in the ids of policies, groups and recoveries.
pub(super) const CLUSTER: i64 = 7_201_934_455_667_788;
/// The cluster's incarnation.
pub(super) const INCARNATION: i64 = 1_740_000_000_123;
/// Milliseconds that something waits before it begins.
pub(super) const WAIT: i64 = 3_000;
/// Milliseconds that something takes, unless an order says otherwise.
const WORK: i64 = 20_000;

/// The state.
pub(super) struct Service {
    pub(super) clock: Clock,
    pub(super) random: Random,
    /// The tenant, with the slash at its end.
    pub(super) tenant: String,
    pub(super) policies: Vec<Json>,
    pub(super) groups: Vec<Json>,
    pub(super) runs: Vec<Run>,
    pub(super) recoveries: Vec<Json>,
    pub(super) registrations: Vec<Json>,
    pub(super) things: Vec<Thing>,
    pub(super) connections: Vec<Json>,
    pub(super) connectors: Vec<Json>,
    pub(super) tasks: Vec<Json>,
    /// Milliseconds that something takes that begins from now on.
    pub(super) work: i64,
    last_number: i64,
    last_log: u64,
    last_stamp: i64,
}

/// A machine or database that can be protected.
#[derive(Debug, Clone)]
pub(super) struct Thing {
    pub(super) id: i64,
    /// The source that it belongs to; its own id for a machine.
    pub(super) source_id: i64,
    pub(super) name: String,
    pub(super) environment: &'static str,
    pub(super) kind: &'static str,
    pub(super) os: &'static str,
    pub(super) bytes: i64,
}

impl Service {
    pub(super) fn new(clock: Clock, tenant: &str) -> Self {
        Self {
            clock,
            random: Random::new(0x1b3),
            tenant: tenant.to_owned(),
            policies: Vec::new(),
            groups: Vec::new(),
            runs: Vec::new(),
            recoveries: Vec::new(),
            work: WORK,
            registrations: Vec::new(),
            things: Vec::new(),
            connections: Vec::new(),
            connectors: Vec::new(),
            tasks: Vec::new(),
            last_number: 40,
            last_log: 0,
            last_stamp: 0,
        }
    }

    /// The time in microseconds since 1970.
    pub(super) fn usecs(&self) -> i64 {
        self.clock.now().saturating_mul(1000)
    }

    /// The time of a change in microseconds since 1970. No two changes have the same.
    pub(super) fn stamp(&mut self) -> i64 {
        self.last_stamp = self.usecs().max(self.last_stamp + 1);
        self.last_stamp
    }

    /// A number that nothing has yet.
    pub(super) fn number(&mut self) -> i64 {
        self.last_number += 1;
        self.last_number
    }

    /// An id of the form that policies, groups and recoveries have.
    pub(super) fn long_id(&mut self) -> String {
        format!("{CLUSTER}:{INCARNATION}:{}", self.number())
    }

    /// The number of the next entry of the log.
    pub(super) fn task_log(&mut self) -> u64 {
        self.last_log += 1;
        self.last_log
    }

    /// Lets everything go on to the present.
    pub(super) fn settle(&mut self) {
        let now = self.clock.now();
        for run in &mut self.runs {
            run.settle(now);
        }
        for recovery in &mut self.recoveries {
            if recovery["status"] == "Accepted" && due(recovery, "_begins_at", now) {
                recovery["status"] = json!("Running");
            }
            if recovery["status"] == "Running" && due(recovery, "_ends_at", now) {
                recovery["status"] = json!("Succeeded");
                recovery["endTimeUsecs"] = json!(recovery["_ends_at"].as_i64().unwrap_or(now) * 1000);
            }
        }
        for registration in &mut self.registrations {
            if registration["authenticationStatus"] != "Finished" && due(registration, "_ends_at", now) {
                registration["authenticationStatus"] = json!("Finished");
                registration["lastRefreshedTimeMsecs"] = registration["_ends_at"].clone();
            }
        }
        super::agents::settle(&mut self.tasks, now);
        // A deleted group is listed as long as something of it can be restored.
        let runs = &self.runs;
        self.groups.retain(|group| {
            group["isDeleted"] != true
                || runs.iter().any(|run| run.is_kept() && group["id"] == run.group.as_str())
        });
    }

    /// The object of that id.
    pub(super) fn thing(&self, id: i64) -> Option<&Thing> {
        self.things.iter().find(|thing| thing.id == id)
    }

    /// The policy of a group.
    pub(super) fn policy_of(&self, group: &Json) -> Option<&Json> {
        self.policies.iter().find(|policy| policy["id"] == group["policyId"])
    }
}

/// Whether a moment that an item keeps to itself has come.
pub(super) fn due(item: &Json, name: &str, now: i64) -> bool {
    item[name].as_i64().is_some_and(|at| at <= now)
}

/// An item as answers show it: without what the simulator notes for itself.
pub(super) fn public(item: &Json) -> Json {
    match item {
        Json::Object(members) => {
            let shown = members.iter().filter(|(name, _)| !name.starts_with('_'));
            Json::Object(shown.map(|(name, value)| (name.clone(), value.clone())).collect())
        }
        other => other.clone(),
    }
}

/// The members of a body that say something: null is the same as nothing.
pub(super) fn given(body: &Json) -> Map<String, Json> {
    let members = body.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    members.map(|(name, value)| (name.clone(), value.clone())).collect()
}

impl Thing {
    /// The members that every form of an object has.
    pub(super) fn summary(&self, sources: &[Self]) -> Json {
        let source = sources.iter().find(|source| source.id == self.source_id);
        json!({
            "id": self.id,
            "name": self.name,
            "sourceId": self.source_id,
            "sourceName": source.map_or(self.name.as_str(), |source| &source.name),
            "environment": self.environment,
            "objectType": self.kind,
            "osType": self.os,
            "logicalSizeBytes": self.bytes,
            "uuid": format!("{:08x}-0000-4000-8000-{:012x}", self.id, self.id * 7919),
            "globalId": format!("{CLUSTER}:{INCARNATION}:{}", self.id),
        })
    }
}
