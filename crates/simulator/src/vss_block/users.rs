//! Users: to list, to make, to change, to delete.

use serde_json::{Map, Value as Json, json};

use super::accounts::{Accounts, User, user_json, wanted};
use super::fault::Fault;
use super::shape::{Holds, Member, body, text, texts};
use super::{Call, password};
use crate::message::Response;

/// The most users outside of VPSs, and in VPSs.
const MOST: (usize, usize) = (32, 256);

/// Ids of groups, as users join them.
pub(super) const GROUP_IDS: Holds = Holds::List {
    least: 1,
    most: 8,
    item: &Holds::Text { least: 1, most: 64, legal: super::groups::is_legal },
};

const CREATE: &[Member] = &[
    Member::needed("userId", Holds::Text { least: 5, most: 255, legal: super::groups::is_legal }),
    Member::new("password", password::HOLDS),
    Member::needed("userGroupIds", GROUP_IDS),
    Member::new("authentication", Holds::Choice(&["local", "external"])),
    Member::new("isEnabledConsoleLogin", Holds::FlagOrNull),
];
const UPDATE: &[Member] = &[Member::new("password", password::HOLDS), Member::new("isEnabled", Holds::Flag)];

/// The id of a user whom the actor may know of.
///
/// # Errors
///
/// 404, whether there is no such user or he belongs to another VPS.
pub(super) fn known(call: &Call<'_>) -> Result<String, Fault> {
    let accounts = &call.block.accounts;
    let user = accounts.users.get(call.name()).filter(|user| call.actor.sees(accounts.vps(user)));
    user.map(|_| call.name().to_owned()).ok_or_else(|| Fault::absent("such user"))
}

/// The answer that shows a user.
///
/// # Errors
///
/// 404 if there is none.
pub(super) fn answer(call: &Call<'_>, id: &str) -> Result<Response, Fault> {
    let user = call.block.accounts.users.get(id).ok_or_else(|| Fault::absent("such user"))?;
    Ok(Response::json(200, &user_json(call.block, id, user)))
}

/// `GET users`. While groups of the directory are mapped, its users are left out.
pub(super) fn list(call: &mut Call<'_>) -> Result<Response, Fault> {
    let vps = wanted(call.request.parameter("vpsId"))?;
    let accounts = &call.block.accounts;
    let rows: Json = accounts
        .users
        .iter()
        .filter(|(_, user)| call.actor.sees(accounts.vps(user)))
        .filter(|(_, user)| vps.is_none_or(|vps| accounts.vps(user) == vps))
        .filter(|(_, user)| user.is_local() || !call.block.directory.maps_groups())
        .map(|(id, user)| user_json(call.block, id, user))
        .collect();
    Ok(Response::json(200, &json!({"data": rows})))
}

/// `GET users/<id>`, where the id may be `self`.
pub(super) fn show(call: &mut Call<'_>) -> Result<Response, Fault> {
    let own = call.actor.user_id.clone();
    let id = if call.name() == "self" || call.name() == own {
        own
    } else if call.actor.has_any(&["Security", "VpsSecurity"]) {
        known(call)?
    } else {
        return Err(Fault::forbidden());
    };
    let is_local = call.block.accounts.users.get(&id).is_some_and(User::is_local);
    if !is_local && call.block.directory.maps_groups() {
        return Err(Fault::absent("such user"));
    }
    answer(call, &id)
}

