//! Volume connectors and volume targets.

use serde_json::{Map, Value as Json, json};

use super::fault::Fault;
use super::list::{self, Listing, Row};
use super::query::{self, Query};
use super::schema::{Holds, Shape};
use super::service::{Collection, Item, Node, Service, is_uuid};
use super::{Call, links, only, patch, time};
use crate::message::{Method, Response};

/// What stands in place of a password.
const MASK: &str = "******";

/// The states of a node that isn't in use, so that its volumes may be deleted whatever its power.
const UNUSED: &[&str] = &["available", "enroll", "manageable", "adopt failed"];

impl Row for Item {
    fn id(&self) -> i64 {
        self.id
    }

    fn uuid(&self) -> &str {
        &self.uuid
    }

    fn read(&self, service: &Service, name: &str) -> Json {
        match name {
            "id" => json!(self.id),
            "uuid" => json!(self.uuid),
            "node_id" => json!(self.node_id),
            "node_uuid" => json!(service.nodes.get(&self.node_id).map(|node| &node.uuid)),
            "created_at" => json!(time::text(self.created_at)),
            "updated_at" => json!(self.updated_at.map(time::text)),
            "properties" => self.values.get(name).map(masked).unwrap_or_default(),
            _ => self.values.get(name).cloned().unwrap_or_default(),
        }
    }
}

/// Properties without their passwords.
fn masked(properties: &Json) -> Json {
    let Json::Object(properties) = properties else { return properties.clone() };
    let hide = |(key, value): (&String, &Json)| {
        let lower = key.to_ascii_lowercase();
        let secret = ["password", "secret", "token"].iter().any(|word| lower.contains(word));
        (key.clone(), if secret { json!(MASK) } else { masked(value) })
    };
    properties.iter().map(hide).collect::<Map<_, _>>().into()
}

impl Service {
    /// The collection of that name.
    fn collection(&self, plural: &str) -> Result<&Collection, Fault> {
        [&self.connectors, &self.targets]
            .into_iter()
            .find(|collection| collection.shape.plural == plural)
            .ok_or_else(Fault::no_route)
    }

    fn collection_mut(&mut self, plural: &str) -> Result<&mut Collection, Fault> {
        [&mut self.connectors, &mut self.targets]
            .into_iter()
            .find(|collection| collection.shape.plural == plural)
            .ok_or_else(Fault::no_route)
    }
}

/// Finds the operation of a path below `/v1/volume`.
pub(super) fn route(call: &mut Call<'_>, rest: &[&str]) -> Result<Response, Fault> {
    match rest {
        [] => only(call, &[Method::Get]).map(|()| links::volume(call)),
        [plural] => {
            let shape = call.service.collection(plural)?.shape;
            match call.request.method {
                Method::Get => page(call, shape, None),
                Method::Post => create(call, shape),
                Method::Patch | Method::Delete => {
                    Err(Fault::bad(format!("Missing mandatory parameter: {}", shape.argument)))
                }
                Method::Put => Err(Fault::other_method(&[Method::Get, Method::Post])),
            }
        }
        [plural, uuid] => {
            let shape = call.service.collection(plural)?.shape;
            only(call, &[Method::Get, Method::Patch, Method::Delete])?;
            if !is_uuid(uuid) {
                return Err(Fault::bad(format!("Expected UUID for {}: {uuid}", shape.argument)));
            }
            match call.request.method {
                Method::Patch => update(call, shape, uuid),
                Method::Delete => delete(call, shape, uuid),
                _ => show(call, shape, uuid),
            }
        }
        _ => Err(Fault::no_route()),
    }
}

/// The node of a nested path, which takes UUIDs only.
pub(super) fn node<'a>(call: &'a Call<'_>, ident: &str) -> Result<&'a Node, Fault> {
    call.service.node(ident).ok_or_else(|| Fault::absent(format!("Node {ident} could not be found.")))
}

