use boxdeck_catalog::SecondsUnit;
use serde_json::json;

use super::*;

const LOCALE: Locale = Locale {
    to_utc: |local| Some(format!("{local}:00Z")),
    to_local: |utc| utc.get(..16).map(str::to_owned),
    matcher: None,
    notation: Notation::Point,
    zone: || None,
};

fn field(field_type: FieldType) -> Field {
    Field { name: "f".to_owned(), label: "F".to_owned(), field_type, ..Field::default() }
}

fn rules(field: &Field) -> Rules<'_> {
    Rules { field, required: false, removable: false, locale: LOCALE }
}

fn text(text: &str) -> Typed {
    Typed { text: text.to_owned(), none: false }
}

const NONE: Typed = Typed { text: String::new(), none: true };

#[test]
fn large_numbers_stay_exact() {
    let field = field(FieldType::Integer);
    let large = json!(9_007_199_254_740_993_u64);
    assert_eq!(
        read(rules(&field), &Known::Nothing, &text("9007199254740993")),
        Ok(Entered::Value(large.clone()))
    );
    let known = Known::Record(large.clone());
    assert_eq!(start(&field, &known, LOCALE), text("9007199254740993"));
    assert_eq!(read(rules(&field), &known, &text("9007199254740993")), Ok(Entered::Value(large)));
}

#[test]
fn absent_null_and_empty_are_three_things() {
    let field = Field { nullable: true, ..field(FieldType::Text) };
    assert_eq!(read(rules(&field), &Known::Nothing, &text("")), Ok(Entered::Absent));
    assert_eq!(read(rules(&field), &Known::Record(json!("note")), &text("")), Ok(Entered::Value(json!(""))));
    assert_eq!(read(rules(&field), &Known::Record(json!("note")), &NONE), Ok(Entered::Value(Value::Null)));
    // Null at first: untouched it stays null, and unticking "no value" makes an empty text.
    let null = Known::Record(Value::Null);
    assert_eq!(start(&field, &null, LOCALE), NONE);
    assert_eq!(read(rules(&field), &null, &NONE), Ok(Entered::Value(Value::Null)));
    assert_eq!(read(rules(&field), &null, &text("")), Ok(Entered::Value(json!(""))));
}

#[test]
fn a_sentinel_stands_for_none() {
    let reference = FieldType::Reference(boxdeck_catalog::Reference {
        resource: "groups".to_owned(),
        by: None,
        label: None,
        parent: None,
        where_: std::collections::BTreeMap::new(),
    });
    let field = Field { none: Some(json!(0)), ..field(reference) };
    let known = Known::Record(json!(7));
    assert_eq!(read(rules(&field), &known, &NONE), Ok(Entered::Value(json!(0))));
    assert_eq!(start(&field, &Known::Record(json!(0)), LOCALE), NONE);
    assert_eq!(read(rules(&field), &known, &text("8")), Ok(Entered::Value(json!(8))));
}

#[test]
fn a_default_is_left_to_the_box_until_it_is_changed() {
    let field = field(FieldType::Boolean);
    let known = Known::Default(json!(true));
    assert_eq!(start(&field, &known, LOCALE), text("true"));
    assert_eq!(read(rules(&field), &known, &text("true")), Ok(Entered::Absent));
    assert_eq!(read(rules(&field), &known, &text("false")), Ok(Entered::Value(json!(false))));
    let required = Rules { required: true, ..rules(&field) };
    assert_eq!(read(required, &known, &text("true")), Ok(Entered::Value(json!(true))));
}

#[test]
fn secrets_are_empty_when_unchanged() {
    let field = Field { secret: true, length: Some((12, 16)), ..field(FieldType::Text) };
    let known = Known::Record(json!("******"));
    assert_eq!(start(&field, &known, LOCALE), Typed::default());
    let required = Rules { required: true, ..rules(&field) };
    assert_eq!(read(required, &known, &text("")), Ok(Entered::Absent));
    assert_eq!(read(required, &Known::Nothing, &text("")), Err(missing()));
    assert!(read(required, &known, &text("short")).is_err());
    assert_eq!(read(required, &known, &text("long enough 12")), Ok(Entered::Value(json!("long enough 12"))));
}

#[test]
fn what_is_needed_is_missed() {
    let field = field(FieldType::Text);
    let required = Rules { required: true, ..rules(&field) };
    assert_eq!(read(required, &Known::Nothing, &text("")), Err(missing()));
    assert_eq!(read(required, &Known::Record(json!("a")), &text("")), Err(missing()));
}

#[test]
fn amounts_that_are_emptied_are_none_or_a_fault() {
    let plain = field(FieldType::Bytes(1));
    let known = Known::Record(json!(1_000_000_000_u64));
    assert_eq!(start(&plain, &known, LOCALE), text("1 GB"));
    assert!(read(rules(&plain), &known, &text("")).is_err());
    let nullable = Field { nullable: true, ..plain.clone() };
    assert_eq!(read(rules(&nullable), &known, &text(" ")), Ok(Entered::Value(Value::Null)));
    let removable = Rules { removable: true, ..rules(&plain) };
    assert_eq!(read(removable, &known, &text("")), Ok(Entered::Value(Value::Null)));
}

