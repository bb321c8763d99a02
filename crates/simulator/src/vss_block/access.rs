//! Who sends a request: by name and password (Basic) or by the token of a session.

use std::collections::BTreeSet;

use base64::Engine as _;

use super::block::Block;
use super::fault::Fault;
use crate::message::Request;

/// Who is signed in.
#[derive(Debug, Clone)]
pub(super) struct Actor {
    pub(super) user_id: String,
    /// Ids of the groups that give the roles.
    pub(super) groups: Vec<String>,
    pub(super) roles: BTreeSet<String>,
    /// `None` outside of all VPSs.
    pub(super) vps: Option<String>,
}

impl Actor {
    /// Somebody in these groups.
    pub(super) fn new(block: &Block, user_id: &str, groups: Vec<String>) -> Self {
        let vps = groups.iter().find_map(|id| block.accounts.groups.get(id)?.vps.clone());
        Self { user_id: user_id.to_owned(), roles: block.accounts.roles(&groups), groups, vps }
    }

    pub(super) fn has_any(&self, roles: &[&str]) -> bool {
        roles.iter().any(|role| self.roles.contains(*role))
    }

    /// Whether the actor may know of what belongs to that VPS. Who manages a single one knows of no other.
    pub(super) fn sees(&self, vps: Option<&str>) -> bool {
        self.roles.contains("Security") || self.vps.as_deref() == vps
    }
}

/// Finds out who sends a request, in either way.
///
/// # Errors
///
/// 401, never with a `WWW-Authenticate` header: a browser would answer that with its own prompt.
pub(super) fn authenticate(block: &mut Block, request: &Request) -> Result<Actor, Fault> {
    let header = request.header_value("authorization").ok_or_else(Fault::unauthenticated)?;
    match header.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("session") => {
            let now = block.now();
            let session = block.sessions.get_mut(token.trim()).ok_or_else(Fault::unauthenticated)?;
            session.used_at = now;
            Ok(session.actor.clone())
        }
        _ => by_password(block, request),
    }
}

/// Finds out who sends a request with name and password.
///
/// # Errors
///
/// 401.
pub(super) fn by_password(block: &mut Block, request: &Request) -> Result<Actor, Fault> {
    let header = request.header_value("authorization");
    let (user_id, password) = header.and_then(basic).ok_or_else(Fault::unauthenticated)?;
    let user = block.accounts.users.get(&user_id).filter(|user| user.is_enabled);
    let Some(user) = user.filter(|user| user.is_local()) else {
        let known = user.map(|user| user.groups.clone());
        let theirs = super::directory::actor(block, &user_id, &password, known);
        return theirs.ok_or_else(Fault::unauthenticated);
    };
    let groups = user.groups.clone();
    let is_right = check(block, &user_id, &password);
    let is_expired = block.password_expiry(&user_id).is_some_and(|at| at <= block.now());
    if is_right && !is_expired {
        Ok(Actor::new(block, &user_id, groups))
    } else {
        Err(Fault::unauthenticated())
    }
}

/// Whether that is the password of a local user who isn't locked. Wrong ones count towards the lock.
pub(super) fn check(block: &mut Block, user_id: &str, password: &str) -> bool {
    let (now, most) = (block.now(), block.rule("lockoutSetting", "maxAttempts"));
    let lock = block.rule("lockoutSetting", "lockoutSeconds") * 1000;
    let Some(user) = block.accounts.users.get_mut(user_id) else { return false };
    let Some(right) = &user.password else { return false };
    if user.locked_until > now {
        return false;
    }
    if right.text == password {
        user.failures = 0;
        return true;
    }
    user.failures += 1;
    if most > 0 && user.failures >= most {
        user.failures = 0;
        user.locked_until = now + lock;
    }
    false
}

fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, pair) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let bytes = base64::engine::general_purpose::STANDARD.decode(pair.trim()).ok()?;
    let pair = String::from_utf8(bytes).ok()?;
    let (name, password) = pair.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}
