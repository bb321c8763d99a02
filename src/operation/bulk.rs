//! One operation on many records: a plan for each of them, sent one after another.
//!
//! Nothing that holds for a single record is given up: each has its own plan, which is sent once, noted in the journal, and has
//! an outcome of its own. A refusal of one says nothing about the next; a lost answer, or a session that has ended, does, and
//! holds the rest back until a person has looked. Approval is asked for by the box and given by a person for those that asked.

use std::collections::VecDeque;
use std::sync::Arc;

use boxdeck_catalog::{Condition, Operation, OperationKind, Resource, ResultShape};
use boxdeck_dialect::{Context, FailureKind, Inputs, Outcome, Plan, Record, blocked, build, input_fields};
use leptos::prelude::*;

use super::friction::{Friction, friction};
use super::run::{self, Run, Settlement, StepState};
use crate::system::System;
use crate::value::link;

/// What a person wants done, and with which records.
pub struct Order {
    /// The system.
    pub system: System,
    /// The resource.
    pub resource: Arc<Resource>,
    /// The operation.
    pub operation: Arc<Operation>,
    /// Key of the owning record.
    pub parent: Option<String>,
    /// The records, as the list has read them.
    pub records: Vec<Arc<Record>>,
    /// How many more are meant that are not known any more.
    pub missing: usize,
    /// Called with the key of each record that is no longer there.
    pub on_gone: Callback<String>,
}

/// The operations that can be performed on many records: those that ask for nothing, change the record alone and answer with
/// nothing that a person would want to see.
pub fn offered(resource: &Resource) -> impl Iterator<Item = &Operation> {
    resource.operations.iter().filter(|operation| {
        let is_silent = match &operation.result {
            None | Some(ResultShape::Record | ResultShape::Nothing | ResultShape::Task) => true,
            Some(_) => operation.kind == OperationKind::Delete,
        };
        matches!(operation.kind, OperationKind::Delete | OperationKind::Action)
            && operation.concerns_record()
            && !operation.adjacent
            && is_silent
            && input_fields(resource, operation).is_empty()
    })
}

/// One of the records on its way.
#[derive(Clone)]
pub struct Item {
    /// Key of the record.
    pub key: String,
    /// What it is called.
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
}

/// Where all of it is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Nothing has been sent.
    Asking,
    /// They go out one after another.
    Busy,
    /// So many are held back.
    Halted(usize),
    /// The box wants so many approved.
    Approval(usize),
    /// Each has its outcome.
    Over,
}

/// How many records have come to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// The box has done them, or works on them.
    pub done: usize,
    /// The box has refused them.
    pub refused: usize,
    /// The box wants them approved.
    pub asks: usize,
    /// Their answers were lost.
    pub unknown: usize,
    /// They were not sent.
    pub left: usize,
}

/// Many plans in a person's hands.
#[derive(Clone, Copy)]
pub struct Bulk {
    order: StoredValue<Arc<Order>>,
    items: StoredValue<Arc<Vec<Item>>>,
    /// What is left out, and why.
    left_out: StoredValue<Vec<(String, String)>>,
    friction: StoredValue<Friction>,
    /// What was typed where the number of records is asked for.
    pub typed: RwSignal<String>,
    /// Whether the consequence was ticked.
    pub acknowledged: RwSignal<bool>,
    confirmed: RwSignal<bool>,
    busy: RwSignal<bool>,
    halted: RwSignal<bool>,
}

