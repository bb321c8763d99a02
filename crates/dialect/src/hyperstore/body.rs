//! What an answer holds: JSON, plain text or HTML. Which of them it is follows from the operation and from the body itself; the
//! service's content types do not tell.

use serde_json::Value;

use super::refusal;
use crate::failure::Failure;
use crate::http::Response;
use crate::plain;

/// Whether an answer is good and empty.
pub(super) fn is_empty(response: &Response) -> bool {
    response.is_good() && response.body.trim_ascii().is_empty()
}

/// The JSON of a good answer; null where it is empty.
///
/// # Errors
/// The service's refusal, or [`FailureKind::Malformed`](crate::FailureKind) where a good status comes with something that is no JSON.
pub(super) fn json(response: &Response) -> Result<Value, Failure> {
    if is_empty(response) { Ok(Value::Null) } else { plain::json(response, refusal::read) }
}

/// The text of a good answer; `None` where it is a page, or no text at all: then somebody else has answered.
pub(super) fn plain(response: &Response) -> Option<String> {
    let is_text = std::str::from_utf8(&response.body).is_ok_and(|text| !text.trim_start().starts_with('<'));
    is_text.then(|| text(response))
}

/// The text of an answer. The quotes that some texts come in are no part of them, nor are the tags of a page.
pub(super) fn text(response: &Response) -> String {
    let text = String::from_utf8_lossy(&response.body);
    let trimmed = text.trim();
    match trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if !inner.contains('"') => inner.to_owned(),
        _ if trimmed.starts_with('<') => of_page(trimmed),
        _ => trimmed.to_owned(),
    }
}

/// What an HTML page says: its preformatted part, where error pages have the reason, or else its title, or else all of it.
fn of_page(page: &str) -> String {
    let part = |tag: &str| {
        let (_, rest) = page.split_once(&format!("<{tag}>"))?;
        let (inner, _) = rest.split_once(&format!("</{tag}>"))?;
        Some(without_tags(inner)).filter(|text| !text.is_empty())
    };
    part("pre").or_else(|| part("title")).unwrap_or_else(|| without_tags(page))
}

fn without_tags(page: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for character in page.chars() {
        match character {
            '<' => is_tag = true,
            '>' if is_tag => {
                is_tag = false;
                text.push(' ');
            }
            character if !is_tag => text.push(character),
            _ => {}
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (code, plain)| text.replace(code, plain))
}
