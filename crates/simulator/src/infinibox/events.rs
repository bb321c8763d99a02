//! What happened on the box: the log behind the events collection.

use serde_json::Value as Json;

use super::entity::Table;

/// One value that an event's sentence mentions.
#[derive(Debug, Clone)]
pub(crate) struct EventData {
    pub(crate) name: &'static str,
    /// `String`, `long` and the like, as the box writes them.
    pub(crate) kind: &'static str,
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
        self.data.push(EventData { name, kind: "String", value: value.to_owned() });
        self
    }

    /// The same with a number that the sentence mentions.
    pub(crate) fn number(mut self, name: &'static str, value: i64) -> Self {
        self.data.push(EventData { name, kind: "long", value: value.to_string() });
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
