mod identity;

use serde_json::{Value, json};

use super::*;
use crate::field::{Choice, Reference, SecondsUnit};

fn field(field_type: FieldType) -> Field {
    Field { name: "f".to_owned(), label: "F".to_owned(), field_type, ..Field::default() }
}

fn parsed(field_type: FieldType, text: &str) -> Result<Value, String> {
    parse(&field(field_type), text)
}

fn edited(field_type: FieldType, value: &Value) -> String {
    edit_text(&field(field_type), value)
}

fn choices() -> FieldType {
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        tone: crate::Tone::Plain,
    };
    FieldType::Enum(vec![choice("THIN", "Thin"), choice("THICK", "Fully provisioned")])
}

fn reference(by: Option<&str>) -> FieldType {
    FieldType::Reference(Reference {
        resource: "pools".to_owned(),
        by: by.map(str::to_owned),
        ..Reference::default()
    })
}

#[test]
fn whole_numbers_are_exact_over_64_bits() {
    for text in
        ["0", "-1", "18446744073709551615", "-9223372036854775808", "9007199254740993", "783758374666666593"]
    {
        let value = parsed(FieldType::Integer, text).expect("a number");
        assert_eq!(value.to_string(), text);
        assert_eq!(edited(FieldType::Integer, &value), text);
    }
    assert_eq!(parsed(FieldType::Integer, " +7 "), Ok(json!(7)));
    for text in ["", "1.0", "1e3", "0x10", "1 000", "seven", "18446744073709551616", "-9223372036854775809"] {
        assert!(parsed(FieldType::Integer, text).is_err(), "{text}");
    }
    assert_eq!(parsed(FieldType::Integer, "x"), Err("Enter a whole number.".to_owned()));
}

#[test]
fn amounts_of_data() {
    let table: &[(&str, u64)] = &[
        ("10 GiB", 10 << 30),
        ("1.5TB", 1_500_000_000_000),
        ("1000000000", 1_000_000_000),
        ("10G", 10_000_000_000),
        ("10 gb", 10_000_000_000),
        ("10 Gib", 10 << 30),
        ("10gi", 10 << 30),
        ("1k", 1000),
        ("1 KiB", 1024),
        ("0.5 KiB", 512),
        ("512 bytes", 512),
        ("16 EB", 16_000_000_000_000_000_000),
        ("15.999999999999999999 EiB", 0),
        ("1.000000001 GB", 1_000_000_001),
        ("0", 0),
    ];
    for (text, bytes) in table {
        if *bytes == 0 && *text != "0" {
            assert!(parsed(FieldType::Bytes(1), text).is_err(), "{text}");
        } else {
            assert_eq!(parsed(FieldType::Bytes(1), text), Ok(json!(bytes)), "{text}");
        }
    }
    assert_eq!(parsed(FieldType::Bytes(512), "1 MiB"), Ok(json!(2048)));
    assert_eq!(parsed(FieldType::Bytes(1024), "1 TiB"), Ok(json!(1_u64 << 30)));
    assert_eq!(parsed(FieldType::Bytes(1), "-1"), Ok(json!(-1)));
    assert!(parsed(FieldType::Bytes(512), "1000 B").expect_err("no block").contains("512 bytes"));
    assert!(parsed(FieldType::Bytes(1), "0.3 B").is_err());
    for text in ["", "GiB", "1 zb", "1,5 TB", "1.2.3 GB", "ten GB", "17 EiB"] {
        assert!(parsed(FieldType::Bytes(1), text).is_err(), "{text}");
    }
}

#[test]
fn amounts_are_shown_in_the_best_exact_unit() {
    let table: &[(u64, i64, &str)] = &[
        (1, 0, "0 B"),
        (1, 1_000_000_000, "1 GB"),
        (1, 1 << 30, "1 GiB"),
        (1, 1_500_000_000_000, "1.5 TB"),
        (1, 1_610_612_736, "1.5 GiB"),
        (1, 123_456_789, "123456789 B"),
        (1, 1_000_000_192_512, "1000000192512 B"),
        (1, 1024, "1 KiB"),
        (1, 1000, "1 kB"),
        (1, -1, "-1 B"),
        (512, 2048, "1 MiB"),
    ];
    for (unit, count, text) in table {
        assert_eq!(edited(FieldType::Bytes(*unit), &json!(count)), *text);
    }
}

