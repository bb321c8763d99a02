//! The first state of a cluster: the same every time.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::accounts::{Accounts, Group, Password, User};
use super::block::{Block, DAY};
use super::directory::{self, Directory};
use super::{rules, shape};
use crate::random::Random;
use crate::world::Settings;

/// The VPS of a tenant.
pub(super) const VPS: &str = "3d1f6b52-8c07-4e4b-9a35-61b0f2a7c9de";

/// Groups with their roles: those that come with the system, and those that somebody made.
const BUILT_IN: &[(&str, &[&str])] = &[
    ("AuditAdministrators", &["Audit", "Monitor"]),
    ("MonitorUsers", &["Monitor"]),
    ("SecurityAdministrators", &["Security", "Monitor"]),
    ("ServiceAdministrators", &["Storage", "Service"]),
    ("StorageAdministrators", &["Storage", "Resource"]),
    ("SystemAdministrators", &["Audit", "Security", "Storage", "Monitor", "Service", "Resource"]),
];

/// A cluster with users of every role, a tenant, and a directory that knows three people.
pub(super) fn block(settings: &Settings) -> Block {
    let now = settings.clock.now();
    Block {
        clock: settings.clock,
        random: Random::new(0x76_73_73),
        is_primary: true,
        job_millis: 0,
        accounts: Accounts { users: users(settings, now), groups: groups() },
        rules: rules::defaults(),
        directory: directory(settings),
        certificates: BTreeMap::new(),
        sessions: BTreeMap::new(),
        jobs: Vec::new(),
    }
}

fn groups() -> BTreeMap<String, Group> {
    let group = |roles: &[&str], external: Option<&str>, vps: Option<&str>| Group {
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        is_built_in: false,
        external_name: external.map(str::to_owned),
        vps: vps.map(str::to_owned),
        scope: vec![vps.unwrap_or("system").to_owned()],
    };
    let mut groups: BTreeMap<String, Group> = BUILT_IN
        .iter()
        .map(|(id, roles)| ((*id).to_owned(), Group { is_built_in: true, ..group(roles, None, None) }))
        .collect();
    let made = [
        ("DirectoryAdmins", group(&["Security", "Storage", "Monitor"], Some("storage-admins"), None)),
        ("DirectoryWatch", group(&["Monitor"], Some("storage-watch"), None)),
        ("NightShift", group(&["Monitor", "Service"], None, None)),
        ("TenantManagers", group(&["VpsSecurity", "VpsMonitor"], None, Some(VPS))),
        ("TenantStorage", group(&["VpsStorage"], None, Some(VPS))),
    ];
    groups.extend(made.into_iter().map(|(id, group)| (id.to_owned(), group)));
    if let Some(group) = groups.get_mut("NightShift") {
        group.scope.push(VPS.to_owned());
    }
    groups
}

fn users(settings: &Settings, now: i64) -> BTreeMap<String, User> {
    let user = |groups: &[&str], days: i64| User {
        is_enabled: true,
        password: Some(Password {
            text: settings.password.clone(),
            set_at: now - days * DAY,
            is_given: false,
        }),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        ..User::default()
    };
    let external = |groups: &[&str]| User { password: None, ..user(groups, 0) };
    let mut newcomer = user(&["MonitorUsers"], 1);
    if let Some(password) = &mut newcomer.password {
        password.is_given = true;
    }
    let users = [
        (settings.user.as_str(), User { is_built_in: true, ..user(&["SystemAdministrators"], 3) }),
        ("audit-desk", user(&["AuditAdministrators"], 9)),
        ("capacity", user(&["StorageAdministrators"], 20)),
        ("field-service", User { console_login: Some(true), ..user(&["ServiceAdministrators"], 15) }),
        ("former-operator", User { is_enabled: false, ..user(&["MonitorUsers"], 80) }),
        ("keykeeper", user(&["SecurityAdministrators"], 12)),
        ("newcomer", newcomer),
        ("night-desk", user(&["NightShift", "MonitorUsers"], 30)),
        ("watch-wall", user(&["MonitorUsers"], 2)),
        ("a.lindqvist", external(&["SecurityAdministrators", "StorageAdministrators"])),
        ("m.okafor", external(&["MonitorUsers"])),
        ("tenant-lead", user(&["TenantManagers"], 5)),
        ("tenant-storage", user(&["TenantStorage"], 6)),
    ];
    users.into_iter().map(|(id, user)| (id.to_owned(), user)).collect()
}

fn directory(settings: &Settings) -> Directory {
    let mut setting = directory::defaults();
    let change = json!({
        "isEnabled": true,
        "ldapSetting": {
            "primaryLdapServerUrl": "ldap://ldap-1.storage.example:389",
            "baseDn": "dc=storage,dc=example",
            "bindDn": directory::READER,
            "userTreeDn": "ou=people,dc=storage,dc=example",
            "userGroupTreeDn": "ou=groups,dc=storage,dc=example",
        },
    });
    if let Json::Object(change) = change {
        shape::merge(&mut setting, change);
    }
    Directory { setting, bind_password: settings.password.clone(), password: settings.password.clone() }
}
