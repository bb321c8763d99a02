//! Why an operation cannot be performed now. The box decides in the end; this spares a person the attempt.

use boxdeck_catalog::{Condition, Operation, OperationKind, Resource};
use serde_json::Value;

use crate::Context;
use crate::answer::{Record, value_text};

/// Why an operation cannot be performed now, as a sentence; `None` where nothing speaks against it.
///
/// A session whose roles are not known blocks nothing, and neither do conditions on a record that is not given.
#[must_use]
pub fn blocked(context: Context<'_>, operation: &Operation, record: Option<&Record>) -> Option<String> {
    by_role(context, operation).or_else(|| {
        let record = record?;
        let condition =
            operation.when.iter().find(|condition| !condition.holds(record.get(&condition.field)))?;
        Some(reason(condition))
    })
}

/// Why a session can do nothing at all with a resource: not read it, or, where there is nothing to read, perform none of its
/// operations. `None`: something can be done, or it is not known yet what there is.
#[must_use]
pub fn closed(context: Context<'_>, resource: &Resource) -> Option<String> {
    let read = resource.first(OperationKind::List).or_else(|| resource.first(OperationKind::Get));
    match read {
        Some(read) => by_role(context, read),
        None => {
            let mut reasons = resource.operations.iter().map(|operation| by_role(context, operation));
            let first = reasons.next()??;
            reasons.all(|reason| reason.is_some()).then_some(first)
        }
    }
}

fn by_role(context: Context<'_>, operation: &Operation) -> Option<String> {
    let held = &context.session.roles;
    if operation.roles.is_empty() || held.is_empty() || held.iter().any(|role| operation.roles.contains(role))
    {
        return None;
    }
    let titles: Vec<&str> = operation.roles.iter().map(|role| context.catalog.role_title(role)).collect();
    Some(words::permit::needs_role(alternatives(&titles)))
}

fn reason(condition: &Condition) -> String {
    if !condition.reason.is_empty() {
        return condition.reason.clone();
    }
    let texts = |values: &[Value]| -> Vec<String> {
        values
            .iter()
            .map(|value| value_text(value).unwrap_or_else(|| words::common::empty_value().to_owned()))
            .collect()
    };
    if condition.is.is_empty() {
        words::permit::not_while(&condition.field, alternatives(&texts(&condition.not)))
    } else {
        words::permit::only_while(&condition.field, alternatives(&texts(&condition.is)))
    }
}

/// `a`, `a or b`, `a, b or c`.
fn alternatives<T: AsRef<str>>(texts: &[T]) -> String {
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    match texts.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, others)) => words::common::either(others.join(", "), last),
    }
}

#[cfg(test)]
mod tests;
