//! Copied commands against the simulator: what `sh` and `curl` make of them has to be what the console itself sends, and has
//! to do the same to the box.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use boxdeck_catalog::{Catalog, Operation, OperationKind, Resource};
use boxdeck_dialect::{
    Authority, Body, Context, Dialect, Inputs, Part, PartContent, Plan, PlanStep, Record, Session, build,
    curl, dialect,
};
use boxdeck_simulator::clock::Clock;
use boxdeck_simulator::server::Server;
use boxdeck_simulator::{Host, KINDS, Settings};
use serde_json::{Value, json};

/// Texts that a shell, a URL or JSON could take for something else.
const ODD: &str = "it's \"odd\" $(id) `id` $HOME !1 \\n %41 ä 20 % #?&=+;\n\ttwo [x] {y} *";
/// What a person typed as a secret: with all that means something to a shell, to JSON or in an address.
const SECRET: &str = "Pass\\word\"'$(x)`&+=% 1";

/// Name and password of the boxes' administrator in the notation of HTTP Basic.
const BASIC: &str = "Basic YWRtaW46Ym94ZGVjay1kZW1v";
const PASSWORD: &str = "boxdeck-demo";

/// Two simulators of the same first state. The commands go to one; the other gets what the console itself sends.
struct Twins {
    system: &'static str,
    /// Address of the one for commands.
    address: String,
    /// Address of the console's own.
    own: String,
    /// How many requests both had received at the last comparison.
    compared: (usize, usize),
    /// Lists of the commands' box that differ from the start: keys that each box makes for itself.
    own_from_start: BTreeMap<String, Value>,
    catalog: Catalog,
    dialect: &'static dyn Dialect,
    session: Session,
    folder: PathBuf,
    // Ends the servers with the test.
    _runtime: tokio::runtime::Runtime,
}

