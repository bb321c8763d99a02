//! A random walk over a catalog: operations in any order, with whatever their forms let through. The system may refuse what
//! its state or its rules forbid, but nothing as malformed, and every answer can be read.

use std::collections::BTreeMap;

use boxdeck_catalog::input::validate;
use boxdeck_catalog::{Field, FieldType, Operation, OperationKind, Resource, Settable, Shape};
use boxdeck_dialect::{Failure, FailureKind, InputPlace, Inputs, Outcome, Page, Record, input_fields, shown};
use regex::Regex;
use serde_json::{Map, Value, json};

use crate::Console;

/// How one kind is walked through.
pub(crate) struct Walk {
    /// Opens a system in its first state, with somebody signed in.
    pub(crate) open: fn() -> Console,
    /// Texts that mean something to the kind, beside the examples of the catalog.
    pub(crate) texts: &'static [&'static str],
    /// Files to choose from: name and content.
    pub(crate) files: Vec<(&'static str, Vec<u8>)>,
    /// Whether a refusal says that the request was malformed.
    pub(crate) is_malformed: fn(&Failure) -> bool,
}

/// What became of the steps.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) done: usize,
    pub(crate) refused: usize,
    /// Stopped by the form, or not offered.
    pub(crate) not_sent: usize,
}

impl Walk {
    /// Walks that many steps; the same seed takes the same way.
    pub(crate) fn run(&self, seed: u64, steps: usize) -> Tally {
        let mut walker =
            Walker { walk: self, console: (self.open)(), state: seed, patterns: BTreeMap::new() };
        let mut tally = Tally::default();
        for _ in 0..steps {
            let operations: Vec<String> = walker.console.operations();
            let id = walker.pick(&operations).expect("a kind has operations").clone();
            match walker.step(&id) {
                None => tally.not_sent += 1,
                Some(Ok(())) => tally.done += 1,
                Some(Err(failure)) => {
                    assert!(!(self.is_malformed)(&failure), "seed {seed}, {id}: {}", failure.message);
                    assert_ne!(
                        failure.kind,
                        FailureKind::Malformed,
                        "seed {seed}, {id}: {}",
                        failure.message
                    );
                    if failure.kind == FailureKind::SignedOut {
                        walker.console = (self.open)();
                    }
                    tally.refused += 1;
                }
            }
        }
        tally
    }
}

struct Walker<'a> {
    walk: &'a Walk,
    console: Console,
    state: u64,
    /// Compiled once: that takes longer than anything else here.
    patterns: BTreeMap<String, Regex>,
}

