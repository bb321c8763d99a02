//! Checks of how a list is drawn: whether there are such fields and parameters, and whether they are times and numbers.

use super::{Place, Report, Scope, check_conditions, words};
use crate::chart::{Drawn, Measure, Period};
use crate::field::{Field, FieldType};
use crate::operation::OperationKind;
use crate::stamp::Stamp;

pub(super) fn check(scope: Scope<'_>, place: &Place<'_>, report: &mut Report) {
    let Some(chart) = &scope.resource.chart else { return };
    for (key, name) in [("time", Some(&chart.time)), ("by", chart.by.as_ref())] {
        if let Some(name) = name {
            scope.need_field(name, &place.at(key), report);
        }
    }
    let time = scope.resource.field(&chart.time);
    let is_time = |field: &Field| field.field_type.is_time();
    report
        .need(time.is_none_or(is_time), &place.at("time"), || format!("{} is no point in time", chart.time));
    report.need(!chart.values.is_empty(), &place.at("values"), || "the chart draws nothing".to_owned());
    for (index, drawn) in chart.values.iter().enumerate() {
        check_drawn(scope, drawn, &place.at("values").at(index), report);
    }
    for (index, name) in chart.choices.iter().enumerate() {
        let place = place.at("choices").at(index);
        let is_choice =
            |field: &Field| matches!(field.field_type, FieldType::Enum(_)) || !field.vocabulary.is_empty();
        report.need(parameter(scope, name).is_some_and(is_choice), &place, || {
            format!("the list has no parameter {name} with choices")
        });
    }
    if let Some(period) = &chart.period {
        check_period(scope, period, &place.at("period"), report);
    }
}

fn check_drawn(scope: Scope<'_>, drawn: &Drawn, place: &Place<'_>, report: &mut Report) {
    let Drawn { field, label, value_type, .. } = drawn;
    check_measure(scope, field, label.as_deref(), value_type.as_ref(), place, report);
    check_conditions(&drawn.when, |name| parameter(scope, name), &place.at("when"), report);
    for (index, measure) in drawn.with.iter().enumerate() {
        let place = place.at("with").at(index);
        let Measure { field, label, value_type } = measure;
        check_measure(scope, field, label.as_deref(), value_type.as_ref(), &place, report);
        report.need(*field != drawn.field, &place, || format!("{field} is drawn already"));
    }
}

fn check_measure(
    scope: Scope<'_>,
    name: &str,
    label: Option<&str>,
    value_type: Option<&FieldType>,
    place: &Place<'_>,
    report: &mut Report,
) {
    let field = scope.resource.field(name);
    scope.need_field(name, &place.at("field"), report);
    if let Some(label) = label {
        words::check_label(label, &place.at("label"), report);
    }
    let value_type = value_type.or(field.map(|field| &field.field_type));
    report.need(value_type.is_none_or(FieldType::is_number), place, || format!("{name} is no number"));
    report.need(field.is_none_or(|field| !field.secret), place, || "a secret is not drawn".to_owned());
}

fn check_period(scope: Scope<'_>, period: &Period, place: &Place<'_>, report: &mut Report) {
    for (key, name) in [("from", &period.from), ("until", &period.until)] {
        let is_time =
            parameter(scope, name).is_some_and(|field| field.field_type == FieldType::Gmt(Stamp::Minute));
        report.need(is_time, &place.at(key), || {
            format!("the list has no parameter {name} that is a time in GMT to the minute")
        });
    }
    let is_usable = !period.hours.is_empty() && period.hours.iter().all(|hours| *hours > 0);
    report.need(is_usable, &place.at("hours"), || "a period has lengths of at least an hour".to_owned());
}

/// What a person can filter the list by beside its fields.
fn parameter<'a>(scope: Scope<'a>, name: &str) -> Option<&'a Field> {
    Some(&scope.resource.first(OperationKind::List)?.input(name)?.field)
}
