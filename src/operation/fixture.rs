//! A plan that tests are made with.

use boxdeck_dialect::{Body, Plan, PlanStep, Request, SecretPlace};
use serde_json::json;

/// A plan of that many steps, each with a secret.
pub(crate) fn plan(title: &str, steps: usize) -> Plan {
    let request = Request {
        method: "PUT".to_owned(),
        path: "/things/7".to_owned(),
        query: vec![("key".to_owned(), "hunter2".to_owned()), ("a".to_owned(), "b".to_owned())],
        body: Body::Json(json!({"password": "hunter2"})),
        ..Request::default()
    };
    let secrets = vec![SecretPlace::Json("/password".to_owned()), SecretPlace::Query("key".to_owned())];
    Plan {
        operation: "thing.change".to_owned(),
        title: title.to_owned(),
        target: Some(("things".to_owned(), "7".to_owned())),
        target_name: Some("seven".to_owned()),
        steps: vec![PlanStep { request, changes: Vec::new(), secrets }; steps],
        destroys: None,
        guard: None,
        may_need_approval: false,
        warning: String::new(),
    }
}
