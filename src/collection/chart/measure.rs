//! What a chart draws with the filter that its list has, and what that is called.

use boxdeck_catalog::{Chart, Drawn, Field, FieldType, Operation, Operator, Resource};
use boxdeck_dialect::Term;
use boxdeck_dialect::query::wire_value;
use serde_json::Value;
use words::chart as say;

use crate::chart::Amounts;

/// The value of a parameter: that of its term, else its default.
pub fn given(list: &Operation, terms: &[Term], name: &str) -> Option<Value> {
    let field = &list.input(name)?.field;
    let term = terms.iter().find(|term| term.field == name && term.operator == Operator::Eq);
    match term.and_then(|term| term.values.first()) {
        Some(text) => Some(wire_value(field, text)),
        None => field.default.clone(),
    }
}

/// What is drawn with these terms.
pub fn drawn<'a>(chart: &'a Chart, list: &Operation, terms: &[Term]) -> Option<&'a Drawn> {
    chart.values.iter().find(|drawn| {
        let mut conditions = drawn.when.iter();
        conditions.all(|condition| condition.holds(given(list, terms, &condition.field).as_ref()))
    })
}

/// What its numbers mean.
pub fn amounts(resource: &Resource, drawn: Option<&Drawn>) -> Amounts {
    let field = drawn.and_then(|drawn| resource.field(&drawn.field));
    let own = field.map(|field| field.field_type.clone());
    let value_type = drawn.and_then(|drawn| drawn.value_type.clone()).or(own).unwrap_or(FieldType::Number);
    Amounts { value_type, per: drawn.and_then(|drawn| drawn.per) }
}

/// What the chart is called: what was chosen, and which measure of it is drawn.
pub fn title(resource: &Resource, chart: &Chart, list: &Operation, terms: &[Term]) -> String {
    let drawn = drawn(chart, list, terms);
    let measure = drawn.and_then(|drawn| drawn.label.clone());
    let what = chart.choices.first().and_then(|name| label(list, terms, name));
    match (what, measure) {
        (Some(what), Some(measure)) => say::title(what, measure),
        (Some(name), None) | (None, Some(name)) => name,
        (None, None) => {
            let field = drawn.and_then(|drawn| resource.field(&drawn.field));
            field.map_or_else(|| resource.title.clone(), |field| field.label.clone())
        }
    }
}

/// The fields of what a list draws with these terms; none where it draws nothing.
pub fn fields(resource: &Resource, list: &Operation, terms: &[Term]) -> Vec<String> {
    let Some(chart) = &resource.chart else { return Vec::new() };
    let value = drawn(chart, list, terms).map(|drawn| &drawn.field);
    std::iter::once(&chart.time).chain(&chart.by).chain(value).cloned().collect()
}

/// A column of a list as it is meant with these terms: what its chart draws, and what the catalog puts beside that, has a name
/// and a type of its own there.
pub fn meant(
    resource: &Resource,
    list: &Operation,
    terms: &[Term],
    field: Field,
) -> (Field, Option<Amounts>) {
    let Some(drawn) = resource.chart.as_ref().and_then(|chart| drawn(chart, list, terms)) else {
        return (field, None);
    };
    let Some((label, value_type)) =
        measures(drawn).find(|(name, ..)| **name == *field.name).map(|found| (found.1, found.2))
    else {
        return (field, None);
    };
    let amounts = (field.name == drawn.field).then(|| amounts(resource, Some(drawn)));
    let field = Field {
        label: label.cloned().unwrap_or(field.label),
        field_type: value_type.cloned().unwrap_or(field.field_type),
        ..field
    };
    (field, amounts)
}

/// Whether a field holds a measure with other terms, and with these says nothing.
pub fn is_idle(resource: &Resource, list: &Operation, terms: &[Term], name: &str) -> bool {
    let Some(chart) = &resource.chart else { return false };
    let names = |drawn| measures(drawn).any(|(field, ..)| field == name);
    chart.values.iter().any(names) && !drawn(chart, list, terms).is_some_and(names)
}

/// What is drawn, and what the table shows beside it: fields with their names and types.
fn measures(drawn: &Drawn) -> impl Iterator<Item = (&String, Option<&String>, Option<&FieldType>)> {
    let beside = drawn.with.iter().map(|one| (&one.field, one.label.as_ref(), one.value_type.as_ref()));
    std::iter::once((&drawn.field, drawn.label.as_ref(), drawn.value_type.as_ref())).chain(beside)
}

