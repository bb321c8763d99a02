//! A filter term while a person writes it: the texts as typed, and the term that they make.

use boxdeck_catalog::input::{self, Notation};
use boxdeck_catalog::{Field, FieldType, Operator, Stamp};
use boxdeck_dialect::Term;
use boxdeck_dialect::answer::value_text;
use boxdeck_dialect::query::{Zone, age_of, age_term, comparison, is_relative};
use words::filter as say;

use crate::collection::filter::{Arity, Comparison, Filterable, arity, wire_value};

/// How a person types values.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Points in time.
    pub zone: Zone,
    /// Numbers.
    pub notation: Notation,
}

/// A term while it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The field.
    pub field: String,
    /// The comparison.
    pub comparison: Comparison,
    /// The values as typed.
    pub values: Vec<String>,
}

/// Which control a value is typed or chosen with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// A line of text.
    Text,
    /// A number.
    Number,
    /// An amount with a unit (bytes, durations, shares).
    Amount,
    /// A date with a time of day.
    Time,
    /// A time in Greenwich Mean Time, as exact as the wire has it.
    Gmt(Stamp),
    /// One of the field's choices.
    Choice,
    /// Yes or no.
    Flag,
    /// A record of another resource.
    Reference,
    /// A length of time, for an age.
    Age,
}

/// The control for the values of a comparison.
pub const fn control(field: &Field, comparison: Comparison) -> Control {
    use FieldType as T;
    match (&field.field_type, comparison) {
        (_, Comparison::OlderThan | Comparison::NewerThan) => Control::Age,
        (_, Comparison::Plain(Operator::Like)) => Control::Text,
        (T::Enum(_), _) => Control::Choice,
        (T::Boolean, _) => Control::Flag,
        (T::Reference(_), _) => Control::Reference,
        (T::Timestamp(_) | T::DateTime, _) => Control::Time,
        (T::Gmt(stamp), _) => Control::Gmt(*stamp),
        (T::Bytes(_) | T::Duration(_) | T::BitRate | T::Percent | T::Fraction | T::Ratio, _) => {
            Control::Amount
        }
        (T::Integer | T::Number, _) => Control::Number,
        _ => Control::Text,
    }
}

/// The comparisons that a field is offered with, in the order of a menu. Ages come first: they are what people ask for.
pub fn comparisons(filterable: &Filterable) -> Vec<Comparison> {
    let is_time = filterable.field.field_type.is_time();
    let ages = [Comparison::NewerThan, Comparison::OlderThan].into_iter();
    let ages = ages.filter(|age| is_time && filterable.operators.contains(&age.operator()));
    ages.chain(filterable.offered().map(Comparison::Plain)).collect()
}

/// The comparison that a field is offered with: the one a person most likely wants.
fn likely(filterable: &Filterable) -> Comparison {
    use FieldType as T;
    let wanted = match filterable.field.field_type {
        T::Text | T::Multiline | T::Email | T::Address | T::TimeZone => Comparison::Plain(Operator::Like),
        T::Timestamp(_) | T::DateTime => Comparison::NewerThan,
        T::Bytes(_) | T::Duration(_) => Comparison::Plain(Operator::Geq),
        _ => Comparison::Plain(Operator::Eq),
    };
    // What the box itself can do comes before what only the browser can.
    let own = filterable.by_box.first().or(filterable.operators.first()).copied().unwrap_or(Operator::Eq);
    let has = |operators: &[Operator]| operators.contains(&wanted.operator());
    let is_best = has(&filterable.by_box) || filterable.by_box.is_empty() && has(&filterable.operators);
    if is_best { wanted } else { Comparison::Plain(own) }
}

impl Draft {
    /// An empty term for a field.
    pub fn new(filterable: &Filterable) -> Self {
        let comparison = likely(filterable);
        Self { field: filterable.field.name.clone(), comparison, values: Vec::new() }.with(comparison)
    }

    /// A term that is there already, to be changed.
    pub fn of(term: &Term, field: &Field, manner: Manner) -> Self {
        let comparison = comparison(field, term);
        let text = |wire: &String| match control(field, comparison) {
            _ if is_relative(field, wire) => age_of(field, term).unwrap_or_else(|| wire.clone()),
            Control::Text | Control::Choice | Control::Flag | Control::Reference | Control::Age => {
                wire.clone()
            }
            Control::Time => {
                let text = input::edit_text(field, &wire_value(field, wire));
                (manner.zone.to_local)(&text).unwrap_or(text)
            }
            Control::Number | Control::Amount | Control::Gmt(_) => {
                input::edit_text_in(field, &wire_value(field, wire), manner.notation)
            }
        };
        Self { field: term.field.clone(), comparison, values: term.values.iter().map(text).collect() }
    }

