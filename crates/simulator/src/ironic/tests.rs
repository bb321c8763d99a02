//! What the real service was seen to answer, asked of the simulated one.

use serde_json::{Value as Json, json};

use super::Ironic;
use crate::clock::Clock;
use crate::message::{Method, Request, Response};
use crate::world::{Settings, System as _};

const NOBODY: &str = "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f";

struct Bench {
    system: Ironic,
    user: &'static str,
}

impl Bench {
    fn new() -> Self {
        let settings = Settings { clock: Clock::Fixed(1_772_323_200_000), ..Settings::default() };
        Self { system: Ironic::new(&settings), user: "admin" }
    }

    fn call(&mut self, method: Method, target: &str, body: Option<&Json>) -> Response {
        let request = Request::new(method, target)
            .basic(self.user, "boxdeck-demo")
            .header("host", "console.example")
            .header("X-OpenStack-Ironic-API-Version", "1.90");
        self.system.respond(&match body {
            Some(body) => request.json(body),
            None => request,
        })
    }

    fn get(&mut self, target: &str) -> Json {
        let response = self.call(Method::Get, target, None);
        assert_eq!(response.status, 200, "{}", fault(&response));
        response.body_json().expect("JSON")
    }

    fn rows(&mut self, target: &str) -> Vec<Json> {
        let body = self.get(target);
        let rows = body.as_object().and_then(|body| body.values().find_map(Json::as_array));
        rows.expect("a list").clone()
    }

    /// The UUID of the first node in that power state and provision state.
    fn node(&mut self, power: &Json, provision: &str) -> String {
        let nodes =
            self.rows(&format!("/v1/nodes?detail=true&provision_state={}", provision.replace(' ', "%20")));
        let node = nodes.iter().find(|node| node["power_state"] == *power).expect("a node");
        text(&node["uuid"])
    }

    fn first(&mut self, plural: &str, node: &str) -> Json {
        self.rows(&format!("/v1/volume/{plural}?node={node}&detail=true"))[0].clone()
    }

    #[track_caller]
    fn refused(&mut self, method: Method, target: &str, body: Option<&Json>, status: u16) -> String {
        let response = self.call(method, target, body);
        assert_eq!(response.status, status, "{}", fault(&response));
        fault(&response)
    }
}

fn text(value: &Json) -> String {
    value.as_str().expect("text").to_owned()
}

/// The sentence of a refusal, out of the JSON inside the string.
fn fault(response: &Response) -> String {
    let Some(body) = response.body_json() else { return String::new() };
    let Some(inner) = body["error_message"].as_str() else { return body.to_string() };
    let inner: Json = serde_json::from_str(inner).expect("JSON inside the string");
    inner["faultstring"].as_str().or_else(|| inner["description"].as_str()).expect("a sentence").to_owned()
}

fn asked(version: Option<(&str, &str)>, target: &str) -> Response {
    let request = Request::new(Method::Get, target).basic("admin", "boxdeck-demo");
    Bench::new().system.respond(&match version {
        Some((name, value)) => request.header(name, value),
        None => request,
    })
}

