//! Words, quoted texts and signs of the filter language, each with its place.

use std::ops::Range;

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Where it stands, in bytes.
    pub(super) span: Range<usize>,
}

/// What a piece of the text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, digits and whatever else is neither white space nor a sign.
    Word,
    /// A text in quotes, without them.
    Quoted(String),
    /// A text whose closing quote is missing.
    Unclosed,
    /// `=`, `<=`, `(` …
    Sign(&'static str),
}

/// Signs, longer ones before those that they begin with.
const SIGNS: [&str; 13] = ["==", "!=", "<>", "<=", ">=", "=", "<", ">", "~", "(", ")", ",", "!"];

/// Whether a character can stand in a word.
pub(super) fn is_word(character: char) -> bool {
    !character.is_whitespace() && !character.is_control() && !"=<>~!(),\"\\".contains(character)
}

/// Takes a text apart. Nothing is lost: what is no sign is a word.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut place = 0;
    while let Some(rest) = text.get(place..).filter(|rest| !rest.is_empty()) {
        let blank = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c.is_control()).len();
        if blank > 0 {
            place += blank;
            continue;
        }
        let (kind, length) = if rest.starts_with('"') {
            quoted(rest)
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            (Kind::Sign(sign), sign.len())
        } else {
            // A backslash outside of quotes means nothing, and may stand in a word.
            let end = rest.find(|c: char| !is_word(c) && c != '\\').unwrap_or(rest.len());
            (Kind::Word, end)
        };
        tokens.push(Token { kind, span: place..place + length });
        place += length;
    }
    tokens
}

/// A text in quotes, and its length with them.
fn quoted(text: &str) -> (Kind, usize) {
    let mut plain = String::new();
    let mut characters = text.char_indices().skip(1);
    while let Some((place, character)) = characters.next() {
        match character {
            '"' => return (Kind::Quoted(plain), place + 1),
            '\\' => match characters.next() {
                Some((_, 'n')) => plain.push('\n'),
                Some((_, 'r')) => plain.push('\r'),
                Some((_, 't')) => plain.push('\t'),
                Some((_, other)) => plain.push(other),
                None => {}
            },
            other => plain.push(other),
        }
    }
    (Kind::Unclosed, text.len())
}

/// A text in quotes.
pub(super) fn in_quotes(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '"' | '\\' => quoted.extend(['\\', character]),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// Words that join terms, and can therefore not stand in a value without quotes.
pub(super) fn is_joint(word: &str) -> bool {
    word.eq_ignore_ascii_case("and") || word.eq_ignore_ascii_case("or")
}

/// A text as it may stand in a filter: in quotes where it is no plain word.
pub(super) fn plain_or_quoted(text: &str) -> String {
    if !text.is_empty() && text.chars().all(is_word) && !is_joint(text) {
        text.to_owned()
    } else {
        in_quotes(text)
    }
}
