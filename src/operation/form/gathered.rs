//! What the inputs of a form mean together.

use boxdeck_catalog::{Operation, Resource};
use boxdeck_dialect::{InputField, InputPlace, Inputs, Record, input_fields, shown};

use super::Input;
use super::node::Fault;
use super::typed::Entered;

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

/// Reads all inputs; tracked.
pub(super) fn gather(
    resource: &Resource,
    operation: &Operation,
    record: Option<&Record>,
    nodes: &[Input],
) -> Gathered {
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
