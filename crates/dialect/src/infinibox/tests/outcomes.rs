use serde_json::{Value, json};

use crate::fixture::{Fixture, json_response, record};
use crate::{Dialect, FailureKind, InfiniBox, Outcome, Response, Task};

fn done(result: &Value) -> Value {
    json!({"result": result, "metadata": {"ready": true}, "error": null})
}

fn outcome(id: &str, response: &Response) -> Outcome {
    let fixture = Fixture::new("infinibox");
    InfiniBox.read_outcome(fixture.operation(id).1, response)
}

fn task_of(outcome: Outcome) -> Task {
    match outcome {
        Outcome::Accepted(task) => task,
        other => panic!("{other:?} is no task"),
    }
}

#[test]
fn results_of_every_shape() {
    for result in
        [json!({"id": 1}), json!(true), json!(false), json!(7), json!("OK"), json!(null), json!([1, 2])]
    {
        let Outcome::Done(answer) = outcome("volume.update", &json_response(200, &done(&result))) else {
            panic!("{result}")
        };
        assert_eq!(answer.result, result);
    }
    let Outcome::Done(answer) = outcome("volume.update", &json_response(200, &json!("OK"))) else {
        panic!("bare")
    };
    assert_eq!(answer.result, json!("OK"));
    let Outcome::Done(answer) = outcome("volume.update", &Response { status: 204, ..Response::default() })
    else {
        panic!("empty")
    };
    assert_eq!(answer.result, Value::Null);
}

#[test]
fn a_deprecation_is_noted() {
    let mut response = json_response(200, &done(&json!(1)));
    response.headers.push(("x-infinidat-deprecated-api".to_owned(), "use qos/policies".to_owned()));
    let Outcome::Done(answer) = outcome("volume.update", &response) else { panic!("not done") };
    assert_eq!(answer.note.as_deref(), Some("The box calls this operation deprecated: use qos/policies"));
}

#[test]
fn a_text_in_the_envelope_is_a_file() {
    let Outcome::Done(answer) = outcome("host.csr", &json_response(200, &done(&json!("-----BEGIN")))) else {
        panic!("not done")
    };
    assert_eq!(answer.content.as_deref(), Some(&b"-----BEGIN"[..]));
    assert_eq!(answer.file_name.as_deref(), Some("request.csr"));
    let headers = vec![
        ("content-type".to_owned(), "application/x-pem-file".to_owned()),
        ("content-disposition".to_owned(), "attachment; filename=\"../etc/box.csr\"; size=3".to_owned()),
    ];
    let Outcome::Done(answer) =
        outcome("host.csr", &Response { status: 200, headers, body: b"PEM".to_vec().into() })
    else {
        panic!("not done")
    };
    assert_eq!(answer.content.as_deref(), Some(&b"PEM"[..]));
    assert_eq!(answer.file_name.as_deref(), Some("box.csr"));
}

#[test]
fn a_background_operation_is_followed_below_the_root() {
    let table = [
        ("https://10.0.0.7/api/rest/tasks/12?full=yes%20no", "/api/rest/tasks/12", vec![("full", "yes no")]),
        ("http://box:8080/prefix/api/rest/tasks/12#top", "/api/rest/tasks/12", vec![]),
        ("/api/rest/tasks/12", "/api/rest/tasks/12", vec![]),
        ("api/rest/tasks/12", "/api/rest/tasks/12", vec![]),
        ("tasks/12", "/api/rest/tasks/12", vec![]),
        ("/tasks/12", "/api/rest/tasks/12", vec![]),
        ("https://box/tasks/12", "/api/rest/tasks/12", vec![]),
    ];
    for (url, path, query) in table {
        let body = json!({"result": null, "metadata": {"ready": false, "result_url": url}, "error": null});
        let task = task_of(outcome("volume.update", &json_response(202, &body)));
        assert_eq!(
            (task.poll.method.as_str(), task.poll.path.as_str(), task.poll.origin),
            ("GET", path, None),
            "{url}"
        );
        let query: Vec<_> = query
            .into_iter()
            .map(|(name, value): (&str, &str)| (name.to_owned(), value.to_owned()))
            .collect();
        assert_eq!(task.poll.query, query);
    }
}

#[test]
fn a_background_operation_that_leads_elsewhere_is_unknown() {
    for url in ["https://box/api/rest/../../other", "", "https://box", "/api/rest/"] {
        let body = json!({"result": null, "metadata": {"ready": false, "result_url": url}, "error": null});
        assert!(
            matches!(outcome("volume.update", &json_response(200, &body)), Outcome::Unknown { .. }),
            "{url}"
        );
    }
    let body = json!({"result": null, "metadata": {"ready": false}, "error": null});
    assert!(matches!(outcome("volume.update", &json_response(200, &body)), Outcome::Unknown { .. }));
}

