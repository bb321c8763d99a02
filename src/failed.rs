//! How a failed read is told: what happened, in whose words, and the next step.

use boxdeck_dialect::{Failure, FailureKind};
use leptos::prelude::*;

use crate::ui;

/// A failed read. With `stale`, older data stay below it.
#[component]
pub fn FailureNotice(
    failure: Failure,
    stale: bool,
    on_retry: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let tone = if stale || failure.kind == FailureKind::Busy { ui::Tone::Warn } else { ui::Tone::Bad };
    let code = code_line(&failure);
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
            <p>{failure.message}</p>
            {(!advice.is_empty()).then(|| view! { <p>{advice}</p> })}
            {code.map(|code| view! { <p class="muted mono">{code}</p> })}
        </ui::Notice>
    }
}

/// Whether asking again can help without anything else being done.
pub const fn can_retry(kind: FailureKind) -> bool {
    !matches!(kind, FailureKind::Forbidden | FailureKind::Unsupported | FailureKind::SignedOut)
}

/// Title and next step of a failed read.
pub const fn words(kind: FailureKind, stale: bool) -> (&'static str, &'static str) {
    let title = match kind {
        FailureKind::SignedOut | FailureKind::BadCredentials => "The session has ended",
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
pub fn code_line(failure: &Failure) -> Option<String> {
    match (failure.status, &failure.code) {
        (Some(status), Some(code)) => Some(format!("HTTP {status} · {code}")),
        (Some(status), None) => Some(format!("HTTP {status}")),
        (None, Some(code)) => Some(code.clone()),
        (None, None) => None,
    }
}
