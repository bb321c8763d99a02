//! User groups: to list, to make, to change, to delete.

use serde_json::{Value as Json, json};

use super::Call;
use super::accounts::{Group, group_json, wanted};
use super::fault::Fault;
use super::shape::{Holds, Member, body, printable, text, texts};
use crate::message::Response;
use crate::uuid;

/// The most groups outside of VPSs, and in VPSs.
const MOST: (usize, usize) = (32, 256);

const ROLES: Holds = Holds::List {
    least: 1,
    most: 9,
    item: &Holds::Choice(&[
        "Security",
        "Storage",
        "Monitor",
        "Service",
        "Audit",
        "Resource",
        "VpsSecurity",
        "VpsStorage",
        "VpsMonitor",
    ]),
};
const SCOPE: Holds =
    Holds::List { least: 1, most: 256, item: &Holds::Text { least: 6, most: 36, legal: printable } };

const CREATE: &[Member] = &[
    Member::needed("userGroupId", Holds::Text { least: 1, most: 64, legal: is_legal }),
    Member::needed("roleNames", ROLES),
    Member::new("externalGroupName", Holds::TextOrNull { most: 255 }),
    Member::new("vpsId", Holds::Text { least: 6, most: 36, legal: printable }),
    Member::new("scope", SCOPE),
];
const UPDATE: &[Member] = &[Member::new("roleNames", ROLES), Member::new("scope", SCOPE)];

/// What ids of groups and of users consist of.
pub(super) fn is_legal(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-!#$%&'.@^_`{}~".contains(character)
}

/// The id of a group that the actor may know of.
fn known(call: &Call<'_>) -> Result<String, Fault> {
    let group = call.block.accounts.groups.get(call.name());
    let group = group.filter(|group| call.actor.sees(group.vps.as_deref()));
    group.map(|_| call.name().to_owned()).ok_or_else(|| Fault::absent("such user group"))
}

fn answer(call: &Call<'_>, id: &str) -> Result<Response, Fault> {
    let accounts = &call.block.accounts;
    let group = accounts.groups.get(id).ok_or_else(|| Fault::absent("such user group"))?;
    Ok(Response::json(200, &group_json(accounts, id, group, true)))
}

/// `GET user-groups`.
pub(super) fn list(call: &mut Call<'_>) -> Result<Response, Fault> {
    let vps = wanted(call.request.parameter("vpsId"))?;
    let accounts = &call.block.accounts;
    let rows: Json = accounts
        .groups
        .iter()
        .filter(|(_, group)| call.actor.sees(group.vps.as_deref()))
        .filter(|(_, group)| vps.is_none_or(|vps| group.vps.as_deref() == vps))
        .map(|(id, group)| group_json(accounts, id, group, false))
        .collect();
    Ok(Response::json(200, &json!({"data": rows})))
}

/// `GET user-groups/<id>`.
pub(super) fn show(call: &mut Call<'_>) -> Result<Response, Fault> {
    let id = known(call)?;
    answer(call, &id)
}

/// `POST user-groups`.
pub(super) fn create(call: &mut Call<'_>) -> Result<Response, Fault> {
    let body = body(call.request, CREATE)?;
    let id = text(&body, "userGroupId").unwrap_or_default().to_owned();
    if call.block.accounts.groups.contains_key(&id) {
        return Err(Fault::conflict(format!(
            "The parameter 'userGroupId' is not valid: {id} exists already."
        )));
    }
    let vps = match wanted(text(&body, "vpsId"))? {
        Some(vps) => vps.map(str::to_owned),
        None => call.actor.vps.clone(),
    };
    if !call.actor.sees(vps.as_deref()) {
        return Err(Fault::absent("such VPS"));
    }
    let scope =
        texts(&body, "scope").unwrap_or_else(|| vec![vps.clone().unwrap_or_else(|| "system".to_owned())]);
    check_scope(&scope)?;
    let groups = &call.block.accounts.groups;
    let count = groups.values().filter(|group| group.vps.is_some() == vps.is_some()).count();
    if count >= if vps.is_some() { MOST.1 } else { MOST.0 } {
        return Err(Fault::conflict("There are as many user groups as there can be."));
    }
    let group = Group {
        roles: texts(&body, "roleNames").unwrap_or_default(),
        is_built_in: false,
        external_name: text(&body, "externalGroupName").map(str::to_owned),
        vps,
        scope,
    };
    call.block.accounts.groups.insert(id.clone(), group);
    answer(call, &id)
}

fn check_scope(scope: &[String]) -> Result<(), Fault> {
    match scope.iter().find(|place| *place != "system" && !uuid::is(place)) {
        Some(place) => Err(Fault::bad(format!(
            "The parameter 'scope' is not valid: {place} is neither system nor a UUID."
        ))),
        None => Ok(()),
    }
}

/// `PATCH user-groups/<id>`. Ends the sessions of the members.
pub(super) fn set(call: &mut Call<'_>) -> Result<Response, Fault> {
    let body = body(call.request, UPDATE)?;
    let id = known(call)?;
    if body.is_empty() {
        return Err(Fault::bad("The body is empty: it needs 'roleNames' or 'scope'."));
    }
    let (roles, scope) = (texts(&body, "roleNames"), texts(&body, "scope"));
    check_scope(scope.as_deref().unwrap_or_default())?;
    let mut accounts = call.block.accounts.clone();
    if let Some(group) = accounts.groups.get_mut(&id) {
        if group.is_built_in {
            return Err(Fault::conflict("A built-in user group cannot be changed."));
        }
        if let Some(roles) = roles {
            group.roles = roles;
        }
        if let Some(scope) = scope {
            group.scope = scope;
        }
    }
    accounts.stay_manageable()?;
    let members: Vec<String> = accounts.members(&id).cloned().collect();
    call.block.accounts = accounts;
    members.iter().for_each(|member| call.block.end_sessions(member));
    answer(call, &id)
}

/// `DELETE user-groups/<id>`.
pub(super) fn delete(call: &mut Call<'_>) -> Result<Response, Fault> {
    let id = known(call)?;
    let accounts = &mut call.block.accounts;
    if accounts.groups.get(&id).is_some_and(|group| group.is_built_in) {
        return Err(Fault::conflict("A built-in user group cannot be deleted."));
    }
    let count = accounts.members(&id).count();
    if count > 0 {
        return Err(Fault::conflict(format!("{count} users belong to the user group.")));
    }
    accounts.groups.remove(&id);
    Ok(Response::empty(204))
}
