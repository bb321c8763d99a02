//! Signing in at the identity service (Keystone, v3).

use boxdeck_catalog::{Field, Settable};
use serde_json::{Map, Value, json};

use super::refusal;
use crate::answer::value_text;
use crate::failure::{Failure, FailureKind};
use crate::http::{Body, Request, Response};
use crate::session::{Authority, Challenge, Secret, Session};

/// Domain that an installation has by itself.
const DEFAULT_DOMAIN: &str = "Default";

/// Where tokens are made and revoked.
const TOKENS: &str = "/v3/auth/tokens";

/// What a person is asked for.
pub(super) fn fields(user: Option<&str>) -> Vec<Field> {
    let text = |name: &str, label: &str, help: &str, default: Option<&str>| Field {
        name: name.to_owned(),
        label: label.to_owned(),
        help: help.to_owned(),
        create: Settable::Optional,
        default: default.map(|text| Value::String(text.to_owned())),
        ..Field::default()
    };
    let mut fields = Challenge::user_and_password(user);
    fields.push(text("project", words::sign_in::project(), words::sign_in::project_help(), None));
    fields.push(text("user_domain", words::sign_in::user_domain(), "", Some(DEFAULT_DOMAIN)));
    fields.push(text("project_domain", words::sign_in::project_domain(), "", Some(DEFAULT_DOMAIN)));
    fields
}

/// Address of the identity service: that of the system's options, for the one that the service names itself is the one
/// that it uses, which a browser often cannot reach.
pub(super) fn address(options: &Map<String, Value>, named: Option<&str>) -> Option<String> {
    let address = options.get("keystone").and_then(Value::as_str).or(named)?.trim().trim_end_matches('/');
    let address = address.strip_suffix("/v3").unwrap_or(address);
    Some(address.to_owned())
}

/// The request for a token.
pub(super) fn request(address: &str, inputs: &Map<String, Value>) -> Request {
    let text = |name: &str| {
        inputs.get(name).and_then(value_text).map(|text| text.trim().to_owned()).unwrap_or_default()
    };
    let domain = |name: &str| {
        let domain = text(name);
        json!({"name": if domain.is_empty() { DEFAULT_DOMAIN.to_owned() } else { domain }})
    };
    let password = inputs.get("password").and_then(value_text).unwrap_or_default();
    let user = json!({"name": text("user"), "domain": domain("user_domain"), "password": password});
    let project = text("project");
    let scope = if project.is_empty() {
        json!({"system": {"all": true}})
    } else {
        json!({"project": {"name": project, "domain": domain("project_domain")}})
    };
    Request {
        method: "POST".to_owned(),
        origin: Some(address.to_owned()),
        path: TOKENS.to_owned(),
        body: Body::Json(json!({
            "auth": {"identity": {"methods": ["password"], "password": {"user": user}}, "scope": scope}
        })),
        ..Request::default()
    }
}

/// The request that makes the token of a session worthless before its time; `None` where it has none.
pub(super) fn revocation(session: &Session) -> Option<Request> {
    let (origin, Authority::Header { value, .. }) = (session.identity.clone()?, &session.authority) else {
        return None;
    };
    let mut request = Request {
        method: "DELETE".to_owned(),
        origin: Some(origin),
        path: TOKENS.to_owned(),
        ..Request::default()
    };
    request.set_header("X-Subject-Token", value.reveal());
    Some(request)
}

/// Who the token says we are.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) authority: Authority,
    pub(super) user: Option<String>,
    pub(super) roles: Vec<String>,
}

/// Reads the answer with the token.
///
/// # Errors
/// Wrong credentials, another refusal, or an answer without a token.
pub(super) fn read(response: &Response) -> Result<Token, Failure> {
    let body = refusal::json(response).map_err(|mut failure| {
        if failure.kind == FailureKind::SignedOut {
            failure.kind = FailureKind::BadCredentials;
        }
        failure
    })?;
    let Some(value) = response.header("x-subject-token").filter(|token| !token.is_empty()) else {
        return Err(Failure {
            status: Some(response.status),
            ..Failure::new(FailureKind::Malformed, words::answer::token_missing())
        });
    };
    let token = body.get("token");
    let names = |value: &Value| value.get("name").and_then(Value::as_str).map(str::to_owned);
    Ok(Token {
        authority: Authority::Header { name: "X-Auth-Token".to_owned(), value: Secret::new(value) },
        user: token.and_then(|token| token.get("user")).and_then(names),
        roles: token
            .and_then(|token| token.get("roles"))
            .and_then(Value::as_array)
            .map(|roles| roles.iter().filter_map(names).collect())
            .unwrap_or_default(),
    })
}
