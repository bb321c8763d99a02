//! Finds the messages that a source file uses.

use proc_macro2::{TokenStream, TokenTree};

use super::scan::tokens_of;

/// The names that follow `words::` or an alias of one of its areas (`use words::area as say`), as `area::name`.
///
/// # Errors
/// When the file cannot be taken apart into tokens.
pub(crate) fn messages(source: &str) -> Result<Vec<String>, String> {
    let mut flat = Vec::new();
    flatten(tokens_of(source)?, &mut flat);
    let path = |at: usize| -> Option<(&str, &str)> {
        match flat.get(at..at + 4)? {
            [first, one, two, second] if one == ":" && two == ":" => Some((first, second)),
            _ => None,
        }
    };
    let mut aliases = Vec::new();
    let mut used = Vec::new();
    for at in 0..flat.len() {
        let Some(("words", area)) = path(at) else { continue };
        match flat.get(at + 4).map(String::as_str) {
            Some("as") => aliases.extend(flat.get(at + 5).map(|alias| (alias.clone(), area.to_owned()))),
            Some(";") => aliases.push((area.to_owned(), area.to_owned())),
            _ => used.extend(path(at + 3).map(|(area, name)| format!("{area}::{name}"))),
        }
    }
    for at in 0..flat.len() {
        let is_inner = at >= 2 && flat.get(at - 2..at).is_some_and(|before| before == [":", ":"]);
        if is_inner {
            continue;
        }
        if let Some((first, name)) = path(at) {
            let area = aliases.iter().find(|(alias, _)| alias == first);
            used.extend(area.map(|(_, area)| format!("{area}::{name}")));
        }
    }
    Ok(used)
}

fn flatten(tokens: TokenStream, flat: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                flat.push(String::from("("));
                flatten(group.stream(), flat);
                flat.push(String::from(")"));
            }
            other => flat.push(other.to_string()),
        }
    }
}
