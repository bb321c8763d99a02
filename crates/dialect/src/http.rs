//! Requests and responses as plain data.

use std::fmt;

use serde_json::Value;

/// A request as a dialect makes it. Relative to the system, without credentials until it is sent.
///
/// `Debug` leaves out bodies and the values of headers: both can hold secrets.
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

/// A response as the sender got it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body bytes.
    pub body: Vec<u8>,
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("origin", &self.origin)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &headers)
            .field("body", &self.body)
            .finish()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => formatter.write_str("None"),
            Self::Json(_) => formatter.write_str("Json(…)"),
            Self::Form(fields) => {
                let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
                formatter.debug_tuple("Form").field(&names).finish()
            }
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
}

impl Response {
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
