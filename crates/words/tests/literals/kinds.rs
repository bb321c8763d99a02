//! Finds where a source names a kind of system, or what only one kind has.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;

use super::scan::{Found, after_item, content, is_for_tests, tokens_of};

/// Where the kinds are listed, and the names that labels may hold.
pub(crate) const LISTS: [&str; 3] =
    ["crates/dialect/src/lib.rs", "crates/dialect/src/registry.rs", "crates/catalog/src/check/words.rs"];

/// What nobody but a kind's own catalog and dialect may say.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Identifiers of the kinds.
    pub(crate) kinds: BTreeSet<String>,
    /// Identifiers of their operations.
    pub(crate) operations: BTreeSet<String>,
}

impl Names {
    /// Whether a source belongs to the dialect of a kind.
    pub(crate) fn is_of_a_kind(&self, file: &str) -> bool {
        let module = |kind: &String| format!("crates/dialect/src/{}", kind.replace('-', "_"));
        self.kinds.iter().map(module).any(|module| {
            file.strip_prefix(&module).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
        })
    }

    /// Whether a word of the code has the name of a kind in it, however it is written.
    fn has_kind(&self, word: &str) -> bool {
        let plain = |text: &str| text.to_lowercase().replace(['-', '_'], "");
        self.kinds.iter().any(|kind| plain(word).contains(&plain(kind)))
    }
}

/// The names in the catalogs of a folder.
pub(crate) fn names(folder: &Path) -> Names {
    let mut names = Names::default();
    for kind in fs::read_dir(folder).expect("the catalogs") {
        for file in fs::read_dir(kind.expect("an entry").path()).expect("a catalog") {
            let text = fs::read_to_string(file.expect("an entry").path()).expect("a part of a catalog");
            let part: Value = serde_json::from_str(&text).expect("JSON");
            if part.get("dialect").is_some() {
                names.kinds.extend(part.get("id").and_then(Value::as_str).map(str::to_owned));
            }
            let operations = part.get("operations").and_then(Value::as_array).into_iter().flatten();
            names
                .operations
                .extend(operations.filter_map(|operation| Some(operation.get("id")?.as_str()?.to_owned())));
        }
    }
    names
}

/// Where a source names a kind or one of its operations, outside of tests and comments.
///
/// # Errors
/// When the file cannot be taken apart into tokens.
pub(crate) fn named(source: &str, names: &Names) -> Result<Vec<Found>, String> {
    let mut found = Vec::new();
    walk(tokens_of(source)?, names, &mut found);
    Ok(found)
}

fn walk(tokens: TokenStream, names: &Names, found: &mut Vec<Found>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let line = token.span().start().line;
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                let inner =
                    matches!(tokens.get(at + 1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
                let group = at + 1 + usize::from(inner);
                let attribute = tokens.get(group).map(TokenTree::to_string).unwrap_or_default();
                let attribute = attribute.trim_start_matches(['[', ' ']);
                if is_for_tests(attribute) {
                    at = after_item(&tokens, group + 1);
                } else {
                    // What documents an item is an attribute too.
                    at = group + usize::from(attribute.starts_with("doc"));
                }
                continue;
            }
            TokenTree::Ident(word) if names.has_kind(&word.to_string()) => {
                found.push(Found { line, text: word.to_string() });
            }
            TokenTree::Literal(literal) => {
                let text = content(&literal.to_string());
                let is_named = |text: &String| names.has_kind(text) || names.operations.contains(text);
                found.extend(text.filter(is_named).map(|text| Found { line, text }));
            }
            TokenTree::Group(group) => walk(group.stream(), names, found),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
        at += 1;
    }
}
