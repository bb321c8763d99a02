//! Users: accounts that own buckets and keys.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::body::{Body, Field, Holds, field};
use super::call::{Call, done, page, rows};
use super::fault::Fault;
use super::route::Route;
use super::store::{Role, SYSTEM_GROUP, State, Store, User};
use super::time;
use crate::message::Response;

mod password;
mod rules;

/// The fields that are texts without meaning for the service.
const TEXTS: &[&str] = &[
    "address1",
    "address2",
    "city",
    "country",
    "emailAddr",
    "fileEndpoints",
    "fullName",
    "phone",
    "state",
    "website",
    "zip",
];

const FIELDS: &[Field] = &[
    field("userId", Holds::Text),
    field("groupId", Holds::Text),
    field("userType", Holds::Choice(Role::NAMES)),
    field("canonicalUserId", Holds::Text),
    field("active", Holds::FlagText),
    field("ldapEnabled", Holds::Flag),
    field("fullName", Holds::Text),
    field("emailAddr", Holds::Text),
    field("address1", Holds::Text),
    field("address2", Holds::Text),
    field("city", Holds::Text),
    field("state", Holds::Text),
    field("zip", Holds::Text),
    field("country", Holds::Text),
    field("phone", Holds::Text),
    field("website", Holds::Text),
    field("fileEndpoints", Holds::Text),
];

/// The parameters that name one user.
pub(super) const USER: &[&str] = &["userId", "groupId", "canonicalUserId"];

pub(super) const ROUTES: &[Route] = &[
    Route::get("/user", USER, read),
    Route::get(
        "/user/list",
        &["groupId", "userType", "userStatus", "prefix", "limit", "offset", "extended"],
        list,
    ),
    Route::put("/user", &[], create).takes(FIELDS),
    Route::post("/user", &[], update).takes(FIELDS),
    Route::delete("/user", USER, delete),
    Route::delete("/user/deleted", &["canonicalUserId", "groupId"], purge),
    Route::get("/user/islocked", USER, password::is_locked),
    Route::post("/user/unlock", USER, password::unlock),
    Route::post("/user/password", &["userId", "groupId", "password", "oldpassword"], password::set),
    // The canonical id is in the text about it only.
    Route::get(
        "/user/password/verify",
        &["userId", "groupId", "password", "canonicalUserId"],
        password::verify,
    ),
];

impl User {
    /// A user with defaults for everything that isn't given.
    pub(super) fn named(id: &str, group: &str, canonical: String, role: Role) -> Self {
        Self {
            id: id.to_owned(),
            group: group.to_owned(),
            canonical,
            role,
            state: State::Active,
            ldap: false,
            texts: BTreeMap::new(),
            password: None,
            failures: 0,
            locked_until: 0,
            iam_users: Vec::new(),
            buckets: Vec::new(),
            drift: (0, 0),
        }
    }

    fn show(&self) -> Map<String, Json> {
        let mut shown = Map::new();
        shown.insert("active".to_owned(), json!((self.state == State::Active).to_string()));
        shown.insert("canonicalUserId".to_owned(), json!(self.canonical));
        shown.insert("groupId".to_owned(), json!(self.group));
        shown.insert("ldapEnabled".to_owned(), json!(self.ldap));
        shown.insert("userId".to_owned(), json!(self.id));
        shown.insert("userType".to_owned(), json!(self.role.name()));
        for name in TEXTS {
            shown.insert((*name).to_owned(), json!(self.texts.get(name).map_or("", String::as_str)));
        }
        shown
    }

    /// Takes over the body, which is the whole object: what it leaves out becomes empty, except `active`.
    fn fill(&mut self, body: &Body) {
        self.ldap = body.flag("ldapEnabled").unwrap_or(false);
        self.texts = TEXTS
            .iter()
            .filter_map(|name| Some((*name, body.text(name).filter(|text| !text.is_empty())?.to_owned())))
            .collect();
        match body.flag("active") {
            Some(true) => self.state = State::Active,
            Some(false) => self.state = State::Inactive,
            None => {}
        }
    }
}

fn read(call: &mut Call<'_>) -> Result<Response, Fault> {
    let canonical = call.user()?.ok_or_else(Fault::absent)?;
    let user = call.store.users.get(&canonical).ok_or_else(Fault::absent)?;
    Ok(Response::json(200, &user.show().into()))
}

fn list(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.require(&["groupId", "userType", "userStatus"])?;
    let (group, prefix) = (call.need("groupId")?, call.text("prefix").unwrap_or_default());
    let role: fn(Role) -> bool = match call.need("userType")? {
        "admin" => |role| role != Role::User,
        "user" => |role| role == Role::User,
        "all" => |_| true,
        _ => return Err(Fault::bad("Invalid parameter {userType} : it must be one of {admin, user, all}")),
    };
    let state: fn(State) -> bool = match call.need("userStatus")? {
        "active" => |state| state == State::Active,
        "inactive" => |state| state == State::Inactive,
        "deleting" => |state| matches!(state, State::Deleting(_)),
        "deleted" => |state| state == State::Deleted,
        // Everybody, but not who is gone or going.
        "all" => |state| matches!(state, State::Active | State::Inactive),
        _ => {
            return Err(Fault::bad(
                "Invalid parameter {userStatus} : it must be one of {active, inactive, all}",
            ));
        }
    };
    let (limit, extended) = (call.limit()?, call.flag("extended", false)?);
    let from = call.text("offset").unwrap_or_default();
    let store = &*call.store;
    let wanted = |user: &&User| user.id.starts_with(prefix) && role(user.role) && state(user.state);
    let found = if call.text("userStatus") == Some("deleted") {
        let mut gone: Vec<&User> =
            store.users.values().filter(|user| user.group == group && user.id.as_str() >= from).collect();
        gone.sort_by(|one, other| one.id.cmp(&other.id));
        page(gone.into_iter().filter(wanted), limit, call.resumed())
    } else {
        page(store.members(group, from).filter(wanted), limit, call.resumed())
    };
    Ok(rows(found.into_iter().map(|user| show(store, user, extended)).collect()))
}

