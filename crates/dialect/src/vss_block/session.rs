//! Coming in and leaving: a session that name and password open, after a new password where the old one has expired.

use boxdeck_catalog::Field;
use serde_json::{Map, Value, json};

use super::ROOT;
use super::refusal::json as answer;
use crate::answer::value_text;
use crate::basic::basic;
use crate::failure::{Failure, FailureKind};
use crate::http::{Body, Request, Response, encode_segment};
use crate::session::{Authority, Challenge, Entry, Flow, Progress, Secret, Session, check_both};

/// The system has no cookies, so nobody is in before signing in.
#[derive(Debug)]
pub(super) struct Knock {
    user: Option<String>,
}

impl Knock {
    pub(super) fn new(user: Option<&str>) -> Self {
        Self { user: user.map(str::to_owned) }
    }

    fn ask(&self) -> Progress<Entry> {
        let mut fields = Challenge::user_and_password(self.user.as_deref());
        // The system does not say that a password has expired: it lets nobody in, and does not tell why.
        fields.push(Field {
            name: "new_password".to_owned(),
            label: words::sign_in::new_password().to_owned(),
            help: words::sign_in::new_password_help().to_owned(),
            secret: true,
            ..Field::default()
        });
        Progress::Done(Entry::Ask(Challenge { method: "password".to_owned(), fields, identity: None }))
    }
}

impl Flow<Entry> for Knock {
    fn start(&mut self) -> Progress<Entry> {
        self.ask()
    }

    fn answer(&mut self, _response: &Response) -> Progress<Entry> {
        self.ask()
    }
}

/// Is there such a system? Who is not signed in is refused, in the system's own words.
pub(super) fn probe() -> Request {
    Request { method: "GET".to_owned(), path: format!("{ROOT}/users/self"), ..Request::default() }
}

/// Replaces the password where a new one is given, then opens a session.
pub(super) struct SignIn {
    user: String,
    password: Secret,
    new: Secret,
    replaces: bool,
}

impl SignIn {
    pub(super) fn new(inputs: &Map<String, Value>) -> Self {
        let text = |name: &str| inputs.get(name).and_then(value_text).unwrap_or_default();
        let secret = |name: &str| Secret::new(text(name));
        Self {
            user: text("user"),
            password: secret("password"),
            new: secret("new_password"),
            replaces: false,
        }
    }

    /// The change of an expired password: its proof is in the body, and it needs no session.
    fn replace(&mut self) -> Progress<Session> {
        self.replaces = true;
        Progress::Send(Request {
            method: "PATCH".to_owned(),
            path: format!("{ROOT}/users/{}/password", encode_segment(&self.user)),
            body: Body::Json(
                json!({"currentPassword": self.password.reveal(), "newPassword": self.new.reveal()}),
            ),
            ..Request::default()
        })
    }

    fn open(&mut self) -> Progress<Session> {
        self.replaces = false;
        let mut request =
            Request { method: "POST".to_owned(), path: format!("{ROOT}/sessions"), ..Request::default() };
        request.set_header("Authorization", basic(&self.user, self.password.reveal()).reveal());
        Progress::Send(request)
    }

    fn opened(&self, answer: &Value) -> Progress<Session> {
        let text = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
        let Some(token) = text("token") else {
            return Progress::Failed(Failure::new(FailureKind::Malformed, words::answer::no_token()));
        };
        let roles = answer.get("roleNames").and_then(Value::as_array).into_iter().flatten();
        Progress::Done(Session {
            user: text("userId").or_else(|| Some(self.user.clone())),
            roles: roles.filter_map(|role| role.as_str().map(str::to_owned)).collect(),
            authority: Authority::Header {
                name: "Authorization".to_owned(),
                value: Secret::new(format!("Session {token}")),
            },
            id: text("sessionId"),
            ..Session::default()
        })
    }

    fn refused(&self, mut failure: Failure) -> Failure {
        if failure.kind == FailureKind::SignedOut {
            failure.kind = FailureKind::BadCredentials;
            failure.message = words::sign_in::refused_without_reason().to_owned();
        }
        for fault in failure.fields.iter_mut().filter(|fault| fault.field == "newPassword") {
            fault.field = "new_password".to_owned();
        }
        failure
    }
}

impl Flow<Session> for SignIn {
    fn start(&mut self) -> Progress<Session> {
        if let Err(failure) = check_both(&self.user, self.password.reveal()) {
            return Progress::Failed(failure);
        }
        if self.new.reveal().is_empty() { self.open() } else { self.replace() }
    }

    fn answer(&mut self, response: &Response) -> Progress<Session> {
        match answer(response) {
            Ok(_) if self.replaces => {
                self.password = std::mem::take(&mut self.new);
                self.open()
            }
            Ok(answer) => self.opened(&answer),
            Err(failure) => Progress::Failed(self.refused(failure)),
        }
    }
}

/// The request that ends the session on the system.
pub(super) fn sign_out(session: &Session) -> Option<Request> {
    let id = session.id.as_deref()?;
    let path = format!("{ROOT}/sessions/{}", encode_segment(id));
    Some(Request { method: "DELETE".to_owned(), path, ..Request::default() })
}
