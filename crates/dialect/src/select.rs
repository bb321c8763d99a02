//! Which fields a list has to ask for.

use boxdeck_catalog::{FieldType, Resource, Source};

use crate::query::Query;

/// Fields that a list needs: its columns, what names and identifies a record, what its references are shown by, and what
/// decides whether an operation or a relation is offered. Empty where the columns are not known: then everything is needed.
pub(crate) fn selected(resource: &Resource, query: &Query) -> Vec<String> {
    let columns = if query.columns.is_empty() { &resource.columns } else { &query.columns };
    let mut fields: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        let Some(field) = resource.field(name) else { return };
        // A value from inside another one comes with the whole of that.
        let name = field.at.first().map_or(name, String::as_str);
        if !fields.iter().any(|field| field == name) {
            fields.push(name.to_owned());
        }
    };
    for column in columns {
        add(column);
    }
    if columns.is_empty() {
        return Vec::new();
    }
    // What starts with an underscore is the box's own affair and only sent where it is shown.
    let mut need = |name: &str| {
        if !name.starts_with('_') {
            add(name);
        }
    };
    resource.key.iter().for_each(|name| need(name));
    need(resource.name_field());
    for field in columns.iter().filter_map(|name| resource.field(name)) {
        field.of.iter().for_each(|name| need(name));
        if let FieldType::Reference(reference) = &field.field_type {
            reference.label.iter().chain(&reference.parent).for_each(|name| need(name));
        }
    }
    for operation in resource.operations.iter().filter(|operation| operation.concerns_record()) {
        operation.when.iter().for_each(|condition| need(&condition.field));
        for parameter in &operation.parameters {
            if let Source::Record(name) = &parameter.from {
                need(name);
            }
        }
    }
    fields
}