/// A row of the list. The documents say what `extended` adds, but not what the fields are called: the names are the
/// simulator's.
fn show(store: &Store, user: &User, extended: bool) -> Json {
    let mut shown = user.show();
    if extended {
        let device =
            store.devices.iter().find(|device| device.owner == user.canonical && device.enabled.is_some());
        let locked = user.locked_until > store.clock.now();
        shown.insert("locked".to_owned(), json!(locked));
        let enabled = device.and_then(|device| device.enabled).map(time::iso);
        shown.insert("mfaEnableDate".to_owned(), json!(enabled));
        shown.insert("mfaSerialNumber".to_owned(), json!(device.map(|device| device.serial.as_str())));
    }
    shown.into()
}

fn create(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.body.require(&["userId", "groupId", "userType"])?;
    let (id, group) = (call.body.need("userId")?, call.body.need("groupId")?);
    let role = rules::role(&call.body, group)?;
    if call.body.has("canonicalUserId") {
        return Err(Fault::bad("canonicalUserId is not accepted when a user is created"));
    }
    rules::name(id, role)?;
    rules::texts(&call.body)?;
    super::groups::known(call.store, group)?;
    if call.store.canonical(group, id).is_some() {
        return Err(Fault::conflict("Unique constraint violated : {userId, groupId}"));
    }
    let canonical = call.store.hex(32);
    let mut user = User::named(id, group, canonical.clone(), role);
    // `fileEndpoints` is marked as compulsory, but nothing says what for, no sample has it, and clients that were
    // written against the real service leave it out: without it, it is empty.
    user.fill(&call.body);
    let answer = Response::json(200, &user.show().into());
    call.store.names.insert((group.to_owned(), id.to_owned()), canonical.clone());
    call.store.users.insert(canonical, user);
    call.store.counted_users += 1;
    Ok(answer)
}

fn update(call: &mut Call<'_>) -> Result<Response, Fault> {
    call.body.require(&["userId", "groupId", "userType"])?;
    let (id, group) = (call.body.need("userId")?, call.body.need("groupId")?);
    let role = rules::role(&call.body, group)?;
    rules::texts(&call.body)?;
    let unknown = || Fault::bad("User does not exist : {userId, groupId}");
    let canonical = call.store.canonical(group, id).ok_or_else(unknown)?.to_owned();
    if call.body.text("canonicalUserId").is_some_and(|sent| sent != canonical) {
        return Err(Fault::bad("canonicalUserId cannot be changed"));
    }
    let user = call.store.users.get_mut(&canonical).ok_or_else(unknown)?;
    if matches!(user.state, State::Deleting(_)) {
        return Err(Fault::bad("User is being deleted : {userId, groupId}"));
    }
    if is_default_admin(user) && role != user.role {
        return Err(Fault::bad("The userType of the default administrator cannot be changed"));
    }
    user.role = role;
    user.fill(&call.body);
    Ok(done())
}

/// Whether it is the account that every system starts with.
fn is_default_admin(user: &User) -> bool {
    user.group == SYSTEM_GROUP && user.id == "admin"
}

fn delete(call: &mut Call<'_>) -> Result<Response, Fault> {
    let canonical = call.known_user()?;
    let (now, lasts) = (call.store.clock.now(), call.store.deleting_millis);
    let user = call.store.users.get(&canonical).ok_or_else(Fault::absent)?;
    if !matches!(user.state, State::Active | State::Inactive) {
        return Err(Fault::bad("User does not exist : {userId, groupId}"));
    }
    if is_default_admin(user) {
        return Err(Fault::bad("The default administrator cannot be deleted"));
    }
    // That both stand against it is documented; how the refusal looks isn't.
    if !user.buckets.is_empty() {
        return Err(Fault::conflict("User has buckets : {userId, groupId}"));
    }
    if !user.iam_users.is_empty() {
        return Err(Fault::conflict("User has IAM resources : {userId, groupId}"));
    }
    if let Some(user) = call.store.users.get_mut(&canonical) {
        user.state = State::Deleting(now + lasts);
        call.store.counted_users -= 1;
        call.store.deleting.push(canonical);
    }
    Ok(done())
}

/// Forgets deleted users: one by the canonical id, or all that were in a group.
fn purge(call: &mut Call<'_>) -> Result<Response, Fault> {
    match (call.text("canonicalUserId"), call.text("groupId")) {
        (Some(canonical), None) => match call.store.users.get(canonical) {
            Some(user) if user.state == State::Deleted => {
                call.store.users.remove(canonical);
                Ok(done())
            }
            _ => Err(Fault::bad("User is not in deleted state : {canonicalUserId}")),
        },
        (None, Some(group)) => {
            call.store.users.retain(|_, user| user.group != group || user.state != State::Deleted);
            Ok(done())
        }
        (None, None) => Err(Fault::missing(&["canonicalUserId", "groupId"])),
        (Some(_), Some(_)) => Err(Fault::bad("Conflicting parameters : {canonicalUserId, groupId}")),
    }
}