#[test]
fn volumes_need_a_version_that_has_them() {
    for version in [None, Some(("x-openstack-ironic-api-version", "1.31"))] {
        let response = asked(version, "/v1/volume/connectors");
        assert_eq!(response.status, 404);
        // JSON inside a string, whose members come in no particular order.
        let body = response.body_json().expect("a body");
        let inner = body["error_message"].as_str().expect("a text");
        let inner: serde_json::Value = serde_json::from_str(inner).expect("JSON in the text");
        assert_eq!(inner, json!({"code": 404, "description": "", "title": "Not Found"}));
        assert!(response.header_value("x-openstack-ironic-api-maximum-version").is_none());
        assert!(response.header_value("openstack-request-id").is_some());
    }
    for (name, version, answered) in [
        ("x-openstack-ironic-api-version", "1.32", "1.32"),
        ("x-openstack-ironic-api-version", "latest", "1.115"),
        ("openstack-api-version", "baremetal 1.90", "1.90"),
    ] {
        let response = asked(Some((name, version)), "/v1/volume/targets");
        assert_eq!(response.status, 200);
        assert_eq!(response.header_value("x-openstack-ironic-api-version"), Some(answered));
        assert_eq!(response.header_value("x-openstack-ironic-api-minimum-version"), Some("1.1"));
    }
    // A field that came later is refused by name, and is not among all.
    let of = |version: &str, path: &str| asked(Some(("x-openstack-ironic-api-version", version)), path);
    assert_eq!(of("1.32", "/v1/nodes?fields=uuid,storage_interface").status, 406);
    assert_eq!(of("1.33", "/v1/nodes?fields=uuid,storage_interface").status, 200);
    let all = |version: &str| of(version, "/v1/nodes?detail=true").body_json().expect("JSON");
    assert!(all("1.32")["nodes"][0].get("storage_interface").is_none());
    assert!(all("1.33")["nodes"][0].get("storage_interface").is_some());
    for version in ["1.999", "2.1", "banana"] {
        let response = asked(Some(("x-openstack-ironic-api-version", version)), "/v1/volume/targets");
        assert_eq!(response.status, 406);
        assert_eq!(response.header_value("x-openstack-ironic-api-maximum-version"), Some("1.115"));
        assert!(response.header_value("x-openstack-ironic-api-version").is_none());
    }
    assert!(asked(None, "/v1").body_json().expect("JSON").get("volume").is_none());
}

#[test]
fn strangers_learn_the_versions_only_and_readers_change_nothing() {
    let mut bench = Bench::new();
    assert_eq!(bench.system.respond(&Request::new(Method::Get, "/")).status, 200);
    let response = bench.system.respond(&Request::new(Method::Get, "/v1/nodes"));
    assert_eq!(
        (response.status, response.header_value("www-authenticate")),
        (401, Some("Basic realm=\"Baremetal API\""))
    );
    assert_eq!(response.body_json().expect("JSON")["error"]["code"], 401);
    let connector = bench.first("connectors", "calc-a1-01");
    let path = format!("/v1/volume/connectors/{}", text(&connector["uuid"]));
    bench.user = "reader";
    assert_eq!(bench.get(&path)["uuid"], connector["uuid"]);
    assert!(bench.refused(Method::Delete, &path, None, 403).contains("baremetal:volume:delete"));
    bench.refused(Method::Patch, &path, Some(&json!([])), 403);
    bench.refused(Method::Post, "/v1/volume/connectors", Some(&json!({})), 403);
}

#[test]
fn pages_follow_the_marker_and_the_next_one_forgets_the_filter() {
    let mut bench = Bench::new();
    let all = bench.rows("/v1/volume/connectors");
    assert!((280..=320).contains(&all.len()), "{}", all.len());
    let page = bench.get("/v1/volume/connectors?limit=2&node=calc-a1-01");
    assert_eq!(page["connectors"].as_array().map(Vec::len), Some(2));
    let last = text(&page["connectors"][1]["uuid"]);
    let next = text(&page["next"]);
    assert_eq!(
        next,
        format!(
            "http://console.example/v1/volume/connectors?sort_key=id&sort_dir=asc&fields=uuid%2Cnode_uuid%2Ctype%2Cconnector_id&limit=2&marker={last}"
        )
    );
    let node = text(&page["connectors"][0]["node_uuid"]);
    let nested = bench.get(&format!("/v1/nodes/{node}/volume/connectors?limit=1"));
    assert!(text(&nested["next"]).contains("/v1/volume/connectors?"));
    let full = bench.get("/v1/volume/connectors?limit=1000");
    assert!(full.get("next").is_none());
    bench.system.control(&json!({"max_limit": 7})).expect("an order");
    assert_eq!(bench.rows("/v1/volume/connectors?limit=1000").len(), 7);
    let mut seen = Vec::new();
    let mut marker = String::new();
    loop {
        let rows = bench.rows(&format!("/v1/volume/connectors?sort_key=connector_id&sort_dir=desc{marker}"));
        let Some(last) = rows.last() else { break };
        marker = format!("&marker={}", text(&last["uuid"]));
        seen.extend(rows.iter().map(|row| text(&row["connector_id"])));
    }
    assert_eq!(seen.len(), all.len());
    assert!(seen.is_sorted_by(|a, b| a > b));
}

