//! Checks of fields, both those of records and those that are inputs of operations.

use serde_json::Value;

use super::{Place, Report, Scope, check_conditions, words};
use crate::field::{Allowed, Choice, Field, FieldType, OTHERS, Reference, Rules};
use crate::input::local_time;
use crate::kind::Operator;
use crate::operation::{Body, BodyField, OperationKind};
use crate::resource::Shape;
use crate::spelling::Spelling;

/// Checks the types that a field has in some records; `beside` finds the fields that lie beside it.
fn check_types<'a>(
    scope: Scope<'_>,
    field: &'a Field,
    beside: impl Fn(&str) -> Option<&'a Field>,
    place: &Place<'_>,
    report: &mut Report,
) {
    for (index, one) in field.types.iter().enumerate() {
        let place = place.at("types").at(index);
        check_type(scope, &one.field_type, &place.at("type"), report);
        report.need(!one.when.is_empty(), &place.at("when"), || {
            "a type without a condition is the field's own".to_owned()
        });
        let find = |name: &str| Some(field).filter(|field| field.name == name).or_else(|| beside(name));
        check_conditions(&one.when, find, &place.at("when"), report);
    }
}

/// Checks a field of the resource itself.
pub(super) fn check_of_resource(scope: Scope<'_>, field: &Field, place: &Place<'_>, report: &mut Report) {
    let settable = !field.create.is_no() || !field.update.is_no();
    check_common(scope, field, settable, place, report);
    report.need(
        field.group.is_empty() || scope.resource.groups.iter().any(|group| group.id == field.group),
        &place.at("group"),
        || format!("there is no group {}", field.group),
    );
    check_conditions(&field.when, |name| scope.resource.field(name), &place.at("when"), report);
    check_types(scope, field, |name| scope.resource.field(name), place, report);
    check_filter(scope, field, place, report);
    check_share(scope, field, place, report);
    let fits = match field.wire {
        Spelling::Own => true,
        Spelling::Text => field.field_type.is_number(),
        Spelling::Number => matches!(field.field_type, FieldType::Enum(_)),
        Spelling::Letter => field.field_type == FieldType::Bytes(1) && !settable,
    };
    report.need(fits, &place.at("wire"), || "the wire cannot spell this type so".to_owned());
    report.need(!field.grows || !field.update.is_no(), &place.at("grows"), || {
        "what is never updated cannot grow by an update".to_owned()
    });
    report.need(!field.computed || !settable, &place.at("computed"), || {
        "the box works the value out, so it cannot be set".to_owned()
    });
    report.need(field.at.is_empty() || !settable, &place.at("at"), || {
        "a value inside another one cannot be set by itself".to_owned()
    });
    report.need(!matches!(field.field_type, FieldType::File(_)), &place.at("type"), || {
        "a record cannot hold a file; describe it as an input of an operation".to_owned()
    });
    for (key, is_set, kind) in [
        ("create", !field.create.is_no(), OperationKind::Create),
        ("update", !field.update.is_no(), OperationKind::Update),
    ] {
        report.need(!is_set || is_sent(scope, &field.name, kind), &place.at(key), || {
            format!("no operation of the kind {key} sends the field {}", field.name)
        });
    }
}

/// A share needs a whole, both amounts of data.
fn check_share(scope: Scope<'_>, field: &Field, place: &Place<'_>, report: &mut Report) {
    let Some(of) = &field.of else { return };
    let place = place.at("of");
    scope.need_field(of, &place, report);
    let is_amount = matches!(field.field_type, FieldType::Bytes(_));
    let whole = scope.resource.field(of);
    let fits = is_amount && whole.is_none_or(|whole| whole.field_type == field.field_type);
    report.need(fits, &place, || {
        format!("{} is no share of {of}: both must be amounts of data in one unit", field.name)
    });
    report.need(*of != field.name, &place, || format!("{of} is no share of itself"));
}

/// Whether an operation sends a field that the resource says can be set.
fn is_sent(scope: Scope<'_>, name: &str, kind: OperationKind) -> bool {
    scope.resource.operations.iter().any(|operation| match &operation.body {
        Body::Create => kind == OperationKind::Create,
        Body::Update => kind == OperationKind::Update,
        Body::Object(fields) => fields.iter().any(|field| match field {
            BodyField::Of(field) => field == name,
            BodyField::Own(own) => own.field.name == name && operation.kind == kind,
        }),
        Body::Value(field) => field.name == name && operation.kind == kind,
        _ => false,
    })
}

