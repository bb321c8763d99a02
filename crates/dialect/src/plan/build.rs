//! From what a person gave to the exact requests.

use boxdeck_catalog::input::validate;
use boxdeck_catalog::{Body as Shape, Operation, OperationKind, Resource, UpdateStyle};
use serde_json::Value;

use super::body::{Content, contents};
use super::diff::{is_mask, masks};
use super::fields::{InputField, InputPlace, input_fields, shown};
use super::secrets::shown_value;
use super::{Change, Guard, Inputs, Plan, PlanStep, SecretPlace};
use crate::address::Address;
use crate::answer::Record;
use crate::failure::FieldFault;
use crate::http::PartContent;
use crate::{Context, Dialect};

/// An input with the value that was given for it.
pub(super) struct Given<'a> {
    pub(super) input: InputField<'a>,
    pub(super) value: Value,
}

/// Makes the plan of an operation.
///
/// `record` is the record that it concerns, as it was read, with all its fields; `parent` the key of the owning record and
/// `key` the record's own, both as [`Record::key`] makes them. An update sends only what differs from the record.
///
/// # Errors
/// What is wrong with the inputs, each fault with the name of its field. An update that changes nothing is a fault with an
/// empty name.
#[expect(clippy::too_many_arguments, reason = "everything that a request can take a value from")]
pub fn build(
    dialect: &dyn Dialect,
    context: Context<'_>,
    resource: &Resource,
    operation: &Operation,
    record: Option<&Record>,
    parent: Option<&str>,
    key: Option<&str>,
    inputs: &Inputs,
) -> Result<Plan, Vec<FieldFault>> {
    let fields: Vec<InputField<'_>> = input_fields(resource, operation);
    let shown: Vec<InputField<'_>> =
        fields.iter().filter(|input| shown(&fields, inputs, record, input)).copied().collect();
    // What was typed before a condition hid its input is not sent.
    let mut parameters = inputs.parameters.clone();
    parameters.retain(|name, _| shown.iter().any(|input| input.field.name == *name));
    let address = Address {
        catalog: context.catalog,
        resource,
        operation,
        record,
        parent,
        key,
        inputs: Some(&parameters),
    };
    let mut faults = Vec::new();
    let given = collect(&shown, inputs, record, operation, &mut faults);
    faults.extend(operation.one_of.iter().filter_map(|names| none_of(names, &shown, &given)));
    let (request, missing) = address.request(|operator, values| dialect.filter_text(operator, values));
    for name in missing {
        if !faults.iter().any(|fault: &FieldFault| fault.field == name) {
            faults.push(fault(name, words::input::address_needs()));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let contents = contents(dialect, &address, &given, &inputs.files)?;
    let of_parameters = parameter_changes(&given, operation, record);
    let is_update = operation.kind == OperationKind::Update
        && (!operation.body.is_none() || operation.update == UpdateStyle::Whole);
    let is_same = contents.iter().all(|content| content.changes.is_empty());
    if is_update && is_same && (!operation.body.is_none() || of_parameters.0.is_empty()) {
        return Err(vec![fault("", words::input::nothing_changed())]);
    }
    let guard = guard(dialect, context, &address);
    let steps = contents.into_iter().map(|content| {
        let Content { body, changes, secrets } = content;
        let mut request = request.clone();
        request.body = body;
        dialect.dress(context, &mut request);
        PlanStep {
            request,
            changes: of_parameters.0.iter().cloned().chain(changes).collect(),
            secrets: of_parameters.1.iter().cloned().chain(secrets).collect(),
        }
    });
    let steps: Vec<PlanStep> = steps.collect();
    let target = operation.concerns_record().then(|| {
        let key = record.and_then(|record| record.key(resource)).or_else(|| key.map(str::to_owned));
        (resource.id.clone(), key.unwrap_or_default())
    });
    Ok(Plan {
        operation: operation.id.clone(),
        title: operation.title.clone(),
        target_name: target.as_ref().and_then(|_| record?.text(resource.name_field())),
        target,
        steps,
        guard,
        destroys: operation.destroys,
        may_need_approval: operation.approval,
        warning: operation.warning.clone(),
    })
}

/// The look at the record before the whole of it is written back: what someone else has changed meanwhile would be undone.
fn guard(dialect: &dyn Dialect, context: Context<'_>, address: &Address<'_>) -> Option<Guard> {
    let Address { resource, operation, parent, .. } = *address;
    let is_blind = operation.update == UpdateStyle::Whole && !dialect.refuses_stale();
    let record = address.record.filter(|_| is_blind)?;
    let get = resource.first(OperationKind::Get)?;
    let key = record.key(resource).or_else(|| address.key.map(str::to_owned))?;
    Some(Guard { request: dialect.get(context, resource, get, parent, &key), key, read: record.clone() })
}

/// A fault of one field.
pub(super) fn fault(field: &str, message: &str) -> FieldFault {
    FieldFault { field: field.to_owned(), message: message.to_owned() }
}

/// Takes the given values, and finds out what is missing or not acceptable.
fn collect<'a>(
    shown: &[InputField<'a>],
    inputs: &Inputs,
    record: Option<&Record>,
    operation: &Operation,
    faults: &mut Vec<FieldFault>,
) -> Vec<Given<'a>> {
    let mut given = Vec::new();
    let is_update = operation.kind == OperationKind::Update;
    for input in shown {
        let name = &input.field.name;
        if input.place == InputPlace::File {
            if input.required && !matches!(inputs.files.get(name), Some(PartContent::File { .. })) {
                faults.push(fault(name, words::form::choose_file()));
            }
            continue;
        }
        let source = match input.place {
            InputPlace::Parameter => &inputs.parameters,
            InputPlace::Body | InputPlace::File => &inputs.body,
        };
        let value = source.get(name).filter(|value| !is_untouched(input, value));
        let old = record.filter(|_| is_update).and_then(|record| record.get(name));
        match value {
            None if input.required
                && old.is_none_or(Value::is_null)
                && !(is_update && is_secret_of(input, record)) =>
            {
                faults.push(fault(name, words::form::needed()));
            }
            None => {}
            Some(Value::Null) if input.required && !input.field.nullable => {
                faults.push(fault(name, words::form::needed()));
            }
            Some(Value::String(text)) if input.required && text.is_empty() && !input.field.takes_empty() => {
                faults.push(fault(name, words::form::needed()));
            }
            Some(value) => {
                // What the box holds already may be outside of what it accepts today.
                let unchanged = old.is_some_and(|old| super::diff::same(old, value));
                // A patch takes null as "remove".
                let removes = value.is_null() && is_update && old.is_some();
                if !unchanged
                    && !removes
                    && let Err(message) = validate(&input.described(), value)
                {
                    faults.push(FieldFault { field: name.clone(), message });
                }
                given.push(Given { input: *input, value: value.clone() });
            }
        }
    }
    given
}

/// The fault of inputs of which one is needed, where none is given.
fn none_of(names: &[String], shown: &[InputField<'_>], given: &[Given<'_>]) -> Option<FieldFault> {
    let is_empty = |value: &Value| value.is_null() || value.as_str().is_some_and(str::is_empty);
    if given.iter().any(|given| names.contains(&given.input.field.name) && !is_empty(&given.value)) {
        return None;
    }
    let of_them = shown.iter().filter(|input| names.contains(&input.field.name));
    let labels: Vec<&str> = of_them.map(|input| input.field.label.as_str()).collect();
    Some(fault(names.first()?, &words::form::one_needed(labels.join(", "))))
}

/// A secret that was left empty, or a mask: nothing was typed.
fn is_untouched(input: &InputField<'_>, value: &Value) -> bool {
    let empty = value.is_null() || value.as_str().is_some_and(str::is_empty);
    (input.field.secret && empty) || is_mask(value, &masks(input.field))
}

/// Whether the record has a secret there that the box keeps to itself.
fn is_secret_of(input: &InputField<'_>, record: Option<&Record>) -> bool {
    input.field.secret && record.is_some()
}

/// What the parameters say, for the preview. Where the whole object travels in them, only what differs from the record.
fn parameter_changes(
    given: &[Given<'_>],
    operation: &Operation,
    record: Option<&Record>,
) -> (Vec<Change>, Vec<SecretPlace>) {
    let mut changes = Vec::new();
    let mut secrets = Vec::new();
    let record = record.filter(|_| operation.update == UpdateStyle::Whole);
    let of_parameters = given.iter().filter(|given| given.input.place == InputPlace::Parameter);
    for Given { input, value } in of_parameters {
        let old = record.and_then(|record| record.get(&input.field.name));
        if old.is_none_or(|old| !super::diff::same(old, value)) {
            changes.push(change(input, old, value));
        }
        let place = operation.parameter(&input.field.name);
        if input.field.secret
            && let Some(parameter) = place
        {
            let name = parameter.wire_name().to_owned();
            match parameter.place {
                boxdeck_catalog::Place::Query => secrets.push(SecretPlace::Query(name)),
                boxdeck_catalog::Place::Header => secrets.push(SecretPlace::Header(name)),
                boxdeck_catalog::Place::Path => {}
            }
        }
    }
    (changes, secrets)
}

/// A change as it may be shown.
pub(super) fn change(input: &InputField<'_>, old: Option<&Value>, new: &Value) -> Change {
    let field = input.described();
    Change {
        field: field.name.clone(),
        label: field.label.clone(),
        old: old.filter(|_| !field.secret).map(|old| shown_value(&field, old)),
        new: shown_value(&field, new),
        secret: field.secret,
    }
}

/// Whether a body is an object, so that fields can be left out of it.
pub(super) const fn is_object(body: &Shape) -> bool {
    matches!(body, Shape::Create | Shape::Update | Shape::Object(_))
}

#[cfg(test)]
mod tests;
