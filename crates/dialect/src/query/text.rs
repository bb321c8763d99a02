//! The filter as text: `name ~ db and size >= 2TiB and created_at older than 7d`.
//!
//! ```text
//! filter     = [ term { "and" term } ]
//! term       = field comparison
//! comparison = ( "=" | "!=" | "~" | "<" | "<=" | ">" | ">=" ) value
//!            | [ "not" ] "in" "(" value { "," value } ")"
//!            | "between" value "and" value
//!            | "is" [ "not" ] "empty"
//!            | ( "older" | "newer" ) "than" length of time
//! ```
//!
//! A field is written by its name, or by its label in quotes. A value is a word or several, or a text in quotes, in which a
//! backslash takes the meaning from a quote. Amounts have units, times are the person's own unless they say otherwise, and
//! `now-7d` moves with the present. A record of another resource is written by its key or by its name; which of them a text is,
//! only the box knows, so that a name is read as it stands and is for the caller to look up ([`Placed::values`]).

use std::ops::Range;

use boxdeck_catalog::{Field, Operator};

use super::lexer::{Kind, Token, in_quotes, is_joint, plain_or_quoted, tokens};
use super::offer::Filterable;
use super::phrase::{Comparison, PHRASES};
use super::relative::{age, ago};
use super::value::{Zone, read, written};
use super::{Arity, Term, arity};

/// A term with the place where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The term.
    pub term: Term,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// Where each of its values stands, in bytes; with the quotes of those that have some.
    pub values: Vec<Range<usize>>,
}

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The part at fault, in bytes; empty where something is missing.
    pub span: Range<usize>,
    /// What was expected there.
    pub expected: Expected,
    /// The text ends too early: what a person is still to type.
    pub unfinished: bool,
}

/// What a text should have at some place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// A field of the list.
    Field,
    /// A comparison. `refused`: this one cannot be made with the field.
    Comparison {
        /// Name of the field.
        field: String,
        /// What was written instead, where it is a comparison.
        refused: Option<Comparison>,
    },
    /// A value.
    Value {
        /// Name of the field.
        field: String,
        /// The comparison.
        comparison: Comparison,
        /// Why what is there is none, as a sentence; `None` where nothing is there.
        fault: Option<String>,
    },
    /// The `(` of a list of values.
    Opening,
    /// `,` or the `)` of a list of values.
    Further,
    /// The `and` between the least and the greatest value.
    Greatest,
    /// `and` before the next term, or the end.
    And,
    /// A decimal point: the filter as text has one notation in every language.
    Point {
        /// The number as it belongs there.
        written: String,
    },
    /// Something else than `or`: terms hold all together.
    NoOr,
    /// The closing quote.
    Quote,
}

/// Reads a filter.
///
/// # Errors
/// The first place where the text cannot be understood.
pub fn parse(fields: &[Filterable], zone: Zone, text: &str) -> Result<Vec<Placed>, Fault> {
    Reader::new(fields, zone, text, &tokens(text)).filter()
}

/// Writes a filter. [`parse`] reads the same terms from it, as long as their values are of the fields' types.
#[must_use]
pub fn print(fields: &[Filterable], zone: Zone, terms: &[Term]) -> String {
    print_named(fields, zone, terms, &|_field, _key| None)
}

/// As [`print`], with the names of the records that `name` knows by the field that points to them and by their key. A name is
/// written so that it cannot pass for a key.
#[must_use]
pub fn print_named(
    fields: &[Filterable],
    zone: Zone,
    terms: &[Term],
    name: &dyn Fn(&Field, &str) -> Option<String>,
) -> String {
    let fields = |name: &str| fields.iter().find(|known| known.field.name == name).map(|known| &known.field);
    let terms: Vec<String> = terms
        .iter()
        .map(|term| match fields(&term.field) {
            Some(field) => print_term(field, zone, term, name),
            None => print_term(&Field { name: term.field.clone(), ..Field::default() }, zone, term, name),
        })
        .collect();
    terms.join(" and ")
}