/// The list of one node's connectors or targets.
pub(super) fn of_node(call: &Call<'_>, ident: &str, plural: &str) -> Result<Response, Fault> {
    let shape = call.service.collection(plural)?.shape;
    only(call, &[Method::Get])?;
    let node_id = node(call, ident)?.id;
    page(call, shape, Some(node_id))
}

fn listing(shape: &'static Shape) -> Listing {
    Listing {
        path: if shape.plural == "connectors" { "volume/connectors" } else { "volume/targets" },
        plural: shape.plural,
        title: shape.title,
        brief: shape.brief.to_vec(),
        fields: shape.fields.to_vec(),
    }
}

fn page(call: &Call<'_>, shape: &'static Shape, node_id: Option<i64>) -> Result<Response, Fault> {
    let further: &[&str] = if node_id.is_some() { &[] } else { &["node"] };
    let query = Query::read(call.request, shape.fields, shape.sortable, further)?;
    let node_id = match call.request.parameter("node") {
        Some(ident) => Some(call.service.node_by_ident(ident)?.id),
        None => node_id,
    };
    let rows = call.service.collection(shape.plural)?.items.values();
    list::page(call, &listing(shape), &query, rows, |item: &Item| {
        node_id.is_none_or(|node_id| item.node_id == node_id)
    })
}

fn show(call: &Call<'_>, shape: &'static Shape, uuid: &str) -> Result<Response, Fault> {
    query::known(call.request, &["fields"])?;
    let fields = query::selection(call.request, shape.fields)?;
    let item = call.service.collection(shape.plural)?.find(uuid)?;
    let base = call.base();
    let path = listing(shape).path;
    let body = match fields {
        Some(fields) => {
            list::record(call.service, item, &base, path, fields.iter().filter(|name| *name != "links"))
        }
        None => list::record(call.service, item, &base, path, shape.fields),
    };
    Ok(Response::json(200, &body))
}

/// The body as an object.
pub(super) fn body(call: &Call<'_>) -> Result<Map<String, Json>, Fault> {
    match json_body(call)? {
        Json::Object(body) => Ok(body),
        other => Err(Fault::bad(format!("Schema error for body: {other} is not of type 'object'"))),
    }
}

/// The body as JSON. Only the JSON types are read at all, and malformed text breaks the real service.
fn json_body(call: &Call<'_>) -> Result<Json, Fault> {
    let kind = call.request.header_value("content-type").unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    if !matches!(kind, "application/json" | "application/json-patch+json") {
        return Err(Fault::bad("Unexpected arguments: body"));
    }
    serde_json::from_slice(&call.request.body).map_err(|error| Fault::broken(error.to_string()))
}

fn create(call: &mut Call<'_>, shape: &'static Shape) -> Result<Response, Fault> {
    call.allow("baremetal:volume:create")?;
    query::known(call.request, &[])?;
    let body = body(call)?;
    let values = shape.values(&body)?;
    let node_id = node_of(call.service, body.get("node_uuid"))?;
    let uuid = match body.get("uuid") {
        None | Some(Json::Null) => call.service.new_uuid(),
        Some(Json::String(uuid)) if is_uuid(uuid) => uuid.to_ascii_lowercase(),
        Some(other) => return Err(Fault::bad(format!("Expected UUID for uuid: {}", bare(other)))),
    };
    let created_at = call.service.clock.now();
    let item = Item { id: 0, uuid, node_id, values, created_at, updated_at: None };
    let collection = call.service.collection_mut(shape.plural)?;
    unique(collection, &item)?;
    let uuid = item.uuid.clone();
    collection.insert(item);
    let shown = call.service.collection(shape.plural)?.find(&uuid)?;
    let (base, path) = (call.base(), listing(shape).path);
    let body = list::record(call.service, shown, &base, path, shape.fields);
    Ok(Response::json(201, &body).header("location", &format!("{base}/v1/{path}/{uuid}")))
}