/// Checks a field that a person gives to an operation.
pub(super) fn check_input(
    scope: Scope<'_>,
    field: &Field,
    is_typed: bool,
    place: &Place<'_>,
    report: &mut Report,
) {
    check_common(scope, field, is_typed, place, report);
    for (key, is_set) in
        [("filter", !field.filter.is_no()), ("sort", field.sort), ("group", !field.group.is_empty())]
    {
        report.need(!is_set, &place.at(key), || format!("an input has no {key}"));
    }
}

fn check_common(scope: Scope<'_>, field: &Field, needs_help: bool, place: &Place<'_>, report: &mut Report) {
    report.need(!field.name.is_empty(), &place.at("name"), || "the field has no name".to_owned());
    words::check_label(&field.label, &place.at("label"), report);
    report.need(!needs_help || !field.help.is_empty(), place, || {
        format!("a form shows the field {}, so it needs help", field.name)
    });
    if !field.help.is_empty() {
        words::check_sentences(&field.help, &place.at("help"), report);
    }
    check_type(scope, &field.field_type, &place.at("type"), report);
    check_bounds(field, place, report);
    check_rules(scope, field, &place.at("rules"), report);
    check_last(field, &place.at("last"), report);
    report.need(field.vocabulary.is_empty() || is_text(&field.field_type), &place.at("vocabulary"), || {
        "vocabulary needs a text".to_owned()
    });
    for (key, value) in
        [("default", &field.default), ("none", &field.none), ("min", &field.min), ("max", &field.max)]
    {
        let fits = value.as_ref().is_none_or(|value| value.is_null() || fits(&field.field_type, value));
        report.need(fits, &place.at(key), || match &field.field_type {
            FieldType::Enum(_) => format!("{key} is not one of the choices"),
            _ => format!("{key} is not a value of the field's type"),
        });
    }
    if field.secret {
        for (key, is_set) in
            [("filter", !field.filter.is_no()), ("sort", field.sort), ("default", field.default.is_some())]
        {
            report.need(!is_set, &place.at(key), || format!("a secret has no {key}"));
        }
    }
}

/// Rules are those of a resource that there is one of, and that can be read.
fn check_rules(scope: Scope<'_>, field: &Field, place: &Place<'_>, report: &mut Report) {
    let Some(Rules { resource: id, field }) = &field.rules else { return };
    scope.need_resource(id, &place.at("resource"), report);
    let Some(resource) = scope.catalog.resource(id) else { return };
    let can_be_read = resource.shape == Shape::Single && resource.first(OperationKind::Get).is_some();
    report.need(can_be_read, &place.at("resource"), || format!("there is no single {id} that can be read"));
    let Some(name) = field else { return };
    let is_object = |field: &Field| matches!(field.field_type, FieldType::Object(_));
    report.need(resource.field(name).is_some_and(is_object), &place.at("field"), || {
        format!("{name} is no object of the resource {id}")
    });
}

/// The items of the list have the field, and the value is one of its.
fn check_last(field: &Field, place: &Place<'_>, report: &mut Report) {
    let Some(last) = &field.last else { return };
    let FieldType::List(item) = &field.field_type else {
        report.add(place, "last needs a list of objects");
        return;
    };
    let members: &[Field] = if let FieldType::Object(members) = &**item { members } else { &[] };
    match members.iter().find(|member| member.name == last.field) {
        Some(member) => report.need(fits(&member.field_type, &last.is), &place.at("is"), || {
            format!("this is no value of {}", last.field)
        }),
        None => report.add(&place.at("field"), format!("the items have no field {}", last.field)),
    }
}

