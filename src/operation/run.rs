//! Sends a plan: the only place that sends a write.
//!
//! Steps go one after the other; the first that is not done ends the run, so that what a person sees is what happened. A
//! step is never sent again by itself. It goes out a second time only when the box has demanded approval and a person has
//! given it, or when a person retries what the box has refused. A lost answer ends the run as *unknown* and is settled by
//! reading.

use boxdeck_catalog::{Operation, Resource};
use boxdeck_dialect::{Answer, Failure, FailureKind, Outcome, Plan};
use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use leptos::task::spawn_local;
use web_sys::AbortController;

mod read_back;
mod state;
mod step;

use super::journal;
use crate::system::System;

pub use read_back::Way;
pub use state::{Settlement, StepState, stopped_by};

/// How sending has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// Whether every step is done.
    pub all_done: bool,
    /// Whether what the pages show may no longer be so.
    pub may_have_changed: bool,
}

/// A plan on its way.
#[derive(Clone, Copy)]
pub struct Run {
    plan: StoredValue<Plan>,
    steps: RwSignal<Vec<StepState>>,
    settlement: RwSignal<Settlement>,
    abort: StoredValue<Option<AbortController>, LocalStorage>,
    /// Its number in the journal, once something was sent.
    noted: StoredValue<Option<u64>>,
}

impl Run {
    /// A run of which nothing has been sent.
    pub fn new(plan: Plan) -> Self {
        let steps = vec![StepState::Waiting; plan.steps.len()];
        Self {
            plan: StoredValue::new(plan),
            steps: RwSignal::new(steps),
            settlement: RwSignal::new(Settlement::Open),
            abort: StoredValue::new_local(None),
            noted: StoredValue::new(None),
        }
    }

    /// The plan.
    pub fn plan(self) -> Plan {
        self.plan.get_value()
    }

    /// What the box answered to the last step that it did; tracked.
    pub fn answer(self) -> Option<Answer> {
        self.steps.with(|steps| {
            steps.iter().rev().find_map(|step| match step {
                StepState::Ended(Outcome::Done(answer)) => Some(answer.clone()),
                _ => None,
            })
        })
    }

    /// Names of the fields whose change the box has made; tracked.
    pub fn made(self) -> Vec<String> {
        self.steps.with(|steps| {
            self.plan.with_value(|plan| {
                let done = steps.iter().zip(&plan.steps).filter(|(state, _)| state.is_done());
                done.flat_map(|(_, step)| step.changes.iter().map(|change| change.field.clone())).collect()
            })
        })
    }

    /// What became of each step so far; tracked.
    pub fn steps(self) -> Vec<StepState> {
        self.steps.get()
    }

    /// What a lost answer turned out to be; tracked.
    pub fn settlement(self) -> Settlement {
        self.settlement.get()
    }

    /// Whether something is under way; tracked.
    pub fn is_busy(self) -> bool {
        self.steps.with(|steps| steps.iter().any(StepState::is_busy))
    }

    /// Whether every step is done; tracked.
    pub fn is_done(self) -> bool {
        self.steps.with(|steps| steps.iter().all(StepState::is_done))
    }

    /// Whether anything has been sent; tracked.
    pub fn has_started(self) -> bool {
        self.steps.with(|steps| steps.iter().any(|step| *step != StepState::Waiting))
    }

    /// The outcome that ended the run before its end, if one did; tracked.
    pub fn stopped_by(self) -> Option<Outcome> {
        self.steps.with(|steps| stopped_by(steps).map(|(_, outcome)| outcome.clone()))
    }

