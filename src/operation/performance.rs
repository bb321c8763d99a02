//! A plan in a person's hands: asked about, sent, approved, settled.

use std::sync::Arc;
use std::time::Duration;

use boxdeck_dialect::{Answer, Failure, Outcome, Plan};
use leptos::prelude::*;

use super::confirmation::Confirmation;
use super::form::Subject;
use super::friction::friction;
use super::run::{Run, StepState, announce_change};

/// How long a person waits for an answer before being offered to stop.
const LONG: Duration = Duration::from_secs(10);

/// Where a plan is on its way.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// Nothing has been sent.
    Asking,
    /// Something is on its way.
    Busy,
    /// The box wants approval: its words.
    Approval(String),
    /// The box refused.
    Refused(Failure),
    /// The answer was lost: what is known about the loss.
    Unknown(String),
    /// The box still works on it, longer than the console waits.
    StillWorking,
    /// Everything is done.
    Done,
}

/// A plan in a person's hands.
#[derive(Clone, Copy)]
pub struct Performance {
    subject: StoredValue<Subject>,
    run: Run,
    /// The person's word.
    pub confirmation: Confirmation,
    /// Whether the box has let the person wait for a while.
    waits: RwSignal<bool>,
    clock: StoredValue<Option<TimeoutHandle>>,
    /// Whether its dialog was asked for.
    pub open: RwSignal<bool>,
    ended: Callback<Performance>,
}

impl Performance {
    /// A plan of which nothing was sent. `ended` is called each time when sending has come to an end, good or bad.
    pub fn new(subject: Subject, plan: Plan, ended: Callback<Self>) -> Self {
        let friction = friction(&plan, &subject.system.entry.name);
        Self {
            subject: StoredValue::new(subject),
            run: Run::new(plan),
            confirmation: Confirmation::new(friction),
            waits: RwSignal::new(false),
            clock: StoredValue::new(None),
            open: RwSignal::new(false),
            ended,
        }
    }

    /// What it is about.
    pub fn subject(self) -> Subject {
        self.subject.get_value()
    }

    /// The plan.
    pub fn plan(self) -> Plan {
        self.run.plan()
    }

    /// How far it is.
    pub const fn run(self) -> Run {
        self.run
    }

    /// Whether the box has not answered for so long that a person may want to stop waiting; tracked.
    pub fn waits_long(self) -> bool {
        self.waits.get() && self.is_busy()
    }

    fn start_clock(self) {
        self.waits.set(false);
        let over = move || {
            self.waits.try_set(true);
        };
        let clock = set_timeout_with_handle(over, LONG).ok();
        if let Some(Some(earlier)) = self.clock.try_update_value(|running| std::mem::replace(running, clock))
        {
            earlier.clear();
        }
    }

    /// Whether something is on its way, as far as it is still known; tracked.
    pub fn is_busy(self) -> bool {
        self.run.is_busy()
    }

    /// Where it is on its way; tracked.
    pub fn phase(self) -> Phase {
        if self.run.is_busy() {
            return Phase::Busy;
        }
        match self.run.stopped_by() {
            Some(Outcome::ApprovalRequired { message, .. }) => Phase::Approval(message),
            Some(Outcome::Refused(failure)) => Phase::Refused(failure),
            Some(Outcome::Unknown { reason }) => Phase::Unknown(reason),
            Some(Outcome::Accepted(_)) => Phase::StillWorking,
            Some(Outcome::Done(_)) => Phase::Done,
            None if self.run.has_started() && self.run.is_done() => Phase::Done,
            None if self.run.has_started() => Phase::Busy,
            None => Phase::Asking,
        }
    }

    /// The step that the box wants approved, if it wants one; tracked.
    pub fn approving(self) -> Option<usize> {
        let asked = |step: &StepState| matches!(step, StepState::Ended(Outcome::ApprovalRequired { .. }));
        self.run.steps().iter().position(asked)
    }

    /// Whether nothing is on its way or open, so that it can be given up without losing word of anything; tracked.
    pub fn waits_for_word(self) -> bool {
        matches!(self.phase(), Phase::Asking | Phase::Approval(..) | Phase::Refused(_))
    }

    /// Whether its dialog shows: asked for, or because there is something to decide or to wait for; tracked.
    pub fn shows(self) -> bool {
        let waits = || {
            self.run
                .steps()
                .iter()
                .any(|step| matches!(step, StepState::Working(_) | StepState::Sending(Some(_))))
                || (self.run.is_busy() && self.run.steps().len() > 1)
        };
        self.open.get()
            || matches!(self.phase(), Phase::Approval(..) | Phase::Unknown(_) | Phase::StillWorking)
            || waits()
            || self.waits_long()
    }

    /// Sends what is not done yet, on a person's word. `approved`: the word is the approval that the box demands.
    pub fn send(self, approved: bool) {
        if self.confirmation.missing().is_some() {
            return;
        }
        self.confirmation.give();
        self.start_clock();
        let Subject { system, resource, operation, parent, .. } = self.subject();
        let (of, what, how) = (system.clone(), Arc::clone(&resource), Arc::clone(&operation));
        self.run.send(&system, &resource, &operation, parent.as_deref(), approved, move |end| {
            self.ended.try_run(self);
            announce_change(&of, &what, &how, end.may_have_changed);
        });
    }

    /// The person's word where it was asked for: sends, or approves, whatever waits.
    pub fn confirm(self) {
        match untrack(|| self.phase()) {
            Phase::Asking => self.send(false),
            Phase::Approval(..) => self.send(true),
            _ => {}
        }
    }

    /// What the box answered, once everything is done; not tracked.
    pub fn answer(self) -> Option<Answer> {
        untrack(|| self.run.answer())
    }
}
