//! Checks of operations: what they send, what comes back, and what a person is told before.

use std::collections::HashSet;

use serde_json::Value;

use super::{Place, Report, Scope, check_conditions, field, path, words};
use crate::field::{Field, FieldType, Settable};
use crate::files::Sources;
use crate::operation::{
    Body, BodyField, Damage, Operation, OperationKind, Place as Where, Progress, ResultShape, Source,
    UpdateStyle,
};

/// Identifiers of operations are unique in the whole catalog.
pub(super) fn check_unique(sources: &Sources, report: &mut Report) {
    let mut seen = HashSet::new();
    for (resource, file) in sources.catalog.resources.iter().zip(&sources.resources) {
        for (index, operation) in resource.operations.iter().enumerate() {
            let place = Place::of(file).at("operations").at(index).at("id");
            report.need(seen.insert(operation.id.as_str()), &place, || {
                format!("the operation {} occurs twice", operation.id)
            });
        }
    }
}

pub(super) fn check(scope: Scope<'_>, operation: &Operation, place: &Place<'_>, report: &mut Report) {
    let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.');
    report.need(!operation.id.is_empty() && operation.id.chars().all(is_id), &place.at("id"), || {
        format!("{:?} is not an identifier of an operation", operation.id)
    });
    words::check_label(&operation.title, &place.at("title"), report);
    for (key, text) in
        [("help", &operation.help), ("warning", &operation.warning), ("after", &operation.after)]
    {
        if !text.is_empty() {
            words::check_sentences(text, &place.at(key), report);
        }
    }
    report.need(operation.kind.is_read() || !operation.help.is_empty(), place, || {
        format!("the operation {} changes the box, so it needs help", operation.id)
    });
    check_names(scope, operation, place, report);
    path::check(scope, operation, place, report);
    check_method(operation, place, report);
    check_body(scope, operation, place, report);
    check_parameters(scope, operation, place, report);
    check_result(scope, operation, place, report);
    check_damage(operation, place, report);
    check_conditions(&operation.when, |name| scope.resource.field(name), &place.at("when"), report);
    for (index, condition) in operation.when.iter().enumerate() {
        let reason = place.at("when").at(index);
        if condition.reason.is_empty() {
            report.add(&reason, "the condition gives no reason to a person");
        } else {
            words::check_sentences(&condition.reason, &reason.at("reason"), report);
        }
    }
}

/// Roles, states and resources that the operation names.
fn check_names(scope: Scope<'_>, operation: &Operation, place: &Place<'_>, report: &mut Report) {
    let kind = &scope.catalog.kind;
    for (index, role) in operation.roles.iter().enumerate() {
        report.need(kind.roles.iter().any(|known| known.id == *role), &place.at("roles").at(index), || {
            format!("there is no role {role}")
        });
    }
    for (index, state) in operation.states.iter().enumerate() {
        report.need(kind.states.contains(state), &place.at("states").at(index), || {
            format!("there is no state {state}")
        });
    }
    report.unique(operation.touches.iter().map(String::as_str), "the resource", |index| {
        place.at("touches").at(index)
    });
    if let Some(next) = &operation.next {
        let is_other = *next != operation.id && scope.resource.operation(next).is_some();
        report.need(is_other, &place.at("next"), || format!("there is no other operation {next} here"));
    }
    if let Some(progress) = &operation.progress {
        check_progress(scope, progress, &place.at("progress"), report);
    }
    for (index, touched) in operation.touches.iter().enumerate() {
        let place = place.at("touches").at(index);
        scope.need_resource(touched, &place, report);
        report.need(*touched != scope.resource.id, &place, || {
            "the resource's own records are read again anyway".to_owned()
        });
    }
}

/// Progress is told by a query that asks a person for nothing, in a text that says when it is over.
fn check_progress(scope: Scope<'_>, progress: &Progress, place: &Place<'_>, report: &mut Report) {
    let asks_nothing = |operation: &&Operation| operation.inputs().next().is_none();
    let by = scope.resource.operation(&progress.by).filter(asks_nothing);
    let tells =
        by.is_some_and(|by| by.kind == OperationKind::Query && matches!(by.result, Some(ResultShape::Text)));
    report.need(tells, &place.at("by"), || {
        format!("{} is no query here that asks for nothing and is answered with a text", progress.by)
    });
    report.need(!progress.over.is_empty(), &place.at("over"), || "every text holds nothing".to_owned());
    if let Some(stop) = &progress.stop {
        let can_stop = scope.resource.operation(stop).filter(asks_nothing).is_some();
        report.need(can_stop, &place.at("stop"), || {
            format!("there is no operation {stop} here that asks for nothing")
        });
    }
}

fn check_method(operation: &Operation, place: &Place<'_>, report: &mut Report) {
    let at = place.at("method");
    report.need(
        matches!(operation.method.as_str(), "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD"),
        &at,
        || format!("{:?} is not a method", operation.method),
    );
    let is_safe = matches!(operation.method.as_str(), "GET" | "HEAD");
    report.need(!is_safe || operation.body.is_none(), &place.at("body"), || {
        format!("{} cannot send a body", operation.method)
    });
    report.need(operation.update != UpdateStyle::JsonPatch || operation.method == "PATCH", &at, || {
        "a JSON Patch is sent with PATCH".to_owned()
    });
}

