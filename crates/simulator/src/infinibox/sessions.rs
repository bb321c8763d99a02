//! Who is asking: HTTP Basic on each request, or a cookie from signing in.

use std::collections::HashMap;

use serde_json::json;

use super::array::Array;
use super::call::{Actor, Call};
use super::fault::Fault;
use super::reply::Reply;
use super::roles::Roles;
use super::route::Route;
use super::users::User;
use crate::message::{Method, Request};

/// The cookie's name.
const COOKIE: &str = "JSESSIONID";
/// How long a session lives without a request, in milliseconds. The document doesn't say; half an hour is usual.
const IDLE_LIMIT: i64 = 30 * 60 * 1000;

/// Signing in and out.
pub(crate) const ROUTES: &[Route] =
    &[Route::open(Method::Post, "users/login", login), Route::post("users/logout", Roles::EVERYONE, logout)];

/// A signed-in user.
#[derive(Debug)]
struct Session {
    user_id: i64,
    /// Milliseconds since 1970.
    last_used: i64,
}

/// The sessions that are open.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    open: HashMap<String, Session>,
}

impl Sessions {
    /// Ends every session, as a restart of the management service does.
    pub(crate) fn end_all(&mut self) {
        self.open.clear();
    }

    /// Ends the sessions of one user.
    pub(crate) fn end_of(&mut self, user_id: i64) {
        self.open.retain(|_, session| session.user_id != user_id);
    }

    fn user_id(&mut self, key: &str, now: i64) -> Option<i64> {
        let session = self.open.get_mut(key)?;
        if now - session.last_used > IDLE_LIMIT {
            self.open.remove(key);
            return None;
        }
        session.last_used = now;
        Some(session.user_id)
    }
}

/// Finds out who sends a request.
///
/// # Errors
///
/// 401 `AUTHENTICATION_REQUIRED`, never with a `WWW-Authenticate` header: a browser would answer that header with its
/// own prompt, on top of the console's.
pub(crate) fn authenticate(array: &mut Array, request: &Request) -> Result<Actor, Fault> {
    let now = array.now();
    let user_id = match request.header_value("authorization") {
        Some(_) => {
            let (name, password) = request.basic_credentials().ok_or_else(Fault::unauthenticated)?;
            check(array, &name, &password).map(|user| user.id)
        }
        None => request.cookie(COOKIE).and_then(|key| array.sessions.user_id(key, now)),
    };
    let user = user_id
        .and_then(|id| array.users.get(&id))
        .filter(|user| user.enabled)
        .ok_or_else(Fault::unauthenticated)?;
    Ok(actor(user))
}

fn actor(user: &User) -> Actor {
    Actor { user_id: user.id, name: user.name.clone(), role: user.role }
}

/// The enabled user of that name and password. Names count with their case.
fn check<'a>(array: &'a Array, name: &str, password: &str) -> Option<&'a User> {
    array.users.values().find(|user| user.name == name && user.password == password && user.enabled)
}

fn login(call: &mut Call<'_>) -> Result<Reply, Fault> {
    let body = call.body()?;
    body.only(&["username", "password", "clientid"])?;
    for name in ["username", "password"] {
        if !body.has(name) {
            return Err(Fault::missing_field(name));
        }
    }
    let name = body.text("username").unwrap_or_default();
    let password = body.text("password").unwrap_or_default();
    let user = check(call.array, name, password)
        .ok_or_else(|| Fault::forbidden("BAD_USER", "The user name or the password is wrong"))?;
    let who = actor(user);
    let key = session_key()?;
    let now = call.now();
    let session = Session { user_id: who.user_id, last_used: now };
    call.array.sessions.open.insert(key.clone(), session);
    let result = json!({"user_objects": null, "name": who.name, "roles": [who.role.name()]});
    // The document's cookie has neither attribute; a browser needs both to keep a page's script and a foreign site
    // away from the session.
    Ok(Reply::result(result)
        .header("set-cookie", format!("{COOKIE}={key};Version=1;Path=/;HttpOnly;SameSite=Strict")))
}

fn logout(call: &mut Call<'_>) -> Result<Reply, Fault> {
    if let Some(key) = call.request.cookie(COOKIE) {
        call.array.sessions.open.remove(key);
    }
    let user = json!({"id": call.actor.user_id, "name": call.actor.name, "roles": [call.actor.role.name()]});
    let result = json!({"user_objects": [user], "name": call.actor.name, "roles": [call.actor.role.name()]});
    Ok(Reply::result(result)
        .header("set-cookie", format!("{COOKIE}=;Version=1;Path=/;Max-Age=0;HttpOnly;SameSite=Strict")))
}

/// A number that can't be guessed, in decimal digits as the box writes it.
fn session_key() -> Result<String, Fault> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        Fault::new(500, "INTERNAL_SERVER_ERROR", format!("No random numbers for a session: {error}"))
    })?;
    Ok(u128::from_be_bytes(bytes).to_string())
}
