//! Which call a request is, and what stands before every handler.

use super::access::{self, Actor};
use super::block::Block;
use super::fault::Fault;
use super::{
    Call, ROOT, certificates, directory, groups, jobs, membership, password, rules, sessions, users,
};
use crate::message::{Method, Request, Response, decode_segment};

/// The most bytes of all headers together.
const HEADER_BYTES: usize = 8192;
/// The most bytes of a JSON body.
const JSON_BYTES: usize = 64 * 1024;
/// The most bytes of an upload.
const UPLOAD_BYTES: usize = 1024 * 1024;

/// Everybody who manages users.
const MANAGERS: &[&str] = &["Security", "VpsSecurity"];

struct Route {
    method: Method,
    /// The path below the root; `*` stands for a name.
    path: &'static str,
    /// Roles of which one is needed; none: whoever is signed in.
    roles: &'static [&'static str],
    /// Only the primary node answers.
    is_for_primary: bool,
    sign_in: SignIn,
    sends: Sends,
    handler: fn(&mut Call<'_>) -> Result<Response, Fault>,
}

/// How a sender proves who it is.
#[derive(PartialEq)]
enum SignIn {
    Any,
    /// A session cannot open a session.
    Password,
    /// The proof is in the body.
    None,
}

/// What a request brings.
enum Sends {
    Nothing,
    /// Nothing, and says so with its length.
    Length,
    /// JSON.
    Json,
    /// JSON with a length that is asked for.
    JsonWithLength,
    /// JSON, where another media type is no more than a malformed body.
    JsonOr400,
    Form,
}

impl Route {
    const fn new(
        method: Method,
        path: &'static str,
        roles: &'static [&'static str],
        sends: Sends,
        handler: fn(&mut Call<'_>) -> Result<Response, Fault>,
    ) -> Self {
        Self { method, path, roles, is_for_primary: false, sign_in: SignIn::Any, sends, handler }
    }

    const fn primary(self) -> Self {
        Self { is_for_primary: true, ..self }
    }

    const fn sign_in(self, sign_in: SignIn) -> Self {
        Self { sign_in, ..self }
    }

    /// What stands in the path for the stars; `None` if it is another path.
    fn names(&self, segments: &[&str]) -> Option<Vec<String>> {
        let pattern: Vec<&str> = self.path.split('/').collect();
        if pattern.len() != segments.len() {
            return None;
        }
        let mut names = Vec::new();
        for (pattern, segment) in pattern.into_iter().zip(segments) {
            let segment = decode_segment(segment);
            if pattern == "*" {
                names.push(segment.into_owned());
            } else if pattern != segment {
                return None;
            }
        }
        Some(names)
    }
}

