//! Who may sign in with HTTP Basic, and what they may do.

use base64::Engine as _;

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
    let header = request.header_value("authorization")?;
    let (scheme, pair) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = base64::engine::general_purpose::STANDARD.decode(pair.trim()).ok()?;
    let pair = String::from_utf8(pair).ok()?;
    let (name, password) = pair.split_once(':')?;
    accounts
        .iter()
        .find(|account| account.name == name && account.password == password)
        .map(|account| account.role)
}
