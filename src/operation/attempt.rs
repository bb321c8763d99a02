//! Sending a form: from its inputs to a plan in hand, and back to the inputs with what was refused.

use std::sync::Arc;

use boxdeck_dialect::{Answer, Plan};
use leptos::prelude::*;

use super::form::Form;
use super::friction::goes_from_form;
use super::performance::{Performance, Phase};
use super::run::Settlement;
use super::stage::{Stage, use_stage};
use super::{settled, words};

/// A form on its way to the box.
#[derive(Clone)]
pub struct Attempt {
    /// The form.
    pub form: Form,
    /// The plan in hand, if the form has made one.
    pub performance: RwSignal<Option<Performance>>,
    /// What of an earlier plan was done although it stopped.
    pub partial: RwSignal<Option<String>>,
    /// Counts what could not be sent or was refused: each time the head of the form asks for attention.
    pub failures: RwSignal<u32>,
    stage: Stage,
    owner: StoredValue<Option<Owner>>,
    /// Whether the stage has the plan, and the files in it, now.
    handed_over: StoredValue<bool>,
    on_done: Callback<(Plan, Answer)>,
}

impl Attempt {
    /// Nothing is sent yet. `on_done` is called when the box has done everything. When the form goes away, the files that were
    /// chosen in it are let go, unless a plan with them is on its way.
    pub fn new(form: Form, on_done: Callback<(Plan, Answer)>) -> Self {
        let attempt = Self {
            form,
            performance: RwSignal::new(None),
            partial: RwSignal::new(None),
            failures: RwSignal::new(0),
            stage: use_stage(),
            owner: StoredValue::new(Owner::current()),
            handed_over: StoredValue::new(false),
            on_done,
        };
        let left = attempt.clone();
        on_cleanup(move || left.left());
        attempt
    }

    fn left(&self) {
        let is_busy = || self.performance.try_get_untracked().flatten().is_some_and(Performance::is_busy);
        if self.handed_over.try_get_value() == Some(false) && !untrack(is_busy) {
            self.form.forget_files();
        }
    }

    /// Sends the form, or asks for the person's word first where something is lost by it.
    pub fn submit(&self) {
        if untrack(|| self.is_busy()) {
            return;
        }
        let Some(plan) = self.form.plan() else { return self.failed() };
        let kind = self.form.subject.operation.kind;
        if kind.is_read() {
            self.handed_over.set_value(true);
            return self.stage.perform(self.form.subject.clone(), plan, None);
        }
        let direct = goes_from_form(kind, &plan);
        let performance = self.hold(plan);
        if direct {
            performance.send(false);
        } else {
            performance.open.set(true);
        }
    }

    /// Shows the plan without sending it.
    pub fn review(&self) {
        if untrack(|| self.is_busy()) {
            return;
        }
        let Some(plan) = self.form.plan() else { return self.failed() };
        let performance = self.hold(plan);
        performance.open.set(true);
    }

    /// Whether something is on its way; tracked.
    pub fn is_busy(&self) -> bool {
        self.performance.get().is_some_and(|performance| performance.phase() == Phase::Busy)
    }

    /// Closes the plan's dialog. The form stays, with what is left to do.
    pub fn close(&self) {
        let Some(performance) = self.performance.get_untracked() else { return };
        self.take_back(performance);
        self.performance.set(None);
    }

    fn failed(&self) {
        self.failures.update(|count| *count = count.wrapping_add(1));
    }

    fn hold(&self, plan: Plan) -> Performance {
        self.partial.set(None);
        let attempt = self.clone();
        let make = || {
            let subject = super::form::Subject {
                record: self.form.record.get_untracked(),
                names: Arc::new(self.form.names()),
                ..self.form.subject.clone()
            };
            Performance::new(subject, plan, Callback::new(move |performance| attempt.ended(performance)))
        };
        // What is made in an event handler would otherwise outlive the form.
        let performance = match self.owner.get_value() {
            Some(owner) => owner.with(make),
            None => make(),
        };
        self.performance.set(Some(performance));
        performance
    }

    fn ended(&self, performance: Performance) {
        match untrack(|| performance.phase()) {
            Phase::Done => {
                let answer = performance.answer().unwrap_or_default();
                self.performance.set(None);
                self.form.forget_files();
                self.on_done.run((performance.plan(), answer));
            }
            Phase::Refused(failure) => {
                self.take_back(performance);
                self.performance.set(None);
                self.form.refused(&failure);
                self.failed();
            }
            _ => {}
        }
    }

    /// What the box has done already is no longer the form's to send.
    fn take_back(&self, performance: Performance) {
        let plan = performance.plan();
        let (mut made, steps) = untrack(|| (performance.run().made(), performance.run().steps()));
        self.partial.set(words::partial(&plan, &steps).filter(|_| !made.is_empty()));
        if let Settlement::Found(record) = untrack(|| performance.run().settlement()) {
            made.extend(settled::made(&plan, &record));
        }
        if !made.is_empty() {
            self.form.keep_rest(&made);
        }
    }
}
