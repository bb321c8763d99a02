//! What may come next while a filter is typed.

use std::ops::Range;

use boxdeck_catalog::{FieldType, input::units::DATA};

use super::lexer::{Kind, Token, plain_or_quoted, tokens};
use super::offer::{Filterable, reference};
use super::phrase::Comparison;
use super::text::{Expected, Fault, Reader, find, names_records};
use super::value::Zone;

/// What may be put into a text in place of a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The part, in bytes.
    pub span: Range<usize>,
    /// What may stand there, the likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// Name of the field whose value it is, where what the box holds may stand there too: a record that the field points to.
    pub record_of: Option<String>,
}

/// Something that may come next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is put in.
    pub insert: String,
    /// What it is.
    pub about: About,
}

/// What a suggestion is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The field with that label.
    Field(String),
    /// A comparison.
    Comparison(Comparison),
    /// A value, with what a person knows it by where it says more.
    Value(Option<String>),
    /// The word that joins terms, or two values.
    Joint,
    /// A sign of a list.
    Sign,
}

/// Suggestions at most: more are no help.
const MOST: usize = 50;

/// What may come at a place of a text, given in bytes; at its end where the place is inside of a character.
#[must_use]
pub fn complete(fields: &[Filterable], zone: Zone, text: &str, place: usize) -> Completion {
    let before = text.get(..place).unwrap_or(text);
    let place = before.len();
    let all = tokens(before);
    let (known, partial) = split(&all, before);
    let start = partial.map_or(before.len(), |token| token.span.start);
    let typed = before.get(start..).unwrap_or_default();
    let head = before.get(..start).unwrap_or_default();
    let mut reader = Reader::new(fields, zone, head, known);
    let result = if known.is_empty() { Err(None) } else { reader.filter().map_err(Some) };
    let record_of = match &result {
        Err(Some(Fault {
            expected: Expected::Value { field, comparison, .. }, unfinished: true, ..
        })) => {
            let points = find(fields, field).is_some_and(|known| reference(&known.field).is_some());
            (points && names_records(comparison.operator())).then(|| field.clone())
        }
        _ => None,
    };
    let (start, suggestions) = match result {
        Err(None) => (start, named(fields, typed)),
        Err(Some(fault)) if fault.unfinished => match &fault.expected {
            Expected::Field => (start, named(fields, typed)),
            Expected::Comparison { field, .. } => {
                // A phrase of several words is replaced as a whole.
                let start = fault.span.start.min(start);
                let typed = before.get(start..).unwrap_or_default();
                (start, find(fields, field).map_or_else(Vec::new, |known| phrases(known, typed)))
            }
            Expected::Value { field, comparison, .. } => {
                let known = find(fields, field);
                let values = known.map_or_else(Vec::new, |known| values(known, *comparison, typed));
                // `is` may still become `is not empty`.
                let phrase = before.get(reader.comparison_at..).unwrap_or_default();
                let may_go_on = values.is_empty() && phrase.starts_with(char::is_alphabetic);
                let longer = known.filter(|_| may_go_on).map(|known| phrases(known, phrase));
                match longer.filter(|phrases| !phrases.is_empty()) {
                    Some(phrases) => (reader.comparison_at, phrases),
                    None => (start, values),
                }
            }
            Expected::Opening => (start, words(&["("], typed, &About::Sign)),
            Expected::Further => (start, words(&[",", ")"], typed, &About::Sign)),
            Expected::Greatest => (start, words(&["and"], typed, &About::Joint)),
            Expected::And | Expected::Point { .. } | Expected::NoOr | Expected::Quote => (start, Vec::new()),
        },
        Err(Some(_)) => (start, Vec::new()),
        Ok(_) => (start, words(&["and"], typed, &About::Joint)),
    };
    Completion { span: start..place, suggestions, record_of }
}

/// What is finished, and the word that is being typed: the last one, if nothing follows it.
fn split<'a>(all: &'a [Token], text: &str) -> (&'a [Token], Option<&'a Token>) {
    match all.split_last() {
        Some((last, rest))
            if last.span.end == text.len() && matches!(last.kind, Kind::Word | Kind::Unclosed) =>
        {
            (rest, Some(last))
        }
        _ => (all, None),
    }
}

