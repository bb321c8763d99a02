//! The InfiniBox dialect against the simulator, which shares no code with it: what one writes the other has to understand.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::Path;

use boxdeck_catalog::{Catalog, OperationKind, Operator};
use boxdeck_dialect::{
    Authority, Body, Context, Dialect, Entry, FailureKind, Flow, InfiniBox, Inputs, ListTarget, Outcome,
    Plan, Progress, Query, Record, Request, Response, Session, SortKey, Term, Total, build,
};
use boxdeck_simulator::{Method, Settings, World, respond};
use serde_json::{Map, Value, json};

/// A browser with one tab: it sends what it is given and keeps cookies.
struct Browser {
    world: World,
    cookies: Vec<String>,
    keeps_cookies: bool,
}

impl Browser {
    fn new() -> Self {
        let settings = Settings { records: 300, ..Settings::default() };
        let kind = boxdeck_simulator::world::kind("infinibox").expect("the kind is simulated");
        Self { world: World::new(kind, &settings), cookies: Vec::new(), keeps_cookies: true }
    }

    fn send(&mut self, request: &Request) -> Response {
        let method = Method::parse(&request.method).expect("a method");
        let mut sent = boxdeck_simulator::Request::new(method, &request.path);
        sent.query.clone_from(&request.query);
        if let Body::Json(body) = &request.body {
            sent = sent.json(body);
        }
        for (name, value) in &request.headers {
            sent = sent.header(name, value);
        }
        if self.keeps_cookies && !self.cookies.is_empty() {
            sent = sent.header("cookie", &self.cookies.join("; "));
        }
        let response = respond(&mut self.world, &sent);
        for (_, value) in response.headers.iter().filter(|(name, _)| name == "set-cookie") {
            self.cookies.extend(value.split(';').next().map(str::to_owned));
        }
        Response { status: response.status, headers: response.headers, body: response.body.into() }
    }

    fn follow<T>(&mut self, flow: &mut dyn Flow<T>) -> Progress<T> {
        let mut progress = flow.start();
        while let Progress::Send(request) = progress {
            progress = flow.answer(&self.send(&request));
        }
        progress
    }

    fn sign_in(&mut self, password: &str) -> Result<Session, FailureKind> {
        let inputs = json!({"user": "admin", "password": password});
        let Progress::Done(Entry::Ask(challenge)) =
            self.follow(InfiniBox.knock(Some("admin"), &Map::new()).as_mut())
        else {
            panic!("the box is open")
        };
        let inputs = inputs.as_object().expect("an object");
        match self.follow(InfiniBox.sign_in(&challenge, inputs, &Map::new()).as_mut()) {
            Progress::Done(session) => Ok(session),
            Progress::Failed(failure) => Err(failure.kind),
            Progress::Send(_) => panic!("the flow has ended"),
        }
    }

    fn execute(
        &mut self,
        session: &Session,
        plan: &Plan,
        operation: &boxdeck_catalog::Operation,
    ) -> Vec<Outcome> {
        plan.steps
            .iter()
            .map(|step| {
                let mut request = step.request.clone();
                InfiniBox.authorize(session, &mut request);
                InfiniBox.read_outcome(operation, &self.send(&request))
            })
            .collect()
    }
}

fn catalog() -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs/infinibox");
    boxdeck_catalog::files::read_kind(&folder).expect("the catalog loads").catalog
}

fn target<'a>(catalog: &'a Catalog, resource: &str) -> ListTarget<'a> {
    let resource = catalog.resource(resource).expect("a resource");
    let operation = resource.first(OperationKind::List).expect("a list");
    ListTarget { resource, operation, parent: None }
}

fn page(
    browser: &mut Browser,
    context: Context<'_>,
    target: ListTarget<'_>,
    query: &Query,
) -> boxdeck_dialect::Page {
    let mut request = InfiniBox.list(context, target, query);
    InfiniBox.authorize(context.session, &mut request);
    InfiniBox.read_page(target, query, &browser.send(&request)).expect("a page")
}

