//! The plans of this session and what became of them: kept in memory only, without secrets, and gone with the page.

mod entry;

use std::cell::RefCell;
use std::sync::Arc;

use boxdeck_catalog::Resource;
use boxdeck_dialect::{Answer, Outcome, Plan};
use leptos::prelude::*;

use super::run::{Settlement, StepState};
use super::settled::judged;
pub use entry::{Entry, Standing};

/// Most plans that are kept; the oldest give way.
const MOST: usize = 500;

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
mod tests;
