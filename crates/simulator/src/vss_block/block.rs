//! The state of one cluster.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::accounts::Accounts;
use super::directory::Directory;
use super::jobs::Job;
use super::sessions::Session;
use crate::clock::Clock;
use crate::random::Random;

pub(super) const DAY: i64 = 86_400_000;

/// The state.
pub(super) struct Block {
    pub(super) clock: Clock,
    pub(super) random: Random,
    /// Whether the node that answers is the primary one.
    pub(super) is_primary: bool,
    /// How long a job takes, in milliseconds.
    pub(super) job_millis: i64,
    pub(super) accounts: Accounts,
    /// The rules of sign-in, as the API shows them.
    pub(super) rules: Map<String, Json>,
    pub(super) directory: Directory,
    /// Imported certificates in DER, by the server that they are for.
    pub(super) certificates: BTreeMap<&'static str, Vec<u8>>,
    /// Open sessions by their tokens.
    pub(super) sessions: BTreeMap<String, Session>,
    pub(super) jobs: Vec<Job>,
}

impl Block {
    pub(super) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Ends what has run its time.
    pub(super) fn settle(&mut self) {
        let now = self.now();
        let lifetime = self.rule("sessionSetting", "maxLifetimeSeconds") * 1000;
        let idle = self.rule("sessionSetting", "maxIdleSeconds") * 1000;
        self.sessions.retain(|_, session| session.expires_at(lifetime, idle) > now);
    }

    /// A number of the rules of sign-in.
    pub(super) fn rule(&self, block: &str, name: &str) -> i64 {
        self.rules.get(block).and_then(|block| block.get(name)).and_then(Json::as_i64).unwrap_or(0)
    }

    /// Whether a password that somebody else gave has to be replaced.
    pub(super) fn replaces_given_passwords(&self) -> bool {
        let setting = self.rules.get("passwordAgeSetting");
        setting.and_then(|setting| setting.get("requiresInitialPasswordReset")) == Some(&Json::Bool(true))
    }

    /// When a user's password expires or has expired, in milliseconds since 1970.
    pub(super) fn password_expiry(&self, user_id: &str) -> Option<i64> {
        let password = self.accounts.users.get(user_id)?.password.as_ref()?;
        let days = self.rule("passwordAgeSetting", "maxAgeDays");
        if password.is_given {
            return Some(password.set_at);
        }
        (days > 0).then(|| password.set_at + days * DAY)
    }

    /// Ends the sessions of a user.
    pub(super) fn end_sessions(&mut self, user_id: &str) {
        self.sessions.retain(|_, session| session.actor.user_id != user_id);
    }
}