#[test]
fn durations() {
    use SecondsUnit as U;
    let table: &[(U, &str, i64)] = &[
        (U::Second, "90 s", 90),
        (U::Second, "1h 30m", 5400),
        (U::Second, "1 h 30 min", 5400),
        (U::Second, "2 days", 172_800),
        (U::Second, "1 week", 604_800),
        (U::Second, "1.5 h", 5400),
        (U::Second, "3600", 3600),
        (U::Second, "-1", -1),
        (U::Minute, "2 h", 120),
        (U::Day, "48 hours", 2),
        (U::Milli, "1.5 s", 1500),
        (U::Micro, "2 ms 5 µs", 2005),
        (U::Second, "0 s", 0),
    ];
    for (unit, text, count) in table {
        assert_eq!(parsed(FieldType::Duration(*unit), text), Ok(json!(count)), "{text}");
    }
    for text in ["", "h", "1 fortnight", "1 h 30", "30 1 h", "-", "1,5 h", "1 h -30 min"] {
        assert!(parsed(FieldType::Duration(U::Second), text).is_err(), "{text}");
    }
    assert!(
        parsed(FieldType::Duration(U::Hour), "90 min").expect_err("a part").contains("whole number of hours")
    );
    assert_eq!(edited(FieldType::Duration(U::Second), &json!(93_784)), "1 d 2 h 3 min 4 s");
    assert_eq!(edited(FieldType::Duration(U::Second), &json!(0)), "0 s");
    assert_eq!(edited(FieldType::Duration(U::Milli), &json!(1500)), "1 s 500 ms");
    assert_eq!(edited(FieldType::Duration(U::Hour), &json!(-25)), "-1 d 1 h");
}

#[test]
fn points_in_time() {
    let milli = FieldType::Timestamp(SecondsUnit::Milli);
    let second = FieldType::Timestamp(SecondsUnit::Second);
    let table = [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-11-21T06:38:41.471Z", 1_795_243_121_471_i64),
        ("2026-11-21 07:38:41.471+01:00", 1_795_243_121_471),
        ("2026-11-21T06:38Z", 1_795_243_080_000),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000),
        ("1969-12-31T23:59:59.999Z", -1),
        ("0000-03-01T00:00:00Z", -62_162_035_200_000),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000),
    ];
    for (text, millis) in table {
        assert_eq!(parsed(milli.clone(), text), Ok(json!(millis)), "{text}");
        assert_eq!(parsed(milli.clone(), &edited(milli.clone(), &json!(millis))), Ok(json!(millis)));
    }
    assert_eq!(parsed(milli.clone(), "1774519234042"), Ok(json!(1_774_519_234_042_i64)));
    assert_eq!(edited(milli.clone(), &json!(1_774_519_234_042_i64)), "2026-03-26T10:00:34.042Z");
    assert_eq!(edited(milli.clone(), &json!(u64::MAX)), u64::MAX.to_string());
    assert!(parsed(second, "2026-11-21T06:38:41.5Z").is_err());
    for text in [
        "",
        "2026-13-01T00:00Z",
        "2025-02-29T00:00Z",
        "2026-11-21",
        "2026-11-21T24:00Z",
        "2026-11-21T06:38:41+25:00",
        "26-1-1T0:0Z",
    ] {
        assert!(parsed(milli.clone(), text).is_err(), "{text}");
    }
    assert_eq!(
        parsed(FieldType::DateTime, " 2026-11-21T06:38:41.471677+00:00 "),
        Ok(json!("2026-11-21T06:38:41.471677+00:00"))
    );
    assert!(parsed(FieldType::DateTime, "soon").is_err());
    // Browsers leave out the seconds of whole minutes.
    assert_eq!(parsed(FieldType::LocalTime, "2026-03-31T00:00"), Ok(json!("2026-03-31T00:00:00")));
    assert_eq!(parsed(FieldType::LocalTime, "2026-03-31T23:59:07"), Ok(json!("2026-03-31T23:59:07")));
    for wrong in ["2026-03-31", "2026-03-31T00:00Z", "2026-02-30T00:00:00", "2026-03-31 00:00:00", "soon"] {
        assert!(parsed(FieldType::LocalTime, wrong).is_err(), "{wrong}");
    }
}