fn check_body(scope: Scope<'_>, operation: &Operation, place: &Place<'_>, report: &mut Report) {
    let at = place.at("body");
    let resource = scope.resource;
    let is_update = operation.kind == OperationKind::Update;
    report.need(operation.update.is_partial() || is_update, &place.at("update"), || {
        "only an operation of the kind update has a style of update".to_owned()
    });
    // A whole object can also travel in parameters.
    let is_in_parameters = operation.update == UpdateStyle::Whole
        && operation.body.is_none()
        && operation.inputs().next().is_some();
    let has_style = operation.update.is_partial() || operation.body == Body::Update || is_in_parameters;
    report.need(has_style, &place.at("update"), || "a style of update needs the body update".to_owned());
    match &operation.body {
        Body::None => {
            let needs_file = operation.kind == OperationKind::Upload;
            report.need(!needs_file, place, || "an upload sends nothing".to_owned());
        }
        Body::Create => report.need(resource.fields.iter().any(|field| !field.create.is_no()), &at, || {
            "no field of the resource can be set on create".to_owned()
        }),
        Body::Update => {
            report.need(resource.fields.iter().any(|field| !field.update.is_no()), &at, || {
                "no field of the resource can be changed".to_owned()
            });
            report.need(is_update, &at, || {
                "only an operation of the kind update sends the body update".to_owned()
            });
        }
        Body::Object(fields) => check_object(scope, fields, operation, &at.at("object"), report),
        Body::Value(field) => field::check_input(scope, field, true, &at.at("value"), report),
        Body::Array(field) => field::check_input(scope, field, true, &at.at("array"), report),
        Body::Map(field) => field::check_input(scope, field, true, &at.at("map"), report),
        Body::Multipart(fields) => {
            let at = at.at("multipart");
            check_inputs(scope, fields, &at, report);
            report.need(
                fields.iter().any(|field| matches!(field.field_type, FieldType::File(_))),
                &at,
                || "no part is a file".to_owned(),
            );
        }
        Body::Form(fields) => check_inputs(scope, fields, &at.at("form"), report),
    }
}

fn check_inputs(scope: Scope<'_>, fields: &[Field], place: &Place<'_>, report: &mut Report) {
    report.unique(fields.iter().map(|field| field.name.as_str()), "the field", |index| {
        place.at(index).at("name")
    });
    for (index, one) in fields.iter().enumerate() {
        field::check_input(scope, one, true, &place.at(index), report);
        check_conditions(
            &one.when,
            |name| fields.iter().find(|field| field.name == name),
            &place.at(index).at("when"),
            report,
        );
    }
}

fn check_object(
    scope: Scope<'_>,
    fields: &[BodyField],
    operation: &Operation,
    place: &Place<'_>,
    report: &mut Report,
) {
    let find = |name: &str| {
        fields.iter().find_map(|field| match field {
            BodyField::Of(own) => scope.resource.field(own).filter(|field| field.name == name),
            BodyField::Own(own) => Some(&own.field).filter(|field| field.name == name),
        })
    };
    let names = fields.iter().map(|field| match field {
        BodyField::Of(name) => name.as_str(),
        BodyField::Own(own) => own.field.name.as_str(),
    });
    report.unique(names, "the field", |index| place.at(index));
    for (index, one) in fields.iter().enumerate() {
        let at = place.at(index);
        match one {
            BodyField::Of(name) => scope.need_field(name, &at, report),
            BodyField::Own(own) => {
                field::check_input(scope, &own.field, own.from.is_input(), &at.at("field"), report);
                check_conditions(&own.field.when, find, &at.at("field").at("when"), report);
                check_source(scope, &own.from, operation, &at.at("from"), report);
            }
        }
    }
}

fn check_parameters(scope: Scope<'_>, operation: &Operation, place: &Place<'_>, report: &mut Report) {
    let place = place.at("parameters");
    let names = operation.parameters.iter().map(|parameter| parameter.field.name.as_str());
    report.unique(names, "the parameter", |index| place.at(index).at("field").at("name"));
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let at = place.at(index);
        field::check_input(scope, &parameter.field, parameter.from.is_input(), &at.at("field"), report);
        check_source(scope, &parameter.from, operation, &at.at("from"), report);
        report.need(
            parameter.operator.is_none() || parameter.place == Where::Query,
            &at.at("operator"),
            || "only a parameter of the query is sent as a filter term".to_owned(),
        );
        let is_missing = parameter.place == Where::Path
            && parameter.from.is_input()
            && parameter.field.create != crate::field::Settable::Required;
        report.need(!is_missing, &at.at("field"), || "a parameter of the path must be required".to_owned());
    }
}

