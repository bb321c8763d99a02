use boxdeck_dialect::{Answer, Body, Failure, FailureKind, Plan};
use serde_json::json;

use super::*;
use crate::operation::fixture::plan;

const ABOUT: About<'static> =
    About { system: "north", user: Some("admin"), resource: "things", parent: None };

fn unknown() -> Outcome {
    Outcome::Unknown { reason: "cut".to_owned() }
}

fn done() -> Outcome {
    Outcome::Done(Answer { result: json!({"password": "hunter2"}), ..Answer::default() })
}

fn entry(id: u64) -> Entry {
    entries().get_untracked().into_iter().find(|entry| entry.id == id).expect("an entry")
}

#[test]
fn a_plan_is_followed_to_its_end() {
    let id = begin(ABOUT, &plan("Change thing", 2), 1.0);
    assert_eq!((entry(id).standing(), entry(id).is_open()), (Standing::Running, true));
    sent(id, 0, false);
    ended(id, 0, &done(), false, 2.0);
    assert_eq!(entry(id).standing(), Standing::Running);
    sent(id, 1, false);
    let asked = Outcome::ApprovalRequired { code: "ASK".to_owned(), message: "Sure?".to_owned() };
    ended(id, 1, &asked, true, 3.0);
    let waiting = entry(id);
    assert_eq!((waiting.standing(), waiting.message().as_str()), (Standing::ApprovalRequired, "Sure?"));
    assert_eq!((waiting.code().as_deref(), waiting.is_open()), (Some("ASK"), false));
    sent(id, 1, true);
    assert_eq!(entry(id).standing(), Standing::Running);
    ended(id, 1, &done(), true, 4.0);
    stopped(id, 5.0);
    let done = entry(id);
    assert_eq!(
        (done.standing(), done.ended, done.approved.as_slice()),
        (Standing::Done, Some(4.0), &[1][..])
    );
}

#[test]
fn what_was_left_half_way_is_not_done() {
    let id = begin(ABOUT, &plan("Change thing", 2), 1.0);
    sent(id, 0, false);
    ended(id, 0, &done(), false, 2.0);
    stopped(id, 3.0);
    assert_eq!(entry(id).standing(), Standing::NotDone);
}

#[test]
fn no_secret_is_kept() {
    let id = begin(ABOUT, &plan("Change thing", 1), 1.0);
    sent(id, 0, false);
    ended(id, 0, &done(), true, 2.0);
    let entry = entry(id);
    assert_eq!(entry.requests(), ["PUT /things/7?key=%E2%80%A2%E2%80%A2%E2%80%A2&a=b"]);
    let kept = entry.plan.steps.first().expect("a step").request.clone();
    assert_eq!(kept.body, Body::Json(json!({"password": ""})));
    assert!(!format!("{:?}{:?}", kept.query, entry.steps).contains("hunter2"));
}

#[test]
fn a_lost_answer_is_open_until_reading_has_told() {
    let resource: Resource = serde_json::from_value(json!({
        "id": "things", "title": "Things", "singular": "thing", "area": "a", "fields": [], "operations": [
            {"id": "thing.delete", "kind": "delete", "method": "DELETE", "path": "/things/{id}", "title": "Delete"},
            {"id": "thing.change", "kind": "action", "method": "PUT", "path": "/things/{id}", "title": "Change"},
        ],
    }))
    .expect("a resource");
    let lost = |operation: &str| {
        let plan = Plan { operation: operation.to_owned(), ..plan("Delete thing", 1) };
        let id = begin(ABOUT, &plan, 1.0);
        sent(id, 0, false);
        ended(id, 0, &unknown(), true, 2.0);
        assert_eq!((entry(id).standing(), entry(id).is_open()), (Standing::Unknown, true));
        id
    };
    let there = || Settlement::Found(Arc::default());
    for (operation, settlement, standing) in [
        ("thing.delete", Settlement::Gone, Standing::Done),
        ("thing.delete", there(), Standing::NotDone),
        ("thing.delete", Settlement::Reading, Standing::Unknown),
        ("thing.change", there(), Standing::Unknown),
    ] {
        let id = lost(operation);
        read_back(id, &resource, &settlement);
        assert_eq!(entry(id).standing(), standing);
    }
}

#[test]
fn what_never_left_is_told_apart_from_what_was_refused() {
    let of = |kind| {
        let id = begin(ABOUT, &plan("Change thing", 1), 1.0);
        ended(id, 0, &Outcome::Refused(Failure::new(kind, "No.")), true, 2.0);
        entry(id).standing()
    };
    assert_eq!(of(FailureKind::NotSent), Standing::NotDone);
    assert_eq!(of(FailureKind::Conflict), Standing::Refused);
}

#[test]
fn old_entries_give_way_and_a_session_takes_its_own_along() {
    for number in 0..=MOST {
        begin(ABOUT, &plan(&number.to_string(), 1), 1.0);
    }
    let noted = entries().get_untracked();
    assert_eq!(noted.len(), MOST);
    assert_eq!(noted.first().map(|entry| entry.plan.title.as_str()), Some("1"));
    begin(About { system: "south", ..ABOUT }, &plan("Change thing", 1), 1.0);
    forget("north");
    assert_eq!(entries().get_untracked().len(), 1);
}
