//! Users and groups, and the rules that hold between them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::block::Block;
use super::fault::Fault;
use super::time;
use crate::uuid;

/// What a record shows, and a scope names, for whatever belongs to no VPS.
const SYSTEM: &str = "system";

/// Users and groups by their ids.
#[derive(Debug, Clone, Default)]
pub(super) struct Accounts {
    pub(super) users: BTreeMap<String, User>,
    pub(super) groups: BTreeMap<String, Group>,
}

/// A user.
#[derive(Debug, Clone, Default)]
pub(super) struct User {
    pub(super) is_enabled: bool,
    pub(super) is_built_in: bool,
    /// Those of the directory have none.
    pub(super) password: Option<Password>,
    /// Passwords before it, the newest first.
    pub(super) earlier: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) console_login: Option<bool>,
    /// Wrong passwords since the last right one.
    pub(super) failures: i64,
    /// In milliseconds since 1970.
    pub(super) locked_until: i64,
}

/// A password that the cluster knows.
#[derive(Debug, Clone)]
pub(super) struct Password {
    pub(super) text: String,
    /// In milliseconds since 1970.
    pub(super) set_at: i64,
    /// Somebody else gave it, and it has to be replaced.
    pub(super) is_given: bool,
}

/// A group.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) roles: Vec<String>,
    pub(super) is_built_in: bool,
    pub(super) external_name: Option<String>,
    /// `None` outside of all VPSs.
    pub(super) vps: Option<String>,
    pub(super) scope: Vec<String>,
}

impl User {
    /// `local` or `external`.
    pub(super) fn is_local(&self) -> bool {
        self.password.is_some()
    }
}

impl Accounts {
    /// The VPS of a user: that of the groups.
    pub(super) fn vps(&self, user: &User) -> Option<&str> {
        user.groups.iter().find_map(|id| self.groups.get(id)?.vps.as_deref())
    }

    /// The roles that groups give, in the order of their names.
    pub(super) fn roles<'a>(&self, groups: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
        let groups = groups.into_iter().filter_map(|id| self.groups.get(id));
        groups.flat_map(|group| group.roles.iter().cloned()).collect()
    }

    /// The roles that groups give in each scope.
    pub(super) fn privileges<'a>(&self, groups: impl IntoIterator<Item = &'a String>) -> Json {
        let mut scopes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for group in groups.into_iter().filter_map(|id| self.groups.get(id)) {
            for scope in &group.scope {
                scopes.entry(scope).or_default().extend(group.roles.iter().map(String::as_str));
            }
        }
        scopes.into_iter().map(|(scope, roles)| json!({"scope": scope, "roleNames": roles})).collect()
    }

    /// The members of a group.
    pub(super) fn members<'a>(&'a self, group_id: &'a str) -> impl Iterator<Item = &'a String> {
        let is_member = move |user: &User| user.groups.iter().any(|id| id == group_id);
        self.users.iter().filter(move |(_, user)| is_member(user)).map(|(id, _)| id)
    }

    /// Refuses a state in which nobody could manage users or the system any more.
    ///
    /// # Errors
    ///
    /// 409.
    pub(super) fn stay_manageable(&self) -> Result<(), Fault> {
        for role in ["Security", "Service"] {
            let holds = |user: &User| self.roles(&user.groups).contains(role);
            if !self.users.values().any(holds) {
                return Err(Fault::conflict(format!("No user would be left with the role {role}.")));
            }
        }
        Ok(())
    }
}

/// A VPS as records show it.
pub(super) fn shown(vps: Option<&str>) -> String {
    vps.map_or_else(|| format!("({SYSTEM})"), str::to_owned)
}

/// The VPS that a list is filtered by: `None` without a filter, `Some(None)` for what belongs to no VPS.
///
/// # Errors
///
/// 400 for anything but `system` and UUIDs; what records show (`(system)`) is neither.
pub(super) fn wanted(text: Option<&str>) -> Result<Option<Option<&str>>, Fault> {
    match text {
        None => Ok(None),
        Some(SYSTEM) => Ok(Some(None)),
        Some(text) if uuid::is(text) => Ok(Some(Some(text))),
        Some(_) => Err(Fault::bad("The parameter 'vpsId' is not valid: it is system or a UUID.")),
    }
}

/// A user as the API shows it.
pub(super) fn user_json(block: &Block, id: &str, user: &User) -> Json {
    let accounts = &block.accounts;
    let groups: Json =
        user.groups.iter().map(|id| json!({"userGroupId": id, "userGroupObjectId": id})).collect();
    json!({
        "userId": id,
        "userObjectId": id,
        "passwordExpirationTime": block.password_expiry(id).map(time::text),
        "isEnabled": user.is_enabled,
        "userGroups": groups,
        "isBuiltIn": user.is_built_in,
        "authentication": if user.is_local() { "local" } else { "external" },
        "roleNames": accounts.roles(&user.groups),
        "isEnabledConsoleLogin": user.console_login,
        "vpsId": shown(accounts.vps(user)),
        "privileges": accounts.privileges(&user.groups),
    })
}

/// A group as the API shows it: its members are left out of lists.
pub(super) fn group_json(accounts: &Accounts, id: &str, group: &Group, with_members: bool) -> Json {
    let mut record = json!({
        "userGroupId": id,
        "userGroupObjectId": id,
        "roleNames": group.roles,
        "isBuiltIn": group.is_built_in,
        "externalGroupName": group.external_name,
        "vpsId": shown(group.vps.as_deref()),
        "scope": group.scope,
    });
    if let (true, Some(record)) = (with_members, record.as_object_mut()) {
        let members = accounts.members(id).map(|id| json!({"userId": id, "userObjectId": id})).collect();
        record.insert("memberUsers".to_owned(), members);
    }
    record
}
