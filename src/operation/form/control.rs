//! Which control a field is typed with.

use boxdeck_catalog::input::units::{BIT_RATES, DATA, TIMES, Unit};
use boxdeck_catalog::{Field, FieldType, Reference, SecondsUnit, Stamp};

use crate::ui::Exactness;

/// A control.
#[derive(Debug, Clone, PartialEq)]
pub enum Control {
    /// A line of text.
    Line,
    /// A line of text that is hidden.
    Password,
    /// Several lines; `true` for text in which each character counts.
    Lines(bool),
    /// A number; `true` where it may have a fraction.
    Number(bool),
    /// A number with one of these units.
    Amount(Vec<&'static str>),
    /// A number with this unit.
    Unit(&'static str),
    /// Yes or no.
    Flag,
    /// One of a few: value and label.
    Choice(Vec<(String, String)>),
    /// A record of another resource.
    Reference(Reference),
    /// A date with a time of day.
    Time,
    /// A time in Greenwich Mean Time, as exact as the wire has it.
    Gmt(Stamp),
    /// A time on the system's own clock.
    LocalTime,
    /// A time zone by its name.
    Zone,
    /// Anything, as JSON.
    Json,
    /// A file; the accepted endings and media types.
    File(String),
    /// Fields of its own.
    Object(Vec<Field>),
    /// Any number of inputs of that type.
    Items(FieldType),
}

/// What the browser's input for such a time asks for.
pub const fn exactness(stamp: Stamp) -> Exactness {
    match stamp {
        Stamp::Minute => Exactness::Minute,
        Stamp::Hour => Exactness::Hour,
        Stamp::Day => Exactness::Day,
        Stamp::Month => Exactness::Month,
    }
}

/// The names of units of which none is less than `least`.
fn names(units: &[Unit], least: i128) -> Vec<&'static str> {
    units.iter().filter(|(_, size)| *size >= least).map(|(name, _)| *name).collect()
}

/// The control of a field.
pub fn control(field: &Field) -> Control {
    use FieldType as T;
    if field.secret {
        return Control::Password;
    }
    match &field.field_type {
        T::Text | T::Email | T::Address => Control::Line,
        T::Multiline => Control::Lines(false),
        T::Pem | T::Map(_) => Control::Lines(true),
        T::Integer => Control::Number(false),
        T::Number => Control::Number(true),
        T::Percent | T::Fraction => Control::Unit("%"),
        T::Ratio => Control::Unit(":1"),
        T::Bytes(_) => Control::Amount(names(DATA, 1)),
        T::BitRate => Control::Amount(names(BIT_RATES, 1)),
        // A length of time has to be a whole number of the field's own unit.
        T::Duration(own) => Control::Amount(names(TIMES, own.micros().into())),
        T::Boolean => Control::Flag,
        T::Enum(choices) => Control::Choice(
            choices.iter().map(|choice| (choice.value.clone(), choice.label.clone())).collect(),
        ),
        T::Reference(reference) => Control::Reference(reference.clone()),
        T::Timestamp(_) | T::DateTime => Control::Time,
        T::Gmt(stamp) => Control::Gmt(*stamp),
        T::LocalTime => Control::LocalTime,
        T::TimeZone => Control::Zone,
        T::Json => Control::Json,
        T::File(accept) => Control::File(accept.clone()),
        T::Object(fields) if fields.is_empty() => Control::Json,
        T::Object(fields) => Control::Object(fields.clone()),
        T::List(item) => match &**item {
            T::Object(_) | T::Reference(_) | T::Enum(_) => Control::Items((**item).clone()),
            T::List(_) | T::Map(_) | T::Json => Control::Json,
            _ => Control::Lines(true),
        },
    }
}

/// The unit that an empty amount starts with: the one a person most likely means.
pub fn likely_unit(field: &Field) -> &'static str {
    match &field.field_type {
        // What lists and records are read in.
        FieldType::Bytes(_) => "GiB",
        FieldType::BitRate => "Mbit/s",
        FieldType::Percent | FieldType::Fraction => "%",
        FieldType::Ratio => ":1",
        FieldType::Duration(own) => match own {
            SecondsUnit::Day => "d",
            SecondsUnit::Minute => "min",
            SecondsUnit::Hour => "h",
            SecondsUnit::Second => likely_time(field),
            SecondsUnit::Micro | SecondsUnit::Milli => "s",
        },
        _ => "",
    }
}

/// The unit of a length of time in seconds, by how long it may be. One that may not be zero and has no end is how long
/// something is kept.
fn likely_time(field: &Field) -> &'static str {
    const HOUR: f64 = 3_600.0;
    const DAY: f64 = 24.0 * HOUR;
    let bound = |bound: &Option<serde_json::Value>| bound.as_ref().and_then(serde_json::Value::as_f64);
    match (bound(&field.min), bound(&field.max)) {
        (_, Some(most)) if most > 31.0 * DAY => "d",
        (_, Some(most)) if most >= 2.0 * HOUR => "h",
        (Some(least), None) if least > 0.0 => "d",
        _ => "s",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(field_type: FieldType) -> Control {
        control(&Field { field_type, ..Field::default() })
    }

    #[test]
    fn durations_offer_units_that_the_field_can_hold() {
        assert_eq!(of(FieldType::Duration(SecondsUnit::Minute)), Control::Amount(vec!["min", "h", "d"]));
    }

    #[test]
    fn lists_of_texts_are_lines_and_lists_of_records_are_inputs() {
        assert_eq!(of(FieldType::List(Box::new(FieldType::Address))), Control::Lines(true));
        assert_eq!(of(FieldType::List(Box::new(FieldType::Json))), Control::Json);
        let item = FieldType::Object(vec![Field::default()]);
        assert_eq!(of(FieldType::List(Box::new(item.clone()))), Control::Items(item));
    }

    #[test]
    fn durations_start_with_the_unit_that_fits_their_bounds() {
        let unit = |bounds: serde_json::Value| {
            let mut field = serde_json::json!({ "name": "a", "label": "A", "type": { "duration": "s" } });
            if let (Some(field), Some(bounds)) = (field.as_object_mut(), bounds.as_object()) {
                field.extend(bounds.clone());
            }
            likely_unit(&serde_json::from_value(field).expect("a field"))
        };
        assert_eq!(unit(serde_json::json!({ "min": 1 })), "d");
        assert_eq!(unit(serde_json::json!({ "min": 3600, "max": 31_536_000 })), "d");
        assert_eq!(unit(serde_json::json!({ "min": 0, "max": 86_399 })), "h");
        assert_eq!(unit(serde_json::json!({ "min": 0 })), "s");
        assert_eq!(unit(serde_json::json!({ "max": 60 })), "s");
    }

    #[test]
    fn secrets_are_hidden_whatever_their_type() {
        assert_eq!(control(&Field { secret: true, ..Field::default() }), Control::Password);
    }
}