fn print_term(
    field: &Field,
    zone: Zone,
    term: &Term,
    name_of: &dyn Fn(&Field, &str) -> Option<String>,
) -> String {
    let name = plain_or_quoted(&field.name);
    let comparison = comparison(field, term);
    let phrase = comparison.phrase();
    let one = |value: &String| match name_of(field, value).filter(|_| names_records(term.operator)) {
        Some(name) => written_name(&name),
        None => written(field, term.operator, value, zone),
    };
    let values = || term.values.iter().map(one);
    match (comparison, arity(term.operator)) {
        (Comparison::OlderThan | Comparison::NewerThan, _) => {
            let age = term.values.first().and_then(|value| age(value)).unwrap_or_default();
            format!("{name} {phrase} {age}")
        }
        (_, Arity::None) => format!("{name} {phrase}"),
        (_, Arity::One) => format!("{name} {phrase} {}", values().collect::<String>()),
        (_, Arity::Two) => format!("{name} {phrase} {}", values().collect::<Vec<_>>().join(" and ")),
        (_, Arity::Many) => format!("{name} {phrase} ({})", values().collect::<Vec<_>>().join(", ")),
    }
}

/// Whether the values of a comparison stand for records, where they are of a reference.
#[must_use]
pub const fn names_records(operator: Operator) -> bool {
    matches!(operator, Operator::Eq | Operator::Neq | Operator::In | Operator::NotIn)
}

/// Whether a value, as it is written, can only be a key: a number without quotes.
#[must_use]
pub fn is_key(written: &str) -> bool {
    written.parse::<i128>().is_ok()
}

/// The name of a record as it is written, so that it cannot pass for a key.
#[must_use]
pub fn written_name(name: &str) -> String {
    if is_key(name) { in_quotes(name) } else { plain_or_quoted(name) }
}

/// The comparison as which a term reads best.
#[must_use]
pub fn comparison(field: &Field, term: &Term) -> Comparison {
    let is_age =
        field.field_type.is_time() && matches!(term.values.as_slice(), [value] if age(value).is_some());
    match term.operator {
        Operator::Lt if is_age => Comparison::OlderThan,
        Operator::Gt if is_age => Comparison::NewerThan,
        operator => Comparison::Plain(operator),
    }
}

/// The length of time of a term that compares an age (`7d`).
#[must_use]
pub fn age_of(field: &Field, term: &Term) -> Option<String> {
    match comparison(field, term) {
        Comparison::OlderThan | Comparison::NewerThan => age(term.values.first()?),
        Comparison::Plain(_) => None,
    }
}

/// The term that compares an age, from the length of time that a person wrote.
///
/// # Errors
/// What would be accepted, as a sentence.
pub fn age_term(field: &Field, comparison: Comparison, length: &str) -> Result<Term, String> {
    let values = vec![ago(length)?];
    Ok(Term { field: field.name.clone(), operator: comparison.operator(), values })
}

/// The field that a person means: by its name, or by its label in any case.
pub(super) fn find<'a>(fields: &'a [Filterable], text: &str) -> Option<&'a Filterable> {
    let by_label = || fields.iter().find(|known| known.field.label.to_lowercase() == text.to_lowercase());
    fields.iter().find(|known| known.field.name == text).or_else(by_label)
}

