mod bodies;
mod updates;

use serde_json::{Map, Value, json};

use super::*;
use crate::dialect;
use crate::fixture::Fixture;
use crate::http::Body;

/// Plans an operation of the fixture; `body` and `parameters` are the inputs.
fn plan(id: &str, record: Option<&Record>, parameters: Value, body: Value) -> Result<Plan, Vec<FieldFault>> {
    let object = |value| match value {
        Value::Object(map) => map,
        _ => Map::new(),
    };
    plan_of(id, record, &Inputs { parameters: object(parameters), body: object(body), ..Inputs::default() })
}

fn plan_of(id: &str, record: Option<&Record>, inputs: &Inputs) -> Result<Plan, Vec<FieldFault>> {
    let name = if id.starts_with("target") { "ironic" } else { "infinibox" };
    let fixture = Fixture::new(name);
    let (resource, operation) = fixture.operation(id);
    let dialect = dialect(name).expect("a dialect");
    build(dialect, fixture.context(), resource, operation, record, Some("7"), None, inputs)
}

fn update(id: &str, record: &Record, body: Value) -> Result<Plan, Vec<FieldFault>> {
    plan(id, Some(record), json!({}), body)
}

/// The JSON bodies of a plan.
fn bodies(plan: &Plan) -> Vec<Value> {
    plan.steps
        .iter()
        .map(|step| match &step.request.body {
            Body::Json(value) => value.clone(),
            other => panic!("{other:?} is no JSON"),
        })
        .collect()
}

fn changed(plan: &Plan) -> Vec<&str> {
    plan.steps.iter().flat_map(|step| &step.changes).map(|change| change.field.as_str()).collect()
}

fn faults(result: Result<Plan, Vec<FieldFault>>) -> Vec<(String, String)> {
    result.expect_err("faults").into_iter().map(|fault| (fault.field, fault.message)).collect()
}

fn at_fault(result: Result<Plan, Vec<FieldFault>>) -> Vec<String> {
    faults(result).into_iter().map(|(field, _)| field).collect()
}
