//! Who may sign in with HTTP Basic, and what they may do.

use crate::message::Request;
use crate::world::Settings;

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Everything.
    Admin,
    /// Reading.
    Reader,
}

/// One account.
pub(super) struct Account {
    name: String,
    password: String,
    role: Role,
}

/// The administrator, and a reader with the same password.
pub(super) fn accounts(settings: &Settings) -> Vec<Account> {
    [(settings.user.as_str(), Role::Admin), ("reader", Role::Reader)]
        .into_iter()
        .map(|(name, role)| Account { name: name.to_owned(), password: settings.password.clone(), role })
        .collect()
}

/// The role of whoever sent the request; `None` for strangers.
pub(super) fn role(accounts: &[Account], request: &Request) -> Option<Role> {
    let (name, password) = request.basic_credentials()?;
    accounts
        .iter()
        .find(|account| account.name == name && account.password == password)
        .map(|account| account.role)
}
