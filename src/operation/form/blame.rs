//! What is wrong with a form, told where a person looks: at the inputs, and above them.

use boxdeck_dialect::{Failure, FailureKind, FieldFault};
use leptos::prelude::*;

use super::{Form, Input};

impl Form {
    /// Shows what the box, or the plan, said of the inputs.
    pub fn refused(&self, failure: &Failure) {
        self.blame(&failure.fields, Some(failure));
    }

    /// Faults at their inputs; what belongs to none goes on top.
    pub(super) fn blame(&self, faults: &[FieldFault], failure: Option<&Failure>) {
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
                && matches!(failure.kind, FailureKind::Invalid | FailureKind::Conflict)
        };
        let general = match failure {
            // What stands at the inputs in the same words is not said twice.
            Some(failure) if is_told(&failure) => None,
            Some(failure) => Some(Failure { fields: rest, ..failure.clone() }),
            None => rest.first().map(|first| {
                let mut failure = Failure::new(FailureKind::NotSent, first.message.clone());
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
}
