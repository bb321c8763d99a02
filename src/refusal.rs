//! How a failure is told: what happened, in whose words, and the next step.

use boxdeck_dialect::{Failure, FailureKind};
use leptos::prelude::*;

use crate::ui::{self, Tone};

/// A failed read. With `stale`, older data stay below it.
#[component]
pub fn FailureNotice(
    failure: Failure,
    stale: bool,
    on_retry: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let tone = if stale { Tone::Warn } else { tone(failure.kind) };
    let (title, advice) = words(failure.kind, stale);
    let can_retry = can_retry(failure.kind);
    view! {
        <ui::Notice
            tone=tone
            title=title.to_owned()
            actions=move || {
                let on_retry = on_retry.clone();
                can_retry.then(|| view! { <ui::Button small=true on_click=move |_| on_retry()>"Try again"</ui::Button> })
            }
        >
            <Told failure advice partial=None/>
        </ui::Notice>
    }
}

/// A refused change, or an answer that was asked for in vain; also for the head of a form.
#[component]
pub fn RefusalNotice(
    /// What the box said.
    failure: Failure,
    /// What was done all the same.
    partial: Option<String>,
) -> impl IntoView {
    let (title, advice) = words(failure.kind, false);
    let advice = if failure.kind == FailureKind::SignedOut {
        "Sign in again and press the button once more; what you typed stays."
    } else {
        advice
    };
    view! {
        <ui::Notice tone=tone(failure.kind) title=Some(title.to_owned())>
            <Told failure advice partial/>
        </ui::Notice>
    }
}

/// The box's own words, the fields that it blames, and what can be done next.
#[component]
fn Told(failure: Failure, advice: &'static str, partial: Option<String>) -> impl IntoView {
    let code = code_line(&failure);
    let wait = failure.retry_after.map(|seconds| match seconds {
        1 => "Try again in a second.".to_owned(),
        seconds => format!("Try again in {seconds} seconds."),
    });
    view! {
        <p>{failure.message}</p>
        {(!failure.fields.is_empty()).then(|| view! {
            <ul class="error-list">
                {failure.fields.into_iter().map(|fault| view! { <li>{format!("{}: {}", fault.field, fault.message)}</li> }).collect_view()}
            </ul>
        })}
        {partial.map(|partial| view! { <p>{partial}</p> })}
        {wait.map(|wait| view! { <p>{wait}</p> })}
        {(!advice.is_empty()).then(|| view! { <p>{advice}</p> })}
        {code.map(|code| view! { <p class="muted mono">{code}</p> })}
    }
}

/// How grave it is: what passes by itself, or has not left the console, is no fault of the system.
const fn tone(kind: FailureKind) -> Tone {
    if matches!(kind, FailureKind::Busy | FailureKind::NotSent) { Tone::Warn } else { Tone::Bad }
}

/// Whether asking again can help without anything else being done.
pub const fn can_retry(kind: FailureKind) -> bool {
    !matches!(
        kind,
        FailureKind::Forbidden
            | FailureKind::Unsupported
            | FailureKind::SignedOut
            | FailureKind::BadCredentials
            | FailureKind::NotSent
    )
}

/// Title and next step of a failure.
pub const fn words(kind: FailureKind, stale: bool) -> (&'static str, &'static str) {
    let title = match kind {
        FailureKind::SignedOut => "The session has ended",
        FailureKind::BadCredentials => "Wrong user name or password",
        FailureKind::Forbidden => "Your role does not allow this",
        FailureKind::NotFound => "It is not there",
        FailureKind::Invalid => "The system does not accept the request",
        FailureKind::Conflict => "The system cannot do this now",
        FailureKind::Busy => "The system is busy",
        FailureKind::Unsupported => "The system does not offer this",
        FailureKind::Broken => "The system failed",
        FailureKind::Malformed => "The answer cannot be understood",
        FailureKind::Unreachable => "The system does not answer",
        FailureKind::Aborted => "The request was given up",
        FailureKind::NotSent => "Nothing was sent",
    };
    let advice = if stale {
        "What is shown below is what was read before."
    } else {
        match kind {
            FailureKind::SignedOut => "Sign in again; the page stays.",
            FailureKind::Forbidden => "Someone with another role can do it, or give it to you.",
            FailureKind::Malformed => "The system may have another version than this console knows.",
            _ => "",
        }
    };
    (title, advice)
}

/// Status and code, for a report.
fn code_line(failure: &Failure) -> Option<String> {
    match (failure.status, &failure.code) {
        (Some(status), Some(code)) => Some(format!("HTTP {status} · {code}")),
        (Some(status), None) => Some(format!("HTTP {status}")),
        (None, Some(code)) => Some(code.clone()),
        (None, None) => None,
    }
}
