//! One plan of the journal, and what became of it.

use std::sync::Arc;

use boxdeck_dialect::{FailureKind, Outcome, Plan};

use crate::operation::run::{StepState, stopped_by};
use crate::operation::settled::Verdict;

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
        stopped_by(&self.steps).map(|(_, outcome)| outcome)
    }
}
