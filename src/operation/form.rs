//! The form of an operation: its inputs, what they mean together, and what the box said of them.

mod blame;
pub mod control;
mod gathered;
mod groups;
pub mod node;
pub mod picked;
mod subject;
pub mod typed;
mod zone;

use std::sync::Arc;

use boxdeck_catalog::{Field, OperationKind, UpdateStyle, template};
use boxdeck_dialect::{Failure, InputPlace, Plan, Record, input_fields};
use leptos::prelude::*;
use serde_json::{Map, Value};

pub use gathered::Gathered;
use gathered::gather;
pub use groups::groups;
use node::Node;
pub use subject::Subject;
use typed::Known;

/// A form.
#[derive(Clone)]
pub struct Form {
    /// What it is about; the record is the one that the form was made from.
    pub subject: Subject,
    /// The record as far as it is known now: after a part of the changes was made, with these in it.
    pub record: RwSignal<Option<Arc<Record>>>,
    /// The inputs, in the order of [`input_fields`].
    pub inputs: Arc<Vec<Input>>,
    /// Whether someone tried to send it, so that every fault shows.
    pub tried: RwSignal<bool>,
    /// What the box said that belongs to no input.
    pub refusal: RwSignal<Option<Failure>>,
    /// Whether what is wrong is what the box has answered.
    pub answered: RwSignal<bool>,
    gathered: Memo<Gathered>,
}

/// One input of a form.
#[derive(Clone)]
pub struct Input {
    /// The input.
    pub node: Node,
    /// Which part of the operation takes its value.
    pub place: InputPlace,
}

impl Form {
    /// The form of an operation, filled with what is known.
    pub fn new(subject: Subject) -> Self {
        let locale = zone::locale();
        let (resource, operation) = (Arc::clone(&subject.resource), Arc::clone(&subject.operation));
        let is_update = operation.kind == OperationKind::Update;
        let inputs = input_fields(&resource, &operation).into_iter().map(|input| {
            let field = Arc::new(input.described().into_owned());
            // Where the whole object travels in parameters, they begin as the record has them.
            let is_known = match input.place {
                InputPlace::Body => is_update,
                InputPlace::Parameter => operation.update == UpdateStyle::Whole,
                InputPlace::File => false,
            };
            let of_record = subject.record.as_ref().filter(|_| is_known);
            let known = match of_record.and_then(|record| record.get(&field.name)) {
                Some(value) => Known::Record(value.clone()),
                None if of_record.is_some() => Known::Nothing,
                None => typed::begin(&field, begin(&field, &subject), locale),
            };
            let removable = operation.update == UpdateStyle::JsonPatch && !input.required;
            Input { node: Node::new(field, input.required, known, removable, locale), place: input.place }
        });
        let inputs: Arc<Vec<Input>> = Arc::new(inputs.collect());
        let record = RwSignal::new(subject.record.clone());
        let gathered = {
            let inputs = Arc::clone(&inputs);
            Memo::new(move |_| gather(&resource, &operation, record.get().as_deref(), &inputs))
        };
        Self {
            subject,
            record,
            inputs,
            tried: RwSignal::new(false),
            refusal: RwSignal::new(None),
            answered: RwSignal::new(false),
            gathered,
        }
    }

    /// What all inputs mean together, as a signal.
    pub const fn gathered(&self) -> Memo<Gathered> {
        self.gathered
    }

    /// Whether an input shows; tracked.
    pub fn is_shown(&self, index: usize) -> bool {
        self.gathered.with(|gathered| gathered.shown.get(index).copied().unwrap_or(true))
    }

    /// The plan that the form makes as it is now. `None` while something is wrong: the faults show at their inputs, those of
    /// no input are in [`Form::refusal`].
    pub fn plan(&self) -> Option<Plan> {
        self.tried.set(true);
        self.refusal.set(None);
        self.answered.set(false);
        let gathered = self.gathered.get_untracked();
        if !gathered.faults.is_empty() {
            return None;
        }
        let record = self.record.get_untracked();
        let plan = self.subject.plan_with(record.as_deref(), &gathered.inputs);
        plan.map_err(|faults| self.blame(&faults, None)).ok()
    }

    /// Takes changes that the box has made as the record's own, so that only the rest is left to send.
    pub fn keep_rest(&self, made: &[String]) {
        let inputs = self.gathered.with_untracked(|gathered| gathered.inputs.clone());
        let mut record = self.record.get_untracked().map(|record| (*record).clone()).unwrap_or_default();
        for input in self.inputs.iter().filter(|input| made.contains(&input.node.field.name)) {
            let name = &input.node.field.name;
            let value = if input.node.field.secret {
                record.get(name).cloned()
            } else {
                inputs.body.get(name).cloned()
            };
            if let Some(value) = &value {
                record.0.insert(name.clone(), value.clone());
            }
            input.node.rebase(value);
        }
        self.record.set(Some(Arc::new(record)));
    }

    /// What is known of the body while some of it is missing or wrong; tracked.
    pub fn draft(&self) -> Map<String, Value> {
        let inputs = self.inputs.iter().enumerate();
        let of_body =
            inputs.filter(|(index, input)| input.place == InputPlace::Body && self.is_shown(*index));
        of_body.filter_map(|(_, input)| Some((input.node.field.name.clone(), input.node.draft()?))).collect()
    }

    /// Names of the records that were picked: field, key, name.
    pub fn names(&self) -> Vec<(String, String, String)> {
        let picked = self.inputs.iter().filter_map(|input| {
            let node::Content::Leaf(leaf) = input.node.content else { return None };
            let (key, name) = leaf.name.get_untracked()?;
            Some((input.node.field.name.clone(), key, name))
        });
        picked.collect()
    }

    /// Lets go of the files that were chosen.
    pub fn forget_files(&self) {
        for input in self.inputs.iter() {
            if let Some(boxdeck_dialect::PartContent::File { handle, .. }) = untrack(|| input.node.file()) {
                crate::files::forget(handle);
            }
        }
    }
}

/// What the input of a field begins with: the default, in which names in braces are fields of the record.
fn begin(field: &Field, subject: &Subject) -> Option<Value> {
    let default = field.default.as_ref()?;
    match &subject.record {
        Some(record) => template::fill_value(default, &|name| record.text(name)),
        None => Some(default.clone()),
    }
}
