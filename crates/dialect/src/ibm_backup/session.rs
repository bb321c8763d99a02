//! Coming in: an API key is exchanged for a token at IAM, and every request names the tenant.

use boxdeck_catalog::{Field, Settable};
use serde_json::{Map, Value};

use super::refusal;
use crate::answer::value_text;
use crate::failure::{Failure, FailureKind, FieldFault};
use crate::http::{Body, Request, Response};
use crate::session::{Authority, Challenge, Entry, Flow, Progress, Renewal, Secret, Session, check_filled};

/// Where IAM is, unless the system's options say otherwise.
const IAM: &str = "https://iam.cloud.ibm.com";
const TOKEN: &str = "/identity/token";
const GRANT: &str = "urn:ibm:params:oauth:grant-type:apikey";
/// Header that names the tenant.
const TENANT: &str = "X-IBM-Tenant-Id";
/// Seconds before its end at which a token is renewed.
const MARGIN: u32 = 120;

/// What a system's options may hold.
pub(super) fn option_fields() -> Vec<Field> {
    vec![
        Field {
            name: "iam".to_owned(),
            label: words::sign_in::iam_address().to_owned(),
            help: words::sign_in::iam_help(IAM),
            ..Field::default()
        },
        Field {
            name: "tenant".to_owned(),
            label: words::sign_in::tenant().to_owned(),
            help: words::sign_in::tenant_help().to_owned(),
            ..Field::default()
        },
    ]
}

fn option<'a>(options: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    options.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// A read that every role may do.
fn probe(session: &Session) -> Request {
    let mut request = Request {
        method: "GET".to_owned(),
        path: "/v2/data-protect/policies".to_owned(),
        ..Request::default()
    };
    session.sign(&mut request);
    request
}

fn of_tenant(tenant: &str) -> Session {
    Session { headers: vec![(TENANT.to_owned(), tenant.to_owned())], ..Session::default() }
}

/// The same, where a key is what signs in: a token says nothing about it that the service documents.
fn by_key(tenant: &str) -> Session {
    Session { known_as: Some(words::sign_in::api_key_of(tenant)), ..of_tenant(tenant) }
}

/// Finds out whether the way to the service has credentials of its own (a proxy that adds them).
#[derive(Debug)]
pub(super) struct Knock {
    tenant: Option<String>,
}

impl Knock {
    pub(super) fn new(options: &Map<String, Value>) -> Self {
        Self { tenant: option(options, "tenant").map(str::to_owned) }
    }

    fn session(&self) -> Session {
        self.tenant.as_deref().map(of_tenant).unwrap_or_default()
    }

    fn challenge(&self) -> Challenge {
        Challenge {
            method: "api-key".to_owned(),
            fields: vec![
                Field {
                    name: "api_key".to_owned(),
                    label: words::sign_in::api_key().to_owned(),
                    help: words::sign_in::api_key_help().to_owned(),
                    create: Settable::Required,
                    secret: true,
                    ..Field::default()
                },
                Field {
                    name: "tenant".to_owned(),
                    label: words::sign_in::tenant().to_owned(),
                    help: words::sign_in::tenant_help().to_owned(),
                    create: Settable::Required,
                    default: self.tenant.clone().map(Value::String),
                    ..Field::default()
                },
            ],
            identity: None,
        }
    }
}

impl Flow<Entry> for Knock {
    fn start(&mut self) -> Progress<Entry> {
        Progress::Send(probe(&self.session()))
    }

    fn answer(&mut self, response: &Response) -> Progress<Entry> {
        match refusal::json(response) {
            Ok(_) => Progress::Done(Entry::Open(self.session())),
            // Without a tenant the service may complain of that first.
            Err(failure)
                if matches!(
                    failure.kind,
                    FailureKind::SignedOut | FailureKind::Forbidden | FailureKind::Invalid
                ) =>
            {
                Progress::Done(Entry::Ask(self.challenge()))
            }
            Err(failure) => Progress::Failed(failure),
        }
    }
}

/// The exchange of a key for a token.
fn exchange(iam: &str, key: &Secret) -> Request {
    let address = iam.trim_end_matches('/');
    Request {
        method: "POST".to_owned(),
        origin: Some(address.strip_suffix(TOKEN).unwrap_or(address).to_owned()),
        path: TOKEN.to_owned(),
        headers: vec![("Accept".to_owned(), "application/json".to_owned())],
        body: Body::Form(vec![
            ("grant_type".to_owned(), GRANT.to_owned()),
            ("apikey".to_owned(), key.reveal().to_owned()),
        ]),
        ..Request::default()
    }
}

