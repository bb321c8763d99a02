//! What is edited and not changed comes back equal.

use proptest::prelude::*;

use super::*;

fn returns(field_type: FieldType, value: &Value) -> Result<(), TestCaseError> {
    let field = field(field_type);
    let text = edit_text(&field, value);
    let again = parse(&field, &text);
    prop_assert_eq!(again.as_ref(), Ok(value), "by {:?}", text);
    Ok(())
}

fn any_integer() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-9_i64..5000).prop_map(Value::from)
    ]
}

fn any_unit() -> impl Strategy<Value = SecondsUnit> {
    use SecondsUnit as U;
    prop::sample::select(vec![U::Micro, U::Milli, U::Second, U::Minute, U::Hour, U::Day])
}

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![any::<char>(), prop::sample::select(vec!['[', '{', '=', '\n', '\r', ' ', '"', ','])],
        0..8,
    )
    .prop_map(|characters| characters.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn integers(value in any_integer()) {
        returns(FieldType::Integer, &value)?;
        returns(FieldType::BitRate, &value)?;
        returns(FieldType::Percent, &value)?;
        returns(FieldType::Ratio, &value)?;
        returns(FieldType::Number, &value)?;
        returns(reference(None), &value)?;
    }

    #[test]
    fn amounts(value in any_integer(), unit in prop::sample::select(vec![1_u64, 512, 1000, 1024, 1 << 30])) {
        returns(FieldType::Bytes(unit), &value)?;
    }

    #[test]
    fn amounts_near_units(count in 0_u64..4096, shift in 0_u32..50, power in 0_u32..15) {
        returns(FieldType::Bytes(1), &Value::from(count << shift))?;
        returns(FieldType::Bytes(1), &Value::from(count * 10_u64.pow(power)))?;
    }

    #[test]
    fn times(value in any_integer(), unit in any_unit()) {
        returns(FieldType::Duration(unit), &value)?;
        returns(FieldType::Timestamp(unit), &value)?;
    }

    #[test]
    fn every_second_of_our_calendar(seconds in -62_167_219_200_i64..253_402_300_800) {
        let field_type = FieldType::Timestamp(SecondsUnit::Second);
        prop_assert!(edited(field_type.clone(), &Value::from(seconds)).ends_with('Z'));
        returns(field_type, &Value::from(seconds))?;
    }

    #[test]
    fn floats(value in any::<f64>().prop_filter("JSON holds them", |value| value.is_finite())) {
        let value = Value::from(value);
        returns(FieldType::Number, &value)?;
        returns(FieldType::Percent, &value)?;
        returns(FieldType::Ratio, &value)?;
    }

    #[test]
    fn fractions(value in 0.0001_f64..0.9999) {
        returns(FieldType::Fraction, &Value::from(value))?;
    }

    #[test]
    fn texts(text in any_text()) {
        let value = Value::from(text);
        returns(FieldType::Text, &value)?;
        returns(FieldType::Multiline, &value)?;
        returns(reference(Some("name")), &value)?;
        returns(FieldType::Json, &value)?;
    }

    #[test]
    fn lists(texts in prop::collection::vec(any_text(), 0..4), numbers in prop::collection::vec(any_integer(), 0..4)) {
        returns(FieldType::List(Box::new(FieldType::Text)), &Value::from(texts.clone()))?;
        returns(FieldType::List(Box::new(FieldType::Multiline)), &Value::from(texts))?;
        returns(FieldType::List(Box::new(FieldType::Integer)), &Value::from(numbers.clone()))?;
        returns(FieldType::List(Box::new(FieldType::Json)), &Value::from(numbers))?;
    }

    #[test]
    fn maps(members in prop::collection::btree_map(any_text(), any_text(), 0..4)) {
        let value = Value::Object(members.into_iter().map(|(key, value)| (key, Value::from(value))).collect());
        returns(FieldType::Map(Box::new(FieldType::Text)), &value)?;
        returns(FieldType::Map(Box::new(FieldType::Multiline)), &value)?;
        returns(FieldType::Object(Vec::new()), &value)?;
        returns(FieldType::Json, &value)?;
    }

    #[test]
    fn nothing_that_is_typed_panics(text in any_text(), digits in "[0-9.+\\- a-zA-Zµ%:]{0,20}") {
        use FieldType as T;
        let types = [T::Integer, T::Number, T::Bytes(512), T::BitRate, T::Percent, T::Fraction, T::Ratio,
            T::Duration(SecondsUnit::Day), T::Timestamp(SecondsUnit::Milli), T::DateTime, T::Boolean, T::Json, choices(),
            T::List(Box::new(T::Bytes(1))), T::Map(Box::new(T::Fraction))];
        for field_type in types {
            for text in [&text, &digits] {
                if let Ok(value) = parsed(field_type.clone(), text) {
                    let _text = edited(field_type.clone(), &value);
                }
            }
        }
    }
}
