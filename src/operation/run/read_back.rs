//! Reads what is there after an answer was lost: the record that a plan concerns, or what a creation would have made.

use std::sync::Arc;

use boxdeck_catalog::{FieldType, Operation, OperationKind, Resource, Shape};
use boxdeck_dialect::answer::value_text;
use boxdeck_dialect::plan::same;
use boxdeck_dialect::{Change, Failure, FailureKind, ListTarget, Page, Plan, Query, Record, Term};

use super::state::Settlement;
use crate::load::Reader;
use crate::system::{System, gather};

/// How a plan is read back.
#[derive(Debug, Clone, PartialEq)]
pub enum Way {
    /// By reading the record of this key (empty for a single object) with this operation.
    Record(Operation, String),
    /// By looking for this key in the list, where records cannot be read alone.
    Listed(Operation, String),
    /// By looking in the list for what was to be made.
    Made(Operation),
}

impl Way {
    /// How a plan for an operation of that kind can be read back; `None` where it cannot.
    pub fn of(resource: &Resource, kind: OperationKind, plan: &Plan) -> Option<Self> {
        let first = |kind| resource.first(kind).cloned();
        let (get, list) = (first(OperationKind::Get), first(OperationKind::List));
        let key = plan.target.as_ref().map(|(_, key)| key.clone()).filter(|key| !key.is_empty());
        match (kind, resource.shape, key) {
            (OperationKind::Create, Shape::Collection, _) => list.map(Self::Made),
            (_, Shape::Collection, Some(key)) => match get {
                Some(get) => Some(Self::Record(get, key)),
                None => list.map(|list| Self::Listed(list, key)),
            },
            (_, Shape::Collection, None) => None,
            (_, _, key) => get.map(|get| Self::Record(get, key.unwrap_or_default())),
        }
    }

    /// Reads.
    pub async fn read(
        &self,
        system: &System,
        resource: &Resource,
        parent: Option<&str>,
        plan: &Plan,
    ) -> Settlement {
        let read = match self {
            Self::Record(get, key) => {
                let record = system.record(resource, get, parent, key, Reader::default()).await;
                record.map(|record| Settlement::Found(Arc::new(record)))
            }
            Self::Listed(list, key) => {
                let is_it = |record: &Record| record.key(resource).as_ref() == Some(key);
                let page = look(system, (resource, list), parent, Vec::new(), &is_it).await;
                page.and_then(|page| found(page, &is_it))
            }
            Self::Made(list) => made(system, (resource, list), parent, plan).await,
        };
        match read {
            Ok(settlement) => settlement,
            Err(failure) if failure.kind == FailureKind::NotFound => Settlement::Gone,
            Err(failure) => Settlement::Failed(failure),
        }
    }
}

fn found(page: Page, is_it: &dyn Fn(&Record) -> bool) -> Result<Settlement, Failure> {
    let is_whole = page.next.is_none();
    match page.records.into_iter().find(is_it) {
        Some(record) => Ok(Settlement::Found(Arc::new(record))),
        None if is_whole => Ok(Settlement::Gone),
        None => Err(Failure::new(FailureKind::Unsupported, words::settling::list_too_long())),
    }
}

/// The planned values by which the new record would be known: its name, its key, and what it points to.
pub(super) fn marks<'a>(resource: &Resource, plan: &'a Plan) -> Vec<&'a Change> {
    let is_mark = |change: &&Change| {
        let field = resource.field(&change.field);
        let points = field.is_some_and(|field| matches!(field.field_type, FieldType::Reference(_)));
        let is_named = change.field == resource.name_field() || resource.key.contains(&change.field);
        !change.secret && !change.new.is_null() && (is_named || points)
    };
    plan.steps.iter().flat_map(|step| &step.changes).filter(is_mark).collect()
}

/// Whether a record has these marks; `None` where it lacks the fields to tell.
pub(super) fn bears(record: &Record, marks: &[&Change]) -> Option<bool> {
    let mut all = true;
    for mark in marks {
        all &= same(record.get(&mark.field)?, &mark.new);
    }
    (!marks.is_empty()).then_some(all)
}

/// Looks for records with the marks of what was to be made: picked by the box where it can, else read through.
async fn made(
    system: &System,
    (resource, list): (&Resource, &Operation),
    parent: Option<&str>,
    plan: &Plan,
) -> Result<Settlement, Failure> {
    let marks = marks(resource, plan);
    let target = ListTarget { resource, operation: list, parent };
    let term = |mark: &Change| {
        let term = Term::equals(mark.field.clone(), value_text(&mark.new)?);
        system.dialect.applies(&system.catalog(), target, &term).then_some(term)
    };
    // By the name, where there is one: nothing else is as sure to come back as it was sent.
    let named = marks.iter().filter(|mark| mark.field == resource.name_field());
    let filter = named.chain(&marks).find_map(|mark| term(mark)).into_iter().collect();
    let fits = |record: &Record| bears(record, &marks) == Some(true);
    let page = look(system, (resource, list), parent, filter, &fits).await?;
    let can_tell = |record: &Record| bears(record, &marks).is_some();
    let sure =
        !marks.is_empty() && page.next.is_none() && page.records.iter().all(|record| can_tell(&record));
    let like = page.records.into_iter().filter(fits).map(Arc::new).collect();
    Ok(Settlement::Looked { like, sure })
}

