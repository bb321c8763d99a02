//! The way with the vendor's token: the challenge for the support case, and the token that comes back.

use std::sync::Arc;

use boxdeck_catalog::{Operation, Settable, Stamp};
use boxdeck_dialect::Answer;
use leptos::prelude::*;
use serde_json::Value;
use words::purge as say;

use super::bucket::{Purge, TOKEN};
use super::read::Seen;
use super::step::ASKED;
use super::{note, since};
use crate::begun::Begun;
use crate::format::date;
use crate::load::Loader;
use crate::operation::{Done, Gathered, InlineForm, use_stage};
use crate::place::browser::use_navigation;
use crate::refusal::RefusalNotice;
use crate::ui::{Button, CodeBlock, Notice, Tone};
use crate::when::use_now;

/// Until when a token is good.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Validity {
    /// Until then, in milliseconds since the epoch.
    Until(f64),
    /// It does not begin with an hour.
    Unreadable,
}

/// Reads the hour with which a token begins (`2026112314.A.…`). The hour is taken for one in GMT, as elsewhere on the system.
#[expect(clippy::cast_precision_loss, reason = "a time of this era is exact")]
fn validity(token: &str) -> Validity {
    let hour = token.trim().split('.').next().unwrap_or_default();
    Stamp::Hour.millis(hour).map_or(Validity::Unreadable, |millis| Validity::Until(millis as f64))
}

/// The purge that needs a token to go.
fn needing_token(purge: &Operation) -> Operation {
    let mut needing = purge.clone();
    for parameter in needing.parameters.iter_mut().filter(|parameter| parameter.field.name == TOKEN) {
        parameter.field.create = Settable::Required;
    }
    needing
}

/// Challenge and token.
#[component]
pub(super) fn WithToken(
    purge: Purge,
    seen: Arc<Seen>,
    begun: RwSignal<Option<Begun>>,
    on_done: Callback<Done>,
) -> impl IntoView {
    let subject = purge.subject(Arc::new(needing_token(&purge.purge)), &seen);
    let gathered = RwSignal::new(None::<Memo<Gathered>>);
    let watch = Callback::new(move |memo: Memo<Gathered>| gathered.set(Some(memo)));
    let token = Memo::new(move |_| {
        let gathered = gathered.get()?;
        let token = gathered.with(|gathered| gathered.inputs.parameters.get(TOKEN).cloned())?;
        token.as_str().filter(|token| !token.is_empty()).map(validity)
    });
    use_navigation().guard_while(move || token.get().map(|_typed| words::form::would_be_lost().to_owned()));
    let now = use_now();
    let told = move || {
        Some(match token.get()? {
            Validity::Until(end) if end > now.get() => {
                note(say::token_good(), say::token_until(date::exact(end)), Tone::Good)
            }
            Validity::Until(end) => {
                note(say::token_over(), say::token_over_text(date::exact(end)), Tone::Bad)
            }
            Validity::Unreadable => note(say::token_odd(), say::token_odd_text().to_owned(), Tone::Warn),
        })
    };
    view! {
        <Challenge purge seen begun/>
        <section class="record-section">
            <h2>{say::token()}</h2>
            <p class="muted">{say::token_text()}</p>
            <InlineForm subject on_done watch/>
            {told}
        </section>
    }
}

/// What the support case needs. It is asked of the system each time, and kept nowhere.
#[component]
fn Challenge(purge: Purge, seen: Arc<Seen>, begun: RwSignal<Option<Begun>>) -> impl IntoView {
    let loader = Loader::<Answer>::new();
    let stage = use_stage();
    let operation = purge.challenge.clone();
    let can_ask = operation.is_some();
    let of = purge.clone();
    let bucket = seen.bucket.clone();
    let ask = move |_| {
        let Some(operation) = operation.clone() else { return };
        let subject = of.subject(operation.clone(), &seen);
        let plan = match subject.plan() {
            Ok(plan) => plan,
            Err(faults) => return stage.cannot(&subject, &faults),
        };
        let Some(request) = plan.steps.into_iter().next().map(|step| step.request) else { return };
        let system = of.desk.system.clone();
        loader.run(move |reader| async move { system.query(&operation, request, reader).await });
    };
    Effect::new(move |_| {
        if loader.get().data.is_some() {
            begun.set(Some(purge.keep(ASKED)));
        }
    });
    let failure = loader.failure();
    let field = move |name: &str| {
        bucket.as_ref().and_then(|bucket| bucket.text(name)).unwrap_or_else(|| say::unknown().to_owned())
    };
    let answer = move || {
        let answer = loader.get().data?;
        let challenge = match &answer.result {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let case = say::case(field("bucketName"), field("userId"), field("region"), &challenge);
        Some(view! {
            <CodeBlock label=say::challenge() text=challenge wrap=true/>
            <CodeBlock label=say::case_title() text=case wrap=true/>
            <p class="muted">{say::case_text()}</p>
        })
    };
    let label = move || if loader.get().data.is_some() { say::ask_again() } else { say::ask() };
    let busy = Signal::derive(move || loader.get().loading);
    view! {
        <section class="record-section">
            <h2>{say::challenge()}</h2>
            {move || begun.get().filter(|begun| begun.stage == ASKED).map(|begun| view! {
                <Notice tone=Tone::Info quiet=true title=say::asked()><p>{say::asked_text(since(&begun))}</p></Notice>
            })}
            <p class="muted">{say::challenge_text()}</p>
            {can_ask.then(|| view! { <p><Button busy on_click=ask>{label}</Button></p> })}
            {move || failure.get().map(|failure| view! { <RefusalNotice failure partial=None/> })}
            {answer}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_until_when_it_is_good() {
        // An hour of 1970, so that the number can be seen.
        assert_eq!(validity("1970010203.A.00ff"), Validity::Until(27.0 * 3_600_000.0));
        assert_eq!(validity(" 1970010203.A.00ff "), Validity::Until(27.0 * 3_600_000.0));
        for odd in ["A.00ff", "19700102.A.00ff", "1970010225.A.00ff", "1970-01-02T03:00.A.x", ""] {
            assert_eq!(validity(odd), Validity::Unreadable, "{odd}");
        }
    }
}
