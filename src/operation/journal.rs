//! What was sent in this session: kept in memory only, without bodies, and gone with the page.

use std::cell::RefCell;

use boxdeck_dialect::{FailureKind, Outcome, Plan};
use leptos::prelude::*;

/// Most entries that are kept; the oldest give way.
const MOST: usize = 500;

/// One plan that was sent, and how it ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The system, by its name.
    pub system: String,
    /// What was done, as the button said it.
    pub title: String,
    /// Resource and key of the record, if it concerned one.
    pub target: Option<(String, String)>,
    /// Name of that record.
    pub target_name: Option<String>,
    /// Method and path of the request.
    pub request: String,
    /// When it ended, in milliseconds since the epoch.
    pub at: f64,
    /// Whether a person had given the approval that the box demanded.
    pub approved: bool,
    /// How it ended, in a word: `done`, `refused`, `not sent`, `approval required`, `unknown`, `accepted`.
    pub outcome: &'static str,
    /// What the box said, where it did not simply do it.
    pub message: String,
}

thread_local! {
    static ENTRIES: RefCell<Option<ArcRwSignal<Vec<Entry>>>> = const { RefCell::new(None) };
}

/// The entries, oldest first.
pub fn entries() -> ArcRwSignal<Vec<Entry>> {
    ENTRIES.with_borrow_mut(|entries| entries.get_or_insert_with(|| ArcRwSignal::new(Vec::new())).clone())
}

/// Notes how a step of a plan ended.
pub fn note(system: &str, plan: &Plan, step: usize, approved: bool, outcome: &Outcome, at: f64) {
    let request = plan.steps.get(step).map(|step| format!("{} {}", step.request.method, step.request.path));
    let (word, message) = told(outcome);
    let entry = Entry {
        system: system.to_owned(),
        title: plan.title.clone(),
        target: plan.target.clone(),
        target_name: plan.target_name.clone(),
        request: request.unwrap_or_default(),
        at,
        approved,
        outcome: word,
        message,
    };
    entries().update(|entries| {
        entries.push(entry);
        let surplus = entries.len().saturating_sub(MOST);
        entries.drain(..surplus);
    });
}

/// Forgets what was done on a system, when its session is closed.
pub fn forget(system: &str) {
    entries().update(|entries| entries.retain(|entry| entry.system != system));
}

fn told(outcome: &Outcome) -> (&'static str, String) {
    match outcome {
        Outcome::Done(answer) => ("done", answer.note.clone().unwrap_or_default()),
        Outcome::Accepted(_) => ("accepted", String::new()),
        Outcome::Refused(failure) if failure.kind == FailureKind::NotSent => {
            ("not sent", failure.message.clone())
        }
        Outcome::Refused(failure) => ("refused", failure.message.clone()),
        Outcome::ApprovalRequired { message, .. } => ("approval required", message.clone()),
        Outcome::Unknown { reason } => ("unknown", reason.clone()),
    }
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::{Answer, PlanStep, Request};

    use super::*;

    fn plan(title: &str) -> Plan {
        let request =
            Request { method: "DELETE".to_owned(), path: "/things/7".to_owned(), ..Request::default() };
        Plan {
            operation: "thing.delete".to_owned(),
            title: title.to_owned(),
            target: Some(("things".to_owned(), "7".to_owned())),
            target_name: Some("seven".to_owned()),
            steps: vec![PlanStep { request, changes: Vec::new(), secrets: Vec::new() }],
            destroys: None,
            may_need_approval: false,
            warning: String::new(),
        }
    }

    #[test]
    fn notes_what_was_sent_and_forgets_it_with_the_session() {
        note("north", &plan("Delete thing"), 0, false, &Outcome::Done(Answer::default()), 1.0);
        note("south", &plan("Delete thing"), 0, true, &Outcome::Unknown { reason: "cut".to_owned() }, 2.0);
        let noted = entries().get_untracked();
        assert_eq!(noted.iter().map(|entry| entry.outcome).collect::<Vec<_>>(), ["done", "unknown"]);
        assert_eq!(noted.first().map(|entry| entry.request.as_str()), Some("DELETE /things/7"));
        forget("south");
        assert_eq!(entries().get_untracked().len(), 1);
    }

    #[test]
    fn old_entries_give_way() {
        for number in 0..=MOST {
            note("north", &plan(&number.to_string()), 0, false, &Outcome::Done(Answer::default()), 1.0);
        }
        let noted = entries().get_untracked();
        assert_eq!(
            (noted.len(), noted.first().map(|entry| entry.title.clone())),
            (MOST, Some("1".to_owned()))
        );
    }
}
