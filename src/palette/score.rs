//! How well a text fits what was typed.

/// A text that starts with what was typed.
const PREFIX: u32 = 400;
/// A word of the text starts with it.
const WORD: u32 = 300;
/// The text contains it.
const INSIDE: u32 = 200;
/// The text contains its letters in their order.
const SCATTERED: u32 = 100;
/// What is found only among the further words counts less than any find in the title.
const FURTHER: u32 = 50;
/// Least letters that may be scattered: fewer are in nearly every text.
const LEAST_SCATTERED: usize = 3;

/// How well a title, with further words that are not shown, fits what was typed: the greater the better. Every word that was typed
/// has to fit. `None`: it does not.
pub(super) fn score(typed: &str, title: &str, further: &str) -> Option<u32> {
    let typed = typed.trim().to_lowercase();
    let (title, further) = (title.to_lowercase(), further.to_lowercase());
    let length = u32::try_from(title.chars().count()).unwrap_or(u32::MAX);
    // Of two that fit alike the shorter one is nearer to what was typed.
    let brevity = 40_u32.saturating_sub(length);
    let whole = of_text(&typed, &title).map(|whole| whole + brevity);
    let words = of_words(&typed, &title, &further).map(|words| words + brevity / 4);
    whole.max(words)
}

/// How well the words fit one by one, on average.
fn of_words(typed: &str, title: &str, further: &str) -> Option<u32> {
    let (mut sum, mut count) = (0, 0);
    for word in typed.split_whitespace() {
        sum += match of_text(word, title).filter(|found| *found > SCATTERED) {
            Some(found) => found,
            None => of_further(word, further)?,
        };
        count += 1;
    }
    (count > 0).then(|| sum / count)
}

fn of_text(typed: &str, text: &str) -> Option<u32> {
    if typed.is_empty() {
        return None;
    }
    if text == typed {
        Some(PREFIX + 50)
    } else if text.starts_with(typed) {
        Some(PREFIX)
    } else if starts_word(text, typed) {
        Some(WORD)
    } else if text.contains(typed) {
        Some(INSIDE)
    } else if typed.chars().count() >= LEAST_SCATTERED && is_scattered(text, typed) {
        Some(SCATTERED)
    } else {
        None
    }
}

fn of_further(word: &str, further: &str) -> Option<u32> {
    (further.starts_with(word) || starts_word(further, word)).then_some(FURTHER)
}

fn starts_word(text: &str, typed: &str) -> bool {
    text.match_indices(typed).any(|(at, _)| {
        text.get(..at)
            .and_then(|before| before.chars().next_back())
            .is_some_and(|before| !before.is_alphanumeric())
    })
}

/// Whether the letters come in this order, the first of them at the start of a word.
fn is_scattered(text: &str, typed: &str) -> bool {
    let mut wanted = typed.chars().filter(|letter| !letter.is_whitespace()).peekable();
    let mut before = ' ';
    let mut has_started = false;
    for letter in text.chars() {
        if wanted.peek() == Some(&letter) && (has_started || !before.is_alphanumeric()) {
            wanted.next();
            has_started = true;
        }
        before = letter;
    }
    wanted.peek().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best<'a>(typed: &str, titles: &[&'a str]) -> Vec<&'a str> {
        let mut found: Vec<(u32, &str)> =
            titles.iter().filter_map(|title| Some((score(typed, title, "")?, *title))).collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        found.into_iter().map(|(_, title)| title).collect()
    }

    #[test]
    fn the_start_beats_a_word_beats_the_middle_beats_scattered_letters() {
        let titles = ["Events and volumes", "Volumes", "Convolume", "View old units made easily", "Pools"];
        assert_eq!(
            best("volume", &titles),
            ["Volumes", "Events and volumes", "Convolume", "View old units made easily"]
        );
        assert_eq!(best("vol", &["Volume groups", "Volumes"]), ["Volumes", "Volume groups"]);
        assert_eq!(best("pools", &["Pools", "Pools of users"]), ["Pools", "Pools of users"]);
    }

    #[test]
    fn every_word_has_to_fit_in_any_order() {
        assert!(score("volume create", "Create volume", "").is_some());
        assert!(score("cr vol", "Create volume", "") > score("cr vol", "Carve", "oval"));
        assert!(score("new vol", "Create volume", "new") > score("new vol", "Create group", "new volumes"));
        assert!(score("new vol", "Create volume", "new add").is_some());
        assert!(score("new pool", "Create volume", "new add").is_none());
        assert!(
            score("remove", "Delete volume", "remove destroy")
                < score("delete", "Delete volume", "remove destroy")
        );
        assert!(score("estroy", "Delete volume", "remove destroy").is_none());
    }

    #[test]
    fn nothing_typed_fits_nothing_and_case_does_not_matter() {
        assert_eq!(score("  ", "Volumes", "x"), None);
        assert!(score("QOS", "QoS policies", "").is_some());
        assert!(score("qp", "QoS policies", "").is_none());
        assert!(score("qpo", "QoS policies", "").is_some());
        assert!(score("größe", "Größe", "").is_some());
    }
}