const ROUTES: &[Route] = &[
    Route::new(
        Method::Post,
        "external-auth-server-root-certificates/*/actions/import/invoke",
        &["Security"],
        Sends::Form,
        certificates::import,
    )
    .primary(),
    Route::new(
        Method::Get,
        "external-auth-server-root-certificates/*/download",
        &["Security"],
        Sends::Nothing,
        certificates::download,
    )
    .primary(),
    Route::new(Method::Get, "external-auth-server-setting", &["Security"], Sends::Nothing, directory::show)
        .primary(),
    Route::new(Method::Patch, "external-auth-server-setting", &["Security"], Sends::Json, directory::set)
        .primary(),
    Route::new(
        Method::Post,
        "external-auth-server-setting/actions/verify-connectivity/invoke",
        &["Security", "Service"],
        Sends::Length,
        directory::verify,
    )
    .primary(),
    Route::new(Method::Get, "user-auth-setting", &[], Sends::Nothing, rules::show).primary(),
    Route::new(Method::Patch, "user-auth-setting", &["Security"], Sends::Json, rules::set).primary(),
    Route::new(Method::Get, "user-groups", MANAGERS, Sends::Nothing, groups::list),
    Route::new(Method::Post, "user-groups", MANAGERS, Sends::JsonOr400, groups::create),
    Route::new(Method::Get, "user-groups/*", MANAGERS, Sends::Nothing, groups::show),
    Route::new(Method::Patch, "user-groups/*", MANAGERS, Sends::Json, groups::set),
    Route::new(Method::Delete, "user-groups/*", MANAGERS, Sends::Nothing, groups::delete),
    Route::new(Method::Get, "users", MANAGERS, Sends::Nothing, users::list),
    Route::new(Method::Post, "users", MANAGERS, Sends::JsonWithLength, users::create),
    Route::new(Method::Get, "users/*", &[], Sends::Nothing, users::show),
    Route::new(Method::Patch, "users/*", MANAGERS, Sends::Json, users::set),
    Route::new(Method::Delete, "users/*", MANAGERS, Sends::Nothing, users::delete),
    Route::new(
        Method::Post,
        "users/*/actions/add-user-group/invoke",
        MANAGERS,
        Sends::JsonWithLength,
        membership::add,
    ),
    Route::new(
        Method::Post,
        "users/*/actions/delete-user-group/invoke",
        MANAGERS,
        Sends::JsonWithLength,
        membership::remove,
    ),
    Route::new(Method::Patch, "users/*/password", &[], Sends::Json, password::change).sign_in(SignIn::None),
    // What the documents at hand leave to others, and no client can do without.
    Route::new(Method::Post, "sessions", &[], Sends::Nothing, sessions::create).sign_in(SignIn::Password),
    Route::new(Method::Get, "sessions", &[], Sends::Nothing, sessions::list),
    Route::new(Method::Get, "sessions/*", &[], Sends::Nothing, sessions::show),
    Route::new(Method::Delete, "sessions/*", &[], Sends::Nothing, sessions::delete),
    Route::new(Method::Get, "jobs/*", &[], Sends::Nothing, jobs::show),
];

/// Answers a request, or refuses it.
pub(super) fn answer(block: &mut Block, request: &Request) -> Result<Response, Fault> {
    let bytes: usize = request.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
    if bytes > HEADER_BYTES {
        return Err(Fault::long_headers());
    }
    if request.header_value("expect").is_some() {
        return Err(Fault::expectation());
    }
    let path = request.path.strip_prefix(ROOT).ok_or_else(|| Fault::absent("such path"))?;
    let segments: Vec<&str> = path.split('/').collect();
    let found = ROUTES
        .iter()
        .filter(|route| route.method == request.method)
        .find_map(|route| Some((route, route.names(&segments)?)));
    let (route, names) = found.ok_or_else(|| Fault::absent("such path"))?;
    transfer(request, &route.sends)?;
    let actor = match route.sign_in {
        SignIn::Any => access::authenticate(block, request)?,
        SignIn::Password => access::by_password(block, request)?,
        SignIn::None => Actor::new(block, "", Vec::new()),
    };
    if route.is_for_primary && !block.is_primary {
        return Err(Fault::not_primary());
    }
    if !route.roles.is_empty() && !actor.has_any(route.roles) {
        return Err(Fault::forbidden());
    }
    (route.handler)(&mut Call { block, request, actor, names })
}

/// The rules of HTTP about bodies.
fn transfer(request: &Request, sends: &Sends) -> Result<(), Fault> {
    let has_length = request.header_value("content-length").is_some();
    if !has_length && matches!(sends, Sends::Length | Sends::JsonWithLength | Sends::Form) {
        return Err(Fault::no_length());
    }
    let most = if matches!(sends, Sends::Form) { UPLOAD_BYTES } else { JSON_BYTES };
    if request.body.len() > most {
        return Err(Fault::too_large());
    }
    let media = request.header_value("content-type").unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match sends {
        Sends::Json | Sends::JsonWithLength if media != "application/json" => {
            Err(Fault::media_type("application/json"))
        }
        Sends::JsonOr400 if media != "application/json" => Err(Fault::bad("The body is not JSON.")),
        Sends::Form if media != "multipart/form-data" => Err(Fault::media_type("multipart/form-data")),
        _ => Ok(()),
    }
}
