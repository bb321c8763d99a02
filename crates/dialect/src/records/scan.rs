//! Finds the objects of a JSON list without reading them: where each of them stands, and where the members do that make its
//! key. The text has been checked to be JSON before (RFC 8259); of a thousand rows most are never read further.
//!
//! A library reads or skips a value, and each way over a long list costs as much as all else that a change of page takes.
//! One pass over the bytes does, where nothing needs a second thought; what does is left to the library.

use std::ops::Range;

/// Digits in a row, after which a number may be beyond what a number can be.
const MOST_DIGITS: usize = 300;
/// Nesting, beyond which the library refuses to read (128, less than what is around).
const MOST_DEPTH: u32 = 100;

/// An object of a list.
pub(super) struct Object<'a> {
    /// Where it stands in the text.
    pub(super) place: Range<usize>,
    /// Where the values of the wanted members stand, in their order; the last where a name stands twice.
    pub(super) members: &'a [Option<Range<usize>>],
}

/// Shows the objects of a list one by one. `None` where `take` ends it, where the list holds anything else, and where it holds
/// what may be no value although it is written like one: numbers with exponents or of hundreds of digits, halves of
/// characters, names with escapes.
pub(super) fn objects(
    list: &str,
    wanted: &[String],
    take: impl FnMut(Object<'_>) -> Option<()>,
) -> Option<()> {
    Scan { text: list.as_bytes(), at: 0 }.list(wanted, take)
}

struct Scan<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn list(&mut self, wanted: &[String], mut take: impl FnMut(Object<'_>) -> Option<()>) -> Option<()> {
        // One for all: a list has a thousand objects.
        let mut members = vec![None; wanted.len()];
        self.expect(b'[')?;
        loop {
            match self.next()? {
                b'{' => {
                    let place = self.object(wanted, &mut members)?;
                    take(Object { place, members: &members })?;
                }
                b',' => {}
                b']' => return Some(()),
                _ => return None,
            }
        }
    }

    /// Where the object stands whose brace was just passed, and its members.
    fn object(&mut self, wanted: &[String], members: &mut [Option<Range<usize>>]) -> Option<Range<usize>> {
        let start = self.at - 1;
        members.fill(None);
        loop {
            match self.next()? {
                b'"' => {
                    let name = self.string()?;
                    let name = self.text.get(name)?;
                    if name.contains(&b'\\') {
                        return None;
                    }
                    self.expect(b':')?;
                    let value = self.value()?;
                    if let Some(place) = wanted.iter().position(|wanted| wanted.as_bytes() == name) {
                        *members.get_mut(place)? = Some(value);
                    }
                }
                b',' => {}
                b'}' => return Some(start..self.at),
                _ => return None,
            }
        }
    }

    /// The value that comes next, to the comma or bracket behind it.
    fn value(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let (mut depth, mut digits) = (0, 0);
        loop {
            let byte = *self.text.get(self.at)?;
            match byte {
                b',' | b'}' | b']' if depth == 0 => return Some(start..self.at),
                b'}' | b']' => depth -= 1,
                b'{' | b'[' if depth < MOST_DEPTH => depth += 1,
                b'{' | b'[' => return None,
                b'e' | b'E' if digits > 0 => return None,
                _ => {}
            }
            self.at += 1;
            digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
            if digits > MOST_DIGITS {
                return None;
            }
            if byte == b'"' {
                self.string()?;
            }
        }
    }

    /// What is in the string whose first quotation mark was just passed.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        loop {
            match *self.text.get(self.at)? {
                b'"' => {
                    self.at += 1;
                    return Some(start..self.at - 1);
                }
                b'\\' => {
                    // Half of a character beyond 16 bits may lack its other half.
                    if let [b'u', b'd' | b'D', ..] = self.text.get(self.at + 1..)? {
                        return None;
                    }
                    self.at += 2;
                }
                _ => self.at += 1,
            }
        }
    }

    /// The next byte that is no space.
    fn next(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.get(self.at)?;
            self.at += 1;
            if !byte.is_ascii_whitespace() {
                return Some(byte);
            }
        }
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        (self.next()? == wanted).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(list: &str) -> Option<Vec<(String, Vec<Option<String>>)>> {
        let text = |place: Range<usize>| list[place].trim().to_owned();
        let mut found = Vec::new();
        objects(list, &["host".to_owned(), "id".to_owned()], |object| {
            let members = object.members.iter().map(|place| place.clone().map(text)).collect();
            found.push((text(object.place), members));
            Some(())
        })?;
        Some(found)
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn objects_and_their_members_are_found() {
        let list =
            r#" [ {"id" : 7 , "deep": {"id": 1, "x": ["}", "]"]}} , {"host":"a\"b","id":[2, {"id": 3}]},{}]"#;
        let found = found(list).expect("a list");
        let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
        let first = r#"{"id" : 7 , "deep": {"id": 1, "x": ["}", "]"]}}"#;
        assert_eq!(texts, [first, r#"{"host":"a\"b","id":[2, {"id": 3}]}"#, "{}"]);
        assert_eq!(found[0].1, [None, some("7")]);
        assert_eq!(found[1].1, [some(r#""a\"b""#), some(r#"[2, {"id": 3}]"#)]);
        assert_eq!(found[2].1, [None, None]);
        assert_eq!(self::found("[]"), Some(Vec::new()));
    }

    #[test]
    fn the_last_of_two_members_counts() {
        assert_eq!(found(r#"[{"id": 1, "id": 2}]"#).expect("a list")[0].1[1], some("2"));
    }

    #[test]
    fn what_needs_a_second_thought_is_left() {
        let digits = "1".repeat(400);
        let deep = format!("[{{\"a\": {}1{}}}]", "[".repeat(200), "]".repeat(200));
        let long = format!("[{{\"a\": {digits}}}]");
        let lists = [
            r#"[{"a": 1e999}]"#,
            r#"[{"a": [2.5E3]}]"#,
            r#"[{"a": "\ud83d"}]"#,
            r#"[{"\u0069d": 1}]"#,
            "[7]",
            "[[]]",
            "7",
            "",
            "[{",
            &deep,
            &long,
        ];
        for list in lists {
            assert!(found(list).is_none(), "{list}");
        }
        assert!(found(r#"[{"a": true, "b": false, "c": "1e5", "d": "\u00e9\\"}]"#).is_some());
    }
}