#[test]
fn times_keep_what_the_input_cannot_show() {
    let field = field(FieldType::Timestamp(SecondsUnit::Milli));
    let known = Known::Record(json!(1_700_000_000_123_i64));
    let typed = start(&field, &known, LOCALE);
    assert_eq!(typed, text("2023-11-14T22:13"));
    assert_eq!(read(rules(&field), &known, &typed), Ok(Entered::Value(json!(1_700_000_000_123_i64))));
    assert_eq!(
        read(rules(&field), &known, &text("2023-11-14T22:14")),
        Ok(Entered::Value(json!(1_700_000_040_000_i64)))
    );
}

#[test]
fn json_says_where_it_is_wrong() {
    let field = field(FieldType::Json);
    let fault = read(rules(&field), &Known::Nothing, &text("{\n  \"a\": }")).expect_err("broken JSON");
    assert!(fault.contains("line 2 column 8"), "{fault}");
    assert_eq!(
        read(rules(&field), &Known::Nothing, &text("{\"a\": null}")),
        Ok(Entered::Value(json!({"a": null})))
    );
}

#[test]
fn lists_can_be_emptied() {
    let field = field(FieldType::List(Box::new(FieldType::Text)));
    let known = Known::Record(json!(["a", "b"]));
    assert_eq!(read(rules(&field), &known, &text("")), Ok(Entered::Value(json!([]))));
    assert_eq!(read(rules(&field), &known, &text("a\nc")), Ok(Entered::Value(json!(["a", "c"]))));
}

#[test]
fn numbers_and_units_come_apart_and_together() {
    let units = ["B", "GB", "GiB", "%", "h", "min"];
    assert_eq!(split_unit("10 GiB", &units), Some(("10".to_owned(), "GiB".to_owned())));
    assert_eq!(split_unit("1 h 30 min", &units), None);
    assert_eq!(split_unit("80 %", &units), Some(("80".to_owned(), "%".to_owned())));
    assert_eq!(join_unit("10", "GiB"), "10 GiB");
    assert_eq!(join_unit(" 10 TB", "GiB"), "10 TB");
    assert_eq!(join_unit("", "GiB"), "");
}

#[test]
fn numbers_are_shown_and_typed_as_the_language_writes_them() {
    let german = Locale { notation: Notation::Comma, ..LOCALE };
    let size = field(FieldType::Bytes(1));
    let rules = Rules { locale: german, ..rules(&size) };
    let known = Known::Record(json!(1_500_000_000_000_u64));
    assert_eq!(start(&size, &known, german), text("1,5 TB"));
    assert_eq!(split_unit("1,5 TB", &["GB", "TB"]), Some(("1,5".to_owned(), "TB".to_owned())));
    assert_eq!(read(rules, &known, &text("2,5 TB")), Ok(Entered::Value(json!(2_500_000_000_000_u64))));
    // What was not touched is what the record holds, and what can be read in two ways is asked about.
    assert_eq!(read(rules, &known, &text("1,5 TB")), Ok(Entered::Value(json!(1_500_000_000_000_u64))));
    let fault = read(rules, &known, &text("1.500 TB")).expect_err("two readings");
    assert!(fault.contains("1500 or 1,5"), "{fault}");
}

#[test]
fn what_can_only_grow_is_not_sent_smaller() {
    let field = Field { grows: true, ..field(FieldType::Bytes(1)) };
    let held = Known::Record(json!(10_u64 << 30));
    let read = |text: &Typed| read(rules(&field), &held, text);
    assert!(read(&text("9 GiB")).is_err_and(|fault| fault.contains("10 GiB")));
    assert_eq!(read(&text("10 GiB")), Ok(Entered::Value(json!(10_u64 << 30))));
    assert_eq!(read(&text("11 GiB")), Ok(Entered::Value(json!(11_u64 << 30))));
    assert_eq!(
        super::read(rules(&field), &Known::Nothing, &text("1 GiB")),
        Ok(Entered::Value(json!(1_u64 << 30)))
    );
}

#[test]
fn a_unit_that_was_typed_is_recognised() {
    let units = ["MB", "GB", "MiB", "GiB"];
    let of = |text: &str| typed_unit(text, &units);
    assert_eq!(of(" 10 gib"), Some(("10".to_owned(), "GiB")));
    assert_eq!(of("1,5GB"), Some(("1,5".to_owned(), "GB")));
    for text in ["10", "GiB", "10 G", "1 h 30 min", "ten GiB"] {
        assert_eq!(of(text), None, "{text}");
    }
}

#[test]
fn a_time_zone_begins_with_that_of_the_browser_and_goes_out() {
    let locale = Locale { zone: || Some("Europe/Berlin".to_owned()), ..LOCALE };
    let zone = Field { field_type: FieldType::TimeZone, ..Field::default() };
    let known = begin(&zone, Some(json!("America/Los_Angeles")), locale);
    let rules = Rules { field: &zone, required: false, removable: false, locale };
    assert_eq!(
        read(rules, &known, &start(&zone, &known, locale)),
        Ok(Entered::Value(json!("Europe/Berlin")))
    );
    assert_eq!(begin(&zone, None, LOCALE), Known::Nothing);
    assert_eq!(begin(&Field::default(), Some(json!(1)), locale), Known::Default(json!(1)));
}
