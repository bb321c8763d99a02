//! Watching work that goes on after it was begun, by the question that the catalog names for it.

use std::sync::Arc;

use ::words::outcome as say;
use boxdeck_catalog::Progress;
use boxdeck_dialect::{Answer, Plan};
use leptos::prelude::*;
use serde_json::Value;

use super::form::Subject;
use super::stage::use_stage;
use crate::load::Loader;
use crate::record::watch_while;
use crate::refusal::FailureNotice;
use crate::ui::{self, Button, ButtonKind, Notice, Tone};

/// How far the work is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// It goes on; what the system says of it.
    GoesOn(String),
    /// Nothing goes on; what the system says of it.
    Over(String),
}

fn state(progress: &Progress, answer: &Answer) -> State {
    let text = match &answer.result {
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    if text.contains(&progress.over) { State::Over(text) } else { State::GoesOn(text) }
}

/// Asks again and again how far it is, until it is over or a person has seen enough.
#[component]
pub(super) fn ProgressDialog(
    /// What was begun.
    subject: Subject,
    /// The query that tells how far it is.
    question: Subject,
    /// What it sends.
    plan: Arc<Plan>,
    /// Closes the dialog.
    on_close: Callback<()>,
) -> impl IntoView {
    let progress = subject.operation.progress.clone()?;
    // A query has one step.
    let request = plan.steps.first()?.request.clone();
    let stop = progress.stop.as_deref().and_then(|id| {
        let operation = Arc::new(subject.resource.operation(id)?.clone());
        Some(Subject { operation, ..subject.clone() })
    });
    let loader = Loader::<Answer>::new();
    let read = move || {
        let (request, system) = (request.clone(), question.system.clone());
        let operation = Arc::clone(&question.operation);
        loader.run(move |reader| async move { system.query(&operation, request, reader).await });
    };
    read();
    let now = Memo::new(move |_| loader.get().data.map(|answer| state(&progress, &answer)));
    let goes_on = Memo::new(move |_| now.with(|now| matches!(now, Some(State::GoesOn(_)))));
    watch_while(goes_on, loader, read.clone());
    let retry = loader.retry();
    let failure = move || {
        let (failure, read) = (loader.failure().get()?, read.clone());
        let stale = now.with(Option::is_some);
        Some(view! { <FailureNotice failure stale retry on_retry=move || read()/> })
    };
    let told = move || match now.get() {
        None => loader.failure().get().is_none().then(|| view! { <ui::Skeleton lines=3/> }).into_any(),
        Some(State::GoesOn(text)) => said(Tone::Info, say::goes_on(), say::goes_on_text(), text),
        Some(State::Over(text)) => {
            said(Tone::Neutral, say::nothing_goes_on(), say::nothing_goes_on_text(), text)
        }
    };
    let stage = use_stage();
    let footer = move || {
        let stop = stop.clone();
        let stopping = move || {
            let stop = stop.clone().filter(|_| goes_on.get())?;
            let title = stop.operation.title.clone();
            Some(view! { <Button on_click=move |_| stage.start(stop.clone())>{title}</Button> })
        };
        view! {
            {stopping}
            <Button kind=ButtonKind::Primary on_click=move |_| on_close.run(())>{::words::common::close()}</Button>
        }
        .into_any()
    };
    Some(view! {
        <ui::Dialog
            title=subject.operation.title.clone()
            close_label=::words::common::close()
            on_close=move |_| on_close.run(())
            footer=footer
        >
            {failure}
            <div role="status">{told}</div>
        </ui::Dialog>
    })
}

fn said(tone: Tone, title: &'static str, text: &'static str, words: String) -> AnyView {
    view! {
        <Notice tone=tone title=Some(title.to_owned())><p>{text}</p></Notice>
        <ui::DescriptionList>
            <ui::Description label=say::progress_says() wide=true>{words}</ui::Description>
        </ui::DescriptionList>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalog_knows_when_it_is_over() {
        let progress = Progress { by: "job.status".to_owned(), over: "not found".to_owned(), stop: None };
        let answer = |text: &str| Answer { result: text.into(), ..Answer::default() };
        assert_eq!(state(&progress, &answer("3 done\n")), State::GoesOn("3 done".to_owned()));
        assert_eq!(state(&progress, &answer("job not found")), State::Over("job not found".to_owned()));
    }
}
