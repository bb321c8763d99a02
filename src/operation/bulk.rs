//! One operation on many records: a plan for each of them, sent one after another.
//!
//! Nothing that holds for a single record is given up: each has its own plan, which is sent once, noted in the journal, and has
//! an outcome of its own; where one request can take several records, those that fit together share one. A refusal of one says
//! nothing about the next; a lost answer, or a session that has ended, does, and holds the rest back until a person has looked. Approval is asked for by the box and given by a person for those that asked.

mod gather;
mod order;
mod progress;

use std::collections::VecDeque;
use std::sync::Arc;

use boxdeck_catalog::OperationKind;
use boxdeck_dialect::{Outcome, Plan};
use leptos::prelude::*;

use super::confirmation::Confirmation;
use super::friction::{Friction, friction};
use super::run::{self, Run, Settlement, StepState};
use crate::value::link;
use gather::{Planned, gather};
pub use order::{Order, known_conditions, offered};
pub use progress::{Phase, Tally};
use progress::{holds_back, pending};

/// One of the records on its way, or several that share a request.
#[derive(Clone)]
pub struct Item {
    /// Keys of the records.
    pub keys: Vec<String>,
    /// What they are called.
    pub name: String,
    /// What is sent.
    pub plan: Plan,
    /// How far it is.
    pub run: Run,
}

impl Item {
    /// What became of it so far; tracked.
    pub fn state(&self) -> StepState {
        let steps = self.run.steps();
        let open = steps.iter().find(|step| !step.is_done()).or(steps.last());
        open.cloned().unwrap_or(StepState::Waiting)
    }

    /// Whether it was to be deleted and is not there any more, such as a snapshot that went with its volume: what was wanted is
    /// so, though nothing was done. Of several in one request a refusal says nothing of each. Tracked.
    pub fn is_gone(&self, order: &Order) -> bool {
        let StepState::Ended(Outcome::Refused(failure)) = self.state() else { return false };
        order.operation.kind == OperationKind::Delete
            && self.keys.len() == 1
            && order.system.dialect.says_gone(&failure)
    }
}

/// Many plans in a person's hands.
#[derive(Clone, Copy)]
pub struct Bulk {
    order: StoredValue<Arc<Order>>,
    items: StoredValue<Arc<Vec<Item>>>,
    /// What is left out, and why.
    left_out: StoredValue<Vec<(String, String)>>,
    /// The person's word.
    pub confirmation: Confirmation,
    busy: RwSignal<bool>,
    halted: RwSignal<bool>,
}

impl Bulk {
    /// Plans for each record; those that cannot have one are left out and told.
    pub fn new(order: Arc<Order>) -> Self {
        let mut planned = Vec::new();
        let mut left_out = Vec::new();
        for record in &order.records {
            let key = record.key(&order.resource).unwrap_or_default();
            let name = link::record_name(&order.resource, record).unwrap_or_else(|| key.clone());
            match order::plan(&order, record, &key) {
                Ok(plan) => planned.push(Planned { keys: vec![key], names: vec![name], plan }),
                Err(reason) => left_out.push((name, reason)),
            }
        }
        if let Some(member) = &order.operation.gathers {
            planned = gather(planned, member);
        }
        let count = planned.iter().map(|planned| planned.keys.len()).sum::<usize>();
        let items: Vec<Item> = planned.into_iter().map(Planned::item).collect();
        // The hardest word of all, and for data the number of records, as there is no one name to type.
        let hardest =
            items.iter().map(|item| friction(&item.plan, "")).max_by_key(|friction| match friction {
                Friction::Press => 0,
                Friction::Acknowledge => 1,
                Friction::TypeName(_) => 2,
            });
        let friction = match hardest {
            Some(Friction::TypeName(_)) => Friction::TypeName(count.to_string()),
            other => other.unwrap_or(Friction::Press),
        };
        Self {
            order: StoredValue::new(order),
            items: StoredValue::new(Arc::new(items)),
            left_out: StoredValue::new(left_out),
            confirmation: Confirmation::new(friction),
            busy: RwSignal::new(false),
            halted: RwSignal::new(false),
        }
    }

