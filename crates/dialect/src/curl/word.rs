//! Words of a POSIX shell command, in which variables stand for secrets.

use serde_json::Value;

/// Shell function that writes a text as the inside of a JSON string, for variables inside a JSON body.
pub(super) const JSON_TEXT: &str = r#"json_text() { printf '%s\n' "$1" | sed 's/["\\]/\\&/g' | awk '{ gsub(/\t/, "\\t"); gsub(/\r/, "\\r"); printf "%s%s", end, $0; end = "\\n" }'; }"#;

/// A part of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// Text as it is.
    Text(String),
    /// The value of this variable.
    Variable(String),
    /// The value of this variable as the inside of a JSON string.
    Escaped(String),
}

/// One argument of a command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Word(Vec<Piece>);

impl Word {
    /// A word that is a text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    /// The same word with a text after it.
    #[must_use]
    pub(super) fn and(mut self, text: &str) -> Self {
        self.push(text);
        self
    }

    /// The same word with the value of a variable after it.
    #[must_use]
    pub(super) fn and_variable(mut self, name: &str) -> Self {
        self.0.push(Piece::Variable(name.to_owned()));
        self
    }

    fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }

    /// JSON in which `variable` names what stands for the value at a pointer, if something does.
    pub(super) fn json(value: &Value, variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut word = Self::default();
        word.write(value, "", variable);
        word
    }

    fn write(&mut self, value: &Value, pointer: &str, variable: &dyn Fn(&str) -> Option<String>) {
        // A null tells nothing and takes something away; the box has to get it as it is.
        if let Some(name) = variable(pointer).filter(|_| !value.is_null()) {
            if value.is_string() {
                self.push("\"");
                self.0.push(Piece::Escaped(name));
                self.push("\"");
            } else {
                self.0.push(Piece::Variable(name));
            }
            return;
        }
        match value {
            Value::Object(members) => {
                self.push("{");
                for (index, (key, value)) in members.iter().enumerate() {
                    self.push(if index == 0 { "" } else { "," });
                    self.push(&Value::from(key.as_str()).to_string());
                    self.push(":");
                    self.write(value, &crate::plan::pointer(pointer, key), variable);
                }
                self.push("}");
            }
            Value::Array(items) => {
                self.push("[");
                for (index, value) in items.iter().enumerate() {
                    self.push(if index == 0 { "" } else { "," });
                    self.write(value, &crate::plan::pointer(pointer, &index.to_string()), variable);
                }
                self.push("]");
            }
            other => self.push(&other.to_string()),
        }
    }

    /// Whether it needs [`JSON_TEXT`].
    pub(super) fn escapes(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Escaped(_)))
    }

    /// The word as the shell reads it: nothing in it is expanded but the variables.
    pub(super) fn quoted(&self) -> String {
        let parts = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => quoted(text),
            Piece::Variable(name) => format!("\"${name}\""),
            Piece::Escaped(name) => format!("\"$(json_text \"${name}\")\""),
        });
        parts.collect()
    }
}

/// A text that the shell takes as it is.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '=' | '@' | '%' | '+' | ',')
    };
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_but_variables_is_expanded() {
        assert_eq!(quoted("a/b-1"), "a/b-1");
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("$(id) `id` it's \"x\" !1 \\"), r#"'$(id) `id` it'\''s "x" !1 \'"#);
        let word = Word::text("X-Token: ").and_variable("TOKEN").and("'");
        assert_eq!(word.quoted(), r#"'X-Token: '"$TOKEN"''\'''"#);
    }

    #[test]
    fn json_is_written_as_it_is_sent_but_for_the_secrets() {
        let value = json!({"a/b": [1, {"pin": 7}], "pass": "x", "gone": null, "text": "\"\\\n"});
        let plain = Word::json(&value, &|_| None);
        assert_eq!(plain, Word::text(value.to_string()));
        let word = Word::json(&value, &|pointer| match pointer {
            "/a~1b/1/pin" => Some("PIN".to_owned()),
            "/pass" => Some("PASS".to_owned()),
            "/gone" => Some("GONE".to_owned()),
            _ => None,
        });
        assert_eq!(
            word.quoted(),
            r#"'{"a/b":[1,{"pin":'"$PIN"'}],"pass":"'"$(json_text "$PASS")"'","gone":null,"text":"\"\\\n"}'"#
        );
        assert!(word.escapes());
    }
}
