//! Small letters, for what is compared without regard to them.

/// A text in small letters. In the browser its engine does that, whose tables of Unicode are there anyway: a program's own
/// are 5 kB of a first visit.
#[must_use]
pub fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { lower_of_any(text) }
}

#[cfg(target_arch = "wasm32")]
fn lower_of_any(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[cfg(not(target_arch = "wasm32"))]
fn lower_of_any(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::lower;

    #[test]
    fn all_letters_become_small() {
        assert_eq!(lower("Pool 7"), "pool 7");
        assert_eq!(lower("\u{dc}BER"), "\u{fc}ber");
    }
}
