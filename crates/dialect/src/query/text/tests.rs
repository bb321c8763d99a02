use boxdeck_catalog::Operator;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::query::complete;
use crate::query::complete::About;

/// Two hours east of UTC.
const ZONE: Zone = Zone {
    to_utc: |local| {
        let full = if local.len() == 16 { format!("{local}:00") } else { local.to_owned() };
        Some(format!("{full}+02:00"))
    },
    to_local: |_utc| None,
};

fn fields() -> Vec<Filterable> {
    let fields: Vec<Field> = serde_json::from_value(json!([
        { "name": "name", "label": "Name" },
        { "name": "size", "label": "Size", "type": { "bytes": 1 } },
        { "name": "pool_id", "label": "Pool", "type": { "reference": { "resource": "pools" } } },
        { "name": "created_at", "label": "Created at", "type": { "timestamp": "ms" } },
        { "name": "expires", "label": "Expires", "type": "date-time" },
        { "name": "protected", "label": "Write protected", "type": "boolean" },
        { "name": "state", "label": "State", "type": { "enum": [
            { "value": "THIN", "label": "Thin" }, { "value": "half full", "label": "Half full" }, { "value": "and", "label": "And" }
        ] } },
        { "name": "age", "label": "Age", "type": { "duration": "s" } },
        { "name": "share", "label": "Share", "type": "percent" },
        { "name": "tags", "label": "Tags", "type": { "list": "integer" } },
        { "name": "bios.state", "label": "BIOS", "type": "integer" },
        { "name": "odd name", "label": "Odd", "type": "text" }
    ]))
    .expect("fields");
    let all = |field: Field| Filterable {
        identifies: crate::query::reference(&field).is_some(),
        field,
        operators: Operator::ALL.to_vec(),
        by_box: Vec::new(),
    };
    fields.into_iter().map(all).collect()
}