/// Reads from the front to the back, and stops at the first fault.
pub(super) struct Reader<'a> {
    fields: &'a [Filterable],
    zone: Zone,
    text: &'a str,
    tokens: &'a [Token],
    next: usize,
    /// Where the latest comparison starts, in bytes.
    pub(super) comparison_at: usize,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(
        fields: &'a [Filterable],
        zone: Zone,
        text: &'a str,
        tokens: &'a [Token],
    ) -> Self {
        Self { fields, zone, text, tokens, next: 0, comparison_at: 0 }
    }

    /// The whole text.
    pub(super) fn filter(&mut self) -> Result<Vec<Placed>, Fault> {
        let mut terms: Vec<Placed> = Vec::new();
        if self.tokens.is_empty() {
            return Ok(terms);
        }
        loop {
            let start = self.here().start;
            let (term, values) = self.term()?;
            terms.push(Placed { term, span: start..self.before(), values });
            match self.peek() {
                None => return Ok(terms),
                Some(_) if self.is_word("and") => self.next += 1,
                Some(_) if self.is_word("or") => return Err(self.fault(Expected::NoOr)),
                Some(_) => {
                    return Err(self
                        .decimal_comma(terms.last())
                        .unwrap_or_else(|| self.fault(Expected::And)));
                }
            }
        }
    }

    /// The fault of a number with a comma in it, behind the term that its first half made.
    fn decimal_comma(&self, last: Option<&Placed>) -> Option<Fault> {
        let Placed { term, values, .. } = last?;
        let known = self.fields.iter().find(|known| known.field.name == term.field)?;
        let start = values.last()?.start;
        let [comma, after] = self.tokens.get(self.next..)?.first_chunk::<2>()?;
        let is_close =
            self.is_sign(",") && comma.span.start == self.before() && comma.span.end == after.span.start;
        let span = start..after.span.end;
        let text = self.text.get(span.clone())?;
        let has_digits = text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            && self.text.get(after.span.clone())?.starts_with(|c: char| c.is_ascii_digit());
        (is_close && has_digits && known.field.field_type.is_number()).then(|| Fault {
            span,
            expected: Expected::Point { written: text.replace(',', ".") },
            unfinished: false,
        })
    }

    fn term(&mut self) -> Result<(Term, Vec<Range<usize>>), Fault> {
        let known = self.field()?;
        let comparison = self.comparison(known)?;
        let field = &known.field;
        let mut values: Vec<(String, Range<usize>)> = Vec::new();
        match arity(comparison.operator()) {
            Arity::None => {}
            Arity::One => values.push(self.value(field, comparison)?),
            Arity::Two => {
                values.push(self.value(field, comparison)?);
                if !self.is_word("and") {
                    return Err(self.fault(Expected::Greatest));
                }
                self.next += 1;
                values.push(self.value(field, comparison)?);
            }
            Arity::Many => {
                if !self.is_sign("(") {
                    return Err(self.fault(Expected::Opening));
                }
                self.next += 1;
                loop {
                    values.push(self.value(field, comparison)?);
                    if self.is_sign(")") {
                        break;
                    }
                    if !self.is_sign(",") {
                        return Err(self.fault(Expected::Further));
                    }
                    self.next += 1;
                }
                self.next += 1;
            }
        }
        let (values, spans) = values.into_iter().unzip();
        Ok((Term { field: field.name.clone(), operator: comparison.operator(), values }, spans))
    }

    fn field(&mut self) -> Result<&'a Filterable, Fault> {
        let name = match self.peek() {
            Some(Token { kind: Kind::Word, span }) => self.text.get(span.clone()).unwrap_or_default(),
            Some(Token { kind: Kind::Quoted(text), .. }) => text,
            Some(Token { kind: Kind::Unclosed, .. }) => return Err(self.fault(Expected::Quote)),
            _ => return Err(self.fault(Expected::Field)),
        };
        let known = find(self.fields, name).ok_or_else(|| self.fault(Expected::Field))?;
        self.next += 1;
        Ok(known)
    }

    /// The longest phrase that stands here.
    fn comparison(&mut self, known: &Filterable) -> Result<Comparison, Fault> {
        let start = self.here();
        self.comparison_at = start.start;
        let expected = |refused| Expected::Comparison { field: known.field.name.clone(), refused };
        let found = PHRASES
            .iter()
            .filter(|(phrase, _)| self.stands_here(phrase))
            .max_by_key(|(phrase, _)| phrase.len());
        let Some((phrase, comparison)) = found else {
            let unfinished = self.is_begun();
            let end = if unfinished { self.text.len() } else { start.end };
            let span = start.start..end;
            return Err(Fault { span, expected: expected(None), unfinished });
        };
        let is_age = matches!(comparison, Comparison::OlderThan | Comparison::NewerThan);
        let fits =
            known.operators.contains(&comparison.operator()) && (!is_age || known.field.field_type.is_time());
        self.next += phrase.len();
        if fits {
            return Ok(*comparison);
        }
        let span = start.start..self.before();
        Err(Fault { span, expected: expected(Some(*comparison)), unfinished: false })
    }

    fn stands_here(&self, phrase: &[&str]) -> bool {
        phrase
            .iter()
            .enumerate()
            .all(|(place, part)| self.part(self.next + place) == Some(part.to_lowercase()))
    }

    /// Whether what is left is the beginning of a phrase.
    fn is_begun(&self) -> bool {
        let left: Vec<Option<String>> =
            (self.next..self.tokens.len()).map(|place| self.part(place)).collect();
        let begins = |phrase: &[&str]| {
            phrase.len() >= left.len()
                && left.iter().zip(phrase).all(|(left, part)| left.as_deref() == Some(*part))
        };
        PHRASES.iter().any(|(phrase, _)| begins(phrase))
    }

    /// A word in lower case, or a sign.
    fn part(&self, place: usize) -> Option<String> {
        let Token { kind, span } = self.tokens.get(place)?;
        match kind {
            Kind::Word => self.text.get(span.clone()).map(str::to_lowercase),
            Kind::Sign(sign) => Some((*sign).to_owned()),
            Kind::Quoted(_) | Kind::Unclosed => None,
        }
    }

    /// A text in quotes, or words up to `and`, a sign or the end.
    fn value(&mut self, field: &Field, comparison: Comparison) -> Result<(String, Range<usize>), Fault> {
        let start = self.here();
        let expected = |fault| Expected::Value { field: field.name.clone(), comparison, fault };
        let (text, quoted) = match self.peek() {
            Some(Token { kind: Kind::Quoted(text), .. }) => {
                let text = text.clone();
                self.next += 1;
                (text, true)
            }
            Some(Token { kind: Kind::Unclosed, .. }) => return Err(self.fault(Expected::Quote)),
            Some(Token { kind: Kind::Word, .. }) if !self.is_word("and") => {
                while matches!(self.peek(), Some(Token { kind: Kind::Word, .. })) && !self.is_word("and") {
                    if self.is_word("or") {
                        return Err(self.fault(Expected::NoOr));
                    }
                    self.next += 1;
                }
                (self.text.get(start.start..self.before()).unwrap_or_default().to_owned(), false)
            }
            _ => return Err(self.fault(expected(None))),
        };
        let read = match comparison {
            Comparison::OlderThan | Comparison::NewerThan => ago(&text),
            Comparison::Plain(operator) => read(field, operator, &text, quoted, self.zone),
        };
        let span = start.start..self.before();
        match read {
            Ok(value) => Ok((value, span)),
            Err(fault) => Err(Fault { span, expected: expected(Some(fault)), unfinished: false }),
        }
    }

    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.next)
    }

    fn is_word(&self, word: &str) -> bool {
        debug_assert!(is_joint(word));
        self.peek().is_some_and(|token| token.kind == Kind::Word)
            && self.part(self.next).as_deref() == Some(word)
    }

    fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token { kind: Kind::Sign(found), .. }) if *found == sign)
    }

    /// The place of what comes next.
    fn here(&self) -> Range<usize> {
        self.peek().map_or(self.text.len()..self.text.len(), |token| token.span.clone())
    }

    /// The end of what was read last.
    fn before(&self) -> usize {
        self.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |token| token.span.end)
    }

    fn fault(&self, expected: Expected) -> Fault {
        let unfinished =
            self.peek().is_none_or(|token| token.kind == Kind::Unclosed && expected == Expected::Quote);
        Fault { span: self.here(), expected, unfinished }
    }
}

#[cfg(test)]
mod tests;