#[test]
fn parameters_are_checked_one_by_one() {
    let mut bench = Bench::new();
    let list = "/v1/volume/targets";
    for (query, message) in [
        ("limit=0", "Limit must be positive"),
        ("limit=-1", "Limit must be positive"),
        ("limit=abc", "Schema error"),
        ("banana=1", "Unexpected arguments: banana"),
        ("sort_key=node_uuid", "node_uuid"),
        ("sort_key=properties", "properties"),
        ("sort_dir=up", "Invalid sort direction"),
        ("detail=true&fields=uuid", "Can't fetch a subset"),
        ("fields=banana", "'banana' is not one of"),
        ("marker=x", "Expected UUID for marker: x"),
    ] {
        let said = bench.refused(Method::Get, &format!("{list}?{query}"), None, 400);
        assert!(said.contains(message), "{query}: {said}");
    }
    bench.refused(Method::Get, &format!("{list}?marker={NOBODY}"), None, 404);
    bench.refused(Method::Get, &format!("{list}?node={NOBODY}"), None, 404);
    bench.refused(Method::Get, "/v1/nodes/calc-a1-01/volume/targets", None, 404);
    let said = bench.refused(Method::Get, &format!("{list}/detail"), None, 400);
    assert_eq!(said, "Expected UUID for target_uuid: detail");
    let said = bench.refused(Method::Get, &format!("{list}/{NOBODY}"), None, 404);
    assert_eq!(said, format!("Volume target {NOBODY} could not be found."));
    assert!(bench.rows(&format!("{list}?sort_key=node_id&limit=3")).len() == 3);
}

#[test]
fn fields_are_merged_and_links_always_come_along() {
    let mut bench = Bench::new();
    let keys = |row: &Json| -> Vec<String> { row.as_object().expect("an object").keys().cloned().collect() };
    let row = |bench: &mut Bench, query: &str| {
        bench.rows(&format!("/v1/volume/targets?limit=1&{query}"))[0].clone()
    };
    let mut merged = keys(&row(&mut bench, "fields=uuid&fields=volume_id,UUID"));
    merged.sort_unstable();
    assert_eq!(merged, ["links", "uuid", "volume_id"]);
    assert_eq!(keys(&row(&mut bench, "fields=")), ["links"]);
    let detailed = row(&mut bench, "detail=True");
    assert!(detailed["created_at"].as_str().is_some_and(|time| time.ends_with("+00:00")));
    let brief = row(&mut bench, "detail=no");
    assert!(brief.get("properties").is_none());
    assert_eq!(
        brief["links"][1]["href"],
        format!("http://console.example/volume/targets/{}", text(&brief["uuid"]))
    );
}

#[test]
fn creating_checks_types_duplicates_and_the_node() {
    let mut bench = Bench::new();
    let node = bench.node(&json!("power on"), "active");
    let list = "/v1/volume/connectors";
    let body = json!({"node_uuid": node, "type": "banana", "connector_id": "anything"});
    let response = bench.call(Method::Post, list, Some(&body));
    assert_eq!(response.status, 201, "{}", fault(&response));
    let created = response.body_json().expect("JSON");
    assert_eq!((created["extra"].clone(), created["updated_at"].clone()), (json!({}), Json::Null));
    let path = format!("http://console.example{list}/{}", text(&created["uuid"]));
    assert_eq!(response.header_value("location"), Some(path.as_str()));
    let said = bench.refused(Method::Post, list, Some(&body), 409);
    assert_eq!(said, "A volume connector with type banana and connector ID anything already exists.");
    let body = json!({"uuid": created["uuid"], "node_uuid": node, "type": "ip", "connector_id": "x"});
    assert!(bench.refused(Method::Post, list, Some(&body), 409).contains("with UUID"));
    let body = json!({"node_uuid": NOBODY, "type": "ip", "connector_id": "x"});
    let said = bench.refused(Method::Post, list, Some(&body), 400);
    assert_eq!(said, format!("Invalid input for field/attribute node_uuid. Value: '{NOBODY}'. "));
    let body = json!({"node_uuid": "calc-a1-01", "type": "ip", "connector_id": "x"});
    assert_eq!(
        bench.refused(Method::Post, list, Some(&body), 400),
        "Expected UUID for node_uuid: calc-a1-01"
    );
    bench.refused(Method::Post, list, Some(&json!({"node_uuid": node, "type": "ip"})), 400);
    let list = "/v1/volume/targets";
    let target = |boot_index: Json| json!({"node_uuid": node, "volume_type": "", "volume_id": "v", "boot_index": boot_index});
    assert_eq!(
        bench.refused(Method::Post, list, Some(&target(json!(0))), 409),
        "A volume target with boot index '0' for the same node already exists."
    );
    for boot_index in [json!(-5), json!(77.0)] {
        assert_eq!(bench.call(Method::Post, list, Some(&target(boot_index))).status, 201);
    }
    assert_eq!(
        bench.rows(&format!("{list}?node={node}&sort_key=boot_index&sort_dir=desc"))[0]["boot_index"],
        77
    );
    for boot_index in [json!("1"), json!(true), json!(1.5)] {
        bench.refused(Method::Post, list, Some(&target(boot_index)), 400);
    }
    bench.refused(Method::Post, list, Some(&target(json!(1e20))), 500);
    let mut request = Request::new(Method::Post, list)
        .basic("admin", "boxdeck-demo")
        .header("x-openstack-ironic-api-version", "1.90");
    request.body = b"{".to_vec();
    assert_eq!(bench.system.respond(&request).status, 400, "without a content type the body isn't read");
    assert_eq!(bench.system.respond(&request.header("content-type", "application/json")).status, 500);
}

