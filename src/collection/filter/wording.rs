//! The words around a filter that is typed: what is wrong with it, what may come next, what could be typed at all.

use boxdeck_catalog::{FieldType, Operator};
use boxdeck_dialect::query::{About, Comparison, Expected, Fault, Filterable};
use words::filter as say;

use super::draft::comparisons;
use crate::collection::filter;

/// A fault as a sentence. `text` is what was typed.
pub fn fault_text(fault: &Fault, filterables: &[Filterable], text: &str) -> String {
    let at = text.get(fault.span.clone()).unwrap_or_default();
    match &fault.expected {
        Expected::Field if at.is_empty() => say::fault_field().to_owned(),
        Expected::Field => {
            let typed = at.trim_matches('"');
            match near(typed, filterables.iter().map(|known| known.field.name.as_str())) {
                Some(near) => say::fault_field_near(typed, near),
                None => say::fault_field_unknown(typed),
            }
        }
        Expected::Comparison { field, refused: None } => {
            say::fault_comparison(field, possible(filterables, field))
        }
        Expected::Comparison { field, refused: Some(refused) } => {
            say::fault_refused(field, refused.phrase(), possible(filterables, field))
        }
        Expected::Value { fault: Some(fault), field, .. } => {
            say::fault_value_not(at.trim_matches('"'), field, fault)
        }
        Expected::Value { comparison, .. } => say::fault_value(comparison.phrase()),
        Expected::Opening => say::fault_opening().to_owned(),
        Expected::Further => say::fault_further().to_owned(),
        Expected::Greatest => say::fault_greatest().to_owned(),
        Expected::And => say::fault_and().to_owned(),
        Expected::Point { written } => say::fault_point(written),
        Expected::NoOr => say::fault_or(filterables.first().map_or("", |first| &first.field.name)),
        Expected::Quote => say::fault_quote().to_owned(),
    }
}

/// The name that was probably meant: one that begins so, or differs in two letters at most.
fn near<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = typed.to_lowercase().chars().collect();
    let rated = names.filter_map(|name| {
        let other: Vec<char> = name.to_lowercase().chars().collect();
        let steps = if other.starts_with(&letters) { 0 } else { steps(&letters, &other) };
        (letters.len() > 2 && steps <= 2).then_some((steps, name))
    });
    rated.min_by_key(|(steps, _)| *steps).map(|(_, name)| name)
}

/// How many letters have to be put in, taken out or changed to make one word of another (Levenshtein).
fn steps(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, letter) in one.iter().enumerate() {
        let mut before = std::mem::replace(&mut row[0], place + 1);
        for (column, theirs) in other.iter().enumerate() {
            let changed = before + usize::from(letter != theirs);
            before = row[column + 1];
            row[column + 1] = changed.min(before + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

/// The comparisons that a field takes, as they are written.
fn possible(filterables: &[Filterable], field: &str) -> String {
    let known = filter::find(filterables, field);
    let phrases: Vec<&str> = known.map(comparisons).into_iter().flatten().map(Comparison::phrase).collect();
    phrases.join(", ")
}

/// What stands beside a suggestion.
pub fn note(about: &About) -> String {
    match about {
        About::Field(label) => label.clone(),
        About::Comparison(comparison) => filter::words(*comparison, &FieldType::Text).to_owned(),
        About::Value(label) => label.clone().unwrap_or_default(),
        About::Joint | About::Sign => String::new(),
    }
}

/// A filter that could be typed here.
pub fn example(fields: &[Filterable]) -> String {
    let can = |known: &&Filterable, operator| known.operators.contains(&operator);
    let of = |fits: fn(&FieldType) -> bool, operator| {
        fields.iter().filter(|known| fits(&known.field.field_type)).find(|known| can(known, operator))
    };
    let text = of(|kind| matches!(kind, FieldType::Text), Operator::Like);
    let size = of(|kind| matches!(kind, FieldType::Bytes(_)), Operator::Gt);
    let time = of(FieldType::is_time, Operator::Lt);
    let parts: Vec<String> = [
        text.map(|known| format!("{} ~ db", known.field.name)),
        size.map(|known| format!("{} > 2TiB", known.field.name)),
        time.map(|known| format!("{} older than 30d", known.field.name)),
    ]
    .into_iter()
    .flatten()
    .take(2)
    .collect();
    parts.join(" and ")
}

/// Byte of the place that the browser counts in UTF-16 units.
pub fn byte_at(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (byte, character) in text.char_indices() {
        if left < character.len_utf16() {
            return byte;
        }
        left -= character.len_utf16();
    }
    text.len()
}

/// The place of a byte in UTF-16 units.
pub fn units_at(text: &str, byte: usize) -> u32 {
    let before = text.get(..byte).unwrap_or(text);
    u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant_is_near() {
        let names = ["name", "pool_id", "provtype", "size"];
        let near = |typed: &str| near(typed, names.into_iter());
        assert_eq!(near("pool"), Some("pool_id"));
        assert_eq!(near("nmae"), Some("name"));
        assert_eq!(near("sizes"), Some("size"));
        assert_eq!((near("colour"), near("p")), (None, None));
    }

    #[test]
    fn places_are_counted_as_the_browser_does() {
        let text = "ä𝄞b";
        for (units, byte) in [(0, 0), (1, 2), (3, 6), (4, 7), (9, 7)] {
            assert_eq!(byte_at(text, units), byte);
        }
        assert_eq!((units_at(text, 2), units_at(text, 6), units_at(text, 7)), (1, 3, 4));
    }
}