fn check_source(
    scope: Scope<'_>,
    source: &Source,
    operation: &Operation,
    place: &Place<'_>,
    report: &mut Report,
) {
    match source {
        Source::Record(name) => {
            scope.need_field(name, &place.at("record"), report);
            report.need(operation.on_record != Some(false), place, || {
                "the operation concerns no record".to_owned()
            });
        }
        Source::Parent(name) => match scope.resource.parent.as_deref().map(|id| scope.catalog.resource(id)) {
            None => report.add(place, format!("the resource {} has no parent", scope.resource.id)),
            Some(parent) => {
                if let Some(resource) = parent {
                    Scope { catalog: scope.catalog, resource }.need_field(name, &place.at("parent"), report);
                }
            }
        },
        Source::Text(template) => check_template(scope, template, operation, &place.at("text"), report),
        Source::Filled(value) => {
            let mut texts = Vec::new();
            texts_in(value, &mut texts);
            for template in texts {
                check_template(scope, template, operation, &place.at("filled"), report);
            }
        }
        Source::Input | Source::Value(_) => {}
    }
}

/// The texts in a value.
fn texts_in<'a>(template: &'a Value, found: &mut Vec<&'a str>) {
    match template {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts_in(item, found)),
        Value::Object(members) => members.values().for_each(|member| texts_in(member, found)),
        _ => {}
    }
}

/// Whether something has each name in a text.
fn check_template(
    scope: Scope<'_>,
    template: &str,
    operation: &Operation,
    place: &Place<'_>,
    report: &mut Report,
) {
    let parent = scope.resource.parent.as_deref().and_then(|id| scope.catalog.resource(id));
    for name in crate::template::names(template) {
        let is_known = scope.resource.field(name).is_some()
            || parent.is_some_and(|parent| parent.field(name).is_some())
            || operation.input(name).is_some();
        report.need(is_known, place, || format!("nothing is called {name}"));
    }
}

fn check_result(scope: Scope<'_>, operation: &Operation, place: &Place<'_>, report: &mut Report) {
    let at = place.at("result");
    if let Some(ResultShape::PageOf(id) | ResultShape::RecordOf(id)) = &operation.result {
        scope.need_resource(id, &at, report);
    }
    let is_list =
        matches!(&operation.result, Some(ResultShape::Page | ResultShape::Array | ResultShape::PageOf(_)));
    report.need(operation.kind != OperationKind::List || is_list, place, || {
        "a list needs the result page, array or pageof".to_owned()
    });
    report.need(
        operation.paging.is_empty() || operation.kind == OperationKind::List,
        &place.at("paging"),
        || "only a list is paged".to_owned(),
    );
    check_rows(operation, place, report);
    check_one_of(operation, place, report);
    let is_one = matches!(
        &operation.result,
        Some(
            ResultShape::Record
                | ResultShape::RecordOf(_)
                | ResultShape::Value
                | ResultShape::Object
                | ResultShape::Text
        )
    );
    report.need(operation.kind != OperationKind::Get || is_one, place, || {
        "a get needs the result of one record".to_owned()
    });
    let is_file = matches!(&operation.result, Some(ResultShape::Text | ResultShape::File));
    report.need(operation.file_name.is_none() || is_file, &place.at("file_name"), || {
        "only a text or file has a file name".to_owned()
    });
    report.need(operation.kind != OperationKind::Download || is_file, place, || {
        "a download needs the result text or file".to_owned()
    });
}

/// What can stand for each other are inputs of the operation, none of which is needed by itself.
fn check_one_of(operation: &Operation, place: &Place<'_>, report: &mut Report) {
    for (index, names) in operation.one_of.iter().enumerate() {
        let at = place.at("one_of").at(index);
        report.need(names.len() > 1, &at, || "one of several needs several".to_owned());
        for name in names {
            let input = operation.input(name);
            let can_be_left = input.is_some_and(|input| input.field.create != Settable::Required);
            report.need(can_be_left, &at, || format!("no parameter that can be left out is called {name}"));
        }
    }
}

/// Each step finds the records of the answer in one way.
fn check_rows(operation: &Operation, place: &Place<'_>, report: &mut Report) {
    for (index, step) in operation.rows.iter().enumerate() {
        let at = place.at("rows").at(index);
        report.need(step.each.is_some() != step.keys.is_some(), &at, || {
            "a step names either each or keys".to_owned()
        });
        report.need(step.values.is_none() || step.keys.is_some(), &at.at("values"), || {
            "only beside keys there are values".to_owned()
        });
    }
}

fn check_damage(operation: &Operation, place: &Place<'_>, report: &mut Report) {
    let is_removal = operation.method == "DELETE" || operation.kind == OperationKind::Delete;
    report.need(!is_removal || operation.destroys.is_some(), place, || {
        format!("{} removes something, so it needs destroys", operation.id)
    });
    report.need(!operation.kind.is_read() || operation.destroys.is_none(), &place.at("destroys"), || {
        "what only reads destroys nothing".to_owned()
    });
    let is_grave = matches!(operation.destroys, Some(Damage::Data | Damage::Access));
    report.need(!is_grave || !operation.warning.is_empty(), &place.at("destroys"), || {
        "what is lost needs a warning".to_owned()
    });
}
