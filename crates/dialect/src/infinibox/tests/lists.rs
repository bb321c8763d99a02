use boxdeck_catalog::Operator;
use serde_json::{Value, json};

use crate::fixture::{Fixture, json_response};
use crate::{Dialect, FailureKind, InfiniBox, ListTarget, Position, Query, SortKey, Term, Total};

fn term(field: &str, operator: Operator, values: &[&str]) -> Term {
    Term {
        field: field.to_owned(),
        operator,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

/// The query pairs of a list of volumes.
fn pairs(query: &Query) -> Vec<(String, String)> {
    let fixture = Fixture::new("infinibox");
    let request = InfiniBox.list(fixture.context(), fixture.target("volume.list"), query);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/api/rest/volumes"));
    request.query
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

#[test]
fn every_operator_reaches_the_wire() {
    let table = [
        (Operator::Eq, &["12"][..], "eq:12"),
        (Operator::Neq, &["12"], "neq:12"),
        (Operator::Is, &[], "is:null"),
        (Operator::IsNot, &[], "isnot:null"),
        (Operator::Lt, &["12"], "lt:12"),
        (Operator::Leq, &["12"], "leq:12"),
        (Operator::Gt, &["12"], "gt:12"),
        (Operator::Geq, &["18446744073709551615"], "geq:18446744073709551615"),
        (Operator::In, &["1", "2", "3"], "in:(1,2,3)"),
        (Operator::In, &["1"], "eq:1"),
        (Operator::NotIn, &["1", "2"], "notin:(1,2)"),
        (Operator::NotIn, &["1"], "neq:1"),
        (Operator::Between, &["1", "5"], "between:[1,5]"),
    ];
    for (operator, values, text) in table {
        let query = Query { filter: vec![term("id", operator, values)], ..Query::default() };
        assert_eq!(value(&pairs(&query), "id"), Some(text), "{operator:?}");
    }
    let query = Query { filter: vec![term("name", Operator::Like, &["db prod:1"])], ..Query::default() };
    assert_eq!(value(&pairs(&query), "name"), Some("like:db prod:1"));
}

#[test]
fn a_list_cannot_carry_a_comma() {
    let fixture = Fixture::new("infinibox");
    let target = fixture.target("volume.list");
    let table = [
        (term("name", Operator::In, &["a,b", "c"]), false),
        (term("name", Operator::In, &["a,b"]), true),
        (term("name", Operator::In, &["a(b", "c]"]), true),
        (term("name", Operator::In, &[" a", "b"]), false),
        (term("name", Operator::In, &["", "b"]), false),
        (term("name", Operator::In, &[]), false),
        (term("name", Operator::Between, &["a", "b,c"]), false),
        (term("name", Operator::Eq, &["a,b"]), true),
        (term("write_protected", Operator::Like, &["t"]), false),
        (term("write_protected", Operator::Gt, &["true"]), false),
        (term("serial", Operator::Gt, &["1"]), false),
        (term("tenant_id", Operator::Eq, &["1"]), false),
    ];
    for (term, applies) in table {
        assert_eq!(InfiniBox.applies(&fixture.catalog, target, &term), applies, "{term:?}");
        let query = Query { filter: vec![term.clone()], ..Query::default() };
        assert_eq!(value(&pairs(&query), &term.field).is_some(), applies, "{term:?}");
    }
}

#[test]
fn operators_follow_the_catalog() {
    let fixture = Fixture::new("infinibox");
    let target = fixture.target("volume.list");
    let of = |field: &str| InfiniBox.operators(&fixture.catalog, target, field);
    assert_eq!(of("name"), fixture.catalog.kind.operators);
    assert_eq!(of("serial"), [Operator::Eq, Operator::Like]);
    assert!(of("tenant_id").is_empty());
    assert!(of("nothing").is_empty());
    assert!(!of("size").contains(&Operator::Like));
    assert!(!of("write_protected").contains(&Operator::Between));
    assert!(of("write_protected").contains(&Operator::In));
}

#[test]
fn a_page_is_asked_for_by_number() {
    let sort = |field: &str, descending| SortKey { field: field.to_owned(), descending };
    let query = Query {
        sort: vec![sort("size", true), sort("serial", false), sort("name", false)],
        position: Position::Number(3),
        page_size: Some(5000),
        ..Query::default()
    };
    let pairs = pairs(&query);
    assert_eq!(value(&pairs, "sort"), Some("-size,name"));
    assert_eq!(value(&pairs, "page"), Some("3"));
    assert_eq!(value(&pairs, "page_size"), Some("1000"));
}

#[test]
fn only_the_fields_that_are_needed_are_asked_for() {
    // The columns, then the key, the label and parent of the shown reference, and what the actions depend on.
    assert_eq!(
        value(&pairs(&Query::default()), "fields"),
        Some("name,size,pool_id,id,pool_name,tenant_id,type,remote_owner")
    );
    let query = Query { columns: vec!["bios.state".to_owned(), "_seq".to_owned()], ..Query::default() };
    assert_eq!(value(&pairs(&query), "fields"), Some("bios.state,_seq,id,name,type,remote_owner"));
    let fixture = Fixture::new("infinibox");
    let request = InfiniBox.list(fixture.context(), fixture.target("certificate.list"), &Query::default());
    assert_eq!(value(&request.query, "fields"), Some("certificate,id"));
    let request = InfiniBox.list(fixture.context(), fixture.target("host.list"), &Query::default());
    assert_eq!(value(&request.query, "fields"), None);
}

#[test]
fn parameters_of_a_list_are_terms_of_the_query() {
    let fixture = Fixture::new("infinibox");
    let query = Query {
        filter: vec![
            term("fs", Operator::Eq, &["a/b"]),
            term("depth", Operator::Eq, &["2"]),
            term("path", Operator::Like, &["x"]),
        ],
        ..Query::default()
    };
    let target = fixture.target("lock.list");
    let request = InfiniBox.list(fixture.context(), target, &query);
    assert_eq!(request.path, "/api/rest/filesystems/a%2Fb/locks");
    assert_eq!(value(&request.query, "depth"), Some("2"));
    assert_eq!(value(&request.query, "detail"), Some("true"));
    assert_eq!(value(&request.query, "path"), Some("like:x"));
    assert_eq!(InfiniBox.operators(&fixture.catalog, target, "depth"), [Operator::Eq]);
}

#[test]
fn sub_collections_and_plain_arrays() {
    let fixture = Fixture::new("infinibox");
    let target = ListTarget { parent: Some("7%7E1"), ..fixture.target("lun.list") };
    let request = InfiniBox.list(fixture.context(), target, &Query::default());
    assert_eq!(request.path, "/api/rest/hosts/7~1/luns");
    assert!(request.query.is_empty());
    assert_eq!(InfiniBox.list_abilities(target).page_size, (1000, 1000, 1000));
    let page = InfiniBox
        .read_page(
            target,
            &Query::default(),
            &json_response(
                200,
                &json!({"result": [{"lun": 1}, {"lun": 2}], "metadata": {"ready": true}, "error": null}),
            ),
        )
        .expect("a page");
    assert_eq!((page.records.len(), page.total, page.next), (2, Total::Exact(2), None));
}

fn page_of(rows: usize, page: u64, size: u64, total: u64) -> Value {
    let rows: Vec<Value> = (0..rows).map(|index| json!({"id": index})).collect();
    json!({
        "result": rows, "error": null,
        "metadata": {"ready": true, "page": page, "page_size": size, "pages_total": total.div_ceil(size).max(1), "number_of_objects": total}
    })
}

#[test]
fn pages_are_read_with_an_exact_total() {
    let fixture = Fixture::new("infinibox");
    let target = fixture.target("volume.list");
    let table = [
        (page_of(50, 1, 50, 120), Some(2), 120),
        (page_of(50, 2, 50, 120), Some(3), 120),
        (page_of(20, 3, 50, 120), None, 120),
        (page_of(50, 1, 50, 50), None, 50),
        (page_of(0, 1, 50, 0), None, 0),
        (page_of(0, 9, 50, 120), None, 120),
        // More rows are promised than there are: believe the rows.
        (page_of(0, 1, 50, 15), None, 15),
    ];
    for (body, next, total) in table {
        let page =
            InfiniBox.read_page(target, &Query::default(), &json_response(200, &body)).expect("a page");
        assert_eq!(page.next, next.map(Position::Number), "{body}");
        assert_eq!(page.total, Total::Exact(total));
        assert_eq!(page.page_size, 50);
    }
}

#[test]
fn identifiers_stay_exact() {
    let fixture = Fixture::new("infinibox");
    let body = br#"{"result":[{"id":18446744073709551615,"size":9007199254740993,"cg_id":-9223372036854775808}],"metadata":{"ready":true,"number_of_objects":1,"page":1,"page_size":50},"error":null}"#;
    let response = crate::Response { status: 200, headers: Vec::new(), body: body.to_vec().into() };
    let page =
        InfiniBox.read_page(fixture.target("volume.list"), &Query::default(), &response).expect("a page");
    let record = page.records.get(0).expect("a record");
    assert_eq!(record.text("id").as_deref(), Some("18446744073709551615"));
    assert_eq!(record.text("size").as_deref(), Some("9007199254740993"));
    assert_eq!(record.text("cg_id").as_deref(), Some("-9223372036854775808"));
}

#[test]
fn odd_lists_are_read_too() {
    let fixture = Fixture::new("infinibox");
    let read = |id: &str, body: &Value| {
        InfiniBox
            .read_page(fixture.target(id), &Query::default(), &json_response(200, body))
            .expect("a page")
            .records
    };
    let records =
        read("volume.list", &json!({"result": ["ADMIN", 7], "metadata": {"ready": true}, "error": null}));
    assert_eq!(
        records.iter().map(|record| record.text("id")).collect::<Vec<_>>(),
        [Some("ADMIN".to_owned()), Some("7".to_owned())]
    );
    let records =
        read("volume.list", &json!({"result": {"id": 1}, "metadata": {"ready": true}, "error": null}));
    assert_eq!(records.len(), 1);
    let records = read(
        "certificate.types",
        &json!({"result": {"codes": [{"id": 1}, {"id": 2}], "levels": []}, "metadata": {}, "error": null}),
    );
    assert_eq!(records.len(), 2);
    let records = read(
        "certificate.list",
        &json!({"result": [{"id": 1, "certificate": {"issued_to": {"CN": "box.example"}}}], "metadata": {}, "error": null}),
    );
    assert_eq!(records.get(0).and_then(|record| record.text("subject")).as_deref(), Some("box.example"));
}

#[test]
fn what_is_no_list_is_malformed() {
    let fixture = Fixture::new("infinibox");
    let target = fixture.target("volume.list");
    let read = |response| InfiniBox.read_page(target, &Query::default(), &response).expect_err("a failure");
    for body in [
        json!({"result": null, "metadata": {}, "error": null}),
        json!({"result": "x", "metadata": {}, "error": null}),
        json!("OK"),
    ] {
        let failure = read(json_response(200, &body));
        assert_eq!(failure.kind, FailureKind::Malformed);
        assert!(failure.message.contains("list was expected"), "{}", failure.message);
    }
    let html = crate::Response { status: 200, headers: Vec::new(), body: b"<html>".to_vec().into() };
    assert_eq!(read(html).kind, FailureKind::Malformed);
    let cut =
        crate::Response { status: 200, headers: Vec::new(), body: br#"{"result":[{"id":1"#.to_vec().into() };
    assert_eq!(read(cut).kind, FailureKind::Malformed);
}
