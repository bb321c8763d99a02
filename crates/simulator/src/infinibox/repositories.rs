//! Users repositories: the directories (LDAP or Active Directory) whose groups may sign in, asked in their order.

use serde_json::{Map, Value as Json};

use super::array::Array;
use super::call::{Call, get, list};
use super::entity::{Entity, Record, Table};
use super::events::Event;
use super::fault::Fault;
use super::field::{Field, Holds, INTEGER, NATURAL, TEXT};
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;
use super::users::groups::Source;

mod probe;
#[cfg(test)]
mod tests;
mod write;

/// The operations of users repositories. The document names no roles for the tests; they are those of the changes.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("config/ldap", list::<Repository>),
    Route::post("config/ldap", Roles::ADMIN, write::create),
    Route::post("config/ldap/test", Roles::ADMIN, probe::unsaved),
    Route::post("config/ldap/resolve_domain", Roles::ADMIN, probe::resolve_domain),
    Route::post("config/ldap/set_order", Roles::ADMIN, set_order),
    Route::post("config/ldap/reload", Roles::ADMIN, reload),
    Route::get("config/ldap/{id}", get::<Repository>),
    Route::put("config/ldap/{id}", Roles::ADMIN, write::update),
    Route::delete("config/ldap/{id}", Roles::ADMIN, write::delete),
    Route::post("config/ldap/{id}/test", Roles::ADMIN, probe::saved),
    Route::post("config/ldap/{id}/test_group", Roles::ADMIN, probe::group),
];

/// What stands for the local users in the order of the repositories.
const LOCAL_USERS: i64 = -1;

/// The sorts of directory.
const TYPES: &[&str] = &["ActiveDirectory", "LDAP"];

/// The parts of a schema and what they are unless said otherwise.
const SCHEMA: &[(&str, &str)] = &[
    ("username_attribute", "sAMAccountName"),
    ("user_class", "user"),
    ("group_class", "group"),
    ("group_name_attribute", "cn"),
    ("group_memberof_attribute", "memberof"),
    ("users_basedn", ""),
    ("groups_basedn", ""),
];

/// A directory. Its password is checked and forgotten: nobody can read it, and no directory is ever asked.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// Whether it is an Active Directory, which is found by its domain; others are found by their servers.
    pub(crate) active_directory: bool,
    pub(crate) domain_name: Option<String>,
    pub(crate) servers: Option<Vec<String>>,
    pub(crate) port: i64,
    pub(crate) encrypted: bool,
    pub(crate) bind_username: String,
    /// Every part of [`SCHEMA`].
    pub(crate) schema: Map<String, Json>,
    /// The smaller, the earlier it is asked.
    pub(crate) search_order: i64,
}

impl Repository {
    /// An Active Directory with the usual settings.
    pub(crate) fn active_directory(id: i64, name: &str, domain: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            active_directory: true,
            domain_name: Some(domain.to_owned()),
            servers: None,
            port: 636,
            encrypted: true,
            bind_username: "svc-storage".to_owned(),
            schema: default_schema(),
            search_order: 0,
        }
    }

    /// A part of its schema.
    fn part(&self, name: &str) -> &str {
        self.schema.get(name).and_then(Json::as_str).unwrap_or_default()
    }
}

fn default_schema() -> Map<String, Json> {
    SCHEMA.iter().map(|(name, value)| ((*name).to_owned(), Json::from(*value))).collect()
}

impl Record for Repository {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new("id", NATURAL, |r, _| r.id.into()),
        Field::<Self>::new("name", Holds::Name, |r, _| r.name.as_str().into()).required().update(),
        Field::<Self>::new("repository_type", Holds::Word(TYPES), |r, _| {
            if r.active_directory { "ActiveDirectory" } else { "LDAP" }.into()
        })
        .create(),
        Field::<Self>::new("domain_name", Holds::Text(0, 255), |r, _| r.domain_name.as_deref().into())
            .create()
            .update()
            .nullable(),
        Field::<Self>::new("servers", Holds::Anything, |r, _| Json::from(r.servers.clone()).into())
            .create()
            .update()
            .nullable(),
        Field::<Self>::new("ldap_port", Holds::Integer(1, 65_535), |r, _| r.port.into()).create().update(),
        Field::<Self>::new("use_ldaps", Holds::Boolean, |r, _| r.encrypted.into()).create().update(),
        Field::<Self>::new("bind_username", TEXT, |r, _| r.bind_username.as_str().into()).required().update(),
        Field::<Self>::write_only("bind_password", TEXT).required().update(),
        Field::<Self>::new("schema_definition", Holds::Anything, |r, _| Json::from(r.schema.clone()).into())
            .create()
            .update(),
        Field::<Self>::new("search_order", INTEGER, |r, _| r.search_order.into()),
    ];
}

impl Entity for Repository {
    const NOUN: &'static str = "Users repository";
    const NOT_FOUND: &'static str = "USERS_REPOSITORY_NOT_FOUND";

    fn table(array: &Array) -> &Table<Self> {
        &array.repositories
    }

    fn table_mut(array: &mut Array) -> &mut Table<Self> {
        &mut array.repositories
    }
}

/// How many groups come from the directory or the identity provider of that id.
pub(crate) fn groups_of(array: &Array, source: Source, id: i64) -> usize {
    array.user_groups.values().filter(|group| group.source == source && group.directory_id == id).count()
}

/// Takes the groups away that come from the directory or the identity provider of that id.
pub(crate) fn remove_groups_of(array: &mut Array, source: Source, id: i64) {
    array.user_groups.retain(|_, group| group.source != source || group.directory_id != id);
}

/// Orders the repositories as the body lists their ids; those that it leaves out stay behind in their old order.
fn set_order(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let json = call.json()?;
    let list = json.as_array().ok_or_else(|| Fault::malformed_content("a list of ids is expected"))?;
    if list.is_empty() {
        return Err(Fault::missing_content());
    }
    let mut order = Vec::new();
    for value in list {
        let id =
            value.as_i64().ok_or_else(|| Fault::malformed_parameter(&value.to_string(), "a whole number"))?;
        if order.contains(&id) {
            return Err(Fault::bad("LDAP_LIST_NOT_UNIQUE", format!("Id {id} is in the list more than once")));
        }
        if id != LOCAL_USERS {
            Repository::find(call.array, id)?;
        }
        order.push(id);
    }
    let mut rest: Vec<(i64, i64)> =
        call.array.repositories.values().map(|repository| (repository.search_order, repository.id)).collect();
    rest.retain(|(_, id)| !order.contains(id));
    rest.sort_unstable();
    order.extend(rest.into_iter().map(|(_, id)| id));
    for (place, id) in (0..).zip(order) {
        if let Some(repository) = call.array.repositories.get_mut(&id) {
            repository.search_order = place;
        }
    }
    call.event(Event::info("LDAP_ORDER_CHANGED", "The order of the users repositories was changed"));
    Ok(Reply::result(true))
}

/// Has the box read its settings for signing in again, which changes nothing here.
fn reload(call: &mut Call<'_>) -> Result<Reply, Fault> {
    call.event(Event::info("LDAP_RELOADED", "The services for signing in were refreshed"));
    Ok(Reply::result(Json::Null))
}