fn update(call: &mut Call<'_>, shape: &'static Shape, uuid: &str) -> Result<Response, Fault> {
    call.allow("baremetal:volume:update")?;
    query::known(call.request, &[])?;
    let changes = patch::read(shape, &json_body(call)?)?;
    let old = call.service.collection(shape.plural)?.find(uuid)?.clone();
    let mut document = old.values.clone();
    document.insert("node_uuid".to_owned(), old.read(call.service, "node_uuid"));
    patch::apply(shape, &mut document, changes)?;
    let values = shape.values(&document)?;
    let node_id = node_of(call.service, document.get("node_uuid"))?;
    let node = call.service.nodes.get(&old.node_id);
    if let Some(node) = node {
        node.unlocked()?;
        if node.power_state != Some("power off") {
            return Err(wrong_state(shape, "update", node));
        }
    }
    let mut new = Item { values, node_id, ..old.clone() };
    unique(call.service.collection(shape.plural)?, &new)?;
    if new.values != old.values || new.node_id != old.node_id {
        new.updated_at = Some(call.service.clock.now());
        call.service.collection_mut(shape.plural)?.items.insert(new.id, new);
    }
    let shown = call.service.collection(shape.plural)?.find(uuid)?;
    let body = list::record(call.service, shown, &call.base(), listing(shape).path, shape.fields);
    Ok(Response::json(200, &body))
}

fn delete(call: &mut Call<'_>, shape: &'static Shape, uuid: &str) -> Result<Response, Fault> {
    call.allow("baremetal:volume:delete")?;
    query::known(call.request, &[])?;
    let item = call.service.collection(shape.plural)?.find(uuid)?;
    let id = item.id;
    if let Some(node) = call.service.nodes.get(&item.node_id) {
        node.unlocked()?;
        if node.power_state != Some("power off") && !UNUSED.contains(&node.provision_state) {
            return Err(wrong_state(shape, "deletion", node));
        }
    }
    call.service.collection_mut(shape.plural)?.items.remove(&id);
    Ok(Response::empty(204))
}

fn wrong_state(shape: &Shape, action: &str, node: &Node) -> Fault {
    Fault::bad(format!(
        "The requested action \"volume {} {action}\" can not be performed on node \"{}\" while it is in state \"{}\".",
        shape.singular,
        node.uuid,
        node.power_state.unwrap_or("None")
    ))
}

/// The row number of the node that a body names.
fn node_of(service: &Service, uuid: Option<&Json>) -> Result<i64, Fault> {
    match uuid {
        Some(Json::String(uuid)) if is_uuid(uuid) => {
            service.node(&uuid.to_ascii_lowercase()).map(|node| node.id).ok_or_else(|| {
                Fault::bad(format!("Invalid input for field/attribute node_uuid. Value: '{uuid}'. "))
            })
        }
        other => Err(Fault::bad(format!(
            "Expected UUID for node_uuid: {}",
            other.map_or_else(|| "None".to_owned(), bare)
        ))),
    }
}

/// Refuses what the collection holds already.
fn unique(collection: &Collection, item: &Item) -> Result<(), Fault> {
    let others = || collection.items.values().filter(|other| other.id != item.id);
    let shape = collection.shape;
    if others().any(|other| other.uuid == item.uuid) {
        return Err(Fault::conflict(format!(
            "A {} with UUID {} already exists.",
            shape.title.to_ascii_lowercase(),
            item.uuid
        )));
    }
    let same = |other: &Item, name: &str| other.values.get(name) == item.values.get(name);
    let value = |name: &str| item.values.get(name).map(bare).unwrap_or_default();
    if shape.attribute("boot_index").is_some_and(|attribute| attribute.holds == Holds::Integer) {
        if others().any(|other| other.node_id == item.node_id && same(other, "boot_index")) {
            return Err(Fault::conflict(format!(
                "A volume target with boot index '{}' for the same node already exists.",
                value("boot_index")
            )));
        }
    } else if others().any(|other| same(other, "type") && same(other, "connector_id")) {
        return Err(Fault::conflict(format!(
            "A volume connector with type {} and connector ID {} already exists.",
            value("type"),
            value("connector_id")
        )));
    }
    Ok(())
}

/// A value as messages show it: text without quotation marks.
fn bare(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
