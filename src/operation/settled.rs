//! Whether something whose answer was lost has happened, as far as reading back can tell.

use boxdeck_catalog::OperationKind;
use boxdeck_dialect::{Change, Plan, Record};

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

/// What a record, or its absence, says about a plan.
pub fn verdict(kind: OperationKind, plan: &Plan, record: Option<&Record>) -> Verdict {
    match (kind, record) {
        (OperationKind::Delete, None) => Verdict::Happened,
        (OperationKind::Delete, Some(_)) => Verdict::DidNotHappen,
        (_, None) => Verdict::CannotTell,
        (OperationKind::Update, Some(record)) => {
            let mut telling =
                plan.steps.iter().flat_map(|step| &step.changes).filter(|change| can_tell(change)).peekable();
            if telling.peek().is_none() {
                return Verdict::CannotTell;
            }
            if telling.all(|change| record.get(&change.field) == Some(&change.new)) {
                Verdict::Happened
            } else {
                Verdict::DidNotHappen
            }
        }
        (_, Some(_)) => Verdict::CannotTell,
    }
}

/// Names of the changed fields that already hold what was planned.
pub fn made(plan: &Plan, record: &Record) -> Vec<String> {
    let changes = plan.steps.iter().flat_map(|step| &step.changes);
    let made = changes.filter(|change| can_tell(change) && record.get(&change.field) == Some(&change.new));
    made.map(|change| change.field.clone()).collect()
}

/// A secret is not shown by the box, and an object may hold some.
fn can_tell(change: &Change) -> bool {
    !change.secret
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::{PlanStep, Request};
    use serde_json::{Value, json};

    use super::*;

    fn plan(changes: &[(&str, Value, bool)]) -> Plan {
        let changes = changes.iter().map(|(field, new, secret)| Change {
            field: (*field).to_owned(),
            label: (*field).to_owned(),
            old: None,
            new: new.clone(),
            secret: *secret,
        });
        Plan {
            operation: String::new(),
            title: String::new(),
            target: None,
            target_name: None,
            steps: vec![PlanStep {
                request: Request::default(),
                changes: changes.collect(),
                secrets: Vec::new(),
            }],
            destroys: None,
            may_need_approval: false,
            warning: String::new(),
        }
    }

    fn record(value: Value) -> Record {
        Record(value.as_object().cloned().unwrap_or_default())
    }

    #[test]
    fn a_deletion_shows_by_what_is_gone() {
        assert_eq!(verdict(OperationKind::Delete, &plan(&[]), None), Verdict::Happened);
        assert_eq!(
            verdict(OperationKind::Delete, &plan(&[]), Some(&record(json!({})))),
            Verdict::DidNotHappen
        );
    }

    #[test]
    fn an_update_shows_by_its_values() {
        let plan = plan(&[("name", json!("new"), false), ("secret", json!("•••"), true)]);
        let of = |name: &str| {
            verdict(OperationKind::Update, &plan, Some(&record(json!({ "name": name, "secret": "x" }))))
        };
        assert_eq!(of("new"), Verdict::Happened);
        assert_eq!(of("old"), Verdict::DidNotHappen);
        assert_eq!(made(&plan, &record(json!({ "name": "new" }))), ["name"]);
    }

    #[test]
    fn secrets_and_actions_tell_nothing() {
        let secret = plan(&[("secret", json!("•••"), true)]);
        let there = record(json!({ "secret": "x" }));
        assert_eq!(verdict(OperationKind::Update, &secret, Some(&there)), Verdict::CannotTell);
        assert_eq!(verdict(OperationKind::Action, &plan(&[]), Some(&there)), Verdict::CannotTell);
    }
}
