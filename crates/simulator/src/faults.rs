//! What goes wrong on the way between a client and a system, on order: slow, lost, duplicated and broken answers.
//!
//! A set of faults is a seed and rules. A rule names a sort of fault, and which requests it strikes: those of an
//! operation, of a system, after some that are spared, so many times, or by chance. The first rule that strikes counts.
//!
//! ```json
//! {"seed": 7, "rules": [
//!   {"fault": "lost", "operation": "POST /api/rest/volumes", "times": 1},
//!   {"fault": "status", "status": 503, "retry_after": 2, "operation": "READ /api/rest/pools", "skip": 1},
//!   {"fault": "slow", "milliseconds": 800, "chance": 20}
//! ]}
//! ```
//!
//! | fault | what happens |
//! |---|---|
//! | `slow` | nothing but the wait; a rule without `milliseconds` waits a second |
//! | `lost` | the system does it, and the connection ends without an answer |
//! | `dropped` | the connection ends before the system hears of it |
//! | `duplicated` | the system gets the request twice, as from a proxy that repeats what it thinks lost; the client gets the second answer |
//! | `malformed` | the system does it; the answer is whole, but its body is no JSON any more |
//! | `truncated` | the system does it; the answer breaks off in the middle of its body |
//! | `status` | an answer of `status` (400–599, or 307) instead of the system's, in its own words where the kind has some, else a proxy's page; with `executed` the system does it all the same |
//!
//! Any rule may wait `milliseconds` first. The wait comes after the system has done its part: whoever gives up waiting
//! has not undone anything. A 307 has a `Location` only if the rule has a `location`; without one it means "busy".
//!
//! Chance is drawn per rule from the seed and the rule's place, so that the same requests meet the same faults in every
//! run, and one rule doesn't disturb another.

use serde_json::{Value as Json, json};

use crate::message::{Method, Request};
use crate::random::Random;

mod answer;
mod read;

pub use answer::{Cut, Delivery};
pub(crate) use answer::{malformed, refusal, truncated};

/// A sort of fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The answer takes its time.
    Slow,
    /// Done, but no answer comes.
    Lost,
    /// Not done, and no answer comes.
    Dropped,
    /// Done twice.
    Duplicated,
    /// Done, but the answer's body is no JSON.
    Malformed,
    /// Done, but the answer breaks off.
    Truncated,
    /// Another answer than the system's.
    Status {
        /// The HTTP status: 307 or 400..=599.
        status: u16,
        /// Whether the system does it all the same.
        executed: bool,
        /// Seconds of a `Retry-After`.
        retry_after: Option<u32>,
        /// The `Location` of a redirect.
        location: Option<String>,
    },
}

impl Fault {
    /// The fault's name, as rules and the journal write it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Lost => "lost",
            Self::Dropped => "dropped",
            Self::Duplicated => "duplicated",
            Self::Malformed => "malformed",
            Self::Truncated => "truncated",
            Self::Status { .. } => "status",
        }
    }
}

/// Which methods a rule strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Methods {
    Any,
    Reads,
    Writes,
    One(Method),
}

/// Which requests a rule strikes: `POST /api/rest/volumes`, `READ /api/rest/volumes/*`, `ANY /v1/**`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Operation {
    methods: Methods,
    /// `*` or `{name}` is one segment, a last `**` any number of them.
    segments: Vec<String>,
}

impl Operation {
    fn matches(&self, request: &Request) -> bool {
        let method = match self.methods {
            Methods::Any => true,
            Methods::Reads => request.method == Method::Get,
            Methods::Writes => request.method != Method::Get,
            Methods::One(method) => request.method == method,
        };
        let mut segments = request.path.split('/').filter(|segment| !segment.is_empty());
        for expected in &self.segments {
            if expected == "**" {
                return method;
            }
            let Some(segment) = segments.next() else { return false };
            let is_any = expected == "*" || (expected.starts_with('{') && expected.ends_with('}'));
            if !is_any && segment != expected {
                return false;
            }
        }
        method && segments.next().is_none()
    }
}

/// What strikes whom, and how often it has.
#[derive(Debug, Clone)]
struct Rule {
    fault: Fault,
    milliseconds: u64,
    system: Option<String>,
    operation: Option<Operation>,
    /// How many requests that match are spared at first.
    skip: u64,
    /// How often it strikes; without a number, always.
    times: Option<u64>,
    /// Percent of the requests that match.
    chance: u64,
    random: Random,
    seen: u64,
    struck: u64,
}

/// A fault that strikes a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strike {
    /// What happens.
    pub fault: Fault,
    /// How long the answer is held back, in milliseconds.
    pub milliseconds: u64,
}

/// The faults that are in force.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    seed: u64,
    rules: Vec<Rule>,
}

impl Faults {
    /// What strikes this request to the system of that name, if anything does. Every request counts, so each is asked
    /// about once.
    pub fn strike(&mut self, system: &str, request: &Request) -> Option<Strike> {
        self.rules.iter_mut().find_map(|rule| rule.strike(system, request))
    }

    /// The rules, each with how many requests it has `seen` and `struck`.
    pub fn describe(&self) -> Json {
        let rules: Vec<Json> = self
            .rules
            .iter()
            .map(|rule| json!({"fault": rule.fault.name(), "seen": rule.seen, "struck": rule.struck}))
            .collect();
        json!({"seed": self.seed, "rules": rules})
    }
}

impl Rule {
    fn strike(&mut self, system: &str, request: &Request) -> Option<Strike> {
        let is_meant = self.system.as_deref().is_none_or(|meant| meant == system)
            && self.operation.as_ref().is_none_or(|operation| operation.matches(request));
        if !is_meant {
            return None;
        }
        self.seen += 1;
        let is_due = self.seen > self.skip && self.times.is_none_or(|times| self.struck < times);
        // The draw is made for every request that is due, so that each has its own luck whatever became of others.
        if !is_due || !self.random.percent(self.chance) {
            return None;
        }
        self.struck += 1;
        Some(Strike { fault: self.fault.clone(), milliseconds: self.milliseconds })
    }
}

#[cfg(test)]
mod tests;
