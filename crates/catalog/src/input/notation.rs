//! How numbers are written: as they are stored, or as the readers of a language write them.
//!
//! What a person types may come from anywhere: the screen, a data sheet, a command line of the box. So the separator of the
//! other language is understood as well, wherever only one reading is possible. `1.500` has two for a reader of German (and
//! `1,500` for one of English), a thousandfold apart: it is refused, and both readings are named.

use std::borrow::Cow;

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Notation {
    /// As in addresses, in filters as text and on the wire: a decimal point, and nothing between the digits.
    #[default]
    Stored,
    /// A decimal point, as in English.
    Point,
    /// A decimal comma, as in German.
    Comma,
}

/// What a run of digits and separators can mean.
enum Reading {
    /// One number, as it is stored.
    Number(String),
    /// Either of two numbers, as they are stored: without the separator, and with a decimal point in its place.
    Either(String, String),
    /// None.
    Nothing,
}

impl Notation {
    /// The notation of a language that writes its decimals with `separator`.
    #[must_use]
    pub fn of_decimal(separator: &str) -> Self {
        if separator == "," { Self::Comma } else { Self::Point }
    }

    /// The decimal separator, and that of the other notation.
    const fn separators(self) -> (char, char) {
        match self {
            Self::Stored | Self::Point => ('.', ','),
            Self::Comma => (',', '.'),
        }
    }

    /// A text with numbers as they are stored, in this notation.
    #[must_use]
    pub fn written(self, stored: &str) -> String {
        match self {
            Self::Stored | Self::Point => stored.to_owned(),
            Self::Comma => stored.replace('.', ","),
        }
    }

    /// A text with the numbers in it as they are stored. What is no number in this notation stays, for the reader of the
    /// text to refuse.
    ///
    /// # Errors
    /// Both readings of a number that can be read in two ways, as a sentence for the person who typed it.
    pub fn stored(self, text: &str) -> Result<Cow<'_, str>, String> {
        if self == Self::Stored {
            return Ok(Cow::Borrowed(text));
        }
        let mut stored = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(|character: char| character.is_ascii_digit()) {
            let (before, tail) = rest.split_at(at);
            // A separator right before the first digit belongs to the number: `.5`.
            let lead = before.len() - usize::from(before.ends_with(['.', ',']));
            let (before, run) = rest.split_at(lead);
            let end = at - lead + run_length(tail);
            let (run, tail) = run.split_at(end);
            stored.push_str(before);
            match self.reading(run) {
                Reading::Number(number) => stored.push_str(&number),
                Reading::Nothing => stored.push_str(run),
                Reading::Either(grouped, decimal) => {
                    let decimal = self.written(decimal.trim_end_matches('0').trim_end_matches('.'));
                    return Err(words::input::two_readings(run, grouped, decimal));
                }
            }
            rest = tail;
        }
        stored.push_str(rest);
        Ok(Cow::Owned(stored))
    }

    /// What a run of digits and separators means.
    fn reading(self, run: &str) -> Reading {
        let (own, other) = self.separators();
        let Some(run) = without_spaces(run) else { return Reading::Nothing };
        let separators: Vec<char> = run.chars().filter(|character| !character.is_ascii_digit()).collect();
        match separators.as_slice() {
            [] => Reading::Number(run),
            [one] if *one == own => Reading::Number(run.replace(own, ".")),
            [one] => match joined(&run, *one) {
                Some(grouped) => Reading::Either(grouped, run.replace(*one, ".")),
                None => Reading::Number(run.replace(*one, ".")),
            },
            [groups @ .., last] if groups.iter().all(|character| character != last) => {
                // `1.234,5` and `1,234.5`: the last one can only be the decimal one.
                let parts = run.rsplit_once(*last).zip(groups.first());
                let whole =
                    parts.and_then(|((whole, fraction), group)| Some((joined(whole, *group)?, fraction)));
                whole.map_or(Reading::Nothing, |(whole, fraction)| {
                    Reading::Number(format!("{whole}.{fraction}"))
                })
            }
            [first, ..] if separators.iter().all(|character| character == first) => {
                joined(&run, if *first == own { own } else { other })
                    .map_or(Reading::Nothing, Reading::Number)
            }
            _ => Reading::Nothing,
        }
    }
}

/// Length of the run of digits at the start, with the separators and spaces that stand between two of them.
fn run_length(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next_is_digit = characters.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        let belongs = character.is_ascii_digit()
            || (matches!(character, '.' | ',') || is_group_space(character)) && next_is_digit;
        if !belongs {
            break;
        }
        end = at + character.len_utf8();
    }
    end
}

/// Spaces and marks that part groups of digits and mean nothing else.
const fn is_group_space(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '’')
}

/// The run without spaces between groups of three digits; `None` if they part anything else.
fn without_spaces(run: &str) -> Option<String> {
    let Some(space) = run.chars().find(|character| is_group_space(*character)) else {
        return Some(run.to_owned());
    };
    let point = run.find(['.', ',']).unwrap_or(run.len());
    let (whole, fraction) = run.split_at(point);
    let whole = joined(whole, space)?;
    (!fraction.contains(is_group_space)).then(|| whole + fraction)
}

/// The digits without the separator of thousands, where it stands as one: groups of three behind at most three digits that
/// do not begin with zero.
fn joined(digits: &str, separator: char) -> Option<String> {
    let mut groups = digits.split(separator);
    let first = groups.next()?;
    let is_number = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let begins = (1..=3).contains(&first.len()) && !first.starts_with('0') && is_number(first);
    let goes_on = groups.all(|group| group.len() == 3 && is_number(group));
    (begins && goes_on).then(|| digits.split(separator).collect())
}

#[cfg(test)]
mod tests;
