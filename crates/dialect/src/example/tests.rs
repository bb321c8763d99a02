//! Everything that a person does with lockers, from the catalog to the service and back.

use std::path::{Path, PathBuf};

use boxdeck_catalog::files;
use serde_json::{Map, Value, json};

use super::service::{PASSWORD, Service};
use super::*;
use crate::{Inputs, Progress, blocked, build};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/example/catalog")
}

/// Somebody at the house of lockers.
struct Keeper {
    catalog: Catalog,
    session: Session,
    service: Service,
}

impl Keeper {
    fn sign_in(password: &str) -> Result<Self, Failure> {
        let catalog = files::read_kind(&folder()).expect("the catalog loads").catalog;
        let mut service = Service::new();
        let Progress::Done(Entry::Ask(challenge)) = Lockers.knock(Some("kim"), &Map::new()).start() else {
            panic!("nobody is in before signing in");
        };
        let typed = [("user".to_owned(), json!("kim")), ("password".to_owned(), json!(password))];
        let mut flow = Lockers.sign_in(&challenge, &Map::from_iter(typed), &Map::new());
        let mut progress = flow.start();
        loop {
            progress = match progress {
                Progress::Send(request) => flow.answer(&service.respond(&request)),
                Progress::Failed(failure) => return Err(failure),
                Progress::Done(session) => return Ok(Self { catalog, session, service }),
            };
        }
    }

    fn send(&mut self, mut request: Request) -> Response {
        Lockers.authorize(&self.session, &mut request);
        self.service.respond(&request)
    }

    fn parts(&self, id: &str) -> (Resource, Operation) {
        let found = self.catalog.operations().find(|(_, operation)| operation.id == id);
        let (resource, operation) = found.expect("an operation");
        (resource.clone(), operation.clone())
    }

    fn list(&mut self, query: &Query) -> Page {
        let (resource, operation) = self.parts("locker.list");
        let target = ListTarget { resource: &resource, operation: &operation, parent: None };
        let context = Context { catalog: &self.catalog, session: &self.session };
        let response = self.send(Lockers.list(context, target, query));
        Lockers.read_page(target, query, &response).expect("a page")
    }

    fn get(&mut self, key: &str) -> Result<Record, Failure> {
        let (resource, operation) = self.parts("locker.get");
        let context = Context { catalog: &self.catalog, session: &self.session };
        let response = self.send(Lockers.get(context, &resource, &operation, None, key));
        Lockers.read_record(&resource, &response)
    }

    /// Performs an operation by its plan, whether or not the console would offer it.
    fn perform(&mut self, id: &str, record: Option<&Record>, typed: &Value) -> Outcome {
        let (resource, operation) = self.parts(id);
        let inputs = Inputs { body: typed.as_object().cloned().unwrap_or_default(), ..Inputs::default() };
        let context = Context { catalog: &self.catalog, session: &self.session };
        let plan =
            build(&Lockers, context, &resource, &operation, record, None, None, &inputs).expect("a plan");
        let [step] = plan.steps.as_slice() else { panic!("one request: {plan:?}") };
        let response = self.send(step.request.clone());
        Lockers.read_outcome(&operation, &response)
    }
}

fn names(page: &Page) -> Vec<String> {
    page.records.iter().filter_map(|record| record.text("name")).collect()
}

#[test]
fn the_dialect_is_short() {
    let lines = [include_str!("../example.rs"), include_str!("session.rs")].map(|source| {
        let code = source.lines().map(str::trim);
        code.filter(|line| !line.is_empty() && !line.starts_with("//")).count()
    });
    assert!(lines.iter().sum::<usize>() < 200, "{lines:?}");
}

#[test]
fn who_has_the_wrong_key_stays_outside() {
    let failure = Keeper::sign_in("guess").err().expect("a refusal");
    assert_eq!(failure.kind, FailureKind::BadCredentials);
    assert_eq!(failure.message, "Nobody here knows you.");
    let failure = Keeper::sign_in("").err().expect("a refusal");
    assert_eq!(failure.fields.first().map(|fault| fault.field.as_str()), Some("password"));
}

