//! A console without a screen: somebody signed in to one simulated system, who fills in forms.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use boxdeck_catalog::{Catalog, Operation, OperationKind, Operator, Resource};
use boxdeck_dialect::{
    Answer, Context, Dialect, Entry, Failure, Flow, InputPlace, Inputs, ListTarget, Outcome, Page,
    PartContent, Plan, Progress, Query, Record, Request, Response, Session, Task, Term, blocked, build,
    dialect, input_fields, shown,
};
use boxdeck_simulator::clock::Clock;
use boxdeck_simulator::{Settings, World, respond};
use serde_json::{Map, Value, json};

use crate::wire;

/// What an operation is performed on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct On<'a> {
    /// The record, as it was read.
    pub(crate) record: Option<&'a Record>,
    /// Key of the owning record.
    pub(crate) parent: Option<&'a str>,
}

impl<'a> On<'a> {
    /// On this record.
    pub(crate) fn record(record: &'a Record) -> Self {
        Self { record: Some(record), parent: None }
    }
}

/// Somebody at work.
pub(crate) struct Console {
    catalog: Catalog,
    dialect: &'static dyn Dialect,
    session: Session,
    options: Map<String, Value>,
    world: World,
    cookies: BTreeMap<String, String>,
    files: BTreeMap<u64, Vec<u8>>,
    performed: BTreeSet<String>,
}