fn check_bounds(field: &Field, place: &Place<'_>, report: &mut Report) {
    let kind = &field.field_type;
    let number = |value: &Option<Value>| value.as_ref().and_then(Value::as_f64);
    if let (Some(min), Some(max)) = (number(&field.min), number(&field.max)) {
        report.need(min <= max, &place.at("min"), || "min is greater than max".to_owned());
    }
    if let Some((least, most)) = field.length {
        report
            .need(least <= most, &place.at("length"), || "the least length exceeds the greatest".to_owned());
    }
    let is_number = kind.is_number();
    for (key, is_set) in [
        ("min", field.min.is_some()),
        ("max", field.max.is_some()),
        ("multiple_of", field.multiple_of.is_some()),
        ("grows", field.grows),
    ] {
        report.need(!is_set || is_number, &place.at(key), || format!("{key} needs a number"));
    }
    report.need(field.tone.is_plain() || is_number || *kind == FieldType::Boolean, &place.at("tone"), || {
        "tone needs a number or a boolean; a choice has one for each value".to_owned()
    });
    report.need(field.multiple_of != Some(0), &place.at("multiple_of"), || {
        "nothing is a multiple of 0".to_owned()
    });
    let has_length =
        is_text(kind) || matches!(kind, FieldType::List(_) | FieldType::Map(_) | FieldType::Reference(_));
    report.need(field.length.is_none() || has_length, &place.at("length"), || {
        "length needs a text or a list".to_owned()
    });
    report.need(field.pattern.is_none() || is_text(kind), &place.at("pattern"), || {
        "pattern needs a text".to_owned()
    });
}

fn check_type(scope: Scope<'_>, kind: &FieldType, place: &Place<'_>, report: &mut Report) {
    match kind {
        FieldType::Bytes(unit) => {
            report.need(*unit > 0, &place.at("bytes"), || "the unit is 0 bytes".to_owned());
        }
        FieldType::Enum(choices) => check_choices(choices, &place.at("enum"), report),
        FieldType::Reference(reference) => check_reference(scope, reference, &place.at("reference"), report),
        FieldType::Object(fields) => {
            let place = place.at("object");
            report.need(!fields.is_empty(), &place, || "the object has no fields; use json".to_owned());
            report.unique(fields.iter().map(|field| field.name.as_str()), "the field", |index| {
                place.at(index).at("name")
            });
            for (index, field) in fields.iter().enumerate() {
                check_common(
                    scope,
                    field,
                    !field.create.is_no() || !field.update.is_no(),
                    &place.at(index),
                    report,
                );
                report.need(
                    field.at.is_empty() || (field.create.is_no() && field.update.is_no()),
                    &place.at(index).at("at"),
                    || "a value inside another one cannot be set by itself".to_owned(),
                );
                report.need(
                    field.name != OTHERS || field.field_type == FieldType::Json,
                    &place.at(index).at("type"),
                    || format!("the members that {OTHERS} stands for are json"),
                );
                let sibling = |name: &str| fields.iter().find(|field| field.name == name);
                check_conditions(&field.when, sibling, &place.at(index).at("when"), report);
                check_types(scope, field, sibling, &place.at(index), report);
            }
        }
        FieldType::List(item) => check_type(scope, item, &place.at("list"), report),
        FieldType::Map(value) => check_type(scope, value, &place.at("map"), report),
        _ => {}
    }
}

fn check_choices(choices: &[Choice], place: &Place<'_>, report: &mut Report) {
    report.need(!choices.is_empty(), place, || "the enum has no choices".to_owned());
    report.unique(choices.iter().map(|choice| choice.value.as_str()), "the choice", |index| {
        place.at(index).at("value")
    });
    for (index, choice) in choices.iter().enumerate() {
        report.need(!choice.label.trim().is_empty(), &place.at(index).at("label"), || {
            "the label is empty".to_owned()
        });
    }
}

fn check_reference(scope: Scope<'_>, reference: &Reference, place: &Place<'_>, report: &mut Report) {
    let Some(target) = scope.catalog.resource(&reference.resource) else {
        report.add(&place.at("resource"), format!("there is no resource {}", reference.resource));
        return;
    };
    if let Some(by) = &reference.by {
        Scope { catalog: scope.catalog, resource: target }.need_field(by, &place.at("by"), report);
    }
    for (theirs, ours) in &reference.where_ {
        Scope { catalog: scope.catalog, resource: target }.need_field(theirs, &place.at("where"), report);
        scope.need_field(ours, &place.at("where").at(theirs.as_str()), report);
    }
    // These may also stand beside the reference inside an object, so only a top-level reference can be checked.
    let is_nested = place.path.iter().any(|step| *step == "object".into());
    for (key, beside) in [("label", &reference.label), ("parent", &reference.parent)] {
        if let (Some(beside), false) = (beside, is_nested) {
            scope.need_field(beside, &place.at(key), report);
        }
    }
}

