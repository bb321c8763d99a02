//! What a person is asked for an operation.

use std::borrow::Cow;

use boxdeck_catalog::{
    Body, BodyField, Field, FieldType, Operation, OperationKind, Place, Resource, Settable,
};

use super::Inputs;
use crate::answer::Record;

/// One input of an operation's form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InputField<'a> {
    /// Name, type, label and bounds. The name is the key in [`Inputs`](super::Inputs).
    pub field: &'a Field,
    /// Which part of [`Inputs`](super::Inputs) takes the value.
    pub place: InputPlace,
    /// Whether the operation cannot be sent without it.
    pub required: bool,
    /// How many values of the field's type there are.
    pub shape: InputShape,
}

/// How many values an input holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InputShape {
    /// One, of the field's type.
    One,
    /// An array, whose items have the field's type (a body that is a bare array).
    List,
    /// An object with free keys, whose values have the field's type (a body that is a free map).
    Map,
}

impl<'a> InputField<'a> {
    /// The field as the whole input is: for a bare array a list of the field's type, for a free map a map of it. This is what
    /// a form shows, parses and validates by.
    #[must_use]
    pub fn described(&self) -> Cow<'a, Field> {
        let inner = || Box::new(self.field.field_type.clone());
        let field_type = match self.shape {
            InputShape::One => return Cow::Borrowed(self.field),
            // Described as a list already.
            InputShape::List if matches!(self.field.field_type, FieldType::List(_)) => {
                return Cow::Borrowed(self.field);
            }
            InputShape::Map if matches!(self.field.field_type, FieldType::Map(_)) => {
                return Cow::Borrowed(self.field);
            }
            InputShape::List => FieldType::List(inner()),
            InputShape::Map => FieldType::Map(inner()),
        };
        Cow::Owned(Field { field_type, ..self.field.clone() })
    }
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
    let parameters = operation.inputs().map(|parameter| {
        InputField {
            field: &parameter.field,
            place: InputPlace::Parameter,
            // A path without its placeholder's value is another path.
            required: parameter.place == Place::Path || parameter.field.create == Settable::Required,
            shape: InputShape::One,
        }
    });
    parameters.chain(body_fields(resource, operation)).collect()
}

fn body_fields<'a>(resource: &'a Resource, operation: &'a Operation) -> Vec<InputField<'a>> {
    let in_body = |field: &'a Field, settable: Settable| InputField {
        field,
        place: InputPlace::Body,
        required: settable == Settable::Required,
        shape: InputShape::One,
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
        Body::Value(field) => vec![in_body(field, field.create)],
        Body::Array(field) => vec![InputField { shape: InputShape::List, ..in_body(field, field.create) }],
        Body::Map(field) => vec![InputField { shape: InputShape::Map, ..in_body(field, field.create) }],
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

/// Whether a form shows an input, and the plan sends it: all conditions of its field hold for the other inputs, or for the
/// record and the box's defaults where an input is not given.
#[must_use]
pub fn shown(
    fields: &[InputField<'_>],
    inputs: &Inputs,
    record: Option<&Record>,
    input: &InputField<'_>,
) -> bool {
    input.field.when.iter().all(|condition| {
        let name = &condition.field;
        let given = inputs.body.get(name).or_else(|| inputs.parameters.get(name));
        let known = given.or_else(|| record.and_then(|record| record.get(name)));
        let default = || {
            let other = fields.iter().find(|other| other.field.name == *name)?;
            other.field.default.as_ref()
        };
        condition.holds(known.or_else(default))
    })
}