/// `POST users`.
pub(super) fn create(call: &mut Call<'_>) -> Result<Response, Fault> {
    let body = body(call.request, CREATE)?;
    let id = text(&body, "userId").unwrap_or_default().to_owned();
    let groups = texts(&body, "userGroupIds").unwrap_or_default();
    let is_local = text(&body, "authentication") != Some("external");
    if call.block.accounts.users.contains_key(&id) || id == "self" {
        return Err(Fault::conflict(format!("The parameter 'userId' is not valid: {id} exists already.")));
    }
    same_vps(call, &groups)?;
    let mut user = User { is_enabled: true, groups, ..User::default() };
    user.console_login = console_login(&call.block.accounts, &user, is_local, &body)?;
    let vps = call.block.accounts.vps(&user).is_some();
    let accounts = &call.block.accounts;
    let count = accounts.users.values().filter(|user| accounts.vps(user).is_some() == vps).count();
    if count >= if vps { MOST.1 } else { MOST.0 } {
        return Err(Fault::conflict("There are as many users as there can be."));
    }
    if is_local {
        let Some(text) = text(&body, "password") else {
            return Err(Fault::bad("The parameter 'password' is missing."));
        };
        password::complex(call.block, "password", text)?;
        let is_given = call.block.replaces_given_passwords();
        password::give(&mut user, text, call.block.now(), is_given);
    }
    call.block.accounts.users.insert(id.clone(), user);
    answer(call, &id)
}

/// Refuses groups that do not exist, that the actor may not know of, or that belong to different VPSs.
///
/// # Errors
///
/// 400 or 409.
pub(super) fn same_vps(call: &Call<'_>, groups: &[String]) -> Result<(), Fault> {
    let mut places = Vec::new();
    for id in groups {
        let group = call.block.accounts.groups.get(id);
        let Some(group) = group.filter(|group| call.actor.sees(group.vps.as_deref())) else {
            return Err(Fault::bad(format!(
                "The parameter 'userGroupIds' is not valid: there is no group {id}."
            )));
        };
        places.push(&group.vps);
    }
    if places.windows(2).any(|pair| matches!(pair, [one, other] if one != other)) {
        return Err(Fault::conflict(
            "The parameter 'userGroupIds' is not valid: the groups belong to different VPSs.",
        ));
    }
    Ok(())
}

/// Whether the user may sign in at the consoles of the nodes.
fn console_login(
    accounts: &Accounts,
    user: &User,
    is_local: bool,
    body: &Map<String, Json>,
) -> Result<Option<bool>, Fault> {
    let wanted = body.get("isEnabledConsoleLogin").and_then(Json::as_bool);
    let roles = accounts.roles(&user.groups);
    let may = is_local && ["Security", "Service"].iter().any(|role| roles.contains(*role));
    if wanted == Some(true) && !may {
        return Err(Fault::bad(
            "The parameter 'isEnabledConsoleLogin' is not valid: it needs local authentication and a group with the role Security or Service.",
        ));
    }
    Ok(wanted)
}

/// `PATCH users/<id>`. Ends the sessions of the user.
pub(super) fn set(call: &mut Call<'_>) -> Result<Response, Fault> {
    let body = body(call.request, UPDATE)?;
    let id = known(call)?;
    if body.is_empty() {
        return Err(Fault::bad("The body is empty: it needs 'password' or 'isEnabled'."));
    }
    let (now, is_given) = (call.block.now(), call.block.replaces_given_passwords());
    let new = text(&body, "password");
    if let Some(new) = new {
        password::complex(call.block, "password", new)?;
    }
    let user = call.block.accounts.users.get_mut(&id).ok_or_else(|| Fault::absent("such user"))?;
    if let Some(new) = new {
        if !user.is_local() {
            return Err(Fault::conflict("The parameter 'password' is not valid: the directory keeps it."));
        }
        password::give(user, new, now, is_given);
    }
    if let Some(is_enabled) = body.get("isEnabled").and_then(Json::as_bool) {
        user.is_enabled = is_enabled;
    }
    call.block.end_sessions(&id);
    answer(call, &id)
}

/// `DELETE users/<id>`. Ends the sessions of the user.
pub(super) fn delete(call: &mut Call<'_>) -> Result<Response, Fault> {
    let id = known(call)?;
    let mut accounts = call.block.accounts.clone();
    if accounts.users.remove(&id).is_some_and(|user| user.is_built_in) {
        return Err(Fault::conflict("A built-in user cannot be deleted."));
    }
    accounts.stay_manageable()?;
    call.block.accounts = accounts;
    call.block.end_sessions(&id);
    Ok(Response::empty(204))
}
