//! Finds the string literals of a source file that a person would read.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A literal that reads like words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The text between the quotes, as it is written in the source.
    pub(crate) text: String,
}

/// What a source file has for this test.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// The literals that read like words, outside of tests, markup and comments.
    pub(crate) found: Vec<Found>,
    /// The modules that are there for tests alone.
    pub(crate) test_modules: Vec<String>,
}

/// Attributes of a view whose values no person reads.
const MARKUP: [&str; 26] = [
    "class",
    "id",
    "for",
    "name",
    "type",
    "kind",
    "role",
    "href",
    "rel",
    "target",
    "tabindex",
    "method",
    "key",
    "icon",
    "d",
    "autocomplete",
    "inputmode",
    "scope",
    "viewBox",
    "xmlns",
    "dir",
    "enterkeyhint",
    "spellcheck",
    "translate",
    "draggable",
    "aria-live",
];

/// Macros and functions whose texts go to a developer or to a machine, never to a screen.
const UNSEEN: [&str; 14] = [
    "error",
    "warn",
    "log",
    "debug_warn",
    "debug_log",
    "expect",
    "include_str",
    "include_bytes",
    "env",
    "panic",
    "from_str",
    "assert",
    "debug_assert",
    "unreachable",
];

/// Attributes of a view that a person reads, so that a single word in lower case counts too.
const READ: [&str; 11] = [
    "label",
    "title",
    "text",
    "placeholder",
    "help",
    "alt",
    "aria-label",
    "data-hint",
    "note",
    "subtitle",
    "summary",
];

/// The literals of a file that read like words, outside of tests, attributes and comments.
///
/// # Errors
/// When the file cannot be taken apart into tokens.
pub(crate) fn read(source: &str) -> Result<Source, String> {
    let mut read = Source::default();
    walk(tokens_of(source)?, false, &mut read);
    Ok(read)
}

pub(super) fn tokens_of(source: &str) -> Result<TokenStream, String> {
    source.parse().map_err(|fault| format!("{fault}"))
}