    /// The same term with another comparison; what was typed stays as far as it fits.
    #[must_use]
    pub fn with(&self, comparison: Comparison) -> Self {
        let is_age = |comparison| matches!(comparison, Comparison::OlderThan | Comparison::NewerThan);
        let mut values = self.values.clone();
        if is_age(comparison) != is_age(self.comparison) {
            // A length of time is no point in time.
            values.clear();
        }
        match arity(comparison.operator()) {
            Arity::None => values.clear(),
            Arity::One => values.resize(1, String::new()),
            Arity::Two => values.resize(2, String::new()),
            Arity::Many => values.retain(|value| !value.is_empty()),
        }
        Self { field: self.field.clone(), comparison, values }
    }

    /// The term that the texts make.
    ///
    /// # Errors
    /// What is wrong, by the place of the value; faults of the whole stand at place 0.
    pub fn term(&self, field: &Field, manner: Manner) -> Result<Term, Vec<(usize, String)>> {
        let mut values: Vec<String> = Vec::new();
        let mut faults = Vec::new();
        let operator = self.comparison.operator();
        let listed = arity(operator) == Arity::Many;
        for (place, typed) in self.values.iter().enumerate() {
            if listed && typed.trim().is_empty() {
                continue;
            }
            match self.value(field, typed, manner) {
                Ok(value) if listed && values.contains(&value) => {}
                Ok(value) => values.push(value),
                Err(fault) => faults.push((place, fault)),
            }
        }
        if faults.is_empty() && listed && values.is_empty() {
            faults.push((0, say::enter_values().to_owned()));
        }
        if faults.is_empty() { Ok(Term { field: self.field.clone(), operator, values }) } else { Err(faults) }
    }

    /// One value as on the wire.
    fn value(&self, field: &Field, typed: &str, manner: Manner) -> Result<String, String> {
        let trimmed = typed.trim();
        let control = control(field, self.comparison);
        if trimmed.is_empty() {
            return Err(match control {
                Control::Choice | Control::Flag | Control::Reference => say::choose_value(),
                _ => say::enter_value(),
            }
            .to_owned());
        }
        match control {
            // The box compares; what is looked for need not be a valid value.
            Control::Text | Control::Choice | Control::Reference => Ok(trimmed.to_owned()),
            Control::Age => age_term(field, self.comparison, &manner.notation.stored(trimmed)?)
                .map(|term| term.values.into_iter().next().unwrap_or_default()),
            Control::Time if is_relative(field, trimmed) => Ok(trimmed.to_owned()),
            Control::Time => {
                let utc = (manner.zone.to_utc)(trimmed).unwrap_or_else(|| trimmed.to_owned());
                parsed(field, &utc, manner.notation)
            }
            Control::Number | Control::Amount | Control::Flag | Control::Gmt(_) => {
                parsed(field, trimmed, manner.notation)
            }
        }
    }
}

