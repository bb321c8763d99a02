//! What the box said: a demand for approval, a refusal, or nothing.

use boxdeck_catalog::OperationKind;
use boxdeck_dialect::plan::same;
use boxdeck_dialect::{Failure, Plan, Record};
use leptos::prelude::*;

use crate::operation::after;
use crate::operation::facts;
use crate::operation::form::Subject;
use crate::operation::performance::Performance;
use crate::operation::run::{Settlement, StepState, Way};
use crate::operation::settled::{Verdict, anew, judged};
use crate::operation::words as sentences;
use crate::place::Place;
use crate::place::browser::use_navigation;
use crate::refusal::RefusalNotice;
use crate::ui::{self, Button, ButtonKind, Tone};
use crate::when::use_now;

/// The demand for approval, in the box's own words.
#[component]
pub(super) fn ApprovalMessage(performance: Performance, message: String) -> impl IntoView {
    let name = performance.subject().system.entry.title().to_owned();
    let partial = untrack(|| sentences::partial(&performance.plan(), &performance.run().steps()));
    view! {
        <ui::Notice tone=Tone::Warn title=Some(words::plan::asks_approval().to_owned())>
            <figure class="plan-quote">
                <blockquote>{message}</blockquote>
                <figcaption class="muted">{name}</figcaption>
            </figure>
            {partial.map(|partial| view! { <p>{partial}</p> })}
        </ui::Notice>
    }
}

/// A refusal, in the box's own words, with the next step.
#[component]
pub(super) fn Refusal(performance: Performance, failure: Failure) -> impl IntoView {
    let partial = untrack(|| sentences::partial(&performance.plan(), &performance.run().steps()));
    view! { <RefusalNotice failure partial/> }
}

/// A lost answer, and what reading back has shown since.
#[component]
pub(super) fn Unknown(performance: Performance, reason: String) -> impl IntoView {
    let now = use_now();
    let how = match way(performance) {
        Some(Way::Made(_)) => words::settling::check_looks(),
        Some(_) => words::settling::check_reads(),
        None => words::settling::not_checkable(),
    };
    view! {
        <ui::Notice tone=Tone::Warn title=Some(words::settling::not_known().to_owned())>
            <p>{reason}</p>
            <p>{words::settling::answer_lost()}" "{how}</p>
            {may_have_changed(performance).map(|text| view! { <p>{text}</p> })}
        </ui::Notice>
        {move || settlement(performance, now.get_untracked())}
    }
}

/// Reads what is there, and leads to what was made; or leads to the list where there is nothing to read.
#[component]
pub(super) fn CheckNow(performance: Performance, on_close: Callback<()>) -> impl IntoView {
    let stage = crate::operation::stage::use_stage();
    let subject = StoredValue::new(performance.subject());
    let reading = Signal::derive(move || performance.run().settlement() == Settlement::Reading);
    let label = move || match performance.run().settlement() {
        Settlement::Open => words::settling::check(),
        _ => words::settling::check_again(),
    };
    if way(performance).is_some() {
        let check = move |_| {
            subject.with_value(|subject| {
                let (resource, operation) = (&subject.resource, &subject.operation);
                performance.run().settle(&subject.system, resource, operation, subject.parent.clone());
            })
        };
        let navigation = use_navigation();
        let made = Memo::new(move |_| made(performance));
        let open = move |place: Place| {
            // What was typed is done.
            navigation.set_guard(None);
            on_close.run(());
            stage.go(&place);
        };
        let button = move || {
            match made.get() {
            Some(place) => view! {
                <Button kind=ButtonKind::Primary on_click=move |_| open(place.clone())>{words::settling::open_it()}</Button>
            }
            .into_any(),
            None => view! { <Button kind=ButtonKind::Primary busy=reading on_click=check>{label}</Button> }.into_any(),
        }
        };
        view! { {button} }.into_any()
    } else {
        let list = subject.with_value(|subject| after::home(subject).list());
        let look = words::settling::look_at_list();
        view! { <Button kind=ButtonKind::Primary on_click=move |_| stage.go(&list)>{look}</Button> }
            .into_any()
    }
}

/// The place of what a creation was found to have made; tracked.
fn made(performance: Performance) -> Option<Place> {
    let (subject, settlement) = (performance.subject(), performance.run().settlement());
    let Settlement::Looked { like, .. } = &settlement else { return None };
    let record = anew(&performance.plan(), like)?;
    let (home, key) = (after::home(&subject), record.key(&subject.resource));
    let has_page = subject.resource.first(OperationKind::Get).is_some();
    Some(key.filter(|_| has_page).map_or_else(|| home.list(), |key| home.record(&key)))
}

