//! How a failure is told: what happened, in whose words, and the next step.

use boxdeck_dialect::{Failure, FailureKind};
use leptos::prelude::*;
use std::time::Duration;
use words::failure as say;

use crate::load::Retry;
use crate::load::backoff::seconds_left;
use crate::ui::{self, Tone};

/// How often the seconds until the next try are counted down.
const SECOND: Duration = Duration::from_secs(1);

/// A failed read. With `stale`, older data stay below it.
#[component]
pub fn FailureNotice(
    failure: Failure,
    stale: bool,
    /// What the console does about it by itself.
    #[prop(optional, into)]
    retry: Signal<Option<Retry>>,
    on_retry: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let tone = if stale { Tone::Warn } else { tone(failure.kind) };
    let (title, advice) = words(failure.kind, stale);
    let can_retry = can_retry(failure.kind);
    // What the box asks for is said once: as what the console does, while it does it.
    let wait = failure.retry_after;
    let failure = Failure { retry_after: None, ..failure };
    let is_retried = Memo::new(move |_| retry.with(Option::is_some));
    let label =
        move || if is_retried.get() { words::reading::try_now() } else { words::reading::try_again() };
    view! {
        <ui::Notice
            tone=tone
            title=title.to_owned()
            actions=move || {
                let on_retry = on_retry.clone();
                can_retry.then(|| view! { <ui::Button small=true on_click=move |_| on_retry()>{label}</ui::Button> })
            }
        >
            <Told failure advice partial=None/>
            {move || if is_retried.get() {
                view! { <Countdown retry/> }.into_any()
            } else {
                wait.map(waiting).into_any()
            }}
        </ui::Notice>
    }
}

/// When the next try goes out. It is there to be looked at: read out every second it would drown everything else.
#[component]
fn Countdown(retry: Signal<Option<Retry>>) -> impl IntoView {
    let now = RwSignal::new(js_sys::Date::now());
    match set_interval_with_handle(move || now.set(js_sys::Date::now()), SECOND) {
        Ok(ticking) => on_cleanup(move || ticking.clear()),
        Err(_refused) => leptos::logging::error!("The browser refused a timer; the seconds stand still."),
    }
    let text = move || match retry.get().and_then(|retry| retry.due) {
        // A new wait may have begun since the last tick.
        Some(due) => words::reading::trying_again_in(seconds_left(due, now.get().max(js_sys::Date::now()))),
        None => words::reading::trying_again_now().to_owned(),
    };
    view! { <p aria-live="off">{text}</p> }
}

/// How long the box asks to be left alone.
fn waiting(seconds: u32) -> AnyView {
    view! { <p>{say::wait(seconds.into())}</p> }.into_any()
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
    let advice = if failure.kind == FailureKind::SignedOut { say::signed_out_in_form() } else { advice };
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
    // A box that blames a field in its only sentence has said all of it.
    let faults: Vec<_> =
        failure.fields.into_iter().filter(|fault| fault.message != failure.message).collect();
    view! {
        <p>{failure.message}</p>
        {(!faults.is_empty()).then(|| view! {
            <ul class="error-list">
                {faults.into_iter().map(|fault| view! { <li>{format!("{}: {}", fault.field, fault.message)}</li> }).collect_view()}
            </ul>
        })}
        {partial.map(|partial| view! { <p>{partial}</p> })}
        {failure.retry_after.map(waiting)}
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
pub fn words(kind: FailureKind, stale: bool) -> (&'static str, &'static str) {
    let title = match kind {
        FailureKind::SignedOut => say::signed_out(),
        FailureKind::BadCredentials => say::bad_credentials(),
        FailureKind::Forbidden => say::forbidden(),
        FailureKind::NotFound => say::not_found(),
        FailureKind::Invalid => say::invalid(),
        FailureKind::Conflict => say::conflict(),
        FailureKind::Busy => say::busy(),
        FailureKind::Unsupported => say::unsupported(),
        FailureKind::Broken => say::broken(),
        FailureKind::Malformed => say::malformed(),
        FailureKind::Unreachable => say::unreachable(),
        FailureKind::Aborted => say::aborted(),
        FailureKind::NotSent => say::not_sent(),
    };
    let advice = if stale {
        say::stale()
    } else {
        match kind {
            FailureKind::SignedOut => say::signed_out_next(),
            FailureKind::Forbidden => say::forbidden_next(),
            FailureKind::Malformed => say::malformed_next(),
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
