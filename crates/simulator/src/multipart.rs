//! Uploads: the parts of a `multipart/form-data` body.

use crate::message::Request;

/// One part of a body.
#[derive(Debug)]
struct Part<'a> {
    name: String,
    content: &'a [u8],
}

/// The part of one of these names.
///
/// # Errors
///
/// A sentence about a body that is no form, or that lacks the part.
pub(crate) fn part<'a>(request: &'a Request, names: &[&str]) -> Result<&'a [u8], String> {
    let parts = parts(request)?;
    let found = parts.into_iter().find(|part| names.contains(&part.name.as_str()));
    found
        .map(|part| part.content)
        .ok_or_else(|| format!("the form has no part named '{}'", names.join("' or '")))
}

fn parts(request: &Request) -> Result<Vec<Part<'_>>, String> {
    let kind = request.header_value("content-type").unwrap_or_default();
    let boundary = boundary(kind).ok_or_else(|| "a multipart form is expected".to_owned())?;
    let delimiter = format!("--{boundary}");
    let mut rest = after(&request.body, delimiter.as_bytes())
        .ok_or_else(|| "the form does not hold its boundary".to_owned())?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let end = format!("\r\n{delimiter}");
        let at =
            find(rest, end.as_bytes()).ok_or_else(|| "the form ends before its last boundary".to_owned())?;
        let (part, tail) = rest.split_at(at);
        parts.extend(read(part));
        rest = tail.get(end.len()..).unwrap_or_default();
    }
    Ok(parts)
}

fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    parameter(parameters, "boundary")
}

/// A part with its headers, or nothing if it names none.
fn read(part: &[u8]) -> Option<Part<'_>> {
    let part = part.strip_prefix(b"\r\n")?;
    let at = find(part, b"\r\n\r\n")?;
    let headers = String::from_utf8_lossy(part.get(..at)?);
    let disposition = headers.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    let name = parameter(disposition, "name")?.to_owned();
    Some(Part { name, content: part.get(at + 4..)? })
}

/// `value` of `; name="value"` or `; name=value`.
fn parameter<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.split(';').find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim_matches('"'))
    })
}

fn after<'a>(text: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    text.get(find(text, mark)? + mark.len()..)
}

fn find(text: &[u8], mark: &[u8]) -> Option<usize> {
    text.windows(mark.len()).position(|window| window == mark)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::message::Method;

    /// An upload of one part.
    pub(crate) fn upload(target: &str, name: &str, content: &str) -> Request {
        let mut request = Request::new(Method::Post, target)
            .header("content-type", "multipart/form-data; boundary=\"Edge-7\"");
        request.body = format!(
            "--Edge-7\r\nContent-Type: application/octet-stream\r\nContent-Disposition: form-data; \
             filename=\"a.pem\"; name=\"{name}\"\r\n\r\n{content}\r\n--Edge-7--\r\n"
        )
        .into_bytes();
        request
    }

    #[test]
    fn the_content_of_a_part_is_kept_to_the_byte() {
        let request = upload("/x", "upload", "a\r\nb\r\n");
        assert_eq!(part(&request, &["other", "upload"]).expect("a part"), b"a\r\nb\r\n");
        assert_eq!(part(&request, &["file"]).expect_err("no part"), "the form has no part named 'file'");
        let mut cut = request;
        cut.body.truncate(60);
        assert_eq!(part(&cut, &["upload"]).expect_err("cut"), "the form ends before its last boundary");
        let json = Request::new(Method::Post, "/x").json(&serde_json::json!({}));
        assert_eq!(part(&json, &["upload"]).expect_err("no form"), "a multipart form is expected");
    }
}
