//! The plans of this session and what became of them: kept in memory only, without secrets, and gone with the page.

use std::cell::RefCell;
use std::sync::Arc;

use boxdeck_catalog::Resource;
use boxdeck_dialect::{Answer, FailureKind, Outcome, Plan};
use leptos::prelude::*;

use super::run::{Settlement, StepState};
use super::settled::{Verdict, judged};

/// Most plans that are kept; the oldest give way.
const MOST: usize = 500;

/// One plan that was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Counts up within this page.
    pub id: u64,
    /// The system, by its name.
    pub system: String,
    /// Who was signed in.
    pub user: Option<String>,
    /// The resource that the operation belongs to.
    pub resource: String,
    /// Key of the owning record.
    pub parent: Option<String>,
    /// The plan, with nothing in place of its secrets.
    pub plan: Arc<Plan>,
    /// What became of each step. Of an answer only its note is kept.
    pub steps: Vec<StepState>,
    /// Steps that went out with the approval that the box had demanded.
    pub approved: Vec<usize>,
    /// When it was sent first, in milliseconds since the epoch.
    pub started: f64,
    /// When the last of it ended; `None` while something is on its way.
    pub ended: Option<f64>,
    /// What reading back has shown, where an answer was lost.
    pub verdict: Option<Verdict>,
}

/// What became of a plan as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Something is on its way.
    Running,
    /// Everything is done.
    Done,
    /// The box has taken it and works on it longer than the console waits.
    Accepted,
    /// The box asks for an approval that nobody has given.
    ApprovalRequired,
    /// The box has refused.
    Refused,
    /// It never left the browser, or reading back has shown that it was not done.
    NotDone,
    /// An answer was lost, and nobody knows.
    Unknown,
}

impl Entry {
    /// What became of it.
    pub fn standing(&self) -> Standing {
        if self.ended.is_none() {
            return Standing::Running;
        }
        if self.stopped_by().is_none() && self.steps.contains(&StepState::Waiting) {
            return Standing::NotDone;
        }
        match (self.stopped_by(), self.verdict) {
            (None, _) | (Some(Outcome::Unknown { .. } | Outcome::Accepted(_)), Some(Verdict::Happened)) => {
                Standing::Done
            }
            (Some(Outcome::Unknown { .. }), Some(Verdict::DidNotHappen)) => Standing::NotDone,
            (Some(Outcome::Unknown { .. }), _) => Standing::Unknown,
            (Some(Outcome::Accepted(_)), _) => Standing::Accepted,
            (Some(Outcome::ApprovalRequired { .. }), _) => Standing::ApprovalRequired,
            (Some(Outcome::Refused(failure)), _) if failure.kind == FailureKind::NotSent => Standing::NotDone,
            (Some(_), _) => Standing::Refused,
        }
    }

    /// Whether a person should keep an eye on it.
    pub fn is_open(&self) -> bool {
        matches!(self.standing(), Standing::Running | Standing::Unknown)
    }

    /// What the box said, or what is known of a lost answer; empty where there is nothing to tell.
    pub fn message(&self) -> String {
        let note = || {
            self.steps.iter().rev().find_map(|step| match step {
                StepState::Ended(Outcome::Done(answer)) => answer.note.clone(),
                _ => None,
            })
        };
        match self.stopped_by() {
            None | Some(Outcome::Done(_)) => note().unwrap_or_default(),
            Some(Outcome::Refused(failure)) => failure.message.clone(),
            Some(Outcome::ApprovalRequired { message, .. }) => message.clone(),
            Some(Outcome::Unknown { reason }) => reason.clone(),
            Some(Outcome::Accepted(_)) => String::new(),
        }
    }

    /// Code of the refusal or of the demand for approval, where the box gave one.
    pub fn code(&self) -> Option<String> {
        match self.stopped_by()? {
            Outcome::Refused(failure) => failure.code.clone(),
            Outcome::ApprovalRequired { code, .. } => Some(code.clone()),
            _ => None,
        }
    }

    /// Each request in a line.
    pub fn requests(&self) -> Vec<String> {
        self.plan.steps.iter().map(|step| step.redacted().line()).collect()
    }

    fn stopped_by(&self) -> Option<&Outcome> {
        self.steps.iter().find_map(|step| match step {
            StepState::Ended(Outcome::Done(_)) => None,
            StepState::Ended(outcome) => Some(outcome),
            _ => None,
        })
    }
}

thread_local! {
    static ENTRIES: RefCell<Option<ArcRwSignal<Vec<Entry>>>> = const { RefCell::new(None) };
    static LAST: RefCell<u64> = const { RefCell::new(0) };
}