impl Twins {
    fn start(kind: &str, system: &'static str, session: Session) -> Self {
        let settings =
            Settings { records: 40, clock: Clock::Fixed(1_780_000_000_000), ..Settings::default() };
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let start = || {
            let _inside = runtime.enter();
            let address = "127.0.0.1:0".parse().expect("an address");
            let server = Server::bind(address, false, Host::new(KINDS, &settings), None).expect("a port");
            let address = server.url().expect("an address");
            runtime.spawn(server.run(std::future::pending()));
            address
        };
        let (address, own) = (start(), start());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs").join(kind);
        let catalog = boxdeck_catalog::files::read_kind(&folder).expect("the catalog loads").catalog;
        let files = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("curl-{kind}"));
        std::fs::create_dir_all(&files).expect("a folder");
        let mut twins = Self {
            system,
            address,
            own,
            compared: (0, 0),
            own_from_start: BTreeMap::new(),
            dialect: dialect(&catalog.kind.dialect).expect("a dialect"),
            catalog,
            session,
            folder: files,
            _runtime: runtime,
        };
        let (mut theirs, ours) = twins.worlds();
        theirs.retain(|path, there| ours.get(path) != Some(there));
        assert!(theirs.len() < 2, "{:?} differ from the start", theirs.keys());
        twins.own_from_start = theirs;
        twins.journals();
        twins
    }

    fn operation(&self, resource: &str, id: &str) -> (Resource, Operation) {
        let resource = self.catalog.resource(resource).expect("a resource");
        let operation = resource.operation(id).unwrap_or_else(|| panic!("no operation {id}"));
        (resource.clone(), operation.clone())
    }

    fn plan(&self, resource: &str, id: &str, record: Option<&Record>, inputs: &Inputs) -> Plan {
        let (resource, operation) = self.operation(resource, id);
        let context = Context { catalog: &self.catalog, session: &self.session };
        build(self.dialect, context, &resource, &operation, record, None, None, inputs)
            .unwrap_or_else(|faults| panic!("{id}: {faults:?}"))
    }

    /// A record of the console's box.
    fn record(&mut self, resource: &str, is_wanted: impl Fn(&Record) -> bool) -> Record {
        let found = self.catalog.resource(resource).expect("a resource").clone();
        let list = found.first(OperationKind::List).expect("a list").clone();
        let context = Context { catalog: &self.catalog, session: &self.session };
        let target = boxdeck_dialect::ListTarget { resource: &found, operation: &list, parent: None };
        let query = boxdeck_dialect::Query { page_size: Some(100), ..boxdeck_dialect::Query::default() };
        let request = self.dialect.list(context, target, &query);
        let step = PlanStep { request, changes: Vec::new(), secrets: Vec::new() };
        let answer = self.send(&step, &BTreeMap::new());
        let answer =
            boxdeck_dialect::Response { status: answer.0, headers: Vec::new(), body: answer.1.into() };
        let page = self.dialect.read_page(target, &query, &answer).expect("a page");
        page.records.into_iter().find(is_wanted).expect("such a record")
    }

    /// Sends a step to the console's own box as its transport does.
    fn send(&self, step: &PlanStep, files: &BTreeMap<u64, Vec<u8>>) -> (u16, Vec<u8>) {
        let mut request = step.request.clone();
        self.dialect.authorize(&self.session, &mut request);
        let mut headers = vec![("Authorization".to_owned(), BASIC.to_owned())];
        headers.extend(request.headers.iter().filter(|(name, _)| name != "Authorization").cloned());
        let (media_type, body) = match &request.body {
            Body::None => (None, Vec::new()),
            Body::Json(body) => (Some("application/json"), body.to_string().into_bytes()),
            Body::Form(fields) => (
                Some("application/x-www-form-urlencoded"),
                boxdeck_dialect::http::encode_pairs(fields).into_bytes(),
            ),
            Body::Multipart(parts) => (Some("multipart/form-data; boundary=xXx"), multipart(parts, files)),
        };
        let has_type = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("Content-Type"));
        if let Some(media_type) = media_type.filter(|_| !has_type) {
            headers.push(("Content-Type".to_owned(), media_type.to_owned()));
        }
        let target = format!("/boxes/{}{}", self.system, request.target());
        exchange(&self.own, &request.method, &target, &headers, &body)
    }

    /// Performs a plan in both ways and compares what arrived and what became of it. The answer is the console's.
    fn perform(
        &mut self,
        plan: &[PlanStep],
        secrets: &[(&str, &str)],
        files: &BTreeMap<u64, Vec<u8>>,
    ) -> Value {
        for step in plan {
            if let Body::Multipart(parts) = &step.request.body {
                for part in parts {
                    if let PartContent::File { handle, name, .. } = &part.content {
                        let content = files.get(handle).expect("a file");
                        std::fs::write(self.folder.join(name), content).expect("a file");
                    }
                }
            }
        }
        let address = format!("{}boxes/{}/", self.address, self.system);
        let made = curl::command(self.dialect, &self.session, &address, plan);
        for (_, secret) in secrets {
            assert!(!made.text.contains(secret), "a secret in\n{}", made.text);
        }
        assert!(!made.text.contains(PASSWORD), "a password in\n{}", made.text);
        let named =
            |name: &String| name == "BOXDECK_PASSWORD" || secrets.iter().any(|(known, _)| known == name);
        assert!(made.variables.iter().all(named), "{:?}", made.variables);
        let run = Command::new("sh")
            .args(["-c", &made.text])
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("BOXDECK_PASSWORD", PASSWORD)
            .envs(secrets.iter().copied())
            .output()
            .expect("sh and curl");
        let mut answer = (0, Vec::new());
        for step in plan {
            answer = self.send(step, files);
        }
        let refused = answer.0 >= 400;
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.success(), !refused, "{}\n{said}", made.text);
        let received = self.journals();
        assert_eq!(received.0, received.1, "{}", made.text);
        assert_eq!(received.0.as_array().map_or(0, Vec::len), plan.len(), "{}", made.text);
        let (theirs, ours) = self.worlds();
        for (path, there) in theirs {
            if self.own_from_start.get(&path) == Some(&there) {
                continue;
            }
            assert_eq!(Some(&there), ours.get(&path), "{path} after\n{}", made.text);
        }
        serde_json::from_slice(&answer.1).unwrap_or(Value::Null)
    }

    /// The changes that both boxes were asked for since the last time. A multipart body has no length that could be compared.
    fn journals(&mut self) -> (Value, Value) {
        let since = self.compared;
        let read = |address: &str, since: usize| {
            let entries = get(address, "/simulator/requests").1;
            let entries = entries.as_array().cloned().unwrap_or_default();
            let count = entries.len();
            let changes = entries.into_iter().skip(since).filter(|entry| entry["method"] != "GET");
            let changes = changes.map(|mut entry| {
                if let Some(members) = entry.as_object_mut() {
                    members.remove("sequence");
                    if members.get("body").is_some_and(Value::is_null) {
                        members.remove("body_bytes");
                    }
                }
                entry
            });
            (changes.collect::<Value>(), count)
        };
        let (theirs, their_count) = read(&self.address, since.0);
        let (ours, our_count) = read(&self.own, since.1);
        self.compared = (their_count, our_count);
        (theirs, ours)
    }

    /// Every list that needs nothing but its path, on both boxes.
    fn worlds(&self) -> (BTreeMap<String, Value>, BTreeMap<String, Value>) {
        let mut both = (BTreeMap::new(), BTreeMap::new());
        let lists = self.catalog.resources.iter().filter_map(|resource| resource.first(OperationKind::List));
        for path in lists.map(|list| list.path.clone()).filter(|path| !path.contains('{')) {
            let at = format!("/boxes/{}{path}", self.system);
            let (status, theirs) = get(&self.address, &at);
            if status == 200 {
                both.0.insert(path.clone(), theirs);
                both.1.insert(path, get(&self.own, &at).1);
            }
        }
        assert!(both.0.len() > 1, "only {:?} could be compared", both.0.keys());
        both
    }
}