    /// Sends the steps that are not done yet. `approved` is a person's explicit word for the step that the box wants
    /// approved; it holds for that step alone. `ended` is called once; the pages hear of the change from there
    /// ([`announce_change`]): a page that shows what has just been deleted can be left before it is read again.
    pub fn send(
        self,
        system: &System,
        resource: &Resource,
        operation: &Operation,
        parent: Option<&str>,
        approved: bool,
        ended: impl FnOnce(End) + 'static,
    ) {
        // A step whose answer was lost, or that the box still works on, may be done: it is never sent again, a new plan
        // has to be made.
        let barred = |step: &StepState| {
            step.is_busy() || matches!(step, StepState::Ended(Outcome::Unknown { .. } | Outcome::Accepted(_)))
        };
        if self.steps.with_untracked(|steps| steps.iter().any(barred)) {
            return;
        }
        let (system, resource, operation) = (system.clone(), resource.clone(), operation.clone());
        let noted = self.noted.get_value().unwrap_or_else(|| {
            let session = system.session();
            let about = journal::About {
                system: &system.entry.name,
                user: session.user.as_deref(),
                resource: &resource.id,
                parent,
            };
            self.plan.with_value(|plan| journal::begin(about, plan, js_sys::Date::now()))
        });
        self.noted.set_value(Some(noted));
        spawn_local(async move {
            let Some(plan) = self.plan.try_get_value() else { return };
            let mut approved = approved;
            let mut may_have_changed = false;
            let mut all_done = true;
            for (index, step) in plan.steps.iter().enumerate() {
                match self.steps.try_with_untracked(|steps| steps.get(index).is_some_and(StepState::is_done))
                {
                    Some(true) => continue,
                    Some(false) => {}
                    None => {
                        journal::stopped(noted, js_sys::Date::now());
                        return;
                    }
                }
                let with_approval = std::mem::take(&mut approved);
                let request = if with_approval {
                    system.dialect.approve(&step.request)
                } else {
                    Some(step.request.clone())
                };
                let stale = match plan.guard.as_ref().filter(|_| index == 0) {
                    Some(guard) => self.look(&system, &resource, guard).await.err(),
                    None => None,
                };
                if stale.is_none() {
                    journal::sent(noted, index, with_approval);
                }
                let outcome = match (stale, request) {
                    (Some(failure), _) => Outcome::Refused(failure),
                    (None, Some(request)) => self.send_step(&system, &operation, index, request).await,
                    (None, None) => Outcome::Refused(Failure::new(
                        FailureKind::NotSent,
                        words::outcome::no_approval_way(),
                    )),
                };
                all_done = matches!(outcome, Outcome::Done(_));
                let is_last = !all_done || index + 1 == plan.steps.len();
                journal::ended(noted, index, &outcome, is_last, js_sys::Date::now());
                may_have_changed |= is_news(&outcome);
                // Without a state the page is gone; what the box has done still counts for the others.
                if self.set(index, StepState::Ended(outcome)).is_none() {
                    journal::stopped(noted, js_sys::Date::now());
                    announce_change(&system, &resource, &operation, may_have_changed);
                    return;
                }
                if !all_done {
                    break;
                }
            }
            ended(End { all_done, may_have_changed });
        });
    }

    /// Gives up waiting for an answer. What the box has already received it may still do, so the outcome is unknown.
    pub fn cancel(self) {
        if let Some(Some(controller)) = self.abort.try_update_value(Option::take) {
            controller.abort();
        }
    }

    /// Reads what is there to see whether a lost answer was a yes.
    pub fn settle(self, system: &System, resource: &Resource, operation: &Operation, parent: Option<String>) {
        let plan = self.plan.get_value();
        let Some(way) = Way::of(resource, operation.kind, &plan) else { return };
        let (system, resource) = (system.clone(), resource.clone());
        let noted = self.noted.get_value();
        self.settlement.set(Settlement::Reading);
        spawn_local(async move {
            let settlement = way.read(&system, &resource, parent.as_deref(), &plan).await;
            if let Some(noted) = noted {
                journal::read_back(noted, &resource, &settlement);
            }
            self.settlement.try_set(settlement);
        });
    }

    fn set(self, index: usize, state: StepState) -> Option<()> {
        self.steps.try_update(|steps| {
            if let Some(step) = steps.get_mut(index) {
                *step = state;
            }
        })
    }
}

/// Whether what the pages show may no longer be so. A conflict or a missing record is someone else's change; a box that
/// failed may have done a part.
const fn is_news(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Done(_) | Outcome::Unknown { .. } | Outcome::Accepted(_) => true,
        Outcome::Refused(failure) => {
            matches!(failure.kind, FailureKind::Conflict | FailureKind::NotFound | FailureKind::Broken)
        }
        Outcome::ApprovalRequired { .. } => false,
    }
}

/// Has what shows the resource, and what the operation touches besides, read again.
pub fn announce_change(system: &System, resource: &Resource, operation: &Operation, may_have_changed: bool) {
    if may_have_changed {
        system.touch(&resource.id);
        for touched in &operation.touches {
            system.touch(touched);
        }
    }
}
