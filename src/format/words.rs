//! Words of the catalog as they stand in sentences.

use boxdeck_dialect::lower;

/// A title or label inside a sentence: in lower case, unless its first word is an abbreviation or spelled in its own way.
/// A language that leaves capitals alone (the message `lowers_inside` says so) takes it as it is.
pub fn inside(title: &str) -> String {
    if ::words::format::lowers_inside() != "yes" {
        return title.to_owned();
    }
    let word = title.split_whitespace().next().unwrap_or_default();
    let mut letters = title.chars();
    match letters.next() {
        // Catalogs are in English.
        Some(first) if !word.chars().skip(1).any(|letter| letter.is_ascii_uppercase()) => {
            [lower(&first.to_string()).as_str(), letters.as_str()].concat()
        }
        _ => title.to_owned(),
    }
}

/// A title or label as it starts a sentence.
pub fn starting(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_their_capital_inside_a_sentence() {
        for (title, sentence) in [
            ("Consistency groups", "consistency groups"),
            ("Delete volume", "delete volume"),
            ("QoS policies", "QoS policies"),
            ("TreeQs", "TreeQs"),
            ("OpenVMS UDID", "OpenVMS UDID"),
            ("LUN mappings", "LUN mappings"),
            ("CSR for the system", "CSR for the system"),
            ("", ""),
        ] {
            assert_eq!(inside(title), sentence);
        }
    }

    #[test]
    fn texts_gain_a_capital_at_the_start() {
        assert_eq!(starting("volume"), "Volume");
        assert_eq!(starting(""), "");
    }
}
