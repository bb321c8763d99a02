//! How labels, titles and help are written.

use super::{Place, Report};

/// Words that are names, so that they keep their capital inside a label.
const NAMES: [&str; 21] = [
    "Active",
    "Azure",
    "Channel",
    "Cloudian",
    "Directory",
    "Ethernet",
    "Express",
    "Fibre",
    "Hitachi",
    "Infinidat",
    "Ironic",
    "Kerberos",
    "Linux",
    "Microsoft",
    "Oracle",
    "Redis",
    "Spectra",
    "Unicode",
    "Unix",
    "Windows",
    "World",
];

/// Checks what a person reads as the name of something: sentence case, no colon or full stop at the end.
pub(super) fn check_label(label: &str, place: &Place<'_>, report: &mut Report) {
    if label.trim().is_empty() {
        report.add(place, "the label is empty");
        return;
    }
    report.need(label.trim() == label, place, || format!("{label:?} has space around it"));
    report.need(!label.ends_with([':', '.']), place, || format!("{label:?} ends with a colon or full stop"));
    let mut words = label.split_whitespace();
    if let Some(first) = words.next() {
        let begins_small = first.chars().next().is_some_and(char::is_lowercase);
        report
            .need(!begins_small || is_name(first), place, || format!("{label:?} begins with a small letter"));
    }
    if let Some(word) = words.find(|word| is_capitalised(word) && !is_name(word)) {
        report.add(place, format!("{label:?} is not in sentence case: {word}"));
    }
}

/// Checks what one record is called: in lower case unless it is a name.
pub(super) fn check_singular(singular: &str, place: &Place<'_>, report: &mut Report) {
    report.need(!singular.trim().is_empty(), place, || "the singular is empty".to_owned());
    if let Some(word) = singular.split_whitespace().find(|word| is_capitalised(word) && !is_name(word)) {
        report.add(place, format!("{singular:?} is not in lower case: {word}"));
    }
}

/// Checks a text of whole sentences.
pub(super) fn check_sentences(text: &str, place: &Place<'_>, report: &mut Report) {
    report.need(text.ends_with(['.', '?']), place, || "the text does not end with a full stop".to_owned());
    report
        .need(text.trim() == text && !text.contains("  "), place, || "the text has spare spaces".to_owned());
    let begins_small = text
        .split_whitespace()
        .next()
        .is_some_and(|word| word.chars().next().is_some_and(char::is_lowercase) && !is_name(word));
    report.need(!begins_small, place, || "the text begins with a small letter".to_owned());
    report.need(!text.contains('!'), place, || "the text shouts: leave the exclamation mark out".to_owned());
}

fn is_capitalised(word: &str) -> bool {
    let mut letters = word.trim_start_matches('(').chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().filter(|c| c.is_alphabetic()).count() > 1
        && letters.all(|c| !c.is_uppercase())
}

/// Whether a word is spelled in its own way (`iSCSI`, `NVMe-oF`, `LUN`) or is a known name.
fn is_name(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    NAMES.contains(&bare) || bare.chars().skip(1).any(char::is_uppercase)
}