async fn look(
    system: &System,
    (resource, list): (&Resource, &Operation),
    parent: Option<&str>,
    filter: Vec<Term>,
    fits: &dyn Fn(&Record) -> bool,
) -> Result<Page, Failure> {
    let target = ListTarget { resource, operation: list, parent };
    let (_, _, greatest) = system.dialect.list_abilities(target).page_size;
    let query = Query { filter, page_size: Some(greatest), ..Query::default() };
    gather(system, (resource, list), parent, &query, (fits, 1), Reader::default()).await
}

#[cfg(test)]
mod tests {
    use boxdeck_dialect::{PlanStep, Request};
    use serde_json::{Value, json};

    use super::*;

    fn description() -> Value {
        json!({
            "id": "things", "title": "Things", "singular": "thing", "area": "a", "key": ["id"], "name": "name",
            "fields": [
                { "name": "id", "label": "ID", "type": "integer" },
                { "name": "name", "label": "Name", "type": "text" },
                { "name": "pool_id", "label": "Pool", "type": { "reference": { "resource": "pools" } } },
                { "name": "size", "label": "Size", "type": "integer" }
            ],
            "operations": []
        })
    }

    fn resource() -> Resource {
        serde_json::from_value(description()).expect("a resource")
    }

    fn plan(values: Value) -> Plan {
        let changes = values.as_object().into_iter().flatten().map(|(field, new)| Change {
            field: field.clone(),
            label: field.clone(),
            old: None,
            new: new.clone(),
            secret: field == "secret",
        });
        let step = PlanStep { request: Request::default(), changes: changes.collect(), secrets: Vec::new() };
        Plan {
            operation: String::new(),
            title: String::new(),
            target: None,
            target_name: None,
            steps: vec![step],
            destroys: None,
            guard: None,
            may_need_approval: false,
            warning: String::new(),
        }
    }

    fn record(value: Value) -> Record {
        Record(value.as_object().cloned().unwrap_or_default())
    }

    #[test]
    fn a_plan_is_read_back_by_what_the_resource_offers() {
        let of = |operations: &[&str], kind, key: Option<&str>| {
            let mut described = description();
            let operations = operations
                .iter()
                .map(|kind| json!({ "id": kind, "title": kind, "kind": kind, "method": "GET", "path": "/" }));
            described["operations"] = operations.collect();
            let resource: Resource = serde_json::from_value(described).expect("a resource");
            let mut plan = plan(json!({ "name": "erp" }));
            plan.target = key.map(|key| ("things".to_owned(), key.to_owned()));
            match Way::of(&resource, kind, &plan) {
                Some(Way::Record(_, key)) => format!("record {key}"),
                Some(Way::Listed(_, key)) => format!("listed {key}"),
                Some(Way::Made(_)) => "made".to_owned(),
                None => "none".to_owned(),
            }
        };
        assert_eq!(of(&["list", "get"], OperationKind::Update, Some("7")), "record 7");
        assert_eq!(of(&["list"], OperationKind::Delete, Some("7")), "listed 7");
        assert_eq!(of(&["list", "get"], OperationKind::Create, None), "made");
        assert_eq!(of(&["get"], OperationKind::Create, None), "none");
        assert_eq!(of(&["list"], OperationKind::Action, None), "none");
    }

    #[test]
    fn a_record_is_known_by_its_name_and_by_what_it_points_to() {
        let plan = plan(json!({ "name": "erp", "pool_id": 7, "size": 5, "secret": "x" }));
        let resource = resource();
        let marks = marks(&resource, &plan);
        let fields: Vec<&str> = marks.iter().map(|mark| mark.field.as_str()).collect();
        assert_eq!(fields, ["name", "pool_id"]);
        assert_eq!(bears(&record(json!({ "name": "erp", "pool_id": 7, "size": 6 })), &marks), Some(true));
        assert_eq!(bears(&record(json!({ "name": "erp", "pool_id": 8 })), &marks), Some(false));
        assert_eq!(bears(&record(json!({ "name": "erp" })), &marks), None);
    }

    #[test]
    fn what_bears_no_mark_is_known_by_nothing() {
        let plan = plan(json!({ "size": 5, "name": null }));
        assert!(marks(&resource(), &plan).is_empty());
        assert_eq!(bears(&record(json!({ "size": 5 })), &[]), None);
    }
}
