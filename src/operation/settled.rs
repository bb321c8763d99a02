//! Whether something whose answer was lost has happened, as far as reading back can tell.

use std::sync::Arc;

use boxdeck_catalog::OperationKind;
use boxdeck_dialect::plan::same;
use boxdeck_dialect::{Change, Outcome, Plan, Record};
use serde_json::Value;

use super::run::{Settlement, StepState};

/// What reading back has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It was done.
    Happened,
    /// It was not done.
    DidNotHappen,
    /// The record does not show it.
    CannotTell,
}

/// What reading back says about the steps of a plan whose answers were lost; `None` while nothing was read.
pub fn judged(
    kind: OperationKind,
    plan: &Plan,
    steps: &[StepState],
    settlement: &Settlement,
) -> Option<Verdict> {
    match settlement {
        Settlement::Open | Settlement::Reading | Settlement::Failed(_) => None,
        Settlement::Gone => Some(verdict(kind, plan, steps, None)),
        Settlement::Found(record) => Some(verdict(kind, plan, steps, Some(record))),
        Settlement::Looked { like, sure } => Some(made_anew(plan, like, *sure)),
    }
}

/// Whether a creation shows among the records that bear its marks.
fn made_anew(plan: &Plan, like: &[Arc<Record>], sure: bool) -> Verdict {
    match anew(plan, like) {
        Some(_) => Verdict::Happened,
        None if like.is_empty() && sure => Verdict::DidNotHappen,
        None => Verdict::CannotTell,
    }
}

/// The record that is taken for what was to be made: one with all of the planned values, as what is wanted is there. One
/// with others may have been there before, or the box has rounded what it was given.
pub fn anew<'a>(plan: &Plan, like: &'a [Arc<Record>]) -> Option<&'a Arc<Record>> {
    like.iter().find(|record| {
        let mut changes = plan.steps.iter().flat_map(|step| &step.changes);
        changes.all(|change| !can_tell(change, record) || holds(record, change, Some(&change.new)))
    })
}

/// What a record, or its absence, says about the steps of a plan whose answers were lost. What was done for certain, or never
/// sent, is not in doubt and is not judged.
pub fn verdict(kind: OperationKind, plan: &Plan, steps: &[StepState], record: Option<&Record>) -> Verdict {
    match (kind, record) {
        (OperationKind::Delete, None) => Verdict::Happened,
        (OperationKind::Delete, Some(_)) => Verdict::DidNotHappen,
        (OperationKind::Update, Some(record)) => {
            let in_doubt = plan.steps.iter().zip(steps).filter(|(_, state)| is_in_doubt(state));
            let changes = in_doubt.flat_map(|(step, _)| &step.changes);
            let telling: Vec<&Change> = changes.filter(|change| can_tell(change, record)).collect();
            if telling.is_empty() {
                Verdict::CannotTell
            } else if telling.iter().all(|change| holds(record, change, Some(&change.new))) {
                Verdict::Happened
            } else if telling.iter().all(|change| holds(record, change, change.old.as_ref())) {
                Verdict::DidNotHappen
            } else {
                // Neither: the box may have rounded what it was given, or someone else has changed it since.
                Verdict::CannotTell
            }
        }
        _ => Verdict::CannotTell,
    }
}

/// Names of the changed fields that already hold what was planned.
pub fn made(plan: &Plan, record: &Record) -> Vec<String> {
    let changes = plan.steps.iter().flat_map(|step| &step.changes);
    let made = changes.filter(|change| can_tell(change, record) && holds(record, change, Some(&change.new)));
    made.map(|change| change.field.clone()).collect()
}

/// Whether a step was sent and may be done although the box has not said so.
const fn is_in_doubt(state: &StepState) -> bool {
    matches!(state, StepState::Ended(Outcome::Unknown { .. } | Outcome::Accepted(_)))
}

/// A secret is not shown by the box. What the record neither had nor has may be no field of it but a parameter.
fn can_tell(change: &Change, record: &Record) -> bool {
    !change.secret && (change.old.is_some() || record.get(&change.field).is_some())
}

