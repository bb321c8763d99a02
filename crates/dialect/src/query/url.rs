//! A query as URL parameters, and back.
//!
//! | parameter | meaning |
//! |---|---|
//! | `filter=field:operator:value,value` | one term; repeated for several. No second colon: no values |
//! | `sort=-a,b` | sort keys, `-` for greatest first |
//! | `page=N` or `after=MARK` | where the page starts |
//! | `size=N` | records per page |
//! | `columns=a,b` | columns, in order |
//!
//! A backslash takes the meaning from the separator that follows it. Reading is lenient, because people edit links and links
//! outlive releases: what cannot be used is dropped, and handed back so that the console can say so.

use boxdeck_catalog::Operator;

use super::{Position, Query, SortKey, Term};

impl Query {
    /// The query as URL parameters in a fixed order. Parts with an empty name are left out: no field is called so.
    #[must_use]
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut push = |name: &str, value: String| pairs.push((name.to_owned(), value));
        for term in self.filter.iter().filter(|term| !term.field.is_empty()) {
            push("filter", write_term(term));
        }
        let sort: Vec<String> =
            self.sort.iter().filter(|key| !key.field.is_empty()).map(write_sort_key).collect();
        if !sort.is_empty() {
            push("sort", sort.join(","));
        }
        match &self.position {
            Position::First => {}
            Position::Number(number) => push("page", number.to_string()),
            Position::After(mark) => push("after", mark.clone()),
        }
        if let Some(size) = self.page_size {
            push("size", size.to_string());
        }
        let columns: Vec<String> =
            self.columns.iter().filter(|name| !name.is_empty()).map(|name| escape(name, &[','])).collect();
        if !columns.is_empty() {
            push("columns", columns.join(","));
        }
        pairs
    }

    /// Reads URL parameters. The second value holds the pairs that were dropped: unknown names, malformed values, and a
    /// second `page`, `after` or `size`.
    #[must_use]
    pub fn from_pairs(pairs: &[(String, String)]) -> (Self, Vec<(String, String)>) {
        let mut query = Self::default();
        let mut dropped = Vec::new();
        for (name, value) in pairs {
            if !query.take(name, value) {
                dropped.push((name.clone(), value.clone()));
            }
        }
        (query, dropped)
    }

    /// Takes one parameter; false where it, or a part of it, cannot be used.
    fn take(&mut self, name: &str, value: &str) -> bool {
        match name {
            "filter" => read_term(value).map(|term| self.filter.push(term)).is_some(),
            "sort" => {
                let parts = split(value, ',', None);
                let keys: Vec<SortKey> = parts.iter().filter_map(|part| read_sort_key(part)).collect();
                let complete = keys.len() == parts.len();
                self.sort.extend(keys);
                complete
            }
            "page" | "after" if self.position != Position::First => false,
            "page" => match value.parse() {
                Ok(number) if number >= 1 => {
                    self.position = Position::Number(number);
                    true
                }
                _ => false,
            },
            "after" => {
                self.position = Position::After(value.to_owned());
                true
            }
            "size" => match value.parse() {
                Ok(size) if size >= 1 && self.page_size.is_none() => {
                    self.page_size = Some(size);
                    true
                }
                _ => false,
            },
            "columns" => {
                let parts = split(value, ',', None);
                let columns: Vec<String> =
                    parts.iter().map(|part| unescape(part)).filter(|name| !name.is_empty()).collect();
                let complete = columns.len() == parts.len();
                self.columns.extend(columns);
                complete
            }
            _ => false,
        }
    }

    /// The query as the part of a URL after `?`, percent-encoded, readable where that is possible.
    #[must_use]
    pub fn to_query_string(&self) -> String {
        let pairs: Vec<String> =
            self.to_pairs().iter().map(|(name, value)| format!("{name}={}", percent_encode(value))).collect();
        pairs.join("&")
    }

    /// Reads the part of a URL after `?`; the second value as for [`Query::from_pairs`].
    #[must_use]
    pub fn parse_query_string(text: &str) -> (Self, Vec<(String, String)>) {
        Self::from_pairs(&decode_pairs(text))
    }
}

