use proptest::prelude::*;
use serde_json::{Number, Value, json};

use super::Notation::{Comma, Point, Stored};
use super::*;
use crate::field::{Field, FieldType, SecondsUnit};
use crate::input::{edit_text_in, parse_in};

fn field(field_type: FieldType) -> Field {
    Field { field_type, ..Field::default() }
}

#[test]
fn the_own_separator_is_the_decimal_one() {
    for (notation, typed, stored) in [
        (Comma, "1,5", "1.5"),
        (Comma, "1,500 TiB", "1.500 TiB"),
        (Comma, "-0,25 %", "-0.25 %"),
        (Comma, ",5", ".5"),
        (Comma, "1 h 2,5 min", "1 h 2.5 min"),
        (Comma, "1,5e3", "1.5e3"),
        (Point, "1.5", "1.5"),
        (Point, "1.500 TiB", "1.500 TiB"),
        (Stored, "1.500", "1.500"),
        (Stored, "1,5", "1,5"),
    ] {
        assert_eq!(notation.stored(typed).as_deref(), Ok(stored), "{typed}");
    }
}

#[test]
fn the_other_separator_is_understood_where_it_has_one_meaning() {
    for (notation, typed, stored) in [
        (Comma, "1.5 TiB", "1.5 TiB"),
        (Comma, "0.500", "0.500"),
        (Comma, "1234.500", "1234.500"),
        (Comma, "1.2345", "1.2345"),
        (Comma, "1.234.567", "1234567"),
        (Comma, "1.234,5", "1234.5"),
        (Comma, "1,234.5", "1234.5"),
        (Comma, "1,234,567", "1234567"),
        (Point, "1,5", "1.5"),
        (Point, "1,234,567.5", "1234567.5"),
        (Point, "1.234.567,5", "1234567.5"),
        (Point, "0,500", "0.500"),
    ] {
        assert_eq!(notation.stored(typed).as_deref(), Ok(stored), "{typed}");
    }
}

#[test]
fn digits_may_stand_in_groups() {
    for typed in ["12 345", "12\u{a0}345", "12\u{202f}345", "12'345", "12’345"] {
        assert_eq!(Comma.stored(typed).as_deref(), Ok("12345"), "{typed}");
        assert_eq!(Point.stored(typed).as_deref(), Ok("12345"), "{typed}");
    }
    assert_eq!(Comma.stored("1 234 567,5 B").as_deref(), Ok("1234567.5 B"));
}

#[test]
fn what_has_two_readings_is_refused_with_both() {
    let fault = |notation: Notation, typed: &str| notation.stored(typed).expect_err("two readings");
    for (notation, typed, grouped, decimal) in [
        (Comma, "1.500", "1500", "1,5"),
        (Comma, "12.000 GiB", "12000", "12"),
        (Comma, "-1.024", "1024", "1,024"),
        (Point, "1,500", "1500", "1.5"),
    ] {
        let fault = fault(notation, typed);
        assert!(fault.contains(&format!("{grouped} or {decimal}")), "{typed}: {fault}");
    }
}

#[test]
fn what_is_no_number_stays_for_the_reader_to_refuse() {
    for typed in ["1.2.3", "1,2,3", "1.23,4.5", "12 34", "1 2345", "1,5 1,5 x", "", "much", "1234.567.890"] {
        let stored = Comma.stored(typed).expect("one reading at most");
        assert!(parse_in(&field(FieldType::Number), &stored, Stored).is_err(), "{typed}: {stored}");
        assert!(parse_in(&field(FieldType::Bytes(1)), &stored, Stored).is_err(), "{typed}: {stored}");
    }
}

