//! The console's own words: every text that a person reads and that is neither a catalog's nor a system's.
//!
//! The texts are in `messages/<language>/<area>.json`; each is a function here, `words::<area>::<name>`, whose arguments the
//! compiler checks. English is part of the program. Another language is fetched when it is chosen ([`EDITION`] tells
//! whether it fits) and handed to [`speak`].
//!
//! The language is one for the whole program, so that the crates below the console can word what they refuse. What was
//! made in one language does not change by itself: the console renders anew when the language changes.

use std::fmt::Display;
use std::sync::{OnceLock, RwLock};

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The files of the other languages by tag: the edition, and the list that [`speak`] takes, in JSON.
#[cfg(feature = "files")]
pub const FILES: [(&str, &str); 1] = [("de", include_str!(concat!(env!("OUT_DIR"), "/de.json")))];

/// The texts of the language that was chosen; `None`: English, which each message holds itself.
static TEXTS: RwLock<Option<&'static [&'static str]>> = RwLock::new(None);
static NUMBER: OnceLock<fn(u64) -> String> = OnceLock::new();

/// Speaks English, as at the start.
pub fn speak_english() {
    set(None);
}

/// Speaks another language from here on. The texts stay in memory until the program ends.
///
/// # Errors
/// When there are not as many texts as messages: the list is of another edition.
pub fn speak(texts: Vec<String>) -> Result<(), WrongEdition> {
    if texts.len() != COUNT {
        return Err(WrongEdition);
    }
    let texts: Vec<&'static str> = texts.into_iter().map(|text| &*Box::leak(text.into_boxed_str())).collect();
    set(Some(Vec::leak(texts)));
    Ok(())
}

/// A list of texts does not belong to this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongEdition;

/// Says how `{count}` is written: with the grouping of the language.
pub fn write_numbers_with(write: fn(u64) -> String) {
    // A second call says the same thing again.
    NUMBER.get_or_init(|| write);
}

fn set(texts: Option<&'static [&'static str]>) {
    *TEXTS.write().unwrap_or_else(std::sync::PoisonError::into_inner) = texts;
}

fn text(index: usize, english: &'static str) -> &'static str {
    let texts = *TEXTS.read().unwrap_or_else(std::sync::PoisonError::into_inner);
    texts.and_then(|texts| texts.get(index).copied()).unwrap_or(english)
}

fn filled(index: usize, english: &'static str, arguments: &[(&str, &dyn Display)]) -> String {
    fill(text(index, english), arguments)
}

/// The first of two texts for a count of one, else the second: the rule of English and of German.
fn counted(
    index: usize,
    [one, other]: [&'static str; 2],
    count: u64,
    arguments: &[(&str, &dyn Display)],
) -> String {
    let text = if count == 1 { text(index, one) } else { text(index + 1, other) };
    let shown = NUMBER.get().map_or_else(|| count.to_string(), |write| write(count));
    fill(&text.replace("{count}", &shown), arguments)
}

/// Puts the arguments in place of their names; an argument's own braces stay as they are.
fn fill(text: &str, arguments: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = tail.split_once('}') else { break };
        if let Some((_, value)) = arguments.iter().find(|(known, _)| *known == name) {
            filled.push_str(&value.to_string());
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_filled_in_once_and_only_by_name() {
        let arguments: [(&str, &dyn Display); 2] = [("name", &"{count}"), ("size", &12)];
        assert_eq!(fill("{name} of {size} in {name}", &arguments), "{count} of 12 in {count}");
        assert_eq!(fill("plain", &arguments), "plain");
    }

    #[test]
    fn a_list_of_another_length_is_refused() {
        assert_eq!(speak(vec![String::new()]), Err(WrongEdition));
    }
}
