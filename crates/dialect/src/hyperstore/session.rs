//! Coming in: one account for everything, sent with each request (HTTP Basic). A proxy in front may send it in our place; then
//! nobody is asked.

use serde_json::{Map, Value};

use super::{body, refusal};
use crate::answer::value_text;
use crate::basic::basic;
use crate::failure::{Failure, FailureKind};
use crate::http::{Request, Response};
use crate::session::{Authority, Challenge, Entry, Flow, Progress, Session, check_both};

/// Name of the account unless it was changed on the system.
const ACCOUNT: &str = "sysadmin";

/// The release: cheap, without parameters, and of a form that nobody else's answer has.
pub(super) fn probe() -> Request {
    Request { method: "GET".to_owned(), path: "/system/version".to_owned(), ..Request::default() }
}

/// Whether an answer names a release as the service does (`8.2 Compiled: 2026-01-15 10:00`).
pub(super) fn recognises(response: &Response) -> bool {
    response.is_good() && body::plain(response).is_some_and(|text| text.contains("Compiled:"))
}

/// What an answer to the probe says.
fn checked(response: &Response) -> Result<(), Failure> {
    if !response.is_good() {
        return Err(refusal::read(response));
    }
    if recognises(response) { Ok(()) } else { Err(Failure::malformed(response, words::answer::no_release())) }
}

/// Finds out whether the service asks for the account.
#[derive(Debug)]
pub(super) struct Knock {
    user: Option<String>,
}

impl Knock {
    pub(super) fn new(user: Option<&str>) -> Self {
        Self { user: user.map(str::to_owned) }
    }
}

impl Flow<Entry> for Knock {
    fn start(&mut self) -> Progress<Entry> {
        Progress::Send(probe())
    }

    fn answer(&mut self, response: &Response) -> Progress<Entry> {
        match checked(response) {
            Ok(()) => Progress::Done(Entry::Open(Session::default())),
            Err(failure) if failure.kind == FailureKind::SignedOut => {
                let user = self.user.as_deref().unwrap_or(ACCOUNT);
                Progress::Done(Entry::Ask(Challenge {
                    method: "basic".to_owned(),
                    fields: Challenge::user_and_password(Some(user)),
                    identity: None,
                }))
            }
            Err(failure) => Progress::Failed(failure),
        }
    }
}

/// Signs in with the account.
pub(super) struct SignIn {
    inputs: Map<String, Value>,
    session: Session,
}

impl SignIn {
    pub(super) fn new(inputs: &Map<String, Value>) -> Self {
        Self { inputs: inputs.clone(), session: Session::default() }
    }

    fn text(&self, name: &str) -> String {
        self.inputs.get(name).and_then(value_text).unwrap_or_default()
    }
}

impl Flow<Session> for SignIn {
    fn start(&mut self) -> Progress<Session> {
        if let Err(failure) = check_both(&self.text("user"), &self.text("password")) {
            return Progress::Failed(failure);
        }
        let value = basic(&self.text("user"), &self.text("password"));
        self.session = Session {
            user: Some(self.text("user")),
            authority: Authority::Header { name: "Authorization".to_owned(), value },
            ..Session::default()
        };
        let mut request = probe();
        self.session.sign(&mut request);
        Progress::Send(request)
    }

    fn answer(&mut self, response: &Response) -> Progress<Session> {
        match checked(response) {
            Ok(()) => Progress::Done(self.session.clone()),
            Err(mut failure) => {
                if failure.kind == FailureKind::SignedOut {
                    failure.kind = FailureKind::BadCredentials;
                }
                Progress::Failed(failure)
            }
        }
    }
}