#[test]
fn shares_and_ratios() {
    assert_eq!(parsed(FieldType::Percent, "80 %"), Ok(json!(80)));
    assert_eq!(parsed(FieldType::Percent, "0.5"), Ok(json!(0.5)));
    assert_eq!(edited(FieldType::Percent, &json!(80)), "80 %");
    assert_eq!(parsed(FieldType::Fraction, "25 %"), Ok(json!(0.25)));
    assert_eq!(parsed(FieldType::Fraction, "29"), Ok(json!(0.29)));
    assert_eq!(parsed(FieldType::Fraction, "100 %"), Ok(json!(1)));
    assert_eq!(edited(FieldType::Fraction, &json!(0.29)), "29 %");
    assert_eq!(edited(FieldType::Fraction, &json!(1)), "100 %");
    assert_eq!(parsed(FieldType::Ratio, "2.5:1"), Ok(json!(2.5)));
    assert_eq!(parsed(FieldType::Ratio, "2"), Ok(json!(2)));
    assert_eq!(edited(FieldType::Ratio, &json!(2.5)), "2.5:1");
    for text in ["", "%", "many", "inf", "NaN", "1e999"] {
        assert!(parsed(FieldType::Percent, text).is_err(), "{text}");
        assert!(parsed(FieldType::Fraction, text).is_err(), "{text}");
    }
}

#[test]
fn bit_rates() {
    for (text, rate) in [
        ("10 Gbit/s", 10_000_000_000_u64),
        ("250M", 250_000_000),
        ("8gbps", 8_000_000_000),
        ("1.5 kbit/s", 1500),
        ("9", 9),
    ] {
        assert_eq!(parsed(FieldType::BitRate, text), Ok(json!(rate)), "{text}");
    }
    assert_eq!(edited(FieldType::BitRate, &json!(8_000_000_000_u64)), "8 Gbit/s");
    assert!(parsed(FieldType::BitRate, "fast").is_err());
}

#[test]
fn yes_and_no() {
    for (text, value) in
        [("true", true), ("Yes", true), ("ON", true), ("false", false), ("no", false), ("off", false)]
    {
        assert_eq!(parsed(FieldType::Boolean, text), Ok(json!(value)));
    }
    assert!(parsed(FieldType::Boolean, "maybe").is_err());
}

#[test]
fn choices_by_value_or_label() {
    for text in ["THIN", "thin", "Thin"] {
        assert_eq!(parsed(choices(), text), Ok(json!("THIN")));
    }
    assert_eq!(parsed(choices(), "fully provisioned"), Ok(json!("THICK")));
    assert_eq!(parsed(choices(), "x"), Err("Choose one of: Thin, Fully provisioned.".to_owned()));
}

#[test]
fn references_are_numbers_or_texts() {
    assert_eq!(parsed(reference(None), "9007199254740993"), Ok(json!(9_007_199_254_740_993_u64)));
    assert_eq!(parsed(reference(None), "007"), Ok(json!("007")));
    assert_eq!(parsed(reference(None), "5f0c1f3e"), Ok(json!("5f0c1f3e")));
    assert_eq!(parsed(reference(Some("name")), "12"), Ok(json!("12")));
}

#[test]
fn lists_are_lines_or_json() {
    let list = |item| FieldType::List(Box::new(item));
    assert_eq!(parsed(list(FieldType::Text), "a\n\n b \r\nc"), Ok(json!(["a", "b", "c"])));
    assert_eq!(parsed(list(FieldType::Integer), "3\n-1"), Ok(json!([3, -1])));
    assert_eq!(parsed(list(FieldType::Integer), "[3, 4]"), Ok(json!([3, 4])));
    assert_eq!(parsed(list(FieldType::Text), "[fe80::1]:3260"), Ok(json!(["[fe80::1]:3260"])));
    assert_eq!(parsed(list(FieldType::Integer), "3\nx"), Err("Line 2: Enter a whole number.".to_owned()));
    assert_eq!(parsed(list(FieldType::Text), ""), Ok(json!([])));
    assert_eq!(parsed(list(FieldType::Json), ""), Ok(json!([])));
    assert!(parsed(list(FieldType::Json), "{}").is_err());
    assert!(parsed(list(FieldType::Json), "[1").is_err());
    assert_eq!(edited(list(FieldType::Text), &json!(["a", "b"])), "a\nb");
}

