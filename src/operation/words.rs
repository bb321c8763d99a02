//! Sentences about plans and what became of them.

use ::words::outcome as say;
use boxdeck_catalog::{Body, Operation, OperationKind, Resource};
use boxdeck_dialect::{FailureKind, Outcome, Plan};

use super::run::{StepState, stopped_by};
pub use crate::format::words::{inside, starting};

/// What is done, with what it is done to: a bare `Delete` becomes `Delete volume`.
pub fn action(title: &str, resource: &Resource) -> String {
    if title.contains(char::is_whitespace) {
        title.to_owned()
    } else {
        format!("{title} {}", resource.singular)
    }
}

/// What the button says that sets an operation off. Editing ends with saving: its title only opens the form.
pub fn button(operation: &Operation, resource: &Resource) -> String {
    let edits = resource.first(OperationKind::Update).is_some_and(|first| first.id == operation.id)
        && operation.body == Body::Update;
    if edits { say::save_changes().to_owned() } else { action(&operation.title, resource) }
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

/// What is announced when everything was done: what was done to what. `picked`: names of the records that were chosen in its form.
pub fn done(
    kind: OperationKind,
    resource: &Resource,
    plan: &Plan,
    new_name: Option<&str>,
    picked: &[&str],
) -> String {
    let singular = starting(&resource.singular);
    let of = |name: Option<&str>| name.map_or_else(|| singular.clone(), |name| format!("{singular} {name}"));
    let known = name(plan);
    match kind {
        OperationKind::Create => say::created(of(new_name.or(known.as_deref()))),
        OperationKind::Update => say::saved(of(new_name.or(known.as_deref()))),
        OperationKind::Delete => say::deleted(of(known.as_deref())),
        _ => match known {
            Some(name) if picked.is_empty() => ::words::activity::told(name, inside(&plan.title)),
            Some(name) => ::words::activity::told_with(name, inside(&plan.title), picked.join(", ")),
            None => say::done(&plan.title),
        },
    }
}

/// What became of a plan of several steps that stopped on its way; `None` for a plan of one step.
pub fn partial(plan: &Plan, steps: &[StepState]) -> Option<String> {
    if plan.steps.len() < 2 {
        return None;
    }
    let done = steps.iter().filter(|step| step.is_done()).count();
    let (stopped, outcome) = stopped_by(steps)?;
    let label = step_label(plan, stopped);
    let (done, all) = (done as u64, plan.steps.len());
    Some(match outcome {
        Outcome::Refused(failure) if failure.kind == FailureKind::NotSent => {
            say::stopped_not_sent(done, all, label, &failure.message)
        }
        Outcome::Refused(failure) => say::stopped_refused(done, all, label, &failure.message),
        Outcome::ApprovalRequired { .. } => say::stopped_approval(done, all, label),
        Outcome::Unknown { .. } => say::stopped_unknown(done, all, label),
        Outcome::Accepted(_) => say::stopped_working(done, all, label),
        Outcome::Done(_) => return None,
    })
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
        Some([first, rest @ ..]) => {
            rest.iter().fold(inside(first), |all, label| ::words::common::both(all, inside(label)))
        }
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
            guard: None,
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
    fn what_was_done_is_told_with_its_names() {
        let resource: Resource = serde_json::from_value(json!({
            "id": "hosts", "title": "Hosts", "singular": "host", "area": "a", "fields": [], "operations": []
        }))
        .expect("a resource");
        let plan = Plan { title: "Map volume".to_owned(), ..plan(&[]) };
        let of = |kind, picked: &[&str]| done(kind, &resource, &plan, None, picked);
        assert_eq!(of(OperationKind::Action, &["db-01"]), "erp: map volume db-01 – done.");
        assert_eq!(of(OperationKind::Action, &[]), "erp: map volume – done.");
        assert_eq!(of(OperationKind::Delete, &[]), "Host erp is deleted.");
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