/// Whether the record holds a value; what is absent counts as null.
fn holds(record: &Record, change: &Change, value: Option<&Value>) -> bool {
    same(record.get(&change.field).unwrap_or(&Value::Null), value.unwrap_or(&Value::Null))
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::{Answer, PlanStep, Request};
    use serde_json::json;

    use super::*;

    fn change(field: &str, old: Option<Value>, new: Value) -> Change {
        Change { field: field.to_owned(), label: field.to_owned(), old, new, secret: false }
    }

    fn secret() -> Change {
        Change { secret: true, ..change("secret", None, json!("•••")) }
    }

    /// A plan with a step for each of these groups of changes.
    fn plan(steps: Vec<Vec<Change>>) -> Plan {
        let steps = steps.into_iter().map(|changes| PlanStep {
            request: Request::default(),
            changes,
            secrets: Vec::new(),
        });
        Plan {
            operation: String::new(),
            title: String::new(),
            target: None,
            target_name: None,
            steps: steps.collect(),
            destroys: None,
            guard: None,
            may_need_approval: false,
            warning: String::new(),
        }
    }

    fn lost() -> StepState {
        StepState::Ended(Outcome::Unknown { reason: String::new() })
    }

    fn done() -> StepState {
        StepState::Ended(Outcome::Done(Answer::default()))
    }

    fn update(plan: &Plan, steps: &[StepState], record: Value) -> Verdict {
        verdict(OperationKind::Update, plan, steps, Some(&self::record(record)))
    }

    fn record(value: Value) -> Record {
        Record(value.as_object().cloned().unwrap_or_default())
    }

    #[test]
    fn a_deletion_shows_by_what_is_gone() {
        let plan = plan(vec![Vec::new()]);
        let there = record(json!({}));
        assert_eq!(verdict(OperationKind::Delete, &plan, &[lost()], None), Verdict::Happened);
        assert_eq!(verdict(OperationKind::Delete, &plan, &[lost()], Some(&there)), Verdict::DidNotHappen);
        assert_eq!(verdict(OperationKind::Update, &plan, &[lost()], None), Verdict::CannotTell);
    }

    #[test]
    fn an_update_shows_by_its_values() {
        let plan = plan(vec![vec![change("name", Some(json!("old")), json!("new")), secret()]]);
        let of = |name: &str| update(&plan, &[lost()], json!({ "name": name, "secret": "x" }));
        assert_eq!(of("new"), Verdict::Happened);
        assert_eq!(of("old"), Verdict::DidNotHappen);
        assert_eq!(of("someone else's"), Verdict::CannotTell);
        assert_eq!(made(&plan, &record(json!({ "name": "new" }))), ["name"]);
    }

    #[test]
    fn a_rounded_value_is_not_taken_for_the_old_one() {
        let plan = plan(vec![vec![change("size", Some(json!(1_000)), json!(1_500))]]);
        assert_eq!(update(&plan, &[lost()], json!({ "size": 1_536 })), Verdict::CannotTell);
        assert_eq!(update(&plan, &[lost()], json!({ "size": 1_500.0 })), Verdict::Happened);
        assert_eq!(update(&plan, &[lost()], json!({ "size": 1_000.0 })), Verdict::DidNotHappen);
    }

    #[test]
    fn only_what_is_in_doubt_is_judged() {
        let name = change("name", Some(json!("a")), json!("b"));
        let size = change("size", Some(json!(1)), json!(2));
        let note = change("note", Some(json!("")), json!("x"));
        let plan = plan(vec![vec![name], vec![size], vec![note]]);
        // The first is lost, the others were never sent.
        let first = [lost(), StepState::Waiting, StepState::Waiting];
        assert_eq!(update(&plan, &first, json!({ "name": "b", "size": 1, "note": "" })), Verdict::Happened);
        assert_eq!(
            update(&plan, &first, json!({ "name": "a", "size": 1, "note": "" })),
            Verdict::DidNotHappen
        );
        // The first is done and known to be, the second is lost.
        let second = [done(), lost(), StepState::Waiting];
        assert_eq!(
            update(&plan, &second, json!({ "name": "b", "size": 1, "note": "" })),
            Verdict::DidNotHappen
        );
        assert_eq!(update(&plan, &second, json!({ "name": "b", "size": 2, "note": "" })), Verdict::Happened);
    }

    #[test]
    fn a_step_that_shows_in_part_cannot_be_told() {
        let name = change("name", Some(json!("a")), json!("b"));
        let size = change("size", Some(json!(1)), json!(2));
        let note = change("note", None, json!("x"));
        let plan = plan(vec![vec![name, size, note]]);
        assert_eq!(update(&plan, &[lost()], json!({ "name": "b", "size": 1 })), Verdict::CannotTell);
        let all = json!({ "name": "b", "size": 2, "note": "x" });
        assert_eq!(update(&plan, &[lost()], all), Verdict::Happened);
        assert_eq!(update(&plan, &[lost()], json!({ "name": "a", "size": 1 })), Verdict::DidNotHappen);
    }

    #[test]
    fn what_was_taken_away_shows_by_its_absence() {
        let plan = plan(vec![vec![change("note", Some(json!("x")), json!(null))]]);
        assert_eq!(update(&plan, &[lost()], json!({})), Verdict::Happened);
        assert_eq!(update(&plan, &[lost()], json!({ "note": "x" })), Verdict::DidNotHappen);
    }

    #[test]
    fn a_creation_shows_by_a_record_with_its_values() {
        let plan =
            plan(vec![vec![change("name", None, json!("erp")), change("size", None, json!(5)), secret()]]);
        let of = |like: &[Value], sure| {
            let like = like.iter().cloned().map(record).map(Arc::new).collect();
            judged(OperationKind::Create, &plan, &[lost()], &Settlement::Looked { like, sure })
        };
        let (same, other) = (json!({ "name": "erp", "size": 5 }), json!({ "name": "erp", "size": 6 }));
        assert_eq!(of(&[other.clone(), same.clone()], false), Some(Verdict::Happened));
        assert_eq!(of(&[other], true), Some(Verdict::CannotTell));
        assert_eq!(of(&[], true), Some(Verdict::DidNotHappen));
        assert_eq!(of(&[], false), Some(Verdict::CannotTell));
        assert_eq!(judged(OperationKind::Create, &plan, &[lost()], &Settlement::Reading), None);
    }

    #[test]
    fn secrets_and_actions_tell_nothing() {
        let hidden = plan(vec![vec![secret()]]);
        let there = record(json!({ "secret": "x" }));
        assert_eq!(update(&hidden, &[lost()], json!({ "secret": "x" })), Verdict::CannotTell);
        let action = plan(vec![Vec::new()]);
        assert_eq!(verdict(OperationKind::Action, &action, &[lost()], Some(&there)), Verdict::CannotTell);
    }
}