/// Puts the token of an answer into a session, with what it takes to renew it.
fn with_token(
    mut session: Session,
    iam: &str,
    key: &Secret,
    response: &Response,
) -> Result<Session, Failure> {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    if !(200..300).contains(&response.status) {
        let said = body.get("errorMessage").and_then(Value::as_str);
        let kind = match response.status {
            400 | 401 | 403 => FailureKind::BadCredentials,
            429 | 503 => FailureKind::Busy,
            _ => FailureKind::Broken,
        };
        let message =
            said.map_or_else(|| words::answer::service_without_message(response.status), str::to_owned);
        let code = body.get("errorCode").and_then(Value::as_str).map(str::to_owned);
        return Err(Failure { code, status: Some(response.status), ..Failure::new(kind, message) });
    }
    let Some(token) = body.get("access_token").and_then(Value::as_str) else {
        return Err(Failure {
            status: Some(response.status),
            ..Failure::new(FailureKind::Malformed, words::sign_in::no_token())
        });
    };
    session.authority =
        Authority::Header { name: "Authorization".to_owned(), value: Secret::new(format!("Bearer {token}")) };
    let lasts =
        body.get("expires_in").and_then(Value::as_u64).and_then(|seconds| u32::try_from(seconds).ok());
    session.renewal = lasts.map(|seconds| Renewal {
        // A short-lived token is renewed at half its time.
        seconds: seconds.saturating_sub(MARGIN).max(seconds / 2),
        secret: key.clone(),
    });
    session.identity = Some(iam.to_owned());
    Ok(session)
}

/// Signs in: key, token, and a look at whether the tenant lets in.
pub(super) struct SignIn {
    iam: String,
    key: String,
    tenant: String,
    session: Option<Session>,
}

impl SignIn {
    pub(super) fn new(inputs: &Map<String, Value>, options: &Map<String, Value>) -> Self {
        let text = |name: &str| inputs.get(name).and_then(value_text).unwrap_or_default().trim().to_owned();
        Self {
            iam: option(options, "iam").unwrap_or(IAM).to_owned(),
            key: text("api_key"),
            tenant: text("tenant"),
            session: None,
        }
    }
}

impl Flow<Session> for SignIn {
    fn start(&mut self) -> Progress<Session> {
        self.session = None;
        let needed = [("api_key", self.key.as_str()), ("tenant", &self.tenant)];
        if let Err(failure) = check_filled(&needed, words::sign_in::key_and_tenant_needed()) {
            return Progress::Failed(failure);
        }
        Progress::Send(exchange(&self.iam, &Secret::new(&self.key)))
    }

    fn answer(&mut self, response: &Response) -> Progress<Session> {
        let Some(session) = self.session.take() else {
            let key = Secret::new(&self.key);
            return match with_token(by_key(&self.tenant), &self.iam, &key, response) {
                Ok(session) => {
                    let request = probe(&session);
                    self.session = Some(session);
                    Progress::Send(request)
                }
                Err(failure) => Progress::Failed(failure),
            };
        };
        match refusal::json(response) {
            Ok(_) => Progress::Done(session),
            Err(mut failure) => {
                match failure.kind {
                    FailureKind::SignedOut => failure.kind = FailureKind::BadCredentials,
                    // The key is right: it is the tenant that does not fit.
                    FailureKind::Forbidden | FailureKind::Invalid => {
                        let message = failure.message.clone();
                        failure.fields = vec![FieldFault { field: "tenant".to_owned(), message }];
                    }
                    _ => {}
                }
                Progress::Failed(failure)
            }
        }
    }
}

/// Exchanges the key again, and changes nothing else about the session.
pub(super) struct Renew {
    session: Session,
    iam: String,
    key: Secret,
}

impl Renew {
    pub(super) fn new(session: &Session) -> Option<Self> {
        let (iam, renewal) = (session.identity.clone()?, session.renewal.clone()?);
        Some(Self { session: session.clone(), iam, key: renewal.secret })
    }
}

impl Flow<Session> for Renew {
    fn start(&mut self) -> Progress<Session> {
        Progress::Send(exchange(&self.iam, &self.key))
    }

    fn answer(&mut self, response: &Response) -> Progress<Session> {
        match with_token(self.session.clone(), &self.iam, &self.key, response) {
            Ok(session) => Progress::Done(session),
            Err(failure) => Progress::Failed(failure),
        }
    }
}
