//! Numbers beyond 2^53 stay as the box wrote them, from the answer's text over the form to the text of the request.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use boxdeck_catalog::{Catalog, input};
use boxdeck_dialect::{
    Body, Context, Dialect, Inputs, ListTarget, Query, Record, Response, Session, build, dialect,
};
use serde_json::Value;

fn catalog(id: &str) -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
    let catalogs = boxdeck_catalog::load::load_dir(&folder).expect("catalogs that load");
    catalogs.into_iter().find(|catalog| catalog.kind.id == id).expect("the kind's catalog")
}

fn answer(text: &str) -> Response {
    Response {
        status: 200,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: text.as_bytes().to_vec().into(),
    }
}

/// The only record of a page.
fn listed(dialect: &dyn Dialect, target: ListTarget<'_>, text: &str) -> Record {
    let page = dialect.read_page(target, &Query::default(), &answer(text)).expect("a page");
    page.records.into_iter().next().expect("a record")
}

/// What a form holds that begins with this text.
fn typed(target: ListTarget<'_>, field: &str, text: &str) -> Value {
    input::parse(target.resource.field(field).expect("the field"), text).expect("an accepted text")
}

fn shown(target: ListTarget<'_>, record: &Record, field: &str) -> String {
    let value = record.get(field).expect("a value");
    input::edit_text(target.resource.field(field).expect("the field"), value)
}

/// Method, path and body of each request, as texts.
fn sent(
    context: Context<'_>,
    dialect: &dyn Dialect,
    target: ListTarget<'_>,
    operation: &str,
    record: &Record,
    inputs: &Inputs,
) -> Vec<[String; 3]> {
    let operation = target.resource.operation(operation).expect("the operation");
    let key = record.key(target.resource);
    let plan =
        build(dialect, context, target.resource, operation, Some(record), None, key.as_deref(), inputs)
            .expect("a plan");
    let text = |body: &Body| match body {
        Body::Json(value) => value.to_string(),
        other => format!("{other:?}"),
    };
    let requests = plan.steps.iter().map(|step| &step.request);
    requests.map(|request| [request.method.clone(), request.path.clone(), text(&request.body)]).collect()
}

#[test]
fn an_infinibox_volume_keeps_every_digit() {
    let catalog = catalog("infinibox");
    let session = Session::default();
    let context = Context { catalog: &catalog, session: &session };
    let dialect = dialect("infinibox").expect("the dialect");
    let resource = catalog.resource("volumes").expect("volumes");
    let operation = resource.operation("volume.get_all_volumes").expect("the list");
    let target = ListTarget { resource, operation, parent: None };
    // 2^53 + 1 as identifier, an odd number of blocks above 2^53 as size, nearly 2^64 as UDID.
    let page = r#"{"result": [{"id": 9007199254740993, "name": "odd", "type": "MASTER", "mapped": false,
        "size": 9007199254741504, "udid": 18446744073709551615}],
        "metadata": {"ready": true, "number_of_objects": 1, "page": 1, "page_size": 50, "pages_total": 1}, "error": null}"#;
    let record = listed(dialect, target, page);
    let (size, udid) = (shown(target, &record, "size"), shown(target, &record, "udid"));
    assert_eq!((size.as_str(), udid.as_str()), ("9007199254741504 B", "18446744073709551615"));

    let mut inputs = Inputs::default();
    inputs.body.insert("name".to_owned(), typed(target, "name", "odd"));
    inputs.body.insert("size".to_owned(), typed(target, "size", &size));
    inputs.body.insert("udid".to_owned(), typed(target, "udid", &udid));
    let operation = resource.operation("volume.update_a_volume_attribute").expect("the update");
    let key = record.key(resource);
    let same = build(dialect, context, resource, operation, Some(&record), None, key.as_deref(), &inputs);
    assert!(same.is_err(), "what was only looked at is no change");

    inputs.body.insert("size".to_owned(), typed(target, "size", "9007199254742016 B"));
    inputs.body.insert("udid".to_owned(), typed(target, "udid", "18446744073709551614"));
    let path = "/api/rest/volumes/9007199254740993";
    assert_eq!(
        sent(context, dialect, target, "volume.update_a_volume_attribute", &record, &inputs),
        [["PUT", path, r#"{"size":9007199254742016}"#], ["PUT", path, r#"{"udid":18446744073709551614}"#],]
    );
}

#[test]
fn an_ironic_target_keeps_every_digit() {
    let catalog = catalog("ironic");
    let session = Session::default();
    let context = Context { catalog: &catalog, session: &session };
    let dialect = dialect("ironic").expect("the dialect");
    let resource = catalog.resource("targets").expect("targets");
    let operation = resource.operation("volume_target_list").expect("the list");
    let target = ListTarget { resource, operation, parent: None };
    let page = r#"{"targets": [{"uuid": "7e3f0d52-0c4b-4f7a-9f61-1f0b8c9d2a35", "volume_id": "9007199254740993",
        "volume_type": "iscsi", "boot_index": 0, "properties": {"target_lun": 9007199254740993, "auth_password": "******"},
        "extra": {"serial": 9007199254740993, "kept": 18446744073709551615}}]}"#;
    let record = listed(dialect, target, page);
    let (volume, extra) = (shown(target, &record, "volume_id"), shown(target, &record, "extra"));
    assert!(extra.contains("9007199254740993") && extra.contains("18446744073709551615"), "{extra}");
    let properties = shown(target, &record, "properties");

    let mut inputs = Inputs::default();
    inputs.body.insert("volume_id".to_owned(), typed(target, "volume_id", &volume));
    inputs.body.insert("extra".to_owned(), typed(target, "extra", &extra.replace("740993", "740995")));
    inputs.body.insert(
        "properties".to_owned(),
        typed(target, "properties", &properties.replace("740993", "740994")),
    );
    let requests = sent(context, dialect, target, "volume_target_update", &record, &inputs);
    assert_eq!(
        requests,
        [[
            "PATCH",
            "/v1/volume/targets/7e3f0d52-0c4b-4f7a-9f61-1f0b8c9d2a35",
            concat!(
                r#"[{"op":"replace","path":"/properties/target_lun","value":9007199254740994},"#,
                r#"{"op":"replace","path":"/extra/serial","value":9007199254740995}]"#
            ),
        ]]
    );
}