#[test]
fn only_numbers_are_read_as_numbers() {
    for text in ["1.500", "v1,5", "192.0.2.1"] {
        for field_type in [FieldType::Text, FieldType::Address, FieldType::Multiline] {
            assert_eq!(parse_in(&field(field_type), text, Comma), Ok(json!(text)));
        }
    }
    let list = field(FieldType::List(Box::new(FieldType::Number)));
    assert_eq!(parse_in(&list, "1,5\n2", Comma), Ok(json!([1.5, 2])));
    assert_eq!(parse_in(&list, "[1.5, 2]", Comma), Ok(json!([1.5, 2])));
    assert_eq!(edit_text_in(&list, &json!([1.5, 2]), Comma), "1,5\n2");
}

#[test]
fn words_for_lengths_of_time_are_understood_in_every_language() {
    let field = field(FieldType::Duration(SecondsUnit::Second));
    for (typed, seconds) in [
        ("2 Tage", 172_800),
        ("1 Stunde 30 Minuten", 5_400),
        ("1,5 Std", 5_400),
        ("2 Wochen", 1_209_600),
        ("90 Sekunden", 90),
    ] {
        assert_eq!(parse_in(&field, typed, Comma), Ok(json!(seconds)), "{typed}");
    }
    assert!(parse_in(&field, "1,5 Std", Stored).is_err());
}

#[test]
fn bounds_are_named_in_the_notation() {
    let field = Field { max: Some(json!(1_500_000_000_000_u64)), ..field(FieldType::Bytes(1)) };
    let check = |notation| crate::input::validate_in(&field, &json!(2_000_000_000_000_u64), None, notation);
    assert_eq!(check(Comma), Err("At most 1,5 TB.".to_owned()));
    assert_eq!(check(Point), Err("At most 1.5 TB.".to_owned()));
}

/// Types whose values are numbers, with values of theirs.
fn numbers() -> impl Strategy<Value = (FieldType, Value)> {
    let float = (-1e12..1e12).prop_filter_map("finite", |value: f64| {
        Number::from_f64((value * 1000.0).round() / 1000.0).map(Value::Number)
    });
    prop_oneof![
        any::<u64>().prop_map(|value| (FieldType::Integer, value.into())),
        any::<u64>().prop_map(|value| (FieldType::Bytes(1), value.into())),
        (any::<u32>()).prop_map(|value| (FieldType::Bytes(512), value.into())),
        any::<u32>().prop_map(|value| (FieldType::BitRate, (u64::from(value) * 1000).into())),
        any::<i32>().prop_map(|value| (FieldType::Duration(SecondsUnit::Second), value.into())),
        float.clone().prop_map(|value| (FieldType::Number, value)),
        float.clone().prop_map(|value| (FieldType::Percent, value)),
        float.clone().prop_map(|value| (FieldType::Fraction, value)),
        float.prop_map(|value| (FieldType::Ratio, value)),
    ]
}

proptest! {
    #[test]
    fn what_an_input_is_filled_with_is_read_as_it_was((field_type, value) in numbers()) {
        let field = field(field_type);
        for notation in [Stored, Point, Comma] {
            let text = edit_text_in(&field, &value, notation);
            let again = parse_in(&field, &text, notation).map(|value| value.as_f64());
            prop_assert_eq!(again, Ok(value.as_f64()), "{} in {:?}", text, notation);
            if value.is_u64() || value.is_i64() {
                prop_assert_eq!(parse_in(&field, &text, notation), Ok(value.clone()));
            }
        }
    }

    #[test]
    fn a_text_has_the_same_value_in_both_notations_or_is_refused(
        text in "-?[0-9]{0,4}([.,'\u{202f} ][0-9]{1,4}){0,3} ?(TiB|GB)?"
    ) {
        let field = field(FieldType::Bytes(1));
        let read = |notation| parse_in(&field, &text, notation).ok();
        // What is stored is read alike or refused by a language that writes the point, and never a thousandfold off.
        if let (Some(stored), Some(point)) = (read(Stored), read(Point)) {
            prop_assert_eq!(stored, point, "{}", text);
        }
        if let (Some(point), Some(comma)) = (read(Point), read(Comma)) {
            prop_assert_eq!(point, comma, "{}", text);
        }
    }
}
