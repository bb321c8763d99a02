//! Coming in: agree on a version, see whether the service asks for credentials, and which.

use serde_json::{Map, Value};

use super::version::{self, Version, choose};
use super::{keystone, refusal};
use crate::answer::value_text;
use crate::basic::basic;
use crate::failure::{Failure, FailureKind};
use crate::http::{Request, Response};
use crate::session::{Authority, Challenge, Entry, Flow, Progress, Session, check_both};

/// Ways to sign in, as challenges name them.
const BASIC: &str = "basic";
const KEYSTONE: &str = "keystone";

/// Which versions are there? Needs no credentials.
pub(super) fn discover() -> Request {
    Request { method: "GET".to_owned(), path: "/v1".to_owned(), ..Request::default() }
}

/// May I come in? The discovery says nothing about that.
fn probe(version: Version, authority: &Authority) -> Request {
    let mut request = Request {
        method: "GET".to_owned(),
        path: "/v1/nodes".to_owned(),
        query: vec![("limit".to_owned(), "1".to_owned()), ("fields".to_owned(), "uuid".to_owned())],
        ..Request::default()
    };
    version::ask(&mut request, Some(&version.to_string()));
    authority.sign(&mut request);
    request
}

/// Finds out whether the service asks for credentials.
#[derive(Debug)]
pub(super) struct Knock {
    user: Option<String>,
    options: Map<String, Value>,
    version: Option<Version>,
}

impl Knock {
    pub(super) fn new(user: Option<&str>, options: &Map<String, Value>) -> Self {
        Self { user: user.map(str::to_owned), options: options.clone(), version: None }
    }

    fn ask(&self, response: &Response) -> Progress<Entry> {
        Progress::Done(Entry::Ask(challenge(response, self.user.as_deref(), &self.options)))
    }
}

impl Flow<Entry> for Knock {
    fn start(&mut self) -> Progress<Entry> {
        self.version = None;
        Progress::Send(discover())
    }

    fn answer(&mut self, response: &Response) -> Progress<Entry> {
        let refused = refusal::json(response).err();
        match (self.version, refused) {
            (_, Some(failure)) if failure.kind == FailureKind::SignedOut => self.ask(response),
            (None, None) => match choose(response) {
                Ok(version) => {
                    self.version = Some(version);
                    Progress::Send(probe(version, &Authority::None))
                }
                Err(failure) => Progress::Failed(failure),
            },
            (Some(version), None) => Progress::Done(Entry::Open(Session {
                version: Some(version.to_string()),
                ..Session::default()
            })),
            (_, Some(failure)) => Progress::Failed(failure),
        }
    }
}

/// What a 401 asks for. A proxy often strips the header that says so, lest the browser opens a dialog of its own.
fn challenge(response: &Response, user: Option<&str>, options: &Map<String, Value>) -> Challenge {
    let header = response.header("www-authenticate").unwrap_or_default().trim();
    let scheme = header.split_whitespace().next().unwrap_or_default();
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let by_keystone = if scheme.eq_ignore_ascii_case("basic") {
        false
    } else {
        scheme.eq_ignore_ascii_case(KEYSTONE)
            || options.contains_key("keystone")
            || body.get("error").is_some_and(|error| error.get("title").is_some())
    };
    if by_keystone {
        Challenge {
            method: KEYSTONE.to_owned(),
            fields: keystone::fields(user),
            identity: keystone::address(options, uri_of(header).as_deref()),
        }
    } else {
        Challenge { method: BASIC.to_owned(), fields: Challenge::user_and_password(user), identity: None }
    }
}

/// The address in `Keystone uri="…"`.
fn uri_of(header: &str) -> Option<String> {
    let (_, rest) = header.split_once("uri=")?;
    let uri = rest.trim_start_matches(['"', '\'']);
    let end = uri.find(['"', '\'', ',', ' ']).unwrap_or(uri.len());
    uri.get(..end).filter(|uri| !uri.is_empty()).map(str::to_owned)
}

/// Signs in with Basic or at the identity service, then does what a knock does with the credentials.
pub(super) struct SignIn {
    method: String,
    identity: Option<String>,
    inputs: Map<String, Value>,
    session: Session,
    step: Step,
}

#[derive(Clone, Copy)]
enum Step {
    Token,
    Discovery,
    Probe,
}

impl SignIn {
    pub(super) fn new(
        challenge: &Challenge,
        inputs: &Map<String, Value>,
        options: &Map<String, Value>,
    ) -> Self {
        Self {
            method: challenge.method.clone(),
            identity: keystone::address(options, challenge.identity.as_deref()),
            inputs: inputs.clone(),
            session: Session::default(),
            step: Step::Token,
        }
    }

    fn text(&self, name: &str) -> String {
        self.inputs.get(name).and_then(value_text).unwrap_or_default()
    }

    fn discover(&mut self) -> Progress<Session> {
        self.step = Step::Discovery;
        let mut request = discover();
        self.session.authority.sign(&mut request);
        Progress::Send(request)
    }

    fn refuse(mut failure: Failure) -> Progress<Session> {
        if failure.kind == FailureKind::SignedOut {
            failure.kind = FailureKind::BadCredentials;
        }
        Progress::Failed(failure)
    }
}

impl Flow<Session> for SignIn {
    fn start(&mut self) -> Progress<Session> {
        if let Err(failure) = check_both(&self.text("user"), &self.text("password")) {
            return Progress::Failed(failure);
        }
        self.session = Session { user: Some(self.text("user")), ..Session::default() };
        if self.method != KEYSTONE {
            let value = basic(&self.text("user"), &self.text("password"));
            self.session.authority = Authority::Header { name: "Authorization".to_owned(), value };
            return self.discover();
        }
        self.step = Step::Token;
        match &self.identity {
            Some(address) => Progress::Send(keystone::request(address, &self.inputs)),
            None => Progress::Failed(Failure::new(FailureKind::Unsupported, words::sign_in::no_identity())),
        }
    }

    fn answer(&mut self, response: &Response) -> Progress<Session> {
        match self.step {
            Step::Token => match keystone::read(response) {
                Ok(token) => {
                    self.session.authority = token.authority;
                    self.session.identity.clone_from(&self.identity);
                    self.session.roles = token.roles;
                    self.session.user = token.user.or(self.session.user.take());
                    self.discover()
                }
                Err(failure) => Progress::Failed(failure),
            },
            Step::Discovery => match refusal::json(response).and_then(|_| choose(response)) {
                Ok(version) => {
                    self.session.version = Some(version.to_string());
                    self.step = Step::Probe;
                    Progress::Send(probe(version, &self.session.authority))
                }
                Err(failure) => Self::refuse(failure),
            },
            Step::Probe => match refusal::json(response) {
                Ok(_) => Progress::Done(self.session.clone()),
                // Signed in, and not allowed to see nodes: the rest will show.
                Err(failure) if failure.kind == FailureKind::Forbidden => {
                    Progress::Done(self.session.clone())
                }
                Err(failure) => Self::refuse(failure),
            },
        }
    }
}
