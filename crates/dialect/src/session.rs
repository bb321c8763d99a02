//! Signing in and out, as steps that someone else sends.

use std::fmt;

use boxdeck_catalog::{Field, Settable};
use serde_json::Value;

use crate::failure::{Failure, FailureKind, FieldFault};
use crate::http::{Request, Response};

/// A secret text. Shows as `•••` in `Debug`, has no `Display` and is not serialised.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself: only for the request that carries it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("•••")
    }
}

/// Who is signed in to a system, and what proves it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Session {
    /// User name, where the kind has users.
    pub user: Option<String>,
    /// What a person reads as who is signed in, where what proves it names no user.
    pub known_as: Option<String>,
    /// Roles on the box, as on the wire. Empty: unknown or none.
    pub roles: Vec<String>,
    /// What proves it.
    pub authority: Authority,
    /// API version that was agreed on, where the kind negotiates one.
    pub version: Option<String>,
    /// What the box calls the session, where it has a name for it that proves nothing.
    pub id: Option<String>,
    /// Further headers of every request, which are no secret (a tenant).
    pub headers: Vec<(String, String)>,
    /// Address of the service that vouches for it, where that is not the box.
    pub identity: Option<String>,
    /// How to make it last, where what proves it ends by itself.
    pub renewal: Option<Renewal>,
}

impl Session {
    /// Puts what proves the session into a request, and what else each of its requests carries.
    pub fn sign(&self, request: &mut Request) {
        self.authority.sign(request);
        for (name, value) in &self.headers {
            request.set_header(name, value);
        }
    }
}

/// What it takes to make a session last without asking a person again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// Seconds after which to renew, counted from when the session was made.
    pub seconds: u32,
    /// What proves to [`Session::identity`] who asks.
    pub secret: Secret,
}

/// What proves a session to the box.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Authority {
    /// The box asks for nothing.
    #[default]
    None,
    /// A cookie that the browser keeps and scripts cannot read.
    Cookie,
    /// A header on each request.
    Header {
        /// Its name.
        name: String,
        /// Its value.
        value: Secret,
    },
}

impl Authority {
    /// Puts the proof into a request, where a header is one.
    pub(crate) fn sign(&self, request: &mut Request) {
        if let Self::Header { name, value } = self {
            request.set_header(name, value.reveal());
        }
    }
}

/// What a system asks for before it lets anyone in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Challenge {
    /// The dialect's name for the way (`password`, `basic`, `keystone`).
    pub method: String,
    /// Inputs to show. A secret field is a password. Names `user` and `password` are offered to password managers.
    pub fields: Vec<Field>,
    /// Address of an identity service that the box named, if any.
    pub identity: Option<String>,
}

impl Challenge {
    /// Fields for a user name, offered as given, and a password.
    #[must_use]
    pub fn user_and_password(user: Option<&str>) -> Vec<Field> {
        vec![
            Field {
                name: "user".to_owned(),
                label: words::sign_in::user_name().to_owned(),
                create: Settable::Required,
                default: user.map(|user| Value::String(user.to_owned())),
                ..Field::default()
            },
            Field {
                name: "password".to_owned(),
                label: words::sign_in::password().to_owned(),
                create: Settable::Required,
                secret: true,
                ..Field::default()
            },
        ]
    }
}

/// Checks what was typed into the fields of [`Challenge::user_and_password`].
///
/// # Errors
/// One of them is empty.
pub(crate) fn check_both(user: &str, password: &str) -> Result<(), Failure> {
    check_filled(&[("user", user), ("password", password)], words::sign_in::both_needed())
}

/// Checks that inputs (name and text) are filled; `message` says which are needed.
///
/// # Errors
/// One of them is empty; each that is gets its fault.
pub(crate) fn check_filled(needed: &[(&str, &str)], message: &str) -> Result<(), Failure> {
    let fault =
        |field: &str| FieldFault { field: field.to_owned(), message: words::sign_in::needed().to_owned() };
    let fields: Vec<FieldFault> =
        needed.iter().filter(|(_, text)| text.is_empty()).map(|(name, _)| fault(name)).collect();
    if fields.is_empty() {
        return Ok(());
    }
    Err(Failure { fields, ..Failure::new(FailureKind::Invalid, message) })
}

/// Answer to "may I come in?".
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// Yes, as this session.
    Open(Session),
    /// Not without this.
    Ask(Challenge),
}

/// What a flow wants next.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress<T> {
    /// Send this and come back with the response.
    Send(Request),
    /// It has ended well.
    Done(T),
    /// It has ended badly.
    Failed(Failure),
}

/// A conversation of several requests. The sender calls [`Flow::start`], sends what it is given, and hands each response to
/// [`Flow::answer`] until it is done. A request that got no answer ends the flow from outside.
pub trait Flow<T> {
    /// The first step.
    fn start(&mut self) -> Progress<T>;

    /// The step after this response.
    fn answer(&mut self, response: &Response) -> Progress<T>;
}
