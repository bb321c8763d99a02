//! Sessions: what a client holds in place of the password.

use serde_json::{Value as Json, json};

use super::accounts::{shown, wanted};
use super::fault::Fault;
use super::shape::{Holds, Member, body};
use super::{Call, access::Actor, time};
use crate::message::{Request, Response};
use crate::uuid;

const MEMBERS: &[Member] = &[Member::new("aliveTime", Holds::Integer(1, 300))];
/// Seconds without a request after which a session ends, if nobody chose.
const ALIVE: i64 = 300;

/// An open session. All times are in milliseconds since 1970.
pub(super) struct Session {
    pub(super) id: String,
    pub(super) actor: Actor,
    created_at: i64,
    pub(super) used_at: i64,
    /// Milliseconds without a request after which it ends.
    alive: i64,
}

impl Session {
    /// When it ends if nobody uses it, by the limits of the rules in milliseconds.
    pub(super) fn expires_at(&self, lifetime: i64, idle: i64) -> i64 {
        (self.used_at + self.alive.min(idle)).min(self.created_at + lifetime)
    }
}

/// `POST sessions`, with Basic only. The answer is the only one that holds the token.
pub(super) fn create(call: &mut Call<'_>) -> Result<Response, Fault> {
    let alive = if call.request.body.is_empty() { ALIVE } else { alive(call.request)? };
    let now = call.block.now();
    let random = &mut call.block.random;
    let id = uuid::of(random.next(), random.next());
    let token: String = (0..4).map(|_| format!("{:016x}", random.next())).collect();
    let session =
        Session { id, actor: call.actor.clone(), created_at: now, used_at: now, alive: alive * 1000 };
    let mut answer = to_json(call, &session);
    if let Some(answer) = answer.as_object_mut() {
        answer.insert("token".to_owned(), token.as_str().into());
    }
    call.block.sessions.insert(token, session);
    Ok(Response::json(200, &answer))
}

fn alive(request: &Request) -> Result<i64, Fault> {
    let body = body(request, MEMBERS)?;
    Ok(body.get("aliveTime").and_then(Json::as_i64).unwrap_or(ALIVE))
}

/// `GET sessions`: one's own, or all for those who manage users.
pub(super) fn list(call: &mut Call<'_>) -> Result<Response, Fault> {
    let vps = wanted(call.request.parameter("vpsId"))?;
    let user = call.request.parameter("userId");
    let rows: Json = visible(call)
        .filter(|session| vps.is_none_or(|vps| session.actor.vps.as_deref() == vps))
        .filter(|session| user.is_none_or(|user| session.actor.user_id == user))
        .map(|session| to_json(call, session))
        .collect();
    Ok(Response::json(200, &json!({"data": rows})))
}

/// `GET sessions/<id>`.
pub(super) fn show(call: &mut Call<'_>) -> Result<Response, Fault> {
    let session = visible(call).find(|session| session.id == call.name());
    session
        .map(|session| Response::json(200, &to_json(call, session)))
        .ok_or_else(|| Fault::absent("such session"))
}

/// `DELETE sessions/<id>`.
pub(super) fn delete(call: &mut Call<'_>) -> Result<Response, Fault> {
    let id = visible(call).find(|session| session.id == call.name()).map(|session| session.id.clone());
    let id = id.ok_or_else(|| Fault::absent("such session"))?;
    call.block.sessions.retain(|_, session| session.id != id);
    Ok(Response::empty(204))
}

fn visible<'a>(call: &'a Call<'_>) -> impl Iterator<Item = &'a Session> {
    let actor = &call.actor;
    let manages = actor.has_any(&["Security", "VpsSecurity"]);
    call.block.sessions.values().filter(move |session| {
        session.actor.user_id == actor.user_id || (manages && actor.sees(session.actor.vps.as_deref()))
    })
}

fn to_json(call: &Call<'_>, session: &Session) -> Json {
    let rule = |name| call.block.rule("sessionSetting", name) * 1000;
    let actor = &session.actor;
    json!({
        "sessionId": session.id,
        "userId": actor.user_id,
        "userObjectId": actor.user_id,
        "expirationTime": time::text(session.expires_at(rule("maxLifetimeSeconds"), rule("maxIdleSeconds"))),
        "createdTime": time::text(session.created_at),
        "lastAccessTime": time::text(session.used_at),
        "roleNames": actor.roles,
        "vpsId": shown(actor.vps.as_deref()),
        "privileges": call.block.accounts.privileges(&actor.groups),
    })
}
