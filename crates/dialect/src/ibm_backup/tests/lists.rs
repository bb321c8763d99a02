//! Lists against the simulator: every way of paging leads through the whole list, and totals are honest.

use std::path::Path;

use boxdeck_catalog::{Catalog, Operator};
use boxdeck_simulator::clock::Clock;
use boxdeck_simulator::{Method, Settings, World, respond};
use serde_json::{Map, Value, json};

use crate::{
    Body, Context, Dialect, Flow, IbmBackup, ListTarget, Page, Position, Progress, Query, Record, Request,
    Response, Session, Term, Total,
};

pub(super) const TENANT: &str = "bx7deck042/";
const NOW: i64 = 1_780_000_000_000;

/// A catalog, a session, and the service.
pub(super) struct Bench {
    pub(super) catalog: Catalog,
    pub(super) session: Session,
    pub(super) world: World,
}

impl Bench {
    pub(super) fn new() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs/ibm-backup");
        let catalog = boxdeck_catalog::files::read_kind(&folder).expect("the catalog loads").catalog;
        let kind = boxdeck_simulator::world::kind("ibm-backup").expect("the kind is simulated");
        let settings = Settings { clock: Clock::Fixed(NOW), ..Settings::default() };
        let mut bench = Self { catalog, session: Session::default(), world: World::new(kind, &settings) };
        let inputs = json!({"api_key": "boxdeck-demo", "tenant": TENANT});
        let mut flow = IbmBackup.sign_in(
            &crate::Challenge::default(),
            inputs.as_object().expect("an object"),
            &Map::new(),
        );
        bench.session = match bench.follow(flow.as_mut()) {
            Progress::Done(session) => session,
            other => panic!("{other:?}"),
        };
        bench
    }

    pub(super) fn follow<T>(&mut self, flow: &mut dyn Flow<T>) -> Progress<T> {
        let mut progress = flow.start();
        while let Progress::Send(request) = progress {
            progress = flow.answer(&self.send(&request));
        }
        progress
    }

    pub(super) fn send(&mut self, request: &Request) -> Response {
        let method = Method::parse(&request.method).expect("a method");
        let mut sent = boxdeck_simulator::Request::new(method, &request.target());
        match &request.body {
            Body::Json(body) => sent = sent.json(body),
            Body::Form(pairs) => sent.body = crate::http::encode_pairs(pairs).into_bytes(),
            _ => {}
        }
        for (name, value) in &request.headers {
            sent = sent.header(name, value);
        }
        let response = respond(&mut self.world, &sent);
        Response { status: response.status, headers: response.headers, body: response.body.into() }
    }

    pub(super) fn page(&mut self, list: &str, parent: Option<&str>, query: &Query) -> Page {
        let (resource, operation) =
            self.catalog.operations().find(|(_, operation)| operation.id == list).expect("the list");
        let target = ListTarget { resource, operation, parent };
        let context = Context { catalog: &self.catalog, session: &self.session };
        let mut request = IbmBackup.list(context, target, query);
        IbmBackup.authorize(&self.session, &mut request);
        let (catalog, id) = (self.catalog.clone(), operation.id.clone());
        let response = self.send(&request);
        let (resource, operation) =
            catalog.operations().find(|(_, operation)| operation.id == id).expect("the list");
        IbmBackup.read_page(ListTarget { resource, operation, parent }, query, &response).expect("a page")
    }

    /// The id of the group of that name.
    pub(super) fn group(&mut self, name: &str) -> String {
        let query = Query { filter: vec![term("name", Operator::Eq, &[name])], ..Query::default() };
        let page = self.page("get_protection_groups", None, &query);
        page.records.get(0).and_then(|group| group.text("id")).expect("the group")
    }

    /// The request of a list.
    fn request(&self, list: &str, filter: Vec<Term>) -> Request {
        let (resource, operation) =
            self.catalog.operations().find(|(_, operation)| operation.id == list).expect("the list");
        let target = ListTarget { resource, operation, parent: Some("1:2:3") };
        let context = Context { catalog: &self.catalog, session: &self.session };
        IbmBackup.list(context, target, &Query { filter, ..Query::default() })
    }
}

