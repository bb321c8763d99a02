//! How far a plan of several requests is, and an upload or a task.

use ::words::plan as say;
use boxdeck_dialect::{FailureKind, Outcome, Plan};
use leptos::prelude::*;

use crate::operation::performance::Performance;
use crate::operation::run::{StepState, stopped_by};
use crate::operation::words;
use crate::ui::{self, Tone};

/// The steps with their state, once something was sent; a bar for an upload or a task.
#[component]
pub(super) fn Steps(performance: Performance) -> impl IntoView {
    let plan = StoredValue::new(performance.plan());
    let run = performance.run();
    let bar = move || {
        run.steps().iter().find_map(|step| match step {
            StepState::Sending(Some(percent)) => Some((say::upload(), Some(*percent))),
            StepState::Working(percent) => Some((say::works(), *percent)),
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
    let stopped = stopped_by(steps).is_some();
    let entries = steps.iter().enumerate().map(|(index, step)| {
        let (tone, text) = told(step, stopped);
        view! {
            <li class=format!("plan-step {}", tone.class())>
                <span class="plan-step-label">{words::starting(&words::step_label(plan, index))}</span>
                <ui::StateDot tone=tone label=text/>
            </li>
        }
    });
    view! { <ol class="plan-steps" aria-label=say::requests()>{entries.collect_view()}</ol> }.into_any()
}

/// What became of a step, in a word or two.
pub(super) fn told(step: &StepState, stopped: bool) -> (Tone, &'static str) {
    match step {
        StepState::Waiting if stopped => (Tone::Neutral, say::step_not_sent()),
        StepState::Waiting => (Tone::Neutral, say::step_waiting()),
        StepState::Sending(_) => (Tone::Info, say::step_sending()),
        StepState::Working(_) => (Tone::Info, say::works()),
        StepState::Ended(outcome) => match outcome {
            Outcome::Done(_) => (Tone::Good, say::step_done()),
            Outcome::Accepted(_) => (Tone::Warn, say::step_accepted()),
            Outcome::Refused(failure) if failure.kind == FailureKind::NotSent => {
                (Tone::Warn, say::step_not_sent())
            }
            Outcome::Refused(_) => (Tone::Bad, say::step_refused()),
            Outcome::ApprovalRequired { .. } => (Tone::Warn, say::step_approval()),
            Outcome::Unknown { .. } => (Tone::Warn, say::step_unknown()),
        },
    }
}
