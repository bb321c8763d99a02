//! Links, and the two documents that say where everything is.

use serde_json::{Value as Json, json};

use super::{Call, version};
use crate::message::Response;

/// The links of a record or a collection, whose path is without the version.
pub(super) fn links(base: &str, path: &str) -> Json {
    json!([
        {"rel": "self", "href": format!("{base}/v1/{path}")},
        {"rel": "bookmark", "href": format!("{base}/{path}")},
    ])
}

fn newest(base: &str) -> Json {
    let (oldest, newest) = version::range();
    json!({
        "id": "v1",
        "status": "CURRENT",
        "min_version": oldest,
        "version": newest,
        "links": [{"rel": "self", "href": format!("{base}/v1/")}],
    })
}

/// `GET /`: the versions of the API.
pub(super) fn versions(call: &Call<'_>) -> Response {
    let newest = newest(&call.base());
    let about = "Ironic manages bare metal machines; here it is simulated";
    Response::json(
        200,
        &json!({"name": "OpenStack Ironic API", "description": about, "default_version": newest, "versions": [newest]}),
    )
}

/// `GET /v1`: the collections of the version that was asked for.
pub(super) fn root(call: &Call<'_>) -> Response {
    let base = call.base();
    let mut body = json!({
        "id": "v1",
        "version": newest(&base),
        "links": [{"rel": "self", "href": format!("{base}/v1/")}],
        "nodes": links(&base, "nodes/"),
    });
    if let (true, Some(body)) = (call.version.has_volumes(), body.as_object_mut()) {
        body.insert("volume".to_owned(), links(&base, "volume/"));
    }
    Response::json(200, &body)
}

/// `GET /v1/volume`: the two collections of volumes.
pub(super) fn volume(call: &Call<'_>) -> Response {
    let base = call.base();
    Response::json(
        200,
        &json!({
            "connectors": links(&base, "volume/connectors"),
            "targets": links(&base, "volume/targets"),
            "links": links(&base, "volume/"),
        }),
    )
}