fn check_filter(scope: Scope<'_>, field: &Field, place: &Place<'_>, report: &mut Report) {
    let place_of_filter = place.at("filter");
    report.need(field.filter_as.is_none() || !field.filter.is_no(), &place.at("filter_as"), || {
        "the box cannot filter by the field, so filter_as says nothing".to_owned()
    });
    if field.filter.is_no() {
        return;
    }
    let is_searchable = !matches!(
        field.field_type,
        FieldType::Json | FieldType::Object(_) | FieldType::File(_) | FieldType::Map(_)
    );
    report.need(is_searchable, &place_of_filter, || "values of this type cannot be compared".to_owned());
    match &field.filter {
        Allowed::Flag(_) => report.need(!scope.catalog.kind.operators.is_empty(), &place_of_filter, || {
            "the kind has no operators, so the field must name its own".to_owned()
        }),
        Allowed::Only(operators) => {
            report.unique(operators.iter().map(|operator| operator.name()), "the operator", |index| {
                place_of_filter.at(index)
            });
            for (index, operator) in operators.iter().enumerate() {
                report.need(makes_sense(*operator, &field.field_type), &place_of_filter.at(index), || {
                    format!("the operator {} makes no sense for this type", operator.name())
                });
            }
        }
    }
}

/// Whether comparing values of a type in this way says anything to a person.
fn makes_sense(operator: Operator, kind: &FieldType) -> bool {
    match operator {
        Operator::Like => is_text(kind) || matches!(kind, FieldType::Enum(_) | FieldType::Reference(_)),
        Operator::Lt | Operator::Leq | Operator::Gt | Operator::Geq | Operator::Between => {
            !matches!(kind, FieldType::Boolean | FieldType::Enum(_) | FieldType::List(_))
        }
        _ => true,
    }
}

/// A `together` name must gather several fields that can be changed.
pub(super) fn check_together(scope: Scope<'_>, fields: &Place<'_>, report: &mut Report) {
    for (index, field) in
        scope.resource.fields.iter().enumerate().filter(|(_, field)| !field.together.is_empty())
    {
        let place = fields.at(index).at("together");
        let count = scope.resource.fields.iter().filter(|other| other.together == field.together).count();
        report.need(count > 1, &place, || format!("no other field goes together with {}", field.name));
        report.need(!field.update.is_no(), &place, || format!("the field {} cannot be changed", field.name));
    }
}

/// Whether a value is one of the type's.
pub(super) fn fits(kind: &FieldType, value: &Value) -> bool {
    match kind {
        FieldType::Boolean => value.is_boolean(),
        FieldType::Integer | FieldType::Bytes(_) | FieldType::Duration(_) | FieldType::Timestamp(_) => {
            value.is_i64() || value.is_u64()
        }
        FieldType::Number
        | FieldType::Percent
        | FieldType::Fraction
        | FieldType::Ratio
        | FieldType::BitRate => value.is_number(),
        FieldType::Enum(choices) => {
            value.as_str().is_some_and(|value| choices.iter().any(|choice| choice.value == value))
        }
        FieldType::List(item) => {
            value.as_array().is_some_and(|items| items.iter().all(|value| fits(item, value)))
        }
        FieldType::Object(_) | FieldType::Map(_) => value.is_object(),
        FieldType::Reference(_) => value.is_string() || value.is_i64() || value.is_u64(),
        FieldType::Json => true,
        FieldType::LocalTime => {
            value.as_str().is_some_and(|value| local_time(value).as_deref() == Some(value))
        }
        FieldType::Gmt(stamp) => value.as_str().is_some_and(|value| stamp.typed(value).is_some()),
        _ => value.is_string(),
    }
}

const fn is_text(kind: &FieldType) -> bool {
    matches!(
        kind,
        FieldType::Text
            | FieldType::Multiline
            | FieldType::Pem
            | FieldType::Email
            | FieldType::Address
            | FieldType::DateTime
            | FieldType::TimeZone
    )
}
