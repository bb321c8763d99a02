//! Where a request goes: the placeholders of a path, and the parameters that do not come from a person.

use boxdeck_catalog::{
    Catalog, Operation, OperationKind, Operator, Parameter, Place, Resource, Source, UpdateStyle, template,
};
use serde_json::{Map, Value};

use crate::answer::{Record, split_key, value_text};
use crate::http::{Request, encode_segment};
use crate::{Context, ListTarget};

/// Everything that a path, a parameter or a body field can take its value from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Address<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) resource: &'a Resource,
    pub(crate) operation: &'a Operation,
    pub(crate) record: Option<&'a Record>,
    /// Key of the owning record, as [`Record::key`] makes it.
    pub(crate) parent: Option<&'a str>,
    /// Key of the record itself, likewise; the record's own fields come first.
    pub(crate) key: Option<&'a str>,
    /// Values of parameters that a person gives.
    pub(crate) inputs: Option<&'a Map<String, Value>>,
}

impl<'a> Address<'a> {
    /// Where one record, or the single object, is read.
    pub(crate) fn of_record(
        context: Context<'a>,
        resource: &'a Resource,
        operation: &'a Operation,
        parent: Option<&'a str>,
        key: &'a str,
    ) -> Self {
        let catalog = context.catalog;
        Self { catalog, resource, operation, record: None, parent, key: Some(key), inputs: None }
    }

    /// Where a list is read, with the values of parameters that come from its query.
    pub(crate) fn of_list(
        context: Context<'a>,
        target: ListTarget<'a>,
        inputs: &'a Map<String, Value>,
    ) -> Self {
        let ListTarget { resource, operation, parent } = target;
        let catalog = context.catalog;
        Self { catalog, resource, operation, record: None, parent, key: None, inputs: Some(inputs) }
    }

    /// The value that a source gives; `None` where there is none. `name` is the input's.
    pub(crate) fn value(&self, source: &Source, name: &str) -> Option<Value> {
        match source {
            Source::Input => self.inputs?.get(name).cloned().or_else(|| self.unchanged(name)),
            Source::Record(field) => match self.record.and_then(|record| record.get(field)) {
                Some(value) => Some(value.clone()),
                None => self.key_field(field).map(Value::String),
            },
            Source::Parent(field) => self.parent_field(field).map(Value::String),
            Source::Value(value) => Some(value.clone()),
            Source::Text(text) => template::fill(text, |name| self.named(name)).map(Value::String),
            Source::Filled(value) => template::fill_value(value, &|name| self.named(name)),
        }
    }

    /// What the record holds, where the whole object travels in parameters and a person has left this one alone.
    fn unchanged(&self, name: &str) -> Option<Value> {
        let is_whole =
            self.operation.kind == OperationKind::Update && self.operation.update == UpdateStyle::Whole;
        self.record.filter(|_| is_whole)?.get(name).cloned()
    }

    /// A value for a text with names in it: of the record, else of its owner, else of the person.
    fn named(&self, name: &str) -> Option<String> {
        let of_record = || self.record.and_then(|record| record.text(name)).or_else(|| self.key_field(name));
        let of_person = || self.inputs.and_then(|inputs| inputs.get(name)).and_then(value_text);
        of_record().or_else(|| self.parent_field(name)).or_else(of_person)
    }

    /// The value of a parameter as text; `None` where there is none, or where it is null.
    pub(crate) fn text(&self, parameter: &Parameter) -> Option<String> {
        self.value(&parameter.from, &parameter.field.name).as_ref().and_then(parameter_text)
    }

    /// The path with its placeholders filled, and the names of those that no value was found for.
    pub(crate) fn path(&self) -> (String, Vec<&str>) {
        let mut path = String::with_capacity(self.operation.path.len() + 16);
        let mut missing = Vec::new();
        let mut rest = self.operation.path.as_str();
        let mut ordinal = 0;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
        {
            path.push_str(before);
            match self.placeholder(name, &mut ordinal) {
                Some(text) if !text.is_empty() => path.push_str(&encode_segment(&text)),
                _ => missing.push(name),
            }
            rest = after;
        }
        path.push_str(rest);
        (path, missing)
    }

    /// The request without its body: method, path, and the parameters that have a value; and the placeholders that have none.
    /// `notation` writes a condition as the kind does.
    pub(crate) fn request(
        &self,
        notation: impl Fn(Operator, &[String]) -> Option<String>,
    ) -> (Request, Vec<&str>) {
        let (path, missing) = self.path();
        let mut request = Request { method: self.operation.method.clone(), path, ..Request::default() };
        for parameter in &self.operation.parameters {
            let Some(text) = self.text(parameter) else { continue };
            let text = match parameter.operator {
                Some(operator) => notation(operator, std::slice::from_ref(&text)).unwrap_or(text),
                None => text,
            };
            match parameter.place {
                Place::Path => {}
                Place::Query => request.query.push((parameter.wire_name().to_owned(), text)),
                Place::Header => request.headers.push((parameter.wire_name().to_owned(), text)),
            }
        }
        (request, missing)
    }

    fn placeholder(&self, name: &str, ordinal: &mut usize) -> Option<String> {
        let parameter = self
            .operation
            .parameters
            .iter()
            .find(|parameter| parameter.place == Place::Path && parameter.field.name == name);
        if let Some(parameter) = parameter {
            return self.text(parameter);
        }
        if name == "parent" {
            return self.parent.and_then(|parent| split_key(parent).into_iter().next());
        }
        let named = self.resource.key.iter().find(|field| *field == name);
        let field = named.or_else(|| self.resource.key.get(*ordinal));
        *ordinal += 1;
        let field = field?;
        self.record.and_then(|record| record.text(field)).or_else(|| self.key_field(field))
    }

    fn key_field(&self, field: &str) -> Option<String> {
        part_of_key(self.key?, &self.resource.key, field)
    }

    fn parent_field(&self, field: &str) -> Option<String> {
        let parent = self.resource.parent.as_deref().and_then(|id| self.catalog.resource(id));
        let default = [field.to_owned()];
        part_of_key(self.parent?, parent.map_or(&default, |parent| parent.key.as_slice()), field)
    }
}

fn part_of_key(key: &str, fields: &[String], field: &str) -> Option<String> {
    let index = fields.iter().position(|name| name == field)?;
    split_key(key).into_iter().nth(index)
}

/// A value as the text of a parameter: lists joined by commas, objects as JSON. `None` for null.
pub(crate) fn parameter_text(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => Some(items.iter().filter_map(value_text).collect::<Vec<_>>().join(",")),
        other => value_text(other),
    }
}