/// How well a text fits what is typed: at its beginning, inside, or not at all.
fn rank(text: &str, typed: &str) -> Option<u8> {
    let (text, typed) = (text.to_lowercase(), typed.trim_start_matches('"').to_lowercase());
    if text.starts_with(&typed) {
        Some(0)
    } else if text.contains(&typed) {
        Some(1)
    } else {
        None
    }
}

fn best(ranked: impl Iterator<Item = (Option<u8>, Suggestion)>) -> Vec<Suggestion> {
    let mut fitting: Vec<(u8, Suggestion)> =
        ranked.filter_map(|(rank, suggestion)| Some((rank?, suggestion))).collect();
    fitting.sort_by_key(|(rank, _)| *rank);
    fitting.into_iter().map(|(_, suggestion)| suggestion).take(MOST).collect()
}

fn named(fields: &[Filterable], typed: &str) -> Vec<Suggestion> {
    best(fields.iter().map(|known| {
        let field = &known.field;
        let by_label = rank(&field.label, typed).map(|rank| rank + 1);
        let rank = rank(&field.name, typed).into_iter().chain(by_label).min();
        let about = About::Field(field.label.clone());
        (rank, Suggestion { insert: plain_or_quoted(&field.name), about })
    }))
}

fn phrases(known: &Filterable, typed: &str) -> Vec<Suggestion> {
    let ages = [Comparison::OlderThan, Comparison::NewerThan];
    let ages = ages.into_iter().filter(|age| {
        known.field.field_type.is_time() && known.offered().any(|offered| offered == age.operator())
    });
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    best(known.offered().map(Comparison::Plain).chain(ages).map(|comparison| {
        let insert = comparison.phrase().to_owned();
        let rank = rank(&insert, &typed).filter(|rank| *rank == 0);
        (rank, Suggestion { insert, about: About::Comparison(comparison) })
    }))
}

fn words(words: &[&str], typed: &str, about: &About) -> Vec<Suggestion> {
    best(words.iter().map(|word| {
        let rank = rank(word, typed).filter(|rank| *rank == 0);
        (rank, Suggestion { insert: (*word).to_owned(), about: about.clone() })
    }))
}

fn values(known: &Filterable, comparison: Comparison, typed: &str) -> Vec<Suggestion> {
    use FieldType as T;
    if matches!(comparison, Comparison::OlderThan | Comparison::NewerThan) {
        return plain(["1h", "1d", "7d", "30d", "90d"].map(str::to_owned), typed);
    }
    if comparison == Comparison::Plain(boxdeck_catalog::Operator::Like) {
        return Vec::new();
    }
    let item = match &known.field.field_type {
        T::List(item) => item,
        own => own,
    };
    match item {
        T::Enum(choices) => best(choices.iter().map(|choice| {
            let rank = rank(&choice.value, typed).into_iter().chain(rank(&choice.label, typed)).min();
            let label = Some(choice.label.clone()).filter(|label| *label != choice.value);
            (rank, Suggestion { insert: plain_or_quoted(&choice.value), about: About::Value(label) })
        })),
        T::Boolean => plain(["true", "false"].map(str::to_owned), typed),
        T::Timestamp(_) | T::DateTime => {
            plain(["now", "now-1h", "now-1d", "now-7d", "now-30d"].map(str::to_owned), typed)
        }
        T::Bytes(_) => plain(DATA.iter().filter_map(|(unit, _)| with_unit(typed, unit)), typed),
        _ => Vec::new(),
    }
}

/// A number that is being typed, with a unit to go on with.
fn with_unit(typed: &str, unit: &str) -> Option<String> {
    let number = typed.trim_end_matches(|character: char| character.is_ascii_alphabetic());
    let is_number = number.starts_with(|character: char| character.is_ascii_digit());
    is_number.then(|| format!("{number}{unit}"))
}

fn plain(texts: impl IntoIterator<Item = String>, typed: &str) -> Vec<Suggestion> {
    best(texts.into_iter().map(|insert| {
        let rank = rank(&insert, typed).filter(|rank| *rank == 0);
        (rank, Suggestion { insert, about: About::Value(None) })
    }))
}