/// The label of what was chosen.
fn label(list: &Operation, terms: &[Term], name: &str) -> Option<String> {
    let value = given(list, terms, name)?;
    let FieldType::Enum(choices) = &list.input(name)?.field.field_type else { return None };
    let chosen = choices.iter().find(|choice| value.as_str() == Some(&choice.value));
    chosen.map(|choice| choice.label.clone())
}

#[cfg(test)]
mod tests {
    use boxdeck_catalog::SecondsUnit;
    use serde_json::json;

    use super::*;

    fn loads() -> Resource {
        serde_json::from_value(json!({
            "id": "loads", "title": "Loads", "singular": "load", "area": "a",
            "fields": [
                { "name": "at", "label": "Time", "type": { "timestamp": "ms" } },
                { "name": "mean", "label": "Mean", "type": "integer" },
                { "name": "sum", "label": "Sum", "type": "integer" },
                { "name": "peak", "label": "Peak", "type": "integer" }
            ],
            "chart": {
                "time": "at",
                "values": [
                    {
                        "field": "mean", "label": "On average", "type": { "bytes": 1 },
                        "when": [{ "field": "kind", "is": ["stored"] }, { "field": "of", "is": [null] }],
                        "with": [{ "field": "peak", "label": "Most", "type": { "bytes": 1 } }]
                    },
                    { "field": "sum", "per": "s" }
                ],
                "choices": ["kind"]
            },
            "operations": [{
                "id": "load.list", "kind": "list", "method": "GET", "path": "/loads", "title": "Show loads",
                "parameters": [
                    {
                        "in": "query",
                        "field": {
                            "name": "kind", "label": "Kind", "default": "stored",
                            "type": { "enum": [{ "value": "stored", "label": "Stored" }, { "value": "read", "label": "Reads" }] }
                        }
                    },
                    { "in": "query", "field": { "name": "of", "label": "Of" } }
                ]
            }]
        }))
        .expect("a resource")
    }

    fn terms(pairs: &[(&str, &str)]) -> Vec<Term> {
        pairs.iter().map(|(field, value)| Term::equals(*field, *value)).collect()
    }

    fn told(pairs: &[(&str, &str)]) -> (String, Amounts) {
        let resource = loads();
        let chart = resource.chart.as_ref().expect("a chart");
        let list = resource.operations.first().expect("a list");
        let terms = terms(pairs);
        (title(&resource, chart, list, &terms), amounts(&resource, drawn(chart, list, &terms)))
    }

    #[test]
    fn the_filter_decides_what_is_drawn() {
        let bytes = Amounts { value_type: FieldType::Bytes(1), per: None };
        let each_second = Amounts { value_type: FieldType::Integer, per: Some(SecondsUnit::Second) };
        assert_eq!(told(&[]), ("Stored: On average".to_owned(), bytes.clone()));
        assert_eq!(told(&[("kind", "stored")]).1, bytes);
        assert_eq!(told(&[("kind", "read")]), ("Reads".to_owned(), each_second.clone()));
        assert_eq!(told(&[("of", "x")]), ("Stored".to_owned(), each_second));
    }
    #[test]
    fn columns_mean_what_was_asked_for() {
        let resource = loads();
        let list = resource.operations.first().expect("a list");
        let meaning = |pairs: &[(&str, &str)], name: &str| {
            let field = resource.field(name).expect("a field").clone();
            let (field, amounts) = meant(&resource, list, &terms(pairs), field);
            (field.label, field.field_type, amounts.is_some())
        };
        let stored = [("kind", "stored")];
        assert_eq!(meaning(&stored, "mean"), ("On average".to_owned(), FieldType::Bytes(1), true));
        assert_eq!(meaning(&stored, "peak"), ("Most".to_owned(), FieldType::Bytes(1), false));
        assert_eq!(meaning(&[("kind", "read")], "peak"), ("Peak".to_owned(), FieldType::Integer, false));
        assert_eq!(meaning(&[("kind", "read")], "sum"), ("Sum".to_owned(), FieldType::Integer, true));
        let idle = |pairs: &[(&str, &str)]| {
            let names = resource.fields.iter().map(|field| field.name.as_str());
            names.filter(|name| is_idle(&resource, list, &terms(pairs), name)).collect::<Vec<_>>()
        };
        assert_eq!(idle(&stored), ["sum"]);
        assert_eq!(idle(&[("kind", "read")]), ["mean", "peak"]);
    }
}
