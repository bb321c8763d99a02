//! Comma-separated values as RFC 4180 has them, guarded against spreadsheets that run what they read.

/// One value of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A number, as its digits.
    Number(String),
    /// Anything else.
    Text(String),
}

/// Adds a line.
pub fn push_line(out: &mut String, cells: impl IntoIterator<Item = Cell>) {
    let before = out.len();
    let mut is_first = true;
    for cell in cells {
        if !std::mem::take(&mut is_first) {
            out.push(',');
        }
        match cell {
            Cell::Empty => {}
            Cell::Number(digits) => out.push_str(&digits),
            Cell::Text(text) => push_text(out, &text),
        }
    }
    if out.len() == before && !is_first {
        // A line of one empty value would be no line at all.
        out.push_str("\"\"");
    }
    out.push_str("\r\n");
}

fn push_text(out: &mut String, text: &str) {
    let guard = if is_formula(text) { "'" } else { "" };
    if text.contains(['"', ',', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ') {
        out.push('"');
        out.push_str(guard);
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(guard);
        out.push_str(text);
    }
}

/// Whether a spreadsheet might take a text for a formula. Plain numbers are none, whatever their sign.
fn is_formula(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let is_sign = matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    is_sign && !is_number(text)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(texts: &[&str]) -> String {
        let mut out = String::new();
        push_line(&mut out, texts.iter().map(|text| Cell::Text((*text).to_owned())));
        out
    }

    /// What another program reads.
    fn read(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let lines = reader.records().map(|line| line.expect("a line"));
        lines.map(|line| line.iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn texts_are_read_as_they_were() {
        let texts = ["plain", "a,b", "a \"b\"", "two\r\nlines", " outer ", "", "ä𝄞", "'", "a\tb"];
        assert_eq!(read(&line(&texts)), [texts.map(str::to_owned).to_vec()]);
        assert_eq!(read(&line(&[""])), [[String::new()]]);
        assert_eq!(read(&line(&["", ""])), [["", ""]]);
    }

    #[test]
    fn lines_are_written_as_the_standard_says() {
        let mut out = String::new();
        let number = |digits: &str| Cell::Number(digits.to_owned());
        push_line(&mut out, [number("-9007199254740993"), Cell::Empty, Cell::Text("a,\"b\"".to_owned())]);
        assert_eq!(out, "-9007199254740993,,\"a,\"\"b\"\"\"\r\n");
    }

    #[test]
    fn formulas_are_disarmed_and_numbers_left_alone() {
        for text in [
            "=1+1", "+49 170", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-1-1", "=", "-", "--1", "＝1",
            "-.5", "-1.",
        ] {
            assert_eq!(read(&line(&[text])), [[format!("'{text}")]], "{text:?}");
        }
        for text in ["-5", "-5.25", "12", "a=1", "1-1", " =1"] {
            assert_eq!(read(&line(&[text])), [[text]], "{text:?}");
        }
    }

    mod any {
        use proptest::prelude::*;

        use super::*;

        proptest! {
            #[test]
            fn whatever_is_written_is_read(texts in prop::collection::vec(any::<String>(), 1..6)) {
                let refs: Vec<&str> = texts.iter().map(String::as_str).collect();
                let guarded: Vec<String> = texts.iter().map(|text| if is_formula(text) { format!("'{text}") } else { text.clone() }).collect();
                prop_assert_eq!(read(&line(&refs)), [guarded]);
            }
        }
    }
}
