//! What the box said: a demand for approval, a refusal, or nothing.

use boxdeck_dialect::Failure;
use leptos::prelude::*;

use crate::operation::facts;
use crate::operation::performance::Performance;
use crate::operation::run::{Settlement, StepState};
use crate::operation::settled::{Verdict, verdict};
use crate::operation::words;
use crate::refusal::RefusalNotice;
use crate::ui::{self, Button, ButtonKind, Tone};
use crate::when::use_now;

/// The demand for approval, in the box's own words.
#[component]
pub(super) fn ApprovalMessage(performance: Performance, code: String, message: String) -> impl IntoView {
    let name = performance.subject().system.entry.title().to_owned();
    let partial = untrack(|| words::partial(&performance.plan(), &performance.run().steps()));
    view! {
        <ui::Notice tone=Tone::Warn title=Some("The system asks for your approval".to_owned())>
            <figure class="plan-quote">
                <blockquote>{message}</blockquote>
                <figcaption class="muted">{name}" · "<span class="mono">{code}</span></figcaption>
            </figure>
            {partial.map(|partial| view! { <p>{partial}</p> })}
        </ui::Notice>
    }
}

/// A refusal, in the box's own words, with the next step.
#[component]
pub(super) fn Refusal(performance: Performance, failure: Failure) -> impl IntoView {
    let partial = untrack(|| words::partial(&performance.plan(), &performance.run().steps()));
    view! { <RefusalNotice failure partial/> }
}

/// A lost answer, and what reading back has shown since.
#[component]
pub(super) fn Unknown(performance: Performance, reason: String) -> impl IntoView {
    let has_target = performance.plan().target.is_some();
    let now = use_now();
    view! {
        <ui::Notice tone=Tone::Warn title=Some("It is not known whether this happened".to_owned())>
            <p>{reason}</p>
            <p>
                "The answer was lost. The system may have done it or not; nothing is sent again by itself. "
                {if has_target { "Check now reads what is there." } else { "Look at the list to see what is there." }}
            </p>
        </ui::Notice>
        {move || settlement(performance, now.get_untracked())}
    }
}

/// Reads what is there, or leads to the list where there is no record to read.
#[component]
pub(super) fn CheckNow(performance: Performance) -> impl IntoView {
    let stage = crate::operation::stage::use_stage();
    let subject = StoredValue::new(performance.subject());
    let reading = Signal::derive(move || performance.run().settlement() == Settlement::Reading);
    if performance.plan().target.is_some() {
        let check = move |_| {
            subject.with_value(|subject| {
                performance.run().settle(&subject.system, &subject.resource, subject.parent.clone());
            })
        };
        view! { <Button kind=ButtonKind::Primary busy=reading on_click=check>"Check now"</Button> }.into_any()
    } else {
        let list = subject.with_value(|subject| crate::operation::after::home(subject).list());
        view! { <Button kind=ButtonKind::Primary on_click=move |_| stage.go(&list)>"Look at the list"</Button> }.into_any()
    }
}

fn settlement(performance: Performance, now: f64) -> Option<AnyView> {
    let plan = performance.plan();
    let subject = performance.subject();
    let steps = performance.run().steps();
    let kind = subject.operation.kind;
    match performance.run().settlement() {
        Settlement::Open | Settlement::Reading => None,
        Settlement::Gone => {
            let unclear = "The record is not there any more; whether this happened before cannot be told.";
            Some(told(verdict(kind, &plan, &steps, None), unclear, &steps, Vec::new()))
        }
        Settlement::Found(record) => {
            let changes = plan.steps.iter().flat_map(|step| &step.changes).filter(|change| !change.secret);
            let lines = changes.filter_map(|change| {
                let field = facts::field_of(&subject, &change.field)?;
                let there = facts::text(&field, record.get(&change.field), Some(&record), now);
                Some((change.label.clone(), facts::text(&field, Some(&change.new), None, now), there))
            });
            let lines: Vec<_> = lines.collect();
            let unclear = if lines.is_empty() {
                "The record is there; whether this happened cannot be told from it."
            } else {
                "Whether this happened cannot be told for certain: the values there now are neither all the planned ones nor all \
                 those from before. The system may have rounded them, or someone else has changed them since."
            };
            Some(told(verdict(kind, &plan, &steps, Some(&record)), unclear, &steps, lines))
        }
        Settlement::Failed(failure) => Some(view! { <RefusalNotice failure partial=None/> }.into_any()),
    }
}

/// What reading back has shown: planned and present values beside each other. `unclear` is said where it cannot be told.
fn told(
    verdict: Verdict,
    unclear: &'static str,
    steps: &[StepState],
    lines: Vec<(String, String, String)>,
) -> AnyView {
    let (tone, text) = match verdict {
        Verdict::Happened if steps.contains(&StepState::Waiting) => {
            (Tone::Good, "It happened. The changes after it were not sent.")
        }
        Verdict::Happened => (Tone::Good, "It happened."),
        Verdict::DidNotHappen => {
            (Tone::Info, "It did not happen. Close this and do it again if it is still wanted.")
        }
        Verdict::CannotTell => (Tone::Info, unclear),
    };
    view! {
        <ui::Notice tone=tone>{text}</ui::Notice>
        {(!lines.is_empty()).then(|| view! {
            <div class="plan-table" role="region" aria-label="Planned and present values" tabindex="0">
                <table>
                    <thead><tr><th scope="col">"Field"</th><th scope="col">"Planned"</th><th scope="col">"There now"</th></tr></thead>
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
