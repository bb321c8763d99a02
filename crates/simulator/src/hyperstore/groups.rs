//! Groups.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::body::{Body, Field, Holds, field};
use super::call::{Call, done, page, rows};
use super::fault::Fault;
use super::route::Route;
use super::store::{Group, SYSTEM_GROUP, Store};
use crate::message::Response;

/// The fields that are texts, in the order in which a group shows them.
const TEXTS: &[&str] = &[
    "groupName",
    "ldapGroup",
    "ldapMatchAttribute",
    "ldapSearch",
    "ldapSearchUserBase",
    "ldapServerURL",
    "ldapUserDNTemplate",
];
const ENDPOINTS: [&str; 3] = ["s3endpointshttp", "s3endpointshttps", "s3websiteendpoints"];
/// The longest id and name, in characters.
const MAX_NAME: usize = 64;

const FIELDS: &[Field] = &[
    field("groupId", Holds::Text),
    field("active", Holds::FlagText),
    field("groupName", Holds::Text),
    field("ldapEnabled", Holds::Flag),
    field("ldapGroup", Holds::Text),
    field("ldapMatchAttribute", Holds::Text),
    field("ldapSearch", Holds::Text),
    field("ldapSearchUserBase", Holds::Text),
    field("ldapServerURL", Holds::Text),
    field("ldapUserDNTemplate", Holds::Text),
    field("s3endpointshttp", Holds::Texts),
    field("s3endpointshttps", Holds::Texts),
    field("s3websiteendpoints", Holds::Texts),
];

pub(super) const ROUTES: &[Route] = &[
    Route::get("/group", &["groupId"], read),
    Route::get("/group/list", &["prefix", "limit", "offset"], list),
    Route::put("/group", &[], create).takes(FIELDS),
    Route::post("/group", &[], update).takes(FIELDS),
    Route::delete("/group", &["groupId"], delete),
];

impl Group {
    /// A group with the given id and name, and defaults for the rest.
    pub(super) fn named(id: &str, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            active: true,
            ldap: false,
            texts: BTreeMap::from([("groupName", name.to_owned())]),
            endpoints: [vec!["ALL".to_owned()], vec!["ALL".to_owned()], vec!["ALL".to_owned()]],
            drift: (0, 0),
        }
    }

    fn show(&self) -> Json {
        let mut shown = Map::new();
        shown.insert("active".to_owned(), json!(self.active.to_string()));
        shown.insert("groupId".to_owned(), json!(self.id));
        shown.insert("ldapEnabled".to_owned(), json!(self.ldap));
        for name in TEXTS {
            shown.insert((*name).to_owned(), json!(self.texts.get(name).map_or("", String::as_str)));
        }
        for (name, endpoints) in ENDPOINTS.iter().zip(&self.endpoints) {
            shown.insert((*name).to_owned(), json!(endpoints));
        }
        shown.into()
    }

    /// Takes over the body, which is the whole object: what it leaves out gets its default, except `active`.
    fn fill(&mut self, body: &Body) {
        if let Some(active) = body.flag("active") {
            self.active = active;
        }
        self.ldap = body.flag("ldapEnabled").unwrap_or(false);
        self.texts = TEXTS
            .iter()
            .filter_map(|name| Some((*name, body.text(name).filter(|text| !text.is_empty())?.to_owned())))
            .collect();
        self.endpoints = ENDPOINTS.map(|name| body.texts(name).unwrap_or_else(|| vec!["ALL".to_owned()]));
    }
}

/// Refuses what a group can't be.
fn check(body: &Body, id: &str) -> Result<(), Fault> {
    let text = |name: &str| body.text(name).unwrap_or_default();
    if text("groupName").chars().count() > MAX_NAME {
        return Err(Fault::bad("groupName is longer than 64 characters"));
    }
    let url = text("ldapServerURL");
    if !(url.is_empty() || url.starts_with("ldap://") || url.starts_with("ldaps://")) {
        return Err(Fault::bad("ldapServerURL must begin with ldap:// or ldaps://"));
    }
    let template = text("ldapUserDNTemplate");
    if id == SYSTEM_GROUP && template.starts_with("userPrincipalName=") {
        return Err(Fault::bad("ldapUserDNTemplate of the System Admin group must be a distinguished name"));
    }
    // The documents speak of defaults only; an LDAP without an address couldn't ask anybody.
    if body.flag("ldapEnabled") == Some(true) && url.is_empty() {
        return Err(Fault::missing(&["ldapServerURL"]));
    }
    Ok(())
}

fn read(call: &mut Call<'_>) -> Result<Response, Fault> {
    let group = call.store.groups.get(call.need("groupId")?).ok_or_else(Fault::absent)?;
    Ok(Response::json(200, &group.show()))
}

fn list(call: &mut Call<'_>) -> Result<Response, Fault> {
    let (limit, prefix) = (call.limit()?, call.text("prefix").unwrap_or_default());
    let from = call.text("offset").unwrap_or_default().to_owned();
    let found = call.store.groups.range(from..).map(|(_, group)| group);
    let found = page(found.filter(|group| group.id.starts_with(prefix)), limit, call.resumed());
    Ok(rows(found.into_iter().map(Group::show).collect()))
}

fn create(call: &mut Call<'_>) -> Result<Response, Fault> {
    let id = call.body.need("groupId")?;
    let fits = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if id.len() > MAX_NAME || !id.chars().all(fits) {
        return Err(Fault::bad(format!("Invalid groupId : {id}")));
    }
    check(&call.body, id)?;
    if call.store.groups.contains_key(id) {
        return Err(Fault::conflict("Unique constraint violated : {groupId}"));
    }
    let mut group = Group::named(id, "");
    group.fill(&call.body);
    call.store.groups.insert(id.to_owned(), group);
    Ok(done())
}

fn update(call: &mut Call<'_>) -> Result<Response, Fault> {
    let id = call.body.need("groupId")?;
    check(&call.body, id)?;
    let group = call.store.groups.get_mut(id).ok_or_else(unknown)?;
    group.fill(&call.body);
    Ok(done())
}

fn delete(call: &mut Call<'_>) -> Result<Response, Fault> {
    let id = call.need("groupId")?;
    known(call.store, id)?;
    // The documents don't say so, but the system can't be without its administrators.
    if id == SYSTEM_GROUP || call.store.members(id, "").next().is_some() {
        return Err(Fault::conflict("Cannot delete. Group is not empty : {groupId}"));
    }
    call.store.groups.remove(id);
    call.store.assigned.retain(|(group, _, _), _| group != id);
    call.store.qos.retain(|(_, group, _), _| group != id);
    Ok(done())
}

fn unknown() -> Fault {
    Fault::bad("Group does not exist : {groupId}")
}

/// Refuses a group that there isn't.
///
/// # Errors
///
/// 400 if there is none of that id.
pub(super) fn known(store: &Store, id: &str) -> Result<(), Fault> {
    if store.groups.contains_key(id) { Ok(()) } else { Err(unknown()) }
}
