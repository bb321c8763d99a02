//! Where a JSON text stops being JSON: a small reader that keeps nothing.

/// A place in a text, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// How deep arrays and objects may be inside each other.
const DEEPEST: usize = 96;

/// The first place where the text is not JSON; `None` when it is.
pub(super) fn first_fault(text: &str) -> Option<Place> {
    let mut reader = Reader { rest: text };
    let is_json = reader.value(0).is_some() && {
        reader.blank();
        reader.rest.is_empty()
    };
    if is_json {
        return None;
    }
    let read = text.get(..text.len() - reader.rest.len()).unwrap_or(text);
    let line = read.matches('\n').count() + 1;
    let column = read.rsplit('\n').next().unwrap_or(read).chars().count() + 1;
    Some(Place { line, column })
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn blank(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn take(&mut self, wanted: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(wanted)?;
        Some(())
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        self.blank();
        if depth > DEEPEST {
            return None;
        }
        match self.rest.chars().next()? {
            '{' => self.list(depth, "{", "}", true),
            '[' => self.list(depth, "[", "]", false),
            '"' => self.text(),
            't' => self.take("true"),
            'f' => self.take("false"),
            'n' => self.take("null"),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: usize, open: &str, close: &str, keyed: bool) -> Option<()> {
        self.take(open)?;
        self.blank();
        if self.take(close).is_some() {
            return Some(());
        }
        loop {
            if keyed {
                self.blank();
                self.text()?;
                self.blank();
                self.take(":")?;
            }
            self.value(depth + 1)?;
            self.blank();
            if self.take(close).is_some() {
                return Some(());
            }
            self.take(",")?;
        }
    }

    fn text(&mut self) -> Option<()> {
        self.take("\"")?;
        loop {
            match self.rest.chars().next()? {
                '"' => return self.take("\""),
                '\\' => {
                    self.take("\\")?;
                    self.escape()?;
                }
                control if control < ' ' => return None,
                other => self.rest = self.rest.get(other.len_utf8()..)?,
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        if self.take("u").is_some() {
            for _ in 0..4 {
                if !self.rest.starts_with(|digit: char| digit.is_ascii_hexdigit()) {
                    return None;
                }
                self.rest = self.rest.get(1..)?;
            }
            return Some(());
        }
        if !self.rest.starts_with(['"', '\\', '/', 'b', 'f', 'n', 'r', 't']) {
            return None;
        }
        self.rest = self.rest.get(1..)?;
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        self.take("-").unwrap_or(());
        if self.take("0").is_none() {
            self.digits()?;
        }
        if self.take(".").is_some() {
            self.digits()?;
        }
        if self.take("e").or_else(|| self.take("E")).is_some() {
            self.take("+").or_else(|| self.take("-")).unwrap_or(());
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let rest = self.rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
        if rest.len() == self.rest.len() {
            return None;
        }
        self.rest = rest;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, first_fault};

    #[test]
    fn takes_json() {
        for text in [
            "{}",
            " [1, -2.5e+3, 0] ",
            r#"{"a": {"b": [true, false, null, "x\n\u00e9"]}}"#,
            "18446744073709551615",
        ] {
            assert_eq!(first_fault(text), None, "{text}");
        }
    }

    #[test]
    fn refuses_what_looks_like_it() {
        for text in ["", "{a: 1}", "[1,]", "01", "1.", "\"\t\"", r#""\x""#, "{} {}", "'a'", "tru", "[1 2]"] {
            assert!(first_fault(text).is_some(), "{text}");
        }
    }

    #[test]
    fn names_the_place() {
        assert_eq!(first_fault("{\n  \"é\": 1,\n}"), Some(Place { line: 3, column: 1 }));
        assert_eq!(first_fault("{\"é\" 1}"), Some(Place { line: 1, column: 6 }));
    }

    #[test]
    fn deep_nesting_ends() {
        assert!(first_fault(&"[".repeat(100_000)).is_some());
    }
}
