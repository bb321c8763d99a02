//! What connectors and targets consist of, and the check of what a client wants to put into them.

use serde_json::{Map, Value as Json, json};

use super::fault::Fault;

/// What an attribute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Text of at most so many characters; which words make sense is not the service's concern.
    Text(usize),
    /// A whole number.
    Integer,
    /// An object of the client's own.
    Object,
}

/// One attribute that clients may set.
pub(super) struct Attribute {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
}

impl Attribute {
    /// Whether a record can't be without it.
    pub(super) fn mandatory(&self) -> bool {
        self.holds != Holds::Object
    }
}

/// What sets connectors and targets apart.
pub(super) struct Shape {
    /// The last segment of the collection's path, and the list's name in the body.
    pub(super) plural: &'static str,
    /// The name of one in messages about bodies.
    pub(super) singular: &'static str,
    /// The name of one in other messages.
    pub(super) title: &'static str,
    /// The name of the path's argument.
    pub(super) argument: &'static str,
    /// What clients may set, besides `uuid` and `node_uuid`.
    pub(super) attributes: &'static [Attribute],
    /// The fields of a list without `detail` and `fields`.
    pub(super) brief: &'static [&'static str],
    /// Every field, without the links.
    pub(super) fields: &'static [&'static str],
    /// What a list may be sorted by.
    pub(super) sortable: &'static [&'static str],
}

const fn text(name: &'static str, longest: usize) -> Attribute {
    Attribute { name, holds: Holds::Text(longest) }
}

const fn object(name: &'static str) -> Attribute {
    Attribute { name, holds: Holds::Object }
}

/// The initiators of nodes.
pub(super) const CONNECTOR: Shape = Shape {
    plural: "connectors",
    singular: "connector",
    title: "Volume connector",
    argument: "connector_uuid",
    attributes: &[text("type", 32), text("connector_id", 255), object("extra")],
    brief: &["uuid", "node_uuid", "type", "connector_id"],
    fields: &["uuid", "node_uuid", "type", "connector_id", "extra", "created_at", "updated_at"],
    sortable: &["id", "uuid", "node_id", "type", "connector_id", "created_at", "updated_at"],
};

/// The volumes that nodes attach.
pub(super) const TARGET: Shape = Shape {
    plural: "targets",
    singular: "target",
    title: "Volume target",
    argument: "target_uuid",
    attributes: &[
        text("volume_type", 64),
        text("volume_id", 36),
        Attribute { name: "boot_index", holds: Holds::Integer },
        object("properties"),
        object("extra"),
    ],
    brief: &["uuid", "node_uuid", "volume_type", "boot_index", "volume_id"],
    fields: &[
        "uuid",
        "node_uuid",
        "volume_type",
        "volume_id",
        "boot_index",
        "properties",
        "extra",
        "created_at",
        "updated_at",
    ],
    sortable: &[
        "id",
        "uuid",
        "node_id",
        "volume_type",
        "volume_id",
        "boot_index",
        "created_at",
        "updated_at",
    ],
};

impl Shape {
    /// The attribute of that name.
    pub(super) fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The refusal of a body.
    pub(super) fn refuse(&self, why: impl std::fmt::Display) -> Fault {
        Fault::bad(format!("Schema error for {}: {why}", self.singular))
    }

    /// The attributes of a body, in the form in which they are stored. `body` may hold `uuid` and `node_uuid` too.
    ///
    /// # Errors
    ///
    /// 400 for unknown, missing and mistyped attributes, 500 for numbers that the database can't take.
    pub(super) fn values(&self, body: &Map<String, Json>) -> Result<Map<String, Json>, Fault> {
        let unknown = body
            .keys()
            .find(|name| !matches!(name.as_str(), "uuid" | "node_uuid") && self.attribute(name).is_none());
        if let Some(name) = unknown {
            let why = format!("Additional properties are not allowed ('{name}' was unexpected)");
            return Err(self.refuse(why));
        }
        if !body.contains_key("node_uuid") {
            return Err(self.refuse("'node_uuid' is a required property"));
        }
        let mut values = Map::new();
        for attribute in self.attributes {
            let value = match body.get(attribute.name) {
                Some(value) => self.value(attribute, value)?,
                None if attribute.mandatory() => {
                    return Err(self.refuse(format!("'{}' is a required property", attribute.name)));
                }
                None => json!({}),
            };
            values.insert(attribute.name.to_owned(), value);
        }
        Ok(values)
    }

    fn value(&self, attribute: &Attribute, value: &Json) -> Result<Json, Fault> {
        match (attribute.holds, value) {
            (Holds::Text(longest), Json::String(text)) => {
                if text.chars().count() > longest {
                    return Err(self.refuse(format!("'{text}' is too long")));
                }
                Ok(value.clone())
            }
            (Holds::Text(_), _) => Err(self.refuse(format!("{value} is not of type 'string'"))),
            (Holds::Object, Json::Object(_)) => Ok(value.clone()),
            (Holds::Object, Json::Null) => Ok(json!({})),
            (Holds::Object, _) => Err(self.refuse(format!("{value} is not of type 'object', 'null'"))),
            (Holds::Integer, Json::Number(number)) => self.integer(number),
            (Holds::Integer, _) => Err(self.refuse(format!("{value} is not of type 'integer'"))),
        }
    }

    /// A number without a fraction, however it was written.
    fn integer(&self, number: &serde_json::Number) -> Result<Json, Fault> {
        if let Some(whole) = number.as_i64() {
            return Ok(json!(whole));
        }
        let text = number.as_f64().filter(|float| float.fract() == 0.0).map(|float| format!("{float:.0}"));
        match text.map(|text| text.parse::<i64>()) {
            Some(Ok(whole)) => Ok(json!(whole)),
            // The schema lets every whole number through, and then the database can't store it.
            Some(Err(_too_large)) => Err(Fault::broken(format!("The database cannot store {number}"))),
            None => Err(self.refuse(format!("{number} is not of type 'integer'"))),
        }
    }
}