impl Bulk {
    /// Plans for each record; those that cannot have one are left out and told.
    pub fn new(order: Arc<Order>) -> Self {
        let mut items = Vec::new();
        let mut left_out = Vec::new();
        for record in &order.records {
            let key = record.key(&order.resource).unwrap_or_default();
            let name = link::record_name(&order.resource, record).unwrap_or_else(|| key.clone());
            match plan(&order, record, &key) {
                Ok(plan) => items.push(Item { run: Run::new(plan.clone()), key, name, plan }),
                Err(reason) => left_out.push((name, reason)),
            }
        }
        let count = items.len();
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
            friction: StoredValue::new(friction),
            typed: RwSignal::new(String::new()),
            acknowledged: RwSignal::new(false),
            confirmed: RwSignal::new(false),
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

    /// What a person has to do before anything goes; nothing more once it was done. Tracked.
    pub fn friction(self) -> Friction {
        if self.confirmed.get() { Friction::Press } else { self.friction.get_value() }
    }

    /// Why it does not go yet; tracked.
    pub fn missing(self) -> Option<String> {
        match self.friction() {
            Friction::Press => None,
            Friction::Acknowledge => {
                (!self.acknowledged.get()).then(|| words::outcome::tick_first().to_owned())
            }
            Friction::TypeName(count) => {
                (self.typed.get().trim() != count).then(|| words::outcome::type_first(count))
            }
        }
    }

    fn states(self) -> Vec<StepState> {
        self.items.with_value(|items| items.iter().map(Item::state).collect())
    }

    /// Where all of it is; tracked.
    pub fn phase(self) -> Phase {
        phase(&self.states(), self.busy.get())
    }

    /// How many have come to what; tracked.
    pub fn tally(self) -> Tally {
        tally(&self.states())
    }

    /// Whether a person has asked to stop, or something has that a person should see; tracked.
    pub fn is_halted(self) -> bool {
        self.halted.get()
    }

    /// Sends what waits, on a person's word. `approved`: the word is the approval of those that the box wants approved.
    pub fn send(self, approved: bool) {
        if untrack(|| self.busy.get() || self.missing().is_some()) {
            return;
        }
        self.confirmed.set(true);
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
        let gone = (operation.kind == OperationKind::Delete).then_some(order.on_gone);
        let on_end = move |end: run::End| {
            if let (Some(gone), true) = (gone, end.all_done) {
                // The list may have been left meanwhile.
                gone.try_run(item.key.clone());
            }
            if untrack(|| item.run.stopped_by()).as_ref().is_some_and(holds_back) {
                self.halted.try_set(true);
            }
            self.next(queue, approved, changed || end.may_have_changed);
        };
        let run =
            self.items.with_value(|items| index.and_then(|index| items.get(index)).map(|item| item.run));
        if let Some(run) = run {
            run.send(system, resource, operation, parent.as_deref(), approved, on_end);
        }
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

/// The plan for one of the records.
fn plan(order: &Order, record: &Record, key: &str) -> Result<Plan, String> {
    let session = order.system.session();
    let context = Context { catalog: &order.system.catalog(), session: &session };
    if let Some(reason) = blocked(context, &known_conditions(&order.operation, record), Some(record)) {
        return Err(reason);
    }
    let (dialect, key) = (order.system.dialect, Some(key).filter(|key| !key.is_empty()));
    let (resource, operation) = (&order.resource, &order.operation);
    let parent = order.parent.as_deref();
    build(dialect, context, resource, operation, Some(record), parent, key, &Inputs::default())
        .map_err(|faults| faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join(" "))
}

/// The operation without the conditions on fields that the list has not read: about these the box decides.
fn known_conditions(operation: &Operation, record: &Record) -> Operation {
    let known = |condition: &&Condition| record.get(&condition.field).is_some();
    Operation { when: operation.when.iter().filter(known).cloned().collect(), ..operation.clone() }
}

/// Whether an outcome says that the next one had better wait: nobody knows whether it was done, or nothing can be sent.
const fn holds_back(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Unknown { .. } => true,
        Outcome::Refused(failure) => matches!(
            failure.kind,
            FailureKind::SignedOut
                | FailureKind::BadCredentials
                | FailureKind::Forbidden
                | FailureKind::Busy
                | FailureKind::Unsupported
                | FailureKind::Unreachable
                | FailureKind::Aborted
                | FailureKind::NotSent
        ),
        Outcome::Done(_) | Outcome::Accepted(_) | Outcome::ApprovalRequired { .. } => false,
    }
}

/// Places of those that a word sends: what waits, or what the box wants approved.
fn pending(states: &[StepState], approved: bool) -> VecDeque<usize> {
    let wanted = |state: &StepState| match state {
        StepState::Waiting => !approved,
        StepState::Ended(Outcome::ApprovalRequired { .. }) => approved,
        _ => false,
    };
    states.iter().enumerate().filter(|(_, state)| wanted(state)).map(|(index, _)| index).collect()
}

fn phase(states: &[StepState], busy: bool) -> Phase {
    let Tally { asks, left, .. } = tally(states);
    match (busy, left, asks) {
        (true, ..) => Phase::Busy,
        (false, left, _) if left == states.len() => Phase::Asking,
        (false, left, _) if left > 0 => Phase::Halted(left),
        (false, _, asks) if asks > 0 => Phase::Approval(asks),
        _ => Phase::Over,
    }
}

fn tally(states: &[StepState]) -> Tally {
    let mut tally = Tally::default();
    for state in states {
        let count = match state {
            StepState::Waiting => &mut tally.left,
            StepState::Sending(_) | StepState::Working(_) => continue,
            StepState::Ended(Outcome::Done(_) | Outcome::Accepted(_)) => &mut tally.done,
            StepState::Ended(Outcome::ApprovalRequired { .. }) => &mut tally.asks,
            StepState::Ended(Outcome::Unknown { .. }) => &mut tally.unknown,
            StepState::Ended(Outcome::Refused(_)) => &mut tally.refused,
        };
        *count += 1;
    }
    tally
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::{Answer, Failure};
    use serde_json::{Value, json};

    use super::*;

    fn asks() -> StepState {
        StepState::Ended(Outcome::ApprovalRequired { code: "ASK".to_owned(), message: "Sure?".to_owned() })
    }

    fn done() -> StepState {
        StepState::Ended(Outcome::Done(Answer::default()))
    }

    fn refused(kind: FailureKind) -> Outcome {
        Outcome::Refused(Failure::new(kind, "No."))
    }

    #[test]
    fn each_word_sends_what_it_was_given_for() {
        let states =
            [done(), StepState::Waiting, asks(), StepState::Ended(refused(FailureKind::Conflict)), asks()];
        assert_eq!(pending(&states, false), [1]);
        assert_eq!(pending(&states, true), [2, 4]);
    }

    #[test]
    fn what_is_held_back_goes_before_what_asks() {
        let waiting = || StepState::Waiting;
        assert_eq!(phase(&[waiting(), waiting()], false), Phase::Asking);
        assert_eq!(phase(&[done(), waiting()], true), Phase::Busy);
        assert_eq!(phase(&[done(), asks(), waiting()], false), Phase::Halted(1));
        assert_eq!(phase(&[done(), asks()], false), Phase::Approval(1));
        let lost = StepState::Ended(Outcome::Unknown { reason: String::new() });
        assert_eq!(phase(&[done(), lost.clone()], false), Phase::Over);
        let all = [done(), lost, asks(), waiting(), StepState::Ended(refused(FailureKind::Conflict))];
        assert_eq!(tally(&all), Tally { done: 1, refused: 1, asks: 1, unknown: 1, left: 1 });
    }

    #[test]
    fn only_what_concerns_the_next_one_too_holds_it_back() {
        assert!(holds_back(&Outcome::Unknown { reason: String::new() }));
        assert!(
            holds_back(&refused(FailureKind::SignedOut)) && holds_back(&refused(FailureKind::Unreachable))
        );
        assert!(!holds_back(&refused(FailureKind::Conflict)) && !holds_back(&refused(FailureKind::NotFound)));
        assert!(!holds_back(&Outcome::Done(Answer::default())));
    }

    fn resource() -> Resource {
        serde_json::from_value(json!({
            "id": "v", "title": "Volumes", "singular": "volume", "area": "a", "fields": [{ "name": "id", "label": "ID" }],
            "operations": [
                {"id": "v.list", "kind": "list", "method": "GET", "path": "/v", "title": "List"},
                {"id": "v.drop", "kind": "delete", "method": "DELETE", "path": "/v/{id}", "title": "Delete", "result": "record"},
                {"id": "v.reset", "kind": "action", "method": "POST", "path": "/v/{id}/reset", "title": "Reset"},
                {"id": "v.tell", "kind": "action", "method": "POST", "path": "/v/{id}/tell", "title": "Tell", "result": "text"},
                {"id": "v.sweep", "kind": "action", "method": "POST", "path": "/v/sweep", "title": "Sweep up"},
                {"id": "v.move", "kind": "action", "method": "POST", "path": "/v/{id}/move", "title": "Move",
                 "body": {"object": [{"field": {"name": "to", "label": "To", "create": "required"}}]}}
            ]
        }))
        .expect("a resource")
    }

    #[test]
    fn many_are_offered_what_asks_for_nothing() {
        let resource = resource();
        let ids: Vec<&str> = offered(&resource).map(|operation| operation.id.as_str()).collect();
        assert_eq!(ids, ["v.drop", "v.reset"]);
    }

    #[test]
    fn what_the_list_has_not_read_is_for_the_box_to_judge() {
        let resource = resource();
        let mut operation = resource.operation("v.drop").expect("the operation").clone();
        let condition = |field: &str, not: Value| Condition {
            field: field.to_owned(),
            is: Vec::new(),
            not: vec![not],
            reason: String::new(),
        };
        operation.when = vec![condition("locked", json!(true)), condition("id", json!("1"))];
        let record = Record([("id".to_owned(), json!("1"))].into_iter().collect());
        let fields: Vec<String> =
            known_conditions(&operation, &record).when.into_iter().map(|condition| condition.field).collect();
        assert_eq!(fields, ["id"]);
    }
}
