//! Which field a refusal blames: an error has no member for it, and names it in its sentences.

use crate::failure::FieldFault;

/// The fields that sentences name, each with all of them. Names are told from words by the capital inside (`userId`) or by
/// the quotes around them; a name that no form has is shown with the message as a whole.
pub(super) fn blame(told: &str) -> Vec<FieldFault> {
    let mut names: Vec<&str> = Vec::new();
    let is_part =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '\'' | '_');
    for word in told.split(|character: char| !is_part(character)) {
        let word = word.trim_end_matches('.');
        let quoted = word.strip_prefix('\'').and_then(|word| word.strip_suffix('\''));
        let name = quoted.unwrap_or(word);
        let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
            && !name.ends_with('.')
            && (quoted.is_some() || has_hump(name));
        if is_name && !names.contains(&name) {
            names.push(name);
        }
    }
    names.into_iter().map(|field| FieldFault { field: field.to_owned(), message: told.to_owned() }).collect()
}

/// Whether a small letter is followed by a capital one.
fn has_hump(word: &str) -> bool {
    let pairs = word.bytes().zip(word.bytes().skip(1));
    word.bytes().all(|byte| byte != b'\'')
        && pairs.into_iter().any(|(one, other)| one.is_ascii_lowercase() && other.is_ascii_uppercase())
}
