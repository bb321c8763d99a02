//! Whatever comes over the wire, reading it never panics, and a write whose answer cannot be read is never called done.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use boxdeck_catalog::{Catalog, OperationKind};
use boxdeck_dialect::{Challenge, Dialect, ListTarget, Outcome, Query, Response, dialect};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn any_json() -> impl Strategy<Value = Value> {
    let key = prop::sample::select(vec![
        "result",
        "metadata",
        "error",
        "code",
        "message",
        "ready",
        "result_url",
        "reasons",
        "targets",
        "next",
        "error_message",
        "faultstring",
        "version",
        "token",
        "links",
        "number_of_objects",
        "page",
        "page_size",
        "roles",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "APPROVAL_REQUIRED",
            "MISSING_FIELD",
            "('",
            "parameter '",
            "1.90",
            "{\"faultstring\":7}"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|members| {
                Value::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
            }),
        ]
    })
}

fn any_response() -> impl Strategy<Value = Response> {
    let body = prop_oneof![
        any_json().prop_map(|json| json.to_string().into_bytes()),
        prop::collection::vec(any::<u8>(), 0..40),
        any_json().prop_map(|json| {
            let mut text = json.to_string().into_bytes();
            text.truncate(text.len() / 2);
            text
        }),
    ];
    let status =
        prop::sample::select(vec![200_u16, 201, 204, 307, 400, 401, 403, 404, 406, 409, 500, 502, 503]);
    let name = prop::sample::select(vec![
        "www-authenticate",
        "retry-after",
        "content-disposition",
        "x-openstack-ironic-api-maximum-version",
        "x-subject-token",
    ]);
    (status, prop::collection::vec((name, ".{0,20}"), 0..3), body).prop_map(|(status, headers, body)| {
        Response {
            status,
            headers: headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            body: body.into(),
        }
    })
}

fn catalogs() -> Vec<Catalog> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
    boxdeck_catalog::load::load_dir(&folder).expect("catalogs that load")
}

fn read_everything(dialect: &dyn Dialect, catalog: &Catalog, response: &Response) {
    // One kind answers in plain text where another would answer with nothing.
    let is_text = dialect.id() == "hyperstore"
        && std::str::from_utf8(&response.body).is_ok_and(|text| !text.trim_start().starts_with('<'));
    let parsed =
        is_text || serde_json::from_slice::<Value>(&response.body).is_ok() || response.body.is_empty();
    for resource in catalog.resources.iter().take(4) {
        for operation in &resource.operations {
            let target = ListTarget { resource, operation, parent: None };
            if operation.kind == OperationKind::List {
                let _page = dialect.read_page(target, &Query::default(), response);
            }
            let outcome = dialect.read_outcome(operation, response);
            let done = matches!(outcome, Outcome::Done(_));
            let writes = matches!(
                operation.kind,
                OperationKind::Update | OperationKind::Delete | OperationKind::Create
            );
            assert!(!(writes && done && !parsed), "an unreadable answer counts as done");
            if let Outcome::Accepted(task) = outcome {
                let _outcome = dialect.read_task(&task, response);
            }
        }
        let _record = dialect.read_record(resource, response);
    }
    let options = Map::new();
    let mut knock = dialect.knock(Some("kim"), &options);
    knock.start();
    knock.answer(response);
    for method in ["password", "basic", "keystone"] {
        let challenge = Challenge {
            method: method.to_owned(),
            identity: Some("/identity".to_owned()),
            ..Challenge::default()
        };
        let inputs = json!({"user": "kim", "password": "p"});
        let mut flow = dialect.sign_in(&challenge, inputs.as_object().expect("an object"), &options);
        flow.start();
        for _ in 0..3 {
            flow.answer(response);
        }
    }
}

#[test]
fn reading_never_panics() {
    let catalogs = catalogs();
    proptest!(ProptestConfig::with_cases(400), |(response in any_response())| {
        for catalog in &catalogs {
            if let Some(dialect) = dialect(&catalog.kind.dialect) {
                read_everything(dialect, catalog, &response);
            }
        }
    });
}
