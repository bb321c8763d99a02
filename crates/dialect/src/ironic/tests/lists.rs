use boxdeck_catalog::Operator;
use serde_json::{Value, json};

use crate::fixture::{Fixture, json_response};
use crate::{Dialect, FailureKind, Ironic, Position, Query, Request, Response, SortKey, Term, Total};

const VERSION: (&str, &str) = ("X-OpenStack-Ironic-API-Version", "1.90");

fn fixture() -> Fixture {
    let mut fixture = Fixture::new("ironic");
    fixture.session.version = Some("1.90".to_owned());
    fixture
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn list(id: &str, query: &Query) -> Request {
    let fixture = fixture();
    Ironic.list(fixture.context(), fixture.target(id), query)
}

fn by_node(node: &str) -> Term {
    Term { field: "node_uuid".to_owned(), operator: Operator::Eq, values: vec![node.to_owned()] }
}

#[test]
fn every_part_of_a_query_reaches_the_wire() {
    let query = Query {
        filter: vec![
            by_node("bm-001"),
            by_node("bm-002"),
            Term { field: "volume_id".to_owned(), operator: Operator::Eq, values: vec!["v".to_owned()] },
            Term { field: "node_uuid".to_owned(), operator: Operator::Neq, values: vec!["n".to_owned()] },
        ],
        sort: vec![
            SortKey { field: "node_uuid".to_owned(), descending: false },
            SortKey { field: "boot_index".to_owned(), descending: true },
            SortKey { field: "uuid".to_owned(), descending: false },
        ],
        position: Position::After("u9".to_owned()),
        page_size: Some(20),
        columns: vec!["volume_id".to_owned()],
    };
    let request = list("target.list", &query);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/v1/volume/targets"));
    assert_eq!(
        request.query,
        pairs(&[
            ("detail", "true"),
            ("node", "bm-001"),
            ("sort_key", "boot_index"),
            ("sort_dir", "desc"),
            ("marker", "u9"),
            ("limit", "20")
        ])
    );
    assert_eq!(request.headers, pairs(&[VERSION]));
}

#[test]
fn fields_and_detail_are_never_sent_together() {
    let request = list("target.list_plain", &Query::default());
    assert_eq!(request.query, pairs(&[("limit", "100"), ("fields", "volume_id,node_uuid,uuid")]));
    let request = list("target.list", &Query::default());
    assert_eq!(request.query, pairs(&[("detail", "true"), ("limit", "100")]));
    let fixture = fixture();
    assert!(!Ironic.list_abilities(fixture.target("target.list")).selects_fields);
    assert!(Ironic.list_abilities(fixture.target("target.list_plain")).selects_fields);
}

#[test]
fn only_the_node_can_be_filtered_by() {
    let fixture = fixture();
    let of = |field: &str| Ironic.operators(&fixture.catalog, fixture.target("target.list"), field);
    assert_eq!(of("node_uuid"), [Operator::Eq]);
    assert!(of("volume_id").is_empty());
    assert_eq!(Ironic.list_abilities(fixture.target("target.list")).sort_keys, 1);
}

fn page(query: &Query, body: &Value) -> crate::Page {
    let fixture = fixture();
    Ironic.read_page(fixture.target("target.list"), query, &json_response(200, body)).expect("a page")
}

fn rows(from: u32, count: u32) -> Vec<Value> {
    (from..from + count)
        .map(|index| json!({"uuid": format!("u{index}"), "boot_index": index, "links": []}))
        .collect()
}

#[test]
fn next_gives_only_the_mark() {
    let query = Query { filter: vec![by_node("n")], page_size: Some(2), ..Query::default() };
    let next = "http://10.0.0.9:6385/v1/volume/targets?limit=2&marker=u1&sort_key=id";
    let first = page(&query, &json!({"targets": rows(0, 2), "next": next}));
    assert_eq!(first.next, Some(Position::After("u1".to_owned())));
    assert_eq!(first.total, Total::AtLeast(2));
    // The next request has our own filter, which the service's link has forgotten.
    let request = list("target.list", &Query { position: Position::After("u1".to_owned()), ..query.clone() });
    assert!(request.query.contains(&("node".to_owned(), "n".to_owned())));
    assert_eq!((request.path.as_str(), request.origin), ("/v1/volume/targets", None));
    let later = Query { position: Position::After("u1".to_owned()), ..query };
    let last = page(&later, &json!({"targets": rows(2, 1)}));
    assert_eq!((last.next, last.total), (None, Total::Unknown));
    // A full page may be followed by an empty one.
    let empty = page(&later, &json!({"targets": []}));
    assert_eq!((empty.next, empty.total, empty.records.len()), (None, Total::Unknown, 0));
}

#[test]
fn a_first_page_without_next_is_all_there_is() {
    let all = page(&Query::default(), &json!({"targets": rows(0, 3)}));
    assert_eq!((all.next, all.total, all.page_size), (None, Total::Exact(3), 100));
}

#[test]
fn a_silently_cut_page_tells_its_size() {
    let query = Query { page_size: Some(100), ..Query::default() };
    let cut =
        page(&query, &json!({"targets": rows(0, 20), "next": "/v1/volume/targets?limit=20&marker=u19"}));
    assert_eq!((cut.page_size, cut.next), (20, Some(Position::After("u19".to_owned()))));
    let without_mark = page(&query, &json!({"targets": rows(0, 20), "next": "/v1/volume/targets"}));
    assert_eq!(without_mark.next, Some(Position::After("u19".to_owned())));
}

#[test]
fn rows_are_found_under_other_names() {
    let page = page(&Query::default(), &json!({"volume_targets": rows(0, 1), "links": []}));
    assert_eq!(page.records.len(), 1);
    let fixture = fixture();
    for body in [json!({"a": [], "b": []}), json!({"links": []}), json!("x"), json!(null)] {
        let failure = Ironic
            .read_page(fixture.target("target.list"), &Query::default(), &json_response(200, &body))
            .expect_err("a failure");
        assert_eq!(failure.kind, FailureKind::Malformed, "{body}");
        assert!(failure.message.contains("list of targets"));
    }
}

#[test]
fn records_are_bare_and_asked_for_with_a_version() {
    let fixture = fixture();
    let (resource, operation) = fixture.operation("target.get");
    let request = Ironic.get(fixture.context(), resource, operation, None, "u 1");
    assert_eq!((request.path.as_str(), request.headers), ("/v1/volume/targets/u%201", pairs(&[VERSION])));
    let body = br#"{"uuid":"u1","boot_index":9007199254740993,"properties":{"auth_password":"******"}}"#;
    let record = Ironic
        .read_record(resource, &Response { status: 200, headers: Vec::new(), body: body.to_vec().into() })
        .expect("a record");
    assert_eq!(record.text("boot_index").as_deref(), Some("9007199254740993"));
    let list = Ironic.read_record(resource, &json_response(200, &json!([]))).expect_err("a failure");
    assert_eq!(list.kind, FailureKind::Malformed);
}
