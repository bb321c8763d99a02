//! Where a value is in a JSON text: the line of the value that a path leads to.

/// One step of a path into a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// The member of that name.
    Key(String),
    /// The item at that place, counted from 0.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// Line, counted from 1, on which the value begins that a path leads to, or the innermost value on the way to it that exists.
///
/// The text must be valid JSON; otherwise the line is that of the last place that could be read.
#[must_use]
pub(crate) fn line_of(text: &str, path: &[Step]) -> usize {
    let mut cursor = Cursor { bytes: text.as_bytes(), at: 0 };
    cursor.space();
    let mut found = cursor.at;
    for step in path {
        if !cursor.enter(step) {
            break;
        }
        found = cursor.at;
    }
    text.bytes().take(found).filter(|byte| *byte == b'\n').count() + 1
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Takes the byte if it is the next one that is not space.
    fn take(&mut self, byte: u8) -> bool {
        self.space();
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Moves from the beginning of a value to the beginning of one of its members or items.
    fn enter(&mut self, step: &Step) -> bool {
        match step {
            Step::Key(wanted) => self.take(b'{') && self.enter_member(wanted),
            Step::Index(wanted) => self.take(b'[') && self.enter_item(*wanted),
        }
    }

    fn enter_member(&mut self, wanted: &str) -> bool {
        loop {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return false;
            }
            self.string();
            let key =
                self.bytes.get(start..self.at).and_then(|raw| serde_json::from_slice::<String>(raw).ok());
            self.take(b':');
            self.space();
            if key.as_deref() == Some(wanted) {
                return true;
            }
            self.value();
            if !self.take(b',') {
                return false;
            }
        }
    }

    fn enter_item(&mut self, wanted: usize) -> bool {
        for _ in 0..wanted {
            self.value();
            if !self.take(b',') {
                return false;
            }
        }
        self.space();
        self.peek().is_some_and(|byte| byte != b']')
    }

    /// Moves behind a value.
    fn value(&mut self) {
        self.space();
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                None => return,
                Some(b'"') => self.string(),
                Some(b'{' | b'[') => {
                    depth += 1;
                    self.at += 1;
                }
                Some(b'}' | b']') => {
                    if depth == 0 {
                        return;
                    }
                    depth -= 1;
                    self.at += 1;
                }
                Some(b',') if depth == 0 => return,
                Some(_) => {
                    self.at += 1;
                    continue;
                }
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Moves behind a string.
    fn string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"a\": [1, {\"x\": \"]}\\\"\"},\n    true],\n  \"b\\n\": {\n    \"c\": null\n  },\n  \"d\": 5\n}\n";

    fn line(path: &[Step]) -> usize {
        line_of(TEXT, path)
    }

    #[test]
    fn finds_values_of_every_form() {
        assert_eq!(line(&[]), 1);
        assert_eq!(line(&["a".into()]), 2);
        assert_eq!(line(&["a".into(), 1.into(), "x".into()]), 2);
        assert_eq!(line(&["a".into(), 2.into()]), 3);
        assert_eq!(line(&["b\n".into(), "c".into()]), 5);
        assert_eq!(line(&["d".into()]), 7);
    }

    #[test]
    fn stops_at_the_innermost_value_that_exists() {
        assert_eq!(line(&["b\n".into(), "missing".into()]), 4);
        assert_eq!(line(&["a".into(), 9.into()]), 2);
        assert_eq!(line(&["missing".into()]), 1);
    }

    #[test]
    fn does_not_fail_on_broken_text() {
        assert_eq!(line_of("{\"a\": [", &["a".into(), 3.into()]), 1);
        assert_eq!(line_of("", &["a".into()]), 1);
    }
}
