//! Operations: where they are, what they take, and who carries them out.

use super::body::Field;
use super::call::Call;
use super::fault::Fault;
use crate::message::{Method, Response};

/// What carries out an operation.
pub(super) type Handler = fn(&mut Call<'_>) -> Result<Response, Fault>;

/// One operation. Paths are fixed: everything that names a record is a parameter of the query.
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: &'static str,
    /// The parameters that the operation knows.
    pub(super) query: &'static [&'static str],
    /// The fields of the object that the operation takes as its body, if it takes one.
    pub(super) body: Option<&'static [Field]>,
    /// Any region's service carries it out; the others belong to the default region's.
    pub(super) anywhere: bool,
    /// It has no use where the system is a single node.
    pub(super) multi_node: bool,
    pub(super) handler: Handler,
}

impl Route {
    const fn new(
        method: Method,
        path: &'static str,
        query: &'static [&'static str],
        handler: Handler,
    ) -> Self {
        Self { method, path, query, body: None, anywhere: false, multi_node: false, handler }
    }

    pub(super) const fn get(path: &'static str, query: &'static [&'static str], handler: Handler) -> Self {
        Self::new(Method::Get, path, query, handler)
    }

    /// PUT creates.
    pub(super) const fn put(path: &'static str, query: &'static [&'static str], handler: Handler) -> Self {
        Self::new(Method::Put, path, query, handler)
    }

    /// POST updates or acts.
    pub(super) const fn post(path: &'static str, query: &'static [&'static str], handler: Handler) -> Self {
        Self::new(Method::Post, path, query, handler)
    }

    pub(super) const fn delete(path: &'static str, query: &'static [&'static str], handler: Handler) -> Self {
        Self::new(Method::Delete, path, query, handler)
    }

    pub(super) const fn takes(mut self, fields: &'static [Field]) -> Self {
        self.body = Some(fields);
        self
    }

    pub(super) const fn anywhere(mut self) -> Self {
        self.anywhere = true;
        self
    }

    pub(super) const fn multi_node(mut self) -> Self {
        self.multi_node = true;
        self
    }
}
