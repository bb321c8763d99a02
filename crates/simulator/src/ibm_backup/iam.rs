//! IAM: tokens for API keys, and what the account of a key may do.

use serde_json::json;

use super::fault::Fault;
use crate::message::{Method, Request, Response, parse_query};
use crate::world::Settings;

/// Seconds for which a token is good.
const LIFETIME: i64 = 3600;

/// What an account may do; each role may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Reading.
    Reader,
    /// Making and changing.
    Writer,
    /// Deleting.
    Manager,
}

/// Whose key it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) name: String,
    pub(super) role: Role,
    /// Holds the role of data security: legal holds are its business.
    pub(super) data_security: bool,
}

struct Token {
    text: String,
    account: Account,
    /// When it ends, in milliseconds since 1970.
    ends_at: i64,
}

/// The keys and the tokens.
pub(super) struct Iam {
    keys: Vec<(String, Account)>,
    tokens: Vec<Token>,
    /// Seconds for which a new token is good.
    pub(super) lifetime: i64,
    count: u64,
}

impl Iam {
    /// The password is the key of a manager; with `-writer`, `-reader` and `-dso` it is that of others.
    pub(super) fn new(settings: &Settings) -> Self {
        let key = |ending: &str, name: &str, role, data_security| {
            let account = Account { name: name.to_owned(), role, data_security };
            (format!("{}{ending}", settings.password), account)
        };
        let keys = vec![
            key("", &settings.user, Role::Manager, false),
            key("-writer", "writer", Role::Writer, false),
            key("-reader", "reader", Role::Reader, false),
            key("-dso", "guard", Role::Manager, true),
        ];
        Self { keys, tokens: Vec::new(), lifetime: LIFETIME, count: 0 }
    }

    /// Answers a request for a token.
    pub(super) fn token(&mut self, request: &Request, now: i64) -> Response {
        let form = parse_query(&String::from_utf8_lossy(&request.body));
        let of = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let refuse = |code: &str, message: &str| {
            Response::json(400, &json!({"errorCode": code, "errorMessage": message}))
        };
        if request.method != Method::Post {
            return Response::empty(405);
        }
        if of("grant_type") != Some("urn:ibm:params:oauth:grant-type:apikey") {
            return refuse("BXNIM0106E", "Property missing or empty.");
        }
        let Some((_, account)) = self.keys.iter().find(|(key, _)| of("apikey") == Some(key)) else {
            return refuse("BXNIM0415E", "Provided API key could not be found.");
        };
        self.count += 1;
        let text = format!("simulated.{:016x}.{:04x}", 0x9e37_79b9_7f4a_7c15_u64.rotate_left(7), self.count);
        let ends_at = now.saturating_add(self.lifetime.saturating_mul(1000));
        self.tokens.push(Token { text: text.clone(), account: account.clone(), ends_at });
        Response::json(
            200,
            &json!({
                "access_token": text,
                "refresh_token": "not_supported",
                "token_type": "Bearer",
                "expires_in": self.lifetime,
                "expiration": ends_at.div_euclid(1000),
                "scope": "ibm openid",
            }),
        )
    }

    /// Whose token a request carries.
    pub(super) fn account(&self, request: &Request, now: i64) -> Result<Account, Fault> {
        let header = request.header_value("authorization").unwrap_or_default();
        let text = header.strip_prefix("Bearer ").ok_or_else(Fault::unauthenticated)?;
        let token = self.tokens.iter().find(|token| token.text == text && token.ends_at > now);
        token.map(|token| token.account.clone()).ok_or_else(Fault::unauthenticated)
    }

    /// Ends every token.
    pub(super) fn end_tokens(&mut self) {
        self.tokens.clear();
    }
}