#[test]
fn patches_change_what_they_may() {
    let mut bench = Bench::new();
    let node = bench.node(&json!("power off"), "available");
    let target = bench.first("targets", &node);
    let path = format!("/v1/volume/targets/{}", text(&target["uuid"]));
    let patch = |bench: &mut Bench, body: Json| bench.call(Method::Patch, &path, Some(&body));
    assert_eq!(patch(&mut bench, json!([])).body_json(), Some(target));
    let changed = patch(
        &mut bench,
        json!([
            {"op": "replace", "path": "/volume_id", "value": "spare"},
            {"op": "add", "path": "/extra/owner", "value": "team"},
            {"op": "remove", "path": "/properties"},
        ]),
    )
    .body_json()
    .expect("JSON");
    assert_eq!((&changed["volume_id"], &changed["extra"]["owner"]), (&json!("spare"), &json!("team")));
    assert_eq!(changed["properties"], json!({}));
    assert!(changed["updated_at"].is_string());
    for (body, message) in [
        (
            json!([{"op": "move", "path": "/extra", "from": "/x"}]),
            "is not one of ['add', 'replace', 'remove']",
        ),
        (json!([{"op": "remove", "path": "/volume_id"}]), "mandatory"),
        (
            json!([{"op": "replace", "path": "/uuid", "value": NOBODY}]),
            "Cannot patch /uuid. Only the following can be updated: boot_index, extra, node_uuid, properties, volume_id, volume_type",
        ),
        (json!([{"op": "remove", "path": "/extra/nothing"}]), "Couldn't apply patch"),
        (json!([{"op": "replace", "path": "/extra/no/thing", "value": 1}]), "Couldn't apply patch"),
        (json!([{"op": "replace", "path": "/boot_index", "value": "1"}]), "integer"),
        (json!([{"op": "replace", "path": "/volume_id"}]), "'value' is a required property"),
        (json!({"volume_id": "x"}), "array"),
    ] {
        let response = patch(&mut bench, body);
        assert_eq!(response.status, 400);
        assert!(fault(&response).contains(message), "{}", fault(&response));
    }
    let taken = patch(&mut bench, json!([{"op": "replace", "path": "/boot_index", "value": 1}]));
    assert_eq!(taken.status, 409);
}

#[test]
fn passwords_come_back_as_stars_and_stars_are_stored() {
    let mut bench = Bench::new();
    let target = bench.first("targets", "calc-a1-01");
    assert_eq!(target["properties"]["auth_password"], "******");
    let stored = |bench: &Bench| {
        let item =
            bench.system.service.targets.find(target["uuid"].as_str().expect("text")).expect("a target");
        text(&item.values["properties"]["auth_password"])
    };
    assert_ne!(stored(&bench), "******");
    let body = json!([{"op": "replace", "path": "/properties", "value": target["properties"]}]);
    let path = format!("/v1/volume/targets/{}", text(&target["uuid"]));
    assert_eq!(bench.call(Method::Patch, &path, Some(&body)).status, 200);
    assert_eq!(stored(&bench), "******");
}