fn term(field: &str, operator: Operator, values: &[&str]) -> Term {
    Term {
        field: field.to_owned(),
        operator,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

#[test]
fn signing_in_and_out() {
    let mut browser = Browser::new();
    assert_eq!(browser.sign_in("wrong"), Err(FailureKind::BadCredentials));
    let session = browser.sign_in("boxdeck-demo").expect("a session");
    assert_eq!((session.user.as_deref(), &session.authority), (Some("admin"), &Authority::Cookie));
    assert!(session.roles.contains(&"ADMIN".to_owned()));
    let catalog = catalog();
    let context = Context { catalog: &catalog, session: &session };
    assert!(!page(&mut browser, context, target(&catalog, "volumes"), &Query::default()).records.is_empty());
    let out = InfiniBox.sign_out(&session).expect("a request");
    assert_eq!(browser.send(&out).status, 200);
    let after = browser.follow(InfiniBox.knock(Some("admin"), &Map::new()).as_mut());
    assert!(matches!(after, Progress::Done(Entry::Ask(_))));
}

#[test]
fn without_cookies_the_password_goes_along() {
    let mut browser = Browser { keeps_cookies: false, ..Browser::new() };
    let session = browser.sign_in("boxdeck-demo").expect("a session");
    assert!(matches!(session.authority, Authority::Header { .. }));
    let catalog = catalog();
    let context = Context { catalog: &catalog, session: &session };
    assert!(!page(&mut browser, context, target(&catalog, "volumes"), &Query::default()).records.is_empty());
}

#[test]
fn pages_lead_through_the_whole_list() {
    let mut browser = Browser::new();
    let session = browser.sign_in("boxdeck-demo").expect("a session");
    let catalog = catalog();
    let context = Context { catalog: &catalog, session: &session };
    let volumes = target(&catalog, "volumes");
    let mut query = Query {
        sort: vec![SortKey { field: "name".to_owned(), descending: true }],
        page_size: Some(77),
        ..Query::default()
    };
    let mut names = Vec::new();
    let total = loop {
        let page = page(&mut browser, context, volumes, &query);
        names.extend(page.records.iter().filter_map(|record| record.text("name")));
        match page.next {
            Some(next) => query.position = next,
            None => break page.total,
        }
    };
    assert_eq!(total, Total::Exact(names.len() as u64));
    assert!(names.len() >= 300);
    let mut sorted = names.clone();
    sorted.sort_by_key(|name| std::cmp::Reverse(name.to_lowercase()));
    assert_eq!(names, sorted);
}

#[test]
fn filters_pick_what_they_say() {
    let mut browser = Browser::new();
    let session = browser.sign_in("boxdeck-demo").expect("a session");
    let catalog = catalog();
    let context = Context { catalog: &catalog, session: &session };
    let volumes = target(&catalog, "volumes");
    let all =
        page(&mut browser, context, volumes, &Query { page_size: Some(1000), ..Query::default() }).records;
    let ids: Vec<String> = all.iter().take(3).filter_map(|record| record.text("id")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut count =
        |filter: Vec<Term>| page(&mut browser, context, volumes, &Query { filter, ..Query::default() }).total;
    let exact = |count: usize| Total::Exact(count as u64);
    assert_eq!(count(vec![term("id", Operator::In, &ids)]), exact(3));
    assert_eq!(count(vec![term("id", Operator::In, ids.get(..1).expect("one"))]), exact(1));
    assert_eq!(count(vec![term("id", Operator::NotIn, &ids)]), exact(all.len() - 3));
    let numbers: Vec<i64> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    let (low, high) = (numbers.iter().min().expect("one"), numbers.iter().max().expect("one"));
    let (low, high) = (low.to_string(), high.to_string());
    assert_eq!(count(vec![term("id", Operator::Between, &[&low, &high])]), exact(3));
    let range = vec![term("id", Operator::Geq, &[&low]), term("id", Operator::Leq, &[&high])];
    assert_eq!(count(range), exact(3));
    assert_eq!(count(vec![term("id", Operator::Is, &[])]), exact(0));
    assert_eq!(count(vec![term("id", Operator::IsNot, &[])]), exact(all.len()));
}

#[test]
fn every_offered_filter_and_sort_is_taken() {
    let mut browser = Browser::new();
    let session = browser.sign_in("boxdeck-demo").expect("a session");
    let catalog = catalog();
    let context = Context { catalog: &catalog, session: &session };
    let mut refused = Vec::new();
    let mut tried = 0;
    for resource in &catalog.resources {
        let Some(operation) = resource.first(OperationKind::List) else { continue };
        if operation.path.contains('{')
            || operation.parameters.iter().any(|parameter| parameter.from.is_input())
        {
            continue;
        }
        let target = ListTarget { resource, operation, parent: None };
        let mut ask = |query: &Query, what: &str| {
            let request = InfiniBox.list(context, target, query);
            match InfiniBox.read_page(target, query, &browser.send(&request)) {
                Ok(_) => tried += 1,
                // Not simulated (yet).
                Err(failure) if failure.code.as_deref() == Some("UNKNOWN_PATH") => {}
                Err(failure) => refused.push(format!("{} {what}: {:?}", resource.id, failure.message)),
            }
        };
        ask(&Query::default(), "plain");
        for field in &resource.fields {
            for operator in InfiniBox.operators(&catalog, target, &field.name) {
                let value = match &field.field_type {
                    boxdeck_catalog::FieldType::Enum(choices) => {
                        choices.first().map_or("x", |choice| &choice.value)
                    }
                    boxdeck_catalog::FieldType::Boolean => "true",
                    boxdeck_catalog::FieldType::Text if field.example.is_empty() => "x",
                    boxdeck_catalog::FieldType::Text => field.example.as_str(),
                    _ => "1",
                };
                let count = match operator {
                    Operator::Is | Operator::IsNot => 0,
                    Operator::In | Operator::NotIn | Operator::Between => 2,
                    _ => 1,
                };
                let filter = vec![term(&field.name, operator, &vec![value; count])];
                ask(&Query { filter, ..Query::default() }, &format!("{} {}", field.name, operator.name()));
            }
            if field.sort {
                let sort = vec![SortKey { field: field.name.clone(), descending: true }];
                ask(&Query { sort, ..Query::default() }, &format!("sort {}", field.name));
            }
        }
    }
    assert!(tried > 100, "only {tried} were taken");
    assert!(refused.is_empty(), "{} of {}:\n{}", refused.len(), tried + refused.len(), refused.join("\n"));
}

#[test]
fn a_volume_is_created_changed_and_deleted_with_approval() {
    let mut browser = Browser::new();
    let session = browser.sign_in("boxdeck-demo").expect("a session");
    let catalog = catalog();
    let context = Context { catalog: &catalog, session: &session };
    let volumes = catalog.resource("volumes").expect("volumes");
    let pool = page(&mut browser, context, target(&catalog, "pools"), &Query::default()).records.get(0);
    let pool = pool.expect("a pool");
    let operation = |kind| volumes.first(kind).expect("an operation");
    let inputs =
        |body: Value| Inputs { body: body.as_object().cloned().unwrap_or_default(), ..Inputs::default() };

    let create = operation(OperationKind::Create);
    let given = inputs(
        json!({"name": "a volume of ours", "size": 2_000_000_000_u64 / 512 * 512, "pool_id": pool.get("id"), "provtype": "THIN"}),
    );
    let plan = build(&InfiniBox, context, volumes, create, None, None, None, &given).expect("a plan");
    let outcomes = browser.execute(&session, &plan, create);
    let [Outcome::Done(answer)] = outcomes.as_slice() else { panic!("{outcomes:?}") };
    let made = Record(answer.result.as_object().cloned().expect("a record"));

    let get = operation(OperationKind::Get);
    let key = made.key(volumes).expect("a key");
    let read = |browser: &mut Browser| {
        let request = InfiniBox.get(context, volumes, get, None, &key);
        InfiniBox.read_record(volumes, &browser.send(&request))
    };
    let record = read(&mut browser).expect("the volume");

    let update = operation(OperationKind::Update);
    let given = inputs(json!({"name": "renamed", "size": 3_000_000_000_u64 / 512 * 512}));
    let plan =
        build(&InfiniBox, context, volumes, update, Some(&record), None, None, &given).expect("a plan");
    assert_eq!(plan.steps.len(), 2);
    let outcomes = browser.execute(&session, &plan, update);
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Done(_))), "{outcomes:?}");
    let record = read(&mut browser).expect("the volume");
    assert_eq!(record.text("name").as_deref(), Some("renamed"));

    let delete = operation(OperationKind::Delete);
    let plan = build(&InfiniBox, context, volumes, delete, Some(&record), None, None, &Inputs::default())
        .expect("a plan");
    let outcomes = browser.execute(&session, &plan, delete);
    assert!(matches!(outcomes.as_slice(), [Outcome::ApprovalRequired { .. }]), "{outcomes:?}");
    assert!(read(&mut browser).is_ok());
    let request = &plan.steps.first().expect("a step").request;
    let approved = InfiniBox.approve(request).expect("the kind has approvals");
    assert!(matches!(InfiniBox.read_outcome(delete, &browser.send(&approved)), Outcome::Done(_)));
    assert_eq!(read(&mut browser).expect_err("gone").kind, FailureKind::NotFound);
}

#[test]
fn refusals_blame_fields() {
    let mut browser = Browser::new();
    browser.sign_in("boxdeck-demo").expect("a session");
    let catalog = catalog();
    let volumes = catalog.resource("volumes").expect("volumes");
    let create = volumes.first(OperationKind::Create).expect("a create");
    for (body, field) in [
        (json!({"size": 2_000_000_000_u64 / 512 * 512, "pool_id": 1}), "name"),
        (json!({"name": "x".repeat(70), "size": 2_000_000_000_u64 / 512 * 512, "pool_id": 1}), "name"),
        (json!({"name": "x", "size": "much", "pool_id": 1}), "size"),
    ] {
        let request = Request {
            method: "POST".to_owned(),
            path: create.path.clone(),
            body: Body::Json(body),
            ..Request::default()
        };
        let Outcome::Refused(failure) = InfiniBox.read_outcome(create, &browser.send(&request)) else {
            panic!("taken")
        };
        let names: Vec<&str> = failure.fields.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(names, [field], "{}", failure.message);
    }
}