/// Reads as the administrator.
fn get(address: &str, target: &str) -> (u16, Value) {
    let headers = [("Authorization", BASIC), ("X-OpenStack-Ironic-API-Version", "1.32")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let (status, body) = exchange(address, "GET", target, &headers, &[]);
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

/// One request on a connection of its own. Both boxes are called by one name, which some answers repeat.
fn exchange(
    address: &str,
    method: &str,
    target: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> (u16, Vec<u8>) {
    let host = address.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host).expect("a connection");
    let mut request = format!("{method} {target} HTTP/1.1\r\nHost: box.example\r\nConnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    stream.write_all(request.as_bytes()).and_then(|()| stream.write_all(body)).expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("a head") + 4;
    let head = String::from_utf8_lossy(answer.get(..end).unwrap_or_default()).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, answer.split_off(end))
}

fn multipart(parts: &[Part], files: &BTreeMap<u64, Vec<u8>>) -> Vec<u8> {
    let mut body = Vec::new();
    for Part { name, content } in parts {
        body.extend(format!("--xXx\r\nContent-Disposition: form-data; name=\"{name}\"").bytes());
        match content {
            PartContent::Text(text) => body.extend(format!("\r\n\r\n{text}").bytes()),
            PartContent::File { handle, name, .. } => {
                body.extend(format!("; filename=\"{name}\"\r\n\r\n").bytes());
                body.extend(files.get(handle).expect("a file"));
            }
        }
        body.extend(b"\r\n");
    }
    body.extend(b"--xXx--\r\n");
    body
}

fn inputs(body: Value) -> Inputs {
    Inputs { body: body.as_object().cloned().unwrap_or_default(), ..Inputs::default() }
}

fn named(name: &str) -> impl Fn(&Record) -> bool {
    move |record| record.text("name").as_deref() == Some(name)
}

#[test]
fn an_infinibox_hears_the_same_from_a_command() {
    let session =
        Session { user: Some("admin".to_owned()), authority: Authority::Cookie, ..Session::default() };
    let mut twins = Twins::start("infinibox", "north", session);
    let none = BTreeMap::new();
    let pool = twins.record("pools", |_| true);

    let size = 2_000_000_000_u64 / 512 * 512;
    let given = inputs(json!({"name": "a volume of ours", "size": size, "pool_id": pool.get("id")}));
    let plan = twins.plan("volumes", "volume.create_a_volume", None, &given);
    let made = twins.perform(&plan.steps, &[], &none);
    assert!(made["error"].is_null(), "{made}");

    // One request per field: both, one after the other.
    let volume = twins.record("volumes", named("a volume of ours"));
    let given = inputs(json!({"name": "renamed", "size": size * 2}));
    let plan = twins.plan("volumes", "volume.update_a_volume_attribute", Some(&volume), &given);
    assert_eq!(plan.steps.len(), 2);
    twins.perform(&plan.steps, &[], &none);

    // An action; then a deletion that the box wants approved: refused at first, done with the approval in it.
    let volume = twins.record("volumes", named("renamed"));
    let given = inputs(json!({"name": "renamed-1", "pool_id": pool.get("id")}));
    let plan = twins.plan("volumes", "volume.create_volume_snapshot", Some(&volume), &given);
    twins.perform(&plan.steps, &[], &none);
    let snapshot = twins.record("volumes", named("renamed-1"));
    let plan = twins.plan("volumes", "volume.delete_a_volume", Some(&snapshot), &Inputs::default());
    let asked = twins.perform(&plan.steps, &[], &none);
    assert_eq!(asked["error"]["code"], "APPROVAL_REQUIRED");
    let mut steps = plan.steps.clone();
    for step in &mut steps {
        step.request = twins.dialect.approve(&step.request).expect("the kind has approvals");
    }
    let done = twins.perform(&steps, &[], &none);
    assert!(done["error"].is_null(), "{done}");

    // A refusal, in which everything has to arrive as it was typed.
    let step = PlanStep {
        request: boxdeck_dialect::Request {
            method: "POST".to_owned(),
            path: "/api/rest/hosts".to_owned(),
            query: vec![("odd name".to_owned(), ODD.to_owned())],
            body: Body::Json(json!({"name": ODD, ODD: [ODD, 9_007_199_254_740_993_u64, null]})),
            ..boxdeck_dialect::Request::default()
        },
        changes: Vec::new(),
        secrets: Vec::new(),
    };
    let refused = twins.perform(&[step], &[], &none);
    assert!(!refused["error"].is_null(), "{refused}");
}

#[test]
fn secrets_arrive_as_they_were_typed() {
    let session =
        Session { user: Some("admin".to_owned()), authority: Authority::Cookie, ..Session::default() };
    let mut twins = Twins::start("infinibox", "north", session);
    let none = BTreeMap::new();
    let given =
        inputs(json!({"name": "ada", "email": "ada@example.com", "password": SECRET, "role": "READ_ONLY"}));
    let plan = twins.plan("users", "users.create_a_user", None, &given);
    let made = twins.perform(&plan.steps, &[("BOXDECK_SECRET_PASSWORD", SECRET)], &none);
    assert!(made["error"].is_null(), "{made}");

    // The proof: on the box that the command went to, this password signs ada in, and no other one does.
    for (password, is_right) in [(SECRET, true), ("wrong", false)] {
        let session =
            Session { user: Some("ada".to_owned()), authority: Authority::Cookie, ..Session::default() };
        let request = boxdeck_dialect::Request {
            method: "GET".to_owned(),
            path: "/api/rest/pools".to_owned(),
            ..boxdeck_dialect::Request::default()
        };
        let step = PlanStep { request, changes: Vec::new(), secrets: Vec::new() };
        let made = curl::command(twins.dialect, &session, &format!("{}boxes/north", twins.address), &[step]);
        let run = Command::new("sh").args(["-c", &made.text]).env("BOXDECK_PASSWORD", password).output();
        assert_eq!(run.expect("sh and curl").status.success(), is_right);
    }
    // Without its variable a command sends nothing.
    let made = curl::command(twins.dialect, &twins.session, &twins.address, &plan.steps);
    let run = Command::new("sh").args(["-c", &made.text]).env_remove("BOXDECK_PASSWORD").output();
    let run = run.expect("sh");
    assert!(!run.status.success() && String::from_utf8_lossy(&run.stderr).contains("BOXDECK_PASSWORD"));
    assert_eq!(twins.journals().0, json!([]));
}

#[test]
fn a_file_is_uploaded_from_the_folder_of_the_shell() {
    let session =
        Session { user: Some("admin".to_owned()), authority: Authority::Cookie, ..Session::default() };
    let mut twins = Twins::start("infinibox", "north", session);
    let made = rcgen::generate_simple_self_signed(vec!["box.example".to_owned()]).expect("a certificate");
    let sound = format!("{}{}", made.cert.pem(), made.signing_key.serialize_pem());
    let broken = "-----BEGIN CERTIFICATE-----\r\nnot one\r\n-----END CERTIFICATE-----\r\n".to_owned();
    for (name, content) in [("it's \"my\"; key,1.pem", broken), ("server.pem", sound)] {
        let file = PartContent::File { handle: 1, name: name.to_owned(), size: content.len() as u64 };
        let given = Inputs { files: BTreeMap::from([("upload_file".to_owned(), file)]), ..Inputs::default() };
        let plan = twins.plan("certificates", "certificates.upload_ssl_certificate_and_key", None, &given);
        let is_sound = name == "server.pem";
        let answer = twins.perform(&plan.steps, &[], &BTreeMap::from([(1, content.into_bytes())]));
        assert_eq!(answer["error"].is_null(), is_sound, "{answer}");
    }
    let certificates = "/api/rest/system/certificates";
    assert_ne!(twins.worlds().0.get(certificates), twins.own_from_start.get(certificates));
}

#[test]
fn an_ironic_hears_the_same_from_a_command() {
    let session = Session {
        user: Some("admin".to_owned()),
        authority: Authority::Header {
            name: "Authorization".to_owned(),
            value: boxdeck_dialect::Secret::new(BASIC),
        },
        version: Some("1.32".to_owned()),
        ..Session::default()
    };
    let mut twins = Twins::start("ironic", "metal", session);
    let none = BTreeMap::new();
    let node = twins.record("nodes", |_| true);
    let uuid = "6f2d1f0c-9a51-4c5e-8c43-0d9a3b1f7e11";
    let given = inputs(json!({
        "node_uuid": node.get("uuid"), "type": "iqn", "connector_id": "iqn.2026-01.example:host-07", "uuid": uuid,
        "extra": {"note": ODD, ODD: 1},
    }));
    let plan = twins.plan("connectors", "volume_connector_create", None, &given);
    let made = twins.perform(&plan.steps, &[], &none);
    assert_eq!(made["uuid"], uuid, "{made}");

    let connector = Record(made.as_object().cloned().expect("a record"));
    let given = inputs(json!({"connector_id": "iqn.2026-01.example:host-08", "extra": {"note": "it's"}}));
    let plan = twins.plan("connectors", "volume_connector_update", Some(&connector), &given);
    twins.perform(&plan.steps, &[], &none);

    // Secrets in a free object are told by their names.
    let secret = format!("{SECRET}\t\r\né\n");
    let properties = json!({"auth_username": "ada", "auth_password": secret, "target_lun": 1});
    let target = "6f2d1f0c-9a51-4c5e-8c43-0d9a3b1f7e12";
    let given = inputs(json!({
        "node_uuid": node.get("uuid"), "volume_type": "iscsi", "boot_index": 7, "volume_id": "vol-7", "uuid": target,
        "properties": properties,
    }));
    let plan = twins.plan("targets", "volume_target_create", None, &given);
    twins.perform(&plan.steps, &[("BOXDECK_SECRET_PROPERTIES_AUTH_PASSWORD", &secret)], &none);

    let plan = twins.plan("connectors", "volume_connector_delete", Some(&connector), &Inputs::default());
    twins.perform(&plan.steps, &[], &none);
}