fn walk(tokens: TokenStream, view: bool, read: &mut Source) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut attribute: Option<String> = None;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                if let Some(after) = after_attribute(&tokens, at, read) {
                    at = after;
                    continue;
                }
            }
            // How a value shows while debugging is no text of the console.
            TokenTree::Ident(word) if word == "Debug" && is_ident(tokens.get(at + 1), "for") => {
                at = after_item(&tokens, at);
                continue;
            }
            TokenTree::Punct(mark) if view && mark.as_char() == '=' => {
                attribute = Some(name_before(&tokens, at))
            }
            TokenTree::Punct(mark) if view && mark.as_char() == '>' && !is_arrow(&tokens, at) => {
                attribute = None;
                if let Some(TokenTree::Ident(word)) = tokens.get(at + 1) {
                    read.found.push(Found { line: word.span().start().line, text: word.to_string() });
                }
            }
            TokenTree::Literal(literal) => {
                let name = attribute.as_deref();
                let is_shown = view && name.is_none_or(is_read);
                if let Some(text) = content(&literal.to_string())
                    && !name.is_some_and(is_markup)
                    && (reads_like_words(&text) || is_shown && text.contains(char::is_alphabetic))
                    && !is_compared(&tokens, at)
                {
                    read.found.push(Found { line: literal.span().start().line, text });
                }
            }
            TokenTree::Group(group) => {
                let called = called(&tokens, at);
                let hidden = attribute.as_deref().is_some_and(is_markup)
                    || called.as_deref().is_some_and(|name| UNSEEN.contains(&name))
                    || is_pattern(&tokens, at);
                if !hidden {
                    walk(group.stream(), called.as_deref() == Some("view"), read);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// Behind the attribute that begins here with `#`, and behind the item too where that is for tests alone.
fn after_attribute(tokens: &[TokenTree], at: usize, read: &mut Source) -> Option<usize> {
    let inner = usize::from(punct(tokens.get(at + 1)) == Some('!'));
    let TokenTree::Group(group) = tokens.get(at + 1 + inner)? else { return None };
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let after = at + 2 + inner;
    let text = group.stream().to_string();
    if text.starts_with("prop") {
        walk(group.stream(), false, read);
    }
    if !is_for_tests(&text) {
        return Some(after);
    }
    let end = after_item(tokens, after);
    let item = tokens.get(after..end).unwrap_or_default();
    if let Some(place) = item.iter().position(|token| is_ident(Some(token), "mod")) {
        read.test_modules.extend(item.get(place + 1).map(TokenTree::to_string));
    }
    Some(end)
}

/// Whether an attribute of this text keeps its item to tests.
pub(super) fn is_for_tests(attribute: &str) -> bool {
    attribute.starts_with("cfg") && attribute.contains("test") && !attribute.contains("not")
}

/// Where the item ends that begins here: after its body or its semicolon.
pub(super) fn after_item(tokens: &[TokenTree], from: usize) -> usize {
    let end = tokens.iter().enumerate().skip(from).find(|(_, token)| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => punct(Some(token)) == Some(';'),
    });
    end.map_or(tokens.len(), |(end, _)| end + 1)
}

fn is_ident(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

/// Whether the group here is what a value is matched with: `("Home", true) =>`, `Some("Tab") if …`.
fn is_pattern(tokens: &[TokenTree], at: usize) -> bool {
    let mark = |place: usize| punct(tokens.get(place));
    (mark(at + 1), mark(at + 2)) == (Some('='), Some('>')) || is_ident(tokens.get(at + 1), "if")
}

fn punct(token: Option<&TokenTree>) -> Option<char> {
    match token {
        Some(TokenTree::Punct(mark)) => Some(mark.as_char()),
        _ => None,
    }
}

/// Whether the `>` here ends `=>` or `->`.
fn is_arrow(tokens: &[TokenTree], at: usize) -> bool {
    at > 0 && matches!(punct(tokens.get(at - 1)), Some('=' | '-'))
}

/// The name of an attribute before its `=`: `class`, `aria-label`, `on:click`.
fn name_before(tokens: &[TokenTree], at: usize) -> String {
    let mut parts = Vec::new();
    let mut place = at;
    while let Some(before) = place.checked_sub(1) {
        match tokens.get(before) {
            Some(TokenTree::Ident(ident)) if parts.len() % 2 == 0 => parts.push(ident.to_string()),
            token if parts.len() % 2 == 1 && matches!(punct(token), Some('-' | ':')) => {
                parts.extend(punct(token).map(String::from));
            }
            _ => break,
        }
        place = before;
    }
    parts.reverse();
    parts.concat()
}

/// The macro or function that the group here belongs to.
fn called(tokens: &[TokenTree], at: usize) -> Option<String> {
    let before = at.checked_sub(1)?;
    let name = match tokens.get(before)? {
        TokenTree::Punct(mark) if mark.as_char() == '!' => tokens.get(before.checked_sub(1)?)?,
        other => other,
    };
    match name {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    }
}

/// Whether the literal is what something is compared or matched with: a value, not a text.
fn is_compared(tokens: &[TokenTree], at: usize) -> bool {
    let before = |steps: usize| at.checked_sub(steps).and_then(|place| punct(tokens.get(place)));
    let after = |steps: usize| punct(tokens.get(at + steps));
    matches!((before(2), before(1)), (Some('=' | '!'), Some('=')))
        || matches!((after(1), after(2)), (Some('=' | '!'), Some('=')) | (Some('='), Some('>')))
        || before(1) == Some('|') && before(2).is_none()
        || after(1) == Some('|') && after(2) != Some('|')
        || is_ident(tokens.get(at + 1), "if")
}

fn is_read(name: &str) -> bool {
    READ.contains(&name) || name.ends_with("_text") || name.ends_with("_label")
}

fn is_markup(name: &str) -> bool {
    MARKUP.contains(&name) || name.starts_with("class:") || name.starts_with("data-") && !READ.contains(&name)
}

/// The text of a string literal; `None` for any other literal.
pub(super) fn content(literal: &str) -> Option<String> {
    let bare = literal.strip_prefix('r').map_or(literal, |raw| raw.trim_matches('#'));
    Some(bare.strip_prefix('"')?.strip_suffix('"')?.to_owned())
}

/// Whether a text has two words, or a word with a capital letter. A place for a value counts as a word beside others.
fn reads_like_words(text: &str) -> bool {
    let (mut filled, mut rest) = (String::new(), text);
    while let Some((before, tail)) = rest.split_once('{') {
        let Some((_, after)) = tail.split_once('}') else { break };
        filled.push_str(before);
        filled.push('\u{1}');
        rest = after;
    }
    filled.push_str(rest);
    let is_word = |word: &&str| word.chars().next().is_some_and(char::is_alphabetic);
    let words: Vec<&str> = filled.split_whitespace().collect();
    let is_beside = words.len() > 1
        && words.iter().any(is_word)
        && words
            .iter()
            .all(|word| word.chars().all(|c| c.is_alphanumeric() || "\u{1},.:;?!()…“”’'-–&/%".contains(c)));
    let mut chars = filled.chars();
    let is_capital =
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase);
    // Names of formats and headings of files (`PRIVATE KEY`) are the same in each language.
    (is_beside || is_capital) && filled.contains(char::is_lowercase)
}
