//! Sentences about plans and what became of them.

use boxdeck_catalog::{OperationKind, Resource};
use boxdeck_dialect::{FailureKind, Outcome, Plan};

use super::run::StepState;
pub use crate::format::words::{inside, starting};

/// What is done, with what it is done to: a bare `Delete` becomes `Delete volume`.
pub fn action(title: &str, resource: &Resource) -> String {
    if title.contains(char::is_whitespace) {
        title.to_owned()
    } else {
        format!("{title} {}", resource.singular)
    }
}

/// What a dialog asks: `Delete volume erp-db-01?` A record that calls itself otherwise than by a bare name stands apart:
/// `Unmap from host: LUN 5?`
pub fn question(plan: &Plan, resource: &Resource, called: Option<&str>) -> String {
    let action = action(&plan.title, resource);
    match (name(plan), called) {
        (Some(name), Some(called)) if name != called => format!("{action}: {called}?"),
        (Some(name), _) => format!("{action} {name}?"),
        (None, _) => format!("{action}?"),
    }
}

/// The record as a person knows it: its name, else its key.
pub fn name(plan: &Plan) -> Option<String> {
    let key = plan.target.as_ref().map(|(_, key)| key.clone());
    plan.target_name.clone().or(key).filter(|name| !name.is_empty())
}

/// What is announced when everything was done.
pub fn done(kind: OperationKind, resource: &Resource, plan: &Plan, new_name: Option<&str>) -> String {
    let singular = starting(&resource.singular);
    let of = |name: Option<&str>| name.map_or_else(|| singular.clone(), |name| format!("{singular} {name}"));
    let known = name(plan);
    match kind {
        OperationKind::Create => format!("{} is created.", of(new_name.or(known.as_deref()))),
        OperationKind::Update => format!("{} is saved.", of(new_name.or(known.as_deref()))),
        OperationKind::Delete => format!("{} is deleted.", of(known.as_deref())),
        _ => match known {
            Some(name) => format!("{} ({name}): done.", plan.title),
            None => format!("{}: done.", plan.title),
        },
    }
}

/// What became of a plan of several steps that stopped on its way; `None` for a plan of one step.
pub fn partial(plan: &Plan, steps: &[StepState]) -> Option<String> {
    if plan.steps.len() < 2 {
        return None;
    }
    let done = steps.iter().filter(|step| step.is_done()).count();
    let stopped = steps
        .iter()
        .position(|step| matches!(step, StepState::Ended(outcome) if !matches!(outcome, Outcome::Done(_))))?;
    let labels = step_label(plan, stopped);
    let StepState::Ended(outcome) = steps.get(stopped)? else { return None };
    let how = match outcome {
        Outcome::Refused(failure) if failure.kind == FailureKind::NotSent => {
            format!("{labels} was not sent: {}", failure.message)
        }
        Outcome::Refused(failure) => format!("{labels} was refused: {}", failure.message),
        Outcome::ApprovalRequired { .. } => format!("{labels} needs approval."),
        Outcome::Unknown { .. } => format!("what became of {labels} is not known."),
        Outcome::Accepted(_) => format!("the system is still working on {labels}."),
        Outcome::Done(_) => return None,
    };
    let was = if done == 1 { "was" } else { "were" };
    Some(format!("{done} of {} changes {was} made; {how}", plan.steps.len()))
}

/// What a step changes: the labels of its fields.
pub fn step_label(plan: &Plan, step: usize) -> String {
    let labels = plan
        .steps
        .get(step)
        .map(|step| step.changes.iter().map(|change| change.label.as_str()).collect::<Vec<_>>());
    match labels.as_deref() {
        None | Some([]) => inside(&plan.title),
        Some([only]) => inside(only),
        Some(labels) => labels.iter().map(|label| inside(label)).collect::<Vec<_>>().join(" and "),
    }
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::{Answer, Change, Failure, PlanStep, Request};
    use serde_json::json;

    use super::*;

    fn plan(labels: &[&str]) -> Plan {
        let steps = labels.iter().map(|label| PlanStep {
            request: Request::default(),
            changes: vec![Change {
                field: label.to_lowercase(),
                label: (*label).to_owned(),
                old: None,
                new: json!(1),
                secret: false,
            }],
            secrets: Vec::new(),
        });
        Plan {
            operation: String::new(),
            title: "Edit volume".to_owned(),
            target: Some(("volumes".to_owned(), "7".to_owned())),
            target_name: Some("erp".to_owned()),
            steps: steps.collect(),
            destroys: None,
            may_need_approval: false,
            warning: String::new(),
        }
    }

    #[test]
    fn titles_fit_into_sentences() {
        let resource: Resource = serde_json::from_value(json!({
            "id": "volumes", "title": "Volumes", "singular": "volume", "area": "a", "fields": [], "operations": []
        }))
        .expect("a resource");
        assert_eq!(question(&plan(&[]), &resource, None), "Edit volume erp?");
        assert_eq!(question(&plan(&[]), &resource, Some("LUN 5")), "Edit volume: LUN 5?");
        assert_eq!(action("Delete", &resource), "Delete volume");
    }

    #[test]
    fn partial_results_are_told_as_they_are() {
        let done = StepState::Ended(Outcome::Done(Answer::default()));
        let refused = Outcome::Refused(Failure::new(FailureKind::Invalid, "It is too long."));
        let steps = [done.clone(), done, StepState::Ended(refused)];
        assert_eq!(
            partial(&plan(&["Name", "Size", "Description"]), &steps).as_deref(),
            Some("2 of 3 changes were made; description was refused: It is too long.")
        );
        let steps = [StepState::Ended(Outcome::Unknown { reason: String::new() }), StepState::Waiting];
        assert_eq!(
            partial(&plan(&["Name", "Size"]), &steps).as_deref(),
            Some("0 of 2 changes were made; what became of name is not known.")
        );
        assert_eq!(partial(&plan(&["Name"]), &steps), None);
    }
}