#[test]
fn a_task_is_polled_until_it_ends() {
    let body = json!({"result": null, "metadata": {"ready": false, "result_url": "/api/rest/tasks/1", "progress": 40}, "error": null});
    let task = task_of(outcome("volume.update", &json_response(200, &body)));
    assert_eq!(task.percent, Some(40));
    let still = json!({"result": null, "metadata": {"ready": false}, "error": null});
    assert_eq!(task_of(InfiniBox.read_task(&task, &json_response(200, &still))).poll, task.poll);
    let Outcome::Done(answer) = InfiniBox.read_task(&task, &json_response(200, &done(&json!({"id": 3}))))
    else {
        panic!("not done")
    };
    assert_eq!(answer.result, json!({"id": 3}));
    let refused = json!({"result": null, "metadata": {"ready": true}, "error": {"code": "POOL_VIRTUAL_CAPACITY", "message": "Full."}});
    assert!(matches!(InfiniBox.read_task(&task, &json_response(409, &refused)), Outcome::Refused(_)));
}

#[test]
fn a_failed_question_says_nothing_about_the_task() {
    let body = json!({"result": null, "metadata": {"ready": false, "result_url": "/api/rest/tasks/1"}, "error": null});
    let task = task_of(outcome("volume.update", &json_response(200, &body)));
    let error = |code: &str| json!({"result": null, "metadata": {}, "error": {"code": code, "message": "m"}});
    let busy = InfiniBox.read_task(&task, &json_response(307, &error("RECONFIGURING")));
    assert_eq!(task_of(busy).wait, 5);
    for response in [
        json_response(401, &error("AUTHENTICATION_REQUIRED")),
        json_response(404, &error("UNKNOWN_PATH")),
        Response { status: 404, ..Response::default() },
        Response { status: 502, ..Response::default() },
        Response { status: 200, headers: Vec::new(), body: b"<html>".to_vec().into() },
    ] {
        assert!(matches!(InfiniBox.read_task(&task, &response), Outcome::Unknown { .. }), "{response:?}");
    }
}

#[test]
fn a_lost_answer_to_a_write_is_unknown() {
    let html = |status| Response { status, headers: Vec::new(), body: b"<html>gone</html>".to_vec().into() };
    for status in [200, 201, 500, 502, 504] {
        assert!(matches!(outcome("volume.delete", &html(status)), Outcome::Unknown { .. }), "{status}");
    }
    // A proxy that refuses before the box saw it, and the box's own failure, are refusals.
    for status in [400, 401, 403, 404, 413, 503] {
        assert!(matches!(outcome("volume.delete", &html(status)), Outcome::Refused(_)), "{status}");
    }
    let own = json!({"result": null, "metadata": {}, "error": {"code": "INTERNAL_SERVER_ERROR", "message": "Sorry."}});
    assert!(matches!(outcome("volume.delete", &json_response(500, &own)), Outcome::Refused(_)));
    // What only reads is never unknown.
    assert!(
        matches!(outcome("volume.list", &html(200)), Outcome::Refused(failure) if failure.kind == FailureKind::Malformed)
    );
}

#[test]
fn records_are_read_from_objects_values_and_pages_of_one() {
    let fixture = Fixture::new("infinibox");
    let volumes = fixture.resource("volumes");
    let name = fixture.resource("system-name");
    let read = |resource, result: &Value| InfiniBox.read_record(resource, &json_response(200, &done(result)));
    assert_eq!(read(volumes, &json!({"id": 1})), Ok(record(json!({"id": 1}))));
    assert_eq!(read(name, &json!("box-1")), Ok(record(json!({"name": "box-1"}))));
    assert_eq!(read(name, &json!([{"name": "box-1"}])), Ok(record(json!({"name": "box-1"}))));
    assert_eq!(read(name, &json!(["box-1"])), Ok(record(json!({"name": "box-1"}))));
    assert_eq!(read(name, &json!([])).expect_err("nothing").kind, FailureKind::NotFound);
    assert_eq!(read(volumes, &json!(null)).expect_err("null").kind, FailureKind::Malformed);
    assert_eq!(read(volumes, &json!([{"id": 1}, {"id": 2}])).expect_err("two").kind, FailureKind::Malformed);
}

#[test]
fn a_record_is_asked_for_by_its_key() {
    let fixture = Fixture::new("infinibox");
    let (resource, operation) = fixture.operation("volume.get");
    let request = InfiniBox.get(fixture.context(), resource, operation, None, "a%7Eb/c");
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/api/rest/volumes/a~b%2Fc"));
    assert!(request.query.is_empty());
}