fn way(performance: Performance) -> Option<Way> {
    let subject = performance.subject();
    Way::of(&subject.resource, subject.operation.kind, &performance.plan())
}

/// What else an operation changes, whose effect does not show in the record itself.
fn may_have_changed(performance: Performance) -> Option<String> {
    let subject = performance.subject();
    if subject.operation.kind != OperationKind::Action {
        return None;
    }
    let catalog = subject.system.catalog();
    let titles = subject.operation.touches.iter().filter_map(|id| catalog.resource(id));
    let titles: Vec<&str> = titles.map(|resource| resource.title.as_str()).collect();
    (!titles.is_empty()).then(|| words::settling::may_have_changed(titles.join(", ")))
}

fn settlement(performance: Performance, now: f64) -> Option<AnyView> {
    let (plan, subject, steps) = (performance.plan(), performance.subject(), performance.run().steps());
    let kind = subject.operation.kind;
    let settlement = performance.run().settlement();
    if let Settlement::Failed(failure) = settlement {
        return Some(view! { <RefusalNotice failure partial=None/> }.into_any());
    }
    let verdict = judged(kind, &plan, &steps, &settlement)?;
    let record = match &settlement {
        Settlement::Found(record) => Some(record),
        Settlement::Looked { like, .. } => anew(&plan, like).or(like.first()),
        _ => None,
    };
    let lines: Vec<Line> = record.map(|record| lines(&subject, &plan, record, now)).unwrap_or_default();
    let happened = match &settlement {
        Settlement::Looked { .. } => words::settling::made(),
        _ if steps.contains(&StepState::Waiting) => words::settling::happened_rest_not_sent(),
        _ => words::settling::happened(),
    };
    let (tone, text) = match (verdict, &settlement) {
        (Verdict::Happened, _) => (Tone::Good, happened),
        (Verdict::DidNotHappen, _) => (Tone::Info, words::settling::did_not_happen()),
        (Verdict::CannotTell, Settlement::Gone) => (Tone::Info, words::settling::gone_unclear()),
        (Verdict::CannotTell, Settlement::Looked { like, .. }) if like.is_empty() => {
            (Tone::Info, words::settling::none_unclear())
        }
        (Verdict::CannotTell, Settlement::Looked { .. }) => (Tone::Info, words::settling::like_unclear()),
        _ if kind == OperationKind::Action => (Tone::Info, words::settling::action_unclear()),
        _ if lines.is_empty() => (Tone::Info, words::settling::record_unclear()),
        _ => (Tone::Info, words::settling::values_unclear()),
    };
    Some(told(tone, text, lines))
}

/// A field's label, its planned and its present value.
type Line = (String, String, String);

fn lines(subject: &Subject, plan: &Plan, record: &Record, now: f64) -> Vec<Line> {
    let changes = plan.steps.iter().flat_map(|step| &step.changes).filter(|change| !change.secret);
    let lines = changes.filter_map(|change| {
        let field = facts::field_of(subject, &change.field)?;
        // What an action is given is no field of the record, unless the record has it.
        record.get(&change.field).or(change.old.as_ref())?;
        let value = record.get(&change.field);
        let there = facts::text(&field, value, Some(record), now);
        // The same value reads the same in both columns, a picked record by its name.
        let planned = if value.is_some_and(|value| same(value, &change.new)) {
            there.clone()
        } else {
            let picked = facts::picked(subject, change);
            picked.unwrap_or_else(|| facts::text(&field, Some(&change.new), None, now))
        };
        Some((change.label.clone(), planned, there))
    });
    lines.collect()
}

/// What reading back has shown: planned and present values beside each other.
fn told(tone: Tone, text: &'static str, lines: Vec<Line>) -> AnyView {
    view! {
        <ui::Notice tone=tone>{text}</ui::Notice>
        {(!lines.is_empty()).then(|| view! {
            <div class="plan-table" role="region" aria-label=words::settling::table() tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words::settling::field()}</th>
                            <th scope="col">{words::settling::planned()}</th>
                            <th scope="col">{words::settling::there_now()}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {lines.into_iter().map(|(label, planned, there)| view! {
                            <tr><th scope="row">{label}</th><td>{planned}</td><td>{there}</td></tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        })}
    }
    .into_any()
}