    /// What a person wants done.
    pub fn order(self) -> Arc<Order> {
        self.order.get_value()
    }

    /// The records that it is done with.
    pub fn items(self) -> Arc<Vec<Item>> {
        self.items.get_value()
    }

    /// Names of the records that are left out, each with the reason.
    pub fn left_out(self) -> Vec<(String, String)> {
        self.left_out.get_value()
    }

    fn states(self) -> Vec<StepState> {
        self.items.with_value(|items| items.iter().map(Item::state).collect())
    }

    /// Where all of it is; tracked.
    pub fn phase(self) -> Phase {
        progress::phase(&self.states(), self.busy.get())
    }

    /// How many records have come to what; tracked.
    pub fn tally(self) -> Tally {
        let (order, mut tally) = (self.order(), Tally::default());
        self.items.with_value(|items| {
            items.iter().for_each(|item| tally.add(&item.state(), item.is_gone(&order), item.keys.len()));
        });
        tally
    }

    /// How many records it is done with.
    pub fn count(self) -> usize {
        self.items.with_value(|items| items.iter().map(|item| item.keys.len()).sum())
    }

    /// Whether a person has asked to stop, or something has that a person should see; tracked.
    pub fn is_halted(self) -> bool {
        self.halted.get()
    }

    /// Sends what waits, on a person's word. `approved`: the word is the approval of those that the box wants approved.
    pub fn send(self, approved: bool) {
        if untrack(|| self.busy.get() || self.confirmation.missing().is_some()) {
            return;
        }
        self.confirmation.give();
        self.halted.set(false);
        self.busy.set(true);
        self.next(pending(&untrack(|| self.states()), approved), approved, false);
    }

    /// Sends nothing more after the one that is on its way.
    pub fn stop(self) {
        self.halted.set(true);
    }

    fn next(self, mut queue: VecDeque<usize>, approved: bool, changed: bool) {
        // Without a state the dialog is gone, and with it whoever could be told.
        let Some(halted) = self.halted.try_get_untracked() else { return };
        let order = self.order();
        let index = queue.pop_front().filter(|_| !halted);
        let Some(item) = index.and_then(|index| self.items.with_value(|items| items.get(index).cloned()))
        else {
            self.busy.set(false);
            run::announce_change(&order.system, &order.resource, &order.operation, changed);
            self.settle(&order);
            return;
        };
        let Order { system, resource, operation, parent, .. } = &*order;
        let run = item.run;
        let gone = (operation.kind == OperationKind::Delete).then_some(order.on_gone);
        let of = order.clone();
        let on_end = move |end: run::End| {
            let is_over = end.all_done || untrack(|| item.is_gone(&of));
            if let (Some(gone), true) = (gone, is_over) {
                // The list may have been left meanwhile.
                for key in &item.keys {
                    gone.try_run(key.clone());
                }
            }
            if untrack(|| run.stopped_by()).as_ref().is_some_and(holds_back) {
                self.halted.try_set(true);
            }
            self.next(queue, approved, changed || end.may_have_changed);
        };
        run.send(system, resource, operation, parent.as_deref(), approved, on_end);
    }

    /// Reads what is there of those whose answers were lost.
    fn settle(self, order: &Order) {
        for item in self.items().iter() {
            let (outcome, settlement) = untrack(|| (item.run.stopped_by(), item.run.settlement()));
            let is_open = matches!(settlement, Settlement::Open | Settlement::Failed(_));
            if is_open && matches!(outcome, Some(Outcome::Unknown { .. })) {
                item.run.settle(&order.system, &order.resource, &order.operation, order.parent.clone());
            }
        }
    }
}
