//! The users of the box.

use super::entity::Table;
use super::roles::Role;
use crate::world::Settings;

/// A local user.
#[derive(Debug, Clone)]
pub(crate) struct User {
    /// Negative for the users that the box was built with.
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) password: String,
    pub(crate) email: String,
    pub(crate) role: Role,
    pub(crate) enabled: bool,
    pub(crate) enforce_password_policy: bool,
}

/// The users that a box starts with: the administrator and one user of every other role, all with one password.
pub(crate) fn first_users(settings: &Settings) -> Table<User> {
    [
        (-1, "support", Role::Infinidat),
        (-2, settings.user.as_str(), Role::Admin),
        (-3, "technician", Role::Technician),
        (-4, "pool-admin", Role::PoolAdmin),
        (-5, "viewer", Role::ReadOnly),
    ]
    .into_iter()
    .map(|(id, name, role)| {
        let user = User {
            id,
            name: name.to_owned(),
            password: settings.password.clone(),
            email: format!("{name}@example.com"),
            role,
            enabled: true,
            enforce_password_policy: false,
        };
        (id, user)
    })
    .collect()
}