#[test]
fn maps_and_objects() {
    let map = FieldType::Map(Box::new(FieldType::Text));
    assert_eq!(parsed(map.clone(), "owner = kim\nnote=a = b"), Ok(json!({"owner": "kim", "note": "a = b"})));
    assert_eq!(parsed(map.clone(), "{\"a\": \"b\"}"), Ok(json!({"a": "b"})));
    assert_eq!(parsed(map.clone(), "a"), Err("Line 1: Enter key = value.".to_owned()));
    assert_eq!(parsed(map.clone(), "a=1\na=2"), Err("Line 2: This key is already there.".to_owned()));
    assert_eq!(edited(map, &json!({"empty": "", "owner": "kim"})), "empty = \nowner = kim");
    assert_eq!(
        parsed(FieldType::Object(Vec::new()), "{\"a\": 18446744073709551615}"),
        Ok(json!({"a": u64::MAX}))
    );
    assert!(parsed(FieldType::Object(Vec::new()), "[]").is_err());
    assert_eq!(parsed(FieldType::Json, "[1, null]"), Ok(json!([1, null])));
    assert!(parsed(FieldType::Json, "").is_err());
    assert!(parsed(FieldType::File(String::new()), "x").is_err());
}

#[test]
fn texts_are_left_alone() {
    assert_eq!(parsed(FieldType::Text, " a "), Ok(json!(" a ")));
    assert_eq!(parsed(FieldType::Email, " kim@example.net "), Ok(json!("kim@example.net")));
    assert_eq!(edited(FieldType::Text, &Value::Null), "");
}

fn check(field: &Field, value: &Value) -> String {
    validate(field, value).err().unwrap_or_default()
}

#[test]
fn lengths_are_counted_in_characters() {
    let name = Field { length: Some((2, 4)), ..field(FieldType::Text) };
    assert_eq!(check(&name, &json!("größ")), "");
    assert_eq!(check(&name, &json!("größe")), "At most 4 characters; there are 5.");
    assert_eq!(check(&name, &json!("x")), "At least 2 characters; there are 1.");
    let list = Field { length: Some((1, 2)), ..field(FieldType::List(Box::new(FieldType::Integer))) };
    assert_eq!(check(&list, &json!([])), "At least 1 item; there are 0.");
    assert_eq!(check(&list, &json!([1, "x"])), "Item 2: Enter a whole number.");
}

#[test]
fn bounds_are_exact_and_named_in_their_unit() {
    let big = Field {
        min: Some(json!(9_007_199_254_740_993_u64)),
        max: Some(json!(u64::MAX)),
        ..field(FieldType::Integer)
    };
    assert_eq!(check(&big, &json!(9_007_199_254_740_992_u64)), "At least 9007199254740993.");
    assert_eq!(check(&big, &json!(9_007_199_254_740_993_u64)), "");
    assert_eq!(check(&big, &json!(u64::MAX)), "");
    assert_eq!(check(&big, &json!(-1)), "At least 9007199254740993.");
    let size =
        Field { min: Some(json!(1_000_000_000)), multiple_of: Some(512), ..field(FieldType::Bytes(1)) };
    assert_eq!(check(&size, &json!(1000)), "At least 1 GB.");
    assert_eq!(check(&size, &json!(1_000_000_001)), "Must be a multiple of 512 B.");
    let time = Field { max: Some(json!(31_536_000)), ..field(FieldType::Duration(SecondsUnit::Second)) };
    assert_eq!(check(&time, &json!(31_536_001)), "At most 365 d.");
    let ratio = Field { min: Some(json!(1.1)), max: Some(json!(10)), ..field(FieldType::Number) };
    assert_eq!(check(&ratio, &json!(1.05)), "At least 1.1.");
    assert_eq!(check(&ratio, &json!(10.5)), "At most 10.");
}

