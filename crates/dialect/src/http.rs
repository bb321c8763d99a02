//! Requests and responses as plain data.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

/// A request as a dialect makes it. Relative to the system, without credentials until it is sent.
///
/// `Debug` leaves out bodies and the values of headers and of the query: all of them can hold secrets.
#[derive(Clone, PartialEq, Default)]
pub struct Request {
    /// HTTP method in upper case.
    pub method: String,
    /// Address to send to instead of the system's own (an identity service); from `systems.json`.
    pub origin: Option<String>,
    /// Path from the system's root, percent-encoded, with a leading slash.
    pub path: String,
    /// Query pairs in order, not encoded.
    pub query: Vec<(String, String)>,
    /// Headers in order. Content-Type follows from the body, unless it is among them.
    pub headers: Vec<(String, String)>,
    /// What is sent.
    pub body: Body,
}

/// The body of a request. `Debug` shows only its kind and the names in it.
#[derive(Clone, PartialEq, Default)]
pub enum Body {
    /// Nothing.
    #[default]
    None,
    /// JSON, sent as `application/json`.
    Json(Value),
    /// Fields sent as `application/x-www-form-urlencoded`.
    Form(Vec<(String, String)>),
    /// Parts sent as `multipart/form-data`; the sender sets the boundary.
    Multipart(Vec<Part>),
}

/// A part of a multipart body.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Name of the part.
    pub name: String,
    /// What it holds.
    pub content: PartContent,
}

/// What a part holds. `Debug` leaves texts out.
#[derive(Clone, PartialEq)]
pub enum PartContent {
    /// Text.
    Text(String),
    /// A file that the sender keeps under this handle.
    File {
        /// The sender's handle.
        handle: u64,
        /// File name as the person chose it.
        name: String,
        /// Size in bytes.
        size: u64,
    },
}

/// A request for one piece of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// What to send.
    pub request: Request,
    /// Bytes that were asked for. An answer with fewer is the file's end.
    pub length: u64,
}

/// A response as the sender got it. `Debug` leaves out the body and the values of headers: both can hold secrets.
#[derive(Clone, PartialEq, Default)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body bytes. The records of a page are parts of it.
    pub body: Arc<Vec<u8>>,
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("origin", &self.origin)
            .field("path", &self.path)
            .field("query", &names(&self.query))
            .field("headers", &names(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &names(&self.headers))
            .field("bytes", &self.body.len())
            .finish()
    }
}

/// Names of pairs, without their values.
fn names(pairs: &[(String, String)]) -> Vec<&str> {
    pairs.iter().map(|(name, _)| name.as_str()).collect()
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => formatter.write_str("None"),
            Self::Json(_) => formatter.write_str("Json(…)"),
            Self::Form(fields) => formatter.debug_tuple("Form").field(&names(fields)).finish(),
            Self::Multipart(parts) => formatter.debug_tuple("Multipart").field(parts).finish(),
        }
    }
}

impl fmt::Debug for PartContent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => formatter.write_str("Text(…)"),
            Self::File { handle, name, size } => formatter
                .debug_struct("File")
                .field("handle", handle)
                .field("name", name)
                .field("size", size)
                .finish(),
        }
    }
}

impl Body {
    /// Whether it is JSON.
    #[must_use]
    pub const fn is_json(&self) -> bool {
        matches!(self, Self::Json(_))
    }
}

impl Request {
    /// Path and query exactly as they are sent: what follows the address of the system.
    #[must_use]
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, encode_pairs(&self.query))
        }
    }

    /// Method and target as one line; the address before it where the request does not go to the system itself.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}{}", self.method, self.origin.as_deref().unwrap_or_default(), self.target())
    }

    /// Sets a header, in place of one of that name.
    pub fn set_header(&mut self, name: &str, value: &str) {
        self.headers.retain(|(key, _)| !key.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
    }
}

impl Response {
    /// The first header of that name (lower case).
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the status says that it went well.
    #[must_use]
    pub fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Seconds to wait before another try, where the answer names them. A date is not read.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        self.header("retry-after")?.trim().parse().ok()
    }

    /// File name of a `Content-Disposition` header, without any folders.
    #[must_use]
    pub fn suggested_name(&self) -> Option<String> {
        let (_, rest) = self.header("content-disposition")?.split_once("filename=")?;
        let name = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next()?,
            None => rest.split(';').next()?.trim(),
        };
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        (!name.is_empty()).then(|| name.to_owned())
    }
}

/// Pairs as a query, or as a body of the type `application/x-www-form-urlencoded`.
#[must_use]
pub fn encode_pairs(pairs: &[(String, String)]) -> String {
    let encoded: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode_segment(name), encode_segment(value)))
        .collect();
    encoded.join("&")
}

/// Percent-encodes a path segment: everything but the unreserved characters of RFC 3986.
#[must_use]
pub fn encode_segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                encoded.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(query: &[(&str, &str)]) -> Request {
        let query = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Request {
            method: "DELETE".to_owned(),
            path: "/things/a%20b".to_owned(),
            query: query.collect(),
            ..Request::default()
        }
    }

    #[test]
    fn the_target_is_the_path_and_the_encoded_query() {
        assert_eq!(request(&[]).target(), "/things/a%20b");
        assert_eq!(
            request(&[("approved", "yes"), ("a b", "1&2=ü+"), ("empty", "")]).target(),
            "/things/a%20b?approved=yes&a%20b=1%262%3D%C3%BC%2B&empty="
        );
    }

    #[test]
    fn a_line_says_where_it_goes() {
        assert_eq!(request(&[]).line(), "DELETE /things/a%20b");
        let elsewhere =
            Request { origin: Some("https://id.example/v3".to_owned()), ..request(&[("a", "b")]) };
        assert_eq!(elsewhere.line(), "DELETE https://id.example/v3/things/a%20b?a=b");
    }

    #[test]
    fn debug_output_holds_no_value_that_could_be_a_secret() {
        let mut request = request(&[("password", "hunter2")]);
        request.set_header("x-token", "hunter2");
        request.body = Body::Form(vec![("pin".to_owned(), "hunter2".to_owned())]);
        let response = Response {
            status: 200,
            headers: vec![("set-cookie".to_owned(), "hunter2".to_owned())],
            body: b"hunter2".to_vec().into(),
        };
        let told = format!("{request:?} {response:?}");
        assert!(!told.contains("hunter2") && told.contains("password") && told.contains("x-token"), "{told}");
        assert!(told.contains("set-cookie") && told.contains("pin") && !told.contains("104"), "{told}");
    }
}
