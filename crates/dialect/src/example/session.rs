//! Coming in and leaving: name and password for a bearer token.

use serde_json::{Map, Value, json};

use super::json as answer;
use crate::answer::value_text;
use crate::session::check_both;
use crate::{
    Authority, Body, Challenge, Entry, Failure, FailureKind, Flow, Progress, Request, Response, Secret,
    Session,
};

/// Nobody is in before signing in.
pub(super) struct Knock(Challenge);

impl Knock {
    pub(super) fn new(user: Option<&str>) -> Self {
        let fields = Challenge::user_and_password(user);
        Self(Challenge { method: "password".to_owned(), fields, identity: None })
    }
}

impl Flow<Entry> for Knock {
    fn start(&mut self) -> Progress<Entry> {
        Progress::Done(Entry::Ask(self.0.clone()))
    }

    fn answer(&mut self, _response: &Response) -> Progress<Entry> {
        self.start()
    }
}

/// Gets the token.
pub(super) struct SignIn {
    user: String,
    password: Secret,
}

impl SignIn {
    pub(super) fn new(inputs: &Map<String, Value>) -> Self {
        let text = |name: &str| inputs.get(name).and_then(value_text).unwrap_or_default();
        Self { user: text("user"), password: Secret::new(text("password")) }
    }
}

impl Flow<Session> for SignIn {
    fn start(&mut self) -> Progress<Session> {
        if let Err(failure) = check_both(&self.user, self.password.reveal()) {
            return Progress::Failed(failure);
        }
        Progress::Send(Request {
            method: "POST".to_owned(),
            path: "/v1/tokens".to_owned(),
            body: Body::Json(json!({"user": self.user, "password": self.password.reveal()})),
            ..Request::default()
        })
    }

    fn answer(&mut self, response: &Response) -> Progress<Session> {
        let answer = match answer(response) {
            Ok(answer) => answer,
            Err(failure) if failure.kind == FailureKind::SignedOut => {
                return Progress::Failed(Failure { kind: FailureKind::BadCredentials, ..failure });
            }
            Err(failure) => return Progress::Failed(failure),
        };
        let text = |name: &str| answer.get(name).and_then(Value::as_str);
        let Some(token) = text("token") else {
            return Progress::Failed(Failure::malformed(response, words::answer::no_token()));
        };
        let value = Secret::new(format!("Bearer {token}"));
        Progress::Done(Session {
            user: Some(self.user.clone()),
            roles: text("role").map(str::to_owned).into_iter().collect(),
            authority: Authority::Header { name: "Authorization".to_owned(), value },
            ..Session::default()
        })
    }
}

/// The request that ends the token.
pub(super) fn sign_out() -> Request {
    Request { method: "DELETE".to_owned(), path: "/v1/tokens/current".to_owned(), ..Request::default() }
}
