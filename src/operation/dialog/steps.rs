//! How far a plan of several requests is, and an upload or a task.

use boxdeck_dialect::{FailureKind, Outcome, Plan};
use leptos::prelude::*;

use crate::operation::performance::Performance;
use crate::operation::run::StepState;
use crate::operation::words;
use crate::ui::{self, Tone};

/// The steps with their state, once something was sent; a bar for an upload or a task.
#[component]
pub(super) fn Steps(performance: Performance) -> impl IntoView {
    let plan = StoredValue::new(performance.plan());
    let run = performance.run();
    let bar = move || {
        run.steps().iter().find_map(|step| match step {
            StepState::Sending(Some(percent)) => Some(("Upload", Some(*percent))),
            StepState::Working(percent) => Some(("The system works on it", *percent)),
            _ => None,
        })
    };
    let list = move || {
        let steps = run.steps();
        (steps.len() > 1 && run.has_started()).then(|| plan.with_value(|plan| entries(plan, &steps)))
    };
    view! {
        {move || bar().map(|(label, percent)| view! {
            <ui::ProgressBar
                label=label
                value=Signal::stored(percent.map(|percent| f64::from(percent) / 100.0))
                note=percent.map(|percent| format!("{percent} %"))
            />
        })}
        {list}
    }
}

fn entries(plan: &Plan, steps: &[StepState]) -> AnyView {
    let stopped = steps
        .iter()
        .any(|step| matches!(step, StepState::Ended(outcome) if !matches!(outcome, Outcome::Done(_))));
    let entries = steps.iter().enumerate().map(|(index, step)| {
        let (tone, text) = told(step, stopped);
        view! {
            <li class=format!("plan-step {}", tone.class())>
                <span class="plan-step-label">{words::starting(&words::step_label(plan, index))}</span>
                <ui::StateDot tone=tone label=text/>
            </li>
        }
    });
    view! { <ol class="plan-steps" aria-label="Requests">{entries.collect_view()}</ol> }.into_any()
}

/// What became of a step, in a word or two.
fn told(step: &StepState, stopped: bool) -> (Tone, &'static str) {
    match step {
        StepState::Waiting if stopped => (Tone::Neutral, "Not sent"),
        StepState::Waiting => (Tone::Neutral, "Waiting"),
        StepState::Sending(_) => (Tone::Info, "Sending"),
        StepState::Working(_) => (Tone::Info, "The system works on it"),
        StepState::Ended(outcome) => match outcome {
            Outcome::Done(_) => (Tone::Good, "Done"),
            Outcome::Accepted(_) => (Tone::Warn, "Still being worked on"),
            Outcome::Refused(failure) if failure.kind == FailureKind::NotSent => (Tone::Warn, "Not sent"),
            Outcome::Refused(_) => (Tone::Bad, "Refused"),
            Outcome::ApprovalRequired { .. } => (Tone::Warn, "Needs approval"),
            Outcome::Unknown { .. } => (Tone::Warn, "Not known"),
        },
    }
}