fn read(text: &str) -> Vec<String> {
    let placed = parse(&fields(), ZONE, text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
    placed
        .into_iter()
        .map(|Placed { term, .. }| {
            format!("{}:{}:{}", term.field, term.operator.name(), term.values.join("|"))
        })
        .collect()
}

fn fault(text: &str) -> (String, Expected, bool) {
    let fault = parse(&fields(), ZONE, text).expect_err(text);
    (text.get(fault.span).expect("a place in the text").to_owned(), fault.expected, fault.unfinished)
}

#[test]
fn every_comparison_can_be_written() {
    for (text, term) in [
        ("name = db", "name:eq:db"),
        ("name==db", "name:eq:db"),
        ("name is db", "name:eq:db"),
        ("name != db", "name:neq:db"),
        ("name is not db", "name:neq:db"),
        ("name ~ db", "name:like:db"),
        ("name contains payroll db", "name:like:payroll db"),
        ("name in (a, \"b, c\", d e)", "name:in:a|b, c|d e"),
        ("name not in (a)", "name:notin:a"),
        ("size<2TiB", "size:lt:2199023255552"),
        ("size <= 2 TiB", "size:leq:2199023255552"),
        ("size > 1.5kB", "size:gt:1500"),
        ("SIZE >= 512", "size:geq:512"),
        ("size between 1 KiB and 2 KiB", "size:between:1024|2048"),
        ("pool_id is empty", "pool_id:is:"),
        ("pool is not null", "pool_id:isnot:"),
        ("\"Created at\" older than 7 days", "created_at:lt:now-7d"),
        ("created_at newer than 90 min", "created_at:gt:now-1h30min"),
        ("created_at >= now - 1h", "created_at:geq:now-1h"),
        ("created_at < 1970-01-01T02:00", "created_at:lt:0"),
        ("created_at < 1970-01-01 02:00", "created_at:lt:0"),
        ("created_at < 1970-01-01T02:00:01Z", "created_at:lt:7201000"),
        ("created_at before 1970-01-02", "created_at:lt:79200000"),
        ("created_at = 86400000", "created_at:eq:86400000"),
        ("expires < now+30d", "expires:lt:now+30d"),
        ("protected = yes", "protected:eq:true"),
        ("state = thin", "state:eq:THIN"),
        ("state = half full", "state:eq:half full"),
        ("state = \"NEW\"", "state:eq:NEW"),
        ("age > 1h 30min", "age:gt:5400"),
        ("share >= 80 %", "share:geq:80"),
        ("tags = 7", "tags:eq:7"),
        ("bios.state = 1", "bios.state:eq:1"),
        ("\"odd name\" = \"a \\\"b\\\" \\\\\"", "odd name:eq:a \"b\" \\"),
        ("name = \"\"", "name:eq:"),
    ] {
        assert_eq!(read(text), [term], "{text}");
    }
}

#[test]
fn terms_are_joined_and_know_their_place() {
    let text = " name ~ db AND size between 1 and 2 and protected = no ";
    assert_eq!(read(text), ["name:like:db", "size:between:1|2", "protected:eq:false"]);
    let placed = parse(&fields(), ZONE, text).expect("terms");
    let parts: Vec<_> = placed.iter().map(|placed| text.get(placed.span.clone()).expect("a part")).collect();
    assert_eq!(parts, ["name ~ db", "size between 1 and 2", "protected = no"]);
    assert_eq!(read("  "), Vec::<String>::new());
}

#[test]
fn faults_name_the_place_and_what_was_expected() {
    use Comparison::{OlderThan, Plain};
    let comparison = |field: &str, refused| Expected::Comparison { field: field.to_owned(), refused };
    assert_eq!(fault("nam = a"), ("nam".to_owned(), Expected::Field, false));
    assert_eq!(fault("name = a and"), (String::new(), Expected::Field, true));
    assert_eq!(fault("name"), (String::new(), comparison("name", None), true));
    assert_eq!(
        fault("name is not"),
        (
            String::new(),
            Expected::Value { field: "name".to_owned(), comparison: Plain(Operator::Neq), fault: None },
            true
        )
    );
    assert_eq!(fault("name wie db"), ("wie".to_owned(), comparison("name", None), false));
    assert_eq!(fault("name not"), ("not".to_owned(), comparison("name", None), true));
    assert_eq!(
        fault("name older than 7d"),
        ("older than".to_owned(), comparison("name", Some(OlderThan)), false)
    );
    assert_eq!(fault("name in a"), ("a".to_owned(), Expected::Opening, false));
    assert_eq!(fault("name in (a"), (String::new(), Expected::Further, true));
    assert_eq!(fault("name in (a and"), ("and".to_owned(), Expected::Further, false));
    assert_eq!(fault("size between 1"), (String::new(), Expected::Greatest, true));
    assert_eq!(fault("name = \"a\" b"), ("b".to_owned(), Expected::And, false));
    assert_eq!(fault("name = a or name = b"), ("or".to_owned(), Expected::NoOr, false));
    assert_eq!(fault("name = \"a"), ("\"a".to_owned(), Expected::Quote, true));
    for (text, part) in [("size > much", "much"), ("state = wet", "wet"), ("created_at older than 7", "7")] {
        let (place, expected, unfinished) = fault(text);
        assert!(matches!(expected, Expected::Value { fault: Some(_), .. }), "{text}: {expected:?}");
        assert_eq!((place.as_str(), unfinished), (part, false));
    }
}

#[test]
fn comparisons_that_nobody_applies_are_refused() {
    let mut fields = fields();
    fields[0].operators = vec![Operator::Eq];
    assert!(parse(&fields, ZONE, "name = a").is_ok());
    assert!(parse(&fields, ZONE, "name ~ a").is_err());
}

#[test]
fn terms_are_written_as_a_person_would() {
    for text in [
        "name ~ db and size >= 2TiB",
        "name in (a, \"b, c\") and size between 1KiB and 1.5kB",
        "created_at older than 7d and expires newer than 1h30min",
        "created_at >= now-7d and expires < now+30d",
        "protected = true and share > 80% and age <= 1h30min",
        "pool_id is empty and name is not empty and state not in (THIN, \"half full\", \"and\")",
        "state = \"unknown to the catalog\" and \"odd name\" != \"\"",
        "created_at = 1970-01-01T00:00:00Z",
    ] {
        let terms: Vec<Term> =
            parse(&fields(), ZONE, text).expect(text).into_iter().map(|placed| placed.term).collect();
        assert_eq!(print(&fields(), ZONE, &terms), text);
    }
}

fn offered(text: &str) -> (String, Vec<String>) {
    let completion = complete(&fields(), ZONE, text, text.len());
    let inserts = completion.suggestions.into_iter().map(|suggestion| suggestion.insert).collect();
    (text.get(completion.span).expect("a part").to_owned(), inserts)
}

#[test]
fn completion_offers_what_may_come_next() {
    assert_eq!(offered("").1.first().map(String::as_str), Some("name"));
    assert_eq!(offered("s").1, ["size", "state", "share", "expires", "tags", "bios.state"]);
    assert_eq!(offered("cre"), ("cre".to_owned(), vec!["created_at".to_owned()]));
    assert_eq!(offered("write"), ("write".to_owned(), vec!["protected".to_owned()]));
    assert_eq!(offered("name = a and si"), ("si".to_owned(), vec!["size".to_owned()]));
    assert_eq!(offered("created_at o"), ("o".to_owned(), vec!["older than".to_owned()]));
    assert_eq!(offered("name is no"), ("is no".to_owned(), vec!["is not empty".to_owned()]));
    assert_eq!(offered("name not "), ("not ".to_owned(), vec!["not in".to_owned()]));
    assert_eq!(offered("state = t").1, ["THIN"]);
    assert_eq!(offered("state in (").1, ["THIN", "\"half full\"", "\"and\""]);
    assert_eq!(offered("state in (THIN").1, ["THIN"]);
    assert_eq!(offered("state in (THIN ").1, [",", ")"]);
    assert_eq!(offered("protected = ").1, ["true", "false"]);
    assert_eq!(offered("size > 2T").1, ["2TB", "2TiB"]);
    assert_eq!(offered("size > 2").1.len(), 13);
    assert_eq!(offered("created_at newer than ").1.first().map(String::as_str), Some("1h"));
    assert_eq!(offered("size between 1 ").1, ["and"]);
    assert_eq!(offered("name = a ").1, ["and"]);
    assert_eq!(offered("nix = ").1, Vec::<String>::new());
    let inside = complete(&fields(), ZONE, "na = x", 2);
    assert_eq!((inside.span, inside.suggestions.len()), (0..2, 2));
    let labels = complete(&fields(), ZONE, "cre", 3).suggestions;
    assert_eq!(labels[0].about, About::Field("Created at".to_owned()));
}

#[test]
fn records_are_written_by_their_names() {
    let named = |field: &Field, key: &str| {
        let name = match key {
            "7" => "gold",
            "8" => "1001",
            "9" => "old and slow",
            _ => return None,
        };
        (field.name == "pool_id").then(|| name.to_owned())
    };
    let text = "pool_id in (7, 8, 9, 10) and name = 7 and pool_id < 7";
    let placed = parse(&fields(), ZONE, text).expect(text);
    let at: Vec<&str> = placed[0].values.iter().map(|span| &text[span.clone()]).collect();
    assert_eq!(at, ["7", "8", "9", "10"]);
    let terms: Vec<Term> = placed.into_iter().map(|placed| placed.term).collect();
    assert_eq!(
        print_named(&fields(), ZONE, &terms, &named),
        "pool_id in (gold, \"1001\", \"old and slow\", 10) and name = 7 and pool_id < 7"
    );
    let record_of = |text: &str| complete(&fields(), ZONE, text, text.len()).record_of;
    for text in ["pool_id = ", "pool_id = go", "pool_id in (1, \"ol", "Pool != g"] {
        assert_eq!(record_of(text).as_deref(), Some("pool_id"), "{text}");
    }
    for text in ["pool_id ", "pool_id ~ go", "name = go", "pool_id = gold and "] {
        assert_eq!(record_of(text), None, "{text}");
    }
}

#[test]
fn identifiers_are_not_offered_to_be_more_or_less() {
    assert_eq!(offered("pool_id ").1, ["=", "!=", "in", "not in", "is empty", "is not empty"]);
    assert!(parse(&fields(), ZONE, "pool_id < 7").is_ok());
}

#[test]
fn a_decimal_comma_is_told_as_one() {
    let point = |written: &str| Expected::Point { written: written.to_owned() };
    assert_eq!(fault("share > 1,5"), ("1,5".to_owned(), point("1.5"), false));
    assert_eq!(fault("size > 1,5TiB and name = a"), ("1,5TiB".to_owned(), point("1.5TiB"), false));
    assert_eq!(fault("name = 1,5").1, Expected::And);
    assert_eq!(fault("share > 1 , 5").1, Expected::And);
}

/// A term with values of its field's type, as an address would hold it.
fn term() -> impl Strategy<Value = Term> {
    let text = || "[ -~äß\\t\\n]{0,12}";
    let number = || (0_u64..u64::MAX).prop_map(|number| number.to_string());
    let moment = || (-9_000_000_000_000_i64..9_000_000_000_000).prop_map(|number| number.to_string());
    let age = || (1_u32..100_000).prop_map(|seconds| format!("now-{seconds}s"));
    let field = prop_oneof![
        (Just("name"), prop::collection::vec(text().boxed(), 2..5)),
        (Just("odd name"), prop::collection::vec(text().boxed(), 2..5)),
        (Just("pool_id"), prop::collection::vec(text().boxed(), 2..5)),
        (Just("state"), prop::collection::vec(text().boxed(), 2..5)),
        (
            Just("size"),
            prop::collection::vec(
                number().prop_map(|n| (n.parse::<u64>().unwrap() >> 1).to_string()).boxed(),
                2..5
            )
        ),
        (Just("age"), prop::collection::vec((0_u32..u32::MAX).prop_map(|n| n.to_string()).boxed(), 2..5)),
        (Just("created_at"), prop::collection::vec(prop_oneof![moment(), age()].boxed(), 2..5)),
        (
            Just("protected"),
            prop::collection::vec(any::<bool>().prop_map(|flag| flag.to_string()).boxed(), 2..5)
        ),
    ];
    (field, prop::sample::select(Operator::ALL.to_vec())).prop_map(|((field, mut values), operator)| {
        match arity(operator) {
            Arity::None => values.clear(),
            Arity::One => values.truncate(1),
            Arity::Two => values.truncate(2),
            Arity::Many => {}
        }
        Term { field: field.to_owned(), operator, values }
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(terms in prop::collection::vec(term(), 0..4)) {
        let text = print(&fields(), ZONE, &terms);
        let again = parse(&fields(), ZONE, &text).map(|placed| placed.into_iter().map(|placed| placed.term).collect::<Vec<_>>());
        // Moving points have one notation.
        let once: Vec<Term> = terms.iter().map(normal).collect();
        prop_assert_eq!(again, Ok(once), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_faulted_inside_of_it(text in "[a-z =<>~!(),\"\\\\ä]{0,40}|(name|size|and|or|in|is|not|=|\\(|\\)|,|\"| ){0,12}", place in 0_usize..40) {
        if let Err(fault) = parse(&fields(), ZONE, &text) {
            prop_assert!(text.get(fault.span.clone()).is_some(), "{:?}", fault);
        }
        let completion = complete(&fields(), ZONE, &text, place);
        prop_assert!(completion.span.start <= completion.span.end && completion.span.end <= text.len());
    }
}

fn normal(term: &Term) -> Term {
    let is_time = term.field == "created_at" && term.operator != Operator::Like;
    let one = |value: &String| {
        crate::query::relative::normal(value).filter(|_| is_time).unwrap_or_else(|| value.clone())
    };
    Term { values: term.values.iter().map(one).collect(), ..term.clone() }
}