#[test]
fn types_null_none_and_masks() {
    assert_eq!(check(&field(FieldType::Text), &Value::Null), "Enter a value.");
    assert_eq!(check(&Field { nullable: true, ..field(FieldType::Text) }, &Value::Null), "");
    let none = Field { none: Some(json!(0)), min: Some(json!(1)), ..field(FieldType::Integer) };
    assert_eq!(check(&none, &json!(0)), "");
    let masked = Field { mask: Some("***".to_owned()), length: Some((8, 20)), ..field(FieldType::Text) };
    assert_eq!(check(&masked, &json!("***")), "");
    assert_eq!(check(&field(choices()), &json!("OTHER")), "Choose one of: Thin, Fully provisioned.");
    assert_eq!(check(&field(choices()), &json!("THIN")), "");
    for (field_type, wrong) in [
        (FieldType::Text, json!(1)),
        (FieldType::Integer, json!("1")),
        (FieldType::Integer, json!(1.5)),
        (FieldType::Boolean, json!("true")),
        (FieldType::Email, json!("kim")),
        (FieldType::Email, json!("kim @example.net")),
        (FieldType::Address, json!("10.0.0.256")),
        (FieldType::Number, json!([])),
        (FieldType::List(Box::new(FieldType::Text)), json!("a")),
        (FieldType::Map(Box::new(FieldType::Integer)), json!({"a": "b"})),
        (reference(None), json!({})),
    ] {
        assert_ne!(check(&field(field_type), &wrong), "", "{wrong}");
    }
    for (field_type, right) in [
        (FieldType::Integer, json!(3.0)),
        (FieldType::Email, json!("kim@example.net")),
        (FieldType::Address, json!("fe80::1")),
        (FieldType::Json, json!(null)),
        (reference(None), json!(7)),
    ] {
        assert_eq!(check(&Field { nullable: true, ..field(field_type) }, &right), "", "{right}");
    }
}

#[test]
fn objects_are_checked_inside() {
    let inner = Field {
        label: "Port".to_owned(),
        max: Some(json!(65535)),
        name: "port".to_owned(),
        ..field(FieldType::Integer)
    };
    let object = field(FieldType::Object(vec![inner]));
    assert_eq!(check(&object, &json!({"port": 70000, "other": 1})), "Port: At most 65535.");
    assert_eq!(check(&object, &json!({})), "");
}

#[test]
fn patterns_are_checked_by_the_hook_only() {
    let code =
        Field { pattern: Some("[A-Z]+".to_owned()), example: "ABC".to_owned(), ..field(FieldType::Text) };
    assert_eq!(validate(&code, &json!("abc")), Ok(()));
    let matcher: Matcher =
        |pattern, text| pattern == "[A-Z]+" && text.chars().all(|character| character.is_ascii_uppercase());
    assert_eq!(validate_in(&code, &json!("ABC"), Some(matcher), Notation::Stored), Ok(()));
    let fault = validate_in(&code, &json!("abc"), Some(matcher), Notation::Stored).expect_err("a fault");
    assert!(fault.contains("such as ABC"));
}

#[test]
fn only_the_last_item_has_what_the_last_has() {
    let field: Field = serde_json::from_value(json!({
        "name": "steps", "label": "Steps",
        "type": { "list": { "object": [{ "name": "size", "label": "Up to" }] } },
        "last": { "field": "size", "is": "0" }
    }))
    .expect("a field");
    let check = |sizes: &[&str]| {
        let items: Vec<Value> = sizes.iter().map(|size| json!({ "size": size })).collect();
        validate(&field, &Value::from(items))
    };
    assert_eq!(check(&["1", "5", "0"]), Ok(()));
    assert_eq!(check(&[]), Ok(()));
    assert_eq!(check(&["1"]), Err(words::input::last_needs("Up to", "0")));
    assert_eq!(check(&["0", "5", "0"]), Err(words::input::only_last(1_usize, "Up to", "0")));
}