#[test]
fn pages_follow_the_links_and_totals_are_honest() {
    let mut keeper = Keeper::sign_in(PASSWORD).expect("a session");
    let mut query = Query { page_size: Some(2), ..Query::default() };
    let first = keeper.list(&query);
    assert_eq!(first.total, Total::AtLeast(2));
    let mut seen = names(&first);
    let mut next = first.next;
    while let Some(position) = next {
        query.position = position;
        let page = keeper.list(&query);
        assert_eq!(page.total, Total::Unknown);
        seen.extend(names(&page));
        next = page.next;
    }
    assert_eq!(seen, ["door-1", "door-2", "door-3", "door-4", "door-5"]);

    let taken = Term { field: "state".to_owned(), operator: Operator::Eq, values: vec!["taken".to_owned()] };
    let page = keeper.list(&Query { filter: vec![taken], ..Query::default() });
    assert_eq!((names(&page), page.total, page.next), (vec!["door-3".to_owned()], Total::Exact(1), None));
}

#[test]
fn a_locker_is_made_changed_and_removed() {
    let mut keeper = Keeper::sign_in(PASSWORD).expect("a session");
    let made = keeper.perform("locker.create", None, &json!({"name": "east-01", "height": 60}));
    let Outcome::Done(answer) = made else { panic!("{made:?}") };
    assert_eq!(answer.result.get("id"), Some(&json!("l6")));

    let before = keeper.get("l6").expect("the locker");
    let changed = keeper.perform("locker.update", Some(&before), &json!({"name": "east-01", "height": 80}));
    assert!(matches!(changed, Outcome::Done(_)), "{changed:?}");
    assert_eq!(keeper.service.locker("l6").and_then(|locker| locker.get("height")), Some(&json!(80)));

    let removed = keeper.perform("locker.delete", Some(&before), &json!({}));
    assert!(matches!(removed, Outcome::Done(_)), "{removed:?}");
    assert!(keeper.service.locker("l6").is_none());
    let gone = keeper.get("l6").expect_err("it is gone");
    assert_eq!((gone.kind, gone.status), (FailureKind::NotFound, Some(404)));
}

#[test]
fn what_cannot_be_done_is_said_before_and_by_the_service() {
    let mut keeper = Keeper::sign_in(PASSWORD).expect("a session");
    let taken = keeper.get("l3").expect("the locker");
    let (_, delete) = keeper.parts("locker.delete");
    let context = Context { catalog: &keeper.catalog, session: &keeper.session };
    let reason = blocked(context, &delete, Some(&taken)).map(|reason| reason.to_string());
    assert_eq!(reason.as_deref(), Some("Somebody's parcel is in it."));
    let Outcome::Refused(failure) = keeper.perform("locker.delete", Some(&taken), &json!({})) else {
        panic!("a parcel is in it");
    };
    assert_eq!((failure.kind, failure.message.as_str()), (FailureKind::Conflict, "A parcel is in it."));

    let twice = keeper.perform("locker.create", None, &json!({"name": "door-1", "height": 40}));
    let Outcome::Refused(failure) = twice else { panic!("{twice:?}") };
    let fault = FieldFault { field: "name".to_owned(), message: "is on another door".to_owned() };
    assert_eq!(failure.fields, [fault]);

    let guest = Session { roles: vec!["guest".to_owned()], ..keeper.session.clone() };
    let context = Context { catalog: &keeper.catalog, session: &guest };
    assert!(blocked(context, &delete, None).is_some());
}

#[test]
fn who_has_signed_out_is_asked_again_and_a_proxys_error_leaves_a_write_open() {
    let mut keeper = Keeper::sign_in(PASSWORD).expect("a session");
    let leave = Lockers.sign_out(&keeper.session).expect("a way out");
    assert_eq!(keeper.send(leave).status, 204);
    assert_eq!(keeper.get("l1").expect_err("nobody is in").kind, FailureKind::SignedOut);

    let (_, create) = keeper.parts("locker.create");
    let of_proxy =
        Response { status: 502, body: b"<h1>Bad gateway</h1>".to_vec().into(), ..Response::default() };
    assert!(matches!(Lockers.read_outcome(&create, &of_proxy), Outcome::Unknown { .. }));
}
