//! A protection group in words: what is backed up, by which policy, when, and who is told.

mod doubts;
mod lines;
mod objects;

use boxdeck_catalog::{FieldType, OperationKind, Resource};
use boxdeck_dialect::Record;
use boxdeck_dialect::answer::value_text;
use leptos::prelude::*;
use serde_json::{Map, Value};

use crate::format::{date, zone};
use crate::in_words::Meaning;
use crate::load::Loader;
use crate::operation::{Draft, Values};
use crate::place::browser::use_navigation;
use crate::system::{System, use_system};
use crate::value::Names;

/// The field that holds the key of the policy.
const POLICY: &str = "policyId";

/// What is known besides the values of the group itself.
struct Beside<'a> {
    /// The policy, once it is read.
    policy: Option<&'a Map<String, Value>>,
    /// What an object is called.
    name: &'a dyn Fn(&Value) -> Option<String>,
    /// By how many minutes the clocks of a zone are before those of the person.
    ahead: &'a dyn Fn(&str) -> Option<i32>,
    /// A point in time in words, from milliseconds since the epoch.
    date: &'a dyn Fn(f64) -> String,
    /// The present, in milliseconds since the epoch.
    now: f64,
}

/// What a group means, as far as it is known. Only what is whole is doubted.
pub fn meaning(draft: Draft) -> Signal<Meaning> {
    let system = use_system();
    let names = use_context::<Names>().unwrap_or_else(|| Names::new(&system));
    let id = use_navigation().place_untracked().resource.unwrap_or_default();
    let resource = system.resource(&id);
    let of_objects = resource.as_ref().and_then(objects::resource);
    let policy = policy(&system, resource.as_ref(), draft.known);
    Memo::new(move |_| {
        let policy = policy.get();
        let name = |object: &Value| {
            let beside = object.get("name").and_then(Value::as_str).map(str::to_owned);
            let key = value_text(object.get("id")?)?;
            beside.or_else(|| names.of(of_objects.as_deref()?, key.clone()).get()).or(Some(key))
        };
        let beside = Beside {
            policy: policy.as_deref().map(|policy| &policy.0),
            name: &name,
            ahead: &|zone| Some(zone::offset(zone)? - zone::offset(&zone::own()?)?),
            date: &date::exact,
            now: js_sys::Date::now(),
        };
        Meaning {
            lines: draft.known.with(|values| lines::lines(values, &beside)),
            doubts: draft.whole.with(|values| doubts::doubts(values, &beside)),
        }
    })
    .into()
}

/// The policy that the values name, read from the system.
fn policy(
    system: &System,
    resource: Option<&Resource>,
    values: Values,
) -> Memo<Option<std::sync::Arc<Record>>> {
    let catalog = system.catalog();
    let target = resource.and_then(|resource| match &resource.field(POLICY)?.field_type {
        FieldType::Reference(reference) => catalog.resource(&reference.resource).cloned(),
        _ => None,
    });
    let get = target.as_ref().and_then(|target| target.first(OperationKind::Get)).cloned();
    let key = Memo::new(move |_| values.with(|values| values.get(POLICY).and_then(value_text)));
    let loader = Loader::<Record>::aside();
    let system = system.clone();
    Effect::new(move |_| {
        let (Some(key), Some(target), Some(get)) = (key.get(), target.clone(), get.clone()) else { return };
        let system = system.clone();
        loader.run(move |reader| async move { system.record(&target, &get, None, &key, reader).await });
    });
    Memo::new(move |_| {
        let wanted = key.get()?;
        loader.get().data.filter(|policy| policy.text("id").as_deref() == Some(&*wanted))
    })
}
