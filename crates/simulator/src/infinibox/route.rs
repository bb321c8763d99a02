//! The table of operations and how a request finds its own.

use super::call::Call;
use super::fault::Fault;
use super::reply::Reply;
use super::roles::Roles;
use crate::message::{Method, decode_segment};

/// What runs an operation.
pub(crate) type Handler = for<'a, 'b> fn(&'a mut Call<'b>) -> Result<Reply, Fault>;

/// Who may call an operation.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Access {
    /// Anybody, signed in or not.
    Open,
    /// Users of these roles.
    For(Roles),
}

/// One operation.
pub(crate) struct Route {
    pub(crate) method: Method,
    /// The path below `/api/rest/`, with parameters in braces.
    pub(crate) template: &'static str,
    pub(crate) access: Access,
    /// The system states in which it runs; empty for all.
    pub(crate) states: &'static [&'static str],
    pub(crate) handler: Handler,
}

impl Route {
    pub(crate) const fn new(method: Method, template: &'static str, roles: Roles, handler: Handler) -> Self {
        Self { method, template, access: Access::For(roles), states: &[], handler }
    }

    /// A read that every signed-in user may do.
    pub(crate) const fn get(template: &'static str, handler: Handler) -> Self {
        Self::new(Method::Get, template, Roles::EVERYONE, handler)
    }

    pub(crate) const fn post(template: &'static str, roles: Roles, handler: Handler) -> Self {
        Self::new(Method::Post, template, roles, handler)
    }

    pub(crate) const fn put(template: &'static str, roles: Roles, handler: Handler) -> Self {
        Self::new(Method::Put, template, roles, handler)
    }

    pub(crate) const fn delete(template: &'static str, roles: Roles, handler: Handler) -> Self {
        Self::new(Method::Delete, template, roles, handler)
    }

    /// An operation that needs no sign-in.
    pub(crate) const fn open(method: Method, template: &'static str, handler: Handler) -> Self {
        let mut route = Self::new(method, template, Roles::EVERYONE, handler);
        route.access = Access::Open;
        route
    }

    /// The same operation, only in these system states.
    pub(crate) const fn states(mut self, states: &'static [&'static str]) -> Self {
        self.states = states;
        self
    }

    /// The same operation for other roles.
    pub(crate) const fn roles(mut self, roles: Roles) -> Self {
        self.access = Access::For(roles);
        self
    }
}

/// What a path leads to.
pub(crate) enum Found {
    Operation(&'static Route, Vec<(&'static str, String)>),
    /// The path exists with other methods.
    OtherMethod,
    Nothing,
}

/// Finds the operation for a path. A literal segment goes before a parameter, and a slash at the end counts for
/// nothing.
pub(crate) fn find(tables: &[&'static [Route]], method: Method, path: &str) -> Found {
    let Some(rest) = path.trim_end_matches('/').strip_prefix("/api/rest/") else {
        return Found::Nothing;
    };
    let segments: Vec<&str> = rest.split('/').collect();
    let matching =
        || tables.iter().flat_map(|table| table.iter()).filter(|route| matches(route.template, &segments));
    let Some(best) =
        matching().filter(|route| route.method == method).min_by_key(|route| shape(route.template))
    else {
        return match matching().next() {
            Some(_) => Found::OtherMethod,
            None => Found::Nothing,
        };
    };
    Found::Operation(best, arguments(best.template, &segments))
}

fn matches(template: &str, segments: &[&str]) -> bool {
    let mut parts = template.split('/');
    segments.iter().all(|segment| parts.next().is_some_and(|part| part.starts_with('{') || part == *segment))
        && parts.next().is_none()
}

/// Which segments are parameters: the fewer and the later, the better the match.
fn shape(template: &str) -> Vec<bool> {
    template.split('/').map(|part| part.starts_with('{')).collect()
}

fn arguments(template: &'static str, segments: &[&str]) -> Vec<(&'static str, String)> {
    template
        .split('/')
        .zip(segments)
        .filter_map(|(part, segment)| {
            let name = part.strip_prefix('{')?.strip_suffix('}')?;
            Some((name, decode_segment(segment).into_owned()))
        })
        .collect()
}