fn parsed(field: &Field, text: &str, notation: Notation) -> Result<String, String> {
    input::parse_in(field, text, notation).map(|value| value_text(&value).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::query::url::parse_term;

    use super::*;

    const UTC: Manner = Manner {
        zone: Zone {
            to_utc: |local| Some(format!("{local}:00Z")),
            to_local: |utc| utc.strip_suffix(":00Z").map(str::to_owned),
        },
        notation: Notation::Point,
    };
    const GERMAN: Manner = Manner { notation: Notation::Comma, ..UTC };

    fn filterable(field: serde_json::Value) -> Filterable {
        Filterable {
            field: serde_json::from_value(field).expect("a field"),
            operators: Operator::ALL.to_vec(),
            by_box: Operator::ALL.to_vec(),
            identifies: false,
        }
    }

    fn size() -> Filterable {
        filterable(serde_json::json!({ "name": "size", "label": "Size", "type": { "bytes": 1 } }))
    }

    fn draft(field: &str, operator: Operator, values: &[&str]) -> Draft {
        Draft {
            field: field.to_owned(),
            comparison: Comparison::Plain(operator),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        }
    }

    #[test]
    fn amounts_are_typed_with_units_and_sent_exactly() {
        let size = size();
        let term = draft("size", Operator::Geq, &["1 TiB"]).term(&size.field, UTC).expect("a term");
        assert_eq!(term.values, ["1099511627776"]);
        let again = Draft::of(&term, &size.field, UTC);
        assert_eq!(again.term(&size.field, UTC), Ok(term));
    }

    #[test]
    fn numbers_are_typed_as_the_language_writes_them() {
        let size = size().field;
        let term = draft("size", Operator::Geq, &["1,5 TiB"]).term(&size, GERMAN).expect("a term");
        assert_eq!(term.values, ["1649267441664"]);
        assert_eq!(Draft::of(&term, &size, GERMAN).values, ["1,5 TiB"]);
        assert_eq!(Draft::of(&term, &size, UTC).values, ["1.5 TiB"]);
        let faults =
            draft("size", Operator::Geq, &["1.500 TiB"]).term(&size, GERMAN).expect_err("two readings");
        assert!(
            faults.iter().any(|(place, fault)| *place == 0 && fault.contains("1500 or 1,5")),
            "{faults:?}"
        );
        let at =
            filterable(serde_json::json!({ "name": "at", "label": "At", "type": { "timestamp": "ms" } }));
        let age = Draft { values: vec!["1,5 Tage".to_owned()], ..Draft::new(&at) };
        assert_eq!(age.term(&at.field, GERMAN).expect("a term").values, ["now-1d12h"]);
    }

    #[test]
    fn times_are_typed_in_the_persons_zone() {
        let at =
            filterable(serde_json::json!({ "name": "at", "label": "At", "type": { "timestamp": "ms" } }));
        let term = draft("at", Operator::Lt, &["1970-01-02T00:00"]).term(&at.field, UTC).expect("a term");
        assert_eq!(term.values, ["86400000"]);
        assert_eq!(Draft::of(&term, &at.field, UTC).values, ["1970-01-02T00:00"]);
    }

    #[test]
    fn faults_stand_at_their_value() {
        let size = size().field;
        let faults =
            draft("size", Operator::Between, &["1 GB", "much"]).term(&size, UTC).expect_err("no number");
        assert_eq!(faults.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [1]);
        assert!(draft("size", Operator::Eq, &[""]).term(&size, UTC).is_err());
        assert!(draft("size", Operator::In, &["", " "]).term(&size, UTC).is_err());
        assert!(draft("size", Operator::Is, &[]).term(&size, UTC).is_ok());
    }

    #[test]
    fn lists_lose_their_doubles_and_gaps() {
        let term =
            draft("size", Operator::In, &["1 KiB", "", "1024"]).term(&size().field, UTC).expect("a term");
        assert_eq!(term.values, ["1024"]);
    }

    #[test]
    fn another_comparison_keeps_what_was_typed() {
        let one = Draft::new(&size());
        assert_eq!((one.comparison, one.values.len()), (Comparison::Plain(Operator::Geq), 1));
        let typed = draft("size", Operator::Eq, &["1 GB"]);
        assert_eq!(typed.with(Comparison::Plain(Operator::Between)).values, ["1 GB", ""]);
        assert_eq!(typed.with(Comparison::Plain(Operator::In)).values, ["1 GB"]);
        assert!(typed.with(Comparison::Plain(Operator::Is)).values.is_empty());
    }

    #[test]
    fn ages_are_typed_as_lengths_of_time() {
        let at =
            filterable(serde_json::json!({ "name": "at", "label": "At", "type": { "timestamp": "ms" } }));
        let start = Draft::new(&at);
        assert_eq!(start.comparison, Comparison::NewerThan);
        let typed = Draft { values: vec!["2 weeks".to_owned()], ..start };
        let term = typed.term(&at.field, UTC).expect("a term");
        assert_eq!((term.operator, term.values.as_slice()), (Operator::Gt, &["now-14d".to_owned()][..]));
        let again = Draft::of(&term, &at.field, UTC);
        assert_eq!(
            (again.comparison, again.values.as_slice()),
            (Comparison::NewerThan, &["14d".to_owned()][..])
        );
        assert_eq!(again.with(Comparison::Plain(Operator::Gt)).values, [""]);
        assert!(Draft { values: vec!["2".to_owned()], ..again }.term(&at.field, UTC).is_err());
    }

    #[test]
    fn fields_that_the_box_takes_are_offered_as_it_takes_them() {
        let mut name = filterable(serde_json::json!({ "name": "name", "label": "Name" }));
        name.by_box = vec![Operator::Eq];
        assert_eq!(Draft::new(&name).comparison, Comparison::Plain(Operator::Eq));
        name.by_box.clear();
        assert_eq!(Draft::new(&name).comparison, Comparison::Plain(Operator::Like));
    }

    #[test]
    fn every_term_of_an_address_can_be_edited_without_a_change() {
        let name = filterable(serde_json::json!({ "name": "name", "label": "Name" })).field;
        for text in ["name:like:db", "name:in:a,b", "name:between:a,b", "name:isnot", "name:eq:0017"] {
            let term = parse_term(text).expect("a term");
            assert_eq!(Draft::of(&term, &name, UTC).term(&name, UTC), Ok(term));
        }
    }
}
