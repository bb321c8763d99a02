use proptest::prelude::*;

use super::*;

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            any::<char>(),
            prop::sample::select(vec!['\\', ',', ':', '-', '+', '%', '&', '=', '#', '?', ' ', '"', '\u{0}'])
        ],
        0..12,
    )
    .prop_map(|characters| characters.into_iter().collect())
}

fn name() -> impl Strategy<Value = String> {
    any_text().prop_filter("a field has a name", |text| !text.is_empty())
}

fn term() -> impl Strategy<Value = Term> {
    (name(), prop::sample::select(Operator::ALL.to_vec())).prop_flat_map(|(field, operator)| {
        let count = match operator {
            Operator::Is | Operator::IsNot => 0..=0,
            Operator::Between => 2..=2,
            Operator::In | Operator::NotIn => 0..=5,
            _ => 1..=1,
        };
        prop::collection::vec(any_text(), count).prop_map(move |values| Term {
            field: field.clone(),
            operator,
            values,
        })
    })
}

fn query() -> impl Strategy<Value = Query> {
    let position = prop_oneof![
        Just(Position::First),
        (1_u64..).prop_map(Position::Number),
        any_text().prop_map(Position::After)
    ];
    let sort = (name(), any::<bool>()).prop_map(|(field, descending)| SortKey { field, descending });
    (
        prop::collection::vec(term(), 0..4),
        prop::collection::vec(sort, 0..3),
        position,
        prop::option::of(1_u32..),
        prop::collection::vec(name(), 0..4),
    )
        .prop_map(|(filter, sort, position, page_size, columns)| Query {
            filter,
            sort,
            position,
            page_size,
            columns,
        })
}

proptest! {
    #[test]
    fn pairs_give_the_query_back(query in query()) {
        prop_assert_eq!(Query::from_pairs(&query.to_pairs()), (query, Vec::new()));
    }

    #[test]
    fn the_query_string_gives_the_query_back(query in query()) {
        let text = query.to_query_string();
        prop_assert!(text.is_ascii() && !text.contains(['#', ' ', '+', '"', '\\']));
        prop_assert_eq!(Query::parse_query_string(&text), (query, Vec::new()));
    }

    #[test]
    fn nothing_that_is_typed_breaks_reading(text in any_text(), name in "filter|sort|page|after|size|columns|tab") {
        let _unused = Query::parse_query_string(&text);
        let (query, _dropped) = Query::from_pairs(&[(name, text)]);
        prop_assert_eq!(Query::from_pairs(&query.to_pairs()).0, query);
    }
}

#[test]
fn a_link_is_readable() {
    let query = Query {
        filter: vec![
            Term { field: "name".to_owned(), operator: Operator::Like, values: vec!["db prod".to_owned()] },
            Term {
                field: "id".to_owned(),
                operator: Operator::In,
                values: vec!["1".to_owned(), "2".to_owned()],
            },
            Term { field: "cg_id".to_owned(), operator: Operator::Is, values: Vec::new() },
        ],
        sort: vec![
            SortKey { field: "size".to_owned(), descending: true },
            SortKey { field: "name".to_owned(), descending: false },
        ],
        position: Position::Number(3),
        page_size: Some(100),
        columns: vec!["name".to_owned(), "size".to_owned()],
    };
    assert_eq!(
        query.to_query_string(),
        "filter=name:like:db%20prod&filter=id:in:1,2&filter=cg_id:is&sort=-size,name&page=3&size=100&columns=name,size"
    );
}

#[test]
fn what_cannot_be_used_is_dropped_and_reported() {
    let given = pairs(&[
        ("filter", "name:eq:a"),
        ("filter", "name:resembles:a"),
        ("filter", "size:between:1"),
        ("filter", ":eq:1"),
        ("filter", "name"),
        ("sort", "a,,-"),
        ("page", "0"),
        ("page", "2"),
        ("after", "m"),
        ("size", "many"),
        ("tab", "luns"),
    ]);
    let (query, dropped) = Query::from_pairs(&given);
    assert_eq!(query.filter.len(), 1);
    assert_eq!(query.sort, [SortKey { field: "a".to_owned(), descending: false }]);
    assert_eq!(query.position, Position::Number(2));
    assert_eq!(query.page_size, None);
    let expected = pairs(&[
        ("filter", "name:resembles:a"),
        ("filter", "size:between:1"),
        ("filter", ":eq:1"),
        ("filter", "name"),
        ("sort", "a,,-"),
        ("page", "0"),
        ("after", "m"),
        ("size", "many"),
        ("tab", "luns"),
    ]);
    assert_eq!(dropped, expected);
}

#[test]
fn values_keep_their_colons_and_commas() {
    let term = read_term(r"connector_id:in:iqn.2026-01.example:01,a\,b,\\").expect("a term");
    assert_eq!(term.values, ["iqn.2026-01.example:01", "a,b", "\\"]);
}

#[test]
fn broken_escapes_stay_as_they_are() {
    assert_eq!(
        decode_pairs("?a=100%&b=%zz&c=%4&&d=%2B+%"),
        pairs(&[("a", "100%"), ("b", "%zz"), ("c", "%4"), ("d", "+ %")])
    );
}