#[test]
fn the_power_of_a_node_decides_what_may_be_changed() {
    let mut bench = Bench::new();
    let edit = json!([{"op": "add", "path": "/extra/note", "value": 1}]);
    for (power, provision, deletable) in [
        (Json::Null, "enroll", true),
        (json!("power on"), "available", true),
        (json!("power on"), "active", false),
    ] {
        let node = bench.node(&power, provision);
        let path = format!("/v1/volume/connectors/{}", text(&bench.first("connectors", &node)["uuid"]));
        let state = power.as_str().unwrap_or("None");
        assert_eq!(
            bench.refused(Method::Patch, &path, Some(&edit), 400),
            format!(
                "The requested action \"volume connector update\" can not be performed on node \"{node}\" while it is in state \"{state}\"."
            )
        );
        let response = bench.call(Method::Delete, &path, None);
        assert_eq!(response.status, if deletable { 204 } else { 400 }, "{}", fault(&response));
        assert!(deletable || fault(&response).contains("volume connector deletion"));
    }
}

#[test]
fn a_node_is_locked_while_its_power_changes() {
    let mut bench = Bench::new();
    let node = bench.node(&json!("power on"), "active");
    let path = format!("/v1/volume/connectors/{}", text(&bench.first("connectors", &node)["uuid"]));
    let power = format!("/v1/nodes/{node}/states/power");
    bench.refused(Method::Put, &power, Some(&json!({"target": "sideways"})), 400);
    let order = json!({"target": "power off"});
    assert_eq!(bench.call(Method::Put, &power, Some(&order)).status, 202);
    let busy = bench.get(&format!("/v1/nodes/{node}?fields=power_state,target_power_state,reservation"));
    assert_eq!(
        (&busy["power_state"], &busy["target_power_state"]),
        (&json!("power on"), &json!("power off"))
    );
    assert!(busy["reservation"].is_string());
    let said = bench.refused(Method::Delete, &path, None, 409);
    assert!(said.contains("is locked by host") && said.contains("please retry"), "{said}");
    bench.refused(Method::Put, &power, Some(&order), 409);
    bench.system.control(&json!({"advance_seconds": 5})).expect("an order");
    assert_eq!(bench.get(&format!("/v1/nodes/{node}/states"))["power_state"], "power off");
    assert_eq!(bench.call(Method::Delete, &path, None).status, 204);
    bench.refused(Method::Get, &path, None, 404);
}

#[test]
fn methods_that_a_path_lacks_are_refused() {
    let mut bench = Bench::new();
    let response = bench.call(Method::Put, "/v1/volume/connectors", Some(&json!({})));
    assert_eq!((response.status, response.header_value("allow")), (405, Some("GET, POST")));
    let said = bench.refused(Method::Delete, "/v1/volume/connectors", None, 400);
    assert_eq!(said, "Missing mandatory parameter: connector_uuid");
    let node = bench.node(&json!("power off"), "available");
    let nested = format!("/v1/nodes/{node}/volume/connectors/{NOBODY}");
    assert_eq!(bench.refused(Method::Get, &nested, None, 400), "Malformed request URI.");
    let response = bench.call(Method::Get, "/v1/volume/banana", None);
    assert_eq!(response.status, 404);
    assert!(bench.system.control(&json!({"fly": 1})).is_err());
}

#[test]
fn the_first_state_is_the_same_every_time() {
    let (mut one, mut other) = (Bench::new(), Bench::new());
    for target in
        ["/v1/nodes?detail=true", "/v1/volume/connectors?detail=true", "/v1/volume/targets?detail=true"]
    {
        assert_eq!(one.get(target), other.get(target));
    }
    assert_eq!(one.rows("/v1/nodes").len(), 60);
    assert!((240..=260).contains(&one.rows("/v1/volume/targets").len()));
    assert_eq!(one.rows("/v1/nodes?maintenance=yes").len(), 3);
}
