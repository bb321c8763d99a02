//! What a person is asked for an operation.

use boxdeck_catalog::{
    Body, BodyField, Field, FieldType, Operation, OperationKind, Place, Resource, Settable,
};

/// One input of an operation's form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InputField<'a> {
    /// Name, type, label and bounds. The name is the key in [`Inputs`](super::Inputs).
    pub field: &'a Field,
    /// Which part of [`Inputs`](super::Inputs) takes the value.
    pub place: InputPlace,
    /// Whether the operation cannot be sent without it.
    pub required: bool,
}

/// Which part of [`Inputs`](super::Inputs) takes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InputPlace {
    /// `Inputs::parameters`.
    Parameter,
    /// `Inputs::body`.
    Body,
    /// `Inputs::files`.
    File,
}

/// What a person gives for an operation, in the order of its form: parameters first, then the body's fields. What comes
/// from the record, its owner or the catalog is not among it.
#[must_use]
pub fn input_fields<'a>(resource: &'a Resource, operation: &'a Operation) -> Vec<InputField<'a>> {
    let parameters =
        operation.parameters.iter().filter(|parameter| parameter.from.is_input()).map(|parameter| {
            InputField {
                field: &parameter.field,
                place: InputPlace::Parameter,
                // A path without its placeholder's value is another path.
                required: parameter.place == Place::Path || parameter.field.create == Settable::Required,
            }
        });
    parameters.chain(body_fields(resource, operation)).collect()
}

fn body_fields<'a>(resource: &'a Resource, operation: &'a Operation) -> Vec<InputField<'a>> {
    let in_body = |field: &'a Field, settable: Settable| InputField {
        field,
        place: InputPlace::Body,
        required: settable == Settable::Required,
    };
    match &operation.body {
        Body::None => Vec::new(),
        Body::Create => {
            fields_with(resource, |field| field.create).map(|field| in_body(field, field.create)).collect()
        }
        Body::Update => {
            fields_with(resource, |field| field.update).map(|field| in_body(field, field.update)).collect()
        }
        Body::Object(fields) => fields
            .iter()
            .filter_map(|entry| match entry {
                BodyField::Of(name) => {
                    resource.field(name).map(|field| in_body(field, settable(operation, field)))
                }
                BodyField::Own(own) => own.from.is_input().then(|| in_body(&own.field, own.field.create)),
            })
            .collect(),
        Body::Value(field) | Body::Array(field) | Body::Map(field) => vec![in_body(field, field.create)],
        Body::Multipart(fields) => fields
            .iter()
            .map(|field| match field.field_type {
                FieldType::File(_) => InputField { place: InputPlace::File, ..in_body(field, field.create) },
                _ => in_body(field, field.create),
            })
            .collect(),
        Body::Form(fields) => fields.iter().map(|field| in_body(field, field.create)).collect(),
    }
}

fn fields_with(resource: &Resource, settable: fn(&Field) -> Settable) -> impl Iterator<Item = &Field> {
    resource.fields.iter().filter(move |field| !settable(field).is_no())
}

/// Whether an operation with a body of its own must set a field that the resource describes.
fn settable(operation: &Operation, field: &Field) -> Settable {
    if operation.kind == OperationKind::Update { field.update } else { field.create }
}
