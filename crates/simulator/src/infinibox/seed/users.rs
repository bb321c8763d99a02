//! More users than the box was built with, and groups of outside directories.

use super::access;
use crate::infinibox::array::Array;
use crate::infinibox::roles::Role;
use crate::infinibox::users::User;
use crate::infinibox::users::groups::{Source, UserGroup};
use crate::world::Settings;

const PEOPLE: &[(&str, Role, bool)] = &[
    ("anna.berg", Role::Technician, true),
    ("omar.haddad", Role::PoolAdmin, true),
    ("lucia.rossi", Role::PoolAdmin, true),
    ("monitoring", Role::ReadOnly, true),
    ("former.employee", Role::ReadOnly, false),
];

/// A directory's groups and the roles of their members.
type Groups = &'static [(&'static str, Role)];

const DIRECTORIES: &[(&str, Source, Groups)] = &[
    ("corp-directory", Source::Ldap, &[("storage-admins", Role::Admin), ("storage-readers", Role::ReadOnly)]),
    ("corp-sso", Source::Sso, &[("cloud-storage-admins", Role::Admin), ("cloud-auditors", Role::ReadOnly)]),
];

pub(super) fn seed(array: &mut Array, settings: &Settings) {
    for (name, role, enabled) in PEOPLE {
        let id = array.next_id();
        let user = User {
            id,
            name: (*name).to_owned(),
            password: settings.password.clone(),
            email: format!("{name}@example.com"),
            role: *role,
            enabled: *enabled,
            enforce_password_policy: true,
        };
        array.users.insert(id, user);
    }
    for (name, source, groups) in DIRECTORIES {
        let directory_id = match source {
            Source::Ldap => access::directory(array, name),
            Source::Sso => access::provider(array, name),
        };
        for (name, role) in *groups {
            let id = array.next_id();
            let dn = match source {
                Source::Ldap => format!("cn={name},ou=groups,dc=corp,dc=example,dc=com"),
                Source::Sso => String::new(),
            };
            let group =
                UserGroup { id, name: (*name).to_owned(), source: *source, directory_id, dn, role: *role };
            array.user_groups.insert(id, group);
        }
    }
}
