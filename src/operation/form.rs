//! The form of an operation: its inputs, what they mean together, and what the box said of them.

pub mod control;
mod groups;
pub mod node;
pub mod picked;
pub mod typed;
mod zone;

use std::sync::Arc;

use boxdeck_catalog::{Field, Operation, OperationKind, Resource, UpdateStyle, template};
use boxdeck_dialect::{
    Context, Failure, FieldFault, InputField, InputPlace, Inputs, Plan, Record, build, input_fields, shown,
};
use leptos::prelude::*;
use serde_json::Value;

use crate::system::System;
pub use groups::groups;
use node::{Fault, Node};
use typed::{Entered, Known};

/// What a form is about.
#[derive(Clone)]
pub struct Subject {
    /// The system.
    pub system: System,
    /// The resource.
    pub resource: Arc<Resource>,
    /// The operation.
    pub operation: Arc<Operation>,
    /// The record that it concerns, as it was read.
    pub record: Option<Arc<Record>>,
    /// Key of the owning record.
    pub parent: Option<String>,
    /// Key of the record.
    pub key: Option<String>,
    /// Names of records that were picked: field, key, name.
    pub names: Arc<Vec<(String, String, String)>>,
}

impl Subject {
    /// An operation that concerns no record of its resource, without an owner.
    pub fn new(system: System, resource: Arc<Resource>, operation: Arc<Operation>) -> Self {
        Self { system, resource, operation, record: None, parent: None, key: None, names: Arc::default() }
    }

    /// The plan of an operation that asks a person for nothing.
    ///
    /// # Errors
    /// What is missing, each fault with the name of its field.
    pub fn plan(&self) -> Result<Plan, Vec<FieldFault>> {
        self.plan_with(self.record.as_deref(), &Inputs::default())
    }

    fn plan_with(&self, record: Option<&Record>, inputs: &Inputs) -> Result<Plan, Vec<FieldFault>> {
        let Self { system, resource, operation, parent, key, .. } = self;
        let session = system.session();
        let context = Context { catalog: &system.catalog(), session: &session };
        let (parent, key) = (parent.as_deref(), key.as_deref());
        build(system.dialect, context, resource, operation, record, parent, key, inputs)
    }
}

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

/// What all inputs mean together.
#[derive(Clone, PartialEq, Default)]
pub struct Gathered {
    /// The values that are there.
    pub inputs: Inputs,
    /// Which inputs show.
    pub shown: Vec<bool>,
    /// What is wrong with those that show.
    pub faults: Vec<Fault>,
    /// Whether anything that shows differs from how it was at first.
    pub changed: bool,
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
                None => begin(&field, &subject).map_or(Known::Nothing, Known::Default),
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

    /// The plan that the form makes as it is now.
    ///
    /// # Errors
    /// Nothing is sent while something is wrong; the faults show at their inputs, those of no input are in
    /// [`Form::refusal`].
    pub fn plan(&self) -> Result<Plan, ()> {
        self.tried.set(true);
        self.refusal.set(None);
        self.answered.set(false);
        let gathered = self.gathered.get_untracked();
        if !gathered.faults.is_empty() {
            return Err(());
        }
        let record = self.record.get_untracked();
        self.subject
            .plan_with(record.as_deref(), &gathered.inputs)
            .map_err(|faults| self.blame(&faults, None))
    }

    /// Shows what the box, or the plan, said of the inputs.
    pub fn refused(&self, failure: &Failure) {
        self.blame(&failure.fields, Some(failure));
    }

    /// Faults at their inputs; what belongs to none goes on top.
    fn blame(&self, faults: &[FieldFault], failure: Option<&Failure>) {
        self.tried.set(true);
        self.answered.set(failure.is_some());
        let mut rest = Vec::new();
        for fault in faults {
            match self.input_of(&fault.field) {
                Some(input) => input.node.blame(fault.message.clone()),
                None => rest.push(fault.clone()),
            }
        }
        let is_told = |failure: &&Failure| {
            rest.is_empty()
                && faults.iter().any(|fault| fault.message == failure.message)
                && matches!(
                    failure.kind,
                    boxdeck_dialect::FailureKind::Invalid | boxdeck_dialect::FailureKind::Conflict
                )
        };
        let general = match failure {
            // What stands at the inputs in the same words is not said twice.
            Some(failure) if is_told(&failure) => None,
            Some(failure) => Some(Failure { fields: rest, ..failure.clone() }),
            None => rest.first().map(|first| {
                let mut failure = Failure::new(boxdeck_dialect::FailureKind::NotSent, first.message.clone());
                failure.fields = rest.iter().skip(1).cloned().collect();
                failure
            }),
        };
        self.refusal.set(general);
    }

    /// The input of a field that the box names; for a name inside an object, the object's.
    fn input_of(&self, name: &str) -> Option<&Input> {
        let shown = |index: usize| {
            self.gathered.with_untracked(|gathered| gathered.shown.get(index).copied().unwrap_or(true))
        };
        let find = |name: &str| {
            self.inputs
                .iter()
                .enumerate()
                .find(|(index, input)| input.node.field.name == name && shown(*index))
        };
        let outer = name.split(['.', '[', '/']).find(|part| !part.is_empty()).unwrap_or(name);
        find(name).or_else(|| find(outer)).map(|(_, input)| input)
    }

    /// Everything that is wrong and should be seen now: id of the input (empty: none), and the message; tracked.
    pub fn summary(&self) -> Vec<(String, String)> {
        if !self.tried.get() {
            return Vec::new();
        }
        let mut lines: Vec<(String, String)> = self.gathered.with(|gathered| {
            gathered
                .faults
                .iter()
                .map(|fault| (fault.id.clone(), format!("{}: {}", fault.label, fault.message)))
                .collect()
        });
        for (index, input) in self.inputs.iter().enumerate() {
            if self.is_shown(index)
                && input.node.fault.with(Option::is_some)
                && let Some(message) = input.node.error(false)
                && !lines.iter().any(|(id, _)| *id == input.node.id)
            {
                lines.push((input.node.id.clone(), format!("{}: {message}", input.node.field.label)));
            }
        }
        lines
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

fn gather(resource: &Resource, operation: &Operation, record: Option<&Record>, nodes: &[Input]) -> Gathered {
    let mut inputs = Inputs::default();
    let mut faults = Vec::with_capacity(nodes.len());
    for Input { node, place } in nodes {
        let name = node.field.name.clone();
        match node.entered() {
            Ok(Entered::Value(value)) => {
                let values =
                    if *place == InputPlace::Parameter { &mut inputs.parameters } else { &mut inputs.body };
                values.insert(name.clone(), value);
                faults.push(Vec::new());
            }
            Ok(Entered::Absent) => faults.push(Vec::new()),
            Err(found) => faults.push(found),
        }
        if let Some(file) = node.file() {
            inputs.files.insert(name, file);
        }
    }
    let fields: Vec<InputField<'_>> = input_fields(resource, operation);
    let shown: Vec<bool> = fields.iter().map(|input| shown(&fields, &inputs, record, input)).collect();
    let is_shown = |index: usize| shown.get(index).copied().unwrap_or(true);
    let faults = faults
        .into_iter()
        .enumerate()
        .filter(|(index, _)| is_shown(*index))
        .flat_map(|(_, faults)| faults)
        .collect();
    let changed = nodes.iter().enumerate().any(|(index, input)| is_shown(index) && input.node.is_changed());
    Gathered { inputs, shown, faults, changed }
}
