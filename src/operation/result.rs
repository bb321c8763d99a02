//! What an operation answered, where that is what was wanted: a record, a table, a value, a text or a file.

use std::sync::Arc;

use ::words::outcome as say;
use boxdeck_catalog::{Field, FieldType, Resource, ResultShape};
use boxdeck_dialect::{Answer, Plan, Record};
use leptos::prelude::*;
use serde_json::Value;

use super::form::Subject;
use super::pieces::PiecesDialog;
use super::save_as::{SaveAs, UNNAMED};
use super::stage::close_on_leaving;
use super::words;
use crate::certificates::check::{CertificatesHeld, held};
use crate::load::Loader;
use crate::refusal::RefusalNotice;
use crate::registry;
use crate::save;
use crate::ui::{self, Button, ButtonKind};
use crate::value::FieldValue;

/// Most rows of a table in a dialog.
const MOST_ROWS: usize = 200;

/// Performs a query or download and shows what comes.
#[component]
pub(super) fn ReadDialog(subject: Subject, plan: Plan, on_close: Callback<()>) -> impl IntoView {
    let request = plan.steps.first().map(|step| step.request.clone()).unwrap_or_default();
    if subject.system.dialect.piece(&subject.operation, &request, 0).is_some() {
        return view! { <PiecesDialog subject request title=title_of(&plan) on_close/> }.into_any();
    }
    // What was asked about a page does not stand before another one.
    close_on_leaving(|| true, on_close);
    let loader = Loader::<Answer>::new();
    let title = title_of(&plan);
    let read = {
        let subject = subject.clone();
        move || {
            let request = request.clone();
            let (system, operation) = (subject.system.clone(), Arc::clone(&subject.operation));
            loader.run(move |reader| async move { system.query(&operation, request, reader).await });
        }
    };
    read();
    let again = read.clone();
    view! {
        <ui::Dialog
            title=title
            close_label=::words::common::close()
            size=ui::DialogSize::Large
            on_close=move |_| on_close.run(())
            footer=move || {
                let again = again.clone();
                view! {
                    <Button on_click=move |_| again()>{say::ask_again()}</Button>
                    <Button kind=ButtonKind::Primary on_click=move |_| on_close.run(())>{::words::common::close()}</Button>
                }.into_any()
            }
        >
            {move || {
                let loaded = loader.get();
                match (loaded.failure, loaded.data) {
                    (Some(failure), _) => view! { <RefusalNotice failure partial=None/> }.into_any(),
                    (None, Some(answer)) => view! { <Content subject=subject.clone() answer/> }.into_any(),
                    (None, None) => view! { <ui::Skeleton lines=4/> }.into_any(),
                }
            }}
        </ui::Dialog>
    }
    .into_any()
}

/// What is done, and to what.
fn title_of(plan: &Plan) -> String {
    words::name(plan).map_or_else(|| plan.title.clone(), |name| format!("{} · {name}", plan.title))
}

/// Shows the answer of something that was done.
#[component]
pub(super) fn ResultDialog(subject: Subject, answer: Arc<Answer>, on_close: Callback<()>) -> impl IntoView {
    close_on_leaving(|| true, on_close);
    view! {
        <ui::Dialog
            title=subject.operation.title.clone()
            close_label=::words::common::close()
            size=ui::DialogSize::Large
            on_close=move |_| on_close.run(())
            footer=move || view! {
                <Button kind=ButtonKind::Primary on_click=move |_| on_close.run(())>{::words::common::close()}</Button>
            }.into_any()
        >
            <Content subject answer/>
        </ui::Dialog>
    }
}

/// An answer by its shape.
#[component]
fn Content(subject: Subject, answer: Arc<Answer>) -> impl IntoView {
    let shape = subject.operation.result.clone();
    if let Some(content) = answer.content.clone() {
        let name = subject.operation.file_name.clone().or_else(|| answer.file_name.clone());
        return view! { <File content name text=shape != Some(ResultShape::File)/> }.into_any();
    }
    let other = |id: &str| subject.system.catalog().resource(id).cloned().map(Arc::new);
    let resource = match &shape {
        Some(ResultShape::RecordOf(id) | ResultShape::PageOf(id)) => other(id),
        Some(ResultShape::Record | ResultShape::Page | ResultShape::Array) => {
            Some(Arc::clone(&subject.resource))
        }
        Some(ResultShape::Object) => Some(Arc::new(asked_for(&subject.resource))),
        _ => None,
    };
    match (&answer.result, resource) {
        (Value::Null, _) => view! { <p class="muted">{say::nothing_answered()}</p> }.into_any(),
        (Value::Object(members), resource) => {
            let mut members = members.clone();
            if let Some(resource) = &resource {
                resource.lift(&mut members);
            }
            let record = Record(members);
            let page = resource.as_ref().and_then(|resource| registry::record(resource, &record));
            page.unwrap_or_else(|| described(resource.as_deref(), &record))
        }
        (Value::Array(items), resource) if items.iter().all(Value::is_object) => table(resource.as_deref(), items),
        (Value::String(text), _) if text.contains('\n') || shape == Some(ResultShape::Text) => {
            view! { <File content=text.clone().into_bytes() name=subject.operation.file_name.clone() text=true/> }.into_any()
        }
        (Value::String(text), _) => view! { <p class="result-value">{text.clone()}</p> }.into_any(),
        (value @ Value::Array(_), _) => view! { <ui::CodeBlock label=say::answer() text=pretty(value) wrap=true/> }.into_any(),
        (value, _) => view! { <p class="result-value">{value.to_string()}</p> }.into_any(),
    }
}

