//! The page of a form: creating, changing, or doing something that asks for more than a dialog holds.

use std::sync::Arc;

use boxdeck_catalog::{Operation, OperationKind, Resource, Shape};
use boxdeck_dialect::Record;
use leptos::prelude::*;
use words::form as say;

use super::after;
use super::form::{Gathered, Subject};
use super::form_dialog::heading;
use super::inline_form::{Done, InlineForm};
use super::stage::use_stage;
use crate::load::Loader;
use crate::place::browser::use_navigation;
use crate::place::title::use_page_title;
use crate::place::{Place, Verb};
use crate::record::Same;
use crate::refusal::FailureNotice;
use crate::system::use_system;
use crate::ui::{self, LinkButton};
use crate::value::{Names, link};

/// The form of a place that creates, changes or does something.
#[component]
pub fn FormPage() -> impl IntoView {
    let system = use_system();
    let place = untrack(|| use_navigation().place());
    let resource = place.resource.as_deref().and_then(|id| system.resource(id)).map(Arc::new);
    let found = resource
        .and_then(|resource| operation_of(&resource, &place.verb).map(|operation| (resource, operation)));
    let Some((resource, operation)) = found else {
        return view! {
            <div class="stack">
                <ui::EmptyState
                    icon=Some("info".to_owned())
                    title=say::no_such_form()
                    text=Some(say::no_such_form_text().to_owned())
                    actions=move || view! { <LinkButton href=place.list().href()>{words::common::back_to_list()}</LinkButton> }.into_any()
                />
            </div>
        }
        .into_any();
    };
    let subject = Subject {
        parent: place.parent.as_ref().map(|(_, key)| key.clone()),
        key: place.key.clone(),
        ..Subject::new(system, resource, operation)
    };
    let reads = subject.resource.first(OperationKind::Get).is_some() && subject.operation.concerns_record()
        || subject.operation.kind == OperationKind::Update
            && subject.resource.first(OperationKind::Get).is_some();
    if reads { view! { <Loading subject/> }.into_any() } else { view! { <Editing subject/> }.into_any() }
}

/// The operation that a place's verb means.
fn operation_of(resource: &Resource, verb: &Verb) -> Option<Arc<Operation>> {
    let found = match verb {
        Verb::Show => None,
        Verb::New => resource.first(OperationKind::Create),
        Verb::Edit => resource.first(OperationKind::Update),
        Verb::Do(id) => resource.operation(id),
    };
    found.cloned().map(Arc::new)
}

/// Reads the record first. It is read once: what someone else changes meanwhile must not move under the person's hands.
#[component]
fn Loading(subject: Subject) -> impl IntoView {
    let loader = Loader::<Record>::new();
    let read = {
        let subject = subject.clone();
        move || {
            let Some(get) = subject.resource.first(OperationKind::Get).cloned() else { return };
            let Subject { system, resource, parent, key, .. } = subject.clone();
            loader.run(move |reader| async move {
                system
                    .record(&resource, &get, parent.as_deref(), key.as_deref().unwrap_or_default(), reader)
                    .await
            });
        }
    };
    read();
    let page_title = use_page_title();
    {
        let resource = Arc::clone(&subject.resource);
        Effect::new(move |_| {
            if let Some(record) = loader.get().data.filter(|_| resource.shape == Shape::Collection) {
                page_title.name_record(link::record_name(&resource, &record));
            }
        });
    }
    let title = heading(&subject);
    let (failure, record) = (loader.failure(), Memo::new(move |_| loader.get().data.map(Same)));
    move || match record.get() {
        Some(Same(record)) => {
            view! { <Editing subject=Subject { record: Some(record), ..subject.clone() }/> }.into_any()
        }
        None => {
            let (title, list, read) = (title.clone(), after::home(&subject).list().href(), read.clone());
            let body = move || match failure.get() {
                Some(failure) => view! {
                    <FailureNotice failure stale=false retry=loader.retry() on_retry=read.clone()/>
                    <p><a href=list.clone()>{words::common::back_to_list()}</a></p>
                }
                .into_any(),
                None => view! { <ui::Skeleton lines=8/> }.into_any(),
            };
            view! { <div class="stack"><ui::PageHeader title=title/>{body}</div> }.into_any()
        }
    }
}

#[component]
fn Editing(subject: Subject) -> impl IntoView {
    let stage = use_stage();
    let navigation = use_navigation();
    Names::share(&subject.system);
    let operation = Arc::clone(&subject.operation);
    let (home, reads) = (after::home(&subject), operation.kind.is_read());
    let done = Callback::new(move |(subject, plan, answer): Done| {
        navigation.set_guard(None);
        stage.finish(&subject, &plan, answer);
    });
    let watch = Callback::new(move |gathered: Memo<Gathered>| {
        // What was only asked is not lost: there is nothing that could still be sent.
        let changed = Memo::new(move |_| !reads && gathered.with(|gathered| gathered.changed));
        navigation.guard_while(move || changed.get().then(|| say::would_be_lost().to_owned()));
    });
    let title = heading(&subject);
    use_page_title().call(&title);
    let back: Place = if operation.kind == OperationKind::Create { home.list() } else { home };
    let help = Some(operation.help.clone()).filter(|help| !help.is_empty());
    view! {
        <div class="stack">
            <ui::PageHeader title=title subtitle=help/>
            <InlineForm subject on_done=done watch cancel=back.href()/>
        </div>
    }
    .into_any()
}