/// The entries, oldest first.
pub fn entries() -> ArcRwSignal<Vec<Entry>> {
    ENTRIES.with_borrow_mut(|entries| entries.get_or_insert_with(|| ArcRwSignal::new(Vec::new())).clone())
}

/// Whose plan it is.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The system, by its name.
    pub system: &'a str,
    /// Who is signed in.
    pub user: Option<&'a str>,
    /// The resource that the operation belongs to.
    pub resource: &'a str,
    /// Key of the owning record.
    pub parent: Option<&'a str>,
}

/// Notes that a plan is being sent; what is noted later goes by the number that this gives. `at`: milliseconds since the
/// epoch.
pub fn begin(about: About<'_>, plan: &Plan, at: f64) -> u64 {
    let id = LAST.with_borrow_mut(|last| {
        *last += 1;
        *last
    });
    let mut plan = plan.clone();
    for step in &mut plan.steps {
        *step = step.forgotten();
    }
    let entry = Entry {
        id,
        system: about.system.to_owned(),
        user: about.user.map(str::to_owned),
        resource: about.resource.to_owned(),
        parent: about.parent.map(str::to_owned),
        steps: vec![StepState::Waiting; plan.steps.len()],
        plan: Arc::new(plan),
        approved: Vec::new(),
        started: at,
        ended: None,
        verdict: None,
    };
    entries().update(|entries| {
        entries.push(entry);
        let surplus = entries.len().saturating_sub(MOST);
        entries.drain(..surplus);
    });
    id
}

/// Notes that a step is on its way, with a person's approval or without.
pub fn sent(id: u64, step: usize, approved: bool) {
    change(id, |entry| {
        entry.ended = None;
        set(entry, step, StepState::Sending(None));
        if approved && !entry.approved.contains(&step) {
            entry.approved.push(step);
        }
    });
}

/// Notes how a step ended; `is_last`: nothing more of the plan is sent. `at`: milliseconds since the epoch.
pub fn ended(id: u64, step: usize, outcome: &Outcome, is_last: bool, at: f64) {
    let kept = match outcome {
        Outcome::Done(answer) => Outcome::Done(Answer { note: answer.note.clone(), ..Answer::default() }),
        other => other.clone(),
    };
    change(id, |entry| {
        set(entry, step, StepState::Ended(kept));
        if is_last {
            entry.ended = Some(at);
        }
    });
}

/// Notes that nothing more of a plan is sent, although steps are left: its page is gone.
pub fn stopped(id: u64, at: f64) {
    change(id, |entry| entry.ended = entry.ended.or(Some(at)));
}

/// Notes what reading back has shown.
pub fn read_back(id: u64, resource: &Resource, settlement: &Settlement) {
    change(id, |entry| {
        let Some(operation) = resource.operation(&entry.plan.operation) else { return };
        if let Some(verdict) = judged(operation.kind, &entry.plan, &entry.steps, settlement) {
            entry.verdict = Some(verdict);
        }
    });
}

/// Forgets what was done on a system, when its session is closed.
pub fn forget(system: &str) {
    entries().update(|entries| entries.retain(|entry| entry.system != system));
}

fn change(id: u64, change: impl FnOnce(&mut Entry)) {
    entries().update(|entries| {
        if let Some(entry) = entries.iter_mut().rev().find(|entry| entry.id == id) {
            change(entry);
        }
    });
}

fn set(entry: &mut Entry, step: usize, state: StepState) {
    if let Some(step) = entry.steps.get_mut(step) {
        *step = state;
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use boxdeck_dialect::{Body, Failure, PlanStep, Request, SecretPlace};
    use serde_json::json;

    use super::*;

    const ABOUT: About<'static> =
        About { system: "north", user: Some("admin"), resource: "things", parent: None };

    /// A plan of that many steps, each with a secret.
    pub(crate) fn plan(title: &str, steps: usize) -> Plan {
        let request = Request {
            method: "PUT".to_owned(),
            path: "/things/7".to_owned(),
            query: vec![("key".to_owned(), "hunter2".to_owned()), ("a".to_owned(), "b".to_owned())],
            body: Body::Json(json!({"password": "hunter2"})),
            ..Request::default()
        };
        let secrets = vec![SecretPlace::Json("/password".to_owned()), SecretPlace::Query("key".to_owned())];
        Plan {
            operation: "thing.change".to_owned(),
            title: title.to_owned(),
            target: Some(("things".to_owned(), "7".to_owned())),
            target_name: Some("seven".to_owned()),
            steps: vec![PlanStep { request, changes: Vec::new(), secrets }; steps],
            destroys: None,
            guard: None,
            may_need_approval: false,
            warning: String::new(),
        }
    }

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
}
