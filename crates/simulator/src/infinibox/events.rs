//! What happened on the box: the log behind the events collection.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::array::Array;
use super::entity::{Entity, Record, Table};
use super::field::{Field, Holds, NATURAL, TEXT};

pub(crate) mod routes;
#[cfg(test)]
mod tests;
mod types;

pub(crate) use routes::ROUTES;

/// One value that an event's sentence mentions.
#[derive(Debug, Clone)]
pub(crate) struct EventData {
    pub(crate) name: Cow<'static, str>,
    /// `String`, `long` and the like, as the box writes them.
    pub(crate) kind: Cow<'static, str>,
    pub(crate) value: String,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// Given by the log.
    pub(crate) id: i64,
    pub(crate) code: String,
    /// `INFO`, `WARNING`, `ERROR` or `CRITICAL`.
    pub(crate) level: &'static str,
    /// `CUSTOMER` or `INFINIDAT`.
    pub(crate) visibility: &'static str,
    /// `MGMT`, `BLOCK`, `CUSTOM` or `EXTERNAL`.
    pub(crate) reporter: &'static str,
    /// The sentence with `{name}` where `data` has a value of that name.
    pub(crate) template: String,
    pub(crate) data: Vec<EventData>,
    /// The record that it is about; 0 for none.
    pub(crate) affected_entity_id: i64,
    /// Who did it; empty for the box itself. Given by the log.
    pub(crate) username: String,
    /// Milliseconds since 1970. Given by the log.
    pub(crate) timestamp: i64,
}

impl Event {
    /// Something that went as it should, told by the management layer to everybody.
    pub(crate) fn info(code: impl Into<String>, template: impl Into<String>) -> Self {
        Self {
            id: 0,
            code: code.into(),
            level: "INFO",
            visibility: "CUSTOMER",
            reporter: "MGMT",
            template: template.into(),
            data: Vec::new(),
            affected_entity_id: 0,
            username: String::new(),
            timestamp: 0,
        }
    }

    /// The same with another level.
    pub(crate) fn level(mut self, level: &'static str) -> Self {
        self.level = level;
        self
    }

    /// The same about the record of that id.
    pub(crate) fn about(mut self, id: i64) -> Self {
        self.affected_entity_id = id;
        self
    }

    /// The same with a text that the sentence mentions.
    pub(crate) fn text(mut self, name: &'static str, value: &str) -> Self {
        self.data.push(EventData { name: name.into(), kind: "String".into(), value: value.to_owned() });
        self
    }

    /// The same with a number that the sentence mentions.
    pub(crate) fn number(mut self, name: &'static str, value: i64) -> Self {
        self.data.push(EventData { name: name.into(), kind: "long".into(), value: value.to_string() });
        self
    }

    /// The sentence with its values.
    pub(crate) fn description(&self) -> String {
        self.data.iter().fold(self.template.clone(), |text, data| {
            text.replace(&format!("{{{}}}", data.name), &data.value)
        })
    }

    /// The values as the API shows them.
    pub(crate) fn data_json(&self) -> Json {
        self.data
            .iter()
            .map(|data| serde_json::json!({"name": data.name, "type": data.kind, "value": data.value}))
            .collect()
    }
}

/// How much an event matters, from little to much.
pub(crate) const LEVELS: &[&str] = &["INFO", "WARNING", "ERROR", "CRITICAL"];
/// Who an event is for.
pub(crate) const VISIBILITIES: &[&str] = &["CUSTOMER", "INFINIDAT"];

impl Record for Event {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |e, _| e.id.into()).listed(),
        Field::<Self>::new("seq_num", NATURAL, |e, _| e.id.into()).listed(),
        Field::<Self>::new("code", TEXT, |e, _| e.code.as_str().into()).listed(),
        Field::<Self>::new("level", Holds::Word(LEVELS), |e, _| e.level.into()).listed(),
        Field::<Self>::new("timestamp", NATURAL, |e, _| e.timestamp.into()).listed(),
        Field::<Self>::new("description", TEXT, |e, _| e.description().into()),
        Field::<Self>::new("description_template", TEXT, |e, _| e.template.as_str().into()),
        Field::<Self>::new("data", Holds::Anything, |e, _| e.data_json().into()),
        Field::<Self>::new("username", TEXT, |e, _| e.username.as_str().into()).listed(),
        Field::<Self>::new("affected_entity_id", NATURAL, |e, _| e.affected_entity_id.into()).listed(),
        Field::<Self>::new("reporter", Holds::Word(&["MGMT", "BLOCK", "CUSTOM", "EXTERNAL"]), |e, _| {
            e.reporter.into()
        })
        .listed(),
        Field::<Self>::new("visibility", Holds::Word(VISIBILITIES), |e, _| e.visibility.into()).listed(),
        Field::<Self>::new("source_node_id", NATURAL, |_, _| 1_i64.into()).listed(),
        Field::<Self>::new("system_version", TEXT, |_, _| super::system::VERSION.into()),
        Field::<Self>::new("tenant_id", NATURAL, |_, _| 1_i64.into()),
    ];
}

impl Entity for Event {
    const NOUN: &'static str = "Event";
    const NOT_FOUND: &'static str = "EVENT_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.events.events
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.events.events
    }
}

/// The events so far, oldest first.
#[derive(Debug, Default)]
pub(crate) struct EventLog {
    pub(crate) events: Table<Event>,
    last_id: i64,
}

impl EventLog {
    /// Writes an event down and gives it its id.
    pub(crate) fn record(&mut self, mut event: Event, username: &str, timestamp: i64) -> i64 {
        self.last_id += 1;
        event.id = self.last_id;
        event.timestamp = timestamp;
        username.clone_into(&mut event.username);
        self.events.insert(event.id, event);
        self.last_id
    }
}