impl Walker<'_> {
    /// A number below the limit.
    fn below(&mut self, limit: usize) -> usize {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.state >> 33).expect("31 bits") % limit.max(1)
    }

    fn pick<'v, T>(&mut self, values: &'v [T]) -> Option<&'v T> {
        let index = self.below(values.len());
        values.get(index)
    }

    /// One operation; `None` where nothing was sent.
    fn step(&mut self, id: &str) -> Option<Result<(), Failure>> {
        let (resource, operation) = self.console.operation(id);
        let parent = match self.owner(&resource)? {
            Ok(parent) => parent,
            Err(failure) => return Some(Err(failure)),
        };
        let parent = parent.as_deref();
        match operation.kind {
            OperationKind::List => return Some(self.page(&operation, parent)?.map(drop)),
            OperationKind::Get if resource.shape == Shape::Single => {
                return Some(self.console.get(id, parent, "").map(drop));
            }
            _ => {}
        }
        let concerns_one = operation.concerns_record() || operation.kind == OperationKind::Update;
        let record = if concerns_one {
            match self.record(&resource, parent)? {
                Ok(record) => Some(record),
                Err(failure) => return Some(Err(failure)),
            }
        } else {
            None
        };
        if operation.kind == OperationKind::Get {
            let key = record.as_ref().and_then(|record| record.key(&resource))?;
            return Some(self.console.get(id, parent, &key).map(drop));
        }
        let inputs = self.inputs(&resource, &operation, record.as_ref());
        match self.console.attempt(id, record.as_ref(), parent, &inputs)? {
            Outcome::Done(_) => Some(Ok(())),
            Outcome::Refused(failure) => Some(Err(failure)),
            other => panic!("{id}: {other:?}"),
        }
    }

    /// Key of a record that owns some of these; without one where nothing owns them.
    fn owner(&mut self, resource: &Resource) -> Option<Result<Option<String>, Failure>> {
        let Some(id) = &resource.parent else { return Some(Ok(None)) };
        let owner = self.console.resource(id)?;
        let above = match self.owner(&owner)? {
            Ok(above) => above,
            Err(failure) => return Some(Err(failure)),
        };
        let row = self.row(&owner, above.as_deref())?;
        Some(row.map(|row| row.key(&owner)))
    }

    /// Some record of a resource, with all its fields.
    fn record(&mut self, resource: &Resource, parent: Option<&str>) -> Option<Result<Record, Failure>> {
        let get = resource.first(OperationKind::Get);
        if resource.shape == Shape::Single {
            return Some(self.console.get(&get?.id, parent, ""));
        }
        let row = match self.row(resource, parent)? {
            Ok(row) => row,
            Err(failure) => return Some(Err(failure)),
        };
        match get {
            Some(get) => Some(self.console.get(&get.id, parent, &row.key(resource)?)),
            None => Some(Ok(row)),
        }
    }

    fn row(&mut self, resource: &Resource, parent: Option<&str>) -> Option<Result<Record, Failure>> {
        let list = resource.first(OperationKind::List)?;
        match self.page(list, parent)? {
            Ok(page) => page.records.get(self.below(page.records.len())).map(Ok),
            Err(failure) => Some(Err(failure)),
        }
    }

    /// A list, asked with what it cannot do without.
    fn page(&mut self, list: &Operation, parent: Option<&str>) -> Option<Result<Page, Failure>> {
        let mut filter = Map::new();
        for parameter in &list.parameters {
            let field = &parameter.field;
            let is_first = list.one_of.iter().any(|names| names.first() == Some(&field.name));
            let is_needed = is_first || (field.create == Settable::Required && field.default.is_none());
            if parameter.from.is_input() && is_needed {
                filter.insert(field.name.clone(), self.value(field, None)?);
            }
        }
        Some(self.console.list(&list.id, parent, &Value::Object(filter)))
    }

    /// What somebody types who leaves out most of what is optional.
    fn inputs(&mut self, resource: &Resource, operation: &Operation, record: Option<&Record>) -> Inputs {
        let fields = input_fields(resource, operation);
        let mut inputs = Inputs::default();
        for input in &fields {
            if !shown(&fields, &inputs, record, input) || (!input.required && self.below(3) > 0) {
                continue;
            }
            let field = input.described();
            if input.place == InputPlace::File {
                let files = self.walk.files.clone();
                if let Some((name, content)) = self.pick(&files) {
                    let file = self.console.choose(name, content);
                    inputs.files.insert(field.name.clone(), Console::file(&file));
                }
                continue;
            }
            let old = record.and_then(|record| record.get(&field.name)).cloned();
            let Some(value) = self.value(&field, old.as_ref()) else { continue };
            let place =
                if input.place == InputPlace::Parameter { &mut inputs.parameters } else { &mut inputs.body };
            place.insert(field.name.clone(), value);
        }
        inputs
    }

    /// A value that the form takes; `None` where none comes to mind.
    fn value(&mut self, field: &Field, old: Option<&Value>) -> Option<Value> {
        for _ in 0..8 {
            let value = self.guess(field, old)?;
            if validate(field, &value).is_ok() && self.matches(field, &value) {
                return Some(value);
            }
        }
        None
    }

    /// Whether a text has the field's pattern, which in the console is the browser's to say.
    fn matches(&mut self, field: &Field, value: &Value) -> bool {
        let (Some(pattern), Some(text)) = (&field.pattern, value.as_str()) else { return true };
        let compiled = self.patterns.entry(pattern.clone());
        compiled.or_insert_with(|| Regex::new(&format!("^(?:{pattern})$")).expect("a pattern")).is_match(text)
    }

    fn guess(&mut self, field: &Field, old: Option<&Value>) -> Option<Value> {
        use FieldType as T;
        match &field.field_type {
            T::Boolean => Some(json!(self.below(2) == 0)),
            T::Enum(choices) => self.pick(choices).map(|choice| json!(choice.value)),
            T::Integer | T::Duration(_) | T::Bytes(_) | T::Timestamp(_) | T::Number | T::Percent => {
                let bound = |bound: &Option<Value>| bound.as_ref().and_then(Value::as_i64);
                let least = bound(&field.min).unwrap_or(0);
                let most = bound(&field.max).unwrap_or(least + 1000);
                let span = usize::try_from(most - least).ok()?;
                let step = i64::try_from(self.below(span.saturating_add(1))).ok()?;
                let unit = i64::try_from(field.multiple_of.unwrap_or(1)).ok()?;
                Some(json!((least + step) / unit * unit))
            }
            T::Gmt(stamp) => Some(json!(stamp.wire(stamp.example()))),
            T::LocalTime => Some(json!("2026-03-31T12:00:00")),
            T::Reference(reference) => {
                let resource = self.console.resource(&reference.resource)?;
                let parent = self.owner(&resource)?.ok()?;
                let row = self.row(&resource, parent.as_deref())?.ok()?;
                let key = reference.by.clone().or_else(|| resource.key.first().cloned())?;
                row.get(&key).cloned()
            }
            T::List(item) => {
                let item = Field {
                    field_type: (**item).clone(),
                    example: field.example.clone(),
                    ..Field::default()
                };
                let mut items: Vec<Value> = Vec::new();
                for _ in 0..=self.below(2) {
                    let value = self.value(&item, None)?;
                    if !items.contains(&value) {
                        items.push(value);
                    }
                }
                if let Some(last) = &field.last {
                    items.retain(|item| item.get(&last.field) != Some(&last.is));
                    let mut end = items.pop()?;
                    end.as_object_mut()?.insert(last.field.clone(), last.is.clone());
                    items.push(end);
                }
                Some(Value::Array(items))
            }
            T::Object(fields) => {
                let mut members = old.and_then(Value::as_object).cloned().unwrap_or_else(Map::new);
                for field in fields.iter().filter(|field| !(field.create.is_no() && field.update.is_no())) {
                    // As the form does: what another member rules out does not go.
                    if !field.when.iter().all(|condition| condition.holds(members.get(&condition.field))) {
                        members.remove(&field.name);
                        continue;
                    }
                    let is_needed = field.create == Settable::Required && old.is_none();
                    if is_needed || self.below(3) == 0 {
                        let value = self.value(field, None)?;
                        members.insert(field.name.clone(), value);
                    }
                }
                Some(Value::Object(members))
            }
            T::Map(_) => Some(json!({})),
            // What somebody writes as JSON no form can check.
            T::Json => None,
            T::Email => Some(json!("walk@storage.example")),
            T::Address => Some(json!("192.0.2.77")),
            T::Text | T::Multiline => {
                let mut texts: Vec<&str> = self.walk.texts.to_vec();
                texts.extend((!field.example.is_empty()).then_some(field.example.as_str()));
                self.pick(&texts).map(|text| json!(text))
            }
            _ => None,
        }
    }
}