/// The fields by whose labels an answer is told that is no record: what has the name of a secret is the secret that a person
/// has asked for.
fn asked_for(resource: &Resource) -> Resource {
    let mut resource = resource.clone();
    for field in &mut resource.fields {
        field.secret = false;
        field.at.clear();
    }
    resource
}

/// Text or bytes that can be saved.
#[component]
fn File(content: Vec<u8>, name: Option<String>, text: bool) -> impl IntoView {
    let name = name.unwrap_or_else(|| if text { "answer.txt".to_owned() } else { UNNAMED.to_owned() });
    let readable = text.then(|| String::from_utf8(content.clone()).ok()).flatten();
    let size = content.len() as u64;
    let held = held(&name, &content).map(|contents| view! { <CertificatesHeld contents/> });
    let content = StoredValue::new(content);
    let file = name.clone();
    view! {
        {match readable {
            Some(readable) => view! { <ui::CodeBlock label=name text=readable/> }.into_any(),
            None => view! { <p>{say::file(size, name)}</p> }.into_any(),
        }}
        {held}
        <SaveAs name=file save=move |name| content.with_value(|content| save::bytes(name, content))/>
    }
}

/// A record: the fields that the catalog knows by their labels, the rest by their names.
fn described(resource: Option<&Resource>, record: &Record) -> AnyView {
    let record = Arc::new(record.clone());
    let known = resource
        .into_iter()
        .flat_map(|resource| &resource.fields)
        .filter(|field| record.get(&field.name).is_some());
    let mut fields: Vec<Field> = known.cloned().collect();
    for name in record.0.keys() {
        if !fields.iter().any(|field| field.name == *name) {
            fields.push(unknown_field(name, record.get(name)));
        }
    }
    let lines = fields.into_iter().map(move |field| {
        let (label, record) = (field.label.clone(), Arc::clone(&record));
        view! { <ui::Description label=label><FieldValue field=field record=record/></ui::Description> }
    });
    view! { <ui::DescriptionList>{lines.collect_view()}</ui::DescriptionList> }.into_any()
}

/// A field that the catalog does not describe, shown by its name.
fn unknown_field(name: &str, value: Option<&Value>) -> Field {
    let field_type = match value {
        Some(Value::Object(_) | Value::Array(_)) => FieldType::Json,
        Some(Value::Bool(_)) => FieldType::Boolean,
        _ => FieldType::Text,
    };
    Field { name: name.to_owned(), label: name.to_owned(), field_type, ..Field::default() }
}

/// Records as a table: the resource's columns, or every member where the catalog does not know them.
fn table(resource: Option<&Resource>, items: &[Value]) -> AnyView {
    if items.is_empty() {
        return view! { <p class="muted">{say::none()}</p> }.into_any();
    }
    let records: Vec<Arc<Record>> = items
        .iter()
        .take(MOST_ROWS)
        .filter_map(Value::as_object)
        .map(|members| {
            let mut members = members.clone();
            if let Some(resource) = resource {
                resource.lift(&mut members);
            }
            Arc::new(Record(members))
        })
        .collect();
    let columns = columns(resource, &records);
    let left = items.len().saturating_sub(MOST_ROWS) as u64;
    let head =
        columns.iter().map(|field| view! { <th scope="col">{field.label.clone()}</th> }).collect_view();
    let rows = records.into_iter().map(|record| {
        let cells = columns.iter().map(|field| {
            let (field, record) = (Arc::clone(field), Arc::clone(&record));
            view! { <td><FieldValue field record/></td> }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    view! {
        <div class="plan-table" role="region" aria-label=say::answer() tabindex="0">
            <table><thead><tr>{head}</tr></thead><tbody>{rows.collect_view()}</tbody></table>
        </div>
        {(left > 0).then(|| view! { <p class="muted">{say::cut(left, MOST_ROWS)}</p> })}
    }
    .into_any()
}

fn columns(resource: Option<&Resource>, records: &[Arc<Record>]) -> Vec<Arc<Field>> {
    let known = resource
        .into_iter()
        .flat_map(|resource| resource.columns.iter().filter_map(|name| resource.field(name)));
    let known: Vec<Arc<Field>> = known
        .filter(|field| records.iter().any(|record| record.get(&field.name).is_some()))
        .map(|field| Arc::new(field.clone()))
        .collect();
    if !known.is_empty() {
        return known;
    }
    let mut fields: Vec<Arc<Field>> = Vec::new();
    for (name, value) in records.iter().flat_map(|record| &record.0) {
        if !fields.iter().any(|field| field.name == *name) {
            fields.push(Arc::new(unknown_field(name, Some(value))));
        }
    }
    fields
}

fn pretty(value: &Value) -> String {
    // Writing a value that is JSON already cannot fail.
    serde_json::to_string_pretty(value).unwrap_or_default()
}
