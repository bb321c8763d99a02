//! Which control a field is typed with.

use boxdeck_catalog::{Field, FieldType, Reference, SecondsUnit};

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
    /// Anything, as JSON.
    Json,
    /// A file; the accepted endings and media types.
    File(String),
    /// Fields of its own.
    Object(Vec<Field>),
    /// Any number of inputs of that type.
    Items(FieldType),
}

const BYTES: [&str; 11] = ["B", "kB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "PiB"];
const BIT_RATES: [&str; 5] = ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"];
const TIMES: [(SecondsUnit, &str); 6] = [
    (SecondsUnit::Micro, "us"),
    (SecondsUnit::Milli, "ms"),
    (SecondsUnit::Second, "s"),
    (SecondsUnit::Minute, "min"),
    (SecondsUnit::Hour, "h"),
    (SecondsUnit::Day, "d"),
];

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
        T::Bytes(_) => Control::Amount(BYTES.to_vec()),
        T::BitRate => Control::Amount(BIT_RATES.to_vec()),
        T::Duration(own) => {
            // A length of time has to be a whole number of the field's own unit.
            Control::Amount(
                TIMES
                    .iter()
                    .filter(|(unit, _)| unit.micros() >= own.micros())
                    .map(|(_, name)| *name)
                    .collect(),
            )
        }
        T::Boolean => Control::Flag,
        T::Enum(choices) => Control::Choice(
            choices.iter().map(|choice| (choice.value.clone(), choice.label.clone())).collect(),
        ),
        T::Reference(reference) => Control::Reference(reference.clone()),
        T::Timestamp(_) | T::DateTime => Control::Time,
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
        FieldType::Bytes(_) => "GB",
        FieldType::BitRate => "Mbit/s",
        FieldType::Percent | FieldType::Fraction => "%",
        FieldType::Ratio => ":1",
        FieldType::Duration(own) => match own {
            SecondsUnit::Day => "d",
            SecondsUnit::Minute => "min",
            SecondsUnit::Hour => "h",
            SecondsUnit::Micro | SecondsUnit::Milli | SecondsUnit::Second => "s",
        },
        _ => "",
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
    fn secrets_are_hidden_whatever_their_type() {
        assert_eq!(control(&Field { secret: true, ..Field::default() }), Control::Password);
    }
}