fn term(field: &str, operator: Operator, values: &[&str]) -> Term {
    Term {
        field: field.to_owned(),
        operator,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

/// Every page of a list, with the total of each.
fn walk(bench: &mut Bench, list: &str, parent: Option<&str>, mut query: Query) -> (Vec<Record>, Vec<Total>) {
    let (mut records, mut totals) = (Vec::new(), Vec::new());
    loop {
        let page = bench.page(list, parent, &query);
        assert!(page.records.len() <= query.page_size.map_or(1000, |size| size as usize));
        records.extend(page.records);
        totals.push(page.total);
        match page.next {
            Some(next) => query.position = next,
            None => return (records, totals),
        }
        assert!(totals.len() < 200, "the list comes to no end");
    }
}

fn distinct(records: &[Record], field: &str) -> usize {
    let mut keys: Vec<_> = records.iter().filter_map(|record| record.text(field)).collect();
    keys.sort();
    keys.dedup();
    keys.len()
}

#[test]
fn windows_of_time_lead_through_all_runs_with_one_total() {
    let mut bench = Bench::new();
    let group = bench.group("databases");
    for size in [1, 17, 100, 126, 200] {
        let query = Query { page_size: Some(size), ..Query::default() };
        let (runs, totals) = walk(&mut bench, "get_protection_group_runs", Some(&group), query);
        assert_eq!((runs.len(), distinct(&runs, "id")), (126, 126), "pages of {size}");
        assert!(totals.iter().all(|total| *total == Total::Exact(126)), "{totals:?}");
    }
}

#[test]
fn a_window_that_is_asked_for_stays_the_window() {
    let mut bench = Bench::new();
    let group = bench.group("databases");
    let (from, to) = ((NOW - 50 * 3_600_000) * 1000, (NOW - 20 * 3_600_000) * 1000);
    let query = Query {
        filter: vec![
            term("startTimeUsecs", Operator::Between, &[&from.to_string(), &to.to_string()]),
            term("runType", Operator::Eq, &["kLog"]),
        ],
        page_size: Some(7),
        ..Query::default()
    };
    let (runs, totals) = walk(&mut bench, "get_protection_group_runs", Some(&group), query);
    assert_eq!((runs.len(), totals.len()), (30, 5));
    let starts = runs.iter().filter_map(|run| run.get("startTimeUsecs").and_then(Value::as_i64));
    assert!(starts.into_iter().all(|start| (from..=to).contains(&start)));
    assert!(totals.iter().all(|total| *total == Total::Exact(30)), "{totals:?}");
}

#[test]
fn runs_are_asked_for_from_the_beginning_of_time() {
    let bench = Bench::new();
    let request = bench.request("get_protection_group_runs", Vec::new());
    assert_eq!(request.path, "/v2/data-protect/protection-groups/1%3A2%3A3/runs");
    assert!(request.query.contains(&("startTimeUsecs".to_owned(), "1".to_owned())), "{:?}", request.target());
    assert_eq!(request.headers, [("requestInitiatorType".to_owned(), "UIUser".to_owned())]);
}

#[test]
fn each_place_has_its_own_words_for_types_of_runs() {
    let bench = Bench::new();
    let sent = |list: &str, values: &[&str]| {
        let request = bench.request(list, vec![term("runType", Operator::In, values)]);
        let found = request.query.into_iter().find(|(name, _)| name == "runTypes");
        found.map(|(_, value)| value).unwrap_or_default()
    };
    assert_eq!(sent("get_protection_group_runs", &["kRegular", "kFull"]), "kIncremental,kFull");
    assert_eq!(sent("get_protection_group_runs", &["kAll"]), "kAll");
    assert_eq!(sent("get_object_snapshots", &["kRegular", "kFull"]), "kRegular,kFull");
    let choices = |operation: &str, field: &str| {
        let (resource, operation) =
            bench.catalog.operations().find(|(_, one)| one.id == operation).expect("the operation");
        let inputs = crate::input_fields(resource, operation);
        let input = inputs.iter().find(|input| input.field.name == field).expect("the input");
        match &input.field.field_type {
            boxdeck_catalog::FieldType::Enum(choices) => {
                choices.iter().map(|choice| choice.value.clone()).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        }
    };
    assert!(choices("create_protection_group_run", "runType").contains(&"kRegular".to_owned()));
}

#[test]
fn marks_lead_through_objects_and_nothing_counts_them() {
    let mut bench = Bench::new();
    let query = Query { page_size: Some(5), ..Query::default() };
    let (objects, totals) = walk(&mut bench, "search_objects", None, query);
    assert_eq!((objects.len(), distinct(&objects, "id")), (13, 13));
    assert_eq!(totals, [Total::AtLeast(5), Total::Unknown, Total::Unknown]);
    let (all, totals) = walk(&mut bench, "search_objects", None, Query::default());
    assert_eq!((all.len(), totals), (13, vec![Total::Exact(13)]));
}

#[test]
fn marks_inside_the_body_lead_through_files_and_all_are_counted() {
    let mut bench = Bench::new();
    let filter =
        vec![term("name", Operator::Like, &["report*"]), term("type", Operator::In, &["File", "Symlink"])];
    let request = bench.request("search_indexed_files", filter.clone());
    let Body::Json(body) = &request.body else { panic!("no body") };
    assert_eq!(
        *body,
        json!({
            "objectType": "Files",
            "fileParams": {"searchString": "report*", "types": ["File", "Symlink"]},
            "count": 100,
        })
    );
    let (all, totals) =
        walk(&mut bench, "search_indexed_files", None, Query { filter: filter.clone(), ..Query::default() });
    assert_eq!(totals, [Total::Exact(all.len() as u64)]);
    let query = Query { filter, page_size: Some(2), ..Query::default() };
    let (some, totals) = walk(&mut bench, "search_indexed_files", None, query);
    assert_eq!(some, all);
    assert!(totals.len() > 1 && totals.iter().all(|total| *total == Total::Exact(all.len() as u64)));
    let by_id =
        bench.request("search_indexed_files", vec![term("objectId", Operator::Eq, &["9007199254740993"])]);
    let Body::Json(body) = by_id.body else { panic!("no body") };
    assert_eq!(body["fileParams"]["objectIds"].to_string(), "[9007199254740993]");
}

#[test]
fn protected_objects_are_counted_beyond_what_is_sent() {
    let mut bench = Bench::new();
    let page =
        bench.page("search_protected_objects", None, &Query { page_size: Some(2), ..Query::default() });
    assert_eq!((page.records.len(), page.total, page.next), (2, Total::Exact(7), None));
}

#[test]
fn one_parameter_takes_one_term_and_no_commas() {
    let bench = Bench::new();
    let filter = vec![
        term("name", Operator::In, &["a", "b"]),
        term("name", Operator::Eq, &["c"]),
        term("policyId", Operator::Eq, &["1,2"]),
        term("isPaused", Operator::Eq, &["true"]),
        term("includeGroupsWithDatalockOnly", Operator::Eq, &["true"]),
    ];
    let (resource, operation) =
        bench.catalog.operations().find(|(_, one)| one.id == "get_protection_groups").expect("the list");
    let target = ListTarget { resource, operation, parent: None };
    assert_eq!(IbmBackup.applied(&bench.catalog, target, &filter), [true, false, false, true, true]);
    let request = bench.request("get_protection_groups", filter);
    let pairs: Vec<_> = request.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(
        pairs,
        ["includeLastRunInfo=true", "names=a,b", "isPaused=true", "includeGroupsWithDatalockOnly=true"]
    );
}

#[test]
fn a_mark_that_means_nothing_is_no_mark() {
    let bench = Bench::new();
    let (resource, operation) =
        bench.catalog.operations().find(|(_, one)| one.id == "get_protection_group_runs").expect("the list");
    let target = ListTarget { resource, operation, parent: Some("1:2:3") };
    let context = Context { catalog: &bench.catalog, session: &bench.session };
    let query = Query { position: Position::After("garbage".to_owned()), ..Query::default() };
    let request = IbmBackup.list(context, target, &query);
    assert!(request.query.iter().all(|(name, _)| name != "endTimeUsecs"));
}
