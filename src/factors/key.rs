//! The key of a new device: as a picture that an app photographs, and as text to type.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use boxdeck_dialect::Answer;
use leptos::prelude::*;
use serde_json::Value;
use words::factor as say;

use crate::ui::{Button, CodeBlock};

/// What the system says once of a new device.
#[derive(Clone, PartialEq)]
pub(super) struct Key {
    pub(super) serial: String,
    /// The key for an app, to type.
    seed: Option<String>,
    /// The key as a picture: a PNG in Base64.
    picture: Option<String>,
}

impl Key {
    /// Reads the answer that made a device; `None` where it does not name it.
    pub(super) fn of(answer: &Answer) -> Option<Self> {
        let member = |name: &str| {
            let text = answer.result.get(name).and_then(Value::as_str);
            text.map(str::to_owned).filter(|text| !text.is_empty())
        };
        Some(Self {
            serial: member("serialNumber")?,
            seed: member("base32StringSeed").as_deref().map(typed_seed),
            picture: member("qrCodePNG").filter(|text| is_base64(text)),
        })
    }
}

/// The seed as an app wants it typed. On the wire it is Base64 of the Base32 text.
fn typed_seed(sent: &str) -> String {
    let decoded = STANDARD.decode(sent.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.filter(|text| is_base32(text)).unwrap_or_else(|| sent.to_owned())
}

fn is_base32(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|one| matches!(one, b'A'..=b'Z' | b'2'..=b'7' | b'='))
}

/// Whether a text can stand in an address of data without meaning anything else there.
fn is_base64(text: &str) -> bool {
    text.bytes().all(|one| one.is_ascii_alphanumeric() || matches!(one, b'+' | b'/' | b'='))
}

/// Picture and text. The text stays away until it is asked for.
#[component]
pub(super) fn KeyView(key: Key) -> impl IntoView {
    let shown = RwSignal::new(false);
    let Key { serial, seed, picture } = key;
    let has_picture = picture.is_some();
    let label = move || if shown.get() { say::hide_key() } else { say::show_key() };
    view! {
        <div class="factor-key">
            {picture.map(|picture| view! {
                <img class="factor-picture" alt=say::picture() src=format!("data:image/png;base64,{picture}")/>
            })}
            <div class="stack">
                <p>{if has_picture { say::scan() } else { say::type_key() }}</p>
                {seed.map(|seed| view! {
                    <p><Button on_click=move |_| shown.update(|shown| *shown = !*shown)>{label}</Button></p>
                    {move || shown.get().then(|| view! { <CodeBlock label=say::key() text=seed.clone() wrap=true/> })}
                })}
                <p class="muted">{say::once()}</p>
                <p class="muted">{say::serial()}" "<span class="mono">{serial}</span></p>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answer(result: Value) -> Answer {
        Answer { result, ..Answer::default() }
    }

    #[test]
    fn the_seed_is_unwrapped_once() {
        // "MZXW6YTBOI" in Base64.
        let key = Key::of(&answer(json!({
            "serialNumber": "arn:aws:iam::0123:mfa/phone", "base32StringSeed": "TVpYVzZZVEJPSQ==", "qrCodePNG": "iVBORw0KGgo=",
        })));
        let key = key.expect("a key");
        assert_eq!(key.seed.as_deref(), Some("MZXW6YTBOI"));
        assert_eq!(key.picture.as_deref(), Some("iVBORw0KGgo="));
        // What is no Base64 of a Base32 text is left as it came.
        assert_eq!(typed_seed("MZXW6YTB"), "MZXW6YTB");
        assert_eq!(typed_seed("not a seed"), "not a seed");
    }

    #[test]
    fn only_a_picture_becomes_one() {
        let of = |picture: &str| Key::of(&answer(json!({ "serialNumber": "a", "qrCodePNG": picture })));
        assert_eq!(of("AA==\" onload=").expect("a key").picture, None);
        assert_eq!(of("").expect("a key").picture, None);
        assert!(Key::of(&answer(Value::Null)).is_none());
    }
}
