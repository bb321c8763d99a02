//! What an operation answers, and the envelope around it.

use serde_json::{Value as Json, json};

use super::fault::Fault;
use crate::message::Response;

/// One page of a list, rendered.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) rows: Vec<Json>,
    /// From 1.
    pub(crate) page: usize,
    pub(crate) page_size: usize,
    /// How many records pass the filters.
    pub(crate) total: usize,
}

/// The answer of an operation that wasn't refused.
#[derive(Debug)]
pub(crate) struct Reply {
    status: u16,
    body: Body,
    headers: Vec<(&'static str, String)>,
}

#[derive(Debug)]
enum Body {
    Result(Json),
    Page(Page),
    /// Accepted; what is known so far, and the path where the outcome will be.
    Background(Json, String),
    /// JSON without the envelope, which one documented answer is.
    Bare(Json),
}

impl Reply {
    /// 200 with a record, a value, a list without pages, or null.
    pub(crate) fn result(result: impl Into<Json>) -> Self {
        Self::with(200, Body::Result(result.into()))
    }

    /// 201 with the record that was created.
    pub(crate) fn created(result: Json) -> Self {
        Self::with(201, Body::Result(result))
    }

    /// 200 with a page of a list.
    pub(crate) fn page(page: Page) -> Self {
        Self::with(200, Body::Page(page))
    }

    /// The operation goes on in the background; `url` will tell the outcome.
    pub(crate) fn background(so_far: impl Into<Json>, url: String) -> Self {
        Self::with(200, Body::Background(so_far.into(), url))
    }

    /// 302: a browser goes on to that address.
    pub(crate) fn redirect(url: &str) -> Self {
        Self::with(302, Body::Result(Json::Null)).header("location", url.to_owned())
    }

    /// 200 with JSON that stands alone.
    pub(crate) fn bare(body: Json) -> Self {
        Self::with(200, Body::Bare(body))
    }

    /// The same answer with one more header.
    pub(crate) fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    fn with(status: u16, body: Body) -> Self {
        Self { status, body, headers: Vec::new() }
    }

    pub(crate) fn into_response(self) -> Response {
        let body = match self.body {
            Body::Result(result) => json!({"result": result, "metadata": {"ready": true}, "error": null}),
            Body::Page(page) => json!({
                "metadata": {
                    "ready": true,
                    "number_of_objects": page.total,
                    "pages_total": page.total.div_ceil(page.page_size).max(1),
                    "page": page.page,
                    "page_size": page.page_size,
                },
                "result": page.rows,
                "error": null,
            }),
            Body::Background(so_far, url) => json!({
                "result": so_far,
                "metadata": {"ready": false, "result_url": url},
                "error": null,
            }),
            Body::Bare(body) => body,
        };
        self.headers
            .into_iter()
            .fold(Response::json(self.status, &body), |response, (name, value)| response.header(name, &value))
    }
}

impl Fault {
    pub(crate) fn into_response(self) -> Response {
        let body = json!({
            "result": null,
            "metadata": {"ready": true},
            "error": {"code": self.code, "message": self.message},
        });
        Response::json(self.status, &body)
    }
}
