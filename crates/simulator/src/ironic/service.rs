//! The state of one service.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::fault::Fault;
use super::schema::Shape;
use super::time;
use crate::clock::Clock;
use crate::random::Random;
pub(super) use crate::uuid::{is as is_uuid, of as uuid_of};

/// The conductor that locks nodes while it works on them.
pub(super) const CONDUCTOR: &str = "conductor-a";

/// The state.
pub(super) struct Service {
    pub(super) clock: Clock,
    pub(super) random: Random,
    /// The most rows of a page, and how many a page has if nobody asks for fewer.
    pub(super) max_limit: usize,
    /// How long a change of a node's state takes, in milliseconds.
    pub(super) busy_millis: i64,
    pub(super) nodes: BTreeMap<i64, Node>,
    pub(super) connectors: Collection,
    pub(super) targets: Collection,
}

/// A bare metal machine.
pub(super) struct Node {
    /// The number of the row in the service's database, by which lists are sorted.
    pub(super) id: i64,
    pub(super) uuid: String,
    pub(super) name: String,
    /// `None` until somebody has set or read it.
    pub(super) power_state: Option<&'static str>,
    pub(super) provision_state: &'static str,
    pub(super) instance_uuid: Option<String>,
    pub(super) maintenance_reason: Option<&'static str>,
    pub(super) resource_class: &'static str,
    pub(super) properties: Json,
    pub(super) extra: Json,
    /// The change that the conductor works on; the node is locked meanwhile.
    pub(super) change: Option<Change>,
    pub(super) created_at: i64,
    pub(super) updated_at: Option<i64>,
}

/// A change of a node's state that takes its time.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) power: Option<&'static str>,
    pub(super) provision: Option<&'static str>,
    /// When it is done, in milliseconds since 1970.
    pub(super) done_at: i64,
}

/// The connectors or the targets.
pub(super) struct Collection {
    pub(super) shape: &'static Shape,
    pub(super) items: BTreeMap<i64, Item>,
    pub(super) last_id: i64,
}

/// One connector or target.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) id: i64,
    pub(super) uuid: String,
    /// The row number of its node.
    pub(super) node_id: i64,
    /// The values of its shape's attributes.
    pub(super) values: Map<String, Json>,
    pub(super) created_at: i64,
    pub(super) updated_at: Option<i64>,
}

impl Service {
    /// Ends the changes whose time has come.
    pub(super) fn settle(&mut self) {
        let now = self.clock.now();
        for node in self.nodes.values_mut() {
            let Some(change) = node.change.take_if(|change| change.done_at <= now) else { continue };
            if let Some(power) = change.power {
                node.power_state = Some(power);
            }
            if let Some(provision) = change.provision {
                node.provision_state = provision;
            }
            node.updated_at = Some(change.done_at);
        }
    }

    /// A UUID that nothing has yet.
    pub(super) fn new_uuid(&mut self) -> String {
        uuid_of(self.random.next(), self.random.next())
    }

    /// The node of that UUID.
    pub(super) fn node(&self, uuid: &str) -> Option<&Node> {
        self.nodes.values().find(|node| node.uuid == uuid)
    }

    /// The node of that UUID or name.
    ///
    /// # Errors
    ///
    /// 404 if there is none.
    pub(super) fn node_by_ident(&self, ident: &str) -> Result<&Node, Fault> {
        self.nodes
            .values()
            .find(|node| node.uuid == ident || node.name == ident)
            .ok_or_else(|| Fault::absent(format!("Node {ident} could not be found.")))
    }
}

impl Collection {
    pub(super) fn new(shape: &'static Shape) -> Self {
        Self { shape, items: BTreeMap::new(), last_id: 0 }
    }

    /// Adds an item, whose row number the collection gives.
    pub(super) fn insert(&mut self, mut item: Item) -> i64 {
        self.last_id += 1;
        item.id = self.last_id;
        self.items.insert(self.last_id, item);
        self.last_id
    }

    /// The item of that UUID.
    ///
    /// # Errors
    ///
    /// 404 if there is none.
    pub(super) fn find(&self, uuid: &str) -> Result<&Item, Fault> {
        self.items
            .values()
            .find(|item| item.uuid == uuid)
            .ok_or_else(|| Fault::absent(format!("{} {uuid} could not be found.", self.shape.title)))
    }
}

impl Node {
    /// Refuses whatever needs the node while the conductor works on it.
    ///
    /// # Errors
    ///
    /// 409 while the node is locked.
    pub(super) fn unlocked(&self) -> Result<(), Fault> {
        match self.change {
            None => Ok(()),
            Some(_) => Err(Fault::conflict(format!(
                "Node {} is locked by host {CONDUCTOR}, please retry after the current operation is completed.",
                self.uuid
            ))),
        }
    }

    /// One field of the node as JSON; null for unknown names.
    pub(super) fn read(&self, name: &str) -> Json {
        match name {
            "id" => json!(self.id),
            "uuid" => json!(self.uuid),
            "name" => json!(self.name),
            "power_state" => json!(self.power_state),
            "target_power_state" => json!(self.change.as_ref().and_then(|change| change.power)),
            "provision_state" => json!(self.provision_state),
            "target_provision_state" => json!(self.change.as_ref().and_then(|change| change.provision)),
            "instance_uuid" => json!(self.instance_uuid),
            "maintenance" => json!(self.maintenance_reason.is_some()),
            "maintenance_reason" => json!(self.maintenance_reason),
            "reservation" => json!(self.change.as_ref().map(|_| CONDUCTOR)),
            "driver" => json!("redfish"),
            "storage_interface" => json!("cinder"),
            "resource_class" => json!(self.resource_class),
            "properties" => self.properties.clone(),
            "extra" => self.extra.clone(),
            "created_at" => json!(time::text(self.created_at)),
            "updated_at" => json!(self.updated_at.map(time::text)),
            _ => Json::Null,
        }
    }
}