impl Console {
    /// Opens a simulated system of the kind in its first state and signs in with what is typed into the challenge's fields.
    pub(crate) fn open(kind: &str, typed: &Value, options: &Value) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs").join(kind);
        let catalog = boxdeck_catalog::files::read_kind(&folder).expect("the catalog loads").catalog;
        let settings =
            Settings { records: 40, clock: Clock::Fixed(1_780_000_000_000), ..Settings::default() };
        let simulated = boxdeck_simulator::world::kind(kind).expect("the kind is simulated");
        let mut console = Self {
            dialect: dialect(&catalog.kind.dialect).expect("a dialect"),
            catalog,
            session: Session::default(),
            options: object(options),
            world: World::new(simulated, &settings),
            cookies: BTreeMap::new(),
            files: BTreeMap::new(),
            performed: BTreeSet::new(),
        };
        console.sign_in(typed).expect("a session");
        console
    }

    /// Knocks and signs in, in place of whoever is signed in.
    pub(crate) fn sign_in(&mut self, typed: &Value) -> Result<(), Failure> {
        self.cookies.clear();
        let typed = object(typed);
        let user = typed.get("user").and_then(Value::as_str).map(str::to_owned);
        let mut knock = self.dialect.knock(user.as_deref(), &self.options);
        let challenge = match self.follow(knock.as_mut())? {
            Entry::Open(session) => {
                self.session = session;
                return Ok(());
            }
            Entry::Ask(challenge) => challenge,
        };
        for name in typed.keys() {
            assert!(challenge.fields.iter().any(|field| field.name == *name), "nobody asks for {name}");
        }
        let mut flow = self.dialect.sign_in(&challenge, &typed, &self.options);
        self.session = self.follow(flow.as_mut())?;
        Ok(())
    }

    /// Who is signed in.
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    fn follow<T>(&mut self, flow: &mut dyn Flow<T>) -> Result<T, Failure> {
        let mut progress = flow.start();
        loop {
            progress = match progress {
                Progress::Send(request) => flow.answer(&self.send(&request)),
                Progress::Done(done) => return Ok(done),
                Progress::Failed(failure) => return Err(failure),
            };
        }
    }

    /// Sends a request as it is: without credentials, unless they are in it.
    pub(crate) fn send(&mut self, request: &Request) -> Response {
        let mut sent = wire::sent(request, &self.files);
        if !self.cookies.is_empty() {
            let cookies: Vec<_> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            sent = sent.header("cookie", &cookies.join("; "));
        }
        let response = respond(&mut self.world, &sent);
        for (_, value) in response.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let pair = value.split(';').next().and_then(|pair| pair.split_once('='));
            self.cookies.extend(pair.map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        Response { status: response.status, headers: response.headers, body: response.body.into() }
    }

    /// Sends a request of the session.
    fn send_authorized(&mut self, request: &Request) -> Response {
        let mut request = request.clone();
        self.dialect.authorize(&self.session, &mut request);
        self.send(&request)
    }

    /// Does something to the system that its API does not offer.
    pub(crate) fn control(&mut self, order: &Value) {
        self.world.control(order).expect("an order that the kind knows");
    }

    /// An operation with its resource. Copies, so that the console is free to act.
    pub(crate) fn operation(&self, id: &str) -> (Resource, Operation) {
        let (resource, operation) =
            self.catalog.operations().find(|(_, operation)| operation.id == id).unwrap_or_else(|| {
                panic!("there is no operation {id}");
            });
        (resource.clone(), operation.clone())
    }

    /// The resource of that id with its operations.
    pub(crate) fn resource(&self, id: &str) -> Option<Resource> {
        self.catalog.resource(id).cloned()
    }

    /// Ids of all operations.
    pub(crate) fn operations(&self) -> Vec<String> {
        self.catalog.operations().map(|(_, operation)| operation.id.clone()).collect()
    }

    /// A list by its operation. `filter` holds the values that some fields must equal: all of it the box has to apply.
    pub(crate) fn list(&mut self, id: &str, parent: Option<&str>, filter: &Value) -> Result<Page, Failure> {
        let (resource, operation) = self.operation(id);
        let target = ListTarget { resource: &resource, operation: &operation, parent };
        let filter = object(filter).into_iter().map(|(field, value)| Term {
            field,
            operator: Operator::Eq,
            values: vec![value.as_str().map_or_else(|| value.to_string(), str::to_owned)],
        });
        let query = Query { filter: filter.collect(), ..Query::default() };
        for term in &query.filter {
            assert!(self.dialect.applies(&self.catalog, target, term), "{id}: not by {}", term.field);
        }
        let context = Context { catalog: &self.catalog, session: &self.session };
        let request = self.dialect.list(context, target, &query);
        self.performed.insert(operation.id.clone());
        let response = self.send_authorized(&request);
        let context = Context { catalog: &self.catalog, session: &self.session };
        self.dialect.read_page_in(context, target, &query, &response)
    }

    /// A record, or the single object with an empty key.
    pub(crate) fn get(&mut self, id: &str, parent: Option<&str>, key: &str) -> Result<Record, Failure> {
        let (resource, operation) = self.operation(id);
        assert_eq!(operation.kind, OperationKind::Get, "{id}");
        let context = Context { catalog: &self.catalog, session: &self.session };
        let request = self.dialect.get(context, &resource, &operation, parent, key);
        self.performed.insert(operation.id.clone());
        let response = self.send_authorized(&request);
        self.dialect.read_record_at(&resource, &operation, key, &response)
    }

    /// Chooses a file for an input of a form.
    pub(crate) fn choose(&mut self, name: &str, content: &[u8]) -> Value {
        let handle = self.files.len() as u64 + 1;
        self.files.insert(handle, content.to_vec());
        json!({"handle": handle, "name": name, "size": content.len()})
    }

    /// A chosen file as an input holds it.
    pub(crate) fn file(chosen: &Value) -> PartContent {
        PartContent::File {
            handle: chosen["handle"].as_u64().expect("a file"),
            name: chosen["name"].as_str().expect("a file").to_owned(),
            size: chosen["size"].as_u64().expect("a file"),
        }
    }

    /// The plan of an operation. `typed` holds values by the names of the form's inputs; a file is what
    /// [`Console::choose`] gives. Fails where the form has no such input or does not show it.
    pub(crate) fn plan(&self, id: &str, on: On<'_>, typed: &Value) -> Plan {
        let (resource, operation) = self.operation(id);
        let fields = input_fields(&resource, &operation);
        let mut inputs = Inputs::default();
        let mut used = Vec::new();
        for (name, value) in object(typed) {
            let input = fields.iter().find(|input| input.field.name == name);
            let input = input.unwrap_or_else(|| panic!("the form of {id} has no input {name}"));
            used.push(input);
            match input.place {
                InputPlace::Parameter => drop(inputs.parameters.insert(name, value)),
                InputPlace::Body => drop(inputs.body.insert(name, value)),
                InputPlace::File => {
                    inputs.files.insert(name, Self::file(&value));
                }
            }
        }
        for input in used {
            let is_shown = shown(&fields, &inputs, on.record, input);
            assert!(is_shown, "the form of {id} does not show {}", input.field.name);
        }
        let context = Context { catalog: &self.catalog, session: &self.session };
        build(self.dialect, context, &resource, &operation, on.record, on.parent, None, &inputs)
            .unwrap_or_else(|faults| panic!("{id}: {faults:?}"))
    }

    /// Performs an operation whose button the console offers. Every step of the plan is sent, approved where the box asks for
    /// that; a task is followed to its end. The outcome is that of the last step, or of the first that was not done.
    pub(crate) fn perform(&mut self, id: &str, on: On<'_>, typed: &Value) -> Outcome {
        let (_, operation) = self.operation(id);
        let context = Context { catalog: &self.catalog, session: &self.session };
        if let Some(reason) = blocked(context, &operation, on.record) {
            panic!("{id} is not offered: {reason}");
        }
        self.force(id, on, typed)
    }

    /// Performs an operation if the console offers it and its form takes the inputs; `None` where nothing was sent.
    pub(crate) fn attempt(
        &mut self,
        id: &str,
        record: Option<&Record>,
        parent: Option<&str>,
        inputs: &Inputs,
    ) -> Option<Outcome> {
        let (resource, operation) = self.operation(id);
        let context = Context { catalog: &self.catalog, session: &self.session };
        if blocked(context, &operation, record).is_some() {
            return None;
        }
        let plan = build(self.dialect, context, &resource, &operation, record, parent, None, inputs).ok()?;
        Some(self.execute(&resource, &operation, &plan))
    }

    /// Performs an operation even where the console does not offer it: the box has the last word.
    pub(crate) fn force(&mut self, id: &str, on: On<'_>, typed: &Value) -> Outcome {
        let (resource, operation) = self.operation(id);
        let plan = self.plan(id, on, typed);
        self.execute(&resource, &operation, &plan)
    }

    fn execute(&mut self, resource: &Resource, operation: &Operation, plan: &Plan) -> Outcome {
        self.performed.insert(operation.id.clone());
        if let Some(guard) = &plan.guard {
            let response = self.send_authorized(&guard.request);
            let get = resource.first(OperationKind::Get).expect("a get");
            let now = self.dialect.read_record_at(resource, get, &guard.key, &response);
            if let Err(failure) = now.and_then(|now| guard.check(resource, &now)) {
                return Outcome::Refused(failure);
            }
        }
        let mut last = None;
        for step in &plan.steps {
            let mut outcome = self.step(operation, &step.request);
            if matches!(outcome, Outcome::ApprovalRequired { .. }) {
                let approved = self.dialect.approve(&step.request).expect("a kind with approvals");
                outcome = self.step(operation, &approved);
            }
            for _ in 0..100 {
                let Outcome::Accepted(task) = &outcome else { break };
                outcome = self.follow_task(&task.clone());
            }
            if !matches!(outcome, Outcome::Done(_)) {
                return outcome;
            }
            last = Some(outcome);
        }
        last.expect("a plan has steps")
    }

    /// Asks once how far a task is.
    pub(crate) fn follow_task(&mut self, task: &Task) -> Outcome {
        let response = self.send_authorized(&task.poll);
        self.dialect.read_task(task, &response)
    }

    /// Ends the session on the system.
    pub(crate) fn sign_out(&mut self) {
        let request = self.dialect.sign_out(&self.session).expect("a session that can be ended");
        let response = self.send_authorized(&request);
        assert!((200..300).contains(&response.status), "{}", response.status);
        self.session = Session::default();
    }

    fn step(&mut self, operation: &Operation, request: &Request) -> Outcome {
        let response = self.send_authorized(request);
        self.dialect.read_outcome(operation, &response)
    }

    /// Performs an operation that has to succeed.
    #[track_caller]
    pub(crate) fn done(&mut self, id: &str, on: On<'_>, typed: &Value) -> Answer {
        match self.perform(id, on, typed) {
            Outcome::Done(answer) => answer,
            other => panic!("{id}: {other:?}"),
        }
    }

    /// Performs an operation that the box has to refuse, whether the console offers it or not.
    #[track_caller]
    pub(crate) fn refused(&mut self, id: &str, on: On<'_>, typed: &Value) -> Failure {
        match self.force(id, on, typed) {
            Outcome::Refused(failure) => failure,
            other => panic!("{id}: {other:?}"),
        }
    }

    /// Ends the walk: every documented operation of the kind was performed.
    pub(crate) fn finish(self) {
        let documented: BTreeSet<String> = self
            .catalog
            .operations()
            .filter(|(_, operation)| !operation.adjacent)
            .map(|(_, operation)| operation.id.clone())
            .collect();
        let missing: Vec<&String> = documented.difference(&self.performed).collect();
        assert!(missing.is_empty(), "not performed: {missing:?}");
        // Shown by the test report.
        let kind = &self.catalog.kind.id;
        println!("{kind}: {} operations performed", documented.len());
        documented.iter().for_each(|id| println!("{kind}: {id}"));
    }
}

fn object(value: &Value) -> Map<String, Value> {
    match value {
        Value::Null => Map::new(),
        Value::Object(members) => members.clone(),
        other => panic!("{other} is no object"),
    }
}
