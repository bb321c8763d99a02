//! What a browser makes of a request: headers and bytes.

use std::collections::BTreeMap;

use boxdeck_dialect::{Body, Part, PartContent, Request, http};
use boxdeck_simulator::Method;

const BOUNDARY: &str = "----edge-of-a-part";

/// The request as it arrives at the system. `files` are the contents of the files by their handles.
pub(crate) fn sent(request: &Request, files: &BTreeMap<u64, Vec<u8>>) -> boxdeck_simulator::Request {
    let method = Method::parse(&request.method).expect("a method");
    let mut sent = boxdeck_simulator::Request::new(method, &request.target());
    let content_type = match &request.body {
        Body::None => None,
        Body::Json(body) => {
            sent.body = body.to_string().into_bytes();
            Some("application/json".to_owned())
        }
        Body::Form(fields) => {
            sent.body = http::encode_pairs(fields).into_bytes();
            Some("application/x-www-form-urlencoded".to_owned())
        }
        Body::Multipart(parts) => {
            sent.body = multipart(parts, files);
            Some(format!("multipart/form-data; boundary={BOUNDARY}"))
        }
    };
    let own_type = request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if let Some(content_type) = content_type.filter(|_| !own_type) {
        sent = sent.header("content-type", &content_type);
    }
    for (name, value) in &request.headers {
        sent = sent.header(name, value);
    }
    // Browsers send the length with every method that may have a body, and with no other.
    if !matches!(method, Method::Get | Method::Delete) || !sent.body.is_empty() {
        let length = sent.body.len().to_string();
        sent = sent.header("content-length", &length);
    }
    sent
}

fn multipart(parts: &[Part], files: &BTreeMap<u64, Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        let name = &part.name;
        bytes.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"").bytes());
        match &part.content {
            PartContent::Text(text) => bytes.extend(format!("\r\n\r\n{text}").bytes()),
            PartContent::File { handle, name, size } => {
                let content = files.get(handle).expect("a file that was chosen");
                assert_eq!(*size, content.len() as u64, "{name}");
                bytes.extend(format!("; filename=\"{name}\"\r\n").bytes());
                bytes.extend(b"Content-Type: application/octet-stream\r\n\r\n");
                bytes.extend(content);
            }
        }
        bytes.extend(b"\r\n");
    }
    bytes.extend(format!("--{BOUNDARY}--\r\n").bytes());
    bytes
}
