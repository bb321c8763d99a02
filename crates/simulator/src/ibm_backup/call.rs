//! What a handler works with.

use serde_json::{Value as Json, json};

use super::fault::Fault;
use super::iam::Account;
use super::service::Service;
use crate::message::{Request, Response};

/// A request that keeps to the documents, of somebody who may ask it.
pub(super) struct Call<'a> {
    pub(super) service: &'a mut Service,
    pub(super) request: &'a Request,
    /// Values of the path's placeholders, in their order.
    pub(super) path: Vec<String>,
    /// The body; null where there is none.
    pub(super) body: Json,
    pub(super) account: Account,
}

impl Call<'_> {
    /// The first value of the path.
    pub(super) fn id(&self) -> String {
        self.path.first().cloned().unwrap_or_default()
    }

    /// The first value of the path as a number; 404 for anything else.
    pub(super) fn number(&self, what: &str) -> Result<i64, Fault> {
        self.id().parse().map_err(|_malformed| Fault::absent(what, &self.id()))
    }

    /// The values of a list in the query; `None` where it is not asked for.
    pub(super) fn list(&self, name: &str) -> Option<Vec<&str>> {
        self.request.parameter(name).map(|text| text.split(',').collect())
    }

    /// Whether a list in the query holds this value, or is not asked for.
    pub(super) fn wants(&self, name: &str, value: &str) -> bool {
        self.list(name).is_none_or(|values| values.contains(&value))
    }

    /// A flag of the query.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.request.parameter(name).map(|text| text == "true")
    }

    /// A number of the query.
    pub(super) fn int(&self, name: &str) -> Option<i64> {
        self.request.parameter(name).and_then(|text| text.parse().ok())
    }

    /// A text of the body; empty where there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_default()
    }
}

/// A list under its name.
pub(super) fn listed(name: &str, items: Vec<Json>) -> Response {
    Response::json(200, &json!({ name: items }))
}