/// Reads a sort as in `Resource::sort` (`-created_at,name`). Parts without a name are dropped.
#[must_use]
pub fn parse_sort(text: &str) -> Vec<SortKey> {
    split(text, ',', None).iter().filter_map(|part| read_sort_key(part)).collect()
}

/// Reads one term as in `filter=` (`name:like:db`), as it may be typed by a person. `None` where it is malformed.
#[must_use]
pub fn parse_term(text: &str) -> Option<Term> {
    read_term(text)
}

/// Decodes the pairs of a query string. `+` is a space; a broken escape stays as it is.
#[must_use]
pub fn decode_pairs(text: &str) -> Vec<(String, String)> {
    text.trim_start_matches('?')
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decode(name), percent_decode(value))
        })
        .collect()
}

fn write_term(term: &Term) -> String {
    let mut text = format!("{}:{}", escape(&term.field, &[':']), term.operator.name());
    if !term.values.is_empty() {
        let values: Vec<String> = term.values.iter().map(|value| escape(value, &[','])).collect();
        text.push(':');
        text.push_str(&values.join(","));
    }
    text
}

fn read_term(text: &str) -> Option<Term> {
    let mut parts = split(text, ':', Some(3)).into_iter();
    let field = unescape(parts.next()?);
    let operator = Operator::from_name(parts.next()?)?;
    let values: Vec<String> = parts
        .next()
        .map(|list| split(list, ',', None).into_iter().map(unescape).collect())
        .unwrap_or_default();
    let fits = match operator {
        Operator::Is | Operator::IsNot => values.is_empty(),
        Operator::Between => values.len() == 2,
        Operator::In | Operator::NotIn => true,
        _ => values.len() == 1,
    };
    (fits && !field.is_empty()).then_some(Term { field, operator, values })
}

fn write_sort_key(key: &SortKey) -> String {
    let field = escape(&key.field, &[',']);
    match (key.descending, field.starts_with('-')) {
        (true, _) => format!("-{field}"),
        // A name that starts with a dash would read as descending.
        (false, true) => format!("\\{field}"),
        (false, false) => field,
    }
}

fn read_sort_key(part: &str) -> Option<SortKey> {
    let (descending, name) = part.strip_prefix('-').map_or((false, part), |name| (true, name));
    let field = unescape(name);
    (!field.is_empty()).then_some(SortKey { field, descending })
}

fn escape(text: &str, separators: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\\' || separators.contains(&character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        // A backslash at the very end stands for itself.
        plain.push(if character == '\\' { characters.next().unwrap_or('\\') } else { character });
    }
    plain
}

/// Splits at separators that no backslash precedes, into at most `limit` parts, which keep their backslashes.
fn split(text: &str, separator: char, limit: Option<usize>) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (index, character) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == separator && limit.is_none_or(|limit| parts.len() + 1 < limit) {
            parts.push(text.get(start..index).unwrap_or_default());
            start = index + separator.len_utf8();
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

/// Encodes a value of a query string, leaving alone what is safe there and helps a person to read it.
fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || "-._~:,/@*()!;".contains(character) {
            encoded.push(character);
        } else {
            encoded.push_str(&crate::http::encode_segment(character.encode_utf8(&mut [0; 4])));
        }
    }
    encoded
}

fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'+' => decoded.push(b' '),
            b'%' => match tail.split_at_checked(2).and_then(|(digits, after)| Some((hex(digits)?, after))) {
                Some((value, after)) => {
                    decoded.push(value);
                    rest = after;
                }
                None => decoded.push(b'%'),
            },
            other => decoded.push(other),
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    std::str::from_utf8(digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok())
}

#[cfg(test)]
mod tests;
