//! Signing in and out: a cookie session where the browser keeps it, Basic on each request where it does not.

use serde_json::{Map, Value, json};

use super::ROOT;
use super::envelope::{self, Envelope};
use crate::answer::value_text;
use crate::basic::basic;
use crate::failure::{Failure, FailureKind};
use crate::http::{Body, Request, Response, encode_segment};
use crate::session::{Authority, Challenge, Entry, Flow, Progress, Secret, Session, check_both};

/// Asks whether a cookie of an earlier visit still opens the box.
#[derive(Debug)]
pub(super) struct Knock {
    user: Option<String>,
}

impl Knock {
    pub(super) fn new(user: Option<&str>) -> Self {
        Self { user: user.filter(|user| !user.is_empty()).map(str::to_owned) }
    }

    fn ask(&self) -> Progress<Entry> {
        Progress::Done(Entry::Ask(challenge(self.user.as_deref())))
    }
}

impl Flow<Entry> for Knock {
    fn start(&mut self) -> Progress<Entry> {
        match &self.user {
            Some(user) => Progress::Send(own_user(user)),
            // Without a name there is nothing to ask for.
            None => self.ask(),
        }
    }

    fn answer(&mut self, response: &Response) -> Progress<Entry> {
        match envelope::open(response) {
            Ok(envelope) => {
                let user = self.user.clone().unwrap_or_default();
                Progress::Done(Entry::Open(session(&envelope.result, &user, &[], Authority::Cookie)))
            }
            Err(failure) => match failure.kind {
                // The box knows us and does not show this user to us (one of a directory, say): roles stay unknown.
                FailureKind::Forbidden | FailureKind::NotFound if failure.code.is_some() => {
                    let user = self.user.clone().unwrap_or_default();
                    Progress::Done(Entry::Open(session(&Value::Null, &user, &[], Authority::Cookie)))
                }
                FailureKind::SignedOut
                | FailureKind::BadCredentials
                | FailureKind::Forbidden
                | FailureKind::NotFound
                | FailureKind::Unsupported => self.ask(),
                _ => Progress::Failed(failure),
            },
        }
    }
}

/// Is there a box? Who is not signed in is refused, in the box's own envelope.
pub(super) fn probe() -> Request {
    Request {
        method: "GET".to_owned(),
        path: format!("{ROOT}/users"),
        query: vec![("page_size".to_owned(), "1".to_owned()), ("fields".to_owned(), "id".to_owned())],
        ..Request::default()
    }
}

/// What the box wants to know.
fn challenge(user: Option<&str>) -> Challenge {
    Challenge { method: "password".to_owned(), fields: Challenge::user_and_password(user), identity: None }
}

/// Logs in, then sees whether the cookie holds.
pub(super) struct SignIn {
    user: String,
    password: Secret,
    step: Step,
}

enum Step {
    /// The login was sent.
    LogIn,
    /// Asked with nothing but the cookie; the roles that the login told.
    ByCookie(Vec<String>),
    /// Asked with the Basic header; the roles that the login told.
    ByHeader(Vec<String>),
}

impl SignIn {
    pub(super) fn new(inputs: &Map<String, Value>) -> Self {
        let text = |name: &str| inputs.get(name).and_then(value_text).unwrap_or_default();
        Self { user: text("user"), password: Secret::new(text("password")), step: Step::LogIn }
    }

    fn header(&self) -> Authority {
        Authority::Header {
            name: "Authorization".to_owned(),
            value: basic(&self.user, self.password.reveal()),
        }
    }

    fn after_login(&mut self, opened: Result<Envelope, Failure>) -> Progress<Session> {
        match opened {
            Ok(envelope) => {
                self.step = Step::ByCookie(roles(&envelope.result));
                Progress::Send(own_user(&self.user))
            }
            Err(mut failure) => {
                if failure.kind == FailureKind::SignedOut {
                    failure.kind = FailureKind::BadCredentials;
                }
                Progress::Failed(failure)
            }
        }
    }
}

impl Flow<Session> for SignIn {
    fn start(&mut self) -> Progress<Session> {
        if let Err(failure) = check_both(&self.user, self.password.reveal()) {
            return Progress::Failed(failure);
        }
        self.step = Step::LogIn;
        Progress::Send(Request {
            method: "POST".to_owned(),
            path: format!("{ROOT}/users/login"),
            body: Body::Json(json!({"username": self.user, "password": self.password.reveal()})),
            ..Request::default()
        })
    }

    fn answer(&mut self, response: &Response) -> Progress<Session> {
        let opened = envelope::open(response);
        let signed_out = matches!(&opened, Err(failure) if failure.kind == FailureKind::SignedOut);
        let user = opened.as_ref().map(|envelope| envelope.result.clone()).unwrap_or_default();
        match &self.step {
            Step::LogIn => self.after_login(opened),
            Step::ByCookie(known) if signed_out => {
                // The login was right, so the browser does not return the cookie (another site, blocked cookies).
                self.step = Step::ByHeader(known.clone());
                let mut request = own_user(&self.user);
                self.header().sign(&mut request);
                Progress::Send(request)
            }
            // Whatever else it says, it has let us in: not every user may read himself.
            Step::ByCookie(known) => Progress::Done(session(&user, &self.user, known, Authority::Cookie)),
            Step::ByHeader(_) if signed_out => Progress::Failed(Failure {
                status: Some(response.status),
                ..Failure::new(FailureKind::SignedOut, words::answer::neither_authority())
            }),
            Step::ByHeader(known) => Progress::Done(session(&user, &self.user, known, self.header())),
        }
    }
}

/// The request for the user's own record.
fn own_user(user: &str) -> Request {
    Request {
        method: "GET".to_owned(),
        path: format!("{ROOT}/users/{}/by_username", encode_segment(user)),
        ..Request::default()
    }
}

fn session(record: &Value, user: &str, known: &[String], authority: Authority) -> Session {
    let mut roles = roles(record);
    if roles.is_empty() {
        roles = known.to_vec();
    }
    let name = record.get("name").and_then(Value::as_str).unwrap_or(user);
    Session { user: Some(name.to_owned()), roles, authority, ..Session::default() }
}

/// Roles of a user or of a login's answer: `roles`, or the one `role` of older releases.
fn roles(record: &Value) -> Vec<String> {
    match record.get("roles").and_then(Value::as_array) {
        Some(roles) => roles.iter().filter_map(|role| role.as_str().map(str::to_owned)).collect(),
        None => record.get("role").and_then(Value::as_str).map(str::to_owned).into_iter().collect(),
    }
}

/// The request that ends the session on the box. Basic has no session to end.
pub(super) fn sign_out(session: &Session) -> Option<Request> {
    matches!(session.authority, Authority::Cookie).then(|| Request {
        method: "POST".to_owned(),
        path: format!("{ROOT}/users/logout"),
        body: Body::Json(json!({})),
        ..Request::default()
    })
}
